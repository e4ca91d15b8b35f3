"""What the pages of a PDF show, read once for all layers: its text by block and line, and its drawings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from masthead.comparison.drawing import DrawnGlyph, DrawnPage, read_page
from masthead.comparison.opened import OpenPdf
from masthead.comparison.tolerance import Tolerance
from masthead.document import Rectangle, SourceError
from masthead.pdf import DAMAGE, Page, TaggedBlock, pages, places, read_tree

_NAMES = {"P": "paragraph", "LI": "item", "TD": "cell", "TH": "cell", "Artifact": "head or foot"}
_NAMES |= {kind: kind.lower() for kind in ("Note", "Line", "Figure")}
# Stands for marked content on pages that are the same in both files.
UNREAD = re.compile("\ue000([^\ue001]*):([0-9]+)\ue001")


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A line of a block: its text, its page (from 1), its region, and its glyphs."""

    text: str
    page: int
    box: Rectangle
    glyphs: tuple[DrawnGlyph, ...] = ()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading, note, cell or figure. `kind` is its tag; in a PDF without tags `Line`.

    Heads and feet of pages are `Artifact`. It has only those lines that are on pages to compare; `on` are the pages
    that all of it is on. `drawings` has the page and the box of each object that is drawn for it and is not text.
    """

    kind: str
    text: str
    language: str
    lines: tuple[BlockLine, ...]
    drawings: tuple[tuple[int, Rectangle], ...] = ()
    on: tuple[int, ...] = ()
    alternative: str = ""

    @property
    def is_note(self) -> bool:
        return self.kind == "Note"

    @property
    def page(self) -> int | None:
        """The page on which it begins."""
        return self.lines[0].page if self.lines else self.on[0] if self.on else None

    @property
    def name(self) -> str:
        """Its name in messages: what its tag means, and its first words."""
        shown = UNREAD.sub(" ", self.text) or self.alternative
        number = re.match(r"\W*(\d+)", shown)
        if self.is_note and number:
            return f"note {int(number[1])}"
        words = shown.split()
        first = " ".join(words[:4]) + (" …" if len(words) > 4 else "")
        kind = "heading" if re.fullmatch(r"H\d?", self.kind) else _NAMES.get(self.kind, self.kind)
        return f"{kind} “{first}”" if first else kind

    @property
    def glyphs(self) -> list[tuple[int, DrawnGlyph]]:
        """Its glyphs, each with its page."""
        return [(line.page, glyph) for line in self.lines for glyph in line.glyphs]


@dataclass(frozen=True, slots=True)
class PdfContents:
    """A PDF as the layers compare it: its blocks in reading order, and by page (from 1) its heads and feet, and what is
    drawn. `reveal` replaces the placeholders in a text by the text of the marked content."""

    reveal: Callable[[str], str]
    blocks: tuple[TextBlock, ...]
    artifacts: Mapping[int, tuple[TextBlock, ...]] = field(default_factory=dict)
    drawings: Mapping[int, DrawnPage] = field(default_factory=dict)


def read_contents(pdf: OpenPdf, names: Sequence[str], wanted: Sequence[int], tolerance: Tolerance) -> PdfContents:
    """Read what the pages `wanted` show, by number from 1, without the regions that `tolerance` excludes.

    `names` has a name for each page that is the same in both files. In the texts of blocks, it replaces the text of
    pages that are not wanted. Raises SourceError.
    """
    reader = _ContentsReader(pdf, names, wanted)
    try:
        blocks = tuple(reader.blocks())
    except (*DAMAGE, RecursionError) as error:
        raise SourceError("the PDF's structure cannot be read", where=pdf.where, hint=str(error)) from error
    artifacts, drawings = reader.artifacts, reader.drawings
    if tolerance.regions:
        blocks = tuple(block for block in blocks if not _ignored(block, tolerance))
        artifacts = {
            page: [block for block in found if not _ignored(block, tolerance)] for page, found in artifacts.items()
        }
        drawings = {number: _without_regions(each, number, tolerance) for number, each in drawings.items()}
    return PdfContents(reader.reveal, blocks, {page: tuple(found) for page, found in artifacts.items()}, drawings)


def _without_regions(page: DrawnPage, number: int, tolerance: Tolerance) -> DrawnPage:
    glyphs = tuple(each for each in page.glyphs if not tolerance.ignores(number, (each.x, each.y, each.x, each.y)))
    objects = tuple(each for each in page.objects if not tolerance.ignores(number, each.box))
    return replace(page, glyphs=glyphs, objects=objects)


def _ignored(block: TextBlock, tolerance: Tolerance) -> bool:
    """Whether the baselines of all lines of a block are in excluded regions, or all drawings of a figure."""
    places = [(line.page, line.box) for line in block.lines] or block.drawings
    return bool(places) and all(tolerance.ignores(page, box) for page, box in places)


class _ContentsReader:
    """Reads blocks, and while it does so, heads and feet (`artifacts`)."""

    def __init__(self, pdf: OpenPdf, names: Sequence[str], wanted: Sequence[int]) -> None:
        self._pdf, self._names, self._wanted = pdf, names, sorted(wanted)
        self.drawings = {number: read_page(pdf.document, number - 1) for number in self._wanted}
        self.artifacts: dict[int, list[TextBlock]] = {number: [] for number in self._wanted}
        self._others: dict[int, Page] = {}  # pages that are read for a few words

    def blocks(self) -> Iterator[TextBlock]:
        elements = read_tree(self._pdf.file, self._text)
        return self._tagged(elements) if elements else self._untagged()

    @cached_property
    def _pages(self) -> Mapping[int, Page]:
        """The lines of the wanted pages by page index; many files do not need them."""
        turned = {
            number - 1: {(glyph.text, round(glyph.y - page.corner[1])) for glyph in page.glyphs if glyph.look.turn}
            for number, page in self.drawings.items()
        }
        return pages.read_some(
            self._pdf.document,
            [number - 1 for number in self._wanted],
            lambda index, character: (character.text[:1], round(character.baseline)) in turned[index],
        )

    @cached_property
    def _shown(self) -> Callable[[int, int], str]:
        return pages.text_by_content(self._pages)

    def _text(self, index: int, content: int) -> str:
        """What marked content shows; on a page that is not wanted, a sign that is the same in both files."""
        if index + 1 in self.drawings:
            return self._shown(index, content)
        return f"\ue000{self._names[index] if index < len(self._names) else index}:{content}\ue001"

    def reveal(self, text: str) -> str:
        """Return a text with what marked content shows in place of the signs for it."""

        def shown(sign: re.Match[str]) -> str:
            index = self._names.index(sign[1])
            if index not in self._others:
                self._others[index] = pages.read_some(self._pdf.document, [index])[index]
            return pages.text_by_content(self._others)(index, int(sign[2]))

        return " ".join(UNREAD.sub(shown, text).split())

    def _tagged(self, elements: Iterable[TaggedBlock]) -> Iterator[TextBlock]:
        glyphs: dict[tuple[int, int], list[DrawnGlyph]] = defaultdict(list)  # by page and marked content
        boxes: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
        for number, page in self.drawings.items():
            for glyph in page.glyphs:
                glyphs[number, glyph.content].append(glyph)
            for each in page.objects:
                boxes[number, each.marked].append(each.box)
        used: set[tuple[int, int]] = set()
        for element in elements:
            used.update((piece.page, piece.number) for piece in element.pieces)
            drawn = ((piece.page, box) for piece in element.pieces for box in boxes.get((piece.page, piece.number), ()))
            yield TextBlock(
                element.kind,
                element.text or element.alternative,
                element.language,
                tuple(_lines(element, glyphs)),
                tuple(drawn),
                element.pages,
                element.alternative,
            )
        for number, page in self.drawings.items():
            rest = [glyph for glyph in page.glyphs if glyph.content < 0 or (number, glyph.content) not in used]
            for _, line in groupby(rest, lambda glyph: glyph.look if glyph.look.turn else round(glyph.y)):
                self._artifact(number, list(line))

    def _untagged(self) -> Iterator[TextBlock]:
        """Each line separately, in the order of the page; heads and feet of pages are artifacts."""
        for index, page in self._pages.items():
            number = index + 1
            turned = [glyph for glyph in self.drawings[number].glyphs if glyph.look.turn]
            for _, line_of_glyphs in groupby(turned, lambda glyph: glyph.look):
                self._artifact(number, list(line_of_glyphs))
            flow = {id(line) for line in places.body(page)}
            owned = _owned(page, self.drawings[number])
            for line in page.lines:
                glyphs = tuple(owned.pop(id(line), ()))
                block_line = BlockLine(line.text, number, _from_corner(line.box, self.drawings[number]), glyphs)
                if id(line) in flow or (number == 1 and line.baseline < places.MASTHEAD):
                    yield TextBlock("Line", line.text, "", (block_line,))
                else:
                    self.artifacts[number].append(TextBlock("Artifact", line.text, "", (block_line,)))

    def _artifact(self, page: int, glyphs: list[DrawnGlyph]) -> None:
        line = _line(_spelt(glyphs), page, glyphs)
        self.artifacts[page].append(TextBlock("Artifact", line.text, "", (line,)))


def _from_corner(box: Rectangle, page: DrawnPage) -> Rectangle:
    """A box of a line, which is in the coordinates of the file, from the upper left corner of the visible area."""
    left, bottom = page.corner
    return box[0] - left, box[1] + bottom, box[2] - left, box[3] + bottom


def _owned(page: Page, drawn: DrawnPage) -> dict[int, list[DrawnGlyph]]:
    """The glyphs of each line, by its identity: a glyph is of the nearest line in whose box it begins."""
    lines = sorted(page.lines, key=lambda line: line.baseline)
    baselines = [line.baseline for line in lines]
    owned: dict[int, list[DrawnGlyph]] = defaultdict(list)
    for glyph in drawn.glyphs:
        x, y = glyph.x + drawn.corner[0], glyph.y - drawn.corner[1]
        near = lines[bisect_left(baselines, y - 8) : bisect_right(baselines, y + 8)]
        beside = [line for line in near if line.left - 8 <= x <= line.right + 8]
        if beside:
            own = min(beside, key=lambda line: (abs(line.baseline - y), abs(line.left - x)))
            owned[id(own)].append(glyph)
    return owned


def _lines(element: TaggedBlock, glyphs: dict[tuple[int, int], list[DrawnGlyph]]) -> Iterator[BlockLine]:
    """Join the pieces of an element into lines.

    Pieces on one page whose baselines are nearer than 0.6 of their size are one line, since note calls are raised by
    less. One piece may be on several lines.
    """
    text, page, drawn, partial = "", 0, list[DrawnGlyph](), False
    for piece in element.pieces:
        rows = list(_rows(glyphs.get((piece.page, piece.number), [])))
        for row in rows:
            size = max(row[0].size, drawn[0].size) if drawn else 0
            if drawn and (piece.page != page or abs(row[0].y - drawn[0].y) > 0.6 * size):
                yield _line(_spelt(drawn) if partial or len(rows) > 1 else text, page, drawn)
                text, drawn, partial = "", [], False
            page = piece.page
            drawn.extend(row)
        text += piece.text
        partial = partial or len(rows) > 1
    if drawn:
        yield _line(_spelt(drawn) if partial else text, page, drawn)


def _rows(glyphs: Sequence[DrawnGlyph]) -> Iterator[list[DrawnGlyph]]:
    row: list[DrawnGlyph] = []
    for glyph in glyphs:
        if row and abs(glyph.y - row[0].y) > 0.6 * max(glyph.size, row[0].size):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _spelt(glyphs: Iterable[DrawnGlyph]) -> str:
    return " ".join("".join(glyph.text for glyph in word) for _, word in groupby(glyphs, lambda glyph: glyph.word))


def _line(text: str, page: int, glyphs: Sequence[DrawnGlyph]) -> BlockLine:
    """A line, whose region is that of the origins of its glyphs: regions exclude a line by its baseline."""
    across, down = [glyph.x for glyph in glyphs], [glyph.y for glyph in glyphs]
    box = min(across), min(down), max(across), max(down)
    return BlockLine(" ".join(text.split()), page, box, tuple(glyphs))
