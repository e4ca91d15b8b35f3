"""The rule about the languages of parts: a screen reader chooses its voice by them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, spoken_languages, spots
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN, Need.STRUCTURE, Need.OUR_TAGS)
FEW = 5  # letters: fewer do not show a language
_HINT = "publish from the source"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # BCP 47, without languages of one letter
_BLOCKS = (
    ("Latin", re.compile("[A-Za-zÀ-ɏ]")),
    ("Arabic", re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")),
    ("Cyrillic", re.compile("[\u0400-\u052f]")),
    ("Chinese", re.compile("[\u3400-\u9fff]")),
    ("Hebrew", re.compile("[\u05d0-\u05ea]")),
    ("Greek", re.compile("[\u0370-\u03ff]")),
)


@RULES.rule("accessibility.parts", Severity.ERROR)
def parts(evidence: Evidence) -> Iterator[Finding]:
    """Each part of the text is in the language of the file, or declared in English if it is in Latin letters (ISO
    14289-1, 7.2).
    """
    if evidence.structure is None:
        return
    own = evidence.language.partition("-")[0].lower()
    spoken = spoken_languages(evidence.structure)
    reported: set[tuple[str, int]] = set()
    for block in evidence.tree:
        texts: dict[str, str] = defaultdict(str)
        for piece in block.pieces:
            texts[spoken.get((piece.page, piece.number), "")] += piece.text
        for language, text in texts.items():
            message = _wrong(language, text, own)
            if message and (message, block.page or 0) not in reported:
                reported.add((message, block.page or 0))
                piece = block.pieces[0]
                box = spots.box(evidence.pages[piece.page - 1], piece.number)
                yield Finding(message, block.page, text.strip()[:40], _HINT, box)


def _wrong(language: str, text: str, own: str) -> str:
    """What is wrong with the language of a text, in words."""
    if not _TAG.fullmatch(language):
        return f"the language of a part is invalid: {language}" if language else ""
    spoken = language.partition("-")[0].lower()
    if spoken == own:  # which a paragraph in another language inherits, where the source does not name that
        return ""
    if spoken != "en":
        return f"a part is declared in {spoken}, but the file in {own}"
    letters = Counter({script: len(block.findall(text)) for script, block in _BLOCKS})
    script, count = letters.most_common(1)[0]
    if script == "Latin" or count < FEW or count < 2 * letters["Latin"]:
        return ""
    return f"text in {script} letters is declared in {spoken}"
