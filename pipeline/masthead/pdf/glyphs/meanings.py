"""What one glyph can stand for, as the judges of the script ask it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from masthead.page import CONTROLS, joining

Letter = tuple[str, str]
"""A character and the form it has here: init, medi, fina, isol, or nothing where it has none of its own."""

Reading = tuple[Letter, ...]
"""What one glyph stands for: a letter as a rule, several in a ligature, in logical order, none in a piece of one."""

FORMS = frozenset(("init", "medi", "fina", "isol"))
PIECE: Reading = ()
TATWEEL = "\u0640"


Sign = frozenset[str]
"""What one thing drawn can be taken for: letters with their forms behind them, marks, a space; nothing if unsure."""

SPACE: Sign = frozenset(" ")
UNSURE: Sign = frozenset()

WORDS_APART = 0.2  # of the size: certainly apart without a space glyph; the judge of order draws the line at 0.12


@lru_cache(maxsize=4096)
def is_seen(char: str) -> bool:
    """Whether a character takes room of its own on the line: neither space, mark, tatweel nor control."""
    return not (char == TATWEEL or char.isspace() or joining.is_mark(char) or is_control(char))


@lru_cache(maxsize=4096)
def is_control(char: str) -> bool:
    """Whether a character only tells how others are to be shown."""
    return char in CONTROLS or unicodedata.bidirectional(char) == "BN"


class Meaning:
    """What a glyph can stand for, by its font: `readings`, and what follows from them.

    `count` is the number of letters seen that it stands for at least; one where the font does not say. `is_piece` says
    that it may be part of a letter, `is_base` that it is one or more, `is_mark` that it may be a mark, `is_space` that
    it may be a space. `marks` are those that it can be. `forms` are the forms in which it can be a single letter; in
    none of its own, it is isolated too. `ligatures` are its readings of several letters seen, the shortest first.
    `signs` are what it is taken for at a glance, from left to right.
    """

    __slots__ = ("count", "forms", "is_base", "is_mark", "is_piece", "is_space", "ligatures", "marks", "readings",
                 "signs")  # fmt: skip

    def __init__(self, readings: frozenset[Reading]) -> None:
        self.readings = readings
        seen = sorted({tuple(letter for letter in reading if is_seen(letter[0])) for reading in readings})
        self.count = min(map(len, seen), default=1)
        self.is_piece = PIECE in readings
        self.is_base = self.count > 0 and not self.is_piece
        self.is_space = any(char.isspace() for reading in readings for char, _ in reading)
        self.marks = frozenset(
            reading[0][0] for reading in readings if len(reading) == 1 and joining.is_mark(reading[0][0])
        )
        self.is_mark = bool(self.marks) and not self.is_piece
        forms: dict[str, set[str]] = defaultdict(set)
        for reading in seen:
            if len(reading) == 1:
                forms[reading[0][0]] |= forms_shown(reading[0][1])
        self.forms: Mapping[str, frozenset[str]] = {char: frozenset(found) for char, found in forms.items()}
        self.ligatures = tuple(sorted((reading for reading in seen if len(reading) > 1), key=len))
        self.signs = self._signs()

    def _signs(self) -> tuple[Sign, ...]:
        if not self.is_base:
            return (SPACE,) if self.is_space else ()
        if not self.ligatures:
            return (frozenset(char + form for char, forms in self.forms.items() for form in ("", *forms)),)
        if self.forms or len(self.ligatures) > 1:
            return (UNSURE,)
        (reading,) = self.ligatures
        signs = [frozenset((char, *(char + shown for shown in forms_shown(form)))) for char, form in reading]
        return tuple(signs[::-1] if unicodedata.bidirectional(reading[0][0]) in ("R", "AL") else signs)


def forms_shown(form: str) -> frozenset[str]:
    """The forms that a letter drawn in `form` may be wanted in: what has no form of its own is isolated."""
    return frozenset((form,)) if form in FORMS else frozenset((form, "isol"))
