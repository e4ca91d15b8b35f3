"""Rules about fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, Font, Sign, meanings, used_fonts
from masthead.preflight.actual_text import can_show
from masthead.preflight.needs import Need
from masthead.typesetting import fonts

RULES = Rules[Evidence]()
_HINT = "publish from the source"
_MIRROR = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")


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
    """Every font belongs to one of the bundled families, with which the project is tested (`fonts/families.toml`), or
    to one of the organization."""
    known = {_plain(source.face) for family in fonts.families() for source in family.sources}
    for font in used_fonts(evidence.file):
        if not any(_plain(font.name).startswith(name) for name in known):
            yield Finding(f"font {font.name} is not one of the bundled fonts", font.page)


@RULES.rule("fonts.missing-glyphs", Severity.ERROR)
def missing_glyphs(evidence: Evidence) -> Iterator[Finding]:
    """No glyph is missing: the `.notdef` box is on no page (ISO 19005-3, 6.2.11.8)."""
    lost = {
        font: codes for font in _shown(evidence) if (codes := {code for code in font.codes if font.glyph(code) == 0})
    }
    for number, runs in enumerate(evidence.runs, 1) if lost else ():
        shown = ((lost[run.font], run.codes) for run in runs if run.font in lost)
        if missing := sum(code in missed for missed, codes in shown for code in codes):
            yield Finding(f"the fonts of the page lack {missing} of its glyphs", number)


@RULES.rule("fonts.shapes", Severity.ERROR, Need.OUR_FONTS)
def shapes(evidence: Evidence) -> Iterator[Finding]:
    """Each glyph has the shape that the bundled font has for it: what looks like a 3 is not encoded as an 8."""
    for font, codes in _shown(evidence).items():
        known = evidence.known_fonts.of(font)
        if known and (changed := sum(map(known.is_redrawn, codes))):
            name = font.name.partition("+")[2]
            yield Finding(f"{changed} glyphs of font {name} have other shapes than in the bundled font", hint=_HINT)


@RULES.rule("fonts.text", Severity.ERROR, Need.OUR_FONTS, Need.SCREEN)
def text(evidence: Evidence) -> Iterator[Finding]:
    """ToUnicode maps each code to the letters that its glyph shows: text is copied, searched and read aloud by it."""
    for font, codes in _shown(evidence).items():
        if not (known := evidence.known_fonts.of(font)):
            continue
        name = font.name.partition("+")[2]
        if not known.letters:
            yield Finding(f"font {name} does not map its codes to characters", hint=_HINT)
            continue
        read = ((code, text) for code in sorted(codes) if (text := known.letters.get(code)))
        wrong = [text for code, text in read if not _shows(tuple(known.summaries[code].signs), text)]
        if wrong:
            message = f"codes of font {name} are read as other letters than they show: {', '.join(wrong[:5])}"
            yield Finding(message, hint=_HINT)


@lru_cache(maxsize=8192)  # documents have the same letters
def _shows(shown: Sequence[Sign], text: str) -> bool:
    """Whether signs can be read as a text."""
    letters = list(filter(meanings.is_seen, unicodedata.normalize("NFC", text)))
    signs = [sign for sign in shown if sign is not meanings.SPACE]
    turned = [letter.translate(_MIRROR) for letter in letters]  # right-to-left text shows brackets mirrored
    # Of a right-to-left ligature, its code reads the leftmost letter: codes that draw nothing have the others.
    is_ligature = len(signs) > len(letters) == 1 and unicodedata.bidirectional(letters[0]) in ("R", "AL")
    return (
        not letters
        or not signs
        or can_show(signs, letters)
        or can_show(signs, turned)
        or (is_ligature and can_show(signs[:1], letters))
    )


def _shown(evidence: Evidence) -> dict[Font, Set[int]]:
    """The fonts of the pages, with all codes that the pages show."""
    return {run.font: run.font.codes for runs in evidence.runs for run in runs if run.font is not None}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
