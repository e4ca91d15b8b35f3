"""The fonts of a file: how wide their codes are, which glyphs these draw, and which fonts are embedded."""

from __future__ import annotations

import re
import struct
from binascii import unhexlify
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pikepdf

from masthead.pdf.content import resources

_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf\1", re.DOTALL)
_ENTRY = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(<[0-9A-Fa-f\s]*>|\[[^\]]*\])")
_LAST_CODE = 0xFFFF  # codes are of two bytes
_PLAIN_SECTION = re.compile(rb"\b([0-9]+) beginbfchar\n((?:<[0-9a-fA-F]{4}> <(?:[0-9a-fA-F]{4})+>\n)++)endbfchar\n")
# What is around these lists in the tables that Masthead writes.
_PLAIN_TABLE = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo\n<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
)
_PLAIN_TYPE = {"/Subtype": "/CIDFontType2", "/Registry": "Adobe", "/Ordering": "Identity"}


class Font:
    """A composite font with codes of two bytes. Widths are in thousandths of the font size."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.name = str(font.get("/BaseFont", "")).removeprefix("/")
        self.to_unicode = font.get("/ToUnicode")
        self.descendant = resources.dictionary(next(iter(font.get_list("/DescendantFonts", ())), None))
        self.widths = _Widths(self.descendant)
        self._codes: dict[int, int] = {}
        mapping = self.descendant.get("/CIDToGIDMap")
        self._glyphs = _numbers(resources.data(mapping)) if isinstance(mapping, pikepdf.Stream) else None

    @cached_property
    def is_plain(self) -> bool:
        """Whether it has one whole width and one text for a code, written so that every reader takes them alike."""
        kind = dict(resources.dictionary(self.descendant.get("/CIDSystemInfo")), **self.descendant)
        return (
            all(kind.get(key) == value for key, value in _PLAIN_TYPE.items())
            and self.widths.are_plain
            and isinstance(self.to_unicode, pikepdf.Stream)
            and is_plain_to_unicode(resources.data(self.to_unicode))
        )

    @property
    def codes(self) -> Set[int]:
        """All codes that the pages show."""
        return self._codes.keys()

    def shown(self, string: bytes) -> tuple[int, ...]:
        """Return the codes of a string that a page shows; each is one object in all strings, to save memory."""
        codes = struct.unpack(f">{len(string) // 2}H", string[: len(string) // 2 * 2])
        return tuple(map(self._codes.setdefault, codes, codes))

    def glyph(self, code: int) -> int:
        """Return the number of the glyph that `code` draws; 0 is the missing glyph."""
        if self._glyphs is None:
            return code
        return self._glyphs[code] if code < len(self._glyphs) else 0


def _numbers(data: bytes) -> Sequence[int]:
    """Return numbers of two bytes each; of the last one, the second byte may be missing."""
    numbers = [*struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])]
    return [*numbers, data[-1]] if len(data) % 2 else numbers


@lru_cache(maxsize=32)  # the fonts of one edition are the same in its variants
def read_to_unicode(table: bytes) -> Mapping[int, str]:
    """Return code → text of a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    return dict(_texts(table))


@lru_cache(maxsize=32)
def is_plain_to_unicode(table: bytes) -> bool:
    """Whether a CMap lists each code once, in four digits, with its text, and each list is as long as it says."""
    lists = _PLAIN_SECTION.findall(table)
    codes = [code for _, section in lists for code in _ENTRY.findall(section)[::2]]
    return (
        all(int(length) == section.count(b"\n") for length, section in lists)
        and len(codes) == len(set(codes))
        and _PLAIN_SECTION.sub(b"", table) == _PLAIN_TABLE
    )


