"""The marks of a text matched with the marks that its glyphs can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from masthead.pdf import Meaning


def has_marks(drawn: Iterable[Meaning], wanted: Counter[str]) -> bool:
    """Whether the marks drawn are exactly those wanted."""
    return all(take_mark(mark, wanted) for mark in sorted(drawn, key=ambiguity)) and not +wanted


def ambiguity(mark: Meaning) -> int:
    """Return the sort key by which marks are matched: those with the fewest readings first."""
    return len(mark.readings)


def take_mark(mark: Meaning, wanted: Counter[str]) -> bool:
    """Remove one mark that a glyph can be from those wanted; return whether there was one."""
    char = next((char for char in mark.marks if wanted[char]), None)
    if char is not None:
        wanted[char] -= 1
    return char is not None
