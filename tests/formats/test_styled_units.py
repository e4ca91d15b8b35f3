"""Votes, typed notes, marks and lines at the beginning of a document, in files without keys."""

from __future__ import annotations

from datetime import date

import pytest

from masthead.document import DocumentType, Language, Organ, ResolutionNumber, Symbol, Vote, locales
from masthead.document.model import Masthead, NoteCall
from masthead.formats import opening_lines
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart
from masthead.formats.styled.spans import TAB, Span, text_of
from masthead.formats.styled.star_notes import take_star_notes
from masthead.formats.styled.votes import is_vote, labels, read_vote

EN, AR, FR, ZH = (locales.load(Language(each)) for each in ("en", "ar", "fr", "zh"))


# --- votes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "vote"),
    [
        (["In favour: A, B", "Against: None", "Abstaining: C"], (Vote(("A", "B"), (), ("C",)), 3)),
        (["In favour:", "A, B", "Against:", "C", "Abstaining:", "None", "x"], (Vote(("A", "B"), ("C",), ()), 6)),
        (["In favour", "A", "Against", "B", "Abstaining", "C"], (Vote(("A",), ("B",), ("C",)), 6)),
        (["In favour: A", "Against:", "B", "Abstaining: None", "more"], (Vote(("A",), ("B",), ()), 4)),
        (["In favour: A", "Against: B"], None),
        (["In favour: A", "Abstaining: B", "Against: C"], None),
        (["Against: A", "In favour: B", "Abstaining: C"], None),
        ([], None),
    ],
)
def test_a_vote_is_three_sides_in_their_order(lines: list[str], vote: object) -> None:
    assert read_vote(lines, EN) == vote


def test_a_vote_begins_with_its_first_label() -> None:
    assert labels(EN) == ["In favour:", "Against:", "Abstaining:"]
    assert is_vote("In favour", EN) and is_vote("In favour: A", EN)
    assert not is_vote("Against: A", EN) and not is_vote("Those in favour", EN)
    assert is_vote("المؤيدون: الأردن", AR)
    assert read_vote(["赞成：A、B", "反对：无", "弃权：C"], ZH) == (Vote(("A", "B"), (), ("C",)), 3)


# --- notes typed with asterisks ---------------------------------------------------------------------------------------


def paras(*texts: str) -> list[StyledPart]:
    return [Para(number, ParaKind.TEXT, [Span(text)]) for number, text in enumerate(texts, 1)]


def shown(part: StyledPart) -> str:
    assert isinstance(part, Para)
    return "".join(
        f"[{'*' * span.inline.number}]" if isinstance(span.inline, NoteCall) else span.text for span in part.spans
    )


@pytest.mark.parametrize(
    ("texts", "left", "notes"),
    [
        (("Item 9*", f"*{TAB}Reissued."), ["Item 9[*]"], ["* Reissued."]),
        (("Item* 9** x", f"** {TAB} Two.", f"*{TAB}One."), ["Item[*] 9[**] x"], ["* One.", "** Two."]),
        (("Item 9**", f"*{TAB}One."), ["Item 9**"], ["* One."]),
        (("* x", "Item *", f"*{TAB}One."), ["* x", "Item *"], ["* One."]),
        (("Item 9*", "* Reissued."), ["Item 9*", "* Reissued."], []),
        (("Item 9*", f"*{TAB}"), ["Item 9*", f"*{TAB}"], []),
        (("A*", f"*{TAB}One.", f"*{TAB}Again."), ["A[*]", f"*{TAB}Again."], ["* One."]),
        (("A*****", f"****{TAB}Four."), ["A*****"], ["**** Four."]),
    ],
)
def test_asterisks_call_the_notes_that_are_typed_with_them(
    texts: tuple[str, ...], left: list[str], notes: list[str]
) -> None:
    parts = paras(*texts)
    found = take_star_notes(parts)
    assert [shown(part) for part in parts] == left
    assert [f"{'*' * call.number} {text_of(spans).strip()}" for _, call, spans in found] == notes
    assert all(call.asterisk for _, call, _ in found)


# --- marks ------------------------------------------------------------------------------------------------------------


def marks(*, ours: bool = False, kind: str = "report", language: str = "en") -> MarkReader:
    return MarkReader(DocumentType(kind), locales.load(Language(language)), ours=ours)


