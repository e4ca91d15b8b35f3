"""Walks over values of the model: all content or figures in them, and copies in which content is changed."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeGuard

from masthead.document.model.blocks import Annex, Box, Cell, Figure, Row, Table
from masthead.document.model.document import Document
from masthead.document.model.inline import INLINES, Content, Revision, inlines

_WITH_FIGURES = (Document, Annex, Box, Table, Row, Cell)


def contents(value: object) -> Iterator[Content]:
    """Yield all inline content inside a value of the model, such as the body of a document, in reading order.

    The fields of each class are in reading order, so that one walk fits them all.
    """
    if isinstance(value, tuple):
        if _is_content(value):
            yield value
        else:
            for item in value:
                yield from contents(item)
    else:
        for name in field_names(type(value)):
            inner = getattr(value, name)
            if inner and not isinstance(inner, str):  # most are empty, or words
                yield from contents(inner)


_field_names: dict[type, tuple[str, ...]] = {}  # by class: asking for them takes longer than walking along them


def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a class of the model in their order; those of another class are none."""
    if (names := _field_names.get(kind)) is None:
        names = _field_names[kind] = tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()
    return names


def has_revisions(value: object) -> bool:
    """Return whether a value of the model, such as a document, shows two versions of its text."""
    return any(isinstance(inline, Revision) for content in contents(value) for inline in inlines(content))


def figures(value: object) -> Iterator[Figure]:
    """Yield all figures inside a value of the model, in reading order, those in boxes and cells too."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from figures(item)
    elif isinstance(value, _WITH_FIGURES):
        for name in field_names(type(value)):
            yield from figures(getattr(value, name))


def placed(rows: Iterable[Row]) -> Iterator[list[tuple[int, Cell]]]:
    """Yield the cells of each row of a table with their first columns, counted from 0."""
    held: dict[int, int] = {}  # by column: how many rows more a cell from above takes
    for row in rows:
        taken = {column for column, left in held.items() if left}
        held = {column: held[column] - 1 for column in taken}
        cells: list[tuple[int, Cell]] = []
        column = 0
        for cell in row.cells:
            while column in taken:
                column += 1
            cells.append((column, cell))
            if cell.rows > 1:
                held.update(dict.fromkeys(range(column, column + cell.columns), cell.rows - 1))
            column += cell.columns
        yield cells


def map_contents(value: Any, change: Callable[[Content], Content]) -> Any:
    """Return a copy of a value of the model in which `change` was applied to all inline content."""
    if isinstance(value, tuple):
        if _is_content(value):
            return change(value)
        new = tuple([map_contents(item, change) for item in value])
        return value if all(map(operator.is_, new, value)) else new
    changed = {}
    for name in field_names(type(value)):
        old = getattr(value, name)
        if (new := map_contents(old, change)) is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


def _is_content(value: tuple[object, ...]) -> TypeGuard[Content]:
    return bool(value) and INLINES.issuperset(map(type, value))
