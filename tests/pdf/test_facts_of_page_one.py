"""What page one says of its document, and where: in its masthead, under it and in its imprint, and on press sheets.

An input begins with the size of the paper, if it is not Letter.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import cases
from handmade import PAPERS, handmade
from masthead.pdf import Facts
from masthead.pdf.drawn.pages import read_pages
from masthead.pdf.facts.recognition import recognize

TABLE = Path(__file__).with_name("page_one_cases.txt")


def outcome(written: str) -> list[str]:
    """The facts of an input that are not empty."""
    paper, colon, parts = written.partition(": ")
    if colon and "x" in paper and " " not in paper:
        width, height = map(float, paper.split("x"))
    else:
        (width, height), parts = PAPERS["Letter"], written
    with pypdfium2.PdfDocument(handmade(parts, (width, height))) as document:
        found = recognize(read_pages(document, len(document)), {})
    empty: dict[str, Any] = asdict(Facts())
    lines = []
    for name, value in asdict(found).items():
        if name in ("folios", "running_heads", "running_jobs"):
            lines += [f"{name}: {each['text']} on {each['page']}, {each['side']}, {_at(each['box'])}" for each in value]
        elif name == "notes":
            lines += [f"note {each.mark} at {_at(each.box)}" for each in found.notes]
        elif name == "paragraphs":
            lines += [f"paragraph {each.number} at {_at(each.box)}" for each in found.paragraphs]
        elif value != empty[name] and name != "pages":
            lines.append(f"{name}: {value}")
    return [cases.shown(line) for line in lines if not line.startswith(("paper: Letter", "folio_style"))]


def _at(box: tuple[float, ...]) -> str:
    return " ".join(f"{each:.0f}" for each in box)


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_symbol_organ_distribution_session_adoption_job_on_page_one_and_sheets(
    written: str, expected: list[str]
) -> None:
    assert outcome(written) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
