"""Inks and colours at their limits: rich black, the sum of inks, light and coloured, transparent, overprinted."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from masthead.pdf import plates
from masthead.pdf.content.colours import (
    graphics_states,
    has_rgb_black,
    has_white_overprint,
    is_coloured,
    is_light,
)
from masthead.pdf.drawn.measures import image_resolutions, line_widths


def _inks(*inks: int) -> Image.Image:
    """Paper with one dot of these inks."""
    picture = Image.new("CMYK", (20, 20))
    picture.putpixel((5, 6), inks)
    return picture


@pytest.mark.parametrize(
    ("inks", "is_rich"),
    [
        ((77, 77, 77, 77), True),
        ((76, 77, 77, 77), False),
        ((77, 76, 77, 77), False),
        ((77, 77, 76, 77), False),
        ((77, 77, 77, 76), False),
        ((255, 255, 255, 0), False),
        ((0, 0, 0, 255), False),
    ],
)
def test_rich_black_has_more_than_a_third_of_all_inks(inks: tuple[int, ...], is_rich: bool) -> None:
    assert plates.rich_black(_inks(*inks)) is is_rich


@pytest.mark.parametrize(
    ("inks", "most"),
    [
        ((0, 0, 0, 0), 0),
        ((255, 255, 255, 255), 400),
        ((255, 255, 0, 0), 200),
        ((0, 0, 0, 255), 100),
        ((51, 0, 0, 0), 20),
    ],
)
def test_the_inks_of_one_place_are_added(inks: tuple[int, ...], most: int) -> None:
    assert plates.total(_inks(*inks)) == pytest.approx(most, abs=1)
    apart = _inks(255, 0, 0, 0)
    apart.putpixel((8, 8), (0, 255, 0, 0))
    assert plates.total(apart) == pytest.approx(100, abs=1)


def _areas(first: tuple[int, ...], second: tuple[int, ...], *, gap: int = 0, height: int = 3) -> list[tuple[str, str]]:
    """Two areas side by side, with white dots between them."""
    picture = Image.new("CMYK", (30, 30))
    picture.paste(first, (5, 5, 10, 5 + height))
    picture.paste(second, (10 + gap, 5, 15 + gap, 5 + height))
    return list(plates.unshared_edges(picture))


CYAN, MAGENTA, BLACK = (77, 0, 0, 0), (0, 77, 0, 0), (0, 0, 0, 255)


def test_areas_of_two_inks_that_meet_along_three_dots_need_trapping() -> None:
    assert _areas(CYAN, MAGENTA) == [("cyan", "magenta")]
    assert _areas(MAGENTA, BLACK) == [("magenta", "black")]
    assert _areas(CYAN, MAGENTA, height=2) == []
    assert _areas(CYAN, MAGENTA, gap=1) == []
    assert _areas((76, 0, 0, 0), MAGENTA) == []
    assert _areas((77, 26, 0, 0), MAGENTA) == [("cyan", "magenta")]
    assert _areas((77, 27, 0, 0), MAGENTA) == []
    assert _areas(CYAN, CYAN) == []


@pytest.mark.parametrize(
    ("colour", "light", "coloured"),
    [
        ((0.5,), True, True),
        ((0.49,), False, True),
        ((0.3,), False, False),
        ((0.31,), False, True),
        ((1.0,), True, True),
        ((2.0,), True, True),
        ((), True, False),
        ((0, 0, 1), False, False),
        ((0, 0, 0.9), True, True),
        ((0.4, 0.4, 0.4), False, True),
        ((0, 0, 0), False, False),
        ((0, 0, 0, 0.5), False, True),
        ((0, 0, 0, 0.49), True, True),
        ((0, 0, 0, 0.7), False, False),
        ((0, 0, 0, 0.69), False, True),
        ((0.5, 0.5, 0, 0), False, True),
        ((0.5, 0.4, 0, 0), True, True),
        ((0.6, 0.6, 0.6, 0.1), False, False),
        ((0.6, 0.6, 0.5, 0.1), False, True),
        ((1, 1, 1, 1), False, False),
    ],
)
def test_light_and_coloured(colour: tuple[float, ...], light: bool, coloured: bool) -> None:
    assert (is_light(colour), is_coloured(colour)) == (light, coloured)


_open: list[pikepdf.Pdf] = []  # a page can be read while its file is there


def _page(content: str, **states: Mapping[str, Any]) -> pikepdf.Page:
    file = pikepdf.new()
    _open.append(file)
    page = file.add_blank_page(page_size=(100, 100))
    page.obj.Resources = Dictionary(
        ExtGState=Dictionary({f"/{name}": Dictionary(**state) for name, state in states.items()})
    )
    page.obj.Contents = file.make_stream(content.encode())
    return page


OVER, FILL_OVER, NOT_OVER = {"OP": True, "op": True}, {"OP": False, "op": True}, {"OP": False, "op": False}


@pytest.mark.parametrize(
    ("content", "is_lost"),
    [
        ("/O gs 0 0 0 0 k 1 1 5 5 re f", True),
        ("/O gs 0 0 0 0.1 k 1 1 5 5 re f", False),
        ("/O gs 1 g 1 1 5 5 re f", True),
        ("/O gs 0.9 g 1 1 5 5 re f", False),
        ("/O gs 1 1 1 rg 1 1 5 5 re B", True),
        ("/O gs 1 1 0.9 rg 1 1 5 5 re f", False),
        ("/O gs 0 0 0 0 K 1 1 5 5 re S", True),
        ("/O gs 0 0 0 0 K 1 1 5 5 re f", False),
        ("/O gs 0 0 0 0 k 1 1 5 5 re S", False),
        ("/O gs 1 G 1 1 5 5 re s", True),
        ("/N gs 0 0 0 0 k 1 1 5 5 re f", False),
        ("/F gs 0 0 0 0 k 1 1 5 5 re f", True),
        ("/F gs 0 0 0 0 K 1 1 5 5 re S", False),
        ("q /O gs 0 0 0 0 k Q 1 1 5 5 re f", False),
        ("q /O gs Q 0 0 0 0 k 1 1 5 5 re f", False),
        ("/O gs 0 0 0 0 k 1 1 5 5 re n", False),
        ("/O gs 0 0 0 0 k 0 0 0 1 k 1 1 5 5 re f", False),
        ("/O gs 0 0 0 0 k BT (x) Tj ET", True),
        ("/O gs 1 1 5 5 re f", False),
        ("0 0 0 0 k /O gs 1 1 5 5 re f", True),
        ("0 0 0 0 k /O gs /N gs 1 1 5 5 re f", False),
    ],
)
def test_white_that_overprints_is_lost(content: str, is_lost: bool) -> None:
    assert has_white_overprint(_page(content, O=OVER, N=NOT_OVER, F=FILL_OVER)) is is_lost


@pytest.mark.parametrize(
    ("content", "is_black"),
    [
        ("0 0 0 rg 1 1 5 5 re f", True),
        ("0 0 0 RG 1 1 5 5 re S", True),
        ("0 0 0.1 rg 1 1 5 5 re f", False),
        ("0 g 1 1 5 5 re f", False),
        ("0 0 0 1 k 1 1 5 5 re f", False),
    ],
)
def test_black_of_three_colours_is_found_on_the_page_and_in_its_forms(content: str, is_black: bool) -> None:
    assert has_rgb_black(_page(content)) is is_black
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(100, 100))
    inner = file.make_stream(content.encode(), Subtype=Name.Form, BBox=[0, 0, 9, 9])
    outer = file.make_stream(b"/A Do", Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary(A=inner)))
    inner.Resources = Dictionary(XObject=Dictionary(B=outer))  # forms that name each other are read once
    page.obj.Resources = Dictionary(XObject=Dictionary(A=outer))
    assert has_rgb_black(page) is is_black


def test_states_that_are_transparent_or_opaque() -> None:
    page = _page(
        "", A={"ca": 0.5}, B={"ca": 0.49}, C={"ca": Name.X}, D={"BM": Name.Multiply}, E={"BM": Name.Compatible},
        F={"SMask": Name("/None")}, G={"SMask": Dictionary()}, H={"BM": Name.Normal},
        I={"ca": 1, "CA": 1}, J={"CA": 1, "LW": 1}, K={"ca": 1, "CA": 0.9},
    )  # fmt: skip
    states = graphics_states(page)
    assert states.transparent == {"/B", "/C", "/D", "/G"}
    assert states.opaque == {"/I"}


def _written(content: str, image: tuple[int, int] = (1, 1)) -> bytes:
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(200, 200))
    dots = file.make_stream(bytes(image[0] * image[1]), Type=Name.XObject, Subtype=Name.Image, Width=image[0],
                            Height=image[1], ColorSpace=Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
    page.obj.Resources = Dictionary(XObject=Dictionary(I=dots))
    page.obj.Contents = file.make_stream(content.encode())
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def test_widths_of_lines_and_resolutions_of_pictures_are_those_on_the_page() -> None:
    lines = _written("0.5 w 10 10 m 90 10 l S q 2 0 0 2 0 0 cm 1 w 5 5 m 9 5 l S Q 1 1 5 5 re f 0.25 w 1 1 5 5 re B")
    assert [(number, round(width, 3)) for number, width in line_widths(lines)] == [(1, 0.5), (1, 2.0), (1, 0.25)]
    picture = _written("q 72 0 0 36 10 10 cm /I Do Q q 0 72 -36 0 100 10 cm /I Do Q", (100, 40))
    assert [(number, round(dpi)) for number, dpi in image_resolutions(picture)] == [(1, 80), (1, 80)]
    narrow = _written("q 36 0 0 72 10 10 cm /I Do Q", (100, 40))
    assert [(number, round(dpi)) for number, dpi in image_resolutions(narrow)] == [(1, 40)]
