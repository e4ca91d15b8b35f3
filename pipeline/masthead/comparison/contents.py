"""What a PDF contains, read once for all layers: structure, logical text by block and line, and what is drawn."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from masthead.comparison.drawing import DrawnGlyph, DrawnPage, read_page
from masthead.comparison.structure import Property, describe
from masthead.comparison.tolerance import Tolerance
from masthead.document import Rectangle, SourceError
from masthead.pdf import TaggedBlock, pages, places, read_tree

_NAMES = {"P": "paragraph", "LI": "item", "TD": "cell", "TH": "cell"}
_NAMES |= {kind: kind.lower() for kind in ("Note", "Line", "Figure")}


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A line of a block: its text, its page (from 1) and its region."""

    text: str
    page: int
    box: Rectangle


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading, note, cell or figure. `kind` is its tag; in a PDF without tags `Line` or `Artifact`.

    `drawings` has the page and the box of each object that is drawn for it and is not text.
    """

    kind: str
    text: str
    language: str
    lines: tuple[BlockLine, ...]
    drawings: tuple[tuple[int, Rectangle], ...] = ()

    @property
    def is_note(self) -> bool:
        return self.kind == "Note"

    @property
    def page(self) -> int | None:
        """The page on which it begins."""
        return self.lines[0].page if self.lines else None

    @property
    def name(self) -> str:
        """Its name in messages: what its tag means, and its first words."""
        number = re.match(r"\W*(\d+)", self.text)
        if self.is_note and number:
            return f"note {int(number[1])}"
        words = self.text.split()
        first = " ".join(words[:4]) + (" …" if len(words) > 4 else "")
        kind = "heading" if re.fullmatch(r"H\d?", self.kind) else _NAMES.get(self.kind, self.kind)
        return f"{kind} “{first}”"


@dataclass(frozen=True, slots=True)
class PdfContents:
    """A PDF as the layers compare it."""

    properties: tuple[Property, ...]
    blocks: tuple[TextBlock, ...]
    drawings: tuple[DrawnPage, ...]


def read_contents(pdf: bytes, document: pypdfium2.PdfDocument, tolerance: Tolerance, *, where: str = "") -> PdfContents:
    """Read `pdf`, which is open as `document`, without the regions that `tolerance` excludes. Raises SourceError."""
    drawings = tuple(read_page(document, index) for index in range(len(document)))
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            elements = read_tree(file)
        properties = tuple(describe(PdfReader(io.BytesIO(pdf))))
    except (pikepdf.PdfError, PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError("the PDF's structure cannot be read", where=where, hint=str(error)) from error
    blocks = _tagged(elements, drawings) if elements else _untagged(document)
    if tolerance.regions:
        blocks = (block for block in blocks if not _ignored(block, tolerance))
        drawings = tuple(_without_regions(each, number, tolerance) for number, each in enumerate(drawings, 1))
    return PdfContents(properties, tuple(blocks), drawings)


def _without_regions(page: DrawnPage, number: int, tolerance: Tolerance) -> DrawnPage:
    glyphs = tuple(each for each in page.glyphs if not tolerance.ignores(number, (each.x, each.y, each.x, each.y)))
    objects = tuple(each for each in page.objects if not tolerance.ignores(number, each.box))
    return DrawnPage(page.width, page.height, glyphs, objects)


def _ignored(block: TextBlock, tolerance: Tolerance) -> bool:
    """Whether the baselines of all lines of a block are in excluded regions, or all drawings of a figure."""
    places = [(line.page, line.box) for line in block.lines] or block.drawings
    return bool(places) and all(tolerance.ignores(page, box) for page, box in places)


def _tagged(elements: tuple[TaggedBlock, ...], drawings: tuple[DrawnPage, ...]) -> Iterator[TextBlock]:
    glyphs: dict[tuple[int, int], list[DrawnGlyph]] = defaultdict(list)  # by page and marked content
    for number, page in enumerate(drawings, 1):
        for glyph in page.glyphs:
            glyphs[number, glyph.content].append(glyph)
    boxes: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
    for number, page in enumerate(drawings, 1):
        for each in page.objects:
            boxes[number, each.marked].append(each.box)
    for element in elements:
        text = element.text or element.alternative
        drawn = ((piece.page, box) for piece in element.pieces for box in boxes[piece.page, piece.number])
        yield TextBlock(element.kind, text, element.language, tuple(_lines(element, glyphs)), tuple(drawn))


def _lines(element: TaggedBlock, glyphs: dict[tuple[int, int], list[DrawnGlyph]]) -> Iterator[BlockLine]:
    """Join the pieces of an element into lines.

    Pieces on one page whose baselines are nearer than 0.6 of their size are one line, since note calls are raised by
    less.
    """
    text, page, drawn = "", 0, list[DrawnGlyph]()
    for piece in element.pieces:
        here = glyphs.get((piece.page, piece.number), [])
        if here:
            size = max(here[0].size, drawn[0].size) if drawn else 0
            if drawn and (piece.page != page or abs(here[0].y - drawn[0].y) > 0.6 * size):
                yield _line(text, page, drawn)
                drawn = []
            if not drawn:
                text, page = "", piece.page
            drawn.extend(here)
        text += piece.text
    if drawn:
        yield _line(text, page, drawn)


def _line(text: str, page: int, glyphs: list[DrawnGlyph]) -> BlockLine:
    """A line, whose region is that of the origins of its glyphs: regions exclude a line by its baseline."""
    across, down = [glyph.x for glyph in glyphs], [glyph.y for glyph in glyphs]
    return BlockLine(" ".join(text.split()), page, (min(across), min(down), max(across), max(down)))


def _untagged(document: pypdfium2.PdfDocument) -> Iterator[TextBlock]:
    """Each line by itself, in the order of the page; heads and feet of pages are artifacts."""
    for page in pages.read_pages(document, len(document)):
        flow = {id(line) for line in places.body(page)}
        for line in page.lines:
            in_flow = id(line) in flow or (page.number == 1 and line.baseline < places.MASTHEAD)
            kind = "Line" if in_flow else "Artifact"
            yield TextBlock(kind, line.text, "", (BlockLine(line.text, page.number, line.box),))
