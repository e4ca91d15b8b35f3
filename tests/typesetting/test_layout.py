"""Positions on the finished page against those measured on printed documents: the New York page, and its mirror."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from drawn import Line, Shape, characters, lines, shapes
from masthead.document.findings import Severity
from masthead.document.model import Heading, Text
from masthead.formats import read
from masthead.page.markup import mark_up
from masthead.publication import SourceFile, publish
from masthead.typesetting.typesetter import typeset
from paths import ROOT

SPECIMENS = ROOT / "examples" / "specimens"

PAPER = 612.0
TOLERANCE = 1.0


@dataclass(frozen=True)
class Page:
    """A published document's drawing, and whether it is the mirror of the measured page."""

    mirrored: bool
    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]

    def edge(self, x: float) -> float:
        """Where the measured x stands on this page."""
        return PAPER - x if self.mirrored else x

    def starts(self, line: Line | Shape) -> float:
        return line.right if self.mirrored else line.left

    def ends(self, line: Line | Shape) -> float:
        return line.left if self.mirrored else line.right

    def at(self, page: int, baseline: float) -> list[Line]:
        return [line for line in self.lines if line.page == page and abs(line.baseline - baseline) <= TOLERANCE]

    def within(self, page: int, left: float, top: float, right: float, bottom: float) -> list[Shape]:
        low, high = sorted((self.edge(left), self.edge(right)))
        return [
            shape
            for shape in self.shapes
            if shape.page == page
            and low - TOLERANCE <= shape.left
            and shape.right <= high + TOLERANCE
            and top - TOLERANCE <= shape.top
            and shape.bottom <= bottom + TOLERANCE
        ]


@pytest.fixture(scope="module", params=["ar", "en"])
def page(request: pytest.FixtureRequest) -> Page:
    name = {"ar": "touchstone_edition", "en": "english_edition"}[request.param]
    data = request.getfixturevalue(name).pdf.data
    return Page(request.param == "ar", tuple(lines(data)), tuple(shapes(data)))


def near(value: float, expected: float) -> bool:
    return abs(value - expected) <= TOLERANCE


def union(found: Iterable[Shape]) -> tuple[float, float, float, float]:
    found = list(found)
    return (
        min(shape.left for shape in found),
        min(shape.top for shape in found),
        max(shape.right for shape in found),
        max(shape.bottom for shape in found),
    )


@pytest.mark.parametrize(
    ("baseline", "x"),
    [(57.84, 123.35), (86.4, 123.35), (86.66, 397.0), (98.66, 397.0), (747.6, 65.4)],
    ids=["organization", "organ", "distribution", "date", "job line"],
)
def test_a_masthead_line_begins_where_the_printed_one_does(page: Page, baseline: float, x: float) -> None:
    # The Distr. block is English whatever the page: in the mirror its column starts at the frame's left edge.
    found = [
        line
        for line in page.at(1, baseline)
        if near(page.starts(line), page.edge(x)) or (page.mirrored and x == 397.0 and near(line.left, 60.0))
    ]
    assert found, [(line.baseline, line.left, line.right, line.text) for line in page.at(1, baseline)]


def test_the_symbol_ends_at_the_frame_its_series_enlarged(page: Page) -> None:
    (symbol,) = [line for line in page.at(1, 56.5) if 20.0 in line.sizes]
    assert symbol.sizes == {20.0, 10.0}
    assert near(page.ends(symbol), page.edge(552.0))


def test_two_rules_frame_the_masthead(page: Page) -> None:
    thin = [shape for shape in page.within(1, 60, 64.3, 552.6, 65.3) if shape.right - shape.left > 400]
    thick = [shape for shape in page.within(1, 59.3, 208.94, 552, 210.44) if shape.right - shape.left > 400]
    assert union(thin)[3] - union(thin)[1] == pytest.approx(0.5, abs=0.05)
    assert union(thick)[3] - union(thick)[1] == pytest.approx(1.5, abs=0.05)


