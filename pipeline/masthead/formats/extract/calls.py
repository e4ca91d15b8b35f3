"""The calls of notes: which numbers of a text stood raised.

In the text of a PDF a raised number is a number like any other. It is known by what it must be: each note is called on
its page, in the order of the notes. Where more than one number can be the call, the likeliest is taken, and told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import zip_longest

from masthead.document import WESTERN, NoteCall, Severity
from masthead.document.references import Doubt
from masthead.formats.extract.pages import HINT, PageLine
from masthead.formats.styled.spans import Span

CALL = re.compile("\x02(\\*{1,3}|\\d{1,3})\x03")
"""A call that has been found, while the text is read."""

_CALL = r"(?P<call>\d{1,3})(?!\d)"
_CJK_MARKS = "。，；：！？、》〉」』）"
_CJK = r"[\u3000-\u9fff\uff00-\uffef]"


class _Rank(IntEnum):
    """How a number stands that may be a call, the likeliest first."""

    RAISED = 0  # against a word or its punctuation
    BEHIND_MARK = 1  # room between
    BEHIND_LAST = 2  # room behind the last word of a clause
    BEHIND_WORD = 3
    BEHIND_FIGURE = 4  # against capitals and figures
    IN_FIGURE = 5  # behind a year, as if it were its fifth figure


_PLACES = (
    (_Rank.RAISED, re.compile(rf"(?<=[^\W\d_A-ZА-Я])[.,;:!?”’»)\]،؛{_CJK_MARKS}]*(?<!\d){_CALL}(?![\w/.-]\w)")),
    (_Rank.RAISED, re.compile(rf"(?<=\w)[;”’»)\]]+{_CALL}(?![\w/.-]\w)")),
    (_Rank.RAISED, re.compile(rf"(?<={_CJK})\s{_CALL}")),
    (_Rank.BEHIND_MARK, re.compile(rf"(?<=[.,;:”’»)\]،])\s{_CALL}(?=\s|$)")),
    (_Rank.BEHIND_MARK, re.compile(r"(?<=\d),(?P<call>\d\d?)(?=\s|$)")),
    (_Rank.BEHIND_LAST, re.compile(rf"(?<=\w)\s{_CALL}(?=[.,;:]|$)")),
    (_Rank.BEHIND_WORD, re.compile(rf"(?<=\w)\s{_CALL}(?=\s)")),
    (_Rank.BEHIND_FIGURE, re.compile(rf"(?<=[\w+%])[.,;:”’»)\]]*(?<!\d){_CALL}(?!\w)")),
    (_Rank.IN_FIGURE, re.compile(rf"(?<!\d)(?:19|20)\d\d{_CALL}(?!\w)")),
)
_FRAMED = ((_Rank.RAISED, re.compile(r"(?<=\S)(?P<call>\(\d{1,3}\))")),)
_ASTERISKS = (_Rank.RAISED, re.compile(r"(?<=[^\s*])(?P<call>\*{1,3})(?!\*)"))
_SYMBOL = 60  # characters
_INSIDE = re.compile(r"/[^\s,;]*[\w.]\Z")  # of a symbol
# What must stand around a number (here \0) for another call of a note.
_REPEATED = {
    _Rank.RAISED: re.compile(
        r"[^\W\d_]{3}[,;:”’»)\]،؛，；]*\0(?=[\s.,;:)]|$)|[^\W\d_]{3}\.\0(?=$|\s+[^\W\d_])" rf"|{_CJK} ?\0(?!\d)"
    ),
    _Rank.BEHIND_MARK: re.compile(r"[^\W\d_]{3}[,;”’»)]\s\0 (?=[^\W\d_A-ZА-Я]{4})|\d,\0$"),
}
_DOUBTFUL = re.compile(r" (?=[^\W\d_A-ZА-Я]{2})")

Told = list[tuple[int, Doubt]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a call may stand: how likely, the line with the column, and the end; and of which note."""

    rank: _Rank
    at: tuple[int, int]
    stop: int
    label: str


def spans_of(text: str) -> list[Span]:
    """A text with the calls that were found in it."""
    pieces = enumerate(CALL.split(text))
    return [Span(inline=call_of(piece)) if at % 2 else Span(piece) for at, piece in pieces if piece]


def call_of(label: str) -> NoteCall:
    """The call of a note with that mark."""
    return NoteCall(int(label)) if label.isdecimal() else NoteCall(len(label), asterisk=True)


