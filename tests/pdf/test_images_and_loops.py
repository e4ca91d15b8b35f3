"""Pictures of dots in a file, with what is wrong with them, and trees that lead back to themselves."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from masthead.pdf.content.images import DotImage, look, read_images
from masthead.pdf.content.loops import loops


def holding(*images: tuple[bytes, dict[str, Any]], in_form: int = 0) -> pikepdf.Pdf:
    """A file of two pages that draw the same pictures, perhaps in forms within forms."""
    file = pikepdf.new()
    named: dict[str, Any] = {}
    for at, (data, entries) in enumerate(images):
        made = file.make_stream(data, Type=Name.XObject, Subtype=Name.Image)
        for key, value in entries.items():
            made[f"/{key}"] = value
        named[f"/Im{at}"] = made
    for _ in range(in_form):
        inner = Dictionary(XObject=Dictionary(named))
        named = {"/Form": file.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, Resources=inner)}
    for _ in range(2):
        page = file.add_blank_page()
        page.obj.Resources = Dictionary(XObject=Dictionary(named))
    return file


def found(*images: tuple[bytes, dict[str, Any]], in_form: int = 0) -> list[DotImage]:
    return list(read_images(holding(*images, in_form=in_form)))


def grey(data: bytes, width: int = 4, height: int = 2, **more: Any) -> tuple[bytes, dict[str, Any]]:
    return data, {"Width": width, "Height": height, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray, **more}


STRIPES = bytes((0, 255) * 4)


def test_a_picture_is_found_once_with_its_first_page_and_its_colours() -> None:
    (image,) = found(grey(STRIPES))
    assert (image.page, image.colours, image.components, image.interpolated, image.fault) == (
        1, "/DeviceGray", 1, False, "",
    )  # fmt: skip
    assert len(image.look) == 64
    (smooth,) = found(grey(STRIPES, Interpolate=True))
    assert smooth.interpolated


def test_masks_are_no_pictures() -> None:
    assert found(grey(STRIPES, ImageMask=True)) == []
    assert len(found(grey(STRIPES, ImageMask=False))) == 1


@pytest.mark.parametrize(("depth", "count"), [(1, 1), (8, 1), (9, 0)])
def test_pictures_are_found_in_forms_within_eight_forms(depth: int, count: int) -> None:
    assert len(found(grey(STRIPES), in_form=depth)) == count


@pytest.mark.parametrize(
    ("image", "fault"),
    [
        (grey(STRIPES[:7]), "the picture is cut off"),
        (grey(STRIPES + b"more"), ""),
        (grey(bytes(8)), "the picture is of one colour"),
        (grey(bytes([99] * 8)), "the picture is of one colour"),
        (grey(bytes(3), 3, 1), ""),  # too small to show anything
        (grey(bytes(4), 4, 1), "the picture is of one colour"),
        (grey(bytes(995) + bytes([200] * 5), 1000, 1), ""),
        (grey(bytes(996) + bytes([200] * 4), 1000, 1), "the picture is black"),
        (grey(bytes([23] * 996) + bytes([200] * 4), 1000, 1), "the picture is black"),
        (grey(bytes([24] * 996) + bytes([200] * 4), 1000, 1), ""),
        (grey(STRIPES * 3, ColorSpace=Name.DeviceRGB), ""),
        (grey(STRIPES * 2, ColorSpace=Name.DeviceRGB), "the picture is cut off"),
        (grey(STRIPES * 4, ColorSpace=Name.DeviceCMYK), ""),
        (grey(STRIPES * 3, ColorSpace=Name.DeviceCMYK), "the picture is cut off"),
        (grey(bytes(32), ColorSpace=Name.DeviceCMYK), "the picture is of one colour"),
        (grey(b"\xaa\x55", BitsPerComponent=1), ""),
        (grey(b"\xaa", BitsPerComponent=1), "the picture is cut off"),
        (grey(b"\xaa\x55", 9, 1, BitsPerComponent=1), ""),  # rows begin at a byte
        (grey(b"\xaa", 9, 1, BitsPerComponent=1), "the picture is cut off"),
        (grey(STRIPES[:1], ColorSpace=Name.Other), "the picture is of one colour"),
        (grey(b"x", Filter=Name.DCTDecode), "the picture cannot be read"),
        (grey(STRIPES, ColorSpace=Array([Name.ICCBased, Dictionary(N=Name.Three)])), "the picture cannot be read"),
        (grey(STRIPES, ColorSpace=Array([Name.ICCBased])), "the picture cannot be read"),
        (grey(b"x", Filter=Array([Name.DCTDecode])), "the picture cannot be read"),
        (grey(b"x", Filter=Name.CCITTFaxDecode), ""),  # left to viewers
        (grey(b"x", Filter=Array([Name.ASCIIHexDecode, Name.DCTDecode])), ""),
    ],
)
def test_a_picture_that_cannot_be_shown_or_shows_nothing_has_a_fault(
    image: tuple[bytes, dict[str, Any]], fault: str
) -> None:
    assert found(image)[0].fault == fault


def jpeg(colour: str) -> bytes:
    data = io.BytesIO()
    picture = Image.new("RGB", (16, 16), colour)
    picture.paste("white", (0, 0, 8, 16))
    picture.save(data, "JPEG")
    return data.getvalue()


def test_a_jpeg_is_read_by_itself() -> None:
    entries = {"Width": 16, "Height": 16, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB, "Filter": Name.DCTDecode}
    (image,) = found((jpeg("black"), entries))
    assert (image.fault, image.look[0] > 250, image.look[7] < 5) == ("", True, True)


@pytest.mark.parametrize(
    ("space", "name", "components"),
    [
        (Name.DeviceRGB, "/DeviceRGB", 3),
        (Array([Name.CalGray, Dictionary()]), "/CalGray", 1),
        (Array([Name.Indexed, Name.DeviceRGB, 1, String("abcdef")]), "/Indexed", 1),
        (Array([]), "[]", 0),
        (Name.Pattern, "/Pattern", 0),
    ],
)
def test_the_components_of_a_picture_are_those_of_its_colour_space(space: Any, name: str, components: int) -> None:
    image = found(grey(STRIPES * 3, ColorSpace=space))[0]
    assert (image.components, image.colours) == (components, name if name != "[]" else image.colours)


def test_the_components_of_a_profile_are_those_that_it_says() -> None:
    file = holding(grey(STRIPES * 3))
    profile = file.make_stream(b"", N=3)
    file.pages[0].obj.Resources.XObject.Im0.ColorSpace = Array([Name.ICCBased, profile])
    (image,) = read_images(file)
    assert (image.components, image.colours, image.fault) == (3, "/ICCBased", "")


def test_two_pictures_of_one_look_are_alike_whatever_their_size() -> None:
    small, large = Image.new("L", (16, 16), 99), Image.new("RGB", (64, 64), (99, 99, 99))
    assert look(small) == look(large) == bytes([99] * 64)


# --- trees that lead back to themselves -------------------------------------------------------------------------------


def outlines(file: pikepdf.Pdf) -> None:
    item = file.make_indirect(Dictionary(Title=String("a")))
    item.Next = item
    file.Root.Outlines = Dictionary(First=item)


def several_bookmarks(file: pikepdf.Pdf) -> None:
    last = file.make_indirect(Dictionary(Title=String("b")))
    first = file.make_indirect(Dictionary(Title=String("a"), Next=last))
    file.Root.Outlines = Dictionary(First=first, Last=last)


def kids(place: Callable[[pikepdf.Pdf, Any], None], *, looping: bool = True) -> Callable[[pikepdf.Pdf], None]:
    def change(file: pikepdf.Pdf) -> None:
        node = file.make_indirect(Dictionary())
        leaf = file.make_indirect(Dictionary(Names=Array()))
        node.Kids = Array([node if looping else leaf])
        place(file, node)

    return change


def roles(**mapped: str) -> Callable[[pikepdf.Pdf], None]:
    def change(file: pikepdf.Pdf) -> None:
        made = Dictionary({f"/{role}": Name(f"/{other}") for role, other in mapped.items()})
        file.Root.StructTreeRoot = Dictionary(RoleMap=made)

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: None, []),
        (outlines, ["the bookmarks lead back to themselves"]),
        (several_bookmarks, []),
        (kids(lambda file, node: file.Root.__setitem__("/Names", Dictionary(Dests=node))),
         ["the tree of the names /Dests leads back to itself"]),
        (kids(lambda file, node: file.Root.__setitem__("/Names", Dictionary(Dests=node)), looping=False), []),
        (kids(lambda file, node: file.Root.__setitem__("/PageLabels", node)),
         ["the tree of the page labels leads back to itself"]),
        (kids(lambda file, node: file.Root.__setitem__("/StructTreeRoot", Dictionary(ParentTree=node))),
         ["the tree of the structure's parents leads back to itself"]),
        (roles(A="P"), []),
        (roles(A="A"), []),  # which is what it would be without the entry
        (roles(A="B", B="P"), []),
        (roles(A="C", B="C", C="P"), []),
        (roles(A="B", B="A"), ["the roles of the structure lead back to themselves"]),
        (roles(X="P", A="B", B="C", C="A"), ["the roles of the structure lead back to themselves"]),
    ],
)  # fmt: skip
def test_trees_that_lead_back_to_themselves_are_named(change: Callable[[pikepdf.Pdf], None], words: list[str]) -> None:
    file = pikepdf.new()
    file.add_blank_page()
    change(file)
    assert list(loops(file)) == words
