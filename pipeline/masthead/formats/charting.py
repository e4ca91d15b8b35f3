"""Charts from a table of a source or from a CSV file: the same drawings as those of Word files, with patterns.

The first row has the names of the series, the first column the categories. In `points` the first column has the places
along the bottom. A cell without a number, or with only a dash or dots, is a gap.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import partial
from html import escape, unescape
from itertools import zip_longest

from masthead.document import (
    WESTERN,
    Alignment,
    Caption,
    Cell,
    Column,
    Digits,
    Direction,
    Figure,
    FigureKind,
    Language,
    Locale,
    NoteCall,
    Row,
    RowKind,
    SourceError,
    Table,
    TableNoteCall,
    Text,
    inlines,
    numbers,
    plain,
)
from masthead.formats.plotting.bars import draw_bars
from masthead.formats.plotting.canvas import Canvas
from masthead.formats.plotting.columns import draw_columns
from masthead.formats.plotting.pies import draw_pie
from masthead.formats.plotting.plot import Axis, Plot, Series
from masthead.formats.plotting.radar import draw_radar
from masthead.formats.plotting.scatter import draw_points
from masthead.formats.source import decode
from masthead.page import shape_line

KINDS = {
    "columns": "upright columns",
    "bars": "lying bars",
    "lines": "lines",
    "area": "areas under lines",
    "pie": "a pie, or rings for several series",
    "doughnut": "a ring",
    "points": "points by two values",
    "radar": "lines around a centre",
}
"""The kinds of charts, and what each is drawn as."""
OVER = {"stacked": "above one another", "shares": "as shares of a hundred per cent"}
"""How the series of columns, bars and areas may be drawn together; areas are always above one another."""
OPTIONS: Mapping[str, bool] = {**dict.fromkeys((*KINDS, *OVER), False), "line": True, "height": True}
"""What the mark of a chart may say, and whether it has numbers: `line 2` draws the second series as a line."""
_WIDTH, _HEIGHT, _ROUND = 360, 200, 260  # points; the height of charts around a centre
_WIDEST, _HIGHEST = 720, 590  # points: a larger drawing is reduced to the page, with its words
_MOST_LABELS = 24  # values of a series that have labels: more would cover one another
_MOST = 1_000  # values of a series
_GAPS = frozenset(("", "-", "–", "—", "−", "..", "...", "…"))
_NUMBER = re.compile(r"(?P<sign>[-−–+(]?)(?P<value>\d[\d.,٫٬]*)\)?")
_SIGNS = re.compile(r"[\s%٪‰$€£¥\u200e\u200f\u2066-\u2069]+")
_CONTROLS = re.compile("[\u200e\u200f\u2066-\u2069]")
_SVG = "image/svg+xml"
_ORIGIN = re.compile(rb"^<svg [^<>]*><metadata>([^<>]+)</metadata>")


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of the values of a chart, and where it is in its source; `name` is its place in a file of values."""

    cells: tuple[str, ...]
    where: str
    name: str = ""

    def error(self, message: str, hint: str) -> SourceError:
        return SourceError(f"{self.name}: {message}" if self.name else message, where=self.where, hint=hint)


@dataclass(frozen=True, slots=True)
class ChartForm:
    """How a chart is drawn: its kind, how its series are together, which of them are lines, its size in points."""

    kind: str
    over: str = ""
    lines: tuple[int, ...] = ()
    width: int = 0
    height: int = 0

    @classmethod
    def of(cls, options: Mapping[str, tuple[int, ...]], where: str) -> ChartForm | None:
        """Return the form that the options of a mark ask for, None if they name no kind of chart."""
        kinds = [name for name in options if name in KINDS]
        over = [name for name in options if name in OVER]
        if not kinds and not over and "line" not in options:
            return None
        if len(kinds) != 1 or len(over) > 1:
            hint = f"name one of {', '.join(KINDS)}, and at most one of {', '.join(OVER)}"
            raise SourceError("the kind of chart is not clear", where=where, hint=hint)
        kind = kinds[0]
        if (over and kind not in ("columns", "bars", "area")) or ("line" in options and kind != "columns"):
            hint = f"{', '.join(OVER)} are for columns, bars and area, line is for columns"
            raise SourceError(f"{over[0] if over else 'line'} does not apply to {kind}", where=where, hint=hint)
        sizes = [options.get(name, (0,))[0] for name in ("width", "height")]
        if sizes[0] > _WIDEST or sizes[1] > _HIGHEST:
            message, hint = (
                f"a chart of {sizes[0] or _WIDTH} by {sizes[1] or _HEIGHT} points is larger than a page",
                (f"make it at most {_WIDEST} points wide and {_HIGHEST} high"),
            )
            raise SourceError(message, where=where, hint=hint)
        return cls(kind, "".join(over), options.get("line", ()), *sizes)


