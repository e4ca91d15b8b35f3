"""Reports the regular expressions that take more than linear time when a hostile text is searched.

    python benchmarks/patterns.py [NAME …]

Each expression that a module of Masthead keeps (those whose name contains NAME) is given texts that repeat its own
characters and words, alone and in pairs, first short and then four times as long. Most of those reported are harmless:
they are matched only at the start of a text, or only with short ones. Look how each is used. Times are CPU times.
"""

from __future__ import annotations

import importlib
import itertools
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import masthead

PACKAGE = Path(masthead.__file__).parent
SHORT, GROWTH = 3000, 4  # characters; the factor of the long text
LINEAR = 9  # times as long for four times the text: 4 is linear, 16 quadratic
NOTABLE = 0.05  # seconds
_CATEGORIES = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "w"}


def patterns() -> dict[str, re.Pattern[Any]]:
    """Return the expressions that modules keep, by name, each once."""
    found: dict[re.Pattern[Any], str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        if "engine" in path.parts or path.name == "__main__.py":
            continue
        for key, value in vars(importlib.import_module(name)).items():
            several = (
                value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else [value]
            )
            for each in several:
                if isinstance(each, re.Pattern):
                    found.setdefault(each, f"{name}.{key}")
    return {name: each for each, name in found.items()}


def pieces(tree: Any) -> Iterator[str]:
    """Yield the characters and the words of which matches of an expression consist."""
    word = ""
    for code, value in tree:
        if code is codes.LITERAL:
            word += chr(value)
            yield chr(value)
            continue
        if len(word) > 1:
            yield word
        word = ""
        if code is codes.IN:
            yield from filter(None, (_character(*each) for each in value))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from pieces(value[2])
        elif code is codes.SUBPATTERN:
            yield from pieces(value[3])
        elif code is codes.ATOMIC_GROUP:
            yield from pieces(value)
        elif code is codes.BRANCH:
            yield from itertools.chain.from_iterable(map(pieces, value[1]))
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from pieces(value[1])
    if len(word) > 1:
        yield word


def _character(code: Any, value: Any) -> str:
    """A character that a member of a class matches."""
    if code is codes.LITERAL:
        return chr(value)
    return chr(value[0]) if code is codes.RANGE else _CATEGORIES.get(value, "")


def seconds(pattern: re.Pattern[Any], piece: str, length: int) -> float:
    """Return the CPU time of a search in a text that repeats `piece`."""
    text = piece * (length // len(piece))
    given = text.encode("utf-8", "ignore") if isinstance(pattern.pattern, bytes) else text
    begin = time.process_time()
    for _ in pattern.finditer(given):
        pass
    return time.process_time() - begin


def worst(pattern: re.Pattern[Any]) -> tuple[float, str]:
    """Return the longest time of those that grow faster than their text, and the piece that takes it; else zero."""
    known = list(dict.fromkeys([*pieces(parser.parse(pattern.pattern, pattern.flags)), "x", " "]))
    known = sorted(known, key=len)[:12] + sorted(known, key=len)[12:][-6:]
    found = (0.0, "")
    for piece in (*known, *("".join(pair) for pair in itertools.permutations(known, 2))):
        short = seconds(pattern, piece, SHORT)
        if short > NOTABLE / GROWTH**2:
            long = seconds(pattern, piece, SHORT * GROWTH)
            if long > LINEAR * short and long > max(found[0], NOTABLE):
                found = long, piece
    return found


def main() -> None:
    found = {name: each for name, each in patterns().items() if all(part in name for part in sys.argv[1:])}
    for name, pattern in found.items():
        time_taken, piece = worst(pattern)
        if time_taken:
            print(f"{time_taken:6.2f} s for {SHORT * GROWTH:,} characters: {name}, by {piece!r}", flush=True)
    print(f"{len(found)} expressions tried")


if __name__ == "__main__":
    main()
