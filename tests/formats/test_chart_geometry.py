"""Where the parts of a chart are: in the proportions of the values, and as the mirror image from right to left."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import atan2, degrees, dist, hypot

import pytest
from lxml import etree

from masthead.document import Digits, Language, SourceError, locales
from masthead.formats import charting
from masthead.formats.charting import ChartForm, ChartRow
from masthead.formats.plotting.canvas import Canvas
from masthead.formats.plotting.lettering import letters_width, wrapped
from masthead.formats.plotting.plot import Axis, Plot, Series

SVG = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """What a drawing has: its size, texts with their places and anchors, areas by shade, lines with their dashes."""

    size: Point
    texts: list[tuple[str, float, float, str]]
    areas: list[tuple[str, list[Point]]]
    lines: list[tuple[Point, Point, str, str]]

    def place(self, text: str) -> Point:
        ((_, x, y, _),) = [each for each in self.texts if each[0] == text]
        return x, y

    def boxes(self, shade: str) -> list[tuple[float, float, float, float]]:
        """The left, top, right and bottom of the rectangles of a shade, without that of the legend."""
        found = [points for colour, points in self.areas if colour == shade and len(points) == 4]
        found = [each for each in found if max(x for x, _ in each) - min(x for x, _ in each) > 10.1]
        return [
            (min(x for x, _ in each), min(y for _, y in each), max(x for x, _ in each), max(y for _, y in each))
            for each in found
        ]


def look(picture: bytes) -> Drawn:
    root = etree.fromstring(picture)
    width, height = map(float, root.get("viewBox").split()[2:])
    texts = [
        ("".join(each.itertext()), float(each.get("x")), float(each.get("y")), each.get("text-anchor"))
        for each in root.iter(f"{SVG}text")
    ]
    areas = [
        (each.get("fill"), [(float(x), float(y)) for x, y in (p.split(",") for p in each.get("points").split())])
        for each in root.iter(f"{SVG}polygon")
    ]
    lines = [
        (
            (float(each.get("x1")), float(each.get("y1"))),
            (float(each.get("x2")), float(each.get("y2"))),
            each.get("stroke-width"),
            each.get("stroke-dasharray", ""),
        )
        for each in root.iter(f"{SVG}line")
    ]
    return Drawn((width, height), texts, areas, lines)


def rows(*values: str) -> list[ChartRow]:
    return [ChartRow(tuple(value.split("|")), f"x.md:{number}") for number, value in enumerate(values, 1)]


def draw(form: ChartForm, *values: str, language: Language = Language.ENGLISH) -> Drawn:
    return look(charting.draw(rows(*values), form, locales.load(language), Digits.WESTERN).picture)


# No value is that of a tick, so that each text is found.
ONE = ("Year|Boats", "Levee|11", "Quay|44", "Pier|33")
TWO = ("Year|Boats|Ships", "Levee|11|22", "Quay|44|5.5", "Pier|33|27.5")
DARK, WHITE, LIGHT = "#595959", "#ffffff", "#d9d9d9"


def tick_scale(drawn: Drawn, axis: int, labels: tuple[str, str]) -> tuple[float, float]:
    """Return where zero is along an axis, and the length of one, by the labels of two ticks."""
    low, high = (drawn.place(label)[axis] for label in labels)
    length = (high - low) / (float(labels[1]) - float(labels[0]))
    return low - float(labels[0]) * length, length


def test_columns_stand_on_zero_and_are_as_high_as_the_axis_says() -> None:
    drawn = draw(ChartForm("columns"), *ONE[:1], "Levee|11", "Quay|45", "Pier|-15")
    zero, one = tick_scale(drawn, 1, ("0", "20"))
    up, high, down = drawn.boxes(DARK)
    for box, value in ((up, 11), (high, 45), (down, -15)):
        top, bottom = sorted((zero - 3 + value * one, zero - 3))
        assert (box[1], box[3]) == pytest.approx((top, bottom), abs=0.02), value
    left, right = sorted(drawn.texts, key=lambda each: each[1])[0][1], drawn.size[0]
    assert left < up[0] < up[2] < high[0] < high[2] < down[0] < down[2] <= right
    assert up[2] - up[0] == pytest.approx(high[2] - high[0], abs=0.02)
    assert high[0] - up[0] == pytest.approx(down[0] - high[0], abs=0.02)
    for name, box in (("Levee", up), ("Quay", high), ("Pier", down)):
        assert drawn.place(name)[0] == pytest.approx((box[0] + box[2]) / 2, abs=0.02)
        assert drawn.place(name)[1] > zero
    assert drawn.place("45")[1] < high[1] and drawn.place("-15")[1] > down[3], "above, and below if it is negative"


def test_columns_of_two_series_are_beside_each_other_and_stacked_ones_above() -> None:
    beside = draw(ChartForm("columns"), *TWO)
    one, other = beside.boxes(DARK), beside.boxes(WHITE)
    for left, right in zip(one, other, strict=True):
        assert left[2] == pytest.approx(right[0], abs=0.02) and left[3] == right[3]
    assert beside.place("Boats")[0] < beside.place("Ships")[0]
    stacked = draw(ChartForm("columns", "stacked"), *TWO)
    one, other = stacked.boxes(DARK), stacked.boxes(WHITE)
    for lower, upper in zip(one, other, strict=True):
        assert (upper[0], upper[2]) == (lower[0], lower[2]) and upper[3] == pytest.approx(lower[1], abs=0.02)
    heights = [box[3] - box[1] for pair in zip(one, other, strict=True) for box in pair]
    assert [round(height / heights[0], 1) for height in heights] == [1, 2, 4, 0.5, 3, 2.5]


def test_shares_fill_the_whole_height_whatever_their_sums_are() -> None:
    drawn = draw(ChartForm("columns", "shares"), *TWO)
    one, other = drawn.boxes(DARK), drawn.boxes(WHITE)
    tops, bottoms = {box[1] for box in other}, {box[3] for box in one}
    assert len(tops) == len(bottoms) == 1
    (top,), (bottom,) = tops, bottoms
    assert [round((box[3] - box[1]) / (bottom - top), 3) for box in one] == [0.333, 0.889, 0.545]
    assert {"0%", "100%"} <= {text for text, *_ in drawn.texts}
    french = draw(ChartForm("bars", "shares"), *TWO, language=Language.FRENCH)
    assert "100\u00a0%" in {text for text, *_ in french.texts}


def test_bars_begin_with_the_first_category_at_the_top() -> None:
    drawn = draw(ChartForm("bars"), *ONE)
    zero, one = tick_scale(drawn, 0, ("0", "20"))
    boxes = drawn.boxes(DARK)
    assert [box[1] for box in boxes] == sorted(box[1] for box in boxes)
    for box, value, name in zip(boxes, (11, 44, 33), ("Levee", "Quay", "Pier"), strict=True):
        assert (box[0], box[2]) == pytest.approx((zero, zero + value * one), abs=0.02)
        assert drawn.place(name)[1] == pytest.approx((box[1] + box[3]) / 2 + 3, abs=0.02)
        assert drawn.place(name)[0] < box[0] < box[2] < drawn.place(str(value))[0]
    stacked = draw(ChartForm("bars", "stacked"), *TWO)
    one_box, other = stacked.boxes(DARK), stacked.boxes(WHITE)
    for first, second in zip(one_box, other, strict=True):
        assert second[0] == pytest.approx(first[2], abs=0.02) and (second[1], second[3]) == (first[1], first[3])
    twice = draw(ChartForm("bars"), *TWO)
    upper, lower = twice.boxes(DARK), twice.boxes(WHITE)
    assert [round(a[3] - b[1], 1) for a, b in zip(upper, lower, strict=True)] == [0, 0, 0]


def test_the_height_of_bars_grows_with_their_number_and_that_of_radars_is_their_own() -> None:
    many = ("Year|Boats", *(f"Pier {at}|{at}" for at in range(1, 11)))
    assert draw(ChartForm("bars"), *ONE).size == (360, 200)
    assert draw(ChartForm("bars"), *many).size == (360, 280)
    assert draw(ChartForm("radar"), *ONE).size == (360, 260)
    assert draw(ChartForm("bars", width=300, height=100), *many).size == (300, 100)


def test_lines_and_areas_go_through_their_values() -> None:
    drawn = draw(ChartForm("lines"), *TWO)
    zero, one = tick_scale(drawn, 1, ("0", "10"))
    solid = [line for line in drawn.lines if line[2] == "1.5" and line[3] == "" and line[0][1] != line[1][1]]
    dashed = [line for line in drawn.lines if line[2] == "1.5" and line[3] == "5 2" and line[0][1] != line[1][1]]
    for lines, values in ((solid, (11, 44, 33)), (dashed, (22, 5.5, 27.5))):
        places = [lines[0][0], *(line[1] for line in lines)]
        assert [line[0] for line in lines[1:]] == [line[1] for line in lines[:-1]]
        assert [y for _, y in places] == pytest.approx([zero - 3 + value * one for value in values], abs=0.02)
        assert [x for x, _ in places] == pytest.approx([drawn.place(name)[0] for name in ("Levee", "Quay", "Pier")])
    gap = draw(ChartForm("lines"), "Year|Boats", "a|1", "b|", "c|2", "d|3")
    assert len([line for line in gap.lines if line[2] == "1.5"]) == 1, "no line over a gap"
    area = draw(ChartForm("area"), *TWO)
    zero, one = tick_scale(area, 1, ("0", "20"))
    (lower,) = [points for shade, points in area.areas if shade == DARK and len(points) == 6]
    (upper,) = [points for shade, points in area.areas if shade == WHITE and len(points) == 6]
    assert [y for _, y in lower[:3]] == pytest.approx([zero - 3 + each * one for each in (11, 44, 33)], abs=0.02)
    assert [y for _, y in upper[:3]] == pytest.approx([zero - 3 + each * one for each in (33, 49.5, 60.5)], abs=0.02)
    assert upper[3:] == lower[:3][::-1]


def test_a_column_may_have_lines_over_it() -> None:
    drawn = draw(ChartForm("columns", lines=(2,)), *TWO)
    assert len(drawn.boxes(DARK)) == 3 and len([line for line in drawn.lines if line[3] == "5 2"]) == 3


def slices(drawn: Drawn, centre: Point) -> list[tuple[float, float]]:
    """Return by slice where it ends, in degrees from the top clockwise, and how far it reaches."""
    found = []
    for _, points in drawn.areas:
        if len(points) > 8:
            x, y = max(points, key=lambda point: dist(point, centre))
            reach = hypot(x - centre[0], y - centre[1])
            outer = [point for point in points if abs(dist(point, centre) - reach) < 0.05]
            ends = [degrees(atan2(px - centre[0], centre[1] - py)) % 360 for px, py in outer]
            found.append((round(ends[-1]) % 360, round(reach, 1)))
    return found


@pytest.mark.parametrize("kind", ["pie", "doughnut"])
def test_the_slices_of_a_pie_begin_at_the_top_and_have_the_shares_of_their_values(kind: str) -> None:
    drawn = draw(ChartForm(kind), "Year|Boats", "Levee|25", "Quay|50", "Pier|5", "Jetty|20")
    corners = [points[-1] for _, points in drawn.areas if len(points) > 8]
    centre = corners[0] if kind == "pie" else (180.0, 0.0)
    if kind == "pie":
        assert set(corners) == {centre} and centre[0] == 180
        assert [end for end, _ in slices(drawn, centre)] == [90, 270, 288, 0]
        for text, (x, y) in {"25": (1, -1), "50": (0, 1), "20": (-1, -1)}.items():
            place = drawn.place(text)
            assert all(sign == 0 or (at - of) * sign > 0 for at, of, sign in zip(place, centre, (x, y), strict=True))
    else:
        (ring, *_) = [points for _, points in drawn.areas if len(points) > 8]
        half = len(ring) // 2
        top = ring[0]
        radii = ring[0][1] - ring[-1][1]
        assert top[0] == 180 and radii < 0, "it begins at the top"
        inner = dist(ring[half], ring[half - 1])
        assert inner == pytest.approx(-radii, abs=0.05), "the same width all along"


def test_a_pie_of_several_series_has_rings_around_one_another() -> None:
    drawn = draw(ChartForm("pie"), *TWO)
    rings = [points for _, points in drawn.areas if len(points) > 8]
    assert len(rings) == 6
    reach = [max(abs(y - 90) for _, y in points) for points in rings]
    assert max(reach[:3]) < max(reach[3:])


def test_points_are_where_both_axes_say_and_the_axes_have_names() -> None:
    drawn = draw(ChartForm("points"), "Depth|Boats", "1|11", "2|44", "4|33", "|5")
    across, one = tick_scale(drawn, 0, ("1", "3"))
    up, step = tick_scale(drawn, 1, ("20", "40"))
    marks = [points for _, points in drawn.areas]
    centres = [(sum(x for x, _ in each) / len(each), sum(y for _, y in each) / len(each)) for each in marks]
    expected = [(across + x * one, up - 3 + y * step) for x, y in ((1, 11), (2, 44), (4, 33))]
    assert [each for pair in centres for each in pair] == pytest.approx(
        [e for pair in expected for e in pair], abs=0.05
    )
    assert drawn.place("Depth")[0] == 180 and drawn.place("Depth")[1] > drawn.place("1")[1]
    assert drawn.place("Boats")[0] == 2 and drawn.place("Boats")[1] < min(y for _, y in centres)
    several = draw(ChartForm("points"), "Depth|Boats|Ships", "1|10|20", "2|40|5")
    assert [text for text, *_ in several.texts].count("Boats") == 1, "in the legend alone"


def test_a_radar_has_a_ray_for_each_category_from_the_top_clockwise() -> None:
    drawn = draw(ChartForm("radar"), "Year|Boats", "North|10", "East|20", "South|40", "West|30")
    rays = [line for line in drawn.lines if line[2] == "0.5" and line[0] == (180.0, line[0][1])]
    centre = max({line[0] for line in rays}, key=[line[0] for line in rays].count)
    marks = [(sum(x for x, _ in each) / len(each), sum(y for _, y in each) / len(each)) for _, each in drawn.areas]
    reach = [dist(mark, centre) for mark in marks]
    assert [round(each / reach[0], 1) for each in reach] == [1, 2, 4, 3]
    north, east, south, west = marks
    assert north[1] < centre[1] < south[1] and west[0] < centre[0] < east[0]
    assert north[0] == pytest.approx(centre[0], abs=0.05) and east[1] == pytest.approx(centre[1], abs=0.05)
    for name, (x, y) in {"North": (0, -1), "East": (1, 0), "South": (0, 1), "West": (-1, 0)}.items():
        place = drawn.place(name)
        assert (place[0] - centre[0]) * x >= 0 and (place[1] - centre[1]) * y >= 0
    anchors = {text: anchor for text, _, _, anchor in drawn.texts}
    assert [anchors[name] for name in ("North", "East", "South", "West")] == ["middle", "start", "middle", "end"]


@pytest.mark.parametrize(
    "form",
    [*(ChartForm(kind) for kind in charting.KINDS if kind != "points"), ChartForm("columns", "stacked", (2,))],
    ids=lambda form: f"{form.kind} {form.over}",
)
def test_a_mirrored_chart_is_the_mirror_image_but_for_its_letters(
    form: ChartForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = draw(form, *TWO)
    monkeypatch.setattr(
        charting, "Canvas", lambda *size, mirrored, patterned: Canvas(*size, mirrored=True, patterned=patterned)
    )
    mirrored = draw(form, *TWO)
    width = plain.size[0]
    turned = {"start": "end", "end": "start", "middle": "middle"}
    assert mirrored.texts == [
        (text, pytest.approx(width - x, abs=0.011), y, turned[anchor]) for text, x, y, anchor in plain.texts
    ]
    assert [fill for fill, _ in mirrored.areas] == [fill for fill, _ in plain.areas]
    for (_, points), (_, others) in zip(mirrored.areas, plain.areas, strict=True):
        assert [x for x, _ in points] == pytest.approx([width - x for x, _ in others], abs=0.011)
        assert [y for _, y in points] == [y for _, y in others]
    for one, other in zip(mirrored.lines, plain.lines, strict=True):
        assert [one[0][0], one[1][0]] == pytest.approx([width - other[0][0], width - other[1][0]], abs=0.011)
        assert (one[0][1], one[1][1], *one[2:]) == (other[0][1], other[1][1], *other[2:])


def test_labels_do_not_cover_one_another_and_stay_inside() -> None:
    drawn = draw(ChartForm("lines"), "Year|A|B|C", "a|110|110.1|110.2", "b|999|500|501", "c|5|5|5")
    taken: list[tuple[float, float, float, float]] = []
    for text, x, y, anchor in drawn.texts:
        if anchor == "middle" and text[0].isdigit():
            half = 8.5 * letters_width(text) / 2
            taken.append((x - half, y - 0.7 * 8.5, x + half, y))
    for at, one in enumerate(taken):
        assert one[0] >= -0.1 and one[2] <= 360.1
        for other in taken[at + 1 :]:
            assert (
                one[2] <= other[0] + 0.1
                or other[2] <= one[0] + 0.1
                or one[3] <= other[1] + 0.1
                or other[3] <= one[1] + 0.1
            )


# --- axes and values --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("axis", "low", "high", "from_zero", "ticks"),
    [
        ({}, 10, 40, True, [0, 10, 20, 30, 40]),
        ({}, 0, 7, True, [0, 1, 2, 3, 4, 5, 6, 7]),
        ({}, 0, 85, True, [0, 20, 40, 60, 80, 100]),
        ({}, 0, 0.03, True, [0, 0.01, 0.02, 0.03]),
        ({}, 0, 12345, True, [0, 2000, 4000, 6000, 8000, 10000, 12000, 14000]),
        ({}, -5, 3, True, [-5, -4, -3, -2, -1, 0, 1, 2, 3]),
        ({}, 0, 0, True, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        # Values close to one another need not begin at zero, except those of columns that are above one another.
        ({}, 95, 100, False, [92, 93, 94, 95, 96, 97, 98, 99, 100]),
        ({}, 95, 100, True, [0, 20, 40, 60, 80, 100]),
        ({}, 80, 100, False, [0, 20, 40, 60, 80, 100]),
        ({}, 100, 100, False, [0, 20, 40, 60, 80, 100]),
        ({}, -100, -95, False, [-100, -80, -60, -40, -20, 0]),
        # A chart may set one end of its axis, or both.
        ({"low": 2}, 3, 9, False, [2, 3, 4, 5, 6, 7, 8, 9]),
        ({"low": -3.5}, 3, 9, True, [-3.5, -2, 0, 2, 4, 6, 8, 10]),
        ({"high": 8}, 3, 9, True, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ({"high": 7}, 0, 9, True, [0, 1, 2, 3, 4, 5, 6, 7]),
        ({"low": 1, "high": 7.5}, 3, 9, True, [1, 2, 3, 4, 5, 6, 7, 7.5]),
        ({"low": 5, "high": 5}, 1, 2, True, [5]),
    ],
)
def test_an_axis_marks_round_values_and_its_ends(
    axis: dict[str, float], low: float, high: float, from_zero: bool, ticks: list[float]
) -> None:
    found = Axis("{:g}".format, **axis).ticks([low], [high], from_zero=from_zero)  # type: ignore[arg-type]
    assert found == {tick: f"{tick:g}" for tick in ticks}
    hidden = Axis("{:g}".format, hidden=True, **axis).ticks([low], [high], from_zero=from_zero)  # type: ignore[arg-type]
    assert hidden == dict.fromkeys(ticks, "")


def series(*values: float | None, kind: str = "bar", second: bool = False, stacked: bool = False) -> Series:
    names = tuple("abcdef"[: len(values)])
    return Series("n", kind, names, values, tuple(map(str, values)), second=second, stacked=stacked)


def test_stacked_values_are_above_one_another_from_zero_and_negative_ones_below() -> None:
    plot = Plot((series(1, -2, None, stacked=True), series(3, -4, 5, stacked=True), series(6, 7)), (Axis(str),))
    assert [list(plot.pieces(at, range(3))) for at in range(3)] == [
        [(0, 0, 1, "1"), (1, 1, 4, "3"), (2, 0, 6, "6")],
        [(0, 0, -2, "-2"), (1, -2, -6, "-4"), (2, 0, 7, "7")],
        [(1, 0, 5, "5")],
    ]
    mixed = Plot((series(3, stacked=True), series(-2, stacked=True), series(4, stacked=True)), (Axis(str),))
    assert list(mixed.pieces(0, range(3))) == [(0, 0, 3, "3"), (1, 0, -2, "-2"), (2, 3, 7, "4")]
    assert [*mixed.ticks()] == [-2, 0, 2, 4, 6, 8]
    assert [*plot.ticks()] == [-6, -4, -2, 0, 2, 4, 6, 8]


def test_each_axis_has_the_values_of_its_own_series() -> None:
    plot = Plot((series(1, 2), series(100, 200, 300, kind="line", second=True)), (Axis(str), Axis(str)))
    assert [*plot.ticks()] == [0, 0.5, 1, 1.5, 2]
    assert [*plot.ticks(second=True)] == [0, 100, 200, 300]
    assert (plot.count, plot.categories) == (3, ("a", "b", "c"))
    assert (plot.numbers("bar"), plot.numbers("line", "bar"), plot.numbers("pie")) == ([0], [0, 1], [])
    assert Plot((series(),), (Axis(str),)).count == 1


@pytest.mark.parametrize(
    ("text", "width"),
    [("A", 0.7), ("a", 0.47), ("1", 0.5), ("%", 0.83), ("中", 1.0), ("，", 1.0), ("e\u0301", 0.47), 
        (" ", 0.3), ("", 0), ("Ab1", 1.67)],
)  # fmt: skip
def test_the_width_of_letters(text: str, width: float) -> None:
    assert letters_width(text) == pytest.approx(width)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("aaa bbb ccc", 30, ["aaa bbb", "ccc"]),
        ("aaa bbb ccc", 1, ["aaa", "bbb", "ccc"]),
        ("aaa  bbb", 100, ["aaa bbb"]),
        ("中文字", 17, ["中文", "字"]),
        ("中文字", 16.9, ["中", "文", "字"]),
        ("", 9, [""]),
    ],
)
def test_names_are_divided_between_words(text: str, width: float, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("value", "english", "french", "arabic"),
    [
        (0, "0", "0", "٠"),
        (1234, "1234", "1234", "١٢٣٤"),
        (9999, "9999", "9999", "٩٩٩٩"),
        (10000, "10,000", "10\u00a0000", "١٠\u00a0٠٠٠"),
        (-12345.5, "−12,345.5", "−12\u00a0345,5", "−١٢\u00a0٣٤٥٫٥"),
        (0.1, "0.1", "0,1", "٠٫١"),
        (1 / 3, "0.3333333333", "0,3333333333", "٠٫٣٣٣٣٣٣٣٣٣٣"),
        (1e11, "100,000,000,000", "100\u00a0000\u00a0000\u00a0000", "١٠٠\u00a0٠٠٠\u00a0٠٠٠\u00a0٠٠٠"),
        (12.50, "12.5", "12,5", "١٢٫٥"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: float, english: str, french: str, arabic: str) -> None:
    for language, expected in ((Language.ENGLISH, english), (Language.FRENCH, french), (Language.ARABIC, arabic)):
        written = charting._written(value, locale=locales.load(language), digits=language.digits)
        assert re.sub("[\u2066-\u2069\u200e\u200f]", "", written) == expected


@pytest.mark.parametrize(
    ("text", "english", "french", "data"),
    [
        ("1,250", 1250, 1.25, 1250),
        ("1.250", 1.25, 1250, 1.25),
        ("1,250.5", 1250.5, 1250.5, 1250.5),
        ("1.250,5", 1250.5, 1250.5, 1250.5),
        ("1.250.000", 1250000, 1250000, 1250000),
        ("2,5", 2.5, 2.5, 2.5),
        ("12.", 12, 12, 12),
        ("1٬250٫5", 1250.5, 1250.5, 1250.5),
        ("1250", 1250, 1250, 1250),
        ("1,25,0", None, None, None),
        ("1,250.5.6", None, None, None),
        ("1,2,3", None, None, None),
    ],
)
def test_a_number_has_one_decimal_mark(
    text: str, english: float | None, french: float | None, data: float | None
) -> None:
    one, other = locales.load(Language.ENGLISH), locales.load(Language.FRENCH)
    assert charting._plain_number(text, one, is_data=False) == english
    assert charting._plain_number(text, other, is_data=False) == french
    assert charting._plain_number(text, one, is_data=True) == data


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({}, None),
        ({"width": (300,)}, None),
        ({"bars": ()}, ChartForm("bars")),
        ({"bars": (), "stacked": ()}, ChartForm("bars", "stacked")),
        ({"columns": (), "line": (2, 3)}, ChartForm("columns", "", (2, 3))),
        ({"columns": (), "width": (720,), "height": (590,)}, ChartForm("columns", "", (), 720, 590)),
        ({"columns": (), "width": (721,)}, "a chart of 721 by 200 points is larger than a page"),
        ({"columns": (), "height": (591,)}, "a chart of 360 by 591 points is larger than a page"),
        ({"stacked": ()}, "the kind of chart is not clear"),
        ({"line": (2,)}, "the kind of chart is not clear"),
        ({"bars": (), "pie": ()}, "the kind of chart is not clear"),
        ({"bars": (), "stacked": (), "shares": ()}, "the kind of chart is not clear"),
        ({"pie": (), "shares": ()}, "shares does not apply to pie"),
        ({"lines": (), "stacked": ()}, "stacked does not apply to lines"),
        ({"bars": (), "line": (2,)}, "line does not apply to bars"),
        ({"area": (), "shares": ()}, ChartForm("area", "shares")),
    ],
)
def test_the_form_of_a_chart(options: dict[str, tuple[int, ...]], outcome: ChartForm | str | None) -> None:
    if not isinstance(outcome, str):
        assert ChartForm.of(options, "x.md:1") == outcome
        return
    with pytest.raises(SourceError) as caught:
        ChartForm.of(options, "x.md:1")
    assert (caught.value.message, caught.value.where) == (outcome, "x.md:1") and caught.value.hint


def test_a_chart_has_at_most_a_thousand_rows_and_labels_for_24() -> None:
    def chart(count: int) -> Drawn:
        return draw(ChartForm("columns", width=700), "Year|Boats", *(f"{at}|{at + 5000}" for at in range(count)))

    assert sum(text.startswith("50") for text, *_ in chart(24).texts) >= 24
    assert not [text for text, *_ in chart(25).texts if text == "5007"]
    draw(ChartForm("lines"), "Year|Boats", *(["a|1"] * 1000))
    with pytest.raises(SourceError, match="the chart has more than 1,000 rows"):
        draw(ChartForm("lines"), "Year|Boats", *(["a|1"] * 1001))


@pytest.mark.parametrize(
    ("form", "values", "messages"),
    [
        (ChartForm("columns"), (), ["the chart has no values"]),
        (ChartForm("columns"), ("A|B",), ["the chart has no values"]),
        (ChartForm("columns"), ("A", "1"), ["the chart has no values"]),
        (
            ChartForm("columns"),
            ("A|B", "c|1|2", "d"),
            [f"a row has {n}, the first row 2" for n in ("3 cells", "1 cell")],
        ),
        (ChartForm("columns"), ("A|B", "x|1"), []),
        (ChartForm("points"), ("A|B", "x|1"), ["“x” is not a number"]),
        (ChartForm("doughnut"), ("A|B", "x|-1"), ["a doughnut has no negative values"]),
        (ChartForm("pie"), ("A|B", "x|0"), []),
        (ChartForm("radar"), ("A|B", "x|-1"), []),
    ],
)
def test_what_no_chart_can_show_is_an_error_for_each_row(
    form: ChartForm, values: tuple[str, ...], messages: list[str]
) -> None:
    if not messages:
        draw(form, *values)
        return
    with pytest.raises(SourceError) as caught:
        draw(form, *values)
    assert [each.message for each in caught.value.each] == messages
    assert all(isinstance(each, SourceError) and each.hint for each in caught.value.each)


def test_a_series_of_no_value_at_all_and_a_sum_of_nothing_are_drawn() -> None:
    for form in (ChartForm("columns", "shares"), ChartForm("pie"), ChartForm("radar"), ChartForm("bars")):
        drawn = draw(form, "A|B|C", "x||", "y|0|0")
        assert drawn.size[0] == 360
    assert replace(ChartForm("pie"), height=5).height == 5 and draw(ChartForm("pie", height=5), *ONE).size == (360, 60)
