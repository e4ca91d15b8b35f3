"""Objects of a file made into bytes once, what is the same in every file compressed once, values told by their type.

pydyf asks every object for its bytes twice, to write it and to name the file by a digest of all; compressing is most of
it. Colour profiles, emblems, and often the subsets of fonts, are those of the document before.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pydyf

from masthead.typesetting.pace.memory import Memory
from masthead.typesetting.repairs import compression
from masthead.typesetting.repairs.replacing import Repair, Replacement, rewritten

_compressed: Memory[bytes] = Memory(16 * 2**20)


def data(stream: Any) -> bytes:
    """Return the stream as it stands in the file."""
    return compression.written(stream, _compress)


def _compress(content: bytes) -> bytes:
    key = sha256(content).digest()
    return _compressed.get(key) or _compressed.keep(key, compression.compress(content), len(content))


def to_bytes(item: Any) -> bytes:
    """Return a value of an object as it stands in the file."""
    kind = item.__class__
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    return _to_bytes(item)


_to_bytes: Callable[[Any], bytes] = pydyf._to_bytes


def indirect(item: Any) -> bytes:
    """Return an object with its number, and keep its bytes until the file is named."""
    item.written = item.data
    return b"%d %d obj\n%b\nendobj" % (item.number, item.generation, item.written)


def dictionary(item: Any) -> bytes:
    """Return a dictionary as it stands in the file."""
    entries = (b"/%b %b" % (to_bytes(key), to_bytes(value)) for key, value in item.items())
    return b"<<%b>>" % b"".join(entries)


_ONCE = (
    ("data = object_.data", "data = object_.written = object_.data"),
    (
        "b''.join(obj.data for obj in self.objects if obj.free != 'f')",
        "b''.join(obj.written for obj in self.objects if obj.free != 'f')",
    ),
)


def _replacements() -> tuple[Replacement, ...]:
    return (
        Replacement(pydyf.Stream, "data", property(data)),
        Replacement(pydyf.Dictionary, "data", property(dictionary)),
        Replacement(pydyf.Object, "indirect", property(indirect)),
        Replacement(pydyf.PDF, "write", rewritten(pydyf.PDF, "write", *_ONCE)),
        Replacement(pydyf, "_to_bytes", to_bytes),
    )


PACE = Repair("streams", _replacements)
