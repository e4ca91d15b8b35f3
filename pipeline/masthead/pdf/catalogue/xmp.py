"""What a file's metadata says of it (XMP: ISO 16684-1)."""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree

from pypdf.generic import StreamObject

from masthead.pdf.catalogue.objects import resolved
from masthead.pdf.evidence import Evidence

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
DC = "http://purl.org/dc/elements/1.1/"
XMP = "http://ns.adobe.com/xap/1.0/"


def said(evidence: Evidence, name: str) -> str:
    """A property of the metadata, whether written as attribute or as element; empty where it is not."""
    root = _root(evidence)
    if root is None:
        return ""
    for element in root.iter():
        if name in element.attrib:
            return element.attrib[name]
        if element.tag == name:
            return "".join(element.itertext()).strip()
    return ""


def _root(evidence: Evidence) -> ElementTree.Element | None:
    stream = resolved(evidence.root.get("/Metadata"))
    if not isinstance(stream, StreamObject):
        return None
    return _parsed(stream.get_data())


@lru_cache(maxsize=1)  # many rules ask of one file
def _parsed(data: bytes) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(data)  # expat of Python ≥ 3.11 bounds entities
    except ElementTree.ParseError:
        return None
