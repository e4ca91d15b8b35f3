"""Symbols of all bodies: one grammar for mastheads, running text, links and the judge."""

from __future__ import annotations

import pytest

from masthead.document import Language, Reference, Symbol, locales
from masthead.document.references import context_of, find_documents
from masthead.pdf import printed

SYMBOLS = (
    "A/81/6 (Sect. 10)",
    "A/81/6 (Sect. 10)/Part A",
    "A/81/6 (Sect. 3)/Corr.1",
    "A/78/5 (Vol. II)",
    "A/78/6 (Introduction)",
    "S/PV.9999 (Resumption 1)",
    "S/RES/2254 (2015)",
    "A/RES/79/252 A-B",
    "A/RES/3201(S-VI)",
    "A/C.5/80/L.23/Rev.1",
    "CEDAW/C/ITA/CO/7",
    "FCCC/PA/CMA/2018/3/Add.1",
    "GC(63)/RES/1",
    "ICCD/COP(14)/23/Add.1",
    "ST/SGB/2018/1",
)


@pytest.mark.parametrize("text", SYMBOLS)
def test_a_symbol_is_read_in_a_masthead_in_running_text_and_on_a_page(text: str) -> None:
    assert str(Symbol.parse(text)) == text
    context = context_of(locales.load(Language.ENGLISH), "", "2026")
    assert Reference(text, Symbol.parse(text)) in find_documents(f"See {text}, chap. II.", context).content
    assert list(printed.symbols(f"See {text}, chap. II.")) == [text]


@pytest.mark.parametrize("text", [text for text in SYMBOLS if "A-B" not in text])
def test_the_address_of_a_symbol_leads_back_to_it(text: str) -> None:
    assert " " not in Symbol.parse(text).address
    assert Symbol.at(Symbol.parse(text).address) == Symbol.parse(text)


@pytest.mark.parametrize("text", ["A/81/302–S/2026/611", "A/81/302-S/2026/611", "A/81/302–S/2026/611*"])
def test_a_document_of_two_organs_has_two_symbols_and_the_address_of_the_first(text: str) -> None:
    assert Symbol.parse(text).address == "https://undocs.org/A/81/302"


@pytest.mark.parametrize("text", ["A", "a/1", "A/1/", "A/71/119 (Annex)", "A/71//2", "A/80/5 (para. 3)"])
def test_what_is_no_symbol_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a document symbol"):
        Symbol.parse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("resolution 79/252 A-B of 2025", "79/252 A-B"),
        ("resolution 48/218 B, and", "48/218 B"),
        ("resolution 48/218 A of 1993", "48/218 A"),
        ("resolution 48/218. A study", "48/218"),
        ("resolution 48/218 A study", "48/218"),
    ],
)
def test_letters_after_the_number_of_a_resolution_belong_to_it(text: str, found: str) -> None:
    context = context_of(locales.load(Language.ENGLISH), "", "2026")
    (reference,) = [each for each in find_documents(text, context).content if isinstance(each, Reference)]
    assert (reference.text, str(reference.target)) == (found, f"A/RES/{found}")


@pytest.mark.parametrize("text", ["ATMIS/AUSSOM", "UNSOM/UNTMIS and others", "and/or"])
def test_two_names_with_a_stroke_between_them_are_not_a_symbol(text: str) -> None:
    assert list(printed.symbols(text)) == []
