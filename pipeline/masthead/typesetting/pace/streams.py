"""PDF objects are serialized once, and streams that occur in every file are compressed once.

pydyf serializes every object twice: to write it, and to compute the digest of all objects that identifies the file.
Most of that time is compression. Colour profiles, emblems and often font subsets are the same in the next document.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import masthead.typesetting.engine.pydyf as pydyf
from masthead.typesetting.engine.patching import patched
from masthead.typesetting.memory import Memory
from masthead.typesetting.repairs import compression

_cache: Memory[bytes] = Memory(16 * 2**20)


def data(stream: Any) -> bytes:
    """Return a stream as it is written to the file."""
    return compression.serialize(stream, _compress)


def _compress(content: bytes) -> bytes:
    key = sha256(content).digest()
    return _cache.get(key) or _cache.keep(key, compression.compress(content), len(content))


def to_bytes(item: Any) -> bytes:
    """Return a value as it is written to the file."""
    kind = item.__class__
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is float:
        return (b"%d" % item) if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if kind is int:
        return b"%d" % item
    return item.data if isinstance(item, pydyf.Object) else _stock_to_bytes(item)


_stock_to_bytes: Callable[[Any], bytes] = pydyf._to_bytes
_stock_string: Callable[[Any], bytes] = pydyf.String.data.fget


def indirect(item: Any) -> bytes:
    """Return an object with its number, and keep its bytes for the digest."""
    item.written = item.data
    return b"%d %d obj\n%b\nendobj" % (item.number, item.generation, item.written)


def dictionary(item: Any) -> bytes:
    """Return a dictionary as it is written to the file."""
    entries = [
        # Without a call for what most values are.
        b"/%b %b" % (key.encode("ascii"), value if value.__class__ is bytes else to_bytes(value))
        for key, value in item.items()
    ]
    return b"<<%b>>" % b"".join(entries)


def array(item: Any) -> bytes:
    """Return an array as it is written to the file."""
    return b"[%b]" % b" ".join(map(to_bytes, item))


def string(item: Any) -> bytes:
    """Return a string as it is written to the file: one with other characters than those of ASCII by its codes."""
    text = item.string
    if text.__class__ is str and not text.isascii():
        return b"<feff%b>" % text.encode("utf-16-be").hex().encode()
    return _stock_string(item)


_SERIALIZED_ONCE = (
    ("data = object_.data", "data = object_.written = object_.data"),
    ("b''.join(obj.data for obj in self.objects", "b''.join(obj.written for obj in self.objects"),
)


def apply() -> None:
    """Put the optimization into pydyf."""
    pydyf.Stream.data = property(data)
    pydyf.Dictionary.data = property(dictionary)
    pydyf.Array.data = property(array)
    pydyf.String.data = property(string)
    pydyf.Object.indirect = property(indirect)
    pydyf.PDF.write = patched(pydyf.PDF, "write", *_SERIALIZED_ONCE)
    pydyf._to_bytes = to_bytes
