"""Rules about fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from masthead.document import Severity
from masthead.pdf import Evidence, resources
from masthead.preflight.rules import Fault, Rule
from masthead.typesetting import fonts


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font of a page's resources: its name without the tag of a subset, and what the file holds of it."""

    name: str
    page: int
    embedded: bool
    subset: bool


def used_fonts(file: pikepdf.Pdf) -> Iterator[UsedFont]:
    """Each font of the pages' resources once, with the first page that has it."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(file.pages, 1):
        for _, font in resources.dictionary(resources.dictionary(page.obj.get("/Resources")).get("/Font")).items():
            if font.objgen not in seen:
                seen |= {font.objgen} if font.is_indirect else set()
                yield _font(resources.dictionary(font), number)


def _font(font: Any, page: int) -> UsedFont:
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    if descendants := font.get_list("/DescendantFonts"):
        font = resources.dictionary(descendants[0])
    descriptor = resources.dictionary(font.get("/FontDescriptor"))
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    tag = re.match(r"[A-Z]{6}\+", name)
    return UsedFont(name[tag.end() :] if tag else name, page, embedded, bool(tag))


def embedded(evidence: Evidence) -> Iterator[Fault]:
    """Every font is embedded: a page looks the same everywhere, and PDF/A asks for it (ISO 19005-3, 6.2.11.4)."""
    for font in used_fonts(evidence.file):
        if not font.embedded:
            yield Fault(f"the font {font.name} is not embedded", page=font.page, hint="typeset with embedded fonts")


def subset(evidence: Evidence) -> Iterator[Fault]:
    """Every embedded font is a subset of the glyphs that the pages use."""
    for font in used_fonts(evidence.file):
        if font.embedded and not font.subset:
            yield Fault(f"the font {font.name} is embedded whole", page=font.page)


def ours(evidence: Evidence) -> Iterator[Fault]:
    """Every font is of a family that the project is proven with (`fonts/families.toml`)."""
    known = {_plain(source.face) for family in fonts.read() for source in family.sources}
    for font in used_fonts(evidence.file):
        if not any(_plain(font.name).startswith(name) for name in known):
            yield Fault(f"the font {font.name} is none of the project's", page=font.page)


def missing_glyphs(evidence: Evidence) -> Iterator[Fault]:
    """No glyph is missing: the box of `.notdef` stands nowhere on a page (ISO 19005-3, 6.2.11.8)."""
    fonts_shown = {run.font for runs in evidence.runs for run in runs if run.font is not None}
    lost = {font: codes for font in fonts_shown if (codes := {code for code in font.codes if font.glyph(code) == 0})}
    for number, runs in enumerate(evidence.runs, 1) if lost else ():
        shown = ((lost[run.font], run.codes) for run in runs if run.font in lost)
        if missing := sum(code in missed for missed, codes in shown for code in codes):
            yield Fault(f"{missing} glyphs of the page are missing in their font", page=number)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


RULES = (
    Rule("fonts.embedded", Severity.ERROR, embedded),
    Rule("fonts.subset", Severity.WARNING, subset),
    Rule("fonts.ours", Severity.ERROR, ours),
    Rule("fonts.missing-glyphs", Severity.ERROR, missing_glyphs),
)
