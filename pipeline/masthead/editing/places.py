"""Positions in a source: finds the units of a document again in the text that they were read from.

A position is given only where it is certain. Only letters and digits are compared, in their order, because a source has
emphasis marks, note calls and line ends between them. Resolution numbers are skipped, because a transcript may have
their two parts in the other order. References to labels are skipped, because the document makes their text. Notes that
are written where they are called are left out of the text around them, and variables are filled in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from masthead.document import Position, model
from masthead.document.references import Unit
from masthead.formats import decode

_SYNTAX = re.compile(
    r"<!--[^>\n]{0,200}-->|\[\^[^\]\n]{1,40}\]|\^\([0-9٠-٩]{1,3}\)|&#?\w{1,8};|(?<=\])\(<?[^()\s]{1,200}>?\)|\f"
    r"|<br ?/?>|<p ?/?>|\{#[a-z0-9-]{1,60}\}"
)
_INNER = r"(?:[^\[\]\\\n]|\n(?!\n)|\\.)"
_LABEL_LINK = re.compile(rf'\[{_INNER}{{0,400}}+\]\(#[^()\s]{{1,60}}(?: "as written")?\)')
_INLINE_NOTE = re.compile(rf"\^\[(?P<text>(?:{_INNER}|\[(?:{_INNER}|\[{_INNER}*+\])*+\])*+)\]")
_VARIABLE = re.compile(r"(?<!\\)\{\{([a-z][a-z0-9-]*)\}\}")
_SETTING = re.compile(r"^ *- *[\"']?([a-z][a-z0-9-]*) *= *(.*)", re.MULTILINE)
_XML = (".akn", ".xml")
_TAG = re.compile(r"<[^<>]{1,2000}>")
_NUMBER = re.compile(r"[0-9٠-٩]{1,4}/[0-9٠-٩]{1,4}")
_NOTE = re.compile(r"^(?:\[\^([^\]\n]+)\]:|\(([0-9٠-٩]+)\))[ ]", re.MULTILINE)
_FRONT = {"agenda item": "agenda-item", "agenda title": "agenda-title", "body": "bodies"}
_KEYS = "date distribution symbol session place body agenda-item agenda-title adoption basis"
_KEYS += " sponsors title subtitle closing"
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


def _significant(
    text: str, *ignored: re.Pattern[str], hidden: Iterable[tuple[int, int]] = (), variables: Mapping[str, str] = {}
) -> tuple[str, list[int]]:
    """The letters and digits of a text outside the ignored patterns and the hidden spans, and their offsets.

    Those of a variable have the offset of its name.
    """
    masked = bytearray(len(text))
    for start, end in chain(hidden, (found.span() for pattern in ignored for found in pattern.finditer(text))):
        masked[start:end] = b"\1" * (end - start)
    letters: list[str] = []
    offsets: list[int] = []
    done = 0
    for found in (*(_VARIABLE.finditer(text) if variables else ()), None):
        start, end = found.span() if found else (len(text), len(text))
        offsets_here = [at for at in range(done, start) if text[at].isalnum() and not masked[at]]
        letters += map(text.__getitem__, offsets_here)
        offsets += offsets_here
        if found and not masked[start]:
            value = [char for char in variables.get(found[1], found[1]) if char.isalnum()]
            letters += value
            offsets += [start] * len(value)
        done = end
    return "".join(letters), offsets


def _made(unit: Unit) -> Iterator[tuple[int, int]]:
    """Yield the spans of a unit's text that the document makes: its references to labels."""
    at = 0
    for inline in model.inlines(unit.content):
        length = len(model.characters(inline))
        if isinstance(inline, model.Hyperlink) and inline.address.startswith("#"):
            yield at, at + length
        at += length


