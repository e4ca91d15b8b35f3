"""Colours and patterns of DrawingML (ISO/IEC 29500-1, 20.1.2.3 and 20.1.8), with those of a theme."""

from __future__ import annotations

import pytest
from lxml import etree

from masthead.formats.plotting.palette import Fill
from masthead.formats.word.fills import fill_of, line_of, theme_colours

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
THEME = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "4F81BD"}


def element(content: str) -> etree._Element:
    return etree.fromstring(f"<a:spPr {A}>{content}</a:spPr>")


def srgb(digits: str, changes: str = "") -> str:
    return f'<a:srgbClr val="{digits}">{changes}</a:srgbClr>'


def change(name: str, amount: object) -> str:
    return f'<a:{name} val="{amount}"/>'


HALF = 50_000


@pytest.mark.parametrize(
    ("colour", "shown"),
    [
        (srgb("4F81BD"), "#4f81bd"),
        (srgb("4F81B"), ""), (srgb("4F81BDFF"), ""), (srgb("4F81BG"), ""), (srgb("-F81BD"), ""), (srgb(""), ""),
        ('<a:sysClr val="windowText" lastClr="101010"/>', "#101010"),
        ('<a:sysClr val="windowText"/>', "#000000"), ('<a:sysClr val="window"/>', "#ffffff"),
        ('<a:sysClr val="menu"/>', ""),
        ('<a:schemeClr val="accent1"/>', "#4f81bd"), ('<a:schemeClr val="accent9"/>', ""),
        # names that a file maps to those of its theme
        ('<a:schemeClr val="tx1"/>', "#000000"), ('<a:schemeClr val="bg1"/>', "#ffffff"),
        ('<a:schemeClr val="tx2"/>', "#1f497d"), ('<a:schemeClr val="bg2"/>', "#eeece1"),
        ('<a:prstClr val="black"/>', "#000000"), ('<a:prstClr val="white"/>', "#ffffff"),
        ('<a:prstClr val="gray"/>', "#808080"), ('<a:prstClr val="grey"/>', "#808080"), ('<a:prstClr val="red"/>', ""),
        # half of the lightness of white, as Office shows it
        (srgb("FFFFFF", change("lumMod", HALF)), "#7f7f7f"),
        (srgb("FF0000", change("lumMod", HALF)), "#7f0000"),
        (srgb("000000", change("lumMod", 75_000) + change("lumOff", 25_000)), "#404040"),
        (srgb("FFFFFF", change("lumOff", HALF)), "#ffffff"),
        # tints and shades are of linear light: half of it is a grey of 188 levels
        (srgb("000000", change("tint", HALF)), "#bcbcbc"), (srgb("FFFFFF", change("tint", HALF)), "#ffffff"),
        (srgb("FFFFFF", change("shade", HALF)), "#bcbcbc"), (srgb("000000", change("shade", HALF)), "#000000"),
        (srgb("FF0000", change("tint", 0)), "#ffffff"), (srgb("FF0000", change("shade", 0)), "#000000"),
        (srgb("0A0A0A", change("shade", HALF)), "#050505"),  # the straight part of the curve
        # in their order
        (srgb("FFFFFF", change("lumMod", HALF) + change("shade", 0)), "#000000"),
        (srgb("FFFFFF", change("shade", 0) + change("lumOff", HALF)), "#7f7f7f"),
        (srgb("4F81BD", change("alpha", HALF)), "#4f81bd"), (srgb("4F81BD", change("tint", "x")), "#4f81bd"),
        (srgb("4F81BD", "<a:tint/>"), "#4f81bd"),
    ],
)  # fmt: skip
def test_a_colour_has_its_changes(colour: str, shown: str) -> None:
    solid = element(f"<a:solidFill>{colour}</a:solidFill>")
    assert fill_of(solid, THEME) == (Fill(shown) if shown else None)
    outlined = element(f'<a:ln w="9525"><a:solidFill>{colour}</a:solidFill></a:ln>')
    assert (line_of(outlined, THEME), fill_of(outlined, THEME)) == (shown, None)


