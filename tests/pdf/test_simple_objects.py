"""Simple objects are read by a pattern, as pypdf reads them; all others by pypdf."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, read_object

from masthead.pdf.catalogue.simple import read_simple

TOKENS = (
    *(
        "/A",
        "/Type",
        "/b-1.0",
        "/A#20b",
        "0",
        "-7",
        "+1",
        "2.5",
        "-.5",
        "4.",
        "1.2.3",
        "--1",
        "3 0 R",
        "3 0 Rx",
        "12 0",
    ),
    *("(a b)", "()", "(a\\)b)", "((c))", "<feff0041>", "<48 65>", "<486>", "<>", "true", "false", "null", "truer"),
    *("<<", ">>", "[", "]", "<</A 1>>", "<</A 1/A 2>>", "<</A>>", "[1 2 0 R(x)/B]", "<</K[1<</B<64>>>]>>", "% c\n"),
)


def reader() -> PdfReader:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    data = io.BytesIO()
    writer.write(data)
    return PdfReader(data)


READER = reader()


def plainly(found: Any) -> Any:
    """An object with its types, all the way down."""
    kind = type(found).__name__
    if isinstance(found, IndirectObject):
        return kind, found.idnum, found.generation
    if isinstance(found, DictionaryObject):
        return kind, [(plainly(key), plainly(value)) for key, value in found.items()]
    if isinstance(found, ArrayObject):
        return kind, [*map(plainly, found)]
    return kind, repr(found), getattr(found, "_original_bytes", None)


@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=8), st.sampled_from((" ", "\n", "")))
def test_what_is_read_by_the_pattern_is_what_pypdf_reads(tokens: list[str], between: str) -> None:
    data = between.join(tokens).encode()
    found = read_simple(data, READER)
    if found is not None:
        assert plainly(found) == plainly(read_object(io.BytesIO(data + b" "), READER))


@pytest.mark.parametrize("data", [b"<</A 1/A 2>>", b"(a\\)b)", b"/A#20b", b"1 2", b"[1", b"", b"[" * 50 + b"]" * 50])
def test_other_objects_are_left_to_pypdf(data: bytes) -> None:
    assert read_simple(data, READER) is None


def test_objects_in_one_another_are_read_to_a_depth_of_twenty() -> None:
    for depth, is_read in ((20, True), (21, True), (22, False)):
        assert (read_simple(b"[" * depth + b"1" + b"]" * depth, READER) is not None) is is_read, depth
