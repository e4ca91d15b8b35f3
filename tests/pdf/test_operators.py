"""Simple contents are read by a pattern, with what qpdf reads of them; all others by qpdf."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.pdf.content.operators import RENDERED, read_operators, read_quickly
from masthead.pdf.damage import DAMAGE

TOKENS = (
    *("q", "Q", "BT", "ET", "EMC", "cm", "Tm", "Td", "Tf", "Ts", "Tr", "TJ", "Tj", "g", "rg", "gs", "BDC", "BMC", "W"),
    *("n", "re", "Do", "sc", "T*", "true", "BI", "0", "1", "-2.5", "+3", ".5", "4.", "1.2.3", "/F2", "/a1.0", "/A#20b"),
    *("[<0001>-78<0002>]", "[ 20 <0001> ]", "[<000>]", "[<00 01>]", "[(a)]", "[/x]", "[5]", "[]", "<0001>", "(a)"),
    *("1 0 0 1 5 6 Tm", "[<0001>-7<02>] TJ", "/F2 9 Tf", "/Span <</MCID 3>> BDC", "0 g", "/a1.0 gs", "2 Tr", "0 0 Td"),
    "/Span\n<</MCID 12>>\nBDC\nBT\n1 0 0 -1 5 6.5 Tm\n/F2 18.6 Tf\n[<0001>-78<0002>] TJ\nET\nEMC\n",
    "/Span\n<</MCID 13>>\nBDC\n/a0.5 gs\n1 .5 0 rg\nBT\n1 0 0 -1 5 6.5 Tm\n/F2 18.6 Tf\n[<0001>] TJ\nET\nEMC\n",
    "/Span\n<</MCID 14>>\nBDC\n0 0 1 rg\nBT\n1 0 0 -1 5 6.5 Tm\n/F2 18.6 Tf\n[<0003>] TJ\nET\nEMC\n",
    *("<</MCID 7>>", "<</MCID (7)>>", "<</Type /Pagination/Subtype /Header>>", "<</A>>", "% a comment", "\0"),
)
DRAWING = {"h", "f", "F", "f*", "n", "re", "m", "l", "Do", RENDERED}


def file_of(*contents: bytes) -> pikepdf.Pdf:
    """A file with a page for each content."""
    file = pikepdf.new()
    for content in contents:
        file.add_blank_page().Contents = file.make_stream(content)
    return file


def plainly(found: Any) -> list[Any]:
    """Operators with their operands as values; properties, which qpdf has as an object, by their identifier."""

    def value(operand: Any) -> Any:
        if isinstance(operand, pikepdf.Dictionary | dict):
            identifier = dict(operand.items()).get("/MCID")
            return identifier if isinstance(identifier, int) else None
        if isinstance(operand, Decimal):
            return float(operand)
        return str(operand) if isinstance(operand, pikepdf.Name) else operand

    return [
        (operator, [value(each) for each in operands] if isinstance(operands, list | tuple) else value(operands))
        for operator, operands in found
    ]


def without_drawing(found: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The operators but those that draw, with each part of the texts that were read as one."""
    for operator, operands in found:
        if operator == "TEXT":
            number, state, colour, place, name, size, string, kerning = operands
            yield "BDC", ("/Span", {"/MCID": number})
            yield from [("gs", state)] if state else []
            yield from [("rg", colour)] if colour else []
            yield "BT", ()
            yield "Tm", list(place)
            yield "Tf", (name, size)
            yield "TJ", (string, kerning)
            yield from (("ET", ()), ("EMC", ()))
        elif operator not in DRAWING:
            yield operator, operands


@given(st.lists(st.sampled_from(TOKENS), max_size=12), st.sampled_from((" ", "\n", "")))
def test_what_is_read_by_the_pattern_is_what_qpdf_reads(tokens: list[str], between: str) -> None:
    file = file_of(between.join(tokens).encode())
    page = file.pages[0]
    quick = read_quickly(page.Contents)
    if quick is not None:
        assert plainly(without_drawing(quick)) == plainly(read_operators(page))


@pytest.mark.parametrize(
    ("before", "at_once"),
    [
        ("", True),
        ("/a0.5 gs\n", True),
        ("0 0 1 rg\n", True),
        ("/a1.0 gs\n1 .5 0 rg\n", True),
        ("0 0 1 rg\n/a1.0 gs\n", False),
    ],
)
def test_a_text_is_read_with_its_state_and_colour_as_qpdf_reads_it(before: str, at_once: bool) -> None:
    shown = "BT\n1 0 0 -1 5 6.5 Tm\n/F2 18.6 Tf\n[<0001>-78<0002>5 -6] TJ\nET\nEMC\n"
    file = file_of(f"/Span\n<</MCID 12>>\nBDC\n{before}{shown}".encode())
    quick = read_quickly(file.pages[0].Contents)
    assert quick is not None
    assert plainly(without_drawing(quick)) == plainly(read_operators(file.pages[0]))
    assert (len(quick) == 1) is at_once


@pytest.mark.parametrize(
    "data",
    [
        b"q 1 0 0 -1 0 792 cm /Artifact BMC EMC Q",
        b"/Span\n<</MCID 12>>\nBDC\nBT\n1 0 0 -1 5 6.5 Tm\n/F2 18.6 Tf\n[<0001>-78<0002>] TJ\nET\nEMC",
        b"/Artifact <</Type /Pagination/Subtype /Header>> BDC /a1.0 gs 0 0 0 rg EMC",
    ],
)
def test_contents_as_masthead_writes_them_are_read_by_the_pattern(data: bytes) -> None:
    file = file_of(data)
    assert read_quickly(file.pages[0].Contents) is not None


def test_a_content_in_several_streams_is_read_by_qpdf() -> None:
    file = file_of(b"q")
    page = file.pages[0]
    page.Contents = pikepdf.Array([page.Contents, page.Contents])
    assert read_quickly(page.Contents) is None
    assert [operator for operator, _ in read_operators(page)] == ["q", "q"]


def test_a_content_that_cannot_be_unpacked_is_an_error() -> None:
    file = file_of(b"q")
    page = file.pages[0]
    page.Contents.write(b"no zlib", filter=pikepdf.Name.FlateDecode)
    assert read_quickly(page.Contents) is None
    with pytest.raises(DAMAGE):
        list(read_operators(page))
