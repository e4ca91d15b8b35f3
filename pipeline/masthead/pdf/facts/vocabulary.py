"""The words by which a page is recognized, in every language that has a locale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from masthead.document import Language, locales, organizations, terms


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, as far as its locale has them."""

    language: Language
    words: Mapping[str, Any]

    def word(self, table: str, key: str) -> Any:
        """Return the entry `key` of `table`; an empty string, which recognizes nothing, where the locale lacks it."""
        return self.words.get(table, {}).get(key, "")

    def day(self, text: str) -> date | None:
        """Return the first date in `text`."""
        form, months = self.word("dates", "text"), self.word("dates", "months")
        return terms.find_formatted_date(text, form, months) if form and months else None

    def reads_as(self, kind: str, text: str) -> bool:
        """Whether a printed line is of a kind (`session`, `adoption`), by the forms in the locale's table `reading`."""
        forms = (re.escape(str(form)).replace(r"\{text\}", ".+") for form in self.word("reading", kind))
        return any(re.fullmatch(form, text, re.IGNORECASE) for form in forms)


@organizations.per_organization
def vocabularies() -> tuple[Vocabulary, ...]:
    """Return the words of every language of the organization that has a locale, and of its Distr. blocks."""
    found = organizations.current().find
    known = [locales.load(language) for language in Language if found(f"locales/{language}.toml").is_file()]
    abroad = [locales.distribution_locale(locale) for locale in known]
    every = {locale.language: locale for locale in (*known, *abroad)}
    return tuple(Vocabulary(language, locale.words) for language, locale in every.items())


def heads_notes(text: str) -> bool:
    """Whether a text is the heading of endnotes in any language."""
    return any(text in words.word("reading", "notes") for words in vocabularies())


def heads_annex(text: str) -> bool:
    """Whether a text begins with the heading of an annex in any language."""
    return text.casefold().startswith(_annex_headings())


@organizations.per_organization
def _annex_headings() -> tuple[str, ...]:
    return tuple(filter(None, (str(words.word("annex", "single")).casefold() for words in vocabularies())))


def begins_distribution(text: str) -> bool:
    """Whether a text begins with the label of the Distr. block in any language."""
    labels = distribution_labels()
    return bool(labels) and text.startswith(labels)


@organizations.per_organization
def distribution_labels() -> tuple[str, ...]:
    """Return the labels of the Distr. block in all languages, as far as they have any."""
    forms = (str(words.word("masthead", "distribution")) for words in vocabularies())
    return tuple(filter(None, (form.partition("{")[0].rstrip(" :：") for form in forms)))


def recycles(text: str) -> bool:
    """Whether a text is the request to recycle, in any language."""
    return _plain(text) in _recycling_words()


@organizations.per_organization
def _recycling_words() -> frozenset[str]:
    return frozenset(_plain(str(words.word("imprint", "recycle"))) for words in vocabularies()) - {""}


def same_words(text: str, word: str) -> bool:
    """Whether `word` is not empty and `text` equals it apart from spaces, tatweel, directional marks and case."""
    return bool(word) and _plain(text) == _plain(word)


def _plain(text: str) -> str:
    return re.sub(r"[\s\u0640\u200e\u200f]", "", text).casefold()
