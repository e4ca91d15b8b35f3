"""The numbers that notes print: in an annex with notes of its own they begin again with 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from masthead.document.model import (
    Annex,
    Content,
    Document,
    Emphasis,
    Inline,
    Note,
    NoteCall,
    Revision,
    Strong,
    contents,
    inlines,
    map_contents,
)

_NOTE = "note"  # the kind of the labels of notes


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

    for _ in called((document.preface, document.body)) if document.annexes else ():
        pass
    for annex in document.annexes:
        yield annex, list(called(annex))


def renumbered_calls(content: Content, order: Mapping[int, int]) -> Content:
    """Return content with the calls of numbered notes in this order."""

    def changed(inline: Inline) -> Inline:
        match inline:
            case NoteCall(number, False) if number in order:
                return NoteCall(order[number])
            case Strong(inner) | Emphasis(inner):
                return type(inline)(renumbered_calls(inner, order))
            case Revision(kind, inner):
                return Revision(kind, renumbered_calls(inner, order))
            case _:
                return inline

    return tuple(map(changed, content))


def without_lost_notes(document: Document, before: Document) -> Document:
    """Return the document without the notes that `before` calls and it does not; the others are counted again."""
    notes, lost = document.notes, _called(before) - _called(document)
    while lost and any((note.number, note.asterisk) in lost for note in notes):
        notes = tuple(note for note in notes if (note.number, note.asterisk) not in lost)
        lost |= _called(before) - _called(replace(document, notes=notes))  # notes call notes
    if notes == document.notes:
        return document
    order = {note.number: at for at, note in enumerate((note for note in notes if not note.asterisk), 1)}
    notes = tuple(note if note.asterisk else replace(note, number=order[note.number]) for note in notes)
    labels = tuple(
        replace(label, value=str(order[int(label.value)])) if label.kind == _NOTE else label
        for label in document.labels
        if label.kind != _NOTE or int(label.value) in order
    )
    whole = replace(document, notes=notes, labels=labels)
    parts = {
        name: map_contents(getattr(whole, name), lambda content: renumbered_calls(content, order))
        for name in ("preface", "body", "annexes", "notes")
    }
    return replace(whole, **parts)


def _called(document: Document) -> frozenset[tuple[int, bool]]:
    return frozenset(
        (each.number, each.asterisk)
        for content in contents((document.preface, document.body, document.annexes, document.notes))
        for each in inlines(content)
        if isinstance(each, NoteCall)
    )
