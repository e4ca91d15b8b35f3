"""The options of sheets at their limits: sizes of paper, distances, folds, blanks, and what does not fit."""

from __future__ import annotations

import pytest

from masthead.document import OrderError
from masthead.press.imposition import (
    Blanks,
    Booklet,
    Cover,
    CutStack,
    Edge,
    NUp,
    Paper,
    Perfect,
    Saddle,
    SheetOptions,
    StepRepeat,
    Worked,
)
from masthead.press.imposition.layout import BLEED, MARK, MM, PageBox, lay_out
from masthead.press.imposition.schemes import Fold, ImposedSheet, folds_of, side

PAGE = (200.0, 300.0)

# --- paper and distances ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("A2", (420, 594)), ("A3", (297, 420)), ("A4", (210, 297)), ("A5", (148, 210)), ("A6", (105, 148)),
        ("B3", (353, 500)), ("B4", (250, 353)), ("B5", (176, 250)),
        ("RA2", (430, 610)), ("RA3", (305, 430)), ("SRA2", (450, 640)), ("SRA3", (320, 450)), ("SRA4", (225, 320)),
        ("letter", (215.9, 279.4)), ("LEGAL", (215.9, 355.6)), (" tabloid ", (279.4, 431.8)),
        ("450x320", (450, 320)), (" 450 × 320 mm ", (450, 320)), ("20x5000", (20, 5000)),
        ("99.5x100.25mm", (99.5, 100.25)),
    ],
)  # fmt: skip
def test_a_paper_has_a_name_or_a_size(text, size):
    assert Paper.parse(text) == Paper(*size)


@pytest.mark.parametrize("text", ["", "A1", "19.9x100", "100x5001", "100", "100x", "x100", "100x100in", "-100x100"])
def test_an_unknown_paper_is_refused(text):
    with pytest.raises(OrderError) as caught:
        Paper.parse(text)
    assert caught.value.message == f"unknown paper size: {text}"
    assert caught.value.hint.startswith("give A2, A3, A4, A5, A6, B3, B4, B5, RA2, RA3, SRA2, SRA3, SRA4, LETTER, ")


@pytest.mark.parametrize(("name", "most"), [("gutter", 100), ("spine", 80), ("creep", 2), ("bottling", 2)])
def test_a_distance_has_limits(name, most):
    for allowed in (0, most):
        assert getattr(SheetOptions(**{name: allowed}), name) == allowed
    for refused in (-0.1, most + 0.1):
        with pytest.raises(OrderError) as caught:
            SheetOptions(**{name: refused})
        assert caught.value.message == f"{name} out of range: {refused} mm"
        assert caught.value.hint == f"give 0 to {most} mm"


@pytest.mark.parametrize(
    ("make", "least", "most", "name"),
    [
        (lambda n: Saddle(folds=n), 1, 3, "folds"), (lambda n: Perfect(folds=n), 1, 3, "folds"),
        (lambda n: Perfect(sheets=n), 1, 64, "sheets"), (lambda n: NUp(n, 1), 1, 16, "columns"),
        (lambda n: NUp(1, n), 1, 16, "rows"), (lambda n: CutStack(n, 1), 1, 16, "columns"),
        (lambda n: StepRepeat(1, n), 1, 16, "rows"),
    ],
)  # fmt: skip
def test_a_scheme_has_limits(make, least, most, name):
    assert make(least) and make(most)
    for refused in (least - 1, most + 1):
        with pytest.raises(OrderError) as caught:
            make(refused)
        assert (caught.value.message, caught.value.hint) == (
            f"cannot impose with {refused} {name}",
            f"give {least} to {most} {name}",
        )


@pytest.mark.parametrize(
    ("scheme", "options", "width", "height"),
    [
        # What the pages, gaps, bleed and marks need.
        (Saddle(), {}, 400, 300), (Saddle(2), {"gutter": 5}, 400, 600 + 5 * MM),
        (Perfect(2), {"spine": 4}, 400 + 4 * MM, 300),
        (CutStack(3, 2), {"gutter": 5}, 600 + 10 * MM, 600 + 5 * MM), (Cover(), {"spine": 9}, 400 + 9 * MM, 300),
        (Saddle(3), {"gutter": 5, "spine": 2}, 800 + 9 * MM, 600 + 5 * MM),
    ],
)  # fmt: skip
def test_a_sheet_is_as_large_as_it_must_be_and_pages_fit_exactly_on_such_paper(scheme, options, width, height):
    edge = 2 * (BLEED + MARK)
    for given, margin in (({}, edge), ({"marks": False}, 0), ({"marks": False, "controls": True}, edge)):
        layout = lay_out(scheme, SheetOptions(**options, **given), PAGE)
        assert (layout.width, layout.height) == pytest.approx((width + margin, height + margin))
        assert layout.scale == 1
    sizes = (width + edge) / MM, (height + edge) / MM
    for paper in (Paper(*sizes), Paper(*sizes[::-1])):  # in any orientation
        layout = lay_out(scheme, SheetOptions(**options, paper=paper), PAGE)
        assert (layout.width, layout.height) == pytest.approx((width + edge, height + edge))
    with pytest.raises(OrderError, match=r"^\d × \d pages of 71 × 106 mm do not fit on "):
        lay_out(scheme, SheetOptions(**options, paper=Paper(sizes[0] * 0.995, sizes[1])), PAGE)
    # Many files round their page sizes.
    lay_out(scheme, SheetOptions(**options, paper=Paper(sizes[0] - 0.04, sizes[1] - 0.04)), PAGE)


