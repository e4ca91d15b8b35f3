"""The body of a transcript: its lines sorted into paragraphs, sub-paragraphs, heads, notes, feet and closing lines.

Notes and the page-one foot stand where a page ended in print, and so does a form feed. A paragraph that such a place
cuts goes on behind it; it was cut when it has not come to its closing punctuation yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from masthead.document import Locale, Role, SourceError, patterns
from masthead.document.references import Doubt
from masthead.formats.itemization import Marks
from masthead.formats.opening import job_number
from masthead.formats.record import Record
from masthead.formats.source import Line, Passage, passage_of
from masthead.formats.transcript.marks import PAGE_END

_NOTE = re.compile(r"\((?P<number>[0-9٠-٩]{1,3})\)\s+(?=\S)")
_BARCODE = re.compile(r"\*[0-9]{7}\*")
_LONGEST_LINE = 80  # characters of a foot or a closing line
_BEHIND_END = re.compile(r"(?:\^\([0-9٠-٩]{1,3}\)|[*\s”“»’\")\]])+$")


@dataclass
class Draft:
    """A paragraph, sub-paragraph or note that may still go on; `number` is a sub-paragraph's ordinal too."""

    number: int | None
    parts: list[tuple[str, int]]
    role: Role = Role.PREAMBULAR
    items: list[Draft] = field(default_factory=list)

    @property
    def passage(self) -> Passage:
        return Passage.of(self.parts)

    @property
    def line(self) -> int:
        return self.parts[0][1]


@dataclass(frozen=True)
class Head:
    """A part or a section: `kind`, what its mark counts, and its title."""

    kind: str
    ordinal: int
    title: Passage


