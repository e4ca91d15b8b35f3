"""The numbers that notes print: in an annex with notes of its own they begin again with 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from masthead.document.model import Annex, Document, Note, NoteCall, contents, inlines


@dataclass(frozen=True, slots=True)
class NoteNumber:
    """The number that a note prints, and the annex with notes of its own to which it belongs, counted from 1, or 0."""

    number: int
    annex: int = 0


def printed_notes(document: Document) -> Mapping[int, NoteNumber]:
    """Return what each numbered note prints, by its number in the model, which is unique.

    A note belongs to where it is called first. Notes of later annexes go on from those of the annex before.
    """
    printed = {note.number: NoteNumber(note.number) for note in document.notes if not note.asterisk}
    before = series = 0  # the last note before the series, and the annex with which it begins
    for at, (annex, called) in enumerate(_first_calls(document), 1):
        if annex.own_notes and called:
            before, series = min(called) - 1, at
        if series:
            printed |= {number: NoteNumber(number - before, series) for number in called}
    return printed


def printed_number(note: Note | NoteCall, printed: Mapping[int, NoteNumber]) -> int:
    """Return the number that a note prints, that of its call if there is no such note."""
    return note.number if note.asterisk or note.number not in printed else printed[note.number].number


def with_own_notes(document: Document, numbers: Mapping[int, int]) -> Document:
    """Return the document with those annexes marked in which notes begin again, by the `numbers` that notes print."""
    annexes = [
        replace(annex, own_notes=True) if called and min(called) > 1 == numbers.get(min(called)) else annex
        for annex, called in _first_calls(document)
    ]
    return replace(document, annexes=tuple(annexes))


def _first_calls(document: Document) -> Iterator[tuple[Annex, list[int]]]:
    """Yield each annex with the numbers of the notes that are called in it first, also by notes."""
    notes = {note.number: note for note in document.notes if not note.asterisk}

    def called(value: object) -> Iterator[int]:
        for content in contents(value):
            for inline in inlines(content):
                if isinstance(inline, NoteCall) and not inline.asterisk and (note := notes.pop(inline.number, None)):
                    yield inline.number
                    yield from called(note.content)

    for _ in called((document.preface, document.body)):
        pass
    for annex in document.annexes:
        yield annex, list(called(annex))
