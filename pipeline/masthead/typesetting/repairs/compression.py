"""Streams compressed with as much effort as pays.

pydyf asks of zlib the most that it can do. A level less takes half the time for one byte in ten thousand, two levels
less a third of the time for one in two hundred: a tenth of all the work on a document.
"""

from __future__ import annotations

import zlib
from typing import Any

import pydyf

from masthead.document import TypesettingError
from masthead.typesetting.repairs.replacing import Repair, Replacement

VERSION = "0.13.0"  # of pydyf, that this is proven on
LEVEL = 7


def written(stream: Any, compress: Any) -> bytes:
    """Return the stream as it stands in the file, what it holds compressed by `compress`."""
    content = b"\n".join(map(pydyf._to_bytes, stream.stream))
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = compress(content)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def compress(content: bytes) -> bytes:
    """Return the content of a stream, compressed."""
    compressor = zlib.compressobj(LEVEL)
    return compressor.compress(content) + compressor.flush()


data = property(lambda stream: written(stream, compress))


def _replacements() -> tuple[Replacement, ...]:
    if pydyf.VERSION != VERSION:
        raise TypesettingError(f"pydyf {pydyf.VERSION} is installed", hint=f"pip install pydyf=={VERSION}")
    return (Replacement(pydyf.Stream, "data", data),)


REPAIR = Repair("compression", _replacements)
