"""What can be written at a place in a source: keys of the front matter and their values, notes, marks, symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from masthead import formats
from masthead.document import Position, organizations
from masthead.editing.assistance import labels, library
from masthead.editing.assistance.draft import SourceDraft

_KEY = re.compile(r"[a-z-]*")
_VALUE = re.compile(r"(?P<key>[a-z-]+): +(?P<value>.*)|- (?P<entry>.*)")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]*)$")
_LABEL = re.compile(r"\]\(#(?P<name>[a-z0-9-]*)$")
_MARK = re.compile(r"<!-- ?(?P<mark>[a-z ]*)$")
_SYMBOL = re.compile(r"(?<![\w/])[A-Z]{1,10}(?:\([0-9]{0,3}\)?)?(?:/[\w.\-()/]*)?$")


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that can be written in place of the text from `start` to the cursor; `detail` explains it."""

    text: str
    start: int
    detail: str = ""
    kind: str = "text"
    order: int = 0


@organizations.per_organization
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of the front matter."""
    return formats.front_matter_schema()


def completions(draft: SourceDraft, place: Position, symbols: Iterable[str] = ()) -> Iterator[Completion]:
    """Yield what can be written at a place; `symbols` are those that the text may cite."""
    before = draft.line(place.line)[: place.column - 1]
    if draft.is_in_front(place.line):
        yield from _in_front(draft, place, before)
    elif found := _NOTE.search(before):
        yield from _notes(draft, found.start("name") + 1)
    elif found := _LABEL.search(before):
        for each in labels.occurrences(draft):
            if each.is_definition and each.scope == labels.LABELS:
                yield Completion(each.name, found.start("name") + 1, labels.block_text(draft, each.span.line), "note")
    elif found := _MARK.search(before):
        for order, (mark, detail) in enumerate(formats.MARKS.items()):
            closing = " -->" * (not draft.line(place.line)[place.column - 1 :].lstrip().startswith("-->"))
            yield Completion(f"{mark}{closing}", found.start("mark") + 1, detail, "mark", order)
    elif found := _SYMBOL.search(before):
        yield from _symbols(symbols, found.start() + 1)


def _in_front(draft: SourceDraft, place: Position, before: str) -> Iterator[Completion]:
    properties, required = schema()["properties"], schema()["required"]
    if _KEY.fullmatch(before):
        others = {key for at in range(2, draft.body) if at != place.line and (key := draft.line(at).partition(":")[0])}
        for order, (key, value) in enumerate(properties.items()):
            if key not in others:
                rank = order if key in required else order + len(properties)
                yield Completion(f"{key}: ", 1, value["description"], "key", rank)
    elif found := _VALUE.fullmatch(before):
        entry = found["entry"] is not None
        described = properties.get(draft.key(place.line) if entry else found["key"], {})
        start = found.start("entry" if entry else "value") + 1
        described = described.get("items", described)
        choices = described.get("enum", described.get("examples", ()))
        for order, choice in enumerate(choices):
            text = str(choice).lower() if isinstance(choice, bool) else str(choice)
            yield Completion(text, start, described.get("description", ""), "value", order)


def _notes(draft: SourceDraft, start: int) -> Iterator[Completion]:
    found = list(labels.occurrences(draft))
    numbers = [int(each.name) for each in found if each.name.isdecimal()]
    following = max(numbers, default=0) + 1
    yield Completion(f"{following}]", start, "a new note", "note")
    for each in found:
        is_of_table = len(each.name) == 1 and each.name.isalpha()
        if each.is_definition and each.scope == 0 and not is_of_table:
            text = labels.block_text(draft, each.span.line).partition("]:")[2].strip()
            yield Completion(f"{each.name}]", start, text, "note", 1)


def _symbols(symbols: Iterable[str], start: int) -> Iterator[Completion]:
    for symbol in dict.fromkeys(symbols):
        yield Completion(symbol, start, "", "symbol")


def symbols_known(draft: SourceDraft, cited: Iterable[str], beside: Iterable[str]) -> list[str]:
    """Return the symbols that a draft may cite: those it cites already, its own, and those of sources beside it."""
    return sorted({*cited, *beside, library.symbol_of(draft)} - {""})
