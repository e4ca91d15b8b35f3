"""What simple contents draw besides text is what PDFium finds on their pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.pdf.content.runs import read_page_texts
from masthead.pdf.drawn.drawing_reader import read_drawings
from masthead.pdf.drawn.drawings import Drawing, simple_drawings

HEIGHT = 400
FORMS = {
    "/Rule": b"q 90 0 0 0.5 20 30 cm 0 0 m 1 0 l 1 1 l 0 1 l h f Q",
    "/Two": b"0 g 10 10 20 20 re f 1 0 0 1 50 60 cm 5 5 5 5 re f*",
    "/Nothing": b"q Q",
    "/Line": b"0 0 m 10 10 l S",
}
COUNTS = {"m": 2, "l": 2, "c": 6, "h": 0}
numbers = st.integers(0, 300).map(str) | st.sampled_from(("12.5", "0.25", "300.75"))
rectangles = st.tuples(*[numbers] * 4).map(lambda each: " ".join(each) + " re")
polygons = st.lists(st.tuples(numbers, numbers).map(" ".join), min_size=3, max_size=5).map(
    lambda points: f"{points[0]} m " + " ".join(f"{each} l" for each in points[1:]) + " h"
)
paths = st.lists(
    st.sampled_from(("m", "l", "l", "c", "h")).flatmap(
        lambda operator: st.lists(numbers, min_size=COUNTS[operator], max_size=COUNTS[operator]).map(
            lambda operands: " ".join((*operands, operator))
        )
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: "10 20 m " + " ".join(parts))
# Lines that go on or turn at right angles, as in frames and letters of straight lines, and some that do not quite.
steps = st.lists(
    st.tuples(
        st.sampled_from((-30, -1, -0.06, 0, 0, 0, 0.04, 0.5, 12, 60)), st.sampled_from((-40, -0.06, 0, 0, 0, 1, 30))
    ),
    min_size=1,
    max_size=6,
)


def staircase(steps: Sequence[tuple[float, float]]) -> str:
    x, y, parts = 150.0, 150.0, ["150 150 m"]
    for across, up in steps:
        x, y = x + across, y + up
        parts.append(f"{x:g} {y:g} l")
    return " ".join(parts)


colours = st.sampled_from(("0 g", "1 g", "0.5 g", "0.3 g", "0.7 g", "1 0 0 rg", "0.2 0.4 0.6 rg", "2 g", "-1 g"))
matrices = st.sampled_from(
    (
        "0.75 0 0 0.75 0 0 cm",
        "1 0 0 -1 0 300 cm",
        "1 0 0 1 20 30 cm",
        "0 1 -1 0 300 0 cm",
        "-0.5 0.866025 -0.866025 -0.5 200 100 cm",
        "1 0.2 -0.4 0.9 5 5 cm",
        "3 0 0 0.5 0 0 cm",
    )
)
pens = st.sampled_from(("1 w", "0.8 w", "2.7 w", "0.05 w", "0 w", "-1 w", "20 w", "2 J", "1 j", "4 M", "[3 1] 0 d"))
states = st.sampled_from(("1 0 0 RG", "0.5 G", "/CS0 cs", "/CS0 CS", "0 0 0 1 K", "/Wide gs", "/Opaque gs"))
paints = st.sampled_from(("f", "F", "f*", "n", "W n", "W* n", "S", "S", "B"))
drawn = st.tuples(
    st.lists(rectangles | polygons | paths | steps.map(staircase), min_size=1, max_size=3).map(" ".join), paints
).map(" ".join)
operations = drawn | colours | matrices | pens | states | st.sampled_from(("q", "Q", "/Rule Do", "/Two Do", "q Q"))


def own_and_pdfiums(content: str) -> tuple[tuple[Drawing, ...] | None, tuple[Drawing, ...]]:
    """What a page draws by our own reading, None where that is not simple, and by PDFium."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(400, HEIGHT))
    page.Contents = file.make_stream(content.encode())
    forms = {
        name: pikepdf.Stream(file, data, Subtype=pikepdf.Name.Form, BBox=[0, 0, 400, 400])
        for name, data in FORMS.items()
    }
    page.Resources = pikepdf.Dictionary(
        ExtGState={"/Wide": pikepdf.Dictionary(LW=9), "/Opaque": pikepdf.Dictionary(ca=1, CA=1)},
        XObject=pikepdf.Dictionary({name: file.make_indirect(form) for name, form in forms.items()}),
    )
    file.save(data := io.BytesIO())
    (text,) = read_page_texts(pikepdf.open(data))
    with pypdfium2.PdfDocument(data.getvalue()) as opened:
        found = read_drawings(opened[0])
    return None if text.shapes is None else simple_drawings(text.shapes, HEIGHT), found


