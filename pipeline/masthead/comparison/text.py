"""The logical text compared, paragraph by paragraph and note by note, as a word diff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from masthead.comparison.contents import TextBlock
from masthead.comparison.results import Difference, EditOperation, Layer, TextEdit
from masthead.document import Rectangle

Blocks = Sequence[TextBlock]

_WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Blocks of the two documents that belong together, by number; one side is empty for new or removed blocks."""

    before: Sequence[int]
    after: Sequence[int]


def align(baseline: Blocks, candidate: Blocks) -> tuple[Pairing, ...]:
    """Pair equal blocks, and the changed ones between them: one by one if there are as many on both sides."""
    before, after = [block.text for block in baseline], [block.text for block in candidate]
    if before == after:
        return tuple(Pairing((index,), (index,)) for index in range(len(before)))
    pairings: list[Pairing] = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal" or i2 - i1 == j2 - j1:
            pairings.extend(Pairing((i,), (j,)) for i, j in zip(range(i1, i2), range(j1, j2), strict=True))
        else:
            pairings.append(Pairing(range(i1, i2), range(j1, j2)))
    return tuple(pairings)


def differences(baseline: Blocks, candidate: Blocks, pairings: Sequence[Pairing]) -> Iterator[Difference]:
    """Yield the blocks whose words, tags or languages are different."""
    for pairing in pairings:
        old, new = [baseline[index] for index in pairing.before], [candidate[index] for index in pairing.after]
        edits = word_diff("\n".join(each.text for each in old), "\n".join(each.text for each in new))
        page, box = _place(new or old)
        if any(edit.operation is not EditOperation.KEPT for edit in edits):
            yield Difference(Layer.TEXT, _message(old, new), page, box, edits)
        elif len(old) == len(new) == 1:
            yield from _tags(old[0], new[0], page)


def word_diff(before: str, after: str) -> tuple[TextEdit, ...]:
    """Return the word diff of two texts: words as `str.split` sees them, each with the white space before it."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    bare = [[word.strip() for word in words] for words in (old, new)]
    if bare[0] == bare[1]:
        return (TextEdit(EditOperation.KEPT, after),)
    edits = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, bare[0], bare[1], autojunk=False).get_opcodes():
        if operation == "equal":
            edits.append(TextEdit(EditOperation.KEPT, "".join(new[j1:j2])))
        else:
            sides = (EditOperation.REMOVED, old[i1:i2]), (EditOperation.ADDED, new[j1:j2])
            edits += [TextEdit(what, "".join(words)) for what, words in sides if words]
    return tuple(edits)


def _message(old: list[TextBlock], new: list[TextBlock]) -> str:
    if len(old) == len(new) == 1:
        return f"the words of {old[0].name} have changed"
    if old and new:
        return f"{_names(old)} became {_names(new)}"
    blocks = old or new
    return f"{_names(blocks)} {'were' if len(blocks) > 1 else 'was'} {'removed' if old else 'added'}"


def _names(blocks: list[TextBlock]) -> str:
    return blocks[0].name if len(blocks) == 1 else f"{len(blocks)} blocks from {blocks[0].name}"


def _tags(old: TextBlock, new: TextBlock, page: int | None) -> Iterator[Difference]:
    """What a screen reader announces besides the words."""
    if old.kind != new.kind:
        yield Difference(Layer.STRUCTURE, f"{old.name} was tagged {old.kind} and is now {new.kind}", page)
    if old.language != new.language:
        was, now = old.language or "none", new.language or "none"
        yield Difference(Layer.STRUCTURE, f"the language of {old.name} was {was} and is now {now}", page)


def _place(blocks: list[TextBlock]) -> tuple[int | None, Rectangle | None]:
    """The page on which the first block begins, and the region of its lines there."""
    lines = [line for block in blocks for line in block.lines]
    if not lines:
        return None, None
    page, first = next(groupby(lines, key=lambda line: line.page))
    boxes = [line.box for line in first]
    # Boxes of lines lie on baselines: letters reach up to 12 points above and 5 below.
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes) - 12
    return page, (left, top, max(box[2] for box in boxes), max(box[3] for box in boxes) + 5)
