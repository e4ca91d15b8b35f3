"""Lines of letters, drawn by hand: which a glance finds right, and how those that need a closer look are matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from handfont import FATHA, KASRA, MEANINGS, NARROW, HandmadeFont, run
from masthead.pdf import Block
from masthead.pdf.glyphs.blocks import ShownRun
from masthead.pdf.glyphs.meanings import SPACE, UNSURE, Meaning
from masthead.preflight.lettering import glance, matching


def block(text: str, *runs: ShownRun, language: str = "en") -> Block:
    return Block("P", language, text, runs)


def seen(text: str, *runs: ShownRun, language: str = "en") -> bool:
    return glance.is_right(block(text, *runs, language=language))


# --- at a glance -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "signs", "right"),
    [
        ("ab cd", "ab cd", True),
        ("ab cd", "ab dc", False),
        ("ab cd", "ab c", False),  # the end is not drawn
        ("ab c", "ab cd", False),
        ("ab cd", "abcd", False),
        ("abcd", "ab cd", False),
        ("ab cd", " ab cd ", True),  # spaces at the ends of a line are not seen
        ("ab cd ", "ab cd", True),
        (" ab cd", "ab cd", True),
        ("afi", "aF", True),  # a ligature
        ("aif", "aF", False),
        ("ab", "aUb", False),
        ("", "", True),
        ("a", "", False),
        ("", "a", False),
    ],
)
def test_a_line_of_one_run(text: str, signs: str, right: bool) -> None:
    assert seen(text, *([run(signs)] if signs else [])) is right


@pytest.mark.parametrize(
    ("text", "signs", "right"),
    [
        ("بل", "LB", True),
        ("بل", "BL", False),  # in the wrong direction
        ("ببل", "LNB", True),
        ("ببل", "LBB", False),  # in the wrong form
        ("لا", "A", True),
        (f"ب{FATHA}ل", f"LB{FATHA}", True),
        (f"ب{FATHA}ل", f"L{FATHA}B", True),
        (f"ب{FATHA}ل", "LB", False),
        ("بل", f"LB{FATHA}", False),
        (f"ب{FATHA}ل", f"LB{KASRA}", False),
        (f"ب{FATHA}ل", "LBM", True),  # a glyph that is either mark
        (f"ب{FATHA}ل{KASRA}", f"LBM{FATHA}", True),
        (f"ب{FATHA}ل{FATHA}", f"LBM{KASRA}", False),
        ("(بل)", "(LB)", True),  # mirrored
        ("(بل)", ")LB(", False),
    ],
)
def test_a_line_from_the_right(text: str, signs: str, right: bool) -> None:
    assert seen(text, run(signs), language="fa") is right


@pytest.mark.parametrize(
    ("left", "text", "right"),
    [
        (9.9, "abcd", True),
        (5.1, "abcd", True),
        (5.0, "abcd", False),  # at the place of the last letter before it, or before that
        (4.0, "abcd", False),
        (12.0, "abcd", True),
        (12.1, "abcd", False),  # apart by more than a fifth of the size: two words
        (12.1, "ab cd", True),
        (12.0, "ab cd", False),
        (-10.0, "cdab", True),  # whatever is drawn first
    ],
)
def test_runs_side_by_side(left: float, text: str, right: bool) -> None:
    assert seen(text, run("ab"), run("cd", left)) is right


def test_a_space_that_is_drawn_between_runs_is_one_space() -> None:
    assert seen("ab cd", run("ab "), run("cd", 30)) and seen("ab cd", run("ab"), run(" cd", 30))
    assert seen("ab cd", run("ab", size=5), run("cd", 7.1))  # of two sizes, the larger one counts
    assert not seen("ab cd", run("ab", size=5), run("cd", 6.9)) and not seen("ab cd", run("ab"), run("cd", 11, size=5))


@pytest.mark.parametrize(
    ("back", "text", "right"),
    [
        (400, "abcd", True),
        (500, "abcd", False),  # the letter is where the one before begins
        (-200, "abcd", True),
        (-201, "abcd", False),
        (-201, "ab cd", False),  # such a gap is looked at closely
    ],
)
def test_kerning_within_a_run(back: float, text: str, right: bool) -> None:
    assert seen(text, run("abcd", kerning=[(2, back)])) is right


def test_a_space_may_be_as_wide_as_it_likes() -> None:
    assert seen("ab cd", run("ab cd", kerning=[(2, -900)])) and seen("ab cd", run("ab cd", kerning=[(3, -900)]))


def test_a_mark_is_beside_its_letter_by_kerning() -> None:
    for place in (2, 3):
        assert seen(f"ab{FATHA}c", run(f"ab{FATHA}c", kerning=[(place, 499)]))
        assert not seen(f"ab{FATHA}c", run(f"ab{FATHA}c", kerning=[(place, 500)]))  # its letter and the next overlap
    assert not seen(f"ab{FATHA}c", run(f"ab{FATHA}c", kerning=[(2, 300), (3, 300)]))
    assert seen(f"ab{FATHA}cd", run(f"ab{FATHA}cd", kerning=[(2, 300), (4, 300)]))
    assert not seen(f"ab{FATHA}c", run(f"ab{FATHA}c", kerning=[(2, 300), (3, -300)]))  # apart from all letters
    assert not seen(f"{FATHA}a", run(f"{FATHA}a", kerning=[(1, 100)]))  # before all letters
    assert not seen(f"a{FATHA}", run(f"a{FATHA}", kerning=[(1, 100)]))


@pytest.mark.parametrize(
    ("y", "x", "text", "right"),
    [
        (95.5, 10, "abcd", True),
        (95.5, 0, "ab cd", False),  # on one line, one upon the other
        (95.4, 0, "ab cd", True),
        (95.4, 0, "abcd", True),  # a line may end within a word
        (104.5, 10, "abcd", True),
        (104.6, 10, "abcd", False),
        (104.6, 10, "cd ab", True),
    ],
)
def test_lines_are_apart_by_more_than_calls_are_raised(y: float, x: float, text: str, right: bool) -> None:
    assert seen(text, run("ab"), run("cd", x, y)) is right


def test_a_call_is_raised_and_smaller() -> None:
    assert seen("ab1", run("ab"), run("1", 10, 104.5, size=5))
    assert seen("ab1", run("ab"), run("1", 10, 100, size=5, rise=4.5))
    assert not seen("ab1", run("ab"), run("1", 10, 104.6, size=5))
    assert not seen("ab1", run("ab"), run("1", 10, 100, size=5, rise=4.6))


def test_the_lines_of_the_next_page_come_after_those_of_this_one() -> None:
    first, second = run("ab", y=50), run("cd", y=150, page=2)
    assert seen("ab cd", first, second) and seen("ab cd", second, first) and not seen("cd ab", first, second)
    assert seen("ab cd", run("ab"), run("cd", page=2))


@pytest.mark.parametrize(
    "odd",
    [
        run("ab", matrix=(0, 1, -1, 0)),  # rotated
        run("ab", matrix=(-1, 0, 0, 1)),  # mirrored
        run("ab", matrix=(1, 0, 0.2, 1)),  # slanted
        run("ab", matrix=(1, 0.2, 0, 1)),
        run("ab", spacing=-0.1),
        run("ab", matrix=(0, 0, 0, 1)),
        run("ab", size=0),
    ],
)
def test_whatever_is_unusual_is_looked_at_closely(odd: ShownRun) -> None:
    assert not seen("ab", odd)


def test_text_may_be_enlarged_or_spaced() -> None:
    assert seen("ab", run("ab", spacing=1)) and seen("ab", run("ab", matrix=(2, 0, 0, 2)))
    assert seen("ab cd", run("ab", spacing=1), run("cd", 14.1))
    assert not seen("ab cd", run("ab", spacing=1), run("cd", 14))
    assert seen("abcd", run("ab", spacing=1), run("cd", 6.1)) and not seen("abcd", run("ab", spacing=1), run("cd", 6))
    assert seen("ab cd", run("ab", matrix=(2, 0, 0, 2)), run("cd", 24.1, matrix=(2, 0, 0, 2)))
    assert seen("abcd", run("ab", matrix=(2, 0, 0, 2)), run("cd", 24, matrix=(2, 0, 0, 2)))
    assert seen("ab", run("ab", size=0.5, matrix=(20, 0, 0, 20))) and seen("ab", run("ab", matrix=(0.5, 0, 0, 0.5)))


def test_a_line_that_draws_nothing_is_no_line_and_marks_alone_are_none() -> None:
    assert seen("ab", run("P", y=120), run("ab"))
    assert not seen("ab", run(FATHA, y=120), run("ab"))


def test_lines_from_the_right_are_right_each_by_itself() -> None:
    assert seen("بل بل", run("LB"), run("LB", y=80), language="fa")
    assert seen("بل لا", run("LB"), run("A", y=80), language="fa")
    assert not seen("بل لا", run("A"), run("LB", y=80), language="fa")


# --- what a code draws -----------------------------------------------------------------------------------------------

MADE = HandmadeFont(
    {
        "x": ([("a", 0), ("b", 600)], 1000),  # beyond its width by 100
        "y": ([("b", 600), ("a", 0)], 1200),  # in another order
        "z": ([("a", -100)], 400),
        "w": ([], 250),
        "v": ([], 100),
        "u": ([("a", 500), (FATHA, 600)], 500),
    }
)


@pytest.mark.parametrize(
    ("sign", "signs", "marks", "measures"),
    [
        ("a", "a", 0, (0, 0.5, 0)),
        ("x", "ab", 0, (0, 0.4, 0.1)),
        ("y", "ab", 0, (0, 0.6, 0)),
        ("z", "a", 0, (-0.1, 0.5, 0)),
        ("w", " ", 0, (0, 0.25, 0)),
        ("v", "", 0, (0, 0.1, 0)),
        ("u", "a", 1, (0.5, 0, 0.5)),
        (FATHA, "", 1, (0, 0, 0)),
    ],
)
def test_a_code_is_summed_up(sign: str, signs: str, marks: int, measures: tuple[float, float, float]) -> None:
    found = MADE.summary(ord(sign))
    assert ["".join(sorted(each, key=len)[:1]) for each in found.signs] == [*signs]
    assert len(found.marks) == marks
    assert (found.first, found.rest, found.over) == pytest.approx(measures)


def test_a_glyph_that_is_hardly_wide_is_uncertain(monkeypatch: pytest.MonkeyPatch) -> None:
    for advance, signs in ((5.0, [UNSURE]), (5.1, MEANINGS[ord("a")].signs)):
        monkeypatch.setitem(NARROW, "a", advance)
        assert list(HandmadeFont().summary(ord("a")).signs) == list(signs)


@pytest.mark.parametrize(
    ("signs", "shown", "measures"),
    [
        ("ab", "ab", (0, 0.5, 0)),
        (f"{FATHA}a{FATHA}", "a", (0, 0.5, 0)),  # marks do not count
        ("zx", "aab", (-0.1, 0.4, 0.1)),
        ("ua", "?", (0.5, 0.5, 0)),  # after it, a letter begins where it does
        ("uz", "?", (0.5, 0.5, 0)),
        ("az", "aa", (0, 0.5, 0)),
        (FATHA, "", (0, 0, 0)),
        ("", "", (0, 0, 0)),
    ],
)
def test_codes_side_by_side_are_summed_up(signs: str, shown: str, measures: tuple[float, float, float]) -> None:
    found = MADE.summaries.of([ord(sign) for sign in signs])
    assert [min(each, key=len) if each else "?" for each in found.signs] == [*shown]
    assert (found.first, found.rest, found.over) == pytest.approx(measures)
    assert len(found.marks) == signs.count(FATHA) + signs.count("u")


@pytest.mark.parametrize(
    ("first", "x", "second", "text"),
    [
        ("x", 13.0, "c", "abc"),  # it ends beyond its width
        ("x", 13.1, "c", "ab c"),
        ("x", 6.1, "c", "abc"),
        ("x", 6.0, "c", None),  # where the last glyph begins
        ("c", 8.0, "z", "ca"),  # it begins before its place
        ("c", 8.1, "z", "c a"),
        ("c", 1.1, "z", "ca"),
        ("c", 1.0, "z", None),
    ],
)
def test_glyphs_beside_their_width_are_seen_where_they_are(first: str, x: float, second: str, text: str | None) -> None:
    runs = run(first, font=MADE), run(second, x, font=MADE)
    assert [said for said in ("abc", "ab c", "ca", "c a") if seen(said, *runs)] == ([text] if text else [])


@pytest.mark.parametrize(
    ("signs", "back", "right"),
    [("xc", -300, True), ("xc", -301, False), ("xc", 399, True), ("xc", 400, False), ("cz", -299, True),
     ("cz", -301, False), ("cz", 399, True), ("cz", 400, False)],
)  # fmt: skip
def test_kerning_beside_glyphs_that_are_beside_their_width(signs: str, back: float, right: bool) -> None:
    text = {"xc": "abc", "cz": "ca"}[signs]
    assert seen(text, run(signs, kerning=[(1, back)], font=MADE)) is right


def test_what_is_kerned_after_a_mark_is_beside_the_letter_of_the_mark() -> None:
    assert seen(f"abc{FATHA}a", run(f"xc{FATHA}a", kerning=[(3, 450)], font=MADE))


def test_the_space_of_a_font_without_a_glyph_for_it_is_a_space_if_it_is_wide() -> None:
    assert MADE.summary(ord("w")).signs == [SPACE] and not MADE.summary(ord("v")).signs


# --- line by line ----------------------------------------------------------------------------------------------------


def lines(text: str, *runs: ShownRun, language: str = "en") -> list[tuple[str, bool]]:
    """The letters that each line should show, from left to right, and whether it shows just these."""
    found = matching.read_lines([block(text, *runs, language=language)])
    return [("".join(each.char for each in line.letters), line.whole) for line in found]


@pytest.mark.parametrize(
    ("text", "drawn", "found"),
    [
        ("ab cd", ["ab", "cd"], [("ab", True), ("cd", True)]),
        ("ab cd", ["abc", "d"], [("ab c", True), ("d", True)]),
        ("ab cd", ["ba", "cd"], [("ab", False), ("cd", True)]),  # wrong, but the next line can be matched
        ("ab cd", ["ax", "cd"], [("ab", False)]),
        ("ab cd", ["ab"], [("ab", True), ("cd", False)]),  # the end is not drawn
        ("ab", ["ab", "cd"], [("ab", True), ("", False)]),
        ("afi ab", ["aF", "ab"], [("afi", True), ("ab", True)]),
        ("a--b cd", ["aDb", "cd"], [("a--b", True), ("cd", True)]),  # two hyphens drawn as one
        ("a–b cd", ["aDb", "cd"], [("a–b", True), ("cd", True)]),
        ("a--b--c d", ["aDbDc", "d"], [("a--b--c", True), ("d", True)]),
        ("harbour", ["har-", "bour"], [("har", True), ("bour", True)]),  # divided
        ("har-bour", ["har-", "bour"], [("har-", True), ("bour", True)]),
        ("har bour", ["har-", "bour"], [("har b", False)]),  # this hyphen is between words: no word is divided
        ("11", ["1-", "1"], [("11", False)]),
        ("ab", ["a-", "b"], [("a", True), ("b", True)]),
        ("ab cd", ["ab c", "d"], [("ab c", True), ("d", True)]),
        ("yb cd", ["Ey", "cd"], [("yb", False), ("cd", True)]),
        ("", ["ab"], []),
    ],
)
def test_lines_are_matched_with_their_text(text: str, drawn: list[str], found: list[tuple[str, bool]]) -> None:
    assert lines(text, *(run(signs, y=100 - 12 * at) for at, signs in enumerate(drawn))) == found


def test_a_line_from_the_right_is_matched_from_the_left() -> None:
    assert lines("بل لا", run("LB", y=100), run("A", y=80), language="fa") == [("لب", True), ("ال", True)]
    assert lines("بل", run("B-"), run("L", y=88), language="fa") == [("لب", False)]  # Arabic words are not divided
    assert lines("ab", run("a-"), run("b", y=88), language="fa") == [("a", True), ("b", True)]  # Latin words are
    (line,) = matching.read_lines([block("ببل", run("LNB"), language="fa")])
    assert ["".join(letter.char for letter in letters) for _, letters in line.matches] == ["ل", "ب", "ب"]
    (line,) = matching.read_lines([block("لا", run("A"), language="fa")])
    assert [["".join(letter.char for letter in letters)] for _, letters in line.matches] == [["ال"]]


def test_what_matches_before_the_first_mismatch_is_told() -> None:
    (line,) = matching.read_lines([block("abcd", run("abdc"))])
    assert [letter.char for letter in line.wanted] == [*"abcd"] and len(line.found) == 2 and not line.whole
    assert ["".join(letter.char for letter in letters) for _, letters in line.matches] == ["a", "b"]


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([(0, 100), (0, 88), (100, 120), (100, 108)], "ab cd ef gh"),
        ([(0, 100), (0, 88), (10, 108.1), (10, 94)], "ab cd ef gh"),
        ([(0, 100), (0, 88), (10, 108), (10, 94)], "ef ab gh cd"),  # above by no more than two lines of solid text
        ([(0, 100), (0, 88), (9.9, 120), (9.9, 108)], "ef gh ab cd"),  # not beside
        ([(20, 100), (20, 88), (10, 120), (10, 108)], "ab cd ef gh"),
        ([(20, 100), (20, 88), (10.1, 120), (10.1, 108)], "ef gh ab cd"),
        ([(100, 100), (0, 120.1), (50, 150), (0, 60)], "ab cd ef gh"),
    ],
)
def test_columns_are_read_one_after_the_other(places: list[tuple[float, float]], found: str) -> None:
    runs = [run(signs, *place) for signs, place in zip(("ab", "cd", "ef", "gh"), places, strict=True)]
    assert lines(found, *runs) == [(each, True) for each in found.split()]


def test_lines_of_two_pages_are_apart_and_calls_are_not() -> None:
    assert lines("ab cd", run("ab"), run("cd", page=2)) == [("ab", True), ("cd", True)]
    assert lines("ab1", run("ab"), run("1", 10, 104.5, size=5)) == [("ab1", True)]
    assert lines("1 ab", run("ab"), run("1", 10, 104.6, size=5)) == [("1", True), ("ab", True)]


def test_letters_that_are_not_drawn_are_missing_at_the_last_glyph() -> None:
    *_, rest = matching.read_lines([block("abe cd", run("abe"))])
    assert ["".join(letter.char for letter in rest.letters), [glyph.x for glyph in rest.glyphs]] == ["cd", [10.0]]
    assert rest.matches == ()


def test_marks_are_taken_from_those_wanted() -> None:
    fatha, kasra, either = (MEANINGS[ord(sign)] for sign in (FATHA, KASRA, "M"))

    def has(drawn: Iterable[Meaning], wanted: str) -> bool:
        return matching.has_marks(drawn, Counter(wanted))

    assert has([], "") and has([fatha], FATHA) and has([either], FATHA) and has([either], KASRA)
    assert has([either, fatha], FATHA + KASRA) and has([either, kasra], FATHA + KASRA)
    assert has([either, either], FATHA + KASRA) and not has([fatha, kasra], FATHA + FATHA)
    assert not has([fatha], "") and not has([], FATHA) and not has([fatha], FATHA + FATHA)
    assert not has([fatha, fatha], FATHA)
