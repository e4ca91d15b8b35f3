"""The same change in many documents as one group: a font, a margin, a word of a template."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from masthead.comparison.results import Comparison, Difference, DocumentKey, EditOperation, Layer

_BLOCK = re.compile(r"\b(paragraph|heading|item|cell|note|line|head or foot|figure) (“[^”]*”|\d+)")
_COUNT = re.compile(
    r"\b\d+ (?=characters?|lines?|links?|pages?|blocks|paragraphs|fonts|bookmarks|destinations|rules)"
    r"|(?<=\bpage )\d+|(?<=\bpages )\d+ to \d+|(?<=\bline )\d+ of \d+|(?<=has )\d+ lines, not \d+"
)
_FURTHER = re.compile(r"; the first.*|, the first.*|, which begins? .*| by up to [\d.]+ mm")
_GEOMETRY = re.compile(r"moved|break|ends … lines?|has …|changed its size")


@dataclass(frozen=True, slots=True)
class Group:
    """A change that `documents` have in common, in words.

    `largest` is the document with the most differences, `odd` are those that have other changes too.
    """

    change: str
    documents: tuple[DocumentKey, ...]
    largest: DocumentKey
    odd: tuple[DocumentKey, ...]


def change_of(difference: Difference) -> str:
    """Return what a difference is, whatever the document: without numbers of pages, counts and names of paragraphs."""
    if difference.layer is Layer.TEXT and difference.edits:
        kept = EditOperation.KEPT
        words = [(edit.operation, " ".join(edit.text.split())) for edit in difference.edits if edit.operation != kept]
        return "words: " + ", ".join(f"“{text}” {operation}" for operation, text in words)
    message = _FURTHER.sub("", _BLOCK.sub(r"\1", difference.message))
    return f"{difference.layer}: {_COUNT.sub(lambda found: re.sub(r'[0-9]+', '…', found[0]), message)}"


def group(comparisons: Iterable[Comparison]) -> tuple[Group, ...]:
    """Return the changes that are in more than one document, the most frequent first.

    Changes that are always together are one group. Lines that break or move otherwise belong to the group of the change
    that all their documents have.
    """
    changes = {each.key: Counter(map(change_of, each.open)) for each in comparisons}
    documents: dict[str, list[DocumentKey]] = defaultdict(list)
    for key, found in changes.items():
        for change in found:
            documents[change].append(key)
    together: dict[tuple[DocumentKey, ...], list[str]] = defaultdict(list)
    for change, keys in documents.items():
        together[tuple(keys)].append(change)
    taken: dict[tuple[DocumentKey, ...], list[str]] = {}
    for members in sorted(together, key=lambda members: (-len(members), _is_geometry(together[members]))):
        host = next((other for other in taken if set(members) <= set(other)), None)
        if host is not None and _is_geometry(together[members]):
            taken[host] += together[members]
        elif len(members) > 1:
            taken[members] = list(together[members])
    return tuple(_group(keys, names, changes) for keys, names in taken.items())


def _is_geometry(changes: Iterable[str]) -> bool:
    return all(_GEOMETRY.search(change) for change in changes)


def _group(keys: tuple[DocumentKey, ...], names: list[str], changes: dict[DocumentKey, Counter[str]]) -> Group:
    names = sorted(names, key=lambda name: bool(_GEOMETRY.search(name)))
    shown = names[0] + (f", and {len(names) - 1} more that go with it" if len(names) > 1 else "")
    largest = max(keys, key=lambda key: changes[key].total())
    return Group(shown, keys, largest, tuple(key for key in keys if changes[key].keys() - set(names)))


def line(found: Group) -> str:
    """Return a group in one line."""
    odd = f"; with other changes too: {_some(found.odd)}" if found.odd else ""
    return f"{len(found.documents)} documents: {found.change} (the most in {found.largest}{odd})"


def _some(keys: tuple[DocumentKey, ...]) -> str:
    return ", ".join(map(str, keys[:3])) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")
