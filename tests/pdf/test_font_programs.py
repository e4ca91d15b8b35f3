"""What an embedded font draws is looked at once for equal font programs, and again for any other."""

from __future__ import annotations

import io
from functools import cache

import pikepdf

from masthead.pdf.content.fonts import Font
from masthead.pdf.content.runs import read_page_texts
from masthead.pdf.glyphs.known_fonts import KnownFont, KnownFonts
from masthead.publication import publish
from masthead.typesetting import fonts
from paths import ROOT


@cache
def published() -> bytes:
    return publish(ROOT / "examples" / "specimens" / "A_RES_104_12.ar.md").pdf.data


def known_fonts(file: pikepdf.Pdf) -> dict[str, KnownFont]:
    """The known fonts of a file, by their names without the tags of subsets."""
    found = KnownFonts(file, fonts.load().faces)
    used: set[Font] = {run.font for text in read_page_texts(file) for run in text.runs if run.font}
    return {font.name.partition("+")[2]: known for font in used if (known := found.of(font))}


def test_equal_font_programs_are_looked_at_once() -> None:
    first, second = (known_fonts(pikepdf.open(io.BytesIO(published()))) for _ in range(2))
    assert first.keys() == second.keys() != set()
    for name, known in first.items():
        assert known is not second[name]
        assert known._program is second[name]._program
        assert not any(map(known.is_redrawn, known.font.codes))


def test_another_font_program_is_looked_at_again() -> None:
    known_fonts(pikepdf.open(io.BytesIO(published())))
    file = pikepdf.open(io.BytesIO(published()))
    for known in known_fonts(file).values():
        stream = known.font.descendant["/FontDescriptor"]["/FontFile2"]
        data = stream.read_bytes()
        at = data.index(b"glyf", 0, 400)
        start = int.from_bytes(data[at + 8 : at + 12])
        stream.write(data[:start] + bytes(255 - byte for byte in data[start : start + 20_000]) + data[start + 20_000 :])
    assert any(any(map(known.is_redrawn, known.font.codes)) for known in known_fonts(file).values())
