"""What the codes of a PDF's fonts draw, by the font files that they were taken from: width and meaning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from masthead.fonts import Face
from masthead.preflight import closure, outlines
from masthead.preflight.content import Font
from masthead.preflight.letters import Meaning
from masthead.preflight.objects import dictionary
from masthead.preflight.outlines import Outlines


class Shapes:
    """The shapes of fonts that are of a project's face, and in the file."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._faces = {
            _plain_name(f"{face.face} {'' if face.style == 'regular' else face.style}"): face for face in faces
        }
        self._known: dict[Font | None, Shape | None] = {None: None}

    def of(self, font: Font | None) -> Shape | None:
        if font not in self._known:
            face = self._faces.get(_plain_name(font.name.partition("+")[2])) if font else None
            if font and face and "/FontFile2" in dictionary(font.descendant.get("/FontDescriptor")):
                self._known[font] = Shape(font, face)
            else:
                self._known[font] = None
        return self._known[font]


def _plain_name(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


class Shape:
    """What the codes of a font draw."""

    def __init__(self, font: Font, face: Face) -> None:
        self.font, self._face = font, face
        self._closure = closure.of_face(face)
        self._parts: dict[tuple[float, float, float], _Parts] = {}

    def parts(self, size: float, spacing: float, stretch: float) -> _Parts:
        """The parts of each code at a size, with what is added after it, stretched so on the page."""
        key = size, spacing, stretch
        if key not in self._parts:
            self._parts[key] = _Parts(self, *key)
        return self._parts[key]

    def drawn(self, code: int) -> list[tuple[int, float]]:
        """The glyphs of a code, each with where in it they begin.

        A code that is a glyph's own number is that glyph. Another may be one too, or lead to a composite glyph that the
        original font has not, whose components are its own.
        """
        glyph = self.font.glyph(code)
        if glyph != code:
            made = self._embedded.components(glyph)
            if made is not None and made != outlines.of_file(self._face.path).components(glyph):
                return made
        return [(glyph, 0.0)]

    def read(self, glyph: int) -> tuple[float, Meaning]:
        """How wide a glyph is by the font, and what it can stand for."""
        return self._closure.advance(glyph), self._closure.meaning(glyph)

    @cached_property
    def _embedded(self) -> Outlines:
        return Outlines(self.font.descendant["/FontDescriptor"]["/FontFile2"].read_bytes())


class _Parts(dict[int, tuple[float, tuple[tuple[float, float, float, Meaning], ...]]]):
    """Code → its width in text space, and its parts: where on the page each begins from the code's own place, how wide
    it is, where the code ends, what the part can stand for. Resolved when first asked."""

    def __init__(self, shape: Shape, size: float, spacing: float, stretch: float) -> None:
        self._shape, self._unit, self._spacing, self._stretch = shape, size / 1000, spacing, stretch

    def __missing__(self, code: int) -> tuple[float, tuple[tuple[float, float, float, Meaning], ...]]:
        width, scale = self._shape.font.widths[code] * self._unit, abs(self._stretch)
        parts = []
        for glyph, x in self._shape.drawn(code):
            advance, meaning = self._shape.read(glyph)
            inside = x * self._unit
            end = self._stretch * inside + (width - inside) * scale
            parts.append((self._stretch * inside, advance * self._unit * scale, end, meaning))
        self[code] = width + self._spacing, tuple(parts)
        return self[code]
