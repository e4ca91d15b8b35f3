"""A source checked by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from masthead import formats
from masthead.document import Document, Finding, Position, ResourceError, SourceError
from masthead.editing.lint.configuration import Configuration
from masthead.editing.lint.manuscript import Manuscript, remedy
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
    errors: list[Finding] = []
    try:
        document = formats.parse(data, name)
    except ResourceError:
        raise
    except SourceError as error:
        errors += (Finding(each.message, where=each.where, hint=each.hint, rule="source") for each in error.each)
        document = error.draft
    paragraphs = formats.paragraphs_of(data, name) if document else {}
    text = "\n".join(" ".join(each.split()) for each in paragraphs.values()) if paragraphs else text_of(data, name)
    places = {where: line for line, where in enumerate(paragraphs, 1)}
    found = [_placed(each, name, places) for each in _configured(errors, configuration)]
    if document:
        found += _found(document, name, text, configuration, places)
        found = _ordered(found, document, name, text)
    return tuple(_in_words(each, tuple(places)) if places else each for each in found)


def check_document(
    document: Document, name: str, text: str, configuration: Configuration | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong in a document that was read from `text`, the content of the file `name`."""
    found = _found(document, name, text, configuration or Configuration(), {})
    return tuple(_ordered(found, document, name, text))


def _found(
    document: Document, name: str, text: str, configuration: Configuration, places: Mapping[str, int]
) -> Iterator[Finding]:
    manuscript = Manuscript(document, name, text)
    found = [_placed(finding, name, places) for finding in document.findings]
    for rule in RULES:
        if not configuration.exempts(rule.id, name):
            found += rule.findings(manuscript)
    return _configured(found, configuration)


def _ordered(findings: Iterable[Finding], document: Document, name: str, text: str) -> list[Finding]:
    """Findings in the order of the text.

    One without a position in the file `name` comes after what is before its place in the document: a cell of a CSV
    file, a text of an included one.
    """
    found = list(findings)
    before: dict[str, Position] = {}
    if any(each.where and (each.position is None or each.file != name) for each in found):
        manuscript, last = Manuscript(document, name, text), Position(0, 0)
        for unit in manuscript.units:
            located = manuscript.located.get(unit.place)
            if located and not located.source.file:
                last = located.position(len(unit.text)) or last
            before[unit.place] = last

    def key(finding: Finding) -> tuple[int, int, int, int, str]:
        own = finding.position or Position(0, 0)
        at = own if finding.position and finding.file == name else before.get(finding.where, own)
        return at.line, at.column, own.line, own.column, finding.rule

    return sorted(found, key=key)


def _configured(findings: Iterable[Finding], configuration: Configuration) -> Iterator[Finding]:
    """The findings that are not exempt, with the severities of the configuration."""
    for finding in findings:
        if not configuration.exempts(finding.rule, finding.file):
            yield replace(finding, severity=configuration.severities.get(finding.rule, finding.severity))


def _placed(finding: Finding, name: str, places: Mapping[str, int]) -> Finding:
    """A reader's finding, whose `where` is `file:line:column` or a key of `places`, with this as its position."""
    if finding.where in places:
        return replace(finding, file=name, where="", position=Position(places[finding.where], 1))
    place = _PLACE.match(finding.where)
    position = Position(int(place["line"]), int(place["column"] or 1)) if place else None
    return replace(finding, file=place["file"] if place else name, where="", position=position)


def _in_words(finding: Finding, places: Sequence[str]) -> Finding:
    """A finding with the place of its paragraph in words: in Word no one sees the lines of its position."""
    if finding.position is None:
        return finding
    paragraph = places[finding.position.line - 1].removeprefix(f"{finding.file}: ")
    where = f"{finding.where} ({paragraph})" if finding.where else paragraph
    return replace(finding, where=where, position=None, fix=None, hint=finding.hint or remedy(finding.fix))
