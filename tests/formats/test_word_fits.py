"""How paragraphs of Word files were fitted to their pages: space, distance of lines, ends of pages."""

from __future__ import annotations

import pytest

from masthead.document.model import Fit, Heading, PageEnd, Paragraph, Table, Text, fit_of
from packages import TITLE, p, pack, parts, r, report, table_of
from word_reports import body_of, found_rules, read

LOW = '<w:p><w:pPr><w:spacing w:line="100" w:lineRule="exact"/></w:pPr></w:p>'
USUAL = LOW.replace("100", "120")


@pytest.mark.parametrize(
    ("body", "fit"),
    [
        (p(r("Text.", '<w:spacing w:val="-3"/>')), Fit(letters=3)),
        (p(r("Text.", '<w:w w:val="98"/>')), Fit(letters=2)),  # each per cent of a letter of 10 points is .044 point
        (p(r("Text.", '<w:spacing w:val="3"/>')), Fit()),  # farther apart
        (p(r("A", '<w:spacing w:val="-9"/>') + r(" text of many letters.")), Fit()),
        (LOW + p("Text."), Fit(above=20)),
        (USUAL + p("Text."), Fit()),
        (LOW + USUAL + LOW + p("Text."), Fit(above=40)),
    ],
)
def test_a_paragraph_of_a_report_keeps_how_it_was_fitted_to_its_page(body: str, fit: Fit) -> None:
    (found,) = body_of(body)
    assert isinstance(found, Paragraph) and fit_of(found.content) == fit


def spaced(count: int, line: int = 120) -> str:
    return f'<w:p><w:pPr><w:spacing w:after="0" w:line="{line}" w:lineRule="exact"/></w:pPr></w:p>' * count


HEADING = p("Lamps", style="H23")
TEXT = p("Of oil.", look='<w:spacing w:after="120"/>')


@pytest.mark.parametrize(
    ("body", "above"),
    [
        (TEXT + spaced(1) + HEADING, 0),
        (TEXT + spaced(2) + HEADING, -120),
        (TEXT + spaced(2, 100) + HEADING, -80),
        (TEXT + spaced(4) + HEADING, 0),  # fills a page
        (spaced(2) + TEXT + HEADING, 0),  # begins one
        (TEXT + spaced(2) + p(r("<w:br w:type='page'/>")) + HEADING, 0),
        (TEXT + HEADING + spaced(1) + TEXT, 0),
        (TEXT + HEADING + spaced(2) + TEXT, -120),
        (TEXT + HEADING + spaced(2) + HEADING, -120),
        (TEXT + p("Subprogramme 1", style="H23") + spaced(1) + HEADING, -120),
        (TEXT + spaced(2) + TEXT, -240),
        (p("Of oil.") + TEXT + spaced(2) + p("Lit."), -240),
        (spaced(1) + p("Of oil.") + TEXT, 120),  # no space below
        (TEXT + spaced(1) + p("Ports", style="H23") + spaced(1) + table_of(("Levee", "7")), 0),
        (TEXT + spaced(2) + p("Ports", style="H23") + spaced(1) + table_of(("Levee", "7")), -120),
        (TEXT + p("1.\tLamps", style="H23") + spaced(1) + p("(Thousands)") + table_of(("Levee", "7")), -120),
    ],
)
def test_what_is_set_apart_by_empty_paragraphs_is_measured_against_the_template(body: str, above: int) -> None:
    blocks = body_of(body)
    last = blocks[-1]
    assert isinstance(last, Heading | Paragraph | Table)
    content = (last.caption.title or last.caption.unit) if isinstance(last, Table) else last.content
    assert fit_of(content) == Fit(above=above)


def test_a_document_with_space_in_its_styles_is_not_measured_by_empty_paragraphs() -> None:
    blocks = body_of(HEADING + TEXT + HEADING + TEXT + HEADING + TEXT + spaced(1) + HEADING + TEXT)
    assert all(fit_of(block.content) == Fit() for block in blocks if isinstance(block, Heading | Paragraph))


@pytest.mark.parametrize(("line", "lines"), [(232, 232), (240, 0), (120, 0)])
def test_a_paragraph_of_a_report_keeps_lines_that_are_closer_than_in_its_style(line: int, lines: int) -> None:
    look = f'<w:spacing w:line="{line}" w:lineRule="exact"/>'
    kept, name = parts(TITLE + p("Text.", look=look)), b'<w:name w:val="__Single Txt"/>'
    styled = name + b'<w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr>'
    (found,) = read(pack({key: part.replace(name, styled) for key, part in kept.items()})).body
    assert isinstance(found, Paragraph) and fit_of(found.content).lines == lines


def test_pages_end_where_word_last_ended_them() -> None:
    ended = "<w:r><w:lastRenderedPageBreak/></w:r>"
    found = body_of(p(r("a ") + ended + r("b")) + p(ended + r("c")) + p('<w:r><w:br w:type="page"/></w:r>') + p("d"))
    assert [block.content for block in found if isinstance(block, Paragraph)] == [
        (Text("a "), PageEnd(), Text("b"), PageEnd()), (Text("c"), PageEnd()), (Text("d"),)
    ]  # fmt: skip


def test_a_page_that_ends_after_a_typed_note_leaves_it_a_note() -> None:
    typed = p("Tides**") + p("\t**\tAs of 2049. ") + p("<w:r><w:lastRenderedPageBreak/></w:r>" + r("Rain."))
    document = read(report(typed))
    assert [(each.number, each.content) for each in document.notes if each.asterisk] == [
        (2, (Text("As of 2049."), PageEnd()))
    ]


def test_a_page_end_that_no_paragraph_can_hold_is_a_finding() -> None:
    ended = "<w:r><w:lastRenderedPageBreak/></w:r>"
    row = f"<w:tr><w:tc>{p(r('a ') + ended + r('b'))}</w:tc><w:tc>{p(ended + r('c'))}</w:tc></w:tr>"
    body = f"<w:tbl>{row}</w:tbl>" + p(ended + r("d")) + p("I.\tTides", "HCh") + p(ended + r("e"))
    document = read(report(body))
    assert [where for rule, where in found_rules(document) if rule == "word-page-end"] == [
        f"x.docx: paragraph {number} “{text}”" for number, text in ((2, "a b"), (3, "c"), (4, "d"), (6, "e"))
    ]
    assert "PageEnd" not in repr(document.body)
