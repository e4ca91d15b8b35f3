"""Pages as pictures: their size, and the limit of it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from masthead.pdf import raster


def sheet(width: float, height: float) -> bytes:
    """A PDF of one empty page; sizes in points."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def size(pdf: bytes, dpi: int) -> tuple[int, int]:
    with raster.opened(pdf) as document:
        return raster.rasterize(document[0], dpi).size


def test_a_picture_has_the_pixels_of_its_resolution() -> None:
    assert size(sheet(144, 288), 72) == (144, 288)
    assert size(sheet(144, 288), 36) == (72, 144)


def test_a_page_too_large_for_its_resolution_is_drawn_more_coarsely(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn at twice the size before it is halved: with 40,000 pixels as the limit, 10,000 are left."""
    monkeypatch.setattr(raster, "LARGEST", 40_000)
    assert size(sheet(2000, 2000), 72) == (100, 100)
    assert size(sheet(4000, 1000), 300) == (200, 50)
