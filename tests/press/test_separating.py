"""Colours, pictures and transparency of one page as they are on the plates of a press, without making a publication."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from masthead.document import SourceError
from masthead.press import pdfx
from masthead.press.separation import Separator
from masthead.press.spot import SpotInk

Change = Callable[[pikepdf.Pdf, Any], object]
OPEN: list[pikepdf.Pdf] = []  # a page lives as long as its file
DARK = "Rain=90,80,40,60"  # so dark that little is left for black


def separate(content: str, change: Change = lambda pdf, page: None, *, ink: str = "", transparency: bool = True) -> Any:
    """The page after the separation of its colours."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100)).obj
    page.Contents = pdf.make_stream(content.encode())
    change(pdf, page)
    written = io.BytesIO()
    pdf.save(written)
    opened = pikepdf.open(written)
    Separator(pdfx.CONDITION, SpotInk.parse(ink) if ink else None).separate(opened, transparency=transparency)
    OPEN.append(opened)
    return opened.pages[0].obj


def drawn(content: str, change: Change = lambda pdf, page: None, **options: Any) -> str:
    return " ".join(separate(content, change, **options).Contents.read_bytes().decode().split())


def links(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])])


def note(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])])


BLUE = drawn("0 0 1 rg")


@pytest.mark.parametrize(
    ("content", "change", "expected"),
    [
        ("BT 0 0 1 rg ET", links, "BT 0 0 0 1 k ET"),
        ("BT 0 0 1 RG ET", links, "BT 0 0 0 1 K ET"),
        ("BT 0 0 1 rg ET", note, f"BT {BLUE} ET"),
        ("BT 0 0 1 rg ET", lambda pdf, page: None, f"BT {BLUE} ET"),
        ("0 0 1 rg", links, BLUE),
        ("BT 0 0 1 rg ET 0 0 1 rg", links, f"BT 0 0 0 1 k ET {BLUE}"),
        ("BT /F1 9 Tf 0 0 1 rg ET", links, "BT /F1 9 Tf 0 0 0 1 k ET"),
        ("BT 0 0 0.5 rg ET", links, f"BT {drawn('0 0 0.5 rg')} ET"),
        ("0.5 g", links, "0 0 0 0.5 k"),
    ],
)
def test_only_text_in_the_blue_of_links_on_a_page_with_links_is_black(
    content: str, change: Change, expected: str
) -> None:
    assert drawn(content, change) == expected


