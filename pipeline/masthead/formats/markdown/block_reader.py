"""The body of a Markdown source into the blocks, annexes and notes of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import Digits, DocumentType, SourceError, TemplateError, model, terms
from masthead.document.references import BODY, Citation, Context, Doubt, Kind, numbered
from masthead.formats import charting
from masthead.formats.itemization import Marks, out_of_order, read_number, split_heading
from masthead.formats.markdown import misplaced
from masthead.formats.markdown.commonmark import parse, parse_spans
from masthead.formats.markdown.exhibits import Announcement, ExhibitReader
from masthead.formats.markdown.notes import MarkdownNotes
from masthead.formats.markdown.span_reader import MarkdownSpanReader, refuse_mark
from masthead.formats.markdown.syntax import (
    COUNTED,
    EMPTY,
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
from masthead.formats.markdown.table_reader import read_table, ruled_table
from masthead.formats.markdown.unread_marks import unread_opening
from masthead.formats.numbering import NumberPlace, Positions
from masthead.formats.pictures import names_values
from masthead.formats.record import Record
from masthead.formats.roles import Roles
from masthead.page import wording

T = TypeVar("T")

_COUNTED: Mapping[str, tuple[str, str]] = {
    "part": ("marks", "part"),
    "table": ("tables", "table"),
    "figure": ("tables", "figure"),
    **{str(kind): (str(kind), "counted") for kind in model.AnnexKind},
}
"""The table and key of the locale's form for the number of each kind of block."""


_COUNTED_MARK = re.compile(r"#\.(?: |$)")
_COUNTED_ITEM = re.compile(r"\(#\)(?: |$)")
_LABEL_FIRST = re.compile(r"\{#([a-z0-9-]+)\}(?: |$)")
_TYPED = terms.SEARCHABLE | {ord("’"): "'"}  # signs of a label as they are typed
_ALONE = ("section", "landscape", "portrait", "contents", "vote")  # marks that no text belongs to
_ROW = re.compile(r"\|.*\|")
_DASHES = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_TITLE = re.compile(r"[^\n]{3,100}[^\n.,;:،؛。；：]")  # a paragraph that looks like a heading
_NEXT = re.compile(r"(?P<number>[1-9][0-9]{0,2})\.[ \t]|#\.$")
_OUTSIDE = ("annex", "appendix", "enclosure", "part")


