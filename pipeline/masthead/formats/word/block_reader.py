"""The blocks of a Word document in order: paragraphs with what they hold, and tables of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from masthead.document import Alignment, Contents, PageEnd, Severity
from masthead.document.references import Doubt
from masthead.formats.styled.parts import Para, ParaKind, StyledCell, StyledPart, StyledRow, StyledTable
from masthead.formats.styled.spans import BREAK, SPACE, TAB, Span, text_of, tidied
from masthead.formats.word.conventions import BOX, COLUMNS
from masthead.formats.word.gutters import remove_gutters
from masthead.formats.word.notes import Notes
from masthead.formats.word.numbering import Numbering
from masthead.formats.word.package_reader import Package
from masthead.formats.word.run_reader import RunReader
from masthead.formats.word.styles import Kind, Style, Styles, outline_level
from masthead.formats.word.xml import child, integer, is_on, local, qn, value

_STYLE_HINT = "use the styles of the UN template, or Heading 1 and the like"
_NO_PAGE_END = Doubt(
    "word-page-end",
    "Word's page ends here, in or after a table or a heading, where a document has no page ends",
    "this matters only with --pagination source; let such pages end in or after paragraphs",
    Severity.NOTE,
)
_INDENTED = Doubt(
    "table-cells", "indented rows are read like the others", "say in words what they belong to", Severity.NOTE
)
_VISIBLE_INDENT = 100  # twentieths of a point
_TAB_WIDTH = 475  # in the template
_DIVISIBLE = (ParaKind.TEXT, ParaKind.ITEM)  # the kinds of paragraphs in which a page may end
_DEPTH = re.compile(r'\\o\s*"\d-(\d)"')
_ALIGNMENTS = {"right": Alignment.END, "end": Alignment.END, "center": Alignment.CENTRE}
# Elements whose content is read as if it stood in their place.
_TRANSPARENT = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
# Elements that mean nothing for the text, or are read together with another.
_IGNORED = ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
            "commentRangeEnd", "proofErr", "permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd",
            "moveToRangeStart", "moveToRangeEnd", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx")  # fmt: skip


class WordBlockReader:
    """Reads the parts of one document in order, since the numbers of lists and notes depend on it.

    `doubts` are findings, each with the number of its paragraph; `count` is the number of the last paragraph.
    """

    def __init__(self, package: Package, *, ours: bool) -> None:
        self.styles, self.notes = Styles(package.styles), Notes(package.notes)
        self.doubts: list[tuple[int, Doubt]] = []
        self.count = 0
        self._numbering = Numbering(package.numbering)
        self._runs = RunReader(package, self.styles, self.notes, ours=ours)
        self._ours = ours
        self._unknown_styles: set[str] = set()
        self._alignments: tuple[Alignment, ...] = ()  # of the columns of the next table, from its content control

    def parts(self, container: Iterable[Any]) -> list[StyledPart]:
        """Return the content of a body, a cell or a note, without empty paragraphs: they are only space."""
        result: list[StyledPart] = []
        for part in self._parts(container):
            if isinstance(part, Para) and not self._ours:
                self._move_page_end(part, result[-1] if result else None)
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
                case name if name in _TRANSPARENT:
                    tag = value(child(element, "w:sdtPr"), "w:tag") or ""
                    if tag.startswith(COLUMNS):
                        self._alignments = tuple(Alignment(side) for side in tag.removeprefix(COLUMNS).split())
                    yield from self._parts(element)
                case name if name and name not in _IGNORED:
                    self._note(Doubt("word-unknown", f"the Word element {name} is left out", "write it as text"))

    def _note(self, doubt: Doubt) -> None:
        self.doubts.append((self.count, doubt))

    def _paragraph(self, element: Any) -> Para:
        properties = child(element, "w:pPr")
        style = self.styles.style(value(properties, "w:pStyle"))
        runs = self._runs.read(element, style)
        kind, degree = self._meaning(style, value(properties, "w:outlineLvl"))
        text = text_of(runs.spans).strip(SPACE)
        if kind is not style.kind and text:
            runs.losses.add("outline", text)
        if kind in _DIVISIBLE and BREAK in text and not runs.contents:
            runs.losses.add("br", text)
        for doubt in runs.losses.doubts.values():
            self._note(doubt)
        numbering = child(properties, "w:numPr")
        instance, level = value(numbering, "w:numId"), value(numbering, "w:ilvl")
        depth = style.list_level if level is None else integer(level)
        mark = self._numbering.number(style.list if instance is None else instance, depth)
        spans = runs.spans
        if not text and not any(span.literal or span.inline for span in spans):
            spans = []
        elif mark:
            spans = [Span(mark + TAB), *spans]
        if spans and not style.known and style.name not in self._unknown_styles:
            self._unknown_styles.add(style.name)
            message = f"the style “{style.name}” has no meaning here; its paragraphs are read by their words"
            self._note(Doubt("word-style", message, _STYLE_HINT, Severity.NOTE))
        return Para(self.count, kind, spans, degree, style.role, tuple(runs.pictures), _depth(runs.contents))

    @staticmethod
    def _meaning(style: Style, outline: str | None) -> tuple[Kind, int]:
        """Return the kind and level of a paragraph with this style and an outline level of its own."""
        level = outline_level(outline)
        # From level 3 on, one style of the template is used for headings of two levels.
        if level and (style.kind is ParaKind.TEXT or (style.kind is ParaKind.HEADING and level > style.level > 2)):
            return ParaKind.HEADING, level
        return style.kind, style.level

    def _move_page_end(self, part: Para, last: StyledPart | None) -> None:
        """Move a page end from the start of a paragraph to the end of the one before, if that can have one."""
        while part.spans and (isinstance(part.spans[0].inline, PageEnd) or not part.spans[0].text.strip(SPACE)):
            if isinstance(part.spans[0].inline, PageEnd):
                if not isinstance(last, Para) or last.kind not in _DIVISIBLE or not last.spans:
                    self.doubts.append((part.number, _NO_PAGE_END))
                elif not isinstance(last.spans[-1].inline, PageEnd):
                    last.spans[:] = [*tidied(last.spans), Span(inline=PageEnd())]
            elif part.spans[0].inline is not None:
                break
            del part.spans[0]

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, element: Any) -> StyledTable:
        widths = [integer(each.get(qn("w:w"))) for each in element.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
        is_box = value(child(element, "w:tblPr"), "w:tblStyle") == BOX
        grid = StyledTable(self.count + 1, len(widths), self._alignments, is_box)
        self._alignments = ()
        indents: list[tuple[int, int]] = []  # for each row of the body, its first paragraph and the indent of that
        for row in _children(element, "tr"):
            properties = child(row, "w:trPr")
            column = integer(value(properties, "w:gridBefore"))
            cells = []
            for each in _children(row, "tc"):
                cells.append(self._cell(each, column))
                column += cells[-1].columns
            grid.columns = max(grid.columns, column)
            heads = is_on(child(properties, "w:tblHeader"))
            if cells and cells[0].parts and isinstance(first := cells[0].parts[0], Para) and not heads:
                indents.append((first.number, _indent(next(row.iter(qn("w:p"))), first)))
            fixed = value(properties, "w:trHeight", "w:hRule") == "exact"
            grid.rows.append(StyledRow(cells, heads, fixed and not any(cell.parts for cell in cells)))
        if not self._ours:
            remove_gutters(grid, widths)
            self._note_indents(indents)
        return grid

    def _cell(self, element: Any, column: int) -> StyledCell:
        look = child(element, "w:tcPr")
        merge = child(look, "w:vMerge")
        return StyledCell(
            column,
            columns=max(1, integer(value(look, "w:gridSpan"), 1)),
            parts=self._cell_parts(element),
            merged=merge is not None and merge.get(qn("w:val"), "continue") == "continue",
            at_bottom=value(look, "w:vAlign") == "bottom",
            alignment=_ALIGNMENTS.get(value(child(child(element, "w:p"), "w:pPr"), "w:jc") or "", Alignment.START),
        )

    def _cell_parts(self, element: Any) -> list[StyledPart]:
        """Return the content of a cell without page ends, which a document cannot have there."""
        parts = self.parts(element)
        for part in parts:
            if isinstance(part, Para) and not self._ours:
                kept = [span for span in part.spans if not isinstance(span.inline, PageEnd)]
                if len(kept) < len(part.spans):
                    self.doubts.append((part.number, _NO_PAGE_END))
                part.spans[:] = kept
        return parts

    def _note_indents(self, indents: Sequence[tuple[int, int]]) -> None:
        """Note the first row that is indented more than others."""
        least = min((indent for _, indent in indents), default=0)
        deeper = [number for number, indent in indents if indent >= least + _VISIBLE_INDENT]
        self.doubts += [(number, _INDENTED) for number in deeper[:1]]


def _depth(instruction: str) -> int | None:
    """Return the level down to which a field lists headings, None if it lists none."""
    depth = _DEPTH.search(instruction)
    return int(depth[1]) if depth else Contents().depth if instruction else None


def _indent(paragraph: Any, read: Para) -> int:
    """Return the indent of the first line of a paragraph, from its properties and a tab at its start."""
    indents = child(child(paragraph, "w:pPr"), "w:ind")
    names = [qn(f"w:{name}") for name in ("left", "start", "firstLine", "hanging")]
    left, start, first, hanging = (0 if indents is None else integer(indents.get(name)) for name in names)
    return (left or start) + first - hanging + _TAB_WIDTH * text_of(read.spans).startswith(TAB)


def _children(element: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those in content controls and tracked changes."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in _TRANSPARENT:
            yield from _children(each, name)
