"""The calls of notes: which numbers of a text stood raised.

The text of a PDF does not show which numbers were superscript. But each note must be called on its page, in the order
of the notes. If more than one number can be the call, the likeliest is taken, with a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from operator import itemgetter
from typing import TypeAlias

from masthead.document import WESTERN, NoteCall, Severity
from masthead.document.references import Doubt
from masthead.formats.extract.pages import HINT, PageLine
from masthead.formats.styled.spans import Span

CALL = re.compile("\x02(\\*{1,3}|\\d{1,3})\x03")
"""A call that has been found, as it is marked in the text until the text becomes spans."""

_RAISED = r"(?<=[^\W\d_][.;:…؛؟。；：])|(?<=[)\]”’»][.;:…؛؟。；：])|(?<=[.;:?!…؛؟。；：][”’»)])"
_AT_END = re.compile(rf"(?:\x02[^\x03]*\x03)+$|(?:{_RAISED})\d{{1,3}}$")
_AT_END_APART = re.compile(rf"(?:{_RAISED}) \d{{1,3}}$")
_CALL = r"(?P<call>\d{1,3})(?!\d)"
_CJK_MARKS = "。，；：！？、》〉」』）"
_CJK = r"[\u3000-\u9fff\uff00-\uffef]"


class _Rank(IntEnum):
    """The surroundings of a number that may be a call, the likeliest first."""

    RAISED = 0  # right after a word or its punctuation
    AFTER_MARK = 1  # with a space between
    AFTER_LAST = 2  # after a space and the last word of a clause
    AFTER_WORD = 3
    AFTER_FIGURE = 4  # right after capitals or figures
    IN_FIGURE = 5  # after a year, like a fifth figure


_COSTS = {rank: rank.value for rank in _Rank}
_COUNTING = (_Rank.RAISED, _Rank.AFTER_MARK, _Rank.AFTER_FIGURE)  # where figures that count on are calls
_UNSEEN = 2  # by which they count on: one may be elsewhere
_LOST = 20  # the cost of a note without a call
_TOP, _BOTTOM = (0, -1), (1 << 30, 0)

_PLACES = (
    (_Rank.RAISED, re.compile(rf"(?<=[^\W\d_A-ZА-Я])[.,;:!?”’»)\]،؛{_CJK_MARKS}]*(?<!\d){_CALL}(?![\w/.-]\w)")),
    (_Rank.RAISED, re.compile(rf"(?<=\w)[;”’»)\]]+{_CALL}(?![\w/.-]\w)")),
    (_Rank.RAISED, re.compile(rf"(?<={_CJK})\s{_CALL}")),
    (_Rank.AFTER_MARK, re.compile(rf"(?<=[.,;:”’»)\]،])\s{_CALL}(?=\s|$)")),
    (_Rank.AFTER_MARK, re.compile(r"(?<=\d),(?P<call>\d\d?)(?=\s|$)")),
    (_Rank.AFTER_LAST, re.compile(rf"(?<=[\w)])\s{_CALL}(?=[.,;:]|$)")),
    (_Rank.AFTER_LAST, re.compile(rf"[^\W\d_]\s\d{{1,3}}\s{_CALL}(?=\s[^\W\d_])")),  # Phase 2 3 Support
    (_Rank.AFTER_WORD, re.compile(rf"(?<=\w)\s{_CALL}(?=\s)")),
    (_Rank.AFTER_FIGURE, re.compile(rf"(?<=[\w+%])[.,;:”’»)\]]*(?<!\d){_CALL}(?!\w)")),
    (_Rank.IN_FIGURE, re.compile(rf"(?<!\d)(?:19|20)\d\d{_CALL}(?!\w)")),
)
_FRAMED = ((_Rank.RAISED, re.compile(r"(?<=\S)(?P<call>\(\d{1,3}\))")),)
_ASTERISKS = (
    (_Rank.RAISED, re.compile(r"(?<=[^\s*])(?P<call>\*{1,3})(?!\*)")),
    (_Rank.AFTER_WORD, re.compile(r"(?<=\w)\s(?P<call>\*{1,3})(?=\s|$)")),
)
_SYMBOL = 60  # characters
_INSIDE = re.compile(r"/[^\s,;]*(?:\w|(?<!\d{4})\.)\Z")  # of a symbol, but not after one that ends in a year
# Before a number that is no call: a unit of which it is a power (40 km2), and a number of which it continues the list.
_UNIT = re.compile(r"\d[\s\d.,]*(?:[^\W\d_]{6,10} )?(?:de )?[kcdmкс]?[mм]\s?\Z")
_LISTED = re.compile(r"(?<![\d.,])\d{1,3},\s\Z"), re.compile(r",?\s(?:[^\W\d_]{1,3}\s)?\d")
# What must surround a number (here \0) for a repeated call of a note.
_REPEATED = {
    _Rank.RAISED: re.compile(
        r"[^\W\d_]{3}[,;:”’»)\]،؛，；]*\0(?=[\s.,;:)]|$)|[^\W\d_]{3}\.\0(?=$|\s+[^\W\d_])" rf"|{_CJK} ?\0(?!\d)"
    ),
    _Rank.AFTER_MARK: re.compile(r"[^\W\d_]{3}[”’»)]\s\0 (?=[^\W\d_A-ZА-Я]{4})|\d,\0$"),  # not: 3 posts, 2 officers
}
_DOUBTFUL = re.compile(r" (?=[^\W\d_A-ZА-Я]{2})")

Doubts = list[tuple[int, Doubt]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a call may be: its rank, its line and column, its end, and the label of the note."""

    rank: _Rank
    at: tuple[int, int]
    stop: int
    label: str


