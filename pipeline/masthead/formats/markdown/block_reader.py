"""The body of a Markdown source into the blocks, annexes and notes of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import Digits, DocumentType, SourceError, model, terms
from masthead.document.references import Citation, Context, Doubt, Kind, numbered
from masthead.formats import charting
from masthead.formats.itemization import read_number, split_heading
from masthead.formats.markdown import misplaced
from masthead.formats.markdown.commonmark import parse, parse_spans
from masthead.formats.markdown.exhibits import Announcement, ExhibitReader
from masthead.formats.markdown.item_reader import MarkdownItemReader
from masthead.formats.markdown.node_reader import NodeReader
from masthead.formats.markdown.notes import MarkdownNotes
from masthead.formats.markdown.openings import (
    report_swallowed_numbers,
    unread_heading,
    unread_indent,
    unread_item,
    unread_opening,
)
from masthead.formats.markdown.part_numbers import PartNumbers
from masthead.formats.markdown.span_reader import refuse_mark
from masthead.formats.markdown.syntax import (
    COUNTED,
    ORNAMENT,
    PAGE_BREAK,
    TAIL,
    BlockMark,
    read_block_mark,
    read_label,
    read_printed_mark,
    read_role_mark,
    read_unreadable_mark,
)
from masthead.formats.markdown.table_reader import read_table, unruled_table
from masthead.formats.pictures import names_values
from masthead.formats.record import Record
from masthead.formats.roles import Roles
from masthead.page import wording

T = TypeVar("T")

_COUNTED_MARK = re.compile(r"#\.(?: |$)")
_TYPED = terms.SEARCHABLE | {ord("’"): "'"}  # signs of a label as they are typed
_ALONE = ("section", "landscape", "portrait", "contents", "vote")  # marks that no text belongs to


class MarkdownBlockReader:
    """Reads one body. The results are `body`, `annexes` and `notes`."""

    def __init__(self, kind: DocumentType, context: Context, record: Record, digits: Digits) -> None:
        self.kind, self.context, self.record, self.digits = kind, context, record, digits
        self.body: list[model.Block] = []
        self.annexes: list[model.Annex] = []
        self._blocks = self.body  # where the next block goes: the body, an annex, or a box
        self._announced: Announcement | None = None
        self._is_counted = False  # every paragraph has the number 1, so all are numbered in order
        self._roles, self._notes = Roles(kind), MarkdownNotes(record)
        self._nodes, self._numbers = NodeReader(context, record, self._notes), PartNumbers(context.locale, record)
        self._items = MarkdownItemReader(context.locale, record, self._nodes, self._numbers, self._misplaced)
        self._exhibits = ExhibitReader(record, context.locale, digits)

    @property
    def notes(self) -> list[model.Note]:
        """The notes of the whole source."""
        return self._notes.notes

    def read(self, text: str, first_line: int) -> None:
        """Read the whole body, which begins on line `first_line` of the source. The record gets all errors."""
        self._nodes.begin(text, first_line)
        nodes = parse(text)
        numbers = [item.info for node in nodes if node.type == "ordered_list" for item in node.children]
        self._is_counted = len(numbers) > 2 and set(numbers) == {"1"}
        self._add_each(nodes)
        self._expect_no_announcement()
        self.record.end_table()
        self._end_annex()
        self.annexes[:] = self._numbers.with_sole_annex(self.annexes)
        self._notes.number()
        self.body[:], self.annexes[:] = map(self.with_note_order, self.body), map(self.with_note_order, self.annexes)
        if not self.body and not self.record.errors:
            self._refuse("the document has no text", first_line, "write it after the front matter")

    def text(self, text: str, line: int) -> model.Content:
        """Return the content of a text that begins on `line`."""
        return self._nodes.text(text, line)

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _add_each(self, nodes: Iterable[SyntaxTreeNode]) -> None:
        """Add blocks. One with an error is left out, and the others are read all the same."""
        for node in nodes:
            with self.record.going_on():
                self._add(node)

    def _add(self, node: SyntaxTreeNode) -> None:
        last = self._blocks[-1] if self._blocks else None
        # The notes of a table end with the next block, unless that block was announced: its caption may call notes.
        if node.type != "footnote_reference" and not self._announced and not self._is_remark(node):
            self.record.end_table()
        match node.type:
            case "paragraph":
                self._add_paragraph(node)
            case "heading":
                self._add_heading(node)
            case "ordered_list":
                self._expect_no_announcement()
                for item in node.children:
                    with self.record.going_on():
                        self._add_numbered(item)
            case "bullet_list" if self._announced and self._announced.mark.kind == "vote":
                self._add_vote(node)
            case "bullet_list" if isinstance(last, model.Paragraph) and last.number is None:
                items = self._items.items([node], 1, len(last.items))
                self._blocks[-1] = replace(last, items=(*last.items, *items))
            case "table" if self._announced and self._announced.mark.kind == "figure":
                self._add_chart(node)
            case "table":
                self._add_table(node)
            case "blockquote":
                self._add_box(node)
            case "footnote_reference":
                self._add_note(node)
            case _:
                raise self._misplaced(node)

    def _add_paragraph(self, node: SyntaxTreeNode) -> None:
        text, tokens = node.children[0].content, node.children[0].meta["spans"]
        if role := read_role_mark(text):
            self._roles.marked = role
        elif text == PAGE_BREAK:
            self._expect_no_announcement()
            self._blocks.append(replace(self._layout(), new_page=True))
        elif text.startswith(TAIL):
            self._add_tail(text.removeprefix(TAIL).lstrip(), self._line(node))
        elif text.startswith(ORNAMENT):
            self._expect_no_announcement()
            content = self._nodes.text(text.removeprefix(ORNAMENT).lstrip(), self._line(node))
            self._blocks.append(model.Ornament(content))
        elif marked := read_block_mark(text):
            if marked[0].kind != "unit":
                self._expect_no_announcement()
            self._add_mark(*marked, self._line(node))
        elif unreadable := read_unreadable_mark(text):
            self._expect_no_announcement()
            refuse_mark(self.record, unreadable[1], self._line(node))
            self._add_mark(unreadable[0], unreadable[2], self._line(node))
        elif len(tokens) == 1 and tokens[0].type == "image":
            is_table = self._announced and self._announced.mark.kind == "table"
            add = (
                self._add_table_of_file if is_table and names_values(str(tokens[0].attrs["src"])) else self._add_figure
            )
            add(tokens[0], self._line(node))
        elif table := unruled_table(text, self._line(node), self.record):
            self._add_table(table, self._line(node), text.split("\n"))
        else:
            self._expect_no_announcement()
            last = self._blocks[-1] if self._blocks else None
            doubt = unread_item(text, last, self._items.marks) or self._unread_heading(text) or unread_opening(text)
            if doubt:
                self.record.report(self._line(node), doubt)
            report_swallowed_numbers(self.record, text, self._line(node), self._numbers.next_paragraph)
            name, mark, content = self._nodes.marked_content(node)
            self._numbers.label(name, None, self._line(node))
            self._blocks.append(model.Paragraph(self._roles.next(None), content, mark=mark))

    def _unread_heading(self, text: str) -> Doubt | None:
        """Return what is wrong with a paragraph that begins like the next heading."""
        if self.kind.like in wording.SECTIONED:
            return None
        found = (
            unread_heading(text, level, self._numbers.next_heading(level), self.kind, self.context.locale)
            for level in (1, 2)
        )
        return next(filter(None, found), None)

    def _add_tail(self, text: str, line: int) -> None:
        """Add the text after the subparagraphs of the last paragraph to that paragraph."""
        self._expect_no_announcement()
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, model.Paragraph) or not last.items or last.tail:
            raise self.record.error_in(line, f"{TAIL} without subparagraphs before it", "put it after the last of them")
        self._blocks[-1] = replace(last, tail=self._nodes.text(text, line))

    def _add_mark(self, mark: BlockMark, text: str, line: int) -> None:
        """Begin a part or an annex, or keep what the mark says about the block after it."""
        is_counted, mark = mark.counted, self._numbers.block(mark, line)
        if mark.kind in _ALONE and text:
            message, first = f"text after <!-- {mark.kind} … -->", text.partition("\n")[0]
            hint = "write the mark in a paragraph of its own, with blank lines around it"
            self.record.refuse(self.record.error_in(line, message, hint, first))
            text = ""
        name, text = read_label(text)
        printed, text = read_printed_mark(text) if mark.kind == "annex" else (None, text)
        content = self._nodes.text(text, line) if text else ()
        match mark.kind:
            case "part":
                self._blocks.append(model.Part(mark.number or 1, content))
                self._numbers.begin_part(mark.number or 1)
                self._roles = Roles(self.kind)
                self._numbers.label(name, None, line)
            case "unit":
                if self._announced is None or self._announced.mark.kind not in ("table", "figure"):
                    hint = "write it between the mark of a table or figure and the table or figure itself"
                    self._refuse("a unit without a table or figure", line, hint)
                else:
                    self._announced = self._announced._replace(unit=content)
            case "remark":
                last = self._blocks[-1] if self._blocks else None
                if not isinstance(last, model.Table | model.Figure) or len(last.notes) > self._notes.in_cells:
                    hint = "write it right after a table or figure, before its notes"
                    raise self.record.error_in(line, "a remark without a table or figure", hint)
                self._blocks[-1] = replace(last, remarks=(*last.remarks, content))
            case "section":
                self._numbers.begin_section(mark.section)
            case "landscape" | "portrait":
                new_page = "break" in mark.options
                self._blocks.append(model.Layout(mark.kind == "landscape", mark.option("columns", 1), new_page))
            case "contents":
                depth = mark.number or model.Contents().depth
                self._blocks.append(model.Contents(depth, "paragraphs" in mark.options))
            case "annex" | "appendix" | "enclosure":
                self._end_annex()
                kind = model.AnnexKind(mark.kind)
                annex = model.Annex(content, (), mark.number, mark.original, printed, kind, mark.own_notes)
                self.annexes.append(annex)
                self._blocks, self._roles = [], Roles(DocumentType.REPORT)
                is_annex = kind is model.AnnexKind.ANNEX
                self._numbers.begin_annex(is_counted=is_counted and is_annex)
                self._numbers.label(name, Citation(Kind.ANNEX, str(mark.number or "")) if is_annex else None, line)
            case _:
                self._announced = Announcement(mark, content, line)
                if mark.kind in ("table", "figure"):
                    value = numbered(mark.number, mark.section)
                    self._numbers.label(name, Citation(Kind(mark.kind), value) if value else None, line)

    def _end_annex(self) -> None:
        if self._blocks is not self.body:
            self.annexes[-1] = replace(self.annexes[-1], body=tuple(self._blocks))

    def _layout(self) -> model.Layout:
        """Return the layout of the pages here."""
        return next((each for each in reversed(self._blocks) if isinstance(each, model.Layout)), model.Layout())

    def _take_announcement(self, kind: str) -> Announcement | None:
        """Return the announcement before a block of this kind. Raises SourceError if it announces another kind."""
        if self._announced and self._announced.mark.kind != kind:
            self._expect_no_announcement()
        announced, self._announced = self._announced, None
        return announced

    def _expect_no_announcement(self) -> None:
        if self._announced:
            kind = self._announced.mark.kind
            self._refuse(f"no {kind} after its mark", self._announced.line, f"put the {kind} right after its mark")
            self._announced = None

    def _add_heading(self, node: SyntaxTreeNode) -> None:
        self._expect_no_announcement()
        level, line, tokens = int(node.tag[1:]), self._line(node), node.children[0].meta["spans"]
        # Resolutions of the Security Council have headings of level 3 alone.
        if self.kind.like not in wording.SECTIONED:
            self.record.heading(level, line)
        name, raw = read_label(node.children[0].content)
        mark, text = read_printed_mark(raw)
        if text[:1] in ("#", ".") and not _COUNTED_MARK.match(text) and (doubt := unread_opening(text)):
            self.record.report(line, doubt)
        if mark is not None:
            self._append_heading(model.Heading(level, self._nodes.text(text, line), mark=mark), line)
            self._numbers.label(name, None, line)
            return
        if name or _COUNTED_MARK.match(text):
            tokens = parse_spans(_COUNTED_MARK.sub("", text))
        ordinal = self._numbers.next_heading(level) if _COUNTED_MARK.match(text) else None
        is_counted = ordinal is not None
        written = tokens[0].content if tokens and tokens[0].type == "text" else ""
        if ordinal is None and written:
            ordinal, tokens[0].content = split_heading(written, level, self.kind, self.context.locale)
            written = written.removesuffix(tokens[0].content).rstrip()
        if ordinal is not None:
            self._numbers.heading(level, ordinal, self.kind, "" if is_counted else written, line)
        self._append_heading(model.Heading(level, self._nodes.inline(tokens, line), ordinal), line)
        self._numbers.label(name, Citation(Kind.SECTION, str(ordinal)) if ordinal and level == 1 else None, line)

    def _append_heading(self, heading: model.Heading, line: int) -> None:
        self.record.check_heading(heading, self.kind, line)
        self._blocks.append(heading)

    def _add_numbered(self, node: SyntaxTreeNode) -> None:
        """Add a numbered paragraph: an item of a numbered list, with its subparagraphs in it."""
        is_counted = self._is_counted or node.info == COUNTED
        number = self._numbers.next_paragraph if is_counted else int(node.info)
        line, last = self._line(node), self._blocks[-1] if self._blocks else None
        if doubt := unread_indent(self._nodes.source(line)[0], last):
            self.record.report(line, doubt)
        paragraphs, lists = self._items.parts(node)
        name, mark, content = self._nodes.marked_content(paragraphs[0]) if paragraphs else ("", None, ())
        if not read_number(mark or "")[1]:  # a paragraph 5 bis counts nowhere
            self.record.paragraph(number, line)
        role = self._roles.next(number)
        cited = self._numbers.paragraph(number, "" if is_counted else node.info, line)
        for paragraph in paragraphs:
            text, following = paragraph.children[0].content, self._numbers.next_paragraph
            report_swallowed_numbers(self.record, text, self._line(paragraph), following)
        self._numbers.label(name, cited, line)
        items = self._items.items(lists, 1, cited=cited)
        section = self._numbers.section
        self._blocks.append(model.Paragraph(role, content, number, items, mark=mark, section=section))

    def _add_vote(self, node: SyntaxTreeNode) -> None:
        self._take_announcement("vote")
        locale = self.context.locale
        labels = [label for label, _ in wording.vote_lines(model.Vote(()), locale)]
        separator, sides = str(locale.word("vote", "separator")), []
        for label, child in zip(labels, node.children, strict=False):
            paragraphs, _ = self._items.parts(child)
            text = model.plain(self._nodes.content(paragraphs[0])) if paragraphs else ""
            if not text.translate(_TYPED).startswith(label.translate(_TYPED)):
                break
            states = text[len(label) :].strip()
            sides.append(tuple(states.split(separator)) if states != locale.word("vote", "none") else ())
        if not len(sides) == len(node.children) == len(labels):
            hint = "write " + ", ".join(f"- {label} …" for label in labels)
            raise self.record.error_in(self._line(node), "a recorded vote must have three sides", hint)
        self._blocks.append(model.Vote(*sides))

    def _add_table_of_file(self, image: Token, line: int) -> None:
        """Add a table whose rows are those of a CSV file. Its cells are written as those of a table in Markdown."""
        self._add_table(self._exhibits.file_table(image, line), line, [])

    def _add_table(self, node: SyntaxTreeNode, line: int = 0, source: Sequence[str] | None = None) -> None:
        """Add a table, with what its mark says. Without lines in the `source` it is that of a file named in `line`."""
        announced, line = self._take_announcement("table"), line or self._line(node)
        source = self._nodes.source(line) if source is None else source
        self._notes.begin_table()
        heads = announced.mark.option("head", 1) if announced else 1
        table = read_table(node, source, line, self.record, self._nodes.inline, self._exhibits.picture, heads)
        table = replace(table, notes=self._notes.end_table())
        self._blocks.append(self._exhibits.table(table, announced) if announced else table)

    def _add_chart(self, node: SyntaxTreeNode) -> None:
        """Add a chart of the values in a table, after the mark of a figure that says how it is drawn."""
        announced, line = self._take_announcement("figure"), self._line(node)
        if announced is None or (form := self._exhibits.form(announced)) is None:
            hint = f"say how the table is drawn: <!-- figure 1, columns -->, or another of {', '.join(charting.KINDS)}"
            raise self.record.error_in(announced.line if announced else line, "no figure after its mark", hint)
        self._notes.begin_figure()
        source = self._nodes.source(line)
        table = read_table(node, source, line, self.record, self._nodes.inline, self._exhibits.picture)
        self._blocks.append(self._exhibits.chart(table, line, form, announced))

    def _add_figure(self, image: Token, line: int) -> None:
        self._notes.begin_figure()
        self._blocks.append(self._exhibits.figure(image, line, self._take_announcement("figure")))

    def _add_box(self, node: SyntaxTreeNode) -> None:
        announced = self._take_announcement("box")
        outer, self._blocks = self._blocks, []
        self._numbers.begin_box()
        title: model.Content = ()
        children = list(node.children)
        if children and children[0].type == "heading":
            title = self._nodes.content(children.pop(0))
        self._add_each(children)
        self._expect_no_announcement()
        self.record.end_table()
        outer.append(model.Box(title, tuple(self._blocks), announced.mark.option("indent", 0) if announced else 0))
        self._blocks = outer
        self._numbers.end_box()

    def _add_note(self, node: SyntaxTreeNode) -> None:
        line, label = self._line(node), node.meta["label"]
        paragraphs = [child for child in node.children if child.type == "paragraph"]
        if not paragraphs or len(paragraphs) < len(node.children):
            self._refuse("a note must consist of paragraphs", line, "write what else it has as text")
        of_table = len(label) == 1 and label.isalpha()
        name, _, first = (
            self._nodes.marked_content(paragraphs[0], in_note=not of_table) if paragraphs else ("", None, ())
        )
        others = (self._nodes.content(paragraph, in_note=not of_table) for paragraph in paragraphs[1:])
        content = model.join_paragraphs((first, *others))
        call = self._notes.add(label, line, content)
        if call is None:
            return
        if isinstance(call, model.NoteCall):
            self._numbers.label(name, None if call.asterisk else Citation(Kind.NOTE, str(call.number)), line)
            return
        table = self._blocks[-1] if self._blocks else None
        if not isinstance(table, model.Table | model.Figure) or call.ordinal != len(table.notes) + 1:
            hint = "put notes with letters right after their table or figure, in order from a"
            raise self.record.error_in(line, f"note {label} is not the next note of a table", hint)
        self.record.table_notes.append(line)
        self._blocks[-1] = replace(table, notes=(*table.notes, content))

    def with_note_order(self, value: T) -> T:
        """Return a value of the model with the numbers of notes in the order of their calls, if any is counted."""
        return self._notes.with_order(value)

    def _is_remark(self, node: SyntaxTreeNode) -> bool:
        return node.type == "paragraph" and node.children[0].content.startswith("<!-- remark -->")

    def _line(self, node: SyntaxTreeNode) -> int:
        return self._nodes.line(node)

    def _misplaced(self, node: SyntaxTreeNode) -> SourceError:
        last = self._blocks[-1] if self._blocks else None
        hint = misplaced.hint(node, self._items.marks, last.number if isinstance(last, model.Paragraph) else None)
        return self.record.error_in(self._line(node), f"{misplaced.name(node)} is not allowed here", hint)

    def _refuse(self, message: str, line: int, hint: str) -> None:
        self.record.refuse(self.record.error_in(line, message, hint))
