"""Properties are read from a packet of XMP, whichever way they are written."""

from __future__ import annotations

import pytest

from masthead.pdf.catalogue.metadata import parse_packet

NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
)


def packet(inner: str, attributes: str = "") -> bytes:
    return f"<rdf:RDF {NAMESPACES}><rdf:Description {attributes}>{inner}</rdf:Description></rdf:RDF>".encode()


@pytest.mark.parametrize(
    ("data", "date", "title"),
    [
        (packet("<xmp:CreateDate> 2017-07-06 </xmp:CreateDate><dc:title>قرار</dc:title>"), "2017-07-06", "قرار"),
        (packet("", 'xmp:CreateDate="2017-07-06" dc:title="a"'), "2017-07-06", "a"),
        (packet("<dc:title><rdf:Alt><rdf:li>one</rdf:li></rdf:Alt></dc:title><dc:title>two</dc:title>"), "", "one"),
        (packet("<title>of no vocabulary</title>"), "", ""),
        (b"<rdf:RDF", "", ""),
        (b"", "", ""),
    ],
)
def test_the_first_value_of_a_property_counts_as_attribute_or_element(data: bytes, date: str, title: str) -> None:
    found = parse_packet(data)
    assert (found["xmp:CreateDate"], found["dc:title"]) == (date, title)
