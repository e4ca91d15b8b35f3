"""The blocks of a Word document in order: paragraphs with what they hold, and tables of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

from masthead.document import Alignment, Contents, Fit, Layout, PageEnd, ResourceError, RowKind, Severity, SourceError
from masthead.document.references import Doubt
from masthead.formats.styled.parts import Para, ParaKind, StyledCell, StyledPart, StyledRow, StyledTable
from masthead.formats.styled.spans import SPACE, TAB, Span, text_of
from masthead.formats.word.chunks import WORD, chunk_elements
from masthead.formats.word.conventions import BOX, COLUMNS, GUTTER, INDENT, LEADING, TEXT_INDENT, TOP, WHOLE
from masthead.formats.word.fitting import Space, fit_of_paragraph, has_space_paragraphs, space_around
from masthead.formats.word.gutters import label_room, remove_gutters
from masthead.formats.word.losses import Losses
from masthead.formats.word.note_columns import stops_of
from masthead.formats.word.notes import Notes
from masthead.formats.word.numbering import Numbering
from masthead.formats.word.package_reader import Package, open_package
from masthead.formats.word.page_breaks import HardBreak, hard_break
from masthead.formats.word.run_reader import RunReader
from masthead.formats.word.shapes import shape_groups
from masthead.formats.word.styles import ROW_KINDS, Kind, Style, Styles, outline_level
from masthead.formats.word.table_looks import (
    cells_of,
    has_double,
    is_boxed,
    is_empty_end,
    is_framed,
    is_kept,
    is_ruled,
    is_ruled_narrow,
    is_too_low,
    leading,
    row_indent,
    rows_of,
    unmarked_heads,
)
from masthead.formats.word.xml import TRANSPARENT, child, integer, is_on, local, qn, value

_STYLE_HINT = "use the styles of the UN template, or Heading 1 and the like"
_NO_PAGE_END = Doubt(
    "word-page-end",
    "the end of a page of Word is left out, because it is in or after a table or a heading",
    "this matters only with --pagination source; end the page in or after a paragraph",
    Severity.NOTE,
)
_LOW = Doubt(
    "word-hidden",
    "a table row that is too low to show its text is left out",
    "remove its text, or increase its height",
    Severity.NOTE,
)
_NEW_PAGE = Layout(new_page=True)
_DEEPEST = 3  # documents in one another
_INSET = 1000  # twentieths of a point from the frame, from which on a table is as wide as the text
_TEXT_SIZE = 20  # half-points, in the template
_DIVISIBLE = (ParaKind.TEXT, ParaKind.ITEM)  # the kinds of paragraphs in which a page may end
_DEPTH = re.compile(r'\\o\s*"\d-(\d)"')
_ALIGNMENTS = {"right": Alignment.END, "end": Alignment.END, "center": Alignment.CENTRE}
# Elements that mean nothing for the text, or are read together with another.
_IGNORED = ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
            "commentRangeEnd", "proofErr", "permStart", "permEnd", "tblPr", "tblGrid", "trPr", "tcPr",
            "tblPrEx")  # fmt: skip


class WordBlockReader:
    """Reads the parts of one document in order, since the numbers of lists and notes depend on it.

    `doubts` are findings, each with the number of its paragraph; `count` is the number of the last paragraph.
    """

    def __init__(self, package: Package, *, ours: bool, depth: int = 0) -> None:
        self.body, self._chunks, self._depth = package.body, package.chunks, depth
        self.styles, self.notes = Styles(package.styles), Notes(package.notes)
        self.doubts: list[tuple[int, Doubt]] = []
        self.count = 0
        self._numbering = Numbering(package.numbering)
        self._runs = RunReader(package, self.styles, self.notes, ours=ours)
        self._ours = ours
        self._changes = package.changes
        groups = () if ours else shape_groups(package.body, self.styles)
        self._drawn = {paragraph: group for group in groups for paragraph in group.paragraphs}
        self._initials: set[int] = set()  # the numbers of paragraphs that are only an initial
        self._unknown_styles: set[str] = set()
        self._said: tuple[str, ...] = ()  # about the next table, from its content control
        self._spaces: dict[int, Space] = {}  # of paragraphs, by their numbers
        self.stops: dict[int, tuple[int, ...]] = {}  # of paragraphs that have stops of their own, likewise
        self._are_spaced = not ours and has_space_paragraphs(package.body, self.styles)
        self._sections = [_layout(section) for section in package.body.iter(qn("w:sectPr"))]

    def parts(self, container: Iterable[Any]) -> list[StyledPart]:
        """Return the content of a body, a cell or a note, without empty paragraphs: they are only space."""
        result: list[StyledPart] = []
        initial: list[Span] = []  # a letter in a frame of its own, before the rest of its word
        closer = 0  # by which empty paragraphs are lower than usual
        room: int | None = None  # since the last paragraph
        new_page: list[StyledPart] = []  # a page break before the next part
        for part in self._parts(container):
            if isinstance(part, Para) and part.layout == _NEW_PAGE and not self._ours:
                new_page, room = [part], None
                continue
            if isinstance(part, Para) and not self._ours:
                if part.number in self._initials and part.spans:
                    initial = part.spans
                    continue
                if initial and part.spans:
                    part.spans[:0], initial = initial, []
                self._move_page_end(part, result[-1] if result else None, is_asked=bool(new_page))
                closer += part.fit.above
                space = self._spaces.get(part.number, Space())
                if part.is_filled:
                    part.fit, closer = replace(part.fit, above=closer), 0
                    part.room = None if room is None or space.before is None else room + space.before
                    room = None if part.layout or part.pictures else space.after
                elif room is not None:
                    room = None if space.whole is None else room + space.whole
            else:
                closer, room = 0, None
            if isinstance(part, StyledTable) or part.is_filled:
                result += [*new_page, part]
                new_page = []
        return result

    def _parts(self, container: Iterable[Any]) -> Iterator[StyledPart]:
        for element in container:
            match local(element):
                case "p":
                    self.count += 1
                    self.doubts += ((self.count, doubt) for doubt in self._changes.get(element, ()))
                    if element in self._drawn:
                        yield from self._drawing(element)
                        yield from self._section_after(element)
                    elif len(element):
                        hard = HardBreak.NONE if self._ours else hard_break(element, self.styles)
                        part = self._paragraph(element)
                        yield from [self._new_page()] if hard is HardBreak.BEFORE else []
                        yield part
                        yield from self._boxes()
                        yield from [self._new_page()] if hard is HardBreak.AFTER else []
                        yield from self._section_after(element)
                case "tbl":
                    yield self._table(element)
                case name if name in TRANSPARENT:
                    tag = value(child(element, "w:sdtPr"), "w:tag") or ""
                    if tag.startswith(COLUMNS):
                        self._said = tuple(tag.removeprefix(COLUMNS).split())
                    yield from self._parts(element)
                case "altChunk" if (chunk := self._chunks.get(str(element.get(qn("r:id"))))) and not self._ours:
                    yield from self._chunk(*chunk)
                case "altChunk" | "subDoc":
                    losses = Losses()
                    losses.add("chunk")
                    self.doubts += [(self.count, doubt) for doubt in losses.doubts.values()]
                case name if name and name not in _IGNORED:
                    self._note(
                        Doubt("word-unknown", f"the unknown Word element {name} is left out", "write it as text")
                    )

    def _chunk(self, name: str, data: bytes) -> Iterator[StyledPart]:
        """Yield what is in a document that Word merges into the text; report what cannot be read."""
        losses = Losses()
        if PurePosixPath(name).suffix.lower() in WORD and self._depth < _DEEPEST:
            try:
                inner = WordBlockReader(open_package(data, name), ours=False, depth=self._depth + 1)
            except (SourceError, ResourceError):
                inner = None
            if inner is not None and not inner.notes.bodies:
                inner.count = self.count
                parts = inner.parts(inner.body)
                self.count, self.doubts = inner.count, [*self.doubts, *inner.doubts]
                losses.add("merged", name)
                yield from parts
            else:
                losses.add("chunk", name)
        elif (elements := chunk_elements(name, data)) is not None:
            losses.add("merged", name)
            yield from self._parts(elements)
        else:
            losses.add("chunk", name)
        self.doubts += [(self.count, doubt) for doubt in losses.doubts.values()]

    def _drawing(self, paragraph: Any) -> Iterator[Para]:
        """Yield the picture of the shapes in a paragraph and those after it, once."""
        group = self._drawn[paragraph]
        if paragraph is not group.paragraphs[0]:
            return
        picture, lost = group.picture()
        losses = Losses()
        losses.add("shapes", picture.alternative)
        if lost:
            losses.add("margin", lost)
        self.doubts += [(self.count, doubt) for doubt in losses.doubts.values()]
        yield Para(self.count, ParaKind.TEXT, [], pictures=(picture,))

    def _note(self, doubt: Doubt) -> None:
        self.doubts.append((self.count, doubt))

    def _paragraph(self, element: Any) -> Para:
        properties = child(element, "w:pPr")
        style = self.styles.style(value(properties, "w:pStyle"))
        runs = self._runs.read(element, style)
        kind, degree = self._meaning(style, value(properties, "w:outlineLvl"), element)
        text = text_of(runs.spans).strip(SPACE)
        if kind is not style.kind and text:
            runs.losses.add("outline", text)
        for doubt in runs.losses.doubts.values():
            self._note(doubt)
        if (value(properties, "w:framePr", "w:dropCap") or "none") != "none":
            self._initials.add(self.count)
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
            message = f"unknown style “{style.name}”; its paragraphs are recognized by their words"
            self._note(Doubt("word-style", message, _STYLE_HINT, Severity.NOTE))
        contents = _depth(runs.contents)
        fit = Fit() if self._ours else fit_of_paragraph(element, self.styles)
        if stops := stops_of(element):
            self.stops[self.count] = stops
        if self._are_spaced:
            self._spaces[self.count] = space_around(element, self.styles)
        return Para(
            self.count, kind, spans, degree, style.role, tuple(runs.pictures), contents, layout=runs.layout, fit=fit
        )

    def _boxes(self) -> Iterator[StyledTable]:
        """Yield the text boxes and the texts of diagrams in the last paragraph, together as one box."""
        runs = self._runs.last
        if not (runs.boxes or runs.lines):
            return
        number = self.count
        parts = [part for box in runs.boxes for part in self.parts(box)]
        parts += [Para(number, ParaKind.TEXT, [Span(line)]) for line in runs.lines]
        yield StyledTable(number, 1, is_box=True, rows=[StyledRow([StyledCell(0, 1, parts)])])

    def _new_page(self) -> Para:
        return Para(self.count, ParaKind.LAYOUT, [], layout=_NEW_PAGE)

    def _section_after(self, paragraph: Any) -> Iterator[Para]:
        """Yield the layout of the section that begins after a paragraph, if it is not that of the one before.

        Masthead's own sections have a bookmark too, which is read with the paragraph.
        """
        if child(child(paragraph, "w:pPr"), "w:sectPr") is None or len(self._sections) < 2:
            return
        before, after = self._sections[:2]
        del self._sections[0]
        if after != before and self._runs.last.layout is None:
            yield Para(self.count, ParaKind.LAYOUT, [], layout=after)

    def _meaning(self, style: Style, outline: str | None, element: Any) -> tuple[Kind, int]:
        """Return the kind and level of a paragraph with this style and an outline level of its own."""
        level = outline_level(outline)
        if level and style.kind is ParaKind.TEXT and self.styles.text_size == _TEXT_SIZE:
            level = _level_by_look(element, style) or level
        # From level 3 on, one style of the template is used for headings of two levels.
        if level and (style.kind is ParaKind.TEXT or (style.kind is ParaKind.HEADING and level > style.level > 2)):
            return ParaKind.HEADING, level
        return style.kind, style.level

    def _move_page_end(self, part: Para, last: StyledPart | None, *, is_asked: bool) -> None:
        """Move a page end from the start of a paragraph to the end of the one before, if that can have one.

        `is_asked` says that the author asked for a page break there, which is read as such too.
        """
        lead = list(takewhile(lambda span: span.inline is None or isinstance(span.inline, PageEnd), part.spans))
        lead = list(takewhile(lambda span: not span.text.strip(SPACE), lead))
        kept = [span for span in lead if span.inline is None]
        if len(kept) == len(lead):
            return
        if not isinstance(last, Para) or last.kind not in _DIVISIBLE or not last.spans:
            self.doubts += [(part.number, _NO_PAGE_END)] * (0 if is_asked else len(lead) - len(kept))
        elif not isinstance(last.spans[-1].inline, PageEnd):
            if not (end := last.spans[-1]).literal:
                last.spans[-1] = replace(end, text=end.text.rstrip(SPACE))
            last.spans.append(Span(inline=PageEnd()))
        part.spans[: len(lead)] = kept if len(part.spans) > len(lead) else []

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, element: Any) -> StyledTable:
        widths = [integer(each.get(qn("w:w"))) for each in element.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
        look = child(element, "w:tblPr")
        is_box = value(look, "w:tblStyle") == BOX
        sides = tuple(Alignment(each) for each in self._said if each in tuple(Alignment))
        grid = StyledTable(self.count + 1, len(widths), sides, is_box)
        grid.gutters = tuple(int(each.removeprefix(GUTTER)) for each in self._said if each.startswith(GUTTER))
        grid.top = TOP in self._said
        said = (each.removeprefix(LEADING) for each in self._said if each.startswith(LEADING))
        grid.leading = integer(next(said, "0")) if self._ours else leading(element)
        grid.framed, grid.boxed = is_framed(element), not self._ours and is_boxed(look)
        indent = integer(value(look, "w:tblInd", "w:w"))
        grid.inset = indent >= _INSET
        grid.indent = indent - TEXT_INDENT if self._ours else indent if 0 < indent < _INSET else 0
        grid.whole = WHOLE in self._said if self._ours else is_kept(element)
        if value(look, "w:tblLayout", "w:type") == "fixed" or not self._ours:
            grid.widths = tuple(widths)
        self._said = ()
        gutters, before = {0}, None
        for row in rows_of(element):
            properties = child(row, "w:trPr")
            column = integer(value(properties, "w:gridBefore"))
            cells = []
            for each in cells_of(row):
                cells.append(self._cell(each, column))
                is_gutter = not cells[-1].parts and is_ruled_narrow(each, widths[column : column + 1])
                gutters.add(column if is_gutter or has_double(each, "left", "start") else 0)
                column += cells[-1].columns
                gutters.add(column if has_double(each, "right", "end") else 0)
            grid.columns = max(grid.columns, column)
            heads = is_on(child(properties, "w:tblHeader"))
            fixed = value(properties, "w:trHeight", "w:hRule") == "exact"
            is_low = fixed and is_too_low(row)
            spaces = (fixed or is_empty_end(row)) and (is_low or not any(cell.parts for cell in cells))
            if is_low and not self._ours and any(cell.parts for cell in cells):
                self._note(_LOW)
            kind, indent = self._row_kind(row) if self._ours else (RowKind.ITEM, row_indent(row, cells))
            ruled = is_ruled(row, "top") or (before is not None and not heads and is_ruled(before, "bottom"))
            grid.rows.append(StyledRow(cells, heads, spaces, kind, indent, ruled))
            before = None if heads else row
        if not self._ours:
            for row in grid.rows[: unmarked_heads(element)]:
                row.heads = True
            grid.gutters = tuple(sorted(gutters - {0, grid.columns}))
            remove_gutters(grid, widths)
            grid.widths = tuple(width + label_room(element) * (not at) for at, width in enumerate(grid.widths))
        return grid

    def _row_kind(self, row: Any) -> tuple[RowKind, int]:
        """Return the kind and the indent of a row that Masthead wrote, from the first paragraph in it."""
        properties = child(next(row.iter(qn("w:p")), None), "w:pPr")
        style = self.styles.style(value(properties, "w:pStyle")).name
        return ROW_KINDS.get(style, RowKind.ITEM), integer(value(properties, "w:ind", "w:left")) // INDENT

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


def _level_by_look(paragraph: Any, style: Style) -> int:
    """Return the level of a heading without a style of its own by its first letters, 0 if they do not show it.

    Headings of the template are bold in 14, 12 and 10 points, then italic.
    """
    run = next((each for each in paragraph.iter(qn("w:r")) if "".join(each.itertext(qn("w:t"))).strip()), None)
    look = child(run, "w:rPr")
    size = integer(value(look, "w:sz"), style.size or _TEXT_SIZE)
    bold, italic = (is_on(child(look, f"w:{each}")) for each in "bi")
    if size > _TEXT_SIZE:
        return 1 if size > 26 else 2 if size > 22 else 0
    return 3 if bold else 4 if italic else 0


def _depth(instruction: str) -> int | None:
    """Return the level down to which a field lists headings, None if it lists none."""
    depth = _DEPTH.search(instruction)
    return int(depth[1]) if depth else Contents().depth if instruction else None


def _layout(section: Any) -> Layout:
    """Return the layout that the properties of a section say."""
    size, columns = child(section, "w:pgSz"), child(section, "w:cols")
    width, height = (0 if size is None else integer(size.get(qn(f"w:{name}"))) for name in ("w", "h"))
    return Layout(width > height > 0, max(1, integer(None if columns is None else columns.get(qn("w:num")), 1)))
