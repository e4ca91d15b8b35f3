"""The text that pages show, run by run (ISO 32000-1, 9.3 and 9.4). A run is what one operator shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import pikepdf

from masthead.pdf.content import resources
from masthead.pdf.content.colours import graphics_states, is_coloured, is_light
from masthead.pdf.content.fonts import Font, PageFonts
from masthead.pdf.content.matrices import IDENTITY, Matrix, moved, product
from masthead.pdf.content.operators import read_operators, read_quickly
from masthead.pdf.content.shapes import DrawnShape, DrawnShapes, Forms

_ARTIFACT = -1  # the identifier given to content that is marked as an artifact
_STROKING, _NOT_CLIPPING = (1, 2, 5, 6), (0, 1, 2, 3)  # text rendering modes (ISO 32000-1, table 106)


class TextRun(NamedTuple):
    """What one operator shows: codes, and the kerning between them: before which of them, and how far back, in
    thousandths of the size. `width` is that of all of them, kerned, in text space.

    `font` is None, and there are no codes, where the codes are not of two bytes each. `content` is the identifier of
    the marked content that the run is in, None for artifacts and unmarked text. `matrix` leads from text space to the
    page; `scale`, the horizontal scaling in per cent, is not part of it.
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
    scale: float


class PageText(NamedTuple):
    """The text of a page: its runs, and the texts (ActualText) that stand for marked content, by its identifier.

    `may_be_hidden` says that some of it is light, transparent or clipped, or not simply filled: it may not be visible.
    `coloured` has the identifiers of marked content, None outside any, that has text neither black nor blue as links,
    `outlined` those of which letters are drawn with strokes. `unmarked` says that some text is neither marked with an
    identifier nor an artifact. `shapes` are what is drawn besides text, where that is simple; else None. `is_plain`
    says that the content has only the kinds of operators and operands that Masthead writes, nested as it nests them.
    """

    runs: tuple[TextRun, ...] = ()
    replacements: tuple[tuple[int, str], ...] = ()
    may_be_hidden: bool = True
    coloured: tuple[int | None, ...] = ()
    outlined: tuple[int | None, ...] = ()
    unmarked: bool = False
    shapes: tuple[DrawnShape, ...] | None = None
    is_plain: bool = False

    def without(self, left_out: Collection[int]) -> PageText:
        """Return the text without the colours and outlines of some marked content."""
        coloured, outlined = (
            tuple(each for each in found if each not in left_out) for found in (self.coloured, self.outlined)
        )
        return self._replace(coloured=coloured, outlined=outlined)


def read_page_texts(file: pikepdf.Pdf) -> tuple[PageText, ...]:
    """Read the text of each page. Raises PdfError, ValueError or TypeError when a page's content cannot be read."""
    known: dict[tuple[int, int], Font | None] = {}
    forms: Forms = {}
    return tuple(_PageReader(page, known, forms).read() for page in file.pages)


