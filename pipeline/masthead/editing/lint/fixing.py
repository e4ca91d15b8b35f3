"""Certain corrections applied to a source: edits, which are shown as a diff before they are written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from masthead.document import Finding


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """`old` is replaced with `new` at a line and column, both counted from 1."""

    line: int
    column: int
    old: str
    new: str


def edits(findings: Iterable[Finding]) -> tuple[SourceEdit, ...]:
    """The edits for the findings whose correction is certain."""
    return tuple(
        SourceEdit(finding.position.line, finding.position.column, finding.old, finding.fix)
        for finding in findings
        if finding.fix is not None and finding.position is not None
    )


def apply(text: str, changes: Iterable[SourceEdit]) -> str:
    """Return `text` with the edits applied, except those whose old text is not there.

    Of edits that overlap, the one that begins first is applied, or the longer one.
    """
    lines = text.split("\n")
    kept: list[SourceEdit] = []
    for edit in sorted(changes, key=lambda edit: (edit.line, edit.column, -len(edit.old))):
        start, last = edit.column - 1, kept[-1] if kept else None
        overlaps = last and last.line == edit.line and start < last.column - 1 + len(last.old)
        if not overlaps and lines[edit.line - 1].startswith(edit.old, start):
            kept.append(edit)
    for edit in reversed(kept):
        line, start = lines[edit.line - 1], edit.column - 1
        lines[edit.line - 1] = line[:start] + edit.new + line[start + len(edit.old) :]
    return "\n".join(lines)


def diff(before: str, after: str, name: str, change: str = "fixed") -> str:
    """The difference of two texts as a unified diff."""
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    return "".join(difflib.unified_diff(old, new, name, f"{name} ({change})"))
