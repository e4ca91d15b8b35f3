"""Finds the place in the source of a character that typesetting could not draw.

Typesetting knows the line that it draws, but not the source. So the source is searched only when there is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from masthead.document import GlyphError, TypesettingError
from masthead.formats import registry
from masthead.formats.source import decode, place


def locate_glyph(error: GlyphError, data: bytes, name: str) -> TypesettingError:
    """Return the error with the place of its character in the source `name`, whose bytes are `data`.

    The place is line and column, or a paragraph where the form is not text (Word). A character that is
    not in the source, but for example in a word of the locale, keeps its place on the page.
    """
    places = _in_text if registry.FORMS[Path(name).suffix.lower()].is_text else _in_paragraphs
    where = next(places(_patterns(error.text, error.at), data, name), error.where)
    return TypesettingError(error.message, where=where, hint=error.hint)


def _patterns(text: str, at: int) -> tuple[re.Pattern[str], ...]:
    """Return patterns that find the character at `at`, in order of preference: in its text, in its word, alone."""
    before, char, after = text[:at].lstrip(), text[at], text[at + 1 :].rstrip()
    word = before[len(before.rpartition(" ")[0]) :].lstrip(), after.partition(" ")[0]
    mark = rf"(?P<char>{re.escape(char)}|&#(?:0*{ord(char)}|[xX]0*(?i:{ord(char):x}));)"
    around = ((before, after), word, ("", ""))
    return tuple(re.compile(_spaced(before) + mark + _spaced(after)) for before, after in around)


def _spaced(text: str) -> str:
    """Return the pattern of a text whose spaces may be line ends."""
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _in_text(patterns: tuple[re.Pattern[str], ...], data: bytes, name: str) -> Iterator[str]:
    text = decode(data, name, page_ends=True)
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield f"{name}:{place(text[: found.start('char')])}"


def _in_paragraphs(patterns: tuple[re.Pattern[str], ...], data: bytes, name: str) -> Iterator[str]:
    paragraphs = registry.paragraphs_of(data, name)
    for pattern, (where, text) in product(patterns, paragraphs.items()):
        if pattern.search(text):
            yield where
