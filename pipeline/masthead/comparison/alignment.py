"""Pages aligned by content before they are compared: which page of the candidate is which of the baseline.

Pages that are written alike are paired first; of the others, those that share most of their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from masthead.comparison.results import Difference, Layer
from masthead.comparison.sequences import in_order

_ALIKE = 0.3  # share of the words of the shorter page, in threes, that pages have in common
_FEW = 3  # pages: words that are on more of them say nothing of one
_PART = 0.6  # share of a page's words that come from one page: it is a part of that

Words = Callable[[int], Sequence[str]]
"""Page index → its words."""


@dataclass(frozen=True, slots=True)
class PageAlignment:
    """Which pages belong together, by index from 0: `pairs` of baseline and candidate in the candidate's order.

    `moved` are those of the pairs that are elsewhere among the others. `parts` are pages of the candidate that continue
    a page that was split, and pages of the baseline that were joined to another, each with that page.
    """

    before: int
    after: int
    pairs: Mapping[int, int]
    moved: frozenset[int] = frozenset()
    split: Mapping[int, int] = field(default_factory=dict)
    joined: Mapping[int, int] = field(default_factory=dict)

    @property
    def inserted(self) -> list[int]:
        """The candidate's pages that are new."""
        return [page for page in range(self.after) if page not in self.pairs.values()]

    @property
    def removed(self) -> list[int]:
        """The baseline's pages that are gone."""
        return [page for page in range(self.before) if page not in self.pairs]

    def number(self, page: int) -> int | None:
        """Return the number in the candidate, from 1, of a page index of the baseline; None if it is gone."""
        return self.pairs[page] + 1 if page in self.pairs else None

    def differences(self, begins: Callable[[bool, int], str]) -> Iterator[Difference]:
        """Yield pages that were inserted, removed, split, joined or moved, and once how far the others have shifted.

        `begins` returns the first words of a page of the baseline (False) or candidate (True).
        """
        for pages in _runs([page for page in self.inserted if page not in self.split]):
            yield self._of(pages, "inserted", begins(True, pages[0]), pages[0] + 1)
        for pages in _runs([page for page in self.removed if page not in self.joined]):
            yield self._of(pages, "removed", begins(False, pages[0]), None)
        for part, whole in self.split.items():
            number = self.pairs[whole] + 1
            message = f"page {whole + 1} was split: it is now pages {min(number, part + 1)} and {max(number, part + 1)}"
            yield Difference(Layer.STRUCTURE, message, number)
        for part, whole in self.joined.items():
            first, second = sorted((part + 1, whole + 1))
            message = f"pages {first} and {second} were joined: they are now page {self.pairs[whole] + 1}"
            yield Difference(Layer.STRUCTURE, message, self.pairs[whole] + 1)
        for page in sorted(self.moved, key=lambda page: self.pairs[page]):
            message = f"page {page + 1} was moved: it is now page {self.pairs[page] + 1}"
            yield Difference(Layer.STRUCTURE, message, self.pairs[page] + 1)
        yield from self._shifts()

    def _of(self, pages: list[int], what: str, begins: str, page: int | None) -> Difference:
        name = f"page {pages[0] + 1}" if len(pages) == 1 else f"pages {pages[0] + 1} to {pages[-1] + 1}"
        words = f", which {'begins' if len(pages) == 1 else 'begin'} “{begins}”" if begins else ""
        message = f"{name} {'was' if len(pages) == 1 else 'were'} {what}{words}"
        return Difference(Layer.STRUCTURE, message, page)

    def _shifts(self) -> Iterator[Difference]:
        kept = ((old, new) for old, new in sorted(self.pairs.items()) if old not in self.moved and old != new)
        shifts = []
        for shift, pairs in groupby(kept, lambda pair: pair[1] - pair[0]):
            old = [pair[0] for pair in pairs]
            pages = f"pages {old[0] + 1} to {old[-1] + 1}" if len(old) > 1 else f"page {old[0] + 1}"
            shifts.append(f"{pages} by {shift:+d}".replace("-", "−"))
        if shifts:
            yield Difference(Layer.STRUCTURE, f"shifted: {', '.join(shifts)}", follows=True)


