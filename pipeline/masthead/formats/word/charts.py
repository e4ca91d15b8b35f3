"""Charts of Word files, drawn again from the values that the file keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import zip_longest
from math import isfinite
from typing import Any

from masthead.formats.plotting.bars import draw_bars
from masthead.formats.plotting.canvas import Canvas
from masthead.formats.plotting.columns import draw_columns
from masthead.formats.plotting.lettering import LEVEL, RAISED, STRONG
from masthead.formats.plotting.pies import draw_pie
from masthead.formats.plotting.plot import Axis, Plot, Series
from masthead.formats.plotting.radar import draw_radar
from masthead.formats.plotting.scatter import draw_points
from masthead.formats.word.fills import Theme, fill_of, line_of

_KINDS = {"barChart": "bar", "bar3DChart": "bar", "lineChart": "line", "line3DChart": "line", "areaChart": "area",
          "area3DChart": "area", "pieChart": "pie", "pie3DChart": "pie", "doughnutChart": "pie", "ofPieChart": "pie",
          "scatterChart": "points", "radarChart": "radar", "stockChart": "stock", "bubbleChart": "points"}  # fmt: skip
_OVER_AXES = ("bar", "line", "area", "stock")  # kinds that one chart may have together
_GRID = "#d9d9d9"
_HEADROOM = 1 / 20  # as Excel chooses the end of an axis
_SMALLEST, _USUAL, _LARGEST = 5, 8.5, 14  # points: letters
_LEAST_INNER = 0.2  # of the width or height of a chart
_OF_LINES = ("line", "radar", "points", "stock")
_MOST = 10_000  # values of a series
_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x7F)}
_SCALE = re.compile(r"[0#?](,+)[^0#?,]*$")
_NO_MARKS = dict.fromkeys(map(ord, RAISED + LEVEL + STRONG))
_LITERAL, _SAID, _FILL = re.compile(r'"[^"]*"|\\.'), re.compile(r'"([^"]*)"|\\(.)'), re.compile(r"[_*].")
_FIELD = "[VALUE]"  # in a label that is typed


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its drawing as SVG, its title and values in words, and what of it is lost."""

    drawing: bytes
    words: str
    lost: str = ""


def read_chart(root: Any, width: float, height: float, theme: Theme | None = None) -> Chart | None:
    """Return the chart of a chart part, `width` by `height` points, None if it has no values.

    `theme` are the colours of the file.
    """
    theme = theme or {}
    series = tuple(_all_series(root, theme))
    if not series:
        return None
    title = _text(root.find("./{*}chart/{*}title"))
    has_legend = root.find("./{*}chart/{*}legend") is not None
    is_flat = any(each.get("val") == "bar" for each in root.iter("{*}barDir"))
    held = root.findall("./{*}chart/{*}plotArea/{*}valAx")
    axes = [_axis(root, each, theme) for each in held or [None]]
    gap, overlap = _share(root, "gapWidth", 150), _share(root, "overlap", 0)
    along = root.find("./{*}chart/{*}plotArea/{*}catAx/{*}spPr")
    base = line_of(along, theme) or "#000"
    inner = None if title else _inner_layout(root)
    plot = Plot(series, tuple(axes), gap, overlap, inner=inner, base=base, title=title, legend=has_legend)
    canvas = Canvas(width, height, letters=_letters(root))
    match {each.kind for each in series}:
        case kinds if kinds == {"pie"}:
            draw_pie(canvas, series)
        case kinds if kinds == {"radar"}:
            draw_radar(canvas, plot)
        case kinds if kinds == {"points"}:
            across, *up = held or [None]
            points = replace(plot, axes=(_axis(root, up[0] if up else None, theme),))
            draw_points(canvas, points, _axis(root, across, theme))
        case _:
            plain = tuple(each if each.kind in _OVER_AXES else replace(each, kind="line") for each in series)
            (draw_bars if is_flat else draw_columns)(canvas, replace(plot, series=plain))
    counts = (_number(_value(each, "ptCount")) or 0 for each in root.iter("{*}numCache", "{*}numLit", "{*}strCache"))
    lost = f"all values after the first {_MOST:,}" if max(counts, default=0) > _MOST else ""
    return Chart(canvas.svg(), _in_words(title, list(_all_series(root, {}, as_drawn=False))), lost)


