"""Blocks as the hierarchy of an Akoma Ntoso body: what follows a heading is in its division."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from masthead.document import Digits, Document, DocumentType, Language, TemplateError, locales, model
from masthead.document.references import Kind, numbered
from masthead.formats.akoma_ntoso import vocabulary
from masthead.formats.akoma_ntoso.builder import Builder, Element
from masthead.formats.akoma_ntoso.span_writer import AknSpanWriter
from masthead.formats.pictures import data_address
from masthead.formats.table_columns import cells_show_alignments
from masthead.page import wording

_CONCEPTS = {model.Role.PREAMBULAR: "preamble"}


class AknBlockWriter:
    """Writes the bodies of one document. `scope` begins the identifiers of the annex or part that is written.

    `named` are the identifiers of what texts can refer to, by the kind, value and scope of its label.
    """

    def __init__(self, document: Document, builder: Builder, spans: AknSpanWriter) -> None:
        self.document, self.builder, self.spans = document, builder, spans
        self.locale = spans.locale
        self.scope = ""
        self.named: dict[tuple[str, str, tuple[int, int, int]], str] = {}
        self.place = (0, 0, 0)  # the annex, part and box that is written, as in the scope of a label
        self._boxes = 0
        self._headings = [each.text for each in document.metadata if each.name == vocabulary.RUN_IN]
        self._deliberative = document.type.like in (DocumentType.RESOLUTION, DocumentType.DRAFT)

    def name(self, kind: Kind, value: str, element: Element) -> None:
        """Keep the identifier of a part, to which references may lead."""
        if value or kind is Kind.ANNEX:
            self.named.setdefault((str(kind), value, self.place), str(element.get("eId")))

    @contextmanager
    def annex(self, scope: str, place: int) -> Iterator[None]:
        """Write the blocks of an annex inside."""
        outer = self.scope, self._deliberative
        self.scope, self._deliberative, self.place, self._boxes = scope, False, (place, 0, 0), 0
        try:
            yield
        finally:
            self.scope, self._deliberative = outer

    def preamble(self, top: Element, blocks: Sequence[model.Paragraph]) -> None:
        """Write an enacting formula and preambular paragraphs (Part 3, 1.5)."""
        parent = self._identified(top, "preamble")
        for block in blocks:
            if block.role is model.Role.FORMULA:
                holder = self._identified(parent, "formula", name="akn4un:enactingFormula")
            else:
                holder = self._identified(parent, "container", name="preambular")
            if block.items:
                self._block_list(holder, block.content, block.items, 1, block.tail)
            else:
                self.spans.line(holder, block.content)

    def body(self, parent: Element, blocks: Iterable[model.Block], depth: int = 0) -> None:
        """Write blocks into `parent`, which is inside `depth` divisions with headings."""
        opened = [(-1, parent)]  # level and element of the open divisions; a part is above all headings
        for block in blocks:
            holder = opened[-1][1]
            match block:
                case model.Part(ordinal, content):
                    holder = self._identified(parent, "part", _designation("part", ordinal, 1))
                    self.place = (self.place[0], ordinal, 0)
                    self._head(holder, self._mark(block), content)
                    opened[1:], depth = [(0, holder)], 0
                case model.Heading():
                    while opened[-1][0] >= block.level:
                        opened.pop()
                    level = depth + sum(1 for above, _ in opened if above > 0) + 1
                    opened.append((block.level, self._heading(opened[-1][1], block, level)))
                case model.Paragraph():
                    self._paragraph(holder, block, inside=holder is not parent or holder.get("name") == "box")
                case model.Ornament(content):
                    line = self._identified(self._container(holder, "ornament"), "content")
                    self.spans.line(line, content)
                case model.Table():
                    self._table(self._captioned(holder, Kind.TABLE, block.caption), block)
                case model.Figure():
                    self._figure(self._captioned(holder, Kind.FIGURE, block.caption), block)
                case model.Box(title, inner, indent):
                    box = self._container(holder, "box")
                    if indent:
                        box.set(vocabulary.BOX_INDENT, str(indent))
                    self._head(box, "", title)
                    self._boxes += 1
                    outer, self.place = self.place, (*self.place[:2], self._boxes)
                    self.body(box, inner, depth + sum(1 for above, _ in opened if above > 0))
                    self.place = outer
                case model.Vote():
                    self._vote(self._container(holder, "vote"), block)
                case model.Contents():
                    self._contents(self._container(holder, "contents"), block)
                case model.Layout(landscape, columns, new_page):
                    line = self.builder.add(self._identified(self._container(holder, "layout"), "content"), "p")
                    said = f"{'landscape' if landscape else 'portrait'} {columns}{' break' * new_page}"
                    self.builder.add(line, "placeholder", originalText=said)

    # --- divisions ----------------------------------------------------------------------------------------------------

    def _heading(self, parent: Element, heading: model.Heading, depth: int) -> Element:
        number = _designation("heading", heading.ordinal, heading.level) if heading.ordinal else ""
        division = self._identified(parent, vocabulary.DIVISIONS[heading.level - 1], number)
        if heading.level == 1 and heading.ordinal:
            self.name(Kind.SECTION, str(heading.ordinal), division)
        if depth != heading.level:
            division.set(vocabulary.LEVEL, str(heading.level))
        self._head(division, self._mark(heading), heading.content)
        if not len(division):  # without a heading the reader would see no heading but only structure
            self._identified(division, "heading")
        return division

    def _head(self, element: Element, mark: str, content: model.Content) -> None:
        if mark:
            self.builder.add(element, "num", mark)
        if content:
            self.spans.fill(self._identified(element, "heading"), content)

    def _mark(self, block: model.Paragraph | model.Heading | model.Part | model.Table | model.Figure) -> str:
        return wording.block_mark(block, self.document, self.locale)

    def _captioned(self, parent: Element, kind: Kind, caption: model.Caption) -> Element:
        element = self._container(parent, str(kind), caption.ordinal)
        self.name(kind, numbered(caption.ordinal, caption.section), element)
        return element

    def _container(self, parent: Element, name: str, ordinal: int | None = None) -> Element:
        return self._identified(parent, "hcontainer", str(ordinal or ""), name=name)

    def _identified(self, parent: Element, name: str, number: str = "", /, **attributes: str) -> Element:
        return self.builder.identified(parent, name, number, self.scope, **attributes)

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _paragraph(self, parent: Element, paragraph: model.Paragraph, *, inside: bool) -> None:
        """Write a paragraph; `inside` says that its parent is a division or a box."""
        role, number = paragraph.role, paragraph.number
        bare = number is None and not paragraph.mark and not paragraph.items
        if role is model.Role.PREAMBULAR and bare and inside:
            # A preambular paragraph among operative ones (Part 3, 1.5). Only divisions may hold such an element.
            refers = self.spans.concept("preamble")
            self.spans.fill(self._identified(parent, "crossHeading", refersTo=refers), paragraph.content)
            return
        name = "paragraph" if number is not None or role in (model.Role.OPERATIVE, model.Role.NUMBERED) else "alinea"
        element = self._identified(parent, name, f"{paragraph.section}-{number}".strip("-") if number else "")
        if role is not vocabulary.implied_role(
            numbered=number is not None, element=name, deliberative=self._deliberative
        ):
            element.set("refersTo", self.spans.concept(_CONCEPTS.get(role, str(role))))
        if mark := self._mark(paragraph):
            self.builder.add(element, "num", mark)
        value = numbered(number, paragraph.section)
        self.name(Kind.PARAGRAPH, value, element)
        self._text(element, paragraph.content, paragraph.items, 1, paragraph.tail, value)

    def _text(
        self,
        element: Element,
        content: model.Content,
        items: Iterable[model.Item],
        degree: int,
        tail: model.Content = (),
        number: str = "",
    ) -> None:
        """Write the text of a paragraph or a subparagraph, the subparagraphs of `degree` in it, and its end.

        `number` is that of a paragraph, by which texts refer to its subparagraphs.
        """
        if not items:
            self.spans.lines(self._identified(element, "content"), content)
            return
        points = self._identified(element, "list")
        self.spans.lines(self._identified(points, "intro"), content)
        for item in items:
            heading, content = self._run_in(item.content)
            point = self._item(points, "point", item, degree, heading)
            if number:
                self.name(Kind.PARAGRAPH, f"{number}({item.ordinal})", point)
            self._text(point, content, item.items, degree + 1)
        if tail:
            self.spans.line(self._identified(points, "wrapUp"), tail)

    def _block_list(
        self,
        parent: Element,
        content: model.Content,
        items: Iterable[model.Item],
        degree: int,
        tail: model.Content = (),
    ) -> None:
        """Write the same as `_text` where the standard allows no hierarchy (Part 1, 4.5)."""
        points = self._identified(parent, "blockList")
        if content:
            self.spans.fill(self._identified(points, "listIntroduction"), content)
        for item in items:
            point = self._item(points, "item", item, degree)
            if item.items:
                self._block_list(point, item.content, item.items, degree + 1)
            else:
                self.spans.lines(point, item.content)
        if tail:
            self.spans.fill(self._identified(points, "listWrapUp"), tail)

    def _run_in(self, content: model.Content) -> tuple[str, model.Content]:
        """Return the heading with which the text of a subparagraph begins, if the file had it so, and the rest."""
        first = content[0] if content else None
        if not isinstance(first, model.Text):
            return "", content
        for heading in self._headings:
            if first.text == heading or first.text.startswith(f"{heading} "):
                self._headings.remove(heading)
                return heading, model.joined((model.Text(first.text[len(heading) + 1 :]), *content[1:]))
        return "", content

    def _item(self, points: Element, name: str, item: model.Item, degree: int, heading: str = "") -> Element:
        point = self._identified(points, name, _designation("item", item.ordinal, degree))
        if heading:  # before the number, as the files that have such headings
            self.builder.add(point, "subheading", heading)
        if mark := wording.item_mark(item, degree, self.document, self.locale):
            self.builder.add(point, "num", mark)
        return point

    # --- other blocks -------------------------------------------------------------------------------------------------

    def _table(self, holder: Element, table: model.Table) -> None:
        self._caption(holder, table)
        content = self._identified(holder, "content")
        looks = " ".join(name for name in ("top", "inset", "whole") if getattr(table, name))
        grid = self._identified(content, "table", **({"class_": looks} if looks else {}))
        rows = [*(("th", row) for row in table.head), *(("td", row) for row in table.rows)]
        if not rows:  # the schema requires a row; the reader ignores an empty head
            rows.append(("th", model.Row((model.Cell(()),) * len(table.columns))))
        content_rows = [row for _, row in rows]
        for (name, row), cells in zip(rows, model.placed(content_rows), strict=True):
            self._row(self.builder.add(grid, "tr", **_row_class(row)), name, cells, table.alignments)
        if not cells_show_alignments(content_rows, table.alignments):
            grid.set(vocabulary.COLUMNS, " ".join(table.alignments))
        if any(column.width for column in table.columns):
            grid.set(vocabulary.WIDTHS, " ".join(str(column.width) for column in table.columns))
        if gutters := [str(at) for at, column in enumerate(table.columns, 1) if column.gutter]:
            grid.set(vocabulary.GUTTERS, " ".join(gutters))
        if table.leading:
            grid.set(vocabulary.LEADING, str(table.leading))
        self._below(content, table)

    def _caption(self, holder: Element, block: model.Table | model.Figure) -> None:
        """Write number, title and unit, and name the notes to which they and the text after them may refer."""
        ordinals = range(1, len(block.notes) + 1)
        self.spans.table_notes = [f"{holder.get('eId')}__ftn_{ordinal}" for ordinal in ordinals]
        self._head(holder, self._mark(block), block.caption.title)
        if block.caption.unit:
            self.spans.fill(self._identified(holder, "subheading"), block.caption.unit)

    def _below(self, content: Element, block: model.Table | model.Figure) -> None:
        for remark in block.remarks:
            self.spans.line(content, remark, class_=vocabulary.REMARK)
        if block.notes:
            line = self.builder.add(content, "p", class_=vocabulary.TABLE_NOTES)
            for ordinal, (eid, note) in enumerate(zip(self.spans.table_notes, block.notes, strict=True), 1):
                mark = wording.table_note_mark(ordinal, self.locale)
                written = self.builder.add(line, "authorialNote", eId=eid, marker=mark, placement="inline")
                self.spans.lines(written, note)
        self.spans.table_notes = ()

    def _row(
        self,
        line: Element,
        name: str,
        cells: Iterable[tuple[int, model.Cell]],
        alignments: Sequence[model.Alignment],
    ) -> None:
        for column, cell in cells:
            attributes = {"colspan": str(cell.columns)} if cell.columns > 1 else {}
            if cell.rows > 1:
                attributes["rowspan"] = str(cell.rows)
            if alignments[column] is not model.Alignment.START and cell.columns == 1:
                attributes["style"] = vocabulary.cell_style(alignments[column])
            element = self.builder.add(line, name, **attributes)
            if cell.content:
                self.spans.lines(element, cell.content)
            for figure in cell.figures:
                self._picture(element, figure)

    def _figure(self, holder: Element, figure: model.Figure) -> None:
        self._caption(holder, figure)
        content = self._identified(holder, "content")
        self._picture(content, figure)
        self._below(content, figure)

    def _picture(self, holder: Element, figure: model.Figure) -> None:
        kind = {"class_": str(figure.kind)} if figure.kind is not model.FigureKind.PICTURE else {}
        width = {"width": str(figure.width)} if figure.width else {}
        line = self.builder.add(holder, "p", **kind)
        self.builder.add(line, "img", src=data_address(figure), alt=figure.alternative, **width)

    def _vote(self, holder: Element, vote: model.Vote) -> None:
        content, separator = self._identified(holder, "content"), str(self.locale.word("vote", "separator"))
        sides = (vote.in_favour, vote.against, vote.abstaining)
        lines = wording.vote_lines(vote, self.locale)
        for (mark, line), concept, states in zip(lines, vocabulary.VOTE_SIDES, sides, strict=True):
            element = self.builder.add(content, "p", f"{mark} ", refersTo=self.spans.concept(concept))
            for place, state in enumerate(states):
                if place:
                    self.builder.text(element, separator)
                self.spans.line(element, state, "inline", name="akn4un:state")
            if not states:
                self.builder.text(element, line)

    def _contents(self, holder: Element, contents: model.Contents) -> None:
        """Write the place of a table of contents, which is made together with the pages (Part 3, 1.4)."""
        line = self.builder.add(self._identified(holder, "content"), "p")
        title = str(self.locale.word("contents", "title"))
        placeholder = self.builder.add(line, "placeholder", originalText=title)
        placeholder.set(vocabulary.DEPTH, str(contents.depth))
        if contents.paragraphs:
            placeholder.set(vocabulary.LISTS_PARAGRAPHS, "true")


def _row_class(row: model.Row) -> dict[str, str]:
    """Return the class of a row that says its kind and indent, if they are not the usual ones."""
    kind = str(row.kind) if row.kind is not model.RowKind.ITEM else ""
    said = " ".join(filter(None, (kind, f"{vocabulary.INDENT}{row.indent}" if row.indent else "")))
    return {"class_": said} if said else {}


def _designation(key: str, ordinal: int, degree: int) -> str:
    """Return the number of an element for its identifier: the English mark, so that it is the same in all languages."""
    english = locales.load(Language.ENGLISH)
    with suppress(TemplateError):
        match key:
            case "part":
                mark = english.counted("marks", "part", ordinal, Digits.WESTERN)
            case "heading":
                mark = english.heading_mark(ordinal, degree, Digits.WESTERN)
            case _:
                mark = english.item_mark(ordinal, degree, Digits.WESTERN)
        return mark.strip("(). ")
    return str(ordinal)
