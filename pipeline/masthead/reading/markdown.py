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
from masthead.reading.spans import Spans, note_number
from masthead.terms import Digits, JobNumber, Language, Organ, ResolutionNumber, Symbol
from masthead.wording import Locale, load

_ROLE = re.compile(r"<!-- (formula|preambular|operative) -->")
_CALL = re.compile(r"\[\^([^\]\s]{1,40})\]")
_NAMES = {
    "blockquote": "a block quote",
    "bullet_list": "a list of sub-paragraphs that belongs to no paragraph",
    "code_block": "an indented line",
    "fence": "code",
    "heading": "a heading other than the title",
    "hr": "a rule",
    "ordered_list": "a numbered list inside another",
    "paragraph": "a second paragraph",
}


def read(data: bytes, name: str) -> Document:
    """Read a document in Markdown. Raises SourceError, with file and line, where it is none."""
    source = decode(data, name)
    front, start = split(source, name)
    language = front.choose("language", Language)
    organ = front.choose("organ", Organ)
    number = front.parse("number", ResolutionNumber.parse, "64/293")
    job = _job(front, language)
    record = Record(name)
    locale = load(language)
    context = context_of(locale, front.text("adoption"), front.text("date"))
    blocks = _Blocks(locale, context, record)
    basis = None
    if "basis" in front:
        spans = _MARKDOWN.parseInline(front.text("basis"))[0].children or []
        basis = blocks.inline(spans, front.line("basis"))
    blocks.read(source[start:], source.count("\n", 0, start) + 1)
    return Document(
        type=front.choose("type", DocumentType),
        language=language,
        organ=organ,
        symbol=front.parse("symbol", Symbol.parse, "E/RES/2017/18", resolution_symbol(organ, number)),
        number=number,
        job=job,
        masthead=Masthead(front.text("distribution"), front.text("date")),
        preface=Preface(front.text("session"), front.text("agenda-item"), front.text("adoption"), basis, blocks.title),
        body=tuple(blocks.paragraphs),
        notes=tuple(blocks.notes),
        closing=front.texts("closing"),
        digits=front.choose("digits", Digits, language.digits),
        pagination=front.choose("pagination", Pagination, Pagination.FLOW),
        findings=record.settle(),
    )


def role_by_place(*, first: bool, numbered: bool) -> Role:
    """Return what a paragraph without number is, where no mark says it."""
    return Role.OPERATIVE if numbered else Role.FORMULA if first else Role.PREAMBULAR


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
    """The body while its blocks are read: `title`, `paragraphs` and `notes` are the outcome."""

    def __init__(self, locale: Locale, context: Context, record: Record) -> None:
        self.context, self.record = context, record
        self.marks = Marks(locale)
        self.title: tuple[Inline, ...] = ()
        self.paragraphs: list[Paragraph] = []
        self.notes: list[Note] = []
        self.role: Role | None = None  # of paragraphs without number, where a mark has said it
        self.first_line = 1

    def read(self, text: str, first_line: int) -> None:
        """Read the whole body, which begins in `first_line` of the source. Raises SourceError."""
        self.first_line = first_line
        tokens = _MARKDOWN.parse(text)
        for token in tokens:  # the tree is of blocks: emphasis may nest deeper than Python's stack
            token.meta["spans"], token.children = token.children, None
        for node in SyntaxTreeNode(tokens).children:
            match node.type:
                case "heading" if node.tag == "h1" and not self.title and not self.paragraphs:
                    self.title = self._content(node)
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
        if not self.title or not self.paragraphs:
            what = "paragraphs" if self.title else "title"
            raise SourceError(
                f"the document has no {what}",
                where=self.record.where(first_line),
                hint="the text begins with “# ” and the title, then the enacting formula",
            )

    def inline(self, spans: list[Token], line: int) -> tuple[Inline, ...]:
        return Spans(line, self.context, self.record).read(spans)

    def _content(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        """The inline content of a heading or paragraph."""
        return self.inline(node.children[0].meta["spans"], self._line(node))

    def _add_paragraph(self, node: SyntaxTreeNode) -> None:
        if mark := _ROLE.fullmatch(node.children[0].content):
            self.role = Role(mark[1])
            return
        by_place = role_by_place(first=not self.paragraphs, numbered=bool(self.record.paragraphs))
        self.paragraphs.append(Paragraph(self.role or by_place, self._content(node)))

    def _add_numbered(self, node: SyntaxTreeNode) -> None:
        """Add an operative paragraph: an item of a numbered list, with its sub-paragraphs in it."""
        number, line = int(node.info), self._line(node)
        self.role = None
        self.record.paragraph(number, line)
        content, items = self._item_parts(node)
        self.paragraphs.append(Paragraph(Role.OPERATIVE, self._content(content), number, self._all_items(items, 1)))

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
        number = note_number(node.meta["label"], self.record.where(line))
        self.record.note(number, line)
        if len(node.children) != 1 or node.children[0].type != "paragraph":
            raise SourceError("a note is one paragraph", where=self.record.where(line), hint="join its paragraphs")
        self.notes.append(Note(number, self._content(node.children[0])))

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
