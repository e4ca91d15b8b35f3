"""Rules work the same in every language and on both paper sizes, and find nothing in good documents."""

from __future__ import annotations

from functools import cache

import pytest

from manuscripts import AR, EN, ES, FR, RU, ZH, council_resolution, numbered, report, resolution, sentence
from masthead import formats, preflight, publication
from masthead.document import locales
from masthead.document.terms import Language, Variant
from masthead.pdf.drawn.direction import paired
from masthead.pdf.facts.printed import symbols
from masthead.preflight import Report, languages

PAPERS = pytest.mark.parametrize("geneva", [False, True], ids=["New York", "Geneva"])
LANGUAGES = pytest.mark.parametrize("language", Language, ids=str)


@cache
def judged(text: str, variant: Variant = Variant.ARCHIVE) -> Report:
    document = formats.parse(text.encode(), "manuscript.md")
    made = publication.typeset(document, variant=variant)
    return preflight.check(made.data, document)


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in judged(text).findings]


# --- good documents ---------------------------------------------------------------------------------------------------


@LANGUAGES
@PAPERS
@pytest.mark.parametrize("kind", [report, resolution])
def test_a_good_document_has_no_findings(language: Language, geneva: bool, kind: object) -> None:
    text = kind(language, *numbered(sentence(language), range(1, 13)), geneva=geneva)  # type: ignore[operator]
    assert found(text) == []
    facts = judged(text).facts
    assert [paragraph.number for paragraph in facts.paragraphs] == [*range(1, 13)]
    assert facts.adoption_day == ("2038-12-20" if kind is resolution else "")
    assert (facts.distribution, facts.session, facts.agenda_item) == _said(
        text, "distribution", "session", "agenda-item"
    )


def _said(text: str, *keys: str) -> tuple[str, ...]:
    lines = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    return tuple(lines[key].strip('"') for key in keys)


@pytest.mark.parametrize("language", [EN, AR], ids=str)
def test_a_symbol_with_a_year_is_found_in_the_running_heads(language: Language) -> None:
    text = council_resolution(language, *numbered(sentence(language), range(1, 30)))
    assert found(text) == []
    facts = judged(text).facts
    assert facts.symbol == "S/RES/3021 (2046)"
    assert [head.text for head in facts.running_heads if "/" in head.text] == [facts.symbol] * (facts.pages - 1)
    assert facts.adoption_day.startswith("2046-")


@LANGUAGES
def test_the_symbol_of_a_volume_is_valid(language: Language) -> None:
    text = report(language, *numbered(sentence(language), range(1, 30)), symbol="A/93/5(Vol.II)")
    assert found(text) == []
    assert judged(text).facts.pages > 1


def test_numbers_restart_in_each_part_of_a_resolution_on_the_same_page() -> None:
    formula = "The General Assembly,"
    parts = ("<!-- part 1 --> Bells", formula, *numbered("*Decides* to ring;", (1, 2)),
             "<!-- part 2 --> Ringers", formula, *numbered("*Decides* to train;", (1, 2)))  # fmt: skip
    assert found(resolution(EN, *parts).replace(f"{formula}\n\n<!--", "<!--")) == []


@LANGUAGES
@PAPERS
def test_sub_paragraphs_may_be_bold_and_restart(language: Language, geneva: bool) -> None:
    said, ((first, second, _), (one, two, _)) = sentence(language), MARKS[language]
    items = [
        f"   - {first} **{said}**",
        f"     - {one} **{said}**",
        f"     - {two} **{said}**",
        f"   - {second} **{said}**",
    ]
    body = (f"1. {said}", *items, "2. 1", items[0])
    assert found(report(language, *body, geneva=geneva)) == []


def test_a_call_beside_latin_letters_belongs_to_their_line() -> None:
    lines = [f"{'الميناء ' * 9}والوثيقة A/93/{number}/Add.1[^{number}]." for number in range(101, 121)]
    notes = [f"[^{number}]: انظر الوثيقة A/93/{number}." for number in range(101, 121)]
    text = "\n\n".join((*lines, *notes))
    for place, number in enumerate(range(101, 121), 1):
        text = text.replace(f"[^{number}]", f"[^{place}]")
    assert found(report(AR, text)) == []


def test_letters_may_go_on_under_the_next_numeral() -> None:
    said = sentence(EN)[:-1]
    marks = [("", "i"), ("  ", "a"), ("  ", "b"), ("", "ii"), ("  ", "c"), ("  ", "d")]
    lines = "\n".join(f"   {indent}- <!-- mark ({mark}) --> {said};" for indent, mark in marks)
    assert found(resolution(EN, f"1. {said}:", lines)) == []
    assert {rule for rule, _ in found(resolution(EN, f"1. {said}:", lines.replace("(c)", "(d)")))} == {
        "numbering.letters"
    }


