"""Items of two lists are paired by likeness and order; moves, splits and merges have their names."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.redline.sequences import AlignedItem, Step, align, heaviest_chain, likeness

ONE = "the council decides to build a harbour on the northern coast of the island"
TWO = "it requests the secretary to report on the costs of gauges and of boats"
THREE = "all keepers of lights are invited to send their registers before winter"
FOUR = "members in a position to do so lend their instruments to smaller ports"


def _steps(old: list[str], new: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...], int]]:
    steps = align([AlignedItem(text) for text in old], [AlignedItem(text) for text in new])
    return [(step.old, step.new, step.move) for step in steps]


def test_equal_lists_are_pairs() -> None:
    assert _steps([ONE, TWO], [ONE, TWO]) == [((0,), (0,), 0), ((1,), (1,), 0)]


def test_a_changed_item_stays_a_pair() -> None:
    assert _steps([ONE, TWO], [ONE, TWO.replace("costs", "benefits")]) == [((0,), (0,), 0), ((1,), (1,), 0)]


def test_an_item_that_was_removed_comes_before_one_that_was_added_in_its_place() -> None:
    assert _steps([ONE, TWO, THREE], [ONE, FOUR, THREE]) == [
        ((0,), (0,), 0),
        ((1,), (), 0),
        ((), (1,), 0),
        ((2,), (2,), 0),
    ]


def test_an_item_in_another_place_has_moved_and_the_rest_has_not() -> None:
    assert _steps([ONE, TWO, THREE], [TWO, THREE, ONE]) == [
        ((0,), (), 1),
        ((1,), (0,), 0),
        ((2,), (1,), 0),
        ((), (2,), 1),
    ]


def test_an_item_that_moved_may_have_other_words() -> None:
    changed = ONE.replace("northern", "southern")
    assert ((0,), (), 1) in _steps([ONE, TWO, THREE], [TWO, THREE, changed])


def test_an_item_may_become_two() -> None:
    words = ONE.split()
    assert _steps([ONE, TWO], [" ".join(words[:7]), " ".join(words[7:]), TWO]) == [
        ((0,), (0, 1), 0),
        ((1,), (2,), 0),
    ]


def test_two_items_may_become_one() -> None:
    assert _steps([ONE, TWO, THREE], [f"{ONE} {TWO}", THREE]) == [((0, 1), (0,), 0), ((2,), (1,), 0)]


def test_an_item_that_becomes_much_longer_is_the_same_item() -> None:
    assert _steps([ONE, TWO], [f"{ONE}, {THREE}, {FOUR}", TWO])[0] == ((0,), (0,), 0)


def test_items_of_different_kinds_are_never_pairs() -> None:
    assert align([AlignedItem(ONE, "table")], [AlignedItem(ONE, "text")]) == (Step((0,)), Step((), (0,)))


@given(
    st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, "short", ""]), max_size=8),
    st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, "short", ""]), max_size=8),
)
def test_every_item_is_in_one_step_and_pairs_keep_their_order(old: list[str], new: list[str]) -> None:
    steps = align([AlignedItem(text) for text in old], [AlignedItem(text) for text in new])
    assert sorted(i for step in steps for i in step.old) == list(range(len(old)))
    assert [j for step in steps for j in step.new] == list(range(len(new)))
    assert [i for step in steps for i in step.old] == list(range(len(old)))
    moves = [step.move for step in steps if step.move]
    assert all(moves.count(move) == 2 for move in moves)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 9)), max_size=9))
def test_the_heaviest_chain_is_the_heaviest(pairs: list[tuple[int, int, int]]) -> None:
    weights = {}
    for i, j, weight in pairs:
        weights[i, j] = max(weight, weights.get((i, j), 0))
    found = heaviest_chain([(i, j, float(weight)) for (i, j), weight in weights.items()])
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    best = 0
    for chosen in product((False, True), repeat=len(weights)):
        chain = sorted(pair for pair, taken in zip(weights, chosen, strict=True) if taken)
        if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain)):
            best = max(best, sum(weights[pair] for pair in chain))
    assert sum(weights[pair] for pair in found) == best


@pytest.mark.parametrize(
    ("one", "other", "share"), [("a b c d", "a b c d", 1.0), ("a b", "c d", 0.0), ("a b c d", "a x c y", 0.5)]
)
def test_likeness_is_the_share_of_words_in_order(one: str, other: str, share: float) -> None:
    assert likeness(one.split(), other.split()) == share
