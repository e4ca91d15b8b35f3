"""Objects of a PDF as values that do not depend on how the file is written: no object numbers, filters or subset tags.

Two files that hold the same objects give the same digests, whatever program saved them last.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from decimal import Decimal
from hashlib import blake2b
from typing import Any

import pikepdf

# Left out: links to parents and neighbours, numbers with a meaning only inside the file, and how streams are encoded.
_LEFT_OUT = frozenset(
    ("/Parent", "/P", "/Pg", "/StructParent", "/StructParents", "/Length", "/Filter", "/DecodeParms", "/DL", "/B")
) | {"/ProcSet", "/Length1", "/Length2", "/Length3", "/Popup", "/IRT", "/F_Size", "/CIDSet", "/CharSet"}
_SUBSET = re.compile(r"^/?[A-Z]{6}\+|^/")  # the tag before a subset's name is arbitrary (ISO 32000-1, 9.6.4)
_NAMES = re.compile(rb"/([^\s/<>\[\](){}%]+)")


def font_name(name: Any) -> str:
    """Return the name of a font without the tag of its subset."""
    return _SUBSET.sub("", str(name))


def dictionary(value: Any) -> Any:
    """Return a dictionary, or the dictionary of a stream; an empty one for anything else."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else pikepdf.Dictionary()


def array(value: Any) -> list[Any]:
    """Return the items of an array; an empty list for anything else."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def data(stream: pikepdf.Stream) -> bytes:
    """Return the decoded data of a stream; with its filter where that decodes only pictures."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return str(stream.get("/Filter")).encode() + stream.read_raw_bytes()


class Digests:
    """The digests of objects of one file; `pages` has the name of each page by its object."""

    def __init__(self, pages: Mapping[tuple[int, int], str]) -> None:
        self._pages = pages
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, value: Any) -> str:
        """Return the digest of an object with everything that belongs to it, as a value of an attribute."""
        return "#" + self._digest(value, 0).hex()

    def of_entries(self, holder: Any, names: Container[str] | None = None) -> str:
        """Return the digest of the entries of a dictionary, or of those of `names`."""
        entries = ((key, value) for key, value in dictionary(holder).items() if names is None or key in names)
        return "#" + self._entries(entries, 0).hex()

    def of_bytes(self, value: bytes) -> str:
        """Return the digest of data."""
        return "#" + _hash(value).hex()

    def _digest(self, value: Any, depth: int) -> bytes:
        if not isinstance(value, pikepdf.Object):
            return _hash(b"v", _scalar(value))
        if not value.is_indirect:
            return self._direct(value, depth)
        number = value.objgen
        if number in self._pages:
            return _hash(b"p", self._pages[number].encode())
        if number not in self._known:
            self._known[number] = b"again"  # if it leads back to itself
            self._known[number] = self._direct(value, depth)
        return self._known[number]

    def _direct(self, value: Any, depth: int) -> bytes:
        if depth > 60:
            return b"deep"
        if isinstance(value, pikepdf.Array):
            return _hash(b"a", *[self._digest(each, depth + 1) for each in value])
        if isinstance(value, pikepdf.Stream):
            entries = (item for item in value.stream_dict.items() if item[0] not in _LEFT_OUT)
            return _hash(b"s", data(value), self._entries(entries, depth))
        if isinstance(value, pikepdf.Dictionary):
            return self._entries(((key, each) for key, each in value.items() if key not in _LEFT_OUT), depth)
        return _hash(b"v", _scalar(value))

    def _entries(self, entries: Iterator[tuple[str, Any]], depth: int) -> bytes:
        parts = (part for key, value in sorted(entries) for part in (key.encode(), self._digest(value, depth + 1)))
        return _hash(b"d", *parts)


def _scalar(value: Any) -> bytes:
    if isinstance(value, pikepdf.String):
        return b"(" + bytes(value)
    if isinstance(value, pikepdf.Name):
        return font_name(value).encode()
    if isinstance(value, Decimal | float):
        value = round(float(value), 4)
        value = int(value) if value == int(value) else value
    return str(value).encode()


def _hash(*parts: bytes) -> bytes:
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.digest()


def content_of(page: Any) -> bytes:
    """Return the decoded content of a page."""
    contents = page.get("/Contents")
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(each.read_bytes() for each in parts if isinstance(each, pikepdf.Stream))


def names_in(content: bytes) -> frozenset[str]:
    """Return all names that a content stream may use of its resources."""
    return frozenset("/" + name.decode("latin-1") for name in _NAMES.findall(content))


def inherited(page: Any, key: str) -> Any:
    """Return an attribute of a page, which its parents may have instead (ISO 32000-1, 7.7.3.4)."""
    for _ in range(50):
        if (value := page.get(key)) is not None:
            return value
        page = page.get("/Parent")
        if not isinstance(page, pikepdf.Dictionary):
            break
    return None
