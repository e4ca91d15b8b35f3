"""Inline content as Markdown that is read as the same content again.

Two things need care. Emphasis marks open and close depending on the characters beside them (CommonMark, "left-flanking
delimiter run"): a character that would prevent this is written as `&#…;`, which counts as punctuation. And the reader
finds references in text: where it would find others than the content has, they are written as links, and the
characters by which it would find more are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from masthead.document import (
    Emphasis,
    Fit,
    Hyperlink,
    Inline,
    LineEnd,
    Lowered,
    PageEnd,
    ParagraphEnd,
    Raised,
    Reference,
    Revision,
    Strong,
    Tab,
    Text,
    joined,
)
from masthead.document.references import Context, find_documents
from masthead.formats.literals import LITERAL, literal
from masthead.formats.markdown.cross_references import AS_WRITTEN, NAME, NUMBER
from masthead.formats.markdown.syntax import (
    LINE_END,
    PAGE_END,
    PARAGRAPH_END,
    REVISIONS,
    TEXT_MARKS,
    fit_mark,
    note_mark,
    tab_mark,
)

_TO_ESCAPE = re.compile(rf"[\\`*_\[\]<&^~#]|\{{(?=\{{[a-z]|[+-][+=-])|(?<=[+=-][+-])\}}|{LITERAL}.")
_NOT_PLAIN = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of Markdown: text to be escaped, or finished syntax, which begins and ends with punctuation."""

    text: str
    is_text: bool = False
    opens: bool = False
    closes: bool = False


_End = tuple[int, int]
"""The index of a piece, and one end of its text: 0 is the first character, -1 the last."""

_EDGE = _Piece("")


def write_spans(content: Sequence[Inline], context: Context) -> str:
    """Return `content`, in its normal form, as inline Markdown on one line."""
    pieces = list(_PieceWriter(context).pieces(joined(content), inside=False))
    end = len(pieces)
    # The reader drops white space before marks at the end.
    while end and not pieces[end - 1].is_text and TEXT_MARKS.fullmatch(pieces[end - 1].text):
        end -= 1
    # Two edges on each side, so that every piece has two neighbours.
    around = [_EDGE, _EDGE, *pieces[:end], _EDGE, _EDGE]
    spoiling = _spoiling_ends(around)
    text = "".join(_escape(around, at, spoiling) if piece.is_text else piece.text for at, piece in enumerate(around))
    return text + "".join(piece.text for piece in pieces[end:])


