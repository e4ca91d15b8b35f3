"""Bookmarks, attachments and metadata are read from the catalogue, whatever a damaged file has in their place."""

from __future__ import annotations

import io
from itertools import islice

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from masthead.pdf import read_attachments, read_bookmarks
from masthead.pdf.catalogue.metadata import read_metadata
from masthead.pdf.catalogue.objects import array, dictionary, name_tree, number, text


def entries(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def reader(writer: PdfWriter) -> PdfReader:
    data = io.BytesIO()
    writer.write(data)
    return PdfReader(data)


def bookmarks(writer: PdfWriter, *destinations: object) -> list[tuple[str, int | None]]:
    """The bookmarks of a file, the titles of which are their places; each is in the list below the one before."""
    below = None
    for place, destination in reversed([*enumerate(destinations, 1)]):
        item = entries(Title=TextStringObject(str(place)), Dest=destination)
        if below:
            item[NameObject("/First")] = below
        below = writer._add_object(item)
    writer.root_object[NameObject("/Outlines")] = entries(First=below)
    return [*read_bookmarks(reader(writer))]


def test_a_bookmark_leads_to_a_page_by_an_array_a_name_or_a_structure_element() -> None:
    writer = PdfWriter()
    first, second = (writer.add_blank_page(100, 100).indirect_reference for _ in range(2))
    to_second = ArrayObject([second, NameObject("/Fit")])
    names = ArrayObject([TextStringObject("a"), entries(D=to_second), TextStringObject("b"), to_second])
    writer.root_object[NameObject("/Names")] = entries(Dests=entries(Kids=ArrayObject([entries(Names=names)])))
    cell = writer._add_object(entries(S=NameObject("/TD"), Pg=first))
    table = writer._add_object(entries(S=NameObject("/Table"), K=ArrayObject([cell])))
    assert bookmarks(
        writer,
        ArrayObject([first, NameObject("/Fit")]),
        TextStringObject("a"),
        TextStringObject("b"),
        ArrayObject([table, NameObject("/Fit")]),
        TextStringObject("unknown"),
        ArrayObject([]),
        NumberObject(3),
    ) == [("1", 1), ("2", 2), ("3", 2), ("4", 1), ("5", None), ("6", None), ("7", None)]


def test_bookmarks_that_lead_back_to_themselves_come_to_an_end() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    item = entries(Title=TextStringObject("again"))
    item[NameObject("/Next")] = reference = writer._add_object(item)
    writer.root_object[NameObject("/Outlines")] = entries(First=reference)
    assert len([*islice(read_bookmarks(reader(writer)), 20_000)]) == 10_000


def test_attachments_have_their_types_and_relationships() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream[NameObject("/Subtype")] = NameObject("/text/plain")
    known = entries(AFRelationship=NameObject("/Source"), EF=entries(F=writer._add_object(stream)))
    reference = writer._add_object(known)
    names = ArrayObject([TextStringObject("a.md"), reference, TextStringObject("b"), NumberObject(1)])
    writer.root_object[NameObject("/Names")] = entries(EmbeddedFiles=entries(Names=names))
    writer.root_object[NameObject("/AF")] = ArrayObject([reference])
    assert [*read_attachments(reader(writer))] == [
        ("a.md", "text/plain", "/Source", True, True),
        ("b", "", "", False, True),
    ]


def test_a_name_tree_that_leads_back_to_itself_comes_to_an_end() -> None:
    tree = entries(Names=ArrayObject([TextStringObject("a"), NumberObject(1)]))
    tree[NameObject("/Kids")] = ArrayObject([tree])
    assert [*name_tree(tree)] == [("a", 1)]


@pytest.mark.parametrize("wrong", [None, NumberObject(1), TextStringObject("x"), ArrayObject(), entries()])
def test_objects_of_the_wrong_kind_count_as_missing(wrong: object) -> None:
    assert dictionary(wrong) == {}
    assert array(wrong) == []
    assert text(wrong) in ("", "x")
    assert number(wrong) in (0, 1)
    assert [*name_tree(wrong)] == []


def test_metadata_is_read_from_attributes_and_elements() -> None:
    packet = b"""<x xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
    <y pdfaid:part="3" title="none"><dc:title><z> A <b>title</b> </z></dc:title><dc:title>another</dc:title></y></x>"""
    stream = StreamObject()
    stream.set_data(packet)
    found = read_metadata(entries(Metadata=stream))
    assert (found["pdfaid:part"], found["dc:title"], found["dc:creator"]) == ("3", "A title", "")


@pytest.mark.parametrize("packet", [b"", b"<x", b"<x/>"])
def test_metadata_that_cannot_be_read_is_empty(packet: bytes) -> None:
    stream = StreamObject()
    stream.set_data(packet)
    assert read_metadata(entries(Metadata=stream)) == {}
    assert read_metadata(entries(Metadata=NumberObject(1))) == {}
