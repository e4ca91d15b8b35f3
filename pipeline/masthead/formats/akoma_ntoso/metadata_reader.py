"""The metadata of a file as the metadata of a document, which no page prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from masthead.document import Metadatum
from masthead.formats.akoma_ntoso.source import AknSource, Element
from masthead.formats.akoma_ntoso.vocabulary import OWN, PREFIXES


def read_metadata(elements: Iterable[Element], source: AknSource) -> Iterator[Metadatum]:
    """Yield `elements` as metadata. Text between the elements of one is noted as left out."""
    for element in elements:
        if str(element.tag).startswith(f"{{{OWN}}}"):
            continue
        for child in element:
            if child.tail and child.tail.strip():
                source.note_loss(f"“{child.tail.strip()[:60]}” in the metadata", child)
        yield Metadatum(
            qualified(element.tag),
            tuple((qualified(name), value) for name, value in element.attrib.items()),
            (element.text or "").strip(),
            tuple(read_metadata(element, source)),
        )


def qualified(name: str) -> str:
    """Return the name of an element or an attribute of the tree with a prefix, or its namespace, before it."""
    namespace = etree.QName(name).namespace
    if not namespace:
        return name
    local = etree.QName(name).localname
    return f"{PREFIXES[namespace]}:{local}" if namespace in PREFIXES else name
