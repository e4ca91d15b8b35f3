"""Charts of Word files, drawn again from the values that the file keeps, and the texts in diagrams."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from masthead.formats.word.plotting import Canvas, Plot, Series

_KINDS = {"barChart": "bar", "bar3DChart": "bar", "lineChart": "line", "line3DChart": "line", "areaChart": "line",
          "area3DChart": "line", "pieChart": "pie", "pie3DChart": "pie", "doughnutChart": "pie", "ofPieChart": "pie",
          "scatterChart": "line", "radarChart": "line", "stockChart": "line", "bubbleChart": "line"}  # fmt: skip
_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x7F)}
_SCALE = re.compile(r"[0#?](,+)[^0#?,]*$")
_FIELD = "[VALUE]"  # in a label that is typed


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its drawing as SVG, and its title and values in words."""

    drawing: bytes
    words: str


def read_chart(root: Any, width: float, height: float) -> Chart | None:
    """Return the chart of a chart part, `width` by `height` points, None if it has no values."""
    series = list(_all_series(root))
    if not series:
        return None
    title = _text(root.find("./{*}chart/{*}title"))
    is_flat = any(each.get("val") == "bar" for each in root.iter("{*}barDir"))
    is_stacked = any(str(each.get("val")).lower().endswith("stacked") for each in root.iter("{*}grouping"))
    has_legend = root.find("./{*}chart/{*}legend") is not None
    canvas = Canvas(width, height)
    if all(each.kind == "pie" for each in series):
        canvas.pie(series[0])
    else:
        tick_label = partial(format_value, code=_axis_format(root))
        canvas.axes(Plot(tuple(series), tick_label, is_stacked), flat=is_flat, legend=has_legend, title=title)
    return Chart(canvas.svg(), _in_words(title, series))


def _axis_format(root: Any) -> str:
    """Return the number format of the axis of values, or of the values themselves if it is linked to them."""
    stated = root.find("./{*}chart/{*}plotArea/{*}valAx/{*}numFmt")
    if stated is not None and stated.get("sourceLinked") != "1":
        return str(stated.get("formatCode"))
    return next((_child_text(each, "formatCode") for each in root.iter("{*}numCache")), "") or "#,##0.##"


def diagram_texts(root: Any) -> list[str]:
    """Return the texts of a diagram (SmartArt), in the order of the file."""
    points = (_text(point.find("{*}t")) for point in root.iter("{*}pt"))
    return [text for text in points if text]


def _all_series(root: Any) -> Iterator[Series]:
    for plot in root.findall("./{*}chart/{*}plotArea/*"):
        kind = _KINDS.get(str(plot.tag).rpartition("}")[2])
        for element in plot.findall("{*}ser") if kind else ():
            values, form = _numbers(
                element.find("{*}val") if element.find("{*}val") is not None else element.find("{*}yVal")
            )
            categories = _strings(
                element.find("{*}cat") if element.find("{*}cat") is not None else element.find("{*}xVal")
            )
            count = max(len(values), len(categories))
            values += [None] * (count - len(values))
            categories += [""] * (count - len(categories))
            name = " ".join(_strings(element.find("{*}tx")))
            yield Series(name, str(kind), tuple(categories), tuple(values), tuple(_labels(element, plot, values, form)))


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
        typed = "" if label is None else _text(label.find("{*}tx"))
        is_shown = shown if label is None else _value(label, "showVal") == "1"
        given = None if label is None else label.find("{*}numFmt")
        chosen = given if given is not None else stated
        code = form if chosen is None or chosen.get("sourceLinked") == "1" else str(chosen.get("formatCode"))
        written = format_value(value, code) if value is not None else ""
        yield typed.replace(_FIELD, written) or (written if is_shown else "")


def format_value(value: float, code: str) -> str:
    """Return a number in a number format of Excel: its decimals, groups of thousands, per cent."""
    positive = re.sub(r'"[^"]*"|\\.|_.|\[[^\]]*\]', "", code.split(";")[0].replace("\\ ", " ").replace("\u00a0", " "))
    if positive in ("", "General", "@"):
        return f"{value:.10g}"
    if "%" in positive:
        value *= 100
    if scaled := _SCALE.search(positive):  # each comma at the end divides by a thousand
        value /= 1000.0 ** len(scaled[1])
    decimals = len(re.sub(r"[^0#?]", "", positive.partition(".")[2].partition("E")[0]))
    text = f"{value:,.{decimals}f}" if re.search(r"#[, ]##", positive) else f"{value:.{decimals}f}"
    return text.replace(",", "\u00a0") + "%" * ("%" in positive)


def _numbers(holder: Any) -> tuple[list[float | None], str]:
    """Return the numbers that a reference keeps, None for gaps, and their format."""
    cache = None if holder is None else next(holder.iter("{*}numCache", "{*}numLit"), None)
    if cache is None:
        return [], "General"
    found: dict[int, float] = {}
    for point in cache.findall("{*}pt"):
        try:
            found[_index(point)] = float(_child_text(point, "v"))
        except ValueError:
            continue
    count = int(_value(cache, "ptCount") or 0)
    size = min(max([count, *(at + 1 for at in found)], default=0), 1000)
    return [found.get(at) for at in range(size)], _child_text(cache, "formatCode") or "General"


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
            joined.setdefault(_index(point), []).append(" ".join(_child_text(point, "v").split()))
    size = min(max(joined, default=-1) + 1, 1000)
    return [" ".join(joined.get(at, [])) for at in range(size)]


def _in_words(title: str, series: Sequence[Series]) -> str:
    """Return the title and the values of a chart as a sentence without words of any language."""
    parts = [title] if title else []
    for each in series:
        pairs = (
            f"{category or at}: {label or format_value(value, 'General')}"
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


def _plain(text: str) -> str:
    """Return a text with the plain characters for those that the font Symbol keeps in the private use area."""
    return text.replace("\uf02d", "–").translate(_SYMBOLS)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else str(found.get("val", ""))


def _child_text(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else _plain(found.text or "")
