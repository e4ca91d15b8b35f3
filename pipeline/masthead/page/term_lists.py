"""Terms and explanations in a note, side by side, as HTML: each paragraph with tabs is an item of a list.

The spaces between columns and items part the words for readers of the text alone; nothing draws them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby, zip_longest

from masthead.document import model

SPACE_AT_END = '<span class="line-end"> </span>'
"""The space between two paragraphs or lines. It parts the words for readers of the file."""


def has_columns(content: model.Content) -> bool:
    """Return whether the text of a note has columns."""
    return any(isinstance(inline, model.Tab) for inline in content)


def mark_up_columns(content: model.Content, mark_up: Callable[[model.Content], str]) -> str:
    """Return the HTML of a note with columns; `mark_up` returns that of a paragraph without any.

    What is first in a note is beside its mark.
    """
    rows = enumerate(map(model.split_columns, model.split_paragraphs(content)))
    html = ""
    for is_list, group in groupby(rows, lambda row: row[1][-1][0] > 0):
        for number, (at, columns) in enumerate(group):
            first = " first" * (at == 0)
            if is_list:
                html += "" if number else f'<span class="note-list{first}" role="list">'
                html += f'<span class="note-columns" role="listitem">{_columns(columns, mark_up)}</span> '
            else:
                text = mark_up(columns[0][1]) + SPACE_AT_END
                html += text if first else f'<span class="note-row">{text}</span>'
        html += "</span> " if is_list else ""
    return html


def _columns(columns: tuple[tuple[int, model.Content], ...], mark_up: Callable[[model.Content], str]) -> str:
    start = columns[0][0]
    html = f'<span class="note-column" style="width: {start / 20:g}pt"></span>' if start else ""
    for (at, content), following in zip_longest(columns, columns[1:]):
        width = f' style="width: {max(following[0] - at, 0) / 20:g}pt"' if following else ""
        role = f' role="{"term" if following else "definition"}"' if content else ""
        html += f'<span class="note-column"{role}{width}>{mark_up(content) if content else ""}</span> '
    return html
