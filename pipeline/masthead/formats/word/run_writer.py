"""Inline content into the runs of a Word paragraph, such that reading them gives the same content again.

Emphasis is a character style, so that its order is told and it is meant even where all is bold. Documents named in the
text are hyperlinks. Text in which reading would find more than it has stands in a content control that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from masthead.document import (
    Direction,
    Document,
    Emphasis,
    Inline,
    NoteCall,
    PageEnd,
    Reference,
    Strong,
    TableNoteCall,
    Text,
    joined,
)
from masthead.document.references import Context, find_documents
from masthead.formats.literals import literal as as_literal
from masthead.formats.source import check_characters
from masthead.formats.styled.spans import SPACE, Emphases
from masthead.formats.word.markup import control, field, run, text, w
from masthead.formats.word.runs import LITERAL, PAGE_END, TABLE_NOTE
from masthead.formats.word.styles import EMPHASES
from masthead.page import wording

# Stretches in a script that runs to the right, within text that runs to the left.
_LEFT_TO_RIGHT = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ][^\u0590-\u08ff\n]*[A-Za-zÀ-ɏЀ-ӿ0-9)]|[A-Za-zÀ-ɏЀ-ӿ]")


class RunWriter:
    """Writes content in the order of the document: notes are counted as they are called.

    `links` are the addresses that hyperlinks lead to, by the identifier of their relation.
    """

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context = document, context
        self.links: dict[str, str] = {}
        self.noted: dict[tuple[int, bool], str] = {}  # identifiers of the notes called so far
        self.counted: set[str] = set()  # those that Word numbers itself
        self._bookmarks = 0
        self._series = ""
        self._in_note = False

    def content(self, content: Sequence[Inline], *, in_note: bool = False, literal: bool = False) -> list[Any]:
        """Return the runs of a paragraph's content; `literal` says that it begins with what is no mark."""
        self._series, self._in_note = "", in_note
        leaves = list(_leaves(joined(content), ()))
        texts = [(at, each.text) for at, (each, _) in enumerate(leaves) if isinstance(each, Text | Reference)]
        kept = {at for at, text in texts if _is_cut(text, at == 0, at == len(leaves) - 1)}
        if literal:
            kept |= {next(at for at, text in texts if text.strip(SPACE))}
        return [
            each
            for at, (inline, emphases) in enumerate(leaves)
            for each in self._inline(inline, emphases, literal=at in kept)
        ]

    def line(self, line: str) -> list[Any]:
        """Return the runs of a line without markup."""
        return self._text(line, (), literal=_is_cut(line, first=True, last=True))

    def call(self, call: NoteCall, emphases: Emphases = (), *, hidden: bool = False) -> Iterator[Any]:
        """A note's call: the first is Word's own reference, the others refer to that one."""
        mark = self.context.locale.call_mark(call.number, self.document.digits, asterisk=call.asterisk)
        name = f"MastheadNote{'X' * call.asterisk}{call.number}"
        look = [*_style(_EMPHASIS_STYLES.get(emphases, "FootnoteReference")), w("vertAlign", val="superscript")]
        if (call.number, call.asterisk) in self.noted or self._in_note:
            yield field(f"NOTEREF {name} \\f \\h", run(text(mark), look=look))
            return
        key = self.noted.setdefault((call.number, call.asterisk), str(len(self.noted) + 1))
        counted = not call.asterisk and call.number == len(self.counted) + 1
        self.counted |= {key} if counted else set()
        before, _, behind = mark.partition(self.document.digits.shape(call.number)) if counted else ("", "", "")
        reference = w("footnoteReference", **({} if counted else {"customMarkFollows": "1"}), id=key)
        pieces = [run(reference, *(() if counted else (text(mark),)), look=[w("vanish")] if hidden else look)]
        yield from (run(text(before), look=look),) if before else ()
        yield from self._bookmark(name, *pieces)
        yield from (run(text(behind), look=look),) if behind else ()

    def _inline(self, inline: Inline, emphases: Emphases, *, literal: bool) -> Iterator[Any]:
        match inline:
            case Text(characters):
                recognition = find_documents(characters, self.context, series=self._series)
                literal = literal or recognition.content != (inline,)
                if literal:
                    recognition = find_documents(as_literal(characters), self.context, series=self._series)
                self._series = recognition.series
                yield from self._text(characters, emphases, literal=literal)
            case Reference(characters, target):
                check_characters(characters, self.document)
                key = f"rIdLink{len(self.links) + 1}"
                self.links[key] = target.address
                look = _style(_EMPHASIS_STYLES.get(emphases, "Hyperlink"))
                inner = [run(text(characters), look=look)]
                if literal:
                    inner = [control(LITERAL, *inner)]
                yield w("hyperlink", *inner, r_id=key, tooltip=str(target), history="1")
            case NoteCall():
                yield from self.call(inline, emphases)
            case TableNoteCall(ordinal):
                look = [*_style(_EMPHASIS_STYLES.get(emphases, "")), w("vertAlign", val="superscript")]
                yield control(
                    f"{TABLE_NOTE}{ordinal}",
                    run(text(wording.table_note_mark(ordinal, self.context.locale)), look=look),
                )
            case PageEnd():
                letters = "".join(kind.__name__[0] for kind in emphases)
                yield from self._bookmark(f"{PAGE_END}{self._bookmarks}_{letters}")

    def _bookmark(self, name: str, *content: Any) -> Iterator[Any]:
        self._bookmarks += 1
        yield w("bookmarkStart", id=str(self._bookmarks), name=name)
        yield from content
        yield w("bookmarkEnd", id=str(self._bookmarks))

    def _text(self, characters: str, emphases: Emphases, *, literal: bool) -> list[Any]:
        style = _style(_EMPHASIS_STYLES.get(emphases, ""))
        check_characters(characters, self.document)
        runs = [
            run(text(piece), look=[*style, *([w("rtl")] if to_left else [])])
            for piece, to_left in self._directed(characters)
        ]
        return [control(LITERAL, *runs)] if literal else runs

    def _directed(self, characters: str) -> Iterator[tuple[str, bool]]:
        """The stretches of a text, each with whether it runs to the left."""
        if self.context.locale.language.direction is Direction.LTR:
            yield characters, False
            return
        end = 0
        for found in _LEFT_TO_RIGHT.finditer(characters):
            if found.start() > end:
                yield characters[end : found.start()], True
            yield found[0], False
            end = found.end()
        if end < len(characters):
            yield characters[end:], True


_EMPHASIS_STYLES = {kinds: name.replace(" ", "") for name, kinds in EMPHASES.items()}


def _leaves(content: Sequence[Inline], emphases: Emphases) -> Iterator[tuple[Inline, Emphases]]:
    for inline in content:
        if isinstance(inline, Strong | Emphasis):
            yield from _leaves(inline.content, (*emphases, type(inline)))
        else:
            yield inline, emphases


def _style(name: str) -> list[Any]:
    return [w("rStyle", val=name)] if name else []


def _is_cut(characters: str, first: bool, last: bool) -> bool:
    """Tell whether reading would cut white space off a text that stands first or last in its paragraph."""
    return (first and characters != characters.lstrip(SPACE)) or (last and characters != characters.rstrip(SPACE))
