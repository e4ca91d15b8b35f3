"""Two PDFs compared, or many: did anything change that a reader could notice?

There are five layers, the cheapest first: bytes; structure; logical text; breaks of lines and pages; the picture. If
the bytes are equal, nothing else is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pypdfium2

from masthead import preflight
from masthead.comparison import breaks, objects, picture, structure, text
from masthead.comparison.contents import PdfContents, read_contents
from masthead.comparison.pairing import Pair, PdfFile
from masthead.comparison.results import Comparison, Difference, DocumentKey, Layer, Side
from masthead.comparison.tolerance import DEFAULT, Tolerance
from masthead.document import Finding, SourceError, files
from masthead.pdf import raster
from masthead.typesetting import Pdf, PdfSource

_UNNAMED = DocumentKey("document")
_ORDER = {layer: place for place, layer in enumerate(Layer)}
_MOST_LETTERS = 120  # of the words that a region of the picture touches


def compare(
    baseline: PdfSource, candidate: PdfSource, *, key: DocumentKey = _UNNAMED, tolerance: Tolerance = DEFAULT
) -> Comparison:
    """Compare two PDFs. Raises SourceError if one cannot be read."""
    old_data, new_data = Pdf.load(baseline).data, Pdf.load(candidate).data
    with raster.opened(old_data, where="baseline") as old, raster.opened(new_data, where="candidate") as new:
        sides = Side(files.sha256(old_data), len(old)), Side(files.sha256(new_data), len(new))
        if sides[0] == sides[1]:
            return Comparison(key, *sides, ignored=tolerance.ignored)
        before = read_contents(old_data, old, tolerance, where="baseline")
        after = read_contents(new_data, new, tolerance, where="candidate")
        pairings = text.align(before.blocks, after.blocks)
        found = [
            Difference(Layer.BYTES, f"{len(old_data)} bytes, now {len(new_data)}", tolerated=True),
            *structure.differences(before.properties, after.properties),
            *text.differences(before.blocks, after.blocks, pairings),
            *breaks.differences(before.blocks, after.blocks, pairings),
        ]
        for number in range(1, max(len(old), len(new)) + 1):
            found.extend(_page(number, (old, before), (new, after), tolerance))
    # The text layer reports tags as structure, so layers are not in order yet.
    found.sort(key=lambda each: _ORDER[each.layer])
    return Comparison(key, *sides, tuple(found), tolerance.ignored)


def compare_all(pairs: Iterable[Pair], *, tolerance: Tolerance = DEFAULT) -> Iterator[Comparison]:
    """Compare pairs one by one as they are asked for; only two files are in memory at a time. Raises SourceError."""
    for pair in pairs:
        old, new = pair.baseline, pair.candidate
        if old and new and old.sha256 != new.sha256:
            try:
                yield _with_findings(compare(old.read(), new.read(), key=pair.key, tolerance=tolerance), old, new)
            except SourceError as error:
                raise SourceError(error.message, where=f"{pair.key}, {error.where}", hint=error.hint) from error
        else:
            before, after = (Side(each.sha256) if each else None for each in (old, new))
            yield Comparison(pair.key, before, after, ignored=tolerance.ignored)


def _with_findings(comparison: Comparison, baseline: PdfFile, candidate: PdfFile) -> Comparison:
    """Add the findings of preflight that are new in the candidate, if anything has changed."""
    if comparison.same:
        return comparison
    known = {_said(finding) for finding in preflight.check(baseline.read()).findings}
    findings = preflight.check(candidate.read()).findings
    return replace(comparison, findings=tuple(each for each in findings if _said(each) not in known))


def _said(finding: Finding) -> tuple[str, str, int | None]:
    return finding.rule, finding.message, finding.page


def _page(
    number: int,
    baseline: tuple[pypdfium2.PdfDocument, PdfContents],
    candidate: tuple[pypdfium2.PdfDocument, PdfContents],
    tolerance: Tolerance,
) -> Iterator[Difference]:
    """The picture of one page: its objects, then its pixels."""
    if number > len(baseline[0]) or number > len(candidate[0]):
        state = "added" if number > len(baseline[0]) else "removed"
        yield Difference(Layer.PICTURE, f"page {number} was {state}", number)
        return
    drawings = [contents.drawings[number - 1] for _, contents in (baseline, candidate)]
    yield from objects.differences(drawings[0], drawings[1], number, tolerance)
    pictures = []
    for document, _ in (baseline, candidate):
        page = document[number - 1]
        pictures.append(picture.without_regions(raster.rasterise(page, picture.DPI, grey=True), number, tolerance))
        page.close()
    for box in picture.differences(pictures[0], pictures[1], tolerance):
        was, now = (drawing.words_near(box) for drawing in drawings)
        words = now if was == now else " → ".join(filter(None, (was, now)))
        yield Difference(Layer.PICTURE, "the picture differs", number, box, words=_shortened(words))


def _shortened(words: str) -> str:
    return words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS].rsplit(" ", 1)[0] + " …"