def test_what_does_not_fit_is_said_with_what_it_needs():
    with pytest.raises(OrderError) as caught:
        lay_out(Saddle(), SheetOptions(paper=Paper.parse("A6")), PAGE)
    assert caught.value.message == "2 × 1 pages of 71 × 106 mm do not fit on 105 × 148 mm"
    assert caught.value.hint == "they need 157 × 122 mm; use larger paper, or booklet or n-up, which scale the pages"
    with pytest.raises(OrderError, match="do not fit"):  # nothing is left between the marks
        lay_out(NUp(2, 1), SheetOptions(paper=Paper(20, 20), gutter=10), PAGE)


def test_a_booklet_without_paper_is_printed_on_paper_as_large_as_a_page():
    layout = lay_out(Booklet(), SheetOptions(marks=False), PAGE)
    assert (layout.width, layout.height, layout.scale) == (300, 200, pytest.approx(2 / 3))


# --- places -----------------------------------------------------------------------------------------------------------


def places(scheme, options, face=0, pages=8):
    layout = lay_out(scheme, options, PAGE)
    sheets = scheme.arrange(pages, Edge.LEFT)
    faces = [each for sheet in sheets for each in (sheet.front, sheet.back)]
    return layout, tuple(layout.placements(faces[face]))


def edges(box):
    return box.left, box.bottom, box.right, box.top


def test_a_page_bleeds_to_the_middle_of_a_gutter_and_not_over_its_spine():
    layout, (one, two, three, four) = places(Saddle(2), SheetOptions(gutter=2, spine=0))
    (x, spine), (_, right) = layout.columns
    (top, middle), (below, bottom) = layout.rows
    assert edges(one.clip) == pytest.approx((x - BLEED, middle - MM, spine, top + BLEED))
    assert edges(two.clip) == pytest.approx((spine, middle - MM, right + BLEED, top + BLEED))
    assert edges(three.clip) == pytest.approx((x - BLEED, bottom - BLEED, spine, below + MM))
    assert edges(four.clip) == pytest.approx((spine, bottom - BLEED, right + BLEED, below + MM))
    assert edges(one.trim) == pytest.approx((x, middle, spine, top))
    assert edges(four.trim) == pytest.approx((spine, bottom, right, below))
    _, (wide, *_) = places(Saddle(2), SheetOptions(gutter=20, spine=4))
    assert wide.clip.right - wide.trim.right == pytest.approx(2 * MM)  # half of what is milled off
    assert wide.trim.bottom - wide.clip.bottom == pytest.approx(BLEED)
    _, (narrow, *_) = places(Saddle(2), SheetOptions(spine=20))
    assert narrow.clip.right - narrow.trim.right == pytest.approx(BLEED)


def test_creep_leaves_the_outer_edges_of_the_bleed_where_they_are():
    layout, (left, right) = places(Saddle(), SheetOptions(creep=1), face=2, pages=16)
    assert left.trim.left == pytest.approx(layout.columns[0][0] + MM)
    assert right.trim.right == pytest.approx(layout.columns[1][1] - MM)
    assert left.clip.left == pytest.approx(layout.columns[0][0] - BLEED + MM)
    assert right.clip.right == pytest.approx(layout.columns[1][1] + BLEED - MM)
    assert left.clip.right == right.clip.left == layout.columns[0][1]
    assert (left.pivot, right.pivot) == ((left.trim.right, left.trim.bottom), (right.trim.left, right.trim.bottom))


@pytest.mark.parametrize(
    ("scheme", "across", "down"),
    [
        (Saddle(), 1, 0), (Saddle(2), 1, 1), (Saddle(3), 3, 1), (Saddle(section=12), 1, 2), (NUp(3, 3), 0, 0),
        (CutStack(2, 2), 0, 0), (Worked(Saddle()), 2, 0), (Worked(Saddle(2)), 2, 1), (Worked(Saddle(2), True), 1, 2),
        (Cover(), 2, 0),
    ],
)  # fmt: skip
def test_folds_are_in_the_middle_of_the_gaps(scheme, across, down):
    layout = lay_out(scheme, SheetOptions(gutter=6, spine=2), PAGE)
    xs, ys = layout.folds()
    assert (len(xs), len(ys)) == (across, down)
    if not isinstance(scheme, Cover):
        gaps = [(a[1] + b[0]) / 2 for a, b in zip(layout.columns, layout.columns[1:], strict=False)]
        assert set(xs) <= set(gaps)
        assert isinstance(scheme, Worked) or xs in ([], gaps)
    if isinstance(scheme, Worked):  # the middle is a cut
        assert (
            pytest.approx(layout.width / 2 if not scheme.tumble else layout.height / 2) not in (xs, ys)[scheme.tumble]
        )


