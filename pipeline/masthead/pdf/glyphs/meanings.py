"""What one glyph can stand for: letters in a form, ligatures, marks, a space."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from masthead.page import CONTROLS, joining

FormedLetter = tuple[str, str]
"""A character and the form that it has: init, medi, fina, isol, or an empty string for a letter without forms."""

Reading = tuple[FormedLetter, ...]
"""What one glyph stands for: usually one letter, several in logical order for a ligature, none for a piece of one."""

FORMS = frozenset(("init", "medi", "fina", "isol"))
PIECE: Reading = ()
TATWEEL = "\u0640"

Sign = frozenset[str]
"""What one visible thing can be: letters, each followed by its form, or a space; empty if that is uncertain."""

SPACE: Sign = frozenset(" ")
UNSURE: Sign = frozenset()

WORDS_APART = 0.2  # of the size: words this far apart are certainly separate; the rule on order takes 0.12


@lru_cache(maxsize=4096)
def is_seen(char: str) -> bool:
    """Whether a character has a place of its own on the line: it is not a space, mark, tatweel or control."""
    return not (char == TATWEEL or char.isspace() or joining.is_mark(char) or is_control(char))


@lru_cache(maxsize=4096)
def is_control(char: str) -> bool:
    """Whether a character only controls how others are shown."""
    return char in CONTROLS or unicodedata.bidirectional(char) == "BN"


class Meaning:
    """What a glyph can stand for, by its font: `readings`, and what follows from them.

    `count` is the least number of visible letters that it stands for; 1 where the font does not say. `is_base`: it is
    one letter or more, never a part of one; `is_mark`: it may be a mark; `is_space`: it may be a space. `marks` are the
    marks that it can be. `forms` are the forms in which it can be a single letter; one without a form of its own counts
    as isolated too. `ligatures` are its readings of several visible letters, the shortest first. `signs` are what it
    shows at a glance, from left to right.
    """

    __slots__ = ("count", "forms", "is_base", "is_mark", "is_space", "ligatures", "marks", "readings", "signs")

    def __init__(self, readings: frozenset[Reading]) -> None:
        self.readings = readings
        seen = sorted({tuple(letter for letter in reading if is_seen(letter[0])) for reading in readings})
        self.count = min(map(len, seen), default=1)
        self.is_base = self.count > 0 and PIECE not in readings
        self.is_space = any(char.isspace() for reading in readings for char, _ in reading)
        self.marks = frozenset(filter(joining.is_mark, (reading[0][0] for reading in readings if len(reading) == 1)))
        self.is_mark = bool(self.marks) and PIECE not in readings
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
    """Return the forms that a letter drawn in `form` satisfies: one without a form of its own is isolated too."""
    return frozenset((form,)) if form in FORMS else frozenset((form, "isol"))