def _texts(table: bytes) -> Iterator[tuple[int, str]]:
    for kind, section in _SECTION.findall(table):
        if kind == b"char":
            codes = [*map(_bytes, _ENTRY.findall(section))]
            for code, text in zip(codes[::2], codes[1::2], strict=False):
                yield int.from_bytes(code), text.decode("utf-16-be", "replace")
            continue
        for first, last, aim in _RANGE.findall(section):
            start, end = (int.from_bytes(_bytes(each)) for each in (first, last))
            texts = [_bytes(each) for each in _ENTRY.findall(aim)]
            for place in range(min(end - start, _LAST_CODE) + 1):
                if aim.startswith(b"<"):  # the last unit of UTF-16 counts on
                    text = texts[0][:-2] + ((int.from_bytes(texts[0][-2:]) + place) & 0xFFFF).to_bytes(2)
                elif place < len(texts):
                    text = texts[place]
                else:
                    break
                yield start + place, text.decode("utf-16-be", "replace")


def _bytes(digits: bytes) -> bytes:
    """Return the bytes of a hexadecimal string; the last digit may be missing, and white space between the others."""
    try:
        return unhexlify(digits)
    except ValueError:
        text = b"".join(digits.split())
        return unhexlify(text + b"0" * (len(text) % 2))


class _Widths(dict[int, float]):
    """Code → width, from the W array of ISO 32000-1, 9.7.4.3: `first [w …]` and `first last w`.

    `are_plain` says that there are lists of the first kind only, one whole width, not below 0, for a code.
    """

    def __init__(self, descendant: Any) -> None:
        self._default = float(descendant.get("/DW", 1000))
        self.are_plain, count = True, 0
        items = iter(descendant.get_list("/W", ()))
        for first in items:
            second = next(items)
            if isinstance(second, pikepdf.Array):
                self.update(enumerate(map(float, second), int(first)))
                count += len(second)
            else:
                self.are_plain = False
                self.update(dict.fromkeys(range(int(first), min(int(second), _LAST_CODE) + 1), float(next(items))))
        usual = all(width >= 0 and width.is_integer() for width in (self._default, *self.values()))
        self.are_plain = self.are_plain and usual and len(self) == count

    def __missing__(self, code: int) -> float:
        return self._default


class PageFonts:
    """The composite fonts of one page by name; `known` has those of the file by object, shared by its pages."""

    def __init__(self, page: pikepdf.Page, known: dict[tuple[int, int], Font | None]) -> None:
        self._fonts, self._known = resources.of_page(page, "/Font"), known
        self._names: dict[str, Font | None] = {}

    def named(self, name: str) -> Font | None:
        """Return the font of a name; None for one that is not composite with codes of two bytes."""
        if name not in self._names:
            font = resources.dictionary(self._fonts.get(name))
            known = self._known if font.is_indirect else {}
            if font.objgen not in known:
                known[font.objgen] = _composite(font)
            self._names[name] = known[font.objgen]
        return self._names[name]


def _composite(font: Any) -> Font | None:
    two_bytes = font.get("/Subtype") == "/Type0" and font.get("/Encoding") == "/Identity-H"
    return Font(font) if two_bytes and font.get_list("/DescendantFonts") else None


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font in the resources of a page: its name without the tag of a subset, and what the file holds of it."""

    name: str
    page: int
    embedded: bool
    subset: bool


def used_fonts(file: pikepdf.Pdf) -> Iterator[UsedFont]:
    """Yield each font of the pages' resources once, with the first page that has it."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(file.pages, 1):
        for font in map(resources.dictionary, resources.of_page(page, "/Font").values()):
            if font and font.objgen not in seen:
                seen |= {font.objgen} if font.is_indirect else set()
                yield _used(font, number)


def _used(font: Any, page: int) -> UsedFont:
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    if descendants := font.get_list("/DescendantFonts"):
        font = resources.dictionary(descendants[0])
    descriptor = resources.dictionary(font.get("/FontDescriptor"))
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    tag = re.match(r"[A-Z]{6}\+", name)
    return UsedFont(name[tag.end() :] if tag else name, page, embedded, bool(tag))
