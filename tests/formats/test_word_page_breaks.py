"""Page breaks that the author of a Word file asked for: a page begins there, unless the document is a resolution."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml

from masthead.document.model import Block, Document, Heading, Layout, PageEnd, Paragraph, Table, inlines, plain
from masthead.formats.word import reader as word
from masthead.formats.word.page_breaks import HardBreak, hard_break
from masthead.formats.word.styles import Styles
from packages import SPACES, p, pack, parts, r, report

BREAK = '<w:r><w:br w:type="page"/></w:r>'
EMPTY = f"<w:p>{BREAK}</w:p>"
BEFORE = "<w:pageBreakBefore/>"
CELLS = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p(r('b') + BREAK)}</w:tc></w:tr></w:tbl>"
STYLES = parse_xml(
    f"<w:styles {SPACES}>"
    '<w:style w:type="paragraph" w:styleId="Chapter"><w:pPr><w:pageBreakBefore/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Based"><w:basedOn w:val="Chapter"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Plain"/></w:styles>'
)


def shown(block: Block) -> str:
    match block:
        case Layout(landscape, columns, new_page):
            return " ".join(["landscape"] * landscape + [str(columns)] * (columns > 1) + ["new page"] * new_page)
        case Paragraph(_, content) | Heading(_, content):
            return plain(content)
        case Table():
            return "table"
        case _:
            return type(block).__name__


def blocks(body: str) -> list[str]:
    return [shown(each) for each in read(body).body]


def read(body: str) -> Document:
    return word.read(report(body), "x.docx")


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        (p("a"), HardBreak.NONE),
        (EMPTY, HardBreak.BEFORE),
        (p(BREAK + r("a")), HardBreak.BEFORE),
        (p(r(" ") + BREAK + r("a")), HardBreak.BEFORE),
        (p(r("a") + BREAK), HardBreak.AFTER),
        (p(r("a") + BREAK + r(" ")), HardBreak.AFTER),
        (p(r("a") + BREAK + r("b")), HardBreak.NONE),
        (p(BREAK + r("a") + BREAK), HardBreak.AFTER),
        (p("<w:r><w:drawing/></w:r>" + BREAK), HardBreak.AFTER),
        (p('<w:r><w:br w:type="column"/></w:r>'), HardBreak.NONE),
        (p(f"<w:del>{BREAK}</w:del>"), HardBreak.NONE),
        (p("a", look=BEFORE), HardBreak.BEFORE),
        (p("a", look='<w:pageBreakBefore w:val="0"/>'), HardBreak.NONE),
        (p("a", "Chapter"), HardBreak.BEFORE),
        (p("a", "Based"), HardBreak.BEFORE),
        (p("a", "Based", look='<w:pageBreakBefore w:val="false"/>'), HardBreak.NONE),
        (p("a", "Plain"), HardBreak.NONE),
    ],
)
def test_a_page_break_is_before_or_after_the_text_of_its_paragraph(paragraph: str, place: HardBreak) -> None:
    found = parse_xml(f"<w:body {SPACES}>{paragraph}</w:body>")[0]
    assert hard_break(found, Styles(STYLES)) is place


def test_a_page_begins_where_the_author_asked_for_it_and_the_page_of_word_ends_there() -> None:
    document = read(p("Reeds.") + EMPTY + p("II.\tLamps", "HCh") + p("Nets.") + p("Boats.", look=BEFORE))
    assert [shown(each) for each in document.body] == ["Reeds.", "new page", "Lamps", "Nets.", "new page", "Boats."]
    first = document.body[0]
    assert isinstance(first, Paragraph) and isinstance(first.content[-1], PageEnd)
    assert not [each for each in document.findings if each.rule == "word-page-end"]


def test_a_page_break_after_a_table_or_a_heading_is_no_finding() -> None:
    document = read(p("Reeds.") + CELLS + EMPTY + p("II.\tLamps", "HCh") + EMPTY + p("Nets."))
    assert [shown(each) for each in document.body] == ["Reeds.", "table", "new page", "Lamps", "new page", "Nets."]
    assert [each.where for each in document.findings if each.rule == "word-page-end"] == [
        "x.docx: paragraph 4 “b”"  # that in the cell
    ]


def test_breaks_one_after_the_other_are_one_and_none_is_at_the_end() -> None:
    assert blocks(p("Reeds.") + EMPTY + EMPTY + p("Nets.") + EMPTY) == ["Reeds.", "new page", "Nets."]


def test_a_break_in_a_section_keeps_its_layout_and_one_before_an_annex_is_that_of_the_annex() -> None:
    wide = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="15840" w:h="12240"/></w:sectPr></w:pPr></w:p>'
    tall = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr></w:pPr></w:p>'
    body = p("Reeds.") + tall + p("Nets.") + EMPTY + p("Boats.") + wide + p("Tides.") + tall
    assert blocks(body) == ["Reeds.", "landscape", "Nets.", "landscape new page", "Boats.", "", "Tides."]
    document = read(p("Reeds.") + EMPTY + p("Annex", "HCh") + p("Lamps", "HCh") + p("Nets."))
    assert [shown(each) for each in document.body] == ["Reeds."]
    assert [shown(each) for each in document.annexes[0].body] == ["Nets."]


def test_a_break_between_the_lines_of_the_opening_does_not_end_it() -> None:
    document = word.read(pack(parts(EMPTY + TITLED + p("Reeds."))), "x.docx")
    assert plain(document.preface.title) == "Lamps"
    assert [shown(each) for each in document.body] == ["Reeds."]


TITLED = '<w:p><w:pPr><w:pStyle w:val="TitleHCH"/></w:pPr><w:r><w:t>Lamps</w:t></w:r></w:p>'


def test_a_resolution_has_page_ends_in_its_text_instead() -> None:
    title = p("73/8.\tLamps", "TitleHCH")
    head = ("United Nations", "A/RES/73/8", "General Assembly", "Distr.: General", "7 April 2026")
    body = title + p("The General Assembly,") + p("Recalling its lamps,") + EMPTY + p("1.\tDecides to light them.")
    document = word.read(pack(parts(body, head=head)), "x.docx")
    assert document.type == "resolution"
    assert not [each for each in document.body if isinstance(each, Layout)]
    ends = [each for block in document.body if isinstance(block, Paragraph) for each in inlines(block.content)]
    assert sum(isinstance(each, PageEnd) for each in ends) == 1
