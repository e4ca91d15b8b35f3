"""The parts of a source for the outline of a text editor: headings, annexes, tables, figures, numbered paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from masthead.editing.assistance.draft import SourceDraft

_PARAGRAPH = 9  # deeper than any heading
_HEADING = re.compile(r"(#{1,6}) +(?P<text>.+)")
_MARK = re.compile(r"<!-- (?P<kind>part|annex|appendix|enclosure|table|figure)\b(?P<rest>[^>]*?) ?--> ?(?P<title>.*)")
_NUMBERED = re.compile(r"(?P<text>(?:\d{1,3}|#)[.)] +\S.*)")
_SYNTAX = re.compile(r"\[\^[^\]]*\]|<!--.*?-->|\{#[a-z0-9-]+\}|[*_\\]")
_SHOWN = 80  # characters of a name


@dataclass(slots=True)
class OutlineEntry:
    """A part of a source: its kind, its name, its first and last line, and the parts in it."""

    kind: str
    name: str
    line: int
    last: int
    depth: int
    entries: list[OutlineEntry] = field(default_factory=list)


def outline_of(draft: SourceDraft) -> list[OutlineEntry]:
    """Return the parts of a source, each with the parts in it."""
    top = OutlineEntry("document", "", 1, len(draft.lines), -1)
    opened = [top]
    for number in range(draft.body, len(draft.lines) + 1):
        found = _entry(draft.line(number), number)
        if found is None:
            continue
        while opened[-1].depth >= found.depth:
            opened.pop().last = number - 1
        opened[-1].entries.append(found)
        opened.append(found)
    for each in opened:
        each.last = len(draft.lines)
    return top.entries


def _entry(line: str, number: int) -> OutlineEntry | None:
    if found := _HEADING.match(line):
        return OutlineEntry("heading", _name(found["text"]), number, number, len(found[1]))
    if found := _MARK.match(line):
        kind, depth = found["kind"], 0 if found["kind"] in ("part", "annex", "appendix", "enclosure") else _PARAGRAPH
        mark = found["rest"].partition(",")[0].strip()
        return OutlineEntry(kind, _name(f"{kind} {mark} {found['title']}"), number, number, depth)
    if found := _NUMBERED.match(line):
        return OutlineEntry("paragraph", _name(found["text"]), number, number, _PARAGRAPH)
    return None


def _name(text: str) -> str:
    return " ".join(_SYNTAX.sub("", text).split())[:_SHOWN] or "…"
