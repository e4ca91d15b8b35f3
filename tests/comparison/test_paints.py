"""What a page is painted with: operators and graphics states of ISO 32000-1, and what two pages differ in."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from masthead.comparison.inks import Paint, differences, read_paints

_TYPES = {  # of functions that map tints; what they compute is not read
    "FunctionType": 2,
    "Domain": Array([0, 1]),
    "C0": Array([0, 0, 0, 0]),
    "C1": Array([0, 0, 0, 1]),
    "N": 1,
}


def painted(content: str, states: dict[str, Dictionary] | None = None, **resources: Any) -> Counter[Paint]:
    """What a page with this content is painted with; /Fm is a form that shows text, /Im a picture, /St a stencil."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(100, 100))
    picture = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
    drawn = {
        "Fm": file.make_stream(b"BT (x) Tj ET", Type=Name.XObject, Subtype=Name.Form),
        "Cs": file.make_stream(b"/Own cs 1 scn 0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form),
        "Im": file.make_stream(b"\0", **picture, ColorSpace=Name.DeviceCMYK),
        "St": file.make_stream(b"\0", **picture, ImageMask=True),
        "No": file.make_stream(b"\0", **picture),
    }
    outer = file.make_stream(b"/Fm Do", Type=Name.XObject, Subtype=Name.Form)
    outer.Resources = Dictionary(XObject=Dictionary(Fm=drawn["Fm"]))
    profile = file.make_stream(b"", N=3)
    spaces = {
        "Own": Array([Name.Separation, Name("/Blue 072"), Name.DeviceCMYK, Dictionary(**_TYPES)]),
        "Two": Array([Name.DeviceN, Array([Name.Gold, Name.Black]), Name.DeviceCMYK, Dictionary(**_TYPES)]),
        "Icc": Array([Name.ICCBased, profile]),
        "Pal": Array([Name.Indexed, Array([Name.ICCBased, profile]), 1, pikepdf.String(bytes(6))]),
        "Lab": Array([Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1]))]),
        "Mine": Name.DeviceRGB,
        "Odd": Array([]),
    }
    page.obj.Resources = Dictionary(
        XObject=Dictionary(**drawn, Two=outer), ColorSpace=Dictionary(**spaces), **resources
    )
    if states:
        page.obj.Resources.ExtGState = Dictionary(**states)
    page.obj.Contents = file.make_stream(content.encode())
    return read_paints(page.obj)


