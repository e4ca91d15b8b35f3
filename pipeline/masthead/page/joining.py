"""Whether Arabic letters join, by the letter table of arabic-reshaper."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from arabic_reshaper.letters import LETTERS_ARABIC, connects_with_letter_after, connects_with_letter_before

ZWJ = "\u200d"
LAM = frozenset("\u0644\u06b5\u06b6\u06b7\u06b8")
ALEF = frozenset("\u0622\u0623\u0625\u0627\u0671\u0672\u0673\u0675")


@lru_cache(maxsize=4096)
def is_mark(char: str) -> bool:
    """Return whether `char` is a mark on a letter, which is ignored when letters join."""
    return unicodedata.category(char) in ("Mn", "Me")


def letters_join(before: str, after: str) -> bool:
    """Return whether the last letter of `before` joins the first letter of `after`."""
    left = next((char for char in reversed(before) if not is_mark(char)), "")
    right = next((char for char in after if not is_mark(char)), "")
    return bool(connects_with_letter_after(left, LETTERS_ARABIC) and connects_with_letter_before(right, LETTERS_ARABIC))