def test_a_colour_has_as_much_black_as_the_ink_is_not_dark_enough_for() -> None:
    def tints(content: str, ink: str) -> tuple[float, ...]:
        return tuple(map(float, drawn(content, ink=ink).split()[2:4]))

    black, pale = tints("0 0 0.001 rg", DARK), tints("0.9 0.9 1 rg", DARK)
    assert black == (1, 1)  # what is as dark as black is so whatever the ink is
    assert 0 < pale[0] < 0.2 and pale[1] == 0
    assert drawn("0.9 0.9 1 RG", ink=DARK).split()[1::3] == ["CS", "SCN"]
    assert drawn("1 0 0 rg", ink="black").split()[:3] == ["0", "0", "0"]


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(data: bytes, **entries: Any) -> Change:
    """A picture of 2 × 1 pixels, which the page draws."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        mask = entries.pop("soft", None)
        made = pdf.make_stream(
            data, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=1, **{"BitsPerComponent": 8, **entries}
        )
        if mask:
            made.SMask = pdf.make_stream(
                b"\x80\xff", Type=Name.XObject, Subtype=Name.Image, Width=2, Height=1, BitsPerComponent=8,
                ColorSpace=Name.DeviceGray, **mask,
            )  # fmt: skip
        page.Resources = Dictionary(XObject=Dictionary(P=made))

    return change


def separated_picture(data: bytes, *, ink: str = "", transparency: bool = True, **entries: Any) -> Any:
    page = separate("/P Do", picture(data, **entries), ink=ink, transparency=transparency)
    return page.Resources.XObject.P


def shown(image: Any) -> tuple[str, list[float], bytes]:
    """The ink or inks of a picture, its decoding, and its data."""
    space = image.ColorSpace
    name = str(space) if isinstance(space, Name) else " ".join(map(str, list(space)[:2]))
    return name, [float(each) for each in image.get(Name.Decode, [])], image.read_bytes()


GREY, COLOURS = b"\x00\x00\x00\x80\x80\x80", b"\xff\x00\x00\x00\x00\xff"
BLACK = "/Separation /Black"


def test_a_picture_whose_colours_are_all_grey_is_black_ink_alone() -> None:
    assert shown(separated_picture(GREY, ColorSpace=Name.DeviceRGB)) == (BLACK, [1, 0], b"\x00\x80")
    assert shown(separated_picture(GREY, ColorSpace=Name.DeviceRGB, ink="black"))[0] == BLACK
    assert shown(separated_picture(b"\x00\x80", ColorSpace=Name.DeviceGray)) == (BLACK, [1, 0], b"\x00\x80")
    *_, inks, tint = separated_picture(GREY, ColorSpace=Name.DeviceRGB).ColorSpace
    assert inks == Name.DeviceCMYK  # where the ink is not known, it is shown as black among four inks
    assert {key: [*value] if isinstance(value, Array) else value for key, value in tint.items()} == {
        "/FunctionType": 2, "/Domain": [0, 1], "/C0": [0, 0, 0, 0], "/C1": [0, 0, 0, 1], "/N": 1
    }  # fmt: skip
    turned = separated_picture(b"\x00\x80", ColorSpace=Name.DeviceGray, Decode=Array([1, 0]))
    assert shown(turned) == (BLACK, [0, 1], b"\x00\x80")
    turned = separated_picture(GREY, ColorSpace=Name.DeviceRGB, Decode=Array([1, 0, 1, 0, 1, 0]))
    assert shown(turned)[1:] in (([1, 0], b"\xff\x7f"), ([1, 0], b"\x00\x80"))


def test_a_picture_in_colours_has_four_inks_or_is_grey_where_the_job_has_fewer() -> None:
    name, decode, data = shown(separated_picture(COLOURS, ColorSpace=Name.DeviceRGB, Intent=Name.Perceptual))
    assert (name, decode, len(data)) == ("/DeviceCMYK", [], 8)
    assert data[0] < 60 < 180 < min(data[1], data[2])  # red is magenta and yellow
    name, decode, data = shown(separated_picture(COLOURS, ColorSpace=Name.DeviceRGB, ink="black"))
    assert (name, decode, data) == (BLACK, [1, 0], b"\x4c\x1d")  # 76 and 29: by ITU-R 601
    image = separated_picture(COLOURS, ColorSpace=Name.DeviceRGB, Intent=Name.Perceptual)
    assert Name.Intent not in image and image.BitsPerComponent == 8


def test_inks_stay_as_they_are_if_the_job_has_them() -> None:
    inks = b"\x01\x02\x03\x04\x05\x06\x07\x08"
    assert shown(separated_picture(inks, ColorSpace=Name.DeviceCMYK)) == ("/DeviceCMYK", [], inks)
    with pytest.raises(SourceError, match="an image is in four inks, and the job has fewer") as caught:
        separated_picture(inks, ColorSpace=Name.DeviceCMYK, ink="black")
    assert (caught.value.where, caught.value.hint) == ("page 1", "use RGB or grey")
    stencil = separated_picture(b"\x80", ImageMask=True, BitsPerComponent=1)
    assert Name.ColorSpace not in stencil and stencil.read_bytes() == b"\x80"


def test_the_colour_that_a_soft_mask_was_blended_with_is_converted_as_the_picture() -> None:
    def matte(data: bytes, *colour: float, ink: str = "", space: Any = Name.DeviceRGB) -> list[float]:
        image = separated_picture(data, ColorSpace=space, soft={"Matte": Array(list(colour))}, ink=ink)
        return [round(float(each), 3) for each in image.SMask.Matte]

    assert matte(GREY, 1, 1, 1) == [0]  # of a grey picture: no black ink for white
    assert matte(GREY, 0, 0, 0) == [1]
    assert matte(COLOURS, 1, 1, 1) == [0, 0, 0, 0]
    assert matte(COLOURS, 0, 0, 0) == [0, 0, 0, 1]
    assert matte(b"\x00\x80", 0.25, space=Name.DeviceGray) == [0.75]


@pytest.mark.parametrize(
    ("entries", "message", "hint"),
    [
        ({"Mask": Array([0, 0, 0, 0, 0, 0])}, "a colour of an image makes it transparent",
         "give the image a soft mask instead"),
        ({"soft": {"Matte": Array([1, 1, 1])}}, "an image is transparent", "publish as PDF/X-4, or flatten the image"),
    ],
)  # fmt: skip
def test_pictures_that_the_standard_forbids_are_refused(entries: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        separated_picture(COLOURS, ColorSpace=Name.DeviceRGB, transparency=False, **entries)
    assert (caught.value.where, caught.value.hint) == ("page 1", hint)


# --- resources --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ({"ca": 1}, True), ({"ca": 0.999}, True), ({"ca": 0.998}, False), ({"CA": 0.9}, False),
        ({"BM": Name.Normal}, True), ({"BM": Name.Compatible}, True), ({"BM": Name.Multiply}, False),
        ({"SMask": Name("/None")}, True), ({"SMask": Dictionary(S=Name.Alpha)}, False), ({"LW": 2}, True),
    ],
)  # fmt: skip
def test_a_state_may_be_transparent_where_the_standard_allows_it(state: dict[str, Any], allowed: bool) -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources = Dictionary(ExtGState=Dictionary(G=Dictionary(**state)))

    assert drawn("/G gs", change) == "/G gs"
    if allowed:
        assert drawn("/G gs", change, transparency=False) == "/G gs"
    else:
        with pytest.raises(SourceError, match="the page draws with transparency"):
            drawn("/G gs", change, transparency=False)


@pytest.mark.parametrize("kind", ["Shading", "Pattern"])
def test_gradients_and_patterns_are_refused(kind: str) -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources = Dictionary(**{kind: Dictionary(P=Dictionary(ShadingType=2))})

    with pytest.raises(SourceError, match="gradients and patterns cannot be separated"):
        drawn("0 g", change)


def test_a_transparency_group_blends_in_the_inks_or_is_removed() -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        group = {"S": Name.Transparency, "CS": Name.DeviceRGB}
        page.Group = Dictionary(**group)
        form = pdf.make_stream(b"1 g /Q Do", Type=Name.XObject, Subtype=Name.Form, Group=Dictionary(**group))
        inner = pdf.make_stream(b"0 G", Type=Name.XObject, Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(Q=inner))
        page.Resources = Dictionary(XObject=Dictionary(P=form, Q=inner))

    page = separate("/P Do", change)
    form = page.Resources.XObject.P
    assert (Name.DeviceCMYK, Name.DeviceCMYK) == (page.Group.CS, form.Group.CS)
    assert form.read_bytes().split() == b"0 0 0 0 k /Q Do".split()
    # a form that two others draw is separated once
    assert form.Resources.XObject.Q.read_bytes().split() == b"0 0 0 1 K".split()
    page = separate("/P Do", change, transparency=False)
    assert Name.Group not in page and Name.Group not in page.Resources.XObject.P
