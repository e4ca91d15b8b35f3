r"""The marks within a transcript's paragraph: `**bold**`, `*italic*`, note calls `^(1)`, form feeds at page ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from masthead.document import Emphasis, Inline, NoteCall, PageEnd, Strong, Text, joined
from masthead.document.references import Context, Doubt, find_documents
from masthead.formats.record import Record
from masthead.formats.source import Passage

PAGE_END = "\f"
_MARK = re.compile(r"\*\*|\*|\^\((?P<call>[0-9٠-٩]{1,3})\)|\^\(|\f")

_UNREADABLE = Doubt("call-unreadable", "what follows ^( is no note number; it is left as text", "write ^(1)")


def read_marks(passage: Passage, context: Context, record: Record) -> tuple[Inline, ...]:
    """Turn a paragraph into inline content; calls and what looks wrong go to `record`."""
    return _Reading(passage, context, record).content()


@dataclass
class _Level:
    """Content that is being read: inside `mark`, which stood at `offset`, or the paragraph itself."""

    mark: str = ""
    offset: int = 0
    content: list[Inline] = field(default_factory=list)


class _Reading:
    """One paragraph while it is read."""

    def __init__(self, passage: Passage, context: Context, record: Record) -> None:
        self.passage, self.context, self.record = passage, context, record
        self.levels = [_Level()]
        self.series = ""

    def content(self) -> tuple[Inline, ...]:
        text, done = self.passage.text, 0
        for found in _MARK.finditer(text):
            if found[0] == "^(":
                self.tell(_UNREADABLE, found.start())
                continue
            self.add_text(done, found.start())
            done = found.end()
            if found["call"]:
                number = int(found["call"])
                self.levels[-1].content.append(NoteCall(number))
                self.record.call(str(number), self.passage.line(found.start()))
            elif found[0] == PAGE_END:
                self.levels[-1].content.append(PageEnd())
            else:
                self.add_emphasis(found)
        self.add_text(done, len(text))
        for level in self.levels[1:]:
            message = f"{level.mark} opens and does not close; it is left as text"
            self.tell(Doubt("emphasis-unclosed", message, "close it, or take it out"), level.offset)
        self.fold_to(0)
        return joined(self.levels[0].content)

    def add_text(self, start: int, end: int) -> None:
        recognition = find_documents(self.passage.text[start:end], self.context, series=self.series)
        self.series = recognition.series
        self.levels[-1].content.extend(recognition.content)
        for doubt in recognition.doubts:
            self.tell(doubt, start + doubt.offset)

    def add_emphasis(self, found: re.Match[str]) -> None:
        """Open or close emphasis where the mark touches a word on its inner side; elsewhere it is text."""
        text, mark, levels = found.string, found[0], self.levels
        opened = next((depth for depth, level in enumerate(levels) if level.mark == mark), 0)
        if opened and levels[-1].content and not text[found.start() - 1].isspace():
            self.fold_to(opened)
            content = tuple(levels.pop().content)
            levels[-1].content.append(Strong(content) if mark == "**" else Emphasis(content))
        elif not opened and not text[found.end() : found.end() + 1].isspace():
            levels.append(_Level(mark, found.start()))
        else:
            levels[-1].content.append(Text(mark))

    def fold_to(self, depth: int) -> None:
        """Make text of the marks that were opened deeper than `depth` and never closed."""
        while len(self.levels) > depth + 1:
            inner = self.levels.pop()
            self.levels[-1].content.extend((Text(inner.mark), *inner.content))

    def tell(self, doubt: Doubt, offset: int) -> None:
        self.record.tell(self.passage.line(offset), doubt)
