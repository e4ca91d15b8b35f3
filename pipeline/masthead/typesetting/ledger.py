"""Check that every character of the source is drawn exactly once, and where it belongs.

A `Ledger` records how much of each element's text has been drawn, and knows which part of it a text box draws. `check`
does this for a whole document before it is written: text that is missing, drawn twice, outside the page, or on top of
other text is a TypesettingError that quotes it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from masthead.document import Finding, Severity, TypesettingError
from masthead.page import CONTROLS
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes

HYPHEN = "\u2010\u200b"
"""What a divided word ends with on its first line (css/hyphenated.css)."""
_COLLAPSIBLE = " \t\r\n\f"
_SPACES = re.compile(f"[{_COLLAPSIBLE}]+")
_UNDRAWN = {"head", "style", "script", "title", "meta", "link", "template"}
_SKIPPED = frozenset(" \0")  # not drawn at the beginning and end of a line; NUL separates the text nodes of an element
_SKIPPED_MARKED = _SKIPPED | CONTROLS
_SLACK = 0.5  # px
_POINTS = 0.75  # WeasyPrint's unit is the CSS pixel
_TOO_MUCH = "the page cannot hold its text by {:.1f} pt"


class Zone(Enum):
    """The part of the page that a text belongs to."""

    FLOW = "text"
    PLACED = "absolutely placed"
    NOTE = "note"
    MARGIN = "margin"
    REPEATED = "repeated table head"


@dataclass(slots=True)
class _Account:
    """The text of one element without its children, and how much of it is drawn.

    NUL separates its text nodes. `marked` is whether it contains control characters that may not be drawn.
    """

    text: str
    marked: bool
    drawn: int = 0

    def enter(self, drawn: str) -> str | None:
        """Return the source text that `drawn` shows; None if that is not the text that comes next."""
        text, start, place = self.text, self.drawn, self.drawn
        skipped = _SKIPPED_MARKED if self.marked else _SKIPPED
        if text.startswith(drawn, place):
            place += len(drawn)
        else:
            for char in drawn:
                if char in _COLLAPSIBLE or (self.marked and char in CONTROLS):
                    place += text[place : place + 1] == char
                    continue
                while text[place : place + 1] in skipped and place < len(text):
                    place += 1
                if text[place : place + 1] != char:
                    return None
                place += 1
        while text[place : place + 1] in skipped and place < len(text) and text[place] != "\0":
            place += 1
        self.drawn = place
        return text[start:place].replace("\0", "")

    @property
    def rest(self) -> str:
        return self.text[self.drawn :].replace("\0", "").strip()


class Ledger:
    """The text of each element, and how much of it has been drawn.

    The text of an element with the attribute `data-text` is the value of that attribute: see `masthead.page.bidi`.
    """

    def __init__(self) -> None:
        self._accounts: dict[int, tuple[Any, _Account]] = {}

    def enter(self, box: Any) -> str:
        """Return the source text that `box` draws, with the spaces of a line end. Raises TypesettingError."""
        account = self._account(box.element)
        source = account.enter(box.text)
        if source is None and box.text.endswith(HYPHEN):
            source = account.enter(box.text.removesuffix(HYPHEN))
        if source is None:
            ahead = account.text[account.drawn :].replace("\0", "")[:30]
            excerpts = f"“{box.text[:40]}” where the source continues with “{ahead}”"
            raise TypesettingError(f"text is drawn twice or out of order: {excerpts}")
        return source

    def rest(self, element: Any) -> str:
        """Return the part of an element's own text that is not drawn yet."""
        return self._account(element).rest

    def _account(self, element: Any) -> _Account:
        if id(element) not in self._accounts:
            marked = "data-text" in element.attrib
            nodes = [element.text or "", *(child.tail or "" for child in element)]
            text = element.attrib["data-text"] if marked else _SPACES.sub(" ", "\0".join(nodes))
            self._accounts[id(element)] = element, _Account(text, marked)
        return self._accounts[id(element)][1]


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text box, its page (counted from 1), and the element of the note that it belongs to."""

    box: Any
    page: int
    zone: Zone
    note: Any = None


Marks = dict[int, PlacedText]
"""The calls or the marks of notes, by the id of the note's element."""


def is_generated(box: Any) -> bool:
    """Whether the text of `box` comes from a style sheet, not from the source."""
    return box.element is None or "::" in (box.element_tag or "")


