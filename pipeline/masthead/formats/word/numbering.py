"""Automatic numbers as Word prints them, from the counters of `numbering.xml` (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from masthead.document import Language, locales
from masthead.formats.word.xml import child, integer, is_on, qn, value

_LEVELS = 9
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ALPHABETS = {
    "lowerLetter": ascii_lowercase,
    "upperLetter": ascii_uppercase,
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
_BULLET = "•"


class Numbering:
    """The lists of one document. It must be asked paragraph by paragraph, in order."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, _List] = {}
        if root is not None:
            self._read(root)

    def number(self, instance: str, level: int) -> str:
        """Count a paragraph of this list and level, and return what Word prints before it, empty if nothing.

        A bullet is `•`, whatever sign a symbol font makes of it.
        """
        found = self._lists.get(instance)
        return found.number(min(max(level, 0), _LEVELS - 1)) if found else ""

    def _read(self, root: Any) -> None:
        abstract = {element.get(qn("w:abstractNumId")): element for element in root.iter(qn("w:abstractNum"))}
        styled = {value(element, "w:styleLink"): element for element in abstract.values()}
        counters: dict[str, list[int | None]] = {}
        for instance in root.iter(qn("w:num")):
            key = value(instance, "w:abstractNumId")
            element = abstract.get(key)
            if element is not None and (link := value(element, "w:numStyleLink")):
                element = styled.get(link)
            if element is not None:
                levels = {integer(level.get(qn("w:ilvl"))): level for level in element.iter(qn("w:lvl"))}
                counter = counters.setdefault(str(key), [None] * _LEVELS)
                self._lists[str(instance.get(qn("w:numId")))] = _List(levels, counter, instance)


class _List:
    """One list: its levels, with what its instance overrides, and the counters that it shares with other instances."""

    def __init__(self, levels: Mapping[int, Any], counter: list[int | None], instance: Any) -> None:
        self._levels = dict(levels)
        self._counter = counter
        self._starts: dict[int, int] = {}
        for override in instance.iter(qn("w:lvlOverride")):
            level = integer(override.get(qn("w:ilvl")))
            for each in override.iter(qn("w:lvl")):
                self._levels[level] = each
            if (start := value(override, "w:startOverride")) is not None:
                self._starts[level] = integer(start, 1)

    def number(self, level: int) -> str:
        counter = self._counter
        if level in self._starts:
            counter[level] = self._starts.pop(level)
        else:
            held = counter[level]
            counter[level] = self._start(level) if held is None else held + 1
        for deeper in range(level + 1, _LEVELS):
            restart = value(self._levels.get(deeper), "w:lvlRestart")
            if restart is None or level < integer(restart):
                counter[deeper] = None
        if self._format(level) == "bullet":
            return _BULLET
        legal = is_on(child(self._levels.get(level), "w:isLgl"))  # all numbers of higher levels in decimal

        def written(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            held = counter[place]
            form = "decimal" if legal and place != level else self._format(place)
            return format_number(self._start(place) if held is None else held, form)

        return re.sub(r"%([1-9])", written, value(self._levels.get(level), "w:lvlText") or "").strip()

    def _start(self, level: int) -> int:
        return integer(value(self._levels.get(level), "w:start"), 1)

    def _format(self, level: int) -> str:
        return value(self._levels.get(level), "w:numFmt") or "decimal"


def format_number(number: int, form: str) -> str:
    """Return a number in one of the formats of ECMA-376, 17.18.59, in decimal if the format is not supported."""
    if letters := _ALPHABETS.get(form):
        return _letter(number, letters)
    match form:
        case "none":
            return ""
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "arabicAbjad":
            return _letter(number, locales.load(Language.ARABIC).word("marks", "letters"))
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting":
            ordinals = locales.load(Language.CHINESE).word("marks", "ordinals")
            return str(ordinals[number - 1]) if 0 < number <= len(ordinals) else str(number)
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    """Return a number as a roman numeral, in decimal from 400 on, which no list reaches."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    signs = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    return str(number) if not 0 < number < 400 else "c" * hundreds + signs[tens] + locales.roman(units)


def _letter(number: int, letters: Sequence[str]) -> str:
    """Return the letter for a number; after the last letter they are doubled, then tripled: aa, bb."""
    rounds, place = divmod(number - 1, len(letters))
    return "" if number < 1 else letters[place] * min(rounds + 1, 9)
