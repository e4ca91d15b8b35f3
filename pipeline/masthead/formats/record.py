"""What a reader notices besides the document: findings, and where notes are called and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from masthead.document import Finding, Severity, SourceError
from masthead.document.references import Doubt


class Record:
    """The running record of one reading of the source `name`, whose `lines` tell columns."""

    def __init__(self, name: str, lines: Sequence[str] = ()) -> None:
        self.name, self.lines = name, lines
        self.findings: list[Finding] = []
        self.calls: dict[str, int] = {}
        self.notes: dict[str, int] = {}
        self.letters: list[tuple[int, int]] = []
        self.letter_notes: list[int] = []
        self.paragraphs: dict[int, int] = {}

    @property
    def start(self) -> str:
        """The place of what stands before the text."""
        return f"{self.name}:1"

    def where(self, line: int, text: str = "") -> str:
        """Return the place of `text` in a line, or else of what the line begins with."""
        if not 0 < line <= len(self.lines):
            return f"{self.name}:{line}"
        source = self.lines[line - 1]
        start = source.find(text) if text and text in source else len(source) - len(source.lstrip())
        return f"{self.name}:{line}:{start + 1}"

    def end(self, line: int) -> str:
        """Return the place of what forces the end of a line: spaces, or a backslash."""
        kept = self.lines[line - 1].rstrip(" \\") if 0 < line <= len(self.lines) else ""
        return f"{self.name}:{line}:{len(kept) + 1}"

    def tell(self, line: int, doubt: Doubt) -> None:
        """Add a finding about `line`."""
        self.findings.append(
            Finding(doubt.message, where=self.where(line), hint=doubt.hint, rule=doubt.rule, severity=doubt.severity)
        )

    def call(self, label: str, line: int) -> None:
        """The note of this label, a number or asterisks, is called in `line`."""
        self.calls.setdefault(label, line)

    def note(self, label: str, line: int) -> None:
        """The text of the note of this label begins in `line`. Raises SourceError when it has one already."""
        if label in self.notes:
            raise SourceError(
                f"note {label} stands twice, first in line {self.notes[label]}",
                where=self.where(line, f"[^{label}]"),
                hint="notes are numbered through the whole document",
            )
        self.notes[label] = line

    def letter(self, ordinal: int, line: int) -> None:
        """The note of a table that bears this letter is called in `line`."""
        self.letters.append((ordinal, line))

    def letter_note(self, line: int) -> None:
        """The text of a table's next note begins in `line`."""
        self.letter_notes.append(line)

    def settle_letters(self) -> None:
        """A table or another block ends. Raises SourceError when calls of letters and notes in it do not match."""
        for ordinal, line in self.letters:
            if ordinal > len(self.letter_notes):
                label = _letter(ordinal)
                raise SourceError(
                    f"note {label} is called but has no text",
                    where=self.where(line, f"[^{label}]"),
                    hint=f"write [^{label}]: … behind the table; other notes have numbers",
                )
        called = {ordinal for ordinal, _ in self.letters}
        for ordinal, line in enumerate(self.letter_notes, start=1):
            if ordinal not in called:
                raise self._uncalled(_letter(ordinal), line, "table")
        self.letters.clear()
        self.letter_notes.clear()

    def paragraph(self, number: int, line: int) -> None:
        """Operative paragraph `number` begins in `line`."""
        last = next(reversed(self.paragraphs), 0)
        if number in self.paragraphs:
            message = f"paragraph {number} stands twice, first in line {self.paragraphs[number]}"
            self.tell(line, Doubt("paragraph-repeated", message, "number it anew", Severity.ERROR))
        elif number != last + 1:
            message = f"paragraph {number} stands {f'behind paragraph {last}' if last else 'first'}"
            hint = f"number it {last + 1}, or restore what is missing"
            self.tell(line, Doubt("paragraph-order", message, hint))
        self.paragraphs[number] = line

    def settle(self) -> tuple[Finding, ...]:
        """Return the findings of a source read to its end. Raises SourceError when calls and notes do not match."""
        for label, line in self.calls.items():
            if label not in self.notes:
                raise SourceError(
                    f"note {label} is called but has no text",
                    where=self.where(line, f"[^{label}]"),
                    hint="add the note, or correct the number of the call; the source may be cut off",
                )
        for label, line in self.notes.items():
            if label not in self.calls:
                raise self._uncalled(label, line, "text")
        for before, number in pairwise(int(label) for label in self.calls if label.isdecimal()):
            if number < before:
                message = f"note {number} is first called after note {before}"
                hint = "number notes in the order of their calls"
                self.tell(self.calls[str(number)], Doubt("note-order", message, hint))
        return tuple(self.findings)

    def _uncalled(self, label: str, line: int, place: str) -> SourceError:
        return SourceError(
            f"note {label} is never called",
            where=self.where(line, f"[^{label}]"),
            hint=f"add its call to the {place}, or take the note out",
        )


def _letter(ordinal: int) -> str:
    return chr(ord("a") + ordinal - 1)
