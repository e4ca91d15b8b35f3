"""Drafts: everything that is found in brackets, and the text that remains after decisions about it."""

from __future__ import annotations

from pathlib import Path

import pytest

import cases
from manuscripts import EN, resolution
from masthead import formats
from masthead.redline import DraftChoices, brackets, clean

TABLE = Path(__file__).with_name("draft_cases.txt")


def outcome(written: str) -> list[str]:
    """What is in the brackets of a text, then its paragraphs after the decisions."""
    text, _, decisions = cases.meant(written).rpartition(" | ") if "=" in written else (cases.meant(written), "", "")
    said = dict(each.split("=", 1) for each in decisions.split("; ") if each)
    choices = DraftChoices(
        authors=tuple(filter(None, said.get("authors", "").split(", "))),
        alternative=int(said.get("alternative", 0)),
        undecided={"yes": True, "no": False, None: None}[said.get("undecided")],
        renumber=said.get("renumber") == "yes",
    )
    draft = formats.parse(resolution(EN, text, type="draft", symbol="A/93/L.7", closing="\n- End").encode(), "x.md")
    lines = [
        f"{each.kind} in {each.place}: “{each.text}”" + f" by {each.author}" * bool(each.author)
        + f", number {each.number}" * bool(each.number)
        for each in brackets(draft)
    ]  # fmt: skip
    body = formats.render(clean(draft, choices), ".md").decode().partition("\n---\n")[2].strip().split("\n\n")
    own = [each for each in body if not each.startswith(("<!-- formula", "<!-- oper", "<!-- plain", "The General"))]
    return [cases.shown(each) for each in (*lines, *(f"| {each}" for each in own))]


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_what_is_in_brackets_and_what_remains_are_these(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
