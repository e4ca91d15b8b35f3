"""The fonts of a PDF: what they are called, whether they are embedded, what their codes draw, and as what they read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from masthead.comparison.canonical import Digests, array, data, dictionary, font_name, inherited
from masthead.comparison.items import Item
from masthead.comparison.results import Difference, Layer

_SHOWN = 5  # characters that a message names
_ENTRY = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([^>]*)>\s*<([^>]*)>\s*(<[^>]*>|\[[^\]]*\])")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


@dataclass(frozen=True)
class Typeface:
    """A font of a file. `digest` is that of all of it, `drawn` that of all but the text that its codes stand for."""

    name: str
    kind: str
    embedded: bool
    digest: str
    drawn: str
    font: Any

    @cached_property
    def texts(self) -> Mapping[int, str]:
        """Code → what it reads as (ToUnicode; ISO 32000-1, 9.10.3); empty without such a table."""
        table = self.font.get("/ToUnicode")
        return dict(_texts(data(table))) if isinstance(table, pikepdf.Stream) else {}

    @cached_property
    def outlines(self) -> Mapping[int, str]:
        """Code → the outline of its glyph, for a font whose codes are numbers of TrueType glyphs; else empty."""
        descendant = dictionary(next(iter(array(self.font.get("/DescendantFonts"))), None))
        program = dictionary(descendant.get("/FontDescriptor")).get("/FontFile2")
        if self.font.get("/Encoding") != "/Identity-H" or not isinstance(program, pikepdf.Stream):
            return {}
        mapping = descendant.get("/CIDToGIDMap")
        numbers = data(mapping) if isinstance(mapping, pikepdf.Stream) else None
        try:
            font = TTFont(io.BytesIO(data(program)), lazy=True)
            return dict(_outlines(font, self.texts, numbers))
        except Exception:  # fontTools raises many errors on fonts that PDFium can still draw
            return {}

    @property
    def item(self) -> Item:
        """The font among the properties of the file."""
        attributes = {
            "type": self.kind,
            "embedding": "embedded" if self.embedded else "not embedded",
            "text mapping": "present" if "/ToUnicode" in self.font else "missing",
        }
        return Item("font", self.name, attributes)


def fonts_of(page: Any) -> dict[str, Any]:
    """Return the fonts of a page by the names that its content uses."""
    fonts = dictionary(dictionary(inherited(page, "/Resources")).get("/Font"))
    return {name: font for name, font in fonts.items() if isinstance(font, pikepdf.Dictionary)}


def read_typeface(font: Any, digests: Digests) -> Typeface:
    """Return a font as it is compared."""
    descendants = [dictionary(each) for each in array(font.get("/DescendantFonts"))] or [font]
    descriptor = dictionary(descendants[0].get("/FontDescriptor"))
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    kind = str(font.get("/Subtype", ""))[1:]
    drawn = digests.of_entries(font, frozenset(font.keys()) - {"/ToUnicode"})
    return Typeface(
        font_name(font.get("/BaseFont", kind)), kind, embedded or kind == "Type3", digests.of(font), drawn, font
    )


def _texts(table: bytes) -> Iterator[tuple[int, str]]:
    for kind, section in _SECTION.findall(table):
        if kind == b"bfchar":
            codes = [_bytes(each) for each in _ENTRY.findall(section)]
            for code, text in zip(codes[::2], codes[1::2], strict=False):
                yield int.from_bytes(code, "big"), text.decode("utf-16-be", "replace")
            continue
        for first, last, aim in _RANGE.findall(section):
            start, end = (int.from_bytes(_bytes(each), "big") for each in (first, last))
            texts = [_bytes(each) for each in _ENTRY.findall(aim)]
            for place in range(min(end - start, 0xFFFF) + 1):
                if aim.startswith(b"<"):  # the last byte counts on
                    text = texts[0][:-2] + ((int.from_bytes(texts[0][-2:], "big") + place) & 0xFFFF).to_bytes(2, "big")
                elif place < len(texts):
                    text = texts[place]
                else:
                    break
                yield start + place, text.decode("utf-16-be", "replace")


def _bytes(digits: bytes) -> bytes:
    text = b"".join(digits.split()).decode()
    return bytes.fromhex(text + "0" * (len(text) % 2))


def _outlines(font: TTFont, codes: Mapping[int, str], numbers: bytes | None) -> Iterator[tuple[int, str]]:
    glyphs, order, count = font.getGlyphSet(), font.getGlyphOrder(), font["maxp"].numGlyphs
    for code in codes:
        glyph = code if numbers is None else int.from_bytes(numbers[2 * code : 2 * code + 2], "big")
        if glyph == code < count:
            pen = DecomposingRecordingPen(glyphs, skipMissingComponents=True)
            glyphs[order[glyph]].draw(pen)
            yield code, str(pen.value)


@dataclass(frozen=True, slots=True)
class TypefacePair:
    """Two fonts of one name: the codes that draw otherwise, and those that read otherwise."""

    old: Typeface
    new: Typeface
    redrawn: tuple[int, ...]
    reread: tuple[int, ...]
    same: bool

    @property
    def letters(self) -> frozenset[str]:
        """The characters that are drawn otherwise."""
        return frozenset(filter(None, (self.new.texts.get(code, "") for code in self.redrawn)))

    @property
    def readings(self) -> frozenset[tuple[str, str]]:
        """What codes that read otherwise stood for, and stand for now."""
        return frozenset((self.old.texts.get(code, ""), self.new.texts.get(code, "")) for code in self.reread)

    @property
    def changes(self) -> Iterator[Difference]:
        """What is different for a reader."""
        if self.redrawn:
            letters = _letters(self.new.texts.get(code, "") for code in self.redrawn)
            message = f"the shape of {_count(self.redrawn)} of font “{self.new.name}” has changed: {letters}"
            yield Difference(Layer.PICTURE, message)
        if self.reread:
            was = _letters(self.old.texts.get(code, "") for code in self.reread)
            now = _letters(self.new.texts.get(code, "") for code in self.reread)
            message = f"{_count(self.reread)} of font “{self.new.name}” read otherwise when copied: {was} as {now}"
            yield Difference(Layer.TEXT, message)


def match(old: Typeface, new: Typeface) -> TypefacePair:
    """Compare two fonts of one name. A subset of other glyphs of the same font is the same font."""
    if old.digest == new.digest:
        return TypefacePair(old, new, (), (), True)
    common = old.texts.keys() & new.texts.keys()
    reread = tuple(sorted(code for code in common if old.texts[code] != new.texts[code]))
    if old.drawn == new.drawn:  # codes that one side lacks are those that lost or got their text
        lost = tuple(sorted(old.texts.keys() ^ new.texts.keys())) if old.texts and new.texts else ()
        return TypefacePair(old, new, (), tuple(sorted({*reread, *lost})), not reread and not lost)
    shared = old.outlines.keys() & new.outlines.keys()
    differ = {code for code in shared if old.outlines[code] != new.outlines[code]}
    if not shared or 2 * len(differ) > len(shared):  # the codes are numbered otherwise
        return TypefacePair(old, new, (), (), False)
    redrawn = tuple(sorted(code for code in differ if code not in reread))
    reread = tuple(code for code in reread if code in shared and code not in differ and old.outlines[code] != "[]")
    return TypefacePair(old, new, redrawn, reread, not differ and common == shared and not reread)


def _letters(texts: Any) -> str:
    shown = list(dict.fromkeys(text or "nothing" for text in texts))
    return ", ".join(f"“{text}”" for text in shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")


def _count(codes: tuple[int, ...]) -> str:
    return f"{len(codes)} character{'s' if len(codes) > 1 else ''}"
