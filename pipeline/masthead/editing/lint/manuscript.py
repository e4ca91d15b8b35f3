"""A document as the rules of lint see it: its units, what they refer to, and the words of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from masthead import formats
from masthead.document import Document, Finding, Locale, inlines, locales, model, numbers, terms
from masthead.document.references import Found, Kind, Lexicon, Unit, find_citations, lexicon, units
from masthead.editing.places import LocatedUnit, SourceText

MOST = 20  # findings of one rule in one unit: enough to see that the rule is broken throughout


class Manuscript:
    """A document, the name of its source, and the text of this source, empty if it is not a text file."""

    def __init__(self, document: Document, name: str = "", source: str = "") -> None:
        self.document, self.name, self._source = document, name, source
        self.locale: Locale = locales.load(document.language)
        self.words: Mapping[str, Any] = self.locale.words["lint"]
        self.units: tuple[Unit, ...] = units(document)
        self.date_line = Unit("masthead", "date", (model.Text(document.masthead.date),))
        self.distribution_line = Unit("distribution", "distribution", (model.Text(document.masthead.distribution),))
        self.symbol_line = Unit("symbol", "symbol", (model.Text(str(document.symbol)),))
        self._found: dict[str, tuple[Found, ...]] = {}

    @property
    def lexicon(self) -> Lexicon:
        """How the document's language writes references."""
        return lexicon(self.document.language)

    def found(self, unit: Unit) -> tuple[Found, ...]:
        """What a unit refers to."""
        if unit.place not in self._found:
            self._found[unit.place] = find_citations(unit.content, self.document.language)
        return self._found[unit.place]

    def of(self, kind: Kind) -> Iterator[tuple[Unit, Found]]:
        """Every reference of one kind, with its unit."""
        for unit in self.units:
            for found in self.found(unit):
                if found.citation.kind is kind:
                    yield unit, found

    def unit(self, place: str) -> Unit | None:
        """The unit at a place, if there is one."""
        return next((unit for unit in self.units if unit.place == place), None)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[UnitSpan, re.Match[str]]]:
        """The span of each match in any unit, and the match; at most MOST in one unit."""
        for unit, text in self.texts:
            for found in islice(pattern.finditer(text), MOST):
                yield self.span(unit, found.start(), found.end()), found

    @cached_property
    def texts(self) -> tuple[tuple[Unit, str], ...]:
        """Every unit with its text, with plain spaces and hyphens.

        Symbols are masked in it: they follow rules of their own in every language. So are raised and lowered text, and
        links to other pages.
        """
        return tuple((unit, _masked(unit)) for unit in self.units)

    @cached_property
    def numbers(self) -> tuple[tuple[Unit, numbers.Number], ...]:
        """The numbers in the texts of a right-to-left document, each with its unit."""
        language, digits = self.document.language, self.document.digits
        signs = str.maketrans({"\0": numbers.MASK, "\n": numbers.LINE_END})
        texts = self.texts if language.direction is terms.Direction.RTL else ()
        return tuple(
            (unit, each) for unit, text in texts for each in numbers.numbers_in(text.translate(signs), language, digits)
        )

    @cached_property
    def located(self) -> Mapping[str, LocatedUnit]:
        """The units that are found in the source, or in a file that it includes, by their places."""
        by_place = {
            unit.place: unit for unit in (*self.units, self.date_line, self.distribution_line, self.symbol_line)
        }
        source = SourceText(self._source)
        found = source.locate(by_place.values())
        for file, text in formats.included_texts(self._source, self.name).items():
            included = SourceText(text, file, source.variables)
            # A file may be included more than once.
            while more := included.locate(unit for place, unit in by_place.items() if place not in found):
                found |= more
        return found

    def span(self, unit: Unit, start: int = 0, end: int = 0) -> UnitSpan:
        """The characters from `start` to `end` of a unit's text; by default, the unit as a whole."""
        return UnitSpan(self, unit, start, end)


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """A part of a unit's text."""

    manuscript: Manuscript
    unit: Unit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the span."""
        return self.unit.text[self.start : self.end]

    def finding(self, message: str, hint: str = "", fix: str | None = None) -> Finding:
        """What is wrong here, with its position in the source if that is certain; `fix` is the correct text."""
        name, place = self.manuscript.name, self.unit.place
        located = self.manuscript.located.get(place)
        if located is None:
            return Finding(message, where=place, hint=hint or remedy(fix), file=name)
        # The fix replaces exact characters, so the source must have them there, without marks between them.
        span = located.span(self.start, self.end) if fix is not None else None
        position = located.source.position(span[0]) if span else located.position(self.start)
        name = located.source.file or name
        correct = fix if span and not located.source.file else None  # an included file is not corrected
        if correct is None:
            hint = hint or remedy(fix)
        return Finding(message, where=place, hint=hint, file=name, position=position, old=self.text, fix=correct)


def remedy(fix: str | None) -> str:
    """What to do where the correct text cannot be put in place of the wrong one by itself."""
    if fix is None:
        return ""
    return f"write “{fix}”" if fix.strip() else "write one space" if fix else "remove it"


def _masked(unit: Unit) -> str:
    parts = []
    for inline in inlines(unit.content):
        text = model.characters(inline)
        match inline:
            case model.Text() | model.LineEnd() | model.ParagraphEnd() | model.Tab():
                is_read = True
            case model.Reference():
                is_read = not inline.is_symbol
            case model.Hyperlink(address=address):
                is_read = address.startswith("#")
            case _:
                is_read = False
        parts.append(text if is_read else "\0" * len(text))
    return "".join(parts).translate(terms.SEARCHABLE)
