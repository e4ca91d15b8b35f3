"""Charts as Word files have them, and as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from lxml import etree

from masthead.formats.word.charts import Chart, read_chart

YEARS = ("2046", "2047", "2048", "2049")
NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def cache(kind: str, values: Sequence[object], count: int = 0) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{each}</c:v></c:pt>' for at, each in enumerate(values) if each is not None)
    return f'<c:{kind}><c:ptCount val="{count or len(values)}"/>{points}</c:{kind}>'


def series(name: str, along: Sequence[object], values: Sequence[object], more: str = "", *, pair: bool = False) -> str:
    across, up = ("xVal", "yVal") if pair else ("cat", "val")
    places = cache("numCache" if pair else "strCache", along)
    return (
        f'<c:ser><c:tx>{cache("strCache", [name])}</c:tx><c:dLbls>{more}<c:showVal val="1"/></c:dLbls>'
        f"<c:{across}>{places}</c:{across}><c:{up}>{cache('numCache', values)}</c:{up}></c:ser>"
    )


def drawn(plots: str, axes: str = "<c:valAx/>", **theme: str) -> tuple[Chart, str]:
    root = etree.fromstring(
        f"<c:chartSpace {NAMES}><c:chart><c:plotArea>{plots}{axes}</c:plotArea><c:legend/></c:chart></c:chartSpace>"
    )
    chart = read_chart(root, 300, 200, theme)
    assert chart is not None
    return chart, chart.drawing.decode()


def of_every_kind() -> Iterator[tuple[str, Chart]]:
    """Yield charts of each kind, grouping and number of series, with gaps, negative values and number formats."""
    values = ([3, 12.5, None, 7], [-4, 0.25, 1500, 2])
    formats = ("General", "0.0%", "#,##0", '0.0,"k"')
    kinds = ("barChart", "lineChart", "areaChart", "pieChart", "doughnutChart", "radarChart", "bubbleChart")
    for kind, grouping, count in product(kinds, ("clustered", "stacked", "percentStacked"), (1, 2)):
        for side in ("col", "bar") if kind == "barChart" else ("",):
            direction = f"<c:barDir val='{side}'/>" if side else ""
            format_ = f"<c:numFmt formatCode='{formats[count]}' sourceLinked=\"0\"/>"
            several = "".join(series(f"Series {at}", YEARS, values[at], format_) for at in range(count))
            title = "<c:valAx><c:title><c:tx><c:rich><a:r><a:t>Boats</a:t></a:r></c:rich></c:tx></c:title></c:valAx>"
            chart, _ = drawn(f"<c:{kind}>{direction}<c:grouping val='{grouping}'/>{several}</c:{kind}>", title)
            yield f"{kind} {side} {grouping} {count}", chart
