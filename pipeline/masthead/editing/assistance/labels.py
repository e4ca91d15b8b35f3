"""Notes and labels in a source: where each is defined, and where it is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from masthead.document import Position
from masthead.editing.assistance.draft import LineSpan, SourceDraft

_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,40})\](?P<ends>:)?")
_NAMES = re.compile(r"[1-9][0-9]{0,3}|[a-z]|\*{1,3}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A label where it is defined or used. Labels of one `name` and `scope` belong together."""

    name: str
    span: LineSpan
    is_definition: bool
    scope: int = 0


def occurrences(draft: SourceDraft) -> Iterator[Occurrence]:
    """Yield the labels of a source in order. The span of each is its name, without brackets and signs.

    Notes with letters belong to the table before them, so that each table may have a note `a` of its own.
    """
    defined: Counter[str] = Counter()
    for number, line in enumerate(draft.lines, 1):
        if "[^" not in line:
            continue
        for found in _NOTE.finditer(line):
            if found.start() and line[found.start() - 1] == "\\":
                continue
            name, is_definition = found["name"], bool(found["ends"]) and not line[: found.start()].strip()
            scope = defined[name] if len(name) == 1 and name.isalpha() else 0
            yield Occurrence(
                name, LineSpan(number, found.start("name") + 1, found.end("name") + 1), is_definition, scope
            )
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
    """Return why a label cannot have this name, empty if it can."""
    if not _NAMES.fullmatch(name):
        return f"invalid label “{name}”: write a number, a letter in a table, or asterisks"
    taken = {each.name for each in occurrences(draft) if each.scope == one.scope}
    return f"label {name} is already used" if name in taken and name != one.name else ""
