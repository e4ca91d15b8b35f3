"""The logical text compared, paragraph by paragraph and note by note, as a word diff."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from masthead.comparison.contents import UNREAD, TextBlock
from masthead.comparison.results import Difference, EditOperation, Layer, TextEdit
from masthead.comparison.sequences import Opcode, in_order, opcodes
from masthead.document import Rectangle

Blocks = Sequence[TextBlock]

_WORD = re.compile(r"(?<!\s)\s+\S+|\S+")  # the first alternative begins where spaces begin: linear time
_ALIKE = 0.4  # share of words that two blocks have in common: one is the other, changed
_MOST = 3  # blocks with the same change of a tag that are named one by one
_SAID = 4  # changes of words that a message names
_LONGEST = 80  # characters of words that a message names
_NEAR = 40  # blocks between equal ones that are compared each with each


@dataclass(frozen=True, slots=True)
class Pairing:
    """Blocks of the two documents that belong together, by number; one side is empty for new or removed blocks.

    `moved` says that a block is elsewhere among the others.
    """

    before: Sequence[int]
    after: Sequence[int]
    moved: bool = False


def align(baseline: Blocks, candidate: Blocks) -> tuple[Pairing, ...]:
    """Pair equal blocks, and of those between them the ones that have most of their words in common.

    Lines of a PDF without tags that have changed side by side are one pairing: their words move from line to line.
    """
    before, after = [block.text for block in baseline], [block.text for block in candidate]
    pairings: list[Pairing] = []
    operations = opcodes(before, after)
    moved = _moved(before, after, operations)
    gone = set(moved.values())
    for operation, i1, i2, j1, j2 in operations:
        old, new = range(i1, i2), range(j1, j2)
        if operation == "equal":
            pairings.extend(Pairing((i,), (j,)) for i, j in zip(old, new, strict=True))
        elif gone.intersection(old) or moved.keys() & new:
            pairings.extend(Pairing((moved[j],), (j,), moved=True) for j in new if j in moved)
            rest = [i for i in old if i not in gone], [j for j in new if j not in moved]
            pairings.extend(_between(baseline, candidate, *rest))
        elif all(block.kind == "Line" for block in (*baseline[i1:i2], *candidate[j1:j2])):
            pairings.append(Pairing(old, new))
        else:
            pairings.extend(_between(baseline, candidate, old, new))
    return tuple(pairings)


def _moved(before: Sequence[str], after: Sequence[str], operations: Sequence[Opcode]) -> dict[int, int]:
    """The blocks of the candidate, by number, that are elsewhere among the baseline's, each with that one."""
    gone: dict[str, list[int]] = defaultdict(list)
    changed = [each for each in operations if each[0] != "equal"]
    for _, i1, i2, _, _ in changed:
        for i in range(i1, i2):
            gone[before[i]].append(i)
    found: dict[int, int] = {}
    for _, _, _, j1, j2 in changed:
        for j in range(j1, j2):
            if gone.get(after[j]) and (len(after[j].split()) > 1 or UNREAD.search(after[j])):
                found[j] = gone[after[j]].pop(0)
    return found


def _between(baseline: Blocks, candidate: Blocks, before: Sequence[int], after: Sequence[int]) -> Iterator[Pairing]:
    """Pair changed blocks: one by one if there are as many on both sides, else by their words."""
    if len(before) == len(after):
        yield from (Pairing((i,), (j,)) for i, j in zip(before, after, strict=True))
        return
    if len(before) > _NEAR or len(after) > _NEAR:
        yield Pairing(before, after)
        return
    words = {("old", i): Counter(baseline[i].text.split()) for i in before}
    words |= {("new", j): Counter(candidate[j].text.split()) for j in after}
    alike: list[tuple[int, int]] = []
    for i in before:
        likeness = {j: _likeness(words["old", i], words["new", j]) for j in after}
        best = max(likeness, key=lambda j: likeness[j], default=None)
        if best is not None and likeness[best] >= _ALIKE:
            alike.append((i, best))
    kept = in_order(alike)
    for a, b in [*kept, (math.inf, math.inf)]:
        if old := tuple(i for i in before if i < a):
            yield Pairing(old, ())
        if new := tuple(j for j in after if j < b):
            yield Pairing((), new)
        if (a, b) in kept:
            yield Pairing((int(a),), (int(b),))
        before, after = [i for i in before if i > a], [j for j in after if j > b]


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    return 2 * (old & new).total() / max(old.total() + new.total(), 1)


def revealed(
    baseline: Blocks,
    candidate: Blocks,
    pairings: Iterable[Pairing],
    old: Callable[[str], str],
    new: Callable[[str], str],
) -> tuple[Blocks, Blocks]:
    """Return the blocks, those that have changed with their whole text: so far it has signs for what was not read."""
    before, after = list(baseline), list(candidate)
    for each in pairings:
        if each.moved or [baseline[i].text for i in each.before] != [candidate[j].text for j in each.after]:
            for blocks, numbers, reveal in ((before, each.before, old), (after, each.after, new)):
                for number in numbers:
                    if UNREAD.search(blocks[number].text):
                        blocks[number] = replace(blocks[number], text=reveal(blocks[number].text))
    return before, after


