"""Word files from other programs: whatever is left out is a finding with its place."""

from __future__ import annotations

import pytest

from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import (
    Alignment,
    Annex,
    Box,
    Contents,
    Document,
    Emphasis,
    Figure,
    Fit,
    Heading,
    Hyperlink,
    Item,
    LineEnd,
    Lowered,
    NoteCall,
    NotePlace,
    PageEnd,
    Paragraph,
    ParagraphEnd,
    Part,
    Raised,
    Reference,
    Role,
    Strong,
    Tab,
    Table,
    Text,
    fit_of,
    inlines,
    plain,
)
from masthead.document.terms import Symbol
from masthead.formats.word import reader as word
from masthead.formats.word.numbering import format_number
from packages import HEAD, OFFICE, SPACES, TITLE, note, p, pack, parts, r, related, report


def read(data: bytes) -> Document:
    return word.read(data, "x.docx")


def body_of(body: str, **kept: str) -> tuple[object, ...]:
    return read(report(body, **kept)).body


def found_rules(document: Document) -> list[tuple[str, str]]:
    return [(finding.rule, finding.where) for finding in document.findings]


def test_runs_that_editing_has_divided_are_joined() -> None:
    paragraph = p(r("See A/71", "<w:lang w:val='en-GB'/>") + r("/1") + r("19."))
    assert body_of(paragraph) == (
        Paragraph(Role.PLAIN, (Text("See "), Reference("A/71/119", Symbol("A/71/119")), Text("."))),
    )


def test_bold_and_italic_are_those_that_differ_from_the_paragraph() -> None:
    found = body_of(p(r("Bold ", "<w:b/>") + r("both ", "<w:b/><w:i/>") + r("plain") + r("off", '<w:b w:val="0"/>')))
    assert found == (Paragraph(Role.PLAIN, (Strong((Text("Bold "), Emphasis((Text("both "),)))), Text("plainoff"))),)
    assert body_of(p(r("I.\tTides", "<w:b/>"), "HCh")) == (Heading(1, (Text("Tides"),), 1),)


def test_bold_in_a_run_from_right_to_left_is_that_of_complex_scripts() -> None:
    """ECMA-376, 17.3.2.2: `bCs` applies to a run with `rtl`, `b` to any other."""
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


@pytest.mark.parametrize(
    ("form", "number", "printed"),
    [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("none", 3, ""), ("unheardOf", 3, "3"),
        ("lowerRoman", 94, "xciv"), ("upperRoman", 4, "IV"), ("lowerRoman", 400, "400"),
        ("lowerLetter", 26, "z"), ("lowerLetter", 28, "bb"), ("upperLetter", 3, "C"), ("upperLetter", 0, ""),
        ("russianLower", 2, "б"), ("russianUpper", 29, "АА"), ("arabicAlpha", 3, "ت"), ("arabicAbjad", 3, "ج"),
        ("chineseCounting", 12, "十二"),
    ],
)  # fmt: skip
def test_an_automatic_number_is_printed_in_its_format(form: str, number: int, printed: str) -> None:
    assert format_number(number, form) == printed


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
    assert found_rules(document) == [("word-call", "x.docx: paragraph 3 “c”")]


def test_headings_of_word_that_skip_levels_keep_those_of_their_styles() -> None:
    document = read(report(p("I.\tTides", "Heading1") + p("Moons", "H4") + p("Suns", "H4") + p("1.\tMoons rise.")))
    assert document.body[:3] == (
        Heading(1, (Text("Tides"),), 1), Heading(4, (Text("Moons"),)), Heading(4, (Text("Suns"),))
    )  # fmt: skip
    assert [rule for rule, _ in found_rules(document)] == ["heading-level"]


def test_lettered_headings_are_below_numbered_ones_of_the_same_style() -> None:
    heads = [("I.\tTides", "HCh"), ("A.\tMoons", "H1"), ("1.\tFull", "H23"), ("(a)\tRed", "H23"), ("Dark", "H4"),
             ("(b)\tBlue", "H23"), ("(i)\tPale", "H4"), ("2.\tNew", "H23"), ("Thin", "H4")]  # fmt: skip
    document = read(report("".join(p(*head) for head in heads) + p("1.\tMoons rise.")))
    assert [(block.level, block.ordinal, plain(block.content)) for block in document.body[:-1]] == [
        (1, 1, "Tides"), (2, 1, "Moons"), (3, 1, "Full"), (4, 1, "Red"), (5, None, "Dark"),
        (4, 2, "Blue"), (5, 1, "Pale"), (3, 2, "New"), (4, None, "Thin"),
    ]  # fmt: skip
    assert found_rules(document) == []
    alone = read(report(p("I.\tTides", "HCh") + p("(a) Red", "H23") + p("1.\tMoons rise.")))
    assert [(block.level, plain(block.content)) for block in alone.body[:2]] == [(1, "Tides"), (3, "(a) Red")]


def test_a_table_of_contents_is_made_again() -> None:
    entries = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("I. Tides\t2")
    )
    end = r("A. Moons\t3") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert body_of(p(entries) + p(end) + p("Text.")) == (Contents(3), Paragraph(Role.PLAIN, (Text("Text."),)))


