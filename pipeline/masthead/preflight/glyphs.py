"""The glyphs of a tagged PDF by their places, each with what its font says it can stand for.

Nothing here looks at ToUnicode: a character code leads through `CIDToGIDMap` to a glyph, a composite glyph to its
components, and these, whose numbers are those of the font file they were taken from, through that file's tables to
characters. The structure tree says which glyphs make one paragraph, and what its text is.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from masthead.fonts import Face
from masthead.preflight import closure
from masthead.preflight.closure import Closure, Reading

Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
NOTES = ("/Note", "/FENote")  # PDF 1.7 and PDF 2.0
_HEADINGS = frozenset(("/H", *(f"/H{degree}" for degree in range(1, 7))))
_BLOCKS = _HEADINGS | {"/P", *NOTES, "/Lbl", "/LBody", "/TD", "/TH", "/Caption"}
_CALL = re.compile(r"\(\d+\)")
_NUMBER = re.compile(r"\d+/\d+")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph on page `page` (from 1). Lengths in points from the top left corner; `x` is where its advance begins.

    `advance` is the font's own, `end` where the line goes on after kerning.
    """

    page: int
    x: float
    baseline: float
    advance: float
    end: float
    size: float
    readings: frozenset[Reading]

    @property
    def middle(self) -> float:
        return self.x + self.advance / 2


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, note or label: its text by the structure tree, in logical order, and the glyphs drawn.

    `text` has the controls put in that say how the United Nations sets it: a note call is an isolate, and the slash of
    a resolution number, in a link or before a title in Arabic, stands between U+200F.
    """

    kind: str
    language: str
    text: str
    glyphs: tuple[Glyph, ...]


@dataclass(slots=True)
class _Draft:
    kind: str
    language: str
    text: str = ""
    content: list[tuple[int, int]] = field(default_factory=list)  # page, marked content


def read(pdf: bytes, faces: Sequence[Face], reader: PdfReader | None = None) -> tuple[Block, ...]:
    """Return the blocks of a tagged PDF in reading order, save those that are set in other fonts than `faces`.

    A `reader` that has read `pdf` already saves reading its structure again.
    """
    reader = reader or PdfReader(io.BytesIO(pdf))
    drawn: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    fonts = {_plain_name(f"{face.face} {'' if face.style == 'regular' else face.style}"): face for face in faces}
    known: dict[int, _Font] = {}
    foreign: set[tuple[int, int]] = set()
    for (number, page), operations in zip(enumerate(reader.pages, 1), _operations(pdf), strict=True):
        operators = _Page(number, page, fonts, known)
        for content, glyph in operators.glyphs(operations):
            drawn[number, content].append(glyph)
        foreign |= {(number, content) for content in operators.foreign}
    drafts: list[_Draft] = []
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}  # type: ignore[union-attr]
    root: Any = reader.root_object
    if "/StructTreeRoot" in root:
        language = str(root.get("/Lang", ""))
        _walk(root["/StructTreeRoot"], _Draft("", language), pages, drafts)
    return tuple(
        Block(
            draft.kind,
            draft.language,
            draft.text,
            tuple(glyph for content in draft.content for glyph in drawn[content]),
        )
        for draft in drafts
        if draft.content and foreign.isdisjoint(draft.content)
    )


def _operations(pdf: bytes) -> Iterator[Iterator[tuple[list[Any], bytes]]]:
    """The operations of each page's content, by pikepdf: pypdf takes eight times as long for them."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            instructions = pikepdf.parse_content_stream(page)
            yield (([_value(each) for each in found.operands], bytes(found.operator)) for found in instructions)


def _value(operand: Any) -> Any:
    """An operand as Python has it: strings as bytes, names with their slash."""
    if isinstance(operand, pikepdf.Array):
        return [_value(each) for each in operand]
    if isinstance(operand, pikepdf.Dictionary):
        return {key: _value(each) for key, each in operand.items()}
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    return float(operand) if isinstance(operand, int | Decimal) else str(operand)


