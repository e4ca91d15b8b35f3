"""Where in its source a text stands that only its page showed to be wrong.

Typesetting knows the line that it draws and no source; a source is read again when something in it must be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from masthead.document import GlyphError, TypesettingError
from masthead.formats.source import decode, place


def locate_glyph(error: GlyphError, data: bytes, name: str) -> TypesettingError:
    """Return the error with the place of its character in the source `name`, whose bytes are `data`.

    That is line and column, in Word the paragraph. What stands in no source, a word of a locale, keeps the place on
    its page.
    """
    places = _in_word if Path(name).suffix.lower() == ".docx" else _in_text
    where = next(places(_patterns(error.text, error.at), data, name), error.where)
    return TypesettingError(error.message, where=where, hint=error.hint)


def _patterns(text: str, at: int) -> tuple[re.Pattern[str], ...]:
    """Patterns of the character at `at`, to be looked for one after the other: in its text, in its word, alone."""
    before, char, behind = text[:at].lstrip(), text[at], text[at + 1 :].rstrip()
    word = before[len(before.rpartition(" ")[0]) :].lstrip(), behind.partition(" ")[0]
    mark = rf"(?P<char>{re.escape(char)}|&#(?:0*{ord(char)}|[xX]0*(?i:{ord(char):x}));)"
    around = ((before, behind), word, ("", ""))
    return tuple(re.compile(_spaced(before) + mark + _spaced(behind)) for before, behind in around)


def _spaced(text: str) -> str:
    """The pattern of a text whose spaces may be the ends of lines."""
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _in_text(patterns: tuple[re.Pattern[str], ...], data: bytes, name: str) -> Iterator[str]:
    text = decode(data, name, page_ends=True)
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield f"{name}:{place(text[: found.start('char')])}"


def _in_word(patterns: tuple[re.Pattern[str], ...], data: bytes, name: str) -> Iterator[str]:
    from masthead.formats.word import reader as word  # with its libraries, which only who reads that form waits for

    paragraphs = word.paragraphs_of(data, name)
    for pattern, (where, text) in product(patterns, paragraphs.items()):
        if pattern.search(text):
            yield where
