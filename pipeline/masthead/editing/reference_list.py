"""All that a document refers to: where it stands, and what it is resolved to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.document import Document
from masthead.document.references import Citation, Linker, address, find_citations, units
from masthead.editing.places import Position, Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in a document: the text that refers, the unit it stands in, its line and column where certain.

    `address` is where what it names is found: a whole address, or `#` and the anchor of a part of the same document;
    empty for what has none.
    """

    citation: Citation
    text: str
    place: str
    position: Position | None
    address: str


def references(document: Document, source: str = "") -> Iterator[Entry]:
    """Yield what `document` refers to, in reading order; `source` is the text it was read from."""
    parts = units(document)
    located = Source(source).locate(parts) if source else {}
    linker = Linker(document)
    for unit in parts:
        targets = dict(linker.targets(unit.content, unit.scope))
        for found in find_citations(unit.content, document.language):
            position = located[unit.place].position(found.start) if unit.place in located else None
            text = unit.text[found.start : found.end]
            where = targets.get(found) or address(found.citation)
            yield Entry(found.citation, text, unit.place, position, where)
