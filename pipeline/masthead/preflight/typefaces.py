"""Rules about fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, resources
from masthead.preflight.needs import Need
from masthead.typesetting import fonts

RULES = Rules[Evidence]()


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font in a page's resources: its name without the subset tag, and whether it is embedded, and as a subset."""

    name: str
    page: int
    embedded: bool
    subset: bool


def used_fonts(file: pikepdf.Pdf) -> Iterator[UsedFont]:
    """Each font in the resources of the pages once, with the first page that has it."""
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


@RULES.rule("fonts.embedded", Severity.ERROR, Need.EMBEDDING)
def embedded(evidence: Evidence) -> Iterator[Finding]:
    """Every font is embedded, so that a page looks the same everywhere; PDF/A requires it (ISO 19005-3, 6.2.11.4)."""
    for font in used_fonts(evidence.file):
        if not font.embedded:
            yield Finding(f"font {font.name} is not embedded", font.page, hint="export the PDF with embedded fonts")


@RULES.rule("fonts.subset", Severity.WARNING, Need.OUR_FONTS)
def subset(evidence: Evidence) -> Iterator[Finding]:
    """Every embedded font is a subset: it contains only the glyphs that the pages use."""
    for font in used_fonts(evidence.file):
        if font.embedded and not font.subset:
            yield Finding(f"font {font.name} is embedded completely, not as a subset", font.page)


@RULES.rule("fonts.ours", Severity.ERROR, Need.OUR_FONTS)
def ours(evidence: Evidence) -> Iterator[Finding]:
    """Every font belongs to one of the bundled families, with which the project is tested (`fonts/families.toml`)."""
    known = {_plain(source.face) for family in fonts.read() for source in family.sources}
    for font in used_fonts(evidence.file):
        if not any(_plain(font.name).startswith(name) for name in known):
            yield Finding(f"font {font.name} is not one of the bundled fonts", font.page)


@RULES.rule("fonts.missing-glyphs", Severity.ERROR)
def missing_glyphs(evidence: Evidence) -> Iterator[Finding]:
    """No glyph is missing: the `.notdef` box is on no page (ISO 19005-3, 6.2.11.8)."""
    fonts_shown = {run.font for runs in evidence.runs for run in runs if run.font is not None}
    lost = {font: codes for font in fonts_shown if (codes := {code for code in font.codes if font.glyph(code) == 0})}
    for number, runs in enumerate(evidence.runs, 1) if lost else ():
        shown = ((lost[run.font], run.codes) for run in runs if run.font in lost)
        if missing := sum(code in missed for missed, codes in shown for code in codes):
            yield Finding(f"the fonts of the page lack {missing} of its glyphs", number)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
