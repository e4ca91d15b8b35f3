"""Findings and positions collected while reading a source: of paragraphs, notes and their calls."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from masthead.document import Finding, Severity, SourceError, TableNoteCall
from masthead.document.references import Doubt
from masthead.formats.labels import note_label


class Record:
    """The record of reading the source `name` once. With its `lines`, places have columns too."""

    def __init__(self, name: str, lines: Sequence[str] = ()) -> None:
        self.name, self.lines = name, lines
        self.findings: list[Finding] = []
        self.calls: dict[str, int] = {}  # the line of the first call by note label
        self.notes: dict[str, int] = {}
        self.table_calls: list[tuple[int, int]] = []  # ordinal and line of the calls in the current table
        self.table_notes: list[int] = []  # the lines where the notes of the current table begin
        self.paragraphs: dict[int, int] = {}
        self.level = 0  # that of the last heading
        self.made_again: list[str] = []  # text of the source in whose place the document makes its own

    @property
    def start(self) -> str:
        """The place of anything before the text."""
        return f"{self.name}:1"

    def where(self, line: int, text: str = "") -> str:
        """Return the place of `text` in a line, or of the first character of the line if it has no such text."""
        if not 0 < line <= len(self.lines):
            return f"{self.name}:{line}"
        source = self.lines[line - 1]
        start = source.find(text) if text and text in source else len(source) - len(source.lstrip())
        return f"{self.name}:{line}:{start + 1}"

    def end(self, line: int) -> str:
        """Return the place of the spaces or the backslash that force a line break at the end of a line."""
        kept = self.lines[line - 1].rstrip(" \\") if 0 < line <= len(self.lines) else ""
        return f"{self.name}:{line}:{len(kept) + 1}"

    def report(self, line: int, doubt: Doubt) -> None:
        """Add a finding about `line`."""
        finding = Finding(
            doubt.message, where=self.where(line), hint=doubt.hint, rule=doubt.rule, severity=doubt.severity
        )
        self.findings.append(finding)

    def call(self, label: str, line: int) -> None:
        """Note that `line` calls the note with this label, a number or asterisks."""
        self.calls.setdefault(label, line)

    def note(self, label: str, line: int) -> None:
        """Note that the note with this label begins in `line`. Raises SourceError if there is one already."""
        if label in self.notes:
            message = f"duplicate note {label}, first defined in line {self.notes[label]}"
            hint = "number the notes through the whole document"
            raise SourceError(message, where=self.where(line, f"[^{label}]"), hint=hint)
        self.notes[label] = line

    def end_table(self) -> None:
        """End the current table, if any; report notes that it does not call: what is above it may call them.

        Raises SourceError if it calls a note that it does not have.
        """
        for ordinal, line in self.table_calls:
            if ordinal > len(self.table_notes):
                label = note_label(TableNoteCall(ordinal))
                raise self._undefined(label, line, f"write [^{label}]: … after the table; other notes have numbers")
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
        if number in self.paragraphs:
            message = f"duplicate paragraph {number}, first in line {self.paragraphs[number]}"
            self.report(line, Doubt("paragraph-repeated", message, "renumber it", Severity.ERROR))
        elif number != last + 1:
            message = (
                f"paragraph {number} follows paragraph {last}" if last else f"the first paragraph has number {number}"
            )
            hint = f"number it {last + 1}, or restore what is missing"
            self.report(line, Doubt("paragraph-order", message, hint))
        self.paragraphs[number] = line

    def heading(self, level: int, line: int) -> None:
        """Record that a heading of this level is in `line`; report it if it skips a level."""
        if level > self.level + 1:
            hint = "in the structure of the file it is one level below the heading before it; do not skip levels"
            message = f"a heading of level {level} follows one of level {self.level}"
            message = message if self.level else f"the first heading has level {level}, not 1"
            self.report(line, Doubt("heading-level", message, hint, Severity.NOTE))
        self.level = level

    def finish(self) -> tuple[Finding, ...]:
        """Return the findings after the end of the source. Raises SourceError if notes and calls do not match."""
        for label, line in self.calls.items():
            if label not in self.notes:
                hint = "add the note, or correct the number of the call; the source may be incomplete"
                raise self._undefined(label, line, hint)
        for label, line in self.notes.items():
            if label not in self.calls:
                hint = "add its call to the text, or remove the note"
                raise SourceError(f"note {label} is never called", where=self.where(line, f"[^{label}]"), hint=hint)
        for before, number in pairwise(int(label) for label in self.calls if label.isdecimal()):
            if number < before:
                message = f"note {number} is first called after note {before}"
                hint = "number notes in the order of their calls"
                self.report(self.calls[str(number)], Doubt("note-order", message, hint))
        return tuple(self.findings)

    def _undefined(self, label: str, line: int, hint: str) -> SourceError:
        return SourceError(f"call to undefined note {label}", where=self.where(line, f"[^{label}]"), hint=hint)
