"""Rules about what a file says of its document in other places than its pages: metadata, words behind the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf

from masthead.document import Severity
from masthead.pdf import DAMAGE, Evidence, Sign, meanings, objects, resources, spots, vocabulary, xmp
from masthead.preflight.rules import Fault, Rule

_HINT = "publish from the source"


def creator(evidence: Evidence) -> Iterator[Fault]:
    """The metadata names as the document's author the organ that its masthead names."""
    said, organ = xmp.said(evidence, f"{{{xmp.DC}}}creator"), evidence.facts.organ
    if said and organ and not vocabulary.same_words(said, organ):
        yield Fault(f"the metadata's author is {said}, the organ is {organ}", hint=_HINT)


def language(evidence: Evidence) -> Iterator[Fault]:
    """The metadata name the language that the file says it is in."""
    said, spoken = xmp.said(evidence, f"{{{xmp.DC}}}language"), objects.text(evidence.root.get("/Lang"))
    if said and spoken and said.partition("-")[0].lower() != spoken.partition("-")[0].lower():
        yield Fault(f"the metadata's language is {said}, the file's {spoken}", hint=_HINT)


def actual_text(evidence: Evidence) -> Iterator[Fault]:
    """Words that the content of a page puts in the place of its glyphs are the letters that these show.

    Who copies from the page, and who listens to it, get the words; who summaries at it sees the glyphs
    (ISO 32000-1, 14.9.4). What a glyph shows is told by the project's fonts; in others nothing is said of it.
    """
    for page, content, runs in zip(evidence.pages, evidence.contents, evidence.runs, strict=True):
        if b"ActualText" in content:
            for number, words in _instead(evidence.file.pages[page.number - 1]):
                here = [(run, evidence.known_fonts.of(run.font)) for run in runs if run.content == number]
                summaries = [font.summaries.of(run.codes) for run, font in here if font]
                signs = [sign for summary in summaries for sign in summary.signs if sign is not meanings.SPACE]
                if summaries and not _shows(signs, list(filter(meanings.is_seen, words))):
                    what = f"“{words[:40]}” is said in the place of other words"
                    yield Fault(what, page.number, "", _HINT, spots.box(page, number))


def _shows(signs: Sequence[Sign], letters: Sequence[str]) -> bool:
    """Whether signs can be letters, in whatever order."""
    if meanings.UNSURE in signs:
        return True
    wanted, shown = set(letters), [{each[0] for each in sign} for sign in signs]
    return len(shown) == len(letters) and wanted <= set().union(*shown) and all(map(wanted.intersection, shown))


def _instead(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """The marked content of a page that has words of its own, and these."""
    properties = resources.dictionary(resources.dictionary(page.obj.get("/Resources")).get("/Properties"))
    try:
        for instruction in pikepdf.parse_content_stream(page, "BDC"):
            named = instruction.operands[-1]
            entries = resources.dictionary(properties.get(named) if isinstance(named, pikepdf.Name) else named)
            number, words = entries.get_int("/MCID"), entries.get_str("/ActualText")
            if number is not None and words is not None:
                yield number, words
    except DAMAGE:
        return  # which `archive.sound` tells


RULES = (
    Rule("metadata.creator", Severity.WARNING, creator),
    Rule("metadata.language", Severity.ERROR, language),
)
WORDS = (Rule("completeness.actual-text", Severity.ERROR, actual_text),)
