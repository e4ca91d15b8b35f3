"""Symbols in Arabic letters: from right to left on every page, the same in every form, in file names and links."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest

from masthead import formats, preflight, publication
from masthead.document import Digits, OrderError, Organization, Symbol, model, symbols
from masthead.editing import lint
from masthead.page import printed_texts
from masthead.pdf import gather

_COURT = """
name = "the Regional Court"
mandatory = ["date"]

[languages]
ar = { official = "المحكمة الإقليمية" }
fr = { official = "Cour régionale" }

[organs.chamber]
series = "ق"
names = { ar = "الدائرة الأولى", fr = "Première chambre" }

[symbols]
pattern = '[قس](?:/أ)?/\\d{4}/\\d{1,3}'
example = "ق/2026/14"
address = "https://court.example/docs/{symbol}"

[pages]
paper = "A4"

[types.judgment]
like = "report"
"""
_FRONT = {
    "ar": ("٣ آذار/مارس ٢٠٢٦", "قضية الجسر"),
    "fr": ("3 mars 2026", "Affaire du pont"),
}
_TEXT = {
    "ar": "1. تشير المحكمة إلى حكمها ق/٢٠٢٥/٣ وإلى القرار A/RES/64/293[^1].\n\n[^1]: انظر ق/أ/٢٠٢٤/١١.",
    "fr": "1. La Cour rappelle son arrêt ق/2025/3 et la résolution A/RES/64/293[^1].\n\n[^1]: Voir ق/أ/2024/11.",
}
_MORE = {
    "ar": "{}. وتلاحظ المحكمة أن الحكم ق/٢٠٢٥/٣ لم ينفذ بعد.",
    "fr": "{}. La Cour note que l’arrêt ق/2025/3 attend.",
}


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "court"
    home.mkdir()
    (home / "organization.toml").write_text(_COURT, "utf-8")
    (home / "emblem.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="2" height="2"/></svg>'
    )
    (home / "locales").mkdir()
    (home / "locales" / "ar.toml").write_text('[masthead]\ndistribution_language = "ar"\n')
    for language, (day, title) in _FRONT.items():
        front = f"type: judgment\nlanguage: {language}\norgan: chamber\nsymbol: ق/٢٠٢٦/١٤\ndate: {day}\ntitle: {title}"
        body, notes = _TEXT[language].split("\n\n")
        more = "\n\n".join(_MORE[language].format(number) for number in range(2, 40))
        (home / f"judgment.{language}.md").write_text(f"---\n{front}\n---\n\n{body}\n\n{more}\n\n{notes}\n", "utf-8")
    with Organization.load(home).used():
        yield home


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_document_with_a_symbol_in_arabic_letters_is_clean(court: Path, language: str) -> None:
    path = court / f"judgment.{language}.md"
    assert lint.check(path) == ()
    edition = publication.publish(path)
    assert [(each.rule, each.message) for each in edition.report.findings if each.severity != "note"] == []
    facts = edition.report.facts
    assert facts.pages > 1
    assert (facts.symbol, facts.direction) == ("ق/2026/14", "rtl" if language == "ar" else "ltr")
    assert {head.text for head in facts.running_heads} >= {"ق/2026/14"}
    assert unquote(facts.qr_code) == "https://court.example/docs/ق/2026/14"
    assert edition.name == f"ق_2026_14.{language}"
    with pikepdf.open(io.BytesIO(edition.pdf.data)) as file:
        assert set(file.attachments) == {f"ق_2026_14.{language}.{suffix}" for suffix in ("md", "akn.xml")}
    for variant in ("plain", "press"):
        options = publication.Options(publication.edition.Variant(variant))
        assert publication.publish(path, options).report.facts.symbol == "ق/2026/14"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_its_parts_go_from_right_to_left_on_every_page(court: Path, language: str) -> None:
    pdf = publication.publish(court / f"judgment.{language}.md").pdf.data
    digits = "٢٠٢٥/٣" if language == "ar" else "2025/3"
    year, number = digits.split("/")
    found = 0
    for page in gather(pdf).pages:
        for line in page.lines:
            drawn = "".join(each.text for each in sorted(line.characters, key=lambda each: each.left))
            if "ق" in drawn and year in drawn:
                found += 1
                assert f"{number}/{year}/ق" in drawn
    assert found > 20


def test_its_digits_are_western_in_the_model_and_those_of_the_language_on_the_page(court: Path) -> None:
    assert str(Symbol.parse("ق/٢٠٢٦/١٤")) == "ق/2026/14"
    assert Symbol.parse("ق/2026/14").address == "https://court.example/docs/%D9%82/2026/14"
    assert Symbol.at("https://court.example/docs/%D9%82/2026/14") == Symbol("ق/2026/14")
    arabic = formats.read(court / "judgment.ar.md")
    assert arabic.digits is Digits.ARABIC_INDIC
    assert "ق/٢٠٢٦/١٤" in [each.text for each in printed_texts(arabic)]
    french = formats.read(court / "judgment.fr.md")
    assert "ق/2026/14" in [each.text for each in printed_texts(french)]


def test_it_does_not_begin_inside_a_word(court: Path) -> None:
    text = (court / "judgment.ar.md").read_text("utf-8").replace("ق/٢٠٢٥/٣ وإلى", "الحق/٢٠٢٥/٥ ثم (ق/٢٠٢٥/٤) وإلى")
    paragraph = formats.parse(text.encode(), "x.md").body[0]
    assert isinstance(paragraph, model.Paragraph)
    found = [str(each.target) for each in paragraph.content if isinstance(each, model.Reference)]
    assert found == ["ق/2025/4", "A/RES/64/293"]


@pytest.mark.parametrize("form", [".md", ".akn", ".docx"])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_it_is_the_same_in_every_form(court: Path, language: str, form: str) -> None:
    document = formats.read(court / f"judgment.{language}.md")
    assert formats.parse(formats.render(document, form), f"x{form}") == document


@pytest.mark.slow
def test_both_languages_are_clean_side_by_side(court: Path) -> None:
    found = publication.publish_parallel(court / "judgment.fr.md", court / "judgment.ar.md").report.findings
    assert [each.rule for each in found if each.severity != "note"] == []


@pytest.mark.slow
def test_a_wrong_symbol_is_found(court: Path) -> None:
    edition = publication.publish(court / "judgment.ar.md")
    text = (court / "judgment.ar.md").read_text("utf-8").replace("ق/٢٠٢٦/١٤", "ق/٢٠٢٦/١٥")
    other = formats.parse(text.encode(), "x.md")
    assert {"identity.symbol", "completeness.text"} <= {
        each.rule for each in preflight.check(edition.pdf, other).findings
    }


def test_its_numbers_may_be_read_in_either_order(court: Path) -> None:
    assert symbols.as_read("ق/14/2026") == "ق/2026/14"
    assert symbols.as_read("14/2026/ق") == "ق/2026/14"
    assert symbols.as_read("A/14/2026") == "A/14/2026"
    assert symbols.ordered("ق/2026/14") == "\u2067ق\u200f/\u200f2026\u200f/\u200f14\u2069"


def test_the_example_has_western_digits(tmp_path: Path) -> None:
    (tmp_path / "organization.toml").write_text(_COURT.replace('"ق/2026/14"', '"ق/٢٠٢٦/١٤"'), "utf-8")
    with pytest.raises(OrderError, match="write 0 to 9"):
        Organization.load(tmp_path)
