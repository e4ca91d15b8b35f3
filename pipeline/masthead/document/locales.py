"""The words and marks of a language: TOML under `templates/locales`.

A word that a locale lacks is a `TemplateError` that names it; no other language's word ever stands in for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from masthead.document.assets import TEMPLATES
from masthead.document.errors import TemplateError
from masthead.document.terms import Digits, Language, Organ

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class _Count(dict[str, str]):
    """What a form may name of a number: `{number}`, `{roman}`, `{numeral}`, or an entry of the locale's own lists."""

    def __init__(self, locale: Locale, ordinal: int, digits: Digits) -> None:
        super().__init__(number=digits.shape(ordinal), roman=roman(ordinal), numeral=roman(ordinal).upper())
        self.locale, self.ordinal = locale, ordinal

    def __missing__(self, key: str) -> str:
        """`{letter}` is the entry of `marks.letters`, and so on."""
        names = self.locale.word("marks", f"{key}s")
        if self.ordinal > len(names):
            raise TemplateError(
                f"the locale has no {key} number {self.ordinal}",
                where=f"locales/{self.locale.language}.toml",
                hint=f"add to marks.{key}s, or divide the text",
            )
        return str(names[self.ordinal - 1])


@dataclass(frozen=True, eq=False)
class Locale:
    """One language's words. `words` is the file as read: tables of texts and lists. It equals itself alone."""

    language: Language
    words: Mapping[str, Any]

    def word(self, table: str, key: str) -> Any:
        """Return the entry `key` of `table`. Raises TemplateError when the locale lacks it."""
        try:
            return self.words[table][key]
        except KeyError:
            raise TemplateError(
                f"the locale has no word {table}.{key}",
                where=f"locales/{self.language}.toml",
                hint="add the word to the locale",
            ) from None

    def counted(self, table: str, key: str, ordinal: int, digits: Digits) -> str:
        """Return the form `key` of `table` with `ordinal` in it: `Annex II`, `Table 3`."""
        return str(self.word(table, key)).format_map(_Count(self, ordinal, digits))

    def organ(self, organ: Organ) -> str:
        return str(self.word("organs", organ))

    def masthead_organ(self, organ: Organ) -> str:
        """The organ's name as a masthead prints it; a language may space its letters there."""
        return str(self.words.get("masthead_organs", {}).get(organ) or self.organ(organ))

    def paragraph_mark(self, number: int, digits: Digits) -> str:
        """What stands before a numbered paragraph: `١ -`, `1.`."""
        return self.counted("marks", "paragraph", number, digits)

    def item_mark(self, ordinal: int, degree: int, digits: Digits) -> str:
        """What stands before a sub-paragraph of `degree` (1 is the outermost): `(أ)`, `(a)`, `(i)`."""
        return self._by_degree("item", "sub-paragraphs of degree", ordinal, degree, digits)

    def heading_mark(self, ordinal: int, level: int, digits: Digits) -> str:
        """What stands before a heading of `level` (1 is the highest): `أولا -`, `I.`, `A.`."""
        return self._by_degree("heading", "headings of level", ordinal, level, digits)

    def call_mark(self, number: int, digits: Digits, *, asterisk: bool = False) -> str:
        """What a note call prints: `(١)`, `1`, `*`."""
        return "*" * number if asterisk else self.counted("marks", "call", number, digits)

    def note_mark(self, number: int, digits: Digits, *, asterisk: bool = False) -> str:
        """What stands before a note's text."""
        return "*" * number if asterisk else self.counted("marks", "note", number, digits)

    def written(self, day: date, digits: Digits) -> str:
        """A date as texts have it: `٦ تموز/يوليه ٢٠١٧`, `1er avril 2011`."""
        days = self.words["dates"].get("days", {})  # those that are no plain number
        form, months = str(self.word("dates", "text")), self.word("dates", "months")
        number = days.get(str(day.day), digits.shape(day.day))
        return form.format(day=number, month=months[day.month - 1], year=digits.shape(day.year))

    def formula(self, organ: Organ) -> str:
        """The enacting formula: `The General Assembly,`, `L’Assemblée générale,`."""
        text = str(self.word("resolution", "formula")).format(organ=self.organ(organ), agent=self.agent(organ))
        return text[:1].upper() + text[1:]

    def agent(self, organ: Organ) -> str:
        """The organ's name as that of one who acts: with its article, in its case."""
        return str(self.words.get("agents", {}).get(organ) or self.organ(organ))

    def adoption(self, organ: Organ, day: date, digits: Digits) -> str:
        """The line over a resolution's title. Its verb and the organ's name agree with each other."""
        resolution = self.words.get("resolution", {})
        feminine = organ in resolution.get("organs_feminine", ())
        form = str(self.word("resolution", "adoption_feminine" if feminine else "adoption"))
        return form.format(organ=self.agent(organ), date=self.written(day, digits))

    def _by_degree(self, key: str, what: str, ordinal: int, degree: int, digits: Digits) -> str:
        forms = self.word("marks", key)
        if degree > len(forms):
            raise TemplateError(
                f"the locale has no mark for {what} {degree}",
                where=f"locales/{self.language}.toml",
                hint=f"add a form to marks.{key}",
            )
        return str(forms[degree - 1]).format_map(_Count(self, ordinal, digits))


@cache
def load(language: Language, templates: Path = TEMPLATES) -> Locale:
    """Return the words of `language`. Raises TemplateError when there are none, or the file is not TOML."""
    path = templates / "locales" / f"{language}.toml"
    try:
        return Locale(language, tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise TemplateError(
            f"there is no locale for {language.name.title()}",
            where=f"locales/{path.name}",
            hint=f"locales there are: {', '.join(sorted(file.stem for file in path.parent.glob('*.toml')))}",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"the locale is not TOML: {error}", where=f"locales/{path.name}") from None


def distribution_locale(locale: Locale, templates: Path = TEMPLATES) -> Locale:
    """Return the locale of the Distr. block: Arabic, Chinese and Russian documents print it in English."""
    return load(Language(locale.word("masthead", "distribution_language")), templates)


def roman(number: int) -> str:
    """Return `number` as a small roman numeral; empty beyond 39, the last of these forms."""
    result = ""
    for value, numeral in _ROMAN:
        result += numeral * (number // value)
        number %= value
    return result
