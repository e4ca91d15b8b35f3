"""Drawings in the bundled fonts."""

from __future__ import annotations

import html

import pytest

from masthead.document import TemplateError
from masthead.page.svg import FAMILIES, in_own_fonts

HEAD = '<svg xmlns="http://www.w3.org/2000/svg"'


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('<text font-family="Arial" font-size="9">a</text>', '<text font-size="9">a</text>'),
        ('<text style="font-family: Arial; fill: red">a</text>', '<text style=" fill: red">a</text>'),
        ("<text style=\"fill:red;font-family:'A B',serif\">a</text>", '<text style="fill:red;">a</text>'),
        (
            '<text style="font: italic bold 13px/1.2 Arial, sans-serif">a</text>',
            '<text style="font-style: italic; font-weight: bold; font-size: 13px;">a</text>',
        ),
        (
            "<style>.a{font-family:X;fill:red} .b{font:600 9px X}</style><text>a</text>",
            "<style>.a{fill:red} .b{font-weight: 600; font-size: 9px;}</style><text>a</text>",
        ),
        ("<style/><text>font: 9px X; font-family: Y</text>", "<style/><text>font: 9px X; font-family: Y</text>"),
    ],
)
def test_fonts_are_replaced_and_sizes_stay(given: str, made: str) -> None:
    assert (
        in_own_fonts(f"{HEAD}>{given}</svg>".encode(), "").decode() == f'{HEAD} font-family="{FAMILIES}">{made}</svg>'
    )


def test_a_drawing_without_words_stays_as_it_is() -> None:
    drawing = f"{HEAD}><!-- a --><rect font-family='X'/></svg>".encode()
    assert in_own_fonts(drawing, "") is drawing


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("<text>عام <tspan fill='red'>2045</tspan> مياه</text>", "<text>عام 2045 مياه</text>"),
        ("<text><tspan x='1'>عام</tspan><tspan> 2045</tspan></text>", '<text><tspan x="1">عام 2045</tspan></text>'),
        ("<text><tspan font-size='9'>عام</tspan> 2</text>", '<text font-size="9">عام 2</text>'),
        ("<text>in <tspan>2045</tspan></text>", "<text>in <tspan>2045</tspan></text>"),
    ],
)
def test_the_parts_of_a_right_to_left_line_become_one_text(given: str, made: str) -> None:
    assert made in html.unescape(in_own_fonts(f"{HEAD}>{given}</svg>".encode(), "").decode())


@pytest.mark.parametrize("drawing", [b"<html/>", b'<!DOCTYPE svg [<!ENTITY e "z">]><svg><text>&e;</text></svg>'])
def test_what_would_be_lost_is_refused(drawing: bytes) -> None:
    with pytest.raises(TemplateError, match=r"the drawing (is not SVG but html|has entities)"):
        in_own_fonts(drawing, "")


@pytest.mark.parametrize("drawing", [b"", b"<svg", b"<svg><text></svg>", b"\x89PNG"])
def test_what_is_not_well_formed_is_an_error_that_names_the_figure(drawing: bytes) -> None:
    with pytest.raises(TemplateError, match="figure “Rain”: the drawing is not well-formed"):
        in_own_fonts(drawing, "figure “Rain”")


@pytest.mark.parametrize(
    ("given", "made"),
    [
        # Hebrew letters are read from the right as Arabic ones are, and so are the parts of each line of a text.
        ("<text><tspan>א</tspan><tspan>ב</tspan></text>", "<text>אב</text>"),
        ("<text><tspan>عام</tspan><tspan> 2045</tspan></text>", "<text>عام 2045</text>"),
        ("<text>2045 <tspan y='9'>عام</tspan></text>", '<text>2045 <tspan y="9">عام</tspan></text>'),
        (
            "<text><tspan x='1'>عام <tspan>2</tspan></tspan><tspan x='2'>a</tspan> b<tspan>c</tspan></text>",
            '<text><tspan x="1">عام 2</tspan><tspan x="2">a bc</tspan></text>',
        ),
        # The look of a line is that of its first part, but for what the line says itself.
        ("<text fill='red'><tspan fill='blue' dx='1'>عام</tspan></text>", '<text fill="red" dx="1">عام</text>'),
        ("<text>عام <tspan fill='blue'>2</tspan></text>", "<text>عام 2</text>"),
        ("<text> <tspan fill='blue'>عام</tspan></text>", '<text fill="blue"> عام</text>'),
    ],
)
def test_each_line_of_a_right_to_left_text_has_the_look_of_its_first_part(given: str, made: str) -> None:
    assert made in html.unescape(in_own_fonts(f"{HEAD}>{given}</svg>".encode(), "").decode())


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("font: oblique 9pt X", "font-style: oblique; font-size: 9pt;"),
        ("font: bolder 9em X", "font-weight: bolder; font-size: 9em;"),
        ("font: small-caps 1.5rem X", "font-size: 1.5rem;"),
        ("font:italic 700 80%/1 X; fill: red", "font-style: italic; font-weight: 700; font-size: 80%; fill: red"),
        ("font: 9px X", "font-size: 9px;"),
        ("-x-font: 9px X", "-x-font: 9px X"),
        ("font-size: 9px", "font-size: 9px"),
        ("font-family: X", ""),
    ],
)
def test_of_a_shorthand_size_weight_and_slant_stay(given: str, made: str) -> None:
    drawn = in_own_fonts(f'{HEAD}><text style="{given}">a</text></svg>'.encode(), "").decode()
    assert drawn == f'{HEAD} font-family="{FAMILIES}"><text style="{made}">a</text></svg>'
