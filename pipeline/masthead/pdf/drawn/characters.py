"""The characters of a page: what each means, and where its ink is, in points from the top left corner of the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

NOT_DRAWN = "\ufffe\u200e\u200f"  # PDFium's sign for a hyphen at a line end; directional marks


class Character(NamedTuple):
    """What one glyph means and where its ink is. `spaced` says that the file has white space before it.

    `content` is the identifier of the marked content that it is in, -1 outside any. `turn` is by how many degrees its
    line is turned clockwise, to the next right angle: 0, 90 or 270; then `baseline` is counted from the left edge.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    font: str
    spaced: bool
    content: int
    turn: int = 0


def field_of(name: str) -> Callable[[Character], Any]:
    """Return a function to a part of characters: faster than an attribute, for what is done with all of a page."""
    return itemgetter(Character._fields.index(name))


new_character = partial(tuple.__new__, Character)  # without the checks of its arguments
