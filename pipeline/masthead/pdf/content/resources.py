"""The objects of a PDF as qpdf reads them, asked in a way that a wrong kind of object is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pikepdf


class Rectangle(NamedTuple):
    """A box of a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def dictionary(value: Any) -> Any:
    """The dictionary, or that of a stream; an empty one for anything else."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else pikepdf.Dictionary()


def rectangle(page: pikepdf.Page, key: str, otherwise: str = "/CropBox") -> Rectangle:
    """A box of a page; where the page has none `otherwise`, and the media box at last (ISO 32000-1, 14.11.2)."""
    for name in (key, otherwise):
        if name in page.obj:
            return Rectangle(*map(float, page.obj[name]))
    return Rectangle(*map(float, page.mediabox))


def numbers(file: pikepdf.Pdf) -> Mapping[tuple[int, int], int]:
    """The number of each page, from 1, by the identity of its object."""
    return {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
