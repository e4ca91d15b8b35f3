"""The logical text, paragraph by paragraph and note by note, as a word diff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from masthead.comparison.contents import Passage
from masthead.comparison.difference import Box, Difference, Edit, Layer, Operation

WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Passages of the two documents that belong together; one side is empty where passages are new or lost."""

    before: tuple[int, ...]
    after: tuple[int, ...]


def align(baseline: tuple[Passage, ...], candidate: tuple[Passage, ...]) -> tuple[Pairing, ...]:
    """Pair equal passages, and between them changed ones: one by one where there are as many on both sides."""
    before, after = [passage.text for passage in baseline], [passage.text for passage in candidate]
    if before == after:
        return tuple(Pairing((index,), (index,)) for index in range(len(before)))
    pairings: list[Pairing] = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal" or i2 - i1 == j2 - j1:
            pairings.extend(Pairing((i,), (j,)) for i, j in zip(range(i1, i2), range(j1, j2), strict=True))
        else:
            pairings.append(Pairing(tuple(range(i1, i2)), tuple(range(j1, j2))))
    return tuple(pairings)


def differing(
    baseline: tuple[Passage, ...], candidate: tuple[Passage, ...], pairings: tuple[Pairing, ...]
) -> Iterator[Difference]:
    """The passages whose words or tags are otherwise."""
    for pairing in pairings:
        old, new = [baseline[index] for index in pairing.before], [candidate[index] for index in pairing.after]
        edits = words("\n".join(each.text for each in old), "\n".join(each.text for each in new))
        page, box = _place(new or old)
        if any(edit.operation is not Operation.KEPT for edit in edits):
            yield Difference(Layer.TEXT, _message(old, new), page, box, edits)
        elif len(old) == len(new) == 1:
            yield from _tags(old[0], new[0], page)


def words(before: str, after: str) -> tuple[Edit, ...]:
    """The word diff of two texts: words as `str.split` has them, each with the white space before it."""
    old, new = WORD.findall(before), WORD.findall(after)
    if [word.strip() for word in old] == [word.strip() for word in new]:
        return (Edit(Operation.KEPT, after),)
    edits = []
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            edits.append(Edit(Operation.KEPT, "".join(new[j1:j2])))
            continue
        if i2 > i1:
            edits.append(Edit(Operation.REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            edits.append(Edit(Operation.ADDED, "".join(new[j1:j2])))
    return tuple(edits)


def _message(old: list[Passage], new: list[Passage]) -> str:
    if len(old) == len(new) == 1:
        return f"the words of {old[0].name} have changed"
    if not old:
        return f"{_names(new)} {'are' if len(new) > 1 else 'is'} new"
    if not new:
        return f"{_names(old)} {'are' if len(old) > 1 else 'is'} lost"
    return f"{_names(old)} became {_names(new)}"


def _names(passages: list[Passage]) -> str:
    return passages[0].name if len(passages) == 1 else f"{len(passages)} passages from {passages[0].name}"


def _tags(old: Passage, new: Passage, page: int | None) -> Iterator[Difference]:
    """What a screen reader tells of a passage besides its words."""
    if old.kind != new.kind:
        yield Difference(Layer.STRUCTURE, f"{old.name} was tagged {old.kind} and is now {new.kind}", page)
    if old.language != new.language:
        languages = (language or "none" for language in (old.language, new.language))
        yield Difference(Layer.STRUCTURE, "the language of {} was {} and is now {}".format(old.name, *languages), page)


def _place(passages: list[Passage]) -> tuple[int | None, Box | None]:
    """The page where the first passage begins, and the region of its lines there."""
    lines = [line for passage in passages for line in passage.lines]
    if not lines:
        return None, None
    page, first = next(groupby(lines, key=lambda line: line.page))
    boxes = [line.box for line in first]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return page, (left, top - 12, max(box[2] for box in boxes), max(box[3] for box in boxes) + 5)