def _walk(element: Any, draft: _Draft, pages: dict[int, int], drafts: list[_Draft], page: int = 0) -> None:
    """Gather content and text below `element`. A block begins a new draft; what its inner blocks say is theirs."""
    kind = str(element.get("/S", ""))
    if kind in _BLOCKS:
        draft = _Draft(kind, str(element.get("/Lang", draft.language)))
        drafts.append(draft)
    if "/Pg" in element:
        page = pages[element.raw_get("/Pg").idnum]
    start = len(draft.text)
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, ArrayObject) else (kids,):
        kid = kid.get_object()
        if isinstance(kid, int):
            draft.content.append((page, kid))
        elif kid.get("/Type") == "/MCR":
            draft.content.append((pages[kid.raw_get("/Pg").idnum] if "/Pg" in kid else page, int(kid["/MCID"])))
        elif "/S" in kid:
            _walk(kid, draft, pages, drafts, page)
    if "/ActualText" in element:
        draft.text = draft.text[:start] + str(element["/ActualText"])
    draft.text = draft.text[:start] + _meant(kind, draft.text[start:], draft.language)


def _meant(kind: str, text: str, language: str) -> str:
    """Put in the controls of what the United Nations sets otherwise than plain text."""
    if kind == "/Reference" or (kind == "/Link" and _CALL.fullmatch(text)):
        return f"\u2068{text}\u2069"
    number = _NUMBER.match(text) if language.startswith("ar") else None
    if number and (kind in _HEADINGS or (kind == "/Link" and number.end() == len(text))):
        return number[0].replace("/", "\u200f/\u200f") + text[number.end() :]
    return text


class _Font:
    """A composite font of the PDF: what a code draws."""

    def __init__(self, font: Any, face: Face) -> None:
        descendant = font["/DescendantFonts"][0]
        self._descendant, self._face = descendant, face
        self._closure: Closure = closure.of_file(face.path)
        mapping = descendant.get("/CIDToGIDMap", "/Identity")
        self._glyphs: bytes | None = None if mapping == "/Identity" else mapping.get_data()
        self._widths = dict(_widths(descendant.get("/W", ())))
        self._pieces: dict[int, tuple[tuple[float, float, frozenset[Reading]], ...]] = {}

    def width(self, code: int) -> float:
        return self._widths.get(code, 1000.0)

    def pieces(self, code: int) -> tuple[tuple[float, float, frozenset[Reading]], ...]:
        """What `code` draws: from where, how wide by the font (thousandths of the size), and what it can stand for.

        A code that is a glyph's own number is that glyph. Another may be one too, or lead to a composite glyph that the
        original font has not, whose components are its own.
        """
        if code not in self._pieces:
            self._pieces[code] = tuple(self._resolve(code))
        return self._pieces[code]

    def _resolve(self, code: int) -> Iterator[tuple[float, float, frozenset[Reading]]]:
        glyph = code if self._glyphs is None else int.from_bytes(self._glyphs[2 * code : 2 * code + 2], "big")
        parts = [(glyph, 0.0)]
        if glyph != code:
            made = _outline(self._embedded, glyph)
            if made is not None and made != _outline(self._original, glyph):
                parts = made
        for number, x in parts:
            yield x, self._closure.advances.get(number, 0), self._closure.readings.get(number, frozenset())

    @cached_property
    def _embedded(self) -> Any:
        return TTFont(io.BytesIO(self._descendant["/FontDescriptor"]["/FontFile2"].get_data()), lazy=True)

    @cached_property
    def _original(self) -> Any:
        return _font_file(self._face.path)


@lru_cache(maxsize=16)  # a project's faces: their outlines are read once a process
def _font_file(path: Path) -> Any:
    return TTFont(io.BytesIO(path.read_bytes()), lazy=True)


def _outline(font: Any, number: int) -> list[tuple[int, float]] | None:
    """The components of a glyph: number, and x in thousandths of the size. None for one that has its own contours, or
    cubic ones."""
    if number >= font["maxp"].numGlyphs or "glyf" not in font:
        return None
    scale = 1000 / font["head"].unitsPerEm
    glyph = font["glyf"][font.getGlyphName(number)]
    if glyph.numberOfContours > 0:
        return None
    return [(font.getGlyphID(part.glyphName), part.x * scale) for part in getattr(glyph, "components", ())]


