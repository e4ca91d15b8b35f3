"""What stands in a Word document, in order: paragraphs with what they hold, and tables of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from masthead.document import Alignment, Contents, PageEnd, Severity
from masthead.document.references import Doubt
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.parts import Para, ParaKind, StyledCell, StyledPart, StyledRow, StyledTable
from masthead.formats.styled.spans import BREAK, SPACE, TAB, Span, text_of, tidied
from masthead.formats.word.elements import integer, local, qn, switch, value
from masthead.formats.word.gutters import without_gutters
from masthead.formats.word.notes import Notes
from masthead.formats.word.numbering import Numbering
from masthead.formats.word.package import Package
from masthead.formats.word.runs import RunReader
from masthead.formats.word.styles import Style, Styles, outline_level

COLUMNS = "masthead:columns:"
"""The tag of a content control around a table: how its columns stand, where no cell shows it."""
BOX = "Box"
"""The style of a table that is a box."""

_STYLES = "use the styles of the UN template, or Heading 1 and its like"
_NO_PAGE_END = Doubt(
    "word-page-end",
    "a page of Word's ends here, behind or in a table or a heading; it is no page end of the document",
    "pages flow but with --pagination source; for that, let them end behind or in paragraphs",
    Severity.NOTE,
)
_INDENTED = Doubt(
    "table-cells",
    "rows that stand deeper than others are read as their like",
    "say in words what they belong to",
    Severity.NOTE,
)
_DEEPER = 100  # twentieths of a point by which a row stands visibly deeper
_TAB = 475  # the distance of tabs in the template
_PARTED = (ParaKind.TEXT, ParaKind.ITEM)  # what a page end can part
_DEPTH = re.compile(r'\\o\s*"\d-(\d)"')
_ALIGNMENTS = {"right": Alignment.END, "end": Alignment.END, "center": Alignment.CENTRE}
_INSIDE = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
_SILENT = ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
           "commentRangeEnd", "proofErr", "permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd",
           "moveToRangeStart", "moveToRangeEnd", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx")  # fmt: skip


class Flow:
    """Reads the parts of one document in order, which numbers of lists and notes depend on."""

    def __init__(self, package: Package, *, ours: bool) -> None:
        self.styles, self.notes, self.numbering = (
            Styles(package.styles),
            Notes(package.notes),
            Numbering(package.numbering),
        )
        self._runs = RunReader(package, self.styles, self.notes, ours=ours)
        self._ours = ours
        self.told: list[tuple[int, Doubt]] = []
        self._unknown: set[str] = set()  # styles that have been told
        self._sides: tuple[Alignment, ...] = ()
        self.count = 0

    def parts(self, container: Iterable[Any]) -> list[StyledPart]:
        """Return what stands in a body, a cell, a note; paragraphs that hold nothing are room between others."""
        result: list[StyledPart] = []
        for part in self._parts(container):
            last = result[-1] if result else None
            if isinstance(part, Para) and not self._ours:
                self._move_page_end(part, last)
            if isinstance(part, StyledTable) or part.spans or part.pictures or part.contents is not None:
                result.append(part)
        return result

    def _parts(self, container: Iterable[Any]) -> Iterator[StyledPart]:
        for element in container:
            match local(element):
                case "p":
                    self.count += 1
                    if len(element):
                        yield self._paragraph(element)
                case "tbl":
                    yield self._table(element)
                case name if name in _INSIDE:
                    tag = value(element.find(qn("w:sdtPr")), "w:tag") or ""
                    if tag.startswith(COLUMNS):
                        self._sides = tuple(Alignment(side) for side in tag.removeprefix(COLUMNS).split())
                    yield from self._parts(element)
                case name if name and name not in _SILENT:
                    message = f"what Word calls {name} is not carried"
                    self.told.append((self.count, Doubt("word-unknown", message, "write it as text")))

    def _paragraph(self, element: Any) -> Para:
        properties = element.find(qn("w:pPr"))
        style = self.styles.style(value(properties, "w:pStyle"))
        runs = self._runs.read(element, style)
        kind, degree = self._meaning(style, value(properties, "w:outlineLvl"))
        text = text_of(runs.spans).strip(SPACE)
        if kind is not style.kind and text:
            runs.losses.tell("outline", text)
        if kind in _PARTED and BREAK in text and not runs.contents:
            runs.losses.tell("br", text)
        self.told += [(self.count, doubt) for doubt in runs.losses.doubts.values()]
        numbering = None if properties is None else properties.find(qn("w:numPr"))
        instance, level = value(numbering, "w:numId"), value(numbering, "w:ilvl")
        mark = self.numbering.number(
            style.list if instance is None else instance, style.list_level if level is None else integer(level)
        )
        spans = runs.spans
        if not text and not any(span.literal or span.inline for span in spans):
            spans = []
        elif mark:
            spans = [Span(mark + TAB), *spans]
        if spans and not style.known and style.name not in self._unknown:
            self._unknown.add(style.name)
            message = f"the style “{style.name}” has no meaning here; its paragraphs are read by their words"
            self.told.append((self.count, Doubt("word-style", message, _STYLES, Severity.NOTE)))
        return Para(self.count, kind, spans, degree, style.role, tuple(runs.pictures), _depth(runs.contents))

    @staticmethod
    def _meaning(style: Style, outline: str | None) -> tuple[ParaKind | Fact, int]:
        """The kind and level of a paragraph of that style which has an outline level of its own."""
        level = outline_level(outline)
        # From 3 on a style of the template is that of two levels.
        if level and (style.kind is ParaKind.TEXT or (style.kind is ParaKind.HEADING and level > style.level > 2)):
            return ParaKind.HEADING, level
        return style.kind, style.level

    def _move_page_end(self, part: Para, last: StyledPart | None) -> None:
        """A page that ends before a paragraph ends behind the one before it; behind a table or a heading none can."""
        while part.spans and (isinstance(part.spans[0].inline, PageEnd) or not part.spans[0].text.strip(SPACE)):
            if isinstance(part.spans[0].inline, PageEnd):
                if not isinstance(last, Para) or last.kind not in _PARTED or not last.spans:
                    self.told.append((part.number, _NO_PAGE_END))
                elif not isinstance(last.spans[-1].inline, PageEnd):
                    last.spans[:] = [*tidied(last.spans), Span(inline=PageEnd())]
            elif part.spans[0].inline is not None:
                break
            del part.spans[0]

    def _cell(self, element: Any) -> list[StyledPart]:
        """What stands in a cell; no page ends in it that a document could keep."""
        parts = self.parts(element)
        for part in parts:
            if isinstance(part, Para) and not self._ours:
                kept = [span for span in part.spans if not isinstance(span.inline, PageEnd)]
                self.told += [(part.number, _NO_PAGE_END)] * (len(kept) < len(part.spans))
                part.spans[:] = kept
        return parts

    def _tell_indents(self, indents: Sequence[tuple[int, int]]) -> None:
        """Tell once of rows that stand deeper than others."""
        least = min((indent for _, indent in indents), default=0)
        deeper = [number for number, indent in indents if indent >= least + _DEEPER]
        self.told += [(number, _INDENTED) for number in deeper[:1]]

    def _table(self, element: Any) -> StyledTable:
        widths = [integer(each.get(qn("w:w"))) for each in element.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
        is_box = value(element.find(qn("w:tblPr")), "w:tblStyle") == BOX
        grid = StyledTable(self.count + 1, len(widths), self._sides, is_box)
        self._sides = ()
        indents: list[tuple[int, int]] = []  # of the rows of the body: the paragraph that begins one, and its indent
        for row in _children(element, "tr"):
            properties = row.find(qn("w:trPr"))
            column = integer(value(properties, "w:gridBefore"))
            cells = []
            for cell in _children(row, "tc"):
                look = cell.find(qn("w:tcPr"))
                columns = max(1, integer(value(look, "w:gridSpan"), 1))
                merge = None if look is None else look.find(qn("w:vMerge"))
                merged = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
                at_bottom = value(look, "w:vAlign") == "bottom"
                first = cell.find(qn("w:p"))
                alignment = _alignment(None if first is None else first.find(qn("w:pPr")))
                cells.append(StyledCell(column, columns, self._cell(cell), merged, at_bottom, alignment))
                column += columns
            grid.columns = max(grid.columns, column)
            height = None if properties is None else properties.find(qn("w:trHeight"))
            heads = bool(switch(properties, "w:tblHeader"))
            if cells and cells[0].parts and isinstance(begins := cells[0].parts[0], Para) and not heads:
                indents.append((begins.number, _indent(next(row.iter(qn("w:p"))), begins)))
            fixed = height is not None and height.get(qn("w:hRule")) == "exact"
            empty = not any(cell.parts for cell in cells)
            grid.rows.append(StyledRow(cells, heads, fixed and empty))
        if not self._ours:
            without_gutters(grid, widths)
            self._tell_indents(indents)
        return grid


def _depth(instruction: str) -> int | None:
    """The level down to which a field lists headings; None where it lists none."""
    depth = _DEPTH.search(instruction)
    return int(depth[1]) if depth else Contents().depth if instruction else None


def _indent(paragraph: Any, read: Para) -> int:
    """How far the first line of a paragraph stands in, by its indents or a tab before it."""
    indents = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    left, start, first, hanging = (
        0 if indents is None else integer(indents.get(qn(f"w:{name}")))
        for name in ("left", "start", "firstLine", "hanging")
    )
    return (left or start) + first - hanging + _TAB * text_of(read.spans).startswith(TAB)


def _alignment(properties: Any) -> Alignment:
    return _ALIGNMENTS.get(value(properties, "w:jc") or "", Alignment.START)


def _children(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls and tracked changes included."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in _INSIDE:
            yield from _children(child, name)
