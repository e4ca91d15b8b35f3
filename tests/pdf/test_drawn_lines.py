"""How characters on a page become lines: their text in reading order, columns, raised marks, turned pages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

import cases
from handmade import handmade
from masthead.pdf import Page
from masthead.pdf.drawn.direction import is_right_to_left
from masthead.pdf.drawn.pages import read_pages, text_by_content

TABLE = Path(__file__).with_name("line_cases.txt")


def read(written: str) -> tuple[Page, ...]:
    with pypdfium2.PdfDocument(handmade(written)) as document:
        return read_pages(document, len(document))


def outcome(written: str) -> list[str]:
    """Each line with its place; spans and raised marks, if there are several."""
    return [cases.shown(line) for page in read(written) for line in shown(page)]


def shown(page: Page) -> list[str]:
    found = []
    for line in page.lines:
        box, bold = " ".join(f"{each:.0f}" for each in line.box), " bold" if line.bold else ""
        spans = f", of {', '.join(f'[{span.text}]' for span in line.spans)}" if len(line.spans) > 1 else ""
        raised = f", raised {', '.join(f'[{span.text}] at {span.left:.0f}' for span in line.raised)}" * bool(
            line.raised
        )
        found.append(
            f"{page.number} [{line.text}] {line.size:.3g} pt{bold} at {box}, {line.baseline:.4g}{spans}{raised}"
        )
    if page.right_to_left:
        found.append(f"{page.number} is read from the right")
    for turned in page.turned:
        found += [f"turned by {turned.turn} to {turned.width:.0f}: {line}" for line in shown(turned)]
        found += [f"on paper {' '.join(f'{each:.0f}' for each in turned.on_paper(line.box))}" for line in turned.lines]
    return found


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_characters_become_lines_spans_and_raised_marks_in_reading_order(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


def test_marked_content_has_its_text_line_by_line() -> None:
    pages = read("126 300 10 <P>One word; 170 300 10 <+> and; 126 314 10 <+>more ‖ 126 300 10 <P>Two")
    text = text_by_content(pages)
    assert [text(0, number) for number in range(4)] == [" One word", " and", " more", ""]
    assert text(1, 0) == " Two"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("قرار", True), ("abc", False), ("قرار abcd", False), ("قرار abc", True), ("قرar", False), ("", False),
     ("12", False), ("12 قرار 34", True), ("שלום", True)],
)  # fmt: skip
def test_most_letters_say_whether_a_text_is_read_from_the_right(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
