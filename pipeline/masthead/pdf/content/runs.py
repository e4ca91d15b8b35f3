"""The text that pages show, run by run (ISO 32000-1, 9.3 and 9.4): read once for all rules that look at it.

A run is what one operator shows. Nothing is looked at but what places text, and what says which content it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pikepdf

from masthead.pdf.content import operators
from masthead.pdf.content.resources import dictionary

Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
_LAST = 0xFFFF  # of the codes of two bytes


class TextRun(NamedTuple):
    """What one operator shows: codes, and the kerning between them: before which of them, and how far back, in
    thousandths of the size. `width` is that of all of them, kerned, in text space.

    `font` is None, and there are no codes, where these are not of two bytes each. `content` is the identifier of the
    marked content that the run is in, None for artifacts and unmarked text. `matrix` leads from text space to the page.
    """

    font: Font | None
    size: float
    rise: float
    spacing: float
    content: int | None
    matrix: Matrix
    codes: tuple[int, ...]
    kerning: Sequence[tuple[int, float]]
    width: float


class Font:
    """What the file says of a composite font: how wide a code is, in thousandths of the size, and what it draws."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.name = str(font.get("/BaseFont", "")).removeprefix("/")
        self.descendant = dictionary(next(iter(font.get_list("/DescendantFonts", ())), None))
        self.widths = _Widths(self.descendant)
        self.codes: set[int] = set()  # that were shown
        mapping = self.descendant.get("/CIDToGIDMap")
        self._glyphs = mapping.read_bytes() if isinstance(mapping, pikepdf.Stream) else None

    def glyph(self, code: int) -> int:
        """The number of the glyph that `code` draws; 0 is that of a missing one."""
        return code if self._glyphs is None else int.from_bytes(self._glyphs[2 * code : 2 * code + 2])


class _Widths(dict[int, float]):
    """The W array of ISO 32000-1, 9.7.4.3: `first [w …]` and `first last w`."""

    def __init__(self, descendant: Any) -> None:
        self._other = float(descendant.get("/DW", 1000))
        items = iter(descendant.get_list("/W", ()))
        for first in items:
            second = next(items)
            if isinstance(second, pikepdf.Array):
                self.update(enumerate(map(float, second), int(first)))
            else:
                self.update(dict.fromkeys(range(int(first), min(int(second), _LAST) + 1), float(next(items))))

    def __missing__(self, code: int) -> float:
        return self._other


def read_runs(file: pikepdf.Pdf, contents: Iterable[bytes] = ()) -> tuple[tuple[TextRun, ...], ...]:
    """Return the runs of each page; `contents` are those of the pages, where they are read already.

    Raises PdfError or ValueError when a page's content cannot be read.
    """
    known: dict[tuple[int, int], Font | None] = {}
    data = iter(contents)
    return tuple(tuple(_Page(page, known).runs(next(data, b""))) for page in file.pages)


class _Page:
    """Walks the operators of one page."""

    def __init__(self, page: pikepdf.Page, known: dict[tuple[int, int], Font | None]) -> None:
        self._page, self._known = page, known
        self._fonts = dictionary(dictionary(page.obj.get("/Resources")).get("/Font"))
        self._matrix, self._text, self._line = _UNMOVED, _UNMOVED, _UNMOVED
        self._names: dict[str, Font | None] = {}
        self._font: Font | None = None
        self._size = self._rise = self._spacing = 0.0
        self._stack: list[Any] = []
        self._marked: list[int | None] = []

    def runs(self, data: bytes) -> Iterator[TextRun]:
        for operator, operands in operators.read(self._page, data):
            match operator:
                case "TJ" | "Tj":
                    yield self._show(*operands)
                case "BDC" | "BMC":
                    # Content inside other content is the outer one's, where it has no identifier of its own.
                    own = operands[0] if operands else None
                    outer = self._marked[-1] if self._marked else None
                    self._marked.append(outer if own is None else own)
                case "EMC":
                    del self._marked[-1:]
                case "q":
                    self._stack.append((self._matrix, self._font, self._size, self._rise, self._spacing))
                case "Q":
                    if self._stack:
                        self._matrix, self._font, self._size, self._rise, self._spacing = self._stack.pop()
                case "BT":
                    self._text = self._line = _UNMOVED
                case "Tm":
                    self._text = self._line = _matrix(operands)
                case "Tf":
                    name, self._size = operands
                    self._font = self._named(name)
                case "cm":
                    self._matrix = _product(_matrix(operands), self._matrix)
                case "Td":
                    x, y = operands
                    self._text = self._line = _product((1, 0, 0, 1, x, y), self._line)
                case "Ts":
                    self._rise = operands[0]
                case "Tc":
                    self._spacing = operands[0]

    def _named(self, name: str) -> Font | None:
        if name not in self._names:
            font = dictionary(self._fonts.get(name))
            if not font.is_indirect:
                self._names[name] = _composite(font)
            elif font.objgen in self._known:
                self._names[name] = self._known[font.objgen]
            else:
                self._names[name] = self._known[font.objgen] = _composite(font)
        return self._names[name]

    def _show(self, string: bytes, kerning: Sequence[tuple[int, float]]) -> TextRun:
        font, size, spacing = self._font, self._size, self._spacing
        content = self._marked[-1] if self._marked else None
        if font is None:
            matrix = _product(self._text, self._matrix)
            return TextRun(None, size, self._rise, spacing, content, matrix, (), (), 0.0)
        codes = struct.unpack(f">{len(string) // 2}H", string[: len(string) // 2 * 2])
        font.codes.update(codes)
        before, between, behind = 0.0, [], 0.0
        for byte, back in kerning:
            if byte < 2:
                before += back
            elif byte // 2 < len(codes):
                between.append((byte // 2, back))
            else:
                behind += back
        start = _moved(self._text, -before / 1000 * size)
        natural = sum(map(font.widths.__getitem__, codes)) - sum([back for _, back in between])
        width = natural / 1000 * size + spacing * len(codes)
        self._text = _moved(start, width - behind / 1000 * size)
        return TextRun(font, size, self._rise, spacing, content, _product(start, self._matrix), codes, between, width)


def _composite(font: Any) -> Font | None:
    two_bytes = font.get("/Subtype") == "/Type0" and font.get("/Encoding") == "/Identity-H"
    return Font(font) if two_bytes and font.get_list("/DescendantFonts") else None


def _matrix(operands: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = operands
    return a, b, c, d, e, f


def _product(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    k, m, n, p, r, s = right
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + r, e * m + f * p + s


def _moved(matrix: Matrix, x: float) -> Matrix:
    a, b, c, d, e, f = matrix
    return a, b, c, d, e + a * x, f + b * x
