"""What is judged of two pictures, of line and page ends, and of decisions on documents: just within, just beyond."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from masthead.comparison import Difference, Layer
from masthead.comparison.baselines import INDEX, Act, Baselines, Decision
from masthead.comparison.breaks import differences as breaks
from masthead.comparison.contents import BlockLine, TextBlock
from masthead.comparison.glyphs import GlyphChanges
from masthead.comparison.picture import differences, without_regions
from masthead.comparison.text import align
from masthead.comparison.tolerance import DEFAULT, Aspect, Region, Tolerance, load, place
from masthead.document.errors import BaselineError, OrderError
from masthead.document.files import sha256

# --- pictures ---------------------------------------------------------------------------------------------------------

SCALE = 72 / 150


def _page(
    *pixels: tuple[int, int], level: int = 0, size: tuple[int, int] = (200, 200), paper: int = 255
) -> Image.Image:
    page = Image.new("L", size, paper)
    for pixel in pixels:
        page.putpixel(pixel, level)
    return page


def _found(first: Image.Image, second: Image.Image, tolerance: Tolerance = DEFAULT) -> list[tuple[int, ...]]:
    """The regions that differ, in pixels; the same in both directions."""
    ways = [
        [tuple(round(side / SCALE) for side in box) for box in differences(*pair, tolerance)]
        for pair in ((first, second), (second, first))
    ]
    assert sorted(ways[0]) == sorted(ways[1])
    return ways[0]


ROW = [(50 + at, 60) for at in range(5)]
SLANT = [(50 + at, 60 + at) for at in range(5)]
OTHER_SLANT = [(50 - at, 60 + at) for at in range(5)]


@pytest.mark.parametrize(
    ("pixels", "level", "found"),
    [
        (ROW, 0, [(50, 60, 55, 61)]),
        (ROW[:4], 0, []),
        (ROW, 174, [(50, 60, 55, 61)]),
        (ROW, 175, []),
        (SLANT, 0, [(50, 60, 55, 65)]),
        (OTHER_SLANT, 0, [(46, 60, 51, 65)]),
        ([(50, 60), (52, 60), (54, 60), (56, 60), (58, 60)], 0, []),
        ([(50, 60), (50, 62), (50, 64), (50, 66), (50, 68)], 0, []),
        ([(50, 60), (52, 60), (51, 61), (50, 62), (52, 62)], 0, [(50, 60, 53, 63)]),
        ([(50, 60), (54, 60), (51, 61), (53, 61), (52, 62)], 0, [(50, 60, 55, 63)]),
        ([(199, 10), (0, 11), (199, 12), (0, 13), (199, 14)], 0, []),
        ([(195 + at, 10) for at in range(5)], 0, [(195, 10, 200, 11)]),
        ([(at, 199) for at in range(5)], 0, [(0, 199, 5, 200)]),
    ],
)
def test_five_pixels_that_touch_and_are_much_darker_differ(
    pixels: list[tuple[int, int]], level: int, found: list[tuple[int, ...]]
) -> None:
    assert _found(_page(), _page(*pixels, level=level)) == found


def test_what_moves_by_a_pixel_is_the_same() -> None:
    first = _page(*ROW)
    assert _found(first, _page(*((x + 1, y) for x, y in ROW))) == []
    assert _found(first, _page(*((x, y + 1) for x, y in ROW))) == []
    assert _found(first, _page(*((x + 1, y - 1) for x, y in ROW))) == []
    assert _found(first, _page(*((x, y + 2) for x, y in ROW))) == [(50, 60, 55, 63)]


def test_regions_nearer_than_two_millimetres_are_one_and_the_largest_is_first() -> None:
    apart = [(x + 17, y) for x, y in ROW]
    near = [(x + 16, y) for x, y in ROW]
    assert _found(_page(), _page(*ROW, *near)) == [(50, 60, 71, 61)]
    assert _found(_page(), _page(*ROW, *apart)) == [(50, 60, 55, 61), (67, 60, 72, 61)]
    assert _found(_page(), _page(*ROW, *((x, y + 12) for x, y in ROW))) == [(50, 60, 55, 73)]
    assert len(_found(_page(), _page(*ROW, *((x, y + 13) for x, y in ROW)))) == 2
    larger = [(150 + at, 150) for at in range(9)]
    assert _found(_page(), _page(*ROW, *larger))[0] == (150, 150, 159, 151)


@pytest.mark.parametrize(("level", "differs"), [(239, False), (238, True)])
def test_a_pale_area_differs_by_its_tone(level: int, differs: bool) -> None:
    area = _page()
    area.paste(level, (32, 48, 48, 64))
    assert _found(_page(), area) == ([(32, 48, 48, 64)] if differs else [])
    assert _found(_page(), area, Tolerance(tone=10)) == [(32, 48, 48, 64)]


def test_limits_are_those_of_the_tolerance() -> None:
    assert _found(_page(), _page(*ROW[:4]), Tolerance(area=4)) == [(50, 60, 54, 61)]
    assert _found(_page(), _page(*ROW, level=175), Tolerance(ink=79)) == [(50, 60, 55, 61)]


def test_pages_of_two_sizes_are_compared_on_white() -> None:
    assert _found(_page(), _page(size=(210, 190))) == []
    assert _found(_page(), _page(*((205, at) for at in range(5)), size=(210, 190))) == [(205, 0, 206, 5)]


def test_a_region_that_is_left_out_is_white_on_its_page() -> None:
    dark = _page(paper=0)
    one = Tolerance(regions=(Region("stamp", (10 * SCALE, 20 * SCALE, 30 * SCALE, 40 * SCALE), 2),))
    assert without_regions(dark, 1, one).tobytes() == dark.tobytes()
    painted = without_regions(dark, 2, one)
    assert painted.getbbox() == (10, 20, 31, 41)
    assert dark.getbbox() is None
    every = Tolerance(regions=(Region("stamp", (0, 0, 10, 10)),))
    assert without_regions(dark, 7, every).getbbox() is not None


# --- tolerance --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "box", "covered"),
    [
        (2, (10, 20, 30, 40), True),
        (2, (9.75, 19.75, 30.25, 40.25), True),
        (2, (9.74, 20, 30, 40), False),
        (2, (10, 19.74, 30, 40), False),
        (2, (10, 20, 30.26, 40), False),
        (2, (10, 20, 30, 40.26), False),
        (1, (10, 20, 30, 40), False),
    ],
)
def test_a_region_covers_what_is_in_it_on_its_page(page: int, box: tuple[float, ...], covered: bool) -> None:
    region = Region("stamp", (10, 20, 30, 40), 2)
    assert region.covers(page, box) is covered
    assert Region("stamp", (10, 20, 30, 40)).covers(page, box) is (covered or page == 1)
    assert Tolerance(regions=(region,)).ignores(page, box) is covered
    assert Tolerance(regions=(region,)).ignored == ("stamp",)


def test_an_aspect_judges_its_layers() -> None:
    judged = {aspect: {layer for layer in Layer if aspect.judges(layer)} for aspect in Aspect}
    assert judged == {
        Aspect.ALL: set(Layer),
        Aspect.TEXT: {Layer.TEXT},
        Aspect.LAYOUT: {Layer.TEXT, Layer.BREAKS},
        Aspect.PIXELS: {Layer.PICTURE},
    }


def test_settings_have_millimetres_limits_and_places(tmp_path: Path) -> None:
    path = tmp_path / "masthead.toml"
    path.write_text(
        '[comparison]\nbaselines = "kept"\nobjects = "s3://x"\n[comparison.tolerance]\nshift = 1\narea = 7\n'
        '[[comparison.ignore]]\nname = "stamp"\nbox = [10, 20, 30, 40]\npage = 2\n'
        '[[comparison.ignore]]\nname = "all"\nbox = [0, 0, 1, 1]\n'
    )
    found = load(path)
    assert (found.shift, found.area, found.ink, found.ignored) == (1.0, 7, 80, ("stamp", "all"))
    assert [round(side / 72 * 25.4, 6) for side in found.regions[0].box] == [10, 20, 40, 60]
    assert [region.page for region in found.regions] == [2, None]
    assert place(path) == (tmp_path / "kept", "s3://x")
    path.write_text("[comparison]\n")
    assert place(path) == (tmp_path / "baselines", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[comparison]\ntolerances = 1", "unknown setting: comparison.tolerances"),
        ("[comparison.tolerance]\nshft = 1", "invalid tolerance or region"),
        ('[comparison.tolerance]\narea = "x"', "invalid tolerance or region"),
        ('[[comparison.ignore]]\nname = "x"', "invalid tolerance or region"),
        ('[[comparison.ignore]]\nname = "x"\nbox = [1, 2, 3]', "invalid tolerance or region"),
        ('[[comparison.ignore]]\nname = "x"\nbox = [1, 2, 3, 4]\npage = "y"', "invalid tolerance or region"),
    ],
)
def test_wrong_settings_are_named_with_their_file(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "masthead.toml"
    path.write_text(text)
    with pytest.raises(OrderError, match=message) as raised:
        load(path)
    assert str(path) in raised.value.where
    assert "available keys: baselines, ignore, objects, tolerance" in raised.value.hint or "[[" in raised.value.hint


# --- breaks -----------------------------------------------------------------------------------------------------------


def _block(*lines: str, kind: str = "P") -> TextBlock:
    """A block of lines, each `page: words`."""
    pairs = [(int(line.partition(": ")[0]), line.partition(": ")[2]) for line in lines]
    made = tuple(BlockLine(text, page, (0.0, 0.0, 1.0, 1.0)) for page, text in pairs)
    return TextBlock(
        kind, " ".join(text for _, text in pairs), "en", made, on=tuple(dict.fromkeys(p for p, _ in pairs))
    )


def _broken(
    before: list[TextBlock],
    after: list[TextBlock],
    causes: set[int] = frozenset(),
    pushed: set[int] = frozenset(),
    numbers: dict[int, int] = {page: page for page in range(1, 9)},  # noqa: B006
) -> list[str]:
    changes = GlyphChanges(causes=set(causes), pushed=set(pushed))
    found = breaks(before, after, align(before, after), numbers, changes)
    return [f"({each.message})" if each.follows else each.message for each in found]


ONE = _block("1: One line here", "1: and another one", "2: and a third one")
TWO = _block("2: Two lines are", "2: here and there")


def test_a_page_that_ends_later_or_earlier_is_said_with_its_lines() -> None:
    assert _broken([ONE, TWO], [ONE, TWO]) == []
    earlier = _block("1: One line here", "2: and another one", "2: and a third one")
    later = _block("1: One line here", "1: and another one", "1: and a third one")
    assert _broken([ONE, TWO], [earlier, TWO]) == [
        "page 1 ends 1 line earlier, in paragraph “One line here and …”, line 1 of 3"
    ]
    assert _broken([ONE, TWO], [later, TWO]) == [
        "page 1 ends 1 line later, in paragraph “One line here and …”, line 3 of 3"
    ]
    assert _broken([earlier, TWO], [later, TWO]) == [
        "page 1 ends 2 lines later, in paragraph “One line here and …”, line 3 of 3"
    ]


def test_the_ends_of_pages_after_one_that_has_moved_follow_from_it() -> None:
    before = [_block(f"{page}: Line {at} of page {page}") for page in (1, 2, 3) for at in (1, 2)]
    moved = [_block(f"{page}: {block.text}") for page, block in zip((1, 1, 1, 2, 2, 3), before, strict=True)]
    first, second = _broken(before, moved)
    assert first.startswith("page 1 ends 1 line later, in paragraph")
    assert second.startswith("(page 2 ends 1 line later, in paragraph")


def _blocks(written: str) -> list[TextBlock]:
    """Blocks of lines of one word, each a letter and its page: `a1` has a line on page 1, `a1 1 2` two there."""
    return [
        _block(*(f"{each[-1]}: {block[0]}{at} {block[0]}" for at, each in enumerate(block.split())))
        for block in written.split(", ")
    ]


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        # a new paragraph at the end of a page: the same lines of the others are on it
        ("a1, b1 1, c2", "a1, b1 1, x1, c2", []),
        ("a1, c2", "x1, a2, c2", ["(page 1 ends 1 line earlier, in x, line 1 of 1)"]),
        # a paragraph that comes from elsewhere
        ("a1, b1 1, c2, d2, x3", "a1, b1 1, x1, c2, d2", []),
        ("a1, b1, c2, d2, x3", "a1, x1, b2, c2, d3", [
            "(page 1 ends 1 line earlier, in x, line 1 of 1)", "(page 2 ends 1 line earlier, in c, line 1 of 1)",
            "(page 3 ends 1 line earlier, in d, line 1 of 1)"]),
        # what is missing moves the ends of pages after it, and not those before it
        ("a1, b1, x1, c2", "a1, b1, c1", ["(page 1 ends 1 line later, in c, line 1 of 1)"]),
        ("a1, b2, x2, c3", "a1, b1, c3", ["page 1 ends 1 line later, in b, line 1 of 1"]),
        # of a paragraph with fewer lines, the last one counts
        ("a1 1 1 2, c2", "a1 1 1 2, c2", []),
    ],
)  # fmt: skip
def test_a_page_ends_elsewhere_if_other_lines_are_on_it(before: str, after: str, ends: list[str]) -> None:
    found = [each for each in _broken(_blocks(before), _blocks(after)) if "ends" in each]
    assert [re.sub("paragraph “(.).*?”", r"\1", each) for each in found] == ends


def test_the_end_of_a_page_in_words_that_have_changed_follows_from_them() -> None:
    changed = _block("1: One line here", "2: and yet another one", "2: and a third one")
    assert _broken([ONE, TWO], [changed, TWO]) == [
        "(page 1 ends 1 line earlier, in paragraph “One line here and …”, line 1 of 3)"
    ]


@pytest.mark.parametrize("kind", ["Artifact", "Note"])
def test_heads_feet_and_notes_are_not_the_end_of_a_page(kind: str) -> None:
    first, foot, second = _block("1: One line"), _block("1: A/93/7", kind=kind), _block("2: Two lines")
    assert _broken([first, foot, second], [first, second]) == []


def test_lines_that_end_elsewhere_are_named_and_more_than_three_paragraphs_are_one() -> None:
    def words(count: int, *, other: bool) -> list[TextBlock]:
        cut = 3 if other else 4
        named = [[f"w{at}x{i}" for i in range(7)] for at in range(count)]
        return [_block(f"1: {' '.join(each[:cut])}", f"1: {' '.join(each[cut:])}") for each in named]

    assert _broken(words(3, other=False), words(3, other=True)) == [
        f"paragraph “w{at}x0 w{at}x1 w{at}x2 w{at}x3 …” breaks differently: line 1, now at “w{at}x2”" for at in range(3)
    ]
    (one,) = _broken(words(4, other=False), words(4, other=True))
    assert one == (
        "4 paragraphs break differently, the first: "
        "paragraph “w0x0 w0x1 w0x2 w0x3 …” breaks differently: line 1, now at “w0x2”"
    )
    short, long = _block("1: One two three", "1: four"), _block("1: One two", "1: three", "1: four")
    assert _broken([short], [long]) == ["paragraph “One two three four” has 3 lines, not 2"]


@pytest.mark.parametrize(("count", "named"), [(6, "1, 2, 3, 4, 5, 6"), (7, "1, 2, 3, 4, 5, 6 …")])
def test_up_to_six_lines_that_end_elsewhere_are_named(count: int, named: str) -> None:
    def lines(first: int) -> TextBlock:
        words = [f"w{at}" for at in range(20)]
        cuts = [0, *range(first, first + 2 * count, 2), 20]
        return _block(*(f"1: {' '.join(words[begin:end])}" for begin, end in pairwise(cuts)))

    (said,) = _broken([lines(2)], [lines(1)])
    assert said == f"paragraph “w0 w1 w2 w3 …” breaks differently: line {named}, now at “w0”"


def test_a_line_that_ends_elsewhere_is_on_its_page_and_several_name_all_their_pages() -> None:
    def words(name: str, cut: int, page: int) -> TextBlock:
        parts = [f"{name}{at}" for at in range(6)]
        return _block(
            f"{page}: same words", f"{page + 1}: {' '.join(parts[:cut])}", f"{page + 1}: {' '.join(parts[cut:])}"
        )

    def found(*pages: int) -> list[tuple[int | None, tuple[int, ...]]]:
        before, after = ([words(f"w{at}x", cut, page) for at, page in enumerate(pages)] for cut in (2, 3))
        numbers = {page: page for page in range(9)}
        return [
            (each.page, each.pages) for each in breaks(before, after, align(before, after), numbers, GlyphChanges())
        ]

    assert found(1) == [(2, ())]
    assert found(1, 1, 1, 1) == [(2, ())]
    assert found(1, 1, 2, 2) == [(2, (2, 3))]


def test_other_words_break_elsewhere_and_their_number_of_lines_follows() -> None:
    old = _block("1: One two three", "1: four five")
    assert _broken([old], [_block("1: One two", "1: four five six")]) == []
    assert _broken([old], [_block("1: One two", "1: four", "1: six")]) == [
        "(paragraph “One two four six” has 3 lines, not 2)"
    ]
    longer = _block("1: One two", "1: three", "1: four five")
    assert _broken([old], [longer], pushed={0}) == ["(paragraph “One two three four …” has 3 lines, not 2)"]


def test_a_note_on_a_page_that_has_another_number_now_has_not_moved() -> None:
    old, new = _block("1: See all of it", kind="Note"), _block("2: See all of it", kind="Note")
    assert _broken([old], [new], numbers={1: 2}) == []
    assert _broken([old], [new], numbers={1: 3}) == ["note “See all of it” has moved from page 3 to 2"]
    assert _broken([old], [old], numbers={1: 3}) == ["note “See all of it” has moved from page 3 to 1"]
    # a change of the note itself is no reason for its move
    assert _broken([ONE, old], [ONE, new], {1}) == ["note “See all of it” has moved from page 1 to 2"]
    undrawn = TextBlock("Note", old.text, "en", ())
    assert _broken([old], [undrawn]) == [
        "note “See all of it” has moved from page 1 to no page",
        "note “See all of it” has 0 lines, not 1",
    ]


def test_a_note_on_another_page_is_named_and_follows_from_what_is_before_it() -> None:
    old, new = _block("1: See all of it", kind="Note"), _block("2: See all of it", kind="Note")
    assert _broken([ONE, old], [ONE, new]) == ["note “See all of it” has moved from page 1 to 2"]
    assert _broken([ONE, old], [ONE, new], {0}) == ["(note “See all of it” has moved from page 1 to 2)"]
    both = _block("1: See all of", "2: it", kind="Note")
    assert "has moved from page 1 to 1 and 2" in _broken([ONE, old], [ONE, both])[0]


# --- decisions --------------------------------------------------------------------------------------------------------

FIRST, SECOND = b"%PDF-1 first", b"%PDF-1 second"


def _decided(act: Act, data: bytes = FIRST, *, pages: tuple[int, ...] = (), why: str = "") -> tuple[Decision, bytes]:
    name = "E_1.ar.pdf"
    when = "2031-01-01T00:00:00+00:00"
    return Decision(act, "E/1 ar", sha256(data), "Layla", when, why, name, pages=pages), data


@pytest.mark.parametrize(
    ("acts", "baseline", "pages", "rejected"),
    [
        ("A1", FIRST, (), ()),
        ("A1 A2", SECOND, (), ()),
        ("A1 A2 U", FIRST, (), ()),
        ("A1 A2 U U", None, (), ()),
        ("A1 A2 U A2", SECOND, (), ()),
        ("A1 W", None, (), ()),
        ("A1 W U", FIRST, (), ()),
        ("A1 P2", FIRST, (2, 3), ()),
        ("A1 P2 A2", SECOND, (), ()),
        ("A1 R2", FIRST, (), (SECOND,)),
        ("A1 R2 A2", SECOND, (), ()),
        ("A1 R2 P2", FIRST, (2, 3), ()),
        ("A1 R2 U", FIRST, (), ()),
        ("R1 A2", SECOND, (), (FIRST,)),
    ],
)
def test_decisions_count_in_their_order_and_an_undo_cancels_the_last(
    acts: str, baseline: bytes | None, pages: tuple[int, ...], rejected: tuple[bytes, ...], tmp_path: Path
) -> None:
    kept = Baselines(tmp_path / "baselines")
    for act in acts.split():
        data = {"1": FIRST, "2": SECOND}.get(act[1:], FIRST)
        kind = {"A": Act.APPROVE, "P": Act.APPROVE, "W": Act.WITHDRAW, "R": Act.REJECT, "U": Act.UNDO}[act[0]]
        decision, content = _decided(kind, data, pages=(2, 3) if act[0] == "P" else ())
        kept.record([(decision, b"" if act[0] in "UW" else content)])
    standing = kept.standings()["E/1 ar"]
    assert (standing.baseline and standing.baseline.sha256) == (baseline and sha256(baseline))
    assert standing.pages == {(sha256(SECOND), page) for page in pages}
    assert standing.rejected == {sha256(data): "no reason given" for data in rejected}
    assert [file.read() for file in kept.pdf_files()] == ([baseline] if baseline else [])
    assert standing.undoable is (acts != "A1 A2 U U")


def test_each_decision_names_the_baseline_before_it(tmp_path: Path) -> None:
    kept = Baselines(tmp_path)
    for data in (FIRST, SECOND):
        kept.record([_decided(Act.APPROVE, data, why="so")])
    lines = [json.loads(line) for line in (tmp_path / INDEX).read_text().splitlines()]
    assert [line["previous"] for line in lines] == ["", sha256(FIRST)]
    assert [each.why for each in kept.decisions()] == ["so", "so"]


def test_files_that_no_decision_can_bring_back_are_deleted(tmp_path: Path) -> None:
    kept = Baselines(tmp_path)
    kept.record([_decided(Act.APPROVE, FIRST), _decided(Act.REJECT, SECOND)])
    other = tmp_path / "objects" / "notes.txt"
    other.write_text("mine")
    assert [Path(address).name for address in kept.collect()] == [f"{sha256(SECOND)}.pdf"]
    assert kept.read(sha256(FIRST)) == FIRST
    assert other.exists()
    assert kept.collect() == ()


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda text: text + "x", "the last line is cut off"),
        (lambda text: text.replace('"approve"', '"like"'), "not a decision"),
        (lambda text: text.replace('"by": "Layla"', '"by": 7'), "not a decision: no hash"),
        (lambda text: text.replace(sha256(FIRST), "00"), "not a decision: no hash"),
        (lambda text: text.replace('"pages": []', '"pages": ["x"]'), "not a decision"),
        (lambda text: "[]\n", "not a decision"),
    ],
)
def test_a_damaged_index_is_an_error_with_its_line(harm: object, message: str, tmp_path: Path) -> None:
    kept = Baselines(tmp_path)
    kept.record([_decided(Act.APPROVE)])
    index = tmp_path / INDEX
    index.write_text(harm(index.read_text()))  # type: ignore[operator]
    with pytest.raises(BaselineError, match=f"the index of baselines is damaged: {message}") as raised:
        kept.standings()
    assert raised.value.where.startswith(f"{index}:")


def test_a_lost_or_changed_file_is_an_error(tmp_path: Path) -> None:
    kept = Baselines(tmp_path)
    kept.record([_decided(Act.APPROVE)])
    (stored,) = (tmp_path / "objects").rglob("*.pdf")
    stored.write_bytes(b"other")
    with pytest.raises(BaselineError, match="the baseline's bytes are not those that were approved"):
        kept.read(sha256(FIRST))
    kept.record([_decided(Act.APPROVE)])
    assert kept.read(sha256(FIRST)) == FIRST
    stored.unlink()
    with pytest.raises(BaselineError, match="the baseline's file is missing"):
        kept.read(sha256(FIRST))


@pytest.mark.parametrize(
    ("page", "box", "pages", "place", "on"),
    [
        (None, None, (), "", ()),
        (3, None, (), "page 3", (3,)),
        (3, (72, 144, 108, 252), (), "page 3 at 25.4 mm from the left, 50.8 from the top, 12.7 × 38.1", (3,)),
        (3, None, (3, 5), "2 pages, 3 and 5", (3, 5)),
        (3, (0, 0, 1, 1), (3, 5, 6), "3 pages, 3 to 6", (3, 5, 6)),
    ],
)
def test_a_difference_has_a_place_in_words(
    page: int | None, box: Any, pages: tuple[int, ...], place: str, on: tuple[int, ...]
) -> None:
    found = Difference(Layer.PICTURE, "odd", page, box, pages=pages)
    assert (found.place, found.on_pages) == (place, on)
