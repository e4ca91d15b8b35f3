"""Columns in the notes of Word files, as of terms and their explanations: tabs to stops of the paragraph's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from masthead.document import Content, Tab
from masthead.formats.styled.parts import StyledTable, paragraphs
from masthead.formats.styled.spans import TAB, Span, text_of
from masthead.formats.word.conventions import TEXT_INDENT
from masthead.formats.word.styles import Styles
from masthead.formats.word.xml import child, integer, qn, value, w

_HANGING = 576
"""How far the mark of a note hangs out, in twentieths of a point: in the template's style of notes."""
_MARK = re.compile(rf"{TAB}? *(?:\(?(?:\d{{1,3}}|\*{{1,9}})\)? *(?={TAB}))?{TAB}?")


def stops_for(content: Content, *, is_first: bool) -> list[Any]:
    """Return the properties of a paragraph of a note whose columns begin at its tabs; none if it has no tabs."""
    stops = [TEXT_INDENT + inline.at for inline in content if isinstance(inline, Tab)]
    if not stops:
        return []
    tabs = w("tabs", *(w("tab", val="left", pos=str(stop)) for stop in sorted(set(stops))))
    hanging = stops[-1] - TEXT_INDENT + (_HANGING if is_first else 0)
    return [tabs, w("ind", left=str(stops[-1]), hanging=str(hanging))]


def edge_of(note: Iterable[Any], styles: Styles) -> int:
    """Return where the text of a note begins, from the margin in twentieths of a point: as its first paragraph says."""
    properties = next((child(each, "w:pPr") for each in note if each.tag == qn("w:p")), None)
    return _indent(properties) or styles.indent(value(properties, "w:pStyle")) or TEXT_INDENT


def _indent(properties: Any) -> int:
    return max(integer(value(properties, "w:ind", side)) for side in ("w:left", "w:start"))


def stops_of(paragraph: Any) -> tuple[int, ...]:
    """Return the stops that a paragraph has of its own, from the margin in twentieths of a point, in order.

    Where its lines after the first begin is one.
    """
    properties = child(paragraph, "w:pPr")
    tabs = child(properties, "w:tabs")
    if tabs is None:
        return ()
    own = [each for each in tabs if each.get(qn("w:val")) in ("left", "start", "num")]
    places = {integer(each.get(qn("w:pos"))) for each in own}
    return tuple(sorted(places | {_indent(properties)} - {0}))


def rows_of(table: StyledTable) -> Iterator[list[Span]]:
    """Yield the paragraphs of a table in a note, those of a row side by side: a tab is where each cell begins."""
    starts = list(accumulate(table.widths, initial=0))
    for row in table.rows:
        cells = [(cell.column, list(paragraphs(cell.parts))) for cell in row.cells]
        for at in range(max((len(paras) for _, paras in cells), default=0)):
            line: list[Span] = []
            for column, paras in cells:
                if at < len(paras):
                    start = starts[min(column, len(starts) - 1)]
                    line += [*([Span(inline=Tab(start))] if start else ()), *paras[at].spans]
            yield line


def with_columns(spans: Sequence[Span], stops: Sequence[int], edge: int, *, is_first: bool) -> list[Span]:
    """Return the spans of a paragraph of a note with tabs of the model for those that go to a stop after `edge`.

    The first paragraph of a note begins with its mark.
    """
    places = [stop - edge for stop in stops if stop > edge]
    found = _MARK.match(text_of(spans)) if is_first else None
    return list(_tabbed(spans, places, found.end() if found else 0)) if places else list(spans)


def _tabbed(spans: Sequence[Span], places: list[int], skipped: int) -> Iterator[Span]:
    """Yield the spans with tabs to these places in order, after `skipped` characters. No white space is beside them."""
    after_tab = False
    for span in spans:
        kept, skipped = span.text[:skipped], max(0, skipped - len(span.text))
        pieces = span.text[len(kept) :].split(TAB)
        for at, piece in enumerate(pieces):
            if at:
                after_tab = bool(places)
                yield Span(inline=Tab(places.pop(0))) if places else Span(TAB)
            text = piece if span.literal or at + 1 == len(pieces) else piece.rstrip(" ")
            text = text.lstrip(" ") if after_tab and not span.literal else text
            after_tab = after_tab and not (text or span.inline)
            yield replace(span, text=kept * (not at) + text)
