"""The layout of a source: aligned columns of tables, one empty line between blocks, no spaces at the ends of lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from masthead import formats
from masthead.document import MastheadError
from masthead.editing.assistance.draft import SourceDraft

_CELLS = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r" *:?-+:? *")


def laid_out(draft: SourceDraft) -> str:
    """Return the text of a draft in its usual layout; as it is, if it would be read otherwise, or cannot be read."""
    front, body = draft.lines[: draft.body - 1], [_trimmed(line) for line in draft.lines[draft.body - 1 :]]
    lines: list[str] = []
    for is_table, group in groupby(body, key=lambda line: line.startswith("|") and line.endswith("|")):
        rows = list(group)
        lines += _table(rows) if is_table else rows
    kept = [line for at, line in enumerate(lines) if line or (lines[at - 1] if at else front)]
    text = "\n".join((*front, *kept)).rstrip("\n") + "\n"
    try:
        same = formats.parse(text.encode(), draft.name) == formats.parse(draft.text.encode(), draft.name)
    except MastheadError:
        return draft.text
    return text if same else draft.text


def _trimmed(line: str) -> str:
    """Return a line without white space at its end, unless that may be a line break that the reader refuses."""
    is_break = line.endswith("  ") and line.strip() and not line.startswith("|")
    return line if is_break else line.rstrip(" \t")


def _table(rows: Sequence[str]) -> Iterator[str]:
    """Yield the rows of a table with columns of the same width. A table of wide columns keeps single spaces."""
    cells = [[cell.strip() for cell in _CELLS.split(row.strip())[1:-1]] for row in rows]
    if len({len(row) for row in cells}) > 1:
        yield from rows
        return
    texts = [row for row in cells if not all(map(_RULE.fullmatch, row))]
    widths = [max((_width(row[at]) for row in texts), default=3) for at in range(len(cells[0]))]
    widths = [max(width, 3) for width in widths] if sum(widths) < 200 else [3] * len(widths)
    for row in cells:
        if all(map(_RULE.fullmatch, row)):
            yield "|".join(("", *map(_rule, row, widths), ""))
        else:
            padded = (f" {cell}{' ' * (width - _width(cell))} " for cell, width in zip(row, widths, strict=True))
            yield "|".join(("", *padded, ""))


def _rule(cell: str, width: int) -> str:
    start, end = cell.startswith(":"), cell.endswith(":")
    return f"{':' * start}{'-' * (width + 2 - start - end)}{':' * end}"


def _width(text: str) -> int:
    """Return how many columns a text takes in an editor: two for a Chinese character, none for a vowel mark."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
