"""The UAX #9 embedding levels of a paragraph, by python-bidi. Isolates are handled here.

The Rust core of python-bidi has a defect where brackets follow an isolate: rule N0 takes the last strong letter before
the brackets as their context, the core the first one of the run before the isolate (docs/upstream/levels.md). But an
isolate is a neutral to the text around it, and its content a paragraph of its own (X5a to X6a, X10). So each content is
resolved separately, and the core never meets an isolate.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import compress, groupby, islice
from operator import itemgetter
from typing import TypeVar

from bidi import get_display

from masthead.document import Direction, Language, numbers

Thing = TypeVar("Thing")
EMBEDDINGS = frozenset("\u202a\u202b\u202c\u202d\u202e")
ISOLATES = frozenset("\u2066\u2067\u2068\u2069")

_RLI, _FSI, _PDI = "\u2067", "\u2068", "\u2069"
_NEUTRAL = "\ufffc"
_ISOLATE = re.compile("[\u2066-\u2069]")
_WEAK = {"ES", "ET", "CS", "NSM", "BN", "WS", "ON"}
_PLAIN = {Direction.LTR: _WEAK | {"L", "EN"}, Direction.RTL: _WEAK | {"R", "AL"}}
"""If a text has only these classes, all its characters have the paragraph's own level (W1 to W7, N1, N2, I1, I2)."""

# For speed: all rules treat consecutive Arabic letters (W1 to W7) and the spaces between them (N1) alike, so that one
# letter can stand in for a whole sequence.
_WORDS = re.compile("([\u0620-\u064a][\u0620-\u064a ]*[\u0620-\u064a])")
# The core reports levels only in its debug output.
_BEFORE, _LEVEL, _AFTER = "\n    levels: [\n", "        Level(\n            0,\n        ),\n", "    ],\n    paragraphs:"
_NUMBER = re.compile(r"\d+")
_FIRST = bytes(byte & 0xC0 != 0x80 for byte in range(256))  # whether a byte is the first of a character
_DEEPEST = 60  # nested isolates: each adds at most two levels, and the highest level is 125 (BD2)


def resolve_levels(text: str, base: Direction) -> list[int]:
    """Return the UAX #9 level of each character of one paragraph, before rule L1.

    Text that also has embeddings or overrides, or isolates nested more than 60 deep, is left to the core.
    """
    if ISOLATES.isdisjoint(text):
        return _core(text, base)
    contents = list(_contents(text))
    outer = list(text)
    for start, end in contents:
        outer[start:end] = _NEUTRAL * (end - start)
    if not EMBEDDINGS.isdisjoint(outer) or _depth(text) > _DEEPEST:
        return _core(text, base)
    result = _core(_ISOLATE.sub(_NEUTRAL, "".join(outer)), base)
    for start, end in contents:
        inside = text[start:end]
        direction = _direction(text[start - 1], inside)
        parity = int(direction is Direction.RTL)
        level = int(base is Direction.RTL) + 1
        lift = level + (level - parity) % 2 - parity
        result[start:end] = (each + lift for each in resolve_levels(inside, direction))
    return result


def resolve_printed(text: str, language: Language) -> list[int]:
    """Return the level of each character of a printed paragraph. Each number is a unit with its own direction."""
    if language.direction is Direction.LTR:
        return resolve_levels(text, language.direction)
    controlled, places = numbers.isolate_numbers(text, language)
    levels = resolve_levels(controlled, language.direction)
    return [levels[place] for place in places]


def _contents(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the content of each outermost isolate begins and ends: at its PDI, or with the paragraph (BD9)."""
    depth = start = 0
    for found in _ISOLATE.finditer(text):
        if found[0] == _PDI:
            if depth == 1:
                yield start, found.start()
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth == 1:
                start = found.end()
    if depth:
        yield start, len(text)


def _depth(text: str) -> int:
    deepest = depth = 0
    for char in _ISOLATE.findall(text):
        depth = max(0, depth - 1) if char == _PDI else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _direction(initiator: str, inside: str) -> Direction:
    """Return the direction of an isolate. For FSI the first strong character outside isolates decides (P2, P3, X5c)."""
    if initiator != _FSI:
        return Direction.RTL if initiator == _RLI else Direction.LTR
    depth = 0
    for char in inside:
        if char in ISOLATES:
            depth += -1 if char == _PDI else 1
        elif not depth and (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL"):
            return Direction.LTR if kind == "L" else Direction.RTL
    return Direction.LTR


def _core(text: str, base: Direction) -> list[int]:
    if _PLAIN[base].issuperset(map(unicodedata.bidirectional, set(text))):
        return [int(base is Direction.RTL)] * len(text)
    parts = _WORDS.split(text)  # sequences of Arabic words at the odd indices
    result: list[int] = []
    found = iter(_resolved("".join([part[:1] if place % 2 else part for place, part in enumerate(parts)]), base))
    for place, part in enumerate(parts):
        result += [next(found)] * len(part) if place % 2 else islice(found, len(part))
    return result


def _resolved(text: str, base: Direction) -> list[int]:
    """Return the levels that the core prints. It prints one for each byte of UTF-8, up to four for a character."""
    dump = get_display(text, base_dir="R" if base is Direction.RTL else "L", debug=True)
    printed = dump[dump.index(_BEFORE) + len(_BEFORE) : dump.index(_AFTER)]
    data = text.encode()
    short = len(printed) == len(data) * len(_LEVEL)  # every level has one digit
    each = printed[_LEVEL.index("0") :: len(_LEVEL)] if short else _NUMBER.findall(printed)
    return list(map(int, compress(each, data.translate(_FIRST))))


def reorder(things: Sequence[Thing], levels: Sequence[int]) -> list[Thing]:
    """Reorder by rule L2 of UAX #9: from the highest level down to 1, reverse each run of that level or higher."""
    if len(set(levels)) == 1:
        return [*(reversed(things) if levels[0] % 2 else things)]
    runs: list[tuple[int, Sequence[Thing]]] = []
    start = 0
    for level, same in groupby(levels):
        end = start + len([*same])
        runs.append((level, things[start:end]))
        start = end
    for floor in range(max(levels, default=0), 0, -1):
        high = [level >= floor for level, _ in runs]
        stretches = [[run for _, run in same] for _, same in groupby(zip(high, runs, strict=True), itemgetter(0))]
        runs = [run for stretch in stretches for run in (stretch[::-1] if stretch[0][0] >= floor else stretch)]
    return [thing for level, run in runs for thing in (reversed(run) if level % 2 else run)]
