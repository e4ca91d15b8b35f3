"""Lines on pages into paragraphs, headings and tables, by their position and by how they begin and end.

pdftotext -layout keeps the position of every line: the paragraphs of a resolution are indented, headings begin in the
margin, and the cells of tables are separated. Without it, only marks, gaps and punctuation distinguish lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from masthead.document import DocumentType, Locale, Pagination
from masthead.formats.extract import drafts
from masthead.formats.extract.calls import before_call
from masthead.formats.extract.dense import read_dense
from masthead.formats.extract.detached_marks import MarkJoiner
from masthead.formats.extract.drafts import Draft, Drafted
from masthead.formats.extract.grids import continues, is_row, read_grid, read_notes
from masthead.formats.extract.headings import LONGEST, Headings
from masthead.formats.extract.measure import Measure, Placing
from masthead.formats.extract.openers import Openers
from masthead.formats.extract.pages import Page, PageLine
from masthead.formats.extract.running_text import joined
from masthead.formats.extract.word_tables import read_word_table
from masthead.formats.record import Record
from masthead.formats.styled.parts import LOST_PICTURE, Para, ParaKind, StyledTable

_NEAR = 3  # paragraphs
_LOW = 3  # the highest level of headings that need no room above them
_ENTRY = 6  # lines of an entry in a table of contents, at most, with empty space
_PICTURE = 3  # empty lines below the caption of a picture
_PAGE, _LINE, _BETWEEN = 640, 12, 6  # points: the text of a page, a line, what is between paragraphs
_LEAST, _MOST = 120, 400  # points: how high the frame of a picture is
_ENDS = ("?", "؟", "!", "”", "»", "“", "？")  # may also end a paragraph
_CLOSED = re.compile(r"[.;:,?!،؛؟。；：，、][”’»)\]]*(?: \w+)?$")  # and the word that joins subparagraphs may follow
_LISTS = re.compile(r"[:;؛：；](?: \w+)?$")  # the end of what a subparagraph follows
_SIGNED = re.compile(r"\([^\W\d_]+\)\s+\S")  # (Signed)


class Paragraphs:
    """The text of one document while its pages are read."""

    def __init__(self, kind: DocumentType, opens: Openers, locale: Locale, record: Record, places: Placing) -> None:
        self.report, self.signs = record.report, kind.like is DocumentType.LETTER
        self.resolves = kind.like in (DocumentType.RESOLUTION, DocumentType.DRAFT, DocumentType.DECISION)
        self._cited = self.resolves
        self.opens, self.measure = opens, Measure(places)
        self.marks = MarkJoiner(self.opens, record, places, numbers=not self.resolves)
        self.headings = Headings(self.opens, self.measure)
        self.drafts: list[Drafted] = []
        self._ends = locale.word("reading", "ends")
        self._letters = [str(letter) for letter in locale.word("marks", "letters")]
        self._pages = 0
        self._depth = 0  # level of a numbered heading
        self._signed = False

    def read(self, page: Page, notes: int | None = None) -> None:
        """Read the next page, at whose foot are `notes` lines of notes; None if it need not be full."""
        begun = len(self.drafts)
        page = self.marks.joined(page)
        self.measure.take([line for line in page if not self.opens.is_entry(line.text)], indented=self.resolves)
        at = 0
        while at < len(page):
            at += self._table(page, at) or self._add(page, at)
        self._pages += bool(page)
        if page and isinstance(last := self.drafts[-1], Draft):
            last.ends_page = True
        if notes is not None:
            _open_frames(self.drafts[begun:], len(page) + notes)

    def finished(self) -> list[Drafted]:
        """Return all drafts. The last page has no page end."""
        reported = False
        for draft in self.drafts:
            is_open = isinstance(draft, Draft) and self._is_open(draft)
            if isinstance(draft, Draft) and is_open and not reported:
                self.report(draft.last.number, drafts.PARAGRAPH_OPEN)
            reported = is_open
        if self.drafts and isinstance(last := self.drafts[-1], Draft):
            last.ends_page = False
        return self.drafts

    def _is_open(self, draft: Draft) -> bool:
        """Return whether a paragraph seems incomplete: it does not end with punctuation."""
        said = draft.kind is not ParaKind.TEXT or draft.alone or self.opens.stands_alone(draft.first.text)
        return not said and _CLOSED.search(before_call(draft.last.text, apart=True)) is None

    @property
    def pagination(self) -> Pagination:
        """SOURCE for documents cited by page, if every page but the last ends in or after a paragraph."""
        ends = sum(draft.ends_page + len(draft.pages) - 1 for draft in self.drafts if isinstance(draft, Draft))
        return Pagination.SOURCE if self._cited and 0 < ends == self._pages - 1 else Pagination.FLOW

    def _table(self, page: Page, at: int) -> int:
        """Take a table that begins at a line, with its notes; return the number of lines."""
        last = self.drafts[-1] if at == 0 and self.drafts else None
        before = last if isinstance(last, StyledTable) else None
        if self.measure.places is Placing.LEFT and (dense := read_dense(page, at, self._opens_text, before)):
            grid, count = dense
            notes, used = read_notes(page, at + count, self._letters, self._opens_text)
            self._add_table(page, at, grid, notes)
            return count + used
        count = 0
        while (
            self.measure.places is not Placing.NONE
            and at + count < len(page)
            and is_row(page, at + count, at, self._opens_text)
        ):
            count += 1
            notes, used = read_notes(page, at + count, self._letters, self._opens_text)
            if notes and count > 1:
                break
        rows = page[at : at + count]
        if sum(len(line.chunks) > 1 for line in rows) < 2:
            return self._word_table(page, at)
        self._add_table(page, at, read_grid(rows, self._letters[: len(notes)]), notes)
        return count + used

    def _word_table(self, page: Page, at: int) -> int:
        """Take a table of words that begins at a line after a caption or a gap; return the number of lines."""
        line, last = page[at], self.drafts[-1] if self.drafts else None
        if self.resolves or not self.measure.placed or not (line.gap and isinstance(last, Draft)):
            return 0
        found = read_word_table(page, at, lambda line: self._opens_text(line) or self.opens.is_side(line.text))
        if found is None:
            return 0
        self._add_table(page, at, found[0], ())
        return found[1]

    def _add_table(self, page: Page, at: int, grid: StyledTable, notes: Sequence[Para]) -> None:
        """Add a table that begins at a line of a page; at the top, it may continue the one before."""
        last = self.drafts[-1] if self.drafts else None
        above = self.drafts[-2] if len(self.drafts) > 1 else None
        if isinstance(last, Draft) and last.kind is ParaKind.HEADING and isinstance(above, Draft) and above.names:
            last.kind = ParaKind.CAPTION  # rather than another line of the annex's title
        if isinstance(last, Draft) and last.count <= 2 and self.opens.titles_table(last.first.text):
            last.kind = ParaKind.CAPTION
        if at == 0 and isinstance(last, StyledTable) and continues(last, grid):
            last.rows += [row for row in grid.rows if not row.heads]
        else:
            self.drafts.append(grid)
            self.report(page[at].number, drafts.TABLE_GUESSED)
        self.drafts += notes

    def _opens_text(self, line: PageLine) -> bool:
        return self.opens.is_marked(line.text)

    def _add(self, page: Page, at: int) -> int:
        """Add a line to the open paragraph, or begin another; return the number of lines used."""
        line = page[at]
        draft = self.drafts[-1] if self.drafts else None
        if isinstance(draft, Draft) and not self._begins(page, at, draft):
            draft.add(line)
            return 1
        begun, count = self._begun(page, at)
        self.drafts.append(begun)
        if begun.kind is ParaKind.CAPTION:
            self.drafts.append(Para(line.number, ParaKind.TEXT, [], pictures=(LOST_PICTURE,)))
        if begun.kind is ParaKind.TEXT and (number := self.opens.number(line.text)):
            self.headings.last = number
        return count

    # --- where paragraphs begin ---------------------------------------------------------------------------------------

    def _begins(self, page: Page, at: int, draft: Draft) -> bool:
        """Return whether a line ends the open paragraph and begins something new."""
        line, before, first = page[at], draft.last, at == 0
        if draft.kind is ParaKind.CONTENTS:
            return not self._lists(page[at : at + _ENTRY])
        if draft.alone or self._is_alone(line) or self._names_caption(line, before) or self._titles_picture(page, at):
            return True
        if self.opens.is_caption(before.text):
            return bool(line.gap)
        if draft.kind in (ParaKind.HEADING, ParaKind.ANNEX_TITLE):
            return bool(line.gap) or first or self._opens_text(line) or not self._goes_on(line, draft)
        ended, small = before_call(before.text).endswith((*self.stops, *_ENDS)), line.text[:1].islower()
        if self.opens.is_side(line.text):
            return ended or self.opens.is_side(draft.first.text)
        if self.opens.is_bullet(line.text) or self._follows(line, draft):
            return True
        if line.gap and not first:
            return ended or not small
        if first and self._annex(page, at):
            return True
        if (ended or first) and (self._level(line) or self._opens_text(line)) and not self._runs_on(line):
            return True
        if (first or not self.measure.placed) and self._heading(page, at):
            return True
        if ended and self._heads(page, at):
            return True
        if self.opens.is_side(draft.first.text):
            return self.measure.is_short(before)
        if (self.measure.is_last(before) and not small) or self._is_first(line, draft, first=first, ended=ended):
            return True
        return ended and not small and self._begins_after(before, line, first=first)

    def _names_caption(self, line: PageLine, before: PageLine) -> bool:
        """Return whether a line is the number of a caption, and not the end of a sentence: in `Figure 3.`"""
        ends = line.text.endswith(".") and not line.gap and not before.text.endswith((*self.stops, *_ENDS))
        return self.opens.is_caption(line.text) and not ends

    def _titles_picture(self, page: Page, at: int) -> bool:
        """Return whether a line is the caption of a picture: below it there is room, or the page ends."""
        below = page[at + 1].gap if at + 1 < len(page) else _PICTURE
        return below >= _PICTURE and self.opens.titles_figure(page[at].text)

    def _follows(self, line: PageLine, draft: Draft) -> bool:
        """Return whether a line is the next numbered paragraph.

        It needs no full stop before it if it comes after bullets, is of a section, or has a tab after its number, in
        the column of numbers. A figure whose note is missing may come after a full stop.
        """
        if self.opens.number(line.text) != self.headings.last + 1:
            return False
        if self.opens.is_bullet(draft.first.text) or self.opens.is_sectioned(line.text):
            return True
        if self.measure.placed and not self.measure.is_indented(line):
            return len(line.chunks) > 1 and self.opens.is_bare(line.cells[0])
        return before_call(draft.last.text, apart=True).endswith((*self.stops, *_ENDS))

    def _runs_on(self, line: PageLine) -> bool:
        """Return whether a line begins with the mark of a list in running text: without an indent or a tab."""
        tabbed = len(line.chunks) > 1 and self.opens.is_bare(line.cells[0])
        return self.measure.placed and self.opens.is_item(line.text) and not (tabbed or self.measure.is_indented(line))

    def _is_first(self, line: PageLine, draft: Draft, *, first: bool, ended: bool) -> bool:
        """Return whether a line is placed like the first line of a paragraph."""
        if self.measure.is_indented(line):
            return self.resolves or first or not self.measure.is_indented(draft.last)
        # The second line of a paragraph would begin further left.
        alike = draft.count == 1 and line.indent >= draft.first.indent
        return self.measure.placed and self.resolves and ended and alike

    def _begins_after(self, before: PageLine, line: PageLine, *, first: bool) -> bool:
        """Return whether a paragraph begins after a line that may end one, although nothing marks it."""
        short = self.measure.is_short(before)
        numbered = self._is_numbered()
        if self.measure.placed and (self.resolves or numbered):
            if short and not self.resolves:
                self.report(line.number, drafts.PARAGRAPH_JOINED)
            return False
        full_stop = before_call(before.text).endswith((".", *_ENDS)) and line.text[:1].isupper()
        if short or (full_stop and self.measure.is_ended(before, line)):
            return True
        if not self.resolves:
            return first
        capital = line.text[:1].isupper()
        self.report(line.number, drafts.PARAGRAPH_GUESSED if capital else drafts.PARAGRAPH_JOINED)
        return capital

    def _is_numbered(self) -> bool:
        """Return whether the open paragraph, or one just before it, has a number."""
        texts = (draft for draft in reversed(self.drafts) if isinstance(draft, Draft) and draft.kind is ParaKind.TEXT)
        return any(self.opens.number(draft.first.text) for draft in islice(texts, _NEAR))

    def _lists(self, lines: Page) -> bool:
        """Return whether one of the lines is an entry of a table of contents."""
        return any(self.opens.is_entry(line.text) for line in lines)

    def _is_alone(self, line: PageLine) -> bool:
        """Return whether a line is complete: the name of an annex or a part, a formula, a closing line."""
        text, opens = line.text, self.opens
        if opens.is_annex(text) or opens.is_original(text) or self._is_signed(line):
            return True
        return self.resolves and (opens.is_part(text) or opens.is_formula(text) or opens.is_closing(text))

    def _is_signed(self, line: PageLine) -> bool:
        """Return whether a line is in the signature of a letter: at or after the word for “signed”."""
        says = _SIGNED.match(line.text) is not None and not self.opens.is_item(line.text)
        return self._signed or (self.signs and says)

    def _goes_on(self, line: PageLine, heading: Draft) -> bool:
        """Return whether a line continues a heading."""
        plain = not self.measure.placed
        if plain and (line.text.endswith(".") or heading.count * len(line.text) > LONGEST):
            return False
        goes_on = self.measure.hangs_below(line, heading)
        if goes_on and plain and not line.text[:1].islower():
            self.report(line.number, drafts.HEADING_JOINED)
        return goes_on

    @property
    def stops(self) -> tuple[str, ...]:
        """The last characters of a paragraph."""
        return tuple(self._ends["preambular" if self.resolves else "operative"])

    # --- what begins --------------------------------------------------------------------------------------------------

    def _begun(self, page: Page, at: int) -> tuple[Draft, int]:
        """Return the draft that a line begins, and the number of lines that belong to it already."""
        line = page[at]
        before = self.drafts[-1] if self.drafts else None
        if self._is_alone(line):
            if self.opens.is_annex(line.text):
                self._begin_annex()
            self._signed = self._is_signed(line)
            return Draft(ParaKind.CLOSING if self._signed else ParaKind.TEXT, pages=[[line]], alone=True), 1
        if self.opens.is_contents(line.text) and self._lists(page[at + 1 : at + 1 + _NEAR]):
            self.report(line.number, drafts.CONTENTS_GENERATED)
            return Draft(ParaKind.CONTENTS, pages=[[line]]), 1
        if self._titles_picture(page, at):
            self.report(line.number, drafts.PICTURE_FRAMED)
            return Draft(ParaKind.CAPTION, pages=[[line]], alone=True), 1
        if self.opens.is_caption(line.text):
            if self.opens.is_figure(line.text):
                self.report(line.number, drafts.PICTURE_LOST)
            return Draft(ParaKind.TEXT, pages=[[line]]), 1
        if count := self._annex(page, at):
            self._begin_annex()
            return Draft(ParaKind.HEADING, 1, [page[at : at + count]], names=True, count=count), count
        if level := self._level(line):
            self._depth = level
            self.headings.count(line.text, level)
            return Draft(ParaKind.HEADING, level, [[line]]), 1
        named = isinstance(before, Draft) and self._awaits_title(before) and not self._opens_text(line)
        count = self.headings.title(page, at) if named else self._heading(page, at)
        level = self._depth + 1
        if not count and self._heads(page, at):
            count, level = 1, max(level, _LOW)
        if not count:
            return Draft(ParaKind.TEXT, pages=[[line]]), 1
        if not named:
            self.report(line.number, drafts.HEADING_GUESSED)
        is_part = isinstance(before, Draft) and self.opens.is_part(before.first.text)
        kind = ParaKind.ANNEX_TITLE if named and not is_part else ParaKind.HEADING
        return Draft(kind, level, [page[at : at + count]], names=named, count=count), count

    def _begin_annex(self) -> None:
        """Count paragraphs and headings again."""
        self.resolves, self._depth, self.headings.last = False, 0, 0
        self.headings.count("", 0)
        self._signed = self.signs = False

    def _annex(self, page: Page, at: int) -> int:
        """Return the number of lines of a name of an annex with its title, such as `Annex I: Participants`."""
        if not (page[at].gap or not at) or not self.opens.names_annex(page[at].text):
            return 0
        count = self.headings.title(page, at)
        text = joined(page[at : at + count])
        return 0 if text.endswith((*self.stops, ".")) or len(text) > LONGEST else count

    def _awaits_title(self, draft: Draft) -> bool:
        text = draft.first.text
        return draft.alone and (self.opens.is_annex(text) or self.opens.is_original(text) or self.opens.is_part(text))

    def _level(self, line: PageLine) -> int:
        """Return the level of the heading that a line begins with a mark, or 0. A list goes on wherever it begins."""
        last = self.drafts[-1] if self.drafts else None
        lists = isinstance(last, Draft) and _LISTS.search(before_call(last.last.text)) is not None
        return 0 if lists and self.opens.is_item(line.text) else self.headings.level(line, self.stops)

    def _heading(self, page: Page, at: int) -> int:
        return 0 if self.resolves else self.headings.unnumbered(page, at, self.drafts, self.stops)

    def _heads(self, page: Page, at: int) -> bool:
        """Return whether a line is a heading without room above it: the next numbered paragraph is below it."""
        below = page[at + 1].text if at + 1 < len(page) else ""
        follows = self.headings.last > 0 and self.opens.number(below) == self.headings.last + 1
        return follows and not self.resolves and self.headings.is_title(page[at])


def _open_frames(begun: Sequence[Drafted], lines: int) -> None:
    """Give the pictures of a full page the room that its lines leave."""
    lost = [draft for draft in begun if isinstance(draft, Para) and draft.pictures]
    room = _PAGE - _LINE * lines - _BETWEEN * (len(begun) + len(lost))
    height = max(_LEAST, min(room // max(len(lost), 1), _MOST))
    for draft in lost:
        draft.pictures = tuple(replace(each, height=height) for each in draft.pictures)
