"""What simple contents draw besides text is what PDFium finds on their pages."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.pdf.content.runs import read_page_texts
from masthead.pdf.drawn.drawings import Drawing, read_drawings, simple_drawings

HEIGHT = 400
FORMS = {
    "/Rule": b"q 90 0 0 0.5 20 30 cm 0 0 m 1 0 l 1 1 l 0 1 l h f Q",
    "/Two": b"0 g 10 10 20 20 re f 1 0 0 1 50 60 cm 5 5 5 5 re f*",
    "/Nothing": b"q Q",
    "/Line": b"0 0 m 10 10 l S",
}
numbers = st.integers(0, 300).map(str) | st.sampled_from(("12.5", "0.25", "300.75"))
rectangles = st.tuples(*[numbers] * 4).map(lambda each: " ".join(each) + " re")
polygons = st.lists(st.tuples(numbers, numbers).map(" ".join), min_size=3, max_size=5).map(
    lambda points: f"{points[0]} m " + " ".join(f"{each} l" for each in points[1:]) + " h"
)
colours = st.sampled_from(("0 g", "1 g", "0.5 g", "0.3 g", "0.7 g", "1 0 0 rg", "0.2 0.4 0.6 rg", "2 g", "-1 g"))
matrices = st.sampled_from(("0.75 0 0 0.75 0 0 cm", "1 0 0 -1 0 300 cm", "1 0 0 1 20 30 cm", "0 1 -1 0 300 0 cm"))
paints = st.sampled_from(("f", "F", "f*", "n", "W n", "W* n"))
drawn = st.tuples(st.lists(rectangles | polygons, min_size=1, max_size=3).map(" ".join), paints).map(" ".join)
operations = drawn | colours | matrices | st.sampled_from(("q", "Q", "/Rule Do", "/Two Do", "q Q"))


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
        XObject=pikepdf.Dictionary({name: file.make_indirect(form) for name, form in forms.items()})
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


@given(st.lists(operations, max_size=8).map(" ".join))
def test_simple_drawings_are_what_pdfium_finds(content: str) -> None:
    own, found = own_and_pdfiums(content)
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
    ],
)
def test_the_drawings_of_simple_contents_are_read(content: str, count: int) -> None:
    own, found = own_and_pdfiums(content)
    assert own is not None and len(own) == count
    assert_same(own, found)


@pytest.mark.parametrize(
    "content",
    [
        "0 0 m 10 10 l S",
        "10 10 50 5 re B",
        "0 0 m 1 2 3 4 5 6 c f",
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
