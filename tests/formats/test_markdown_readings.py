"""What short texts in Markdown print: numbers, references, notes, tables, annexes; and how they are written again."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import Document, Language
from masthead.page import printed_texts

# A text, what is printed of it, and how it is written again, if that is in another way.
CASES = [
    json.loads(line) for line in Path(__file__).with_name("markdown_readings.jsonl").read_text("utf-8").splitlines()
]


def read(language: str, text: str) -> Document:
    return formats.parse(report(Language(language), text).encode(), "x.md")


@cache
def above(language: str) -> int:
    """Return how many texts are printed above the text of a report."""
    return [text.text for text in printed_texts(read(language, "x"))].index("x")


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_what_is_printed_and_written_again(case: dict[str, Any]) -> None:
    document = read(case["language"], case["text"])
    assert document.findings == ()
    assert [text.text for text in printed_texts(document)][above(case["language"]) :] == case["printed"]
    written = formats.render(document, ".md")
    assert isinstance(written, bytes)
    body = written.decode().partition("\n---\n")[2].strip().partition("\n\n")[2]  # below the heading
    assert body == case.get("again", case["text"])
    assert formats.parse(written, "y.md") == document