@pytest.mark.parametrize(
    ("text", "what", "level", "expected"),
    [
        ("II. Water", "heading", 1, (2, 4)),
        ("II.", "heading", 1, (2, 3)),
        ("II.Water", "heading", 1, (None, 0)),
        ("B. Water", "heading", 2, (2, 3)),
        ("Table 2", "table", 0, (2, 7)),
        ("Table 2: Water", "table", 0, (2, 9)),
        ("Table 2 – Water", "table", 0, (2, 10)),
        ("Table 2Water", "table", 0, (None, 0)),
        ("Figure II Water", "figure", 0, (2, 10)),
        ("Annex II", "annex", 0, (2, 8)),
        ("TABLE 2", "table", 0, (None, 0)),
        ("C Water", "part", 0, (3, 2)),
    ],
)
def test_a_mark_counts_what_it_names(text: str, what: str, level: int, expected: tuple[int | None, int]) -> None:
    assert marks().counted(text, what, level) == expected


def test_in_our_own_files_a_tab_ends_a_mark_and_literal_text_has_none() -> None:
    own = marks(ours=True)
    assert own.counted(f"II.{TAB}Water", "heading", 1) == (2, 4)
    assert own.counted("II. Water", "heading", 1) == (2, 4)
    assert own.counted("II. Water", "heading", 1, literal=True) == (None, 0)
    assert own.counted(f"II.{TAB}Water", "heading", 1, literal=True) == (2, 4)
    assert (own.bullet(f"•{TAB}x"), own.bullet("• x"), marks().bullet("• x"), marks().bullet("• x", literal=True)) == (
        2, 0, 2, 0
    )  # fmt: skip
    for char in "•▪●◦·‣\uf0a7\uf0b7":
        assert marks().bullet(f"{char} x") == 2
    assert marks().bullet("- x") == marks().bullet("•x") == marks().bullet("• ") == 0
    found, length = own.number(f"4.{TAB}x")
    assert found is not None and (found["number"], length) == ("4", 3)
    found, length = own.number("4. x", literal=True)
    assert (found, length) == (None, 0)
    found, length = own.item(f"(b){TAB}x", literal=True)
    assert found is not None and (found["mark"], length) == ("(b)", 4)


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("Table 2 Water", "table", ("", 2, 8)),
        ("Table 10.3 Water", "table", ("10", 3, 11)),
        ("Table A.3: Water", "table", ("A", 3, 11)),
        ("Figure II", "figure", ("", 2, 9)),
        ("Table X Water", "table", ("", None, 0)),
        ("Water", "table", ("", None, 0)),
        ("Figure 10.II Water", "table", ("", None, 0)),
    ],
)
def test_the_mark_of_a_caption_may_have_a_section(text: str, what: str, expected: object) -> None:
    assert marks().caption(text, what) == expected


@pytest.mark.parametrize(
    ("text", "names", "seems"),
    [
        ("Figure 1", True, False),
        ("Table A.1", True, True),
        ("Table 2", True, True),
        (" Table 2\t", True, False),
        ("Table", False, False),
        ("Table 123456789", False, False),
        ("Table 2 x", False, True),
        ("(a) x", False, True),
        ("4. x", False, True),
        ("• x", False, True),
        ("73/8. x", False, True),
        ("B x", False, True),
        ("II. x", False, True),
        ("Water x", False, False),
    ],
)
def test_what_only_looks_like_a_mark(text: str, names: bool, seems: bool) -> None:
    assert marks().names_caption(text) is names
    assert marks().seems_marked(text) is seems


def test_a_mark_with_two_meanings_has_the_level_of_the_first() -> None:
    assert list(marks().heading_places("I. x")) == [(1, 1), (2, 9)]
    assert (marks().heading_level("I. x"), marks().heading_level("x"), marks().is_heading("B. x")) == (1, 0, True)


# --- the lines at the beginning ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Human Rights Council", Fact.ORGAN),
        ("General Assembly", None),  # a main organ is in the masthead
        ("Addendum", Fact.MODIFICATION),
        ("Corrigendum", Fact.MODIFICATION),
        ("Seventy-third session", Fact.SESSION),
        ("Agenda item 9", Fact.AGENDA_ITEM),
        ("Resolution adopted by the General Assembly on 20 December 2038", Fact.ADOPTION),
        ("73/8. Water", Fact.TITLE),
        ("Resolution 2254 (2015)", Fact.TITLE),
        ("[on the report of the Third Committee (A/73/582)]", Fact.BASIS),
        ("Report of the Secretary-General", None),
        ("The General Assembly adopted a resolution", None),
        ("", None),
    ],
)
def test_what_a_line_below_the_masthead_states(text: str, fact: Fact | None) -> None:
    assert opening_lines.fact_of(text, EN) is fact