def test_barcode_and_qr_code_stand_at_the_foot_of_page_one(page: Page) -> None:
    left, top, right, bottom = union(page.within(1, 65.4, 750.2, 166.6, 762.2))
    assert near(right - left, 101.2)
    assert near(top, 750.2)
    assert near(bottom, 762.2)
    left, top, right, bottom = union(page.within(1, 495.2, 709.3, 549.9, 764.0))
    assert near(min(page.edge(left), page.edge(right)), 495.2)
    assert near(right - left, 54.7)
    assert near(top, 709.3)
    assert near(bottom, 764.0)


def test_heads_and_feet_alternate_sides(page: Page) -> None:
    for number in {line.page for line in page.lines} - {1}:
        outer, inner = (page.starts, page.ends) if number % 2 == 0 else (page.ends, page.starts)
        outside, inside = (60.0, 552.0) if number % 2 == 0 else (552.0, 60.0)
        assert any(near(outer(line), page.edge(outside)) for line in page.at(number, 59.0)), f"symbol, page {number}"
        assert any(near(outer(line), page.edge(outside)) for line in page.at(number, 755.3)), f"folio, page {number}"
        assert any(near(inner(line), page.edge(inside)) for line in page.at(number, 753.8)), f"job, page {number}"
        (rule,) = [shape for shape in page.within(number, 59.3, 64.5, 552.1, 65.1) if shape.right - shape.left > 400]
        assert near(rule.left, 59.3)
        assert near(rule.right, 552.7)


def test_the_first_page_has_neither_head_nor_folio(page: Page) -> None:
    assert not page.at(1, 755.3)
    assert not [line for line in page.at(1, 59.4) if line.baseline > 58.5]


def test_notes_stand_under_a_short_rule(page: Page) -> None:
    rules = [
        shape
        for shape in page.shapes
        if near(shape.right - shape.left, 72.0) and near(page.starts(shape), page.edge(99.62))
    ]
    assert rules
    for rule in rules:
        below = [line for line in page.lines if line.page == rule.page and rule.top < line.baseline < 735]
        assert below
        marks = [line for line in below if near(page.ends(line), page.edge(119.75))]
        bodies = [line for line in below if near(page.starts(line), page.edge(123.35))]
        assert marks, f"marks of notes, page {rule.page}"
        assert bodies, f"texts of notes, page {rule.page}"
        assert all(8.0 <= max(line.sizes) <= 11.5 for line in bodies)


def test_lines_under_the_masthead_hang_out_to_the_frame(page: Page) -> None:
    session, item = sorted(
        (line for line in page.lines if line.page == 1 and 215 < line.baseline < 250), key=lambda line: line.baseline
    )[:2]
    assert near(page.starts(session), page.edge(60.0))
    assert near(page.starts(item), page.edge(60.0))
    if not page.mirrored:  # in Arabic the type is larger, and so are its lines
        assert near(session.baseline, 222.3)
        assert near(item.baseline, 233.9)


def test_chinese_lines_are_justified_to_the_column(chinese: tuple[Line, ...]) -> None:
    body = [line for line in chinese if 375 < line.baseline < 690 and line.page == 1]
    # A line is full where the next one goes on at the column's edge.
    full = [
        line for line, after in pairwise(body) if near(after.left, 123.35) and near(after.baseline - line.baseline, 17)
    ]
    assert len(full) >= 3
    assert all(abs(line.right - 488.6) < 1.5 for line in full), [(line.text, line.right) for line in full]


def test_geneva_prints_a4_with_bare_folios() -> None:
    edition = publish(SPECIMENS / "A_HRC_98_8.ru.md")
    second = [line for line in lines(edition.pdf.data) if line.page == 2]
    assert [line.text for line in second if near(line.baseline, 811.8) and near(line.left, 56.7)] != []
    assert any(line.text.strip().startswith("2") and "/" not in line.text for line in second if line.baseline > 800)
    assert edition.report.facts.paper == "A4"