def test_cells_over_columns_and_rows_are_read() -> None:
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
    assert (found.caption.ordinal, plain(found.caption.title)) == (2, "Lamps, by port")
    assert [[(plain(each.content), each.columns, each.rows) for each in row.cells] for row in found.head] == [
        [("Port", 1, 2), ("Lamps", 2, 1)], [("Lit", 1, 1), ("Dark", 1, 1)]
    ]  # fmt: skip
    assert len(found.rows) == 1
    assert found.alignments == (Alignment.START, Alignment.END, Alignment.END)


def test_rows_keep_their_kinds_and_indents() -> None:
    rows = (p("Posts"), p("Local", look='<w:ind w:left="288"/>'), p("\tTotal"))
    cells = "".join(f"<w:tr><w:tc>{row}</w:tc><w:tc>{p('1')}</w:tc></w:tr>" for row in rows)
    document = read(report(p("Text.") + p("Posts", "H1") + p("(Per cent)") + f"<w:tbl>{cells}</w:tbl>"))
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert [row.indent for row in table.rows] == [0, 1, 2]
    assert (plain(table.caption.title), plain(table.caption.unit)) == ("Posts", "(Per cent)")


def test_superscripts_and_line_ends_stay() -> None:
    raised = r("m") + r("2", '<w:vertAlign w:val="superscript"/>') + "<w:r><w:br/></w:r>" + r("two")
    first = read(report(p(raised) + p("Text."))).body[0]
    assert isinstance(first, Paragraph)
    assert first.content == (Text("m"), Raised("2"), LineEnd(), Text("two"))


def test_a_column_too_narrow_for_a_letter_is_dropped() -> None:
    def cell(text: str, columns: int = 1) -> str:
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{p(text) if text else "<w:p/>"}</w:tc>'

    def table(room: str) -> str:
        return (
            '<w:tbl><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="55"/><w:gridCol w:w="900"/></w:tblGrid>'
            f"<w:tr>{cell('Port')}{cell(room)}{cell('Lit')}</w:tr><w:tr>{cell('North', 2)}{cell('3')}</w:tr></w:tbl>"
        )

    (narrow, _) = body_of(table("") + p("Text."))
    assert isinstance(narrow, Table)
    assert [[(plain(each.content), each.columns) for each in row.cells] for row in narrow.rows] == [
        [("Port", 1), ("Lit", 1)], [("North", 1), ("3", 1)]
    ]  # fmt: skip
    assert [(column.width, column.gutter) for column in narrow.columns] == [(955, False), (900, False)]
    lines = '<w:tcBorders><w:left w:val="single"/><w:right w:val="single"/></w:tcBorders>'
    (ruled, _) = body_of(table("").replace("</w:tcPr><w:p/>", f"{lines}</w:tcPr><w:p/>") + p("Text."))
    assert isinstance(ruled, Table)
    assert [column.gutter for column in ruled.columns] == [True, False]
    (kept, _) = body_of(table("x") + p("Text."))
    assert isinstance(kept, Table)
    assert [len(row.cells) for row in kept.rows] == [3, 2]


def test_an_annex_begins_where_a_line_is_only_its_mark() -> None:
    body = p("Text.") + p("Annex II", "HCh") + p("[Original: French]") + p("Ports", "H1") + p("1.\tNorth.")
    document = read(report(body))
    assert document.annexes == (
        Annex((Text("Ports"),), (Paragraph(Role.NUMBERED, (Text("North."),), 1),), 2, "French"),
    )


def test_the_name_of_an_annex_may_hold_its_title_and_call_a_note() -> None:
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = p("1.\tText.") + p(r("ANNEX A") + call, "HCh") + p("Ports", "H1") + p("1.\tNorth.")
    body += p("Annex II: Piers", "HCh") + p("1.\tSouth.")
    document = read(report(body, notes=note(1, "Of 2020.")))
    assert [(annex.mark, annex.ordinal, annex.title) for annex in document.annexes] == [
        ("ANNEX A", None, (NoteCall(1), Text(" Ports"))),
        (None, 2, (Text("Piers"),)),
    ]
    assert not [each for each in document.findings if each.severity is Severity.ERROR]


def test_a_head_in_lines_with_tabs_is_read_by_its_parts() -> None:
    head = ("United Nations\tA/80/7", "General Assembly\tDistr.: General", "7 April 2026", "Original: English")
    document = read(report(p("Text."), head=head))
    assert (str(document.symbol), document.masthead.distribution, document.masthead.date) == (
        "A/80/7",
        "General",
        "7 April 2026",
    )


def test_a_line_below_the_title_that_says_what_the_document_is_is_the_subtitle() -> None:
    document = read(report(p("Report of the Secretary-General") + p("Report of all.") + p("1.\tText.")))
    assert plain(document.preface.subtitle) == "Report of the Secretary-General"
    assert len(document.body) == 2


@pytest.mark.parametrize("between", [": ", " – ", "\t"])
def test_a_colon_or_a_dash_may_be_between_the_number_and_the_title_of_a_table(between: str) -> None:
    (table,) = read(report(p(f"Table 2{between}Rain") + table_of(("Ports", "4"), ("Towns", "5")))).body
    assert isinstance(table, Table)
    assert (table.caption.ordinal, plain(table.caption.title)) == (2, "Rain")


