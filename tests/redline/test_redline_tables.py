"""Redlines and drafts: all changes that are listed of two short texts, the text that shows both, and JSON.

An input of the table is the old body and the new one, with `‖` between them, perhaps each with a kind of document and
values of its front matter: `report [title=Rain]: 1. One.`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import cases
from manuscripts import EN, report, resolution
from masthead import formats
from masthead.document import Document
from masthead.redline import changes, merge, redline, to_dict, to_lines

TABLE = Path(__file__).with_name("redline_cases.txt")
_VERSION = re.compile(r"(?:(?P<kind>report|resolution) \[(?P<keys>.*?)\]: )?(?P<body>.*)", re.DOTALL)
# What the merged texts of all pairs have.
_SHARED = ("*Changes between", "# I. Intro", "<!-- annex --> <!-- mark --> Summary", "Changes between", "Deleted text")


def version(written: str) -> Document:
    """The document of one side of an input."""
    found = _VERSION.fullmatch(cases.meant(written))
    assert found is not None
    keys = dict(each.split("=", 1) for each in (found["keys"] or "").split("; ") if each)
    kind = resolution if found["kind"] == "resolution" else report
    return formats.parse(kind(EN, found["body"], **keys).encode(), "x.md")


def merged(written: str) -> tuple[list[str], str]:
    """The lines of the list of changes, and the merged document as Markdown."""
    found = redline(*map(version, written.split(" ‖ ")))
    return [*to_lines(changes(found))], formats.render(merge(found), ".md").decode()


def outcome(written: str) -> list[str]:
    """The changes, then the paragraphs of the merged document and the counts of its last page."""
    lines, both = merged(written)
    blocks = both.partition("\n---\n")[2].strip().split("\n\n")
    shown = [f"| {each}" for each in blocks if not each.startswith(_SHARED)]
    counted = "| <!-- table, inset -->"
    if counted in shown:
        at = len(shown) - 1 - shown[::-1].index(counted)
        rows = shown[at + 1].split("\n")[2:]
        shown[at : at + 2] = ["= " + "; ".join(" ".join(row.strip("| ").split(" | ")) for row in rows)]
    return [cases.shown(each) for each in (*lines, *shown)]


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_the_changes_of_two_texts_are_these(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


@pytest.mark.parametrize("written", [written for written, _ in cases.read(TABLE)])
def test_the_document_that_shows_both_is_read_back_and_nothing_changed_in_itself(written: str) -> None:
    _, both = merged(written)
    assert formats.render(formats.parse(both.encode(), "x.md"), ".md").decode() == both
    for side in map(version, written.split(" ‖ ")):
        assert changes(redline(side, side)).changes == ()


def test_the_last_page_says_what_was_compared_and_how_it_is_shown() -> None:
    _, both = merged("1. One is here. ‖ report [date=1 December 2038]: 1. Two is here.")
    assert both.partition("\n---\n")[2].strip().split("\n\n") == [
        "*Changes from A/93/7 (30 November 2038) to A/93/7 (1 December 2038).*",
        "# I. Introduction",
        "1. {--One--}{++Two++} is here.",
        "<!-- annex --> <!-- mark --> Summary of changes",
        "Changes from A/93/7 (30 November 2038) to A/93/7 (1 December 2038).",
        "Deleted text is struck through; added text is in bold and underlined; moved text is underlined twice where it "
        "is now, and struck through twice where it was. ¶ is the end of a paragraph, ␣ a space.",
        "**Changes on page one**",
        "{--30 November--}{++1 December++} 2038",
        "<!-- table, inset -->",
        "| Change | Number |\n| --- | --: |\n| Paragraphs changed | **1** |\n| Changes on page one | **1** |",
    ]


def test_json_has_what_the_lines_have() -> None:
    pair = "1. One is here.\n\n2. Two is there.\n\n3. Three is gone. ‖ 1. One was here.\n\n2. Three is gone."
    found = to_dict(changes(redline(*map(version, pair.split(" ‖ ")))))
    said = json.loads(json.dumps(found))
    assert said["words"] == 5
    assert said["changes"] == [
        {"kind": "changed", "unit": "numbered", "old": "paragraph 1", "new": "paragraph 1",
         "edits": [{"removed": "is", "added": "was"}]},
        {"kind": "removed", "unit": "numbered", "old": "paragraph 2",
         "edits": [{"removed": "Two is there.", "added": ""}]},
        {"kind": "renumbered", "unit": "numbered", "old": "paragraph 3", "new": "paragraph 2",
         "renumbered": ["3.", "2."]},
    ]  # fmt: skip
    assert {name: count for name, count in said["counts"].items() if count} == {
        "changed": 1,
        "removed": 1,
        "renumbered": 1,
    }
    assert set(said["counts"].values()) == {0, 1}


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
