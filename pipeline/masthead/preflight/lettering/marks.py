"""The marks that a text wants, found among those that its glyphs can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from masthead.pdf import Meaning


def has_marks(drawn: Iterable[Meaning], wanted: Counter[str]) -> bool:
    """Whether what is drawn are the marks wanted, each of them once."""
    return all(take_mark(mark, wanted) for mark in sorted(drawn, key=surest)) and not +wanted


def surest(mark: Meaning) -> int:
    """The key by which marks are looked at: those that can be little else first."""
    return len(mark.readings)


def take_mark(mark: Meaning, wanted: Counter[str]) -> bool:
    """Take one mark that a glyph can be from those wanted; tell whether there was one."""
    char = next((char for char in mark.marks if wanted[char]), None)
    if char is not None:
        wanted[char] -= 1
    return char is not None
