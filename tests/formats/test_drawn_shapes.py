"""Shapes and diagrams of Word files as drawings: what is drawn for each shape, where, and with which words.

Drawings have a margin of a point on all sides, so a shape at 0 0 is drawn at 1 1.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from masthead.formats.word.diagrams import diagram_texts, draw_diagram
from masthead.formats.word.shapes import Shape, Word, picture_of

BOX = ("left", (Word("Sea", 10),))


def drawn(*shapes: Shape) -> str:
    """What is drawn, without the frame of the drawing."""
    svg = picture_of(shapes).data.decode()
    return svg.partition('stroke-width=".75">')[2].removesuffix("</g></svg>")


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        # lines from corner to corner
        (Shape("line", 0, 0, 20, 10), '<path d="M1.00 1.00L21.00 11.00" fill="none" stroke="#000"/>'),
        (Shape("line", 0, 0, 20, 10, flipped=(True, False)),
         '<path d="M21.00 1.00L1.00 11.00" fill="none" stroke="#000"/>'),
        (Shape("line", 0, 0, 20, 10, flipped=(False, True)),
         '<path d="M1.00 11.00L21.00 1.00" fill="none" stroke="#000"/>'),
        (Shape("rect", 0, 0, 20, 0.9), '<path d="M1.00 1.00L21.00 1.90" fill="none" stroke="#000"/>'),
        # those with bends go along the x axis first
        (Shape("bentConnector3", 0, 0, 20, 10),
         '<path d="M1.00 1.00L11.00 1.00L11.00 11.00L21.00 11.00" fill="none" stroke="#000"/>'),
        (Shape("bentConnector3", 0, 0, 20, 10, bend=0.25),
         '<path d="M1.00 1.00L6.00 1.00L6.00 11.00L21.00 11.00" fill="none" stroke="#000"/>'),
        (Shape("bentConnector2", 0, 0, 20, 10, bend=0.25),
         '<path d="M1.00 1.00L21.00 1.00L21.00 11.00L21.00 11.00" fill="none" stroke="#000"/>'),
        (Shape("line", 0, 0, 20, 10, turn=90),
         '<path d="M1.00 1.00L21.00 11.00" fill="none" stroke="#000" transform="rotate(90 11.00 6.00)"/>'),
        # areas
        (Shape("rect", 0, 0, 20, 10), ""),  # a frame that is not seen
        (Shape("rect", 0, 0, 20, 10, stroked=False, filled="#eeeeee"),
         '<rect x="1.00" y="1.00" width="20.00" height="10.00" fill="#eeeeee"/>'),
        (Shape("roundRect", 0, 0, 20, 12),
         '<rect x="1.00" y="1.00" width="20.00" height="12.00" rx="2.0" fill="#fff" stroke="#000"/>'),
        (Shape("ellipse", 0, 0, 20, 10),
         '<ellipse cx="11.00" cy="6.00" rx="10.00" ry="5.00" fill="#fff" stroke="#000"/>'),
        (Shape("ellipse", 0, 0, 20, 10, stroked=False), ""),
        (Shape("custom", 0, 0, 20, 10, outline="M0 0L9 9Z", filled="#d9d9d9"),
         '<path d="M0 0L9 9Z" transform="translate(1.00 1.00)" fill="#d9d9d9" stroke="#000"/>'),
        (Shape("custom", 0, 0, 20, 10, outline="M0 0L9 9", turn=45),
         '<path d="M0 0L9 9" transform="translate(1.00 1.00) rotate(45 10.00 5.00)" fill="none" stroke="#000"/>'),
    ],
)  # fmt: skip
def test_a_shape_is_drawn_as_it_is(shape: Shape, expected: str) -> None:
    assert drawn(shape) == expected


@pytest.mark.parametrize(
    ("side", "place"),
    [("left", "5.00 start"), ("center", "51.00 middle"), ("both", "51.00 middle"), ("distribute", "51.00 middle"),
     ("right", "97.00 end"), ("end", "97.00 end")],
)  # fmt: skip
def test_words_are_at_their_side(side: str, place: str) -> None:
    found = re.search(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)"',
                      drawn(Shape("rect", 0, 0, 100, 60, paragraphs=((side, (Word("Sea", 10),)),))))  # fmt: skip
    assert found and " ".join(found.groups()) == place


@pytest.mark.parametrize(
    ("height", "middle", "y"),
    [
        (60, False, 1 + 4 + 11.6 - 2.32),  # at the head
        (60, True, 1 + (60 - 11.6) / 2 + 11.6 - 2.32),
        (19, False, 1 + (19 - 11.6) / 2 + 11.6 - 2.32),  # so little room is shared
        (19.7, False, 1 + 4 + 11.6 - 2.32),
    ],
)
def test_words_are_at_the_head_or_in_the_middle(height: float, middle: bool, y: float) -> None:
    found = re.search(r'y="([\d.]+)" text', drawn(Shape("rect", 0, 0, 100, height, paragraphs=(BOX,), middle=middle)))
    assert found and float(found[1]) == pytest.approx(y, abs=0.01)


def test_words_have_their_look_and_a_call_is_raised() -> None:
    words = (Word("Sea", 9, bold=True), Word("of", 9, italic=True), Word("a", 9, raised=True, spaced=False))
    assert drawn(Shape("rect", 0, 0, 200, 60, paragraphs=(("left", words),))).partition('preserve">')[2] == (
        '<tspan font-size="9.00" font-weight="bold">Sea</tspan><tspan font-size="9.00" font-style="italic"> of</tspan>'
        '<tspan font-size="5.85" dy="-3.00">a</tspan><tspan dy="3.00" font-size="1">\u200b</tspan></text>'
    )


def lines(width: float, *words: Word) -> list[str]:
    found = drawn(Shape("rect", 0, 0, width, 90, paragraphs=(("left", words),)))
    return [re.sub("<.*?>", "", each) for each in found.split("</text>")[:-1]]


def test_words_are_wrapped_at_the_width_of_their_box_without_three_points_at_each_side() -> None:
    sea, land = Word("Sea", 10), Word("Land", 10)
    room = sea.width + 2.5 + land.width + 6
    assert lines(room + 0.01, sea, land) == ["Sea Land"]
    assert lines(room - 0.01, sea, land) == ["Sea", "Land"]
    assert lines(room - 9, sea, Word("Land", 10, spaced=False)) == ["SeaLand"]  # no space to break at
    assert lines(1, sea) == ["Sea"]
    assert Word("Sea", 10, bold=True).width == pytest.approx(1.08 * sea.width)
    assert Word("Sea", 10, raised=True).width == pytest.approx(0.65 * sea.width)


def test_a_drawing_is_as_large_as_its_shapes_and_says_their_words_from_above() -> None:
    low, high = (
        Shape("rect", -10, y, 60, 20, paragraphs=(("left", (Word(word, 8),)),)) for y, word in ((80, "b"), (30, "a"))
    )
    beside = Shape("rect", 100, 30, 60, 20, paragraphs=(("left", (Word("c", 8), Word("d", 8))),))
    picture = picture_of([low, beside, high])
    assert picture.alternative == "a; c d; b"
    assert 'width="172pt" height="72pt" viewBox="0 0 172 72"' in picture.data.decode()
    assert '<rect x="1.00" y="51.00"' in picture.data.decode()


def test_a_drawing_begins_at_the_column() -> None:
    assert 'width="62pt"' in picture_of([Shape("rect", 50, 0, 10, 10, paragraphs=(BOX,))]).data.decode()


# --- diagrams ---------------------------------------------------------------------------------------------------------

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
DATA = etree.fromstring('<m><dataModelExt relId="rId9"/></m>')


def sp(kind: str = "rect", text: str = "", *, look: str = "<a:solidFill/>", more: str = "", frame: str = "") -> str:
    """A shape of 100 by 50 points."""
    body = f"<txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></txBody>" if text else ""
    return (
        f'<sp {A}><spPr><a:xfrm{frame}><a:off x="0" y="0"/><a:ext cx="1270000" cy="635000"/></a:xfrm>'
        f'<a:prstGeom prst="{kind}"/>{look}</spPr>{body}{more}</sp>'
    )


def diagram(*shapes: str) -> Any:
    root = etree.fromstring(f"<drawing>{''.join(shapes)}</drawing>")
    return draw_diagram(DATA, {"rId9": root})


SHOWN = sp(text="Sea")  # a drawing without any text is none


@pytest.mark.parametrize(
    ("kind", "tip"),
    [
        ("rightArrow", "100.00 25.00"), ("leftArrow", "0.00 25.00"), ("downArrow", "50.00 50.00"),
        ("upArrow", "50.00 0.00"), ("chevron", "100.00 25.00"), ("homePlate", "100.00 25.00"),
        ("triangle", "50.00 0.00"), ("diamond", "100.00 25.00"), ("hexagon", "100.00 25.00"),
        ("trapezoid", "25.00 0.00"),
    ],
)  # fmt: skip
def test_an_arrow_points_where_it_does(kind: str, tip: str) -> None:
    svg = diagram(SHOWN, sp(kind)).data.decode()
    (path,) = re.findall(r'<path d="M(.*?)Z"', svg)
    points = path.split("L")
    assert tip in points
    if kind not in ("chevron", "homePlate", "hexagon", "trapezoid"):
        axis = 0 if (tip.startswith(("100", "0.00")) and "Arrow" in kind) or kind == "diamond" else 1
        values = [float(each.split()[axis]) for each in points]
        assert values.count(float(tip.split()[axis])) == 1  # it is the only point there
    assert 'fill="#d9d9d9"' in svg


def test_both_sides_of_a_double_arrow_point_away() -> None:
    svg = diagram(SHOWN, sp("leftRightArrow")).data.decode()
    assert "M0.00 25.00L" in svg and "L100.00 25.00L" in svg


@pytest.mark.parametrize(
    ("look", "style", "is_drawn"),
    [
        ("<a:solidFill/>", "", True),
        ("<a:noFill/>", "", False),
        ("", "", False),
        ("<a:ln><a:solidFill/></a:ln>", "", True),
        ("<a:ln><a:noFill/></a:ln>", "", False),
        ("", '<a:lnRef idx="2"/>', True),
        ("", '<a:lnRef idx="0"/>', False),
        ("", '<a:fillRef idx="1"/>', True),
        ("<a:ln><a:noFill/></a:ln><a:noFill/>", '<a:lnRef idx="2"/><a:fillRef idx="1"/>', False),
        ("<a:ln><a:noFill/></a:ln>", '<a:lnRef idx="2"/><a:fillRef idx="1"/>', True),
    ],
)
def test_a_shape_is_drawn_if_it_or_its_style_has_a_line_or_an_area(look: str, style: str, is_drawn: bool) -> None:
    more = f"<style>{style}</style>" if style else ""
    assert ("<ellipse" in diagram(SHOWN, sp("ellipse", look=look, more=more)).data.decode()) is is_drawn


def test_boxes_with_text_are_white_and_their_text_may_be_elsewhere() -> None:
    place = f'<txXfrm {A}><a:off x="1270000" y="0"/><a:ext cx="635000" cy="635000"/></txXfrm>'
    svg = diagram(sp("roundRect", "Sea", more=place)).data.decode()
    assert '<rect x="1.00" y="1.00" width="100.00" height="50.00" rx="8.3" fill="#ffffff" stroke="#000"/>' in svg
    assert 'x="105.00"' in svg and svg.count("Sea") == 1
    assert 'width="152pt"' in svg


def test_a_diagram_that_word_does_not_keep_or_that_has_no_words_is_not_drawn() -> None:
    assert draw_diagram(DATA, {}) is None
    assert draw_diagram(etree.fromstring("<m/>"), {"rId9": etree.fromstring(f"<d>{SHOWN}</d>")}) is None
    assert diagram(sp("rightArrow")) is None
    assert diagram(sp("rect", "Sea")).data


def test_a_shape_is_turned_and_has_an_outline_of_its_own() -> None:
    curve = '<a:cubicBezTo><a:pt x="1" y="2"/><a:pt x="3" y="4"/><a:pt x="10" y="20"/></a:cubicBezTo>'
    own = (
        '<a:custGeom><a:pathLst><a:path w="10" h="20"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo>'
        f'<a:pt x="5" y="10"/></a:lnTo>{curve}{{}}</a:path></a:pathLst></a:custGeom><a:solidFill/>'
    )
    turned = ' rot="2700000"'
    for close, area, end in (("<a:close/>", "#d9d9d9", "Z"), ("", "none", "")):
        shape = sp(look=own.format(close), frame=turned).replace('<a:prstGeom prst="rect"/>', "")
        svg = diagram(SHOWN, shape).data.decode()
        path = f"M0.00 0.00L50.00 25.00C10.00 5.00 30.00 10.00 100.00 50.00{end}"
        assert f'd="{path}" transform="translate(1.00 1.00) rotate(45 50.00 25.00)" fill="{area}"' in svg


def test_the_texts_of_a_diagram_are_in_the_order_of_the_file() -> None:
    points = "".join(f"<pt><t><p><r><t>{text}</t></r><r><t>!</t></r></p></t></pt>" for text in (" Sea  and", "Land"))
    assert diagram_texts(etree.fromstring(f"<m>{points}<pt><t><p><r><t> </t></r></p></t></pt></m>")) == [
        "Sea and!", "Land!"
    ]  # fmt: skip
