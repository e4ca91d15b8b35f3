"""Direction of a paragraph by UAX #9, written into its HTML.

WeasyPrint resolves each text box alone and lays the boxes of a line in the direction of their parent. So the levels of
the whole paragraph are computed here, and each run of a deeper level becomes a box of its own direction, `<span dir>`:
what remains in one text box resolves alone, on any line, to the levels it has in the paragraph. Letters that an
element's edge parts are joined by U+200D on both sides of it; a mark goes with its letter, an alef with its lam.

What the HTML says, for whoever reads source text from it:

- The text nodes, in document order, are the text of the paragraph in logical order, white space collapsed.
- Where what is drawn differs from the source, the text stands alone in `<span data-text="…">`, and the attribute holds
  the source's text. The two differ by `CONTROLS` alone: some stand in the drawn text only (joiners, marks and overrides
  that were put in), some in `data-text` only (embeddings and isolates that became boxes). Outside such a span every
  character is the source's own, controls too.

Atoms are not text of this paragraph. Preformatted white space and `<br>` are not provided for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import groupby, pairwise

from masthead.document import Direction
from masthead.page.embedding_levels import EMBEDDINGS, ISOLATES, resolve_levels
from masthead.page.joining import ALEF, LAM, ZWJ, is_mark, joined
from masthead.page.nesting import Leaf, Tag, nest

NUMBER_CLASS = "number"
"""The class of an element that holds a resolution number: in a right-to-left paragraph the part before the slash is
drawn at the right of it, as the United Nations does (`٦٤/٢٩٣` read from the right: 64, then 293)."""

MARKS = frozenset("\u200e\u200f\u061c")
CONTROLS = EMBEDDINGS | ISOLATES | MARKS | {ZWJ}
_UNDRAWN = EMBEDDINGS | ISOLATES

_MARK = {Direction.LTR: "\u200e", Direction.RTL: "\u200f"}
_OVERRIDE = {Direction.LTR: "\u202d", Direction.RTL: "\u202e"}
_ISOLATE = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_SPACE = frozenset(" \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Element:
    """An inline element. A `dir` attribute (`ltr`, `rtl`, `auto`) makes it an isolate, and becomes boxes."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """HTML that is neither looked into nor parted: a note, an image. `char` is what it counts as for the levels:
    a neutral, or U+2060 for what is not seen. Letters before and after it join as if it were not there."""

    html: str
    char: str = "\ufffc"


@dataclass(frozen=True, slots=True)
class Break:
    """The paragraph is cut here into two blocks; the levels are those of the whole."""


Node = str | Element | Atom | Break


@dataclass(slots=True)
class _Cell:
    """What is never parted: a letter with its marks, lam and alef, an atom, or a control."""

    char: str  # what counts for the levels
    text: str  # what the source says
    drawn: str
    elements: tuple[int, ...]
    atom: Atom | Break | None = None
    level: int = 0
    runs: tuple[int, ...] | None = None


@dataclass(slots=True)
class _Box:
    """What becomes one text box, or an atom."""

    cells: list[_Cell]
    direction: Direction
    text: str
    drawn: str = field(default="")


def isolate(nodes: Sequence[Node], base: Direction) -> tuple[str, ...]:
    """Return the HTML of one paragraph for a block of direction `base`: one part, and one more for each break."""
    tags: list[Tag] = []
    cells = _cluster(_collapse(_flatten(nodes, (), tags, base)), base)
    _part(cells, (0, len(cells)), int(base is Direction.RTL), (), tags)
    identified: set[int] = set()
    return tuple(nest(_leaves(part, tags, base), tags, identified) for part in _cut(cells))


def _flatten(nodes: Iterable[Node], elements: tuple[int, ...], tags: list[Tag], base: Direction) -> Iterator[_Cell]:
    """Cells of one character each; an element's `dir` and the turn of a number's slash as controls without text."""
    for node in nodes:
        if isinstance(node, str):
            yield from (_Cell(char, char, "" if char in _UNDRAWN else char, elements) for char in node)
        elif isinstance(node, Element):
            attributes = dict(node.attributes)
            direction = attributes.pop("dir", "")
            tags.append(Tag(node.tag, tuple(attributes.items())))
            inside = _flatten(node.children, (*elements, len(tags) - 1), tags, base)
            if base is Direction.RTL and NUMBER_CLASS in attributes.get("class", "").split():
                inside = _turn(inside)
            if direction:
                yield _Cell(_ISOLATE[direction], "", "", elements)
            yield from inside
            if direction:
                yield _Cell("\u2069", "", "", elements)
        else:
            yield _Cell(node.char if isinstance(node, Atom) else "", "", "", elements, node)


def _turn(cells: Iterable[_Cell]) -> Iterator[_Cell]:
    mark = _MARK[Direction.RTL]
    for cell in cells:
        if cell.char == "/":
            yield _Cell(mark, "", mark, cell.elements)
            yield cell
            yield _Cell(mark, "", mark, cell.elements)
        else:
            yield cell


def _collapse(cells: Iterable[_Cell]) -> Iterator[_Cell]:
    """White space as `white-space: normal` leaves it; before the levels, as CSS Text 3 (4.1.1) wants."""
    last = ""
    for cell in cells:
        if cell.char in _SPACE and not cell.atom:
            if last == " ":
                continue
            cell.char = cell.text = cell.drawn = " "
        if cell.char and cell.char not in CONTROLS:
            last = cell.char
        yield cell


def _cluster(cells: Iterable[_Cell], base: Direction) -> list[_Cell]:
    """Give each cell its level and put together what is never parted."""
    result: list[_Cell] = []
    last: _Cell | None = None  # the last one that a mark can stand on
    found = list(cells)
    level = iter(resolve_levels("".join(cell.char for cell in found), base))
    removed = ""  # embeddings: the algorithm passes over them (UAX #9, X9)
    for cell in found:
        cell.level = next(level) if cell.char else result[-1].level if result else int(base is Direction.RTL)
        if cell.char in EMBEDDINGS and not cell.atom:
            removed += cell.text
            continue
        begins = last is not None and bool(removed) and cell.level != last.level  # another embedding
        if not cell.atom:
            cell.text, removed = removed + cell.text, ""
        if last and not begins and _clings(cell, last, adjacent=result[-1] is last):
            last.text += cell.text
            last.drawn += cell.drawn
            continue
        result.append(cell)
        if not cell.atom and cell.char not in ISOLATES:
            last = None if cell.char in MARKS else cell
    if result:
        result[-1].text += removed
    return result


def _clings(cell: _Cell, last: _Cell, *, adjacent: bool) -> bool:
    if cell.atom or _stands_alone(cell.char):
        return False
    if is_mark(cell.char):
        return True
    lam_alef = cell.char in ALEF and last.char in LAM and "\u200c" not in last.drawn and cell.level == last.level
    return adjacent and (lam_alef or unicodedata.bidirectional(cell.char) == "BN")


@cache
def _stands_alone(char: str) -> bool:
    """Whether a character never goes with the one before it."""
    if char in CONTROLS:
        return char != ZWJ
    return not (is_mark(char) or char in ALEF or unicodedata.bidirectional(char) == "BN")


def _part(cells: list[_Cell], span: tuple[int, int], level: int, runs: tuple[int, ...], tags: list[Tag]) -> None:
    """Give each cell of `span` the chain of runs around it. Cells of a run where nothing is seen get none."""
    index, end = span
    while index < end:
        stop = index
        while stop < end and cells[stop].level > level:
            stop += 1
        if stop == index:
            cells[index].runs = runs
            index += 1
            continue
        if any(cell.atom or (cell.drawn and cell.char not in MARKS) for cell in cells[index:stop]):
            inner = min(cell.level for cell in cells[index:stop])
            around = runs
            if (inner - level) % 2 and not (level % 2 and _is_plain_number(cells, index, stop)):
                tags.append(Tag("span", direction=_direction(inner)))
                around = (*runs, len(tags) - 1)
            _part(cells, (index, stop), inner, around, tags)
        index = stop


def _direction(level: int) -> Direction:
    return Direction.RTL if level % 2 else Direction.LTR


def _is_plain_number(cells: list[_Cell], start: int, stop: int) -> bool:
    """Whether these are digits that resolve to their level in any right-to-left box, whatever its line begins with."""
    run = cells[start:stop]
    kinds = {_class(cell) for cell in run} - {"CS"}
    if kinds not in ({"AN"}, {"EN"}) or "CS" in (_class(run[0]), _class(run[-1])):
        return False
    if any((cell.elements, cell.level) != (run[0].elements, run[0].level) for cell in run):
        return False
    before = [_class(cell) for cell in reversed(cells[max(0, start - 2) : start])]
    after = [_class(cell) for cell in cells[stop : stop + 2]]
    for near, far in ((*before, "", "")[:2], (*after, "", "")[:2]):
        if near in ("EN", "AN", "BN") or (near == "CS" and far in ("EN", "AN")):
            return False
        if near in ("ES", "ET") and kinds == {"EN"}:
            return False
    return True


def _class(cell: _Cell) -> str:
    return _kind(cell.char)


@cache
def _kind(char: str) -> str:
    return unicodedata.bidirectional(char) if char and char not in ISOLATES else "BN"


def _cut(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The cells of each part, without the space at its ends."""
    parts: list[list[_Cell]] = [[]]
    for cell in cells:
        if isinstance(cell.atom, Break):
            parts.append([])
        else:
            parts[-1].append(cell)
    for part in parts:
        seen = [cell for cell in part if cell.atom or (cell.drawn and cell.char not in MARKS)]
        for cell in seen[:1] + seen[1:][-1:]:
            if cell.drawn == " ":
                cell.text, cell.drawn = cell.text.rstrip(" "), ""
    return parts


