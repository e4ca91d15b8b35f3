"""The first page of an extract: the masthead, and the lines from the session to the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, product

from masthead.document import Locale, patterns
from masthead.document.references import Doubt
from masthead.formats.extract.openers import Openers
from masthead.formats.extract.pages import HINT, PageLine, Report, squeezed
from masthead.formats.extract.running_text import joined
from masthead.formats.opening_lines import (
    ISSUED,
    Fact,
    PrintedHead,
    fact_of,
    masthead_forms,
    masthead_organ,
    match_number,
    number_in_title,
    parse_symbol,
    read_head,
)

Said = tuple[Fact, list[PageLine]]
_MOST = 4  # lines that one fact is broken over
_LINES = 5  # of a title
_LOOK = 14  # lines that a masthead takes at most
_WIDER = 20  # characters by which the full column is wider than a title
_AT_EDGE = 3  # columns
_CALLED = "\x03"  # the end of a call
_BROKEN = 40  # characters of a line of a title that is broken, at least
_APART = (Fact.MODIFICATION, Fact.TITLE, Fact.ADOPTION, Fact.BASIS, Fact.SESSION)
_GUESSED = Doubt(
    "title-guessed",
    "nothing separates the title from that of the agenda item; its last line is read as the title",
    f"{HINT}; separate them with an empty line",
)
_SHORT = 120  # characters of a line of the opening


def head_of_page(page: Sequence[PageLine], locale: Locale, report: Report) -> tuple[list[str], int]:
    """Return the pieces of text in the masthead, and the number of lines that it takes."""
    pieces: list[str] = []
    for count, (line, cells) in enumerate(zip(page, _cells(page[:_LOOK], locale), strict=False)):
        head = read_head([(piece, None) for piece in pieces], locale)
        if head.masthead and head.masthead.date and not any(_is_new(cell, head, locale) for cell in cells):
            return pieces, count
        for cell in cells:
            if not _is_of_head(cell, locale):
                message = f"“{cell}” in the masthead is left out"
                report(line.number, Doubt("masthead-line", message, HINT))
        pieces += cells
    return pieces, min(len(page), _LOOK)


def _cells(page: Sequence[PageLine], locale: Locale) -> list[list[str]]:
    """Return the cells of each line. An organ's name that takes two lines is moved to the first."""
    rows = [line.cells for line in page]
    for upper, lower in pairwise(rows):
        for first, second in product(upper, lower):
            if masthead_organ(whole := f"{first} {second}", locale):
                upper[upper.index(first)] = whole
                lower.remove(second)
                return rows
    return rows


def _is_of_head(cell: str, locale: Locale) -> bool:
    """Return whether a piece belongs to a masthead."""
    words = [squeezed(str(locale.word("masthead", word))) for word in ("language", "organization")]
    kinds = ("distribution", "original", "only")
    forms = [each for form in kinds for each in masthead_forms(str(locale.word("masthead", form)))]
    named = parse_symbol(cell) or masthead_organ(cell, locale) or ISSUED.fullmatch(cell) or patterns.match(cell, forms)
    return bool(named) or squeezed(cell) in words


def _is_new(cell: str, head: PrintedHead, locale: Locale) -> bool:
    """Return whether a piece adds something to a masthead that already has the distribution, the date and `head`."""
    known = (head.symbol and parse_symbol(cell)) or (head.organ and masthead_organ(cell, locale))
    return not known and not ISSUED.fullmatch(cell) and _is_of_head(cell, locale)


def read_opening_lines(
    lines: Sequence[PageLine], locale: Locale, opens: Openers, report: Report, *, draft: bool, placed: bool
) -> tuple[list[Said], int]:
    """Return the facts in the lines before the text, and the number of lines.

    A `draft` may list sponsors there. In a text that is `placed`, lines begin where they do on the page.
    """
    opening = _Opening(lines, locale, opens, report, draft, placed)
    while opening.at < len(lines) and opening.take():
        pass
    opening.settle()
    return opening.said, opening.at


