"""What a PDF contains, gathered once for all layers: structure, logical text by passage and line, drawings."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from masthead.comparison.difference import Box
from masthead.comparison.drawing import Drawing, Glyph, read_page
from masthead.comparison.structure import Fact, describe
from masthead.comparison.tolerance import Tolerance
from masthead.document import SourceError
from masthead.pdf import TaggedBlock, pages, places, read_tree


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a passage: its text, its page (from 1) and its region."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, note, cell or figure: `kind` is its tag, `Line` in a PDF without tags."""

    kind: str
    text: str
    language: str
    lines: tuple[Line, ...]

    @property
    def is_note(self) -> bool:
        return self.kind == "Note"

    @property
    def name(self) -> str:
        """What to call it in a message: its tag and its first words."""
        words = self.text.split()
        first = " ".join(words[:4]) + (" …" if len(words) > 4 else "")
        number = re.match(r"\W*(\d+)", self.text)
        if self.is_note and number:
            return f"note {int(number[1])}"
        tags = {
            "P": "paragraph",
            "Note": "note",
            "LI": "item",
            "TD": "cell",
            "TH": "cell",
            "Line": "line",
            "Figure": "figure",
        }
        kind = "heading" if re.fullmatch(r"H\d?", self.kind) else tags.get(self.kind, self.kind)
        return f"{kind} “{first}”"


@dataclass(frozen=True, slots=True)
class Contents:
    """A PDF as the layers compare it."""

    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    drawings: tuple[Drawing, ...]


def sha256(pdf: bytes) -> str:
    """The hash by which a file is known."""
    return hashlib.sha256(pdf).hexdigest()


def gather(pdf: bytes, document: pypdfium2.PdfDocument, tolerance: Tolerance, *, where: str = "") -> Contents:
    """Read `pdf`, which is open as `document`, without the regions that `tolerance` leaves out. Raises SourceError."""
    drawings = tuple(_drawn(document, number) for number in range(len(document)))
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            elements = read_tree(file)
        described = tuple(describe(PdfReader(io.BytesIO(pdf))))
    except (pikepdf.PdfError, PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError("the PDF's structure cannot be read", where=where, hint=str(error)) from error
    found = _tagged(elements, drawings) if elements else _untagged(document)
    passages = tuple(each for each in found if not _ignored(each, tolerance))
    return Contents(described, passages, tuple(_seen(each, n, tolerance) for n, each in enumerate(drawings, 1)))


def _drawn(document: pypdfium2.PdfDocument, index: int) -> Drawing:
    page = document[index]
    try:
        return read_page(page)
    finally:
        page.close()


def _seen(drawing: Drawing, number: int, tolerance: Tolerance) -> Drawing:
    """The drawing without what lies in regions that are left out."""
    if not tolerance.regions:
        return drawing
    glyphs = tuple(each for each in drawing.glyphs if not tolerance.ignores(number, (each.x, each.y, each.x, each.y)))
    marks = tuple(each for each in drawing.marks if not tolerance.ignores(number, each.box))
    return Drawing(drawing.width, drawing.height, glyphs, marks)


def _ignored(passage: Passage, tolerance: Tolerance) -> bool:
    """Whether a passage stands wholly in regions that are left out, by the baselines of its lines."""
    return bool(tolerance.regions and passage.lines) and all(
        tolerance.ignores(line.page, line.box) for line in passage.lines
    )


def _tagged(elements: tuple[TaggedBlock, ...], drawings: tuple[Drawing, ...]) -> Iterator[Passage]:
    shown: list[dict[int, list[Glyph]]] = []
    for drawing in drawings:
        pieces: dict[int, list[Glyph]] = {}
        for glyph in drawing.glyphs:
            pieces.setdefault(glyph.number, []).append(glyph)
        shown.append(pieces)
    for element in elements:
        yield Passage(
            element.kind, element.text or element.alternative, element.language, tuple(_lines(element, shown))
        )


def _lines(element: TaggedBlock, shown: list[dict[int, list[Glyph]]]) -> Iterator[Line]:
    """Pieces on one page whose baselines are nearer than half a size are one line: note calls are raised by less."""
    text, page, glyphs = "", 0, list[Glyph]()
    for piece in element.pieces:
        drawn = shown[piece.page - 1].get(piece.number, ()) if piece.page <= len(shown) else ()
        if not drawn:
            text += piece.text
            continue
        apart = (
            not glyphs or piece.page != page or abs(drawn[0].y - glyphs[0].y) > 0.6 * max(drawn[0].size, glyphs[0].size)
        )
        if apart and glyphs:
            yield Line(" ".join(text.split()), page, _around(glyphs))
        if apart:
            text, page, glyphs = "", piece.page, []
        text += piece.text
        glyphs.extend(drawn)
    if glyphs:
        yield Line(" ".join(text.split()), page, _around(glyphs))


def _around(glyphs: list[Glyph]) -> Box:
    """The region of the origins: what is left out by a region is left out by its baseline."""
    across, down = [glyph.x for glyph in glyphs], [glyph.y for glyph in glyphs]
    return min(across), min(down), max(across), max(down)


def _untagged(document: pypdfium2.PdfDocument) -> Iterator[Passage]:
    """Each line by itself, in the order of the page; heads and feet are no part of the flow."""
    for page in pages.read_pages(document, len(document)):
        flow = {id(line) for line in places.body(page)}
        for line in page.lines:
            kind = "Line" if id(line) in flow or (page.number == 1 and line.baseline < places.MASTHEAD) else "Artifact"
            yield Passage(kind, line.text, "", (Line(line.text, page.number, line.box),))
