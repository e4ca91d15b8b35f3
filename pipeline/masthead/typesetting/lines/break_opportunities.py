"""Whether a line may break within a text, cached by text and language.

WeasyPrint asks Pango for every two adjacent boxes of a line, and for every text when it computes minimum widths.
"""

from __future__ import annotations

from functools import lru_cache

from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.text import line_break

_MAX_LENGTH = 80  # letters; longer texts are not cached
_TEXTS = 2**14  # cached, at most half a kilobyte each


def can_break_text(text: str, lang: str | None) -> bool:
    """Return whether a line can break within `text`."""
    return _cached(text, lang) if len(text) <= _MAX_LENGTH else bool(_stock_can_break_text(text, lang))


_stock_can_break_text = line_break.can_break_text
_cached = lru_cache(_TEXTS)(_stock_can_break_text)


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(line_break.can_break_text, can_break_text)
