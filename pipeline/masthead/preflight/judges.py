"""The two judges of the script drawn, as rules. See `masthead.preflight.script`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from masthead import fonts
from masthead.findings import Finding, Severity
from masthead.preflight import glyphs, script
from masthead.preflight.evidence import Evidence
from masthead.preflight.rules import Fault, Rule
from masthead.preflight.script import Line


def order(evidence: Evidence) -> Iterator[Fault]:
    """Every letter stands where the Unicode bidirectional algorithm puts it (UAX #9), with its marks and spaces.

    The glyphs of each line are judged by their places against the text that the structure gives.
    """
    yield from map(_fault, script.check_order(_lines(evidence)))


def joining(evidence: Evidence) -> Iterator[Fault]:
    """Every Arabic letter is drawn in the form that its neighbours ask for: joined, or not."""
    yield from map(_fault, script.check_joining(_lines(evidence)))


def _lines(evidence: Evidence) -> tuple[Line, ...]:
    """The lines of a file whose structure can be read; another's faults are those of other rules."""
    return _read(evidence.pdf) if evidence.tree else ()


@lru_cache(maxsize=1)  # the two rules look at the same lines
def _read(pdf: bytes) -> tuple[Line, ...]:
    return script.read_lines(glyphs.read(pdf, fonts.load().faces))


def _fault(finding: Finding) -> Fault:
    return Fault(finding.message, finding.page, finding.where, finding.hint, finding.box)


RULES = (
    Rule("script.order", Severity.ERROR, order),
    Rule("script.joining", Severity.ERROR, joining),
)
