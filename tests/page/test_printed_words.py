"""The words that pages add to a document: the lines of the masthead, marks, votes, contents, running heads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import locales
from masthead.document.model import (
    Annex,
    AnnexKind,
    Box,
    Caption,
    Contents,
    Division,
    Document,
    Figure,
    Heading,
    Item,
    Metadatum,
    Note,
    NoteCall,
    Paragraph,
    Part,
    Role,
    Strong,
    Table,
    Text,
    Vote,
)
from masthead.document.terms import Digits, DocumentType, JobNumber, Language, Organ, ResolutionNumber, Symbol
from masthead.page import printed_texts, wording
from masthead.page.symbol_font import replaced_signs, with_unicode_signs

EN, AR, FR = Language.ENGLISH, Language.ARABIC, Language.FRENCH
NEW_YORK, GENEVA = "17-12889", "GE.17-12889"
ASTERISK = (Note(1, (Text("Reissued."),), asterisk=True),)


def document(language: Language = EN, **changed: object) -> Document:
    """Return a report without a body, notes or annexes, changed."""
    read = formats.parse(report(language, symbol="A/104/96").encode(), "x.md")
    return replace(read, **{"body": (), "notes": (), "annexes": (), **changed})  # type: ignore[arg-type]


def job(number: str, language: Language = EN) -> JobNumber:
    return JobNumber(number, language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", (("المؤيدون:", "A، B"), ("المعارضون:", "لا أحد"), ("الممتنعون:", "C"))),
        ("zh", (("赞成：", "A、B"), ("反对：", "无"), ("弃权：", "C"))),
        ("en", (("In favour:", "A, B"), ("Against:", "None"), ("Abstaining:", "C"))),
        ("fr", (("Votent pour\u00a0:", "A, B"), ("Votent contre\u00a0:", "Néant"), ("S’abstiennent\u00a0:", "C"))),
        ("ru", (("Голосовали за:", "A, B"), ("Голосовали против:", "Никто"), ("Воздержались:", "C"))),
        ("es", (("Votos a favor:", "A, B"), ("Votos en contra:", "Ninguno"), ("Abstenciones:", "C"))),
    ],
)
def test_a_vote_has_three_sides_and_one_without_states_says_so(
    language: str, expected: tuple[tuple[str, str], ...]
) -> None:
    vote = Vote(("A", "B"), (), ("C",))
    assert wording.vote_lines(vote, locales.load(Language(language))) == expected
    printed = printed_texts(document(Language(language), body=(vote,)))
    assert [text.text for text in printed][-3:] == [f"{side} {states}" for side, states in expected]


@pytest.mark.parametrize(
    ("kind", "word"),
    [("addendum", "Addendum"), ("corrigendum", "Corrigendum"), ("report", ""), ("revision", ""), ("letter", "")],
)
def test_an_addendum_and_a_corrigendum_name_their_type_under_the_title(kind: str, word: str) -> None:
    assert wording.modification(document(type=DocumentType(kind)), locales.load(EN)) == word


@pytest.mark.parametrize(
    ("number", "changed", "lines"),
    [
        (NEW_YORK, {"original": ""}, ("Distr.: General", "7 May 2049")),
        (NEW_YORK, {"original": "French"}, ("Distr.: General", "7 May 2049", "", "Original: French")),
        (
            NEW_YORK,
            {"original": "French", "translation": True},
            ("Distr.: General", "7 May 2049", "", "Original: French"),  # English pages do not name their language
        ),
        (NEW_YORK, {"distribution": "", "original": ""}, ("", "7 May 2049")),
        (
            NEW_YORK,
            {"original": "", "restriction": "English only"},
            ("Distr.: General", "7 May 2049", "", "English only"),
        ),
        (
            GENEVA,
            {"original": "French", "restriction": "English, French and Spanish only"},
            ("Distr.: General", "7 May 2049", "", "Original: French", "English, French and Spanish only"),
        ),
    ],
)
def test_the_lines_of_the_masthead(number: str, changed: dict[str, object], lines: tuple[str, ...]) -> None:
    base = document(job=job(number))
    masthead = replace(base.masthead, distribution="General", date="7 May 2049", translation=False)
    changed_one = replace(base, masthead=replace(masthead, **changed))  # type: ignore[arg-type]
    assert wording.distribution_lines(changed_one, locales.load(EN)) == lines


@pytest.mark.parametrize(("translation", "third"), [(True, "Arabic"), (False, "")])
def test_only_a_translation_names_its_language(translation: bool, third: str) -> None:
    arabic = document(AR)
    masthead = replace(arabic.masthead, original="French", translation=translation)
    lines = wording.distribution_lines(replace(arabic, masthead=masthead), locales.load(AR))
    assert lines[2:] == (third, "Original: French")


@pytest.mark.parametrize(("number", "line"), [(NEW_YORK, "Original\u00a0: anglais"), (GENEVA, "Original: anglais")])
def test_geneva_has_no_space_before_the_colon_of_a_french_masthead(number: str, line: str) -> None:
    french = document(FR, job=job(number, FR))
    french = replace(french, masthead=replace(french.masthead, original="anglais"))
    assert wording.distribution_lines(french, locales.load(FR))[3].replace(" :", "\u00a0:") == line


@pytest.mark.parametrize(
    ("number", "symbol", "families"),
    [
        (NEW_YORK, "A/104/96", ()),
        ("GE.12-12889", "A/HRC/1/2", ("geneva", "geneva-70")),
        ("GE.13-12889", "A/HRC/1/2", ("geneva",)),
        ("GE.19-12889", "ECE/TRANS/1", ("geneva", "geneva-70")),
        ("GE.19-12889", "A/HRC/1/2", ("geneva",)),
    ],
)
def test_the_sheets_of_a_page_are_those_of_its_office_and_year(
    number: str, symbol: str, families: tuple[str, ...]
) -> None:
    assert wording.page_families(document(job=job(number), symbol=Symbol(symbol))) == families


def test_a_report_whose_first_page_alone_calls_its_asterisks_has_a_sheet_for_that() -> None:
    heading = Heading(1, (Text("One"), NoteCall(1, asterisk=True)))
    assert wording.page_families(document(notes=ASTERISK)) == ("notes-first",)
    assert wording.page_families(document(notes=ASTERISK, body=(heading,))) == ()
    assert wording.page_families(document(notes=ASTERISK, type=DocumentType.LETTER)) == ()
    assert wording.page_families(document(notes=(Note(1, (Text("x"),)),))) == ()
    two = (*ASTERISK, Note(2, (Text("y"),), asterisk=True))
    assert wording.page_families(document(notes=two, body=(heading,))) == ("notes-first",)


@pytest.mark.parametrize(
    ("number", "translation", "on_page_one", "in_feet"),
    [
        (NEW_YORK, False, "17-12889 (E)", "17-12889"),
        (NEW_YORK, True, "17-12889 (E)", "17-12889"),
        ("17-12889*", False, "17-12889* (E)", "17-12889"),
        (GENEVA, False, "GE.17-12889(E)", ""),
        (GENEVA, True, "GE.17-12889 (E)", "GE.17-12889"),
        ("00-00000", False, "", ""),
        ("00-00000", True, "", ""),
    ],
)
def test_the_job_number_is_printed_as_its_office_does(
    number: str, translation: bool, on_page_one: str, in_feet: str
) -> None:
    base = document(job=job(number))
    base = replace(base, masthead=replace(base.masthead, translation=translation))
    assert wording.job_text(base) == on_page_one
    assert wording.running_job(base) == in_feet


def test_running_heads_are_the_first_two_divisions_of_a_budget() -> None:
    divisions = (
        Division("Part IV", (Text("Water  and"), Strong((Text("ice"),)))),
        Division("Section 9", (Text("Tides"),)),
        Division("Programme 7", (Text("Gauges"),)),
    )

    def running(count: int) -> tuple[tuple[str, str], ...]:
        base = document()
        return wording.running_divisions(replace(base, preface=replace(base.preface, divisions=divisions[:count])))

    assert running(0) == running(1) == ()
    expected = (
        ("part", "Part IV"),
        ("part-title", "Water andice"),
        ("section", "Section 9"),
        ("section-title", "Tides"),
    )
    assert running(2) == running(3) == expected


@pytest.mark.parametrize(
    ("organ", "number", "lines"),
    [
        (Organ.GENERAL_ASSEMBLY, NEW_YORK, ["session", "body", "body", "place", "agenda-item"]),
        (Organ.GENERAL_ASSEMBLY, GENEVA, ["body", "body", "session", "place", "agenda-item"]),
        (Organ.HUMAN_RIGHTS_COUNCIL, NEW_YORK, ["subsidiary", "body", "body", "session", "place", "agenda-item"]),
        (Organ.HUMAN_RIGHTS_COUNCIL, GENEVA, ["subsidiary", "body", "body", "session", "place", "agenda-item"]),
    ],
)
def test_the_order_of_the_lines_under_the_masthead(organ: Organ, number: str, lines: list[str]) -> None:
    base = document(organ=organ, job=job(number))
    preface = replace(base.preface, bodies=("Board", "Panel"), session="Tenth", place="Geneva", agenda_item="Item 9")
    found = wording.opening_lines(replace(base, preface=preface), locales.load(EN))
    assert [kind for kind, _ in found] == lines
    texts = {"subsidiary": "Human Rights Council", "session": "Tenth", "place": "Geneva", "agenda-item": "Item 9"}
    assert [text for kind, text in found if kind == "body"] == ["Board", "Panel"]
    assert all(text == texts.get(kind, text) for kind, text in found)
    bare = replace(base, preface=replace(preface, bodies=(), session="", place="", agenda_item=""))
    assert [kind for kind, _ in wording.opening_lines(bare, locales.load(EN))] == lines[: lines[0] == "subsidiary"]


@pytest.mark.parametrize(
    ("language", "number", "title", "expected"),
    [
        (EN, None, "Water", ""),
        (EN, ResolutionNumber(73, 8), "Water", "73/8."),
        (EN, ResolutionNumber(2015, 2254), "", "Resolution 2254 (2015)"),
        (AR, ResolutionNumber(2017, 18), "الماء", "٢٠١٧/١٨ -"),
    ],
)
def test_the_number_of_a_resolution_is_before_its_title_or_in_its_place(
    language: Language, number: ResolutionNumber | None, title: str, expected: str
) -> None:
    base = document(language, number=number)
    changed = replace(base, preface=replace(base.preface, title=(Text(title),) if title else ()))
    found = wording.title_number(changed, locales.load(language))
    assert found.rstrip(",") == expected


def test_an_asterisk_is_a_call_only_if_a_note_has_it() -> None:
    noted, bare = document(notes=ASTERISK), document()
    call = NoteCall(1, asterisk=True)
    assert wording.called_line("Item 9*", noted) == (Text("Item 9"), call)
    assert wording.called_line("Item 9*", bare) == (Text("Item 9*"),)
    assert wording.called_line("Item 9**", noted) == (Text("Item 9**"),)
    assert wording.called_line("Item 9", noted) == (Text("Item 9"),)
    assert wording.called_line("", noted) == ()
    numbered = document(notes=(Note(1, (Text("x"),)),))
    assert wording.called_line("Item 9*", numbered) == (Text("Item 9*"),)
    starred = Symbol("A/104/96*")
    assert wording.symbol_content(document(notes=ASTERISK, symbol=starred)) == (Text("A/104/96"), call)
    assert wording.symbol_content(document(symbol=starred)) == (Text("A/104/96*"),)
    assert wording.symbol_content(noted) == (Text(str(noted.symbol)),)


@pytest.mark.parametrize(
    ("block", "mark"),
    [
        (Paragraph(Role.PLAIN, (), number=4), "4."),
        (Paragraph(Role.PLAIN, (), number=4, mark="4 bis."), "4 bis."),
        (Paragraph(Role.PLAIN, (), number=4, section="10"), "10.4"),
        (Paragraph(Role.PLAIN, ()), ""),
        (Heading(1, (), 2), "II."),
        (Heading(2, (), 2), "B."),
        (Heading(1, (), None, "Two"), "Two"),
        (Heading(1, ()), ""),
        (Part(2), "B"),
        (Table(Caption((), 2), (), (), ()), "Table 2"),
        (Table(Caption(), (), (), ()), ""),
        (Figure(b"", "image/png", "", Caption((), 2)), "Figure II"),
        (Figure(b"", "image/png", ""), ""),
    ],
)
def test_what_is_printed_before_a_block(block: wording.MarkedBlock, mark: str) -> None:
    assert wording.block_mark(block, document(), locales.load(EN)).strip() == mark


@pytest.mark.parametrize(
    ("kind", "level", "mark"),
    [("resolution", 1, "II"), ("decision", 1, "II"), ("draft", 1, "II"), ("report", 1, "II."), ("resolution", 2, "B.")],
)
def test_sections_of_what_an_organ_decides_have_a_numeral_without_a_full_stop(kind: str, level: int, mark: str) -> None:
    assert wording.heading_mark(2, level, DocumentType(kind), locales.load(EN), Digits.WESTERN) == mark


def test_subparagraphs_and_annexes_keep_a_mark_of_their_own() -> None:
    english, locale = document(), locales.load(EN)
    assert wording.item_mark(Item(2, ()), 1, english, locale) == "(b)"
    assert wording.item_mark(Item(2, (), mark="(b bis)"), 1, english, locale) == "(b bis)"
    marks = {
        Annex((), ()): "Annex",
        Annex((), (), 2): "Annex II",
        Annex((), (), 2, mark="Annex 2.1"): "Annex 2.1",
        Annex((), (), kind=AnnexKind.APPENDIX): "Appendix",
        Annex((), (), 1, kind=AnnexKind.ENCLOSURE): "Enclosure I",
    }
    assert {annex: wording.annex_mark(annex, english, locale) for annex in marks} == marks
    assert wording.annex_original(Annex((), (), original="French"), locale) == "[Original: French]"
    assert wording.annex_original(Annex((), ()), locale) == ""


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("Subprogramme 1", True),
        ("Subprogramme IV", True),
        ("Part 12", True),
        ("Part 123", False),
        ("Map 1", False),
        ("Subprogramme 1 Water", False),
        ("Subprogramme", False),
        ("Subprogramme XVIII", False),
    ],
)
def test_a_label_is_a_word_and_a_number(text: str, is_label: bool) -> None:
    assert wording.is_label((Text(text),)) is is_label


def test_contents_leave_out_headings_in_boxes_and_those_without_marks_beside_marked_ones() -> None:
    star = NoteCall(1, asterisk=True)
    body = (
        Heading(1, (Text("One"), star), 1),
        Heading(1, (Text("Bare"),)),
        Box((), (Heading(1, (Text("Boxed"),), 2),)),
        Heading(2, (Text("Two"),)),
        Heading(3, (Text("Three"),), 1),
    )
    found = list(wording.outline(document(body=body), locales.load(EN), 2))
    assert [(each.level, each.key, each.mark, each.title, each.calls) for each in found] == [
        (1, "heading-1", "I.", "One", (star,)),
        (2, "heading-4", "", "Two", ()),
    ]


def test_a_table_of_contents_has_the_asterisks_of_the_headings_after_it() -> None:
    star = NoteCall(1, asterisk=True)
    before, after = Heading(1, (Text("One"), star), 1), Heading(1, (Text("Two"), star), 2)
    plain_one = Heading(1, (Text("Three"),), 3)
    locale = locales.load(EN)

    def listed(*body: object) -> frozenset[str]:
        return wording.listed_calls(document(body=body, notes=ASTERISK), locale)

    assert listed(Contents(1), before, after, plain_one) == {"heading-1", "heading-2"}
    assert listed(before, Contents(1), after, plain_one) == {"heading-2"}
    assert listed(before, after) == frozenset()
    printed = [text.text for text in printed_texts(document(body=(Contents(1), after), notes=ASTERISK))]
    assert printed[-4:] == ["Page", "II. Two*", "* Reissued.", "II. Two"]


def test_a_table_of_contents_has_the_numbers_of_the_paragraphs_below_each_heading() -> None:
    def paragraph(number: int | None, section: str = "") -> Paragraph:
        return Paragraph(Role.NUMBERED if number else Role.PLAIN, (Text("x"),), number, section=section)

    one, two, inner = (Heading(level, (Text(name),), 1) for level, name in ((1, "One"), (1, "Two"), (2, "Inner")))
    body = (
        Contents(2, paragraphs=True),
        paragraph(1),
        one,
        paragraph(2),
        Box((), (paragraph(3),)),
        inner,
        paragraph(4),
    )
    printed = [text.text for text in printed_texts(document(body=(*body, two, paragraph(None))))]
    at = printed.index("Paragraphs Page")
    assert printed[at + 1 : at + 4] == ["I. One 2–4", "A. Inner 4", "I. Two"]
    assert wording.listed_paragraphs(document(body=(one, paragraph(7, "10"), paragraph(9, "10")))) == {
        "heading-1": "10.7–10.9"
    }


def test_the_texts_of_the_pictures_of_page_one_have_the_number_and_the_address() -> None:
    found = wording.alternatives(document(job=job(NEW_YORK)), locales.load(EN))
    assert set(found) == {"emblem", "barcode", "code", "recycle"}
    assert "1712889" in found["barcode"] and "https://undocs.org/A/104/96" in found["code"]


def test_signs_of_symbol_fonts_are_replaced_in_texts_and_marks_but_not_in_metadata_and_each_is_reported_once() -> None:
    signs = "\uf0b7 \uf0b0"
    metadata = (Metadatum("subject", text=signs),)
    body = (
        Paragraph(Role.PLAIN, (Strong((Text(signs),)),), mark="\uf0b7"),
        Heading(1, (Text("x"),), None, "\uf0a7"),
    )
    given = document(body=body, metadata=metadata)
    printed = with_unicode_signs(given)
    assert printed.body == (
        Paragraph(Role.PLAIN, (Strong((Text("• °"),)),), mark="•"),
        Heading(1, (Text("x"),), None, "▪"),
    )
    assert printed.metadata == metadata
    assert [(each.message, each.hint, each.rule, str(each.severity)) for each in replaced_signs(given)] == [
        ("U+F0B7 is printed as •", "type • instead", "symbol-font", "note"),
        ("U+F0B0 is printed as °", "type ° instead", "symbol-font", "note"),
        ("U+F0A7 is printed as ▪", "type ▪ instead", "symbol-font", "note"),
    ]
    assert replaced_signs(document()) == ()
    untouched = document()
    assert with_unicode_signs(untouched) is untouched
