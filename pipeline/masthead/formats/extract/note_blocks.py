"""Notes at the foot of pages and at the end of a document, parted from the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from masthead.document import WESTERN
from masthead.formats.extract.pages import Page, PageLine

_MARK = re.compile(r"(?:\((?P<framed>\d{1,3})\)|(?P<number>\d{1,3})|(?P<asterisks>\*{1,3}))(?:\s+|$)")
_DAY = re.compile(r"\d{1,2} (?:de )?[^\W\d_]+ (?:de )?\d{4}")  # alone on a line

_MOST = 40  # notes of a page
_GAP = 4  # notes among which one may be lost
_LONG = 0.75  # of the lines of a page: such a line may be the first of a note that goes on
_ROOM = 2  # empty lines over a note that goes on


@dataclass(slots=True)
class PrintedNote:
    """A note as printed: its mark and the lines of its text. `shared` says that its mark stands apart from them."""

    label: str
    lines: list[PageLine] = field(default_factory=list)
    shared: bool = False

    @property
    def number(self) -> int:
        return self.lines[0].number if self.lines else 0


def part_notes(page: Page, last: int, *, framed: bool, goes_on: bool) -> tuple[Page, list[PrintedNote], list[PageLine]]:
    """Part the notes from the foot of a page; `last` is the number of the note before.

    Return the text, the notes, and lines that go on with the note before. `framed` says that parentheses enclose marks,
    `goes_on` that the note before is not at its end.
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
    if empty and before:  # pdftotext may give the marks behind the texts
        notes = [note for note in notes if note.lines] + _shared(empty, before)
        before = []
    body = [line for line in page[:start] if not line.is_rule]
    return body, sorted(notes, key=lambda note: (note.label.isdecimal(), note.label.zfill(3))), before


def _runs(lines: Sequence[PageLine], last: int, *, framed: bool) -> tuple[list[list[str]], list[list[PageLine]]]:
    """Marks and texts in turn, texts first: there may be some before the first mark, or no text between marks."""
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
    """Share lines among marks that stand together: a note goes on to a full stop, the last to the end."""
    ends = [at for at, line in enumerate(lines[:-1], 1) if line.text.endswith(".")][: len(labels) - 1]
    texts = [list(lines[start:stop]) for start, stop in pairwise((0, *ends, len(lines)))]
    texts = [[]] * (len(labels) - len(texts)) + texts
    return [PrintedNote(label, text, len(labels) > 1) for label, text in zip(labels, texts, strict=True)]


def end_notes(lines: Sequence[PageLine]) -> tuple[list[PageLine], list[PrintedNote]]:
    """Part notes that stand one after the other at the end of a document.

    Return the lines before the first, and the notes; one that was lost has no lines.
    """
    at: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        at[line.text.partition(" ")[0]].append(place)
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
        first = replace(lines[start], text=lines[start].text[len(note.label) :].strip())
        note.lines = [line for line in (first, *lines[start + 1 : stop]) if line.text] if start < stop else []
    return list(lines[: starts[0]] if starts else lines), notes


def _unruled(page: Page, last: int, *, framed: bool, goes_on: bool) -> int | None:
    """Where notes begin on a page on which the rule is drawn and no text: with the next mark, or going on behind room.

    Behind that there is no room but before a mark, or behind marks that stand alone.
    """
    labels = [_label(line, framed=framed) for line in page]
    behind = range(1, len(page))
    foot = max((at for at in behind if page[at].gap and not labels[at][0] and not _alone(labels[at - 1])), default=1)
    wanted = [at for at in behind if at >= foot and labels[at][0] in ("*", str(last + 1))]
    start = next((at for at in wanted if _begins_note(page[at], labels[at], framed=framed)), None)
    if not goes_on or not page:
        return start
    end = len(page) if start is None else start
    first = next((at for at in reversed(range(1, end)) if page[at].gap), 0)
    lengths = sorted(len(line.text) for line in page)
    long = start is not None or len(page[first].text) >= _LONG * lengths[len(lengths) // 2]
    return first if first and page[first].gap >= _ROOM and long else start


def _begins_note(line: PageLine, label: tuple[str, PageLine | None], *, framed: bool) -> bool:
    mark, text = label
    return text is None or line.gap > 0 or mark == "*" or (framed and text.text[0].isalnum())


def _alone(label: tuple[str, PageLine | None]) -> bool:
    return bool(label[0]) and label[1] is None


def _label(line: PageLine, *, framed: bool) -> tuple[str, PageLine | None]:
    """The mark that a line begins with, and what stands behind it; nothing where the mark stands alone."""
    found = _MARK.match(line.text.translate(WESTERN))
    if found is None or _DAY.fullmatch(line.text) or (found["number"] and framed) or (found["framed"] and not framed):
        return "", None
    label = found["framed"] or found["number"] or found["asterisks"]
    rest = line.text[found.end() :]
    return str(label), replace(line, text=rest) if rest else None
