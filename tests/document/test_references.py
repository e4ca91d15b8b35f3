"""Documents named in plain text are found, and their numbers are read in the possible order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from masthead.document.locales import load
from masthead.document.model import Label, Reference, Text
from masthead.document.references import Citation, Kind, LabelNames, find_citations, find_in_annexes, write_citation
from masthead.document.references.document_search import Context, NumberOrder, find_documents, survey_number_order
from masthead.document.references.goals import is_target
from masthead.document.terms import Digits, Language, Organ, Symbol

ARABIC = Context(load(Language.ARABIC), date(2017, 7, 6), NumberOrder.VISUAL)
ENGLISH = Context(load(Language.ENGLISH), date(2017, 7, 6))
CHINESE = Context(load(Language.CHINESE), date(2017, 7, 6))


def _found(text: str, context: Context) -> list[tuple[str, str]]:
    return [
        (part.text, str(part.target)) for part in find_documents(text, context).content if isinstance(part, Reference)
    ]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("see A/71/119.", ["A/71/119"]),
        ("(E/2017/30)", ["E/2017/30"]),
        ("A/AC.105/1137, A/C.3/72/L.1 and A/80/604/Add.1;", ["A/AC.105/1137", "A/C.3/72/L.1", "A/80/604/Add.1"]),
        ("انظر A/71/119 وE/2017/30.", ["A/71/119", "E/2017/30"]),
        ("S/RES/2254 (2015)", ["S/RES/2254 (2015)"]),
        ("见A/71/119号文件", ["A/71/119"]),
        ("HIV/AIDS, and/or, TCP/IP, 3/4, A/71/…, https://example.org/A/71/119", []),
        ("A/71/119/", []),
        ("Resolution CM/ResCMN (2017) on minorities, CM/ResCMN(2017)4", []),
    ],
)
def test_symbols_are_found_and_similar_text_is_not(text: str, symbols: list[str]) -> None:
    assert _found(text, ENGLISH) == [(symbol, symbol) for symbol in symbols]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("resolution 64/293", "A/RES/64/293"),
        ("its resolution 2016/18 of 2016", "E/RES/2016/18"),
        ("Security Council resolution 2254 (2015)", "S/RES/2254 (2015)"),
    ],
)
def test_the_form_of_a_number_after_the_word_resolution_decides_the_organ(text: str, target: str) -> None:
    assert [found[1] for found in _found(text, ENGLISH)] == [target]


def test_a_law_is_no_decision_of_the_human_rights_council() -> None:
    council = replace(ENGLISH, organ=Organ.HUMAN_RIGHTS_COUNCIL)
    assert _found("decisions by the commissions of Law 46/2017", council) == []
    assert _found("its decision 46/116", council) == [("46/116", "A/HRC/DEC/46/116")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第2254(2015)号决议", ["2254(2015)"]),
        ("第2254 (2015)号决议", ["2254 (2015)"]),
        ("第1325(2000)、1820(2008)和第2242(2015)号决议", ["1325(2000)", "1820(2008)", "2242(2015)"]),
        ("第2254(2015)项决议", []),
        ("第1325(2000)、决议2242(2015)", []),
    ],
)
def test_chinese_numbers_of_the_security_council_have_no_space(text: str, numbers: list[str]) -> None:
    symbols = [f"S/RES/{number.replace(' ', '').replace('(', ' (')}" for number in numbers]
    assert _found(text, CHINESE) == list(zip(numbers, symbols, strict=True))


def test_a_number_without_the_word_resolution_stays_text() -> None:
    assert _found("about 64/293 of the whole, in 2254 (2015)", ENGLISH) == []


def test_a_list_of_numbers_needs_the_word_once() -> None:
    found = _found("resolutions 47/19 of 24 November 1992, 48/16 and 49/9", ENGLISH)
    assert [target for _, target in found] == ["A/RES/47/19", "A/RES/48/16", "A/RES/49/9"]


@pytest.mark.parametrize(
    ("written", "text", "target"),
    [
        ("٢٩٣/٦٤", "٦٤/٢٩٣", "A/RES/64/293"),  # visual order: there was no session 293
        ("٦٤/٢٩٣", "٦٤/٢٩٣", "A/RES/64/293"),  # logical already
        ("١٨/٢٠١٦", "٢٠١٦/١٨", "E/RES/2016/18"),
        ("2016/18", "2016/18", "E/RES/2016/18"),
        ("٧٣/٧١", "٧١/٧٣", "A/RES/71/73"),  # session 73 began after July 2017
        ("٣٠/٦٤", "٦٤/٣٠", "A/RES/64/30"),  # resolutions of session 30 had no such numbers
    ],
)
def test_the_possible_order_of_a_number_is_read_in_the_digits_of_the_source(
    written: str, text: str, target: str
) -> None:
    for habit in NumberOrder:
        context = Context(ARABIC.locale, ARABIC.latest, habit)
        assert _found(f"قرارها {written} المؤرخ", context) == [(text, target)]
        assert find_documents(f"قرارها {written}", context).doubts == ()


def test_a_date_beside_the_number_decides_between_two_possible_orders() -> None:
    text = "القرار ٥٥/٦٠ المؤرخ ٢٠ كانون الأول/ديسمبر ٢٠٠٠"
    recognition = find_documents(text, ARABIC)
    assert _found(text, ARABIC) == [("٥٥/٦٠", "A/RES/55/60")]
    assert recognition.doubts == ()


@pytest.mark.parametrize(
    ("habit", "target"), [(NumberOrder.VISUAL, "A/RES/60/55"), (NumberOrder.LOGICAL, "A/RES/55/60")]
)
def test_an_undecided_number_takes_the_order_of_the_transcript_with_a_doubt(habit: NumberOrder, target: str) -> None:
    recognition = find_documents("القرار ٥٥/٦٠", Context(ARABIC.locale, ARABIC.latest, habit))
    assert [str(part.target) for part in recognition.content if isinstance(part, Reference)] == [target]
    assert [(doubt.rule, doubt.offset) for doubt in recognition.doubts] == [("reference-order", 7)]


def test_an_impossible_number_stays_text_with_a_doubt() -> None:
    recognition = find_documents("قرار الجمعية العامة ١٧٠/١.", ARABIC)
    assert recognition.content == (Text("قرار الجمعية العامة ١٧٠/١."),)
    assert [doubt.rule for doubt in recognition.doubts] == ["reference-implausible"]


def test_numbers_of_a_source_in_logical_order_are_not_reversed() -> None:
    recognition = find_documents("قرارها ٢٩٣/٦٤", Context(ARABIC.locale, ARABIC.latest))
    assert recognition.content == (Text("قرارها ٢٩٣/٦٤"),)
    assert [doubt.rule for doubt in recognition.doubts] == ["reference-implausible"]


def test_a_survey_returns_the_usual_order_and_numbers_in_both_orders() -> None:
    assert survey_number_order("٢٩٣/٦٤ و ١٧٩/٧٠", ARABIC) == (NumberOrder.VISUAL, ())
    habit, doubts = survey_number_order("٦٤/٢٩٣ ثم ٧٠/١٧٩ ثم ٢٩٣/٦٤", ARABIC)
    assert habit is NumberOrder.LOGICAL
    assert [(doubt.rule, doubt.offset) for doubt in doubts] == [("reference-spellings", 20)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["A/1", "A/", "A", "1/", "64/293 ", "resolution ", "A/1(1)", "A/1-1.", "2254 (2015", "قرار "]
)
def test_a_megabyte_of_hostile_text_is_searched_in_linear_time(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]  # would take hours if the search were not linear
    for context in (ENGLISH, ARABIC):
        assert len("".join(part.text for part in find_documents(text, context).content)) == len(text)


@pytest.mark.parametrize("text", ["A/RES/64/293", "E/CN.15/2017/L.3/Rev.1", "S/RES/2254 (2015)", "A/HRC/39/2"])
def test_an_address_gives_its_symbol(text: str) -> None:
    symbol = Symbol(text)
    assert Symbol.at(symbol.address) == symbol
    assert Symbol.at(symbol.address.replace("undocs.org", "docs.un.org/en").replace("(", "%20(")) == symbol
    assert Symbol.at(symbol.address.replace("undocs", "example")) is None
    assert Symbol.at(text) is None


def test_the_targets_of_the_goals_are_those_of_the_2030_agenda() -> None:
    """The last numbered and the last lettered target of each goal in A/RES/70/1; the next ones do not exist."""
    last = [
        "5b",
        "5c",
        "9d",
        "7c",
        "6c",
        "6b",
        "3b",
        "10b",
        "5c",
        "7c",
        "7c",
        "8c",
        "3b",
        "7c",
        "9c",
        "10b",
        "19",
    ]  # 1.5 and 1.b, 2.5 and 2.c, and so on
    for goal, (number, letter) in enumerate(((each.rstrip("abcd"), each.lstrip("0123456789")) for each in last), 1):
        assert is_target(f"{goal}.{number}") and not is_target(f"{goal}.{int(number) + 1}"), goal
        following = chr(ord(letter or "`") + 1)
        assert is_target(f"{goal}.{letter}") is bool(letter) and not is_target(f"{goal}.{following}"), goal


@pytest.mark.parametrize(
    ("number", "rank"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (21, "21st"), (100, "100th"),
     (101, "101st"), (111, "111th"), (112, "112th"), (113, "113th"), (114, "114th"), (213, "213th"), (1003, "1003rd")],
)  # fmt: skip
def test_the_rank_of_a_meeting_ends_as_its_number_is_read(number: int, rank: str) -> None:
    citation = Citation(Kind.MEETING, str(number))
    assert write_citation(citation, load(Language.ENGLISH), Digits.WESTERN).startswith(rank)


def test_a_subparagraph_has_a_letter_in_messages_and_after_z_a_number() -> None:
    written = [Citation(Kind.PARAGRAPH, f"3({ordinal})").in_words for ordinal in (1, 2, 26, 27)]
    assert written == ["paragraph 3 (a)", "paragraph 3 (b)", "paragraph 3 (z)", "paragraph 3 (27)"]
    assert Citation(Kind.AGENDA_ITEM, "21(2)").in_words == "agenda item 21 (b)"
    assert Citation(Kind.PARAGRAPH, "3").in_words == "paragraph 3"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("See annex II, paragraph 3.", "3 of annex 2"),
        ("See annex II paragraph 3.", "3 of annex 2"),
        ("Annex II was read, and paragraph 3 too.", ""),
        ("See paragraphs 3 and 4 of annex II.", "3 of annex 2, 4 of annex 2"),
        ("See paragraphs 3 and 4 and annex II.", ""),
        ("See paragraph 3 and paragraph 5 of annex I.", "3 of annex 1, 5 of annex 1"),
        ("See annex I, paragraph 3, and annex II, paragraph 4.", "3 of annex 1, 4 of annex 2"),
        ("See paragraph 3 of the annex.", "3 of annex"),
        ("See section 3 of annex II.", ""),
        ("See A/71/119, paragraph 3.", ""),
        ("See A/71/119, annex II, paragraph 3.", ""),
        ("See paragraph 3 of annex II to resolution 64/293.", ""),
        ("See paragraph 3 of resolution 64/293, annex II.", ""),
    ],
)
def test_a_paragraph_of_an_annex_is_beside_the_annex(text: str, pairs: str) -> None:
    content = find_documents(text, ENGLISH).content
    found = find_in_annexes(text, find_citations(content, Language.ENGLISH), Language.ENGLISH)
    assert ", ".join(f"{each.citation.value} of {annex.citation.in_words}" for each, annex in found) == pairs


def test_a_label_belongs_to_a_part_of_an_annex_a_part_or_a_box() -> None:
    scopes = [(0, 0, 0), (0, 2, 0), (0, 2, 1), (0, 2, 2), (1, 0, 0), (1, 0, 1), (2, 0, 0)]
    labels = [Label(f"{scope}", "paragraph", "3", scope) for scope in scopes]
    labels += [Label("note", "note", "3"), Label("annex", "annex", "", (1, 0, 0)), Label("none", "section", "")]
    names = LabelNames(SimpleNamespace(labels=labels))  # type: ignore[arg-type]
    met = [names.name(Kind.PARAGRAPH, "3")]
    names.enter_part(2)
    met.append(names.name(Kind.PARAGRAPH, "3"))
    for _ in range(2):
        with names.box():
            met.append(names.name(Kind.PARAGRAPH, "3"))
    assert names.name(Kind.PARAGRAPH, "3") == met[1] and names.name(Kind.NOTE, "3") == "note"
    names.enter_annex()
    met.append(names.name(Kind.PARAGRAPH, "3"))
    with names.box():
        met.append(names.name(Kind.PARAGRAPH, "3"))
    assert (names.name(Kind.ANNEX, ""), names.name(Kind.SECTION, ""), names.name(Kind.PARAGRAPH, "4")) == (
        "annex",
        "",
        "",
    )
    names.enter_annex()
    met.append(names.name(Kind.PARAGRAPH, "3"))
    assert met == [str(scope) for scope in scopes]
