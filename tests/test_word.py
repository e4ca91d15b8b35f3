"""Word files are read as their pages show them, and what is not carried says so with its place."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import etree
from typer.testing import CliRunner

from masthead import publication, reading, writing
from masthead.cli import app
from masthead.errors import SourceError
from masthead.findings import Severity
from masthead.model import (
    Alignment,
    Annex,
    Box,
    Cell,
    Contents,
    Document,
    DocumentType,
    Emphasis,
    Figure,
    Heading,
    Item,
    Note,
    NoteCall,
    PageEnd,
    Paragraph,
    Reference,
    Role,
    Strong,
    Table,
    TableNoteCall,
    Text,
    plain,
)
from masthead.reading import word
from masthead.terms import Language, Organ, Symbol
from packages import HEAD, TITLE, note, p, pack, parts, r, related, report

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "examples").glob("*.md"), *(ROOT / "examples" / "specimens").glob("*.md")])
TEMPLATE = ROOT.parent / "shared" / "reference" / "pdf" / "A_80_604_Add.1.docx"


def read(data: bytes) -> Document:
    return word.read(data, "x.docx")


def body_of(body: str, **kept: str) -> tuple[object, ...]:
    return read(report(body, **kept)).body


def told(document: Document) -> list[tuple[str, str]]:
    return [(finding.rule, finding.where) for finding in document.findings]


# --- written and read -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_specimen_is_equal_as_markdown_and_as_word(source: Path) -> None:
    document = reading.read(source)
    again = read(writing.render(document, ".docx"))
    assert again == document
    assert not [finding for finding in again.findings if finding.rule.startswith("word-")]


def test_a_transcript_and_its_word_file_are_equal() -> None:
    for source in (ROOT / "examples").glob("*.txt"):
        document = reading.read(source)
        assert read(writing.render(document, ".docx")) == document


def test_the_same_document_gives_the_same_bytes() -> None:
    document = reading.read(SOURCES[0])
    assert writing.render(document, ".docx") == writing.render(document, ".docx")


@pytest.mark.parametrize("name", ["A_104_96.en", "A_RES_104_12.ar"])
def test_another_reader_finds_styles_tables_and_the_margins_of_pages(name: str) -> None:
    document = reading.read(ROOT / "examples" / "specimens" / f"{name}.md")
    package = docx.Document(BytesIO(writing.render(document, ".docx")))
    first = package.sections[0].first_page_header
    assert str(document.symbol) in [cell.text for row in first.tables[0].rows for cell in row.cells]
    styles = {paragraph.style.name for paragraph in package.paragraphs if paragraph.style}
    assert styles >= {"Session", "Agenda_Item_Normal", "Title_H_CH", "__Single Txt", "List"}
    assert len(package.tables) == sum(isinstance(block, Table | Box) for block in document.body)
    assert all(paragraph.style.name != "Normal" for paragraph in package.paragraphs if paragraph.text)  # type: ignore[union-attr]


def test_properties_of_paragraphs_stand_in_the_order_of_the_schema() -> None:
    """Word refuses a file in which they do not (ECMA-376, 17.3.1.26 and 17.3.2.28)."""
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
        with zipfile.ZipFile(BytesIO(writing.render(reading.read(source), ".docx"))) as archive:
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
def test_a_mark_may_end_with_a_space_in_a_document_of_ours(name: str) -> None:
    """Whoever types into it in Word ends marks as they like."""
    document = reading.read(ROOT / "examples" / "specimens" / f"{name}.md")
    files = unpacked(writing.render(document, ".docx"))
    edited, count = MARKED.subn(r"\1 </w:t></w:r>", files["word/document.xml"].decode())
    assert count
    assert read(pack({**files, "word/document.xml": edited.encode()})) == document


def test_a_tab_typed_into_a_note_of_ours_takes_nothing_away() -> None:
    document = reading.read(ROOT / "examples" / "E_RES_2041_7.en.md")
    files = unpacked(writing.render(document, ".docx"))
    before, found, behind = files["word/footnotes.xml"].decode().rpartition("</w:t></w:r>")
    edited = f"{before}{found}<w:r><w:tab/><w:t>More.</w:t></w:r>{behind}"
    note = read(pack({**files, "word/footnotes.xml": edited.encode()})).notes[-1]
    assert plain(note.content) == f"{plain(document.notes[-1].content)} More."


def test_text_that_begins_as_if_with_a_mark_stays_text() -> None:
    document = reading.read(ROOT / "examples" / "specimens" / "A_104_96.en.md")
    row = (Cell((Text("(a) North"),)),)
    body = (
        Paragraph(Role.PLAIN, (Text("6. Requests more"),)),
        Paragraph(Role.NUMBERED, (Text("(a) x"),), 1, (Item(1, (Text("(b) y"),)),)),
        Paragraph(Role.PLAIN, (Strong((Text("(a) "),)), Text("x "), Reference("A/71/119", Symbol("A/71/119")))),
        Paragraph(Role.PLAIN, (Text("("), Emphasis((Text("a"),)), Text(") x"))),
        Heading(1, (Text("I. Tides"),)),
        Heading(2, (Text("B. Moons"),), 1),
        Table((Text("Table 2 Lamps"),), (), (row,), (Alignment.START,)),
    )
    preface = replace(document.preface, title=(Text("73/8. Lamps"),), subtitle=(), agenda_title=())
    made = replace(document, preface=preface, body=body, notes=(), annexes=())
    assert read(writing.render(made, ".docx")) == made


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_note_that_is_called_in_notes_alone_is_refused() -> None:
    document = reading.read(ROOT / "examples" / "E_RES_2041_7.en.md")
    bare = (Paragraph(Role.FORMULA, (Text("x"), NoteCall(1))),)
    notes = (Note(1, (Text("See"), NoteCall(2))), Note(2, (Text("y"),)))
    with pytest.raises(SourceError, match="note 2 is called in other notes alone"):
        writing.render(replace(document, body=bare, notes=notes), ".docx")


# --- the UN template --------------------------------------------------------------------------------------------------

template = pytest.mark.skipif(not TEMPLATE.exists(), reason="the printed documents are not in the project")


@pytest.fixture(scope="module")
def printed() -> Document:
    return reading.read(TEMPLATE)


@template
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


@template
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
    tables = [block for block in printed.body if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [10, 4, 1, 2, 7, 6, 14, 5]
    assert [" ".join(plain(table.caption).split()[:2]) for table in tables[1:]] == [
        "Financial resources", "", "Delayed deployment", "", "Vacancy rates", "(Thousands of", "Budgetary impact"
    ]  # fmt: skip
    assert [len(table.notes) for table in tables] == [2, 0, 1, 0, 1, 0, 0, 0]
    assert [note.number for note in printed.notes] == [1, 2]
    assert plain(printed.notes[0].content).startswith("Excludes one-time requirements")


@template
def test_links_cells_and_emphasis_are_carried(printed: Document) -> None:
    first = next(block for block in printed.body if isinstance(block, Paragraph))
    assert Reference("A/80/596", Symbol("A/80/596")) in first.content
    tables = [block for block in printed.body if isinstance(block, Table)]
    assert tables[0].rows[5][0].content == (
        Text("Projected expenditure for 2025/26"), TableNoteCall(1), Text(","), TableNoteCall(2)
    )  # fmt: skip
    assert tables[0].alignments == (Alignment.START, Alignment.END)
    assert [plain(cell.content) for cell in tables[1].head[1]][-2:] == ["Amount", "Percentage"]
    assert plain(tables[1].head[1][0].content) == "Category"  # at the foot of a cell over two rows
    costs = next(table for table in tables if plain(table.caption).startswith("(Thousands of"))
    assert [[(plain(each.content), each.columns) for each in row][-2:] for row in costs.head[:2]] == [
        [("", 1), ("Variance", 2)], [("Amount", 1), ("Percentage", 1)]  # its grid has a column of 55 twips between
    ]  # fmt: skip
    third = next(block for block in printed.body if isinstance(block, Paragraph) and block.number == 3)
    assert isinstance(third.content[1], Strong)


@template
def test_what_it_has_that_is_not_carried_is_told_and_nothing_weighs(printed: Document) -> None:
    assert {finding.rule for finding in printed.findings} == {
        "word-comment",
        "word-page-end",
        "word-break",
        "heading-level",
        "table-cells",
        "caption-lines",
    }
    assert {finding.severity for finding in printed.findings} == {Severity.NOTE}
    assert any("paragraph 59 “Matters pertaining to the report…”" in each.where for each in printed.findings)
    assert any("paragraph 45 “I. Introduction”" in each.where for each in printed.findings)


@template
def test_it_publishes_with_the_page_count_of_its_pdf() -> None:
    edition = publication.publish(TEMPLATE)
    with pypdfium2.PdfDocument(edition.pdf.data) as made, pypdfium2.PdfDocument(TEMPLATE.with_suffix(".pdf")) as before:
        assert len(made) == len(before) == 13
    assert [str(finding) for finding in edition.report.findings if finding.severity is Severity.ERROR] == []


# --- as other programs write it ---------------------------------------------------------------------------------------


def test_runs_that_editing_has_parted_are_one() -> None:
    paragraph = p(r("See A/71", "<w:lang w:val='en-GB'/>") + r("/1") + r("19."))
    assert body_of(paragraph) == (
        Paragraph(Role.PLAIN, (Text("See "), Reference("A/71/119", Symbol("A/71/119")), Text("."))),
    )


def test_bold_and_italic_are_those_that_differ_from_the_paragraph() -> None:
    found = body_of(p(r("Bold ", "<w:b/>") + r("both ", "<w:b/><w:i/>") + r("plain") + r("off", '<w:b w:val="0"/>')))
    assert found == (Paragraph(Role.PLAIN, (Strong((Text("Bold "), Emphasis((Text("both "),)))), Text("plainoff"))),)
    assert body_of(p(r("I.\tTides", "<w:b/>"), "HCh")) == (Heading(1, (Text("Tides"),), 1),)


def test_bold_in_a_run_to_the_left_is_that_of_complex_scripts() -> None:
    """ECMA-376, 17.3.2.2: `bCs` stands for a run with `rtl`, `b` for any other."""
    assert body_of(p(r("يقرر", "<w:bCs/><w:rtl/>") + r(" نص", "<w:b/><w:rtl/>"))) == (
        Paragraph(Role.PLAIN, (Strong((Text("يقرر"),)), Text(" نص"))),
    )


def test_typed_and_automatic_numbers_are_the_printed_ones() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "decimal", "%1."), (1, "lowerLetter", "(%2)"), (2, "lowerRoman", "(%3)"))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )

    def auto(text: str, level: int, instance: int = 1) -> str:
        return p(text, look=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>')

    body = (
        auto("one", 0) + auto("two:", 0) + auto("a", 1) + auto("b:", 1) + auto("i", 2) + auto("c", 1) + auto("three", 0)
        + p("4.\tfour") + p("\t(a)\tunder four") + auto("seven", 0, 2)
    )  # fmt: skip
    found = [block for block in body_of(body, numbering=numbering) if isinstance(block, Paragraph)]
    assert [(each.number, plain(each.content)) for each in found] == [
        (1, "one"), (2, "two:"), (3, "three"), (4, "four"), (7, "seven")
    ]  # fmt: skip
    assert found[1].items == (
        Item(1, (Text("a"),)), Item(2, (Text("b:"),), (Item(1, (Text("i"),)),)), Item(3, (Text("c"),))
    )  # fmt: skip
    assert found[3].items == (Item(1, (Text("under four"),)),)


def test_notes_are_counted_as_they_are_called_and_repeated_calls_find_theirs() -> None:
    call = '<w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    own = '<w:r><w:footnoteReference w:id="7" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    again = '<w:fldSimple w:instr=" NOTEREF x "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    raised = r("2", '<w:vertAlign w:val="superscript"/>')
    notes = note(5, "First.") + note(9, "Second.") + note(7, "Its own.").replace("<w:footnoteRef/>", "<w:t>*</w:t>")
    document = read(
        report(p(r("a") + call.format(5) + r("b") + own) + p(r("c") + call.format(9) + again + raised), notes=notes)
    )
    assert document.body == (
        Paragraph(Role.PLAIN, (Text("a"), NoteCall(1), Text("b"), NoteCall(1, asterisk=True))),
        Paragraph(Role.PLAIN, (Text("c"), NoteCall(2), NoteCall(1), NoteCall(2))),
    )
    assert [(each.number, each.asterisk, plain(each.content)) for each in document.notes] == [
        (1, False, "First."), (2, False, "Second."), (1, True, "Its own.")
    ]  # fmt: skip
    assert told(document) == [("word-call", "x.docx: paragraph 3 “c”")]


def test_headings_of_word_are_headings_and_no_level_is_left_out() -> None:
    document = read(report(p("I.\tTides", "Heading1") + p("Moons", "H4") + p("Suns", "H4") + p("1.\tMoons rise.")))
    assert document.body[:3] == (
        Heading(1, (Text("Tides"),), 1), Heading(2, (Text("Moons"),)), Heading(2, (Text("Suns"),))
    )  # fmt: skip
    assert [rule for rule, _ in told(document)] == ["heading-level"] * 2


def test_a_table_of_contents_is_made_anew() -> None:
    entries = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("I. Tides\t2")
    )
    end = r("A. Moons\t3") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert body_of(p(entries) + p(end) + p("Text.")) == (Contents(3), Paragraph(Role.PLAIN, (Text("Text."),)))


def test_cells_over_columns_and_rows_are_carried() -> None:
    def cell(text: str, look: str = "", side: str = "left") -> str:
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{p(text, look=f'<w:jc w:val={chr(34)}{side}{chr(34)}/>')}</w:tc>"

    merged, more = '<w:vMerge w:val="restart"/><w:vAlign w:val="bottom"/>', "<w:vMerge/>"
    head, spanned = "<w:trPr><w:tblHeader/></w:trPr>", '<w:gridSpan w:val="2"/>'
    table = (
        "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
        f"<w:tr>{head}{cell('Port', merged)}{cell('Lamps', spanned)}</w:tr>"
        f"<w:tr>{head}{cell('', more)}{cell('Lit')}{cell('Dark')}</w:tr>"
        '<w:tr><w:trPr><w:trHeight w:val="60" w:hRule="exact"/></w:trPr>' + cell("") * 3 + "</w:tr>"
        f"<w:tr>{cell('North')}{cell('3', side='right')}{cell('1', side='right')}</w:tr></w:tbl>"
    )
    (found, _) = body_of(p("Table 2\tLamps, by port") + table + p("Text."))
    assert isinstance(found, Table)
    assert (found.ordinal, plain(found.caption)) == (2, "Lamps, by port")
    assert [[(plain(each.content), each.columns) for each in row] for row in found.head] == [
        [("", 1), ("Lamps", 2)], [("Port", 1), ("Lit", 1), ("Dark", 1)]
    ]  # fmt: skip
    assert len(found.rows) == 1
    assert found.alignments == (Alignment.START, Alignment.END, Alignment.END)


def test_rows_that_stand_deeper_and_lines_of_a_caption_are_told() -> None:
    rows = (p("Posts"), p("Local", look='<w:ind w:left="288"/>'), p("\tTotal"))
    cells = "".join(f"<w:tr><w:tc>{row}</w:tc><w:tc>{p('1')}</w:tc></w:tr>" for row in rows)
    document = read(report(p("Text.") + p("Posts", "H1") + p("(Per cent)") + f"<w:tbl>{cells}</w:tbl>"))
    assert set(told(document)) == {
        ("table-cells", "x.docx: paragraph 7 “Local”"), ("caption-lines", "x.docx: paragraph 3 “Posts”")
    }  # fmt: skip


def test_a_column_too_narrow_for_a_letter_is_room_between_others() -> None:
    def cell(text: str, columns: int = 1) -> str:
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{p(text) if text else "<w:p/>"}</w:tc>'

    def table(room: str) -> str:
        return (
            '<w:tbl><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="55"/><w:gridCol w:w="900"/></w:tblGrid>'
            f"<w:tr>{cell('Port')}{cell(room)}{cell('Lit')}</w:tr><w:tr>{cell('North', 2)}{cell('3')}</w:tr></w:tbl>"
        )

    (narrow, _) = body_of(table("") + p("Text."))
    assert isinstance(narrow, Table)
    assert [[(plain(each.content), each.columns) for each in row] for row in narrow.rows] == [
        [("Port", 1), ("Lit", 1)], [("North", 1), ("3", 1)]
    ]  # fmt: skip
    (kept, _) = body_of(table("x") + p("Text."))
    assert isinstance(kept, Table)
    assert [len(row) for row in kept.rows] == [3, 2]


def test_annexes_begin_where_a_line_says_so_and_nothing_else() -> None:
    body = p("Text.") + p("Annex II", "HCh") + p("[Original: French]") + p("Ports", "H1") + p("1.\tNorth.")
    document = read(report(body))
    assert document.annexes == (
        Annex((Text("Ports"),), (Paragraph(Role.NUMBERED, (Text("North."),), 1),), 2, "French"),
    )


def test_a_resolution_on_the_template_is_told_by_its_words() -> None:
    head = tuple(line.replace("A/80/7", "A/RES/73/8") for line in HEAD[:5])
    adopted = "Resolution adopted by the General Assembly on 1 November 2018"
    body = (
        p("Seventy-third session") + p("Agenda item 43") + p(adopted, "H1")
        + p("[without reference to a Main Committee (A/73/L.3)]") + p("\t73/8.\tNecessity of ending the embargo", "HCh")
        + p(r("The General Assembly", "<w:i/>") + r(",")) + p(r("Determined", "<w:i/>") + r(" to comply,"))
        + p(r("\t1.\t") + r("Takes note", "<w:i/>") + r(" of the report."))
        + p("30th plenary meeting") + p("1 November 2018")
    )  # fmt: skip
    document = read(pack(parts(body, head=head, foot="18-18418 (E)    071118")))
    assert (document.type, str(document.number), str(document.symbol)) == ("resolution", "73/8", "A/RES/73/8")
    assert document.preface.adoption == adopted
    assert plain(document.preface.basis or ()) == "without reference to a Main Committee (A/73/L.3)"
    assert plain(document.preface.title) == "Necessity of ending the embargo"
    assert [block.role for block in document.body if isinstance(block, Paragraph)] == [
        "formula",
        "preambular",
        "operative",
    ]
    assert document.closing == ("30th plenary meeting", "1 November 2018")
    assert document.findings == ()


LOSSES = {
    "word-change": (
        f'<w:ins>{r("new ")}</w:ins>' + r("text") + "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
        "new text",
    ),
    "word-hidden": (r("seen") + r("unseen", "<w:vanish/>"), "seen"),
    "word-comment": (r("text") + '<w:r><w:commentReference w:id="0"/></w:r>', "text"),
    "word-look": (r("under", '<w:u w:val="single"/>') + r("struck", "<w:strike/>"), "understruck"),
    "sign-raised": (r("m") + r("2", '<w:vertAlign w:val="superscript"/>'), "m2"),
    "word-symbol": (r("text") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "text"),
    "word-object": (r("text") + "<w:r><w:object/></w:r>", "text"),
    "word-formula": ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    "word-ruby": (
        f"<w:r><w:ruby><w:rt>{r('over')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby></w:r>",
        "base",
    ),
    "word-break": (r("one") + "<w:r><w:br/></w:r>" + r("two"), "one two"),
    "word-field": ('<w:fldSimple w:instr=" DATE "><w:r><w:t>today</w:t></w:r></w:fldSimple>', "today"),
    "word-unknown": (r("text") + "<w:r><w:contentPart/></w:r>", "text"),
    "word-textbox": (
        r("text") + f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{p("boxed")}'
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>",
        "text",
    ),
    "word-drawing": (
        r("text") + '<w:r><w:drawing><a:graphic><a:graphicData uri="http://x/chart"/></a:graphic></w:drawing></w:r>',
        "text",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", LOSSES)
def test_what_is_not_carried_is_told_with_its_place(rule: str) -> None:
    runs, text = LOSSES[rule]
    document = read(report(p(runs) + p("Behind.")))
    (first, *_) = document.body
    assert isinstance(first, Paragraph)
    assert plain(first.content) == text
    places = {where for each, where in told(document) if each == rule}
    assert places == {f"x.docx: paragraph 2 “{text}”"}


def test_a_paragraph_of_the_outline_is_a_heading_and_told() -> None:
    text, heading = (p(words, look=f'<w:outlineLvl w:val="{level}"/>') for words, level in (("Text.", 9), ("Tides", 0)))
    document = read(report(text + heading))
    assert document.body == (Paragraph(Role.PLAIN, (Text("Text."),)), Heading(1, (Text("Tides"),)))
    assert told(document) == [("word-style", "x.docx: paragraph 3 “Tides”")]


def test_ornament_is_no_loss() -> None:
    line = '<w:r><w:pict><v:line from="0,0" to="1,1"/></w:pict></w:r>'
    assert told(read(report(p(r("text") + line)))) == []


def test_pictures_are_carried_with_what_they_show_or_told() -> None:
    files = parts(TITLE + p(_picture("A lamp")) + p(_picture("")))
    files["word/media/lamp.png"] = b"\x89PNG"
    relations = {"rId1": ("styles", "styles.xml"), "rId3": ("header", "header1.xml"),
                 "rId4": ("footer", "footer1.xml"), "rId9": ("image", "media/lamp.png")}  # fmt: skip
    files["word/_rels/document.xml.rels"] = related(relations).encode()
    document = read(pack(files))
    assert document.body == (Figure(b"\x89PNG", "image/png", "A lamp"),)
    assert told(document) == [("picture-kind", "x.docx: paragraph 3")]


def _picture(words: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{words}"/><a:graphic><a:graphicData uri="x">'
        '<a:blip r:embed="rId9"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def test_an_unknown_style_is_told_once() -> None:
    assert told(read(report(p("a", "Fancy") + p("b", "Fancy")))) == [("word-style", "x.docx: paragraph 2 “a”")]


def test_pages_end_where_word_last_ended_them() -> None:
    ended = "<w:r><w:lastRenderedPageBreak/></w:r>"
    found = body_of(p(r("a ") + ended + r("b")) + p(ended + r("c")) + p('<w:r><w:br w:type="page"/></w:r>') + p("d"))
    assert [block.content for block in found if isinstance(block, Paragraph)] == [
        (Text("a "), PageEnd(), Text("b"), PageEnd()), (Text("c"), PageEnd()), (Text("d"),)
    ]  # fmt: skip


def test_a_page_that_ends_where_no_paragraph_can_hold_it_is_told() -> None:
    ended = "<w:r><w:lastRenderedPageBreak/></w:r>"
    row = f"<w:tr><w:tc>{p(r('a ') + ended + r('b'))}</w:tc><w:tc>{p(ended + r('c'))}</w:tc></w:tr>"
    body = f"<w:tbl>{row}</w:tbl>" + p(ended + r("d")) + p("I.\tTides", "HCh") + p(ended + r("e"))
    document = read(report(body))
    assert [where for rule, where in told(document) if rule == "word-page-end"] == [
        f"x.docx: paragraph {number} “{text}”" for number, text in ((2, "a b"), (3, "c"), (4, "d"), (6, "e"))
    ]
    assert "PageEnd" not in repr(document.body)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"foot": "no number"}, "no job number"),
        ({"head": HEAD[:2]}, "the masthead lacks the distribution"),
        ({"head": tuple(line for line in HEAD if line != "General Assembly")}, "names no organ"),
        ({"head": tuple(line for line in HEAD if line != "A/80/7")}, "has no symbol"),
    ],
)
def test_what_a_document_must_show_is_asked_for(broken: dict[str, object], message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(pack(parts(TITLE + p("Text."), **broken)))  # type: ignore[arg-type]
    assert caught.value.hint


def test_a_document_without_title_or_text_is_refused() -> None:
    with pytest.raises(SourceError, match="no title"):
        read(pack(parts(p("1.\tText."))))
    with pytest.raises(SourceError, match="no text"):
        read(pack(parts(TITLE)))


# --- the commands -----------------------------------------------------------------------------------------------------


def test_convert_goes_to_word_and_back(tmp_path: Path) -> None:
    source = ROOT / "examples" / "specimens" / "A_RES_104_12.ar.md"
    made, again = tmp_path / "x.docx", tmp_path / "x.md"
    for before, behind in ((source, made), (made, again)):
        assert CliRunner().invoke(app, ["convert", str(before), "-o", str(behind)]).exit_code == 0
    assert again.read_text("utf-8") == source.read_text("utf-8")


# --- with the other forms ---------------------------------------------------------------------------------------------

RESOLUTIONS = [source for source in SOURCES if "_RES_" in source.name]


@pytest.mark.parametrize("source", RESOLUTIONS, ids=lambda path: path.stem)
def test_a_resolution_is_the_same_as_text_markdown_akoma_ntoso_and_word(source: Path) -> None:
    document = reading.read(source)
    for form in (".txt", ".md", ".akn", ".docx"):
        assert reading.parse(writing.render(document, form), f"x{form}") == document, form
