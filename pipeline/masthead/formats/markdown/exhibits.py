"""Tables, pictures and charts with what the marks before them say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import Digits, Locale, SourceError, model
from masthead.document.references import Doubt
from masthead.formats import charting
from masthead.formats.charting import ChartForm
from masthead.formats.markdown.commonmark import parse
from masthead.formats.markdown.syntax import BlockMark
from masthead.formats.markdown.table_reader import file_table
from masthead.formats.pictures import names_values, read_picture, read_values
from masthead.formats.record import Record

_NO_PICTURE = model.Figure(b"", "image/svg+xml", "")
"""In place of one that cannot be read: what is written about it is read all the same."""


class Announcement(NamedTuple):
    """A mark that describes the block after it, the content after the mark, and its line; then the unit of a table."""

    mark: BlockMark
    content: model.Content
    line: int
    unit: model.Content = ()

    @property
    def caption(self) -> model.Caption:
        return model.Caption(self.content, self.mark.number, self.mark.section, self.unit)


class ExhibitReader:
    """Reads the tables and figures of one source. The record gets their errors."""

    def __init__(self, record: Record, locale: Locale, digits: Digits) -> None:
        self.record, self.locale, self.digits = record, locale, digits

    def form(self, announced: Announcement) -> ChartForm | None:
        """Return how a chart is drawn, None if its mark says nothing about that."""
        return ChartForm.of(announced.mark.options, self.record.where(announced.line))

    def table(self, table: model.Table, announced: Announcement) -> model.Table:
        """Return a table with its caption and what its mark says about its head, its columns and its look."""
        mark, rows = announced.mark, (*table.head, *table.rows)
        heads = mark.option("head", 1) if table.head else 0
        widths, gutters = mark.options.get("widths", ()), mark.options.get("gutter", ())
        if rows and heads > len(rows):
            hint = "count its rows again, or add what is missing"
            self._refuse(f"a head of {heads} rows in a table of {len(rows)}", announced.line, hint)
            heads = 0
        count = len(table.columns)
        if (widths and len(widths) != count) or any(not 0 < at <= count for at in gutters):
            hint = f"give one width for each of the {count} columns, and the numbers of columns for gutters"
            self._refuse("the columns of a table do not agree with its mark", announced.line, hint)
            widths, gutters = (), ()
        columns = tuple(
            replace(column, width=width, gutter=at in gutters)
            for at, (column, width) in enumerate(zip(table.columns, widths or (0,) * count, strict=True), 1)
        )
        return replace(
            table,
            caption=announced.caption,
            head=rows[:heads],
            rows=rows[heads:],
            columns=columns,
            top="top" in mark.options,
            inset="inset" in mark.options,
            leading=mark.option("lines", 0),
            whole="whole" in mark.options,
        )

    def file_table(self, image: Token, line: int) -> SyntaxTreeNode:
        """Return the node of a table with the rows of a CSV file, an empty one if the file cannot be read."""
        if image.content.strip():
            message = "the words in brackets are not used: a table is read row by row"
            self.record.report(line, Doubt("mark-unread", message, "remove them"), image.content)
        with self.record.going_on():
            rows = read_values(str(image.attrs["src"]), Path(self.record.name), self.record.where(line))
            return file_table(rows, self.record)
        return parse("| |\n|---|")[0]

    def chart(self, table: model.Table, line: int, form: ChartForm, announced: Announcement) -> model.Figure:
        """Return a chart of the values in a table, which begins on `line`."""
        figure = _NO_PICTURE
        with self.record.going_on():
            rows = charting.table_rows(table, line, self.record.where)
            figure = charting.draw(rows, form, self.locale, self.digits)
        return replace(figure, caption=announced.caption)

    def figure(self, image: Token, line: int, announced: Announcement | None) -> model.Figure:
        """Return a picture, or a chart of a file of values, with its caption."""
        form = self.form(announced) if announced else None
        figure = _NO_PICTURE
        with self.record.going_on():
            figure = self.picture(image, line, form)
        if announced is None:
            return figure
        if form:
            return replace(figure, caption=announced.caption)
        mark = announced.mark
        kind = next((kind for kind in model.FigureKind if kind in mark.options), figure.kind)
        return replace(figure, caption=announced.caption, kind=kind, width=mark.option("width", 0))

    def picture(self, image: Token, line: int, form: ChartForm | None = None) -> model.Figure:
        """Return a picture. Its title may say what it shows, and how wide it is: `chart 240`.

        If it is a file of values, it is a chart of this `form`. Raises SourceError if it cannot be read.
        """
        words = "".join(" " if child.type == "softbreak" else child.content for child in image.children or [])
        if not words.strip():
            self._refuse("a picture without alternative text", line, "write ![what it shows](picture.svg)")
        address, where = str(image.attrs["src"]), self.record.where(line)
        if form or names_values(address):
            rows = read_values(address, Path(self.record.name), where)
            if form is None:
                hint = f"write <!-- figure 1, columns --> before it, or another of {', '.join(charting.KINDS)}"
                hint += "; <!-- table 1 --> for a table"
                raise SourceError("nothing says how the values of the file are drawn", where=where, hint=hint)
            return charting.draw(rows, form, self.locale, self.digits, said=words, is_data=True)
        figure = read_picture(address, words, Path(self.record.name), where)
        said = str(image.attrs.get("title", "")).split()
        kind = next((kind for kind in model.FigureKind if kind in said), figure.kind)
        width = next((int(each) for each in said if each.isdecimal() and len(each) < 5), 0)
        return replace(figure, kind=kind, width=width)

    def _refuse(self, message: str, line: int, hint: str) -> None:
        self.record.refuse(self.record.error_in(line, message, hint))
