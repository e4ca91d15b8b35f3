"""References are recognized in six languages; a written reference is read back as the same value."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document.locales import load
from masthead.document.model import Text, plain
from masthead.document.references import Citation, Found, Kind, find_citations, units, write_citation
from masthead.document.references.document_search import Context, context_of, find_documents
from masthead.document.terms import Digits, Language, Organ
from masthead.editing.places import SourceText
from masthead.editing.reference_list import references
from masthead.formats import read
from paths import ROOT

EXAMPLES = ROOT / "examples"
LATE = date(2199, 12, 31)


def values() -> st.SearchStrategy[Citation]:
    """Any citation that a text can contain."""
    number, small = st.integers(1, 999), st.integers(1, 20)
    place = st.builds(lambda n, letter: f"{n}({letter})" if letter else str(n), number, st.integers(0, 6))
    by_kind = {
        Kind.DOCUMENT: st.one_of(
            st.builds("A/RES/{}/{}".format, st.integers(31, 199), number),
            st.builds("E/RES/{}/{}".format, st.integers(1978, 2199), number),
            st.builds("A/DEC/{}/{}".format, st.integers(31, 199), number),
            st.builds("S/RES/{} ({})".format, number, st.integers(1946, 2199)),
            st.builds("A/HRC/{}/{}".format, number, number),
        ),
        Kind.DATE: st.one_of(
            st.dates(date(1945, 1, 1), LATE).map(date.isoformat),
            st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: f"--{day.isoformat()[5:]}"),
            st.builds("{}-{:02}".format, st.integers(1945, 2199), st.integers(1, 12)),
        ),
        Kind.SESSION: st.one_of(st.integers(1, 199), st.integers(1945, 2199)).map(str),
        Kind.MEETING: st.integers(1, 19999).map(str),
        Kind.AGENDA_ITEM: place,
        Kind.PARAGRAPH: place,
        Kind.ARTICLE: number.map(str),
        Kind.ANNEX: st.one_of(st.just(""), st.integers(1, 10).map(str)),
        Kind.TABLE: number.map(str),
        Kind.FIGURE: st.integers(1, 10).map(str),
        Kind.TREATY: st.builds("{}/{}".format, st.integers(1, 3500), st.integers(1, 99999)),
        Kind.TARGET: st.builds("{}.{}".format, st.integers(1, 17), st.one_of(small.map(str), st.sampled_from("abcd"))),
        Kind.GOAL: st.integers(1, 17).map(str),
        Kind.SECTION: st.integers(1, 10).map(str),
        Kind.NOTE: number.map(str),
    }
    return st.one_of(*(st.builds(Citation, st.just(kind), value) for kind, value in by_kind.items()))


def cited(text: str, context: Context) -> tuple[Found, ...]:
    """The citations of plain text: documents are found first, as a reader does."""
    return find_citations(find_documents(text, context).content, context.locale.language)


@pytest.mark.parametrize("language", list(Language))
@given(citation=values(), arabic=st.booleans())
def test_a_written_reference_is_read_back(language: Language, citation: Citation, arabic: bool) -> None:
    locale = load(language)
    digits = Digits.ARABIC_INDIC if arabic and language is Language.ARABIC else Digits.WESTERN
    text = write_citation(citation, locale, digits)
    assert [found.citation for found in cited(text, Context(locale, LATE))] == [citation], text


@pytest.mark.parametrize("language", list(Language))
@given(citation=values(), space=st.sampled_from("\u00a0\u202f\u2009"))
def test_no_break_spaces_and_hyphens_count_as_plain_ones(language: Language, citation: Citation, space: str) -> None:
    locale = load(language)
    text = f"a {write_citation(citation, locale, Digits.WESTERN)}".replace(" ", space).replace("-", "\u2011")
    content = find_documents(text, Context(locale, LATE)).content
    assert [found.citation for found in find_citations(content, language)] == [citation], text
    assert plain(content) == text


@pytest.mark.parametrize("language", list(Language))
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_searched(language: Language, text: str) -> None:
    for found in find_citations((Text(text),), language):
        assert 0 <= found.start <= found.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    ["a ", "1 ", "paragraph 1, ", "دورة ", "الدورة الثانية ", "届", "第一", "1 May ", "session ", "((", "5月", "1.1, "],
)
def test_half_a_million_hostile_characters_are_searched(unit: str) -> None:
    text = (Text((unit * 500_000)[:500_000]),)  # would take hours were the search not linear
    for language in (Language.ENGLISH, Language.ARABIC, Language.CHINESE):
        found = find_citations(text, language)
        assert all(0 <= each.start < each.end <= 500_000 for each in found)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "paragraphs 3, 4 (b) and 7", ["paragraph 3", "paragraph 4(2)", "paragraph 7"]),
        ("en", "targets 5.2, 8.7 and 16.2", ["target 5.2", "target 8.7", "target 16.2"]),
        ("en", "its decision 64/555 and resolution 64/2", ["document A/DEC/64/555", "document A/RES/64/2"]),
        ("en", "Human Rights Council resolution 35/7", ["document A/HRC/RES/35/7"]),
        ("fr", "à sa soixante et onzième session, le 1er avril 2011", ["session 71", "date 2011-04-01"]),
        ("es", "en su septuagésimo segundo período de sesiones", ["session 72"]),
        ("ru", "на ее сто шестой сессии, 5 ноября 2049 года", ["session 106", "date 2049-11-05"]),
        ("ru", "пункт 21 b) повестки дня и пункт 4", ["agenda item 21(2)", "paragraph 4"]),
        ("ar", "في دورتها الثانية والسبعين، في ٣٠ تموز/يوليه ٢٠١٠", ["session 72", "date 2010-07-30"]),
        ("ar", "أهداف التنمية المستدامة ٥-٢ و ٨-٧ و ١٦-٢", ["target 5.2", "target 8.7", "target 16.2"]),
        ("ar", "المرجع نفسه، المجلد ٢٢٣٧، الرقم ٣٩٥٧٤.", ["treaty 2237/39574"]),
        ("zh", "第102/31号决议和第102/5号决定", ["document A/RES/102/31", "document A/DEC/102/5"]),
        ("zh", "提交大会第一〇六届会议", ["session 106"]),
    ],
)  # fmt: skip
def test_references_are_found_in_the_forms_that_texts_use(language: str, text: str, found: list[str]) -> None:
    context = context_of(load(Language(language)), "", "1 January 2050")
    assert [str(each.citation) for each in cited(text, context)] == found


def test_in_documents_of_the_human_rights_council_a_number_is_the_councils() -> None:
    context = context_of(load(Language.FRENCH), "", "29 octobre 2049", Organ.HUMAN_RIGHTS_COUNCIL)
    assert [found.citation.value for found in cited("sa résolution 95/7", context)] == ["A/HRC/RES/95/7"]
    text = "la résolution 60/251 de l’Assemblée générale"
    named = "l’Assemblée générale, dans sa résolution 60/251"
    assert [found.citation.value for found in cited(named, context)] == ["A/RES/60/251"]
    assert cited(text, context)


@pytest.mark.parametrize("name", ["E_RES_2017_18.ar.txt", "E_RES_2041_7.en.md", "specimens/A_104_96.ar.md"])
def test_the_position_of_a_character_is_that_of_the_same_character(name: str) -> None:
    path = EXAMPLES / name
    document, source = read(path), SourceText(path.read_text("utf-8"))
    located = source.locate(units(document))
    assert len(located) > 0.9 * len([unit for unit in units(document) if unit.text.strip()])
    for unit in units(document):
        for index, character in enumerate(unit.text):
            at = located[unit.place].offset(index) if unit.place in located else None
            assert at is None or source.text[at] == character


def test_a_list_of_references_has_positions_and_targets() -> None:
    path = EXAMPLES / "E_RES_2041_7.en.md"
    entries = list(references(read(path), path.read_text("utf-8")))
    first = next(entry for entry in entries if entry.citation == Citation(Kind.DOCUMENT, "A/RES/93/118"))
    lines = path.read_text("utf-8").split("\n")
    assert first.position is not None
    assert lines[first.position.line - 1][first.position.column - 1 :].startswith("93/118 of 14 December")
    assert first.address == "https://undocs.org/A/RES/93/118"
    assert {entry.citation.kind for entry in entries} >= {Kind.TREATY, Kind.SESSION, Kind.NOTE, Kind.MEETING, Kind.DATE}


def test_the_command_lists_references_and_impossible_ones(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    text = (EXAMPLES / "E_RES_2041_7.en.md").read_text("utf-8")
    path.write_text(text.replace("93/118 of 14 December 2038", "93/118 of 14 December 2031"), "utf-8")
    result = CliRunner().invoke(app, ["refs", str(path), "--json"])
    value = json.loads(result.stdout)
    assert [slip["rule"] for slip in value["slips"]] == ["reference-date"]
    assert result.exit_code == 1
    listed = CliRunner().invoke(app, ["refs", str(EXAMPLES / "E_RES_2041_7.en.md")])
    assert listed.exit_code == 0
    assert "treaty 9107/88231\tnote 2" in listed.stdout