def find_calls(
    page: Sequence[PageLine], labels: Sequence[str], known: Sequence[str], months: re.Pattern[str], *, framed: bool
) -> tuple[list[PageLine], list[str], Told]:
    """Mark the calls of the notes of a page, then repeated calls of notes that are `known`.

    Return the lines, the labels that are called nowhere in them, and what is doubtful, with its line. A number before
    one of the `months` is a day. `framed` says that calls stand in parentheses.
    """
    if not labels and not known:
        return list(page), [], []
    places, told, missing, found = _places(page, months, framed=framed), Told(), list[str](), list[_Place]()
    reached = (0, -1)
    for label, following in zip_longest(labels, labels[1:], fillvalue=""):
        behind = [place for place in places[label] if not label.isdecimal() or place.at > reached]
        if not behind:
            missing.append(label)
            continue
        best, is_sure = _best(behind, places[following], reached)
        if not is_sure:
            told.append((page[best.at[0]].number, _guessed(label, page[best.at[0]].text, best.at[1])))
        found.append(best)
        reached = best.at if label.isdecimal() else reached
    for label in known:
        for place in places[label]:
            line, start = page[place.at[0]], place.at[1]
            if framed or _is_repeated(line, place):
                told.append((line.number, _repeated(label, line.text, start)))
                found.append(place)
            elif _may_be_repeated(line, place):
                told.append((line.number, _left(label, line.text, start)))
    lines = list(page)
    for place in sorted(found, key=lambda place: place.at, reverse=True):
        lines[place.at[0]] = _marked(lines[place.at[0]], place)
    return lines, missing, told


def _best(places: Sequence[_Place], following: Iterable[_Place], reached: tuple[int, int]) -> tuple[_Place, bool]:
    """The likeliest place of a call before those of the `following` note, and whether no other is as likely."""
    surest = min((place.at for place in places if place.rank is _Rank.RAISED), default=reached)
    limit = min((place.at for place in following if place.rank is _Rank.RAISED and place.at > surest), default=None)
    before = [place for place in places if limit is None or place.at < limit] or places
    best = min(before, key=lambda place: (place.rank, place.at))
    alone = sum(place.rank is best.rank for place in before) == 1
    return best, best.rank is _Rank.RAISED or (alone and best.rank <= _Rank.BEHIND_LAST)


def _is_repeated(line: PageLine, place: _Place) -> bool:
    form = _REPEATED.get(place.rank)
    around = f"{line.text[: place.at[1]]}\0{line.text[place.stop :]}"
    return form is not None and form.search(around) is not None


def _may_be_repeated(line: PageLine, place: _Place) -> bool:
    before, behind = line.text[: place.at[1]], line.text[place.stop :]
    if place.rank is _Rank.BEHIND_WORD:
        return _DOUBTFUL.match(behind) is not None
    return place.rank is _Rank.BEHIND_MARK and before.endswith(",") and not behind.strip()[:1].isalnum()


def _marked(line: PageLine, place: _Place) -> PageLine:
    before, behind = line.text[: place.at[1]].rstrip(), line.text[place.stop :]
    return replace(line, text=f"{before}\x02{place.label}\x03{behind}")


def _places(lines: Sequence[PageLine], months: re.Pattern[str], *, framed: bool) -> Mapping[str, Sequence[_Place]]:
    """Where calls can stand, by their labels, each in order."""
    places: dict[str, list[_Place]] = defaultdict(list)
    forms = (*(_FRAMED if framed else _PLACES), _ASTERISKS)
    for at, line in enumerate(lines):
        western = line.text.translate(WESTERN)
        taken: set[int] = set()
        for rank, form in forms:
            for found in form.finditer(western):
                start, stop = found.span("call")
                inside = rank is not _Rank.IN_FIGURE and _INSIDE.search(western, max(0, start - _SYMBOL), start)
                if start not in taken and not inside and not months.match(western, stop):
                    taken.add(start)
                    label = found["call"].strip("()")
                    places[label].append(_Place(rank, (at, start), stop, label))
    for held in places.values():
        held.sort(key=lambda place: place.at)
    return places


def _shown(text: str, start: int) -> str:
    return f"“{text[max(0, start - 18) : start + 6].strip()}”"


def _guessed(label: str, text: str, start: int) -> Doubt:
    message = f"{label} in {_shown(text, start)} is read as the call of note {label}; other figures could be it"
    return Doubt("call-guessed", message, HINT)


def _repeated(label: str, text: str, start: int) -> Doubt:
    message = f"{label} in {_shown(text, start)} is read as another call of note {label}"
    return Doubt("call-guessed", message, HINT, Severity.NOTE)


def _left(label: str, text: str, start: int) -> Doubt:
    message = f"{label} in {_shown(text, start)} may be another call of note {label}; it is left as text"
    return Doubt("call-guessed", message, f"{HINT}; write [^{label}] in Markdown")
