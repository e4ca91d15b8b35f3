"""The body of a Markdown source: blocks into the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import (
    Annex,
    Block,
    Box,
    Contents,
    DocumentType,
    Heading,
    Inline,
    Item,
    Note,
    NoteCall,
    Paragraph,
    Part,
    Role,
    SourceError,
    Table,
    Vote,
    plain,
)
from masthead.document.references import Context, Doubt
from masthead.formats.itemization import Marks, part_heading
from masthead.formats.markdown import misplaced
from masthead.formats.markdown.announcing import Mark, read_mark
from masthead.formats.markdown.commonmark import parse, parse_spans
from masthead.formats.markdown.spans import Spans, note_call
from masthead.formats.markdown.tables import read_figure, read_table
from masthead.formats.record import Record
from masthead.formats.roles import Roles
from masthead.page import wording

_ROLE = re.compile(f"<!-- ({'|'.join(Role)}) -->")


@dataclass(frozen=True, slots=True)
class _Announced:
    """A mark that says something of the block behind it, the content behind the mark, and its line."""

    mark: Mark
    content: tuple[Inline, ...]
    line: int


class Blocks:
    """The body while its blocks are read: `body`, `annexes` and `notes` are the outcome."""

    def __init__(self, kind: DocumentType, context: Context, record: Record) -> None:
        self.kind, self.context, self.record = kind, context, record
        self.roles, self.marks = Roles(kind), Marks(context.locale)
        self.body: list[Block] = []
        self.annexes: list[Annex] = []
        self.notes: list[Note] = []
        self._current = self.body
        self._announced: _Announced | None = None
        self._level, self._first_line, self._lines = 0, 1, [""]

    def read(self, text: str, first_line: int) -> None:
        """Read the whole body, which begins in `first_line` of the source. Raises SourceError."""
        self._first_line, self._lines = first_line, text.split("\n")
        for node in parse(text):
            self._add(node)
        self._expect_nothing()
        self.record.settle_letters()
        self._end_annex()
        if not self.body:
            raise SourceError(
                "the document has no text",
                where=self.record.where(first_line),
                hint="it stands behind the front matter",
            )

    def inline(self, spans: list[Token], line: int) -> tuple[Inline, ...]:
        return Spans(line, self.context, self.record).read(spans)

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _add(self, node: SyntaxTreeNode) -> None:
        last = self._current[-1] if self._current else None
        if node.type != "footnote_reference" and not self._announced:  # a table's caption may call its notes
            self.record.settle_letters()
        match node.type:
            case "paragraph":
                self._add_paragraph(node)
            case "heading":
                self._add_heading(node)
            case "ordered_list":
                self._expect_nothing()
                for item in node.children:
                    self._add_numbered(item)
            case "bullet_list" if self._announced and self._announced.mark.kind == "vote":
                self._add_vote(node)
            case "bullet_list" if isinstance(last, Paragraph) and last.number is None:
                self._current[-1] = replace(last, items=(*last.items, *self._items(node, 1, len(last.items))))
            case "table":
                self._add_table(node)
            case "blockquote":
                self._add_box(node)
            case "footnote_reference":
                self._add_note(node)
            case _:
                raise self._refusal(node)

    def _add_paragraph(self, node: SyntaxTreeNode) -> None:
        text, spans = node.children[0].content, node.children[0].meta["spans"]
        if mark := _ROLE.fullmatch(text):
            self.roles.marked = Role(mark[1])
        elif announcing := read_mark(text):
            self._expect_nothing()
            self._announce(announcing, self._line(node))
        elif len(spans) == 1 and spans[0].type == "image":
            announced = self._take("figure")
            figure = read_figure(spans[0], Path(self.record.name), self.record.where(self._line(node)))
            if announced:
                figure = replace(figure, caption=announced.content, ordinal=announced.mark.number)
            self._current.append(figure)
        else:
            self._expect_nothing()
            self._current.append(Paragraph(self.roles.next(None), self._content(node)))

    def _announce(self, mark: Mark, line: int) -> None:
        """Begin what a mark begins, or keep what it says of the block behind it."""
        mark.check(self.context.locale, self.record.where(line))
        content = self.inline(parse_spans(mark.text), line) if mark.text else ()
        match mark.kind:
            case "part":
                self._current.append(Part(mark.number or 1, content))
                self._restart(self.kind)
            case "contents":
                self._current.append(Contents(mark.number) if mark.number else Contents())
            case "annex":
                self._end_annex()
                self.annexes.append(Annex(content, (), mark.number, mark.original))
                self._current = []
                self._restart(DocumentType.REPORT)
            case _:
                self._announced = _Announced(mark, content, line)

    def _restart(self, kind: DocumentType) -> None:
        """Paragraphs are numbered anew, and headings begin anew."""
        self.roles, self._level = Roles(kind), 0
        self.record.paragraphs.clear()

    def _end_annex(self) -> None:
        if self._current is not self.body:
            self.annexes[-1] = replace(self.annexes[-1], body=tuple(self._current))

    def _take(self, kind: str) -> _Announced | None:
        """Return what was announced, if it is of this kind."""
        if self._announced and self._announced.mark.kind != kind:
            self._expect_nothing()
        announced, self._announced = self._announced, None
        return announced

    def _expect_nothing(self) -> None:
        if self._announced:
            raise SourceError(
                f"a {self._announced.mark.kind} is announced and does not follow",
                where=self.record.where(self._announced.line),
                hint=f"put the {self._announced.mark.kind} right behind its mark",
            )

    def _add_heading(self, node: SyntaxTreeNode) -> None:
        self._expect_nothing()
        level, line, spans = int(node.tag[1:]), self._line(node), node.children[0].meta["spans"]
        if level > self._level + 1:
            raise SourceError(
                f"a heading of level {level} follows one of level {self._level}",
                where=self.record.where(line),
                hint="leave no level out",
            )
        self._level = level
        ordinal = None
        if spans and spans[0].type == "text":
            ordinal, spans[0].content = part_heading(spans[0].content, level, self.kind, self.context.locale)
        self._current.append(Heading(level, self.inline(spans, line), ordinal))

    def _add_numbered(self, node: SyntaxTreeNode) -> None:
        """Add a numbered paragraph: an item of a numbered list, with its sub-paragraphs in it."""
        number, line = int(node.info), self._line(node)
        self.record.paragraph(number, line)
        content, items = self._item_parts(node)
        self._current.append(
            Paragraph(self.roles.next(number), self._content(content), number, self._all_items(items, 1))
        )

    def _add_vote(self, node: SyntaxTreeNode) -> None:
        self._take("vote")
        locale = self.context.locale
        labels = [label for label, _ in wording.vote_lines(Vote(()), locale)]
        separator, sides = str(locale.word("vote", "separator")), []
        for label, child in zip(labels, node.children, strict=False):
            text = plain(self._content(self._item_parts(child)[0]))
            if not text.startswith(label):
                break
            states = text.removeprefix(label).strip()
            sides.append(tuple(states.split(separator)) if states != locale.word("vote", "none") else ())
        if len(sides) != len(node.children) or len(sides) != len(labels):
            raise SourceError(
                "a recorded vote has three sides",
                where=self.record.where(self._line(node)),
                hint="write " + ", ".join(f"- {label} …" for label in labels),
            )
        self._current.append(Vote(*sides))

    def _add_table(self, node: SyntaxTreeNode) -> None:
        announced, line = self._take("table"), self._line(node)
        lines = self._lines[line - self._first_line :]
        table = read_table(node, lines, line, self.record.where, self.inline)
        if announced:
            rows = (*table.head, *table.rows)
            heads = announced.mark.heads if table.head else 0
            table = replace(
                table, caption=announced.content, ordinal=announced.mark.number, head=rows[:heads], rows=rows[heads:]
            )
        self._current.append(table)

    def _add_box(self, node: SyntaxTreeNode) -> None:
        self._expect_nothing()
        outer, self._current = self._current, []
        title: tuple[Inline, ...] = ()
        children = list(node.children)
        if children and children[0].type == "heading":
            title = self._content(children.pop(0))
        for child in children:
            self._add(child)
        self._expect_nothing()
        self.record.settle_letters()
        outer.append(Box(title, tuple(self._current)))
        self._current = outer

    def _add_note(self, node: SyntaxTreeNode) -> None:
        line, label = self._line(node), node.meta["label"]
        call = note_call(label, self.record.where(line, f"[^{label}]"))
        if len(node.children) != 1 or node.children[0].type != "paragraph":
            raise SourceError("a note is one paragraph", where=self.record.where(line), hint="join its paragraphs")
        content = self._content(node.children[0])
        if isinstance(call, NoteCall):
            self.record.note(label, line)
            self.notes.append(Note(call.number, content, call.asterisk))
            return
        table = self._current[-1] if self._current else None
        if not isinstance(table, Table) or call.ordinal != len(table.notes) + 1:
            raise SourceError(
                f"note {label} stands in no order behind a table",
                where=self.record.where(line),
                hint="notes with letters follow their table, from a on",
            )
        self.record.letter_note(line)
        self._current[-1] = replace(table, notes=(*table.notes, content))

    # --- what blocks hold ---------------------------------------------------------------------------------------------

    def _content(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        """The inline content of a paragraph."""
        return self.inline(node.children[0].meta["spans"], self._line(node))

    def _items(self, node: SyntaxTreeNode, degree: int, before: int = 0) -> Iterator[Item]:
        """The sub-paragraphs of a list, each behind its mark: `- (a) …`."""
        for child in node.children:
            paragraph, lists = self._item_parts(child)
            spans = paragraph.children[0].meta["spans"]
            mark = self.marks.item(spans[0].content) if spans and spans[0].type == "text" else None
            ordinal = self.marks.ordinal(mark["mark"], degree) if mark else None
            if mark is None or ordinal is None:
                raise SourceError(
                    "a sub-paragraph without its mark",
                    where=self.record.where(self._line(child)),
                    hint=f"write - {self.marks.example(degree)} and its text",
                )
            before += 1
            if ordinal != before:
                message = f"sub-paragraph {mark['mark']} is not the next in order"
                self.record.tell(self._line(child), Doubt("item-order", message, "letter them without gaps"))
            before = ordinal
            spans[0].content = spans[0].content[mark.end() :]
            yield Item(ordinal, self._content(paragraph), self._all_items(lists, degree + 1))

    def _all_items(self, lists: Iterable[SyntaxTreeNode], degree: int) -> tuple[Item, ...]:
        return tuple(item for node in lists for item in self._items(node, degree))

    def _item_parts(self, node: SyntaxTreeNode) -> tuple[SyntaxTreeNode, list[SyntaxTreeNode]]:
        """The paragraph of a list item and the lists in it. Raises SourceError when it has anything else."""
        if not node.children:
            raise SourceError(
                "a list item without text",
                where=self.record.where(self._line(node)),
                hint="write its text behind its mark",
            )
        for at, child in enumerate(node.children):
            if child.type != ("bullet_list" if at else "paragraph"):
                raise self._refusal(child)
        return node.children[0], node.children[1:]

    def _line(self, node: SyntaxTreeNode) -> int:
        return self._first_line + (node.map[0] if node.map else 0)

    def _refusal(self, node: SyntaxTreeNode) -> SourceError:
        last = self._current[-1] if self._current else None
        return SourceError(
            f"{misplaced.name(node)} has no place here",
            where=self.record.where(self._line(node)),
            hint=misplaced.hint(node, self.marks, last.number if isinstance(last, Paragraph) else None),
        )
