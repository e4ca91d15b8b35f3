"""The words of a language, and the text that a page prints from a document and them.

Locales are plain TOML under `templates/locales`. A word that a locale lacks is a `TemplateError` that names it; no
other language's word ever stands in for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from masthead.assets import TEMPLATES
from masthead.errors import TemplateError
from masthead.model import Document, Inline, Item, NoteCall, Paragraph, Reference, Text, inlines
from masthead.terms import Digits, Language, Organ

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Locale:
    """One language's words. `words` is the file as read: tables of texts and lists."""

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

    def organ(self, organ: Organ) -> str:
        return str(self.word("organs", organ))

    def paragraph_mark(self, number: int, digits: Digits) -> str:
        """What stands before an operative paragraph: `١ -`, `1.`."""
        return str(self.word("marks", "paragraph")).format(number=digits.shape(number))

    def item_mark(self, ordinal: int, degree: int, digits: Digits) -> str:
        """What stands before a sub-paragraph of `degree` (1 is the outermost): `(أ)`, `(a)`, `(i)`."""
        forms, letters = self.word("marks", "item"), self.word("marks", "letters")
        if degree > len(forms):
            raise TemplateError(
                f"the locale has no mark for sub-paragraphs of degree {degree}",
                where=f"locales/{self.language}.toml",
                hint="add a form to marks.item",
            )
        if ordinal > len(letters):
            raise TemplateError(
                f"the locale has no letter number {ordinal}",
                where=f"locales/{self.language}.toml",
                hint="add letters to marks.letters, or divide the paragraph",
            )
        return str(forms[degree - 1]).format(
            letter=letters[ordinal - 1], number=digits.shape(ordinal), roman=roman(ordinal)
        )

    def call_mark(self, number: int, digits: Digits) -> str:
        """What a note call prints: `(١)`, `1`."""
        return str(self.word("marks", "call")).format(number=digits.shape(number))

    def note_mark(self, number: int, digits: Digits) -> str:
        """What stands before a note's text."""
        return str(self.word("marks", "note")).format(number=digits.shape(number))


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


def roman(number: int) -> str:
    """Return `number` as a small roman numeral, up to 39."""
    result = ""
    for value, numeral in _ROMAN:
        result += numeral * (number // value)
        number %= value
    return result


# --- what a page prints -----------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a printed text is, in the words of the structure of a page."""

    MASTHEAD = "masthead"
    IMPRINT = "imprint"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Printed:
    """One text that the document's pages print: a line of the masthead, a heading, a paragraph, a note."""

    kind: Kind
    text: str


def distribution_lines(document: Document, locale: Locale) -> tuple[str, ...]:
    """The lines of the Distr. block."""
    masthead = document.masthead
    return (str(locale.word("masthead", "distribution")).format(category=masthead.distribution), masthead.date)


def title_number(document: Document, locale: Locale) -> str:
    """The resolution's number as it stands before its title: `١٨/٢٠١٧ -` in logical order, `73/8.`."""
    number = document.digits.shape(str(document.number))
    return str(locale.word("resolution", "number")).format(number=number)


def printed(document: Document, templates: Path = TEMPLATES) -> tuple[Printed, ...]:
    """Everything that the pages of `document` print once, in reading order, as logical text.

    Running heads and folios are not in it: they repeat. A note follows the paragraph that calls it first. This is what
    the structure of the finished PDF must say word for word.
    """
    locale = load(document.language, templates)
    return tuple(_printed(document, locale))


def _printed(document: Document, locale: Locale) -> Iterator[Printed]:
    yield Printed(Kind.MASTHEAD, str(locale.word("masthead", "organization")))
    yield Printed(Kind.MASTHEAD, str(document.symbol))
    yield Printed(Kind.MASTHEAD, locale.organ(document.organ))
    for line in distribution_lines(document, locale):
        yield Printed(Kind.MASTHEAD, line)
    yield Printed(Kind.IMPRINT, " ".join((str(document.job), *document.job.dates)))
    yield Printed(Kind.IMPRINT, str(locale.word("imprint", "recycle")))
    preface = document.preface
    yield Printed(Kind.PARAGRAPH, preface.session)
    yield Printed(Kind.PARAGRAPH, preface.agenda_item)
    yield Printed(Kind.HEADING, preface.adoption)
    called: set[int] = set()
    if preface.basis is not None:
        yield from _text(document, locale, str(locale.word("resolution", "basis")), preface.basis, called)
    yield from _text(
        document, locale, f"{title_number(document, locale)} {{text}}", preface.title, called, Kind.HEADING
    )
    for block in document.body:
        yield from _paragraph(document, locale, block, called)
    for line in document.closing:
        yield Printed(Kind.PARAGRAPH, line)


def _paragraph(document: Document, locale: Locale, block: Paragraph, called: set[int]) -> Iterator[Printed]:
    mark = "" if block.number is None else locale.paragraph_mark(block.number, document.digits) + " "
    yield from _text(document, locale, mark.replace("{", "{{") + "{text}", block.content, called)
    yield from _items(document, locale, block.items, 1, called)


def _items(
    document: Document, locale: Locale, items: tuple[Item, ...], degree: int, called: set[int]
) -> Iterator[Printed]:
    for item in items:
        mark = locale.item_mark(item.ordinal, degree, document.digits)
        yield from _text(document, locale, f"{mark} {{text}}", item.content, called)
        yield from _items(document, locale, item.items, degree + 1, called)


def _text(
    document: Document,
    locale: Locale,
    form: str,
    content: tuple[Inline, ...],
    called: set[int],
    kind: Kind = Kind.PARAGRAPH,
) -> Iterator[Printed]:
    """The text of one paragraph, note calls as they print, and the notes that it is the first to call."""
    parts, notes = [], []
    for inline in inlines(content):
        if isinstance(inline, Text | Reference):
            parts.append(inline.text)
        elif isinstance(inline, NoteCall):
            parts.append(locale.call_mark(inline.number, document.digits))
            if inline.number not in called:
                called.add(inline.number)
                notes.append(inline.number)
    yield Printed(kind, form.format(text="".join(parts)))
    for note in document.notes:
        if note.number in notes:
            mark = locale.note_mark(note.number, document.digits)
            yield from _text(document, locale, f"{mark} {{text}}", note.content, called, Kind.NOTE)
