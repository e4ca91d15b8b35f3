"""The annexes of a file that has several in one document, or their names and titles in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from masthead.document import (
    Annex,
    Block,
    Digits,
    Emphasis,
    Heading,
    Locale,
    Paragraph,
    Strong,
    Text,
    model,
    patterns,
    plain,
)
from masthead.formats.itemization import counted_marks

_MAX_NAME = 150  # characters of a line that names an annex
_TITLE_LEVEL = 2  # of the headings that are titles of annexes


def divided(annex: Annex, locale: Locale, digits: Digits, looks: list[tuple[str, str]]) -> Iterator[Annex]:
    """Yield the annexes in one: each begins with a line that names it, and perhaps a heading as its title.

    A name that is bold or italic is added to `looks` with its classes: the page has a look of its own for names.
    """
    if annex.title or annex.ordinal:  # its name is outside of its text
        yield annex
        return
    names = [at for at, block in enumerate(annex.body) if _is_name(block, locale)]
    if not names:
        yield replace(annex, mark="")
        return
    if names[0]:
        yield replace(annex, body=annex.body[: names[0]], mark="")
    for start, end in zip(names, [*names[1:], len(annex.body)], strict=True):
        yield _named(annex.body[start:end], locale, digits, looks)


def parted(
    body: tuple[Block, ...], annexes: tuple[Annex, ...], locale: Locale
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Divide a body before the name of the annex that follows it, if headings from there on are its end.

    The first of `annexes` has no name of its own then.
    """
    if annexes and not annexes[0].title and annexes[0].mark == "":
        heads = len(list(takewhile(lambda block: isinstance(block, Heading), reversed(body))))
        for at in range(len(body) - heads, len(body)):
            if _is_name(body[at], locale):
                return body[:at], body[at:]
    return body, ()


def _named(blocks: tuple[Block, ...], locale: Locale, digits: Digits, looks: list[tuple[str, str]]) -> Annex:
    """Return the annex whose name is the first of `blocks`."""
    name, *body = blocks
    content = name.content if isinstance(name, Heading | Paragraph) else ()
    content = without_look(content, looks)
    text = plain(content)
    title = body[0].content if body and isinstance(body[0], Heading) and body[0].level == _TITLE_LEVEL else ()
    kept = tuple(body[bool(title) :])
    if any(not isinstance(inline, Text) for inline in content):
        # A part of the name has a look or a link: it is kept as a title, which can have one.
        return Annex(content, tuple(body), mark="")
    mark = name.mark if isinstance(name, Heading | Paragraph) else None
    text = f"{mark} {text}" if mark else text
    if text == locale.word("annex", "single"):
        return Annex(title, kept)
    marks = counted_marks(locale, "annex", "counted")
    ordinal = marks.get(text)
    is_usual = ordinal is not None and text == locale.counted("annex", "counted", ordinal, digits)
    return Annex(title, kept, ordinal if is_usual else None, mark=None if is_usual else text)


def without_look(content: model.Content, looks: list[tuple[str, str]]) -> model.Content:
    """Return the name of an annex without the look of the whole, which is added to `looks`."""
    classes = []
    while len(content) == 1 and isinstance(look := content[0], Strong | Emphasis):
        classes.append("bold" if isinstance(look, Strong) else "italic")
        content = look.content
    if classes:
        looks.append((plain(content), " ".join(classes)))
    return content


def _is_name(block: Block, locale: Locale) -> bool:
    """Return whether a heading or a short paragraph begins with the word for an annex."""
    if not isinstance(block, Heading | Paragraph) or (isinstance(block, Paragraph) and (block.number or block.items)):
        return False
    text = patterns.fold(plain(block.content))
    word = re.escape(patterns.fold(str(locale.word("annex", "single"))))
    form = rf"{word}(?: ?\w{{1,8}})?(?: ?[–—:-] ?.*)?"
    return len(text) <= _MAX_NAME and bool(re.fullmatch(form, text))
