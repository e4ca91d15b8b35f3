"""The widths of texts in Times, and in faces with the same metrics."""

from __future__ import annotations

# The advance widths from U+0020 to U+007E, in thousandths of an em.
_ADVANCES = (
    "250 333 408 500 500 833 778 333 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 "
    "500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 "
    "667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 "
    "500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541 "
)
_TIMES = {chr(code): advance for code, advance in enumerate(map(int, _ADVANCES.split()), 0x20)}


def width(text: str) -> float:
    """Return the width of a text, in em. Signs that are not ASCII are as wide as a digit."""
    return sum(_TIMES.get(sign, 500) for sign in text) / 1000
