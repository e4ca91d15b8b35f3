"""Which item of one list is which item of another: alignment by likeness and order, with moves, splits and merges.

Equal items that are unique come first. Between them, like items are paired so that the shared text is longest in all
(the heaviest chain of pairs in the same order). What is left over is compared without order: a like item elsewhere was
moved. So the time grows with the length of the lists where little changed, and with the changes elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from rapidfuzz.distance import LCSseq

from masthead.redline.words import is_word, words

_LIKE = 0.5  # from which likeness on two items in the same place are versions of one
_MOVED = 0.7  # in another place
_INCLUDED = 0.8  # share of the shorter one that the longer one has, from which on it is an extension of it
_ENOUGH = 6  # words of an item that can be recognized in other words elsewhere, or as a part of another
_FEW = 2500  # pairs that are all compared
_RARE = 8  # items that share a word by which they are found
_WHOLE = 0.9  # likeness of an item and the two into which it was split


@dataclass(frozen=True)
class AlignedItem:
    """An item of a list: its text, and its `kind`. Items of different kinds are never the same one.

    `form` is what may change: the role of a paragraph, the level of a heading.
    """

    text: str
    kind: str = ""
    form: Hashable = None

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words of the text. Most items are equal to another, and nobody asks for theirs."""
        return tuple(token for token in words(self.text) if is_word(token))

    @cached_property
    def key(self) -> Hashable:
        return self.kind, self.text

    def is_like(self, other: AlignedItem) -> bool:
        """Return whether both are of one kind and form."""
        return (self.kind, self.form) == (other.kind, other.form)

    @property
    def weight(self) -> int:
        return len(self.text) + 1