def _axis(root: Any, element: Any, theme: Theme) -> Axis:
    """Return an axis of values: its number format, or that of the values themselves, and its ends."""
    stated = None if element is None else element.find("{*}numFmt")
    code = "" if stated is None or stated.get("sourceLinked") == "1" else str(stated.get("formatCode"))
    code = code or next((_child_text(each, "formatCode") for each in root.iter("{*}numCache")), "")
    scaling = None if element is None else element.find("{*}scaling")
    low, high = (None if scaling is None else _number(_value(scaling, end)) for end in ("min", "max"))
    hidden = element is not None and _value(element, "delete") == "1"
    step = None if element is None else _number(_value(element, "majorUnit"))
    lines = None if element is None else element.find("{*}majorGridlines")
    grid = "" if lines is None else line_of(lines.find("{*}spPr"), theme) or _GRID
    bare = element is not None and element.find("{*}spPr/{*}ln/{*}noFill") is not None
    write = partial(format_value, code=code or "#,##0.##")
    return Axis(write, low, high, hidden, step or 0.0, grid, bare, _HEADROOM)


def _letters(root: Any) -> float:
    """Return the size of most letters of a chart in points, 8.5 if it does not state any that can be read."""
    stated = Counter(found for each in root.iter("{*}defRPr") if (found := _number(each.get("sz"))))
    size = stated.most_common(1)[0][0] / 100 if stated else 0
    return size if _SMALLEST <= size <= _LARGEST else _USUAL


def _inner_layout(root: Any) -> tuple[float, float, float, float] | None:
    """Return where the area between the axes is, if it was placed by hand."""
    layout = root.find("./{*}chart/{*}plotArea/{*}layout/{*}manualLayout")
    if layout is None or _value(layout, "layoutTarget") != "inner":
        return None
    if any(_value(layout, mode) != "edge" for mode in ("xMode", "yMode")):
        return None
    x, y, width, height = (_number(_value(layout, side)) or 0.0 for side in "xywh")
    is_sound = min(x, y) >= 0 and min(width, height) > _LEAST_INNER and max(x + width, y + height) <= 1.001
    return (x, y, width, height) if is_sound else None


def _share(root: Any, name: str, default: int) -> float:
    """Return a percentage of a chart as a share."""
    found = _number(next((each.get("val") for each in root.iter(f"{{*}}{name}")), None))
    return min(max(default if found is None else found, -100), 500) / 100


def _all_series(root: Any, theme: Theme, *, as_drawn: bool = True) -> Iterator[Series]:
    """Yield the series of all plots of a chart, with the values of the file or those that are drawn."""
    first: str | None = None  # the identifier of the axis of values of the first plot
    for plot in root.findall("./{*}chart/{*}plotArea/*"):
        kind = _KINDS.get(str(plot.tag).rpartition("}")[2])
        if not kind:
            continue
        own = {each.get("val") for each in plot.findall("{*}axId")}
        values = [each for each in root.iter("{*}valAx") if _value(each, "axId") in own]
        axis = _value(values[-1], "axId") if values else ""
        first = axis if first is None else first
        grouping = _value(plot, "grouping").lower()
        found = [_series(element, plot, kind, theme) for element in plot.findall("{*}ser")]
        if not as_drawn:
            yield from found
            continue
        if grouping == "percentstacked":
            found = _as_shares(found)
        if grouping.endswith("stacked") and kind == "line":
            found = _summed(found)
        for each in found:
            piled = grouping.endswith("stacked") and kind in ("bar", "area")
            yield replace(each, second=axis != first, stacked=piled)


