"""Settings of charts in Word files: gaps, axes, number formats, layouts, places; each changes what is drawn."""

from __future__ import annotations

import re

import pytest

from charts import YEARS, cache, drawn, series

BARS = series("A", YEARS[:3], [5, 10, 5])


def bars(svg: str) -> list[tuple[float, ...]]:
    """The places and sizes of bars, without the squares of the legend."""
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    return [tuple(map(float, each)) for each in found if each[2:] != ("4.40", "4.40")]


def texts(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg)


def test_bars_lie_where_their_direction_says_so() -> None:
    _, svg = drawn(f"<c:barChart><c:barDir val='bar'/>{BARS}</c:barChart>")
    (_, first, short, thick), (_, second, long, same), _ = bars(svg)
    assert (round(long / short, 1), thick, first > second) == (2.0, same, True)


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("", "<c:gapWidth val='150'/>"),
        ("", "<c:overlap val='0'/>"),
        ("<c:gapWidth val='700'/>", "<c:gapWidth val='500'/>"),
        ("<c:overlap val='-300'/>", "<c:overlap val='-100'/>"),
        ("<c:gapWidth val='x'/>", ""),
    ],
)
def test_gap_and_overlap_are_percentages_within_limits(said: str, same: str) -> None:
    both = BARS + series("B", YEARS[:3], [1, 2, 3])
    (_, svg), (_, other) = (drawn(f"<c:barChart>{each}{both}</c:barChart>") for each in (said, same))
    assert svg == other


def test_letters_are_as_large_as_most_of_the_chart_are() -> None:
    """The drawing is larger by what its letters are smaller than usual, and shown in its size."""
    small = "<a:defRPr sz='850'/>" + 2 * "<a:defRPr sz='680'/>"
    _, svg = drawn(f"<c:barChart>{BARS}</c:barChart>", f"<c:valAx><c:txPr>{small}</c:txPr></c:valAx>")
    _, usual = drawn(f"<c:barChart>{BARS}</c:barChart>", "<c:valAx/>")
    (width, box), (same, half) = (
        re.findall(r'width="([\d.]+)pt".*viewBox="0 0 ([\d.]+)', each)[0] for each in (svg, usual)
    )
    assert (width, float(box)) == (same, 1.25 * float(half))
    for unread in ("x", "90000", "1"):
        assert drawn(f"<c:barChart>{BARS}</c:barChart>", f"<c:valAx><a:defRPr sz='{unread}'/></c:valAx>")[1] == usual


def test_the_line_below_columns_has_its_colour() -> None:
    line = "<c:catAx><c:spPr><a:ln><a:solidFill><a:srgbClr val='A1B2C3'/></a:solidFill></a:ln></c:spPr></c:catAx>"
    assert 'stroke="#a1b2c3"' in drawn(f"<c:barChart>{BARS}</c:barChart>", line)[1].lower()


def test_a_gap_of_a_hundred_per_cent_is_as_wide_as_a_bar() -> None:
    _, svg = drawn(f"<c:barChart><c:gapWidth val='100'/>{BARS}</c:barChart>")
    (left, _, width, _), (right, *_), _ = bars(svg)
    assert right - left == pytest.approx(2 * width, abs=0.02)


def test_an_overlap_of_minus_a_hundred_per_cent_parts_bars_by_one_of_them() -> None:
    both = BARS + series("B", YEARS[:3], [1, 2, 3])
    _, svg = drawn(f"<c:barChart><c:overlap val='-100'/>{both}</c:barChart>")
    (left, _, width, _), (right, *_) = sorted(bars(svg))[:2]
    assert right - left == pytest.approx(2 * width, abs=0.02)


@pytest.mark.parametrize(("linked", "ticks"), [("0", "100%"), ("1", "1.0")])
def test_the_ticks_of_an_axis_have_its_number_format_or_that_of_the_values(linked: str, ticks: str) -> None:
    values = series("A", YEARS[:2], [0.5, 1]).replace("<c:numCache>", "<c:numCache><c:formatCode>0.0</c:formatCode>")
    axis = f"<c:valAx><c:numFmt formatCode='0%' sourceLinked='{linked}'/></c:valAx>"
    assert ticks in texts(drawn(f"<c:barChart>{values}</c:barChart>", axis)[1])
    assert "1.0" in texts(drawn(f"<c:barChart>{values}</c:barChart>")[1])


@pytest.mark.parametrize(("deleted", "count"), [("1", 0), ("0", 7)])
def test_a_deleted_axis_has_no_ticks(deleted: str, count: int) -> None:
    _, svg = drawn(f"<c:barChart>{BARS}</c:barChart>", f"<c:valAx><c:delete val='{deleted}'/></c:valAx>")
    assert len(re.findall(r'text-anchor="end">', svg)) == count


