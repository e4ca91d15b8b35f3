"""The bytes of a text source into characters, and characters into lines that know their number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masthead.document import SourceError

FORBIDDEN = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no document holds: controls other than tab and line feed, surrogates, non-characters."""

_MAGIC = (
    (b"%PDF", "this is a PDF; turn it into text first: pdftotext -layout -enc UTF-8"),
    (b"PK\x03\x04", "this is a zip or Word file; of Word make Markdown first: masthead convert X.docx -o X.md"),
    (b"\xff\xfe", "this is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"),
    (b"\xfe\xff", "this is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"),
)


def decode(data: bytes, name: str, *, page_ends: bool = False) -> str:
    r"""Return the text of `data`, which is UTF-8, its lines ended by `\n`. Raises SourceError for anything else.

    With `page_ends`, form feeds are allowed.
    """
    for magic, hint in _MAGIC:
        if data.startswith(magic):
            raise SourceError("the source is not text in UTF-8", where=f"{name}:1:1", hint=hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        raise SourceError(
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            where=f"{name}:{place(before)}",
            hint="save the source as UTF-8; older Arabic files are mostly windows-1256",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := FORBIDDEN.search(text.replace("\f", " ") if page_ends else text):
        raise SourceError(
            f"control character U+{ord(found[0]):04X}",
            where=f"{name}:{place(text[: found.start()])}",
            hint="the source may be binary or damaged; remove the character",
        )
    if not text.strip():
        raise SourceError(
            "the source is empty", where=f"{name}:1:1", hint="a document has at least a masthead and a text"
        )
    return text


def place(before: str) -> str:
    """Return line and column of what stands behind `before`, both from 1."""
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@dataclass(frozen=True, slots=True)
class Passage:
    """Some text of a source, and where it stood: `starts` are pairs of offset in `text` and line number."""

    text: str
    starts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[str, int]]) -> Passage:
        """Make one passage of texts with the number of the line in which each begins."""
        texts, starts, length = [], [], 0
        for text, line in parts:
            texts.append(text)
            starts.append((length, line))
            length += len(text)
        return cls("".join(texts), tuple(starts))

    def line(self, offset: int = 0) -> int:
        """Return the number of the line in which the character at `offset` stood."""
        return self.starts[bisect_right(self.starts, offset, key=lambda start: start[0]) - 1][1]

    def cut(self, offset: int) -> Passage:
        """Return the passage from `offset` on."""
        first = (0, self.line(offset))
        return Passage(
            self.text[offset:], (first, *((start - offset, line) for start, line in self.starts if start > offset))
        )


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that is not empty, without the white space around it."""

    text: str
    number: int


def lines(text: str) -> tuple[SourceLine, ...]:
    """Return the lines of `text` that are not empty; a form feed is a line of its own."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        for part in re.split("(\f)", line):
            if part == "\f" or part.strip():
                found.append(SourceLine(part if part == "\f" else part.strip(), number))
    return tuple(found)


def passage_of(parts: Sequence[SourceLine]) -> Passage:
    """Return lines that run on as one passage."""
    last = len(parts) - 1
    return Passage.of((line.text + (" " if at < last else ""), line.number) for at, line in enumerate(parts))
