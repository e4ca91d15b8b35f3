"""Where a piece of marked content is on its page, and what it shows there: for messages about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masthead.document import Rectangle
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.direction import reading_order
from masthead.pdf.drawn.pages import Page


def around(characters: Iterable[Character]) -> Rectangle:
    """Return the box around characters, of which there is at least one."""
    _, left, top, right, bottom, *_ = zip(*characters, strict=True)
    return min(left), min(top), max(right), max(bottom)


def box(page: Page, content: int | None) -> Rectangle | None:
    """Return the box of the first line of marked content; None where it shows nothing, or has no identifier."""
    characters = _first_line(page, content)
    return around(characters) if characters else None


def text(page: Page, content: int | None) -> str:
    """Return what the first line of marked content shows, in the order it is read."""
    characters = _first_line(page, content)
    return reading_order(characters, right_to_left=page.right_to_left) if characters else ""


def _first_line(page: Page, content: int | None) -> Sequence[Character]:
    if content is None:
        return ()
    for line in page.lines:
        if content in line.contents:
            return [character for character in line.characters if character.content == content]
    return ()
