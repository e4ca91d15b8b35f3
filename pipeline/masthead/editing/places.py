"""Positions in a source: finds the units of a document again in the text that they were read from.

A position is given only where it is certain. Only letters and digits are compared, in their order, because a source has
emphasis marks, note calls and line ends between them. Resolution numbers are skipped, because a transcript may have
their two parts in the other order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from masthead.document import Position
from masthead.document.references import Unit
from masthead.formats import decode

_SYNTAX = re.compile(
    r"<!--[^>\n]{0,200}-->|\[\^[^\]\n]{1,8}\]|\^\([0-9٠-٩]{1,3}\)|&#?\w{1,8};|(?<=\])\(<?[^()\s]{1,200}>?\)|\f"
)
_XML = (".akn", ".xml")
_TAG = re.compile(r"<[^<>]{1,2000}>")
_NUMBER = re.compile(r"[0-9٠-٩]{1,4}/[0-9٠-٩]{1,4}")
_NOTE = re.compile(r"^(?:\[\^([^\]\n]+)\]:|\(([0-9٠-٩]+)\))[ ]", re.MULTILINE)
_FRONT = {"agenda item": "agenda-item", "agenda title": "agenda-title", "body": "bodies"}
_KEYS = "date symbol session place body agenda-item agenda-title adoption basis sponsors title subtitle closing"
_FRONT_KINDS = frozenset(key.replace("-", " ") for key in _KEYS.split())
_SURE = 24  # letters and digits that are enough to identify a unit that is interrupted in the source


def text_of(data: bytes, name: str) -> str:
    """The text of a source, in which positions can be found; for XML, only what is outside the tags.

    Empty if the source is not a text file. Raises SourceError if it is not UTF-8.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in (".md", ".txt", *_XML):
        return ""
    text = decode(data, name, page_ends=True)
    return _TAG.sub(_blank, text) if suffix in _XML else text


def _blank(tag: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", tag[0])


def _significant(text: str, *ignored: re.Pattern[str]) -> tuple[str, list[int]]:
    """The letters and digits of a text outside the ignored patterns, and their offsets."""
    masked = bytearray(len(text))
    for pattern in ignored:
        for found in pattern.finditer(text):
            masked[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    offsets = [at for at, (char, hidden) in enumerate(zip(text, masked, strict=True)) if char.isalnum() and not hidden]
    return "".join(map(text.__getitem__, offsets)), offsets


class SourceText:
    """The text of a source, in which units can be found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._stream, self._offsets = _significant(text, _SYNTAX, _NUMBER)
        self._front = text.find("\n---\n", 3) if text.startswith("---\n") else -1

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    @property
    def letters(self) -> str:
        """The letters and digits in which units are found."""
        return self._stream

    def line_of(self, index: int) -> int:
        """The line of a letter, by its index among all of them."""
        return self.position(self._offsets[index]).line

    def locate(self, units: Iterable[Unit]) -> dict[str, LocatedUnit]:
        """Find units, given in reading order; those that cannot be found with certainty are not in the result."""
        found: dict[str, LocatedUnit] = {}
        at = bisect_right(self._offsets, max(self._front, 0))
        for unit in units:
            letters, indexes = _significant(unit.text, _NUMBER)
            if not letters:
                continue
            start = self._start(unit, letters, at)
            if start is None and len(letters) > _SURE and unit.kind not in _FRONT_KINDS:
                letters = letters[:_SURE]
                start = self._start(unit, letters, at)
            if start is None:
                continue
            if unit.kind not in _FRONT_KINDS and unit.kind != "note":
                at = start + len(letters)
            offsets = self._offsets[start : start + len(letters)]
            found.setdefault(unit.place, LocatedUnit(self, unit.text, indexes[: len(offsets)], offsets))
        return found

    @cached_property
    def _notes(self) -> dict[str, int]:
        """The offsets of the texts of notes by their labels; of several with one label, the first."""
        found = ((each[1] or str(int(each[2])), each.end()) for each in reversed([*_NOTE.finditer(self.text)]))
        return dict(found)

    def _start(self, unit: Unit, letters: str, at: int) -> int | None:
        """The index in the stream of letters and digits at which a unit begins; `at` is where the last one ended."""
        if unit.kind in _FRONT_KINDS:
            return self._start_of_key(unit, letters)
        if unit.kind == "note":
            end = self._notes.get("*" if unit.number is None else str(unit.number))
            start = None if end is None else bisect_right(self._offsets, end - 1)
            return start if start is not None and self._stream.startswith(letters, start) else None
        start = self._stream.find(letters, at)
        return None if start < 0 or (len(letters) < 4 and start > at + 400) else start

    def _start_of_key(self, unit: Unit, letters: str) -> int | None:
        """Front matter is found after its key; in a transcript, which has no keys, only if its text occurs once."""
        if self._front < 0:
            start = self._stream.find(letters)
            return start if start >= 0 and self._stream.find(letters, start + 1) < 0 else None
        key = re.search(rf"^{_FRONT.get(unit.kind, unit.kind)}:", self.text[: self._front + 1], re.MULTILINE)
        start = self._stream.find(letters, bisect_right(self._offsets, key.end() - 1)) if key else -1
        return start if start >= 0 and self._offsets[start] < self._front else None


@dataclass(frozen=True, slots=True)
class LocatedUnit:
    """A unit's text found in its source: the offsets of its letters and digits in both (`indexes`, `offsets`)."""

    source: SourceText
    text: str
    indexes: list[int]
    offsets: list[int]

    def offset(self, index: int) -> int | None:
        """The offset in the source of the character at `index` of the unit's text; None if it is not certain."""
        before = bisect_right(self.indexes, index) - 1
        if before >= 0 and self.indexes[before] == index:
            return self.offsets[before]
        if before >= 0:
            start = self.offsets[before]
            stretch = self.text[self.indexes[before] : index + 1]
            if self.source.text.startswith(stretch, start):
                return start + index - self.indexes[before]
        if before + 1 < len(self.offsets):
            start = self.offsets[before + 1] - (self.indexes[before + 1] - index)
            if start >= 0 and self.source.text.startswith(self.text[index : self.indexes[before + 1]], start):
                return start
        return None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the source of a span of the unit's text, if the source has exactly the same characters there."""
        at = self.offset(start)
        if at is None or not self.source.text.startswith(self.text[start:end], at):
            return None
        return at, at + (end - start)

    def position(self, index: int) -> Position | None:
        """The position of a character, or of the last letter before it; None after the part that was found."""
        at = self.offset(index)
        if at is None:
            if self.indexes[-1] < index and re.search(r"[^\W_]", self.text[self.indexes[-1] + 1 :]):
                return None
            at = self.offsets[max(bisect_right(self.indexes, index) - 1, 0)]
        return self.source.position(at)
