"""The numbers of the parts of a Markdown body: as they are written or counted, as they should be, and their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from masthead.document import DocumentType, Locale, TemplateError, model
from masthead.document.references import BODY, Citation, Kind, numbered
from masthead.formats.markdown.syntax import BlockMark
from masthead.formats.numbering import NumberPlace, Positions
from masthead.formats.record import Record
from masthead.page import wording

_COUNTED: Mapping[str, tuple[str, str]] = {
    "part": ("marks", "part"),
    "table": ("tables", "table"),
    "figure": ("tables", "figure"),
    **{str(kind): (str(kind), "counted") for kind in model.AnnexKind},
}
"""The table and key of the locale's form for the number of each kind of block."""


_OUTSIDE = ("annex", "appendix", "enclosure", "part")


class PartNumbers:
    """Counts the parts of one body while it is read. The record gets the places of their numbers, and their labels."""

    def __init__(self, locale: Locale, record: Record) -> None:
        self.locale, self.record = locale, record
        self.section = ""  # the number of the section before those of paragraphs
        self._annex = 0  # the number of the annex in the order of the source, 0 in the body
        self._part, self._box, self._boxes = 0, 0, 0  # the part and the box of the next block, and the boxes so far
        self._counts: dict[tuple[str, str], int] = {}  # the last number of each kind of block, by kind and section
        self._headings: dict[int, int] = {}  # the last number of the headings of each level
        self._positions, self._correct_value = Positions(), ""  # and how the last paragraph should be numbered
        self._sole_annex_is_counted = False

    @property
    def next_paragraph(self) -> int:
        """The number after that of the last paragraph."""
        return next(reversed(self.record.paragraphs), 0) + 1

    def next_heading(self, level: int) -> int:
        """Return the number after that of the last heading of a level."""
        return self._headings.get(level, 0) + 1

    def begin_part(self, number: int) -> None:
        """Begin a part, in which the numbers of paragraphs and headings start again."""
        self._part = number
        self._restart()

    def begin_annex(self, *, is_counted: bool) -> None:
        """Begin an annex, in which the numbers of parts, boxes, paragraphs and headings start again.

        `is_counted` says that it is an annex by its name, whose number is left to us.
        """
        self._annex += 1
        self._part, self._boxes = 0, 0
        self._sole_annex_is_counted = self._sole_annex_is_counted or is_counted
        self._restart()

    def begin_section(self, number: str) -> None:
        """Begin a section, whose number is before those of its paragraphs."""
        self.section = number
        self.record.paragraphs.clear()

    def begin_box(self) -> None:
        """Begin the next box."""
        self._boxes += 1
        self._box = self._boxes

    def end_box(self) -> None:
        """End the box."""
        self._box = 0

    def block(self, mark: BlockMark, line: int) -> BlockMark:
        """Return a mark with its number, the next one of its kind if the mark leaves it to us.

        Refuse a number that the language cannot print: parts, for example, have letters.
        """
        key = (mark.kind, mark.section)
        position = self._positions.next(*key, self._annex if mark.kind in ("part", "appendix") else 0)
        if mark.number is not None and mark.kind != "contents":
            values = (numbered(mark.number, mark.section), numbered(position, mark.section))
            self._place(mark.kind, line, str(mark.number), str(position), values)
        if mark.counted:
            mark = replace(mark, number=self._counts.get(key, 0) + 1)
        if mark.number is not None:
            self._counts[key] = mark.number
        if mark.kind == "annex":
            self._counts.pop(("appendix", ""), None)
        self._check(mark, line)
        return mark

    def heading(self, level: int, ordinal: int, kind: DocumentType, written: str, line: int) -> None:
        """Record the number of a heading: `written` in the source, unless it is counted."""
        self._headings = {at: last for at, last in self._headings.items() if at < level} | {level: ordinal}
        position, locale = self._positions.next_heading(level), self.locale
        correct = wording.heading_mark(position, level, kind, locale, locale.language.digits)
        self._place("section" if level == 1 else "heading", line, written, correct, (str(ordinal), str(position)))

    def paragraph(self, number: int, written: str, line: int) -> Citation:
        """Record the number of a paragraph, `written` in the source unless it is counted. Return how it is cited."""
        position = self._positions.next("paragraph", self._annex, self._part, self._box, self.section)
        value, self._correct_value = numbered(number, self.section), numbered(position, self.section)
        self._place("paragraph", line, written, str(position), (value, self._correct_value))
        return Citation(Kind.PARAGRAPH, value)

    def item(self, cited: Citation | None, ordinals: tuple[int, int], marks: tuple[str, str], line: int) -> None:
        """Record the mark of a subparagraph: its ordinals and marks, as they are written and as they should be.

        `cited` is the paragraph to which it belongs, if texts can refer to it.
        """
        ordinal, position = ordinals
        outers = (cited.value, self._correct_value) if cited else ("", "")
        self._place("paragraph", line, *marks, (f"{outers[0]}({ordinal})", f"{outers[1]}({position})"))

    def label(self, name: str, citation: Citation | None, line: int) -> None:
        """Record that a part of the document has a label, by which other texts refer to it."""
        if not name:
            return
        if citation is None:
            message = f"label {name} is on a text without a number"
            hint = (
                "label a numbered paragraph, subparagraph or heading of the first level, a table, a figure or an annex"
            )
            self.record.refused_labels.add(name)
            self.record.refuse(self.record.error_in(line, message, hint, f"{{#{name}}}"))
            return
        place = (self._annex, 0, 0) if citation.kind is Kind.ANNEX else (self._annex, self._part, self._box)
        scope = BODY if citation.kind is Kind.NOTE else place  # notes are numbered through the document
        self.record.label(model.Label(name, str(citation.kind), citation.value, scope), line)

    def with_sole_annex(self, annexes: Sequence[model.Annex]) -> list[model.Annex]:
        """Return the annexes; the only one without its number if it was counted: print numbers several annexes."""
        named = [annex for annex in annexes if annex.kind is model.AnnexKind.ANNEX]
        if len(named) != 1 or not self._sole_annex_is_counted:
            return list(annexes)
        for name, label in self.record.labels.items():
            if label.kind == Kind.ANNEX:
                self.record.labels[name] = replace(label, value="")
        return [replace(each, ordinal=None) if each is named[0] else each for each in annexes]

    def _check(self, mark: BlockMark, line: int) -> None:
        if mark.number is None or mark.kind not in _COUNTED:
            return
        try:
            self.locale.counted(*_COUNTED[mark.kind], mark.number, self.locale.language.digits, mark.section)
        except TemplateError as error:
            message = f"there is no mark for {mark.kind} {mark.number}: {error.message}"
            self.record.refuse(self.record.error_in(line, message, "count from 1, or divide the text"))

    def _place(self, kind: str, line: int, written: str, correct: str, values: tuple[str, str]) -> None:
        """Record how a number is written, and how it should be, also as the `values` of citations."""
        scope = (self._annex, 0, 0) if kind in _OUTSIDE else (self._annex, self._part, self._box)
        self.record.places.append(NumberPlace(kind, scope, line, written, correct, *values))

    def _restart(self) -> None:
        self.record.level = 0
        self._headings.clear()
        self._positions.restart()
        self.record.paragraphs.clear()
