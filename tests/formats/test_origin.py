"""An error on a page is traced to its place in the source; what is not in the source keeps its place on the page."""

from __future__ import annotations

from masthead import formats
from masthead.document.errors import GlyphError
from paths import EXAMPLES


def test_what_stands_in_no_source_keeps_its_place_on_the_page() -> None:
    error = GlyphError("no font", where="“a ค b”", hint="take it out", text="a ค b", at=2)
    traced = formats.locate_glyph(error, (EXAMPLES / "E_RES_2041_7.en.md").read_bytes(), "x.md")
    assert (traced.message, traced.where, traced.hint) == ("no font", "“a ค b”", "take it out")
