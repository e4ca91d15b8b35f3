"""The characters of a page are read in parts of any size."""

from __future__ import annotations

import pypdfium2
import pytest

from masthead.pdf.drawn import character_reader as characters
from masthead.publication import publish
from paths import ROOT


@pytest.mark.parametrize("name", ["A_RES_104_12.ar", "A_RES_104_12.en"])
def test_the_characters_of_a_page_are_the_same_however_many_are_read_at_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = publish(ROOT / "examples" / "specimens" / f"{name}.md").pdf.data
    with pypdfium2.PdfDocument(pdf) as document:
        found = characters.read_characters(document[0])
        monkeypatch.setattr(characters, "_MANY", 7)
        characters._room.cache_clear()
        assert characters.read_characters(document[0]) == found
    characters._room.cache_clear()
    assert len(found) > 500