@dataclass(frozen=True, slots=True)
class ChartOrigin:
    """From what a chart was drawn. Its drawing says it, so that a source in Markdown can be written again."""

    form: ChartForm
    rows: tuple[tuple[str, ...], ...]
    said: str
    is_data: bool

    @property
    def table(self) -> Table:
        """The rows as a table."""
        rows = tuple(Row(tuple(Cell((Text(cell),) if cell else ()) for cell in row)) for row in self.rows)
        ends = (Column(Alignment.END),) * (len(self.rows[0]) - 1)
        return Table(Caption(), rows[:1], rows[1:], (Column(), *ends))

    @property
    def file(self) -> bytes:
        """The rows as a CSV file."""
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(self.rows)
        return written.getvalue().encode()


def origin_of(figure: Figure, locale: Locale, digits: Digits) -> ChartOrigin | None:
    """Return from what a figure was drawn, None if it is no chart that `draw` would draw again."""
    found = _ORIGIN.search(figure.picture) if figure.media_type == _SVG else None
    if found is None:
        return None
    try:
        said = json.loads(unescape(found[1].decode()))
        form = ChartForm(**(said["form"] | {"lines": tuple(said["form"]["lines"])}))
        origin = ChartOrigin(form, tuple(map(tuple, said["rows"])), said["said"], said["is_data"])
        rows = [ChartRow(row, "") for row in origin.rows]
        drawn = draw(rows, form, locale, digits, said=origin.said, is_data=origin.is_data)
    except (SourceError, ValueError, TypeError, KeyError, AttributeError):  # a drawing that says something else
        return None
    return origin if (drawn.picture, drawn.alternative) == (figure.picture, figure.alternative) else None


def _with_origin(svg: bytes, origin: ChartOrigin) -> bytes:
    said = escape(json.dumps(asdict(origin), ensure_ascii=False, separators=(",", ":")), quote=False)
    start, end, drawn = svg.partition(b"<g ")
    return b"".join((start, f"<metadata>{said}</metadata>".encode(), end, drawn))


def table_rows(table: Table, line: int, place: Callable[[int], str]) -> list[ChartRow]:
    """Return the rows of a table in Markdown that begins on a `line`. Raises SourceError for what no chart can show."""
    rows = []
    for at, row in enumerate((*table.head, *table.rows)):
        where = place(line + at + (at >= len(table.head)) + (not table.head))  # after the head is a line of dashes
        if row.kind is not RowKind.ITEM or row.indent or any(cell.columns > 1 or cell.rows > 1 for cell in row.cells):
            hint = "leave out totals and groups, and give each cell a column and a row of its own"
            raise SourceError("the table of a chart has rows that are not values", where=where, hint=hint)
        if any(isinstance(each, NoteCall | TableNoteCall) for cell in row.cells for each in inlines(cell.content)):
            hint = "call the note in the title of the figure"
            raise SourceError("the table of a chart calls a note", where=where, hint=hint)
        rows.append(ChartRow(tuple(" ".join(plain(cell.content).split()) for cell in row.cells), where))
    return rows


