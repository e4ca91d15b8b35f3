"""Rules about fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from masthead import fonts
from masthead.findings import Severity
from masthead.preflight.evidence import Evidence
from masthead.preflight.rules import Fault, Rule

SHOWN = re.compile(rb"(/[^\s/<>\[\]()]+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f]{4,})>")


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font of a page's resources: its name without the tag of a subset, and what the file holds of it."""

    name: str
    page: int
    embedded: bool
    subset: bool


def used_fonts(reader: PdfReader) -> Iterator[UsedFont]:
    """Each font of the pages' resources once, with the first page that has it."""
    seen: set[int] = set()
    for number, page in enumerate(reader.pages, 1):
        fonts_of_page = _dictionary(_dictionary(page.get("/Resources")).get("/Font"))
        for key in fonts_of_page:
            reference = fonts_of_page.raw_get(key)
            identity = getattr(reference, "idnum", id(reference))
            if identity not in seen:
                seen.add(identity)
                yield _font(_dictionary(reference), number)


def _font(font: DictionaryObject, page: int) -> UsedFont:
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    descendants = font.get("/DescendantFonts")
    if descendants:
        font = _dictionary(descendants.get_object()[0])
    descriptor = _dictionary(font.get("/FontDescriptor"))
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    tag = re.match(r"[A-Z]{6}\+", name)
    return UsedFont(name[tag.end() :] if tag else name, page, embedded, bool(tag))


def _dictionary(value: Any) -> DictionaryObject:
    value = value.get_object() if value is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def embedded(evidence: Evidence) -> Iterator[Fault]:
    """Every font is embedded: a page looks the same everywhere, and PDF/A asks for it (ISO 19005-3, 6.2.11.4)."""
    for font in used_fonts(evidence.reader):
        if not font.embedded:
            yield Fault(f"the font {font.name} is not embedded", page=font.page, hint="typeset with embedded fonts")


def subset(evidence: Evidence) -> Iterator[Fault]:
    """Every embedded font is a subset of the glyphs that the pages use."""
    for font in used_fonts(evidence.reader):
        if font.embedded and not font.subset:
            yield Fault(f"the font {font.name} is embedded whole", page=font.page)


def ours(evidence: Evidence) -> Iterator[Fault]:
    """Every font is of a family that the project is proven with (`fonts/families.toml`)."""
    known = {_plain(source.face) for family in fonts.read() for source in family.sources}
    for font in used_fonts(evidence.reader):
        if not any(_plain(font.name).startswith(name) for name in known):
            yield Fault(f"the font {font.name} is none of the project's", page=font.page)


def missing_glyphs(evidence: Evidence) -> Iterator[Fault]:
    """No glyph is missing: the box of `.notdef` stands nowhere on a page (ISO 19005-3, 6.2.11.8)."""
    for number, page in enumerate(evidence.reader.pages, 1):
        contents = page.get_contents()
        maps = {
            key.encode(): glyphs
            for key, font in _dictionary(_resource(page, "/Font")).items()
            if (glyphs := _glyphs(font)) is not None
        }
        if maps and contents is not None and (missing := _missing(contents.get_data(), maps)):
            yield Fault(f"{missing} glyphs of the page are missing in their font", page=number)


def _resource(page: DictionaryObject, kind: str) -> Any:
    return _dictionary(page.get("/Resources")).get(kind)


def _glyphs(font: Any) -> bytes | None:
    """The CIDToGIDMap of a composite font, empty for Identity; None for a font of one byte a code."""
    font = _dictionary(font)
    if font.get("/Encoding") != "/Identity-H" or "/DescendantFonts" not in font:
        return None
    mapped = _dictionary(font["/DescendantFonts"].get_object()[0]).get("/CIDToGIDMap")
    return b"" if mapped is None or mapped == "/Identity" else mapped.get_object().get_data()


def _missing(contents: bytes, maps: Mapping[bytes, bytes]) -> int:
    """How many codes of a page's hexadecimal strings mean glyph 0."""
    count, glyphs = 0, None
    for found in SHOWN.finditer(contents):
        if found[1]:
            glyphs = maps.get(found[1])
        elif glyphs is not None:
            codes = bytes.fromhex(found[2].decode())
            for place in range(0, len(codes) - 1, 2):
                code = int.from_bytes(codes[place : place + 2])
                count += not (any(glyphs[2 * code : 2 * code + 2]) if glyphs else code)
    return count


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


RULES = (
    Rule("fonts.embedded", Severity.ERROR, embedded),
    Rule("fonts.subset", Severity.WARNING, subset),
    Rule("fonts.ours", Severity.ERROR, ours),
    Rule("fonts.missing-glyphs", Severity.ERROR, missing_glyphs),
)
