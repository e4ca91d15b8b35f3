"""The rule that text is seen. A cheap look at a page says whether something in it could hide text; then it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from masthead.document import Rectangle, Severity
from masthead.pdf import DAMAGE, Character, DrawnLine, Evidence, Page, direction, resources, spots, visibility
from masthead.preflight.rules import Fault, Rule

_LOOK = "look at the page, and at what is drawn in it beside its text"
SMALLEST = 4.0  # points: half of the smallest type in documents, a third less than that of calls in it
MOST = 40  # pages that are drawn: more than most documents have, in a fraction of the time that preflight may take
THIN = 2.0  # points: a line no thicker hides no text

# What is deleted leaves of a page's content its operators and names, without the letters a to f.
_DIGITS = b"0123456789abcdef<>.-"
_PLAIN_FILLS = (b"0 0 0 rg", b"0 0 1 rg")  # black, and the blue of links
_PLAIN_WORDS = (b"rg", b"gs", b"Pg", b"Fig")  # where g stands in content that shows all: also /Pagination, /Figure
_COLOUR = re.compile(rb"((?:[-+.\d]+\s+)+)(rg|g|k)(?=[\s\[(</]|$)")
_OTHER = re.compile(rb"(?:^|[\s\])>])(?:Tr|scn?|sh)(?=[\s\[(</]|$)")  # rendering modes, patterns, colour spaces
_CLIP = re.compile(rb"W\*?(?=\s)")
_NESTING = re.compile(rb"(?<=\s)(?:[qQ]|T[Jj]?)(?=\s|$)")
_DARK = 0.5


def visible(evidence: Evidence) -> Iterator[Fault]:
    """Text is seen: none is drawn in no ink, in the colour of its ground, too small to be read (below 4 pt), cut away,
    in a layer that is hidden, or under something else.

    A reader who listens, and a search, find all text; one who looks must find the same. Pages with anything in them
    that can hide text, up to 40 of a file, are drawn with their text and without it.
    """
    for page in evidence.pages:
        for line in page.lines:
            if line.size < SMALLEST:
                yield Fault(f"text of {line.size:.1f} pt: {_short(line.text)}", page.number, hint=_LOOK, box=line.box)
    layers = "/OCProperties" in evidence.file.Root
    known: dict[tuple[int, int], bool] = {}
    suspected = [
        page for page, leaf, data in zip(evidence.pages, evidence.file.pages, evidence.contents, strict=True)
        if layers or _is_covered(page) or _may_hide(leaf, data, known)
    ]  # fmt: skip
    for page, hidden in visibility.unseen(evidence.pdf, suspected[:MOST]) if suspected else ():
        yield from _faults(page, hidden)


def _faults(page: Page, hidden: list[tuple[DrawnLine, list[Character]]]) -> Iterator[Fault]:
    gone = sum(len(cells) for _, cells in hidden)
    if gone > 20 and 2 * gone > sum(len(span.cells) for line in page.lines for span in line.spans):
        yield Fault("most of the page's text is not to be seen", page.number, hint=_LOOK)
        return
    for line, cells in hidden:
        if len(cells) > 1:
            box = spots.around(cells)
            first, last = box[0] - 0.1, box[2] + 0.1
            within = [cell for span in line.spans for cell in span.cells if first < cell.left and cell.right < last]
            text = direction.reading_order(within or cells, backwards=page.right_to_left)
            yield Fault(f"text that is not to be seen: {_short(text)}", page.number, line.text[:40], _LOOK, box)


def _short(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”"


def _is_covered(page: Page) -> bool:
    """Whether an area or a picture that is drawn when there is text already lies on a good part of a glyph."""
    for drawing in page.drawings:
        left, top, right, bottom = drawing.box
        if drawing.late and right - left > THIN and bottom - top > THIN:
            for line in page.lines:
                if line.left < right and left < line.right and line.box[1] < bottom and top < line.box[3]:
                    cells = (cell for span in (*line.spans, *line.raised) for cell in span.cells)
                    if any(_share(cell, drawing.box) > visibility.COVERED for cell in cells):
                        return True
    return False


def _share(cell: Character, box: Rectangle) -> float:
    """How much of a glyph's box lies in another."""
    across = min(cell.right, box[2]) - max(cell.left, box[0])
    down = min(cell.bottom, box[3]) - max(cell.top, box[1])
    area = (cell.right - cell.left) * (cell.bottom - cell.top)
    return max(across, 0.0) * max(down, 0.0) / area if area else 0.0


def _may_hide(page: pikepdf.Page, data: bytes, known: dict[tuple[int, int], bool]) -> bool:
    """Whether a page, of which `data` is the content, has what can hide text. Resources that cannot be read may.

    `known` remembers which resources let something through.
    """
    try:
        own = resources.dictionary(page.obj.get("/Resources"))
        if own.objgen not in known or not own.is_indirect:
            states = resources.dictionary(own.get("/ExtGState")).values()
            known[own.objgen] = any(map(_lets_through, map(resources.dictionary, states)))
    except DAMAGE:
        return True
    words = data.translate(None, _DIGITS)
    if known[own.objgen] or any(_cuts_text(words, clip.end()) for clip in _CLIP.finditer(words)):
        return True
    others = words.count(b"rg") - sum(map(data.count, _PLAIN_FILLS))
    if others and any(_is_light(before[-40:].split()[-3:], b"rg") for before in data.split(b"rg")[:-1]):
        return True
    plain = words.count(b"s") == words.count(b"gs") and words.count(b"g") == sum(map(words.count, _PLAIN_WORDS))
    if plain and b"k" not in words and b"Tr" not in words:
        return False
    return bool(_OTHER.search(data)) or any(_is_light(each[1].split(), each[2]) for each in _COLOUR.finditer(data))


def _lets_through(state: pikepdf.Object) -> bool:
    """Whether a graphics state lets through what is under it, or mixes with it (ISO 32000-1, table 58)."""
    mask, mode = state.get("/SMask", "/None"), state.get("/BM", "/Normal")
    return mask != "/None" or mode not in ("/Normal", "/Compatible") or float(state.get("/ca", 1)) < _DARK


def _cuts_text(words: bytes, start: int) -> bool:
    """Whether text is shown before the clipping that begins at `start` ends with its state.

    Here `Tf` and `Td` show text too: where there is neither, there is none.
    """
    end = words.find(b"Q", start)
    if end >= 0 and words.find(b"q", start, end) < 0 and words.find(b"T", start, end) < 0:
        return False
    depth = 0
    for word in _NESTING.finditer(words, start):
        match word[0]:
            case b"q":
                depth += 1
            case b"Q":
                depth -= 1
                if depth < 0:
                    return False
            case _:
                return True
    return False


def _is_light(numbers: list[bytes], operator: bytes) -> bool:
    """Whether a colour is nearer to white than to black, or cannot be read."""
    try:
        values = [min(max(float(number), 0.0), 1.0) for number in numbers]
    except ValueError:
        return True
    if operator == b"k":
        return max(values[-1], sum(values[-4:-1]) / 2) < _DARK if len(values) > 3 else True
    parts = values[-3:] if operator == b"rg" else values[-1:]
    return max(parts, default=1.0) >= _DARK and parts != [0, 0, 1]


RULES = (Rule("completeness.visible", Severity.ERROR, visible),)
