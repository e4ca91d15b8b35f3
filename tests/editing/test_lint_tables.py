"""Lint: everything that is found in short texts, with place, severity, message, hint and correction.

An input of the table is a language, perhaps a kind of document and values of its front matter in brackets, and a text:
`fr resolution [number=93/5]: 1. *Prie* …`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cases
from manuscripts import council_resolution, report, resolution
from masthead.document import Language
from masthead.editing.lint import apply, check_source, edits

TABLE = Path(__file__).with_name("lint_cases.txt")
_INPUT = re.compile(r"(?P<language>\w\w)(?: (?P<kind>\w+))?(?: \[(?P<keys>.*?)\])?: (?P<text>.*)")
_KINDS = {None: report, "resolution": resolution, "council": council_resolution}


def source(written: str) -> str:
    """The Markdown of an input."""
    found = _INPUT.fullmatch(written)
    assert found is not None, written
    keys = dict(each.split("=", 1) for each in cases.meant(found["keys"] or "").split("; ") if each)
    return _KINDS[found["kind"]](Language(found["language"]), cases.meant(found["text"]), **keys)


def outcome(written: str) -> list[str]:
    """The findings of an input; their lines are counted from the first after the front matter."""
    text = source(written)
    before = text[: text.index("\n---\n") + 5].count("\n") + 1
    lines = []
    for each in check_source(text.encode(), "x.md"):
        place = f"{each.position.line - before}:{each.position.column}" if each.position else "-"
        fix = "" if each.fix is None else f" “{each.old}” → “{each.fix}”"
        hint = f" ({each.hint})" if each.hint else ""
        lines.append(cases.shown(f"{place} {each.severity} {each.rule}{fix}: {each.where}: {each.message}{hint}"))
    return lines


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_the_findings_of_a_text_are_these(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


@pytest.mark.parametrize("written", [written for written, expected in cases.read(TABLE) if "” → “" in str(expected)])
def test_a_certain_correction_leaves_nothing_more_to_correct(written: str) -> None:
    fixed = source(written)
    for _ in range(2):  # where two corrections overlap, one is made
        fixed = apply(fixed, edits(check_source(fixed.encode(), "x.md")))
    assert edits(check_source(fixed.encode(), "x.md")) == ()


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
