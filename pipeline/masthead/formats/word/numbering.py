"""Automatic numbers, as Word prints them: the counters of `numbering.xml` run through the document (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from masthead.document import Language, locales
from masthead.formats.word.elements import integer, qn, switch, value

_DEEPEST = 9
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_BULLET = "•"


class Numbering:
    """The lists of one document; asked paragraph by paragraph, in order."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, _List] = {}
        if root is not None:
            self._read(root)

    def number(self, instance: str, level: int) -> str:
        """Count a paragraph of this list and level; return what Word prints before it, empty where it prints nothing.

        A bullet is `•`, whatever sign a font of symbols makes of it.
        """
        found = self._lists.get(instance)
        return found.number(min(max(level, 0), _DEEPEST - 1)) if found else ""

    def _read(self, root: Any) -> None:
        abstract = {element.get(qn("w:abstractNumId")): element for element in root.iter(qn("w:abstractNum"))}
        styled = {
            str(value(element, "w:styleLink")): element
            for element in abstract.values()
            if value(element, "w:styleLink")
        }
        counters: dict[str, list[int | None]] = {}
        for instance in root.iter(qn("w:num")):
            key = value(instance, "w:abstractNumId")
            element = abstract.get(key)
            if element is not None and (link := value(element, "w:numStyleLink")):
                element = styled.get(link)
            if element is not None:
                levels = {integer(level.get(qn("w:ilvl"))): level for level in element.iter(qn("w:lvl"))}
                counter = counters.setdefault(str(key), [None] * _DEEPEST)
                self._lists[str(instance.get(qn("w:numId")))] = _List(levels, counter, instance)


class _List:
    """One list: its levels, with what this instance of it overrides, and the counters that instances share."""

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
        for deeper in range(level + 1, _DEEPEST):
            restart = value(self._levels.get(deeper), "w:lvlRestart")
            if restart is None or level < integer(restart):
                counter[deeper] = None
        if self._format(level) == "bullet":
            return _BULLET
        legal = switch(self._levels.get(level), "w:isLgl")

        def written(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            held = counter[place]
            kind = "decimal" if legal and place != level else self._format(place)
            return shape(self._start(place) if held is None else held, kind)

        return re.sub(r"%([1-9])", written, value(self._levels.get(level), "w:lvlText") or "").strip()

    def _start(self, level: int) -> int:
        return integer(value(self._levels.get(level), "w:start"), 1)

    def _format(self, level: int) -> str:
        return value(self._levels.get(level), "w:numFmt") or "decimal"


def shape(number: int, form: str) -> str:
    """Write a number in one of the forms of ECMA-376, 17.18.59; in decimal where we know no better."""
    match form:
        case "none":
            return ""
        case "lowerRoman" | "upperRoman":
            numeral = _roman(number)
            return numeral.upper() if form == "upperRoman" else numeral
        case "lowerLetter" | "upperLetter":
            letter = _letter(number, "abcdefghijklmnopqrstuvwxyz")
            return letter.upper() if form == "upperLetter" else letter
        case "russianLower" | "russianUpper":
            letter = _letter(number, _RUSSIAN)
            return letter.upper() if form == "russianUpper" else letter
        case "arabicAlpha":
            return _letter(number, _ARABIC)
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
    """Roman numerals up to 399; beyond, no list goes."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    signs = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    return str(number) if not 0 < number < 400 else "c" * hundreds + signs[tens] + locales.roman(units)


def _letter(number: int, letters: Iterable[str]) -> str:
    """The letter of a number; behind the last one they are doubled."""
    signs = list(letters)
    return "" if number < 1 else signs[(number - 1) % len(signs)] * min(1 + (number - 1) // len(signs), 9)
