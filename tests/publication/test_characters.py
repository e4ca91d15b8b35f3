"""Characters as people type them: what is drawn, what stays in the text, and what the report says of it."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from masthead.document import GlyphError, TypesettingError
from masthead.publication import Edition, SourceFile, publish
from paths import SPECIMENS

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
TYPED = {
    "non-breaking hyphens": "co\u2011operation 8747\u2011th",
    "spaces": "7\u00a0May and 300\u202fkm\u202f; 1\u2009000 1\u2007000",
    "soft hyphens": "inter\u00adnational co\u00adoperation " * 5,
    "controls": "\u200fabc\u202c \u202axyz\u202c \u2066q\u2069 a\u2060b a\ufeffb a\u200bb",
    "signs": "≤5 ≥6 10⁻³ −4 3×4 ½",
    "Latin": "Łódź, Đà Nẵng",
}
SUBSTITUTED = {
    "Greek": ("λόγος", "ar"),
    "Hebrew": ("שלום עולם", "ar"),
    "Cyrillic": ("Привет мир", "ar"),
    "Chinese": ("中文", "ar en es fr ru"),
    "Arabic": ("السلام عليكم", "en es fr ru zh"),
    "Armenian": ("Հայ", "ar en es fr ru zh"),
}


def with_text(language: str, text: str) -> Edition:
    """A specimen with `text` before the comma of a preambular paragraph."""
    source = (SPECIMENS / f"A_RES_104_12.{language}.md").read_text("utf-8")
    parts = source.rstrip().split("\n\n")
    place = next(place for place, part in enumerate(parts) if place > 1 and re.match(r"\*|إذ", part))
    parts[place] = f"{parts[place][:-1]} {text.strip()}{parts[place][-1]}"
    return publish(SourceFile(f"x.{language}.md", "\n\n".join(parts).encode()))


def extracted(edition: Edition) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(edition.pdf.data)).pages)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_is_printed_without_a_finding(language: str, typed: str) -> None:
    assert with_text(language, TYPED[typed]).report.findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_non_breaking_hyphens_and_spaces_stay_in_the_text(language: str) -> None:
    read = extracted(with_text(language, "co\u2011operation 300\u202fkm; 12\u00a0July"))
    assert all(part in read for part in ("co\u2011operation", "300\u202fkm", "12\u00a0July"))


@pytest.mark.parametrize("script", SUBSTITUTED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_another_script_are_printed_and_a_note_says_in_which_family(language: str, script: str) -> None:
    text, needing = SUBSTITUTED[script]
    edition = with_text(language, text)
    found = [(finding.severity, finding.rule, finding.where.strip("“,،，”")) for finding in edition.report.findings]
    assert found == ([("note", "substitute-font", text)] if language in needing.split() else [])


def test_a_sign_of_the_font_symbol_is_printed_as_the_character_that_it_looks_like() -> None:
    edition = with_text("en", "first \uf0b7 second")
    assert [(found.severity, found.rule) for found in edition.report.findings] == [("note", "symbol-font")]
    assert "first • second" in extracted(edition)


def test_what_no_family_has_is_refused_with_its_place() -> None:
    with pytest.raises(TypesettingError, match=r"U\+0E44") as raised:
        with_text("en", "ไทย")
    assert raised.value.where.startswith("x.en.md:")
    assert not isinstance(raised.value, GlyphError)
