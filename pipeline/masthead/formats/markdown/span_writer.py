"""Inline content as Markdown, such that reading it gives the same content again.

Two things need care. Emphasis marks open and close by what stands beside them (CommonMark, "left-flanking delimiter
run"): beside a mark, a character that would spoil it is written as `&#…;`, which counts as punctuation. And documents
named in the text are found by reading: where that would find others than the content has, they are written as links,
and the signs by which others would be found are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from masthead.document import Emphasis, Inline, NoteCall, PageEnd, Reference, SourceError, Strong, Text, joined
from masthead.document.references import Context, find_documents
from masthead.formats.markdown.spans import BAR, PAGE_END, bar

_SPECIAL = re.compile(rf"[\\`*_\[\]<&^#]|{BAR}.")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of Markdown: text still to be escaped, or finished syntax, which begins and ends with punctuation."""

    text: str
    is_text: bool = False
    opens: bool = False
    closes: bool = False


_End = tuple[int, int]
"""Which piece, and which end of its text: 0 the first character, -1 the last."""

_EDGE = _Piece("")
_PAGE_END = _Piece(PAGE_END)


def write_spans(content: Sequence[Inline], context: Context) -> str:
    """Return `content`, in its normal form, as inline Markdown on one line."""
    pieces = list(_Writer(context).pieces(joined(content), inside=False))
    end = len(pieces)
    while end and pieces[end - 1] == _PAGE_END:  # reading does not see white space before those that end a paragraph
        end -= 1
    around = [_EDGE, _EDGE, *pieces[:end], _EDGE, _EDGE]
    spoiling = _spoiling(around)
    text = "".join(_escape(around, at, spoiling) if piece.is_text else piece.text for at, piece in enumerate(around))
    return text + PAGE_END * (len(pieces) - end)


def call_mark(number: int, asterisk: bool) -> str:
    """Return the mark of a note: `[^1]`, `[^*]`."""
    return f"[^{'*' * number if asterisk else number}]"


def table_note_label(ordinal: int) -> str:
    """Return the label of a table's note: a letter. Raises SourceError beyond z."""
    if ordinal > 26:
        raise SourceError("a table has more than 26 notes", hint="divide it")
    return chr(ord("a") + ordinal - 1)


class _Writer:
    """Turns content into pieces, knowing as reading does whether the word "resolution" has stood before."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.series = ""

    def pieces(self, content: Sequence[Inline], *, inside: bool) -> Iterator[_Piece]:
        """The pieces of `content`; `inside` says that it stands between the marks of strong emphasis."""
        run: list[Text | Reference] = []
        for at, inline in enumerate(content):
            if isinstance(inline, Text | Reference):
                run.append(inline)
                continue
            yield from self._run(run)
            run = []
            if isinstance(inline, Strong | Emphasis):
                mark = _mark(content, at, inside)
                yield _Piece(mark, opens=True)
                yield from self.pieces(inline.content, inside=isinstance(inline, Strong))
                yield _Piece(mark, closes=True)
            elif isinstance(inline, NoteCall):
                yield _Piece(call_mark(inline.number, inline.asterisk))
            elif isinstance(inline, PageEnd):
                yield _PAGE_END
            else:
                yield _Piece(f"[^{table_note_label(inline.ordinal)}]")
        yield from self._run(run)

    def _run(self, run: Sequence[Text | Reference]) -> Iterator[_Piece]:
        """Text in which reading finds the references that it has, or else links and text in which it finds none."""
        text = "".join(inline.text for inline in run)
        recognition = find_documents(text, self.context, series=self.series)
        if recognition.content == tuple(run):
            self.series = recognition.series
            if text:
                yield _Piece(text, is_text=True)
            return
        for inline in run:
            if isinstance(inline, Reference):
                yield _Piece(f"[{_escape_signs(inline.text)}](<{inline.target}>)")
            else:
                self.series = find_documents(bar(inline.text), self.context, series=self.series).series
                yield _Piece(bar(inline.text), is_text=True)


def _mark(content: Sequence[Inline], at: int, inside: bool) -> str:
    """The mark of the emphasis at `at`: an underscore where an asterisk would touch those of strong emphasis."""
    inline = content[at]
    if not isinstance(inline, Emphasis):
        return "**"
    touching = [*content[max(at - 1, 0) : at], *content[at + 1 : at + 2], inline.content[0], inline.content[-1]]
    at_edge = inside and at in (0, len(content) - 1)
    return "_" if at_edge or any(isinstance(other, Strong) for other in touching) else "*"


def _escape(around: Sequence[_Piece], at: int, spoiling: Container[_End]) -> str:
    """Escape the text at that place among pieces."""
    text, before, after = around[at].text, around[at - 1], around[at + 1]
    head = _reference(text[0]) if (at, 0) in spoiling else "\\:" if text[0] == ":" and before.text else ""
    tail = _reference(text[-1]) if (at, -1) in spoiling else "\\!" if text[-1] == "!" and after.text else ""
    if len(text) == 1 and (head or tail):
        return head or tail
    return head + _escape_signs(text[bool(head) : len(text) - bool(tail)]) + tail


def _spoiling(around: Sequence[_Piece]) -> set[_End]:
    """The characters that keep a mark beside them from being one.

    Written otherwise they are punctuation, which may make another spoil a mark that was none before: so until no more
    are found.
    """
    found: set[_End] = set()
    ends = [(at, end) for at, piece in enumerate(around) if piece.is_text for end in (0, -1)]
    while more := {end for end in ends if end not in found and _spoils(around, *end, found)}:
        found |= more | {(at, -1 - end) for at, end in more if len(around[at].text) == 1}
    return found


def _spoils(around: Sequence[_Piece], at: int, end: int, spoiling: Container[_End]) -> bool:
    """Tell whether the first (0) or last (-1) character of the text at that place keeps a mark from being one."""
    character, side = around[at].text[end], 1 if end else -1
    mark, beyond = around[at + side], at + 2 * side
    inside, outside = (mark.closes, mark.opens) if end else (mark.opens, mark.closes)
    if mark is _EDGE:
        return character.isspace()
    if isWhiteSpace(ord(character)):
        return inside
    if not outside or not _is_word(character):
        return False
    other = around[beyond]
    joins = other.is_text and (beyond, -1 - end) not in spoiling and _is_word(other.text[-1 - end])
    return mark.text == "_" or not joins


def _is_word(character: str) -> bool:
    """Tell whether CommonMark counts it as a letter, as it does U+2028; what is barred is punctuation alone."""
    code = ord(character)
    return not (isMdAsciiPunct(code) or isPunctChar(character) or isWhiteSpace(code) or character == BAR)


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


def _escape_signs(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0][-1], text).replace("\n", "&#10;")
