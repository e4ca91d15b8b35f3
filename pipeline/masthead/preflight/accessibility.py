"""Rules about what readers who do not see a page need (ISO 14289-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from masthead.findings import Severity
from masthead.preflight.evidence import Evidence
from masthead.preflight.rules import Fault, Rule


def tags(evidence: Evidence) -> Iterator[Fault]:
    """The file is tagged, and its structure tree holds the text (ISO 14289-1, 7.1)."""
    marked = evidence.reader.root_object.get("/MarkInfo")
    if not isinstance(marked, Mapping) or not marked.get("/Marked"):
        yield Fault("the file is not marked as tagged", hint="publish the archive variant")
    if "/StructTreeRoot" not in evidence.reader.root_object:
        yield Fault("the file has no structure tree", hint="publish the archive variant")


def language(evidence: Evidence) -> Iterator[Fault]:
    """The file says which language it is in, and it is that of its pages (ISO 14289-1, 7.2)."""
    said = str(evidence.reader.root_object.get("/Lang") or "")
    if not said:
        yield Fault("the file does not say which language it is in")
    elif evidence.facts.language and said.partition("-")[0].lower() != evidence.facts.language:
        yield Fault(f"the file says its language is {said}, its pages are in {evidence.facts.language}")


def title(evidence: Evidence) -> Iterator[Fault]:
    """The file has a title, and viewers are asked to show it (ISO 14289-1, 7.1)."""
    metadata = evidence.reader.metadata
    if not (metadata and metadata.title):
        yield Fault("the file has no title")
    preferences = evidence.reader.root_object.get("/ViewerPreferences")
    if not isinstance(preferences, Mapping) or not preferences.get("/DisplayDocTitle"):
        yield Fault("viewers are not asked to show the title instead of the file's name")


RULES = (
    Rule("accessibility.tags", Severity.ERROR, tags),
    Rule("accessibility.language", Severity.ERROR, language),
    Rule("accessibility.title", Severity.ERROR, title),
)
