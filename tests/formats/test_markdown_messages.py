"""Everything that is said of short texts in Markdown: each error and finding, with its place and its hint."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import Language, MastheadError


def said(body: str) -> list[str]:
    """Return what is said of a report with this text, by lines of the text."""
    source = report(Language.ENGLISH, "BODY")
    above = source[: source.index("BODY")].count("\n")
    try:
        found = [
            (str(each.severity), each.where, each.message, each.hint)
            for each in formats.parse(source.replace("BODY", body).encode(), "x.md").findings
        ]
    except MastheadError as error:
        found = [("error", each.where, each.message, each.hint) for each in error.each]
    texts = []
    for severity, where, message, hint in found:
        _, line, column = where.split(":")
        shown = re.sub(r"in line (\d+)", lambda number: f"in line {int(number[1]) - above}", message)
        texts.append(f"{int(line) - above}:{column} {severity}: {shown} ({hint})")
    return texts


# A text and all that is said of it in each line.
CASES = [
    json.loads(line) for line in Path(__file__).with_name("markdown_messages.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_all_that_is_said_of_a_text(case: dict[str, Any]) -> None:
    assert said(case["text"]) == case["said"]