BLACK_ON_WHITE = f"<a:fgClr>{srgb('000000')}</a:fgClr><a:bgClr>{srgb('FFFFFF')}</a:bgClr>"


@pytest.mark.parametrize(
    ("preset", "angles"),
    [
        ("horz", (0,)), ("narHorz", (0,)), ("dashHorz", (0,)), ("ltVert", (90,)), ("dkUpDiag", (135,)),
        ("wdDnDiag", (45,)), ("diagCross", (45, 135)), ("solidDmnd", (45, 135)), ("trellis", (45, 135)),
        ("cross", (0, 90)), ("smGrid", (0, 90)), ("lgCheck", (0, 90)), ("horzBrick", (0,)), ("plaid", (0, 90)),
        ("weave", (45, 135)), ("wave", (0,)), ("zigZag", (0,)), ("sphere", (45, 135)), ("shingle", (45,)),
    ],
)  # fmt: skip
def test_a_pattern_of_lines_has_their_angles(preset: str, angles: tuple[int, ...]) -> None:
    found = fill_of(element(f'<a:pattFill prst="{preset}">{BLACK_ON_WHITE}</a:pattFill>'), THEME)
    assert found == Fill("#ffffff", tuple((angle, 3.0) for angle in angles), "#000000")


@pytest.mark.parametrize(
    ("preset", "shown"),
    [("pct5", "#f2f2f2"), ("pct50", "#808080"), ("pct75", "#404040"), ("dotted", "#ffffff"), ("pctx", "#ffffff"),
     ("", "#ffffff")],
)  # fmt: skip
def test_a_pattern_of_dots_is_as_grey_as_it_looks(preset: str, shown: str) -> None:
    assert fill_of(element(f'<a:pattFill prst="{preset}">{BLACK_ON_WHITE}</a:pattFill>'), THEME) == Fill(shown)


@pytest.mark.parametrize(
    ("content", "fill"),
    [
        ("", None),
        ("<a:noFill/>", None),
        (f"<a:xfrm/><a:solidFill>{srgb('112233')}</a:solidFill>", Fill("#112233")),
        (f"<a:gradFill><a:gsLst><a:gs pos='0'>{srgb('112233')}</a:gs><a:gs pos='100000'>{srgb('445566')}</a:gs>"
         "</a:gsLst></a:gradFill>", Fill("#112233")),
        (f"<a:gradFill><a:gsLst><a:gs pos='0'>{srgb('x')}</a:gs><a:gs pos='100000'>{srgb('445566')}</a:gs></a:gsLst>"
         "</a:gradFill>", Fill("#445566")),
        ("<a:gradFill/>", None),
        (f"<a:pattFill prst='pct50'><a:fgClr>{srgb('000000')}</a:fgClr></a:pattFill>", None),
        (f"<a:pattFill prst='pct50'><a:bgClr>{srgb('000000')}</a:bgClr></a:pattFill>", None),
        ("<a:blipFill/>", None),
    ],
)  # fmt: skip
def test_an_area_is_filled_as_its_properties_say(content: str, fill: Fill | None) -> None:
    assert fill_of(element(content), THEME) == fill


def test_what_has_no_properties_has_no_fill_and_no_line() -> None:
    assert (fill_of(None, THEME), line_of(None, THEME), line_of(element(""), THEME)) == (None, "", "")
    assert line_of(element("<a:ln><a:noFill/></a:ln>"), THEME) == ""


def test_a_theme_names_its_colours() -> None:
    root = etree.fromstring(
        f'<a:theme {A}><a:themeElements><a:clrScheme name="x"><a:dk1><a:sysClr val="windowText" lastClr="000000"/>'
        f"</a:dk1><a:lt1><a:sysClr val='window'/></a:lt1><a:accent1>{srgb('4F81BD', change('shade', HALF))}</a:accent1>"
        f"<a:accent2>{srgb('no')}</a:accent2></a:clrScheme></a:themeElements></a:theme>"
    )
    assert theme_colours(root) == {"dk1": "000000", "lt1": "FFFFFF", "accent1": "4F81BD"}
    assert theme_colours(None) == {} == theme_colours(element(""))
