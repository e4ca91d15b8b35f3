"""Pieces of text with their glyphs. Equal ones are made once for a font, since the words of a document recur."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import Any

from masthead.typesetting.paragraphs.faces import FontFace, ScriptFace
from masthead.typesetting.repairs.glyphgroups import GlyphGroup, read_glyphs

SPACES = re.compile(b" |\xc2\xa0")
NO_BREAK_SPACE = b"\xc2\xa0"


def as_bytes(values: Iterable[int]) -> bytes:
    """Return the values of glyphs for the key of a cache: bytes are sliced and hashed faster than tuples."""
    return array("i", values).tobytes()


GLYPH_SIZE = len(as_bytes(range(5)))  # bytes


class GlyphWord:
    """The glyphs of a piece of text in a font, from its own origin. `is_space`: it is a space or a no-break space.

    Spaces that it has inside are those of a number.
    """

    __slots__ = (
        *("advance", "clusters", "content", "font", "groups", "is_space", "number", "numbers", "rtl", "starts"),
        "values",
    )

    def __init__(self, content: bytes, rtl: bool, number: bool, values: tuple[int, ...], clusters: list[int]) -> None:
        self.content, self.rtl, self.number, self.values, self.clusters = content, rtl, number, values, clusters
        self.font: Any = None
        self.is_space = content in (b" ", NO_BREAK_SPACE)
        self.starts: tuple[int, ...]
        self.groups: tuple[GlyphGroup, ...]
        self.numbers: frozenset[int]
        inner = [found.start() for found in SPACES.finditer(content, 1, len(content) - 1)]  # of a number
        read = read_glyphs(list(values), clusters, content, rtl, 0, may_be_number=number, fixed=inner)
        (self.starts, self.groups, self.numbers), self.advance = read


def word(
    face: ScriptFace | FontFace, content: bytes, rtl: bool, number: bool, values: tuple[int, ...], clusters: list[int]
) -> GlyphWord:
    """Return the word with these glyphs. A number is one group of glyphs if `number` allows it."""
    key = content, rtl, number, as_bytes(values)
    kept = face.words.get(key)
    if kept is None:
        first = min(clusters)
        made = GlyphWord(content, rtl, number, values, [each - first for each in clusters])
        made.font = face.font
        kept = face.words.keep(key, made, 200 + 60 * len(values))
    return kept  # type: ignore[no-any-return]
