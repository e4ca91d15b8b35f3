"""Pages read by XML's parser are what HTML's makes of them."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5

from masthead import formats, publication
from masthead.typesetting.pace import parsing
from paths import EXAMPLES, TOUCHSTONE

SPECIMENS = sorted((EXAMPLES / "specimens").glob("*.md"))

_TABLE = ("table", "tbody", "tr", "td", "caption")
_NAMES = (*("p", "div", "span", "b", "a", "h1", "em", "section", "ul", "li", "img", "br", "hr"), *_TABLE, "pre", "svg")
_TEXTS = ("", "x", "\n", "قرار &amp; y ", "&nbsp;", "&#34;", "a\r\nb")
_ATTRIBUTES = ("", ' class="x"', ' id="y" lang="ar"', " alt='a&amp;b'", ' title="a\nb"', ' Class="z"', " hidden")


@pytest.mark.parametrize("source", [TOUCHSTONE, *SPECIMENS], ids=lambda path: path.name)
def test_what_the_templates_write_is_read_as_html_reads_it(source: Path) -> None:
    text = publication.mark_up(formats.read(source)).text
    read = parsing.read(text)
    assert read is not None
    assert _tree(read) == _tree(tinyhtml5.parse(io.StringIO(text), namespace_html_elements=False))


def test_what_xml_might_read_otherwise_is_left_to_html() -> None:
    read = 0
    for seed in range(1500):
        text = _page(random.Random(seed))
        root = parsing.read(text)
        if root is not None:
            read += 1
            assert _tree(root) == _tree(tinyhtml5.parse(io.StringIO(text), namespace_html_elements=False)), text
    assert 50 < read < 1000


def _page(chance: random.Random) -> str:
    """A page of elements at random, most in order."""
    body = "".join(
        chance.choice(
            (f"<p>{_element(chance, 0)}</p>", f"<ul><li>{_element(chance, 1)}</li></ul>", _element(chance, 2))
        )
        for _ in range(2)
    )
    space = chance.choice(("", "\n"))
    head = f'<html lang="ar">{space}<head><title>t</title></head>'
    return f"<!DOCTYPE html>{space}{head}{space}<body>{body}</body>{space}</html>\n"


def _element(chance: random.Random, depth: int) -> str:
    name = chance.choice(_NAMES)
    start = f"<{name}{chance.choice(_ATTRIBUTES[: chance.choice((4, 4, 4, len(_ATTRIBUTES)))])}>"
    if name in ("img", "br", "hr"):
        return start
    texts = _TEXTS[: chance.choice((4, 4, 4, len(_TEXTS)))]
    inner = (_element(chance, depth - 1) if depth and chance.random() < 0.5 else chance.choice(texts) for _ in "12")
    return f"{start}{''.join(inner)}</{name}>"


def _tree(element: Any) -> tuple[Any, ...]:
    return (element.tag, list(element.items()), element.text, element.tail, [_tree(child) for child in element])
