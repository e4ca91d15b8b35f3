"""What one glyph can stand for, as the judges of the script ask it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from masthead.bidi import CONTROLS
from masthead.joining import is_mark

Letter = tuple[str, str]
"""A character and the form it has here: init, medi, fina, isol, or nothing where it has none of its own."""

Reading = tuple[Letter, ...]
"""What one glyph stands for: a letter as a rule, several in a ligature, in logical order, none in a piece of one."""

FORMS = frozenset(("init", "medi", "fina", "isol"))
PIECE: Reading = ()
TATWEEL = "\u0640"


@lru_cache(maxsize=4096)
def is_seen(char: str) -> bool:
    """Whether a character takes room of its own on the line: neither space, mark, tatweel nor control."""
    return not (char == TATWEEL or char.isspace() or is_mark(char) or is_control(char))


@lru_cache(maxsize=4096)
def is_control(char: str) -> bool:
    """Whether a character only tells how others are to be shown."""
    return char in CONTROLS or unicodedata.bidirectional(char) == "BN"


class Meaning:
    """What a glyph can stand for, by its font: `readings`, and what follows from them.

    `count` is the number of letters seen that it stands for at least; one where the font does not say. `is_piece` says
    that it may be part of a letter, `is_space` that it may be one. `marks` are those that it can be. `forms` are the
    forms in which it can be a single letter; in none of its own, it is isolated too. `ligatures` are its readings of
    several letters seen, the shortest first.
    """

    __slots__ = ("count", "forms", "is_piece", "is_space", "ligatures", "marks", "readings")

    def __init__(self, readings: frozenset[Reading]) -> None:
        self.readings = readings
        seen = sorted({tuple(letter for letter in reading if is_seen(letter[0])) for reading in readings})
        self.count = min(map(len, seen), default=1)
        self.is_piece = PIECE in readings
        self.is_space = any(char.isspace() for reading in readings for char, _ in reading)
        self.marks = frozenset(reading[0][0] for reading in readings if len(reading) == 1 and is_mark(reading[0][0]))
        forms: dict[str, set[str]] = defaultdict(set)
        for reading in seen:
            if len(reading) == 1:
                forms[reading[0][0]] |= forms_shown(reading[0][1])
        self.forms: Mapping[str, frozenset[str]] = {char: frozenset(found) for char, found in forms.items()}
        self.ligatures = tuple(sorted((reading for reading in seen if len(reading) > 1), key=len))


def forms_shown(form: str) -> frozenset[str]:
    """The forms that a letter drawn in `form` may be wanted in: what has no form of its own is isolated."""
    return frozenset((form,)) if form in FORMS else frozenset((form, "isol"))