_Choice: TypeAlias = "tuple[int, _Place, _Choice] | None"  # a note, its place, and the choice before it


def spans_of(text: str) -> list[Span]:
    """Return a text and the calls marked in it as spans."""
    pieces = enumerate(CALL.split(text))
    return [Span(inline=call_of(piece)) if at % 2 else Span(piece) for at, piece in pieces if piece]


def call_of(label: str) -> NoteCall:
    """Return the call of the note with this label."""
    return NoteCall(int(label)) if label.isdecimal() else NoteCall(len(label), asterisk=True)


def before_call(text: str, *, apart: bool = False) -> str:
    """Return a text without the calls at its end: those that were found, or a raised figure whose note is missing.

    The figure comes right after a mark; with `apart`, a space may be between them.
    """
    text = _AT_END.sub("", text)
    return _AT_END_APART.sub("", text) if apart else text


def find_calls(
    page: Sequence[PageLine], labels: Sequence[str], known: Sequence[str], months: re.Pattern[str], *, framed: bool
) -> tuple[list[PageLine], list[str], Doubts]:
    """Mark the calls of the notes of a page, and repeated calls of notes that are `known` from earlier pages.

    Return the lines, the labels without a call, and the doubts with their lines. A number before one of the `months`
    is a day. `framed` says that calls are in parentheses.
    """
    if not labels and not known:
        return list(page), [], []
    places, doubts, missing, found = _places(page, months, framed=framed), Doubts(), list[str](), list[_Place]()
    numbers = [label for label in labels if label.isdecimal()]
    chosen = _in_order([places[label] for label in numbers])
    bounds = dict(zip(numbers, _bounds(chosen), strict=True))
    for label in labels:
        low, high = bounds.get(label, (_TOP, _BOTTOM))
        between = [place for place in places[label] if low < place.at < high]
        if not between:
            missing.append(label)
            continue
        best, is_sure = _best(between)
        if not is_sure:
            doubts.append((page[best.at[0]].number, _guessed(label, page[best.at[0]].text, best.at[1])))
        found.append(best)
    for label in known:
        for place in places[label]:
            line, start = page[place.at[0]], place.at[1]
            if framed or _is_repeated(line, place):
                doubts.append((line.number, _repeated(label, line.text, start)))
                found.append(place)
            elif _may_be_repeated(line, place):
                doubts.append((line.number, _left(label, line.text, start)))
    lines = list(page)
    for place in sorted(found, key=lambda place: place.at, reverse=True):
        lines[place.at[0]] = _marked(lines[place.at[0]], place)
    return lines, missing, doubts


def uncalled(page: Sequence[PageLine], last: int, months: re.Pattern[str], *, framed: bool) -> list[tuple[int, str]]:
    """Return the lines and labels of raised figures that count on from `last`, as the calls of missing notes do.

    Calls that were found are marked, and are none of them.
    """
    places = [place for held in _places(page, months, framed=framed).values() for place in held]
    found: list[tuple[int, str]] = []
    for place in sorted(places, key=lambda place: place.at):
        further = int(place.label) - last if place.label.isdecimal() else 0
        counts = 0 < further <= _UNSEEN and place.rank in _COUNTING
        if counts if found else further == 1 and place.rank is _Rank.RAISED:
            found.append((page[place.at[0]].number, place.label))
            last += further
    return found