@pytest.mark.parametrize(
    ("text", "organs", "found"),
    [
        ("Resolution adopted by the General Assembly on 20 December 2038", None, date(2038, 12, 20)),
        ("Resolution adopted by the General Assembly on 20 December 2038", "general-assembly", date(2038, 12, 20)),
        ("Resolution adopted by the General Assembly on 20 December 2038", "security-council", None),
        ("Resolution adopted by the General Assembly", None, None),
        ("Water on 20 December 2038", None, None),
    ],
)
def test_the_date_of_adoption_is_that_of_a_line_that_names_the_organ(
    text: str, organs: str | None, found: date | None
) -> None:
    assert opening_lines.adoption_date(text, EN, [Organ(organs)] if organs else None) == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Adopted by the Security Council at its 13011th meeting, on 14 March 2046", True),
        ("Adopted by the Security Council at its 13011th meeting, on 14 March 2046 (x)", True),
        ("Adopted by the Security Council at its 13011th meeting", False),
        ("Adopted by the Security Council on 14 March 2046, which was a Wednesday", False),
        ("Adopted by the Harbour Board at its 3rd meeting, on 14 March 2046", False),
        (f"Adopted by the Security Council at its {'very ' * 30}long meeting, on 14 March 2046", False),
    ],
)
def test_the_line_of_the_security_council_ends_with_a_date(text: str, is_one: bool) -> None:
    assert opening_lines.is_adoption(text, EN) is is_one


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Resolution 2254 (2015)", ResolutionNumber(2015, 2254)),
        ("en", "Resolution 2254", None),
        ("en", "Resolution 2254 (2015) on water", None),
        ("ar", "القرار ٢٢٥٤ (٢٠١٥)", ResolutionNumber(2015, 2254)),
        ("ar", "القرار 2254 (2015)", ResolutionNumber(2015, 2254)),
    ],
)
def test_the_number_of_a_resolution_may_be_all_of_its_title(
    language: str, text: str, number: ResolutionNumber | None
) -> None:
    assert opening_lines.number_in_title(text, locales.load(Language(language))) == number


@pytest.mark.parametrize(
    ("text", "form", "span"),
    [
        ("[x]", "[{text}]", (1, 2)),
        ("[]", "[{text}]", None),
        ("[x", "[{text}]", None),
        ("x]", "[{text}]", None),
        ("Original: x", "Original: {language}", (10, 11)),
        ("Original: ", "Original: {language}", None),
        ("[Original: x]", "[Original: {language}]", (11, 12)),
    ],
)
def test_the_text_in_a_form(text: str, form: str, span: tuple[int, int] | None) -> None:
    assert opening_lines.enclosed_span(text, form) == span


@pytest.mark.parametrize(
    ("language", "text", "closes"),
    [
        ("en", "61st plenary meeting", True),
        ("en", "20 December 2038", True),
        ("en", "20 December", False),
        ("en", "Done on 20 December 2038", False),
        ("fr", "1er décembre 2038", True),
        ("fr", "61e séance plénière", True),
        ("ar", "٢٠ كانون الأول/ديسمبر ٢٠٣٨", True),
        ("ar", "الجلسة العامة ٦١", True),
        ("zh", "2038年12月20日", True),
    ],
)
def test_a_closing_line_is_a_meeting_or_a_date(language: str, text: str, closes: bool) -> None:
    assert opening_lines.is_closing(text, locales.load(Language(language))) is closes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Water", "en"),
        ("", "en"),
        ("Вода", "ru"),
        ("水的问题", "zh"),
        ("الماء", "ar"),
        ("Вода " + "w" * 10, "ru"),
        ("Вода " + "w" * 11, "en"),
        ("水 abc", "en"),
    ],
)
def test_the_language_of_a_text_is_that_of_a_quarter_of_its_letters(text: str, language: str) -> None:
    assert opening_lines.likely_language(text) is Language(language)


@pytest.mark.parametrize(
    ("language", "text", "organ"),
    [
        ("en", "General Assembly", "general-assembly"),
        ("en", "G e n e r a l  Assembly", "general-assembly"),
        ("en", "Human Rights Council", "human-rights-council"),
        ("en", "Generally Assembly", None),
        ("ar", "الجمعيـــة العامـــة", "general-assembly"),
        ("fr", "Conseil de sécurité", "security-council"),
    ],
)
def test_the_organ_of_a_masthead_may_be_spaced_or_stretched(language: str, text: str, organ: str | None) -> None:
    found = opening_lines.masthead_organ(text, locales.load(Language(language)))
    assert found == (Organ(organ) if organ else None)


