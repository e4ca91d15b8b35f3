"""Notes and labels in a source: where each is defined, and where it is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from masthead.document import Position
from masthead.editing.assistance.draft import LineSpan, SourceDraft

_NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_PLACES = re.compile(
    rf"(?<!\\)\[\^(?P<note>[^\]\s]{{1,40}})\](?P<ends>:)?|(?<!\\)\{{#(?P<label>{_NAME})\}}|\]\(#(?P<use>{_NAME})(?=[)\s])"
)
_NOTE_NAMES = re.compile(rf"[1-9][0-9]{{0,3}}|[a-z]|(?=...){_NAME}|\*{{1,3}}")
LABELS = -1
"""The scope of the labels of paragraphs, headings, tables, figures and annexes: all of the document."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A note or a label where it is defined or used. Those of one `name` and `scope` belong together."""

    name: str
    span: LineSpan
    is_definition: bool
    scope: int = 0


def occurrences(draft: SourceDraft) -> Iterator[Occurrence]:
    """Yield the notes and labels of a source in order. The span of each is its name, without brackets and signs.

    Notes with letters belong to the table before them, so that each table may have a note `a` of its own.
    """
    defined: Counter[str] = Counter()
    for number, line in enumerate(draft.lines, 1):
        if "[^" not in line and "#" not in line:
            continue
        for found in _PLACES.finditer(line):
            kind = found.lastgroup if found.lastgroup != "ends" else "note"
            name, span = found[str(kind)], LineSpan(number, found.start(str(kind)) + 1, found.end(str(kind)) + 1)
            if kind != "note":
                yield Occurrence(name, span, kind == "label", LABELS)
                continue
            is_definition = bool(found["ends"]) and not line[: found.start()].strip()
            yield Occurrence(name, span, is_definition, defined[name] if len(name) == 1 and name.isalpha() else 0)
            defined[name] += is_definition


def at(draft: SourceDraft, place: Position) -> Occurrence | None:
    """Return the label at a place."""
    return next((each for each in occurrences(draft) if each.span.covers(place)), None)


def same(draft: SourceDraft, one: Occurrence) -> list[Occurrence]:
    """Return all places of a label."""
    return [each for each in occurrences(draft) if (each.name, each.scope) == (one.name, one.scope)]


def definition(draft: SourceDraft, one: Occurrence) -> Occurrence | None:
    """Return the place where a label is defined."""
    return next((each for each in same(draft, one) if each.is_definition), None)


def block_text(draft: SourceDraft, line: int) -> str:
    """Return the text of the block that begins in a line: its lines up to an empty one."""
    end = next((at for at in range(line, len(draft.lines) + 1) if not draft.line(at).strip()), len(draft.lines) + 1)
    return "\n".join(each.strip() for each in draft.lines[line - 1 : end - 1])


def refusal(draft: SourceDraft, one: Occurrence, name: str) -> str:
    """Return why a note or label cannot have this name, empty if it can."""
    if one.scope == LABELS and not re.fullmatch(_NAME, name):
        return f"invalid label “{name}”: write small letters, digits and hyphens"
    if one.scope != LABELS and not _NOTE_NAMES.fullmatch(name):
        return f"invalid label “{name}”: write a number, a word of three small letters or more, or a letter in a table"
    taken = {each.name for each in occurrences(draft) if each.scope == one.scope}
    return f"label {name} is already used" if name in taken and name != one.name else ""