AREA, LINE, TEXT = "0 0 9 9 re f", "0 0 m 9 9 l S", "BT (x) Tj ET"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (TEXT, [("text", "grey")]),
        ("BT [(x) 9 (y)] TJ (z) ' 1 2 (a) \" ET", [("text", "grey")] * 3),
        (f"0.5 g {AREA}", [("area", "grey")]),
        (f"1 0 0 rg {AREA} {LINE}", [("area", "RGB"), ("line", "grey")]),
        (f"1 0 0 RG {AREA} {LINE}", [("area", "grey"), ("line", "RGB")]),
        (f"0 0.5 1 0.25 k {AREA} {LINE}", [("area", "C0 M50 Y100 K25"), ("line", "grey")]),
        (f"0 0.5 1 0.25 K {AREA} {LINE}", [("area", "grey"), ("line", "C0 M50 Y100 K25")]),
        ("0 0 0 1 k 0 0 0 0 K 0 0 9 9 re B", [("area", "C0 M0 Y0 K100"), ("line", "C0 M0 Y0 K0")]),
        *((f"0 0 9 9 re {operator}", [("area", "grey")]) for operator in ("F", "f*")),
        *((f"0 0 m 9 9 l {operator}", [("area", "grey"), ("line", "grey")]) for operator in ("B*", "b", "b*")),
        (f"0 0 m 9 9 l s {LINE}", [("line", "grey")] * 2),
        (f"q 1 0 0 rg {AREA} Q {AREA}", [("area", "RGB"), ("area", "grey")]),
        (
            f"q 1 0 0 rg q 0 0 0 1 k Q {AREA} Q {AREA} Q {TEXT}",
            [("area", "RGB"), ("area", "grey"), ("text", "grey")],
        ),
        # spaces by name, and those that a colour of a device chooses
        (f"1 0 0 rg 0 1 0 sc {AREA}", [("area", "RGB")]),
        (f"/Own CS 1 G 0 SC {LINE}", [("line", "grey")]),
        (f"0 0 0 1 k 0 0 0 0.5 scn {AREA}", [("area", "C0 M0 Y0 K50")]),
        (f"/Own cs 0.5 scn {AREA}", [("area", "spot colour Blue 072 50%")]),
        (f"/Own cs 0.5 scn 1 0 0 rg {AREA}", [("area", "RGB")]),
        (f"/Own CS 0.5 SCN {AREA} {LINE}", [("area", "grey"), ("line", "spot colour Blue 072 50%")]),
        (f"/Two cs 1 0.25 scn {AREA}", [("area", "inks Gold + Black 100% 25%")]),
        (f"/Icc cs 0.5 0 1 sc {AREA}", [("area", "colour profile of 3 channels 0.50 0.00 1.00")]),
        (f"/Icc CS 0.5 0 1 SC {LINE}", [("line", "colour profile of 3 channels 0.50 0.00 1.00")]),
        (f"/Pal cs 1 sc {AREA}", [("area", "palette of colour profile of 3 channels 1.00")]),
        (f"/Lab cs 50 0 0 sc {AREA}", [("area", "Lab 50.00 0.00 0.00")]),
        (f"/Own cs {AREA}", [("area", "spot colour Blue 072")]),
        (f"/DeviceCMYK cs 0 0 0 1 sc {AREA}", [("area", "C0 M0 Y0 K100")]),
        (f"/DeviceRGB cs 1 0 0 sc {AREA}", [("area", "RGB")]),
        (f"/DeviceGray cs 1 sc {AREA}", [("area", "grey")]),
        (f"/Mine cs 1 0 0 sc {AREA}", [("area", "RGB")]),
        (f"/Pattern cs /P1 scn {AREA}", [("area", "Pattern")]),
        (f"/Odd cs 1 sc {AREA}", [("area", "no colour space 1.00")]),
        # pictures, stencils, forms
        ("/Im Do", [("picture", "CMYK")]),
        ("/No Do", [("picture", "no colour space")]),
        ("1 0 0 rg 0 0 0 1 K /St Do", [("picture", "RGB")]),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID x\nEI", [("picture", "inline")]),
        ("/Sh sh", [("shading", "")]),
        ("1 0 0 rg /Fm Do", [("text", "RGB")]),
        ("/Cs Do 0 0 9 9 re f", [("area", "spot colour Blue 072 100%"), ("area", "grey")]),
        ("0 0 0 1 k /Two Do /Two Do", [("text", "C0 M0 Y0 K100")] * 2),
        ("/Missing Do", []),
        # modes of text: the outline has the colour of lines where only that is drawn
        ("1 0 0 rg 0 0 0 1 K BT 0 Tr (x) Tj ET", [("text", "RGB")]),
        ("1 0 0 rg 0 0 0 1 K BT 1 Tr (x) Tj ET", [("outlined text", "C0 M0 Y0 K100")]),
        ("1 0 0 rg 0 0 0 1 K BT 2 Tr (x) Tj ET", [("outlined text", "RGB")]),
        ("1 0 0 rg 0 0 0 1 K BT 3 Tr (x) Tj ET", [("invisible text", "RGB")]),
        ("1 0 0 rg 0 0 0 1 K BT 4 Tr (x) Tj ET", [("text", "RGB")]),
        ("1 0 0 rg 0 0 0 1 K BT 5 Tr (x) Tj ET", [("outlined text", "C0 M0 Y0 K100")]),
        ("1 0 0 rg 0 0 0 1 K BT 6 Tr (x) Tj ET", [("outlined text", "RGB")]),
        ("1 0 0 rg 0 0 0 1 K BT 7 Tr (x) Tj ET", [("clip", "RGB")]),
        ("BT 8 Tr (x) Tj ET", [("text", "grey")]),
        # what comes before an operator that cannot be read is kept
        (f"{AREA} cs {TEXT}", [("area", "grey"), ("content that cannot be read", "list index out of range")]),
    ],
)
def test_each_operator_paints_in_its_colour(content: str, found: list[tuple[str, str]]) -> None:
    assert painted(content) == Counter(Paint(*each) for each in found)