@pytest.mark.parametrize(
    ("symbol", "modification", "headlines", "kind"),
    [
        ("A/RES/73/8", "", (), "resolution"),
        ("A/73/L.4", "", (), "draft"),
        ("A/DEC/73/8", "", (), "decision"),
        ("S/PRST/2046/1", "", (), "statement"),
        ("A/73/9/Rev.1", "", (), "revision"),
        ("A/73/9/Add.1", "", (), "report"),
        ("A/73/9/Add.1", "Addendum", (), "addendum"),
        ("A/73/9", "CORRIGENDUM", (), "report"),
        ("A/73/9", "Corrigendum", (), "corrigendum"),
        ("A/73/L.4/Rev.1", "", (), "draft"),
        ("A/73/9", "", ("Report of the Secretary-General",), "report"),
        ("A/73/9", "", ("Water", "Letter dated 4 May 2046 from x"), "letter"),
        ("A/73/9", "", ("Note by the Secretary-General",), "note"),
        ("A/73/9", "", (), "report"),
    ],
)
def test_the_type_of_a_document_is_told_by_its_symbol_its_word_and_its_title(
    symbol: str, modification: str, headlines: tuple[str, ...], kind: str
) -> None:
    assert str(opening_lines.document_type(Symbol(symbol), modification, headlines, EN)) == kind


@pytest.mark.parametrize(
    ("lines", "masthead"),
    [
        (["Distr.: General", "7 May 2049", "Original: French"], Masthead("General", "7 May 2049", "French")),
        (
            ["Distr.: General", "7 May 2049.", "English only"],
            Masthead("General", "7 May 2049.", restriction="English only"),
        ),
        (
            ["Distr.: General", "7 May 2049", "Original: French", "English and French only"],
            Masthead("General", "7 May 2049", "French", restriction="English and French only"),
        ),
        (["7 May 2049", "Distr.: General"], Masthead("General", "")),
        (["Distr.: General", "7 May 2049", "8 May 2049"], Masthead("General", "7 May 2049")),
        (["Distr.: General", "Distr.: Limited", "7 May 2049"], Masthead("General", "7 May 2049")),
        (["Original: French", "7 May 2049"], None),
        ([], None),
    ],
)
def test_the_block_at_the_top_is_read_in_its_order(lines: list[str], masthead: Masthead | None) -> None:
    head = opening_lines.read_head([(line, None) for line in lines], EN)
    assert head.masthead == masthead


def test_the_block_at_the_top_has_symbol_and_organ_and_the_facts_of_styles_count_first() -> None:
    lines = ["United Nations", " A/73/9 ", "A/73/10", "General Assembly", "Security Council", "Distr.: General"]
    head = opening_lines.read_head([(line, None) for line in lines], EN)
    assert (head.symbol, head.organ) == (Symbol("A/73/9"), Organ.GENERAL_ASSEMBLY)
    stated = [
        ("General", Fact.DISTRIBUTION),
        ("May 2049", Fact.ISSUED),
        ("French", Fact.LANGUAGE),
        ("x", Fact.LANGUAGE),
    ]
    assert opening_lines.read_head(stated, EN).masthead == Masthead("General", "May 2049")
    arabic = [("Distr.: General", None), ("7 May 2049", None), ("Arabic", None), ("Original: English", None)]
    assert opening_lines.read_head(arabic, AR).masthead == Masthead("General", "7 May 2049", "English", True)
    french = [("Distr. générale", None), ("7 mai 2049", None), ("Original: anglais", None)]
    assert opening_lines.read_head(french, FR).masthead == Masthead("générale", "7 mai 2049", "anglais")


def test_what_is_missing_at_the_top_is_an_error_with_an_example() -> None:
    error = opening_lines.missing_symbol("x.txt:1")
    assert (error.message, error.where, error.hint) == (
        "the masthead has no symbol", "x.txt:1", "it looks like this: A/80/604"
    )  # fmt: skip
    error = opening_lines.missing_job_number("x.txt:9")
    assert (error.message, error.where) == ("no job number, so the language is not known", "x.txt:9")
    example = opening_lines.job_example()
    assert error.hint == (
        f"it is at the foot of page one, in a line of its own: {example}; the source may be incomplete"
    )
    assert opening_lines.job_number(example) is not None
    assert opening_lines.job_number("x") is None and opening_lines.parse_symbol("x y z") is None
