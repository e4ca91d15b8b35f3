"""The two judges of the script drawn, as rules. See `masthead.preflight.script`."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document import Finding, Severity
from masthead.pdf import Evidence
from masthead.preflight import script
from masthead.preflight.lettering.lines import doubtful_lines
from masthead.preflight.rules import Fault, Rule


def order(evidence: Evidence) -> Iterator[Fault]:
    """Every letter stands where the Unicode bidirectional algorithm puts it (UAX #9), with its marks and spaces.

    The glyphs of each line are judged by their places against the text that the structure gives.
    """
    yield from map(_fault, script.check_order(doubtful_lines(evidence)))


def joining(evidence: Evidence) -> Iterator[Fault]:
    """Every Arabic letter is drawn in the form that its neighbours ask for: joined, or not."""
    yield from map(_fault, script.check_joining(doubtful_lines(evidence)))


def _fault(finding: Finding) -> Fault:
    return Fault(finding.message, finding.page, finding.where, finding.hint, finding.box)


RULES = (
    Rule("script.order", Severity.ERROR, order),
    Rule("script.joining", Severity.ERROR, joining),
)
