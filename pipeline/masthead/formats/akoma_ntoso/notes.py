"""The notes of an Akoma Ntoso file. Each is where it is called first, and its marker says which note it is.

Markers may begin again with 1 in an attachment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import NoteCall, TableNoteCall
from masthead.formats.akoma_ntoso.source import AknSource, Element, children
from masthead.formats.akoma_ntoso.vocabulary import NOTE_ORDER, TABLE_NOTES

_OWN_IDENTIFIER = re.compile(r"ftn_(\d{1,4})")


class NoteCalls:
    """The calls of one file: of notes by their elements, of these and of tables' notes by address."""

    def __init__(self, source: AknSource) -> None:
        self._source = source
        self._calls: dict[Element, NoteCall] = {}
        self.markers: dict[int, int] = {}  # the numbers that notes print, by those of their calls
        taken: set[NoteCall] = set()
        highest = before = 0
        attachment = None
        for element in notes_of(source.root, "authorialNote"):
            shown, outer = _shown(element), next(element.iterancestors("attachment", "component"), None)
            if shown == NoteCall(1) and shown in taken and outer is not attachment:
                before = highest
            self._calls[element] = call = self._numbered(element, shown, before, taken, highest + 1)
            taken.add(call)
            if not call.asterisk:
                highest, attachment = max(highest, call.number), outer
                self.markers[call.number] = shown.number
        self._by_address: dict[str, NoteCall | TableNoteCall] = {
            _address(each): call for each, call in self._calls.items()
        }
        for line in source.root.iter("p"):
            if line.get("class") == TABLE_NOTES:
                for ordinal, note in enumerate(children(line, "authorialNote"), 1):
                    self._by_address[_address(note)] = TableNoteCall(ordinal)

    def of(self, element: Element) -> NoteCall | None:
        """Return the call of an `authorialNote`; None for a note of a table."""
        return self._calls.get(element)

    def at(self, address: str) -> NoteCall | TableNoteCall | None:
        """Return the call of the note at an address, `#…`, None if there is none."""
        return self._by_address.get(address)

    def lines(self) -> dict[NoteCall, int]:
        """Return the line of each note."""
        return {call: int(element.sourceline) for element, call in self._calls.items()}

    def in_order(self) -> list[tuple[Element, NoteCall]]:
        """Return the notes in the order of the identifiers in the metadata, or else in that of the file."""
        order = next((str(each.get("order", "")).split() for each in self._source.root.iter(NOTE_ORDER)), [])
        places = {eid: place for place, eid in enumerate(order)}
        return sorted(self._calls.items(), key=lambda each: places.get(str(each[0].get("eId")), 0))

    def _numbered(self, element: Element, shown: NoteCall, before: int, taken: set[NoteCall], free: int) -> NoteCall:
        """Return the call of a note by what it shows, or with the next `free` number if that is unknown or taken.

        `before` is the last note before those whose numbers begin again.
        """
        if self._source.is_ours and (number := _OWN_IDENTIFIER.fullmatch(str(element.get("eId")))):
            call = NoteCall(int(number[1]))
        else:
            call = shown if shown.asterisk or not shown.number else NoteCall(shown.number + before)
        if call.number and call not in taken:
            return call
        self._source.note_flattened("the marker of a note that is not a number of its own", element)
        return NoteCall(free)


def _shown(element: Element) -> NoteCall:
    """Return the call that the marker of a note shows, number 0 if it is neither a number nor asterisks."""
    marker = str(element.get("marker", "")).strip()
    if marker and not marker.strip("*"):
        return NoteCall(len(marker), asterisk=True)
    digits = re.fullmatch(r"\W{0,2}(\d{1,4})\W{0,2}", marker)
    return NoteCall(int(digits[1]) if digits else 0)


def notes_of(root: Element, name: str) -> Iterator[Element]:
    """Yield the notes in a file, whose elements have this name, without those of tables."""
    for note in root.iter(name):
        parent = note.getparent()
        if parent is None or parent.get("class") != TABLE_NOTES:
            yield note


def _address(element: Element) -> str:
    return f"#{element.get('eId')}"
