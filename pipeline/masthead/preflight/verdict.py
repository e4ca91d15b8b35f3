"""What preflight says of a PDF: the report, its profile, and what the profile lets pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.document import Finding, OrderError, Severity
from masthead.pdf import Facts


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule that a profile does not apply, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of rules: all of them, less the exemptions. `purpose` says which files it is for."""

    name: str
    exemptions: tuple[Exemption, ...] = ()
    purpose: str = ""

    def exempts(self, rule: str) -> bool:
        return any(exemption.rule == rule for exemption in self.exemptions)


@dataclass(frozen=True, slots=True)
class Report:
    """What a PDF is (`facts`), what is wrong with it (`findings`, in the order of the rules), and by which profile."""

    facts: Facts
    findings: tuple[Finding, ...]
    profile: Profile

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def _exempt(reason: str, *rules: str) -> tuple[Exemption, ...]:
    return tuple(Exemption(rule, reason) for rule in rules)


_PRESS = _exempt(
    "for files that go to a printer: profile press",
    "press.black",
    "press.trim-box",
    "press.bleed-box",
    "press.bleed",
    "press.output-intent",
    "press.inks",
    "press.images",
    "press.hairlines",
    "press.overprint",
    "press.signature",
    "press.binding",
)
_SLOW = _exempt("takes a Java machine and seconds: profile archive", "archive.verapdf")
_READ = (
    *_exempt(
        "what goes to a printer is not what is kept", "archive.identification", "archive.colour", "archive.source"
    ),
    *_exempt(
        "told from the reading copy, whose pages lie at their places",
        "identity.symbol",
        "identity.masthead",
        "identity.recycling",
        "identity.job-number",
        "identity.qr-code",
        "identity.dates",
        "structure.folios",
        "structure.sides",
        "structure.notes",
        "structure.order",
        "structure.tables",
        "structure.running-titles",
        "numbering.notes",
        "numbering.paragraphs",
        "numbering.letters",
        "flow.blank-pages",
        "flow.closing",
        "flow.headings",
        "flow.single-lines",
        "boxes.paper",
        "boxes.trim",
        "boxes.margins",
        "boxes.column",
    ),
    *_exempt(
        "paper has no tags, links and metadata",
        "completeness.text-layer",
        "completeness.text",
        "completeness.structure",
        "completeness.actual-text",
        "script.order",
        "script.joining",
        "script.joins",
        "script.shape",
        "links.well-formed",
        "links.targets",
        "links.places",
        "links.symbols",
        "accessibility.tags",
        "accessibility.language",
        "accessibility.title",
        "accessibility.alternatives",
        "accessibility.headings",
        "accessibility.notes",
        "accessibility.direction",
        "accessibility.page-labels",
        "accessibility.bookmarks",
        "accessibility.bookmark-targets",
        "accessibility.tables",
        "metadata.symbol",
        "metadata.title",
        "metadata.dates",
        "metadata.creator",
        "metadata.language",
    ),
)
_PLAIN = (
    *_exempt(
        "told from the structure, which a plain PDF has not",
        "structure.order",
        "structure.tables",
        "structure.running-titles",
        "completeness.structure",
        "script.order",
        "script.joining",
        "boxes.column",
        "accessibility.tags",
        "accessibility.alternatives",
        "accessibility.headings",
        "accessibility.notes",
        "accessibility.bookmark-targets",
        "accessibility.tables",
    ),
    *_exempt(
        "told from the metadata, of which a plain PDF has its information alone",
        "accessibility.title",
        "metadata.symbol",
        "metadata.title",
        "metadata.creator",
        "metadata.language",
    ),
    *_exempt("a plain PDF claims no standard", "archive.identification", "archive.verapdf", "archive.colour"),
)
_OTHERS = (
    *_exempt(
        "other houses set in their own fonts",
        "fonts.ours",
        "fonts.subset",
        "script.order",
        "script.joining",
        "script.joins",
        "script.shape",
    ),
    *_exempt("Word before 2020 left Times New Roman out of the file", "fonts.embedded"),
    *_exempt("recycling words are a picture in New York and Geneva", "identity.recycling"),
    *_exempt("many documents were published before tags were asked for", "accessibility.tags", "accessibility.title"),
    *_exempt(
        "Word tags paragraphs in the order in which they were typed, tables as paragraphs, and no masthead",
        "structure.order",
        "structure.tables",
        "structure.running-titles",
        "completeness.structure",
        "completeness.actual-text",
        "boxes.column",
        "links.places",
        "accessibility.tables",
        "accessibility.bookmark-targets",
        "metadata.creator",
    ),
    *_exempt(
        "Word does not write it",
        "accessibility.alternatives",
        "accessibility.headings",
        "accessibility.notes",
        "accessibility.page-labels",
        "accessibility.bookmarks",
        "metadata.symbol",
        "metadata.title",
        "metadata.dates",
    ),
    *_exempt("published as plain PDF", "archive.identification", "archive.colour", "archive.source"),
    *_exempt("symbols are links in some documents only", "links.symbols"),
)

DEFAULT = Profile("default", (*_PRESS, *_SLOW), "what is published for reading: the variants archive and archive-4")

PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        DEFAULT,
        Profile("archive", _PRESS, "the same before it goes to an archive: veraPDF is asked too"),
        Profile("plain", (*_PLAIN, *_PRESS), "the variant plain, which has no structure and claims no standard"),
        Profile("press", (*_READ, *_SLOW), "what goes to a printer: the variants press and press-x1a"),
        Profile("foreign", (*_OTHERS, *_PRESS, *_SLOW), "documents of the United Nations that others made"),
    )
}


def profile(name: str) -> Profile:
    """Return the profile of that name. Raises OrderError when there is none."""
    try:
        return PROFILES[name]
    except KeyError:
        raise OrderError(f"no such profile: {name}", hint=f"profiles there are: {', '.join(PROFILES)}") from None