def _series(element: Any, plot: Any, kind: str, theme: Theme) -> Series:
    """Return one series. Its categories, places and labels are as many as its values."""
    holder, along = (
        next((found for name in names if (found := element.find(f"{{*}}{name}")) is not None), None)
        for names in (("val", "yVal"), ("cat", "xVal"))
    )
    values, form = _numbers(holder)
    categories = _strings(along)
    places = _numbers(along)[0] if kind == "points" else []
    if kind == "points" and not any(place is not None for place in places):
        places = [float(at) for at in range(1, len(values) + 1)]  # the categories are words
    count = max(len(values), len(categories))
    values += [None] * (count - len(values))
    categories += [""] * (count - len(categories))
    places += [None] * (count - len(places))
    name, labels = (
        " ".join(" ".join(_strings(element.find("{*}tx"))).split()),
        tuple(_labels(element, plot, values, form)),
    )
    line = element.find("{*}spPr/{*}ln")
    joined = plot.find("{*}scatterStyle") is not None and (line is None or line.find("{*}noFill") is None)
    properties = element.find("{*}spPr")
    own = {_value(each, "idx"): fill_of(each.find("{*}spPr"), theme) for each in element.findall("{*}dPt")}
    return Series(
        name,
        kind,
        tuple(categories),
        tuple(values),
        labels,
        tuple(places),
        joined=joined,
        fill=fill_of(properties, theme),
        fills=tuple(own.get(str(at)) for at in range(count)) if any(own.values()) else (),
        line=line_of(properties, theme) if kind in _OF_LINES else "",
    )


def _as_shares(series: Sequence[Series]) -> list[Series]:
    """Return series whose values are shares of the sum of their category."""
    totals = [sum(abs(v or 0.0) for v in each) or 1.0 for each in zip_longest(*(one.values for one in series))]
    return [
        replace(
            one, values=tuple(None if v is None else v / total for v, total in zip(one.values, totals, strict=False))
        )
        for one in series
    ]


def _summed(series: Sequence[Series]) -> list[Series]:
    """Return series whose values are added to those of the series before."""
    result: list[Series] = []
    below: tuple[float | None, ...] = ()
    for one in series:
        below = tuple((v or 0.0) + (under or 0.0) for v, under in zip_longest(one.values, below))[: len(one.values)]
        result.append(replace(one, values=below))
    return result


def _labels(element: Any, plot: Any, values: Sequence[float | None], form: str) -> Iterator[str]:
    """Yield the labels of the values of a series, empty where the chart shows none."""
    labels = element.find("{*}dLbls")
    if labels is None:
        labels = plot.find("{*}dLbls")
    own = {} if labels is None else {_value(each, "idx"): each for each in labels.findall("{*}dLbl")}
    shown = labels is not None and _value(labels, "showVal") == "1"
    stated = None if labels is None else labels.find("{*}numFmt")
    for at, value in enumerate(values):
        label = own.get(str(at))
        typed = "" if label is None else _label_text(label.find("{*}tx"))
        is_shown = shown if label is None else _value(label, "showVal") == "1"
        given = None if label is None else label.find("{*}numFmt")
        chosen = given if given is not None else stated
        code = form if chosen is None or chosen.get("sourceLinked") == "1" else str(chosen.get("formatCode"))
        written = format_value(value, code) if value is not None else ""
        text = typed.replace(_FIELD, written) or (written if is_shown else "")
        is_bold = _is_bold(labels) if label is None or label.find("{*}txPr") is None else _is_bold(label)
        yield STRONG * (is_bold and bool(text)) + text


def _is_bold(labels: Any) -> bool:
    look = None if labels is None else labels.find("{*}txPr/{*}p/{*}pPr/{*}defRPr")
    return look is not None and look.get("b") in ("1", "true")


def format_value(value: float, code: str) -> str:
    """Return a number in a number format of Excel: its decimals, groups of thousands, per cent, zero.

    A format has sections for positive and negative numbers and for zero (ISO/IEC 29500-1, 18.8.31).
    """
    sections = code.split(";")
    if value == 0 and len(sections) > 2 and not re.search(r"[0#]", _LITERAL.sub("", sections[2])):
        return "".join(quoted or escaped for quoted, escaped in _SAID.findall(_FILL.sub("", sections[2])))
    if value < 0 and len(sections) > 1 and "(" in sections[1].replace("_(", ""):
        return f"({format_value(-value, sections[0])})"
    positive = re.sub(r'"[^"]*"|\\.|_.|\[[^\]]*\]', "", code.split(";")[0].replace("\\ ", " ").replace("\u00a0", " "))
    if positive in ("", "General", "@"):
        return f"{value:.10g}"
    if "%" in positive:
        value *= 100
    if scaled := _SCALE.search(positive):  # each comma at the end divides by a thousand
        value /= 1000.0 ** len(scaled[1])
    decimals = len(re.sub(r"[^0#?]", "", positive.partition(".")[2].partition("E")[0]))
    rounded = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)  # as Excel rounds
    text = f"{rounded:,f}" if re.search(r"#[, ]##", positive) else f"{rounded:f}"
    return text.replace(",", "\u00a0") + "%" * ("%" in positive)