def test_boxes_turn_counterclockwise():
    box = PageBox(1, 2, 5, 10)
    assert [box.rotated(quarters) for quarters in (0, 1, 2, 3, 4, -1)] == [
        box, PageBox(-10, 1, -2, 5), PageBox(-5, -10, -1, -2), PageBox(2, -5, 10, -1), box, PageBox(2, -5, 10, -1),
    ]  # fmt: skip
    assert (box.width, box.height, box.outset(1)) == (4, 8, PageBox(0, 1, 6, 11))
    assert [float(edge) for edge in PageBox(1.23456, 2, 3, 4).array(3)] == [1.235, 2, 3, 4]


# --- covers, blanks, folds --------------------------------------------------------------------------------------------


def numbers(sheets):
    return [
        [tuple(cell.page for cell in face) for face in (sheet.front, sheet.back)] for sheet in sheets
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "binding", "faces"),
    [
        (1, Edge.LEFT, [(None, 0), (None, None)]), (2, Edge.LEFT, [(1, 0), (None, None)]),
        (4, Edge.LEFT, [(3, 0), (1, 2)]), (1, Edge.RIGHT, [(0, None), (None, None)]),
        (2, Edge.RIGHT, [(0, 1), (None, None)]), (4, Edge.RIGHT, [(0, 3), (2, 1)]),
    ],
)  # fmt: skip
def test_a_cover_has_its_pages_at_the_faces_that_show_them(pages, binding, faces):
    assert numbers(Cover().arrange(pages, binding)) == [faces]


@pytest.mark.parametrize("pages", [0, 3, 5])
def test_a_cover_of_other_pages_is_refused(pages):
    with pytest.raises(OrderError, match=f"a cover cannot have {pages} pages") as caught:
        Cover().arrange(pages, Edge.LEFT)
    assert caught.value.hint == "give the front, the front and the back, or all four pages"


@pytest.mark.parametrize(
    ("blanks", "scheme", "expected"),
    [
        (Blanks(), Saddle(), [[(None, 0), (1, 2)]]),
        (Blanks((1,)), Saddle(), [[(2, 0), (None, 1)]]),
        (Blanks((3,)), Saddle(), [[(None, 0), (1, 2)]]),
        (Blanks((1, 1)), Saddle(), [[(None, 0), (None, None)], [(None, None), (1, 2)]]),
        (Blanks(before_last=True), Saddle(), [[(2, 0), (1, None)]]),
        (Blanks((1,), True), Saddle(), [[(2, 0), (None, 1)]]),
        (Blanks(before_last=True), NUp(1, 1), [[(0,), (1,)], [(None,), (2,)]]),
        # These have no last page of a publication.
        (Blanks(before_last=True), StepRepeat(1, 1), [[(0,), (1,)], [(2,), (None,)]]),
    ],
)  # fmt: skip
def test_blank_pages_are_where_they_are_asked_for(blanks, scheme, expected):
    assert numbers(blanks.arrange(scheme, 3, Edge.LEFT)) == expected


@pytest.mark.parametrize("page", [0, 4])
def test_no_blank_page_follows_a_page_that_does_not_exist(page):
    with pytest.raises(OrderError, match=f"no blank page can follow page {page}") as caught:
        Blanks((2, page)).arrange(Saddle(), 3, Edge.LEFT)
    assert caught.value.hint == "give pages from 1 to 3"


def test_blank_pages_of_a_cover_do_not_move_its_last_page():
    assert Blanks(before_last=True).arrange(Cover(), 2, Edge.LEFT) == Cover().arrange(2, Edge.LEFT)


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (4, ["AT"]), (8, ["UPPER", "AT"]), (12, ["UPPER", "LOWER", "AT"]), (16, ["AT", "UPPER", "AT"]),
        (24, ["AT", "UPPER", "LOWER", "AT"]),
    ],
)  # fmt: skip
def test_the_last_fold_is_the_spine(section, expected):
    for edge, aside in ((Edge.LEFT, Fold.LEFT), (Edge.RIGHT, Fold.RIGHT)):
        assert list(folds_of(Saddle(section=section).grid, edge)) == [
            aside if name == "AT" else Fold[name] for name in expected
        ]


def test_faces_are_named_for_people():
    (sheet,) = Saddle().arrange(4, Edge.LEFT)
    assert (side(sheet, sheet.front), side(sheet, sheet.back)) == ("front", "back")
    assert side(ImposedSheet(sheet.front, ()), sheet.front) == "both sides"