def _in_order(candidates: Sequence[Sequence[_Place]]) -> list[_Place | None]:
    """Return a place for each note, in the order of the text: the likeliest of all choices, and the first of equals.

    A note for which no place is left gets None. `reached` are the ends of the choices so far, from the top of the page
    on: each is likelier than those above it.
    """
    reached: list[tuple[tuple[int, int], int, _Choice]] = [(_TOP, 0, None)]
    for note, places in enumerate(candidates):
        added = []
        for place in places:
            _, cost, before = reached[bisect_left(reached, place.at, key=itemgetter(0)) - 1]
            added.append((place.at, cost + _COSTS[place.rank] - _LOST, (note, place, before)))
        for state in added:
            at = bisect_left(reached, state[0], key=itemgetter(0))
            if reached[at - 1][1] <= state[1]:
                continue
            end = at
            while end < len(reached) and reached[end][1] >= state[1]:
                end += 1
            reached[at:end] = [state]
    chosen: list[_Place | None] = [None] * len(candidates)
    choice = reached[-1][2]
    while choice is not None:
        note, place, choice = choice
        chosen[note] = place
    return chosen


def _bounds(chosen: Sequence[_Place | None]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield, for each note, the places between which it is called: those of its neighbours."""
    for note in range(len(chosen)):
        low = next((place.at for place in reversed(chosen[:note]) if place), _TOP)
        high = next((place.at for place in chosen[note + 1 :] if place), _BOTTOM)
        yield low, high


def _best(places: Sequence[_Place]) -> tuple[_Place, bool]:
    """Return the likeliest of the places where a note may be called, and whether it is clearly that."""
    best = min(places, key=lambda place: (place.rank, place.at))
    alone = sum(place.rank is best.rank for place in places) == 1
    return best, best.rank is _Rank.RAISED or (alone and best.rank <= _Rank.AFTER_LAST)


def _is_repeated(line: PageLine, place: _Place) -> bool:
    form = _REPEATED.get(place.rank)
    around = f"{line.text[: place.at[1]]}\0{line.text[place.stop :]}"
    return form is not None and form.search(around) is not None


def _may_be_repeated(line: PageLine, place: _Place) -> bool:
    before, after = line.text[: place.at[1]], line.text[place.stop :]
    if place.rank is _Rank.AFTER_WORD:
        return _DOUBTFUL.match(after) is not None
    ends = not after.strip()[:1].isalnum() or _DOUBTFUL.match(after) is not None
    return place.rank is _Rank.AFTER_MARK and before.rstrip().endswith(",") and ends


def _marked(line: PageLine, place: _Place) -> PageLine:
    before, after = line.text[: place.at[1]].rstrip(), line.text[place.stop :]
    return replace(line, text=f"{before}\x02{place.label}\x03{after}")


def _places(lines: Sequence[PageLine], months: re.Pattern[str], *, framed: bool) -> Mapping[str, Sequence[_Place]]:
    """Return the places where calls can be by their labels, each in order."""
    places: dict[str, list[_Place]] = defaultdict(list)
    forms = (*(_FRAMED if framed else _PLACES), *_ASTERISKS)
    for at, line in enumerate(lines):
        western = line.text.translate(WESTERN)
        taken: set[int] = set()
        for rank, form in forms:
            for found in form.finditer(western):
                start, stop = found.span("call")
                inside = rank is not _Rank.IN_FIGURE and _INSIDE.search(western, max(0, start - _SYMBOL), start)
                if start not in taken and not inside and not _counts(western, start, stop, months):
                    taken.add(start)
                    label = found["call"].strip("()")
                    places[label].append(_Place(rank, (at, start), stop, label))
    for held in places.values():
        held.sort(key=lambda place: place.at)
    return places


def _counts(text: str, start: int, stop: int, months: re.Pattern[str]) -> bool:
    """Return whether a number is a day, the power of a unit, or one of a list: `phases 2, 3 and 4`."""
    if months.match(text, stop):
        return True
    before = text[max(0, start - _SYMBOL) : start]
    power = text[start:stop] in ("2", "3") and _UNIT.search(before)
    return bool(power or (_LISTED[0].search(before) and _LISTED[1].match(text, stop)))


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
