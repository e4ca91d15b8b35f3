"""An error on a page is traced to its place in the source; what is not in the source keeps its place on the page."""

from __future__ import annotations

import pytest

from masthead import formats
from masthead.document.errors import GlyphError
from paths import EXAMPLES


def test_what_stands_in_no_source_keeps_its_place_on_the_page() -> None:
    error = GlyphError("no font", where="“a ค b”", hint="take it out", text="a ค b", at=2)
    traced = formats.locate_glyph(error, (EXAMPLES / "E_RES_2041_7.en.md").read_bytes(), "x.md")
    assert (traced.message, traced.where, traced.hint) == ("no font", "“a ค b”", "take it out")


@pytest.mark.parametrize(
    ("text", "at", "line"),
    [
        ("very old คone here", 9, 2),  # the word is in the source, though not with its neighbours
        ("very old twoค here", 12, 3),
        ("very old midคdle here", 12, 4),
        ("very old another ค", 17, 1),  # nothing but the character is
    ],
)
def test_a_character_is_found_by_its_word_where_the_text_around_it_differs(text: str, at: int, line: int) -> None:
    source = "xคx\nnew คone there\nnew twoค there\nnew midคdle there\n"
    error = GlyphError("no font", where="“…”", hint="take it out", text=text, at=at)
    assert formats.locate_glyph(error, source.encode(), "x.md").where.startswith(f"x.md:{line}:")
