"""The page of the Security Council: positions of its lines, and what its documents have that others do not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from drawn import Line, lines
from masthead.document.model import (
    Annex,
    Document,
    Emphasis,
    Heading,
    Inline,
    Item,
    Ornament,
    Paragraph,
    ParagraphEnd,
    Preface,
    Raised,
    Reference,
    Role,
    Strong,
    Text,
    map_contents,
)
from masthead.document.terms import JobNumber, Organ, Symbol
from masthead.formats import read
from masthead.page import mark_up
from masthead.publication import publish
from masthead.typesetting import typeset
from paths import SPECIMENS

COLUMN, INDENT, TAB = 123.35, 147.1, 170.9
PAPER = 612.0
TOLERANCE = 0.6


def resolution(language: str) -> Document:
    return read(SPECIMENS / f"S_RES_3104_2049.{language}.md")


def with_body(document: Document, *blocks: object) -> Document:
    return replace(document, body=tuple(blocks))  # type: ignore[arg-type]


def start(line: Line, language: str) -> float:
    """Where a line begins, as if its page were read from the left."""
    return PAPER - line.right if language == "ar" else line.left


def drawn(document: Document) -> list[Line]:
    edition = publish(document)
    assert edition.report.findings == ()
    return lines(edition.pdf.data)


def test_the_number_is_above_the_adoption_line_and_both_begin_at_the_column() -> None:
    found = drawn(resolution("en"))
    number = next(line for line in found if line.text.startswith("Resolution 3104 (2049)"))
    adopted = next(line for line in found if line.text.startswith("Adopted by the Security Council"))
    assert (number.sizes, adopted.sizes) == ({14.0}, {12.0})
    assert number.baseline < adopted.baseline
    assert {round(line.left - COLUMN) for line in (number, adopted)} == {0}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_symbol_has_its_year_after_a_space(language: str) -> None:
    symbol = next(line for line in drawn(resolution(language)) if "/RES/3104 (2049)" in line.text)
    assert abs((PAPER - symbol.left if language == "ar" else symbol.right) - 552) < TOLERANCE


def test_headings_of_any_level_may_follow_each_other_and_no_level_is_skipped_in_the_structure() -> None:
    levels = (3, 4, 3, 2, 4, 4, 2)
    document = with_body(resolution("en"), *(Heading(level, (Text(f"Level {level}"),)) for level in levels))
    found = re.findall(r'<h(\d)[^>]* class="heading-(\d)', mark_up(document).text)
    assert [int(shown) for _, shown in found] == list(levels)
    assert [int(depth) - 2 for depth, _ in found] == [1, 2, 1, 1, 2, 2, 1]
    assert publish(document).report.findings == ()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sub_paragraphs_have_six_degrees_and_the_marks_of_the_source(language: str) -> None:
    marks, item = ("(a)", "•", "’1‘", "–", "-", "(i)"), None
    for degree in range(6, 0, -1):
        item = Item(1, (Text(f"x{degree}x"),), (item,) if item else (), marks[degree - 1])
    assert item
    body = Paragraph(Role.OPERATIVE, (Text("x0x:"),), 1, (item,), (Text("x7x."),))
    found = lines(typeset(mark_up(with_body(resolution(language), body))).data)
    rows = [next(line for line in found if f"x{degree}x" in line.text) for degree in range(8)]
    starts = [start(line, language) for line in rows]
    assert abs(starts[1] - INDENT) < TOLERANCE
    assert starts[1] < starts[2] < starts[3] < starts[4] < starts[5] < starts[6]
    assert abs(starts[7] - COLUMN) < TOLERANCE
    assert all(mark in row.text for mark, row in zip(marks, rows[1:], strict=False) if language == "en")


def test_no_line_ends_between_a_conjunction_and_the_number_of_a_resolution() -> None:
    numbers = [Reference(f"{number} (2004)", Symbol(f"S/RES/{number} (2004)")) for number in range(1500, 1540)]
    content = tuple(inline for number in numbers for inline in (number, Text(" و ")))[:-1]
    body = Paragraph(Role.OPERATIVE, (Text("القرارات "), *content, Text("؛")), 1)
    found = drawn(with_body(resolution("ar"), body))
    rows = [line.text.strip() for line in found if "٢٠٠٤" in line.text]
    assert len(rows) > 6
    assert not any(row.startswith("و") for row in rows)  # the glyphs of a line are from left to right


@pytest.mark.parametrize(
    "link",
    [
        ("S/2049/31", "S/2049/30", ""),  # to another document than its text says
        ("/PRST/2049/31،", "S/PRST/2049/31", "(S"),  # begins within the symbol, and has the comma after it
        ("S/2049/3", "S/2049/31", ""),
        ("القرار 2042 (2012)", "S/RES/2042 (2012)", ""),
    ],
)
def test_a_link_whose_text_is_not_the_symbol_alone_is_drawn_in_order(link: tuple[str, str, str]) -> None:
    text, target, before = link
    body = Paragraph(Role.OPERATIVE, (Text(f"انظر {before}"), Reference(text, Symbol(target)), Text(" كلمة.")), 1)
    report = publish(with_body(resolution("ar"), body)).report
    assert {found.rule for found in report.findings} <= {"links.targets", "links.symbols"}


def test_a_document_without_a_job_number_prints_none() -> None:
    document = resolution("en")
    edition = publish(replace(document, job=JobNumber("00-00000", document.language)))
    assert "barcode" not in edition.html.text
    assert not any("00-00000" in line.text for line in lines(edition.pdf.data))
    assert [found.message for found in edition.report.findings] == ["page one has no job number with a language letter"]


def test_either_symbol_of_a_document_of_two_organs_leads_to_it() -> None:
    both = "A/103/873-S/2049/437"
    for target, rules in (("A/103/873", set()), ("S/2049/437", set()), ("S/2049/43", {"links.targets"})):
        body = Paragraph(Role.OPERATIVE, (Text("See "), Reference(both, Symbol(target)), Text(".")), 1)
        report = publish(with_body(resolution("en"), body)).report
        assert {found.rule for found in report.findings if found.severity == "error"} == rules


def test_a_document_may_have_two_symbols() -> None:
    assert drawn(replace(resolution("en"), symbol=Symbol("A/103/873–S/2049/437")))


def test_few_words_of_a_justified_line_may_be_far_apart() -> None:
    first, second = "A/HRC/46/L.3/Rev.1/Add.1", "CEDAW/C/2041/II/CRP.1/Add.2/Corr.1/Rev.3"
    links = Reference(first, Symbol(first)), Text(", "), Reference(second, Symbol(second))
    paragraph = Paragraph(Role.OPERATIVE, (Text("Documents considered: "), *links), 1)
    assert drawn(with_body(resolution("en"), paragraph))


def test_an_annex_without_a_name_has_no_empty_heading() -> None:
    paragraph = Paragraph(Role.NUMBERED, (Text("One boat for each lake, and three for the last of them."),))
    body = tuple(replace(paragraph, number=number) for number in (1, 2, 3))
    document = resolution("en")
    for title in ((), (Text("Boats"),)):
        edition = publish(replace(document, annexes=(Annex(title, body, mark=""),)))
        assert edition.report.findings == ()
        assert not re.search(r"<h\d[^>]*></h\d>", edition.html.text)
        assert 'id="annex-1"' in edition.html.text


def test_a_sub_paragraph_may_have_several_paragraphs() -> None:
    content = (Text("one one;"), ParagraphEnd(), Text("two two " * 20))
    body = Paragraph(Role.OPERATIVE, (Text("Decides:"),), 1, (Item(1, content),))
    found = drawn(with_body(resolution("en"), body))
    first, second = (next(line for line in found if word in line.text) for word in ("one one", "two two"))
    assert (round(first.left - INDENT), round(second.left - COLUMN)) == (0, 0)
    assert second.baseline > first.baseline


def test_a_mark_that_no_font_has_is_printed_as_what_it_looks_like() -> None:
    body = Paragraph(Role.OPERATIVE, (Text("Decides:"),), 1, (Item(1, (Text("x"),), mark="\u2e30"),))
    edition = publish(with_body(resolution("en"), body))
    assert [found.rule for found in edition.report.findings] == ["symbol-font"]
    assert any("◦" in line.text for line in lines(edition.pdf.data))


def test_an_ornament_is_centred() -> None:
    paragraph = Paragraph(Role.OPERATIVE, (Text("x."),), 1)
    found = drawn(with_body(resolution("en"), paragraph, Ornament(), replace(paragraph, number=2)))
    (star,) = (line for line in found if line.text.strip() == "*")
    assert abs((star.left + star.right) / 2 - PAPER / 2) < TOLERANCE


def test_raised_text_does_not_part_lines() -> None:
    def baselines(raised: Text | Raised) -> list[float]:
        body = Paragraph(Role.OPERATIVE, (Text("mot " * 20 + "1"), raised, Text(" mot" * 20)), 1)
        return [line.baseline for line in drawn(with_body(resolution("en"), body)) if "mot" in line.text]

    assert baselines(Raised("er")) == baselines(Text("er"))


def test_a_draft_may_have_no_title_but_its_sponsors() -> None:
    draft = read(SPECIMENS / "A_C.2_104_L.9.en.md")
    sponsors = (Text("Costaguana and Florin: draft resolution"),)
    draft = replace(draft, organ=Organ.SECURITY_COUNCIL, symbol=Symbol("S/2049/311"), notes=())
    untitled = replace(draft, preface=Preface("", "", "", None, (), sponsors=sponsors))
    edition = publish(untitled)
    assert edition.report.findings == ()
    assert '<h1 class="sponsors">' in edition.html.text
    assert "<title>Costaguana and Florin: draft resolution</title>" in edition.html.text
    assert "untitled" not in edition.html.text


def test_a_statement_has_a_title_of_12_points_and_paragraphs_that_begin_indented() -> None:
    found = drawn(read(SPECIMENS / "S_PRST_2049_4.en.md"))
    title = next(line for line in found if line.text.startswith("Statement by the President"))
    first = next(line for line in found if line.text.startswith("At the 14211th meeting"))
    quoted = next(line for line in found if line.text.startswith("“The Security Council encourages"))
    assert (title.sizes, round(title.left - COLUMN)) == ({12.0}, 0)
    assert {round(line.left - INDENT) for line in (first, quoted)} == {0}


def test_the_verbs_of_a_chinese_resolution_are_in_kai_however_they_are_marked() -> None:
    document = read(SPECIMENS / "A_RES_104_12.zh.md")
    strong = map_contents(document.body, lambda content: tuple(map(_strong, content)))
    italic, bold = (lines(publish(replace(document, body=body)).pdf.data) for body in (document.body, strong))
    assert [line.faces for line in bold] == [line.faces for line in italic]
    assert any("Kaiti" in face for line in bold for face in line.faces)


def _strong(inline: Inline) -> Inline:
    return Strong(inline.content) if isinstance(inline, Emphasis) else inline