def _numbers(holder: Any) -> tuple[list[float | None], str]:
    """Return the numbers that a reference keeps, None for gaps, and their format."""
    cache = None if holder is None else next(holder.iter("{*}numCache", "{*}numLit"), None)
    if cache is None:
        return [], "General"
    found: dict[int, float] = {}
    for point in cache.findall("{*}pt"):
        if (number := _number(_child_text(point, "v"))) is not None:
            found[_index(point)] = number
    count = int(_number(_value(cache, "ptCount")) or 0)
    size = min(max([count, *(at + 1 for at in found)], default=0), _MOST)
    return [found.get(at) for at in range(size)], _child_text(cache, "formatCode") or "General"


def _number(text: str | None) -> float | None:
    with suppress(ValueError):
        found = float(text or "")
        return found if isfinite(found) else None
    return None


def _index(point: Any) -> int:
    """Return the place of a value in its series; 0 if the file does not say it."""
    text = str(point.get("idx", "0"))
    return int(text) if text.isascii() and text.isdigit() else 0


def _strings(holder: Any) -> list[str]:
    """Return the strings that a reference keeps; several levels of categories are joined."""
    if holder is None:
        return []
    levels = (
        list(holder.iter("{*}lvl")) or list(holder.iter("{*}strCache", "{*}strLit", "{*}numCache", "{*}numLit"))[:1]
    )
    if not levels:
        return [_child_text(holder, "v")] if _child_text(holder, "v") else []
    joined: dict[int, list[str]] = {}
    for level in reversed(levels):
        for point in level.findall("{*}pt"):
            lines = (" ".join(line.split()) for line in _child_text(point, "v").split("\n"))
            joined.setdefault(_index(point), []).append("\n".join(filter(None, lines)))
    size = min(max(joined, default=-1) + 1, _MOST)
    return [" ".join(joined.get(at, [])) for at in range(size)]


def _in_words(title: str, series: Sequence[Series]) -> str:
    """Return the title and the values of a chart as a sentence without words of any language."""
    parts = [title] if title else []
    for each in series:
        pairs = (
            f"{category.replace(chr(10), ' ') or at}: {label.translate(_NO_MARKS) or format_value(value, 'General')}"
            for at, (category, value, label) in enumerate(
                zip(each.categories, each.values, each.labels, strict=True), 1
            )
            if value is not None
        )
        parts.append(f"{each.name} – {'; '.join(pairs)}" if each.name and len(series) > 1 else "; ".join(pairs))
    return ". ".join(filter(None, parts))


def _text(element: Any) -> str:
    return (
        "" if element is None else " ".join(_plain("".join(each.text or "" for each in element.iter("{*}t"))).split())
    )


def _label_text(element: Any) -> str:
    """Return the typed label of a value, with marks around superscripts."""
    if element is None:
        return ""
    parts = []
    for each in element.iter("{*}r", "{*}fld"):
        properties, text = each.find("{*}rPr"), _plain(_child_text(each, "t"))
        is_raised = properties is not None and (_number(properties.get("baseline")) or 0) > 0
        parts.append(f"{RAISED}{text}{LEVEL}" if is_raised and text.strip() else text)
    return " ".join("".join(parts).split())


def _plain(text: str) -> str:
    """Return a text with the plain characters for those that the font Symbol keeps in the private use area."""
    return text.replace("\uf02d", "–").translate(_SYMBOLS)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else str(found.get("val", ""))


def _child_text(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else _plain(found.text or "")
