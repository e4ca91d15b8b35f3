"""White space in Akoma Ntoso: it counts as one space unless the file says that it is to be preserved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from masthead.document import Emphasis, Inline, Reference, Strong, Text, inlines, joined

_BLANK = re.compile(r"[ \t\r\n]+")
_TO_COLLAPSE = re.compile(r"[\t\r\n]|  |^ | $")


def collapsed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return `content` as it is read without `xml:space="preserve"`: white space is one space, and none at the ends."""
    text = "".join(_characters(inline) for inline in inlines(content))
    if not _TO_COLLAPSE.search(text):
        return content
    return joined(_Collapse(len(text.rstrip(" \t\r\n"))).content(content))


def spaced(contents: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Return those of `contents` that are not empty as one, with a space between."""
    parts = [part for content in contents if content for part in (Text(" "), *content)]
    return joined(parts[1:])


def _characters(inline: Inline) -> str:
    """Return the characters of a text, or one character for anything else that is visible."""
    if isinstance(inline, Text | Reference):
        return inline.text
    return "" if isinstance(inline, Strong | Emphasis) else "\ufffc"


class _Collapse:
    """Collapses white space across the inlines of a content with `length` characters, without the blanks at its end."""

    def __init__(self, length: int) -> None:
        self.left, self.after_space = length, True

    def content(self, content: Iterable[Inline]) -> Iterator[Inline]:
        for inline in content:
            match inline:
                case Text(text):
                    yield Text(self.text(text))
                case Reference(text, target):
                    yield Reference(self.text(text), target)
                case Strong() | Emphasis():
                    yield type(inline)(tuple(self.content(inline.content)))
                case _:
                    self.left -= 1
                    self.after_space = False
                    yield inline

    def text(self, text: str) -> str:
        kept = text[: max(self.left, 0)]
        self.left -= len(text)
        result = _BLANK.sub(" ", kept).removeprefix(" " * self.after_space)
        if result:
            self.after_space = result.endswith(" ")
        return result
