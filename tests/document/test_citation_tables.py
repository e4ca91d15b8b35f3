"""Citations: all that is found in short texts, how it is written there, whether it is of the text itself, its address.

An input of the table is a language and a text of a report of 2050.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import cases
from masthead.document import Digits, Language, locales, plain
from masthead.document.references import (
    Citation,
    Context,
    Found,
    Kind,
    address,
    find_citations,
    find_documents,
    find_internal,
    spellings,
    write_citation,
)

TABLE = Path(__file__).with_name("citation_cases.txt")


def outcome(written: str) -> list[str]:
    """The doubts about an input, then its citations."""
    language = Language(written[:2])
    result = find_documents(cases.meant(written[4:]), Context(locales.load(language), date(2050, 9, 1)))
    text, found = plain(result.content), find_citations(result.content, language)
    internal = find_internal(text, found, language)
    doubts = [f"{each.offset} {each.severity} {each.rule}: {each.message} ({each.hint})" for each in result.doubts]
    return [*doubts, *(_shown(each, text, internal) for each in found)]


def _shown(each: Found, text: str, internal: tuple[Found, ...]) -> str:
    said = [f"{each.start}: {each.citation.in_full} “{cases.shown(text[each.start : each.end])}”"]
    said += ["here"] if each in internal else []
    said += [link] if (link := address(each.citation)) else []
    said += [f"{aspect} {way}" for aspect, way in spellings(each, text)]
    return ", ".join(said)


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_the_citations_of_a_text_are_these(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


_WRITTEN = [
    *(Citation(Kind.DATE, value) for value in ("2017-07-06", "2016-02-29", "2049-12-01", "--05-03", "2046-05")),
    *(Citation(Kind.SESSION, str(number)) for number in (1, 9, 10, 11, 19, 20, 21, 30, 72, 99, 100, 101, 104, 199)),
    *(Citation(Kind.SESSION, str(year)) for year in (1978, 2017)),
    *(Citation(Kind.MEETING, str(number)) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 61, 101, 111, 13011)),
    *(Citation(Kind.AGENDA_ITEM, value) for value in ("9", "21(2)", "118")),
    *(Citation(Kind.PARAGRAPH, value) for value in ("1", "7(1)", "7(5)", "40")),
    *(Citation(Kind.ARTICLE, value) for value in ("7", "51")),
    *(Citation(Kind.ANNEX, value) for value in ("", "1", "2", "9", "10")),
    *(Citation(Kind.TABLE, value) for value in ("1", "12")),
    *(Citation(Kind.FIGURE, value) for value in ("1", "4", "10")),
    *(Citation(Kind.SECTION, value) for value in ("1", "3", "10")),
    *(Citation(Kind.NOTE, value) for value in ("1", "24")),
    Citation(Kind.TREATY, "2225/39574"),
    *(Citation(Kind.TARGET, value) for value in ("5.2", "16.a")),
    *(Citation(Kind.GOAL, value) for value in ("5", "16")),
]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("citation", _WRITTEN, ids=str)
def test_a_citation_that_is_written_is_found_again(citation: Citation, language: Language) -> None:
    for digits in (Digits.WESTERN, language.digits):
        text = write_citation(citation, locales.load(language), digits)
        (document,) = find_documents(text, Context(locales.load(language), date(2050, 9, 1))).content
        assert [each.citation for each in find_citations((document,), language)] == [citation], text


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
