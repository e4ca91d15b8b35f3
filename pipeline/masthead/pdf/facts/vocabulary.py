"""The words by which a page of any language is recognized, from the locales that there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from masthead.document import TEMPLATES, Language, locales, terms


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words, as far as its locale has them."""

    language: Language
    words: Mapping[str, Any]

    def word(self, table: str, key: str) -> Any:
        """The entry `key` of `table`, empty where the locale has none: what is not there recognizes nothing."""
        return self.words.get(table, {}).get(key, "")

    def day(self, text: str) -> date | None:
        """The first date in `text`."""
        form, months = self.word("dates", "text"), self.word("dates", "months")
        return terms.find_formatted_date(text, form, months) if form and months else None

    def reads_as(self, kind: str, text: str) -> bool:
        """Whether a printed line is of that kind (`session`, `adoption`), by the forms that readers know it by."""
        forms = (re.escape(str(form)).replace(r"\{text\}", ".+") for form in self.word("reading", kind))
        return any(re.fullmatch(form, text, re.IGNORECASE) for form in forms)


@cache
def vocabularies(templates: Path = TEMPLATES) -> tuple[Vocabulary, ...]:
    """Those of every language that has a locale."""
    there = (language for language in Language if (templates / "locales" / f"{language}.toml").is_file())
    return tuple(Vocabulary(language, locales.load(language, templates).words) for language in there)


def heads_notes(text: str) -> bool:
    """Whether a text is the heading of endnotes in any language."""
    return any(text in words.word("reading", "notes") for words in vocabularies())


def same_words(text: str, word: str) -> bool:
    """Whether two texts have the same letters: spacing, tatweel and case aside."""
    return bool(word) and _plain(text) == _plain(word)


def _plain(text: str) -> str:
    return re.sub(r"[\s\u0640\u200e\u200f]", "", text).casefold()