def descendants(box: Any) -> Iterator[Any]:
    """Yield `box` and every box in it, in logical order."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)
        yield box
        waiting.extend(reversed(getattr(box, "children", ())))


def texts(document: Any) -> Iterator[PlacedText]:
    """Yield every text box of a laid-out document, in reading order."""
    heads: set[int] = set()
    for number, page in enumerate(document.pages, 1):
        for part in page._page_box.children:
            part = getattr(part, "_box", part)
            if isinstance(part, boxes.FootnoteAreaBox):
                for note in part.children:
                    yield from _texts(note, PlacedText(None, number, Zone.NOTE, note_of(note)), heads)
            else:
                zone = Zone.MARGIN if isinstance(part, boxes.MarginBox) else Zone.FLOW
                yield from _texts(part, PlacedText(None, number, zone), heads)


def note_of(box: Any) -> Any:
    """Return the element of the note that a child of the note area belongs to."""
    return next((each.element for each in descendants(box) if each.element is not None), None)


def _texts(box: Any, place: PlacedText, heads: set[int]) -> Iterator[PlacedText]:
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.TextBox):
        yield PlacedText(box, place.page, place.zone, place.note)
        return
    if place.zone is Zone.FLOW and box.is_absolutely_positioned():
        place = replace(place, zone=Zone.PLACED)
    if isinstance(box, boxes.TableRowGroupBox) and box.is_header:
        if id(box.element) in heads:
            place = replace(place, zone=Zone.REPEATED)
        heads.add(id(box.element))
    for child in getattr(box, "children", ()):
        yield from _texts(child, place, heads)


def check(document: Any) -> tuple[Finding, ...]:
    """Raise TypesettingError where a document laid out by WeasyPrint loses text or has it in the wrong place.

    A note that begins after the page of its call is a finding if a longer note fills that page, and otherwise an error.
    Each box that draws text of the source has it as `source_text` then.
    """
    ledger, margin = Ledger(), set()
    calls, notes = Marks(), Marks()
    pages: dict[int, list[PlacedText]] = defaultdict(list)
    for placed in texts(document):
        box = placed.box
        if placed.zone in (Zone.MARGIN, Zone.REPEATED):
            margin.add(id(box.element))
        elif is_generated(box):
            kind = (box.element_tag or "").rpartition("::")[2]
            if kind in ("footnote-call", "footnote-marker"):
                (calls if kind == "footnote-call" else notes).setdefault(id(box.element), placed)
        elif box.text:
            try:
                box.source_text = ledger.enter(box)
            except TypesettingError as error:
                error.where = f"page {placed.page}"
                raise
        if box.text.strip():
            pages[placed.page].append(placed)
    _check_drawn(document._html.etree_element, ledger, margin)
    for number, page in enumerate(document.pages, 1):
        _check_places(page._page_box, pages[number], f"page {number}")
    return tuple(_check_notes(calls, notes, pages))


def _check_drawn(element: Any, ledger: Ledger, margin: set[int]) -> None:
    if not isinstance(element.tag, str) or element.tag in _UNDRAWN or element.tag.endswith("}svg"):
        return
    if id(element) not in margin and (rest := ledger.rest(element)):
        raise TypesettingError(f"text is not drawn: “{rest[:60]}”", where=f"<{element.tag}>")
    for child in element:
        _check_drawn(child, ledger, margin)


def _check_places(page: Any, placed: list[PlacedText], where: str) -> None:
    """Raise TypesettingError for text outside the page or the text area, and for text that overlaps other text."""
    top, bottom = page.content_box_y(), page.content_box_y() + page.height
    areas = [part for part in page.children if isinstance(part, boxes.FootnoteAreaBox)]
    notes_top = areas[0].border_box_y() if areas else bottom
    for each in placed:
        box, middle = each.box, each.box.position_y + each.box.height / 2
        left, right = box.position_x, box.position_x + box.width
        lower = box.position_y + box.baseline
        is_across = left >= -_SLACK and right <= page.margin_width() + _SLACK
        if not is_across or middle < 0 or lower > page.margin_height() + _SLACK:
            raise _misplaced("is outside the page", box, where, "divide the word, or shorten it")
        if each.zone in (Zone.FLOW, Zone.NOTE) and not top - _SLACK <= middle <= bottom + _SLACK:
            beyond = max(lower - bottom, top - box.position_y) * _POINTS
            raise _misplaced("is outside the text area", box, where, _TOO_MUCH.format(beyond))
        if each.zone is Zone.FLOW and lower > notes_top + _SLACK:
            raise _misplaced("runs into the notes", box, where, _TOO_MUCH.format((lower - notes_top) * _POINTS))
    _check_overlaps(placed, where)


def _misplaced(what: str, box: Any, where: str, hint: str) -> TypesettingError:
    return TypesettingError(f"text {what}: “{_excerpt(box)}”", where=where, hint=hint)


def _check_overlaps(placed: list[PlacedText], where: str) -> None:
    """Raise TypesettingError where the core of one text overlaps that of another."""
    cores = sorted((_core(each.box) for each in placed), key=lambda core: core[0])
    for index, (_, low, left, right, box) in enumerate(cores):
        for top, _, other_left, other_right, other in cores[index + 1 :]:
            if top >= low:
                break
            if min(right, other_right) - max(left, other_left) > 2 * _SLACK:
                message = f"text overlaps other text: “{_excerpt(box)}” and “{_excerpt(other)}”"
                raise TypesettingError(message, where=where)


def _core(box: Any) -> tuple[float, float, float, float, Any]:
    """Return the top, bottom, left and right of the text between baseline and x-height, roughly, in px, and its box."""
    baseline, size = box.position_y + box.baseline, box.style["font_size"]
    return baseline - 0.45 * size, baseline - 0.05 * size, box.position_x, box.position_x + box.width, box


def _check_notes(calls: Marks, notes: Marks, pages: Mapping[int, list[PlacedText]]) -> Iterator[Finding]:
    for element, call in calls.items():
        if element not in notes:
            raise TypesettingError(f"note {call.box.text.strip()} is not drawn", where=f"page {call.page}")
        note = notes[element]
        if note.page == call.page:
            continue
        name = call.box.text.strip()
        if note.page < call.page or not _is_filled(pages, calls, call.page):
            message = f"note {name} is on page {note.page}, not on the page of its call"
            raise TypesettingError(message, where=f"page {call.page}")
        message = f"note {name} begins on page {note.page}: a longer note fills the page of its call"
        rule, hint = "note-after-call", "shorten the longer note"
        yield Finding(message, call.page, f"note {name}", hint, rule=rule, severity=Severity.WARNING)


def _is_filled(pages: Mapping[int, list[PlacedText]], calls: Marks, page: int) -> bool:
    """Whether a note on `page` also is on the page before or after, or was itself called on an earlier page."""
    near = (pages[number] for number in (page - 1, page, page + 1))
    before, here, after = ({id(text.note) for text in texts if text.note is not None} for texts in near)
    return any(note in before | after or calls[note].page < page for note in here)


def _excerpt(box: Any) -> str:
    return str(box.text.strip()[:60])
