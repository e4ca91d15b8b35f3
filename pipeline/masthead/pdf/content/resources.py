"""What a page's resources hold (ISO 32000-1, 7.8.3). Resources of the wrong kind count as missing."""

from __future__ import annotations

from typing import Any

import pikepdf

from masthead.pdf.damage import DAMAGE


def dictionary(value: Any) -> Any:
    """Return a dictionary, or the dictionary of a stream; an empty one for anything else."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else pikepdf.Dictionary()


def data(stream: Any) -> bytes:
    """Return the data of a stream; nothing for a stream that cannot be unpacked, and for anything else."""
    try:
        return bytes(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else b""
    except DAMAGE:
        return b""


def of_page(page: pikepdf.Page, kind: str) -> Any:
    """Return the page's resources of one kind by name: `/Font`, `/ExtGState`, `/Properties`."""
    return dictionary(dictionary(page.obj.get("/Resources")).get(kind))
