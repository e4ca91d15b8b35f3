"""The structure of a PDF and its pages as pypdf reads it: catalogue, boxes, annotations. A wrong kind is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PageObject
from pypdf.generic import IndirectObject, RectangleObject


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
