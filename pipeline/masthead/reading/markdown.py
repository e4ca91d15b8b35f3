"""The authoring format, Markdown with YAML front matter, into a Document. `docs/format.md` describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from masthead.errors import SourceError
from masthead.model import (
    Document,
    DocumentType,
    Inline,
    Item,
    Masthead,
    Note,
    Pagination,
    Paragraph,
    Preface,
    Role,
)
from masthead.reading.frontmatter import FrontMatter, split
from masthead.reading.itemization import Marks
from masthead.reading.record import Record
from masthead.reading.references import Context, Doubt, context_of, resolution_symbol
from masthead.reading.source import decode
from masthead.reading.spans import Spans, note_call
from masthead.terms import Digits, JobNumber, Language, Organ, ResolutionNumber, Symbol
from masthead.wording import load

_ROLE = re.compile(f"<!-- ({'|'.join(Role)}) -->")
_CALL = re.compile(r"\[\^([^\]\s]{1,40})\]")
_NAMES = {
    "blockquote": "a block quote",
    "bullet_list": "a list of sub-paragraphs that belongs to no paragraph",
    "code_block": "an indented line",
    "fence": "code",
    "heading": "a heading",
    "hr": "a rule",
    "ordered_list": "a numbered list inside another",
    "paragraph": "a second paragraph",
}


def read(data: bytes, name: str) -> Document:
    """Read a document in Markdown. Raises SourceError, with file and line, where it is none."""
    source = decode(data, name)
    front, start = split(source, name)
    kind, language, organ = (
        front.choose("type", DocumentType),
        front.choose("language", Language),
        front.choose("organ", Organ),
    )
    if kind is DocumentType.RESOLUTION and organ is not Organ.SECURITY_COUNCIL:
        front.require(("number", "session", "agenda-item", "adoption"), f"a resolution of the {organ}")
    number = front.parse("number", ResolutionNumber.parse, "64/293") if "number" in front else None
    if number is None:
        front.require(("symbol",), "a document without number")
    symbol = Symbol.parse("A") if number is None else resolution_symbol(organ, number)
    record = Record(name)
    context = context_of(load(language), front.text("adoption"), front.text("date"))
    blocks = _Blocks(Roles(kind), context, record)
    preface = _preface(front, blocks)
    blocks.read(source[start:], source.count("\n", 0, start) + 1)
    return Document(
        type=kind,
        language=language,
        organ=organ,
        symbol=front.parse("symbol", Symbol.parse, "E/RES/2017/18", symbol),
        number=number,
        job=_job(front, language),
        masthead=_masthead(front),
        preface=preface,
        body=tuple(blocks.paragraphs),
        notes=tuple(blocks.notes),
        closing=front.texts("closing"),
        digits=front.choose("digits", Digits, language.digits),
        pagination=front.choose("pagination", Pagination, Pagination.FLOW),
        findings=record.settle(),
    )


class Roles:
    """What paragraphs are: by the last mark before them, or where there is none by their place."""

    def __init__(self, kind: DocumentType) -> None:
        self.in_resolution = kind in (DocumentType.RESOLUTION, DocumentType.DRAFT)
        self.marked: Role | None = None
        self.first, self.numbered = True, False

    def next(self, number: int | None) -> Role:
        """Return what the next paragraph is, which bears `number` or none."""
        by_place = self._by_place(number)
        self.first = False
        self.numbered = self.numbered or number is not None
        return self.marked or by_place

    def _by_place(self, number: int | None) -> Role:
        if not self.in_resolution:
            return Role.PLAIN if number is None else Role.NUMBERED
        if self.numbered or number is not None:
            return Role.OPERATIVE
        return Role.FORMULA if self.first else Role.PREAMBULAR


def _masthead(front: FrontMatter) -> Masthead:
    translation = front.text("translation")
    if translation not in ("", "true", "false"):
        raise SourceError("translation is neither true nor false", where=front.where("translation"), hint="write true")
    return Masthead(front.text("distribution"), front.text("date"), front.text("original"), translation == "true")


def _preface(front: FrontMatter, blocks: _Blocks) -> Preface:
    def inline(key: str) -> tuple[Inline, ...]:
        return (
            blocks.inline(_MARKDOWN.parseInline(front.text(key))[0].children or [], front.line(key))
            if key in front
            else ()
        )

    return Preface(
        session=front.text("session"),
        agenda_item=front.text("agenda-item"),
        adoption=front.text("adoption"),
        basis=inline("basis") if "basis" in front else None,
        title=inline("title"),
        agenda_title=inline("agenda-title"),
        subtitle=inline("subtitle"),
        sponsors=inline("sponsors"),
        bodies=front.texts("bodies"),
        place=front.text("place"),
    )


def _job(front: FrontMatter, language: Language) -> JobNumber:
    job = front.parse("job", JobNumber.parse, f"17-12889 ({language.letter})")
    if job.language is not language:
        raise SourceError(
            f"the job number's letter {job.language.letter} is not that of the language {language}",
            where=front.where("job"),
            hint=f"write {job.number} ({language.letter})",
        )
    return job


class _Blocks:
    """The body while its blocks are read: `paragraphs` and `notes` are the outcome."""

    def __init__(self, roles: Roles, context: Context, record: Record) -> None:
        self.roles, self.context, self.record = roles, context, record
        self.marks = Marks(context.locale)
        self.paragraphs: list[Paragraph] = []
        self.notes: list[Note] = []
        self.first_line = 1

    def read(self, text: str, first_line: int) -> None:
        """Read the whole body, which begins in `first_line` of the source. Raises SourceError."""
        self.first_line = first_line
        tokens = _MARKDOWN.parse(text)
        for token in tokens:  # the tree is of blocks: emphasis may nest deeper than Python's stack
            token.meta["spans"], token.children = token.children, None
        for node in SyntaxTreeNode(tokens).children:
            match node.type:
                case "paragraph":
                    self._add_paragraph(node)
                case "ordered_list":
                    for item in node.children:
                        self._add_numbered(item)
                case "bullet_list" if self.paragraphs and self.paragraphs[-1].number is None:
                    last = self.paragraphs[-1]
                    self.paragraphs[-1] = replace(last, items=(*last.items, *self._items(node, 1, len(last.items))))
                case "footnote_reference":
                    self._add_note(node)
                case _:
                    raise self._refusal(node)
        if not self.paragraphs:
            raise SourceError(
                "the document has no text",
                where=self.record.where(first_line),
                hint="it stands behind the front matter",
            )

    def inline(self, spans: list[Token], line: int) -> tuple[Inline, ...]:
        return Spans(line, self.context, self.record).read(spans)

    def _content(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        """The inline content of a paragraph."""
        return self.inline(node.children[0].meta["spans"], self._line(node))

    def _add_paragraph(self, node: SyntaxTreeNode) -> None:
        if mark := _ROLE.fullmatch(node.children[0].content):
            self.roles.marked = Role(mark[1])
        else:
            self.paragraphs.append(Paragraph(self.roles.next(None), self._content(node)))

    def _add_numbered(self, node: SyntaxTreeNode) -> None:
        """Add an operative paragraph: an item of a numbered list, with its sub-paragraphs in it."""
        number, line = int(node.info), self._line(node)
        self.record.paragraph(number, line)
        content, items = self._item_parts(node)
        self.paragraphs.append(
            Paragraph(self.roles.next(number), self._content(content), number, self._all_items(items, 1))
        )

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
        if not node.children or node.children[0].type != "paragraph":
            raise SourceError(
                "a list item without text",
                where=self.record.where(self._line(node)),
                hint="write its text behind its mark",
            )
        for child in node.children[1:]:
            if child.type != "bullet_list":
                raise self._refusal(child)
        return node.children[0], node.children[1:]

    def _add_note(self, node: SyntaxTreeNode) -> None:
        line = self._line(node)
        call = note_call(node.meta["label"], self.record.where(line))
        self.record.note(node.meta["label"], line)
        if len(node.children) != 1 or node.children[0].type != "paragraph":
            raise SourceError("a note is one paragraph", where=self.record.where(line), hint="join its paragraphs")
        self.notes.append(Note(call.number, self._content(node.children[0]), call.asterisk))

    def _line(self, node: SyntaxTreeNode) -> int:
        return self.first_line + (node.map[0] if node.map else 0)

    def _refusal(self, node: SyntaxTreeNode) -> SourceError:
        return SourceError(
            f"{_NAMES.get(node.type, node.type)} has no place here",
            where=self.record.where(self._line(node)),
            hint="it is not read yet; if it is meant as text, put a backslash before it",
        )


def _read_call(state: StateInline, silent: bool) -> bool:
    """Read a note call, `[^1]`. The plugin's own rule looks through the rest of the text for every `[^`."""
    found = _CALL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def _markdown() -> MarkdownIt:
    """CommonMark without what would hide text: link definitions, HTML, bare addresses; with notes."""
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["reference", "autolink", "text_join"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False).disable("footnote_ref")
    markdown.inline.ruler.before("link", "note_call", _read_call)
    return markdown


_MARKDOWN = _markdown()
