"""Pages of reports have their parts where printed reports have them: distances were measured on documents of 2026."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest

from drawn import Line, characters, lines
from manuscripts import AR, EN, report, sentence
from masthead.document.findings import Severity
from masthead.document.terms import Language, Variant
from masthead.formats.markdown import reader as markdown
from masthead.page.markup import mark_up
from masthead.pdf import DrawnLine, pages
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
    assert down("Coasts1.02.03.5", "Plains1.02.04.5") == pytest.approx(14.5, abs=0.1)
    assert {round(budget()[text].left) for text in ("Table 10.1", "(Thousands of gardens)", "Coasts1.02.03.5")} == {60}


def test_the_lines_of_a_table_can_be_tightened() -> None:
    source = BUDGET.replace("table 10.1,", "table 10.1, lines 190,")
    pdf = typeset(mark_up(markdown.read(source.encode(), "budget.md")), variant=Variant.PLAIN).data
    coasts, plains = (next(line for line in lines(pdf) if line.text.startswith(name)) for name in ("Coasts", "Plains"))
    assert plains.baseline - coasts.baseline == pytest.approx(13.5, abs=0.1)


def test_a_landscape_page_has_its_head_at_the_right_edge_and_its_foot_at_the_left_one() -> None:
    head = [line for line in budget().values() if line.page == 2 and line.left > 730]
    foot = budget()["2"]  # of 2/2
    assert {round(line.right) for line in head} == {747}
    assert (foot.left, foot.page) == (pytest.approx(38.6, abs=0.5), 2)
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


def typeset_body(body: str) -> bytes:
    document = markdown.read(f"{BUDGET.partition('# A.')[0]}{body}".encode(), "budget.md")
    return typeset(mark_up(document), variant=Variant.PLAIN).data


@pytest.mark.parametrize(
    ("words", "count", "part"),
    [
        ("December-2025", 1, "December-"),
        ("Gardens", 1, "Gardens"),
        ("Rainwatergardensofcitiesandtownsofthecoast", 10, "Rain"),
    ],
)
def test_a_word_wider_than_its_cell_is_divided_and_never_drawn_over_the_next(words: str, count: int, part: str) -> None:
    """Word ends a line after any hyphen, and within a word where nothing else is possible."""
    years = " | ".join([*[words] * count, *map(str, range(2043, 2053 - count))])
    head = f"<!-- table, head 1, widths 20{' 8' * 10} -->\n\n| Region | {years} |\n|---|{'--:|' * 10}\n"
    pdf = typeset_body(f"1. The gardens.\n\n{head}| Coasts | {' | '.join('1234567890')} |\n")
    rows = defaultdict(list)
    for _, each in characters(pdf):
        if each.get_text().strip():
            rows[round(each.matrix[5], 1)].append((each.x0, each.x1))
    assert all(right < left + 0.5 for row in rows.values() for (_, right), (left, _) in pairwise(sorted(row)))
    shown = [line.text for line in lines(pdf)]
    assert any(part in text for text in shown)
    assert (words in "".join(shown)) is (words == part)


def test_the_title_of_a_moved_box_and_its_text_move_with_it() -> None:
    def left(words: str, body: str) -> float:
        return next(line.left for line in lines(typeset_body(body)) if words in line.text)

    box = "> # Summary\n>\n> The lamps burn."
    for words in ("Summary", "The lamps burn"):
        assert left(words, f"<!-- box, indent 86 -->\n\n{box}") - left(words, box) == pytest.approx(4.3, abs=0.1)


def test_a_table_whose_columns_are_wider_than_the_text_reaches_to_the_end_of_the_frame() -> None:
    """In reports on peacekeeping, one table in fifteen begins with the text and ends with the frame."""
    rows = "| Region | Gardens |\n|---|--:|\n| Coasts | 4 |\n"
    narrow, wide = (
        next(line for line in lines(typeset_body(f"1. Two.\n\n{mark}\n\n{rows}")) if "Coasts" in line.text)
        for mark in (f"<!-- table, head 1, inset, widths {each} -->" for each in ("3600 3700", "4300 4300"))
    )
    assert (narrow.left, wide.left) == (pytest.approx(123.4, abs=0.3), pytest.approx(123.4, abs=0.3))
    assert (narrow.right, wide.right) == (pytest.approx(550, abs=1), pytest.approx(550, abs=1)) or (
        wide.right - narrow.right == pytest.approx(63.3, abs=0.5)
    )


@pytest.mark.parametrize(("count", "is_divided"), [(12, True), (2, False)])
def test_a_row_of_many_lines_goes_on_on_the_next_page_and_a_short_one_does_not(count: int, is_divided: bool) -> None:
    words = "The gardens of the coasts were counted by those who water them. " * count
    table = f"<!-- table, head 1, top, widths 1 1 -->\n\n| One | Two |\n|---|---|\n| {words} | Few. |\n"
    pages = []
    for before in range(50, 59):
        text = "".join(f"{at}. Text.\n\n" for at in range(1, before))
        found = lines(typeset_body(text + table))
        pages.append({line.page for line in found if re.search("gardens|coasts|counted|water", line.text)})
    assert pages[-1] == {3} or is_divided
    assert any(len(each) > 1 for each in pages) is is_divided


def test_the_asterisk_of_a_heading_is_in_the_contents_with_its_note_on_page_one() -> None:
    found = lines(typeset_body("<!-- contents -->\n\n# A. Plan[^*]\n\n1. The gardens.\n\n[^*]: As of 2049.\n"))
    notes = {line.text.strip(): line.page for line in found}
    assert [page for text, page in notes.items() if "As of 2049." in text] == [1]
    assert [line.text.strip() for line in found if line.page == 2 and "Plan" in line.text] == ["A. Plan"]
    assert any("Plan*" in line.text.replace(" ", "") for line in found if line.page == 1)


@pytest.mark.parametrize(("entries", "shift", "page"), [(14, 0, 1), (15, -10, 1), (16, 0, 2)])
def test_contents_that_need_a_line_more_than_page_one_has_tighten_it(entries: int, shift: float, page: int) -> None:
    headings = "\n\n".join(f"# {number}. Plan{'[^*]' * (not number)}\n\n1. Counted." for number in range(entries))
    found = lines(typeset_body(f"<!-- contents -->\n\n{headings}\n\n[^*]: {'As of 2049. ' * 20}"))
    title = next(line.baseline for line in found if line.text.startswith("Contents"))
    assert title == pytest.approx(379.7 + shift, abs=0.1)
    assert max(line.page for line in found if ". . ." in line.text) == page


@pytest.mark.parametrize(("place", "baseline"), [("preliminary list", 721.2), ("counted", 703.2)])
def test_notes_that_the_masthead_calls_end_lower(place: str, baseline: float) -> None:
    source = BUDGET.partition("2. The table")[0].replace(place, f"{place}*" if "list" in place else f"{place}[^*]")
    found = lines(typeset(mark_up(markdown.read(f"{source}[^*]: A/93/50.\n".encode(), "budget.md"))).data)
    assert next(line.baseline for line in found if "A/93/50." in line.text) == pytest.approx(baseline, abs=0.1)


def read_lines(source: str) -> list[tuple[int, DrawnLine]]:
    """The lines of a source's pages, each with the number of its page."""
    pdf = typeset(mark_up(markdown.read(source.encode(), "x.md")), variant=Variant.PLAIN).data
    with pypdfium2.PdfDocument(pdf) as printed:
        return [(page.number, line) for page in pages.read_pages(printed, len(printed)) for line in page.lines]