@pytest.mark.parametrize(
    ("states", "fill", "line"),
    [
        ({"OP": True}, {"overprint": "on (mode 0)"}, {"overprint": "on (mode 0)"}),  # for both, if /op is missing
        ({"OP": True, "op": False}, {}, {"overprint": "on (mode 0)"}),
        ({"op": True}, {"overprint": "on (mode 0)"}, {}),
        ({"OP": False, "op": True, "OPM": 1}, {"overprint": "on (mode 1)"}, {}),
        ({"ca": 0.5}, {"opacity": "50%"}, {}),
        ({"CA": 0.25}, {}, {"opacity": "25%"}),
        ({"BM": Name.Multiply}, {"blend": "Multiply"}, {"blend": "Multiply"}),
        ({"BM": Name.Compatible}, {}, {}),
        ({"BM": Array([Name.Screen, Name.Multiply])}, {"blend": "Screen"}, {"blend": "Screen"}),
        ({"SMask": Dictionary(S=Name.Alpha)}, {"opacity": "100%, soft mask"}, {"opacity": "100%, soft mask"}),
        ({"SMask": Name("/None")}, {}, {}),
        ({"RI": Name.Saturation}, {"intent": "Saturation"}, {"intent": "Saturation"}),
        ({"LW": 2}, {}, {}),
    ],
)
def test_a_graphics_state_changes_what_it_names(
    states: dict[str, Any], fill: dict[str, str], line: dict[str, str]
) -> None:
    found = painted(f"/G gs {AREA} {LINE}", {"G": Dictionary(**states)})
    assert found == Counter([Paint("area", "grey", **fill), Paint("line", "grey", **line)])


@pytest.mark.parametrize(
    ("first", "second", "fill"),
    [
        ({"OP": True, "OPM": 1}, {"LW": 2}, {"overprint": "on (mode 1)"}),
        ({"OP": True}, {"OP": False}, {}),
        ({"op": True}, {"OPM": 1}, {"overprint": "on (mode 1)"}),
        ({"ca": 0.5}, {"CA": 0.25}, {"opacity": "50%"}),
        ({"ca": 0.5}, {"ca": 1}, {}),
        ({"BM": Name.Multiply}, {"ca": 0.5}, {"blend": "Multiply", "opacity": "50%"}),
        ({"BM": Name.Multiply}, {"BM": Name.Normal}, {}),
        ({"SMask": Dictionary(S=Name.Alpha)}, {"LW": 2}, {"opacity": "100%, soft mask"}),
        ({"SMask": Dictionary(S=Name.Alpha)}, {"SMask": Name("/None")}, {}),
        ({"RI": Name.Saturation}, {"LW": 2}, {"intent": "Saturation"}),
    ],
)
def test_a_state_keeps_what_the_next_one_does_not_name(
    first: dict[str, Any], second: dict[str, Any], fill: dict[str, str]
) -> None:
    states = {"A": Dictionary(**first), "B": Dictionary(**second)}
    assert painted(f"/A gs /B gs {AREA}", states) == Counter([Paint("area", "grey", **fill)])
    assert painted(f"/Perceptual ri /A gs q /B gs Q q {AREA} Q", {"A": Dictionary(), "B": states["B"]}) == Counter(
        [Paint("area", "grey", intent="Perceptual")]
    )