@dataclass(frozen=True, slots=True)
class Step:
    """A step through both lists, in the order in which a redline shows them.

    A pair has an index of each list; what was removed or added has one of them. An old item that was split has several
    new ones, and the other way round. Something that moved takes two steps, with the same `move`, counted from 1.
    """

    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    move: int = 0


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of the words that two lists of words share in their order, from 0 to 1."""
    total = len(one) + len(other)
    return 2 * LCSseq.similarity(one, other) / total if total else 1.0


def _score(one: AlignedItem, other: AlignedItem) -> float:
    """Return how like two items are; an item that only became longer is like it was."""
    if one.kind != other.kind:
        return 0.0
    shorter, longer = sorted((len(one.tokens), len(other.tokens)))
    if not shorter:
        return 1.0 if not longer and one.text == other.text else 0.0
    shared = LCSseq.similarity(one.tokens, other.tokens)
    included = shared / shorter if shorter >= _ENOUGH else 0.0
    alike = 2 * shared / (shorter + longer)
    return max(alike, 0.6 * included if included >= _INCLUDED else 0.0) - 0.05 * (one.form != other.form)


def align(old: Sequence[AlignedItem], new: Sequence[AlignedItem]) -> tuple[Step, ...]:
    """Return the steps through both lists."""
    pairs = _in_order(old, new)
    moved = _elsewhere(old, new, pairs)
    splits = _divided(old, new, pairs, moved)
    merges = _divided(new, old, {j: i for i, j in pairs.items()}, {j: i for i, j in moved.items()})
    return tuple(_steps(len(old), len(new), pairs, moved, splits, merges))


def paired_in_place(steps: Iterable[Step], alike: Callable[[int, int], bool]) -> Iterator[Step]:
    """Yield steps, with items as pairs of which as many were removed as were added in one place, if all are `alike`.

    `alike` is asked about an index of each list. Such items have other words now, but are the same item.
    """
    for is_whole, group in groupby(steps, lambda step: not step.move and bool(step.old) != bool(step.new)):
        found = list(group)
        removed, added = ([i for step in found for i in step.old], [j for step in found for j in step.new])
        if is_whole and len(removed) == len(added) and all(map(alike, removed, added)):
            found = [Step((i,), (j,)) for i, j in zip(removed, added, strict=True)]
        yield from found


def _in_order(old: Sequence[AlignedItem], new: Sequence[AlignedItem]) -> dict[int, int]:
    """Return the pairs that keep their order, by the index in `old`."""
    chain = heaviest_chain([(i, j, old[i].weight) for i, j in _unique(old, new, range(len(old)), range(len(new)))])
    pairs = dict(chain)
    for i, j in chain:  # neighbours that are equal but not unique
        for step in (1, -1):
            a, b = i + step, j + step
            while 0 <= a < len(old) and 0 <= b < len(new) and a not in pairs and old[a].key == new[b].key:
                pairs[a] = b
                a, b = a + step, b + step
    pairs = _increasing(pairs)
    for i0, i1, j0, j1 in _gaps(pairs, len(old), len(new)):
        candidates = _candidates(old, new, range(i0, i1), range(j0, j1), _LIKE)
        pairs.update(heaviest_chain([(i, j, score * (old[i].weight + new[j].weight)) for i, j, score in candidates]))
    return pairs


def _increasing(pairs: dict[int, int]) -> dict[int, int]:
    """Return those of the pairs, by their first index, whose second index grows: neighbours may have met."""
    kept, last = {}, -1
    for i, j in sorted(pairs.items()):
        if j > last:
            kept[i], last = j, j
    return kept


def _unique(
    old: Sequence[AlignedItem], new: Sequence[AlignedItem], ours: Iterable[int], theirs: Iterable[int]
) -> list[tuple[int, int]]:
    """Return the pairs of equal items that occur once in each."""
    places: tuple[dict[Hashable, list[int]], dict[Hashable, list[int]]] = (defaultdict(list), defaultdict(list))
    for found, items, indexes in ((places[0], old, ours), (places[1], new, theirs)):
        for at in indexes:
            found[items[at].key].append(at)
    one, other = places
    return [(at[0], other[key][0]) for key, at in one.items() if len(at) == 1 and len(other.get(key, ())) == 1]


def _gaps(pairs: dict[int, int], olds: int, news: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield what is between the pairs: the range of each list."""
    before = (-1, -1)
    for i, j in (*sorted(pairs.items()), (olds, news)):
        if i > before[0] + 1 and j > before[1] + 1:
            yield before[0] + 1, i, before[1] + 1, j
        before = (i, j)


def _candidates(
    old: Sequence[AlignedItem], new: Sequence[AlignedItem], ours: Sequence[int], theirs: Sequence[int], least: float
) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs that are at least so alike, with their likeness. In long lists they must share a rare word."""
    for i, near in _comparable(old, new, ours, theirs):
        for j in near:
            score = _score(old[i], new[j])
            if score >= least:
                yield i, j, score


def _comparable(
    old: Sequence[AlignedItem], new: Sequence[AlignedItem], ours: Sequence[int], theirs: Sequence[int]
) -> Iterator[tuple[int, Iterable[int]]]:
    if len(ours) * len(theirs) <= _FEW:
        yield from ((i, theirs) for i in ours)
        return
    having: dict[str, list[int]] = defaultdict(list)
    for j in theirs:
        for token in set(new[j].tokens):
            having[token].append(j)
    for i in ours:
        near = Counter(
            j for token in set(old[i].tokens) if len(having.get(token, ())) <= _RARE for j in having.get(token, ())
        )
        yield i, [j for j, _ in near.most_common(_RARE)]


def heaviest_chain(pairs: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Return the pairs of indexes with the greatest weight in all of which both indexes grow."""
    ends: list[int] = []  # of the best chains so far: second indexes, growing, with totals that grow too
    totals: list[tuple[float, int]] = []  # the total of each, and its last link
    links: list[tuple[int, int, int]] = []  # a pair, and the link before it
    for i, j, weight in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        at = bisect_left(ends, j)
        before, last = totals[at - 1] if at else (0.0, -1)
        total = before + weight
        if at < len(ends) and ends[at] == j and totals[at][0] >= total:
            continue
        stop = at
        while stop < len(ends) and totals[stop][0] <= total:
            stop += 1
        links.append((i, j, last))
        ends[at:stop], totals[at:stop] = [j], [(total, len(links) - 1)]
    chain, at = [], totals[-1][1] if totals else -1
    while at >= 0:
        i, j, at = links[at]
        chain.append((i, j))
    return chain[::-1]


