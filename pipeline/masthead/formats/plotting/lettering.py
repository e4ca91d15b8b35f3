"""The letters of charts: how wide they are, where their lines end, and which of them are raised or bold."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import combining, east_asian_width

SIZE = 8.5  # of letters, in points
RAISED, LEVEL, STRONG = "\ue000", "\ue001", "\ue002"
"""The marks before and after a superscript in the label of a value, and before a label that is bold."""
_WORD = re.compile(r"([\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+)(\s*)")  # Chinese has no spaces
_WIDTHS: tuple[tuple[Callable[[str], object], float], ...] = (
    (lambda char: ord(char) > 0x2E7F and east_asian_width(char) in "WF", 1.0),
    (combining, 0.0),
    (lambda char: char == "%", 0.83),
    (str.isupper, 0.7),
    (str.isdigit, 0.5),
    (str.isalpha, 0.47),
    (lambda char: True, 0.3),
)
"""The first that is true of a character says its width, as a share of the size of the letters."""


def text_width(text: str) -> float:
    """Return the width of a label in points."""
    wider = 1.08 if text.startswith(STRONG) else 1.0
    return SIZE * wider * letters_width(re.sub(f"[{RAISED}{LEVEL}{STRONG}]", "", text))


def letters_width(text: str) -> float:
    """Return the width of a text in Times, as a share of its size. A Chinese character is as wide as it is high."""
    return sum(next(width for is_such, width in _WIDTHS if is_such(char)) for char in text)


def wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines of at most that width, or of one word."""
    lines: list[str] = []
    for typed in text.split("\n"):  # a line that the author ends
        lines += _line_broken(typed, width)
    return lines


def _line_broken(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for word, space in _WORD.findall(text):
        if lines and text_width(lines[-1] + word) <= width:
            lines[-1] += word + space[:1]
        else:
            lines.append(word + space[:1])
    return [line.rstrip() for line in lines] or [""]
