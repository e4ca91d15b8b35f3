"""The numbers of a Markdown source put in order, with the notes, and the references to its own parts in its text.

What is counted by the reader (`#.`) is left alone. A reference follows only where it is certain what it means: it says
that it belongs to the document ("paragraph 12 above"), and a single part has its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from masthead import formats
from masthead.document import Digits, Document, Locale, locales
from masthead.document.references import (
    BODY,
    Citation,
    Found,
    Kind,
    Scope,
    Unit,
    find_citations,
    find_in_annexes,
    find_internal,
    number_of,
    scope_of_annex,
    units,
)
from masthead.editing.lint import SourceEdit, apply
from masthead.editing.places import LocatedUnit, SourceText, text_of

_NOTE = re.compile(r"(?<!\\)\[\^(?P<label>[1-9][0-9]{0,3})\]")
_COUNTED = (Kind.TABLE, Kind.FIGURE, Kind.ANNEX, Kind.NOTE)  # through the whole document

_Key = tuple[str, Scope, str]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The corrected text of a source, and what could not be corrected: `file:line:column: message`."""

    text: str
    doubts: tuple[str, ...]


def renumber(data: bytes, name: str) -> Renumbered:
    """Return the text of a Markdown source with its numbers in order. Raises SourceError if it cannot be read."""
    document, places = formats.read_numbers(data, name)
    places = [each for each in places if each.written]  # what is counted had no number before
    text = text_of(data, name)
    changes = [
        SourceEdit(each.line, column, each.written, each.correct)
        for each in places
        if each.line and each.written != each.correct and (column := _column(text, each.line, each.written))
    ]
    twice = Counter((each.kind, each.scope, each.value) for each in places)
    moved: dict[_Key, str] = {}
    for each in places:
        key = each.kind, each.scope, each.value
        if each.value != each.correct_value or twice[key] > 1:
            moved[key] = each.correct_value if twice[key] == 1 else ""
    notes = {value: new for (kind, _, value), new in moved.items() if kind == Kind.NOTE and new}
    changes += _note_edits(text, notes)
    doubts: list[str] = []
    has_own_notes = any(annex.own_notes for annex in document.annexes)
    for located, found, unit, scope in _internal(document, text):
        new = _moved(found.citation, scope, moved) if scope else _uncertain(found.citation, moved)
        if found.citation.kind is Kind.NOTE and has_own_notes:  # the text may mean another note of that number
            new = "" if notes else None
        if new is None:
            continue
        position = located.source.position(located.offset(found.start) or 0)
        written = unit.text[found.start : found.end]
        correct = _rewritten(written, found.citation, new, locales.load(document.language)) if new else ""
        if correct and located.span(found.start, found.end):
            changes.append(SourceEdit(position.line, position.column, written, correct))
        else:
            doubts.append(f"{name}:{position.line}:{position.column}: check “{written}”")
    return Renumbered(apply(text, changes), tuple(doubts))


def _column(text: str, line: int, written: str) -> int:
    """Return the column of a number in its line, 0 if it is not there."""
    return text.split("\n")[line - 1].find(written) + 1


def _note_edits(text: str, notes: Mapping[str, str]) -> Iterator[SourceEdit]:
    for number, line in enumerate(text.split("\n"), 1):
        for found in _NOTE.finditer(line):
            if new := notes.get(found["label"]):
                yield SourceEdit(number, found.start("label") + 1, found["label"], new)


def _internal(document: Document, text: str) -> Iterator[tuple[LocatedUnit, Found, Unit, Scope | None]]:
    """Yield the references to parts of the document itself, in the units that are found in the source.

    The scope is that from which the part is looked for; it is None for a paragraph of an annex that may be another's.
    """
    parts = units(document)
    located = SourceText(text).locate(parts)
    for unit in parts:
        if unit.place in located:
            found: Sequence[Found] = find_citations(unit.content, document.language)
            internal = find_internal(unit.text, found, document.language)
            for each in internal:
                yield located[unit.place], each, unit, unit.scope
            for each, annex in find_in_annexes(unit.text, found, document.language):
                scope = scope_of_annex(document, annex.citation.value)
                if scope and each not in internal:
                    yield located[unit.place], each, unit, scope if annex in internal else None


def _moved(citation: Citation, scope: Scope, moved: Mapping[_Key, str]) -> str | None:
    """Return the new value of a citation, empty if it is not certain, None if it has not moved."""
    annex, part, _ = scope
    around = (BODY,) if citation.kind in _COUNTED else (scope, (annex, part, 0), (annex, 0, 0))
    keys = [(str(citation.kind), each, citation.value) for each in around]
    if citation.kind in (Kind.ANNEX, Kind.TABLE, Kind.FIGURE):
        keys = [key for key in moved if (key[0], key[2]) == (str(citation.kind), citation.value)]
    return next((moved[key] for key in keys if key in moved), None)


def _uncertain(citation: Citation, moved: Mapping[_Key, str]) -> str | None:
    """Return the value of a paragraph of “the annex”: it is not certain whose if any annex has moved that number."""
    is_moved = any((kind, value) == (citation.kind, citation.value) and scope[0] for kind, scope, value in moved)
    return "" if is_moved else None


def _rewritten(written: str, citation: Citation, value: str, locale: Locale) -> str:
    """Return the text of a citation with the number of `value`, empty if its own number is not found in it."""
    new = Citation(citation.kind, value)
    for digits in Digits:
        old_parts, new_parts = (_parts(number_of(each, locale, digits)) for each in (citation, new))
        at, result = 0, written
        for old, correct in zip(old_parts, new_parts, strict=False):
            start = result.find(old, at)
            if start < 0:
                break
            result = result[:start] + correct + result[start + len(old) :]
            at = start + len(correct)
        else:
            return result
    return ""


def _parts(number: str) -> list[str]:
    """Return the number and the letter of `12 (b)`: sources write them with and without a space."""
    return re.findall(r"\w+(?: \w+)*", number)
