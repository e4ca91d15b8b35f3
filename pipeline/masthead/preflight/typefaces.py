"""Rules about fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, used_fonts
from masthead.preflight.needs import Need
from masthead.typesetting import fonts

RULES = Rules[Evidence]()


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
