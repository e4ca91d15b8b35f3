"""Rules about where on the page the texts of the structure stand: in their order, in their column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from masthead.document import Severity
from masthead.pdf import DrawnLine, Evidence, Page, Piece, TaggedBlock, TextRun, places, spots
from masthead.preflight.rules import Fault, Rule

ABOVE = 3.0  # points: a call or the mark of a note stands no higher above its line than what is below that line
RAISED = 6.0  # points: the call that ends a line is raised by less
TAB = 45.0
NEAR = 3.0  # points: overhanging glyphs, rounded places
_FLOW = "let the text flow in the order of the document"
_CELLS = frozenset(("TH", "TD"))
_TEXTS = frozenset(("P", "LBody"))
_MARK = re.compile(r"[()]\w{1,4}[()]|\d{1,3}(\.|\s*-)|-\s*\d{1,3}")

Runs = Sequence[Mapping[int | None, TextRun]]
"""Of each page the first run of each marked content."""


def order(evidence: Evidence) -> Iterator[Fault]:
    """Paragraphs, headings and notes stand on the page in the order in which they are read.

    Who listens to a document and who looks at it are told the same, in the same order.
    """
    if evidence.structure is None:
        return
    runs = [{run.content: run for run in reversed(on_page)} for on_page in evidence.runs]
    last: dict[tuple[bool, int], tuple[float, TaggedBlock]] = {}
    for element in evidence.tree:
        if element.kind in _CELLS or not element.pieces:
            continue
        for first, end in _ends(element):
            page = evidence.pages[first.page - 1]
            above, below = _baseline(page, runs, first), _baseline(page, runs, end)
            if above is None or below is None:
                continue
            if (
                page.number == 1
                and not places.MASTHEAD < above < page.height - places.IMPRINT
                and element.kind != "Note"
            ):
                continue
            if below < above - RAISED:
                yield Fault(
                    f"“{_short(element)}” ends above its beginning",
                    page.number,
                    hint=_FLOW,
                    box=spots.box(page, end.number),
                )
            stream = element.kind == "Note", page.number
            reached, before = last.get(stream, (0.0, element))
            if above < reached - ABOVE:
                yield Fault(
                    f"“{_short(element)}” stands above “{_short(before)}”, which is read before it",
                    page.number,
                    hint=_FLOW,
                    box=spots.box(page, first.number),
                )
            last[stream] = below, element


def _ends(element: TaggedBlock) -> Iterator[tuple[Piece, Piece]]:
    """The first and the last piece of an element on each of its pages."""
    pieces = element.pieces
    if len(element.pages) < 2:
        yield pieces[0], pieces[-1]
        return
    for number in element.pages:
        here = [piece for piece in pieces if piece.page == number]
        if here:
            yield here[0], here[-1]


def _baseline(page: Page, runs: Runs, piece: Piece) -> float | None:
    run = runs[piece.page - 1].get(piece.number)
    return None if run is None else page.height - run.matrix[5]


def _short(element: TaggedBlock) -> str:
    return element.text if len(element.text) < 31 else f"{element.text[:30]}…"


def in_column(evidence: Evidence) -> Iterator[Fault]:
    """Paragraphs keep to their column, from its first edge to its last; those that begin at the edge of the frame, as
    the session and a table's title do, keep to the frame. Headings may hang out on the side where lines begin.

    The number or letter of a paragraph stands beside its text: nothing but a tab, of 45 pt at most, parts them.
    """
    owners: dict[tuple[int, int], TaggedBlock] = {}

    def owner(page: Page, line: DrawnLine) -> TaggedBlock | None:
        if not owners:
            owners.update(((piece.page, piece.number), e) for e in evidence.tree for piece in e.pieces)
        return owners.get((page.number, line.spans[0].cells[0].content))

    for page in evidence.pages:
        edge = places.column(page)
        frame = 56.7 if edge < 120 else 60.0
        lines = places.body(page)
        for line in lines:
            start, end = page.start(line), page.width - page.end(line)
            limit = (frame if abs(start - frame) < NEAR else edge) - NEAR
            if (start > limit and end > limit) or (page.number == 1 and line.baseline > page.height - places.IMPRINT):
                continue
            if (element := owner(page, line)) and element.kind in _TEXTS:
                yield Fault(f"text stands outside its column: {line.text[:40]}", page.number, hint=_FLOW, box=line.box)
        for left, right in pairwise(lines):
            if left.baseline == right.baseline and right.left - left.right > TAB:
                mark, text = (right, left) if page.right_to_left else (left, right)
                if _MARK.fullmatch(mark.text) and (element := owner(page, mark)) and element is owner(page, text):
                    what = f"text stands far from its mark, {mark.text}: {text.text[:40]}"
                    yield Fault(what, page.number, hint=_FLOW, box=text.box)


ORDER = (Rule("structure.order", Severity.ERROR, order),)
COLUMN = (Rule("boxes.column", Severity.ERROR, in_column),)
