"""Inline content: text and what is in it, as values, and its normal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, groupby
from typing import get_args

from masthead.document import symbols
from masthead.document.terms import Symbol, as_searchable


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, as in the source."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold text: opening verbs in Arabic."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic text: opening verbs in other languages, titles of publications."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """Superscript text that calls no note: the ending of an ordinal (`1er`, `2ª`), the power of a unit."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in the text: `text` as printed, in logical order, and the symbol of the document as `target`.

    The target of `٦٤/٢٩٣` is `A/RES/64/293`; a symbol such as `A/71/119` is its own target. `address` is the link as
    the source has it, empty if it has none or that of the target.
    """

    text: str
    target: Symbol
    address: str = ""

    @property
    def is_symbol(self) -> bool:
        """Whether the text is a symbol, usually that of the target: it is the same in every language."""
        text = as_searchable(self.text)
        return text == str(self.target) or re.fullmatch(symbols.whole(), text) is not None


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Text with a link to something other than a document of the United Nations: a page, or `#` and a label."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The mark of note `number` in the text. A note may have several calls.

    Notes with an `asterisk` are counted separately: their marks are `*`, `**`.
    """

    number: int
    asterisk: bool = False


@dataclass(frozen=True, slots=True)
class TableNoteCall:
    """The mark of a table's own note, usually a letter. `ordinal` counts from 1."""

    ordinal: int


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The place where a page of the printed original ended, inside a paragraph or at its end."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """Subscript text."""

    text: str


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The place where the author ends a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class ParagraphEnd:
    """The end of a paragraph that is not the last one of a subparagraph, a note, a cell or a title."""


@dataclass(frozen=True, slots=True)
class Tab:
    """The beginning of a column in a paragraph of a note: terms and their explanations are in columns side by side.

    The text up to the next tab, or the end of the paragraph, begins `at` twentieths of a point after the edge of the
    text. A tab is in no emphasis, and no white space is beside it.
    """

    at: int

    @classmethod
    def read(cls, at: str) -> Tab:
        """Return a tab from what a source says of its place. What is not a number is the edge of the text."""
        return cls(int(at) if re.fullmatch(r"[0-9]{1,5}", at) else 0)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a paragraph, a heading or a caption was fitted to its page by hand. It is at the end of what it is about.

    All in twentieths of a point: the distance of its `lines`, 0 for that of the template, and by how much its `letters`
    and what is `above` it are closer than in the template. What is above it may be further apart: that is negative.
    """

    lines: int = 0
    letters: int = 0
    above: int = 0

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Fit:
        """Return a fit from what a source says of its parts. What is not a number says nothing."""
        forms = {"lines": r"\d+", "letters": r"\d+", "above": r"-?\d+"}
        return cls(**{name: int(said[name]) for name, form in forms.items() if re.fullmatch(form, said.get(name, ""))})


