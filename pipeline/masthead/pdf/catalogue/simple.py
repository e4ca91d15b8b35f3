"""Simple objects of a PDF as pypdf's objects (ISO 32000-1, 7.3), several times as fast as pypdf reads them.

pypdf reads a file byte by byte. Most objects have names, numbers, references and plain strings only, which a pattern
finds; all others are left to pypdf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    create_string_object,
)

_DEPTH = 20  # of arrays and dictionaries in one another
_TOKEN = re.compile(
    rb"[ \r\n\t]*+(?:"
    rb"(?P<name>/[A-Za-z0-9_.+-]++)"
    rb"|(?P<reference>[0-9]{1,9} [0-9]{1,5} R(?![A-Za-z0-9]))"
    rb"|(?P<number>[-+]?[0-9.]{1,15}+(?=[\]>/ \r\n\t]|\Z))"
    rb"|(?P<edge><<|>>|\[|\])"
    rb"|\((?P<string>[^()\\\r\n]*+)\)"
    rb"|<(?P<digits>(?:[0-9A-Fa-f]{2})*+)>"
    rb"|(?P<word>(?:true|false|null)(?![A-Za-z0-9]))"
    rb")[ \r\n\t]*+"
)


class _OtherObject(Exception):
    """The object is not simple."""


def read_simple(data: bytes, reader: PdfReader) -> PdfObject | None:
    """Return the object that `data` holds, of a file that `reader` reads; None if it is not simple."""
    tokens = _tokens(data)
    try:
        found = _value(*next(tokens), tokens, reader, 0)
        return found if next(tokens, None) is None else None
    except (_OtherObject, StopIteration, ValueError):
        return None


def _tokens(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the kind and the text of each token. Raises _OtherObject where something else is between them."""
    end = 0
    for match in _TOKEN.finditer(data):
        if match.start() != end:
            raise _OtherObject
        end, kind = match.end(), match.lastgroup or ""
        yield kind, match[kind]
    if end != len(data):
        raise _OtherObject


def _value(kind: str, text: bytes, tokens: Iterator[tuple[str, bytes]], reader: PdfReader, depth: int) -> PdfObject:
    match kind:
        case "name":
            return NameObject(text.decode())
        case "reference":
            number, generation, _ = text.split()
            return IndirectObject(int(number), int(generation), reader)
        case "number":
            return FloatObject(text) if b"." in text else NumberObject(text)
        case "string":
            return create_string_object(text)
        case "digits":
            return create_string_object(bytes.fromhex(text.decode()))
        case "word":
            return NullObject() if text == b"null" else BooleanObject(text == b"true")
    if depth > _DEPTH:
        raise _OtherObject
    if text == b"[":
        return ArrayObject(_until(b"]", tokens, reader, depth))
    if text != b"<<":
        raise _OtherObject
    items = list(_until(b">>", tokens, reader, depth))
    keys: list[Any] = items[::2]
    if not all(type(key) is NameObject for key in keys) or len(set(keys)) != len(keys):
        raise _OtherObject
    dictionary = DictionaryObject()
    dictionary.update(zip(keys, items[1::2], strict=True))
    return dictionary


def _until(edge: bytes, tokens: Iterator[tuple[str, bytes]], reader: PdfReader, depth: int) -> Iterator[PdfObject]:
    for kind, text in tokens:
        if text == edge and kind == "edge":
            return
        yield _value(kind, text, tokens, reader, depth + 1)
    raise _OtherObject
