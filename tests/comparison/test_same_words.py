"""What changes no words is tolerated where files of two programs are compared as text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masthead.comparison.results import Difference, EditOperation, Layer, TextEdit
from masthead.comparison.same_words import tolerated

ADDED, KEPT, REMOVED = EditOperation.ADDED, EditOperation.KEPT, EditOperation.REMOVED


def changed(*edits: tuple[EditOperation, str]) -> Difference:
    return Difference(Layer.TEXT, "words have changed", 1, edits=tuple(TextEdit(*edit) for edit in edits))


CAPTION = changed((KEPT, "Table 3"), (REMOVED, " Cost"))
BLOCK = changed((ADDED, "Cost"))
WORD = changed((KEPT, "the"), (REMOVED, " rain"), (ADDED, " snow"))
HEAD = changed((KEPT, "2045"), (ADDED, " 2045"))
SPLIT = changed((REMOVED, "D-2–D-1"), (ADDED, "D-2– D-1 D-2– D-1"))
EXCHANGED = changed((REMOVED, "1"), (ADDED, "2")), changed((REMOVED, "2"), (ADDED, "1"))
DOTS = changed((KEPT, "Introduction"), (ADDED, " ........ ......"))
PAGE = changed((ADDED, "12"))


@pytest.mark.parametrize(
    ("differences", "left"),
    [
        ((CAPTION, BLOCK), ()),
        ((CAPTION, WORD, BLOCK), (CAPTION, WORD, BLOCK)),
        ((CAPTION, BLOCK, WORD), (WORD,)),
        ((CAPTION,), (CAPTION,)),
        ((HEAD, HEAD), ()),
        ((HEAD,), (HEAD,)),
        ((SPLIT, HEAD), ()),
        ((changed((REMOVED, "inter\u2011mission"), (ADDED, "inter-mission")),), ()),
        ((WORD, HEAD, WORD), (WORD, HEAD, WORD)),
        ((DOTS, PAGE), ()),
        ((DOTS,), ()),
        ((PAGE,), (PAGE,)),
        ((DOTS, WORD, PAGE), (WORD, PAGE)),
        ((changed((REMOVED, "a b")), changed((ADDED, "a")), changed((ADDED, "b"))), ()),
        ((changed((REMOVED, "a b"), (ADDED, "b a")),), (changed((REMOVED, "a b"), (ADDED, "b a")),)),
        (EXCHANGED, EXCHANGED),
        (
            (changed((REMOVED, "1,000")), changed((ADDED, "1,000"))),
            (changed((REMOVED, "1,000")), changed((ADDED, "1,000"))),
        ),
        ((changed((REMOVED, "a b")), changed((ADDED, "a a"))), (changed((REMOVED, "a b")), changed((ADDED, "a a")))),
    ],
)
def test_only_changed_words_are_left(differences: tuple[Difference, ...], left: tuple[Difference, ...]) -> None:
    assert tuple(each for each in tolerated(differences) if not each.tolerated) == left


def test_the_words_of_figures_are_not_compared() -> None:
    (chart,) = tolerated([replace(WORD, message="the words of figure “Planned Actual” have changed")])
    assert chart.tolerated


def test_other_layers_and_moved_blocks_stay() -> None:
    others = (Difference(Layer.PICTURE, "a dot"), Difference(Layer.TEXT, "a paragraph was moved", 1))
    assert tuple(tolerated(others)) == others