def _leaves(part: Sequence[_Cell], tags: Sequence[Tag], base: Direction) -> list[Leaf]:
    boxes = _boxes(part, tags, base)
    texts = [box for box in boxes if not box.cells[0].atom]
    for before, after in pairwise(texts):
        if before.direction is after.direction and joined(before.drawn, after.drawn):
            before.drawn += ZWJ
            after.drawn = ZWJ + after.drawn
    return [Leaf(_html(box), box.cells[0].elements, box.cells[0].runs or ()) for box in boxes]


def _boxes(part: Sequence[_Cell], tags: Sequence[Tag], base: Direction) -> list[_Box]:
    """Cells of the same elements and runs are one box; the text of what is not drawn goes with the box before it."""
    boxes: list[_Box] = []
    waiting = ""
    for cell in part:
        last = boxes[-1] if boxes and not boxes[-1].cells[0].atom else None
        if cell.runs is None or not (cell.drawn or cell.atom):
            if last:
                last.text += cell.text
            else:
                waiting += cell.text
        elif last and not cell.atom and (cell.elements, cell.runs) == (last.cells[0].elements, last.cells[0].runs):
            last.cells.append(cell)
            last.text += cell.text
        else:
            direction = Direction(tags[cell.runs[-1]].direction) if cell.runs else base
            boxes.append(_Box([cell], direction, "" if cell.atom else waiting + cell.text))
            waiting = waiting if cell.atom else ""
    for box in boxes:
        box.drawn = _resolve(box)
    return boxes