GENEVA = """---
type: report
language: en
organ: economic-and-social-council
symbol: ECE/TRADE/C/CEFACT/2049/6
job: GE.49-13879 (E)
distribution: General
date: 14 August 2049
original: English
session: Thirty-fourth session
title: Lamps of all towns
---

> # Summary
>
> Paper is read by lamps.

# I. Introduction

1. Lamps are lit[^1] by those who are named here:

    - <!-- mark • --> Millers, whose lamps are counted each year, in the towns and between them, and those who have no
      other work to do.

<!-- figure 1 --> Oil

![A lamp](data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=)

[^1]: Levee.
"""


def test_lists_headings_boxes_and_pictures_of_geneva_are_where_print_has_them() -> None:
    # Measured in ECE/TRADE/C/CEFACT/2018/6 and 2019/26.
    drawn = lines(publish(SourceFile("x.md", GENEVA.encode())).pdf.data)
    lefts = {"I.": 90.4, "•": 133.2, "those": 141.7, "Figure": 113.3, "Paper": 113.6, "1\N{NO-BREAK SPACE}": 104.7}
    found = {text: next(line.left for line in drawn if line.text.startswith(text)) for text in lefts}
    assert found == pytest.approx(lefts, abs=TOLERANCE)


@pytest.mark.parametrize(("pages", "baseline"), [(1, 710), (2, 723.5)])
def test_notes_of_geneva_are_higher_than_the_last_line_of_text_but_on_page_one(pages: int, baseline: float) -> None:
    source = GENEVA.replace("1. Lamps", f"{'<!-- page break -->' * (pages - 1)}\n\n1. Lamps")
    drawn = lines(publish(SourceFile("x.md", source.encode())).pdf.data)
    assert near(next(line.baseline for line in drawn if line.text == "Levee."), baseline)


def test_sub_paragraphs_hang_from_the_second_degree_on() -> None:
    drawn = lines(publish(SPECIMENS / "A_RES_104_13.en.md").pdf.data)
    for mark, x in (("(i)", 170.9), ("a.", 194.65), ("i.", 218.4)):
        (first,) = [line for line in drawn if line.text.startswith(mark)]
        assert near(first.left, x), mark


@pytest.fixture(scope="module")
def chinese() -> tuple[Line, ...]:
    return tuple(lines(publish(SPECIMENS / "A_RES_104_12.zh.md").pdf.data))


# --- heads of tables and contents -------------------------------------------------------------------------------------

HEAD = """<!-- contents 2 -->

# I. Oil

## A. Lamps

<!-- table 1, head 3 --> Lamps

| Port  | 2048 | Variance | <    |
|-------|-----:|---------:|-----:|
| ^     | ^    | Amount   | Part |
| ^     | (1)  | (2)      | (3)  |
| Levee |    4 |        3 |    2 |
"""


def test_the_thick_rule_below_a_head_and_the_entries_of_contents_are_where_print_has_them() -> None:
    text = (SPECIMENS / "A_104_96.en.md").read_text("utf-8")
    front = text[: text.index("---", 4) + 3].replace("[^*]", "")
    data = publish(SourceFile("x.md", f"{front}\n\n{HEAD}".encode())).pdf.data
    row = next(line for line in lines(data) if line.text.startswith("Levee"))
    thick = [each for each in shapes(data) if each.page == row.page and 1 < each.bottom - each.top < 2]
    assert thick and len({each.bottom for each in thick}) == 1
    letters = [letter for page, letter in characters(data) if page == 1]
    mark = "".join([letter.get_text()[0] for letter in letters]).index("A.Lamps")
    assert [letters[at].x0 for at in (mark, mark + 2)] == pytest.approx([124.8, 146.4], abs=TOLERANCE)


# --- notes after the text ---------------------------------------------------------------------------------------------

