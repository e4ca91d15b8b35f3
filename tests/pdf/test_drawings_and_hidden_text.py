"""What is drawn besides text, and which text cannot be seen, on pages written by hand."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import cases
from handmade import handmade
from masthead.pdf.drawn.measures import short_bleeds
from masthead.pdf.drawn.pages import Page, read_pages
from masthead.pdf.drawn.visibility import unseen

TABLE = Path(__file__).with_name("drawing_cases.txt")


def pages(data: bytes) -> tuple[Page, ...]:
    with pypdfium2.PdfDocument(data) as document:
        return read_pages(document, len(document))


def outcome(written: str) -> list[str]:
    """The drawings of an input, and the characters that are not seen."""
    data = handmade(written)
    lines = []
    for page in pages(data):
        for each in page.drawings:
            box = " ".join(f"{side:.0f}" for side in each.box)
            lines.append(f"{each.kind} at {box}{', after text' * each.after_text}, shade {each.shade}")
    for _, found in unseen(data, pages(data)):
        lines += [f"not seen in [{line.text}]: {''.join(each.text for each in hidden)}" for line, hidden in found]
    return [cases.shown(line) for line in lines]


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_drawings_have_a_box_and_a_shade_and_hidden_characters_are_found(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


@pytest.mark.parametrize(
    ("area", "sides"),
    [
        ("50 50 100 100", []),  # touches no edge
        ("10 50 50 50", ["left"]),  # ends at the edge of the trim
        ("1 50 59 50", []),  # reaches the end of the bleed
        ("100 10 50 50", ["bottom"]),
        ("100 100 50 90", ["top"]),
        ("100 100 90 50", ["right"]),
        ("1 1 198 198", []),
        ("10 10 180 180", ["left", "top", "right", "bottom"]),
        ("10 50 0.5 50", ["left"]),  # as thin as a pixel
        ("100 189.5 50 0.5", ["top"]),
        ("189.5 50 0.5 50", ["right"]),
        ("100 10 50 0.5", ["bottom"]),
        ("10.5 50 50 50", []),  # a pixel inside
        ("10 10 0.5 0.5", ["left", "bottom"]),  # a pixel in a corner
        ("10 189.5 0.5 0.5", ["left", "top"]),
        ("189.5 189.5 0.5 0.5", ["top", "right"]),
        ("189.5 10 0.5 0.5", ["right", "bottom"]),
    ],
)
def test_what_touches_the_trim_is_drawn_beyond_it(area: str, sides: list[str]) -> None:
    with pikepdf.open(io.BytesIO(handmade(f"! {area} re f ‖ ", (200, 200)))) as file:
        for page in file.pages:
            page.TrimBox = [10, 10, 190, 190]
        data = io.BytesIO()
        file.save(data)
    assert short_bleeds(data.getvalue(), 9, 8) == [(1, side) for side in sides]


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