def test_a_wide_numeral_is_counted_after_a_comma() -> None:
    said = sentence(EN)[:-1]
    lines = "\n".join(f"   - <!-- mark ({locales.roman(number).lower()}) --> {said}," for number in range(1, 10))
    assert found(resolution(EN, f"1. {said}:", lines)) == []


@pytest.mark.parametrize("text", ["ﷺ ليس من مصطلحات التقرير.", "قال: ﴿بسم الله﴾ ثم كتب."])
def test_signs_among_the_presentation_forms_are_letters(text: str) -> None:
    assert found(report(AR, text)) == []


def test_cyrillic_letters_that_are_typed_for_latin_ones_are_in_order() -> None:
    marks = [f"   - <!-- mark {mark} --> {sentence(RU)}" for mark in ("а)", "b)", "с)")]  # Cyrillic а and с
    text = resolution(RU, f"1. {sentence(RU)[:-1]}:", "\n".join(marks))
    assert found(text) == []
    assert {rule for rule, _ in found(text.replace("b)", "с)"))} == {"numbering.letters"}


def test_an_en_dash_after_an_arabic_number_is_a_dash() -> None:
    first, second, third = (f"{number}. <!-- mark {number} – --> {sentence(AR)}" for number in (1, 2, 3))
    assert found(resolution(AR, first, second, third)) == []
    assert [rule for rule, _ in found(resolution(AR, first, third))] == ["numbering.paragraphs"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (report(ZH, *numbered("2051/52年点亮了1 250盏灯。", range(1, 103))), 102),  # the digits read as `100.2051/52`
        (report(AR, *numbered("4 512 مصباحا.", range(1, 103)), digits="latn"), 102),  # as `4 512 - 100`
        (report(AR, *numbered("5 µg/m³ في الهواء.", range(1, 103))), 102),  # as a range, `١٠٠ - 5 µg`
        (report(AR, *numbered("1:50 000 مقياس الرسم.", range(1, 4)), digits="latn"), 3),
        (report(EN, *numbered("-0.5% of the lamps were lit.", range(1, 4))), 3),
    ],
    ids=["Chinese", "Western digits", "a unit", "a scale", "minus"],
)
def test_a_paragraph_may_begin_with_a_number(text: str, last: int) -> None:
    assert found(text) == []
    assert [paragraph.number for paragraph in judged(text).facts.paragraphs] == [*range(1, last + 1)]


def test_an_arabic_paragraph_may_begin_with_latin_letters() -> None:
    text = report(AR, *numbered("GLOSS و PSMSL (GTP) هما نظاما الرصد.", range(1, 30)))
    assert found(text) == []
    assert [paragraph.number for paragraph in judged(text).facts.paragraphs] == [*range(1, 30)]


@PAPERS
def test_a_chinese_call_stays_with_the_letter_before_it(geneva: bool) -> None:
    lines = [f"{number}. {'港口的仪器' * 6}{'港' * number}。[^{number}]" for number in range(1, 40)]
    notes = [f"[^{number}]: 见A/93/{number}号文件。" for number in range(1, 40)]
    text = report(ZH, *lines, *notes, geneva=geneva)
    assert found(text) == []
    assert all(note.calls for note in judged(text).facts.notes)


def test_a_line_may_begin_with_one_letter_before_a_symbol() -> None:
    said = [f"{number}. {'الميناء ' * 9}{'ا' * number} و A/93/{number}." for number in range(1, 25)]
    assert judged(report(AR, *said)).facts.notes == ()


def test_an_arabic_call_stays_with_the_point_before_it() -> None:
    lines = [f"{number}. {'الميناء ' * 10}{'ال' * number}.[^{number}]" for number in range(1, 40)]
    notes = [f"[^{number}]: انظر الوثيقة A/93/{number}." for number in range(1, 40)]
    text = report(AR, *lines, *notes)
    assert found(text) == []
    assert all(note.calls for note in judged(text).facts.notes)


@PAPERS
def test_the_call_of_a_tables_note_does_not_join_the_word_before_it(geneva: bool) -> None:
    table = "<!-- table 1 --> الجدول\n\n| سجل | سجل[^a] |\n|---|--:|\n| سجل[^b] | 4 |\n\n[^a]: أول.\n\n[^b]: ثان."
    text = report(AR, f"1. {sentence(AR)}", table, geneva=geneva)
    assert found(text) == []
    assert [(note.mark, note.calls) for note in judged(text).facts.notes] == [("أ", (1,)), ("ب", (1,))]


