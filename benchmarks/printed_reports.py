"""Compares a report, published from its Word file, with the PDF that was printed from the same file.

`fidelity.py` runs it. Both PDFs are read in the same way: each text that our pages must contain is found by its
letters, in the order of the content. For each text found in both: its lines, its left edge, and its distance to the
lowest line of what is before it: of a table, a chart or a text; of a note, to the note before it, since a page places
notes at its foot.
"""

from __future__ import annotations

import ctypes
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from masthead.document.terms import Variant
from masthead.page import TextKind, mark_up, printed_texts
from masthead.publication import read
from masthead.typesetting.typesetter import typeset

LEAST = 12  # letters of a text that is looked for
NEAR = 12_000  # letters after the last text found in which the next one is looked for
PIECE = 24  # letters
BETWEEN = 3_000  # letters of notes, heads and feet between the two parts of a text
HEAD, FOOT = 66.0, 745.0  # points: text of the page is between them
EDGE, SIDE = 48.0, 730.0  # points, across
SAME_LINE = 4.5  # points: superscripts are that high
CLOSE = 1.0  # points
PAGES, SHARE = 0.03, 0.95  # limits: how many more or fewer pages, and how many elements are equal


class Glyph(NamedTuple):
    """A letter or digit on a page. `y` is its baseline, from the top."""

    page: int
    x: float
    y: float
    size: float


@dataclass
class Place:
    """Where a text is: its pages, its lines as (page, baseline), its left edges."""

    first: Glyph
    last: Glyph
    lines: int
    left: float
    at: int


class Pages:
    """The letters and digits of a PDF, in the order of its content."""

    def __init__(self, data: bytes) -> None:
        self.glyphs: list[Glyph] = []
        letters: list[str] = []
        with pypdfium2.PdfDocument(data) as document:
            self.count = len(document)
            self.pictures = 0
            for number, page in enumerate(document, 1):
                self.pictures += sum(each.type == raw.FPDF_PAGEOBJ_IMAGE for each in page.get_objects())
                for letter, glyph in _glyphs(page, number):
                    letters.append(letter)
                    self.glyphs.append(glyph)
        self.letters = "".join(letters)

    def find(self, text: str, start: int) -> Place | None:
        """Return the place of a text, which is looked for from the letter `start` on, then anywhere."""
        at = self.letters.find(text, start, start + NEAR)
        if at < 0 and (parted := self.find_parted(text, start)):
            return parted
        if at < 0 and self.letters.count(text) == 1:
            at = self.letters.find(text)
        return self._place(at, at + len(text)) if at >= 0 else None

    def find_parted(self, text: str, start: int) -> Place | None:
        """Return the place of a text that goes on after a page's foot and head, by its beginning and its end."""
        head, tail = text[:PIECE], text[-PIECE:]
        at = self.letters.find(head, start, start + NEAR)
        end = self.letters.find(tail, at + len(text) - len(tail), at + len(text) + BETWEEN) if at >= 0 else -1
        return self._place(at, end + len(tail)) if end >= 0 and len(text) > 2 * PIECE else None

    def below(self, before: Place, place: Place) -> float | None:
        """Return the distance of a place to the lowest line on its page since the start of the text before, or None.

        What is at the edges of the paper is the head and foot of a landscape page.
        """
        lines = [
            glyph.y
            for glyph in self.glyphs[before.at : place.at]
            if glyph.page == place.first.page and HEAD < glyph.y < place.first.y - SAME_LINE and EDGE < glyph.x < SIDE
        ]
        return place.first.y - max(lines) if lines else None

    def _place(self, start: int, end: int) -> Place:
        size = self.glyphs[start].size
        glyphs = [each for each in self.glyphs[start:end] if abs(each.size - size) < 1 and HEAD < each.y < FOOT]
        glyphs = glyphs or self.glyphs[start:end]
        lines: list[tuple[int, float]] = []
        for glyph in glyphs:
            if not any(page == glyph.page and abs(y - glyph.y) < SAME_LINE for page, y in lines[-2:]):
                lines.append((glyph.page, glyph.y))
        return Place(glyphs[0], glyphs[-1], len(lines), min(glyph.x for glyph in glyphs), start)


def _glyphs(page: pypdfium2.PdfPage, number: int) -> Iterator[tuple[str, Glyph]]:
    text, height = page.get_textpage(), page.get_height()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        letter = squeezed(chr(raw.FPDFText_GetUnicode(text, at)))
        if letter:
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            glyph = Glyph(number, x.value, height - y.value, raw.FPDFText_GetFontSize(text, at))
            for each in letter:
                yield each, glyph


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


