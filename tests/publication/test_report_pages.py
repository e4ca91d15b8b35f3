"""Pages of reports have their parts where printed reports have them: distances were measured on documents of 2026."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from drawn import Line, lines
from masthead.document.findings import Severity
from masthead.document.terms import Variant
from masthead.formats.markdown import reader as markdown
from masthead.page.markup import mark_up
from masthead.publication import SourceFile, publish
from masthead.typesetting.typesetter import typeset

BUDGET = """\
---
type: report
language: en
organ: general-assembly
symbol: A/104/6 (Sect. 10)
job: 49-02021 (E)
distribution: General
date: 19 February 2049
original: English
session: Hundred and fourth session
agenda-item: Item 138 of the preliminary list
title: Proposed programme budget for 2050
divisions:
- Part IV | Rain and rivers
- Section 10 | Gardens
---

# A. Programme plan

<!-- section 10 -->

1. The gardens were counted.

<!-- table 10.1, head 2, widths 40 20 20 20 --> Gardens planted

<!-- unit --> (Thousands of gardens)

| Region | Variance | < | Whole |
|---|--:|--:|--:|
| ^ | Amount | Share | ^ |
| Coasts | 1.0 | 2.0 | 3.5 |
| Plains | 1.0 | 2.0 | 4.5 |
| == Sum | 2.0 | 4.0 | 8.0 |

2. The table is above.

<!-- landscape -->

3. The charts are on a page of their own.
"""


@cache
def budget() -> Mapping[str, Line]:
    document = markdown.read(BUDGET.encode(), "budget.md")
    pdf = typeset(mark_up(document), variant=Variant.PLAIN).data
    return {line.text.strip(): line for line in lines(pdf)}


def down(upper: str, lower: str) -> float:
    return budget()[lower].baseline - budget()[upper].baseline


def test_the_divisions_are_below_the_title_in_three_sizes() -> None:
    assert down("Proposed programme budget for 2050", "Part IV") == pytest.approx(25.8, abs=0.5)
    assert down("Part IV", "Rain and rivers") == pytest.approx(13.6, abs=0.5)
    assert down("Rain and rivers", "Section 10") == pytest.approx(26.6, abs=0.5)


def test_a_paragraph_of_a_section_hangs_after_its_number() -> None:
    line = next(line for text, line in budget().items() if text.startswith("10.1"))
    assert line.left == pytest.approx(92.0, abs=0.3)


def test_a_caption_its_unit_and_the_rows_of_a_table_have_their_distances() -> None:
    assert down("Table 10.1", "Gardens planted") == down("Gardens planted", "(Thousands of gardens)") == 12.0
    assert down("Coasts1.02.03.5", "Plains1.02.04.5") == pytest.approx(14.2, abs=0.1)  # 14 to 14.5 in print
    assert {round(budget()[text].left) for text in ("Table 10.1", "(Thousands of gardens)", "Coasts1.02.03.5")} == {60}


def test_a_landscape_page_has_its_head_at_the_right_edge_and_its_foot_at_the_left_one() -> None:
    head = [line for line in budget().values() if line.page == 2 and line.left > 730]
    foot = budget()["2/2"]
    assert {round(line.right) for line in head} == {747}
    assert (foot.left, foot.page) == (pytest.approx(36.8, abs=0.5), 2)
    assert max(line.page for line in budget().values()) == 2


def test_a_section_of_the_budget_has_no_finding() -> None:
    portrait, _, rest = BUDGET.partition("<!-- landscape -->")
    more = "The gardens of the coasts and of the plains were counted by those who water them each day. " * 60
    aims = "| Aims | Signs |\n|---|---|\n| Rain | Rivers <p> The rivers rise slowly. <p> Lakes |\n| Sun | Light |\n"
    cells = "Gardens that are long in words <p> and longer | Meadows are wide <p> Few"
    beside = f"<!-- table 10.2 --> Two things\n\n| One | Other |\n|---|---|\n| {cells} |\n"
    columns = f"<!-- portrait, columns 2 -->\n\n{aims}" + "| More | Much |\n" * 30
    text = f"{portrait}3. {more}\n\n{beside}\n4. {more}\n\n{columns}\n<!-- portrait -->\n\n5. {more}\n"
    assert rest
    edition = publish(SourceFile("budget.md", text.encode()))
    assert edition.report.facts.pages >= 3
    assert [finding for finding in edition.report.findings if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("widths", ["999 1", "50 50"])
def test_a_column_whose_width_in_the_file_is_nothing_is_as_wide_as_its_words(widths: str) -> None:
    begin, end = BUDGET.index("<!-- table"), BUDGET.index("2. The table")
    table = f"<!-- table 10.1, widths {widths} --> Gardens\n\n| Aims | Signs |\n|---|---|\n| Rain | Rivers |\n\n"
    document = markdown.read(f"{BUDGET[:begin]}{table}{BUDGET[end:]}".encode(), "budget.md")
    assert typeset(mark_up(document), variant=Variant.PLAIN).findings == ()


def test_groups_of_digits_with_no_break_spaces_are_one_word_in_a_narrow_column() -> None:
    begin, end = BUDGET.index("<!-- table"), BUDGET.index("2. The table")
    cells = " | ".join(f"1{number} 234 567" for number in range(13))
    rule = "|".join(["--:"] * 13)
    heads = " | ".join(["Sum"] * 13)
    table = f"<!-- table 10.1 --> Gardens\n\n| {heads} |\n|{rule}|\n| {cells} |\n\n"
    for space in (" ", "\u00a0", "\u202f"):
        text = f"{BUDGET[:begin]}{table.replace(' 234 ', f'{space}234{space}')}{BUDGET[end:]}"
        assert 'class="short dense' in mark_up(markdown.read(text.encode(), "budget.md")).text
