"""Word files from Masthead, and files on the UN template, are read as their pages show them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from examples import SOURCES, every_source
from manuscripts import AR, EN, report, sentence
from masthead import formats
from masthead.document import DocumentType
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import (
    Alignment,
    Box,
    Caption,
    Cell,
    Column,
    Document,
    Emphasis,
    Heading,
    Item,
    Layout,
    Note,
    NoteCall,
    Paragraph,
    Reference,
    Role,
    Row,
    Strong,
    Table,
    TableNoteCall,
    Text,
    plain,
)
from masthead.document.terms import Language, Organ, Symbol
from packages import pack
from paths import ROOT, SPECIMENS
from reference import reference
from word_reports import read

# --- written and read -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@every_source
def test_a_specimen_is_equal_as_markdown_and_as_word(source: Path) -> None:
    document = formats.read(source)
    again = read(formats.render(document, ".docx"))
    assert again == document
    assert not [finding for finding in again.findings if finding.rule.startswith("word-")]


def test_every_part_of_a_written_file_has_the_relations_that_it_uses() -> None:
    """Word refuses a file with a relation that a part does not have: notes have their own."""
    files = zipfile.ZipFile(BytesIO(formats.render(formats.read(SPECIMENS / "A_104_96.en.md"), ".docx")))
    uses = "//@*[namespace-uri()='http://schemas.openxmlformats.org/officeDocument/2006/relationships']"
    linked = []
    for name in (each for each in files.namelist() if re.fullmatch(r"word/[\w-]+\.xml", each)):
        used = set(etree.fromstring(files.read(name)).xpath(uses))
        own = name.replace("word/", "word/_rels/") + ".rels"
        held = etree.fromstring(files.read(own)) if own in files.namelist() else ()
        assert used <= {each.get("Id") for each in held}
        linked += [name] if used else []
    assert linked == ["word/document.xml", "word/footnotes.xml"]


@pytest.mark.slow
def test_a_transcript_and_its_word_file_are_equal() -> None:
    for source in (ROOT / "examples").glob("*.txt"):
        document = formats.read(source)
        assert read(formats.render(document, ".docx")) == document


@pytest.mark.slow
def test_the_same_document_gives_the_same_bytes() -> None:
    document = formats.read(SOURCES[0])
    assert formats.render(document, ".docx") == formats.render(document, ".docx")


@pytest.mark.parametrize("name", ["A_104_96.en", "A_RES_104_12.ar"])
def test_python_docx_finds_styles_tables_headers_and_footers(name: str) -> None:
    document = formats.read(ROOT / "examples" / "specimens" / f"{name}.md")
    package = docx.Document(BytesIO(formats.render(document, ".docx")))
    first = package.sections[0].first_page_header
    assert str(document.symbol) in [cell.text for row in first.tables[0].rows for cell in row.cells]
    styles = {paragraph.style.name for paragraph in package.paragraphs if paragraph.style}
    assert styles >= {"Session", "Agenda_Item_Normal", "Title_H_CH", "__Single Txt", "List"}
    assert len(package.tables) == sum(isinstance(block, Table | Box) for block in document.body)
    assert all(paragraph.style.name != "Normal" for paragraph in package.paragraphs if paragraph.text)  # type: ignore[union-attr]


def test_headings_have_the_template_s_style_that_looks_like_their_page_and_keep_their_level() -> None:
    # Bold is H23, italic H4, roman H56; a level that is not the style's own is the paragraph's outline level.
    report = formats.read(ROOT / "examples" / "specimens" / "A_104_96.en.md")
    levels = [(1, 1), (2, 1), (3, 1), (4, None), (4, 1), (5, None), (5, 1), (6, 1), (6, None)]
    headings = tuple(Heading(level, (Text("Tides"),), mark) for level, mark in levels)
    notes = tuple(note for note in report.notes if note.asterisk)
    document = replace(report, body=headings, notes=notes, annexes=())
    data = formats.render(document, ".docx")
    styles = [
        paragraph.style.style_id
        for paragraph in docx.Document(BytesIO(data)).paragraphs
        if paragraph.style and paragraph.text.endswith("Tides")
    ]
    assert styles == ["HCh", "H1", "H23", "H4", "H23", "H56", "H4", "H56", "Heading6"]
    assert read(data).body == document.body


@pytest.mark.slow
def test_properties_are_in_the_order_of_the_schema() -> None:
    """Word refuses a file with another order (ECMA-376, 17.3.1.26 and 17.3.2.28)."""
    order = {
        "pPr": ["pStyle", "keepNext", "tabs", "bidi", "spacing", "ind", "jc", "outlineLvl"],
        "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "vanish", "color", "spacing", "w", "kern", "sz", "szCs",
                "vertAlign", "rtl", "lang"],
        "tcPr": ["tcW", "gridSpan", "tcBorders", "vAlign"],
        "tblPr": ["tblStyle", "bidiVisual", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"],
        "sectPr": ["headerReference", "footerReference", "pgSz", "pgMar", "titlePg", "bidi"],
    }  # fmt: skip
    seen = set()
    for source in SOURCES:
        with zipfile.ZipFile(BytesIO(formats.render(formats.read(source), ".docx"))) as archive:
            for name in archive.namelist():
                if not name.endswith(".xml"):
                    continue
                for element in etree.fromstring(archive.read(name)).iter(etree.Element):
                    kind = etree.QName(element).localname
                    if kind in order and "wordprocessingml" in element.tag:
                        places = [order[kind].index(etree.QName(child).localname) for child in element]
                        assert places == sorted(places), (source.name, name, etree.tostring(element))
                        seen.add(kind)
    assert seen == set(order)


MARKED = re.compile(r"([^<>]{1,12})</w:t></w:r><w:r><w:tab/></w:r>")


@pytest.mark.parametrize("name", ["A_104_96.en", "A_C.2_104_L.9.en", "A_RES_104_13.en", "A_RES_104_12.ar"])
def test_a_mark_in_a_file_from_masthead_may_end_with_a_space(name: str) -> None:
    """Editors in Word may end a mark with a space in place of the tab."""
    document = formats.read(ROOT / "examples" / "specimens" / f"{name}.md")
    files = unpacked(formats.render(document, ".docx"))
    edited, count = MARKED.subn(r"\1 </w:t></w:r>", files["word/document.xml"].decode())
    assert count
    assert read(pack({**files, "word/document.xml": edited.encode()})) == document


def test_a_tab_typed_into_a_note_from_masthead_loses_nothing() -> None:
    document = formats.read(ROOT / "examples" / "E_RES_2041_7.en.md")
    files = unpacked(formats.render(document, ".docx"))
    before, found, behind = files["word/footnotes.xml"].decode().rpartition("</w:t></w:r>")
    edited = f"{before}{found}<w:r><w:tab/><w:t>More.</w:t></w:r>{behind}"
    note = read(pack({**files, "word/footnotes.xml": edited.encode()})).notes[-1]
    assert plain(note.content) == f"{plain(document.notes[-1].content)} More."


def test_text_that_looks_like_a_mark_stays_text() -> None:
    document = formats.read(ROOT / "examples" / "specimens" / "A_104_96.en.md")
    row = Row((Cell((Text("(a) North"),)),))
    body = (
        Paragraph(Role.PLAIN, (Text("6. Requests more"),)),
        Paragraph(Role.NUMBERED, (Text("(a) x"),), 1, (Item(1, (Text("(b) y"),)),)),
        Paragraph(Role.PLAIN, (Strong((Text("(a) "),)), Text("x "), Reference("A/71/119", Symbol("A/71/119")))),
        Paragraph(Role.PLAIN, (Text("("), Emphasis((Text("a"),)), Text(") x"))),
        Heading(1, (Text("I. Tides"),)),
        Heading(2, (Text("B. Moons"),), 1),
        Table(Caption((Text("Table 2 Lamps"),)), (), (row,), (Column(),)),
    )
    preface = replace(document.preface, title=(Text("73/8. Lamps"),), subtitle=(), agenda_title=())
    made = replace(document, preface=preface, body=body, notes=(), annexes=())
    assert read(formats.render(made, ".docx")) == made


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_parts_of_a_written_file_have_the_earliest_date() -> None:
    written = formats.render(formats.read(SPECIMENS / "A_104_96.en.md"), ".docx")
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_of_a_written_file_has_a_content_type() -> None:
    """ECMA-376, part 2, 10.1.2: Word does not open a file with a part that has none."""
    files = unpacked(formats.render(formats.read(SPECIMENS / "A_104_96.en.md"), ".docx"))
    types = etree.fromstring(files.pop("[Content_Types].xml"))
    defaults = {each.get("Extension"): each.get("ContentType") for each in types.iter("{*}Default")}
    overrides = {each.get("PartName"): each.get("ContentType") for each in types.iter("{*}Override")}
    assert defaults == {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    assert set(overrides) == {f"/{name}" for name in files if not name.endswith(".rels")}
    assert overrides["/word/document.xml"].endswith("wordprocessingml.document.main+xml")
    assert {kind for name, kind in overrides.items() if name.startswith("/word/media/")} == {
        "image/png",
        "image/svg+xml",
    }


def test_a_note_that_only_notes_call_is_refused() -> None:
    document = formats.read(ROOT / "examples" / "E_RES_2041_7.en.md")
    bare = (Paragraph(Role.FORMULA, (Text("x"), NoteCall(1))),)
    notes = (Note(1, (Text("See"), NoteCall(2))), Note(2, (Text("y"),)))
    with pytest.raises(SourceError, match="note 2 is only called in other notes"):
        formats.render(replace(document, body=bare, notes=notes), ".docx")


# --- the UN template --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed() -> Document:
    return formats.read(reference("pdf/A_80_604_Add.1.docx"))


@pytest.mark.slow
def test_the_facts_of_a_document_on_the_template_are_those_of_its_pages(printed: Document) -> None:
    assert (printed.type, printed.language, printed.organ) == (
        DocumentType.REPORT, Language.ENGLISH, Organ.GENERAL_ASSEMBLY
    )  # fmt: skip
    assert (str(printed.symbol), str(printed.job), printed.job.dates) == (
        "A/80/604/Add.1", "26-04887 (E)", ("150426",)
    )  # fmt: skip
    masthead, preface = printed.masthead, printed.preface
    assert (masthead.distribution, masthead.date, masthead.original) == ("General", "7 April 2026", "English")
    assert (preface.session, preface.agenda_item) == ("Eightieth session", "Agenda item 156 (a)")
    assert plain(preface.agenda_title).startswith("Financing of the United Nations peacekeeping forces")
    assert plain(preface.title).startswith("Budget performance for the period")
    assert plain(preface.subtitle).startswith("Report of the Advisory Committee")


def tables_of(document: Document) -> list[Table]:
    """The tables of a document, that of its key figures in a box first."""
    box = next(block for block in document.body if isinstance(block, Box))
    return [block for block in (*box.blocks, *document.body) if isinstance(block, Table)]


@pytest.mark.slow
def test_its_headings_paragraphs_tables_and_notes_are_those_of_its_pdf(printed: Document) -> None:
    headings = [
        (block.level, block.ordinal, plain(block.content)) for block in printed.body if isinstance(block, Heading)
    ]
    assert [(ordinal, text.split()[0]) for level, ordinal, text in headings if level == 1] == [
        (1, "Introduction"), (2, "Budget"), (3, "Information"), (4, "Proposed"), (5, "Other"), (6, "Conclusion")
    ]  # fmt: skip
    assert (2, 2, "Resource requirements") in headings
    assert (3, 2, "Civilian personnel") in headings
    assert (4, None, "Vacant posts") in headings
    numbers = [block.number for block in printed.body if isinstance(block, Paragraph) and block.number]
    assert numbers == list(range(1, 45))
    tables = tables_of(printed)
    assert [len(table.rows) for table in tables] == [10, 4, 1, 2, 7, 6, 14, 5]
    # What is above the others begins in the column: a heading.
    assert [plain(table.caption.title) for table in tables if table.caption.title] == ["Vacancy rates"]
    assert {(3, None, "Financial resources"), (3, None, "Delayed deployment factors")} <= set(headings)
    assert plain(tables[6].caption.unit).startswith("(Thousands of")
    assert [len(table.notes) for table in tables] == [2, 0, 1, 0, 1, 0, 0, 0]
    assert [note.number for note in printed.notes] == [1, 2]
    assert plain(printed.notes[0].content).startswith("Excludes one-time requirements")


@pytest.mark.slow
def test_links_cells_and_emphasis_are_read(printed: Document) -> None:
    first = next(block for block in printed.body if isinstance(block, Paragraph))
    assert Reference("A/80/596", Symbol("A/80/596"), "https://docs.un.org/en/A/80/596") in first.content
    tables = tables_of(printed)
    assert tables[0].rows[5].cells[0].content == (
        Text("Projected expenditure for 2025/26"), TableNoteCall(1), Text(","), TableNoteCall(2)
    )  # fmt: skip
    assert tables[0].alignments == (Alignment.START, Alignment.END)
    assert [plain(cell.content) for cell in tables[1].head[1].cells][-2:] == ["Amount", "Percentage"]
    first = tables[1].head[0].cells[0]
    assert (plain(first.content), first.rows) == ("Category", 2)
    costs = tables[6]
    assert [[(plain(each.content), each.columns) for each in row.cells][-2:] for row in costs.head[:2]] == [
        [("Cost estimates (2026/27)", 1), ("Variance", 2)],
        [("Amount", 1), ("Percentage", 1)],  # its grid has a column of 55 twips between
    ]  # fmt: skip
    third = next(block for block in printed.body if isinstance(block, Paragraph) and block.number == 3)
    assert isinstance(third.content[1], Strong)


def test_what_is_left_out_is_a_finding_and_none_is_an_error(printed: Document) -> None:
    assert {finding.rule for finding in printed.findings} == {
        "word-comment",
        "word-page-end",
        "heading-level",
    }
    assert {finding.severity for finding in printed.findings} == {Severity.NOTE}
    assert any("paragraph 59 “Matters pertaining to the report…”" in each.where for each in printed.findings)
    assert Layout(new_page=True) in printed.body, "a page break before “I. Introduction” is one"


# --- with the other forms ---------------------------------------------------------------------------------------------

RESOLUTIONS = [source for source in SOURCES if "_RES_" in source.name]


@pytest.mark.slow
@pytest.mark.parametrize("source", RESOLUTIONS, ids=lambda path: path.stem)
def test_a_resolution_is_the_same_as_text_markdown_akoma_ntoso_and_word(source: Path) -> None:
    document = formats.read(source)
    for form in (".txt", ".md", ".akn", ".docx"):
        assert formats.parse(formats.render(document, form), f"x{form}") == document, form


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_runs_of_an_arabic_file_have_their_direction_and_those_of_others_have_none(language: str) -> None:
    """ECMA-376, 17.3.2.30: a run with `rtl` is set by Word in the order and with the fonts of complex scripts."""
    data = formats.render(formats.read(SPECIMENS / f"A_RES_104_12.{language}.md"), ".docx")
    with zipfile.ZipFile(BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    space = {"w": body.nsmap["w"]}
    runs = [("".join(each.itertext()), bool(each.xpath("w:rPr/w:rtl", namespaces=space))) for each in body.iter("{*}r")]
    to_left = {text for text, is_rtl in runs if is_rtl and text.strip()}
    arabic = {text for text, _ in runs if re.search("[\u0621-\u064a]", text)}
    assert to_left >= arabic
    assert bool(arabic) is bool(to_left) is (language == "ar")
    assert not any(re.search("[A-Za-z]", text) for text in to_left)


def test_a_number_in_arabic_has_a_run_in_its_own_direction() -> None:
    text = "وبلغ 30 272 400 و15°30′ و2008-2009 و400 272 30 انظر [64/293](A/RES/64/293)."
    document = formats.parse(report(Language.ARABIC, text).encode(), "numbers.md")
    data = formats.render(document, ".docx")
    assert read(data).body == document.body
    runs = docx.Document(BytesIO(data)).element.body.iter(qn("w:r"))
    ways = {run.text.strip(): run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in runs}
    assert not ways["30 272 400"]
    assert not ways["15°30′"]
    assert ways["64/293"]
    assert ways["و2008-2009 و400 272 30 انظر"]


# The width in em, in Times, of what is between the units digit of a number and the end of its column.
@pytest.mark.parametrize(
    ("language", "widths"),
    [(Language.ENGLISH, (0, 1.25, 0.333, 0)), (Language.ARABIC, (1.75, 0, 0.333, 0))],  # in Arabic its other digits
)
def test_the_units_digits_of_a_column_are_in_line(language: Language, widths: tuple[float, ...]) -> None:
    values = ("1 250", "3.75", "(1)", "–", "some words")
    rows = "\n".join(f"| a | {value} |" for value in values)
    document = formats.parse(report(language, f"<!-- table -->\n\n| a | b |\n|---|--:|\n{rows}").encode(), "x.md")
    data = formats.render(document, ".docx")
    assert read(data).body == document.body
    (table,) = (each for each in docx.Document(BytesIO(data)).tables if each.cell(0, 0).text == "a")
    indents = [row.cells[1].paragraphs[0].paragraph_format.right_indent for row in table.rows[1:]]
    *rooms, words = [indent.twips if indent else 0 for indent in indents]
    ends = [room + 214 * width for room, width in zip(rooms, widths, strict=True)]
    assert max(ends) - min(ends) < 1
    assert max(rooms) > 0 == words


@pytest.mark.parametrize("language", [AR, EN])
def test_every_page_but_the_first_has_its_number_and_forced_lines_are_not_stretched(language: Language) -> None:
    document = formats.parse(report(language, f"#. {sentence(language)}<br>{sentence(language)}").encode(), "x.md")
    with zipfile.ZipFile(BytesIO(formats.render(document, ".docx"))) as package:
        footers = [package.read(f"word/footer-{page}.xml").decode() for page in ("even", "default")]
        assert "doNotExpandShiftReturn" in package.read("word/settings.xml").decode()
    for footer in footers:
        assert footer.index("PAGE") < footer.index("NUMPAGES")
        assert footer.count(f">{document.digits.shape('2')}<") == 2 and ("<w:rtl/>" in footer) is (language is AR)