class _Opening:
    """The lines while they are read, one fact after the other; `said` are the facts so far."""

    def __init__(
        self, lines: Sequence[PageLine], locale: Locale, opens: Openers, report: Report, draft: bool, placed: bool
    ) -> None:
        self.lines, self.locale, self.opens, self.report, self.draft = lines, locale, opens, report, draft
        self.edge = _AT_EDGE if placed else 0
        kinds = locale.word("reading", "kinds")
        self.kinds = f"(?:{kinds['report']})|(?:{kinds['note']})"
        self.agenda, self.letter = kinds["agenda"], kinds["letter"]
        self.said: list[Said] = []
        self.at = 0

    def take(self) -> bool:
        """Take the next fact; return whether there was one."""
        line = self.lines[self.at]
        begins = self._has(Fact.TITLE) and (self._is_text(line) or self._is_at_edge(line))
        return not begins and (self._by_words() or self._by_place(line))

    def _add(self, fact: Fact, count: int) -> bool:
        self.said.append((fact, list(self.lines[self.at : self.at + count])))
        self.at += count
        return True

    def _has(self, *facts: Fact) -> bool:
        return any(fact in facts for fact, _ in self.said)

    def _is_text(self, line: PageLine) -> bool:
        """Whether a line begins the text after a title: the enacting formula, a numbered paragraph or heading."""
        opens = self.opens
        return opens.is_formula(line.text) or opens.number(line.text) is not None or opens.level(line.text) > 0

    def _is_at_edge(self, line: PageLine) -> bool:
        """Return whether a line begins at the edge of the frame, where those before the title do."""
        return line.indent < self.edge

    def _by_words(self) -> bool:
        for count in range(1, _MOST + 1):
            lines = self.lines[self.at : self.at + count]
            text = joined(lines)
            if len(lines) < count or (
                count > 1 and lines[-1].gap and not match_number(f"{lines[0].text} x", self.locale)
            ):
                return False
            fact = fact_of(text, self.locale)
            if fact is Fact.ADOPTION and re.match(self.letter, text):
                fact = None  # a letter names the Security Council and a date as well
            if fact is Fact.SESSION and count > 1 and fact_of(joined(lines[1:]), self.locale) is fact:
                return False  # the first line is a body's
            if fact is Fact.TITLE and number_in_title(text, self.locale) is None:
                return self._add(Fact.TITLE, self._block(self.at + count) - self.at)
            if fact is not None and not (
                self._has(Fact.TITLE) and fact is not Fact.MODIFICATION and fact is not Fact.ADOPTION
            ):
                return self._add(fact, count)
        return False

    def _block(self, start: int) -> int:
        """Return the end of the lines that continue from `start`: at a gap, another fact, or a line of the text."""
        end = start
        if self.lines[start - 1].text.endswith(_CALLED):
            return end
        longest = max((len(line.text) for line in self.lines[start - 1 : start]), default=0)
        while end < len(self.lines) and not self.lines[end].gap and not self._is_text(self.lines[end]):
            line = self.lines[end]
            if fact_of(line.text, self.locale) in _APART or self._is_sentence(line, longest):
                break
            longest = max(longest, len(line.text))
            end += 1
            if line.text.endswith(_CALLED):
                break
        return end

    def _is_sentence(self, line: PageLine, longest: int) -> bool:
        """Return whether a line fills the column, which lines of titles do not, and begins like a sentence."""
        return longest > 0 and len(line.text) > longest + _WIDER and not line.text[:1].islower()

    def _by_place(self, line: PageLine) -> bool:
        last = self.said[-1][0] if self.said else None
        if len(line.text) > _SHORT:
            return False
        if self._is_at_edge(line):
            return self._at_edge(line, last)
        if not line.gap and last in (Fact.AGENDA_ITEM, Fact.AGENDA_TITLE):
            return self._add(Fact.AGENDA_TITLE, 1)
        if not self._has(Fact.TITLE) and last is not None and (not line.gap or self._sits_soon()):
            if last is Fact.BODY and line.text[:1].islower():
                self.said[-1][1].append(line)
                self.at += 1
                return True
            return self._add(Fact.PLACE if re.search(r"\d", line.text) else Fact.BODY, 1)
        return self._title(line)

    def _at_edge(self, line: PageLine, last: Fact | None) -> bool:
        """Take a line at the edge of the frame: the name of a body, the place, or the title of the agenda item."""
        if last is Fact.BODY and not line.gap and line.text[:1].islower():
            self.said[-1][1].append(line)
            self.at += 1
            return True
        if last in (Fact.AGENDA_ITEM, Fact.AGENDA_TITLE):
            return self._add(Fact.AGENDA_TITLE, 1)
        sits = self._has(Fact.SESSION) and re.search(r"\d", line.text)
        return self._add(Fact.PLACE if sits else Fact.BODY, 1)

    def _sits_soon(self) -> bool:
        """Return whether one of the next lines states the session."""
        near = self.lines[self.at + 1 : self.at + 1 + _MOST]
        return any(fact_of(line.text, self.locale) is Fact.SESSION for line in near)

    def _title(self, line: PageLine) -> bool:
        """Take the lines of a title, of a subtitle, or of the sponsors of a draft."""
        end = self._block(self.at + 1)
        if end < len(self.lines) and self._is_number(self.lines[end]):  # pdftotext may put it after the title
            self.said.append((Fact.TITLE, [self.lines[end], *self.lines[self.at : end]]))
            self.at = end + 1
            return True
        kind = next((at for at in range(self.at, end) if re.match(self.kinds, self.lines[at].text)), None)
        if kind is None and re.match(self.agenda, line.text):
            kind = next((at for at in range(self.at + 1, end) if self.lines[at].text[:1].isupper()), None)
        if kind == self.at:
            self.settle()
        if self._has(Fact.TITLE):
            agenda = self._has(Fact.SUBTITLE) is False and re.match(self.agenda, self._text(Fact.TITLE))
            taken = not self._has(Fact.SUBTITLE) and (kind == self.at or agenda or self._is_subtitle(line, end))
            return bool(taken) and self._add(Fact.SUBTITLE, self._narrow(end) - self.at)
        if self.draft and not self._has(Fact.SPONSORS) and end < len(self.lines) and not self._is_text(self.lines[end]):
            return self._add(Fact.SPONSORS, end - self.at)
        if kind is not None and kind > self.at:
            self._add(Fact.TITLE, kind - self.at)
        if self._has(Fact.TITLE):
            return self._add(Fact.SUBTITLE, self._narrow(end) - self.at)
        if end - self.at > _LINES:  # nothing separates it from the text
            end = self._narrow(end)
        return self._add(Fact.TITLE, end - self.at)

    def _is_subtitle(self, line: PageLine, end: int) -> bool:
        """Return whether a block, which ends at `end`, is between the title and what begins further out."""
        if not self.edge or end - self.at > _LINES or end == len(self.lines):
            return False
        return self.lines[end].indent < line.indent - _AT_EDGE

    def _narrow(self, end: int) -> int:
        """Return the end of a subtitle, which may come earlier: after a line too short to be a broken one."""
        ends = (at for at in range(self.at + 1, end) if len(self.lines[at - 1].text) < _BROKEN)
        return next((at for at in ends if not self.lines[at].text[:1].islower()), end)

    def _text(self, fact: Fact) -> str:
        return next((joined(lines) for each, lines in self.said if each is fact), "")

    def _is_number(self, line: PageLine) -> bool:
        """Return whether a line is only the number of a resolution."""
        return " " not in line.text and match_number(f"{line.text} x", self.locale) is not None

    def settle(self) -> None:
        """If nothing separated the title from that of the agenda item, take the last line as the title."""
        agenda = [at for at, (fact, _) in enumerate(self.said) if fact is Fact.AGENDA_TITLE]
        if not self._has(Fact.TITLE) and len(agenda) > 1:
            lines = self.said[agenda[-1]][1]
            self.said[agenda[-1]] = (Fact.TITLE, lines)
            self.report(lines[0].number, _GUESSED)
