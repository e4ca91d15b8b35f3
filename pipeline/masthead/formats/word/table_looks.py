"""What the tables of Word show without saying it in a style: rules, frames, heads, indents, the distance of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from masthead.formats.styled.parts import Para, StyledCell
from masthead.formats.styled.spans import TAB, text_of
from masthead.formats.word.gutters import LETTER_WIDTH
from masthead.formats.word.xml import TRANSPARENT, child, integer, is_on, local, qn, value

_TIGHTEST, _TEMPLATE = 170, 210  # twentieths of a point, from line to line of a table
_SPACE, _RULED_SPACE = 40, 81  # above and below the text of a row, also at a rule
_FEW = 4  # rows do not say what is usual
_TAB_WIDTH = 475  # in the template
_HEAD_SIZE = 15  # half-points: heads have 7 pt in the template, the other rows 8.5
_LOWEST = 130  # twentieths of a point: no letter of a table is so low
_SMALLEST = 4  # half-points


def rows_of(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, also those in content controls and tracked changes."""
    return _children(table, "tr")


def cells_of(row: Any) -> Iterator[Any]:
    """Yield the cells of a row, also those in content controls and tracked changes."""
    return _children(row, "tc")


def leading(table: Any) -> int:
    """Return the distance of the lines of most paragraphs of a table, without its head, if they are tightened; or 0.

    What its rows usually lack of the space that the template has above and below their text is spread over them.
    """
    rows = _body_rows(table)
    filled = [(row, spacings) for row in rows if (spacings := [*map(_spacing, _filled(row))])]
    lines = Counter(
        integer(each.get(qn("w:line"))) if each is not None and each.get(qn("w:lineRule")) == "exact" else 0
        for _, spacings in filled
        for each in spacings
    )
    most = max(lines, key=lines.__getitem__, default=0)
    if _TIGHTEST <= most <= _TEMPLATE and len(filled) > _FEW:
        most = max(most - _lacking(filled) // len(filled), _TIGHTEST)
    return most if _TIGHTEST <= most < _TEMPLATE else 0


def _lacking(rows: Sequence[tuple[Any, Sequence[Any]]]) -> int:
    """Return by how much less space than in the template there is between the texts of rows, also at rules."""
    sides: dict[bool, list[int]] = {True: [], False: []}
    for at, (row, spacings) in enumerate(rows):
        inside = [("before", "top")] * (at > 0) + [("after", "bottom")] * (at < len(rows) - 1)
        for side, rule in inside:
            stated = [_SPACE if each is None else integer(each.get(qn(f"w:{side}")), _SPACE) for each in spacings]
            sides[is_ruled(row, rule)].append(max(stated))
    usual = {ruled: Counter(stated).most_common(1)[0][0] for ruled, stated in sides.items() if stated}
    return sum(max((_RULED_SPACE if ruled else _SPACE) - most, 0) * len(sides[ruled]) for ruled, most in usual.items())


def _spacing(paragraph: Any) -> Any:
    return child(child(paragraph, "w:pPr"), "w:spacing")


def _filled(row: Any) -> list[Any]:
    return [each for each in row.iter(qn("w:p")) if "".join(each.itertext()).strip()]


def unmarked_heads(table: Any) -> int:
    """Return how many of the first rows look like heads in a table where no row is marked as one: italic and small."""
    rows = list(rows_of(table))
    if any(is_on(child(child(row, "w:trPr"), "w:tblHeader")) for row in rows):
        return 0
    found = 0
    for number, row in enumerate(rows, 1):
        looks = [each.find(qn("w:rPr")) for each in row.iter(qn("w:r")) if "".join(each.itertext()).strip()]
        small = sum(0 < integer(value(look, "w:sz")) <= _HEAD_SIZE for look in looks)
        if looks and not (all(is_on(child(look, "w:i")) for look in looks) and 2 * small > len(looks)):
            return found
        found = number if looks else found
    return 0


def is_kept(table: Any) -> bool:
    """Return whether each row of a table, without its head, is kept with what is after it."""
    rows = _body_rows(table)
    filled = map(_filled, rows)
    kept = [any(is_on(child(child(each, "w:pPr"), "w:keepNext")) for each in row) for row in filled if row]
    return bool(kept) and all(kept)


def row_indent(row: Any, cells: Sequence[StyledCell]) -> int:
    """Return the indent of the first paragraph of a row, from its properties and the tabs at its start."""
    first = cells[0].parts[0] if cells and cells[0].parts else None
    if not isinstance(first, Para):
        return 0
    properties = child(next(row.iter(qn("w:p"))), "w:pPr")
    indents, tabs = child(properties, "w:ind"), child(properties, "w:tabs")
    names = [qn(f"w:{name}") for name in ("left", "start", "firstLine", "hanging")]
    left, start, more, hanging = (0 if indents is None else integer(indents.get(name)) for name in names)
    here = (left or start) + more - hanging
    kept = () if tabs is None else (each for each in tabs if each.get(qn("w:val")) != "clear")
    stops = [left or start, *(integer(each.get(qn("w:pos"))) for each in kept)]
    text = text_of(first.spans)
    for _ in range(len(text) - len(text.lstrip(TAB))):
        here = min((stop for stop in stops if stop > here), default=here + _TAB_WIDTH)
    return here


def is_ruled_narrow(cell: Any, widths: Sequence[int]) -> bool:
    """Return whether a cell is the room between two lines, too narrow for a letter."""
    borders = child(child(cell, "w:tcPr"), "w:tcBorders")
    return all(_has_rule(borders, side) for side in ("left", "right")) and 0 < sum(widths) < LETTER_WIDTH


def is_boxed(look: Any) -> bool:
    """Return whether a table has lines at its four sides, and none between its columns."""
    borders = child(look, "w:tblBorders")
    is_ruled_around = all(_has_rule(borders, side) for side in ("top", "left", "bottom", "right"))
    return is_ruled_around and not _has_rule(borders, "insideV")


def is_framed(table: Any) -> bool:
    """Return whether a table or one of its cells has lines at its sides, or a style that may have them."""
    look = child(table, "w:tblPr")
    borders = [
        child(look, "w:tblBorders"),
        *table.iterfind(f"{qn('w:tr')}/{qn('w:tc')}/{qn('w:tcPr')}/{qn('w:tcBorders')}"),
    ]
    sides = [value(each, f"w:{side}") for each in borders for side in ("left", "start")]
    stated = [side for side in sides if side is not None]
    return any(side not in ("nil", "none") for side in stated) or (not stated and value(look, "w:tblStyle") is not None)


def has_double(cell: Any, *sides: str) -> bool:
    """Return whether a cell has a double line at one of these sides."""
    borders = child(child(cell, "w:tcPr"), "w:tcBorders")
    return any(value(borders, f"w:{side}") == "double" for side in sides)


def is_ruled(row: Any, side: str) -> bool:
    """Return whether most cells of a row have a rule at their top or bottom side."""
    ruled = [_has_rule(child(child(cell, "w:tcPr"), "w:tcBorders"), side) for cell in cells_of(row)]
    return 2 * sum(ruled) > len(ruled)


def is_too_low(row: Any) -> bool:
    """Return whether the height that a row states is less than that of any letter."""
    return integer(value(child(row, "w:trPr"), "w:trHeight")) < _LOWEST


def is_empty_end(row: Any) -> bool:
    """Return whether all paragraphs of a row without text are too small for any: then it only ends the row above."""
    sizes = [integer(value(child(child(each, "w:pPr"), "w:rPr"), "w:sz")) for each in row.iter(qn("w:p"))]
    return is_too_low(row) and all(0 < size <= _SMALLEST for size in sizes)


def _body_rows(table: Any) -> list[Any]:
    """Return the rows of a table, and of those in it, that are not marked as heads."""
    return [row for row in table.iter(qn("w:tr")) if child(child(row, "w:trPr"), "w:tblHeader") is None]


def _has_rule(borders: Any, side: str) -> bool:
    """Return whether there is a line at a side, as the borders of a table or a cell state it."""
    return value(borders, f"w:{side}") not in (None, "nil", "none")


def _children(element: Any, name: str) -> Iterator[Any]:
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in TRANSPARENT:
            yield from _children(each, name)
