"""The rule about replacement text: the words that a page's content gives instead of its glyphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, Sign, meanings, spots
from masthead.preflight.needs import Need

_HINT = "publish from the source"
RULES = Rules[Evidence](Need.SCREEN, Need.OUR_TAGS)


@RULES.rule("completeness.actual-text", Severity.ERROR)
def actual_text(evidence: Evidence) -> Iterator[Finding]:
    """Replacement text (ActualText) in the content of a page has the letters that its glyphs show.

    Copying and screen readers use the replacement text, while readers see the glyphs (ISO 32000-1, 14.9.4). Only
    glyphs of the bundled fonts are compared: what the glyphs of other fonts show is not known.
    """
    for page, text in zip(evidence.pages, evidence.texts, strict=True):
        for number, words in text.replacements:
            here = [(run, evidence.known_fonts.of(run.font)) for run in text.runs if run.content == number]
            summaries = [font.summaries.of(run.codes) for run, font in here if font]
            signs = [sign for summary in summaries for sign in summary.signs if sign is not meanings.SPACE]
            if summaries and not can_show(signs, list(filter(meanings.is_seen, words))):
                message = f"the replacement text “{words[:40]}” is not what its glyphs show"
                yield Finding(message, page.number, "", _HINT, spots.box(page, number))


def can_show(signs: Sequence[Sign], letters: Sequence[str]) -> bool:
    """Whether signs can stand for the letters, in any order."""
    if meanings.UNSURE in signs:
        return True
    wanted, shown = set(letters), [{each[0] for each in sign} for sign in signs]
    return len(shown) == len(letters) and wanted <= set().union(*shown) and all(map(wanted.intersection, shown))