# --- defects ----------------------------------------------------------------------------------------------------------


@LANGUAGES
@PAPERS
def test_a_number_left_out_is_found(language: Language, geneva: bool) -> None:
    text = resolution(language, *numbered(sentence(language), (1, 2, 4, 5)), geneva=geneva)
    assert [rule for rule, _ in found(text)] == ["numbering.paragraphs"]


MARKS = {
    EN: (("(a)", "(b)", "(d)"), ("(i)", "(ii)", "(iv)")),
    ZH: (("(a)", "(b)", "(d)"), ("(i)", "(ii)", "(iv)")),
    FR: (("a)", "b)", "d)"), ("i)", "ii)", "iv)")),
    ES: (("a)", "b)", "d)"), ("i)", "ii)", "iv)")),
    RU: (("a)", "b)", "d)"), ("i)", "ii)", "iv)")),
    AR: (("(أ)", "(ب)", "(د)"), ("'١'", "'٢'", "'٤'")),
}


@LANGUAGES
@PAPERS
@pytest.mark.parametrize("degree", [1, 2])
def test_a_letter_or_numeral_left_out_is_found(language: Language, geneva: bool, degree: int) -> None:
    first, second = MARKS[language]
    said = sentence(language)
    outer = [f"   - {mark} {said}" for mark in (first if degree == 1 else first[:2])]
    inner = [f"     - {mark} {said}" for mark in (second if degree == 2 else second[:2])]
    text = resolution(language, f"1. {said}", outer[0], *inner, *outer[1:], f"2. {said}", geneva=geneva)
    wrong = (first, second)[degree - 1][2].strip("()'")
    assert [rule for rule, message in found(text) if f"({wrong})" in message] == ["numbering.letters"]
    assert len(found(text)) == 1


@LANGUAGES
def test_issued_before_the_adoption_is_found(language: Language) -> None:
    text = resolution(language, *numbered(sentence(language), (1, 2)))
    [date] = _said(text, "date")
    assert found(text.replace(date, date.replace("14", "4").replace("2039", "2038"), 1))[0][0] == "identity.dates"


@pytest.mark.parametrize("language", [EN, AR], ids=str)
def test_issued_before_the_security_council_adopted_it_is_found(language: Language) -> None:
    text = council_resolution(language, *numbered(sentence(language), (1, 2)), date="1 March 2046")
    assert [rule for rule, _ in found(text)] == ["identity.dates"]


HEADINGS = {EN: "What follows", FR: "Ce qui suit", ES: "Lo que sigue", RU: "Что дальше", ZH: "以后", AR: "ما يلي"}


@LANGUAGES
@pytest.mark.parametrize("degree", [1, 2, 3, 4])
@pytest.mark.parametrize("page", [1, 2])
def test_a_heading_at_the_foot_is_found(language: Language, degree: int, page: int) -> None:
    said = sentence(language)
    headings = [f"{'#' * level} {HEADINGS[language]}" for level in range(2, degree + 1)]
    if degree == 1:
        headings = [f"# {HEADINGS[language]}"]
    first = (*numbered(said, (1, 2, 3)), "<!-- page end -->", *numbered(said, (4, 5, 6)))
    before = first if page == 2 else (f"1. {said}",)
    start = 7 if page == 2 else 2
    after = numbered(said, (start, start + 1, start + 2))
    text = report(language, *before, *headings, "<!-- page end -->", *after, pagination="source")
    faults = [finding for finding in judged(text).findings if finding.rule == "flow.headings"]
    assert [finding.page for finding in faults] == [page]


@LANGUAGES
@PAPERS
def test_the_last_line_of_a_paragraph_alone_on_a_page_is_found(language: Language, geneva: bool) -> None:
    said = sentence(language)
    half = len(said) - 12
    cut = f"1. {said} {said[:half]}<!-- page end -->{said[half:]}"
    text = report(language, cut, *numbered(said, (2, 3, 4)), geneva=geneva, pagination="source")
    assert "flow.single-lines" in {rule for rule, _ in found(text)}


# --- facts ------------------------------------------------------------------------------------------------------------


@LANGUAGES
def test_an_asterisk_after_a_word_is_a_call(language: Language) -> None:
    text = report(language, f"1. {sentence(language)}", "[^*]: A/93/50.", title="A/93/L.1")
    text = text.replace('title: "A/93/L.1"', f'title: "{HEADINGS[language]}[^*]"')
    assert [(note.mark, note.page, note.calls) for note in judged(text).facts.notes] == [("*", 1, (1,))]


