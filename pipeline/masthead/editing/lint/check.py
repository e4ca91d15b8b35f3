"""A source judged by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from masthead import formats
from masthead.document import Document, Finding, ResourceError, Severity, SourceError
from masthead.editing.lint.configuration import Configuration
from masthead.editing.lint.evidence import Evidence, Fault, Rule
from masthead.editing.lint.rules import RULES
from masthead.editing.lint.slip import Slip
from masthead.editing.places import Located, Position, Source, text_of

_STANDARD = Configuration()
_PLACE = re.compile(r"(?P<file>.*?):(?P<line>\d+)(?::(?P<column>\d+))?\Z", re.DOTALL)


def check(source: Path, configuration: Configuration = _STANDARD) -> tuple[Slip, ...]:
    """Return what `source` breaks of the rules, in the order of its lines. One that cannot be read is a slip itself.

    Raises SourceError for a file that is not there.
    """
    data = formats.load(source)
    try:
        document = formats.parse(data, str(source))
    except ResourceError:
        raise
    except SourceError as error:
        finding = Finding("source", Severity.ERROR, error.message, where=error.where, hint=error.hint)
        return tuple(_weighed((_told(finding, str(source)),), configuration))
    return check_document(document, str(source), text_of(data, str(source)), configuration)


def check_document(
    document: Document, name: str, text: str, configuration: Configuration = _STANDARD
) -> tuple[Slip, ...]:
    """Return what a document, read from `text`, breaks of the rules."""
    evidence = Evidence(document)
    slips = [_told(finding, name) for finding in document.findings]
    faults = [
        (rule, fault) for rule in RULES if not configuration.exempts(rule.id, name) for fault in rule.check(evidence)
    ]
    if faults:
        units = {unit.place: unit for unit in (*evidence.units, *(fault.unit for _, fault in faults if fault.unit))}
        located = Source(text).locate(units.values())
        slips += [_placed(rule, fault, name, located) for rule, fault in faults]
    return tuple(sorted(_weighed(slips, configuration), key=_order))


def _order(slip: Slip) -> tuple[int, int, str]:
    return (slip.position.line, slip.position.column, slip.rule) if slip.position else (0, 0, slip.rule)


def _weighed(slips: Iterator[Slip] | list[Slip] | tuple[Slip, ...], configuration: Configuration) -> Iterator[Slip]:
    for slip in slips:
        if configuration.exempts(slip.rule, slip.source):
            continue
        severity = configuration.severities.get(slip.rule, slip.severity)
        yield Slip(
            slip.rule, severity, slip.message, slip.source, slip.place, slip.position, slip.hint, slip.old, slip.fix
        )


def _told(finding: Finding, name: str) -> Slip:
    """A reader's remark, whose place is a line."""
    place = _PLACE.match(finding.where)
    position = Position(int(place["line"]), int(place["column"] or 1)) if place else None
    return Slip(finding.rule, finding.severity, finding.message, name, "", position, finding.hint)


def _placed(rule: Rule, fault: Fault, name: str, located: dict[str, Located]) -> Slip:
    unit = fault.unit
    place = unit.place if unit else ""
    found = located.get(place)
    if unit is None or found is None:
        return Slip(rule.id, rule.severity, fault.message, name, place, None, fault.hint)
    old = unit.text[fault.start : fault.end]
    span = found.span(fault.start, fault.end) if fault.fix is not None else None
    position = found.source.position(span[0]) if span else found.position(fault.start)
    fix = fault.fix if span else None
    return Slip(rule.id, rule.severity, fault.message, name, place, position, fault.hint, old, fix)