def placed(
    x: str, y: str, width: str, height: str, *, target: str = "inner", mode: str = "edge", title: str = ""
) -> str:
    layout = f"<c:layout><c:manualLayout><c:layoutTarget val='{target}'/><c:xMode val='edge'/><c:yMode val='{mode}'/>"
    layout += f"<c:x val='{x}'/><c:y val='{y}'/><c:w val='{width}'/><c:h val='{height}'/></c:manualLayout></c:layout>"
    return drawn(f"{layout}<c:barChart>{BARS}</c:barChart>")[1]


def test_the_area_between_the_axes_is_where_it_was_placed_if_that_is_inside_the_chart() -> None:
    usual = drawn(f"<c:barChart>{BARS}</c:barChart>")[1]
    for inside in (("0", "0", "1", "1"), ("0.2", "0.1", "0.8", "0.9005"), ("0", "0.5", "0.3", "0.5")):
        assert bars(placed(*inside)) != bars(usual)
    for outside in (("-0.1", "0", "1", "1"), ("0.1", "-0.1", "0.5", "0.5"), ("0.3", "0", "0.8", "0.5"),
                    ("0", "0.3", "0.5", "0.8"), ("0", "0", "0.1", "1"), ("0", "0", "1", "0.2")):  # fmt: skip
        assert bars(placed(*outside)) == bars(usual)
    assert bars(placed("0", "0", "1", "1", target="outer")) == bars(usual)
    assert bars(placed("0", "0", "1", "1", mode="factor")) == bars(usual)


def points(plot: str, axes: str = "<c:valAx/><c:valAx/>") -> list[tuple[float, float]]:
    _, svg = drawn(f"<c:scatterChart>{plot}</c:scatterChart>", axes)
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)]


def test_points_along_words_are_one_step_apart() -> None:
    words = points(series("A", ["a", "b", "c"], [5, 5, 5], pair=True))
    assert words == points(series("A", [1, 2, 3], [5, 5, 5], pair=True))
    assert words != points(series("A", [0, 1, 2], [5, 5, 5], pair=True))


def test_the_first_axis_of_points_is_across_and_the_second_up() -> None:
    plot = series("A", [1, 2, 3], [5, 10, 5], pair=True)
    usual, limit = points(plot), "<c:valAx><c:scaling><c:max val='100'/></c:scaling></c:valAx>"
    up, across = points(plot, f"<c:valAx/>{limit}"), points(plot, f"{limit}<c:valAx/>")
    assert [x for x, _ in across] != [x for x, _ in usual] and [y for _, y in across] == [y for _, y in usual]
    assert [y for _, y in up] != [y for _, y in usual]


@pytest.mark.parametrize(("count", "lost"), [(10_000, ""), (10_001, "all values after the first 10,000")])
def test_values_after_the_first_ten_thousand_are_lost(count: int, lost: str) -> None:
    values = f"<c:cat>{cache('strCache', ['a'], count)}</c:cat><c:val>{cache('numCache', [1])}</c:val>"
    assert drawn(f"<c:lineChart><c:ser>{values}</c:ser></c:lineChart>")[0].lost == lost


def test_lines_have_the_colour_of_their_line_and_bars_that_of_their_area() -> None:
    look = "<c:spPr><a:solidFill><a:srgbClr val='00ff00'/></a:solidFill><a:ln><a:solidFill><a:srgbClr val='ff0000'/>"
    look += "</a:solidFill></a:ln></c:spPr><c:cat>"
    own = series("A", YEARS, [1, 2, 3, 4]).replace("<c:cat>", look)
    line, bar = (drawn(f"<c:{kind}>{own}</c:{kind}>")[1].lower() for kind in ("lineChart", "barChart"))
    assert '"#ff0000"' in line and '"#00ff00"' in bar and '"#ff0000"' not in bar


def test_stacked_lines_are_above_one_another_also_over_gaps() -> None:
    both = series("A", YEARS, [1, None, 3, 4]) + series("B", YEARS, [1, 2, None, 4])
    _, svg = drawn(f"<c:lineChart><c:grouping val='stacked'/>{both}</c:lineChart>")
    summed = series("A", YEARS, [1, 0, 3, 4]) + series("B", YEARS, [2, 2, 3, 8])
    _, other = drawn(f"<c:lineChart>{summed}</c:lineChart>")
    place = re.compile(r'<circle [^>]*cy="([\d.]+)"')
    assert place.findall(svg) == place.findall(other)


def test_the_values_of_a_chart_in_words_have_all_series_by_name() -> None:
    both = series("Rain", YEARS[:2], [1, None]) + series("Snow", YEARS[:2], [3, 4])
    chart, _ = drawn(f"<c:barChart>{both}</c:barChart>")
    assert chart.words == "Rain – 2046: 1. Snow – 2046: 3; 2047: 4"
    assert drawn(f"<c:barChart>{series('Rain', [], [7, 8])}</c:barChart>")[0].words == "1: 7; 2: 8"
