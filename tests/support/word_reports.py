"""Word reports made by hand, as they are read."""

from __future__ import annotations

from masthead.document.model import Document
from masthead.formats.word import reader as word
from packages import report


def read(data: bytes) -> Document:
    return word.read(data, "x.docx")


def body_of(body: str, **kept: str) -> tuple[object, ...]:
    return read(report(body, **kept)).body


def found_rules(document: Document) -> list[tuple[str, str]]:
    return [(finding.rule, finding.where) for finding in document.findings]