TWO = "0 0 9 9 re f 0 0 9 9 re f"
SPOT, KEY = "/Own cs 1 scn", "0 0 0 1 k"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (AREA, AREA, []),
        (f"1 0 0 rg {AREA}", f"0 1 0 rg {AREA}", []),  # the values of screen colours are compared by their look
        (AREA, f"{KEY} {AREA}", ["the ink of areas was grey and is now C0 M0 Y0 K100"]),
        (f"{SPOT} {TEXT}", f"{KEY} {TEXT}", ["the ink of text was spot colour Blue 072 100% and is now C0 M0 Y0 K100"]),
        (TEXT, f"{TEXT} {TEXT}", []),  # more of what is there already
        (f"{KEY} {TEXT}", f"{KEY} {TEXT} {TEXT}", []),
        (TEXT, f"{TEXT} {AREA}", []),
        (f"{TEXT} {AREA}", TEXT, []),
        (TEXT, f"{TEXT} {KEY} {LINE} {AREA}", ["areas in C0 M0 Y0 K100 were added"]),
        (TEXT, f"{TEXT} {KEY} {AREA} {AREA}", ["areas in C0 M0 Y0 K100 were added"]),
        (f"{TEXT} {KEY} {AREA}", TEXT, ["areas in C0 M0 Y0 K100 were removed"]),
        (TEXT, f"{TEXT} /Sh sh", []),
        (TEXT, f"{TEXT} BT 3 Tr (x) Tj ET", ["invisible text in grey was added"]),
        (f"{TEXT} BT 7 Tr (x) Tj ET", TEXT, ["text that clips in grey was removed"]),
        (TEXT, f"{TEXT} BT 1 Tr (x) Tj ET", []),
        (f"{AREA} {KEY} {AREA}", f"{KEY} {TWO}", ["the ink of areas was grey and is now C0 M0 Y0 K100"]),
        (
            f"{SPOT} {AREA} {KEY} {TWO} {TWO}",
            f"{KEY} {AREA} 0 0 0 0 k {AREA}",
            ["the ink of areas was spot colour Blue 072 100% and is now C0 M0 Y0 K0"],
        ),
        # words that were removed and others that were added, both in colours that are on the page before and after
        (f"{TEXT} {TEXT} {KEY} {TEXT}", f"{TEXT} {KEY} {TEXT} {TEXT}", []),
        (f"{SPOT} {AREA}", f"{TEXT} {SPOT} {TWO}", []),
        (AREA, f"/Faded gs {AREA}", ["the opacity of areas in grey was 100% and is now 50%"]),
        (LINE, f"/Over gs {LINE}", ["overprint of lines in grey was off and is now on (mode 0)"]),
        (AREA, f"/Mixed gs {AREA}", ["the blend mode of areas in grey was Normal and is now Multiply"]),
        (
            "/Im Do",
            "/Perceptual ri /Im Do",
            ["the rendering intent of pictures in CMYK was RelativeColorimetric and is now Perceptual"],
        ),
        (
            AREA,
            f"/Mixed gs /Over gs {KEY} {AREA}",
            [
                "the ink of areas was grey and is now C0 M0 Y0 K100",
                "overprint of areas in C0 M0 Y0 K100 was off and is now on (mode 0)",
                "the blend mode of areas in C0 M0 Y0 K100 was Normal and is now Multiply",
            ],
        ),
        (
            TEXT,
            f"{TEXT} /Over gs /Mixed gs /Faded gs {AREA}",
            ["areas in grey, overprint on (mode 0), opacity 50%, blend mode Multiply were added"],
        ),
    ],
)
def test_what_is_painted_otherwise_is_said_in_the_terms_of_a_printer(before: str, after: str, said: list[str]) -> None:
    states = {"Faded": Dictionary(ca=0.5), "Over": Dictionary(OP=True), "Mixed": Dictionary(BM=Name.Multiply)}
    sides = (
        painted(content, {name: Dictionary(state) for name, state in states.items()}) for content in (before, after)
    )
    found = [*differences(*sides, 3)]
    assert [each.message for each in found] == said
    assert {each.page for each in found} <= {3}


def test_resources_may_be_those_of_a_group_of_pages() -> None:
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(9, 9)).obj
    del page.Resources
    page.Contents = file.make_stream(f"/Spot cs 1 scn {AREA}".encode())
    file.Root.Pages.Resources = Dictionary(
        ColorSpace=Dictionary(Spot=Array([Name.Separation, Name.Red, Name.DeviceCMYK, Dictionary(**_TYPES)]))
    )
    written = io.BytesIO()
    file.save(written)
    with pikepdf.open(written) as again:
        assert read_paints(again.pages[0].obj) == Counter([Paint("area", "spot colour Red 100%")])