def differences(
    baseline: Blocks, candidate: Blocks, pairings: Sequence[Pairing], numbers: Mapping[int, int]
) -> Iterator[Difference]:
    """Yield the blocks whose words, tags or languages are different.

    `numbers` has for pages of the baseline those of the candidate.
    """
    said: dict[tuple[str, str], list[tuple[TextBlock, Difference]]] = defaultdict(list)
    for pairing in pairings:
        old, new = [baseline[index] for index in pairing.before], [candidate[index] for index in pairing.after]
        page, box = _place(new or old) if new else (None, None)
        if pairing.moved:
            yield Difference(Layer.TEXT, f"{_names(new)} was moved", page, box)
        edits = word_diff("\n".join(each.text for each in old), "\n".join(each.text for each in new))
        if any(edit.operation is not EditOperation.KEPT for edit in edits):
            message = _message(old, new)
            if old and new:
                message += f": {_changes(edits)}"
            home = numbers.get(old[0].page or 0) if old else None
            yield Difference(Layer.TEXT, message, page or home, box, edits)
        if len(old) == len(new) == 1:
            for what, difference in _tags(old[0], new[0], page):
                said[what].append((new[0], difference))
    for (attribute, values), blocks in said.items():
        if len(blocks) <= _MOST:
            yield from (difference for _, difference in blocks)
        else:
            first, difference = blocks[0]
            message = f"the {attribute} of {len(blocks)} blocks {values}, the first is {first.name}"
            yield replace(difference, message=message)


def word_diff(before: str, after: str) -> tuple[TextEdit, ...]:
    """Return the word diff of two texts: words as `str.split` sees them, each with the white space before it."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    bare = [[word.strip() for word in words] for words in (old, new)]
    if bare[0] == bare[1]:
        return (TextEdit(EditOperation.KEPT, after),)
    edits = []
    for operation, i1, i2, j1, j2 in opcodes(*bare):
        if operation == "equal":
            edits.append(TextEdit(EditOperation.KEPT, "".join(new[j1:j2])))
        else:
            sides = (EditOperation.REMOVED, old[i1:i2]), (EditOperation.ADDED, new[j1:j2])
            edits += [TextEdit(what, "".join(words)) for what, words in sides if words]
    return tuple(edits)


def _changes(edits: Sequence[TextEdit]) -> str:
    """The words that are different, in words."""
    found, removed = [], ""
    for edit in (*edits, TextEdit(EditOperation.KEPT, "")):
        words = " ".join(edit.text.split())
        if edit.operation is EditOperation.REMOVED:
            removed = words
        elif edit.operation is EditOperation.ADDED:
            found.append(f"“{_short(removed)}” is now “{_short(words)}”" if removed else f"“{_short(words)}” was added")
            removed = ""
        elif removed:
            found.append(f"“{_short(removed)}” was removed")
            removed = ""
    return ", ".join(found[:_SAID]) + (f", and {len(found) - _SAID} more" if len(found) > _SAID else "")


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _message(old: list[TextBlock], new: list[TextBlock]) -> str:
    if len(old) == len(new) == 1:
        if old[0].alternative and old[0].text == old[0].alternative:
            return f"the alternative text of {old[0].name} has changed"
        return f"the words of {old[0].name} have changed"
    if old and new:
        return f"{_names(old)} became {_names(new)}"
    blocks = old or new
    return f"{_names(blocks)} {'were' if len(blocks) > 1 else 'was'} {'removed' if old else 'added'}"


def _names(blocks: list[TextBlock]) -> str:
    return blocks[0].name if len(blocks) == 1 else f"{len(blocks)} blocks from {blocks[0].name}"


def _tags(old: TextBlock, new: TextBlock, page: int | None) -> Iterator[tuple[tuple[str, str], Difference]]:
    """What a screen reader announces besides the words; first the attribute and what became of it."""
    if old.kind != new.kind:
        values = f"was tagged {old.kind} and is now {new.kind}"
        yield ("tag", values), Difference(Layer.STRUCTURE, f"{old.name} {values}", page)
    if old.language != new.language:
        values = f"was {old.language or 'none'} and is now {new.language or 'none'}"
        yield ("language", values), Difference(Layer.STRUCTURE, f"the language of {old.name} {values}", page)
    if old.alternative != new.alternative and old.text == new.text:
        values = f"was “{old.alternative}” and is now “{new.alternative}”"
        yield ("alternative text", values), Difference(Layer.TEXT, f"the alternative text of {old.name} {values}", page)


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
