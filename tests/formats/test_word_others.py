"""Word files from other programs: whatever is left out is a finding with its place."""

from __future__ import annotations

import pytest

from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import (
    Annex,
    Contents,
    Emphasis,
    Heading,
    Hyperlink,
    Item,
    LineEnd,
    Lowered,
    NoteCall,
    NotePlace,
    Paragraph,
    Part,
    Raised,
    Reference,
    Role,
    Strong,
    Table,
    Text,
    inlines,
    plain,
)
from masthead.document.terms import Symbol
from masthead.formats.word.numbering import format_number
from packages import HEAD, OFFICE, TITLE, note, p, pack, parts, r, related, report
from word_reports import body_of, found_rules, read


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


def test_superscripts_and_line_ends_stay() -> None:
    raised = r("m") + r("2", '<w:vertAlign w:val="superscript"/>') + "<w:r><w:br/></w:r>" + r("two")
    first = read(report(p(raised) + p("Text."))).body[0]
    assert isinstance(first, Paragraph)
    assert first.content == (Text("m"), Raised("2"), LineEnd(), Text("two"))


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


def test_notes_are_at_the_end_if_word_has_them_there() -> None:
    called = p(r("Text") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    kept = parts(TITLE + called, notes=note(2, "Note."))
    moved = {key: part.replace(b"footnote", b"endnote") for key, part in kept.items()}
    moved["word/endnotes.xml"] = moved.pop("word/footnotes.xml")
    found = [read(pack(each)) for each in (kept, moved)]
    assert [(plain(each.notes[0].content), each.note_place) for each in found] == [
        ("Note.", NotePlace.PAGE), ("Note.", NotePlace.END)
    ]  # fmt: skip


def test_notes_that_word_counts_from_1_again_outside_an_annex_are_a_finding() -> None:
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    section = "<w:p><w:pPr><w:sectPr>{}</w:sectPr></w:pPr></w:p>"
    again = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    notes = note(1, "One.") + note(2, "Two.")
    for second, found in ((again, ["word-note"]), ("", [])):
        body = p(r("a") + call.format(1)) + section.format(again) + p(r("b") + call.format(2)) + section.format(second)
        assert [each.rule for each in read(report(body, notes=notes)).findings] == found


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


def test_an_unknown_style_is_one_finding() -> None:
    assert found_rules(read(report(p("a", "Fancy") + p("b", "Fancy")))) == [("word-style", "x.docx: paragraph 2 “a”")]


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
