"""The cases of Unicode's bidi conformance files: a text, its base direction and the level of each character.

Needs the data files of Unicode, which Debian installs with `unicode-data`.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from masthead.document.terms import Direction

UNICODE = Path("/usr/share/unicode")

_SAMPLES = {
    "L": "a", "R": "\u05d0", "AL": "\u062f", "EN": "1", "ES": "-", "ET": "%", "AN": "\u0661", "CS": ",", "WS": " ",
    "ON": "!", "BN": "\u200b", "NSM": "\u20d6", "LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e",
    "PDF": "\u202c", "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
_COLLAPSES = re.compile(" [\u202a-\u202e\u2066-\u2069\u200b]+ ")


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    base: Direction
    levels: tuple[int | None, ...]


def data(name: str) -> Iterator[str]:
    """The lines of a Unicode data file, without comments."""
    path = UNICODE / name
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: apt install unicode-data")
    for line in path.read_text("utf-8").splitlines():
        if content := line.partition("#")[0].strip():
            yield content


def _levels(text: str) -> tuple[int | None, ...]:
    return tuple(None if level == "x" else int(level) for level in text.split())


@cache
def character_cases() -> tuple[Case, ...]:
    """BidiCharacterTest.txt, save its one case with a tab: CSS makes that a space before there are levels."""
    found = []
    for line in data("BidiCharacterTest.txt"):
        codes, _, base, levels, _ = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        if "\t" not in text:
            found.append(Case(text, (Direction.LTR, Direction.RTL)[int(base)], _levels(levels)))
    return tuple(found)


@cache
def type_cases() -> tuple[Case, ...]:
    """BidiTest.txt with one character for each class, save the cases that HTML changes before there are levels.

    Those have class B or S, or spaces with only controls between them, of which CSS keeps one.
    """
    found, levels = [], ()
    for line in data("BidiTest.txt"):
        if line.startswith("@Levels:"):
            levels = _levels(line[8:])
        elif not line.startswith("@"):
            classes, bits = line.split(";")
            text = "".join(_SAMPLES.get(name, "") for name in classes.split())
            if set(classes.split()) <= _SAMPLES.keys() and not _COLLAPSES.search(text):
                for bit, base in ((2, Direction.LTR), (4, Direction.RTL)):
                    if int(bits) & bit:
                        found.append(Case(text, base, levels))
    return tuple(found)


def stratified(cases: Sequence[Case], count: int, chance: random.Random) -> list[Case]:
    """`count` cases: the rare ones with controls or marks first, then equally by length, base and depth."""
    usual = set("()[]\u2680\u2681\u2682\u05d0\u05d1\u05d2abc")
    rare = [case for case in cases if not set(case.text) <= usual]
    strata: dict[tuple[object, ...], list[Case]] = defaultdict(list)
    for case in cases:
        if set(case.text) <= usual:
            strata[case.base, len(case.text), max((level or 0 for level in case.levels), default=0)].append(case)
    result = rare if len(rare) <= count else chance.sample(rare, count)
    lists = [chance.sample(stratum, len(stratum)) for stratum in strata.values()]
    while len(result) < count and any(lists):
        result += [stratum.pop() for stratum in lists if stratum][: count - len(result)]
    return result
