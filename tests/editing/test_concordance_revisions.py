"""What changed in one language must have changed in the others."""

from __future__ import annotations

from dataclasses import replace

from masthead import formats
from masthead.document import Document, Language, Text
from masthead.editing.concordance import Version, concord
from paths import SPECIMENS

LANGUAGES = ("en", "ar", "fr", "zh")
OLD = {language: formats.read(SPECIMENS / f"A_RES_104_12.{language}.md") for language in LANGUAGES}


def _revised(document: Document, paragraph: int, word: str) -> Document:
    """The document with a word more in an operative paragraph."""
    block = document.operative[paragraph - 1]
    at = document.body.index(block)
    revised = replace(block, content=(*block.content[:-1], Text(f"{word} "), block.content[-1]))
    return replace(document, body=(*document.body[:at], revised, *document.body[at + 1 :]))


def _found(new: dict[str, Document]) -> list[tuple[str, str, tuple[str, ...]]]:
    versions = [Version.of(document, language) for language, document in new.items()]
    result = concord(versions, {Language(language): document for language, document in OLD.items()})
    return [(each.where, each.message, each.versions) for each in result.disagreements if each.rule == "revision"]


def test_versions_that_did_not_change_agree() -> None:
    assert _found(OLD) == []


def test_a_change_in_all_languages_is_none() -> None:
    words = {"en": "soon", "ar": "قريبا", "fr": "bientôt", "zh": "尽快"}
    assert _found({language: _revised(OLD[language], 2, word) for language, word in words.items()}) == []


def test_english_changed_and_arabic_did_not() -> None:
    words = {"en": "soon", "fr": "bientôt", "zh": "尽快"}
    new = OLD | {language: _revised(OLD[language], 2, word) for language, word in words.items()}
    assert _found(new) == [("paragraph 2", "changed in en, fr, zh, but not in ar", ("ar",))]


def test_of_two_versions_both_are_named() -> None:
    new = {"en": _revised(OLD["en"], 2, "soon"), "ar": OLD["ar"]}
    assert _found(new) == [("paragraph 2", "changed in en, but not in ar", ("en", "ar"))]


def test_a_language_without_an_earlier_version_is_left_out() -> None:
    new = {"en": _revised(OLD["en"], 2, "soon"), "ar": OLD["ar"]}
    versions = [Version.of(document, language) for language, document in new.items()]
    result = concord(versions, {Language.ENGLISH: OLD["en"]})
    assert [each for each in result.disagreements if each.rule == "revision"] == []
