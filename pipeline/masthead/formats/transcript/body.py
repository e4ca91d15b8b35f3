"""The body of a transcript: its lines sorted into paragraphs, headings, notes, the foot of page one and closing lines.

Notes and the foot of page one are where a page ended in print; form feeds mark this explicitly. A paragraph that is
interrupted there continues afterwards, unless it had already reached its closing punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.document import DocumentType, Locale, NoteCall, Role, patterns
from masthead.document.references import Doubt
from masthead.formats.itemization import Marks, counted_marks
from masthead.formats.opening_lines import is_closing, job_number
from masthead.formats.record import Record
from masthead.formats.roles import Roles
from masthead.formats.source import Passage, SourceLine
from masthead.formats.styled.composition import StyledNote
from masthead.formats.styled.parts import Para, ParaKind
from masthead.formats.styled.spans import TAB, Span
from masthead.formats.transcript.inline_marks import PAGE_END, read_marks

_NOTE = re.compile(r"\((?P<number>[0-9٠-٩]{1,3})\)\s+(?=\S)")
_BARCODE = re.compile(r"\*[0-9]{7}\*")
_LONGEST_LINE = 80  # characters of a foot or a closing line
_UNNUMBERED = Doubt(
    "paragraph-unnumbered",
    "a paragraph without number among numbered ones",
    "number it, or join it to the one before",
)
_AFTER_END = re.compile(r"(?:\^\([0-9٠-٩]{1,3}\)|[*\s”“»’\")\]])+$")


@dataclass
class OpenParagraph:
    """A paragraph that may still continue: its text by pages, with the line in which each part begins, and its mark.

    `level` is that of a heading or the degree of a subparagraph.
    """

    kind: ParaKind
    line: int
    parts: list[tuple[str, int]]
    mark: str = ""
    level: int = 0
    role: Role | None = None

    def para(self, record: Record) -> Para:
        """Return the paragraph with a TAB after its mark; marks in its text that look wrong go to `record`."""
        if self.kind is ParaKind.CLOSING:
            return Para(self.line, self.kind, [Span(self.parts[0][0], literal=True)])
        spans = [Span(f"{self.mark}{TAB}")] if self.mark else []
        spans += read_marks(Passage.of(self.parts), record)
        return Para(self.line, self.kind, spans, self.level, self.role, literal=True)


class Body:
    """The body while its lines are read. The results are `drafts`, `notes`, and whether any `page_ends`."""

    def __init__(self, formula: Passage | None, locale: Locale, record: Record, *, closes: bool) -> None:
        """`closes` says that the meeting and the date of adoption must come at the end."""
        self.locale, self.record, self.closes = locale, record, closes
        self.drafts: list[OpenParagraph] = []
        self.notes: list[StyledNote] = []
        self.page_ends = False
        self._marks = Marks(locale)
        self._path: list[OpenParagraph] = []  # the open paragraph, then its open subparagraphs by degree
        self._ordinals: list[int] = []  # of these subparagraphs
        self._roles = Roles(DocumentType.RESOLUTION)
        self._count = self._numbered = 0  # paragraphs of this part, and those with numbers
        self._headings = {ParaKind.PART: 0, ParaKind.HEADING: 0}  # how many there have been
        self._closing = 0  # lines
        self._is_over = False  # there has been text after them
        self._interrupted = False  # a page has ended since the last text
        if formula:
            self._open(formula.text, formula.line())

    def read(self, lines: Sequence[SourceLine]) -> None:
        """Read all `lines` of the body. What makes no document is refused."""
        for piece in self._pieces(lines):
            self._add(piece)
        last = lines[-1].number if lines else 1
        if self.closes and self._closing < 2:
            hint = "a resolution ends with the meeting and the date; the source may be incomplete"
            self._refuse("the source ends without its closing lines", last, hint)
        if self._count < 2:
            self._refuse("the resolution has no paragraphs", last, "the source may be incomplete")
        self._end_part()

    def _refuse(self, message: str, line: int, hint: str) -> None:
        self.record.refuse(self.record.error_in(line, message, hint))

    def _pieces(self, lines: Sequence[SourceLine]) -> Iterator[Passage]:
        """Join lines that run on, until a gap or a line that begins something."""
        parts: list[SourceLine] = []
        for line in lines:
            if parts and (line.number > parts[-1].number + 1 or self._begins(line.text, parts[-1].text)):
                yield Passage.of_lines(parts)
                parts = []
            parts.append(line)
        if parts:
            yield Passage.of_lines(parts)

    def _begins(self, text: str, before: str) -> bool:
        """Return whether a line that follows another without a gap begins a new block."""
        if _NOTE.match(text) or self._stands_alone(text) or self._stands_alone(before):
            return True
        return self._is_ended(before) and bool(self._marks.number(text) or self._marks.item(text))

    def _add(self, piece: Passage) -> None:
        text, line = piece.text, piece.line()
        if self._is_foot(text):
            self._interrupted = True
        elif note := _NOTE.match(text):
            self._interrupted = True
            cut = piece.cut(note.end())
            spans = read_marks(Passage(cut.text, ((0, cut.line()),)), self.record)
            self.notes.append(StyledNote(line, NoteCall(int(note["number"])), spans))
        elif heading := self._heading(piece):
            self._add_heading(heading)
        elif self._is_closing(text):
            self._end_page()
            self.drafts.append(OpenParagraph(ParaKind.CLOSING, line, [(text, line)]))
            self._closing += 1
        elif self._closing:
            if not self._is_over:
                hint = "a resolution ends with the meeting and the date; annexes are not read yet"
                self._refuse("text after the closing lines", line, hint)
            self._is_over = True
        else:
            self._add_text(piece)

    def _add_text(self, piece: Passage) -> None:
        text, line = piece.text, piece.line()
        if self._interrupted and self._goes_on(text):
            self._interrupted, self.page_ends = False, True
            self._path[-1].parts += [(f" {PAGE_END}", line), (text, line)]
            return
        self._end_page()
        if number := self._marks.number(text):
            self._numbered += 1
            self._open(text[number.end() :], line, number[0].rstrip(), int(number["number"]))
        elif not self._add_item(piece):
            if self._roles.numbered:
                self.record.report(line, _UNNUMBERED)
            self._open(text, line)

    def _open(self, text: str, line: int, mark: str = "", number: int | None = None) -> None:
        draft = OpenParagraph(ParaKind.TEXT, line, [(text, line)], mark, role=self._roles.next(number))
        self.drafts.append(draft)
        self._path, self._ordinals = [draft], []
        self._count += 1

    def _add_item(self, piece: Passage) -> bool:
        """Add a subparagraph where its mark has a place after the paragraph before it; return whether it has."""
        found = self._marks.item(piece.text)
        if found is None or self._count < 2 or self.drafts[-1] is not self._path[-1]:
            return False
        place = self._marks.place(found["mark"], self._ordinals, self._text_end().endswith(":"))
        if place is None:
            return False
        (degree, ordinal), _ = place
        text = piece.cut(found.end())
        draft = OpenParagraph(ParaKind.ITEM, piece.line(), [(text.text, text.line())], found["mark"], degree)
        self._path[degree:] = [draft]
        self._ordinals[degree - 1 :] = [ordinal]
        self.drafts.append(draft)
        return True

    def _heading(self, piece: Passage) -> OpenParagraph | None:
        """Return the part or section that a piece is: the next mark on its first line, its title on the others."""
        start = piece.starts[1][0] if len(piece.starts) > 1 else len(piece.text)
        mark = piece.text[:start].strip()
        for kind, what in ((ParaKind.PART, "part"), (ParaKind.HEADING, "section")):
            if counted_marks(self.locale, "marks", what).get(mark) == self._headings[kind] + 1 and not self._closing:
                title = piece.cut(start)
                return OpenParagraph(kind, piece.line(), [(title.text, title.line())], mark, level=1)
        return None

    def _add_heading(self, heading: OpenParagraph) -> None:
        self._end_page()
        if heading.kind is ParaKind.PART:
            self._end_part()
            self._count = self._numbered = self._headings[ParaKind.HEADING] = 0
            self._roles = Roles(DocumentType.RESOLUTION)
        self._headings[heading.kind] += 1
        self._roles.numbered = False  # a section has a preamble of its own
        self.drafts.append(heading)

    def _end_part(self) -> None:
        """A single operative paragraph has no number (UN Editorial Manual)."""
        if self._count and not self._numbered:
            self._path[0].role = Role.OPERATIVE

    def _end_page(self) -> None:
        """Where notes or a foot came after the open paragraph, its end was the end of a page."""
        if self._interrupted and self._path:
            self._path[-1].parts.append((PAGE_END, self._path[-1].line))
            self.page_ends = True
        self._interrupted = False

    def _goes_on(self, text: str) -> bool:
        """Return whether a text continues the paragraph that the end of a page has divided."""
        if self._marks.number(text) or self._marks.item(text) or self._count < 2:
            return False
        return text[0].islower() or not self._is_ended(self._text_end())

    def _text_end(self) -> str:
        """The last characters of the open paragraph, without what may follow its closing punctuation."""
        return _AFTER_END.sub("", self._path[-1].parts[-1][0][-80:])

    def _is_ended(self, text: str) -> bool:
        ends = self.locale.word("reading", "ends")
        numbered = len(self._path) == 1 and self._path[0].role is Role.OPERATIVE
        role = Role.OPERATIVE if numbered else Role.PREAMBULAR
        return _AFTER_END.sub("", text[-80:]).endswith(tuple(ends[role]))

    def _stands_alone(self, text: str) -> bool:
        return len(text) <= _LONGEST_LINE and (self._is_foot(text) or self._is_closing(text))

    def _is_foot(self, text: str) -> bool:
        """Return whether a line belongs to the foot of page one, or is the end of a page itself."""
        if text == PAGE_END or _BARCODE.fullmatch(text):
            return True
        recycle = patterns.fold(str(self.locale.word("imprint", "recycle")))
        return patterns.fold(text) == recycle or job_number(text) is not None

    def _is_closing(self, text: str) -> bool:
        return self._count >= 2 and len(text) <= _LONGEST_LINE and is_closing(text, self.locale)