def align(before: Sequence[Hashable], after: Sequence[Hashable], old_words: Words, new_words: Words) -> PageAlignment:
    """Align pages by their keys (equal pages have equal keys), and by their words where these differ."""
    pairs = _equal(before, after)
    old = [page for page in range(len(before)) if page not in pairs]
    new = sorted(set(range(len(after))) - set(pairs.values()))
    split: dict[int, int] = {}
    joined: dict[int, int] = {}
    if old and new and not (len(before) == len(after) and old == new and _unmoved(pairs)):
        split, joined = _by_words(pairs, old, new, old_words, new_words)
    _fill(pairs, len(before), len(after), {*split}, {*joined})
    return PageAlignment(len(before), len(after), pairs, frozenset(_moved(pairs)), split, joined)


def _unmoved(pairs: Mapping[int, int]) -> bool:
    return all(old == new for old, new in pairs.items())


def _equal(before: Sequence[Hashable], after: Sequence[Hashable]) -> dict[int, int]:
    """Pair equal pages: those that are at the same place from either end first, then the others in order."""
    pairs: dict[int, int] = {}
    shift = len(after) - len(before)
    for page, key in enumerate(before):
        if page < len(after) and after[page] == key:
            pairs[page] = page
        else:
            break
    for page in reversed(range(len(pairs), len(before))):
        if page + shift >= len(pairs) and after[page + shift] == before[page]:
            pairs[page] = page + shift
        else:
            break
    taken = set(pairs.values())
    places: dict[Hashable, list[int]] = defaultdict(list)
    for page in reversed(range(len(after))):
        if page not in taken:
            places[after[page]].append(page)
    for page, key in enumerate(before):
        if page not in pairs and places.get(key):
            pairs[page] = places[key].pop()
    return pairs


def _by_words(
    pairs: dict[int, int], old: list[int], new: list[int], old_words: Words, new_words: Words
) -> tuple[dict[int, int], dict[int, int]]:
    """Pair pages that share most of their words, and return those that are parts of split and of joined pages."""
    before = {page: _threes(old_words(page)) for page in old}
    after = {page: _threes(new_words(page)) for page in new}
    where: dict[int, list[int]] = defaultdict(list)
    for page, threes in before.items():
        for each in threes:
            where[each].append(page)
    often = Counter(each for threes in after.values() for each in threes)
    usual = {each for each in where.keys() | often.keys() if len(where.get(each, ())) > _FEW or often[each] > _FEW}
    before, after = ({page: threes - usual or threes for page, threes in side.items()} for side in (before, after))
    shared: Counter[tuple[int, int]] = Counter()
    for page, threes in after.items():
        for each in threes - usual:
            shared.update((other, page) for other in where.get(each, ()))
    likeness = {(a, b): count / max(min(len(before[a]), len(after[b])), 1) for (a, b), count in shared.items()}
    split: dict[int, int] = {}
    joined: dict[int, int] = {}
    taken = set[int]()
    # The most words in common first; of equals, the pages that are nearest to each other.
    for (a, b), _ in sorted(shared.items(), key=lambda item: (-item[1], abs(item[0][0] - item[0][1]))):
        if likeness[a, b] < _ALIKE:
            continue
        if a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)
        elif a in pairs and b not in taken and b not in split and shared[a, b] >= _PART * len(after[b]):
            split[b] = a
        elif b in taken and a not in pairs and a not in joined and shared[a, b] >= _PART * len(before[a]):
            joined[a] = next(page for page, paired in pairs.items() if paired == b)
    return {b: a for b, a in split.items() if b not in taken}, {a: b for a, b in joined.items() if a not in pairs}


def _threes(words: Sequence[str]) -> set[int]:
    return {hash(each) for each in zip(words, words[1:], words[2:], strict=False)} or {hash(each) for each in words}


def _fill(pairs: dict[int, int], before: int, after: int, split: set[int], joined: set[int]) -> None:
    """Pair the pages that are left between two neighbouring pairs, if both sides have the same number of them."""
    kept = sorted(pairs.items() - {(page, pairs[page]) for page in _moved(pairs)})
    edges = [(-1, -1), *kept, (before, after)]
    taken = set(pairs.values())
    for (a, b), (c, d) in pairwise(edges):
        old = [page for page in range(a + 1, c) if page not in pairs and page not in joined]
        new = [page for page in range(b + 1, d) if page not in taken and page not in split]
        if len(old) == len(new):
            pairs.update(zip(old, new, strict=True))


def _moved(pairs: Mapping[int, int]) -> set[int]:
    """The fewest pages without which all the others are in order."""
    return pairs.keys() - {page for page, _ in in_order(sorted(pairs.items()))}


def _runs(pages: Sequence[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(pages), lambda item: item[1] - item[0]):
        yield [page for _, page in run]