def _plain_name(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    """The W array of ISO 32000-1, 9.7.4.3: `first [w …]` and `first last w`."""
    items = iter(array)
    for first in items:
        second = next(items).get_object()
        if isinstance(second, ArrayObject):
            yield from ((int(first) + place, float(width)) for place, width in enumerate(second))
        else:
            width = float(next(items))
            yield from ((code, width) for code in range(int(first), int(second) + 1))


class _Page:
    """Walks the operators of one page (ISO 32000-1, 9.3 and 9.4), as far as they place text."""

    def __init__(self, number: int, page: Any, faces: dict[str, Face], known: dict[int, _Font]) -> None:
        self._number, self._page = number, page
        self._top = float(page.mediabox.top)
        self._faces, self._known = faces, known
        self._matrix, self._text, self._line = _UNMOVED, _UNMOVED, _UNMOVED
        self._font: _Font | None = None
        self._size = self._rise = self._spacing = 0.0
        self._stack: list[Any] = []
        self._marked: list[int | None] = []
        self.foreign: set[int] = set()  # marked content in fonts that are not read

    def glyphs(self, operations: Iterable[tuple[list[Any], bytes]]) -> Iterator[tuple[int, Glyph]]:
        """Each glyph with the identifier of its marked content; artifacts and unmarked text are passed over."""
        for operands, operator in operations:
            match operator:
                case b"TJ" if self._content is not None:
                    yield from self._show(operands[0])
                case b"Tj" if self._content is not None:
                    yield from self._show(operands)
                case b"BDC" | b"BMC":
                    self._begin(operands)
                case b"EMC" if self._marked:
                    self._marked.pop()
                case _:
                    self._set(operator, operands)

    @property
    def _content(self) -> int | None:
        return next((content for content in reversed(self._marked) if content is not None), None)

    def _begin(self, operands: Sequence[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, str):
            properties = self._page["/Resources"].get("/Properties", {}).get(properties)
        content = properties.get("/MCID") if isinstance(properties, Mapping) else None
        self._marked.append(None if content is None else int(content))

    def _set(self, operator: bytes, operands: Sequence[Any]) -> None:
        match operator:
            case b"q":
                self._stack.append((self._matrix, self._font, self._size, self._rise, self._spacing))
            case b"Q" if self._stack:
                self._matrix, self._font, self._size, self._rise, self._spacing = self._stack.pop()
            case b"cm":
                self._matrix = _product(_matrix(operands), self._matrix)
            case b"BT":
                self._text = self._line = _UNMOVED
            case b"Tm":
                self._text = self._line = _matrix(operands)
            case b"Td":
                x, y = map(float, operands)
                self._text = self._line = _product((1, 0, 0, 1, x, y), self._line)
            case b"Tf":
                self._font, self._size = self._named(operands[0]), float(operands[1])
            case b"Ts":
                self._rise = float(operands[0])
            case b"Tc":
                self._spacing = float(operands[0])

    def _named(self, name: str) -> _Font | None:
        font = self._page["/Resources"]["/Font"][name]
        face = self._faces.get(_plain_name(str(font.get("/BaseFont", "")).partition("+")[2]))
        if font.get("/Subtype") != "/Type0" or face is None:
            return None
        if "/FontFile2" not in font["/DescendantFonts"][0]["/FontDescriptor"]:
            return None
        if id(font) not in self._known:
            self._known[id(font)] = _Font(font, face)
        return self._known[id(font)]

    def _show(self, items: Sequence[Any]) -> Iterator[tuple[int, Glyph]]:
        content, font = self._content, self._font
        if content is None:
            return
        if font is None:
            self.foreign.add(content)
            return
        for item in items:
            if isinstance(item, int | float):
                self._move(-float(item) / 1000 * self._size)
                continue
            for place in range(0, len(item), 2):
                code = int.from_bytes(item[place : place + 2], "big")
                width = font.width(code) / 1000 * self._size
                for x, advance, readings in font.pieces(code):
                    start = x * self._size / 1000
                    yield content, self._glyph(start, advance * self._size / 1000, width - start, readings)
                self._move(width + self._spacing)

    def _move(self, x: float) -> None:
        a, b, c, d, e, f = self._text
        self._text = a, b, c, d, e + a * x, f + b * x

    def _glyph(self, x: float, advance: float, rest: float, readings: frozenset[Reading]) -> Glyph:
        a, b, c, d, e, f = self._text
        k, m, n, p, r, s = self._matrix
        x, y = a * x + c * self._rise + e, b * x + d * self._rise + f
        left, bottom = k * x + n * y + r, m * x + p * y + s
        scale = abs(a * k + b * n)  # of lengths along the line; turned text is not measured
        return Glyph(
            self._number,
            left,
            self._top - bottom,
            advance * scale,
            left + rest * scale,
            self._size * scale,
            readings,
        )


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _product(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    k, m, n, p, r, s = right
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + r, e * m + f * p + s