def test_a_resolution_on_the_template_is_recognized_by_its_words() -> None:
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
    "word-symbol": (r("text") + '<w:r><w:sym w:font="Webdings" w:char="F0FC"/></w:r>', "text"),
    "word-object": (r("text") + "<w:r><w:object/></w:r>", "text"),
    "word-formula": ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    "word-ruby": (
        f"<w:r><w:ruby><w:rt>{r('over')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby></w:r>",
        "base",
    ),
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


def table_of(*rows: tuple[str, ...], grid: str = "<w:gridCol/><w:gridCol/>") -> str:
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.parametrize(
    ("line", "rule", "leading"), [(190, "exact", 190), (210, "exact", 0), (190, "atLeast", 0), (160, "exact", 0)]
)
def test_a_table_keeps_the_distance_of_lines_that_were_tightened(line: int, rule: str, leading: int) -> None:
    tight, loose = p("a", look=f'<w:spacing w:line="{line}" w:lineRule="{rule}"/>'), p("a")
    (table,) = read(report(table_of((tight, tight), (tight, loose)))).body
    assert isinstance(table, Table) and table.leading == leading


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


def test_notes_are_at_the_end_if_word_has_them_there() -> None:
    called = p(r("Text") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    kept = parts(TITLE + called, notes=note(2, "Note."))
    moved = {key: part.replace(b"footnote", b"endnote") for key, part in kept.items()}
    moved["word/endnotes.xml"] = moved.pop("word/footnotes.xml")
    found = [read(pack(each)) for each in (kept, moved)]
    assert [(plain(each.notes[0].content), each.note_place) for each in found] == [
        ("Note.", NotePlace.PAGE), ("Note.", NotePlace.END)
    ]  # fmt: skip


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


def test_a_table_whose_rows_are_kept_with_the_next_stays_whole() -> None:
    loose = table_of(("Town", "Lamps"), ("Florin", "12"))
    for source, whole in ((loose.replace("</w:pPr>", "<w:keepNext/></w:pPr>"), True), (loose, False)):
        (table,) = body_of(source)
        assert isinstance(table, Table) and table.whole is whole


def test_a_table_in_a_cell_is_rows_and_columns_of_the_table_around_it() -> None:
    inner = table_of(("North", "South"), ("1", "2"))
    document = read(report(table_of(("Ports", "Rain"), (p("Of them") + inner, "Much"))))
    (table,) = document.body
    assert isinstance(table, Table)
    rows = [[(plain(cell.content), cell.columns, cell.rows) for cell in row.cells] for row in table.rows]
    assert rows == [
        [("Ports", 2, 1), ("Rain", 1, 1)],
        [("Of them", 2, 1), ("Much", 1, 3)],
        [("North", 1, 1), ("South", 1, 1)],
        [("1", 1, 1), ("2", 1, 1)],
    ]
    assert len(table.columns) == 3
    assert [finding.rule for finding in document.findings] == ["table-cells"]


def test_tables_in_two_cells_of_a_row_fill_it() -> None:
    short, long = table_of(("a", "b")), table_of(("c", table_of(("d", "e"))), ("f", "g"), ("h", "i"))
    (table,) = read(report(table_of((short, long), ("j", "k")))).body
    assert isinstance(table, Table)
    assert sum(cell.columns * cell.rows for row in table.rows for cell in row.cells) == 4 * len(table.columns)
    assert [[plain(cell.content) for cell in row.cells] for row in table.rows] == [
        ["a", "b", "c", "d", "e"],
        ["f", "g"],
        ["h", "i"],
        ["j", "k"],
    ]


@pytest.mark.parametrize("name", ["altChunk", "subDoc"])
def test_a_document_in_the_file_that_is_left_out_is_an_error(name: str) -> None:
    (found,) = read(report(p("Text.") + f'<w:{name} r:id="rId9"/>')).findings
    assert (found.rule, found.severity) == ("word-embedded", Severity.ERROR)


def test_notes_that_word_counts_from_1_again_outside_an_annex_are_a_finding() -> None:
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    section = "<w:p><w:pPr><w:sectPr>{}</w:sectPr></w:pPr></w:p>"
    again = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    notes = note(1, "One.") + note(2, "Two.")
    for second, found in ((again, ["word-note"]), ("", [])):
        body = p(r("a") + call.format(1)) + section.format(again) + p(r("b") + call.format(2)) + section.format(second)
        assert [each.rule for each in read(report(body, notes=notes)).findings] == found


def _with_chunk(name: str, data: bytes, kind: str = "") -> bytes:
    """A report with a document in it that Word merges into the text."""
    files = parts(TITLE + p("Before.") + '<w:altChunk r:id="rId9"/>' + p("After."))
    relation = f'<Relationship Id="rId9" Type="{OFFICE}/aFChunk" Target="{name}"/></Relationships>'
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", relation.encode()
    )
    entry = f'<Override PartName="/word/{name}" ContentType="{kind or "text/html"}"/></Types>'
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", entry.encode())
    return pack({**files, f"word/{name}": data})


PAGE = """<html><head><title>No</title><style>p {}</style></head><body><h2>Lamps</h2>
<p>Of <b>oil</b>,<br>m<sup>2</sup>\u00a0each
<ul><li>In ports</li><li>At sea</li></ul>
<table><tr><th>Town</th><th>Lamps</th></tr><tr><td rowspan="2">Florin</td><td>7</td></tr><tr><td>8</td></tr></table>
</body></html>"""


