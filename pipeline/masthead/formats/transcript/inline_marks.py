r"""The marks in the text of a transcript: `**bold**`, `*italic*`, note calls `^(1)`, and form feeds where pages end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from masthead.document import Emphasis, NoteCall, PageEnd, Strong
from masthead.document.references import Doubt
from masthead.formats.record import Record
from masthead.formats.source import Passage
from masthead.formats.styled.spans import Span

PAGE_END = "\f"
_MARK = re.compile(r"\*\*|\*|\^\((?P<call>[0-9٠-٩]{1,3})\)|\^\(|\f")

_UNREADABLE = Doubt("call-unreadable", "no note number after ^(; it is left as text", "write ^(1)")


def read_marks(passage: Passage, record: Record) -> list[Span]:
    """Divide a text at its marks; marks that look wrong become text, with a finding in `record`."""
    levels = [_Level()]
    done = 0
    for found in _MARK.finditer(passage.text):
        line = passage.line(found.start())
        if found[0] == "^(":
            record.report(line, _UNREADABLE)
            continue
        levels[-1].add(passage, done, found.start())
        done = found.end()
        if found["call"]:
            levels[-1].spans.append(Span(inline=NoteCall(int(found["call"])), line=line))
        elif found[0] == PAGE_END:
            levels[-1].spans.append(Span(inline=PageEnd()))
        else:
            _emphasize(levels, found, line)
    levels[-1].add(passage, done, len(passage.text))
    for level in levels[1:]:
        message = f"{level.mark} opens and does not close; it is left as text"
        record.report(level.line, Doubt("emphasis-unclosed", message, "close it, or remove it"))
    _fold(levels, 0)
    return levels[0].spans


@dataclass
class _Level:
    """The spans inside an emphasis whose `mark` opened in `line`, or those of the whole text."""

    mark: str = ""
    line: int = 0
    spans: list[Span] = field(default_factory=list)

    def add(self, passage: Passage, start: int, end: int) -> None:
        if start < end:
            self.spans.append(Span(passage.text[start:end], line=passage.line(start)))


def _emphasize(levels: list[_Level], found: re.Match[str], line: int) -> None:
    """Open or close an emphasis where the mark touches a word on its inner side; elsewhere it is text."""
    text, mark = found.string, found[0]
    opened = next((depth for depth, level in enumerate(levels) if level.mark == mark), 0)
    if opened and levels[-1].spans and not text[found.start() - 1].isspace():
        _fold(levels, opened)
        kind = Strong if mark == "**" else Emphasis
        inner = levels.pop().spans
        levels[-1].spans += [replace(span, emphases=(kind, *span.emphases), named=True) for span in inner]
    elif not opened and not text[found.end() : found.end() + 1].isspace():
        levels.append(_Level(mark, line))
    else:
        levels[-1].spans.append(_stray(mark))


def _fold(levels: list[_Level], depth: int) -> None:
    """Turn the marks that opened deeper than `depth` and never closed into text."""
    while len(levels) > depth + 1:
        inner = levels.pop()
        levels[-1].spans += (_stray(inner.mark), *inner.spans)


def _stray(mark: str) -> Span:
    """A mark that is text: literal, so that it does not become part of a reference beside it."""
    return Span(mark, literal=True)
