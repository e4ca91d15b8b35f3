"""Alignment: which units of two to six language versions are the same paragraph.

Versions of the same shape (the same kinds of units in the same order) are aligned one to one. Others are aligned by
their content (`sequences`), so that a paragraph missing from one version leaves a gap and does not shift those after
it. Each table is aligned first as a whole, then row by row
and column by column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from masthead.document import Document, Emphasis, Inline, Language, Position, Strong, Text, plain
from masthead.document.references import Kind, Unit, find_citations, units
from masthead.editing.concordance.features import Features, features
from masthead.editing.concordance.sequences import IndexPair, align_sequences, distance, merged
from masthead.editing.places import SourceText

Cells = dict[tuple[int, int], int]
"""The index of each cell of a table, by its row and column."""
_TYPED = re.compile(r"\s*(\d{1,3})\s*[-–.]\s+")
_NEVER = 99.0  # cost that is higher than any gap
_UNLIKE = 0.3  # cost of pairing units with different numbers or levels, or of which only one has subparagraphs
_FORMS = {"preambular", "operative", "numbered", "plain", "item", "heading", "annex title"}
"""Kinds of texts that may be of another of these kinds in one version."""
_OTHER_FORM = 0.7  # cost of pairing units of different forms


@dataclass(frozen=True)
class Version:
    """One language version: its name, its units, and the features of each. `is_printed` says that it is a PDF.

    `path` is the file and `source` its text; they are empty if there is none.
    """

    name: str
    language: Language
    units: tuple[Unit, ...]
    features: tuple[Features, ...]
    document: Document
    is_printed: bool = False
    path: str = ""
    source: str = ""

    @classmethod
    def of(
        cls, document: Document, name: str, *, is_printed: bool = False, path: str = "", source: str = ""
    ) -> Version:
        """Return the version that `document` is."""
        parts = _with_meeting_first(_with_titles(map(_with_typed_number, units(document))), document.language)
        found = tuple(features(unit, document.language) for unit in parts)
        total = sum(each.length for each in found) or 1
        found = tuple(replace(each, share=each.length / total) for each in found)
        return cls(name, document.language, parts, found, document, is_printed, path, source)

    @cached_property
    def tables(self) -> dict[int, Cells]:
        """For the index of each table, the indexes of its cells by row and column."""
        found: dict[int, Cells] = {}
        for at, unit in enumerate(self.units):
            if unit.kind == "table":
                found[at] = cells = {}
            elif unit.kind == "cell":
                cells[unit.cell] = at
        return found

    @cached_property
    def positions(self) -> dict[str, Position]:
        """The position in the source at which each unit begins, by its place; only those that are certain."""
        located = SourceText(self.source).locate(self.units) if self.source else {}
        found = {place: each.position(0) for place, each in located.items()}
        return {place: position for place, position in found.items() if position}


def _with_typed_number(unit: Unit) -> Unit:
    """The unit with the number that its text begins with, as in many Arabic files: `17 - يقرر`."""
    typed = _TYPED.match(unit.text) if unit.number is None and unit.kind == "operative" else None
    if not typed:
        return unit
    return replace(unit, number=int(typed[1]), content=tuple(_without_start(unit.content, typed.end())))


def _without_start(content: Iterable[Inline], length: int) -> Iterator[Inline]:
    """Yield the content without that many characters at its start."""
    for inline in content:
        text = plain((inline,))
        if length == 0 or len(text) > length:
            if isinstance(inline, Strong | Emphasis):
                yield replace(inline, content=tuple(_without_start(inline.content, length)))
            else:
                yield Text(text[length:]) if length else inline
        length = max(0, length - len(text))


def _with_titles(parts: Iterable[Unit]) -> Iterator[Unit]:
    """Yield the units with the title of each annex after it: in some versions it is a paragraph or heading."""
    for unit in parts:
        if unit.kind == "annex" and unit.content:
            yield replace(unit, content=())
            yield Unit(f"{unit.place}, title", "annex title", unit.content, scope=unit.scope)
        else:
            yield unit


def _with_meeting_first(parts: Iterable[Unit], language: Language) -> tuple[Unit, ...]:
    """The units with the meeting before the date at the end of a resolution: Chinese has them in the other order."""

    def lacks_meeting(unit: Unit) -> bool:
        return all(each.citation.kind is not Kind.MEETING for each in find_citations(unit.content, language))

    parts = tuple(parts)
    ordered = iter(sorted((unit for unit in parts if unit.kind == "closing"), key=lacks_meeting))
    return tuple(next(ordered) if unit.kind == "closing" else unit for unit in parts)


Row = tuple[int | None, ...]
"""For each version, the index of its unit, or None if it has none."""


def align(versions: Sequence[Version]) -> tuple[Row, ...]:
    """Return the rows in reading order. All are aligned to the version whose shape most of the others have."""
    shapes = [tuple((unit.kind, unit.level, unit.cell) for unit in version.units) for version in versions]
    common = Counter(shapes).most_common(1)[0][0]
    pivot = versions[shapes.index(common)]
    size = len(pivot.units)
    columns: list[dict[int, int | None]] = []
    extras: list[dict[int, list[int]]] = []
    for version, shape in zip(versions, shapes, strict=True):
        pairs = [(at, at) for at in range(size)] if shape == common else list(_pairs(pivot, version))
        columns.append({i: j for i, j in pairs if i is not None})
        extras.append(_extras(pairs))
    rows: list[Row] = []
    for at in range(size + 1):
        lists = [extra.get(at, []) for extra in extras]
        for place in range(max(map(len, lists))):
            rows.append(tuple(found[place] if place < len(found) else None for found in lists))
        if at < size:
            rows.append(tuple(column[at] for column in columns))
    return tuple(rows)


def _pairs(pivot: Version, other: Version) -> Iterator[IndexPair]:
    """The units of two versions as pairs of indexes: all units except cells, and after each table its cells."""
    one, two = _outer(pivot), _outer(other)

    def cost(i: int, j: int) -> float:
        first, second = pivot.units[one[i]], other.units[two[j]]
        apart = distance(_content(pivot, one[i]), _content(other, two[j]))
        if first.kind != second.kind:
            return _OTHER_FORM + apart if {first.kind, second.kind} <= _FORMS else _NEVER
        unlike = (first.number != second.number, first.level != second.level, first.opens != second.opens)
        return _UNLIKE * sum(unlike) + apart

    for i, j in align_sequences(len(one), len(two), cost):
        at, counterpart = None if i is None else one[i], None if j is None else two[j]
        yield at, counterpart
        yield from _cells(pivot, other, at, counterpart)


def _outer(version: Version) -> list[int]:
    """The indexes of all units except cells."""
    return [at for at, unit in enumerate(version.units) if unit.kind != "cell"]


def _content(version: Version, at: int) -> Features:
    """The features of a unit; for a table, those of all its cells together."""
    cells = version.tables.get(at)
    return merged(version.features[index] for index in (at, *cells.values())) if cells else version.features[at]


def _cells(pivot: Version, other: Version, table: int | None, counterpart: int | None) -> Iterator[IndexPair]:
    one = {} if table is None else pivot.tables.get(table, {})
    two = {} if counterpart is None else other.tables.get(counterpart, {})
    if not one or not two:
        yield from ((at, None) for at in one.values())
        yield from ((None, at) for at in two.values())
        return
    rows = _lines(pivot, other, one, two, axis=0)
    columns = _lines(pivot, other, one, two, axis=1)
    for row, its_row in rows:
        for column, its_column in columns:
            at, its = one.get((row or 0, column or 0)), two.get((its_row or 0, its_column or 0))
            if at is not None or its is not None:
                yield at, its


def _lines(pivot: Version, other: Version, one: Cells, two: Cells, *, axis: int) -> list[IndexPair]:
    """The rows (axis 0) or columns (axis 1) of two tables, paired by their numbers."""
    mine, theirs = (sorted({cell[axis] for cell in cells}) for cells in (one, two))
    if len(mine) == len(theirs):
        return list(zip(mine, theirs, strict=True))
    first = [merged(pivot.features[at] for cell, at in one.items() if cell[axis] == line) for line in mine]
    second = [merged(other.features[at] for cell, at in two.items() if cell[axis] == line) for line in theirs]
    pairs = align_sequences(len(mine), len(theirs), lambda i, j: distance(first[i], second[j]))
    return [(None if i is None else mine[i], None if j is None else theirs[j]) for i, j in pairs]


def _extras(pairs: Sequence[IndexPair]) -> dict[int, list[int]]:
    """The units without a counterpart, by the index of the pivot's unit that follows them."""
    found: dict[int, list[int]] = {}
    at = 0
    for i, j in pairs:
        if i is not None:
            at = i + 1
        elif j is not None:
            found.setdefault(at, []).append(j)
    return found
