"""What two programs write otherwise though the words are the same: only judged where a file is compared as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from masthead.comparison.results import Difference, EditOperation, Layer

_LEADER = re.compile(r"[.․…·](?:\s?[.․…·]){3,}")
_NEAR = 8  # differences: a caption and its number, a table's head


def tolerated(differences: Iterable[Difference]) -> list[Difference]:
    """Return the differences of text, with those tolerated that change no words.

    Programs divide text into blocks and words otherwise, so words that are removed and added again close by have not
    changed. They tag the dots and page numbers of a table of contents, or do not, and the heads of a table once, or on
    each page.
    """
    found = list(differences)
    texts = [place for place, each in enumerate(found) if each.layer is Layer.TEXT and not each.tolerated]
    open_texts = [found[place] for place in texts]
    alike = {*_leaders(open_texts), *_repeated(open_texts)}
    alike |= {*_balanced(open_texts, alike)}
    for number in alike:
        found[texts[number]] = replace(open_texts[number], tolerated=True)
    return found


def _words(difference: Difference, operation: EditOperation) -> list[str]:
    texts = (
        _LEADER.sub(" ", edit.text).replace("\u2011", "-") for edit in difference.edits if edit.operation is operation
    )
    return [word for text in texts for word in text.split()]


def _letters(difference: Difference, without: EditOperation) -> str:
    """All words of one side, without spaces: some programs write them at the ends of lines in a cell, others do not."""
    texts = (edit.text for edit in difference.edits if edit.operation is not without)
    return "".join("".join(texts).split())


def _changed(difference: Difference) -> Counter[str]:
    """The words that are added, and with negative counts those that are removed."""
    words = Counter(_words(difference, EditOperation.ADDED))
    words.subtract(_words(difference, EditOperation.REMOVED))
    return Counter({word: count for word, count in words.items() if count})


def _leaders(differences: Sequence[Difference]) -> Iterator[int]:
    """The differences that are dots, and the numbers beside them."""
    dots = [any(_LEADER.search(edit.text) for edit in each.edits) for each in differences]
    for number, each in enumerate(differences):
        words = _changed(each)
        is_number = sum(map(abs, words.values())) == 1 and all(map(str.isdecimal, words))
        if (dots[number] and not words) or (is_number and any(dots[max(number - 1, 0) : number + 2])):
            yield number


def _repeated(differences: Sequence[Difference]) -> Iterator[int]:
    """The cells of heads that have their words once more for each page: always several, side by side."""
    again = []
    for each in differences:
        before, after = (_letters(each, without) for without in (EditOperation.ADDED, EditOperation.REMOVED))
        times = len(after) // len(before) if before else 0
        again.append(times > 1 and after == before * times)
    for number, is_again in enumerate(again):
        if is_again and sum(again[max(number - 1, 0) : number + 2]) > 1:
            yield number


def _balanced(differences: Sequence[Difference], known: set[int]) -> Iterator[int]:
    """The differences that together leave the words as they are: what one removes, another one close by adds."""
    left = [number for number in range(len(differences)) if number not in known and differences[number].edits]
    start = 0
    while start < len(left):
        total: Counter[str] = Counter()
        for end in range(start, min(start + _NEAR, len(left))):
            for word, count in _changed(differences[left[end]]).items():
                total[word] += count
            if not any(total.values()):
                yield from left[start : end + 1]
                start = end
                break
        start += 1