class RevisionKind(StrEnum):
    """What a revision does to its text. Text that moves is removed from one place and added at another."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED_HERE = "moved-here"
    MOVED_AWAY = "moved-away"


@dataclass(frozen=True, slots=True)
class Revision:
    """Text that only one of two versions has, in a document that shows both: see `masthead.redline`."""

    kind: RevisionKind
    content: tuple[Inline, ...]


Worded = Text | Raised | Lowered | Reference | Hyperlink
"""The inlines with characters of their own, as `text`."""
Inline = Worded | Strong | Emphasis | Revision | NoteCall | TableNoteCall | PageEnd | LineEnd | ParagraphEnd | Tab | Fit
Content = tuple[Inline, ...]
INLINES = frozenset(get_args(Inline))
_OUTER = (Strong, Emphasis, Revision)
"""Those with inlines in them. As a tuple, since making a union takes longer than asking for it."""


def inlines(content: Iterable[Inline]) -> Iterator[Inline]:
    """Yield every inline of `content` in reading order, an emphasis before the inlines inside it."""
    for inline in content:
        yield inline
        if isinstance(inline, _OUTER):
            yield from inlines(inline.content)


def plain(content: Iterable[Inline]) -> str:
    """Return the characters of `content`, without note calls. Where a line or a column ends there is a line feed."""
    return "".join(map(characters, inlines(content)))


def characters(inline: Inline) -> str:
    """Return the characters of an inline itself, without those inside an emphasis."""
    match inline:
        case Text(text) | Raised(text) | Lowered(text) | Reference(text) | Hyperlink(text):
            return text
        case LineEnd() | ParagraphEnd() | Tab():
            return "\n"
        case _:
            return ""


def stars(line: str) -> str:
    """Return the asterisks at the end of a line, by which it calls a note."""
    return line[len(line.rstrip("*")) :]


def fit_of(content: Iterable[Inline]) -> Fit:
    """Return how the content of a paragraph was fitted by hand."""
    return next((inline for inline in content if isinstance(inline, Fit)), Fit())


def split_paragraphs(content: Iterable[Inline]) -> tuple[Content, ...]:
    """Return the paragraphs of a subparagraph, a note or a cell, without empty ones."""
    paragraphs: list[list[Inline]] = [[]]
    for inline in content:
        if isinstance(inline, ParagraphEnd):
            paragraphs.append([])
        elif isinstance(inline, _OUTER):
            first, *others = split_paragraphs(inline.content) or ((),)
            paragraphs[-1] += [replace(inline, content=first)] if first else []
            paragraphs += [[replace(inline, content=other)] for other in others]
        else:
            paragraphs[-1].append(inline)
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def split_columns(content: Iterable[Inline]) -> tuple[tuple[int, Content], ...]:
    """Return the columns of a paragraph: where each begins, as in `Tab`, and its content; one at 0 without tabs."""
    columns: list[tuple[int, list[Inline]]] = [(0, [])]
    for inline in content:
        if not isinstance(inline, Tab):
            columns[-1][1].append(inline)
        elif columns == [(0, [])]:
            columns = [(inline.at, [])]
        else:
            columns.append((inline.at, []))
    return tuple((at, tuple(column)) for at, column in columns)


def join_paragraphs(paragraphs: Iterable[Content]) -> Content:
    """Return the content of a subparagraph, a note or a cell with these paragraphs."""
    content: list[Inline] = []
    for paragraph in filter(None, paragraphs):
        content += [ParagraphEnd(), *paragraph] if content else paragraph
    return tuple(content)


def unbroken(content: Iterable[Inline]) -> Content:
    """Return `content` without the page ends of the printed original."""
    return tuple(
        replace(inline, content=unbroken(inline.content)) if isinstance(inline, _OUTER) else inline
        for inline in content
        if not isinstance(inline, PageEnd)
    )


def joined(content: Iterable[Inline]) -> Content:
    """Return the normal form of `content`, which all readers produce.

    Adjacent texts of one kind are merged, and so are adjacent emphases. No emphasis is inside one of its own kind, and
    none is empty. No paragraph is empty, or ends inside an emphasis.
    """
    content = tuple(content)
    if any(isinstance(inline, ParagraphEnd) for inline in inlines(content)):
        return join_paragraphs(map(joined, split_paragraphs(content)))
    result: list[Inline] = []
    for kind, group in groupby(_flat(content, ()), key=_mergeable):
        if kind in (Text, Raised, Lowered):
            result.append(kind("".join(map(characters, group))))
        elif kind in (Strong, Emphasis):
            inner = [inline.content for inline in group if isinstance(inline, Strong | Emphasis)]
            result.append(kind(inner[0] if len(inner) == 1 else joined(chain.from_iterable(inner))))
        elif isinstance(kind, RevisionKind):
            parts = (inline.content for inline in group if isinstance(inline, Revision))
            result.append(Revision(kind, joined(chain.from_iterable(parts))))
        else:
            result.extend(group)
    return tuple(result)


def _mergeable(inline: Inline) -> type | RevisionKind:
    """Return what two neighbours must share to be merged."""
    return inline.kind if isinstance(inline, Revision) else type(inline)


def _flat(content: Iterable[Inline], outer: tuple[type, ...]) -> Iterator[Inline]:
    """Normalize `content`, which is inside emphases of the types `outer`, but do not merge neighbours yet."""
    for inline in content:
        if isinstance(inline, Strong | Emphasis):
            kind = type(inline)
            inner = joined(_flat(inline.content, (*outer, kind)))
            if kind in outer:
                yield from inner
            elif inner:
                yield kind(inner)
        elif isinstance(inline, Revision):
            if inner := joined(_flat(inline.content, outer)):
                yield Revision(inline.kind, inner)
        elif not isinstance(inline, Text | Raised) or inline.text:
            yield inline
