"""What is at a place in a source, and where that is defined."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from masthead import formats
from masthead.document import Position
from masthead.editing.assistance import labels
from masthead.editing.assistance.checking import Change, Checked, ResolvedReference
from masthead.editing.assistance.completing import schema
from masthead.editing.assistance.draft import LineSpan, SourceDraft

_PICTURE = re.compile(r"!\[[^\]]*\]\((?P<address>[^)\s]+)")
_MARK = re.compile(r"<!-- (?P<mark>[a-z]+(?: [a-z]+)?)")
_SHOWN = 600  # characters of a text that is cited


def reference_at(checked: Checked, draft: SourceDraft, place: Position) -> tuple[ResolvedReference, LineSpan] | None:
    """Return the reference at a place, as far as the lines are those that were checked, and its span."""
    change = Change.between(SourceDraft(draft.name, checked.text), draft)
    for each in checked.references:
        line = change.moved_line(each.position.line) if change else each.position.line
        if line == place.line:
            span = LineSpan(line, each.position.column, each.position.column + len(each.text))
            if span.covers(place):
                return each, span
    return None


def explanation(
    draft: SourceDraft, checked: Checked, place: Position, beside: Mapping[str, Path]
) -> tuple[str, LineSpan] | None:
    """Return what is at a place, in Markdown, and its span."""
    line = draft.line(place.line)
    if key := draft.key(place.line):
        return _of_key(key, place.line, line)
    if (label := labels.at(draft, place)) is not None:
        defined = labels.definition(draft, label)
        text = labels.block_text(draft, defined.span.line) if defined else f"{label.name} is not defined"
        name = checked.labels.get(label.name, "") if label.scope == labels.LABELS else ""
        return "\n\n".join(filter(None, (f"**{name}**" if name else "", text[:_SHOWN]))), label.span
    if found := reference_at(checked, draft, place):
        reference, span = found
        lines = [f"**{reference.target}**"]
        if reference.target.removeprefix("document ") in beside:
            lines.append(f"`{beside[reference.target.removeprefix('document ')].name}`")
        if reference.address.startswith("http"):
            lines.append(f"<{reference.address}>")
        if reference.defined:
            lines.append(labels.block_text(SourceDraft(draft.name, checked.text), reference.defined.line)[:_SHOWN])
        return "\n\n".join(lines), span
    for mark in _MARK.finditer(line):
        span = LineSpan(place.line, mark.start("mark") + 1, mark.end("mark") + 1)
        words = mark["mark"].split()
        described = formats.MARKS.get(mark["mark"]) or formats.MARKS.get(words[0])
        if described and span.covers(place):
            return described, span
    return None


def _of_key(key: str, number: int, line: str) -> tuple[str, LineSpan] | None:
    described = schema()["properties"].get(key)
    if described is None:
        return None
    required = " (required)" if key in schema()["required"] else ""
    text = f"**{key}**{required}: {described['description']}"
    values = described.get("enum", ())
    if values:
        text += f"\n\n{', '.join(f'`{each!s}`' for each in values if not isinstance(each, bool))}"
    return text, LineSpan(number, 1, len(line) + 1)


def defined_at(
    draft: SourceDraft, checked: Checked, place: Position, beside: Mapping[str, Path]
) -> tuple[Path, Position] | None:
    """Return the file and the place where what is at a place is defined: a note, a paragraph, a document, a picture."""
    source = Path(draft.name)
    if (label := labels.at(draft, place)) is not None:
        defined = labels.definition(draft, label)
        return (source, defined.span.position) if defined else None
    if found := reference_at(checked, draft, place):
        reference, _ = found
        if reference.defined:
            change = Change.between(SourceDraft(draft.name, checked.text), draft)
            line = change.moved_line(reference.defined.line) if change else reference.defined.line
            return (source, Position(line, reference.defined.column)) if line else None
        path = beside.get(reference.target.removeprefix("document "))
        return (path, Position(1, 1)) if path else None
    for picture in _PICTURE.finditer(draft.line(place.line)):
        if picture.start() < place.column <= picture.end() + 1:
            path = formats.picture_path(picture["address"], source)
            return (path, Position(1, 1)) if path else None
    return None
