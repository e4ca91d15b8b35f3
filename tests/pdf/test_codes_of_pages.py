"""Barcodes on page one: at its foot, among its drawings, and as letters of a font that is not bundled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby

import pikepdf
import pypdfium2
import pytest
from barcode import Code39

from masthead.document import Rectangle
from masthead.pdf.drawn import barcodes
from masthead.pdf.drawn.drawings import AREA, FORM, Drawing
from masthead.pdf.evidence import gather
from masthead.publication import Edition

_JOB = "4912345"
_HEIGHT = 12


def bars(x: float, y: float, unit: float = 0.65) -> list[str]:
    """The bars of a Code 39, each a rectangle, from a place counted from the lower left corner of a page."""
    (modules,) = Code39(_JOB, add_checksum=False).build()
    found = []
    for module, run in groupby(modules):
        width = unit * len(list(run))
        if module == "1":
            found.append(f"{x:.3f} {y:.3f} {width:.3f} {_HEIGHT} re")
        x += width
    return found


def without_barcode(pdf: bytes, drawn: Sequence[str] = (), font: str = "") -> bytes:
    """A file with its barcode covered, something drawn on page one, and another name for its fonts."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        page.contents_add(b"q", prepend=True)
        cover = "1 g 430 20 130 30 re f 0 g"
        page.contents_add("\n".join(("Q q", cover, *drawn, "Q")).encode())
        for each in page.obj.Resources.Font.as_dict().values() if font else ():
            each.DescendantFonts[0].BaseFont = pikepdf.Name(f"/ABCDEF+{font}")
        file.save(made := io.BytesIO())
    return made.getvalue()


def barcode(pdf: bytes) -> str:
    return gather(pdf).facts.barcode


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How many million dots each picture has that codes are looked for in."""
    found: list[float] = []
    render = pypdfium2.PdfPage.render

    def recorded(page: pypdfium2.PdfPage, **settings: object) -> pypdfium2.PdfBitmap:
        picture = render(page, **settings)
        found.append(picture.width * picture.height / 1e6)
        return picture

    monkeypatch.setattr(pypdfium2.PdfPage, "render", recorded)
    return found


def test_the_codes_at_the_foot_take_one_small_picture(touchstone_edition: Edition, pictures: list[float]) -> None:
    assert barcode(touchstone_edition.pdf.data) == "1712889"
    assert len(pictures) == 1 and pictures[0] < 1


@pytest.mark.parametrize("paint", ["one path", "a path for each bar"])
def test_a_code_elsewhere_on_the_page_is_found(touchstone_edition: Edition, paint: str) -> None:
    each = " f\n" if paint != "one path" else "\n"
    assert barcode(without_barcode(touchstone_edition.pdf.data, [each.join(bars(250, 430)), "f"])) == _JOB


def test_a_missing_code_is_looked_for_only_where_something_is_drawn(
    touchstone_edition: Edition, pictures: list[float]
) -> None:
    assert barcode(without_barcode(touchstone_edition.pdf.data)) == ""
    assert sum(pictures) < 4


def test_letters_of_other_fonts_can_be_codes(touchstone_edition: Edition, pictures: list[float]) -> None:
    assert barcode(without_barcode(touchstone_edition.pdf.data, font="Barcode 3 of 9")) == ""
    assert sum(pictures) > 15


def test_a_code_is_found_where_the_page_begins_elsewhere_than_its_sheet(touchstone_edition: Edition) -> None:
    moved = without_barcode(touchstone_edition.pdf.data, [*bars(250, 430), "f"])
    with pikepdf.open(io.BytesIO(moved)) as file:
        file.pages[0].obj.CropBox = pikepdf.Array([40, 60, 612, 792])
        file.save(made := io.BytesIO())
    assert barcode(made.getvalue()) == _JOB


def box(left: float, top: float, right: float, bottom: float, kind: str = AREA) -> Drawing:
    return Drawing(kind, (left, top, right, bottom))


@pytest.mark.parametrize(
    ("drawings", "places"),
    [
        ([], []),
        ([box(50, 60, 550, 60.5)], []),  # a rule
        ([box(50, 60, 100, 64)], [(50, 60, 100, 64)]),
        ([box(50, 60, 53.9, 90)], []),
        ([box(left, 10, left + 0.6, 22) for left in (10, 12, 15, 17, 19)], [(10, 10, 19.6, 22)]),
        ([box(10, 10, 30, 30), box(33.1, 10, 60, 30)], [(10, 10, 30, 30), (33.1, 10, 60, 30)]),
        ([box(10, 10, 30, 30), box(40, 10, 60, 30, FORM), box(29, 10, 41, 12)], [(10, 10, 60, 30)]),
    ],
)
def test_drawings_that_touch_can_be_one_code(drawings: Sequence[Drawing], places: Sequence[Rectangle]) -> None:
    assert barcodes.drawn_places(drawings) == places
