"""Where words may be divided: the patterns of pyphen, as WeasyPrint uses them for `hyphens: auto`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from masthead.typesetting.engine.weasyprint.text import line_break


class Hyphenation:
    """How a style divides words: the `hyphen` that it draws, and where words of its language may be divided."""

    def __init__(self, hyphen: str, language: str, limits: tuple[int, int, int]) -> None:
        self.hyphen, self._language = hyphen.encode(), language
        self._shortest, left, right = limits
        self._patterns = line_break.pyphen.Pyphen(
            lang=line_break.pyphen.language_fallback(language), left=left, right=right
        )

    def divisions(self, text: str) -> list[int]:
        """Return the characters of a text before which a word may be divided, unless it is in capitals, as MINUSMA."""
        attributes = line_break.get_log_attrs(text, self._language)
        starts = [at for at in range(len(text)) if attributes[at].is_word_start]
        ends = [at for at in range(1, len(text) + 1) if attributes[at].is_word_end]
        words = (
            (start, text[start:end])
            for start, end in zip(starts, ends, strict=False)
            if end - start >= self._shortest and not text[start:end].isupper()
        )
        return [start + at for start, word in words for at in self._patterns.positions(word)]


def hyphenation(style: Any) -> Hyphenation | None:
    """Return how a style divides words; None if it does not, or if its language has no patterns."""
    language = style["lang"]
    if style["hyphens"] != "auto" or not (language and line_break.pyphen.language_fallback(language)):
        return None
    return _hyphenation(style["hyphenate_character"], language, style["hyphenate_limit_chars"])


@lru_cache
def _hyphenation(hyphen: str, language: str, limits: tuple[int, int, int]) -> Hyphenation:
    return Hyphenation(hyphen, language, limits)
