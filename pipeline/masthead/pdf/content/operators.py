"""The operators of a page that place text or say which content it is, with plain operands (ISO 32000-1, 7.8.2).

Content as most programs write it, with strings in hexadecimal alone, is read by one regular expression, in half the
time that qpdf takes to make objects of it. What that does not cover to the last character goes to qpdf.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import pikepdf

from masthead.pdf.content.resources import dictionary

Operator = tuple[str, Sequence[Any]]
"""Its name, and its operands: numbers; a font's name with its slash, and its size; the MCID of content; what is shown,
as one string, and the kerning in it: at which of its bytes, and how far back in thousandths of the size."""

Shown = tuple[bytes, list[tuple[int, float]]]

_NAMES = "q Q cm BT Tm Td Tf Ts Tc TJ Tj ' \" BDC BMC EMC"
_LONG = 1_000_000  # bytes: beyond, a list of all operators takes more memory than time is worth
# Strings in parentheses, comments, escapes, rare operators, white space to a PDF or to Python alone, no ASCII.
_INTRICATE = re.compile(rb"[(){}%#'\"\x00\x0b\x80-\xff]")
_NAME = rb"/[^\s<>\[\]/]*"
_STRING = rb"<[0-9A-Fa-f]*>"
_ARRAY = rb"\[[-+.\d\s]*(?:" + _STRING + rb"[-+.\d\s]*)*+\]"
_OPERAND = _ARRAY + rb"|" + _STRING + rb"|<<[^<>]*>>|" + _NAME + rb"|[-+.\d]{1,18}(?=[\s<>\[\]/])"
_OPERATOR = re.compile(rb"((?:(?:" + _OPERAND + rb")\s*)*+)([A-Za-z][^\s<>\[\]/]*)\s*|(\S.*)", re.DOTALL)
_NO_OPERATOR = (b"true", b"false", b"null", b"BI")
_PAIR = re.compile(rb"<([^>]*)>([^<\]]*)")
_FONT = re.compile(rb"(" + _NAME + rb")\s+(\S+)\s*")
_MARK = re.compile(_NAME + rb"\s*<<((?:\s*" + _NAME + rb"(?:\s+[-+.\d]{1,18}|\s*" + _NAME + rb"))*)\s*>>\s*")
_MCID = re.compile(rb"/MCID\s+([-+]?\d+)(?=[\s/]|$)")
_SHOW = {"'": "Tj", '"': "Tj"}
_NUMBERS = {"cm": 6, "Tm": 6, "Td": 2, "Ts": 1, "Tc": 1}  # how many each takes


def read(page: pikepdf.Page, data: bytes = b"") -> Iterable[Operator]:
    """The operators of a page in order; `data` is its content, where that is read already.

    Raises an error of damage where there is something that cannot be read.
    """
    contents = page.obj.get("/Contents")
    try:
        return _plain(data or contents.read_bytes()) if isinstance(contents, pikepdf.Stream) else _parsed(page)
    except ValueError:
        return _parsed(page)


def _plain(data: bytes) -> list[Operator]:
    """The operators of plain content. Raises ValueError where it is not."""
    if len(data) > _LONG or _INTRICATE.search(data):
        raise ValueError("content that takes a parser of all PDF")
    found: list[Operator] = []
    for operands, operator, odd in _OPERATOR.findall(data):
        if odd or operator in _NO_OPERATOR:
            raise ValueError("something that is no operator, or a picture in the content")
        if operator in _PLAIN:
            name, plain = _PLAIN[operator]
            found.append((name, plain(operands)))
    return found


def _none(_: bytes) -> tuple[()]:
    return ()


def _numbers(count: int, operands: Iterable[Any]) -> list[float]:
    numbers = list(map(float, operands))
    if len(numbers) != count:
        raise ValueError("too few numbers, or too many")
    return numbers


def _numeric(count: int) -> Callable[[bytes], list[float]]:
    return lambda operands: _numbers(count, operands.split())


def _font(operands: bytes) -> tuple[str, float]:
    font = _FONT.fullmatch(operands)
    if font is None:
        raise ValueError("a font without a name")
    return font[1].decode("ascii"), float(font[2])


def _strings(operands: bytes) -> Shown:
    """`[<0a2b>-78<0a>]`: strings, and numbers between them."""
    if operands.rfind(b"[") != 0 or not operands.rstrip().endswith(b"]"):
        raise ValueError("something that cannot be shown")
    kerning = [(0, number) for number in map(float, operands[1:].partition(b"<")[0].strip(b"] \r\n").split())]
    pairs = _PAIR.findall(operands)
    ends = list(accumulate([len(string) for string, _ in pairs]))
    if any(end % 2 for end in ends):
        raise ValueError("half a byte")
    kerning += [(end // 2, float(number)) for end, (_, number) in zip(ends, pairs, strict=True) if number.strip()]
    return unhexlify(b"".join([string for string, _ in pairs])), kerning


def _string(operands: bytes) -> Shown:
    if not operands.startswith(b"<"):
        raise ValueError("something that cannot be shown")
    return unhexlify(operands.strip()[1:-1]), []


def _content(operands: bytes) -> tuple[int | None]:
    mark = _MARK.fullmatch(operands)
    if mark is None:
        raise ValueError("properties that are elsewhere")
    numbers = _MCID.findall(mark[1])
    if len(numbers) > 1:
        raise ValueError("two identifiers")
    return (int(numbers[0]) if numbers else None,)


_PLAIN: Mapping[bytes, tuple[str, Callable[[bytes], Sequence[Any]]]] = {
    **{name.encode(): (name, _none) for name in ("q", "Q", "BT", "BMC", "EMC")},
    **{name.encode(): (name, _numeric(count)) for name, count in _NUMBERS.items()},
    b"Tf": ("Tf", _font),
    b"TJ": ("TJ", _strings),
    b"Tj": ("Tj", _string),
    b"BDC": ("BDC", _content),
}


def _parsed(page: pikepdf.Page) -> Iterator[Operator]:
    """The operators of any content, by qpdf. Raises ValueError where one has other operands than it takes."""
    properties = dictionary(dictionary(page.obj.get("/Resources")).get("/Properties"))
    for instruction in pikepdf.parse_content_stream(page, _NAMES):
        name = str(instruction.operator)
        try:
            yield _SHOW.get(name, name), _operands(name, instruction.operands, properties)
        except (TypeError, LookupError, ValueError) as error:
            raise ValueError(f"{name} has other operands than it takes") from error


def _operands(name: str, given: Any, properties: Any) -> Sequence[Any]:
    match name:
        case "TJ":
            return _joined(given[0])
        case "Tj" | "'" | '"':
            return _joined(given[-1:])
        case "Tf":
            return str(given[0]), float(given[1])
        case "BDC":
            found = given[1] if len(given) > 1 else None
            content = dictionary(properties.get(found) if isinstance(found, pikepdf.Name) else found)
            return (content.get_int("/MCID"),)
        case _ if name in _NUMBERS:
            return _numbers(_NUMBERS[name], given)
        case _:
            return ()


def _joined(items: Iterable[Any]) -> Shown:
    string, kerning = b"", []
    for item in items:
        if isinstance(item, pikepdf.Object):
            string += bytes(item)
        else:
            kerning.append((len(string), float(item)))
    return string, kerning