class SourceText:
    """The text of a source, in which units can be found; `file` names one that the source includes."""

    def __init__(self, text: str, file: str = "", variables: Mapping[str, str] | None = None) -> None:
        self.text, self.file = text, file
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._front = text.find("\n---\n", 3) if text.startswith("---\n") else -1
        settings = _SETTING.findall(text, 0, self._front) if self._front > 0 else []
        self.variables = dict(settings) if variables is None else variables
        self._stream, self._offsets = self._letters((0, len(text)), _SYNTAX, _LABEL_LINK, _INLINE_NOTE, _NUMBER)

    def _letters(self, span: tuple[int, int], *ignored: re.Pattern[str]) -> tuple[str, list[int]]:
        """The letters and digits of a part of the source, and their offsets in the source."""
        start, end = span
        found, offsets = _significant(self.text[start:end], *ignored, variables=self.variables)
        return found, [start + offset for offset in offsets] if start else offsets

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    @cached_property
    def _all(self) -> tuple[str, list[int]]:
        return _significant(self.text, _SYNTAX, _NUMBER)

    @property
    def letters(self) -> str:
        """All letters and digits of the source, with those of notes in the text."""
        return self._all[0]

    def line_of(self, index: int) -> int:
        """The line of a letter, by its index among all of them."""
        return self.position(self._all[1][index]).line

    def locate(self, units: Iterable[Unit]) -> dict[str, LocatedUnit]:
        """Find units, given in reading order; those that cannot be found with certainty are not in the result."""
        found: dict[str, LocatedUnit] = {}
        at, inner_notes = bisect_right(self._offsets, self._front), self._inner_notes()
        for unit in units:
            letters, indexes = _significant(unit.text, _NUMBER, hidden=_made(unit))
            if not letters:
                continue
            if unit.kind in ("note", "table note"):
                inner = next((each for each in inner_notes if each[0] == letters), None)
                if inner:
                    inner_notes.remove(inner)
                    found.setdefault(unit.place, LocatedUnit(self, unit.text, indexes, inner[1]))
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
            is_whole = len(offsets) == len(indexes)
            found.setdefault(unit.place, LocatedUnit(self, unit.text, indexes[: len(offsets)], offsets, is_whole))
        return found

    @cached_property
    def _notes(self) -> dict[str, int]:
        """The offsets of the texts of notes by their labels; of several with one label, the first."""
        found = ((each[1] or str(int(each[2])), each.end()) for each in reversed([*_NOTE.finditer(self.text)]))
        return dict(found)

    def _inner_notes(self) -> list[tuple[str, list[int]]]:
        """The letters and offsets of the notes that are written where they are called, or whose label is a word."""
        spans = [found.span("text") for found in _INLINE_NOTE.finditer(self.text)]
        named = (found for found in _NOTE.finditer(self.text) if found[1] and len(found[1]) > 2 and found[1][0] != "*")
        spans += [(each.end(), self.text.find("\n\n", each.end()) % (len(self.text) + 1)) for each in named]
        return [self._letters(span, _SYNTAX, _LABEL_LINK, _NUMBER) for span in spans]

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

    def _is_line(self, start: int, length: int) -> bool:
        """Whether some letters of the stream are all of a line of the source."""
        first, last = self._offsets[start], self._offsets[start + length - 1]
        begin = self.text.rfind("\n", 0, first) + 1
        end = self.text.find("\n", last)
        around = self.text[begin:first] + self.text[last + 1 : len(self.text) if end < 0 else end]
        return not any(map(str.isalnum, around))

    def _start_of_key(self, unit: Unit, letters: str) -> int | None:
        """Front matter is found after its key; in a transcript, which has no keys, only if its text occurs once."""
        if self._front < 0 and unit.kind == "distribution":  # one word, which others may have too
            return None
        if self._front < 0:
            starts = [found.start() for found in re.finditer(re.escape(letters), self._stream)]
            if len(starts) > 1:  # the one that is a line of its own
                starts = [start for start in starts if self._is_line(start, len(letters))][:1]
            return starts[0] if len(starts) == 1 else None
        key = re.search(rf"^{_FRONT.get(unit.kind, unit.kind)}:", self.text[: self._front + 1], re.MULTILINE)
        start = self._stream.find(letters, bisect_right(self._offsets, key.end() - 1)) if key else -1
        return start if start >= 0 and self._offsets[start] < self._front else None


@dataclass(frozen=True, slots=True)
class LocatedUnit:
    """A unit's text found in its source: the offsets of its letters and digits in both (`indexes`, `offsets`).

    `is_whole` says that these are all, and not only those at its beginning.
    """

    source: SourceText
    text: str
    indexes: list[int]
    offsets: list[int]
    is_whole: bool = True

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
            if self.indexes[-1] < index and not self.is_whole:
                return None
            at = self.offsets[max(bisect_right(self.indexes, index) - 1, 0)]
        return self.source.position(at)
