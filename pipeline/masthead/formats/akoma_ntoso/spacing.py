"""White space in Akoma Ntoso: it counts as one space unless the file says that it is to be preserved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from masthead.document import (
    Emphasis,
    Hyperlink,
    Inline,
    LineEnd,
    Lowered,
    ParagraphEnd,
    Raised,
    Reference,
    Strong,
    Tab,
    Text,
    inlines,
    joined,
)

_BLANK = re.compile(r"[ \t\r\n]+")
_LINE_END = re.compile(r"[^\S\n]*\n\s*(?=[,،;؛.:：，；。、)])")
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CHINESE_LINE_END = re.compile(rf"(?<=[{_CHINESE}])\s*\n\s*(?=[{_CHINESE}])")
_TO_COLLAPSE = re.compile(r"[\t\r\n]|  |^ | $")


def collapsed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return `content` as it is read without `xml:space="preserve"`: white space is one space, and none at the ends."""
    text = "".join(_characters(inline) for inline in inlines(content))
    if not _TO_COLLAPSE.search(text) and "\u2028 " not in text:
        return content
    return joined(_Collapse(len(text.rstrip(" \t\r\n"))).content(content))


def laid_out(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the content of a paragraph without the white space by which other programs lay it out.

    That is space at its ends, and line ends before punctuation or between Chinese characters. Space at the ends of an
    emphasis or a link is put outside of it.
    """
    flat = joined(_outside(content))
    ends = ["".join(map(_characters, inlines((inline,)))) for inline in flat]
    result: list[Inline] = []
    for before, inline, after in zip(["", *ends], flat, [*ends[1:], ""], strict=False):
        if isinstance(inline, Text) and "\n" in inline.text:
            around = f"{before[-1:]}{inline.text}{after[:1]}"
            text = _CHINESE_LINE_END.sub("", _LINE_END.sub("", around))
            inline = Text(text[len(before[-1:]) : len(text) - len(after[:1])])
        result.append(inline)
    if result and isinstance(result[0], Text):
        result[0] = Text(result[0].text.lstrip())
    if result and isinstance(result[-1], Text):
        result[-1] = Text(result[-1].text.rstrip())
    return joined(result)


def _outside(content: Iterable[Inline]) -> Iterator[Inline]:
    """Yield `content` with the white space at the ends of emphases and links outside of them."""
    for inline in content:
        if isinstance(inline, Strong | Emphasis):
            inner = list(joined(_outside(inline.content)))
            before = after = ""
            if inner and isinstance(first := inner[0], Text):
                inner[0] = Text(first.text.lstrip())
                before = first.text[: len(first.text) - len(first.text.lstrip())]
            if inner and isinstance(last := inner[-1], Text):
                inner[-1] = Text(last.text.rstrip())
                after = last.text[len(last.text.rstrip()) :]
            yield from (Text(before), type(inline)(tuple(inner)), Text(after))
        elif isinstance(inline, Reference | Hyperlink):
            text = inline.text.strip()
            before, _, after = inline.text.partition(text)
            yield from (Text(before), replace(inline, text=text), Text(after))
        else:
            yield inline


def spaced(contents: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Return those of `contents` that are not empty as one, with a space between."""
    parts = [part for content in contents if content for part in (Text(" "), *content)]
    return joined(parts[1:])


def _characters(inline: Inline) -> str:
    """Return the characters of a text, or one character for anything else that is visible."""
    if isinstance(inline, Text | Raised | Lowered | Reference | Hyperlink):
        return inline.text
    if isinstance(inline, LineEnd | ParagraphEnd | Tab):
        return "\u2028"
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
                case Raised(text) | Lowered(text) | Reference(text) | Hyperlink(text):
                    yield replace(inline, text=self.text(text))
                case Strong() | Emphasis():
                    yield type(inline)(tuple(self.content(inline.content)))
                case LineEnd() | ParagraphEnd() | Tab():
                    self.left -= 1
                    self.after_space = True
                    yield inline
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
