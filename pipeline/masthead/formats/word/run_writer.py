"""Inline content as the runs of a Word paragraph that are read as the same content again.

Emphasis is a character style, so that its nesting is known and it holds even where all is bold. References are
hyperlinks. Text in which the reader would find more than it contains is in a content control that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from masthead.document import Digits, Direction, Document, model, numbers, printed_notes, printed_number
from masthead.document.references import Context, find_documents
from masthead.formats.literals import literal as as_literal
from masthead.formats.source import check_characters
from masthead.formats.styled.spans import SPACE, Emphases
from masthead.formats.word.conventions import (
    LITERAL,
    NOTE_CALL,
    SPACED,
    TABLE_NOTE,
    fit_name,
    label_name,
    page_end_name,
)
from masthead.formats.word.styles import EMPHASES
from masthead.formats.word.xml import control, field, run, text, w
from masthead.page import wording

# Stretches of Latin or Cyrillic script in a text that runs from right to left.
_LEFT_TO_RIGHT = re.compile(r"([A-Za-zÀ-ɏЀ-ӿ][^\u0590-\u08ff\n]*[A-Za-zÀ-ɏЀ-ӿ0-9)]|[A-Za-zÀ-ɏЀ-ӿ])")
_EMPHASIS_STYLES = {kinds: name.replace(" ", "") for name, kinds in EMPHASES.items()}


class RunWriter:
    """Writes content in the order of the document, since notes are numbered as they are called.

    `links` are the targets of hyperlinks by the keys of their relations.
    """

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context = document, context
        self.layouts = 0
        self.links: dict[str, str] = {}
        self.noted: dict[tuple[int, bool], str] = {}  # identifiers of the notes called so far
        self.counted: set[str] = set()  # identifiers of the notes that Word numbers itself
        self.printed = printed_notes(document)
        self._last_counted = 0  # of the current section
        self._bookmarks = 0
        self._series = ""
        self._in_note = False

    def content(self, content: model.Content, *, in_note: bool = False, literal: bool = False) -> list[Any]:
        """Return the runs of a paragraph's content; `literal` says that its start only looks like a mark."""
        self._series, self._in_note = "", in_note
        leaves = list(_leaves(model.joined(content), ()))
        texts = [(at, one.text) for at, (one, _) in enumerate(leaves) if isinstance(one, model.Worded)]
        ends = {
            -1,
            len(leaves),
            *(at for at, (one, _) in enumerate(leaves) if isinstance(one, model.LineEnd | model.Tab)),
        }
        kept = {at for at, text in texts if _would_be_stripped(text, at - 1 in ends, at + 1 in ends)}
        if literal:
            kept |= {next(at for at, text in texts if text.strip(SPACE))}
        runs = (self._inline(inline, emphases, literal=at in kept) for at, (inline, emphases) in enumerate(leaves))
        return list(chain.from_iterable(runs))

    def line(self, line: str) -> list[Any]:
        """Return the runs of a line without markup."""
        return self._text(line, (), literal=_would_be_stripped(line, first=True, last=True))

    def called_line(self, line: str) -> list[Any]:
        """Return the runs of a line of the opening. The asterisks at its end are a call, if a note has them."""
        text, *calls = wording.called_line(line, self.document)
        shown = text.text if isinstance(text, model.Text) else line
        return [*self.line(shown), *(run for call in calls for run in self._inline(call, (), literal=False))]

    def begin_notes(self) -> None:
        """Let Word number notes from 1 again."""
        self._last_counted = 0

    def call(self, call: model.NoteCall, emphases: Emphases = (), *, hidden: bool = False) -> Iterator[Any]:
        """Yield the call of a note: the first is Word's own reference, the others are cross-references to that."""
        number = printed_number(call, self.printed)
        mark = self.context.locale.call_mark(number, self.document.digits, asterisk=call.asterisk)
        name = f"{NOTE_CALL}{'X' * call.asterisk}{call.number}"
        look = _raised(emphases, "FootnoteReference")
        if (call.number, call.asterisk) in self.noted or self._in_note:
            yield field(f"NOTEREF {name} \\f \\h", run(text(mark), look=look))
            return
        key = self.noted.setdefault((call.number, call.asterisk), str(len(self.noted) + 1))
        if call.asterisk or call.number != len(self.counted) + 1 or number != self._last_counted + 1:
            # Word would give it another number, so it prints its own mark.
            reference = w("footnoteReference", customMarkFollows="1", id=key)
            content, before, after = [reference, text(mark)], "", ""
        else:
            self.counted.add(key)
            self._last_counted += 1
            content = [w("footnoteReference", id=key)]
            before, _, after = mark.partition(self.document.digits.shape(number))
        if before:
            yield run(text(before), look=look)
        yield from self._bookmark(name, run(*content, look=[w("vanish")] if hidden else look))
        if after:
            yield run(text(after), look=look)

    def _inline(self, inline: model.Inline, emphases: Emphases, *, literal: bool) -> Iterator[Any]:
        match inline:
            case model.Text(characters):
                found = find_documents(characters, self.context, series=self._series)
                literal = literal or found.content != (inline,)
                if literal:
                    found = find_documents(as_literal(characters), self.context, series=self._series)
                self._series = found.series
                yield from self._text(characters, emphases, literal=literal)
            case model.Reference(characters, target, address):
                yield self._link(characters, address or target.address, emphases, str(target), literal=literal)
            case model.Hyperlink(characters, address):
                yield self._link(characters, address, emphases, literal=literal)
            case model.NoteCall():
                yield from self.call(inline, emphases)
            case model.TableNoteCall(ordinal):
                mark = text(wording.table_note_mark(ordinal, self.context.locale))
                yield control(f"{TABLE_NOTE}{ordinal}", run(mark, look=_raised(emphases)))
            case model.Raised(characters) | model.Lowered(characters):
                place = "superscript" if isinstance(inline, model.Raised) else "subscript"
                look = [*_style(emphases), w("vertAlign", val=place)]
                check_characters(characters, self.document)
                yield control(LITERAL, run(text(characters), look=look))
            case model.LineEnd() | model.ParagraphEnd():
                yield run(w("br"), look=_style(emphases))
            case model.Tab():
                yield run(w("tab"))
            case model.PageEnd():
                yield from self._bookmark(page_end_name(self._bookmarks, emphases))
            case model.Fit():
                yield from self._bookmark(fit_name(self._bookmarks, inline))

    def _link(self, characters: str, address: str, emphases: Emphases, tip: str = "", *, literal: bool) -> Any:
        """Return a hyperlink. Word allows no space in its address."""
        check_characters(characters + address, self.document)
        language = self.context.locale.language
        to_left = language.direction is Direction.RTL and not _LEFT_TO_RIGHT.search(characters)
        shown = run(text(characters), look=[*_style(emphases, "Hyperlink"), *[w("rtl")] * to_left])
        content = control(LITERAL, shown) if literal else shown
        if address.startswith("#"):  # a label, which the tip keeps as it is
            return w("hyperlink", content, anchor=label_name(address[1:]), history="1", tooltip=address)
        key = f"rIdLink{len(self.links) + 1}"
        self.links[key] = address.replace(" ", "%20")
        tooltip = {"tooltip": tip} if tip else {}
        link = w("hyperlink", content, r_id=key, history="1", **tooltip)
        return control(SPACED, link) if " " in address else link

    def bookmark(self, name: str) -> list[Any]:
        """Return a bookmark of nothing."""
        return list(self._bookmark(name))

    def _bookmark(self, name: str, *content: Any) -> Iterator[Any]:
        self._bookmarks += 1
        yield w("bookmarkStart", id=str(self._bookmarks), name=name)
        yield from content
        yield w("bookmarkEnd", id=str(self._bookmarks))

    def _text(self, characters: str, emphases: Emphases, *, literal: bool) -> list[Any]:
        check_characters(characters, self.document)
        looks = {True: [*_style(emphases), w("rtl")], False: _style(emphases)}
        runs = [run(text(stretch), look=looks[to_left]) for stretch, to_left in self._stretches(characters)]
        return [control(LITERAL, *runs)] if literal else runs

    def _stretches(self, characters: str) -> Iterator[tuple[str, bool]]:
        """Yield the stretches of a text, each with whether it runs from right to left.

        Word shows a number in the order of its run. Groups that are typed backwards look right only from right to left.
        """
        language = self.context.locale.language
        if language.direction is Direction.LTR:
            yield characters, False
            return
        to_left = bytearray(b"\1" * len(characters))
        for match in _LEFT_TO_RIGHT.finditer(characters):
            to_left[match.start() : match.end()] = bytes(len(match[0]))
        for unit in numbers.numbers_in(characters, language, Digits.WESTERN):
            typed = characters[unit.start : unit.end]
            if not typed.isdigit():
                turned = unit.direction is Direction.RTL or numbers.is_turned(typed, unit.printed)
                to_left[unit.start : unit.end] = bytes([turned]) * len(typed)
        for is_to_left, same in groupby(zip(to_left, characters, strict=True), itemgetter(0)):
            yield "".join(char for _, char in same), bool(is_to_left)


