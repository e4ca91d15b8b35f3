"""The rule that text is visible.

A quick look at the content of a page says whether anything in it could hide text. Only then is the page drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from masthead.document import Finding, Rectangle, Rules, Severity
from masthead.pdf import DAMAGE, Character, DrawnLine, Evidence, Page, direction, resources, spots, visibility
from masthead.preflight.excerpts import excerpt

RULES = Rules[Evidence]()
SMALLEST = 4.0  # points: half of the smallest type in documents, a third less than that of note calls in it
MOST = 40  # pages that are drawn: more than most documents have, in a fraction of the time that preflight may take
THIN = 2.0  # points: a line no thicker hides no text
_HINT = "look at the page, and at what is drawn over its text"

# Content without these characters has only its operators and names left, so that operators can be counted quickly.
_DIGITS = b"0123456789abcdef<>.-"
_PLAIN_FILLS = (b"0 0 0 rg", b"0 0 1 rg")  # black, and the blue of links
_PLAIN_WORDS = (b"rg", b"gs", b"Pg", b"Fig")  # where g occurs in content that hides nothing, as in /Pagination, /Figure
_COLOUR = re.compile(rb"((?:[-+.\d]+\s+)+)(rg|g|k)(?=[\s\[(</]|$)")
_OTHER = re.compile(rb"(?:^|[\s\])>])(?:Tr|scn?|sh)(?=[\s\[(</]|$)")  # rendering modes, patterns, colour spaces
_CLIP = re.compile(rb"W\*?(?=\s)")
_NESTING = re.compile(rb"(?<=\s)(?:[qQ]|T[Jj]?)(?=\s|$)")
_DARK = 0.5


@RULES.rule("completeness.visible", Severity.ERROR)
def visible(evidence: Evidence) -> Iterator[Finding]:
    """All text is visible. No text is transparent, in the colour of its background, too small to read (below 4 pt),
    clipped, in a hidden layer, or covered.

    Screen readers and searches find all text, so readers who see the page must find the same. Pages that contain
    anything that can hide text, at most 40 of a file, are drawn with their text and without it.
    """
    for page in evidence.pages:
        for line in page.lines:
            if line.size < SMALLEST:
                message = f"text of {line.size:.1f} pt: {excerpt(line.text)}"
                yield Finding(message, page.number, hint=_HINT, box=line.box)
    layers = "/OCProperties" in evidence.file.Root
    known: dict[tuple[int, int], bool] = {}
    suspected = [
        page
        for page, leaf, data in zip(evidence.pages, evidence.file.pages, evidence.contents, strict=True)
        if layers or _is_covered(page) or _may_hide(leaf, data, known)
    ]
    for page, hidden in visibility.unseen(evidence.pdf, suspected[:MOST]) if suspected else ():
        yield from _hidden(page, hidden)


def _hidden(page: Page, hidden: list[tuple[DrawnLine, list[Character]]]) -> Iterator[Finding]:
    """The findings of one page: a single one if most of its text is hidden."""
    count = sum(len(cells) for _, cells in hidden)
    if count > 20 and 2 * count > sum(len(span.cells) for line in page.lines for span in line.spans):
        yield Finding("most text of the page is hidden", page.number, hint=_HINT)
        return
    for line, cells in hidden:
        if len(cells) > 1:
            box = spots.around(cells)
            first, last = box[0] - 0.1, box[2] + 0.1
            within = [cell for span in line.spans for cell in span.cells if first < cell.left and cell.right < last]
            text = direction.reading_order(within or cells, backwards=page.right_to_left)
            yield Finding(f"hidden text: {excerpt(text)}", page.number, line.text[:40], _HINT, box)


def _is_covered(page: Page) -> bool:
    """Whether an area or a picture that is drawn after some text covers a good part of a glyph."""
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
    """The share of a glyph's box that lies inside another box."""
    across = min(cell.right, box[2]) - max(cell.left, box[0])
    down = min(cell.bottom, box[3]) - max(cell.top, box[1])
    area = (cell.right - cell.left) * (cell.bottom - cell.top)
    return max(across, 0.0) * max(down, 0.0) / area if area else 0.0


def _may_hide(page: pikepdf.Page, data: bytes, known: dict[tuple[int, int], bool]) -> bool:
    """Whether a page with the content `data` has anything that can hide text. Unreadable resources may.

    `known` remembers which resources contain transparency.
    """
    try:
        own = resources.dictionary(page.obj.get("/Resources"))
        if own.objgen not in known or not own.is_indirect:
            states = resources.dictionary(own.get("/ExtGState")).values()
            known[own.objgen] = any(map(_is_transparent, map(resources.dictionary, states)))
    except DAMAGE:
        return True
    words = data.translate(None, _DIGITS)
    if known[own.objgen] or any(_clips_text(words, clip.end()) for clip in _CLIP.finditer(words)):
        return True
    others = words.count(b"rg") - sum(map(data.count, _PLAIN_FILLS))
    if others and any(_is_light(before[-40:].split()[-3:], b"rg") for before in data.split(b"rg")[:-1]):
        return True
    plain = words.count(b"s") == words.count(b"gs") and words.count(b"g") == sum(map(words.count, _PLAIN_WORDS))
    if plain and b"k" not in words and b"Tr" not in words:
        return False
    return bool(_OTHER.search(data)) or any(_is_light(each[1].split(), each[2]) for each in _COLOUR.finditer(data))


def _is_transparent(state: pikepdf.Object) -> bool:
    """Whether a graphics state is transparent, or blends with what is below (ISO 32000-1, table 58)."""
    mask, mode = state.get("/SMask", "/None"), state.get("/BM", "/Normal")
    return mask != "/None" or mode not in ("/Normal", "/Compatible") or float(state.get("/ca", 1)) < _DARK


def _clips_text(words: bytes, start: int) -> bool:
    """Whether text is shown before the clipping path that begins at `start` ends with its graphics state.

    `Tf` and `Td` count as showing text: content without them shows none.
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
