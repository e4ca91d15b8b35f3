"""The font of the slug line: its widths, its codes, and the size at which a text fits."""

from __future__ import annotations

import pikepdf
import pytest

from masthead.document import TypesettingError
from masthead.press import slug

WIDTHS = {" ": 292, "A": 612, "b": 486, "ق": 687}  # of Amiri, in thousandths of the size


def test_the_letters_of_a_slug_have_the_widths_of_their_font() -> None:
    pdf = pikepdf.new()
    font = slug.embed(pdf, ["Ab", "A ق"])
    assert font.widths == WIDTHS
    assert font.width("Ab", 10) == pytest.approx(10.98) and font.width("", 10) == 0
    (descendant,) = font.font.DescendantFonts
    listed = [*descendant.W]
    by_code = {int(code): float(width[0]) for code, width in zip(listed[::2], listed[1::2], strict=True)}
    assert by_code == {font.codes[character]: width for character, width in WIDTHS.items()}
    described = descendant.FontDescriptor
    assert (int(described.Ascent), int(described.Descent), int(described.CapHeight)) == (1124, -634, 600)
    mapped = font.font.ToUnicode.read_bytes().decode()
    assert all(f"<{font.codes[character]:04X}> <{ord(character):04X}>" in mapped for character in WIDTHS)
    assert "4 beginbfchar" in mapped


@pytest.mark.parametrize(("room", "size"), [(20, 7), (10.98 * 0.7, 7), (5.49, 5), (1.098, 1)])
def test_a_slug_is_as_small_as_its_room_needs(room: float, size: float) -> None:
    font = slug.embed(pikepdf.new(), ["Ab"])
    assert slug.fit(font, "Ab", 7, room) == pytest.approx(size)


def test_letters_that_the_font_lacks_are_named() -> None:
    with pytest.raises(TypesettingError) as caught:
        slug.embed(pikepdf.new(), ["A文b"])
    assert (caught.value.message, caught.value.where) == ("the font Amiri lacks 文", "slug line")
