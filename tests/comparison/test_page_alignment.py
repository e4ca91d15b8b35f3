"""Which pages of two files belong together, and what is said of those that were inserted, removed, moved or divided."""

from __future__ import annotations

import pytest

from masthead.comparison.alignment import PageAlignment, align

HEAD = " ".join(f"h{number}" for number in range(20)) + " "
A, B, C, D, E = (" ".join(f"{letter}{number}" for number in range(10)) for letter in "ABCDE")


def changed(text: str, count: int) -> str:
    """The text with other words in the place of its last ones."""
    words = text.split()
    return " ".join((*words[: len(words) - count], *(f"x{word}" for word in words[len(words) - count :])))


def half(text: str, at: int) -> str:
    return " ".join(text.split()[5 * at : 5 * at + 5])


def aligned(before: list[str], after: list[str]) -> PageAlignment:
    return align(before, after, lambda page: before[page].split(), lambda page: after[page].split())


def said(before: list[str], after: list[str]) -> list[str]:
    def begins(is_new: bool, page: int) -> str:
        return (after if is_new else before)[page][:2]

    return [
        f"{each.message}{'' if each.page is None else f' [{each.page}]'}{' +' if each.follows else ''}"
        for each in aligned(before, after).differences(begins)
    ]


@pytest.mark.parametrize(
    ("before", "after", "messages"),
    [
        ([A, B, C], [A, B, C], []),
        ([], [], []),
        ([A], [A, B], ["page 2 was inserted, which begins “B0” [2]"]),
        ([A, B, C], [A, D, B, C], ["page 2 was inserted, which begins “D0” [2]", "shifted: pages 2 to 3 by +1 +"]),
        ([A, B], [D, E, A, B], ["pages 1 to 2 were inserted, which begin “D0” [1]", "shifted: pages 1 to 2 by +2 +"]),
        ([A, B, C], [A, C], ["page 2 was removed, which begins “B0”", "shifted: page 3 by −1 +"]),
        ([A, B, C, D], [D], ["pages 1 to 3 were removed, which begin “A0”", "shifted: page 4 by −3 +"]),
        ([A, B, C, D], [B, D], ["page 1 was removed, which begins “A0”", "page 3 was removed, which begins “C0”",
                                "shifted: page 2 by −1, page 4 by −2 +"]),
        ([A, B, C, D], [D, A, B, C], ["page 4 was moved: it is now page 1 [1]", "shifted: pages 1 to 3 by +1 +"]),
        ([A, B, C, D], [B, C, D, A], ["page 1 was moved: it is now page 4 [4]", "shifted: pages 2 to 4 by −1 +"]),
        ([A, B], [half(A, 0), half(A, 1), B],
         ["page 1 was split: it is now pages 1 and 2 [1]", "shifted: page 2 by +1 +"]),
        ([half(A, 0), half(A, 1), B], [A, B],
         ["pages 1 and 2 were joined: they are now page 1 [1]", "shifted: page 3 by −1 +"]),
        ([A, A, B], [A, B], ["page 2 was removed, which begins “A0”", "shifted: page 3 by −1 +"]),
        (["", A], ["", "", A], ["page 2 was inserted [2]", "shifted: page 2 by +1 +"]),
        ([A, B], [C, D], []),  # as many as before, and all are other ones
        ([A, B, C], [A, D, C], []),
    ],
)  # fmt: skip
def test_what_became_of_the_pages(before: list[str], after: list[str], messages: list[str]) -> None:
    assert said(before, after) == messages


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ([A, B, C], [A, D, B, C], {0: 0, 1: 2, 2: 3}),
        ([A, B, C], [B, A, C], {0: 1, 1: 0, 2: 2}),
        ([A, A, B, A], [A, B, A, A], {0: 0, 1: 2, 2: 1, 3: 3}),  # equal pages from the ends first
        ([A, B], [D, changed(A, 5), B], {0: 1, 1: 2}),  # three of its eight threes are enough
        ([A, B], [D, changed(A, 6), B], {1: 2}),  # two are not
        ([A, B], [changed(B, 3), changed(A, 3), C], {0: 1, 1: 0}),
        ([A, B, C], [changed(A, 9), B], {0: 0, 1: 1}),  # as many on both sides before a page that is the same
        ([A, B, C, D], [E, changed(A, 10), D], {3: 2}),  # two pages became three, or two others
        ([half(A, 0), B], [C, A, B], {0: 1, 1: 2}),
        (["a b", B], ["c d", "b a", B], {0: 1, 1: 2}),  # pages of few words
        ([A, B], [changed(B, 3), changed(A, 3)], {0: 0, 1: 1}),  # all pages are other ones in their places
        ([A, B], [changed(A, 5), changed(A, 2), B], {0: 1, 1: 2}),  # that with the most words in common
        ([A, B], [changed(A, 2), changed(A, 5), B], {0: 0, 1: 2}),
        ([A, changed(A, 9), B], [C, changed(A, 1), D, B], {0: 1, 1: 2, 2: 3}),
        # Words of many pages do not count as words of a page, where it has others.
        (
            [HEAD + each for each in (A, B, C, D)],
            [E, *(HEAD + changed(each, 5) for each in (A, B, C, D))],
            {0: 1, 1: 2, 2: 3, 3: 4},
        ),
    ],
)
def test_pages_with_most_of_their_words_in_common_belong_together(
    before: list[str], after: list[str], pairs: dict[int, int]
) -> None:
    assert dict(aligned(before, after).pairs) == pairs


@pytest.mark.parametrize(("pages", "paired"), [(3, True), (4, False)])
def test_words_that_are_on_more_than_three_pages_say_nothing_of_one(pages: int, paired: bool) -> None:
    several = [f"u v w x{page} y{page}" for page in range(pages)]
    one = "u v w e f"
    assert aligned([*several, B], [one, B]).pairs == ({0: 0, pages: 1} if paired else {pages: 1})
    assert aligned([one, B], [*several, B]).pairs == ({0: 0, 1: pages} if paired else {1: pages})


@pytest.mark.parametrize(("more", "is_part"), [("c d", True), ("c d e", False)])
def test_a_page_is_a_part_of_another_if_most_of_its_words_are_from_it(more: str, is_part: bool) -> None:
    first, second = changed(A, 4), f"{half(A, 1)} {more}"
    divided = said([A, B], [first, second, B])[0], said([first, second, B], [A, B])[0]
    assert divided == (
        ("page 1 was split: it is now pages 1 and 2 [1]", "pages 1 and 2 were joined: they are now page 1 [1]")
        if is_part
        else ("page 2 was inserted, which begins “A5” [2]", "page 2 was removed, which begins “A5”")
    )


def test_the_number_of_a_page_that_is_gone_is_none() -> None:
    found = aligned([A, B, C], [D, A, C, E])
    assert [found.number(page) for page in range(3)] == [2, None, 3]
    assert (found.inserted, found.removed, found.moved) == ([0, 3], [1], frozenset())
