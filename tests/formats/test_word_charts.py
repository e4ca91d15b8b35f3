"""Charts of Word files: each kind is drawn as what it is, from the values that the file keeps."""

from __future__ import annotations

import re

import pytest

from charts import YEARS, cache, drawn, series
from masthead.formats.word.charts import format_value


def heights(svg: str) -> list[float]:
    found = re.findall(r'<rect [^>]*height="([\d.]+)"', svg)
    return [float(each) for each in found if each != "4.40"]  # 4.4 points are the squares of the legend


def test_points_of_two_values_are_where_both_say() -> None:
    chart, svg = drawn(
        f"<c:scatterChart><c:scatterStyle val='lineMarker'/>{series('A', [0, 1, 10], [5, 5, 5], pair=True)}"
        "</c:scatterChart>",
        "<c:valAx/><c:valAx/>",
    )
    first, second, third = map(float, re.findall(r'<circle cx="([\d.]+)"', svg))
    assert abs((third - first) / (second - first) - 10) < 0.1
    assert chart.words == "0: 5; 1: 5; 10: 5"


def test_a_radar_is_closed_and_a_pie_of_two_series_has_two_rings() -> None:
    _, radar = drawn(f"<c:radarChart>{series('A', YEARS, [1, 2, 3, 4])}</c:radarChart>")
    assert radar.count('stroke="#7f7f7f"') == 4
    both = series("A", YEARS, [1, 2, 3, 4]) + series("B", YEARS, [4, 3, 2, 1])
    _, rings = drawn(f"<c:doughnutChart>{both}</c:doughnutChart>")
    assert rings.count("<path") == 8


def test_all_series_of_a_radar_have_the_same_centre() -> None:
    both = series("A", YEARS, [1, 2, 3, 4]) + series("B", YEARS, [1, 2, 3, 4])
    _, radar = drawn(f"<c:radarChart>{both}</c:radarChart>")
    first, second = (
        re.findall(rf'<line ([^>]*) stroke="{grey}" stroke-width="1.5"', radar) for grey in ("#7f7f7f", "#bfbfbf")
    )
    assert first == second and len(first) == 4


def test_the_value_of_a_negative_column_is_below_it() -> None:
    _, svg = drawn(f"<c:barChart>{series('A', YEARS[:2], [5, -5])}</c:barChart>")
    high, low = (float(re.search(rf'y="([\d.]+)"[^>]*>{value}</text>', svg)[1]) for value in ("5", "-5"))
    (top, _), (under, deep) = [
        (float(y), float(height))
        for y, height in re.findall(r'<rect x="[\d.]+" y="([\d.]+)" [^>]*height="([\d.]+)"', svg)
    ][:2]
    assert high < top and low > under + deep


def test_areas_are_filled_and_stacked_ones_are_above_one_another() -> None:
    both = series("Rain", YEARS, [10, 20, 15, 30]) + series("Snow", YEARS, [5, 8, 12, 10])
    _, behind = drawn(f'<c:areaChart><c:grouping val="standard"/>{both}</c:areaChart>')
    _, stacked = drawn(f'<c:areaChart><c:grouping val="stacked"/>{both}</c:areaChart>')
    tops = {}
    for name, svg in (("behind", behind), ("stacked", stacked)):
        outlines = [points.split() for points in re.findall(r'<polygon points="([^"]+)"', svg)]
        assert [len(points) for points in outlines] == [8, 8]
        rain, snow = ([float(point.split(",")[1]) for point in points] for points in outlines)
        tops[name] = rain, snow
    rain, snow = tops["stacked"]
    assert snow[4:] == rain[3::-1]  # the lower edge of one is the upper edge of the other
    rain, snow = tops["behind"]
    assert snow[4:] == rain[4:] and len(set(snow[4:])) == 1