def _elsewhere(old: Sequence[AlignedItem], new: Sequence[AlignedItem], pairs: dict[int, int]) -> dict[int, int]:
    """Return the items that are in another place, by their index in `old`."""
    taken = set(pairs.values())
    ours = [i for i, each in enumerate(old) if i not in pairs and each.tokens]
    theirs = [j for j, each in enumerate(new) if j not in taken and each.tokens]
    if not ours or not theirs:
        return {}
    moved = dict(_unique(old, new, ours, theirs))
    taken = set(moved.values())
    ours = [i for i in ours if i not in moved and len(old[i].tokens) >= _ENOUGH]
    theirs = [j for j in theirs if j not in taken and len(new[j].tokens) >= _ENOUGH]
    found = sorted(_candidates(old, new, ours, theirs, _MOVED), key=lambda pair: (-pair[2], pair[0], pair[1]))
    for i, j, _ in found:
        if i not in moved and j not in taken:
            moved[i] = j
            taken.add(j)
    return moved


def _divided(
    old: Sequence[AlignedItem], new: Sequence[AlignedItem], pairs: dict[int, int], moved: dict[int, int]
) -> dict[int, tuple[int, ...]]:
    """Return the old items that became several new ones, with all of these; `pairs` has one of them already."""
    free = set(range(len(new))) - {*pairs.values(), *moved.values()}
    found: dict[int, tuple[int, ...]] = {}
    if not free:
        return found
    for i, j in sorted(pairs.items()):
        item, group = old[i], [j]
        if item.key == new[j].key or not ({j - 1, j + 1} & free):
            continue
        score = likeness(item.tokens, new[j].tokens)
        for step in (-1, 1):
            while score < 1 and (beside := (group[0] if step < 0 else group[-1]) + step) in free:
                wider = [beside, *group] if step < 0 else [*group, beside]
                together = likeness(item.tokens, [token for each in wider for token in new[each].tokens])
                part = new[beside].tokens
                own = LCSseq.similarity(item.tokens, part) / max(len(part), 1)
                if new[beside].kind != item.kind or together <= score or own < _WHOLE - 0.15:
                    break
                group, score = wider, together
        if len(group) > 1 and score >= _WHOLE - 0.1:
            found[i] = tuple(group)
            free -= set(group)
    return found


def _steps(
    olds: int,
    news: int,
    pairs: dict[int, int],
    moved: dict[int, int],
    splits: dict[int, tuple[int, ...]],
    merges: dict[int, tuple[int, ...]],
) -> Iterator[Step]:
    """Yield the steps in order: what was removed comes after what it followed, before what was added there."""
    number = {i: at for at, (i, _) in enumerate(sorted(moved.items(), key=lambda pair: pair[1]), 1)}
    from_old = {j: i for i, j in moved.items()}
    inner_new = {j for group in splits.values() for j in group}
    inner_old = {i for group in merges.values() for i in group}
    i = j = 0
    for a, b in (*sorted(pairs.items()), (olds, news)):
        first_old, first_new = min(merges.get(b, (a,))), min(splits.get(a, (b,)))
        yield from (Step((at,), (), number.get(at, 0)) for at in range(i, first_old) if at not in inner_old)
        added = (at for at in range(j, first_new) if at not in inner_new)
        yield from (Step((), (at,), number.get(from_old.get(at, -1), 0)) for at in added)
        if a == olds:
            return
        yield Step(merges.get(b, (a,)), splits.get(a, (b,)))
        i, j = max(merges.get(b, (a,))) + 1, max(splits.get(a, (b,))) + 1
