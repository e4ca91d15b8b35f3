"""A source checked by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from masthead import formats
from masthead.document import Document, Finding, Position, ResourceError, SourceError
from masthead.editing.lint.configuration import Configuration
from masthead.editing.lint.manuscript import Manuscript
from masthead.editing.lint.rules import RULES
from masthead.editing.places import text_of

_PLACE = re.compile(r"(?P<file>.*?):(?P<line>\d+)(?::(?P<column>\d+))?\Z", re.DOTALL)


def check(source: Path, configuration: Configuration | None = None) -> tuple[Finding, ...]:
    """Return what is wrong in the file `source`, in the order of its lines.

    If it cannot be read, each reason is a finding, beside what is wrong in the part that can.

    Raises SourceError if there is no such file.
    """
    return check_source(formats.load(source), str(source), configuration)


def check_source(data: bytes, name: str, configuration: Configuration | None = None) -> tuple[Finding, ...]:
    """Return what is wrong in `data`, the content of the file `name`; it need not be saved yet."""
    configuration = configuration or Configuration()
    try:
        document = formats.parse(data, name)
    except ResourceError:
        raise
    except SourceError as error:
        errors = (Finding(each.message, where=each.where, hint=each.hint, rule="source") for each in error.each)
        found = [_placed(each, name) for each in errors]
        if error.draft:
            found += check_document(error.draft, name, text_of(data, name), configuration)
        return tuple(sorted(_configured(found, configuration), key=_order))
    return check_document(document, name, text_of(data, name), configuration)


def check_document(
    document: Document, name: str, text: str, configuration: Configuration | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong in a document that was read from `text`, the content of the file `name`."""
    configuration = configuration or Configuration()
    manuscript = Manuscript(document, name, text)
    found = [_placed(finding, name) for finding in document.findings]
    for rule in RULES:
        if not configuration.exempts(rule.id, name):
            found += rule.findings(manuscript)
    return tuple(sorted(_configured(found, configuration), key=_order))


def _order(finding: Finding) -> tuple[int, int, str]:
    position = finding.position or Position(0, 0)
    return position.line, position.column, finding.rule


def _configured(findings: Iterable[Finding], configuration: Configuration) -> Iterator[Finding]:
    """The findings that are not exempt, with the severities of the configuration."""
    for finding in findings:
        if not configuration.exempts(finding.rule, finding.file):
            yield replace(finding, severity=configuration.severities.get(finding.rule, finding.severity))


def _placed(finding: Finding, name: str) -> Finding:
    """A reader's finding, whose `where` is `file:line:column`, with this as its position."""
    place = _PLACE.match(finding.where)
    position = Position(int(place["line"]), int(place["column"] or 1)) if place else None
    return replace(finding, file=place["file"] if place else name, where="", position=position)
