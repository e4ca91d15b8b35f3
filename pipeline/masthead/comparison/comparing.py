"""Baseline + candidate → Comparison: did anything move that a reader could notice?

Five layers, the cheapest first: bytes; structure; logical text; breaks of lines and pages; the picture. Where the bytes
are equal, nothing else is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pypdfium2

from masthead import preflight
from masthead.comparison import breaks, objects, picture, structure, text
from masthead.comparison.contents import Contents, gather, sha256
from masthead.comparison.difference import Comparison, Difference, Edit, Key, Layer, Operation, Side, State
from masthead.comparison.pairing import Copy, Pair
from masthead.comparison.tolerance import DEFAULT, Region, Tolerance
from masthead.document import Finding, SourceError
from masthead.pdf import raster

__all__ = [
    "Comparison",
    "Difference",
    "Edit",
    "Key",
    "Layer",
    "Operation",
    "Region",
    "Side",
    "State",
    "Tolerance",
    "compare",
    "compare_all",
]


DOCUMENT = Key("document")
_ORDER = {layer: place for place, layer in enumerate(Layer)}


def compare(baseline: bytes, candidate: bytes, *, key: Key = DOCUMENT, tolerance: Tolerance = DEFAULT) -> Comparison:
    """Compare two PDFs. Raises SourceError where one cannot be read."""
    ignored = tuple(region.name for region in tolerance.regions)
    with raster.opened(baseline, where="baseline") as old, raster.opened(candidate, where="candidate") as new:
        sides = Side(sha256(baseline), len(old)), Side(sha256(candidate), len(new))
        if sides[0] == sides[1]:
            return Comparison(key, *sides, ignored=ignored)
        before = gather(baseline, old, tolerance, where="baseline")
        after = gather(candidate, new, tolerance, where="candidate")
        found = [
            Difference(Layer.BYTES, f"{len(baseline)} bytes, now {len(candidate)}", tolerated=True),
            *structure.differing(before.facts, after.facts),
        ]
        pairings = text.align(before.passages, after.passages)
        found.extend(text.differing(before.passages, after.passages, pairings))
        found.extend(breaks.differing(before.passages, after.passages, pairings))
        for number in range(1, max(len(old), len(new)) + 1):
            found.extend(_page(number, (old, before), (new, after), tolerance))
    return Comparison(key, *sides, tuple(sorted(found, key=lambda each: _ORDER[each.layer])), ignored)


def compare_all(pairs: Iterable[Pair], *, tolerance: Tolerance = DEFAULT) -> Iterator[Comparison]:
    """Compare pairs one by one as they are asked for; only two files are in memory at a time. Raises SourceError."""
    ignored = tuple(region.name for region in tolerance.regions)
    for pair in pairs:
        old, new = pair.baseline, pair.candidate
        if old and new and old.sha256 != new.sha256:
            try:
                yield _with_findings(compare(old.read(), new.read(), key=pair.key, tolerance=tolerance), old, new)
            except SourceError as error:
                raise SourceError(error.message, where=f"{pair.key}, {error.where}", hint=error.hint) from error
        else:
            before, after = (Side(copy.sha256) if copy else None for copy in (old, new))
            yield Comparison(pair.key, before, after, ignored=ignored)


def _with_findings(comparison: Comparison, baseline: Copy, candidate: Copy) -> Comparison:
    """Where something has changed, what preflight finds in the candidate alone."""
    if comparison.same:
        return comparison
    known = {_words(finding) for finding in preflight.check(baseline.read()).findings}
    findings = preflight.check(candidate.read()).findings
    return replace(comparison, findings=tuple(each for each in findings if _words(each) not in known))


def _words(finding: Finding) -> tuple[str, str, int | None]:
    return finding.rule, finding.message, finding.page


def _page(
    number: int,
    baseline: tuple[pypdfium2.PdfDocument, Contents],
    candidate: tuple[pypdfium2.PdfDocument, Contents],
    tolerance: Tolerance,
) -> Iterator[Difference]:
    """The picture of one page: its objects, then its pixels."""
    if number > len(baseline[0]) or number > len(candidate[0]):
        state = "new" if number > len(baseline[0]) else "lost"
        yield Difference(Layer.PICTURE, f"page {number} is {state}", number)
        return
    drawings = [contents.drawings[number - 1] for _, contents in (baseline, candidate)]
    yield from objects.differing(drawings[0], drawings[1], number, tolerance)
    pictures = []
    for document, _ in (baseline, candidate):
        page = document[number - 1]
        pictures.append(picture.masked(raster.rasterise(page, picture.DPI, grey=True), number, tolerance))
        page.close()
    for box in picture.differing(pictures[0], pictures[1], tolerance):
        was, now = (drawing.words(box) for drawing in drawings)
        words = now if was == now else " → ".join(filter(None, (was, now)))
        yield Difference(Layer.PICTURE, "the picture differs", number, box, words=_short(words))


def _short(words: str, most: int = 120) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
