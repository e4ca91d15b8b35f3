"""Profiles: the sets of rules that each kind of file is checked by, computed from what the rules need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from masthead.document import Exemption, OrderError, organizations
from masthead.preflight.needs import Need
from masthead.preflight.rulebook import CHECKS

Omission = tuple[str, frozenset[Need]]
"""A reason to leave rules out, and the needs of the rules that it concerns."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of rules: all of them without the exemptions. `purpose` says which files it is for."""

    name: str
    exemptions: tuple[Exemption, ...] = ()
    purpose: str = ""

    def exempts(self, rule: str) -> bool:
        """Whether the profile leaves the rule out."""
        return any(exemption.rule == rule for exemption in self.exemptions)


def _omit(reason: str, *needs: Need) -> Omission:
    return reason, frozenset(needs)


def _profile(name: str, purpose: str, *omissions: Omission) -> Profile:
    """A profile without the rules that the omissions concern, each with the first reason that applies to it."""
    reasons: dict[str, str] = {}
    for reason, needs in omissions:
        for rule in CHECKS:
            if rule.needs & needs:
                reasons.setdefault(rule.id, reason)
    return Profile(name, tuple(Exemption(rule, reason) for rule, reason in reasons.items()), purpose)


_PRESS = _omit("only for files that go to a printer: profile press", Need.PRESS)
_SLOW = _omit("starts a Java machine and takes seconds: profile archive", Need.VERAPDF)

DEFAULT = _profile("default", "what is published for reading: the variants archive and archive-4", _PRESS, _SLOW)
PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        DEFAULT,
        _profile("archive", "the same files before they go to an archive: veraPDF runs too", _PRESS),
        _profile(
            "plain",
            "the variant plain, which has no structure tree and claims no standard",
            _omit("needs a structure tree, which plain PDFs lack", Need.STRUCTURE),
            _omit("needs XMP metadata, which plain PDFs lack", Need.METADATA),
            _omit("plain PDFs claim no standard", Need.CLAIM, Need.VERAPDF),
            _PRESS,
        ),
        _profile(
            "press",
            "what goes to a printer: the variants press, press-x1a and press-x6",
            _omit("checked in the reading copy; other software uses other fonts", Need.OUR_FONTS),
            _omit("files for a printer are not archived", Need.CLAIM, Need.SOURCE),
            _omit("checked in the reading copy, whose pages have no printer's marks around them", Need.LAYOUT),
            _omit("paper has no tags, links or metadata", Need.SCREEN),
            _SLOW,
        ),
        _profile(
            "sheets",
            "sheets for a press, as `masthead impose` makes them from press copies",
            _omit("checked in the reading copy; other software uses other fonts", Need.OUR_FONTS),
            _omit("a sheet has the marks of its pages, and is cut and folded", Need.OWN_SHEET),
            _omit("files for a printer are not archived", Need.CLAIM, Need.SOURCE),
            _omit("checked in the reading copy, whose pages have no printer's marks around them", Need.LAYOUT),
            _omit("paper has no tags, links or metadata", Need.SCREEN),
            _SLOW,
        ),
        _profile(
            "foreign",
            "documents of the United Nations that were made with other software",
            _omit("other software uses other fonts", Need.OUR_FONTS),
            _omit("Word before 2020 did not embed Times New Roman", Need.EMBEDDING),
            _omit("New York and Geneva print the recycling words as a picture", Need.RECYCLING_TEXT),
            _omit("many documents were published before tagging was required", Need.TAGGING),
            _omit("Word tags paragraphs in the order of typing, tables as paragraphs, and no masthead", Need.OUR_TAGS),
            _omit("Word does not write it", Need.DESCRIPTIONS),
            _omit("published as plain PDF", Need.CLAIM, Need.SOURCE),
            _omit("only some documents link their symbols", Need.SYMBOL_LINKS),
            _PRESS,
            _SLOW,
        ),
    )
}


def own_exemptions() -> tuple[Exemption, ...]:
    """Return the rules that the current organization does not apply. Raises OrderError for an unknown rule."""
    organization = organizations.current()
    own = tuple(Exemption(rule, reason) for rule, reason in organization.exempt["preflight"])
    known = {rule.id for rule in CHECKS}
    if unknown := next((each.rule for each in own if each.rule not in known), ""):
        raise OrderError(
            f"unknown rule {unknown}",
            where=organization.place("preflight", "exempt", unknown),
            hint="docs/rules.md lists the rules",
        )
    return own


def of_organization(profile: Profile) -> Profile:
    """Return a profile without the rules that the current organization does not apply. Raises OrderError."""
    own = own_exemptions()
    return replace(profile, exemptions=(*profile.exemptions, *own)) if own else profile


def profile(name: str) -> Profile:
    """Return the profile of that name. Raises OrderError if there is none."""
    try:
        return PROFILES[name]
    except KeyError:
        raise OrderError(f"unknown profile: {name}", hint=f"the profiles are {', '.join(PROFILES)}") from None
