"""A list of everything that a document refers to: where the reference is, and where its target is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.document import Document, Position
from masthead.document.references import Citation, Linker, address, find_citations, units
from masthead.editing.places import SourceText


@dataclass(frozen=True, slots=True)
class ListedReference:
    """A reference in a document: its text, the unit that contains it, and its line and column if they are certain.

    `address` is the address of the target: a URL, or `#` and the anchor of a part of the same document; empty if the
    target has none.
    """

    citation: Citation
    text: str
    place: str
    position: Position | None
    address: str


def references(document: Document, source: str = "") -> Iterator[ListedReference]:
    """Yield what `document` refers to, in reading order; `source` is the text that it was read from."""
    parts = units(document)
    located = SourceText(source).locate(parts) if source else {}
    linker = Linker(document)
    for unit in parts:
        targets = dict(linker.targets(unit.content, unit.scope))
        for found in find_citations(unit.content, document.language):
            position = located[unit.place].position(found.start) if unit.place in located else None
            text = unit.text[found.start : found.end]
            target = targets.get(found) or address(found.citation)
            yield ListedReference(found.citation, text, unit.place, position, target)
