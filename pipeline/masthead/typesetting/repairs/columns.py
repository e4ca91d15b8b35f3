"""Balanced columns are as high as what is in them.

Where a column ends inside a table or another block, WeasyPrint makes the part of the block that is in the column fill
it. Of columns that are balanced it tries heights until everything fits, and the last one tried may be larger than what
any column holds. The filled block then keeps that height, and so do the columns: the text below them begins too low,
by up to the height of a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from masthead.typesetting.engine.patching import patched
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import block, column

_STOCK = "max_column_height, new_child.margin_height())"
_REPAIRED = "max_column_height, filled_height(new_child, column_skip_stack))"


def apply() -> None:
    """Put the repair into WeasyPrint."""
    vars(column)["filled_height"] = filled_height
    block.columns_layout = patched(column, "columns_layout", (_STOCK, _REPAIRED))


def filled_height(box: Any, goes_on: Any) -> float:
    """Return the height of a column, without what only fills it if its content goes on in the next one."""
    if goes_on is None:
        return float(box.margin_height())
    return max((bottom - box.position_y for bottom in _bottoms(box)), default=0.0)


def _bottoms(box: Any) -> Iterator[float]:
    """Yield the lower edges of the lines, rows and pictures in a box."""
    if isinstance(box, boxes.LineBox | boxes.TableRowBox | boxes.ReplacedBox):
        yield box.position_y + box.margin_height()
    else:
        for child in getattr(box, "children", ()):
            yield from _bottoms(child)
