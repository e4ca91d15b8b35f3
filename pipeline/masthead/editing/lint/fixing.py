"""What is certain put right: edits of a source, shown as a diff before they are written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from masthead.editing.lint.slip import Slip


@dataclass(frozen=True, slots=True)
class Edit:
    """In a line, from a column on (both counted from 1), `old` becomes `new`."""

    line: int
    column: int
    old: str
    new: str


def edits(slips: Iterable[Slip]) -> tuple[Edit, ...]:
    """The edits that put right what is certain."""
    certain = (slip for slip in slips if slip.fix is not None and slip.position is not None)
    return tuple(Edit(slip.position.line, slip.position.column, slip.old, slip.fix) for slip in certain)  # type: ignore[union-attr,arg-type]


def apply(text: str, changes: Iterable[Edit]) -> str:
    """Return `text` with the edits made; one whose old characters are not there, or that meets another, is not made."""
    lines = text.split("\n")
    bounds: dict[int, int] = {}
    for edit in sorted(changes, key=lambda edit: (edit.line, edit.column), reverse=True):
        line, start = lines[edit.line - 1], edit.column - 1
        end = start + len(edit.old)
        if line[start:end] == edit.old and end <= bounds.get(edit.line, len(line)):
            lines[edit.line - 1] = line[:start] + edit.new + line[end:]
            bounds[edit.line] = start
    return "\n".join(lines)


def diff(before: str, after: str, name: str) -> str:
    """The difference in unified form."""
    return "".join(
        difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, f"{name} (fixed)")
    )