def _leaves(content: model.Content, emphases: Emphases) -> Iterator[tuple[model.Inline, Emphases]]:
    """Yield all inlines that are not emphasis, each with the emphases that contain it."""
    for inline in content:
        if isinstance(inline, model.Strong | model.Emphasis):
            yield from _leaves(inline.content, (*emphases, type(inline)))
        else:
            yield inline, emphases


def _style(emphases: Emphases, otherwise: str = "") -> list[Any]:
    """Return the character style of emphasis, or another one without emphasis: a run has only one."""
    name = _EMPHASIS_STYLES.get(emphases, otherwise)
    return [w("rStyle", val=name)] if name else []


def tighten(runs: Iterable[Any], spacing: int) -> None:
    """Set the letters of runs that far apart, in twentieths of a point."""
    for each in chain.from_iterable(one.iter(w("r").tag) for one in runs):
        look = each.find(w("rPr").tag)
        if look is None:
            each.insert(0, look := w("rPr"))
        look.insert(sum(one.tag == w("rStyle").tag for one in look), w("spacing", val=str(spacing)))


def _raised(emphases: Emphases, otherwise: str = "") -> list[Any]:
    return [*_style(emphases, otherwise), w("vertAlign", val="superscript")]


def _would_be_stripped(characters: str, first: bool, last: bool) -> bool:
    """Return whether the reader would strip white space from a text that is first or last in its paragraph."""
    return (first and characters != characters.lstrip(SPACE)) or (last and characters != characters.rstrip(SPACE))
