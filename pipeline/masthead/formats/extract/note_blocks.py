"""Notes at the foot of pages and at the end of a document, separated from the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from masthead.document import WESTERN, NoteCall
from masthead.formats.extract.pages import Page, PageLine

_MARK = re.compile(r"(?:\((?P<framed>\d{1,3})\)|(?P<number>\d{1,3})|(?P<asterisks>\*{1,3}))(?:\s+|$)")
_OPENS = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[A-Z])\.\s|\(\w{1,4}\)\s")  # the mark of a paragraph or a heading
_DAY = re.compile(r"\d{1,2} (?:de )?[^\W\d_]+ (?:de )?\d{4}")  # alone on a line

_MOST = 40  # notes of a page
_GAP = 4  # notes among which one may be lost
_LONG = 0.75  # of the lines of a page: such a line may be the first of a note that goes on
_SHORT = 0.6  # of the longest line of a note
_ROOM = 2  # empty lines over a note that goes on


@dataclass(slots=True)
class PrintedNote:
    """A note as printed: its mark and the lines of its text. `shared` says that the mark is on another line.

    `call` has its number in the document, where numbers do not begin again.
    """

    label: str
    lines: list[PageLine] = field(default_factory=list)
    shared: bool = False
    call: NoteCall = field(default_factory=lambda: NoteCall(0))

    @property
    def number(self) -> int:
        return self.lines[0].number if self.lines else 0


def part_notes(page: Page, last: int, *, framed: bool, goes_on: bool) -> tuple[Page, list[PrintedNote], list[PageLine]]:
    """Separate the notes at the foot of a page from its text; `last` is the number of the last note before.

    Return the text, the notes, and lines that continue the last note before. `framed` says that marks are in
    parentheses, `goes_on` that the last note before is not complete.
    """
    start = next((at for at in reversed(range(len(page))) if page[at].is_rule), None)
    ruled = start is not None
    if start is None:
        start = _unruled(page, last, framed=framed, goes_on=goes_on)
    if start is None:
        return page, [], []
    labels, texts = _runs(page[start + ruled :], last, framed=framed)
    notes: list[PrintedNote] = []
    for run, text in zip(labels[1:], texts[1:], strict=True):
        notes += _shared(run, text) if text else [PrintedNote(label) for label in run]
    empty = [note.label for note in notes if not note.lines]
    before = texts[0]
    if empty and before:  # pdftotext may put the marks after the texts
        notes = [note for note in notes if note.lines] + _shared(empty, before)
        before = []
    body = [line for line in page[:start] if not line.is_rule]
    return body, sorted(notes, key=lambda note: (note.label.isdecimal(), note.label.zfill(3))), before


def _runs(lines: Sequence[PageLine], last: int, *, framed: bool) -> tuple[list[list[str]], list[list[PageLine]]]:
    """Return runs of marks and the texts after them. The first run is empty; a text is empty between detached marks."""
    labels: list[list[str]] = [[]]
    texts: list[list[PageLine]] = [[]]
    for line in lines:
        label, rest = _label(line, framed=framed)
        if label and (not label.isdecimal() or last < int(label) <= last + _MOST):
            if texts[-1] or len(labels) == 1:
                labels.append([])
                texts.append([])
            labels[-1].append(label)
            if rest is not None:
                texts[-1].append(rest)
        else:
            texts[-1].append(line)
    return labels, texts


def _shared(labels: Sequence[str], lines: Sequence[PageLine]) -> list[PrintedNote]:
    """Divide lines among consecutive marks: each note ends at a full stop, the last one at the end."""
    ends = [at for at, line in enumerate(lines[:-1], 1) if line.text.endswith(".")][: len(labels) - 1]
    texts = [list(lines[start:stop]) for start, stop in pairwise((0, *ends, len(lines)))]
    texts = [[]] * (len(labels) - len(texts)) + texts
    return [PrintedNote(label, text, len(labels) > 1) for label, text in zip(labels, texts, strict=True)]


def end_notes(lines: Sequence[PageLine]) -> tuple[list[PageLine], list[PrintedNote]]:
    """Separate the notes at the end of a document.

    Return the lines before the first note, and the notes; a note that was not found has no lines.
    """
    at: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        at[line.text.partition(" ")[0].translate(WESTERN).strip("()")].append(place)
    notes: list[PrintedNote] = []
    starts: list[int] = []
    while True:
        end = starts[-1] if starts else -1
        labels = [str(len(notes) + more) for more in range(1, _GAP + 1)]
        following = [next((place for place in at[label] if place > end), len(lines)) for label in labels]
        nearest = following.index(min(following))
        if following[nearest] == len(lines):
            break
        starts += following[nearest : nearest + 1] * (nearest + 1)
        notes += [PrintedNote(label) for label in labels[: nearest + 1]]
    for note, start, stop in zip(notes, starts, [*starts, len(lines)][1:], strict=True):
        first = _after_mark(lines[start], len(lines[start].text.partition(" ")[0]))
        note.lines = [line for line in (first, *lines[start + 1 : stop]) if line.text] if start < stop else []
    return list(lines[: starts[0]] if starts else lines), notes


def paragraphs_of(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    """Divide the lines of a note after the text into paragraphs: after a full stop, a colon or a short line."""
    longest = max((line.end for line in lines), default=0)
    parts: list[list[PageLine]] = []
    for line in lines:
        before = parts[-1][-1] if parts else None
        if before is None or before.text[-1:] in ".;:" or before.end < _SHORT * longest:
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _unruled(page: Page, last: int, *, framed: bool, goes_on: bool) -> int | None:
    """Return where notes begin on a page whose rule is not part of the text: at the next mark, or after a gap.

    From there on, gaps are only before a mark, or after marks on lines of their own.
    """
    labels = [_label(line, framed=framed) for line in page]
    after = range(1, len(page))
    foot = max((at for at in after if page[at].gap and not labels[at][0] and not _alone(labels[at - 1])), default=1)
    wanted = [at for at in after if at >= foot and labels[at][0] in ("*", str(last + 1))]
    start = next((at for at in wanted if _begins_note(page[at], labels[at], framed=framed, goes_on=goes_on)), None)
    if not goes_on or not page:
        return start
    end = len(page) if start is None else start
    first = next((at for at in reversed(range(1, end)) if page[at].gap), 0)
    lengths = sorted(len(line.text) for line in page)
    long = start is not None or len(page[first].text) >= _LONG * lengths[len(lengths) // 2]
    apart = page[first].gap >= _ROOM or (start is not None and _hangs_out(page[first], page[:first], lengths))
    return first if first and apart and long and not _OPENS.match(page[first].text) else start


def _hangs_out(line: PageLine, above: Page, lengths: Sequence[int]) -> bool:
    """Return whether a line begins further out than all full lines above it."""
    full = [each.indent for each in above if len(each.text) >= _LONG * lengths[len(lengths) // 2]]
    return line.indent < min(full, default=0)


def _begins_note(line: PageLine, label: tuple[str, PageLine | None], *, framed: bool, goes_on: bool) -> bool:
    """Return whether a line with a label begins a note. After the rest of a note there is no gap, but a tab."""
    mark, text = label
    tabbed = goes_on and len(line.chunks) > 1
    return text is None or line.gap > 0 or tabbed or mark == "*" or (framed and text.text[0].isalnum())


def _alone(label: tuple[str, PageLine | None]) -> bool:
    return bool(label[0]) and label[1] is None


def _label(line: PageLine, *, framed: bool) -> tuple[str, PageLine | None]:
    """Return the label of the mark at the start of a line, and the line after it, or None if the mark is alone."""
    found = _MARK.match(line.text.translate(WESTERN))
    if found is None or _DAY.fullmatch(line.text) or (found["number"] and framed) or (found["framed"] and not framed):
        return "", None
    label = found["framed"] or found["number"] or found["asterisks"]
    rest = line.text[found.end() :]
    if rest and not re.search(r"[^\W\d_]", rest):  # the figures of a chart
        return "", None
    return str(label), _after_mark(line, found.end()) if rest else None


def _after_mark(line: PageLine, length: int) -> PageLine:
    """Return a line without the mark of a note, which has that many characters."""
    first = line.cells[0]
    rest = first[length:].lstrip()
    places = (line.indent + len(first) - len(rest), *line.places[1:]) if rest else line.places[1:]
    return replace(line, text=line.text[length:].strip(), places=places or line.places)