@dataclass
class Comparison:
    """What a report and its print share: elements found in both, and what is equal."""

    pages: tuple[int, int]
    pictures: tuple[int, int]
    texts: int
    found: int
    paragraphs: int
    equal_lines: int
    placed: int
    equal_left: int
    spaced: int
    equal_space: int

    @property
    def shares(self) -> tuple[float, float, float]:
        """The shares of texts with as many lines, with the same left edge, and with the same distance."""
        pairs = (
            (self.equal_lines, self.paragraphs),
            (self.equal_left, self.placed),
            (self.equal_space, self.spaced),
        )
        return tuple(equal / max(count, 1) for equal, count in pairs)  # type: ignore[return-value]

    @property
    def holds(self) -> bool:
        """Whether it is within the limits."""
        printed, ours = self.pages
        return abs(ours - printed) <= PAGES * printed and min(self.shares) >= SHARE


def compare(source: Path, printed: Path, *, details: bool = False) -> Comparison:
    """Publish a Word file and compare it with its print; with `details`, print what differs."""
    document = read(source)
    ours = Pages(typeset(mark_up(document), variant=Variant.PLAIN).data)
    return compare_pages(
        [(text.kind, squeezed(text.text)) for text in printed_texts(document)],
        ours,
        Pages(printed.read_bytes()),
        details,
    )


def compare_pages(texts: Sequence[tuple[TextKind, str]], ours: Pages, print_: Pages, details: bool) -> Comparison:
    result = Comparison((print_.count, ours.count), (print_.pictures, ours.pictures), 0, 0, 0, 0, 0, 0, 0, 0)
    starts = [0, 0]
    before: dict[bool, tuple[Place, Place]] = {}  # the last note, and the last other text that is not in a table
    for kind, text in texts:
        if len(text) < LEAST:
            continue
        result.texts += 1
        there, here = print_.find(text, starts[0]), ours.find(text, starts[1])
        if there is None or here is None:
            if details:
                print(f"    not found {'in print' if there is None else 'in ours'}: {text[:70]}")
            continue
        result.found += 1
        starts = [there.at + len(text), here.at + len(text)]
        is_note = kind is TextKind.NOTE
        if kind is TextKind.CELL:
            continue
        if kind not in (TextKind.MASTHEAD, TextKind.IMPRINT):
            held = before.get(is_note)
            if held and is_note and any(a.last.page < b.first.page for a, b in zip(held, (there, here), strict=True)):
                held = None
            apart = held and (print_.below(held[0], there), ours.below(held[1], here))
            _add(result, text, there, here, apart, details)
        before[is_note] = there, here
    return result


def _add(
    result: Comparison,
    text: str,
    there: Place,
    here: Place,
    apart: tuple[float | None, float | None] | None,
    details: bool,
) -> None:
    told = []
    result.paragraphs += 1
    result.equal_lines += there.lines == here.lines
    if there.lines != here.lines:
        told.append(f"{there.lines} lines, ours {here.lines}")
    result.placed += 1
    result.equal_left += abs(there.first.x - here.first.x) <= CLOSE
    if abs(there.first.x - here.first.x) > CLOSE:
        told.append(f"left {there.first.x:.1f}, ours {here.first.x:.1f}")
    if apart and apart[0] is not None and apart[1] is not None:
        result.spaced += 1
        result.equal_space += abs(apart[0] - apart[1]) <= CLOSE
        if abs(apart[0] - apart[1]) > CLOSE:
            told.append(f"{apart[0]:.1f} below, ours {apart[1]:.1f}")
    if details and told:
        print(f"    {there.first.page}/{here.first.page} {'; '.join(told)}: {text[:60]}")


def main(names: Sequence[str]) -> int:
    """Compare reports with their prints; return 1 if one is beyond the limits."""
    details, failed = "--details" in names, False
    sources = [Path(name) for name in names if name != "--details"] or reference_reports()
    if not sources:
        print("nothing compared: name Word files, or set MASTHEAD_REFERENCE to the folder of the reference files")
        return 1
    for source in sources:
        print(source.name)
        result = compare(source, source.with_suffix(".pdf"), details=details)
        lines, left, space = result.shares
        print(
            f"    pages {result.pages[0]}, ours {result.pages[1]}; pictures {result.pictures[0]}, ours "
            f"{result.pictures[1]}; texts found {result.found} of {result.texts}; as many lines {lines:.1%}, left edge "
            f"{left:.1%}, distance {space:.1%}"
        )
        failed |= not result.holds
    return int(failed)


def reference_reports() -> list[Path]:
    """The reports in the folder that the environment variable MASTHEAD_REFERENCE names."""
    folder = Path(os.environ.get("MASTHEAD_REFERENCE", ""))
    return [*sorted((folder / "reports").glob("*.docx")), *sorted((folder / "pdf").glob("*.docx"))]
