"""Streams compressed by libdeflate.

pydyf asks zlib for its highest level, 9. libdeflate takes an eighth of the time for fewer bytes, and a version of it
makes the same ones on every processor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import deflate

import masthead.typesetting.engine.pydyf as pydyf

LEVEL = 6


def serialize(stream: Any, compress: Callable[[bytes], bytes]) -> bytes:
    """Return a stream as it is written to the file, its content compressed by `compress`."""
    content = b"\n".join([each if each.__class__ is bytes else pydyf._to_bytes(each) for each in stream.stream])
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = compress(content)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def compress(content: bytes) -> bytes:
    """Return the content of a stream compressed."""
    return bytes(deflate.zlib_compress(content, LEVEL))


def apply() -> None:
    """Put the repair into pydyf."""
    pydyf.Stream.data = property(lambda stream: serialize(stream, compress))