ENDNOTES = """---
type: report
language: en
organ: human-rights-council
symbol: A/HRC/104/3
job: GE.49-13879 (E)
distribution: General
date: 14 August 2049
original: English
session: Thirty-fourth session
title: Summary of lamps[^*]
notes: end
---

1. The lamps[^1] were lit[^2] at night.[^1]

<!-- page end -->

2. Next.

[^1]: The first note is long: the towns listed below have contributed information, and the texts are here.

    Levee.

[^2]: See A/HRC/28/4, para. 2.[^3]

[^3]: See *there*.

[^*]: The present document was not edited.
"""


def test_notes_after_the_text_are_where_geneva_prints_them_and_pass_preflight() -> None:
    # Measured in A/HRC/WG.6/34/ITA/3: 9 pt on 11, text at the column, marks before it, the line above at the frame.
    edition = publish(SourceFile("x.md", ENDNOTES.encode()))
    assert [finding.message for finding in edition.report.findings if finding.severity is Severity.ERROR] == []
    drawn = lines(edition.pdf.data)
    at = {line.text.strip().lstrip("123* "): line for line in drawn}
    assert near(at["Notes"].left, 56.7)
    levee, last = at["Levee."], next(line for line in drawn if line.text.strip().endswith("See there."))
    assert near(levee.left, 113.3) and near(last.baseline - levee.baseline, 22)
    assert at["\N{NO-BREAK SPACE}The present document was not edited."].baseline > last.baseline + 100


@pytest.mark.parametrize(
    ("language", "letter", "text"), [("ar", "A", "يقدم الفريق تقريره"), ("zh", "C", "工作组提交年度报告")]
)
def test_notes_after_the_text_have_the_letters_of_notes_in_their_script(language: str, letter: str, text: str) -> None:
    front = (
        f"type: report\nlanguage: {language}\norgan: human-rights-council\nsymbol: A/HRC/104/3\n"
        f"job: GE.49-13879 ({letter})\ndistribution: General\ndate: 14 August 2049\ntitle: {text}\nnotes: end\n"
    )
    source = f"---\n{front}---\n\n1. {text}[^1]\n\n[^1]: A/HRC/59/3 {text}\n"
    edition = publish(SourceFile("x.md", source.encode()))
    rules = {finding.rule for finding in (*edition.pdf.findings, *edition.report.findings)}
    assert rules.isdisjoint({"script.baselines", "substitute-font"})


def test_calls_and_notes_after_the_text_lead_to_each_other() -> None:
    with pikepdf.open(BytesIO(publish(SourceFile("x.md", ENDNOTES.encode())).pdf.data)) as file:
        named = [str(each.get("/Dest", "")) for each in file.pages[0].get("/Annots", [])]
        tags = [str(each.get("/S")) for each in file.objects if isinstance(each, pikepdf.Dictionary)]
    assert [name for name in named if name.startswith(("note-", "call-"))] == [
        "note-1", "note-2", "note-1", "call-1", "call-2", "note-3", "call-3"
    ]  # fmt: skip
    assert tags.count("/Note") + tags.count("/FENote") == 4


# --- what was fitted by hand ------------------------------------------------------------------------------------------

TABLE = "\n\n| a | b |\n|---|---|\n| c | d |"
FITTED = (
    "{}", "{}", "# {}", "# {}", "## {}", "{}", "## {}", "### {}", "### {}", "{}", "### {}", "#### {}",
    f"<!-- table --> {{}}{TABLE}", "{}", "## {}", f"<!-- table --> {{}}{TABLE}", "### {}",
    f"<!-- table -->\n\n<!-- unit --> ({{}}){TABLE}", "## Subprogramme 1", "## {}",
)  # fmt: skip
"""A report: each text is set apart from the one before it."""


