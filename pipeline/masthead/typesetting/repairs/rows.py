"""The cells of a row begin on one page.

If some cells of a row fit on the rest of a page and others do not, WeasyPrint draws those that fit, and begins the
others on the next page: what is side by side in the source is on two pages. Here the row begins on the next page. Rows
of tables (`tr`) are as before: they stay together or are long, and print divides long ones in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from masthead.typesetting.engine.patching import patched, replace
from masthead.typesetting.engine.weasyprint.layout import table

_STOCK = "if all(child.empty for child in row.children):"
_REPAIRED = (
    "if all(child.empty for child in row.children) or (\n"
    "                        not page_is_empty and begins_apart(row, resume_at[index_row])):"
)


def apply() -> None:
    """Put the repair into WeasyPrint."""
    vars(table)["begins_apart"] = begins_apart
    replace(table.table_layout, patched(table, "table_layout", (_STOCK, _REPAIRED)))


def begins_apart(row: Any, goes_on: Mapping[int, Any]) -> bool:
    """Return whether none of the content of some cell is on the page. `goes_on` says where the cells continue."""
    return row.element_tag != "tr" and any(place == {0: None} for place in goes_on.values())
