"""The structure of a PDF and its pages as pypdf reads it: catalogue, boxes, annotations. A wrong kind is nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import IndirectObject, PdfObject, RectangleObject, read_object


class Reader(PdfReader):
    """pypdf's reader, which takes from a stream of objects those alone that are asked for.

    pypdf itself parses all of them at once, in files of ours the structure tree with its texts beside the catalogue:
    eight times the work. Where a stream is not as it should be, it does so here too.
    """

    def __init__(self, pdf: bytes) -> None:
        self._places: dict[int, tuple[io.BytesIO, dict[int, int]]] = {}
        super().__init__(io.BytesIO(pdf))

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        number = indirect_reference.idnum
        stream = self.xref_objStm[number][0]
        try:
            if stream not in self._places:
                self._places[stream] = self._opened(stream)
            data, places = self._places[stream]
            data.seek(places[number])
            found = read_object(data, self)
        except Exception:  # damage, which shows in any way: pypdf has its own ways with it
            return super()._get_object_from_stream(indirect_reference)
        self.cache_indirect_object(0, number, found)
        return found

    def _opened(self, number: int) -> tuple[io.BytesIO, dict[int, int]]:
        """The data of a stream of objects, and where in it each begins (ISO 32000-1, 7.5.7)."""
        stream: Any = IndirectObject(number, 0, self).get_object()
        data, first = stream.get_data(), int(stream["/First"])
        header = list(map(int, data[:first].split()))
        return io.BytesIO(data), {each: first + start for each, start in zip(header[::2], header[1::2], strict=True)}


def resolved(value: Any) -> Any:
    """What a reference leads to; anything else as it is."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def dictionary(value: Any) -> Mapping[str, Any]:
    """The dictionary, or that of a stream; an empty one for anything else."""
    value = resolved(value)
    return value if isinstance(value, Mapping) else {}


def array(value: Any) -> list[Any]:
    """The things in an array; none for anything else."""
    value = resolved(value)
    return [resolved(each) for each in value] if isinstance(value, list) else []


def text(value: Any) -> str:
    """The text, empty for anything else."""
    value = resolved(value)
    return value if isinstance(value, str) else ""


def number(value: Any) -> float:
    """The number, 0 for anything else."""
    value = resolved(value)
    return float(value) if isinstance(value, int | float) else 0.0


def rectangle(page: PageObject, key: str) -> RectangleObject:
    """A box of a page, the crop box where it has none (ISO 32000-1, 14.11.2), in points from the lower left.

    pypdf's own accessor would write what it falls back on.
    """
    box = array(page.get(key))
    return RectangleObject(tuple(box)) if len(box) == 4 else page.cropbox


def page_annotations(page: PageObject) -> Iterator[Mapping[str, Any]]:
    """The annotations of a page (ISO 32000-1, 12.5)."""
    yield from filter(None, map(dictionary, array(page.get("/Annots"))))
