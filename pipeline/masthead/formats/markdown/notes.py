"""The notes of a Markdown source: with numbers of their own, or numbered by their calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from typing import TypeVar

from masthead.document import SourceError, model, renumbered_calls
from masthead.document.references import Kind
from masthead.formats.markdown.syntax import read_note_label
from masthead.formats.record import Record

T = TypeVar("T")
_NAMED = -1  # in place of the number of a note whose label is a word, until all calls are known


class MarkdownNotes:
    """The notes of one source while it is read. The record gets their errors.

    `in_cells` counts those that are written in the cells of the last table.
    """

    def __init__(self, record: Record) -> None:
        self.record, self.notes, self.in_cells = record, list[model.Note](), 0
        self._named: list[tuple[str, int, model.Content]] = []
        self._of_table: list[model.Content] | None = None

    def begin_figure(self) -> None:
        """Note that the last block with notes of its own is a figure, which has no cells."""
        self.in_cells = 0

    def begin_table(self) -> None:
        """Take the notes that are written from here on as those of a table."""
        self._of_table = []

    def end_table(self) -> tuple[model.Content, ...]:
        """Return the notes that are written in the cells of the table."""
        notes, self._of_table = tuple(self._of_table or ()), None
        self.in_cells = len(notes)
        return notes

    def add(self, label: str, line: int, content: model.Content) -> model.NoteCall | model.TableNoteCall | None:
        """Add a note with a label, `[^1]: text`, and return its call; None if its number is not known yet.

        A note of a table, whose call is returned, is added by the caller. Raises SourceError for another label.
        """
        call = read_note_label(label, self.record.where(line, f"[^{label}]"), lambda word: _NAMED)
        if call == model.NoteCall(_NAMED):
            self._named.append((label, line, content))
            return None
        if isinstance(call, model.NoteCall):
            self.record.note(label, line)
            self.notes.append(model.Note(call.number, content, call.asterisk))
        return call

    def read(self, line: int, content: Callable[[], model.Content]) -> model.NoteCall | model.TableNoteCall:
        """Add a note that is written where it is called, `^[text]`, and return its call. In a cell it is the table's.

        `content` reads its text, which may have notes too.
        """
        notes = self._of_table
        if notes is not None:
            call = model.TableNoteCall(len(notes) + 1)
            self.record.table_calls.append((call.ordinal, line))
            self.record.table_notes.append(line)
            notes.append(())
            notes[call.ordinal - 1] = content()
            return call
        number = self.record.counted_note()
        self.record.call(str(number), line)
        self.record.note(str(number), line)
        self.notes.append(model.Note(number, content()))
        return model.NoteCall(number)

    def number(self) -> None:
        """Give the notes with words as labels the numbers of their calls; if any note is counted, all are."""
        names, calls = {label for label, *_ in self._named}, set(self.record.note_numbers)
        self.record.note_words = names
        for label, line, content in self._named:
            number = self.record.note_numbers.get(label)
            if number is None:
                if get_close_matches(label, calls - names, 1):
                    continue  # the error of the call names this note
                hint = "add its call to the text, or remove the note"
                where = self.record.where(line, f"[^{label}]")
                self.record.refuse(SourceError(f"note {label} is never called", where=where, hint=hint))
                continue
            self.record.note(str(number), line)
            self.record.label(model.Label(label, str(Kind.NOTE), str(number)), line)
            self.notes.append(model.Note(number, content))
        order = self.record.note_order
        if order:
            notes = (replace(note, number=order.get(note.number, note.number)) for note in self.notes)
            notes = (replace(note, content=renumbered_calls(note.content, order)) for note in notes)
            self.notes[:] = sorted(notes, key=lambda note: (note.asterisk, note.number))
        for name, named in self.record.labels.items():
            if order and named.kind == Kind.NOTE:
                value = str(order.get(int(named.value), named.value))
                self.record.labels[name] = replace(named, value=value)

    def with_order(self, value: T) -> T:
        """Return a value of the model with the numbers of notes in the order of their calls, if any is counted."""
        order = self.record.note_order
        return model.map_contents(value, lambda content: renumbered_calls(content, order)) if order else value