def file_rows(data: bytes, name: str, where: str) -> list[ChartRow]:
    """Return the rows of a CSV file in UTF-8, divided by commas, semicolons or tabs.

    Raises SourceError, with the name of the file and the line in it; its place is `where` the source names the file.
    """
    if not data.strip():
        raise SourceError(f"{name} is empty", where=where, hint="export its values again")
    try:
        text = decode(data, name)
    except SourceError as error:
        raise SourceError(str(error), where=where, hint=error.hint) from None
    first = text.strip("\n").partition("\n")[0]
    delimiter = max(("\t", ";", ","), key=first.count)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        return [
            ChartRow(tuple(" ".join(cell.split()) for cell in row), where, f"{name}:{reader.line_num}")
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        hint = "close quotation marks, and save the file as CSV again"
        raise SourceError(f"{name}:{reader.line_num}: this is not CSV: {error}", where=where, hint=hint) from None


def draw(
    rows: Sequence[ChartRow], form: ChartForm, locale: Locale, digits: Digits, *, said: str = "", is_data: bool = False
) -> Figure:
    """Return a chart of rows as a figure. Its alternative text is what is `said` about it, and the values.

    `is_data` says that the rows are those of a file, whose numbers have no marks of a language. Raises SourceError.
    """
    if len(rows) < 2 or len(rows[0].cells) < 2:
        hint = "write the names of the series in the first row, and a category and its values in each other row"
        raise (rows or [ChartRow((), "")])[0].error("the chart has no values", hint)
    head, *body = rows
    if len(body) > _MOST:
        raise head.error(f"the chart has more than {_MOST:,} rows", "sum them up")
    _check(rows, form, partial(_value, locale=locale, is_data=is_data))
    read = partial(_value, locale=locale, is_data=is_data)
    written = partial(_written, locale=locale, digits=digits)
    shown = partial(_shown, language=locale.language, digits=digits)

    def value_of(row: ChartRow, at: int) -> str:
        value = read(row, at)
        return "" if value is None else written(value) if is_data else shown(row.cells[at])

    places = tuple(read(row, 0) for row in body) if form.kind == "points" else ()
    series = tuple(
        Series(
            shown(name),
            _drawn_as(form, at),
            tuple(shown(row.cells[0]) for row in body),
            tuple(read(row, at) for row in body),
            tuple(value_of(row, at) for row in body)
            if form.kind != "points" and len(body) <= _MOST_LABELS
            else ("",) * len(body),
            places,
            # An area would hide the one after it.
            stacked=(bool(form.over) or form.kind == "area") and at not in form.lines,
            joined=False,
        )
        for at, name in enumerate(head.cells[1:], 1)
    )
    svg = _drawing(form, series, locale, written, shown(head.cells[0]))
    svg = _with_origin(svg, ChartOrigin(form, tuple(row.cells for row in rows), said, is_data))
    words = ". ".join(filter(None, (said.strip().rstrip("."), _in_words(head, body, shown, value_of, locale))))
    return Figure(svg, _SVG, words, kind=FigureKind.CHART, width=form.width or _WIDTH)


def _check(rows: Sequence[ChartRow], form: ChartForm, read: Callable[[ChartRow, int], float | None]) -> None:
    """Raise SourceError, with all errors, if a row has another number of cells than the first, or wrong values."""
    errors, count = [], len(rows[0].cells)
    for row in rows[1:]:
        if len(row.cells) != count:
            message = f"a row has {len(row.cells)} cell{'s' * (len(row.cells) != 1)}, the first row {count}"
            errors.append(row.error(message, "add what is missing; leave a cell empty for a gap"))
            continue
        for at in range(form.kind != "points", count):
            try:
                value = read(row, at)
            except SourceError as error:
                errors.append(error)
                continue
            if form.kind in ("pie", "doughnut") and (value or 0) < 0:
                errors.append(row.error(f"a {form.kind} has no negative values", "draw columns or bars"))
    if errors:
        first, *others = errors
        raise SourceError(first.message, where=first.where, hint=first.hint, others=others)


def _drawn_as(form: ChartForm, number: int) -> str:
    if form.kind in ("columns", "bars"):
        return "line" if number in form.lines else "bar"
    return {"lines": "line", "doughnut": "pie"}.get(form.kind, form.kind)


def _drawing(
    form: ChartForm,
    series: tuple[Series, ...],
    locale: Locale,
    written: Callable[[float, str], str],
    along: str,
) -> bytes:
    write: Callable[[float], str] = partial(_tick, written=written)
    if form.over == "shares":
        series = _as_shares(series)
        write = partial(_per_cent, written=written, language=locale.language)
    usual = {"bars": max(_HEIGHT, 60 + 22 * len(series[0].values)), "radar": _ROUND}
    height = form.height or usual.get(form.kind, _HEIGHT)
    mirrored = locale.language.direction is Direction.RTL
    canvas = Canvas(form.width or _WIDTH, height, mirrored=mirrored, patterned=True)
    several = len(series) > 1
    plot = Plot(series, (Axis(write),), gap=0.8, downward=True, legend=several)
    match form.kind:
        case "pie":
            draw_pie(canvas, series)
        case "doughnut":
            draw_pie(canvas, series, hole=0.5)
        case "radar":
            draw_radar(canvas, plot)
        case "points":
            draw_points(canvas, plot, Axis(write), (along, "" if several else series[0].name))
        case "bars":
            draw_bars(canvas, plot)
        case _:
            draw_columns(canvas, plot)
    return canvas.svg()


def _as_shares(series: Sequence[Series]) -> tuple[Series, ...]:
    """Return series whose values are shares of the sum of their category."""
    totals = [sum(abs(v or 0.0) for v in each) or 1.0 for each in zip_longest(*(one.values for one in series))]
    return tuple(
        replace(one, values=tuple(None if v is None else v / t for v, t in zip(one.values, totals, strict=True)))
        for one in series
    )


def _value(row: ChartRow, at: int, *, locale: Locale, is_data: bool) -> float | None:
    """Return the number in a cell, None for a gap. Raises SourceError if it is none, or can be read in two ways."""
    typed = row.cells[at]
    text = typed.translate(WESTERN).strip()
    if text in _GAPS:
        return None
    if locale.language.direction is Direction.RTL:  # groups may be typed backwards
        text = re.sub(r"\d[\d\s.,٫٬]*\d", lambda found: numbers.print_value(found[0], Digits.WESTERN), text)
    found = _NUMBER.fullmatch(_SIGNS.sub("", text))
    value = _plain_number(found["value"], locale, is_data=is_data) if found else None
    if found is None or value is None:
        hint = "write a number such as 1250, or leave the cell empty"
        problem = f"“{typed}” is not a number" if found is None else f"“{typed}” can be read as two numbers"
        raise row.error(problem, hint)
    return -value if found["sign"] in ("-", "−", "–", "(") else value


def _plain_number(text: str, locale: Locale, *, is_data: bool) -> float | None:
    """Return a number with the marks of a language, None if it can be read in two ways, or in none."""
    text = text.replace("٬", "").rstrip(".,")
    decimal = "." if is_data and "," not in text else str(locale.word("numbers", "decimal"))
    if "٫" in text:
        text, decimal = text.replace(",", "").replace(".", "").replace("٫", "."), "."
    other = "," if decimal == "." else "."
    if locale.language is Language.ARABIC and not is_data and numbers.is_ambiguous(text):
        return None
    if decimal in text and other in text:  # the last of them is the decimal mark
        decimal, other = (decimal, other) if text.rindex(decimal) > text.rindex(other) else (other, decimal)
    elif re.fullmatch(rf"\d{{1,3}}(?:\{decimal}\d{{3}}){{2,}}", text) or (
        other in text and not re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+", text)
    ):
        decimal, other = other, decimal
    text = text.replace(other, "").replace(decimal, ".")
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def _written(value: float, typed: str = "", *, locale: Locale, digits: Digits) -> str:
    """Return a number as the language writes it."""
    whole, _, decimals = f"{abs(Decimal(f'{value:.10g}')):,f}".partition(".")
    whole = whole.replace(",", str(locale.word("numbers", "group"))) if abs(value) >= 10_000 else whole.replace(",", "")
    mark = str(locale.word("numbers", "decimal")) if decimals else ""
    text = numbers.print_value(f"{whole}{mark}{decimals}", digits)
    return _isolated(f"−{text}" if value < 0 else text, locale.language)


def _tick(value: float, written: Callable[[float, str], str]) -> str:
    return written(value, "")


def _per_cent(value: float, written: Callable[[float, str], str], language: Language) -> str:
    space = numbers.NO_BREAK_SPACE if language in (Language.FRENCH, Language.SPANISH, Language.RUSSIAN) else ""
    text = written(value * 100, "")
    return f"{text}{space}{'٪' if any('٠' <= char <= '٩' for char in text) else '%'}"


def _shown(text: str, *, language: Language, digits: Digits) -> str:
    """Return the text of a cell as the page prints it."""
    return text if language.direction is Direction.LTR else _isolated(shape_line(text, digits), language)


def _isolated(text: str, language: Language) -> str:
    """Return a text with controls that keep its numbers in their order."""
    return text if language.direction is Direction.LTR else numbers.isolate_numbers(text, language)[0]


def _in_words(
    head: ChartRow,
    body: Sequence[ChartRow],
    shown: Callable[[str], str],
    value_of: Callable[[ChartRow, int], str],
    locale: Locale,
) -> str:
    """Return the values of a chart, as they are shown, as a sentence without words of any language."""
    between = {Language.ARABIC: "؛ ", Language.CHINESE: "；"}.get(locale.language, "; ")
    parts = []
    for at, name in enumerate(head.cells[1:], 1):
        pairs = between.join(f"{shown(row.cells[0])}: {text}" for row in body if (text := value_of(row, at)))
        parts.append(f"{shown(name)} – {pairs}" if name and len(head.cells) > 2 else pairs)
    return _CONTROLS.sub("", ". ".join(parts))
