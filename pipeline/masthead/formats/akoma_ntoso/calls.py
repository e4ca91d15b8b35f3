"""The notes of an Akoma Ntoso file, which stand where they are called: which call each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import NoteCall, TableNoteCall
from masthead.formats.akoma_ntoso.vocabulary import OWN
from masthead.formats.akoma_ntoso.xml import Element, Source

TABLE_NOTES = "tableNotes"
"""The class of the paragraph that holds a table's notes."""


class Calls:
    """The calls of one file: of notes by their elements, of these and of tables' notes by address."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._calls: dict[Element, NoteCall] = {}
        taken: set[NoteCall] = set()
        highest = 0
        for element in notes_of(source.root, source.namespace):
            self._calls[element] = call = self._numbered(element, taken, highest + 1)
            taken.add(call)
            highest = highest if call.asterisk else max(highest, call.number)
        self._by_id: dict[str, NoteCall | TableNoteCall] = {_address(each): call for each, call in self._calls.items()}
        for line in source.root.iter(source.tag("p")):
            if line.get("class") == TABLE_NOTES:
                notes = source.children(line, "authorialNote")
                self._by_id.update((_address(note), TableNoteCall(place)) for place, note in enumerate(notes, 1))

    def of(self, element: Element) -> NoteCall:
        """Return the call that an `authorialNote` stands for."""
        return self._calls[element]

    def named(self, address: str) -> NoteCall | TableNoteCall | None:
        """Return the call of the note at an address, `#…`; None where none is there."""
        return self._by_id.get(address)

    def lines(self) -> dict[NoteCall, int]:
        """Return the line in which each note stands."""
        return {call: int(element.sourceline) for element, call in self._calls.items()}

    def in_order(self) -> list[tuple[Element, NoteCall]]:
        """Return the notes in the order of identifiers that the metadata tell, else in their own."""
        order = next((str(each.get("order", "")).split() for each in self._source.root.iter(f"{{{OWN}}}notes")), [])
        places = {eid: place for place, eid in enumerate(order)}
        return sorted(self._calls.items(), key=lambda each: places.get(str(each[0].get("eId")), 0))

    def _numbered(self, element: Element, taken: set[NoteCall], free: int) -> NoteCall:
        """The call of a note by its marker; by the next `free` number where that says none, or one that is taken."""
        marker = str(element.get("marker", "")).strip()
        digits = re.fullmatch(r"\W{0,2}(\d{1,4})\W{0,2}", marker)
        if marker and not marker.strip("*"):
            call = NoteCall(len(marker), asterisk=True)
        elif digits and int(digits[1]):
            call = NoteCall(int(digits[1]))
        else:
            call = NoteCall(0)
        if call.number and call not in taken:
            return call
        self._source.flatten("a note's marker that is no number of its own", element)
        return NoteCall(free)


def _address(element: Element) -> str:
    return f"#{element.get('eId')}"


def notes_of(root: Element, namespace: str) -> Iterator[Element]:
    """The notes of a file that are no table's."""
    for note in root.iter(f"{{{namespace}}}authorialNote"):
        parent = note.getparent()
        if parent is None or parent.get("class") != TABLE_NOTES:
            yield note


def call_label(call: NoteCall) -> str:
    """Return what a note is called by in records: its number, or its asterisks."""
    return "*" * call.number if call.asterisk else str(call.number)
