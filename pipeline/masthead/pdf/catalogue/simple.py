"""Simple objects of a PDF as pypdf's objects (ISO 32000-1, 7.3), several times as fast as pypdf reads them.

pypdf reads a file byte by byte. Most objects have names, numbers, references and plain strings only, which a pattern
finds; all others are left to pypdf.
"""

from __future__ import annotations

import re
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
_PAIRS = {b"[": b"]", b"<<": b">>"}
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


def read_simple(data: bytes, reader: PdfReader) -> PdfObject | None:
    """Return the object that `data` holds, of a file that `reader` reads; None if it is not simple."""
    end = 0
    items: list[Any] = []  # of the innermost array or dictionary so far
    outer: list[tuple[bytes, list[Any]]] = []  # how it and those around it begin, and the items before each
    try:
        for match in _TOKEN.finditer(data):
            if match.start() != end:  # something else is between the tokens
                return None
            end, kind, text = match.end(), match.lastgroup, match[match.lastindex or 0]
            if kind != "edge":
                items.append(_value(kind, text, reader))
            elif text in _PAIRS:
                if len(outer) > _DEPTH:
                    return None
                outer.append((_PAIRS[text], items))
                items = []
            else:
                closes, before = outer.pop()
                if text != closes:
                    return None
                before.append(ArrayObject(items) if text == b"]" else _dictionary(items))
                items = before
    except (IndexError, ValueError):
        return None
    return items[0] if end == len(data) and not outer and len(items) == 1 else None


def _value(kind: str | None, text: bytes, reader: PdfReader) -> PdfObject:
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
    return NullObject() if text == b"null" else BooleanObject(text == b"true")


def _dictionary(items: list[Any]) -> DictionaryObject:
    """Return the dictionary of keys and values in turn. Raises ValueError if it is not simple."""
    keys = items[::2]
    if not all(type(key) is NameObject for key in keys) or len(set(keys)) != len(keys):
        raise ValueError("a key is no name, or is there twice")
    dictionary = DictionaryObject()
    dictionary.update(zip(keys, items[1::2], strict=True))
    return dictionary
