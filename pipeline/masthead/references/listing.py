"""All that a document refers to: where it stands, and what it is resolved to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.model import Document
from masthead.references.citation import Citation, Kind
from masthead.references.places import Position, Source
from masthead.references.recognition import citations
from masthead.references.units import units
from masthead.terms import Symbol

_TREATIES = "https://treaties.un.org/doc/Publication/UNTS/Volume%20{volume}/v{volume}.pdf"


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in a document: the text that refers, the unit it stands in, its line and column where certain.

    `address` is where what it names is found; empty for what has no address of its own.
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
    for unit in parts:
        for found in citations(unit.content, document.language):
            position = located[unit.place].position(found.start) if unit.place in located else None
            text = unit.text[found.start : found.end]
            yield Entry(found.citation, text, unit.place, position, address(found.citation))


def address(citation: Citation) -> str:
    """Where a document or a treaty is found."""
    if citation.kind is Kind.DOCUMENT:
        return Symbol(citation.value).address
    if citation.kind is Kind.TREATY:
        return _TREATIES.format(volume=citation.value.partition("/")[0])
    return ""
