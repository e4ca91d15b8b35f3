"""The objects of a PDF by pypdf, asked in a way that an object of the wrong kind counts as missing."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import DictionaryObject, IndirectObject, PdfObject, RectangleObject, read_object

from masthead.pdf.catalogue.simple import read_simple


class Reader(PdfReader):
    """pypdf's reader, made to parse only those objects of an object stream that are asked for.

    pypdf itself parses all of them at once: in our files the structure tree with its texts beside the catalogue, which
    is eight times the work. This reader leaves a damaged object stream to pypdf's own method.
    """

    def __init__(self, pdf: bytes) -> None:
        self._streams: dict[int, tuple[bytes, dict[int, int], list[int]]] = {}
        super().__init__(io.BytesIO(pdf))

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        number = indirect_reference.idnum
        stream = self.xref_objStm[number][0]
        try:
            if stream not in self._streams:
                self._streams[stream] = self._open_stream(stream)
            data, offsets, edges = self._streams[stream]
            start = offsets[number]
            found = read_simple(data[start : edges[bisect_right(edges, start)]], self)
            if found is None:
                file = io.BytesIO(data)
                file.seek(start)
                found = read_object(file, self)
        except Exception:  # damage shows as any error; pypdf's method repairs some of it
            return super()._get_object_from_stream(indirect_reference)
        self.cache_indirect_object(0, number, found)
        return found

    def _open_stream(self, number: int) -> tuple[bytes, dict[int, int], list[int]]:
        """Return the data of an object stream, and where each object in it begins and ends (ISO 32000-1, 7.5.7)."""
        if number in self.xref_objStm:  # of such a loop each turn would be tried twice
            raise PdfReadError("an object stream is in an object stream")
        stream: Any = IndirectObject(number, 0, self).get_object()
        data, first = stream.get_data(), int(stream["/First"])
        header = list(map(int, data[:first].split()))
        offsets = {each: first + start for each, start in zip(header[::2], header[1::2], strict=True)}
        return data, offsets, sorted((*offsets.values(), len(data)))


def resolved(value: Any) -> Any:
    """Return what a reference leads to; anything else as it is."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def dictionary(value: Any) -> DictionaryObject:
    """Return a dictionary, or the dictionary of a stream; an empty one for anything else."""
    value = resolved(value)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def array(value: Any) -> list[Any]:
    """Return the items of an array; an empty list for anything else."""
    value = resolved(value)
    return [resolved(each) for each in value] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a string or a name; an empty string for anything else."""
    value = resolved(value)
    return value if isinstance(value, str) else ""


def is_true(value: Any) -> bool:
    """Return whether a value is the Boolean true. pypdf's Booleans are all true to Python."""
    return bool(resolved(value) == True)  # noqa: E712


def number(value: Any) -> float:
    """Return a number; 0 for anything else."""
    value = resolved(value)
    return float(value) if isinstance(value, int | float) else 0.0


def name_tree(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a name tree (ISO 32000-1, 7.9.6), each node once."""
    met: set[int] = set()
    waiting = [root]
    while waiting:
        node = dictionary(waiting.pop())
        if id(node) not in met:
            met.add(id(node))
            waiting += array(node.get("/Kids"))[::-1]
            entries = resolved(node.get("/Names"))
            if isinstance(entries, list):
                yield from zip(map(text, entries[::2]), entries[1::2], strict=False)


def rectangle(page: PageObject, key: str) -> RectangleObject:
    """Return a box of a page in points from the lower left; the crop box where the page lacks it (14.11.2).

    pypdf's own properties write the box that they fall back on into the page.
    """
    box = array(page.get(key))
    return RectangleObject(tuple(box)) if len(box) == 4 else page.cropbox


def page_annotations(page: PageObject) -> Iterator[DictionaryObject]:
    """Yield the annotations of a page (ISO 32000-1, 12.5)."""
    yield from filter(None, map(dictionary, array(page.get("/Annots"))))