class _PageReader:
    """Follows the operators of one page (ISO 32000-1, annex A)."""

    def __init__(self, page: pikepdf.Page, known: dict[tuple[int, int], Font | None], forms: Forms) -> None:
        states = graphics_states(page)
        self._transparent = states.transparent
        self._shapes = DrawnShapes(resources.of_page(page, "/XObject"), forms, states.opaque)
        self._page, self._fonts = page, PageFonts(page, known)
        self._properties = resources.of_page(page, "/Properties")
        self._runs: list[TextRun] = []
        self._replacements: list[tuple[int, str]] = []
        self._may_be_hidden = False
        self._coloured: dict[int | None, None] = {}
        self._outlined: dict[int | None, None] = {}
        self._unmarked = False
        self._marked: list[int | None] = []
        self._is_plain, self._in_text = True, False
        self._text, self._line = IDENTITY, IDENTITY
        self._stack: list[Any] = []
        # The graphics state as far as text depends on it; `_hiding` has the operators that may hide text.
        self._matrix = IDENTITY
        self._font: Font | None = None
        self._size = self._rise = self._spacing = 0.0
        self._scale = 100.0
        self._hiding: frozenset[str] = frozenset()
        self._colour = self._strokes = False

    def read(self) -> PageText:
        quick = read_quickly(self._page.obj.get("/Contents"))
        if quick is None:
            self._shapes.found, self._is_plain = None, False
        for operator, operands in read_operators(self._page) if quick is None else quick:
            try:
                self._follow(operator, operands)
            except (TypeError, LookupError, ValueError) as error:
                raise ValueError(f"the operator {operator} cannot be interpreted") from error
        return PageText(
            tuple(self._runs),
            tuple(self._replacements),
            self._may_be_hidden,
            tuple(self._coloured),
            tuple(self._outlined),
            self._unmarked,
            None if self._shapes.found is None else tuple(self._shapes.found),
            self._is_plain,
        )

    def _follow(self, operator: str, operands: Any) -> None:
        match operator:  # the most frequent ones first
            case "TEXT":
                identifier, state, colour, place, name, size, string, kerning = operands
                self._text = self._line = place
                self._font, self._size = self._fonts.named(name), size
                self._nest(not self._in_text)
                self._begin(identifier, None)
                if state is not None:
                    self._use(state)
                if colour is not None:
                    self._fill(colour)
                self._show(string, kerning)
                self._marked.pop()
            case "TJ":
                self._nest(self._in_text)
                self._show(*operands)
            case "Tm":
                self._text = self._line = tuple(operands)
            case "BT" | "ET":
                self._nest(self._in_text is (operator == "ET"))
                self._in_text = operator == "BT"
                if self._in_text:
                    self._text = self._line = IDENTITY
            case "Tf":
                name, size = operands
                self._font, self._size = self._fonts.named(name), size
            case "BDC" | "BMC":
                self._mark(*operands)
            case "EMC":
                del self._marked[-1:]
            case "q":
                self._nest(not self._in_text)
                state = self._matrix, self._font, self._size, self._rise, self._spacing, self._scale
                self._stack.append((*state, self._hiding, self._colour, self._strokes))
                self._shapes.save()
            case "Q":
                self._nest(not self._in_text)
                if self._stack:
                    state = self._stack.pop()
                    self._matrix, self._font, self._size, self._rise, self._spacing, self._scale, *drawn = state
                    self._hiding, self._colour, self._strokes = drawn
                    self._shapes.restore()
            case "g" | "rg" | "k":
                self._fill(operands)
            case "gs":
                self._use(operands)
            case "cm":
                self._nest(not self._in_text)
                self._matrix = product(operands, self._matrix)
            case "W" | "W*":
                self._hide("W", True)
                self._shapes.draw(operator, operands, self._matrix)
            case "Tj" | "'" | '"':
                self._show(*operands)
            case "Td":
                x, y = operands
                self._text = self._line = product((1, 0, 0, 1, x, y), self._line)
            case "Ts":
                (self._rise,) = operands
            case "Tc":
                (self._spacing,) = operands
            case "Tz":
                (self._scale,) = operands
            case "Tr":
                self._hide("Tr", operands != 0)
                self._strokes = operands in _STROKING
                if operands not in _NOT_CLIPPING:
                    self._shapes.found = None
            case "cs":
                self._shapes.fill(())
            case "sc" | "scn":
                self._colour = True  # it is in a colour space that is not read
                self._hide("g", True)
                self._shapes.fill(())
            case _:
                self._shapes.draw(operator, operands, self._matrix)

    def _nest(self, as_usual: bool) -> None:
        """See that operators are nested as Masthead nests them: of others, each reader makes something else."""
        self._is_plain = self._is_plain and as_usual

    def _fill(self, colour: Sequence[float]) -> None:
        self._colour = is_coloured(colour)
        self._shapes.fill(colour)
        self._hide("g", is_light(colour))

    def _use(self, state: str) -> None:
        self._hide("gs", state in self._transparent)
        self._shapes.use(state)

    def _hide(self, operator: str, hides: bool) -> None:
        if hides is not (operator in self._hiding):
            self._hiding ^= {operator}

    def _mark(self, tag: Any, properties: Any = None) -> None:
        """Begin marked content, whose properties may be named in the page's resources."""
        if isinstance(properties, pikepdf.Name):
            properties = self._properties.get(properties)
        # A dict, because asking the object for each entry takes three times as long.
        entries = properties if isinstance(properties, dict) else dict(resources.dictionary(properties).items())
        identifier, replacement = entries.get("/MCID"), entries.get("/ActualText")
        identifier = identifier if isinstance(identifier, int) else None
        if identifier is not None and isinstance(replacement, pikepdf.String):
            self._replacements.append((identifier, str(replacement)))
        self._begin(identifier, _ARTIFACT if tag == "/Artifact" else None)

    def _begin(self, identifier: int | None, other: int | None) -> None:
        """Begin marked content with an identifier, or an `other` one that it gets without."""
        # Content inside other content belongs to the outer one where it has no identifier of its own.
        outer = self._marked[-1] if self._marked else None
        own = identifier if identifier is not None else outer if other is None else other
        self._nest(outer in (None, _ARTIFACT, own))
        self._marked.append(own)

    def _show(self, string: bytes, kerning: Sequence[tuple[int, float]]) -> None:
        font, size = self._font, self._size
        self._may_be_hidden = self._may_be_hidden or bool(self._hiding)
        codes: tuple[int, ...] = ()
        between: list[tuple[int, float]] = []
        start, width = self._text, 0.0
        if font:
            codes = font.shown(string)
            self._shapes.after_text = self._shapes.after_text or bool(codes)
            before = after = 0.0
            for byte, back in kerning:
                if byte < 2:
                    before += back
                elif byte // 2 < len(codes):
                    between.append((byte // 2, back))
                else:
                    after += back
            start = moved(start, -before / 1000 * size)
            natural = sum(map(font.widths.__getitem__, codes)) - sum([back for _, back in between])
            width = natural / 1000 * size + self._spacing * len(codes)
            self._text = moved(start, width - after / 1000 * size)
        content, matrix = self._marked[-1] if self._marked else None, product(start, self._matrix)
        if content is None:
            self._unmarked = self._unmarked or bool(string.strip(b"\0 "))
        elif content == _ARTIFACT:
            content = None
        if self._colour:
            self._coloured[content] = None
        if self._strokes:
            self._outlined[content] = None
        state = font, size, self._rise, self._spacing
        self._runs.append(TextRun(*state, content, matrix, codes, between, width, self._scale))
