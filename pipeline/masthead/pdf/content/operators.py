"""The operators of a page's content that text depends on, with their operands (ISO 32000-1, 7.8.2 and annex A).

qpdf makes an object of each operand, which takes most of the time. The contents that Masthead writes have numbers,
names, hexadecimal strings and identifiers of marked content only, which a regular expression reads as well; all other
contents are read by qpdf.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

import pikepdf

from masthead.pdf.content.paths import Path, Point

_SPACE = rb"[ \t\r\n\f]"
_NUMBER, _NAME = rb"[-+]?[0-9.]{1,15}+", rb"/[A-Za-z0-9._+-]++"
_PROPERTIES = rb"<<(?:/MCID [0-9]{1,9}+|(?:/[A-Za-z]++ ?/[A-Za-z]++ ?)++)>>"
_ARRAY = rb"\[(?:<[0-9A-Fa-f]*+>|%b|%b++)*+\]" % (_NUMBER, _SPACE)
_OPERAND = rb"(?:%b|%b|%b|%b)" % (_NUMBER, _NAME, _PROPERTIES, _ARRAY)
_OPERANDS, _OPERATOR = rb"(?:%b%b++)*+" % (_OPERAND, _SPACE), rb"[A-Za-z][A-Za-z0-9]*+\*?"
_AFTER = rb"(?:%b++|(?=[/<[])|\Z)" % _SPACE
# Anything else is all the rest of a content, without an operator: so a damaged one is read once.
# Most of what Masthead writes: a text with its identifier, its opacity and colour if they are set, its place and font.
_TEXT = (
    rb"/[A-Za-z]++\n<</MCID ([0-9]{1,9})>>\nBDC\n(?:(%b) gs\n)?+(?:([-0-9.]++ [-0-9.]++ [-0-9.]++) rg\n)?+"
    rb"BT\n((?:[-0-9.]++ )++)Tm\n(%b) (%b) Tf\n(%b) TJ\nET\nEMC\n" % (_NAME, _NAME, _NUMBER, _ARRAY)
)
_PATH = (
    rb"((?:[-+0-9. \t\r\n\f]*+(?:[mlch]|re)(?=[ \t\r\n\f/<[]|\Z))++)%b*+" % _SPACE
)  # codes have hundreds of operators
_INSTRUCTIONS = re.compile(rb"(?s:%b|%b|(%b)(%b)%b|.++)" % (_TEXT, _PATH, _OPERANDS, _OPERATOR, _AFTER))
_MARKED = re.compile(rb"(%b)%b++<<(?:/MCID ([0-9]++)|[^<>]++)>>%b*+" % (_NAME, _SPACE, _SPACE))

String = tuple[bytes, Sequence[tuple[int, float]]]
"""What a text-showing operator shows: codes, and the numbers between them, each with the place of the next byte."""


def read_operators(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    """Yield the operators of a page with their operands, without those that draw.

    These are numbers of most operators, a `String` of those that show text, a name and a size of `Tf`, a name of `gs`,
    and of those that mark content a tag and its properties. Raises PdfError, ValueError or TypeError for what is wrong.
    """
    for instruction in pikepdf.parse_content_stream(page, " ".join(_BY_QPDF)):
        operator = str(instruction.operator)
        try:
            operands = _BY_QPDF[operator](instruction.operands)
        except (TypeError, LookupError, ValueError) as error:
            raise ValueError(f"the operator {operator} cannot be interpreted") from error
        yield operator, operands


def read_quickly(stream: Any) -> list[tuple[str, Any]] | None:
    """Return the operators of a simple content, with those that draw; None for any other, or a damaged one.

    `RENDERED` is the first operator that only a renderer can follow; of those that draw, none comes after it.
    `TEXT` is a whole text as Masthead writes most: the identifier of its content, `gs` and `rg` or None, `Tm`, `Tf` and
    `TJ`. `PATH` is all that constructs a path, None where its parts do not begin with a move, or have only that.
    """
    if not isinstance(stream, pikepdf.Stream):
        return None
    found: list[tuple[str, Any]] = []
    add, quick = found.append, _QUICK
    try:
        data = stream.read_bytes().lstrip(b" \t\r\n\f")
        for number, state, fill, matrix, font, size, array, path, operands, operator in _INSTRUCTIONS.findall(data):
            if number:
                set_before = state.decode() if state else None, _counted(fill.split(), 3) if fill else None
                add(("TEXT", (int(number), *set_before, _place(matrix), font.decode(), float(size), *_shown(array))))
            elif path:
                if quick is not _WITHOUT_DRAWING:
                    add(("PATH", _path(path)))
            elif operator in quick:
                name, read = quick[operator]
                add((name, read(operands)))
            elif operator in _RENDERED and quick is not _WITHOUT_DRAWING:
                quick = _WITHOUT_DRAWING
                add((RENDERED, ()))
            elif operator not in _PASSED_OVER:
                return None
    except (pikepdf.PdfError, TypeError, LookupError, ValueError):
        return None
    return found


def _place(operands: bytes) -> tuple[float, ...]:
    place = tuple(map(float, operands.split()))
    if len(place) != 6:
        raise ValueError("6 numbers expected")
    return place


def _path(data: bytes) -> Path | None:
    """Return a path as PDFium keeps it: of moves in a row the last one, and rectangles as lines."""
    points: list[Point] = []
    kinds: list[str] = []
    start = (0.0, 0.0)
    for operator, numbers in _construction(data):
        if operator == b"l" and kinds:
            points.append((numbers[0], numbers[1]))
            kinds.append("l")
        elif operator == b"m" or operator == b"re":
            if kinds and kinds[-1] == "m":
                points.pop()
                kinds.pop()
            x, y, *size = numbers
            start = x, y
            points.append(start)
            kinds.append("m")
            for width, height in (size,) if size else ():
                points += (x + width, y), (x + width, y + height), (x, y + height), start
                kinds += "lllL"
        elif operator == b"c" and kinds:
            points += zip(numbers[::2], numbers[1::2], strict=True)
            kinds += "ccc"
        elif not kinds or kinds[-1] == "m":
            return None
        elif points[-1] == start:
            kinds[-1] = kinds[-1].upper()
        else:
            points.append(start)
            kinds.append("L")
    if kinds[-1] == "m":
        del points[-1], kinds[-1]
    return Path(points, kinds)


def _construction(data: bytes) -> Iterator[tuple[bytes, Sequence[float]]]:
    """Yield the operators of a path with their numbers, 0 and 0 for the one that closes it."""
    tokens = data.replace(b"h", b"0 0 h").split()
    operators = tokens[2::3]
    if len(tokens) % 3 == 0 and _STRAIGHT.issuperset(operators):  # as in codes
        across, up = map(float, tokens[::3]), map(float, tokens[1::3])
        yield from zip(operators, zip(across, up, strict=True), strict=True)
        return
    numbers: list[float] = []
    for token in tokens:
        count = _COUNTS_OF_PATHS.get(token)
        if count is None:
            numbers.append(float(token))
        elif len(numbers) == count:
            yield token, numbers
            numbers = []
        else:
            raise ValueError(f"{count} numbers expected")


def _numbers(count: int) -> Callable[[bytes], Sequence[float]]:
    return lambda operands: _counted(operands.split(), count)


def _counted(operands: Iterable[Any], count: int) -> Sequence[float]:
    numbers = [*map(float, operands)]
    if len(numbers) != count:
        raise ValueError(f"{count} numbers expected")
    return numbers


def _shown(operands: bytes) -> String:
    array = operands.strip()
    if not (array.startswith(b"[") and array.endswith(b"]")):
        raise ValueError("an array expected")
    before, *tokens = array[1:-1].replace(b">", b"<").split(b"<")
    strings, between = tokens[::2], tokens[1::2]
    lengths = list(map(len, strings))
    if any(length % 4 for length in lengths):
        raise ValueError("codes of two bytes expected")
    kerning = [(0, float(each)) for each in before.split()]
    ends = accumulate(lengths)
    kerning += [(end // 2, float(each)) for end, some in zip(ends, between, strict=True) for each in some.split()]
    return bytes.fromhex(b"".join(strings).decode()), kerning


def _font(operands: bytes) -> tuple[str, float]:
    name, size = operands.split()
    return _name(name), float(size)


def _name(operands: bytes) -> str:
    (name,) = operands.split()
    if not name.startswith(b"/"):
        raise ValueError("a name expected")
    return name.decode()


def _marked(operands: bytes) -> tuple[str, Mapping[str, int]]:
    found = _MARKED.fullmatch(operands)
    if not found:
        raise ValueError("named properties")
    return found[1].decode(), {"/MCID": int(found[2])} if found[2] else {}


def _nothing(operands: object) -> tuple[()]:
    return ()


_COUNTS = {"Ts": 1, "Tc": 1, "Tz": 1, "Td": 2, "cm": 6, "Tm": 6}
_COLOURS = ["cs", "CS", "SC", "SCN", "K"]  # of other kinds than those that are read
_BARE = ["q", "Q", "BT", "ET", "EMC", "W", "W*", "sc", "scn"]
_STRAIGHT, _COUNTS_OF_PATHS = {b"m", b"l", b"h"}, {b"m": 2, b"l": 2, b"h": 2, b"c": 6, b"re": 4}
_DRAWING = ["f", "F", "f*", "n", "S", "B"]
_RENDERED = frozenset(b"v y s B* b b* sh".split(b" "))
RENDERED = "a drawing"
_READERS: Mapping[str, Callable[[bytes], Any]] = {
    **dict.fromkeys([*_BARE, *_DRAWING, *_COLOURS], _nothing),
    **{operator: _numbers(count) for operator, count in (*_COUNTS.items(), ("g", 1), ("rg", 3), ("k", 4))},
    **{operator: _numbers(count) for operator, count in (("G", 1), ("RG", 3), ("w", 1), ("J", 1))},
    "d": bytes.strip,
    "Do": _name,
    "TJ": _shown,
    "Tf": _font,
    "Tr": float,
    "gs": _name,
    "BDC": _marked,
    "BMC": lambda operands: (_name(operands),),
}
_QUICK = {operator.encode(): (operator, read) for operator, read in _READERS.items()}
"""What is read of the operands of each operator in a simple content."""

_WITHOUT_DRAWING = {operator: read for operator, read in _QUICK.items() if read[0] not in (*_DRAWING, "Do")}
_PASSED_OVER = _RENDERED.union(b"f F f* n S B Do j M ri i MP TL".split(b" "))


def _joined(items: Iterable[Any]) -> String:
    """Join the strings of a text; return with them the numbers between them."""
    string, kerning = b"", []
    for item in items:
        if isinstance(item, pikepdf.Object):
            string += bytes(item)
        else:
            kerning.append((len(string), float(item)))
    return string, kerning


def _named_size(operands: Iterable[Any]) -> tuple[str, float]:
    name, size = operands
    return str(name), float(size)


_BY_QPDF: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_BARE, _nothing),
    **{operator: partial(_counted, count=count) for operator, count in _COUNTS.items()},
    **{operator: lambda operands: [*map(float, operands)] for operator in ("g", "rg", "k")},
    **{operator: lambda operands: _joined(operands[-1:]) for operator in ("Tj", "'", '"')},
    "Tr": lambda operands: operands[0],
    "TJ": lambda operands: _joined(operands[0]),
    "Tf": _named_size,
    "gs": lambda operands: str(operands[0]),
    "BDC": tuple,
    "BMC": tuple,
}
"""The same for the operands as qpdf reads them."""
