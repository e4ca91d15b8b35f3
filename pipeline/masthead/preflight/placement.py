"""Rules about where the text of the structure is on the page: in reading order, and in its column."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from masthead.document import Finding, Rules, Severity
from masthead.pdf import DrawnLine, Evidence, Page, Piece, TaggedBlock, TextRun, places, spots
from masthead.preflight.excerpts import excerpt
from masthead.preflight.identity import budget_section
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.LAYOUT, Need.STRUCTURE, Need.OUR_TAGS)
ABOVE = 3.0  # points: a note call or the mark of a note may be this much above the previous line's baseline
RAISED = 6.0  # points: a note call at the end of a line is raised by less
IN_HALVES = 0.75  # of the lines of a page in two columns; the others are those of the opening
TAB = 45.0  # points between a paragraph's number and its text, at most
NEAR = 3.0  # points: overhanging glyphs, rounded positions
BRACKET = 0.6  # of the size: so much of a Chinese bracket is empty at the beginning of a line
HANGING, IN_BOX = 16.0, 23.0  # points: a table's note begins 14.4 from the edge of the frame, in a box 22.3
SMALL = (9.5, 12.5)  # points: notes are set in 8.5 or 9, in Arabic in 11 or 11.5; an alef ends its room of a letter
# One dot after text that almost fills its line. Both forms begin with a dot, so that few places of a text are tried.
_LEADER = re.compile(r"[.․…](?:(?: ?[.․…]){4}|(?<=\s[.․…])\s*\d{0,3}$)")
_IN_SECTION = re.compile(r"\d{1,3}[A-Z]?(?: ?- ?|\.)\d{1,3}(?!\S)")  # the number of a paragraph: 10.1, ١٠-١
_HINT = "let the text flow in the order of the document"
_TEXTS, _FLOWING = frozenset(("P", "LBody")), frozenset(("P", "LBody", "Note"))
_MARK = re.compile(r"[()]\w{1,4}[()]|\d{1,3}(\.|\s*-)|-\s*\d{1,3}")

Runs = Sequence[Mapping[int | None, TextRun]]
"""For each page, the first run of each marked content."""


@RULES.rule("structure.order", Severity.ERROR)
def order(evidence: Evidence) -> Iterator[Finding]:
    """Paragraphs, headings and notes are on the page in their reading order, so that readers who see the page and
    readers who listen get the same text. In two columns, the second is read after the first."""
    if evidence.structure is None:
        return
    runs = [{run.content: run for run in reversed(on_page)} for on_page in evidence.runs]
    last: dict[tuple[str, int], tuple[float, TaggedBlock, Piece | None]] = {}
    for element in evidence.tree:
        if element.in_cell or not element.pieces:
            continue
        for first, end in _ends(element):
            page = evidence.pages[first.page - 1]
            above, below = _baseline(page, runs, first), _baseline(page, runs, end)
            if above is None or below is None or _is_outside_text(element, page, above):
                continue
            start = None if element.kind == "Note" else first  # notes are in no columns
            if below < above - RAISED and not _is_beside(page, start, end):
                box = spots.box(page, end.number)
                yield Finding(f"{excerpt(element.text, 30)} ends above its beginning", page.number, hint=_HINT, box=box)
            # Notes with asterisks are at the foot of the page, the others may be after the text.
            notes = "*" if element.text.startswith("*") else "Note"
            stream = notes if element.kind == "Note" else "", page.number
            reached, before, ended = last.get(stream, (0.0, element, None))
            if above < reached - ABOVE and not _is_beside(page, ended, first):
                message = f"{excerpt(element.text, 30)} is above {excerpt(before.text, 30)}, which is read before it"
                yield Finding(message, page.number, hint=_HINT, box=spots.box(page, first.number))
            last[stream] = below, element, start and end


def _is_beside(page: Page, earlier: Piece | None, later: Piece) -> bool:
    """Whether a text is in a column after that of an earlier one."""
    one, other = (spots.box(page, piece.number if piece else None) for piece in (earlier, later))
    if one is None or other is None:
        return False
    return other[2] < one[0] + NEAR if page.right_to_left else other[0] > one[2] - NEAR


def _is_outside_text(element: TaggedBlock, page: Page, baseline: float) -> bool:
    """Whether an element is in the masthead or the imprint of page one, whose parts are side by side."""
    is_in_text = places.MASTHEAD < baseline < places.imprint(page)
    return page.number == 1 and not is_in_text and element.kind != "Note"


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


@RULES.rule("boxes.column", Severity.ERROR)
def in_column(evidence: Evidence) -> Iterator[Finding]:
    """Paragraphs are inside their column. Paragraphs that begin at the edge of the frame, such as the session, the
    title of a table and its notes, are inside the frame, and so is all text on pages with a table of contents. Headings
    may extend into the margin at the side where lines begin. Where paragraphs are numbered within a section, such as
    10.1 in the budget, their numbers are before the column, which ends where the frame does. Two columns are inside the
    frame.

    The number or letter of a paragraph is beside its text, separated by a tab of at most 45 pt; columns in a note are
    where its source has them. Each column of a parallel edition is in its half of the frame; only notes are as wide as
    the frame.
    """
    if evidence.whole:
        yield from _in_half(evidence)
        return
    owners: dict[tuple[int, int], TaggedBlock] = {}
    halves: dict[int, tuple[bool, bool]] = {}  # by page: few lines are in both, each has some

    def owner(page: Page, line: DrawnLine) -> TaggedBlock | None:
        if not owners:  # few pages have a line outside its column: collect the owners when one is found
            owners.update(((piece.page, piece.number), e) for e in evidence.tree for piece in e.pieces)
        return owners.get((page.number, line.content))

    def in_columns(page: Page) -> bool:
        """Whether few lines of a page cross its middle, in a document that has text in both halves of such a page."""
        for other in evidence.pages if not halves else ():
            owned = ((line, owner(other, line)) for line in places.body(other))
            texts = [line for line, element in owned if element and element.kind in _TEXTS and not element.in_cell]
            sides = (line.right < other.width / 2 for line in texts), (line.left > other.width / 2 for line in texts)
            first, second = map(sum, sides)
            halves[other.number] = first + second >= IN_HALVES * len(texts), bool(first and second)
        return halves[page.number][0] and (True, True) in halves.values()

    in_section = bool(budget_section(evidence.facts.symbol)) or any(
        page.start(line) < places.column(page) - NEAR and _IN_SECTION.match(line.text)
        for page in evidence.pages
        for line in places.body(page)
    )
    for page in evidence.pages:
        edge = places.column(page)
        frame = 56.7 if edge < 120 else 60.0
        lines = places.body(page)
        is_wide = in_section or any(_LEADER.search(line.text) for line in lines)
        reach = frame if is_wide else edge
        for line in lines:
            start, end = page.start(line), page.width - page.end(line)
            hanging = IN_BOX if line.size < SMALL[page.right_to_left] else HANGING
            limit = (frame if -NEAR < start - frame < hanging else reach) - NEAR
            if (start > limit and end > min(limit, reach - NEAR)) or (
                page.number == 1 and line.baseline > places.imprint(page)
            ):
                continue
            if (element := owner(page, line)) and element.kind in _TEXTS and not element.in_cell:
                if min(start, end) > frame - NEAR and in_columns(page):
                    continue
                message = f"text is outside its column: {line.text[:40]}"
                yield Finding(message, page.number, hint=_HINT, box=line.box)
        for left, right in pairwise(lines):
            if left.baseline == right.baseline and right.left - left.right > TAB:
                mark, text = (right, left) if page.right_to_left else (left, right)
                element = owner(page, mark) if _MARK.fullmatch(mark.text) else None
                if element and element.kind != "Note" and element is owner(page, text):
                    message = f"text is too far from its number {mark.text}: {text.text[:40]}"
                    yield Finding(message, page.number, hint=_HINT, box=text.box)


def _in_half(evidence: Evidence) -> Iterator[Finding]:
    """Find text of a column of a parallel edition that is outside its half of the frame."""
    owners = {(piece.page, piece.number): element for element in evidence.tree for piece in element.pieces}
    for page in evidence.pages:
        middle, frame = page.width / 2, 56.7 if places.column(page) < 120 else 60.0
        # The second column begins in the middle if both languages have the same direction, else at the other edge.
        from_middle = evidence.is_second and page.right_to_left is (evidence.facts.direction == "rtl")
        near, far = (middle, page.width - frame + NEAR) if from_middle else (frame - NEAR, middle)
        for line in places.body(page):
            element = owners.get((page.number, line.content))
            if element is None or element.kind == "Note":
                continue
            if page.start(line) < near or page.end(line) > far:
                yield Finding(f"text is outside its column: {line.text[:40]}", page.number, hint=_HINT, box=line.box)


@RULES.rule("boxes.edges", Severity.ERROR)
def edges(evidence: Evidence) -> Iterator[Finding]:
    """Each line of a paragraph after its first begins where others of the document do, or at the column's edge, unless
    it is centred. Lines in a column of a note begin where this column does."""
    starts = sorted(page.start(line) for page in evidence.pages for line in places.body(page))
    owners = {(piece.page, piece.number): element for element in evidence.tree for piece in element.pieces}
    for page in evidence.pages:
        lines = places.body(page)
        of: dict[int, list[DrawnLine]] = defaultdict(list)
        for line in lines:
            element = owners.get((page.number, line.content)) if line.content is not None else None
            if element and element.kind in _FLOWING and not element.in_cell:
                of[id(element)].append(line)
        for own in of.values():
            rows = _rows(own)
            for at, (above, row) in enumerate(pairwise(rows), 1):
                start, near = min(map(page.start, row)), max(NEAR, BRACKET * row[0].size)
                shared = bisect_right(starts, start + near) - bisect_left(starts, start - near)
                if shared < 2 and abs(start - places.column(page)) > near and abs(_middle(row) - _middle(above)) > NEAR:
                    element = owners[page.number, own[0].content]
                    if element.kind == "Note" and any(abs(start - each) <= near for each in _columns(page, rows[:at])):
                        continue
                    box = row[0].box
                    yield Finding(f"a line is beside its column: {row[0].text[:40]}", page.number, hint=_HINT, box=box)


def _columns(page: Page, rows: Iterable[Sequence[DrawnLine]]) -> Iterator[float]:
    """Yield where columns of a note may begin: each piece of its rows, from the edge where reading begins."""
    for row in rows:
        begins: dict[int, float] = {}
        for each in (character for line in row for character in line.characters):
            start = page.width - each.right if page.right_to_left else each.left
            begins[each.content] = min(start, begins.get(each.content, start))
        yield from begins.values()


def _rows(lines: Sequence[DrawnLine]) -> list[list[DrawnLine]]:
    """The lines of a paragraph, each with its parts: a number may be apart from what follows it."""
    rows: list[list[DrawnLine]] = []
    for line in lines:
        if rows and line.baseline < rows[-1][0].baseline + RAISED:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _middle(row: Sequence[DrawnLine]) -> float:
    return (min(line.left for line in row) + max(line.right for line in row)) / 2
