"""What the metadata of a file says (XMP: ISO 16684-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from pypdf.generic import StreamObject

from masthead.pdf.catalogue.objects import resolved

_PREFIXES = {
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
}


def read_metadata(root: Any) -> Mapping[str, str]:
    """Return the properties that the catalogue's metadata has, by name (`dc:title`); a missing one is empty."""
    stream = resolved(root.get("/Metadata"))
    return parse_packet(stream.get_data() if isinstance(stream, StreamObject) else b"")


def parse_packet(data: bytes) -> Mapping[str, str]:
    """Return the properties in a packet of XMP, by name; a missing one is empty, and all are if it is not XML.

    A property is written as an attribute or as an element; the first one counts.
    """
    found: dict[str, str] = defaultdict(str)
    try:
        packet = ElementTree.fromstring(data)  # expat limits the expansion of entities
    except ElementTree.ParseError:
        return found
    for element in packet.iter():
        for name, value in (*element.attrib.items(), (element.tag, "".join(element.itertext()).strip())):
            namespace, _, local = name[1:].partition("}")
            if prefix := _PREFIXES.get(namespace):
                found.setdefault(f"{prefix}:{local}", value)
    return found