def test_a_page_in_the_file_is_read_where_word_merges_it() -> None:
    archive = f"Content-Type: text/html; charset=utf-8\n\n{PAGE}"
    for name, data in (("a.htm", PAGE), ("a.xhtml", PAGE), ("a.mht", archive)):
        kind = "application/xhtml+xml" if name.endswith("xhtml") else ""
        document = read(_with_chunk(name, data.encode(), kind))
        before, heading, oil, *_, table, after = document.body
        assert [plain(each.content) for each in (before, after)] == ["Before.", "After."]  # type: ignore[union-attr]
        assert heading == Heading(2, (Text("Lamps"),))
        assert isinstance(oil, Paragraph) and plain(oil.content) == "Of oil,\nm2\u00a0each"
        assert Strong((Text("oil"),)) in oil.content and Raised("2") in oil.content
        assert isinstance(table, Table) and table.rows[0].cells[0].rows == 2 and len(table.rows) == 2
        assert [each.severity for each in document.findings if each.rule == "word-embedded"] == [Severity.NOTE]


def test_a_word_document_in_the_file_is_read_where_word_merges_it() -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for inner in (p("Inside."), _chunk_inside()):
        document = read(_with_chunk("a.docx", pack(parts(inner)), main))
        words = [plain(each.content) for each in document.body]  # type: ignore[union-attr]
        assert words[0] == "Before." and words[-1] == "After." and "Inside." in words