@LANGUAGES
def test_the_notes_of_a_table_are_found_with_their_calls(language: Language) -> None:
    table = "<!-- table 1 --> A/93/1\n\n| 1 | 2[^a] |\n|---|--:|\n| 3 | 4[^b] |\n\n[^a]: A/93/2.\n\n[^b]: A/93/3."
    letters = ("أ", "ب") if language is AR else ("a", "b")
    facts = judged(report(language, f"1. {sentence(language)}", table)).facts
    assert [(note.mark, note.page, note.calls) for note in facts.notes] == [(letter, 1, (1,)) for letter in letters]


@LANGUAGES
def test_a_symbol_alone_in_a_note_is_a_reference(language: Language) -> None:
    end = "。" if language is ZH else "."
    text = report(language, f"1. {sentence(language)}[^1]", f"[^1]: A/93/50{end}")
    assert "A/93/50" in judged(text).facts.references


def test_a_running_title_with_latin_letters_in_brackets_is_read_correctly() -> None:
    title = "المسارات البحرية (Sea Lanes) وسلامة الملاحة"
    text = resolution(AR, *numbered(sentence(AR), range(1, 13)), title=title)
    assert title in {head.text for head in judged(text).facts.running_heads}


def test_the_item_of_a_provisional_agenda_is_recognized() -> None:
    text = report(ZH, f"1. {sentence(ZH)}", **{"agenda-item": "临时议程项目20"})
    assert judged(text).facts.agenda_item == "临时议程项目20"


@pytest.mark.parametrize("language", [AR, FR], ids=str)
def test_a_press_sheet_has_the_facts_of_its_page(language: Language) -> None:
    text = report(language, *numbered(sentence(language), range(1, 30)))
    page, sheet = judged(text).facts, judged(text, Variant.PRESS).facts
    told = ("symbol", "organ", "session", "agenda_item", "paper", "folio_style", "date_day", "original_language")
    assert {key: getattr(sheet, key) for key in told} == {key: getattr(page, key) for key in told}
    assert [note.number for note in sheet.paragraphs] == [note.number for note in page.paragraphs]
    assert [head.text for head in sheet.running_heads] == [head.text for head in page.running_heads]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("(A/80/5 (Vol. II)) and A/33/18 (Introduction)", ["A/80/5 (Vol. II)", "A/33/18 (Introduction)"]),
        ("A/80/5(Vol.II)", ["A/80/5 (Vol. II)"]),
        ("S/RES/2254 )2015(", ["S/RES/2254 (2015)"]),
        ("A/RES/1514(XV), A/80/7*", ["A/RES/1514(XV)", "A/80/7"]),
        ("见A/85/21号文件", ["A/85/21"]),
        ("Resolution CM/ResCMN(2008)1", []),
        ("E/CN.4/Sub.2/1999/4/Rev.1", ["E/CN.4/Sub.2/1999/4/Rev.1"]),
    ],
)
def test_symbols_are_distinguished_from_similar_text(text: str, named: list[str]) -> None:
    assert list(symbols(text)) == named


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("أ )Sea Lanes( ب", "أ (Sea Lanes) ب"),
        ("أ )Sea Lanes) ب", "أ (Sea Lanes) ب"),
        ("أ (ب (ج) د)", "أ (ب (ج) د)"),
        ("]غ.م.[ )١(", "[غ.م.] (١)"),
    ],
)
def test_brackets_are_paired_over_the_whole_text(text: str, right: str) -> None:
    assert paired(text) == right


@pytest.mark.parametrize(
    ("declared", "text", "own", "message"),
    [
        ("en", "Rainwater gardens for cities " * 4, "ar", ""),
        ("en", "حدائق مياه الأمطار للمدن " * 4, "ar", "text in Arabic letters is declared in en"),
        ("en", "Дождевые сады для городов " * 4, "fr", "text in Cyrillic letters is declared in en"),
        ("en-GB", "Rainwater", "zh", ""),
        ("ar", "Rainwater gardens for cities " * 4, "ar", ""),
        ("fr", "jardins de pluie", "ar", "a part is declared in fr, but the file in ar"),
        ("not a tag", "text", "en", "the language of a part is invalid: not a tag"),
        ("", "text", "en", ""),
    ],
)
def test_the_language_of_a_part_is_that_of_the_file_or_english_in_its_own_letters(
    declared: str, text: str, own: str, message: str
) -> None:
    assert languages._wrong(declared, text, own) == message
