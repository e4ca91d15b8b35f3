"""What is drawn otherwise, glyph by glyph: looks, places within and beyond a limit, what is pushed along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from masthead.comparison.contents import BlockLine, TextBlock
from masthead.comparison.drawing import DrawnGlyph, GlyphLook
from masthead.comparison.glyphs import GlyphChanges, compare
from masthead.comparison.results import Difference
from masthead.comparison.text import align
from masthead.comparison.tolerance import DEFAULT, Tolerance

BLACK, LOOK = (0, 0, 0, 255), GlyphLook("Amiri", 10.0, (0, 0, 0, 255))
WIDE = 6.0  # points that a glyph takes
SAME = {page: page for page in range(1, 9)}


def line(text: str, y: float = 100, x: float = 50, page: int = 1, *, letters: str = "", **look: Any) -> BlockLine:
    """A line whose glyphs are as far apart as the letters of its text; `letters` are those that are drawn."""
    glyphs, word = [], 0
    for at, letter in enumerate(letters or text):
        if letter == " ":
            word += 1
        else:
            glyphs.append(DrawnGlyph(letter, x + at * WIDE, y, LOOK._replace(**look), 1000 * int(y) + word, 0))
    return BlockLine(text, page, (x, y - 10, x + len(text) * WIDE, y), tuple(glyphs))


def apart(text: str, *shifts: float, y: float = 100) -> BlockLine:
    """A line whose glyphs are each shifted by so much."""
    whole = line(text, y)
    glyphs = [glyph._replace(x=glyph.x + by) for glyph, by in zip(whole.glyphs, shifts, strict=True)]
    return BlockLine(text, 1, whole.box, tuple(glyphs))


def block(*lines: BlockLine, kind: str = "P") -> TextBlock:
    pages = tuple(dict.fromkeys(each.page for each in lines))
    return TextBlock(kind, " ".join(each.text for each in lines), "en", lines, on=pages)


def found(
    before: list[TextBlock],
    after: list[TextBlock],
    tolerance: Tolerance = DEFAULT,
    numbers: Mapping[int, int] = SAME,
    **options: bool,
) -> GlyphChanges:
    return compare(before, after, align(before, after), numbers, tolerance, **options)


def shown(difference: Difference) -> str:
    message = f"{difference.layer}: {difference.message}".removeprefix("picture: ")
    return f"({message})" if difference.follows else f"~ {message}" if difference.tolerated else message


def said(before: list[TextBlock], after: list[TextBlock], *more: Any, **options: Any) -> list[str]:
    return [shown(each) for each in found(before, after, *more, **options).differences]


WORD = line("rain")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (WORD, WORD, ""),
        (line("rain", x=0), line("rain", x=0.009), ""),  # a rounding error
        (line("rain", x=0), line("rain", x=0.02), "~ 4 characters moved 0.01 mm to the right"),
        (line("rain", 0), line("rain", 0.02), "~ 4 characters moved 0.01 mm down"),
        (line("rain", x=0), line("rain", x=0.42), "~ 4 characters moved 0.15 mm to the right"),  # 0.148
        (line("rain", x=0), line("rain", x=0.43), "4 characters moved 0.15 mm to the right"),  # 0.152
        (line("rain", x=3), line("rain", x=0), "4 characters moved 1.06 mm to the left"),
        (WORD, line("rain", 97), "4 characters moved 1.06 mm up"),
        (WORD, line("rain", 103), "4 characters moved 1.06 mm down"),
        (line("rain", x=0), line("rain", 97, 3), "4 characters moved 1.06 mm to the right and 1.06 mm up"),
        (line("rain", x=0), line("rain", 103, 0.005), "4 characters moved 1.06 mm down"),
        (line("r", x=0), line("r", x=3), "1 character moved 1.06 mm to the right"),
        # neither way is beyond the limit, but both together are
        (line("rain", x=0), line("rain", 100.4, 0.4), "4 characters moved 0.14 mm to the right and 0.14 mm down"),
        (WORD, apart("rain", 0, 0, 0, 0.2), "~ 1 character moved within their lines by up to 0.07 mm"),
        (WORD, apart("rain", 0, 0, 0, 0.05), "~ 1 character moved within their lines by up to 0.02 mm"),
        (WORD, apart("rain", 0, 0, 0.2, 0.42), "~ 2 characters moved within their lines by up to 0.15 mm"),
        (WORD, apart("rain", 0, 0, 0.2, 0.43), "2 characters moved within their lines by up to 0.15 mm"),
        (WORD, apart("rain", 1, 1.05, 1.09, 1), "4 characters moved 0.35 mm to the right"),
        (WORD, apart("rain", 1, 1, 1, 1.2), "4 characters moved within their lines by up to 0.42 mm"),
    ],
)
def test_what_has_moved_is_said_in_millimetres_and_too_little_is_tolerated(
    old: BlockLine, new: BlockLine, message: str
) -> None:
    assert said([block(old)], [block(new)]) == ([message] if message else [])


def test_the_limit_of_a_project_counts() -> None:
    moved = [block(line("rain", 103))]
    assert said([block(WORD)], moved, Tolerance(shift=1.06)) == ["~ 4 characters moved 1.06 mm down"]
    assert said([block(WORD)], moved, Tolerance(shift=1.05)) == ["4 characters moved 1.06 mm down"]
    spread = [block(apart("rain", 0, 0, 0, 3))]
    assert said([block(WORD)], spread, Tolerance(shift=1.06))[0].startswith("~ 1 character moved within")


def test_lines_that_have_moved_alike_are_one_difference_with_the_furthest_move() -> None:
    def lines(*moves: float) -> list[TextBlock]:
        return [block(line(f"{at} rain", 100 * at + by)) for at, by in enumerate(moves, 1)]

    assert said(lines(0, 0), lines(3, 3.04)) == ["10 characters moved 1.07 mm down"]
    assert said(lines(0, 0), lines(3.04, 3)) == ["10 characters moved 1.07 mm down"]
    assert said(lines(0, 0), lines(-3, -3.04)) == ["10 characters moved 1.07 mm up"]
    assert said(lines(0, 0), lines(3, 6)) == ["5 characters moved 1.06 mm down", "5 characters moved 2.12 mm down"]
    assert said(lines(0, 0), lines(3, 0)) == ["5 characters moved 1.06 mm down"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ({}, {"font": "Amiri-Bold"}, "the style of 4 characters was regular and is now bold"),
        (
            {"font": "Noto-BoldItalic"},
            {"font": "Noto-Italic"},
            "the style of 4 characters was bold italic and is now italic",
        ),
        ({"font": "Noto,Oblique"}, {"font": "Noto-Regular"}, "the style of 4 characters was italic and is now regular"),
        ({}, {"font": "Noto-Bold"}, "the font of 4 characters was Amiri and is now Noto-Bold"),
        ({}, {"font": "Amiri-Regular"}, "the font of 4 characters was Amiri and is now Amiri-Regular"),
        ({}, {"size": 10.5}, "the size of 4 characters was 10 pt and is now 10.5 pt"),
        ({}, {"size": 10.01}, ""),
        ({}, {"size": 10.02}, "the size of 4 characters was 10 pt and is now 10.02 pt"),
        ({}, {"width": 98}, "the width of 4 characters was 100 % and is now 98 %"),
        ({"slant": 0.25}, {"slant": 0.0}, "the slant of 4 characters was 0.25 and is now 0"),
        ({}, {"turn": 90}, "4 characters are now turned by 90°, not 0°"),
        ({}, {"mode": "invisible"}, "4 characters were filled and are now invisible"),
        ({}, {"colour": (3, 3, 3, 255)}, "~ the colour of 4 characters was #000000 and is now #030303"),
        ({}, {"colour": (0, 4, 0, 255)}, "the colour of 4 characters was #000000 and is now #000400"),
        ({"colour": (0, 4, 0, 255)}, {}, "the colour of 4 characters was #000400 and is now #000000"),
        ({}, {"colour": (0, 0, 0, 128)}, "the colour of 4 characters was #000000 and is now #00000080"),
        ({}, {"colour": None}, "the colour of 4 characters was #000000 and is now no colour"),
        (
            {"mode": "outlined", "outline": BLACK},
            {"mode": "outlined", "outline": (255, 0, 0, 255)},
            "the outline of 4 characters was #000000 and is now #ff0000",
        ),
        (
            {"mode": "outlined", "outline": BLACK},
            {"mode": "outlined", "outline": (3, 0, 0, 255)},
            "~ the outline of 4 characters was #000000 and is now #030000",
        ),
        ({}, {"mode": "outlined", "outline": BLACK}, "4 characters were filled and are now outlined"),
    ],
)
def test_a_look_is_said_as_a_reader_sees_it(old: dict[str, Any], new: dict[str, Any], message: str) -> None:
    sides = [block(line("rain", **old))], [block(line("rain", **new))]
    assert said(*sides) == ([message] if message else [])


def test_one_character_is_in_the_singular() -> None:
    for look, message in (
        ({"turn": 90}, "1 character is now turned by 90°, not 0°"),
        ({"mode": "invisible"}, "1 character was filled and is now invisible"),
    ):
        assert said([block(line("r"))], [block(line("r", **look))]) == [message]


# --- what a change has pushed along -----------------------------------------------------------------------------------


def column(*texts: str, **places: float) -> list[TextBlock]:
    """Blocks of one line each, 20 points apart; `places` has for the number of a block, `b2`, how far it has moved."""
    return [block(line(text, 100 + 20 * at + places.get(f"b{at + 1}", 0))) for at, text in enumerate(texts)]


FOUR = ("One word", "Two words", "Three words", "Four words")


@pytest.mark.parametrize(
    ("after", "messages", "pushed", "causes"),
    [
        (column("One word more", *FOUR[1:]), [], set(), {0}),
        (column("One word more", *FOUR[1:], b2=20), ["(shifted: 1 line by up to 7.1 mm)"], {1}, {0}),
        (
            column("One word more", *FOUR[1:], b2=20, b3=20, b4=20.1),
            ["(shifted: 3 lines by up to 7.1 mm)"],
            {1, 2, 3},
            {0},
        ),
        # a line that stays where it was ends what is pushed
        (column("One word more", *FOUR[1:], b4=20), ["9 characters moved 7.06 mm down"], set(), {0}),
        (
            column("One word more", *FOUR[1:], b2=20, b4=20),
            ["9 characters moved 7.06 mm down", "(shifted: 1 line by up to 7.1 mm)"],
            {1},
            {0},
        ),
        # what comes before a change does not follow from it
        (column(*FOUR[:3], "Four words more", b1=20), ["7 characters moved 7.06 mm down"], set(), {3}),
    ],
)
def test_what_is_after_a_change_is_pushed_along_until_a_line_has_not_moved(
    after: list[TextBlock], messages: list[str], pushed: set[int], causes: set[int]
) -> None:
    before = column(*FOUR)
    changes = found(before, after)
    assert ([shown(each) for each in changes.differences], changes.pushed, changes.causes) == (messages, pushed, causes)


def test_a_note_that_has_not_moved_does_not_end_what_is_pushed() -> None:
    texts = ("One word more", "2 A note", "Three words")
    for kind, messages in (
        ("Note", ["(shifted: 1 line by up to 7.1 mm)"]),
        ("P", ["10 characters moved 7.06 mm down"]),
    ):
        before, after = column("One word", *texts[1:]), column(*texts, b3=20)
        before[1], after[1] = (block(*side[1].lines, kind=kind) for side in (before, after))
        assert said(before, after) == messages


@pytest.mark.parametrize(
    ("look", "follows"),
    [
        ({"font": "Amiri-Bold"}, True),
        ({"size": 11.0}, True),
        ({"width": 99}, True),
        ({"slant": 0.2}, False),
        ({"turn": 1}, False),
        ({"colour": (255, 0, 0, 255)}, False),
    ],
)
def test_only_a_look_that_is_wider_or_higher_pushes_what_is_after_it(look: dict[str, Any], follows: bool) -> None:
    first = block(line("One word", **look))
    changes = found(column("One word", "Two words"), [first, *column("One word", "Two words", b2=20)[1:]])
    assert changes.causes == ({0} if follows else set())
    assert shown(changes.differences[-1]) == (
        "(shifted: 1 line by up to 7.1 mm)" if follows else "8 characters moved 7.06 mm down"
    )


def test_a_block_that_has_moved_among_the_others_pushes_those_after_it() -> None:
    texts = ("One word", "Two words", "Three words")
    after = column(texts[2], *texts[:2])
    changes = found(column(*texts), after)
    assert [shown(each) for each in changes.differences] == ["(shifted: 3 lines by up to 14.1 mm)"]
    assert changes.causes == {0}


def test_lines_that_break_elsewhere_push_and_those_on_another_page_have_no_distance() -> None:
    before = [block(line("One two", 100), line("three", 120)), block(line("Four", 140))]
    broken = [block(line("One", 100), BlockLine("two three", 1, (0, 0, 9, 9), _continued("two three", 120)))]
    changes = found(before, [*broken, block(line("Four", 160))])
    assert (changes.causes, changes.pushed) == ({0}, {1})
    assert [shown(each) for each in changes.differences] == ["(shifted: 2 lines by up to 11.0 mm)"]
    turned = found(before, [*before[:1], block(line("Four", 50, page=2))])
    assert [(shown(each), each.pages) for each in turned.differences] == [
        ("(shifted: 1 line by up to 0.0 mm or to another page)", (2,))
    ]
    assert turned.shifted == {1, 2}
    # the same page, which has another number now
    assert said(before[1:], [block(line("Four", 140, page=3))], DEFAULT, {1: 3}) == []
    assert said(before[1:], [block(line("Four", 140, page=1))], DEFAULT, {1: 3}) == [
        "(shifted: 1 line by up to 0.0 mm or to another page)"
    ]


def _continued(text: str, y: float) -> tuple[DrawnGlyph, ...]:
    """Glyphs whose words are those that they were on another line."""
    return tuple(glyph._replace(word=glyph.word + 1) for glyph in line(text, y).glyphs)


@pytest.mark.parametrize(("by", "pages"), [(0.42, set()), (0.43, {1})])
def test_a_page_counts_as_shifted_if_a_line_of_it_is_pushed_beyond_the_limit(by: float, pages: set[int]) -> None:
    changes = found(column("One word", "Two words"), column("One word more", "Two words", b2=by))
    assert (changes.pushed, changes.shifted) == ({1}, pages)


def test_a_page_counts_as_shifted_if_letters_of_a_pushed_line_have_moved_apart() -> None:
    after = [*column("One word more"), block(apart("Two", 0, 0, 0.2, y=120))]
    assert found(column("One word", "Two"), after).shifted == {1}


def test_lines_on_two_pages_are_two_lines_at_whatever_height() -> None:
    before = [block(line("One", 100), line("two", 100, page=2))]
    assert said(before, [block(line("One", 100), line("two", 101, page=2))]) == ["3 characters moved 0.35 mm down"]


@pytest.mark.parametrize(("by", "is_one_line"), [(6.0, True), (6.1, False)])
def test_letters_within_six_tenths_of_their_size_are_on_one_line(by: float, is_one_line: bool) -> None:
    raised = block(line("a2", 100))
    (first, second) = raised.lines[0].glyphs
    before = [block(BlockLine("a2", 1, (0, 0, 9, 9), (first, second._replace(y=100 - by))))]
    assert found(before, [raised]).causes == (set() if is_one_line else {0})


# --- words that are drawn otherwise than the text says ----------------------------------------------------------------


def test_words_that_are_only_in_the_text_are_named() -> None:
    whole, less = [block(line("See the rain"))], [block(line("See the rain", letters="See the     "))]
    assert said(whole, less) == ["words that are not drawn any more, but still in the text"]
    assert said(less, whole) == ["words that are drawn now, and the text is the same"]
    assert said(whole, less, reads=False) == []
    assert [each.words for each in found(whole, less).differences] == ["rain"]
    assert found(whole, less).pushed == {0}


def test_letters_at_the_same_places_that_are_read_otherwise_are_named() -> None:
    def drawn(letters: str, x: float = 50.0, **look: Any) -> list[TextBlock]:
        return [block(line("the sum of", x=x, letters=letters, **look))]

    before = drawn("the sum of")
    assert said(before, drawn("the 5um of")) == ["text: “sum” reads as “5um” when copied or searched"]
    assert said(before, drawn("the 5um of"), reads=False) == []
    assert said(before, drawn("the 5um of", 50.9))[0] == "text: “sum” reads as “5um” when copied or searched"
    for other in (drawn("the 5um of", 51.0), drawn("the 5um of", size=11.0)):
        assert sorted(said(before, other))[-2:] == [
            "words that are drawn now, and the text is the same",
            "words that are not drawn any more, but still in the text",
        ]


def test_words_that_were_added_or_removed_are_where_they_are() -> None:
    changes = found([block(line("the rain", x=0))], [block(line("the snow", x=0))])
    letters = [(24.0 + 6 * at, 90, 29.0 + 6 * at, 102.5) for at in range(4)]
    assert dict(changes.rewritten) == {1: [*letters, *letters]}
    assert dict(changes.explained) == {1: [*letters, *letters]}
    assert changes.differences == []
    moved = found([block(line("r", x=0))], [block(line("r", x=3))])
    assert dict(moved.explained) == {1: [(3.0, 90, 8.0, 102.5), (0.0, 90, 5.0, 102.5)]}
    assert not moved.rewritten
    assert not found([block(line("r", x=0))], [block(line("r", x=0.42))]).explained
    spread = found([block(line("ro", x=0))], [block(apart("ro", -50, -49))])
    assert dict(spread.explained) == {1: [(7.0, 90, 12.0, 102.5), (6.0, 90, 11.0, 102.5)]}


# --- what a difference says of its place ------------------------------------------------------------------------------


def test_a_difference_names_up_to_twelve_words_and_has_the_region_on_its_first_page() -> None:
    def words(count: int, **look: Any) -> list[TextBlock]:
        return [block(line(" ".join("abcdefghijklmnop"[:count]), x=0, **look))]

    red = {"colour": (255, 0, 0, 255)}
    (twelve,) = found(words(12), words(12, **red)).differences
    assert (twelve.words, twelve.box) == ("a b c d e f g h i j k l", (0.0, 90, 137.0, 100))
    (thirteen,) = found(words(13), words(13, **red)).differences
    assert (thirteen.words, thirteen.page, thirteen.pages) == ("", 1, ())

    def pages(**look: Any) -> list[TextBlock]:
        return [block(line("far", 500, 400, page=2, **look)), block(line("near", 100, 10, page=1, **look))]

    (both,) = found(pages(), pages(**red)).differences
    assert (both.page, both.pages, both.box) == (1, (1, 2), (10.0, 90, 33.0, 100))
