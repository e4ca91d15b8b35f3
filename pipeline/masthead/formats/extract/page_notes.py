"""The notes of one extract, separated from its pages, and the calls of them."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from masthead.document import Digits, JobNumber, Locale, NoteCall, NotePlace, patterns
from masthead.document.references import Doubt
from masthead.formats.extract.calls import CALL, call_of, find_calls, uncalled
from masthead.formats.extract.note_blocks import PrintedNote, end_notes, paragraphs_of, part_notes
from masthead.formats.extract.note_lists import NoteList, TextWidth, read_list, spans_of_list
from masthead.formats.extract.pages import HINT, Page, PageLine, Report
from masthead.formats.extract.running_text import joined
from masthead.formats.itemization import annex_name
from masthead.formats.labels import note_label
from masthead.formats.styled.composition import StyledNote
from masthead.formats.styled.spans import PARAGRAPH_END, Span

_ENDED = re.compile(r"[.。…][”’»)\]]*$|\)$|://\S+$")  # or with an address
_MISSING = 3  # figures that count on, at least, are calls
_KNOWN = 50  # notes that may be called again


class PageNotes:
    """Separates notes from pages, one page after the other, and marks their calls."""

    def __init__(
        self, locale: Locale, report: Report, starts: Sequence[int], job: JobNumber, *, reissued: bool
    ) -> None:
        """`starts` are first lines of pages; `reissued` says that the symbol has an asterisk, which calls a note."""
        self._report, self._reissued = report, reissued
        self._starts, self._station = starts, job.duty_station
        self._headings = [patterns.fold(word) for word in locale.word("reading", "notes")]
        self._months = re.compile(rf"\s*(?:de )?(?:{'|'.join(map(re.escape, locale.word('dates', 'months')))})")
        self._framed = locale.call_mark(1, Digits.WESTERN).startswith("(")
        self._locale = locale
        self._notes: list[PrintedNote] = []
        self._has_annex = False
        self._series = 0  # where the notes begin that are counted with the next one
        self._before = 0  # the number in the document of the last note before these
        self._endnotes: list[PrintedNote] = []

    def notes(self) -> list[StyledNote]:
        """Return the notes of all pages."""
        lists = [self._list(note) for note in self._notes]
        read = [each for each in lists if each]
        texts = [note.lines for note, listed in zip(self._notes, lists, strict=True) if not listed]
        width = TextWidth.of([*texts, *(lines for each in read for lines in each.text)], self._station)
        return [
            StyledNote(
                note.number,
                note.call,
                spans_of_list(listed, read, width) if listed else self._spans(note),
                0 if note.call.asterisk else int(note.label),
            )
            for note, listed in zip(self._notes, lists, strict=True)
        ]

    def _list(self, note: PrintedNote) -> NoteList | None:
        """Return the list of terms that a note has, None for any other note."""
        pages = groupby(note.lines, lambda line: bisect(self._starts, line.number))
        listed = read_list([list(lines) for _, lines in pages], self._locale.language.direction)
        if listed:
            message = "a list of terms in a note is read from the positions of its words"
            self._report(note.number, Doubt("table-guessed", message, HINT))
        return listed

    def _spans(self, note: PrintedNote) -> list[Span]:
        parts = paragraphs_of(note.lines) if note in self._endnotes else [note.lines]
        return [span for part in parts for span in (Span(joined(part)), PARAGRAPH_END)][:-1]

    @property
    def place(self) -> NotePlace:
        """Where the document has its numbered notes."""
        return NotePlace.END if self._endnotes else NotePlace.PAGE

    def text(self, page: Page, place: int) -> Page:
        """Return the text of page `place`, from 0, with the calls of its notes, and keep the notes."""
        goes_on = bool(self._notes) and not _ENDED.search(self._notes[-1].lines[-1].text)
        last = f"note {self._notes[-1].label}" if self._notes else ""
        body, notes, before = self._parted(page, goes_on=goes_on)
        known = [note.label for note in self._notes[self._series :][-_KNOWN:]]
        if before and goes_on:
            self._notes[-1].lines += before
        elif before:
            body = [*body, *before]
        if self._notes and before and not (goes_on and any(line.is_rule for line in page)):
            message = f"{last} continues here" if goes_on else f"{last} may continue here"
            self._report(before[0].number, Doubt("note-guessed", message, HINT))
        elif goes_on and not before and page:
            self._report(page[-1].number, Doubt("note-guessed", f"{last} may continue on this page", HINT))
        notes = self._written(notes, page)
        for note in notes:
            note.call = self._call_of(note.label)
        self._notes += notes
        called = self._called(body, [note.label for note in notes], known, place)
        if not self._before:
            return called
        return [replace(line, text=CALL.sub(self._in_document, line.text)) for line in called]

    def _parted(self, page: Page, *, goes_on: bool) -> tuple[Page, list[PrintedNote], list[PageLine]]:
        """Separate the notes of a page from its text. In an annex, their numbers may begin again with 1."""
        numbers = [note.label for note in self._notes[self._series :] if note.label.isdecimal()]
        last = int(numbers[-1]) if numbers else 0
        found = part_notes(page, last, framed=self._framed, goes_on=goes_on)
        self._has_annex = self._has_annex or any(annex_name(line.text, self._locale) for line in page)
        if not (self._has_annex and last) or any(note.label.isdecimal() for note in found[1]):
            return found
        restarted = part_notes(page, 0, framed=self._framed, goes_on=goes_on)
        labels = [note.label for note in restarted[1] if note.label.isdecimal()]
        if labels[:1] != ["1"] or find_calls(restarted[0], labels, (), self._months, framed=self._framed)[1]:
            return found
        self._series, self._before = len(self._notes), self._before + last
        return restarted

    def _call_of(self, label: str) -> NoteCall:
        """Return the call of a note by its label on the page."""
        return call_of(str(int(label) + self._before) if label.isdecimal() else label)

    def _in_document(self, found: re.Match[str]) -> str:
        """Return the mark of a call with the number that its note has in the document."""
        return f"\x02{note_label(self._call_of(found[1]))}\x03"

    def without_endnotes(self, pages: list[Page]) -> list[Page]:
        """Separate the notes at the end of a document, under a heading for notes."""
        found = [
            (place, at)
            for place, page in enumerate(pages)
            for at, line in enumerate(page)
            if patterns.fold(line.text) in self._headings
        ]
        if not found:
            return pages
        place, at = found[-1]
        lines = [line for page in (pages[place][at + 1 :], *pages[place + 1 :]) for line in page if not line.is_rule]
        before, notes = end_notes(lines)
        self._endnotes = self._written(notes, lines)
        return [*pages[:place], [*pages[place][:at], *before]] if notes else pages

    def _written(self, notes: Sequence[PrintedNote], page: Page) -> list[PrintedNote]:
        """Return the notes whose text was found, and report the others."""
        number = page[0].number if page else 1
        for note in notes:
            number = note.number or number
            if not note.lines:
                message = f"the text of note {note.label} was not found"
                self._report(number, Doubt("note-missing", message, "copy it from the page"))
            elif note.shared:
                message = f"note {note.label} is separated from its mark; such notes are divided at full stops"
                self._report(number, Doubt("note-guessed", message, HINT))
        return [note for note in notes if note.lines]

    def with_endnotes(self, pages: list[Page]) -> list[Page]:
        """Mark the calls of these notes, which are numbered through all pages. Report calls of missing notes."""
        pages = self._with_endnotes(pages)
        last = max((note.call.number for note in self._notes if not note.call.asterisk), default=0)
        figures = uncalled([line for page in pages for line in page], last, self._months, framed=self._framed)
        if len(figures) >= _MISSING:
            (number, first), (_, final) = figures[0], figures[-1]
            message = f"the text lacks notes {first} to {final}; the figures that seem to call them are read as text"
            hint = "take the text from all pages of the PDF"
            self._report(number, Doubt("note-missing", message, hint))
        return pages

    def _with_endnotes(self, pages: list[Page]) -> list[Page]:
        if not self._endnotes:
            return pages
        for note in self._endnotes:
            note.call = call_of(note.label)
        self._notes += self._endnotes
        labels = [note.label for note in self._endnotes]
        text = self._called([line for page in pages for line in page], labels, (), len(pages) - 1)
        ends = [sum(map(len, pages[:count])) for count in range(len(pages) + 1)]
        return [text[start:stop] for start, stop in pairwise(ends)]

    def _called(self, body: Sequence[PageLine], labels: Sequence[str], known: Sequence[str], place: int) -> Page:
        """Return a text with its calls. Calls that were not found are put at its end."""
        lines, missing, doubts = find_calls(body, labels, known, self._months, framed=self._framed)
        for number, doubt in doubts:
            self._report(number, doubt)
        for label in missing:
            if lines and not (label == "*" and self._reissued):
                message = f"no call of note {label} was found; it is put at the end of page {place + 1}"
                self._report(lines[-1].number, Doubt("call-missing", message, "move the call to its place on the page"))
                lines[-1] = replace(lines[-1], text=f"{lines[-1].text}\x02{label}\x03")
        return lines