def test_a_stock_is_a_line_from_its_lowest_to_its_highest_value_with_ticks() -> None:
    values = {"Open": [12, 22], "High": [18, 28], "Low": [10, 19], "Close": [15, 20]}
    all_four = "".join(series(name, YEARS[:2], each) for name, each in values.items())
    _, svg = drawn(f"<c:stockChart>{all_four}</c:stockChart>")
    lines = [tuple(map(float, found)) for found in re.findall(
        r'<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" stroke="#000" stroke-width="1.0"', svg
    )]  # fmt: skip
    assert [x2 - x1 for x1, _, x2, _ in lines] == [0, 4, 4, 0, 4, 4]
    (x, top, _, bottom), closed, opened = lines[:3]
    assert top < closed[1] < opened[1] < bottom
    assert closed[0] == x == opened[2]
    assert all(f">{value}<" in svg for each in values.values() for value in each)


def test_shares_of_a_whole_reach_the_top_and_keep_their_values_in_words() -> None:
    both = series("A", YEARS, [1, 2, 3, 4]) + series("B", YEARS, [3, 2, 1, 4])
    chart, svg = drawn(f"<c:barChart><c:grouping val='percentStacked'/>{both}</c:barChart>")
    pieces = heights(svg)
    assert {round(pieces[at] + pieces[at + 1]) for at in range(0, 8, 2)} == {round(pieces[0] + pieces[1])}
    assert chart.words == "A – 2046: 1; 2047: 2; 2048: 3; 2049: 4. B – 2046: 3; 2047: 2; 2048: 1; 2049: 4"


def test_an_axis_begins_where_the_chart_says_and_a_second_one_has_its_own_scale() -> None:
    scaling = '<c:scaling><c:max val="100"/><c:min val="90"/></c:scaling>'
    _, svg = drawn(f"<c:barChart>{series('A', YEARS, [95, 100, 90, 91])}</c:barChart>", f"<c:valAx>{scaling}</c:valAx>")
    half, whole, nothing, _ = heights(svg)
    assert (round(half / whole, 2), nothing) == (0.5, 0)
    line = f"<c:lineChart>{series('share', YEARS, [0.1, 0.2, 0.3, 0.4])}<c:axId val='2'/></c:lineChart>"
    axes = "".join(f"<c:valAx><c:axId val='{number}'/></c:valAx>" for number in (1, 2))
    _, svg = drawn(f"<c:barChart>{series('A', YEARS, [900, 800, 700, 0])}<c:axId val='1'/></c:barChart>{line}", axes)
    places = [float(each) for each in re.findall(r'<circle [^>]*cy="([\d.]+)"', svg)]
    assert places[0] - places[-1] > 60