def assert_same(own: tuple[Drawing, ...], found: tuple[Drawing, ...]) -> None:
    assert len(own) == len(found)
    for one, other in zip(own, found, strict=True):
        assert replace(one, box=other.box) == other
        assert one.box == pytest.approx(other.box, abs=0.002)


@given(st.lists(operations, max_size=10).map(" ".join))
def test_simple_drawings_are_what_pdfium_finds(content: str) -> None:
    own, found = own_and_pdfiums(content)
    if own is not None:
        assert_same(own, found)


@given(pen=st.sampled_from(("0.4", "1", "2.7", "15")), matrix=matrices, path=paths | steps.map(staircase) | rectangles)
def test_the_boxes_of_strokes_are_what_pdfium_finds(pen: str, matrix: str, path: str) -> None:
    own, found = own_and_pdfiums(f"{pen} w {matrix} {path} S")
    if own is not None:
        assert_same(own, found)


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ("", 0),
        ("10 10 50 5 re f", 1),
        ("/Rule Do", 1),
        ("0 0 100 100 re W n /Rule Do 200 200 10 10 re f", 1),  # the second one is clipped away
        ("10 10 50 50 re 12 12 46 46 re f*", 1),
        ("q 0.5 0 0 0.5 10 10 cm 0.2 0.4 0.6 rg 10 10 m 50 10 l 50 50 l h f Q 1 g 0 0 5 5 re f", 2),
        ("5 5 m 9 9 m 20 9 l 20 30 l h 1 1 m f", 1),  # moves that draw nothing
        ("0 0 m 10 10 l S", 1),
        ("10 10 50 5 re B", 1),
        ("0 0 m 1 2 3 4 5 6 c f", 1),
        ("q 3 w 0.5 0.8 -0.8 0.5 90 90 cm 9 9 m 1 2 3 4 5 6 c S Q 9 9 m 20 9 l 20 30 l S", 2),
        ("0.5 g /Opaque gs 2 w [] 0 d 0 J 10 10 m 20 10 20 20 30 20 c 40 20 40 10 50 10 c h B", 1),
        ("5 5 m 30 20 l 55 35.01 l S 5 5 m 30 20 l 5 5 l S", 2),  # lines that go on, and back
    ],
)
def test_the_drawings_of_simple_contents_are_read(content: str, count: int) -> None:
    own, found = own_and_pdfiums(content)
    assert own is not None and len(own) == count
    assert_same(own, found)


@pytest.mark.parametrize(
    "content",
    [
        "0 0 m 10 10 l s",
        "0 0 m 1 2 3 4 v f",
        "10 10 50 5 re B*",
        "0 0 m 20 10 l 10 40 l S",  # lines that meet at an angle
        "0 w 0 0 m 10 10 l S",
        "/Wide gs 0 0 m 10 10 l S",
        "/CS0 cs 10 10 5 5 re f",
        "7 Tr 10 10 5 5 re f",
        "0 0 m 10 10 l q 20 20 l f Q",
        "0 0 m h f",
        "10 10 l f",
        "0 0 10 10 re W n 10 5 20 20 re f",  # it touches what it is clipped to
        "0 0 0 1 k 10 10 5 5 re f",
        "/Line Do",
        "/Nothing Do",
        "/Missing Do",
        "/Shading sh",
        "W n",
        "(text) Tj",
    ],
)
def test_all_other_contents_are_left_to_pdfium(content: str) -> None:
    assert own_and_pdfiums(content)[0] is None
