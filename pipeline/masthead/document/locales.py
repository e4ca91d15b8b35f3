"""The words and marks of a language, from a TOML file in `templates/locales`.

If a locale lacks a word, a TemplateError names it. What pages print is never taken from another language. The locale of
an organization may name another language as its `base`, whose words then recognize and judge texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from masthead.document import files, locale_check, organizations, toml
from masthead.document.assets import TEMPLATES
from masthead.document.errors import TemplateError
from masthead.document.organizations import per_organization
from masthead.document.terms import Digits, Language, Organ

BULLET = "•"
BASE = "base"
"""The key of a locale with the language whose words it uses to read texts."""
PRINTED = frozenset(
    (
        *(
            "masthead",
            "organs",
            "masthead_organs",
            "resolution",
            "dates",
            "numbers",
            "imprint",
            "agents",
            "marks",
            "tables",
        ),
        *(
            "annex",
            "appendix",
            "enclosure",
            "contents",
            "vote",
            "types",
            "type",
            "folio",
            "alternatives",
            "web",
            "citing",
            "redline",
        ),
    )
)
"""The tables whose words pages print, or that decide how they do: a locale has its own."""
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class _Count(dict[str, str]):
    """The fields of a form that counts: `{number}`, `{roman}`, `{numeral}`, or an entry of a list in the locale."""

    def __init__(self, locale: Locale, ordinal: int, digits: Digits, section: str = "") -> None:
        super().__init__()
        self.before = digits.shape(section) + locale.section_point if section else ""
        self.locale, self.ordinal, self.digits = locale, ordinal, digits

    def __missing__(self, key: str) -> str:
        return self.before + self._counted(key)

    def _counted(self, key: str) -> str:
        """Return a field: `{letter}` is the entry of a list, `marks.letters`, and so on."""
        match key:
            case "number":
                return self.digits.shape(self.ordinal)
            case "roman":
                return roman(self.ordinal)
            case "numeral":
                return roman(self.ordinal).upper()
        names = self.locale.word("marks", f"{key}s")
        if self.ordinal > len(names):
            raise self.locale.lacks(f"{key} number {self.ordinal}", f"add an entry to marks.{key}s")
        return str(names[self.ordinal - 1])


class _LocaleTable(dict[str, Any]):
    """A table of a locale. A word that it lacks is a TemplateError that names it, not a KeyError."""

    def __init__(self, words: Mapping[str, Any], language: Language, place: str = "") -> None:
        def table(key: str, value: Any) -> Any:
            return _LocaleTable(value, language, f"{place}{key}.") if isinstance(value, dict) else value

        super().__init__((key, table(key, value)) for key, value in words.items())
        self._language, self._place = language, place

    def __missing__(self, key: str) -> Any:
        raise _lacks(self._language, f"{self._place}{key}", "add it to the file")


def _lacks(language: Language, what: str, hint: str) -> TemplateError:
    """Return the error for a word that the locale of a language lacks."""
    organization = organizations.current()
    path = organization.find(f"locales/{language}.toml")
    where = f"locales/{path.name}" if organization.is_bundled else str(path)
    return TemplateError(f"the locale has no {what}", where=where, hint=hint)


@dataclass(frozen=True, eq=False)
class Locale:
    """The words of one language. `words` is the content of the file: tables of strings and lists.

    `base` is the language whose words read texts where this file has none.
    """

    language: Language
    words: Mapping[str, Any]
    base: str = ""

    def word(self, table: str, key: str) -> Any:
        """Return the entry `key` of `table`. Raises TemplateError if the locale lacks it."""
        try:
            return self.words[table][key]
        except KeyError:
            raise self.lacks(f"{table}.{key}", "add it to the file") from None

    def lacks(self, what: str, hint: str) -> TemplateError:
        """Return the error for a missing word."""
        return _lacks(self.language, what, hint)

    @property
    def section_point(self) -> str:
        """The sign between the number of a section and a number in it: `10.1`."""
        return str(self.word("marks", "section_point"))

    def counted(self, table: str, key: str, ordinal: int, digits: Digits, section: str = "") -> str:
        """Return the form `key` of `table` filled with `ordinal`: `Annex II`, `Table 3`, `Table 10.3` in a section."""
        return str(self.word(table, key)).format_map(_Count(self, ordinal, digits, section))

    def organ(self, organ: Organ) -> str:
        return str(self.word("organs", organ))

    def masthead_organ(self, organ: Organ) -> str:
        """Return the name of the organ as in a masthead, where a language may stretch it."""
        return str(self.words.get("masthead_organs", {}).get(organ) or self.organ(organ))

    def paragraph_mark(self, number: int, digits: Digits, section: str = "") -> str:
        """Return the mark of a numbered paragraph: `١ -`, `1.`, `10.1` in a section."""
        return self.counted("marks", "section_paragraph" if section else "paragraph", number, digits, section)

    def item_mark(self, ordinal: int, degree: int, digits: Digits) -> str:
        """Return the mark of a subparagraph. The outermost `degree` is 1: `(أ)`, `(a)`, `(i)`."""
        return self._by_level("item", "subparagraphs of degree", ordinal, degree, digits)

    def heading_mark(self, ordinal: int, level: int, digits: Digits) -> str:
        """Return the mark of a heading. The highest `level` is 1: `أولا -`, `I.`, `A.`."""
        return self._by_level("heading", "headings of level", ordinal, level, digits)

    def call_mark(self, number: int, digits: Digits, *, asterisk: bool = False) -> str:
        """Return the text of a note call: `(١)`, `1`, `*`."""
        return "*" * number if asterisk else self.counted("marks", "call", number, digits)

    def note_mark(self, number: int, digits: Digits, *, asterisk: bool = False) -> str:
        """Return the mark before the text of a note."""
        return "*" * number if asterisk else self.counted("marks", "note", number, digits)

    def written(self, day: date, digits: Digits) -> str:
        """Return a date as written in running text: `٦ تموز/يوليه ٢٠١٧`, `1er avril 2011`."""
        days = self.words["dates"].get("days", {})  # days that are not plain numbers: `1er`
        form, months = str(self.word("dates", "text")), self.word("dates", "months")
        number = days.get(str(day.day), digits.shape(day.day))
        return form.format(day=number, month=months[day.month - 1], year=digits.shape(day.year))

    def formula(self, organ: Organ) -> str:
        """Return the enacting formula: `The General Assembly,`, `L’Assemblée générale,`."""
        text = str(self.word("resolution", "formula")).format(organ=self.organ(organ), agent=self.agent(organ))
        return text[:1].upper() + text[1:]

    def agent(self, organ: Organ) -> str:
        """Return the name of the organ as the agent of an action, with the article and case that it needs."""
        return str(self.words.get("agents", {}).get(organ) or self.organ(organ))

    def agreeing(self, table: str, key: str, organ: Organ) -> str:
        """Return an entry in the form that agrees with an organ: `key_feminine` if a feminine name has a form."""
        is_feminine = organ in self.words.get("resolution", {}).get("organs_feminine", ())
        return str(self.word(table, f"{key}_feminine" if is_feminine else key))

    def adoption(self, organ: Organ, day: date, digits: Digits) -> str:
        """Return the adoption line above a resolution's title. Its verb agrees with the gender of the organ."""
        form = self.agreeing("resolution", "adoption", organ)
        return form.format(organ=self.agent(organ), date=self.written(day, digits))

    def _by_level(self, key: str, what: str, ordinal: int, level: int, digits: Digits) -> str:
        forms = self.word("marks", key)
        if level > len(forms):
            raise self.lacks(f"mark for {what} {level}", f"add a form to marks.{key}")
        return str(forms[level - 1]).format_map(_Count(self, ordinal, digits))


