"""What two programs write otherwise though the words are the same: only judged where a file is compared as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from masthead.comparison.results import Difference, EditOperation, Layer

_LEADER = re.compile(r"[.․…·](?:\s?[.․…·]){3,}")
_ADDED, _KEPT, _REMOVED = EditOperation.ADDED, EditOperation.KEPT, EditOperation.REMOVED
_FIGURE = re.compile("(the words of )?figure “")
_NUMBER = re.compile(r"[\d.,()−–]*")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2011](?=[^\W\d_])")
_NEAR = 8  # differences: a caption and its number, a table's head


def tolerated(differences: Iterable[Difference]) -> list[Difference]:
    """Return the differences of text, with those tolerated that change no words.

    Programs divide text into blocks and words otherwise, so words that are removed and added again close by have not
    changed. They tag the dots and page numbers of a table of contents, or do not, and the heads of a table once, or on
    each page, and the words in a chart, or draw them: its alternative text says what it shows.
    """
    found = list(differences)
    texts = [place for place, each in enumerate(found) if each.layer is Layer.TEXT and not each.tolerated]
    open_texts = [found[place] for place in texts]
    alike = {*_leaders(open_texts), *_repeated(open_texts)}
    alike |= {number for number, each in enumerate(open_texts) if _FIGURE.match(each.message)}
    alike |= {*_divided(open_texts, alike)}
    for number in alike:
        found[texts[number]] = replace(open_texts[number], tolerated=True)
    return found


def _letters(difference: Difference, *operations: EditOperation) -> str:
    """The words of some edits, without spaces, leaders, and hyphens between letters, which are lost at line ends."""
    texts = (_LEADER.sub(" ", edit.text) for edit in difference.edits if edit.operation in operations)
    return _HYPHEN.sub("", "".join("".join(texts).split()))


def _leaders(differences: Sequence[Difference]) -> Iterator[int]:
    """The differences that are dots, and the numbers beside them."""
    dots = [any(_LEADER.search(edit.text) for edit in each.edits) for each in differences]
    for number, each in enumerate(differences):
        is_number = (_letters(each, _ADDED) + _letters(each, _REMOVED)).isdecimal()
        if _is_alike(each) or (is_number and any(dots[max(number - 1, 0) : number + 2])):
            yield number


def _is_alike(difference: Difference) -> bool:
    """Whether both sides have the same letters in the same order."""
    return bool(difference.edits) and _letters(difference, _KEPT, _REMOVED) == _letters(difference, _KEPT, _ADDED)


def _repeated(differences: Sequence[Difference]) -> Iterator[int]:
    """The cells of heads that have their words once more for each page: always several, side by side."""
    again = []
    for each in differences:
        before, after = _letters(each, _KEPT, _REMOVED), _letters(each, _KEPT, _ADDED)
        times = len(after) // len(before) if before else 0
        again.append(times > 1 and after == before * times)
    for number, is_again in enumerate(again):
        if is_again and sum(again[max(number - 1, 0) : number + 2]) > 1:
            yield number


def _divided(differences: Sequence[Difference], known: set[int]) -> Iterator[int]:
    """The differences that divide the same words otherwise: what one block loses, those close by gain, in its order.

    A number alone is more than words: in another cell it says something else.
    """
    left = [number for number in range(len(differences)) if number not in known and differences[number].edits]
    start = 0
    while start < len(left):
        removed = added = ""
        for end in range(start, min(start + _NEAR, len(left))):
            lost, gained = (_letters(differences[left[end]], operation) for operation in (_REMOVED, _ADDED))
            if lost and gained:
                break
            removed, added = removed + lost, added + gained
            if removed == added:
                if not _NUMBER.fullmatch(removed):
                    yield from left[start : end + 1]
                    start = end
                break
        start += 1