class Body:
    """The body while its lines are read; `blocks`, `notes` and `closing` are the outcome."""

    def __init__(self, formula: Passage | None, locale: Locale, record: Record, *, closes: bool) -> None:
        """`closes` says that the meeting and the date of adoption stand at the end."""
        self.locale, self.record = locale, record
        self.marks = Marks(locale)
        self.blocks: list[Draft | Head] = []
        self.paragraphs: list[Draft] = []  # of this part
        self.path: list[Draft] = []  # the open paragraph, then its open sub-paragraphs by degree
        self.heads = {"part": 0, "section": 0}  # how many there have been
        self.operative = False  # whether a paragraph here has had a number
        if formula:
            self._open(Draft(None, [(formula.text, formula.line())], Role.FORMULA))
        self.notes: list[Draft] = []
        self.closing: list[str] = []
        self.interrupted = self.page_ends = False
        self.closes = closes

    def read(self, lines: Sequence[Line]) -> None:
        """Read all `lines` of the body. Raises SourceError where they make no document."""
        for piece in self._pieces(lines):
            self._add(piece)
        last = lines[-1].number if lines else 1
        if self.closes and len(self.closing) < 2:
            raise SourceError(
                "the source ends without its closing lines",
                where=self.record.where(last),
                hint="a resolution ends with the meeting and the date; the source may be cut off",
            )
        if len(self.paragraphs) < 2:
            raise SourceError(
                "the resolution has no paragraphs", where=self.record.where(last), hint="the source may be cut off"
            )
        self._end_part()

    def _pieces(self, lines: Sequence[Line]) -> Iterator[Passage]:
        """Join lines that run on, until a gap or a line that opens something."""
        parts: list[Line] = []
        for line in lines:
            if parts and (line.number > parts[-1].number + 1 or self._opens(line.text, parts[-1].text)):
                yield passage_of(parts)
                parts = []
            parts.append(line)
        if parts:
            yield passage_of(parts)

    def _opens(self, text: str, before: str) -> bool:
        """Tell whether a line that follows another without a gap begins something of its own."""
        if _NOTE.match(text) or self._stands_alone(text) or self._stands_alone(before):
            return True
        return self._is_ended(before) and bool(self.marks.number(text) or self.marks.item(text))

    def _add(self, piece: Passage) -> None:
        text = piece.text
        if self._is_foot(text):
            self.interrupted = True
        elif note := _NOTE.match(text):
            self.interrupted = True
            body = piece.cut(note.end())
            self.notes.append(Draft(int(note["number"]), [(body.text, body.line())]))
            self.record.note(str(int(note["number"])), piece.line())
        elif head := self._head(piece):
            self._add_head(head)
        elif self._is_closing(text):
            self._end_page()
            self.closing.append(text)
        elif self.closing:
            raise SourceError(
                "text behind the closing lines",
                where=self.record.where(piece.line()),
                hint="a resolution ends with the meeting and the date; annexes are not read yet",
            )
        else:
            self._add_text(piece)

    def _add_text(self, piece: Passage) -> None:
        text, line = piece.text, piece.line()
        if self.interrupted and self._goes_on(text):
            self.interrupted, self.page_ends = False, True
            self.path[-1].parts += [(f" {PAGE_END}", line), (text, line)]
            return
        self._end_page()
        if number := self.marks.number(text):
            body = piece.cut(number.end())
            self._open(Draft(int(number["number"]), [(body.text, line)], Role.OPERATIVE))
            self.record.paragraph(int(number["number"]), line)
            self.operative = True
        elif (item := self.marks.item(text)) and self._add_item(item, piece):
            pass
        else:
            unnumbered = Role.PREAMBULAR if self.paragraphs else Role.FORMULA
            self._open(Draft(None, [(text, line)], Role.OPERATIVE if self.operative else unnumbered))
            if self.operative:
                message = "a paragraph without number among numbered ones"
                self.record.tell(
                    line, Doubt("paragraph-unnumbered", message, "number it, or join it to the one before")
                )

    def _open(self, draft: Draft) -> None:
        self.blocks.append(draft)
        self.paragraphs.append(draft)
        self.path = [draft]

    def _head(self, piece: Passage) -> Head | None:
        """Return the part or section that the piece is: its mark on a line, its title on those behind it."""
        start = piece.starts[1][0] if len(piece.starts) > 1 else len(piece.text)
        line = piece.text[:start].strip()
        for kind, count in self.heads.items():
            if self.marks.head(line, kind) == count + 1 and not self.closing:
                return Head(kind, count + 1, piece.cut(start))
        return None

    def _add_head(self, head: Head) -> None:
        self._end_page()
        if head.kind == "part":
            self._end_part()
            self.paragraphs, self.heads["section"] = [], 0
            self.record.paragraphs.clear()
        self.heads[head.kind] = head.ordinal
        self.operative = False
        self.blocks.append(head)

    def _end_part(self) -> None:
        """A single operative paragraph bears no number (UN Editorial Manual)."""
        if self.paragraphs and not self.record.paragraphs:
            self.paragraphs[-1].role = Role.OPERATIVE

    def _add_item(self, mark: re.Match[str], piece: Passage) -> bool:
        """Add a sub-paragraph where its mark has a place there; return whether it has."""
        ordinals = [draft.number or 0 for draft in self.path[1:]]
        announced = self._text_end().endswith(":")
        place = self.marks.place(mark["mark"], ordinals, announced)
        if place is None or len(self.paragraphs) < 2:
            return False
        (degree, ordinal), in_order = place
        body = piece.cut(mark.end())
        del self.path[degree:]
        draft = Draft(ordinal, [(body.text, body.line())], self.path[0].role)
        self.path[-1].items.append(draft)
        self.path.append(draft)
        if not in_order:
            message = f"sub-paragraph {mark['mark']} is not the next in order"
            self.record.tell(piece.line(), Doubt("item-order", message, "letter sub-paragraphs without gaps"))
        return True

    def _end_page(self) -> None:
        """Where notes or a foot stood since the open paragraph, its end was a page's end."""
        if self.interrupted and self.path:
            self.path[-1].parts.append((PAGE_END, self.path[-1].line))
            self.page_ends = True
        self.interrupted = False

    def _goes_on(self, text: str) -> bool:
        """Tell whether `text` goes on with the paragraph that a page end has cut."""
        if self.marks.number(text) or self.marks.item(text) or len(self.paragraphs) < 2:
            return False
        return text[0].islower() or not self._is_ended(self._text_end())

    def _text_end(self) -> str:
        """The last characters of the open paragraph's text, without what may stand behind its punctuation."""
        return _BEHIND_END.sub("", self.path[-1].parts[-1][0][-80:])

    def _is_ended(self, text: str) -> bool:
        ends = self.locale.word("reading", "ends")
        numbered = len(self.path) == 1 and self.path[0].role is Role.OPERATIVE
        role = Role.OPERATIVE if numbered else Role.PREAMBULAR
        return _BEHIND_END.sub("", text[-80:]).endswith(tuple(ends[role]))

    def _stands_alone(self, text: str) -> bool:
        return len(text) <= _LONGEST_LINE and (self._is_foot(text) or self._is_closing(text))

    def _is_foot(self, text: str) -> bool:
        """Tell whether a line belongs to the foot of page one, or is a page's end itself."""
        if text == PAGE_END or _BARCODE.fullmatch(text):
            return True
        return (
            patterns.fold(text) == patterns.fold(str(self.locale.word("imprint", "recycle")))
            or job_number(text) is not None
        )

    def _is_closing(self, text: str) -> bool:
        """Tell whether a line is a meeting or a date and nothing else."""
        if len(self.paragraphs) < 2 or len(text) > _LONGEST_LINE:
            return False
        form, months = self.locale.word("dates", "text"), self.locale.word("dates", "months")
        date = patterns.match(text, [form], {"month": months})
        if date and len(date["day"]) <= 4 and len(date["year"]) == 4:  # 1er has three characters
            return True
        return patterns.match(text, self.locale.word("reading", "meeting")) is not None