def test_labels_are_above_all_columns_and_apart_and_their_calls_are_raised() -> None:
    call = (
        '<c:dLbl><c:idx val="0"/><c:tx><c:rich><a:r><a:t>25</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>a</a:t></a:r>'
        "</c:rich></c:tx></c:dLbl>"
    )
    both = series("A", YEARS, [25, 25, 25, 25], call) + series("B", YEARS, [25, 25, 25, 25])
    chart, svg = drawn(f"<c:barChart>{both}</c:barChart>")
    assert svg.rindex("<rect") < svg.index(">25<")
    assert re.search(r">25<tspan [^>]*>a</tspan>", svg)
    assert "2046: 25a" in chart.words
    labels = [(float(x), float(y)) for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>25', svg)]
    assert all(abs(x - u) > 8 or abs(y - v) > 5 for at, (x, y) in enumerate(labels) for u, v in labels[:at])


@pytest.mark.slow
def test_what_is_too_much_for_a_drawing_is_said() -> None:
    values = f"<c:val>{cache('numCache', [1, 2], 12_000)}</c:val>"
    chart, _ = drawn(f"<c:lineChart><c:ser>{values}</c:ser></c:lineChart>")
    assert chart.lost == "all values after the first 10,000"
    many, _ = drawn(f"<c:lineChart>{series('A', range(1500), range(1500))}</c:lineChart>")
    assert (many.lost, many.words.count(";")) == ("", 1499)


def test_a_label_has_its_own_number_format_or_that_of_its_series_or_of_the_values() -> None:
    def label(at: int, code: str, linked: str) -> str:
        number_format = f'<c:numFmt formatCode="{code}" sourceLinked="{linked}"/>'
        return f'<c:dLbl><c:idx val="{at}"/>{number_format}<c:showVal val="1"/></c:dLbl>'

    own = label(1, "0.00%", "0") + label(2, "0%", "1") + '<c:numFmt formatCode="0.00" sourceLinked="0"/>'
    chart, svg = drawn(f"<c:barChart>{series('A', YEARS, [0.1, 0.2, 0.3, 0.4], own)}</c:barChart>")
    assert all(f">{shown}<" in svg for shown in ("0.10", "20.00%", "0.3", "0.40"))
    assert chart.words == "2046: 0.10; 2047: 20.00%; 2048: 0.3; 2049: 0.40"


def test_values_without_labels_are_in_words_alone() -> None:
    values = f"<c:cat>{cache('strCache', YEARS)}</c:cat><c:val>{cache('numCache', [11, 12, 13, 14])}</c:val>"
    chart, svg = drawn(f"<c:barChart><c:ser>{values}</c:ser></c:barChart>")
    assert ">11<" not in svg
    assert chart.words == "2046: 11; 2047: 12; 2048: 13; 2049: 14"
    shown = '<c:dLbls><c:showVal val="1"/></c:dLbls>'
    chart, svg = drawn(f"<c:barChart><c:ser>{values}</c:ser>{shown}</c:barChart>")
    assert ">11<" in svg


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12.5, "General", "12.5"), (12.5, "", "12.5"), (0.1 + 0.2, "@", "0.3"), (12.5, "#,##0", "13"),
        (-2.5, "0", "-3"), (0.125, "0.00", "0.13"), (1.005, "0.00", "1.01"),
        (1234567.8, "#,##0.0", "1~234~567.8"),
        (1234567, "# ##0", "1~234~567"), (1234567, "0", "1234567"), (0.256, "0%", "26%"), (0.256, "0.0%", "25.6%"),
        (1500, "0.0,", "1.5"), (2_500_000, "0,,", "3"), (7, '"No. "0', "7"), (7, "[Red]0_);(0)", "7"),
        (0, '_(* #,##0_);_(* \\(#,##0\\);_(* "–"??_);_(@_)', "–"), (-7, "0_);\\(0\\)", "(7)"), (0, "0;-0;0.0", "0"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_its_format(value: float, code: str, text: str) -> None:
    assert format_value(value, code) == text.replace("~", "\u00a0")


WHITE = '<a:sysClr val="window" lastClr="FFFFFF">{}</a:sysClr>'


@pytest.mark.parametrize(
    ("colour", "shown"),
    [
        ('<a:srgbClr val="BFBFBF"/>', "#bfbfbf"),
        (WHITE.format('<a:lumMod val="50000"/>'), "#7f7f7f"),  # as Office prints half of white
        (WHITE.format('<a:lumMod val="75000"/>'), "#bfbfbf"),
        ('<a:schemeClr val="tx1"><a:tint val="88500"/></a:schemeClr>', "#5f5f5f"),  # measured on A/80/605
        ('<a:schemeClr val="dk1"><a:tint val="55000"/></a:schemeClr>', "#b3b3b3"),
        ('<a:schemeClr val="tx1"><a:lumMod val="15000"/><a:lumOff val="85000"/></a:schemeClr>', "#d9d9d9"),
        ('<a:schemeClr val="accent1"><a:shade val="50000"/></a:schemeClr>', "#2f528f"),
    ],
)
def test_a_series_has_the_colour_that_the_file_gives_it(colour: str, shown: str) -> None:
    filled = series("A", YEARS, [1, 2, 3, 4]).replace(
        "<c:cat>", f"<c:spPr><a:solidFill>{colour}</a:solidFill></c:spPr><c:cat>"
    )
    _, svg = drawn(f"<c:barChart>{filled}</c:barChart>", dk1="000000", accent1="4472C4")
    assert re.findall(r'<rect [^>]*fill="(#[^"]*)"', svg) == [shown] * 5  # and in the legend


def test_planned_values_are_as_the_file_fills_them_and_those_of_a_point_too() -> None:
    grey = '<c:spPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill></c:spPr>'
    point = f'<c:dPt><c:idx val="1"/>{grey.format("7F7F7F")}</c:dPt>'
    planned = series("Planned", YEARS[:2], [1, 2]).replace("<c:cat>", f"{grey.format('BFBFBF')}{point}<c:cat>")
    _, svg = drawn(f"<c:barChart>{planned}{series('Actual', YEARS[:2], [3, 4])}</c:barChart>")
    legend, first, second = ["#bfbfbf", "#404040"], ["#bfbfbf", "#404040"], ["#7f7f7f", "#404040"]
    assert re.findall(r'<rect [^>]*fill="(#[^"]*)"', svg) == [*legend, *first, *second]


def test_patterns_of_lines_are_drawn_over_their_ground_and_others_mixed_with_it() -> None:
    colours = f"<a:fgClr>{WHITE.format('')}</a:fgClr><a:bgClr><a:srgbClr val='000000'/></a:bgClr>"
    for preset, shade, is_lined in (("pct20", "#333333", False), ("openDmnd", "#000000", True)):
        pattern = f'<c:spPr><a:pattFill prst="{preset}">{colours}</a:pattFill></c:spPr><c:cat>'
        _, svg = drawn(f"<c:barChart>{series('A', YEARS, [1, 2, 3, 4]).replace('<c:cat>', pattern)}</c:barChart>")
        assert f'fill="{shade}"' in svg
        assert ('stroke="#ffffff"' in svg) is is_lined


def test_the_ticks_the_grid_and_the_place_of_the_axes_are_those_of_the_file() -> None:
    layout = "<c:layout><c:manualLayout><c:layoutTarget val='inner'/><c:xMode val='edge'/><c:yMode val='edge'/>"
    layout += "<c:x val='0.1'/><c:y val='0.05'/><c:w val='0.8'/><c:h val='0.7'/></c:manualLayout></c:layout>"
    axis = (
        "<c:valAx><c:scaling><c:max val='5'/></c:scaling><c:majorGridlines/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    )
    axis += "<c:majorUnit val='2.5'/></c:valAx>"
    _, svg = drawn(f"{layout}<c:barChart>{series('A', YEARS, [1, 2, 3, 4])}</c:barChart>", axis)
    lines = re.findall(r'<line x1="([^"]*)" y1="([^"]*)" x2="([^"]*)" y2="([^"]*)" stroke="([^"]*)"', svg)
    grid = [line[:4] for line in lines if line[4] == "#d9d9d9"]
    assert grid == [("30.00", y, "270.00", y) for y in ("150.00", "80.00", "10.00")]
    assert [line[4] for line in lines] == ["#d9d9d9"] * 3 + ["#000"]  # the axis of values has no line
    assert re.findall(r'text-anchor="end">([^<]*)<', svg) == ["0.00", "2.50", "5.00"]


def test_the_label_of_a_value_is_inside_the_chart() -> None:
    layout = "<c:layout><c:manualLayout><c:layoutTarget val='inner'/><c:xMode val='edge'/><c:yMode val='edge'/>"
    layout += "<c:x val='0.1'/><c:y val='0'/><c:w val='0.8'/><c:h val='0.7'/></c:manualLayout></c:layout>"
    axis = "<c:valAx><c:scaling><c:max val='8'/></c:scaling></c:valAx>"
    _, svg = drawn(f"{layout}<c:barChart>{series('A', YEARS[:1], [8])}</c:barChart>", axis)
    assert re.search(r'y="5.95"[^>]*>8<', svg)  # the height of its letters, not above the chart


@pytest.mark.parametrize(("value", "last"), [(8, "9.00"), (7, "8.00"), (7.7, "9.00")])
def test_an_axis_ends_above_its_highest_value_as_in_excel(value: float, last: str) -> None:
    _, svg = drawn(f"<c:barChart>{series('A', YEARS[:1], [value])}</c:barChart>")
    assert re.findall(r'text-anchor="end">([^<]*)<', svg)[-1] == last


def test_bold_labels_and_lines_of_categories_are_kept() -> None:
    bold = "<c:txPr><a:p><a:pPr><a:defRPr b='1'/></a:pPr></a:p></c:txPr>"
    labelled = series("A", ["2046 \n(actual)"], [7], bold)
    chart, svg = drawn(f"<c:barChart>{labelled}</c:barChart>")
    assert re.search(r'font-weight="bold"[^>]*>7<', svg)
    assert re.search(r">2046<.*>\(actual\)<", svg)
    assert chart.words == "2046 (actual): 7"
