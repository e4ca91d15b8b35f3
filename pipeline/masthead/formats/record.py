"""Findings, errors and positions collected while reading a source: of paragraphs, notes and their calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import pairwise

from masthead.document import (
    Document,
    DocumentType,
    Finding,
    Heading,
    Label,
    Severity,
    SourceError,
    TableNoteCall,
    plain,
)
from masthead.document.references import Doubt
from masthead.formats.labels import note_label
from masthead.formats.numbering import NumberPlace
from masthead.page import wording

_PLACE = re.compile(r":(\d+)(?::(\d+))?$")
_LABEL = re.compile("[a-z0-9-]+")
_COUNTED = "masthead renumber corrects all, and paragraphs that begin with #. are numbered automatically"
PROVISIONAL = 10_000
"""More than the number of any note that a source writes."""
_MOST = 500  # errors of one source that are kept: no one reads more, and each has its texts


class Record:
    """The record of reading the source `name` once. With its `lines`, places have columns too.

    A reader that can go on after an error gives it to `refuse`, so that all errors of a source are reported at once.
    """

    def __init__(self, name: str, lines: Sequence[str] = ()) -> None:
        self.name, self.lines = name, lines
        self.origins: Sequence[
            tuple[str, int]
        ] = ()  # the file and number of each line, if lines of others are included
        self.findings: list[Finding] = []
        self.errors: list[SourceError] = []
        self.calls: dict[str, int] = {}  # the line of the first call by note label
        self.notes: dict[str, int] = {}
        self.table_calls: list[tuple[int, int]] = []  # ordinal and line of the calls in the current table
        self.table_notes: list[int] = []  # the lines where the notes of the current table begin
        self.note_numbers: dict[str, int] = {}  # provisional ones of notes with words as labels
        self.note_words: set[str] = set()  # the labels of those that are written
        self._counted_notes = 0
        self.labels: dict[str, Label] = {}
        self._label_lines: dict[str, int] = {}
        self.refused_labels: set[str] = set()
        self.places: list[NumberPlace] = []
        self.label_uses: list[tuple[str, int]] = []  # label and line
        self.paragraphs: dict[int, int] = {}
        self._wanted = 1  # the number of the next paragraph if those before it had the right ones
        self.level = 0  # that of the last heading
        self.made_again: list[str] = []  # text of the source in whose place the document makes its own

    @property
    def start(self) -> str:
        """The place of anything before the text."""
        return f"{self.name}:1"

    def where(self, line: int, text: str = "", before: str = "") -> str:
        """Return the place of `text` in a line, or of the first character of the line if it has no such text.

        If the line has the text several times, it is the one after `before`.
        """
        if not 0 < line <= len(self.lines):
            return f"{self.name}:{line}"
        source = self.lines[line - 1]
        name, number = self.origins[line - 1] if self.origins else (self.name, line)
        start = len(source) - len(source.lstrip())
        if text and before + text in source:
            start = source.find(before + text) + len(before)
        elif text and text in source:
            start = source.find(text)
        return f"{name}:{number}:{start + 1}"

    def end(self, line: int) -> str:
        """Return the place of the spaces or the backslash that force a line break at the end of a line."""
        kept = self.lines[line - 1].rstrip(" \\") if 0 < line <= len(self.lines) else ""
        name, number = self.origins[line - 1] if self.origins else (self.name, line)
        return f"{name}:{number}:{len(kept) + 1}"

    def error_in(self, line: int, message: str, hint: str, text: str = "") -> SourceError:
        """Return an error about `line`, or about `text` in it."""
        return SourceError(message, where=self.where(line, text), hint=hint)

    def refuse(self, error: SourceError) -> None:
        """Keep an error, with those that came with it, for the end of the source."""
        if len(self.errors) < _MOST:
            self.errors += [each for each in error.each if isinstance(each, SourceError)]

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Keep the error that ends what is inside, and go on after it."""
        try:
            yield
        except SourceError as error:
            self.refuse(error)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Raise the error that ends what is inside with those that were kept before it."""
        try:
            yield
        except SourceError as error:
            known = {(each.message, each.where) for each in error.each}
            self.errors = [each for each in self.errors if (each.message, each.where) not in known]
            self.refuse(error)
            everything = self.error()
            everything.draft = error.draft
            raise everything from error

    def error(self) -> SourceError:
        """Return all errors, of which there is at least one, as one, in the order of their places."""
        first, *others = sorted(self.errors, key=_line_and_column)
        return SourceError(first.message, where=first.where, hint=first.hint, others=others)

    def check(self, draft: Document | None = None) -> None:
        """Raise SourceError, with all errors and the `draft`, if there are any."""
        if self.errors:
            error = self.error()
            error.draft = draft
            raise error

    def report(self, line: int, doubt: Doubt, text: str = "", before: str = "") -> None:
        """Add a finding about `line`, or about `text` in it, after `before`."""
        finding = Finding(
            doubt.message,
            where=self.where(line, text, before),
            hint=doubt.hint,
            rule=doubt.rule,
            severity=doubt.severity,
        )
        self.findings.append(finding)

    def call(self, label: str, line: int) -> None:
        """Note that `line` calls the note with this label, a number or asterisks."""
        self.calls.setdefault(label, line)

    def counted_note(self) -> int:
        """Return a provisional number for a note that has none of its own, until all calls are known."""
        self._counted_notes += 1
        return PROVISIONAL + self._counted_notes

    @property
    def note_order(self) -> dict[int, int]:
        """The numbers of notes by their own or provisional ones, if any are counted: the order of their calls."""
        if not self._counted_notes:
            return {}
        return {int(label): at for at, label in enumerate(filter(str.isdecimal, self.calls), 1)}

    def label(self, label: Label, line: int) -> None:
        """Note that a label names a part of the document that begins in `line`. Refuse a label that is taken."""
        if label.name in self.labels:
            first = self.where(self._label_lines[label.name]).split(":")[1]
            message = f"duplicate label {label.name}, first in line {first}"
            hint = "give one of them another name; notes and other texts share the labels"
            self.refuse(SourceError(message, where=self.where(line, f"{{#{label.name}}}"), hint=hint))
        self.labels.setdefault(label.name, label)
        self._label_lines.setdefault(label.name, line)

    def note(self, label: str, line: int) -> None:
        """Note that the note with this label begins in `line`. Refuse it if there is one already."""
        if label in self.notes:
            message = f"duplicate note {label}, first defined in line {self.notes[label]}"
            hint = "number the notes through the whole document; <!-- annex, notes from 1 --> prints them from 1"
            self.refuse(SourceError(message, where=self.where(line, f"[^{label}]"), hint=hint))
        self.notes.setdefault(label, line)

    def end_table(self) -> None:
        """End the current table, if any; report notes that it does not call: what is above it may call them.

        Refuse calls to notes that it does not have.
        """
        for ordinal, line in self.table_calls:
            if ordinal > len(self.table_notes):
                label = note_label(TableNoteCall(ordinal))
                hint = f"write [^{label}]: … after the table; other notes have numbers"
                self.refuse(self._undefined(label, line, hint))
        called = {ordinal for ordinal, _ in self.table_calls}
        for ordinal, line in enumerate(self.table_notes, start=1):
            if ordinal not in called:
                message = f"the table does not call its note {note_label(TableNoteCall(ordinal))}"
                self.report(line, Doubt("table-note-uncalled", message, "call it in the table, or remove the note"))
        self.table_calls.clear()
        self.table_notes.clear()

    def paragraph(self, number: int, line: int) -> None:
        """Note that paragraph `number` begins in `line`; report it if it is out of order."""
        last = next(reversed(self.paragraphs), 0)
        wanted = self._wanted if self.paragraphs else 1
        counted = f"; {_COUNTED}" if self.name.endswith(".md") else ""
        if number in self.paragraphs:
            message = f"duplicate paragraph {number}, first in line {self.paragraphs[number]}"
            self.report(line, Doubt("paragraph-repeated", message, f"renumber it{counted}", Severity.ERROR))
        elif number not in (last + 1, wanted):
            message = (
                f"paragraph {number} follows paragraph {last}" if last else f"the first paragraph has number {number}"
            )
            hint = f"number it {last + 1}, or restore what is missing{counted}"
            self.report(line, Doubt("paragraph-order", message, hint))
        # After a wrong number both the next one and the one after the right number are in order.
        self._wanted = (number if number in (last + 1, wanted) else wanted) + 1
        self.paragraphs[number] = line

    def check_heading(self, heading: Heading, kind: DocumentType, line: int) -> None:
        """Report a heading without text in `line`. A section of a resolution may have its number alone."""
        is_section = kind.like in wording.SECTIONED and (heading.ordinal or heading.mark)
        if not plain(heading.content).strip() and not is_section:
            self.report(line, Doubt("heading-empty", "a heading has no text", "write it, or remove the heading"))

    def heading(self, level: int, line: int) -> None:
        """Record that a heading of this level is in `line`; report it if it skips a level."""
        if level > self.level + 1:
            hint = "in the structure of the file it is one level below the heading before it; do not skip levels"
            message = f"a heading of level {level} follows one of level {self.level}"
            message = message if self.level else f"the first heading has level {level}, not 1"
            self.report(line, Doubt("heading-level", message, hint, Severity.NOTE))
        self.level = level

    def settle(self) -> tuple[Finding, ...]:
        """Return the findings after the end of the source, and keep the errors of notes, labels and their uses."""
        self._check_labels()
        words = {str(number): word for word, number in self.note_numbers.items()}
        for label, line in self.calls.items():
            if label not in self.notes:
                hint = "add the note, or correct the number of the call; the source may be incomplete"
                if close := get_close_matches(words.get(label, ""), self.note_words, 1):
                    hint = f"did you mean [^{close[0]}]?"
                self.refuse(self._undefined(words.get(label, label), line, hint))
        for label, line in self.notes.items():
            if label not in self.calls:
                hint = "add its call to the text, or remove the note"
                where = self.where(line, f"[^{label}]")
                self.refuse(SourceError(f"note {label} is never called", where=where, hint=hint))
        for before, number in pairwise(int(label) for label in self.calls if label.isdecimal()):
            if number < before and not self._counted_notes:
                message = f"note {number} is first called after note {before}"
                hint = "number notes in the order of their calls"
                self.report(self.calls[str(number)], Doubt("note-order", message, hint))
        return tuple(self.findings)

    def _check_labels(self) -> None:
        """Refuse references to labels that nothing has."""
        for name, line in self.label_uses:
            if name not in self.labels and name not in self.refused_labels:
                close = get_close_matches(name.lower(), self.labels, 1)
                hint = f"did you mean #{close[0]}?" if close else f"write {{#{name}}} after the text that it refers to"
                if not _LABEL.fullmatch(name):
                    hint = f"labels have small letters, digits and hyphens{f'; {hint}' if close else ''}"
                where = self.where(line, f"(#{name}")
                self.refuse(SourceError(f"reference to undefined label {name}", where=where, hint=hint))

    def _undefined(self, label: str, line: int, hint: str) -> SourceError:
        return SourceError(f"call to undefined note {label}", where=self.where(line, f"[^{label}]"), hint=hint)


def _line_and_column(error: SourceError) -> tuple[int, int]:
    """Return the place of an error by which errors are sorted; those without a line are first, in their order."""
    found = _PLACE.search(error.where)
    return (int(found[1]), int(found[2] or 1)) if found else (0, 0)
