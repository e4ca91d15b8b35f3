"""The facts that are recognized on short pages: notes and calls, paragraphs, folios and heads, the masthead."""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary

import cases
from masthead.pdf.drawn.pages import Page, read_pages
from masthead.pdf.facts.recognition import Facts, recognize
from plain_fonts import helvetica

TABLE = Path(__file__).with_name("fact_cases.txt")
_WIDTH, _HEIGHT = 612, 792
_SHOWN_APART = ("notes", "paragraphs", "folios", "running_heads", "running_jobs", "pages", "paper", "direction")


def drawn(written: str, height: float = _HEIGHT) -> tuple[Page, ...]:
    """The pages of an input, drawn and read."""
    file = pikepdf.new()
    fonts = helvetica(file)
    for lines in written.split(" ‖ "):
        page = file.add_blank_page(page_size=(_WIDTH, height))
        page.obj.Resources = Dictionary(Font=fonts)
        shown = []
        for line in lines.split("; "):
            x, y, size, text = line.split(" ", 3)
            is_bold = text.startswith("*") and text.strip("*0123456789") and not text.startswith("**")
            text = text.removeprefix("*") if is_bold and not text.startswith("*See") else text
            escaped = text.replace("(", "\\(").replace(")", "\\)")
            shown.append(f"BT /F{int(bool(is_bold))} {size} Tf {x} {height - float(y)} Td ({escaped}) Tj ET")
        page.obj.Contents = file.make_stream("\n".join(shown).encode("latin-1"))
    data = io.BytesIO()
    file.save(data)
    with pypdfium2.PdfDocument(data.getvalue()) as document:
        return read_pages(document, len(document))


def outcome(written: str) -> list[str]:
    """The facts of an input that are not empty."""
    pages = drawn(written)
    found = recognize(pages, {})
    lines = [
        f"note {each.mark} on {each.page}, called on {list(each.calls)}, since {each.since}" for each in found.notes
    ]
    lines += [f"paragraph {each.number} on {each.page}" for each in found.paragraphs]
    for name in ("folios", "running_heads", "running_jobs"):
        lines += [f"{name} {each.text} on {each.page}, {each.side}" for each in getattr(found, name)]
    empty: dict[str, Any] = asdict(Facts())
    lines += [
        f"{name}: {value}" for name, value in asdict(found).items() if name not in _SHOWN_APART and value != empty[name]
    ]
    return [cases.shown(line) for line in lines]


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_the_facts_of_pages_are_these(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
