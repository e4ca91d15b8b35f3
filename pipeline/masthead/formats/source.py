"""The characters of sources: which are allowed, and how the bytes of a text source become numbered lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from masthead.document import Document, ResourceError, SourceError, files

FORBIDDEN = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no document holds: controls other than tab and line feed, surrogates, noncharacters."""

MAX_BYTES = 8 * 2**20
"""The size of the largest source, and of the largest picture. A document of 250 pages has one million bytes."""

_MAGIC = (
    (b"%PDF", "this is a PDF; extract its text first: pdftotext -layout -enc UTF-8"),
    (b"PK\x03\x04", "this is a zip or Word file; convert Word to Markdown first: masthead convert X.docx -o X.md"),
    ((b"\xff\xfe", b"\xfe\xff"), "this is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"),
)


def load(source: Path) -> bytes:
    """Return the contents of a file. Raises SourceError if it cannot be opened, ResourceError beyond MAX_BYTES."""
    try:
        if source.is_dir():
            raise SourceError("this is a folder, not a document", where=str(source), hint="name the files in it")
        if source.exists() and not source.is_file():  # opening a pipe would wait for a writer
            raise SourceError("the source is not a regular file", where=str(source), hint="name a file")
        with source.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"the source cannot be opened: {files.reason(error)}"
        raise SourceError(message, where=str(source), hint="check the path and its permissions") from None
    if len(data) > MAX_BYTES:
        hint = "divide it into several documents"
        raise ResourceError(f"the source is larger than {MAX_BYTES // 2**20} MiB", where=str(source), hint=hint)
    return data


def decode(data: bytes, name: str, *, page_ends: bool = False) -> str:
    r"""Return the text of `data`, which must be UTF-8, with `\n` at the end of each line. Raises SourceError.

    With `page_ends`, form feeds are allowed.
    """
    for magic, hint in _MAGIC:
        if data.startswith(magic):
            raise SourceError("the source is not UTF-8 text", where=f"{name}:1:1", hint=hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = f"byte 0x{data[error.start]:02x} is not valid UTF-8"
        hint = "save the source as UTF-8; older Arabic files are often windows-1256"
        raise SourceError(message, where=f"{name}:{place(before)}", hint=hint) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := FORBIDDEN.search(text.replace("\f", " ") if page_ends else text):
        message = f"control character U+{ord(found[0]):04X}"
        hint = "the source may be binary or damaged; remove the character"
        raise SourceError(message, where=f"{name}:{place(text[: found.start()])}", hint=hint)
    if not text.strip():
        hint = "a document needs at least a masthead and text"
        raise SourceError("the source is empty", where=f"{name}:1:1", hint=hint)
    return text


def check_characters(text: str, document: Document) -> str:
    """Return `text`, a part of a source to be written. Raises SourceError if a character is not allowed in sources."""
    if found := FORBIDDEN.search(text):
        hint = "remove it from the text"
        raise SourceError(f"character U+{ord(found[0]):04X} cannot be written", where=str(document.symbol), hint=hint)
    return text


def place(before: str) -> str:
    """Return line and column, both from 1, of the character that follows `before`."""
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that is not empty, without the white space around it, and its number in the source."""

    text: str
    number: int


def lines(text: str) -> tuple[SourceLine, ...]:
    """Return the lines of `text` that are not empty. Each form feed is a separate line."""
    return tuple(
        SourceLine(part if part == "\f" else part.strip(), number)
        for number, line in enumerate(text.split("\n"), start=1)
        for part in re.split("(\f)", line)
        if part == "\f" or part.strip()
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """Text from several lines of a source. `starts` are pairs: an offset in `text` and the line that begins there."""

    text: str
    starts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[str, int]]) -> Passage:
        """Concatenate texts, each given with the number of its line."""
        parts = list(parts)
        offsets = accumulate((len(text) for text, _ in parts), initial=0)
        starts = ((offset, line) for offset, (_, line) in zip(offsets, parts, strict=False))
        return cls("".join(text for text, _ in parts), tuple(starts))

    @classmethod
    def of_lines(cls, parts: Sequence[SourceLine]) -> Passage:
        """Join lines with spaces."""
        last = len(parts) - 1
        return cls.of((line.text + (" " if at < last else ""), line.number) for at, line in enumerate(parts))

    def line(self, offset: int = 0) -> int:
        """Return the number of the line that holds the character at `offset`."""
        return self.starts[bisect_right(self.starts, offset, key=lambda start: start[0]) - 1][1]

    def cut(self, offset: int) -> Passage:
        """Return the passage from `offset` on."""
        starts = ((start - offset, line) for start, line in self.starts if start > offset)
        return Passage(self.text[offset:], ((0, self.line(offset)), *starts))