def distances(above: int) -> dict[str, float]:
    """Return how far the texts are below what is before them, without those that begin a page."""
    text = (SPECIMENS / "A_104_96.en.md").read_text("utf-8")
    front = text[: text.index("---", 4) + 3].replace("[^*]", "")
    fit = f"<!-- fit above {above} -->" if above else ""
    body = "\n\n".join(each.format(f"Oil {chr(65 + at)}{fit}") for at, each in enumerate(FITTED))
    drawn = lines(publish(SourceFile("x.md", f"{front}\n\n{body}\n".encode())).pdf.data)
    pairs = [(before, line) for before, line in pairwise(drawn) if "Oil" in line.text and before.baseline > 80]
    return {line.text: line.baseline - before.baseline for before, line in pairs}


@pytest.mark.parametrize("above", [10, 100, 150, -100, -160])
def test_what_is_fitted_is_that_much_closer_or_further_apart_whatever_is_before_it(above: int) -> None:
    usual, fitted = distances(0), distances(above)
    both = [name for name in fitted if name in usual]
    assert len(both) > len(FITTED) - 4
    assert {name: (usual[name] - fitted[name]) * 20 for name in both} == pytest.approx(
        dict.fromkeys(both, above), abs=8
    )


# --- headings of level 4 and 5 ----------------------------------------------------------------------------------------

TOP = tuple(Heading(level, (Text("1"),)) for level in (1, 2, 3))


def faces(source: str, *headings: Heading) -> list[frozenset[str]]:
    """The faces of the lines below `TOP`: one for each heading."""
    document = read(SPECIMENS / source)
    notes = tuple(note for note in document.notes if note.asterisk)
    document = replace(document, body=(*TOP, *headings), annexes=(), notes=notes)
    found = lines(typeset(mark_up(document)).data)
    start = next(at for at, line in enumerate(found) if line.text.strip() in ("1", "١"))
    return [line.faces for line in found[start + 3 : start + 3 + len(headings)]]


def marked_and_not(text: str) -> tuple[Heading, ...]:
    """Headings of level 4 and 5, each with a mark and without one."""
    return tuple(Heading(level, (Text(text),), ordinal) for level in (4, 5) for ordinal in (6, None))


def test_headings_without_a_mark_are_set_one_style_lower_than_those_with_one() -> None:
    # The Editorial Manual has (a) bold and (i) italic; A/80/604/Add.1 and A/HRC/WG.6/34/ITA/3 print the others so.
    bold, italic, roman = (frozenset({f"Liberation-Serif{style}"}) for style in ("-Bold", "-Italic", ""))
    for source in ("A_104_96.en.md", "A_HRC_98_8.ru.md"):
        assert faces(source, *marked_and_not("1")) == [bold, italic, italic, roman]


def test_arabic_and_chinese_headings_of_level_4_are_as_heavy_with_a_mark_as_without() -> None:
    arabic = faces("A_104_96.ar.md", *marked_and_not("جسور"))
    assert arabic == [frozenset({face}) for face in ("Amiri-Bold", "Amiri-Bold", "Amiri", "Amiri")]
    chinese = faces("A_RES_104_12.zh.md", *marked_and_not("桥梁"))
    assert [face & {"Noto-Sans-SC", "AR-PL-KaitiM-GB"} for face in chinese] == [
        {"Noto-Sans-SC"}, {"Noto-Sans-SC"}, {"AR-PL-KaitiM-GB"}, {"AR-PL-KaitiM-GB"}
    ]  # fmt: skip


def test_the_lines_of_a_list_of_participants_are_aligned() -> None:
    text = (SPECIMENS / "A_104_PV.12.en.md").read_text("utf-8")
    listed = "\n\n<!-- annex --> List of participants\n\n**Chad**\n\nMs. A. Diallo<br>Mr. B. Issa\n\n**Peru**\n"
    edition = publish(SourceFile("x.md", f"{text.rstrip()}{listed}".encode()))
    names = ("Chad", "Ms. A. Diallo", "Mr. B. Issa", "Peru")
    starts = [line.left for line in lines(edition.pdf.data) if line.text.strip() in names]
    assert len(starts) == len(names)
    assert max(starts) - min(starts) < TOLERANCE