def test_the_lines_of_a_numbered_row_hang_after_its_number() -> None:
    words = "Reports to the Assembly on the lamps of the coast and on the boats that the keepers of the lamps row"
    rows = f"| # A. Lamps | |\n| > 1. {words} | 2 |\n| > Boats | 3 |"
    table = f"<!-- table 1, widths 40 60 --> Lamps\n\n| Lamps | 2049 |\n|---|--:|\n{rows}"
    drawn = [line for line in lines(typeset_body(table)) if re.search("Reports|coast|keepers|A\\.|Boats", line.text)]
    group, first, second, *_ = drawn
    assert first.left - group.left == pytest.approx(14.4, abs=0.3)
    assert second.left - first.left == pytest.approx(14.4, abs=0.3)
    assert drawn[-1].left == pytest.approx(first.left, abs=0.3)


def test_the_dots_of_a_leader_are_apart_as_in_print() -> None:
    body = "<!-- contents 1 -->\n\n# I. Lamps\n\n1. They burn."
    pdf = typeset_body(body)
    (entry,) = [line for line in lines(pdf) if "Lamps ." in line.text or ". . ." in line.text]
    dots = entry.text.count(".") - 1
    assert (entry.right - entry.left - 60) / dots == pytest.approx(5.2, abs=0.6)


def test_a_total_keeps_the_row_before_it() -> None:
    divided = 0
    for count in range(2, 9):
        rows = "".join(f"| Row {at} | {at}00 |\n" for at in range(1, count + 1))
        table = f"<!-- table # --> Posts\n\n| Harbour | Posts |\n|---|--:|\n{rows}| == Total | 1,000 |\n"
        found = read_lines(report(EN, sentence(EN), *["Text in one line."] * 9, table))
        places = {line.text: page for page, line in found}
        divided += places[f"Row {count}"] != places["Row 1"]
        assert places[f"Row {count}"] == places["Total"]
    assert divided


@pytest.mark.parametrize("language", [AR, EN])
def test_a_remark_has_the_size_of_the_notes_of_its_table(language: Language) -> None:
    text = ("لجنة النهر", "عقود الصيانة") if language is AR else ("River Commission", "Maintenance contracts")
    table = f"| A | B[^a] |\n|---|--:|\n| x | 2 |\n\n<!-- remark --> {text[0]}.\n\n[^a]: {text[1]}."
    found = read_lines(report(language, table))
    sizes = [line.size for each in text for _, line in found if each in line.text]
    assert len(sizes) == 2 and sizes[0] == sizes[1]
