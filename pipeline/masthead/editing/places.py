"""Where in a source a text stands: units of a document found again in the lines they were read from.

A place is told only where it is certain. What is compared are letters and digits alone, in their order, since marks of
emphasis, note calls and line ends stand between them in a source; numbers of resolutions are passed over, since a
transcript may have them turned.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from masthead.document.references import Unit
from masthead.formats import decode

_SYNTAX = re.compile(
    r"<!--[^>\n]{0,200}-->|\[\^[^\]\n]{1,8}\]|\^\([0-9٠-٩]{1,3}\)|&#?\w{1,8};|(?<=\])\(<?[^()\s]{1,200}>?\)|\f"
)
_XML = (".akn", ".xml")
_TAG = re.compile(r"<[^<>]{1,2000}>")
_NUMBER = re.compile(r"[0-9٠-٩]{1,4}/[0-9٠-٩]{1,4}")
_SIGNIFICANT = re.compile(r"[^\W_]")
_FRONT = {"agenda item": "agenda-item", "agenda title": "agenda-title", "body": "bodies"}
_KEYS = "date session place body agenda-item agenda-title adoption basis sponsors title subtitle closing"
_FRONT_KINDS = frozenset(key.replace("-", " ") for key in _KEYS.split())
_SURE = 24  # letters and digits by whose start a unit is known that something interrupts


def text_of(data: bytes, name: str) -> str:
    """The text of a source, as far as places in it can be told; of XML, what stands outside its tags.

    Empty where the source is no text. Raises SourceError for what is not UTF-8.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in (".md", ".txt", *_XML):
        return ""
    text = decode(data, name, page_ends=True)
    return _TAG.sub(_blank, text) if suffix in _XML else text


def _blank(tag: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", tag[0])


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column in a source, counted from 1."""

    line: int
    column: int


class Source:
    """The text of a source whose units can be found in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        masked = bytearray(len(text))
        for pattern in (_SYNTAX, _NUMBER):
            for found in pattern.finditer(text):
                masked[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        self._offsets = [found.start() for found in _SIGNIFICANT.finditer(text) if not masked[found.start()]]
        self._stream = "".join(map(text.__getitem__, self._offsets))
        self._front = text.find("\n---\n", 3) if text.startswith("---\n") else -1

    def position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def locate(self, units: Iterable[Unit]) -> dict[str, Located]:
        """Find units, given in the order of reading; those that cannot be told for certain are not in the result."""
        found: dict[str, Located] = {}
        at = bisect_right(self._offsets, max(self._front, 0))
        for unit in units:
            letters, indexes = _letters(unit.text)
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
            found.setdefault(unit.place, Located(self, unit.text, indexes[: len(offsets)], offsets))
        return found

    def _start(self, unit: Unit, letters: str, at: int) -> int | None:
        """Where in the stream the unit begins."""
        if unit.kind in _FRONT_KINDS:
            return self._keyed(unit, letters)
        if unit.kind == "note":
            label = "*" if unit.number is None else str(unit.number)
            for found in re.finditer(r"^(?:\[\^([^\]\n]+)\]:|\(([0-9٠-٩]+)\))[ ]", self.text, re.MULTILINE):
                if (found[1] or str(int(found[2]))) == label:
                    start = bisect_right(self._offsets, found.end() - 1)
                    return start if self._stream.startswith(letters, start) else None
            return None
        start = self._stream.find(letters, at)
        return None if start < 0 or (len(letters) < 4 and start > at + 400) else start

    def _keyed(self, unit: Unit, letters: str) -> int | None:
        """Front matter is found behind its key; in a transcript, where it stands once alone."""
        if self._front < 0:
            start = self._stream.find(letters)
            return start if start >= 0 and self._stream.find(letters, start + 1) < 0 else None
        key = re.search(rf"^{_FRONT.get(unit.kind, unit.kind)}:", self.text[: self._front + 1], re.MULTILINE)
        start = self._stream.find(letters, bisect_right(self._offsets, key.end() - 1)) if key else -1
        return start if start >= 0 and self._offsets[start] < self._front else None


@dataclass(frozen=True, slots=True)
class Located:
    """A unit's text in its source: the offsets of its letters and digits in both."""

    source: Source
    text: str
    indexes: list[int]
    offsets: list[int]

    def offset(self, index: int) -> int | None:
        """The source's offset of the character at `index` of the unit's text; None where it cannot be told."""
        before = bisect_right(self.indexes, index) - 1
        if before >= 0 and self.indexes[before] == index:
            return self.offsets[before]
        near = index - self.indexes[before] if before >= 0 else None
        if near is not None:
            start = self.offsets[before]
            stretch = self.text[self.indexes[before] : index + 1]
            if self.source.text.startswith(stretch, start):
                return start + near
        if before + 1 < len(self.offsets):
            behind = self.indexes[before + 1] - index
            start = self.offsets[before + 1] - behind
            if start >= 0 and self.source.text.startswith(self.text[index : self.indexes[before + 1]], start):
                return start
        return None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The source's span of a span of the text, where the source has the very same characters there."""
        at = self.offset(start)
        if at is None or not self.source.text.startswith(self.text[start:end], at):
            return None
        return at, at + (end - start)

    def position(self, index: int) -> Position | None:
        """The place of a character, or of the last letter before it; None beyond what was found."""
        at = self.offset(index)
        if at is None:
            if self.indexes[-1] < index and re.search(r"[^\W_]", self.text[self.indexes[-1] + 1 :]):
                return None
            at = self.offsets[max(bisect_right(self.indexes, index) - 1, 0)]
        return self.source.position(at)


def _letters(text: str) -> tuple[str, list[int]]:
    masked = bytearray(len(text))
    for pattern in (_NUMBER,):
        for found in pattern.finditer(text):
            masked[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    indexes = [found.start() for found in _SIGNIFICANT.finditer(text) if not masked[found.start()]]
    return "".join(map(text.__getitem__, indexes)), indexes