class MarkdownBlockReader:
    """Reads one body. The results are `body`, `annexes` and `notes`."""

    def __init__(self, kind: DocumentType, context: Context, record: Record, digits: Digits) -> None:
        self.kind, self.context, self.record, self.digits = kind, context, record, digits
        self.body: list[model.Block] = []
        self.annexes: list[model.Annex] = []
        self._roles, self._marks = Roles(kind), Marks(context.locale)
        self._blocks = self.body  # where the next block goes: the body, an annex, or a box
        self._announced: Announcement | None = None
        self._section = ""  # the number of the section before those of paragraphs
        self._first_line, self._lines = 1, [""]
        self._part, self._box, self._boxes = 0, 0, 0  # the part and the box of the next block, and the boxes so far
        self._counts: dict[tuple[str, str], int] = {}  # the last number of each kind of block, by kind and section
        self._headings: dict[int, int] = {}  # the last number of the headings of each level
        self._sole_annex_is_counted = False
        self._positions, self._correct_value = Positions(), ""  # and how the last paragraph should be numbered
        self._is_counted = False  # every paragraph has the number 1, so all are numbered in order
        self._notes, self._exhibits = MarkdownNotes(record), ExhibitReader(record, context.locale, digits)

    @property
    def notes(self) -> list[model.Note]:
        """The notes of the whole source."""
        return self._notes.notes

    def read(self, text: str, first_line: int) -> None:
        """Read the whole body, which begins on line `first_line` of the source. The record gets all errors."""
        self._first_line, self._lines = first_line, text.split("\n")
        nodes = parse(text)
        numbers = [item.info for node in nodes if node.type == "ordered_list" for item in node.children]
        self._is_counted = len(numbers) > 2 and set(numbers) == {"1"}
        self._add_each(nodes)
        self._expect_no_announcement()
        self.record.end_table()
        self._end_annex()
        self._unnumber_sole_annex()
        self._notes.number()
        self.body[:], self.annexes[:] = map(self.with_note_order, self.body), map(self.with_note_order, self.annexes)
        if not self.body and not self.record.errors:
            self._refuse("the document has no text", first_line, "write it after the front matter")

    def inline(self, tokens: list[Token], line: int, *, in_note: bool = False) -> model.Content:
        """Return the content of inline tokens that begin on `line`."""
        return MarkdownSpanReader(line, self.context, self.record, self._read_note, in_note=in_note).read(tokens)

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
                items = self._items(node, 1, len(last.items))
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
            content = self.inline(parse_spans(text.removeprefix(ORNAMENT).lstrip()), self._line(node))
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
        elif table := self._broken_table(text, node):
            self._add_table(table, self._line(node), text.split("\n"))
        else:
            self._expect_no_announcement()
            if doubt := self._unread_opening(text):
                self.record.report(self._line(node), doubt)
            self._report_numbers(text, self._line(node))
            name, mark, content = self._marked_content(node)
            self._label(name, None, self._line(node))
            self._blocks.append(model.Paragraph(self._roles.next(None), content, mark=mark))

    def _unread_opening(self, text: str) -> Doubt | None:
        """Return what is wrong with a paragraph that begins like a numbered one, a subparagraph or a heading."""
        last = self._blocks[-1] if self._blocks else None
        mark = self._marks.item(text)
        if (
            mark
            and isinstance(last, model.Paragraph)
            and (last.items or model.plain(last.content).rstrip()[-1:] in ":：")
        ):
            ordinal = self._marks.ordinal(mark["mark"], 1)
            if ordinal == len(last.items) + 1:
                message = f"{mark['mark']} does not begin a subparagraph"
                indent = "" if last.number is None else f", indented as far as the text of paragraph {last.number}"
                return Doubt("mark-unread", message, f"write - {mark['mark']} and its text{indent}")
        if self.kind.like not in wording.SECTIONED and _TITLE.fullmatch(text):
            for level in (1, 2):
                ordinal, title = split_heading(text, level, self.kind, self.context.locale)
                if title and ordinal == self._headings.get(level, 0) + 1:
                    typed = text.removesuffix(title).rstrip()
                    hint = f"write {'#' * level} {text}; to print it as a paragraph, write \\ before {typed[-1]}"
                    return Doubt("mark-unread", f"“{typed}” does not begin a heading", hint)
        return unread_opening(text)

    def _broken_table(self, text: str, node: SyntaxTreeNode) -> SyntaxTreeNode | None:
        """Refuse a paragraph that is meant as a table, but has no line of dashes for all its columns.

        Return the node of the table, so that the record gets what else is wrong in it; None for other paragraphs.
        """
        lines = [line.strip() for line in text.split("\n")]
        if len(lines) < 2 or not all(map(_ROW.fullmatch, lines)):
            return None
        columns = lines[0].count("|") - 1
        message, dashes = "a table has no line of dashes after its head", f"|{'---|' * columns}"
        offsets = [at for at in range(len(lines)) if at != 1 or not _DASHES.fullmatch(lines[1])]
        if _DASHES.fullmatch(lines[1]):
            message = f"{lines[1].count('|') - 1} columns in the line of dashes, {columns} in the head"
        where = self.record.where(self._line(node) + 1)
        self.record.refuse(SourceError(message, where=where, hint=f"write {dashes} below the head"))
        return ruled_table([lines[at] for at in offsets], offsets, columns)

    def _report_numbers(self, text: str, line: int) -> None:
        """Report a line that begins like the next paragraph, but belongs to the one that begins in `line`."""
        following = next(reversed(self.record.paragraphs), 0) + 1
        for at, written in enumerate(text.split("\n")):
            if at and (found := _NEXT.match(written)) and int(found["number"] or following) == following:
                message = f"“{found[0].rstrip()}” is printed in the paragraph before it"
                doubt = Doubt("mark-unread", message, "leave a blank line before a numbered paragraph")
                self.record.report(line + at, doubt, found[0])
                following += 1

    def _add_tail(self, text: str, line: int) -> None:
        """Add the text after the subparagraphs of the last paragraph to that paragraph."""
        self._expect_no_announcement()
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, model.Paragraph) or not last.items or last.tail:
            raise self._error(f"{TAIL} without subparagraphs before it", line, "put it after the last of them")
        self._blocks[-1] = replace(last, tail=self.inline(parse_spans(text), line))

    def _add_mark(self, mark: BlockMark, text: str, line: int) -> None:
        """Begin a part or an annex, or keep what the mark says about the block after it."""
        is_counted, mark = mark.counted, self._counted(mark, line)
        self._check_number(mark, line)
        if mark.kind in _ALONE and text:
            message, hint = (
                f"text after <!-- {mark.kind} … -->",
                "write the mark in a paragraph of its own, with blank lines around it",
            )
            where = self.record.where(line, text.partition("\n")[0])
            self.record.refuse(SourceError(message, where=where, hint=hint))
            text = ""
        name, text = read_label(text)
        printed, text = read_printed_mark(text) if mark.kind == "annex" else (None, text)
        content = self.inline(parse_spans(text), line) if text else ()
        match mark.kind:
            case "part":
                self._blocks.append(model.Part(mark.number or 1, content))
                self._part = mark.number or 1
                self._label(name, None, line)
                self._restart(self.kind)
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
                    raise self._error("a remark without a table or figure", line, hint)
                self._blocks[-1] = replace(last, remarks=(*last.remarks, content))
            case "section":
                self._section = mark.section
                self.record.paragraphs.clear()
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
                self._blocks, self._part, self._boxes = [], 0, 0
                self._sole_annex_is_counted = self._sole_annex_is_counted or (is_counted and mark.kind == "annex")
                is_annex = kind is model.AnnexKind.ANNEX
                self._label(name, Citation(Kind.ANNEX, str(mark.number or "")) if is_annex else None, line)
                self._restart(DocumentType.REPORT)
            case _:
                self._announced = Announcement(mark, content, line)
                if mark.kind in ("table", "figure"):
                    value = numbered(mark.number, mark.section)
                    self._label(name, Citation(Kind(mark.kind), value) if value else None, line)

    def _counted(self, mark: BlockMark, line: int) -> BlockMark:
        """Return a mark with its number, the next one of its kind if the mark leaves it to us."""
        key = (mark.kind, mark.section)
        position = self._positions.next(*key, self._annex if mark.kind in ("part", "appendix") else 0)
        if mark.number is not None and mark.kind != "contents":
            values = (numbered(mark.number, mark.section), numbered(position, mark.section))
            self._place(mark.kind, line, str(mark.number), str(position), values)
        if mark.counted:
            mark = replace(mark, number=self._counts.get(key, 0) + 1)
        if mark.number is not None:
            self._counts[key] = mark.number
        if mark.kind == "annex":
            self._counts.pop(("appendix", ""), None)
        return mark

    def _place(self, kind: str, line: int, written: str, correct: str, values: tuple[str, str]) -> None:
        """Record how a number is written, and how it should be, also as the `values` of citations."""
        scope = (self._annex, 0, 0) if kind in _OUTSIDE else (self._annex, self._part, self._box)
        self.record.places.append(NumberPlace(kind, scope, line, written, correct, *values))

    def _unnumber_sole_annex(self) -> None:
        """Take the number from the only annex if it was counted: print numbers annexes if there are several."""
        annexes = [annex for annex in self.annexes if annex.kind is model.AnnexKind.ANNEX]
        if len(annexes) == 1 and self._sole_annex_is_counted:
            self.annexes[:] = [replace(each, ordinal=None) if each is annexes[0] else each for each in self.annexes]
            for name, label in self.record.labels.items():
                if label.kind == Kind.ANNEX:
                    self.record.labels[name] = replace(label, value="")

    def _label(self, name: str, citation: Citation | None, line: int) -> None:
        """Record that a part of the document has a label, by which other texts refer to it."""
        if not name:
            return
        if citation is None:
            hint = (
                "label a numbered paragraph, subparagraph or heading of the first level, a table, a figure or an annex"
            )
            where = self.record.where(line, f"{{#{name}}}")
            self.record.refused_labels.add(name)
            self.record.refuse(SourceError(f"label {name} is on a text without a number", where=where, hint=hint))
            return
        place = (self._annex, 0, 0) if citation.kind is Kind.ANNEX else (self._annex, self._part, self._box)
        scope = BODY if citation.kind is Kind.NOTE else place  # notes are numbered through the document
        self.record.label(model.Label(name, str(citation.kind), citation.value, scope), line)

    @property
    def _annex(self) -> int:
        """The number of the annex in the order of the source, 0 in the body."""
        return len(self.annexes)

    def _check_number(self, mark: BlockMark, line: int) -> None:
        """Refuse a number that the language cannot print: parts, for example, have letters."""
        if mark.number is None or mark.kind not in _COUNTED:
            return
        locale = self.context.locale
        try:
            locale.counted(*_COUNTED[mark.kind], mark.number, locale.language.digits, mark.section)
        except TemplateError as error:
            message = f"there is no mark for {mark.kind} {mark.number}: {error.message}"
            self._refuse(message, line, "count from 1, or divide the text")

    def _restart(self, kind: DocumentType) -> None:
        """Begin again with the numbers of paragraphs and the levels of headings."""
        self._roles, self.record.level = Roles(kind), 0
        self._headings.clear()
        self._positions.restart()
        self.record.paragraphs.clear()

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
            self._append_heading(model.Heading(level, self.inline(parse_spans(text), line), mark=mark), line)
            self._label(name, None, line)
            return
        if name or _COUNTED_MARK.match(text):
            tokens = parse_spans(_COUNTED_MARK.sub("", text))
        ordinal = self._headings.get(level, 0) + 1 if _COUNTED_MARK.match(text) else None
        is_counted = ordinal is not None
        written = tokens[0].content if tokens and tokens[0].type == "text" else ""
        if ordinal is None and written:
            ordinal, tokens[0].content = split_heading(written, level, self.kind, self.context.locale)
            written = written.removesuffix(tokens[0].content).rstrip()
        if ordinal is not None:
            self._headings = {at: last for at, last in self._headings.items() if at < level} | {level: ordinal}
            position, locale = self._positions.next_heading(level), self.context.locale
            correct = wording.heading_mark(position, level, self.kind, locale, locale.language.digits)
            kind = "section" if level == 1 else "heading"
            self._place(kind, line, "" if is_counted else written, correct, (str(ordinal), str(position)))
        self._append_heading(model.Heading(level, self.inline(tokens, line), ordinal), line)
        self._label(name, Citation(Kind.SECTION, str(ordinal)) if ordinal and level == 1 else None, line)

    def _append_heading(self, heading: model.Heading, line: int) -> None:
        self.record.check_heading(heading, self.kind, line)
        self._blocks.append(heading)

    def _add_numbered(self, node: SyntaxTreeNode) -> None:
        """Add a numbered paragraph: an item of a numbered list, with its subparagraphs in it."""
        is_counted = self._is_counted or node.info == COUNTED
        number = next(reversed(self.record.paragraphs), 0) + 1 if is_counted else int(node.info)
        self._report_indent(self._line(node))
        paragraphs, lists = self._item_parts(node)
        name, mark, content = self._marked_content(paragraphs[0]) if paragraphs else ("", None, ())
        if not read_number(mark or "")[1]:  # a paragraph 5 bis counts nowhere
            self.record.paragraph(number, self._line(node))
        role = self._roles.next(number)
        position = self._positions.next("paragraph", self._annex, self._part, self._box, self._section)
        written = "" if is_counted else node.info
        self._correct_value = numbered(position, self._section)
        values = (numbered(number, self._section), self._correct_value)
        self._place("paragraph", self._line(node), written, str(position), values)
        for paragraph in paragraphs:
            self._report_numbers(paragraph.children[0].content, self._line(paragraph))
        cited = Citation(Kind.PARAGRAPH, numbered(number, self._section))
        self._label(name, cited, self._line(node))
        items = self._all_items(lists, 1, cited)
        self._blocks.append(model.Paragraph(role, content, number, items, mark=mark, section=self._section))

    def _report_indent(self, line: int) -> None:
        """Report a numbered paragraph that is indented, but not as far as a subparagraph of the one before it."""
        last = self._blocks[-1] if self._blocks else None
        source = self._lines[line - self._first_line]
        if isinstance(last, model.Paragraph) and last.number is not None and source[:1] == " ":
            indent = len(source) - len(source.lstrip())
            message = f"an indent of {indent} does not make a subparagraph of paragraph {last.number}"
            hint = f"indent it by {max(3, indent + 1)} spaces, as far as the text above it, or not at all"
            self.record.report(line, Doubt("mark-unread", message, hint))

    def _add_vote(self, node: SyntaxTreeNode) -> None:
        self._take_announcement("vote")
        locale = self.context.locale
        labels = [label for label, _ in wording.vote_lines(model.Vote(()), locale)]
        separator, sides = str(locale.word("vote", "separator")), []
        for label, child in zip(labels, node.children, strict=False):
            paragraphs, _ = self._item_parts(child)
            text = model.plain(self._content(paragraphs[0])) if paragraphs else ""
            if not text.translate(_TYPED).startswith(label.translate(_TYPED)):
                break
            states = text[len(label) :].strip()
            sides.append(tuple(states.split(separator)) if states != locale.word("vote", "none") else ())
        if not len(sides) == len(node.children) == len(labels):
            hint = "write " + ", ".join(f"- {label} …" for label in labels)
            raise self._error("a recorded vote must have three sides", self._line(node), hint)
        self._blocks.append(model.Vote(*sides))

    def _add_table_of_file(self, image: Token, line: int) -> None:
        """Add a table whose rows are those of a CSV file. Its cells are written as those of a table in Markdown."""
        self._add_table(self._exhibits.file_table(image, line), line, [])

    def _add_table(self, node: SyntaxTreeNode, line: int = 0, source: Sequence[str] | None = None) -> None:
        """Add a table, with what its mark says. Without lines in the `source` it is that of a file named in `line`."""
        announced, line = self._take_announcement("table"), line or self._line(node)
        source = self._lines[line - self._first_line :] if source is None else source
        self._notes.begin_table()
        heads = announced.mark.option("head", 1) if announced else 1
        table = read_table(node, source, line, self.record, self.inline, self._exhibits.picture, heads)
        table = replace(table, notes=self._notes.end_table())
        self._blocks.append(self._exhibits.table(table, announced) if announced else table)

    def _add_chart(self, node: SyntaxTreeNode) -> None:
        """Add a chart of the values in a table, after the mark of a figure that says how it is drawn."""
        announced, line = self._take_announcement("figure"), self._line(node)
        if announced is None or (form := self._exhibits.form(announced)) is None:
            hint = f"say how the table is drawn: <!-- figure 1, columns -->, or another of {', '.join(charting.KINDS)}"
            raise self._error("no figure after its mark", announced.line if announced else line, hint)
        self._notes.begin_figure()
        source = self._lines[line - self._first_line :]
        table = read_table(node, source, line, self.record, self.inline, self._exhibits.picture)
        self._blocks.append(self._exhibits.chart(table, line, form, announced))

    def _add_figure(self, image: Token, line: int) -> None:
        self._notes.begin_figure()
        self._blocks.append(self._exhibits.figure(image, line, self._take_announcement("figure")))

    def _add_box(self, node: SyntaxTreeNode) -> None:
        announced = self._take_announcement("box")
        outer, self._blocks = self._blocks, []
        self._boxes += 1
        self._box = self._boxes
        title: model.Content = ()
        children = list(node.children)
        if children and children[0].type == "heading":
            title = self._content(children.pop(0))
        self._add_each(children)
        self._expect_no_announcement()
        self.record.end_table()
        outer.append(model.Box(title, tuple(self._blocks), announced.mark.option("indent", 0) if announced else 0))
        self._blocks, self._box = outer, 0

    def _add_note(self, node: SyntaxTreeNode) -> None:
        line, label = self._line(node), node.meta["label"]
        paragraphs = [child for child in node.children if child.type == "paragraph"]
        if not paragraphs or len(paragraphs) < len(node.children):
            self._refuse("a note must consist of paragraphs", line, "write what else it has as text")
        of_table = len(label) == 1 and label.isalpha()
        name, _, first = self._marked_content(paragraphs[0], in_note=not of_table) if paragraphs else ("", None, ())
        others = (self._content(paragraph, in_note=not of_table) for paragraph in paragraphs[1:])
        content = model.join_paragraphs((first, *others))
        call = self._notes.add(label, line, content)
        if call is None:
            return
        if isinstance(call, model.NoteCall):
            self._label(name, None if call.asterisk else Citation(Kind.NOTE, str(call.number)), line)
            return
        table = self._blocks[-1] if self._blocks else None
        if not isinstance(table, model.Table | model.Figure) or call.ordinal != len(table.notes) + 1:
            hint = "put notes with letters right after their table or figure, in order from a"
            raise self._error(f"note {label} is not the next note of a table", line, hint)
        self.record.table_notes.append(line)
        self._blocks[-1] = replace(table, notes=(*table.notes, content))

    def _read_note(self, text: str, line: int) -> model.NoteCall | model.TableNoteCall:
        """Read a note that is written where it is called. In a cell it is a note of the table."""
        return self._notes.read(line, lambda: self.inline(parse_spans(text), line))

    def with_note_order(self, value: T) -> T:
        """Return a value of the model with the numbers of notes in the order of their calls, if any is counted."""
        return self._notes.with_order(value)

    # --- parts of blocks ----------------------------------------------------------------------------------------------

    def _content(self, node: SyntaxTreeNode, *, in_note: bool = False) -> model.Content:
        """Return the inline content of a paragraph or a heading."""
        return self.inline(node.children[0].meta["spans"], self._line(node), in_note=in_note)

    def _marked_content(self, node: SyntaxTreeNode, *, in_note: bool = False) -> tuple[str, str | None, model.Content]:
        """Return the label of a paragraph, the printed mark that begins it, None if there is none, and its content."""
        mark, text = read_printed_mark(node.children[0].content)
        name, text = read_label(text)
        if text == EMPTY:
            return name, mark, ()
        is_plain = mark is None and not name
        tokens = node.children[0].meta["spans"] if is_plain else parse_spans(text)
        return name, mark, self.inline(tokens, self._line(node), in_note=in_note)

    def _items(
        self, node: SyntaxTreeNode, degree: int, before: int = 0, cited: Citation | None = None
    ) -> Iterator[model.Item]:
        """Yield the subparagraphs of a list, each after its mark: `- (a) …`. `before` counts those before the list.

        `cited` is the paragraph to which the subparagraphs belong, if texts can refer to them.
        """
        for position, child in enumerate(node.children, before + 1):
            paragraphs, lists = self._item_parts(child)
            if not paragraphs:
                continue
            paragraph, *others = paragraphs
            tokens = paragraph.children[0].meta["spans"]
            later = tuple(map(self._content, others))
            printed, _ = read_printed_mark(paragraph.children[0].content)
            if printed is not None:
                before = self._marks.next_ordinal(printed, degree, before)
                name, _, content = self._marked_content(paragraph)
                self._label_item(name, cited, before, child)
                content = model.join_paragraphs((content, *later))
                yield model.Item(before, content, self._all_items(lists, degree + 1), printed)
                continue
            name, text = read_label(paragraph.children[0].content)
            if child.info == COUNTED or (counted := _COUNTED_ITEM.match(text)):
                before += 1
                text = text if child.info == COUNTED else text[counted.end() :]  # type: ignore[union-attr]
                own, text = ("", text) if name else read_label(text)
                self._label_item(name or own, cited, before, child)
                content = model.join_paragraphs((self.inline(parse_spans(text), self._line(child)), *later))
                yield model.Item(before, content, self._all_items(lists, degree + 1))
                continue
            if name:
                tokens = paragraph.children[0].meta["spans"] = parse_spans(text)
            mark = self._marks.item(tokens[0].content) if tokens and tokens[0].type == "text" else None
            ordinal = self._marks.ordinal(mark["mark"], degree) if mark else None
            if mark is None or ordinal is None:
                hint = (
                    f"write - {self._marks.example(degree)} and its text; - <!-- mark X --> if the mark is another one"
                )
                self._refuse("a subparagraph without a mark", self._line(child), hint)
                content = model.join_paragraphs((self._content(paragraph), *later))
                before += 1
                yield model.Item(before, content, self._all_items(lists, degree + 1))
                continue
            if ordinal != before + 1:
                self.record.report(self._line(child), out_of_order(mark["mark"]))
            before = ordinal
            correct = self.context.locale.item_mark(position, degree, self.context.locale.language.digits)
            outers = (cited.value, self._correct_value) if cited else ("", "")
            values = (f"{outers[0]}({ordinal})", f"{outers[1]}({position})")
            self._place("paragraph", self._line(child), mark["mark"], correct, values)
            tokens[0].content = tokens[0].content[mark.end() :]
            if not name and (named := _LABEL_FIRST.match(tokens[0].content)):
                name, tokens[0].content = named[1], tokens[0].content[named.end() :]
            self._label_item(name, cited, ordinal, child)
            content = () if tokens[0].content == EMPTY else self._content(paragraph)
            content = model.join_paragraphs((content, *later))
            yield model.Item(ordinal, content, self._all_items(lists, degree + 1))

    def _label_item(self, name: str, cited: Citation | None, ordinal: int, node: SyntaxTreeNode) -> None:
        """Record the label of a subparagraph."""
        self._label(name, Citation(Kind.PARAGRAPH, f"{cited.value}({ordinal})") if cited else None, self._line(node))

    def _all_items(
        self, lists: Iterable[SyntaxTreeNode], degree: int, cited: Citation | None = None
    ) -> tuple[model.Item, ...]:
        items: list[model.Item] = []
        for node in lists:  # a list with other signs, * for -, goes on
            items += self._items(node, degree, items[-1].ordinal if items else 0, cited)
        return tuple(items)

    def _item_parts(self, node: SyntaxTreeNode) -> tuple[list[SyntaxTreeNode], list[SyntaxTreeNode]]:
        """Return the paragraphs of a list item and the lists after them.

        Anything else in it is refused and left out; a numbered paragraph has only one paragraph.
        """
        if not node.children:
            self._refuse("a list item without text", self._line(node), "write its text after its mark")
        is_numbered = node.info != "" and not self._is_item(node)
        parts: list[SyntaxTreeNode] = []
        for child in node.children:
            before = parts[-1].type if parts else ""
            kind = "bullet_list" if _is_counted_list(child) else child.type
            follows = "bullet_list" if before else "paragraph"
            is_later = kind == "paragraph" and not is_numbered and before not in ("bullet_list", "ordered_list")
            if kind != follows and (not is_later or self._marks.item(child.children[0].content)):
                self.record.refuse(self._misplaced(child))
            else:
                parts.append(child)
        paragraphs = [child for child in parts if child.type == "paragraph"]
        return paragraphs, parts[len(paragraphs) :]

    def _is_item(self, node: SyntaxTreeNode) -> bool:
        """Return whether an item of a numbered list is inside another list, so that it is a subparagraph."""
        outer = node.parent.parent if node.parent else None
        return outer is not None and outer.type == "list_item"

    def _is_remark(self, node: SyntaxTreeNode) -> bool:
        return node.type == "paragraph" and node.children[0].content.startswith("<!-- remark -->")

    def _line(self, node: SyntaxTreeNode) -> int:
        return self._first_line + (node.map[0] if node.map else 0)

    def _misplaced(self, node: SyntaxTreeNode) -> SourceError:
        last = self._blocks[-1] if self._blocks else None
        hint = misplaced.hint(node, self._marks, last.number if isinstance(last, model.Paragraph) else None)
        return self._error(f"{misplaced.name(node)} is not allowed here", self._line(node), hint)

    def _refuse(self, message: str, line: int, hint: str) -> None:
        self.record.refuse(self._error(message, line, hint))

    def _error(self, message: str, line: int, hint: str) -> SourceError:
        return SourceError(message, where=self.record.where(line), hint=hint)


def _is_counted_list(node: SyntaxTreeNode) -> bool:
    """Return whether a list numbers its items by itself, as subparagraphs inside a paragraph may: `#.`."""
    return node.type == "ordered_list" and all(item.info == COUNTED for item in node.children)
