"""The fonts of a PDF: what they are called, whether they are embedded, what their codes draw, and as what they read."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import pikepdf
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from masthead.comparison.canonical import Digests, array, data, dictionary, font_name, inherited
from masthead.comparison.items import PdfItem
from masthead.comparison.results import Difference, Layer
from masthead.pdf import read_to_unicode

_SHOWN = 5  # characters that a message names
_ENTRY = re.compile(rb"<([0-9A-Fa-f\s]*)>")


@dataclass(frozen=True)
class Typeface:
    """A font of a file. `digest` is that of the whole font, `drawn` of everything except the text of its codes."""

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
        return read_to_unicode(data(table)) if isinstance(table, pikepdf.Stream) else {}

    @cached_property
    def program(self) -> TTFont | None:
        """The font file of a TrueType font with codes of two bytes; None for any other."""
        descendant = dictionary(next(iter(array(self.font.get("/DescendantFonts"))), None))
        program = dictionary(descendant.get("/FontDescriptor")).get("/FontFile2")
        if self.font.get("/Encoding") != "/Identity-H" or not isinstance(program, pikepdf.Stream):
            return None
        try:
            return TTFont(io.BytesIO(data(program)), lazy=True)
        except Exception:  # fontTools raises many errors on fonts that PDFium can still draw
            return None

    @cached_property
    def glyphs(self) -> Mapping[int, int]:
        """Code → the number of its glyph, for codes that have text."""
        descendant = dictionary(next(iter(array(self.font.get("/DescendantFonts"))), None))
        mapping = descendant.get("/CIDToGIDMap")
        if not isinstance(mapping, pikepdf.Stream):
            return {code: code for code in self.texts}
        numbers = data(mapping)
        return {code: int.from_bytes(numbers[2 * code : 2 * code + 2], "big") for code in self.texts}

    @cached_property
    def records(self) -> Sequence[bytes]:
        """How the font file describes each glyph; none if there is no such file."""
        if self.program is None or "glyf" not in self.program.reader:
            return ()
        try:
            table, places = self.program.reader["glyf"], self.program["loca"].locations
            return [table[start:end].rstrip(b"\0") for start, end in pairwise(places)]
        except Exception:
            return ()

    def outline(self, glyph: int) -> str:
        """Return what is drawn for a glyph, its parts put together."""
        assert self.program is not None
        pen = DecomposingRecordingPen(self.program.getGlyphSet(), skipMissingComponents=True)
        self.program.getGlyphSet()[self.program.getGlyphOrder()[glyph]].draw(pen)
        return str(pen.value)

    @property
    def item(self) -> PdfItem:
        """The font among the properties of the file."""
        attributes = {
            "type": self.kind,
            "embedding": "embedded" if self.embedded else "not embedded",
            "text mapping": "present" if "/ToUnicode" in self.font else "missing",
        }
        return PdfItem("font", self.name, attributes)


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


@dataclass(frozen=True, slots=True)
class TypefacePair:
    """Two fonts of one name: the codes that are drawn differently, and those that are read differently.

    `other` are all codes that are not the same in both: also those of other glyphs. None if that is unknown.
    """

    old: Typeface
    new: Typeface
    redrawn: tuple[int, ...]
    reread: tuple[int, ...]
    other: frozenset[int] | None

    def same_on(self, content: bytes) -> bool:
        """Return whether the fonts draw and read alike what a page with this content shows."""
        if not self.other:
            return self.other is not None
        if b"(" in content:
            return False
        content = content.lower()
        if len(self.other) < 100 and not any(b"%04x" % code in content for code in self.other):
            return True
        shown = (b"".join(each.split()) for each in _ENTRY.findall(content))
        codes = {int(each[at : at + 4] or b"0", 16) for each in shown for at in range(0, len(each), 4)}
        return self.other.isdisjoint(codes)

    @property
    def letters(self) -> frozenset[str]:
        """The characters that are drawn differently."""
        return frozenset(filter(None, (self.new.texts.get(code, "") for code in self.redrawn)))

    @property
    def readings(self) -> frozenset[tuple[str, str]]:
        """The old and new texts of the codes that are read differently."""
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
            message = f"{_count(self.reread)} of font “{self.new.name}”: another text when copied, {was} as {now}"
            yield Difference(Layer.TEXT, message)


def match(old: Typeface, new: Typeface) -> TypefacePair:
    """Compare two fonts of one name. A subset of other glyphs of the same font is the same font."""
    if old.digest == new.digest:
        return TypefacePair(old, new, (), (), frozenset())
    common = old.texts.keys() & new.texts.keys()
    reread = {code for code in common if old.texts[code] != new.texts[code]}
    if old.drawn == new.drawn:  # codes that one side lacks are those that lost or got their text
        lost = old.texts.keys() ^ new.texts.keys() if old.texts and new.texts else set()
        codes = frozenset(reread | lost)
        return TypefacePair(old, new, (), tuple(sorted(codes)), codes)
    shared = {code for code in common if old.glyphs[code] < len(old.records) and new.glyphs[code] < len(new.records)}
    redrawn = _redrawn(old, new, shared)
    if not shared or 2 * len(redrawn) > len(shared):  # the codes are numbered differently
        return TypefacePair(old, new, (), (), None)
    # A code that is not the number of its glyph may have different meanings in two documents.
    own = {code for code in shared if old.glyphs[code] == new.glyphs[code] == code}
    others = frozenset(redrawn | reread | (common - shared))
    shown = {code for code in own & reread - redrawn if old.records[code]}
    return TypefacePair(old, new, tuple(sorted(own & redrawn - reread)), tuple(sorted(shown)), others)


def _redrawn(old: Typeface, new: Typeface, codes: Collection[int]) -> set[int]:
    """The codes whose outlines differ, which are put together only if records of glyphs or of their parts differ."""
    both = zip(old.records, new.records, strict=False)
    is_edited = any(a != b for a, b in both if a and b)
    suspects = (code for code in codes if is_edited or old.records[old.glyphs[code]] != new.records[new.glyphs[code]])
    try:
        return {code for code in suspects if old.outline(old.glyphs[code]) != new.outline(new.glyphs[code])}
    except Exception:
        return set(codes)


def _letters(texts: Any) -> str:
    shown = list(dict.fromkeys(text or "nothing" for text in texts))
    return ", ".join(f"“{text}”" for text in shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")


def _count(codes: tuple[int, ...]) -> str:
    return f"{len(codes)} character{'s' if len(codes) > 1 else ''}"
