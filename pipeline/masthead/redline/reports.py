"""A redline as JSON and as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import takewhile
from typing import Any

from masthead.redline.changes import ChangedPart, ChangeKind, ChangeList, TextChange


def to_dict(found: ChangeList) -> dict[str, Any]:
    """Return the changes as JSON has them."""
    return {
        "changes": [_entry(change) for change in found.changes],
        "counts": found.counts,
        "words": found.words,
    }


def to_lines(found: ChangeList) -> Iterator[str]:
    """Yield the changes, a line for each: the place, what happened, and the words in brackets as in Markdown."""
    for change in found.changes:
        marks = " ({} → {})".format(*change.marks) if change.is_renumbered and len({*change.places}) == 1 else ""
        words = " … ".join(_edits(change)) or ("its level or kind only" if _is_form(change) else "")
        yield f"{_where(change)}: {change.kind}{marks}{f': {words}' if words else ''}"


def _where(change: TextChange) -> str:
    """Return the place, and where the two differ, or only one has it, which is old and which is new."""
    old, new = change.places
    if old == new or change.part is ChangedPart.PAGE_ONE:
        return old or new
    parts = [place.split(", ") for place in (old, new)]
    shared = list(takewhile(lambda pair: pair[0] == pair[1], zip(*parts, strict=False)))
    outer = [part for part, _ in shared] if all(change.places) else (parts[0] if old else parts[1])[:-1]
    rest = (("old", parts[0][len(outer) :]), ("new", parts[1][len(outer) :]))
    return ", ".join([*outer, " → ".join(f"{name} {', '.join(part)}" for name, part in rest if any(part))])


def _edits(change: TextChange) -> Iterable[str]:
    for edit in change.edits:
        removed = f"[-{_visible(edit.removed)}-]" if edit.removed else ""
        added = f"{{+{_visible(edit.added)}+}}" if edit.added else ""
        yield f"{removed}{added}"


def _visible(text: str) -> str:
    """The words of a text; a space alone has a sign."""
    return " ".join(text.split()) or "␣"


def _is_form(change: TextChange) -> bool:
    """Whether a paragraph is only at another level now, or of another kind."""
    return change.kind is ChangeKind.CHANGED and not change.edits and not change.is_renumbered


def _entry(change: TextChange) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": str(change.kind), "unit": change.unit}
    entry |= {name: place for name, place in zip(("old", "new"), change.places, strict=True) if place}
    if change.is_renumbered:
        entry["renumbered"] = list(change.marks)
    if change.edits:
        entry["edits"] = [asdict(edit) for edit in change.edits]
    return entry
