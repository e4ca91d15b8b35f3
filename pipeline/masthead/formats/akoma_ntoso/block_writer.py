"""Blocks as the hierarchy of an Akoma Ntoso body: what stands behind a heading stands in its division."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from masthead.document import (
    Alignment,
    Block,
    Box,
    Cell,
    Contents,
    Digits,
    Document,
    DocumentType,
    Figure,
    Heading,
    Inline,
    Item,
    Language,
    Paragraph,
    Part,
    Role,
    Row,
    Table,
    TemplateError,
    Vote,
    locales,
)
from masthead.formats.akoma_ntoso.calls import TABLE_NOTES
from masthead.formats.akoma_ntoso.elements import Builder, Element
from masthead.formats.akoma_ntoso.span_writer import SpanWriter
from masthead.formats.akoma_ntoso.tables import ALIGNMENTS, style, told
from masthead.formats.akoma_ntoso.vocabulary import HEADINGS, OWN, SIDES, implied
from masthead.page import wording

_ENGLISH = locales.load(Language.ENGLISH)
_CONCEPTS = {Role.PREAMBULAR: "preamble"}


class BlockWriter:
    """Writes bodies of one document. `scope` begins the identifiers of the annex or part that is written."""

    def __init__(self, document: Document, builder: Builder, spans: SpanWriter) -> None:
        self.document, self.builder, self.spans = document, builder, spans
        self.locale = spans.locale
        self.scope = ""
        self.deliberative = document.type in (DocumentType.RESOLUTION, DocumentType.DRAFT)

    @contextmanager
    def annex(self, scope: str) -> Iterator[None]:
        """Write meanwhile what is an annex's."""
        kept = self.scope, self.deliberative
        self.scope, self.deliberative = scope, False
        try:
            yield
        finally:
            self.scope, self.deliberative = kept

    def preamble(self, top: Element, blocks: Sequence[Paragraph]) -> None:
        """Write an enacting formula and preambular paragraphs (Part 3, 1.5)."""
        parent = self._identified(top, "preamble")
        for block in blocks:
            if block.role is Role.FORMULA:
                holder = self._identified(parent, "formula", name="akn4un:enactingFormula")
            else:
                holder = self._identified(parent, "container", name="preambular")
            if block.items:
                self._block_list(holder, block.content, block.items, 1)
            else:
                self.spans.line(holder, block.content)

    def body(self, parent: Element, blocks: Iterable[Block], depth: int = 0) -> None:
        """Write blocks into `parent`, which stands in `depth` divisions of headings."""
        opened = [(-1, parent)]  # level and element; a part is above all headings
        for block in blocks:
            holder = opened[-1][1]
            match block:
                case Part(ordinal, content):
                    holder = self._identified(parent, "part", _designation("part", ordinal, 1))
                    self._head(holder, wording.block_mark(block, self.document, self.locale), content)
                    opened[1:], depth = [(0, holder)], 0
                case Heading():
                    while opened[-1][0] >= block.level:
                        opened.pop()
                    level = depth + sum(1 for above, _ in opened if above > 0) + 1
                    opened.append((block.level, self._heading(opened[-1][1], block, level)))
                case Paragraph():
                    self._paragraph(holder, block, inside=holder is not parent or holder.get("name") == "box")
                case Table():
                    self._table(self._named(holder, "table", block.ordinal), block)
                case Figure():
                    self._figure(self._named(holder, "figure", block.ordinal), block)
                case Box(title, inner):
                    box = self._named(holder, "box")
                    self._head(box, "", title)
                    self.body(box, inner, depth + sum(1 for above, _ in opened if above > 0))
                case Vote():
                    self._vote(self._named(holder, "vote"), block)
                case Contents():
                    self._contents(self._named(holder, "contents"), block)

    # --- divisions ----------------------------------------------------------------------------------------------------

    def _heading(self, parent: Element, heading: Heading, depth: int) -> Element:
        number = _designation("heading", heading.ordinal, heading.level) if heading.ordinal else ""
        division = self._identified(parent, HEADINGS[heading.level - 1], number)
        if depth != heading.level:
            division.set(f"{{{OWN}}}level", str(heading.level))
        self._head(division, wording.block_mark(heading, self.document, self.locale), heading.content)
        if not len(division):  # one that says nothing is one all the same
            self._identified(division, "heading")
        return division

    def _head(self, element: Element, mark: str, content: Sequence[Inline]) -> None:
        if mark:
            self.builder.add(element, "num", mark)
        if content:
            self.spans.fill(self._identified(element, "heading"), content)

    def _named(self, parent: Element, name: str, ordinal: int | None = None) -> Element:
        return self._identified(parent, "hcontainer", str(ordinal or ""), name=name)

    def _identified(self, parent: Element, name: str, number: str = "", /, **attributes: str) -> Element:
        return self.builder.identified(parent, name, number, self.scope, **attributes)

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _paragraph(self, parent: Element, paragraph: Paragraph, *, inside: bool) -> None:
        role, number = paragraph.role, paragraph.number
        if role is Role.PREAMBULAR and number is None and not paragraph.items and inside:
            # A preambular part among operative ones (Part 3, 1.5); only divisions may hold such an element.
            refers = self.spans.concept("preamble")
            self.spans.fill(self._identified(parent, "crossHeading", refersTo=refers), paragraph.content)
            return
        name = "paragraph" if number is not None or role in (Role.OPERATIVE, Role.NUMBERED) else "alinea"
        element = self._identified(parent, name, str(number or ""))
        if role is not implied(numbered=number is not None, element=name, deliberative=self.deliberative):
            element.set("refersTo", self.spans.concept(_CONCEPTS.get(role, str(role))))
        if number is not None:
            self.builder.add(element, "num", wording.block_mark(paragraph, self.document, self.locale))
        self._unit(element, paragraph.content, paragraph.items, 1)

    def _unit(self, element: Element, content: Sequence[Inline], items: Iterable[Item], degree: int) -> None:
        """The text of a paragraph or sub-paragraph, and the sub-paragraphs of `degree` in it."""
        if not items:
            self.spans.line(self._identified(element, "content"), content)
            return
        points = self._identified(element, "list")
        self.spans.line(self._identified(points, "intro"), content)
        for item in items:
            point = self._identified(points, "point", _designation("item", item.ordinal, degree))
            self.builder.add(point, "num", self.locale.item_mark(item.ordinal, degree, self.document.digits))
            self._unit(point, item.content, item.items, degree + 1)

    def _block_list(self, parent: Element, content: Sequence[Inline], items: Iterable[Item], degree: int) -> None:
        """The same where no hierarchy may stand (Part 1, 4.5)."""
        points = self._identified(parent, "blockList")
        if content:
            self.spans.fill(self._identified(points, "listIntroduction"), content)
        for item in items:
            point = self._identified(points, "item", _designation("item", item.ordinal, degree))
            self.builder.add(point, "num", self.locale.item_mark(item.ordinal, degree, self.document.digits))
            if item.items:
                self._block_list(point, item.content, item.items, degree + 1)
            else:
                self.spans.line(point, item.content)

    # --- other blocks -------------------------------------------------------------------------------------------------

    def _table(self, holder: Element, table: Table) -> None:
        content, start = self.builder, str(holder.get("eId"))
        marks = [wording.table_note_mark(place, self.locale) for place in range(1, len(table.notes) + 1)]
        self.spans.table_notes = [f"{start}__ftn_{place}" for place in range(1, len(table.notes) + 1)]
        self._head(holder, wording.block_mark(table, self.document, self.locale), table.caption)
        holder = self._identified(holder, "content")
        grid = self._identified(holder, "table")
        rows: list[tuple[str, Row]] = [*(("th", row) for row in table.head), *(("td", row) for row in table.rows)]
        if not rows:  # the schema wants one; reading takes empty heads for none
            rows.append(("th", (Cell(()),) * len(table.alignments)))
        for name, row in rows:
            self._row(content.add(grid, "tr"), name, row, table.alignments)
        sides = [_sides(row, table.alignments) for _, row in rows]
        if told((row for _, row in rows), sides, len(table.alignments)) != list(table.alignments):
            grid.set(ALIGNMENTS, " ".join(table.alignments))
        if table.notes:
            line = content.add(holder, "p", class_=TABLE_NOTES)
            for eid, mark, note in zip(self.spans.table_notes, marks, table.notes, strict=True):
                written = content.add(line, "authorialNote", eId=eid, marker=mark, placement="inline")
                self.spans.line(written, note)
        self.spans.table_notes = ()

    def _row(self, line: Element, name: str, row: Row, alignments: Sequence[Alignment]) -> None:
        for cell, side in zip(row, _sides(row, alignments), strict=True):
            attributes = {"colspan": str(cell.columns)} if cell.columns > 1 else {}
            if side is not Alignment.START and cell.columns == 1:
                attributes["style"] = style(side)
            element = self.builder.add(line, name, **attributes)
            if cell.content:
                self.spans.line(element, cell.content)

    def _figure(self, holder: Element, figure: Figure) -> None:
        self._head(holder, wording.block_mark(figure, self.document, self.locale), figure.caption)
        data = base64.b64encode(figure.picture).decode()
        line = self.builder.add(self._identified(holder, "content"), "p")
        self.builder.add(line, "img", src=f"data:{figure.media_type};base64,{data}", alt=figure.alternative)

    def _vote(self, holder: Element, vote: Vote) -> None:
        content, separator = self._identified(holder, "content"), str(self.locale.word("vote", "separator"))
        sides = (vote.in_favour, vote.against, vote.abstaining)
        for (mark, line), concept, states in zip(wording.vote_lines(vote, self.locale), SIDES, sides, strict=True):
            element = self.builder.add(content, "p", f"{mark} ", refersTo=self.spans.concept(concept))
            for place, state in enumerate(states):
                if place:
                    self.builder.text(element, separator)
                self.spans.line(element, state, "inline", name="akn4un:state")
            if not states:
                self.builder.text(element, line)

    def _contents(self, holder: Element, contents: Contents) -> None:
        """Where a table of contents is made when pages are (Part 3, 1.4)."""
        line = self.builder.add(self._identified(holder, "content"), "p")
        title = str(self.locale.word("contents", "title"))
        self.builder.add(line, "placeholder", originalText=title, own_depth=str(contents.depth))


def _sides(row: Row, alignments: Sequence[Alignment]) -> list[Alignment]:
    """The alignment of the column in which each cell of a row begins."""
    sides, at = [], 0
    for cell in row:
        sides.append(alignments[at])
        at += cell.columns
    return sides


def _designation(key: str, ordinal: int, degree: int) -> str:
    """What an identifier counts by: the English mark, so that a part has one identifier in all languages."""
    with suppress(TemplateError):
        match key:
            case "part":
                mark = _ENGLISH.counted("marks", "part", ordinal, Digits.WESTERN)
            case "heading":
                mark = _ENGLISH.heading_mark(ordinal, degree, Digits.WESTERN)
            case _:
                mark = _ENGLISH.item_mark(ordinal, degree, Digits.WESTERN)
        return mark.strip("(). ")
    return str(ordinal)