def _resolve(box: _Box) -> str:
    """The drawn text of a box; with overrides in the rare case that it does not resolve alone as in the paragraph."""
    text = "".join(cell.drawn for cell in box.cells)
    if not text.strip():  # WeasyPrint draws no box of white space alone, and words would run together in extraction
        return _MARK[box.direction] + text
    met = {(_class(cell), cell.level) for cell in box.cells}
    if all(_resolves_anywhere(kind, level, box.direction) for kind, level in met):
        return text
    alone, place = resolve_levels(text, box.direction), 0
    for cell in box.cells:
        if (alone[place] - cell.level) % 2:
            break
        place += len(cell.drawn)
    else:
        return text
    pieces, before = [], box.direction
    for (direction, space), same in groupby(box.cells, lambda cell: (_direction(cell.level), cell.drawn == " ")):
        # Each word has its own override, for the line may end at any space; a mark parts a number from what it adjoins,
        # which would be reordered with it where both are overridden.
        word = "".join(cell.drawn for cell in same)
        mark = _MARK[direction]
        pieces.append("" if direction is before else _MARK[box.direction])
        pieces.append(f"{mark}{word}{mark}" if space else f"{_OVERRIDE[direction]}{word}\u202c")
        before = direction
    return "".join(pieces)


def _resolves_anywhere(kind: str, level: int, direction: Direction) -> bool:
    if direction is Direction.LTR:
        return kind not in ("R", "AL", "AN")
    return kind == "CS" or (kind != "L" and level % 2 != (kind in ("AN", "EN")))


def _html(box: _Box) -> str:
    atom = box.cells[0].atom
    if isinstance(atom, Atom):
        return atom.html
    drawn = escape(box.drawn, quote=False)
    return drawn if box.drawn == box.text else f'<span data-text="{escape(box.text)}">{drawn}</span>'