class _PieceWriter:
    """Divides content into pieces. Like the reader it keeps track of what the next number in the text would be."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.series = ""

    def pieces(self, content: Sequence[Inline], *, inside: bool) -> Iterator[_Piece]:
        """Yield the pieces of `content`; `inside` says that it is inside strong emphasis."""
        run: list[Text | Reference | Hyperlink] = []
        for at, inline in enumerate(content):
            if isinstance(inline, Text | Reference | Hyperlink):
                run.append(inline)
                continue
            yield from self._run(run)
            run = []
            match inline:
                case Strong() | Emphasis():
                    mark = _emphasis_mark(content, at, inside)
                    yield _Piece(mark, opens=True)
                    yield from self.pieces(inline.content, inside=isinstance(inline, Strong))
                    yield _Piece(mark, closes=True)
                case Revision(kind, inner):
                    opening, closing = REVISIONS[kind]
                    yield _Piece(opening)
                    yield from self.pieces(inner, inside=False)
                    yield _Piece(closing)
                case PageEnd():
                    yield _Piece(PAGE_END)
                case Fit():
                    yield _Piece(fit_mark(inline))
                case Tab():
                    yield _Piece(tab_mark(inline))
                case Raised(text):
                    yield _Piece(f"^{_escape_leaf(text)}^")
                case Lowered(text):
                    before = content[at - 1] if at else None
                    is_attached = isinstance(before, Text) and before.text[-1:].isalnum()
                    escaped = (
                        _escape_leaf(text) if is_attached else _character_reference(text[0]) + _escape_leaf(text[1:])
                    )
                    yield _Piece(f"~{escaped}~")
                case LineEnd():
                    yield _Piece(LINE_END)
                case ParagraphEnd():
                    yield _Piece(PARAGRAPH_END)
                case call:
                    yield _Piece(note_mark(call))
        yield from self._run(run)

    def _run(self, run: Sequence[Text | Reference | Hyperlink]) -> Iterator[_Piece]:
        """Yield text in which the reader finds these references, or else links and text in which it finds none."""
        text = "".join(inline.text for inline in run)
        found = find_documents(text, self.context, series=self.series)
        if found.content == tuple(run):
            self.series = found.series
            if text:
                yield _Piece(text, is_text=True)
            return
        for inline in run:
            if isinstance(inline, Hyperlink) and inline.address.startswith("#"):
                yield _Piece(_cross_reference(inline))
            elif isinstance(inline, Reference | Hyperlink):
                target = inline.address if isinstance(inline, Hyperlink) else inline.address or str(inline.target)
                yield _Piece(f"[{_escape_signs(inline.text)}](<{_escape_address(target)}>)")
            else:
                text = literal(inline.text)
                self.series = find_documents(text, self.context, series=self.series).series
                yield _Piece(text, is_text=True)


def _cross_reference(link: Hyperlink) -> str:
    """Return a reference to a label. Its text has signs for what the reader fills in (`cross_references`)."""
    address = _escape_address(link.address)
    if NUMBER in link.text:
        before, after = map(_escape_signs, link.text.split(NUMBER))
        return f"[{before}#{after}]({address})"
    if link.text.endswith(NAME):
        return f"[{_escape_signs(link.text.removesuffix(NAME).removesuffix(' '))}]({address})"
    return f'[{_escape_signs(link.text)}]({address} "{AS_WRITTEN}")'


def _emphasis_mark(content: Sequence[Inline], at: int, inside: bool) -> str:
    """Return the mark of an emphasis: an underscore where an asterisk would touch those of strong emphasis."""
    inline = content[at]
    if not isinstance(inline, Emphasis):
        return "**"
    touching = [*content[max(at - 1, 0) : at], *content[at + 1 : at + 2], inline.content[0], inline.content[-1]]
    at_edge = inside and at in (0, len(content) - 1)
    return "_" if at_edge or any(isinstance(other, Strong) for other in touching) else "*"


def _escape(around: Sequence[_Piece], at: int, spoiling: Container[_End]) -> str:
    """Return the escaped text of one piece."""
    text, before, after = around[at].text, around[at - 1], around[at + 1]
    # After a note's mark a colon would begin the note's text, before a link an exclamation mark would make a picture.
    head = _character_reference(text[0]) if (at, 0) in spoiling else "\\:" if text[0] == ":" and before.text else ""
    tail = _character_reference(text[-1]) if (at, -1) in spoiling else "\\!" if text[-1] == "!" and after.text else ""
    if len(text) == 1 and (head or tail):
        return head or tail
    return head + _escape_signs(text[bool(head) : len(text) - bool(tail)]) + tail


def _spoiling_ends(around: Sequence[_Piece]) -> set[_End]:
    """Return the characters that keep an emphasis mark beside them from being one.

    Written as a character reference each counts as punctuation, which may make another character spoil a mark. So the
    search goes on until it finds no more.
    """
    found: set[_End] = set()
    ends = [(at, end) for at, piece in enumerate(around) if piece.is_text for end in (0, -1)]
    while more := {end for end in ends if end not in found and _spoils(around, *end, found)}:
        found |= more | {(at, -1 - end) for at, end in more if len(around[at].text) == 1}
    return found


def _spoils(around: Sequence[_Piece], at: int, end: int, spoiling: Container[_End]) -> bool:
    """Return whether the first (0) or last (-1) character of a text keeps the mark beside it from being one."""
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
    """Return whether CommonMark counts a character as a letter. It does so for U+2028; a literal one is punctuation."""
    code = ord(character)
    return not (isMdAsciiPunct(code) or isPunctChar(character) or isWhiteSpace(code) or character == LITERAL)


def _escape_leaf(text: str) -> str:
    """Return the text of a superscript or a subscript."""
    return _NOT_PLAIN.sub(lambda found: _character_reference(found[0]), text)


def _character_reference(character: str) -> str:
    return f"&#{ord(character)};"


def _escape_address(address: str) -> str:
    return re.sub(r"[\\<>&\n]", lambda sign: _character_reference(sign[0]), address)


def _escape_signs(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: "\\" + found[0][-1], text).replace("\n", "&#10;")
