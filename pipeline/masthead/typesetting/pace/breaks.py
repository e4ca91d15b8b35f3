"""Whether a line may break between two letters, asked once: by the letters and the language.

WeasyPrint asks it of every two boxes that meet in a line, and of every text that is as narrow as can be.
"""

from __future__ import annotations

from functools import lru_cache

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from masthead.typesetting.repairs.replacing import Repair, Replacement

_LONGEST = 80  # letters; what is longer is asked for anew
_TEXTS = 2**14  # of at most half a kilobyte


def can_break_text(text: str, lang: str | None) -> bool:
    """Return whether a line can break within `text`."""
    return _known(text, lang) if len(text) <= _LONGEST else bool(_stock(text, lang))


_stock = line_break.can_break_text
_known = lru_cache(_TEXTS)(_stock)

PACE = Repair(
    "breaks",
    lambda: tuple(Replacement(each, "can_break_text", can_break_text) for each in (line_break, inline, preferred)),
)