def load(language: Language, templates: Path | None = None) -> Locale:
    """Load the locale of a language: of the current organization, or of the folder `templates` alone.

    Raises TemplateError if there is no such file, if it is not TOML, or if it lacks what every locale needs.
    """
    return _own(language) if templates is None else _of_folder(language, templates)


@per_organization
def _own(language: Language) -> Locale:
    organization = organizations.current()
    if not organization.is_bundled:
        _check(language, organization.folder)
    locale = _read(language, organization.folders)
    return locale if organization.is_bundled else _named(locale)


def _check(language: Language, folder: Path) -> None:
    """Check the file of a language in the folder of an organization. Raises TemplateError with all errors."""
    path = folder / "locales" / f"{language}.toml"
    if words := _words(path, str(path)):
        words.pop(BASE, None)
        locale_check.check(words, _all_bundled(), path.read_text("utf-8"), str(path), PRINTED | {"new"})


@cache
def _all_bundled() -> tuple[Mapping[str, Any], ...]:
    """Return the words of all bundled locales."""
    return tuple(_words(path, path.name) for path in sorted((TEMPLATES / "locales").glob("*.toml")))


def _words(path: Path, where: str) -> dict[str, Any]:
    """Return the words in a file, none if there is no file. Raises TemplateError if it is not TOML."""
    text = ""
    try:
        return toml.loads(text := path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise TemplateError(f"the locale cannot be read: {files.reason(error)}", where=where) from None
    except ValueError as error:
        line = re.search(r"at line (\d+)", str(error))  # else the text ends too early
        where = f"{where}:{line[1] if line else len(text.splitlines())}"
        raise TemplateError(f"the locale is not valid TOML: {error}", where=where) from None


@cache
def _of_folder(language: Language, templates: Path) -> Locale:
    return _read(language, (templates,))


def _read(language: Language, folders: tuple[Path, ...]) -> Locale:
    """Return the words of a language: those of the first folder over those of the others."""
    found: dict[str, Any] = {}
    base = ""
    for folder in reversed(folders):
        path = folder / "locales" / f"{language}.toml"
        words = _words(path, f"locales/{path.name}" if len(folders) == 1 else str(path))
        base = str(words.pop(BASE, "")) or base
        found = _merged(found, words)
    if not (found or base):
        names = (file.stem for folder in folders for file in (folder / "locales").glob("*.toml"))
        hint = f"available locales: {', '.join(sorted(set(names)))}"
        message = f"no locale for {language.name.title()}"
        raise TemplateError(message, where=f"locales/{language}.toml", hint=hint) from None
    if base:
        others = _read(Language.known(base), folders).words
        read = {key: value for key, value in others.items() if key not in PRINTED}
        # Months in the grammar of the other language are not those of this one.
        read["quantities"] = {key: value for key, value in read.get("quantities", {}).items() if key != "months"}
        found = _merged(read, found)
    return Locale(language, _LocaleTable(found, language), base)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return two trees of words as one; where both have a word, that of `over`."""
    both = {key: _merged(under[key], over[key]) for key in over if key in under and isinstance(over[key], dict)}
    return {**under, **over, **both}


def _named(locale: Locale) -> Locale:
    """Return a locale of an organization with the names of the organization, its organs and its types."""
    organization, language = organizations.current(), locale.language
    entry = organization.languages.get(language)
    organs = {name: organ.names[language] for name, organ in organization.organs.items() if language in organ.names}
    types = {name: kind.names[language] for name, kind in organization.types.items() if language in kind.names}
    own: dict[str, Any] = {"organs": organs, "types": types}
    own["references"] = {"organs": {name: re.escape(organ) for name, organ in organs.items()}}
    if entry and entry.official:
        own["masthead"] = {"organization": entry.official}
    return Locale(language, _LocaleTable(_merged(locale.words, own), language), locale.base)


def distribution_locale(locale: Locale, templates: Path | None = None) -> Locale:
    """Return the locale of the Distr. block: Arabic, Chinese and Russian documents print it in English."""
    code = locale.word("masthead", "distribution_language")
    known = {**organizations.bundled().languages, **organizations.current().languages}
    if code not in known:
        hint = f"set masthead.distribution_language to one of {', '.join(known)}"
        raise locale.lacks(f"language “{code}” for the lines beside the emblem", hint)
    return load(Language.known(code), templates)


def roman(number: int) -> str:
    """Return `number`, which is below 40, as a lower-case roman numeral."""
    result = ""
    for value, numeral in _ROMAN:
        result += numeral * (number // value)
        number %= value
    return result