def _chunk_inside() -> str:
    return p("First.") + p("Inside.")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rtf", b"{\\rtf1 Text}"),
        ("a.docx", b"no zip"),
        ("a.docx", pack(parts(p(r("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), notes=note(1, "Note.")))),
        ("a.htm", b""),
    ],
)
def test_a_document_in_the_file_that_cannot_be_read_is_an_error_with_its_name(name: str, data: bytes) -> None:
    document = read(_with_chunk(name, data, "application/rtf"))
    (found,) = [each for each in document.findings if each.rule == "word-embedded"]
    assert found.severity is Severity.ERROR and name in found.message
    assert [plain(each.content) for each in document.body] == ["Before.", "After."]  # type: ignore[union-attr]


def test_a_box_in_a_box_of_text_is_read_once() -> None:
    def box(content: str) -> str:
        return p(f"<w:r><w:drawing><w:txbxContent>{content}</w:txbxContent></w:drawing></w:r>")

    outer, inner = read(report(box(p("outer") + box(p("inner"))))).body, []
    for block in outer:
        assert isinstance(block, Box)
        inner += [plain(each.content) for each in block.blocks if isinstance(each, Paragraph)]
        inner += [plain(each.content) for held in block.blocks if isinstance(held, Box) for each in held.blocks]  # type: ignore[union-attr]
    assert inner == ["outer", "inner"]


def test_a_form_of_a_drawing_that_is_not_read_gives_way_to_its_picture() -> None:
    kinds = 'xmlns:cx1="http://schemas.microsoft.com/office/drawing/2015/9/8/chartex"'
    shown = '<w:r><w:drawing><a:graphic><a:blip r:embed="rId9"/></a:graphic></w:drawing></w:r>'
    choice = f'<mc:Choice Requires="cx1" {kinds}><w:r><w:drawing/></w:r></mc:Choice>'
    files = parts(TITLE + p(f"<mc:AlternateContent>{choice}<mc:Fallback>{shown}</mc:Fallback></mc:AlternateContent>"))
    relations = files["word/_rels/document.xml.rels"].decode()
    image = f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="a.png"/>'
    files["word/_rels/document.xml.rels"] = relations.replace("</Relat", f"{image}</Relat").encode()
    files["word/a.png"] = b"\x89PNG"
    assert [type(block) for block in read(pack(files)).body] == [Figure]


def diagram(*, kept: bool) -> bytes:
    """A report with a diagram, and with the shapes that Word keeps of it if they are `kept`."""
    frame = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><relIds dm="rId8"/>'
    shown = f"<w:r><w:drawing><a:graphic>{frame}</a:graphicData></a:graphic></w:drawing></w:r>"
    files = parts(TITLE + p(r("Text.")) + p(shown.replace('dm="', 'r:dm="')))
    boxes = [("Mission", 0, "rect"), ("Ports", 60, "roundRect")]
    shapes = "".join(
        f'<sp><spPr><a:xfrm><a:off x="0" y="{y * 12700}"/><a:ext cx="1270000" cy="508000"/></a:xfrm>'
        f'<a:prstGeom prst="{kind}"/><a:solidFill/></spPr><txBody><a:bodyPr/><a:p><a:pPr algn="ctr"/><a:r>'
        f'<a:rPr sz="900" b="1"/><a:t>{name}</a:t></a:r></a:p></txBody></sp>'
        for name, y, kind in boxes
    )
    line = (
        '<sp><spPr><a:xfrm><a:off x="635000" y="508000"/><a:ext cx="0" cy="254000"/></a:xfrm><a:custGeom><a:pathLst>'
        '<a:path w="0" h="2"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="0" y="2"/></a:lnTo></a:path>'
        "</a:pathLst></a:custGeom><a:ln><a:solidFill/></a:ln></spPr></sp>"
    )
    points = "".join(f"<pt><t><a:p><a:r><a:t>{name}</a:t></a:r></a:p></t></pt>" for name, _, _ in boxes)
    files["word/d.xml"] = f'<m {SPACES}><ptLst>{points}</ptLst><dataModelExt relId="rId9"/></m>'.encode()
    files["word/e.xml"] = f"<drawing {SPACES}><spTree>{shapes}{line}</spTree></drawing>".encode()
    relations = files["word/_rels/document.xml.rels"].decode()
    for key, kind, target in (("rId8", "diagramData", "d.xml"), ("rId9", "diagramDrawing", "e.xml"))[: 1 + kept]:
        relations = relations.replace("</R", f'<Relationship Id="{key}" Type="x/{kind}" Target="{target}"/></R')
    files["word/_rels/document.xml.rels"] = relations.encode()
    return pack(files)


def test_a_diagram_is_drawn_from_the_shapes_that_word_keeps_or_is_its_texts() -> None:
    drawn, listed = (read(diagram(kept=kept)) for kept in (True, False))
    figure, box = drawn.body[-1], listed.body[-1]
    assert isinstance(figure, Figure) and isinstance(box, Box)
    assert figure.alternative == "Mission; Ports"
    svg = figure.picture.decode()
    assert svg.count("<rect") == 2 and "Mission</tspan>" in svg and 'd="M0.00 0.00L0.00 20.00"' in svg
    assert [plain(each.content) for each in box.blocks if isinstance(each, Paragraph)] == ["Mission", "Ports"]
    assert [finding.rule for document in (drawn, listed) for finding in document.findings] == ["word-diagram"] * 2


def test_links_in_notes_are_those_of_their_own_part() -> None:
    link = f'<w:hyperlink r:id="rId9">{r("this page")}</w:hyperlink>'
    called = p(r("Text.") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    files = parts(TITLE + called, notes=f'<w:footnote w:id="1">{p(link, "FootnoteText")}</w:footnote>')
    relations = {"rId9": ("hyperlink", "https://www.un.org/notes")}
    files["word/_rels/footnotes.xml.rels"] = related(relations, outside="rId9").encode()
    (note_read,) = read(pack(files)).notes
    assert note_read.content == (Hyperlink("this page", "https://www.un.org/notes"),)


def test_a_link_may_be_a_field() -> None:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end"))
    code = '<w:r><w:instrText> HYPERLINK "https://www.un.org/notes" </w:instrText></w:r>'
    (paragraph,) = body_of(p(r("See ") + begin + code + middle + r("this ") + r("page", "<w:b/>") + end + r(".")))
    assert isinstance(paragraph, Paragraph)
    links = [each for each in inlines(paragraph.content) if isinstance(each, Hyperlink)]
    assert [(link.text, link.address) for link in links] == [
        ("this ", "https://www.un.org/notes"),
        ("page", "https://www.un.org/notes"),
    ]


GRID = '<w:gridCol w:w="3000"/><w:gridCol w:w="3000"/>'


def test_a_table_in_a_note_is_read_as_words_in_columns() -> None:
    held = f'<w:footnote w:id="1">{p("Ports:", "FootnoteText")}{table_of(("North", "South"), grid=GRID)}</w:footnote>'
    document = read(report(p(r("Text.") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), notes=held))
    assert plain(document.notes[0].content).split() == ["Ports:", "North", "South"]
    assert [inline.at for inline in document.notes[0].content if isinstance(inline, Tab)] == [3000]
    assert [finding.rule for finding in document.findings] == ["word-note-table"]


def test_tabs_to_stops_of_their_own_are_columns_of_a_note() -> None:
    """The text of the note begins at 1134, as its style or its first paragraph says."""
    stops = '<w:tabs><w:tab w:val="left" w:pos="1701"/></w:tabs><w:ind w:left="3969" w:hanging="2835"/>'
    tabbed = f'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{stops}</w:pPr>{r("{}")}</w:p>'
    tab = "</w:t><w:tab/><w:t>"
    first = '<w:p><w:pPr><w:pStyle w:val="FootnoteText"/><w:ind w:left="1134"/></w:pPr>' + r("Ports:") + "</w:p>"
    listed = tabbed.replace("{}", f"{tab}N {tab} North") + tabbed.replace("{}", f"{tab}{tab}South{tab}ern")
    held = f'<w:footnote w:id="1">{first}{listed}</w:footnote>'
    document = read(report(p(r("Text.") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), notes=held))
    assert document.notes[0].content == (
        Text("Ports:"), ParagraphEnd(), Tab(567), Text("N"), Tab(2835), Text("North"), ParagraphEnd(),
        Tab(567), Tab(2835), Text("South ern"),
    )  # fmt: skip


@pytest.mark.parametrize("rule", LOSSES)
def test_what_is_left_out_is_a_finding_with_its_place(rule: str) -> None:
    runs, text = LOSSES[rule]
    document = read(report(p(runs) + p("Behind.")))
    (first, *_) = document.body
    assert isinstance(first, Paragraph)
    assert plain(first.content) == text
    places = {where for each, where in found_rules(document) if each == rule}
    assert places == {f"x.docx: paragraph 2 “{text}”"}


def test_a_paragraph_with_an_outline_level_is_a_heading_with_a_finding() -> None:
    text, heading = (p(words, look=f'<w:outlineLvl w:val="{level}"/>') for words, level in (("Text.", 9), ("Tides", 0)))
    document = read(report(text + heading))
    assert document.body == (Paragraph(Role.PLAIN, (Text("Text."),)), Heading(1, (Text("Tides"),)))
    assert found_rules(document) == [("word-style", "x.docx: paragraph 3 “Tides”")]


def test_text_boxes_are_read_as_boxes_after_their_paragraph() -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{p('boxed')}{p('twice')}</w:txbxContent></w:drawing></w:r>"
    text, box_read = read(report(p(r("text") + box))).body
    assert isinstance(text, Paragraph) and isinstance(box_read, Box)
    assert [plain(each.content) for each in box_read.blocks if isinstance(each, Paragraph)] == ["boxed", "twice"]


def test_ornament_is_no_loss() -> None:
    line = '<w:r><w:pict><v:line from="0,0" to="1,1"/></w:pict></w:r>'
    assert found_rules(read(report(p(r("text") + line)))) == []


def test_pictures_are_read_with_alternative_text_or_are_a_finding() -> None:
    files = parts(TITLE + p(_picture("A lamp")) + p(_picture("")))
    files["word/media/lamp.png"] = b"\x89PNG"
    relations = {"rId1": ("styles", "styles.xml"), "rId3": ("header", "header1.xml"),
                 "rId4": ("footer", "footer1.xml"), "rId9": ("image", "media/lamp.png")}  # fmt: skip
    files["word/_rels/document.xml.rels"] = related(relations).encode()
    document = read(pack(files))
    placeholder = "Picture without a description"
    assert document.body == tuple(Figure(b"\x89PNG", "image/png", words) for words in ("A lamp", placeholder))
    assert found_rules(document) == [("picture-alternative", "x.docx: paragraph 3, after “Lamps”")]
    assert document.findings[0].severity is Severity.ERROR


def _picture(words: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{words}"/><a:graphic><a:graphicData uri="x">'
        '<a:blip r:embed="rId9"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def test_an_unknown_style_is_one_finding() -> None:
    assert found_rules(read(report(p("a", "Fancy") + p("b", "Fancy")))) == [("word-style", "x.docx: paragraph 2 “a”")]


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


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"foot": "no number"}, "no job number"),
        ({"head": HEAD[:2]}, "the masthead lacks the distribution"),
        ({"head": tuple(line for line in HEAD if line != "A/80/7")}, "has no symbol"),
    ],
)
def test_missing_facts_are_an_error_with_a_hint(broken: dict[str, object], message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(pack(parts(TITLE + p("Text."), **broken)))  # type: ignore[arg-type]
    assert caught.value.hint


def test_all_missing_facts_are_errors_together() -> None:
    with pytest.raises(SourceError) as caught:
        read(pack(parts(TITLE + p("Text."), foot="no number", head=("United Nations", "", "", "", "", "", ""))))
    assert [each.message for each in caught.value.each] == [
        "no job number",
        "the masthead lacks the distribution or the date of issue",
        "the masthead names no organ",
        "the masthead has no symbol",
    ]


def test_a_document_without_title_or_text_is_refused() -> None:
    with pytest.raises(SourceError, match="no title"):
        read(pack(parts(p("1.\tText."))))
    with pytest.raises(SourceError, match="no text"):
        read(pack(parts(TITLE)))


COMPOSITE_HEAD = ("United Nations", "A/RES/104/13", "General Assembly", "Distr.: General", "7 April 2050", "", "")
COMPOSITE = (
    p("Hundred and fourth session", "Session")
    + p("Agenda item 21", "Session")
    + p("Resolutions adopted by the General Assembly on 5 November 2049", "TitleH1")
    + p("104/13. Quiet hours", "TitleHCH")
)


def _parts_of(body: str) -> list[object]:
    document = read(pack(parts(COMPOSITE + body, head=COMPOSITE_HEAD)))
    return [block for block in document.body if isinstance(block, Part | Heading)]


def test_a_letter_over_a_heading_is_a_part_of_a_composite_resolution_with_its_title() -> None:
    first = p("A") + p("Bells", "H23") + p("The General Assembly,") + p("1.\tInvites all.")
    second = p("B") + p("Drums", "H23") + p("The General Assembly,") + p("Calls upon all.")
    assert _parts_of(first + second) == [Part(1, (Text("Bells"),)), Part(2, (Text("Drums"),))]


@pytest.mark.parametrize(
    "body",
    [
        p("A") + p("Bells") + p("The General Assembly,"),  # no heading follows
        p("B") + p("Bells", "H23") + p("The General Assembly,"),  # not the next letter
        p("A Bells") + p("Bells", "H23") + p("The General Assembly,"),  # more than the letter
    ],
)
def test_other_lines_with_a_letter_are_not_parts(body: str) -> None:
    assert not any(isinstance(block, Part) for block in _parts_of(body))


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{p(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


LAMPS = _table(("Town", "Lamps"), ("Florin", "12"))
LONG = "x" * 200


@pytest.mark.parametrize(
    ("above", "found"),
    [
        (p("Table 1", "H23") + p("Lamps by town", "H23"), [(1, "Lamps by town", "")]),
        (p("Table 1") + p("(Thousands)"), [(1, "", "(Thousands)")]),
        (p("Table 2 Lamps") + p("(Thousands)"), [(2, "Lamps", "(Thousands)")]),
        (p("Lamps by town", "H23"), [(None, "Lamps by town", "")]),
        (p("Lamps by town", "H23") + p("(Thousands)"), [(None, "Lamps by town", "(Thousands)")]),
        (p("(Thousands)"), [(None, "", "(Thousands)")]),
        (
            p("(Thousands)") + p("Lamps", "H23"),
            ["(Thousands)", (None, "Lamps", "")],
        ),  # its title begins with the heading
        (p("Table 1") + p("Lamps by town"), ["Table 1", "Lamps by town", (None, "", "")]),  # text is no second line
        (p("Lamps by town"), ["Lamps by town", (None, "", "")]),
        (p("(Thousands"), ["(Thousands", (None, "", "")]),
        (p("Thousands)"), ["Thousands)", (None, "", "")]),
        (p(f"({LONG})"), [f"({LONG})", (None, "", "")]),  # too long for a caption
        (p("I.\tTides", "HCh"), ["Tides", (None, "", "")]),  # a heading of the text
    ],
)
def test_lines_over_a_table_are_its_caption_or_text(above: str, found: list[object]) -> None:
    first, *blocks = body_of(p("1.\tText.") + above + LAMPS)
    assert isinstance(first, Paragraph)
    assert [
        (each.caption.ordinal, plain(each.caption.title), plain(each.caption.unit))
        if isinstance(each, Table)
        else plain(each.content)  # type: ignore[union-attr]
        for each in blocks
    ] == found


def test_a_caption_over_no_table_is_text() -> None:
    found = body_of(p("1.\tText.") + p("Table 1") + p("(Thousands)") + p("More text."))
    assert [plain(each.content) for each in found[1:]] == ["Table 1", "(Thousands)", "More text."]  # type: ignore[attr-defined]


def test_notes_under_a_table_are_its_notes_and_what_follows_is_text() -> None:
    rows = (
        ("Town", "Lamps"),
        ("Florin", '<w:r><w:t>12</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>a</w:t></w:r>'),
    )
    notes = p('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>a</w:t></w:r>' + r(" Without harbours."))
    table, after = body_of(p("(Thousands)") + _table(*rows) + notes + p("2.\tMore text."))
    assert isinstance(table, Table) and isinstance(after, Paragraph)
    assert [plain(each) for each in table.notes] == ["Without harbours."]
    assert plain(after.content) == "More text."


def test_words_that_are_lost_are_counted_and_too_many_are_an_error() -> None:
    lost, _ = LOSSES["word-ruby"]
    few, many = read(report(p("Text. " * 2000) + p(lost))), read(report(p(lost)))
    for document, severity in ((few, Severity.NOTE), (many, Severity.ERROR)):
        (loss,) = [finding for finding in document.findings if finding.rule == "word-loss"]
        assert loss.severity is severity and loss.message.startswith("1 of the") and "over" in loss.message


def test_hidden_text_is_not_lost_since_word_does_not_print_it() -> None:
    document = read(report(p(r("seen") + r("unseen", "<w:vanish/>"))))
    assert [finding.rule for finding in document.findings] == ["word-hidden"]


def test_many_findings_of_a_kind_are_one_with_their_number_and_places() -> None:
    document = read(report("".join(p(r(f"text {at}", "<w:strike/>")) for at in range(1, 10))))
    (found,) = [finding for finding in document.findings if finding.rule == "word-look"]
    assert "9 times; also paragraph 3" in found.message


def test_a_power_of_a_unit_calls_no_note() -> None:
    raised = r("2", '<w:vertAlign w:val="superscript"/>')
    notes = {"footnotes": note(1, p("One.")) + note(2, p("Two."))}
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p(r("8,000 km") + raised + r(" here") + call.format(1)) + p(r("there") + call.format(2) + r(", m") + raised)
    (first, second) = read(report(body, notes=notes["footnotes"])).body
    assert first.content == (Text("8,000 km"), Raised("2"), Text(" here"), NoteCall(1))
    assert second.content == (Text("there"), NoteCall(2), Text(", m"), Raised("2"))


def test_a_typed_note_in_a_frame_is_a_note() -> None:
    raised = r("1", '<w:vertAlign w:val="superscript"/>')
    frame = p("<w:r><w:tab/></w:r>" + raised + "<w:r><w:tab/></w:r>" + r("At the foot."), look='<w:framePr w:h="432"/>')
    document = read(report(frame + p(r("Tides rise.") + raised)))
    assert document.body == (Paragraph(Role.PLAIN, (Text("Tides rise."), NoteCall(1))),)
    assert [plain(each.content) for each in document.notes] == ["At the foot."]


def test_formulas_are_on_one_line_with_their_signs() -> None:
    def m(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('c')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{m('x')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>"
    total = f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{m('i')}</m:sub><m:e>{m('y')}</m:e></m:nary>"
    names = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    document = read(report(p(f"<m:oMath {names}>{fraction}{power}{total}</m:oMath>")))
    assert document.body[0].content == (Text("(a+b)/cx"), Raised("2"), Text("∑"), Lowered("i"), Text("y"))
    assert [rule for rule, _ in found_rules(document)] == ["word-formula"]


def test_signs_of_symbol_fonts_are_what_they_show() -> None:
    fonts = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    body = p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r("\uf061b", fonts) + r(" a"))
    assert body_of(body) == (Paragraph(Role.PLAIN, (Text("✓αβ a"),)),)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end"))
    found = read(report(p(begin + "<w:r><w:instrText> SYMBOL 945 \\u </w:instrText></w:r>" + end + r(" a"))))
    assert found.body == (Paragraph(Role.PLAIN, (Text("α a"),)),)
    lost = read(report(p(begin + "<w:r><w:instrText> EQ \\f(1,2) </w:instrText></w:r>" + end + r("a"))))
    assert [rule for rule, _ in found_rules(lost)] == ["word-field"]


def test_an_initial_in_a_frame_begins_its_word_and_a_deleted_row_is_left_out() -> None:
    initial = p("T", look='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert body_of(initial + p("ides rise.")) == (Paragraph(Role.PLAIN, (Text("Tides rise."),)),)
    cell = f"<w:tc>{p('kept')}</w:tc><w:tc>{p('1')}</w:tc>"
    gone = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>' + cell.replace("kept", "gone") + "</w:tr>"
    document = read(report(f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{gone}<w:tr>{cell}</w:tr></w:tbl>"))
    assert isinstance(document.body[0], Table)
    assert [plain(row.cells[0].content) for row in document.body[0].rows] == ["kept"]
    assert [rule for rule, _ in found_rules(document)] == ["word-change"]


def test_levels_of_headings_without_a_style_are_those_of_their_letters() -> None:
    large = r("A.\tMoons", '<w:sz w:val="24"/><w:b/>')
    document = read(report(p("I.\tTides", "HCh") + p(large, look='<w:outlineLvl w:val="0"/>')))
    assert [block.level for block in document.body] == [1, 2]


def test_boxes_and_lines_that_float_beside_one_another_are_one_drawing() -> None:
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"

    def floating(x: int, y: int, text: str = "", form: str = "rect", size: tuple[int, int] = (100, 40)) -> str:
        place = "".join(
            f'<wp:position{side} relativeFrom="x"><wp:posOffset>{12700 * at}</wp:posOffset></wp:position{side}>'
            for side, at in (("H", x), ("V", y))
        )
        words = f"<wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx>" if text else ""
        return (
            f'<w:r><w:drawing><wp:anchor>{place}<wp:extent cx="{12700 * size[0]}" cy="{12700 * size[1]}"/>'
            f'<a:graphic><a:graphicData uri="{shape}"><wps:wsp xmlns:wps="{shape}"><wps:spPr>'
            f'<a:prstGeom prst="{form}"/>'
            f"</wps:spPr>{words}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
        )

    spaced = '<w:spacing w:line="400" w:lineRule="exact"/>'
    chart = p(floating(50, 0, "Sea"), look=spaced) + p(
        floating(0, 60, "Tide") + floating(120, 60, "Wave") + floating(100, 20, form="line", size=(0, 40)), look=spaced
    )
    document = read(report(p("Before.") + chart + p("After.")))
    _, figure, _ = document.body
    assert isinstance(figure, Figure)
    assert (figure.alternative, figure.width) == ("Sea; Tide; Wave", 222)
    drawn = figure.picture.decode()
    assert drawn.count("<rect") == 3
    assert 'd="M101.00 41.00L101.00 81.00"' in drawn  # from the paragraph that is 20 points below
    assert {rule for rule, _ in found_rules(document)} == {"word-shapes"}
    few = read(report(p(floating(0, 0, "Sea")) + p(floating(0, 60, "Tide"))))
    assert all(isinstance(block, Box) for block in few.body)


def test_a_table_with_a_line_all_around_it_is_in_a_box() -> None:
    lines = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right"))
    cells = f"<w:tr><w:tc>{p('Planted')}</w:tc><w:tc>{p('12')}</w:tc></w:tr>"

    def framed(borders: str) -> object:
        look = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        return body_of(f"<w:tbl>{look}<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{cells}</w:tbl>" + p("Text."))[0]

    box = framed(lines)
    assert isinstance(box, Box)
    assert isinstance(box.blocks[0], Table)
    assert isinstance(framed(lines + '<w:insideV w:val="single"/>'), Table)


def test_a_listed_title_with_nothing_but_a_picture_after_the_annexes_is_a_part_of_its_own() -> None:
    """The map at the end of a report: it would else be the caption of its picture, and no longer be listed."""
    picture = p('<w:r><w:drawing><a:graphic><a:blip r:embed="rId9"/></a:graphic></w:drawing></w:r>')
    entries = "".join(p(r(entry)) for entry in ("I.\tTides\t3", "Annex\t4", "Map\t5"))
    body = p("Contents") + entries + p(r("I.\tTides"), "HCh") + p("Text.") + p("Annex", "HCh") + p("Notes.")

    def annexes(*last: str) -> list[str]:
        files = parts(TITLE + body + "".join(last)) | {"word/a.png": b"\x89PNG"}
        image = f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="a.png"/></Relationships>'
        relations = files["word/_rels/document.xml.rels"].decode().replace("</Relationships>", image)
        document = read(pack(files | {"word/_rels/document.xml.rels": relations.encode()}))
        return [f"{plain(each.title)}|{each.mark}" for each in document.annexes]

    title = p(r("Map"), "HCh")
    assert annexes(title, picture)[-1] == "Map|"
    assert len(annexes(title, picture, p(r("Text.")))) == 1
    assert len(annexes(p(r("Chart"), "HCh"), picture)) == 1
