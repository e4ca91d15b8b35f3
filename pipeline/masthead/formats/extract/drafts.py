"""Paragraphs of an extract while they are read, and the doubts about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from masthead.document import Severity
from masthead.document.references import Doubt
from masthead.formats.extract.pages import HINT, PageLine
from masthead.formats.styled.parts import ParaKind, StyledPart

_MARK = 6  # characters of the mark of an entry in a table of contents, at most
_APART = 3  # columns between the levels of entries

TABLE_GUESSED = Doubt(
    "table-guessed", "a table is read from the positions of its words", "compare its cells with the page"
)
HEADING_GUESSED = Doubt("heading-guessed", "a line without a number and without a full stop is read as a heading", HINT)
HEADING_JOINED = Doubt("heading-guessed", "a heading may end before this line, which is read as part of it", HINT)
PARAGRAPH_GUESSED = Doubt("paragraph-guessed", "a paragraph may begin here; Masthead assumes that it does", HINT)
PARAGRAPH_JOINED = Doubt(
    "paragraph-guessed",
    "a paragraph may begin here, but is read as part of the one before",
    f"{HINT}; separate them with an empty line",
)
PARAGRAPH_OPEN = Doubt(
    "paragraph-open", "a paragraph ends without a full stop; the next text may belong to it", HINT, Severity.NOTE
)
CONTENTS_GENERATED = Doubt(
    "contents-generated",
    "the table of contents is generated from the headings",
    "mark its depth in Markdown",
    Severity.NOTE,
)
CALL_MOVED = Doubt("call-moved", "a line of the opening calls a note; the call is moved to the title", HINT)
CONTENTS_CALL = Doubt(
    "call-moved", "the table of contents calls a note; the call is moved to the title", "move it to a heading"
)
PICTURE_LOST = Doubt(
    "picture-lost", "the text of a PDF has no pictures; the caption is read as text", "insert the picture in Markdown"
)
PICTURE_FRAMED = Doubt(
    "picture-lost",
    "the text of a PDF has no pictures; an empty frame is where this one is",
    "insert the picture in Markdown, or take it from the PDF",
    Severity.ERROR,
)


@dataclass(slots=True)
class Draft:
    """A paragraph while it is read: its kind, and its lines by page.

    `alone` says that it is always a single line, `names` that it is the title of an annex or a part.
    """

    kind: ParaKind
    level: int = 0
    pages: list[list[PageLine]] = field(default_factory=list)
    alone: bool = False
    names: bool = False
    ends_page: bool = False
    count: int = 1  # of its lines

    @property
    def first(self) -> PageLine:
        return self.pages[0][0]

    @property
    def last(self) -> PageLine:
        return self.pages[-1][-1]

    @property
    def columns(self) -> int:
        """How many columns its lines begin in, after their marks: the levels of a table of contents."""
        return max(len(_columns(lines[page == 0 :])) for page, lines in enumerate(self.pages))

    def add(self, line: PageLine) -> None:
        """Continue with a line, on the next page if this one has ended."""
        if self.ends_page:
            self.pages.append([])
            self.ends_page = False
        self.pages[-1].append(line)
        self.count += 1


def _columns(lines: Sequence[PageLine]) -> list[int]:
    starts = sorted({line.places[len(line.places) > 1 and len(line.cells[0]) < _MARK] for line in lines})
    return [at for before, at in zip([-_APART, *starts], starts, strict=False) if at - before >= _APART]


Drafted = Draft | StyledPart
