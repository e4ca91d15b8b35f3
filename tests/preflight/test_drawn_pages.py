"""Rules about numbers and page breaks on pages that are drawn line by line: what is found, and just not.

A page is written as lines, each with its distance from the left edge in points (`148:`); they are 14 points apart, the
first one at 120 points from the top, and on page one, below the masthead, at 320. A line may say its distance from the
top (`@300`), and be bold (`*`).
"""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf import Dictionary, String

from masthead.preflight import profiles
from masthead.preflight.verdict import judge
from plain_fonts import helvetica

WIDTH, HEIGHT, LEFT = 612, 792, 126
LINE = re.compile(r"(?:@(\d+) )?(?:(\d+):)?(\*)?(.*)")


def drawn(*pages: list[str]) -> bytes:
    """A PDF of pages in a fixed font, without tags."""
    file = pikepdf.new()
    fonts = helvetica(file)
    for lines in pages:
        page = file.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = Dictionary(Font=fonts)
        shown, y = [], 120.0 if len(file.pages) > 1 else 320.0
        for written in lines:
            found = LINE.fullmatch(written)
            assert found
            top, left, bold, text = found.groups()
            y = float(top or y)
            size = 12 if bold else 10
            escaped = text.replace("(", "\\(").replace(")", "\\)")
            shown.append(f"BT /F{int(bool(bold))} {size} Tf {left or LEFT} {HEIGHT - y} Td ({escaped}) Tj ET")
            y += 14
        page.obj.Contents = file.make_stream("\n".join(shown).encode("latin-1"))
    file.Root.Lang = String("en")
    written_file = io.BytesIO()
    file.save(written_file, deterministic_id=True)
    return written_file.getvalue()


MASTHEAD = ["@60 126:United Nations", "@60 400:A/93/7", "@100 126:General Assembly", "@100 400:Distr.: General"]


AREAS = ("numbering", "flow")


def found(first: list[str], *others: list[str]) -> list[str]:
    data = drawn([*MASTHEAD, f"@320 {first[0]}", *first[1:]], *others)
    findings = judge(data, (), profiles.profile("default")).findings
    return [f"{each.rule} {each.page}: {each.message}" for each in findings if each.rule.startswith(AREAS)]


SENTENCE = "The gauges of the harbour write down each hour of the day and of the night,"
REST = ["whatever the weather is, and send it to all observatories of the countries", "by the sea."]


def paragraph(number: int) -> list[str]:
    return [f"{number}. {SENTENCE}", *REST]


def lettered(*marks: str) -> list[str]:
    return [f"148:({mark}) One of the things." for mark in marks]


@pytest.mark.parametrize(
    ("pages", "findings"),
    [
        # paragraphs
        ([paragraph(1) + paragraph(2)], []),
        ([paragraph(1) + paragraph(3)], ["numbering.paragraphs 1: expected paragraph 2, found paragraph 3"]),
        ([paragraph(2)], ["numbering.paragraphs 1: expected paragraph 1, found paragraph 2"]),
        ([paragraph(1) + paragraph(2), paragraph(3) + paragraph(5)],
         ["numbering.paragraphs 2: expected paragraph 4, found paragraph 5"]),
        ([paragraph(1) + paragraph(2) + paragraph(4) + paragraph(5)],
         ["numbering.paragraphs 1: expected paragraph 3, found paragraph 4"]),
        ([paragraph(1) + paragraph(1)], ["numbering.paragraphs 1: expected paragraph 2, found paragraph 1"]),
        # numbers restart on a later page, or under a heading in bold type, after which they may go on
        ([paragraph(1), paragraph(1)], []),
        ([[*paragraph(1), "*A. Part", *paragraph(1), *paragraph(2), *paragraph(2)]], []),
        ([[*paragraph(1), "A. Part", *paragraph(1)]],
         ["numbering.paragraphs 1: expected paragraph 2, found paragraph 1"]),
        ([[*paragraph(1), "*A. Part", *paragraph(1), *paragraph(3)]],
         ["numbering.paragraphs 1: expected paragraph 2, found paragraph 3"]),
        # subparagraphs
        ([[*paragraph(1)[:2], "by the sea:", *lettered("a", "b", "c")]], []),
        ([[*paragraph(1)[:2], "by the sea:", *lettered("a", "c")]],
         ["numbering.letters 1: expected subparagraph (b), found (c)"]),
        ([[*paragraph(1)[:2], "by the sea:", *lettered("b")]],
         ["numbering.letters 1: expected subparagraph (a), found (b)"]),
        ([[*paragraph(1)[:2], "by the sea:", *lettered("a", "i", "ii", "b")]], []),
        ([[*paragraph(1)[:2], "by the sea:", *lettered("a", "i", "iii", "b")]],
         ["numbering.letters 1: expected subparagraph (ii), found (iii)"]),
        ([[*paragraph(1)[:2], "by the sea:", *lettered("a"), *paragraph(2)[:2], "by the sea:", *lettered("a")]], []),
        ([[*paragraph(1)[:2], "by the sea:", *lettered("a"), *paragraph(2)[:2], "by the sea:", *lettered("b")]],
         ["numbering.letters 1: expected subparagraph (a), found (b)"]),
        # pages with less than three lines
        ([paragraph(1), []], ["flow.blank-pages 2: the page is blank"]),
        ([paragraph(1), ["One."]], ["flow.blank-pages 2: the page has only 1 line of text"]),
        ([paragraph(1), ["One.", "Two."]], ["flow.blank-pages 2: the page has only 2 lines of text"]),
        ([paragraph(1), ["One.", "Two.", "Three."]], []),
        # closing lines
        ([paragraph(1), ["More.", "Of it.", "400:61st plenary meeting", "400:20 December 2038"]], []),
        ([paragraph(1), ["400:61st plenary meeting", "400:20 December", "400:2038"]],
         ["flow.closing 2: the closing lines are alone on the last page"]),
        ([paragraph(1), ["400:61st plenary meeting", "400:20 December", "400:2038", "400:Geneva"]], []),
        # headings
        ([[*paragraph(1), "*II. Heading"], paragraph(2)],
         ["flow.headings 1: a heading is at the foot of the page: II. Heading"]),
        ([[*paragraph(1), "II. Heading"], paragraph(2)], []),
        ([[*paragraph(1), "*Notes"], paragraph(2)], []),
        ([["*II. Heading"] * 3, paragraph(1)], []),  # a title page
        ([paragraph(1) + paragraph(2) + ["*II. Heading"]], []),  # the last page
        # single lines
        ([[*paragraph(1), f"148:2. {SENTENCE}"], ["whatever the weather is,", f"148:3. {SENTENCE}", "more of it."]],
         ["flow.single-lines 2: a single line is at the top of the page: whatever the weather is,",
          "flow.single-lines 1: a single line is at the foot of the page: 2. The gauges of the harbour write down "]),
        ([[*paragraph(1), f"148:2. {SENTENCE}", "whatever the weather is,"],
          ["and send it.", f"148:3. {SENTENCE}", "more of it."]],
         ["flow.single-lines 2: a single line is at the top of the page: and send it."]),
        ([[*paragraph(1), f"148:2. {SENTENCE}", "whatever the weather is,"],
          ["and send it to all", "of them.", f"148:3. {SENTENCE}"]], []),
        ([[*paragraph(1), f"148:2. {SENTENCE}", "whatever the weather is."],
          ["And send it.", f"148:3. {SENTENCE}", "more of it."]], []),
    ],
)  # fmt: skip
def test_pages_have_these_faults(pages: list[list[str]], findings: list[str]) -> None:
    assert found(*pages) == findings
