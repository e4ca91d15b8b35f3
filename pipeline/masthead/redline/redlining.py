"""Two documents compared: their lines and notes aligned, and what changed in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from masthead.document import Content, Document, Inline, NoteCall, OrderError, inlines, locales, map_contents, model
from masthead.redline.lines import DocumentLine, lines
from masthead.redline.sequences import AlignedItem, Step, align, paired_in_place
from masthead.redline.words import as_compared

NoteKey = tuple[int, bool]
"""The number of a note, and whether it has an asterisk."""


@dataclass(frozen=True, slots=True)
class AlignedLine:
    """A step through the lines of both documents: see `sequences.Step`."""

    old: tuple[DocumentLine, ...] = ()
    new: tuple[DocumentLine, ...] = ()
    move: int = 0


@dataclass(frozen=True, slots=True)
class AlignedNote:
    """A note of either document, or of both. `number` is its number among the notes of both together.

    `numbers` are those that it has in each document, None where it is not.
    """

    old: model.Note | None
    new: model.Note | None
    number: int
    numbers: tuple[NoteKey | None, NoteKey | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Redline:
    """What changed between two documents in one language.

    `lines` are those of both, in the order in which they are read together. `numbered` are both documents. The note
    calls of these have the numbers of `notes`.
    """

    old: Document
    new: Document
    lines: tuple[AlignedLine, ...]
    notes: tuple[AlignedNote, ...]
    numbered: tuple[Document, Document]

    @property
    def plain_old(self) -> Document:
        """The old document without the page ends of the printed original, which are no part of the text."""
        return _renumbered(self.old, {})

    @property
    def plain_new(self) -> Document:
        """The new document without those page ends."""
        return _renumbered(self.new, {})


def redline(old: Document, new: Document) -> Redline:
    """Return what changed between two documents. Raises OrderError if they are in different languages."""
    if old.language is not new.language:
        message = f"the first document is in {old.language.name.title()}, the second in {new.language.name.title()}"
        raise OrderError(message, hint="compare versions in one language; masthead concord compares languages")
    notes = _notes(old, new)
    before = _renumbered(old, {(note.old.number, note.old.asterisk): note.number for note in notes if note.old})
    after = _renumbered(new, {(note.new.number, note.new.asterisk): note.number for note in notes if note.new})
    locale = locales.load(new.language)
    ours, theirs = lines(before, locale), lines(after, locale)
    items = [line.item for line in ours], [line.item for line in theirs]
    steps = paired_in_place(align(*items), lambda i, j: items[0][i].is_like(items[1][j]))
    aligned = (
        AlignedLine(tuple(ours[i] for i in step.old), tuple(theirs[j] for j in step.new), step.move) for step in steps
    )
    ours_by, theirs_by = _by_number(before), _by_number(after)
    renumbered = (
        AlignedNote(
            note.old and ours_by[note.number, note.old.asterisk],
            note.new and theirs_by[note.number, note.new.asterisk],
            note.number,
            (_key(note.old), _key(note.new)),
        )
        for note in notes
    )
    return Redline(old, new, tuple(aligned), tuple(renumbered), (before, after))


def _key(note: model.Note | None) -> NoteKey | None:
    return (note.number, note.asterisk) if note else None


def _by_number(document: Document) -> dict[NoteKey, model.Note]:
    return {(note.number, note.asterisk): note for note in document.notes}


def _notes(old: Document, new: Document) -> list[AlignedNote]:
    """Return the notes of both documents, numbered together: a note that was removed comes before one added there.

    A note of the new document keeps its asterisks, because the masthead has them too.
    """
    steps = align([_item(note) for note in old.notes], [_item(note) for note in new.notes])
    numbers = count(1)
    asterisks = count(1 + max((note.number for note in new.notes if note.asterisk), default=0))
    found: list[AlignedNote] = []
    for one, other in _paired(steps, old, new):
        if other and other.asterisk:
            found.append(AlignedNote(one, other, other.number))
        else:
            found.append(AlignedNote(one, other, next(asterisks if one and one.asterisk else numbers)))
    return found


def _item(note: model.Note) -> AlignedItem:
    return AlignedItem(as_compared(model.plain(note.content)), "*" if note.asterisk else "")


def _paired(steps: Sequence[Step], old: Document, new: Document) -> list[tuple[model.Note | None, model.Note | None]]:
    """Return the notes in the order of the steps, those that moved as removed and added.

    A removed note beside an added one that is called after the same words, or with the same asterisks, is the same
    note, rewritten.
    """
    words = _words_before(old), _words_before(new)
    found: list[tuple[model.Note | None, model.Note | None]] = []
    for step in steps:
        before: list[model.Note | None] = [old.notes[i] for i in step.old] or [None]
        after: list[model.Note | None] = [new.notes[j] for j in step.new] or [None]
        if not step.old and found and found[-1][1] is None and (last := found[-1][0]) is not None and after[0]:
            one, other = words[0].get((last.number, last.asterisk)), words[1].get((after[0].number, after[0].asterisk))
            if (one and one == other) or (last.asterisk and _key(last) == _key(after[0])):
                found[-1] = (last, after[0])
                continue
        found.append((before[0], after[0]))
        found += [(each, None) for each in before[1:]]
        found += [(None, each) for each in after[1:]]
    return found


def _words_before(document: Document) -> dict[NoteKey, str]:
    """Return the text before the first call of each note."""
    found: dict[NoteKey, str] = {}
    for content in model.contents((document.preface, document.body, document.annexes)):
        text = ""
        for inline in inlines(content):
            if isinstance(inline, NoteCall):
                found.setdefault((inline.number, inline.asterisk), text[-30:])
            text += model.characters(inline)
    return found


def _renumbered(document: Document, numbers: Mapping[NoteKey, int]) -> Document:
    """Return a document with other numbers of its notes, and without the page ends of the printed original."""

    def changed(content: Content) -> Content:
        return tuple(_calls(model.unbroken(content)))

    def _calls(content: Iterable[Inline]) -> Iterable[Inline]:
        for inline in content:
            if isinstance(inline, NoteCall):
                yield replace(inline, number=numbers.get((inline.number, inline.asterisk), inline.number))
            elif isinstance(inline, model.Strong | model.Emphasis):
                yield replace(inline, content=tuple(_calls(inline.content)))
            else:
                yield inline

    notes = tuple(
        replace(note, number=numbers.get((note.number, note.asterisk), note.number), content=changed(note.content))
        for note in document.notes
    )
    parts = {name: map_contents(getattr(document, name), changed) for name in ("preface", "body", "annexes")}
    return replace(document, notes=notes, pagination=model.Pagination.FLOW, **parts)
