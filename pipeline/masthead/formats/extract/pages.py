"""The text that pdftotext extracts from a PDF as lines on pages, without what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from masthead.document import WESTERN, DutyStation, JobNumber, Locale, Symbol, patterns
from masthead.document.references import Doubt
from masthead.formats.extract.visual import is_embedding, is_visual, logical, plain
from masthead.formats.opening_lines import parse_symbol

JOB = re.compile(r"((?:GE\.|V\.)?\d\d-\d{5}\*?)\s*\(([ACEFRS])\)")
_DATE = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d(?!\d)")
_BARCODE = re.compile(r"\*\d{7}\*|[\uf020-\uf0ff]+")  # or in the characters of a barcode font
_FOLIO = re.compile(r"(\d{1,4})/(\d{1,4})")
_CHUNK = re.compile(r"\S+(?: \S+)*")
_WIDE = re.compile(r"\S+(?: {1,2}\S+)*")  # in right-to-left lines a number has extra space
_APART = "  "
_SERIES = re.compile(r"(/[A-Z0-9]\S{0,60}(?: \(\d{4}\))?)  ([A-Z]{1,4})$")  # enlarged, it may be apart from the symbol
_RULE = re.compile(r"_{5,}")
_TIGHT = re.compile(r"^(\w{1,5})-(?:\s+|$)")  # a mark at the margin of a right-to-left line
_INDENTED = re.compile(r"^ {3,}\S", re.MULTILINE)
_MANY = 5  # lines
_FIRST = 12  # lines in which page one has its symbol
_HEAD = 6  # lines of a running head


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line that is not empty: its number in the source, its text in logical order, and its position.

    Two spaces in `text` separate chunks of the line, and `places` are the columns, in characters, where chunks begin.
    `end` is the column where the line ends, `gap` the number of empty lines before it on its page. On right-to-left
    pages columns count from the right.
    """

    number: int
    text: str
    places: tuple[int, ...]
    end: int
    gap: int

    @property
    def indent(self) -> int:
        return self.places[0]

    @property
    def cells(self) -> list[str]:
        """The chunks of the line."""
        return self.text.split(_APART)

    @property
    def chunks(self) -> list[tuple[int, str]]:
        """The chunks of the line with their columns."""
        return list(zip(self.places, self.cells, strict=False))

    @property
    def is_rule(self) -> bool:
        """Whether it is the rule above notes."""
        return _RULE.fullmatch(self.text) is not None


Page = list[PageLine]
Report = Callable[[int, Doubt], None]
HINT = "compare it with the page"


def pages_of(text: str) -> list[Page]:
    """Return the pages of a text, each ended by a form feed. An empty page after the last form feed does not count."""
    visual, placed = is_visual(text), is_placed(text)
    width = max((len(line.rstrip()) for line in text.split("\n")), default=0)
    pages: list[Page] = [[]]
    gap = 0
    for number, line in enumerate(text.split("\n"), start=1):
        for place, part in enumerate(line.split("\f")):
            if place:
                pages.append([])
                gap = 0
            chunks = _from_right(part, width) if visual else _chunks(plain(part))
            if not chunks:
                gap += 1
                continue
            shown = _SERIES.sub(r"\2\1", _APART.join(chunk for _, chunk in chunks))
            end = len(part.rstrip())
            if visual:
                shown = _TIGHT.sub(r"\1 - ", shown).strip()
                end = width - (len(part) - len(part.lstrip())) if placed else len(shown)
            pages[-1].append(PageLine(number, shown, tuple(start for start, _ in chunks), end, gap))
            gap = 0
    return pages if pages[-1] else pages[:-1]


def _chunks(line: str) -> list[tuple[int, str]]:
    """Return the chunks of a line, which are two or more columns apart, with their columns."""
    return [(found.start(), found[0]) for found in _CHUNK.finditer(line)]


def _from_right(line: str, width: int) -> list[tuple[int, str]]:
    """Return the chunks of a right-to-left line, with columns from the right."""
    seen = [at for at, character in enumerate(line) if not is_embedding(character)]
    found = [each.span() for each in _WIDE.finditer("".join(line[at] for at in seen))]
    ends = [*seen, len(line)]
    cuts = [0, *(ends[end] for _, end in found)]
    pieces = [" ".join(logical(line[start:stop]).split()) for start, stop in pairwise(cuts)]
    return [(width - end, piece) for (_, end), piece in zip(found, pieces, strict=True)][::-1]


def is_placed(text: str) -> bool:
    """Return whether lines keep their position on the page: many are indented."""
    return len(_INDENTED.findall(text)) > _MANY


def job_of(pages: Sequence[Page]) -> JobNumber | None:
    """Return the job number with its dates, from the foot of page one."""
    for page in pages:
        for line in page:
            if found := JOB.search(line.text):
                dates = _DATE.findall(line.text[found.end() :])
                if not dates:  # they come before it, or on other lines, and are sorted by day
                    foot = [line.text[: found.start()], *(each.text for each in page if _is_dates(each.text))]
                    dates = sorted(_DATE.findall(" ".join(foot)), key=lambda date: (date[4:], date[2:4], date[:2]))
                return JobNumber.parse(" ".join((f"{found[1]} ({found[2]})", *dates)))
    return None


def _is_dates(text: str) -> bool:
    """Return whether a text is only dates of a job number, of six figures each."""
    return not _DATE.sub("", text).strip()


def symbol_on(page: Page) -> Symbol | None:
    """Return the symbol in the masthead: the first that is a chunk of its own."""
    for line in page[:_FIRST]:
        for cell in line.cells:
            if (symbol := parse_symbol(cell)) and re.search(r"/.*\d", str(symbol)):
                return symbol
    return None


def is_extract(text: str) -> bool:
    """Return whether a text was taken from a PDF: its first page begins with the symbol, before the distribution.

    Lines that run from right to left are wrapped in control characters that nobody types.
    """
    if is_embedding(text.lstrip()[:1]):
        return True
    pages = pages_of(text[: 2**14])
    if not pages or not (symbol := symbol_on(pages[0])):
        return False
    lines = pages[0][:_FIRST]
    place = next(at for at, line in enumerate(lines) if str(symbol) in line.text)
    return not any("Distr" in line.text for line in lines[:place])


def running_divisions(pages: Sequence[Page]) -> frozenset[str]:
    """Return the running heads without the symbol: in a budget, a part or section of page one and its title."""
    first = squeezed(" ".join(line.text for line in pages[0])) if pages else ""
    heads = Counter(page[0].text for page in pages[1:] if page and len(page[0].cells) > 1)
    repeated = (head for head, count in heads.items() if count > 1)
    return frozenset(head for head in repeated if all(squeezed(cell) in first for cell in head.split(_APART)))


class Furniture:
    """Recognizes the furniture of one document: what repeats on its pages, and the foot of page one.

    `divisions` are its running heads without the symbol.
    """

    def __init__(
        self,
        job: JobNumber,
        symbol: str,
        title: str,
        locale: Locale,
        report: Report,
        divisions: frozenset[str] = frozenset(),
    ) -> None:
        self._job, self._symbol, self._report, self._divisions = job, symbol.rstrip("*"), report, divisions
        self._number = job.number.rstrip("*")  # a reissue has its asterisk on page one alone
        self._title = squeezed(title)
        self._recycle = patterns.fold(str(locale.word("imprint", "recycle")))

    def without(self, page: Page, place: int) -> Page:
        """Return page `place`, from 0, without its furniture."""
        lines = page[self._head(page) if place else 0 :]
        folio = self._folio(lines, place)
        return [line for line in lines if line is not folio and not self.is_furniture(line, place)]

    def _folio(self, lines: Page, place: int) -> PageLine | None:
        """Return the line that is only the page number, next to the job number or alone, if any."""
        number = str(place + 1) if place and self._job.duty_station is DutyStation.GENEVA else ""
        found = [at for at, line in enumerate(lines) if line.text.translate(WESTERN) == number]
        beside = [at for at in found if self._number in {line.text for line in lines[max(0, at - 1) : at + 2]}]
        if any(self._number in line.cells and len(line.cells) > 1 for line in lines):
            return None
        if len(found) == 1 and not beside and found[0] < len(lines) - 1:
            self._report(lines[found[0]].number, _folio_guessed(number))
        if number and not found and lines and lines[-1].gap and _is_later(lines[-1].text, place):
            return lines[-1]  # pages before it are missing
        return lines[(beside or found)[0]] if beside or len(found) == 1 else None

    def _head(self, page: Page) -> int:
        """Return the number of lines of the running head: symbol and title, in either order, on one line or more."""
        if page and page[0].text in self._divisions:
            return 1
        count = 0
        while count < min(len(page), _HEAD):
            rest = " ".join(
                page[count].text.replace(f"{self._symbol}*", self._symbol).replace(self._symbol, " ").split()
            )
            if rest and (len(rest) < 4 or squeezed(rest) not in self._title):
                break
            count += 1
        return count if any(self._symbol in line.text for line in page[:count]) else 0

    def is_furniture(self, line: PageLine, place: int) -> bool:
        """Return whether a line is only furniture; a number next to the job number is the folio."""
        beside = place > 0 and self._number in line.cells  # also after pages that are missing
        return all(self._is_piece(cell, place) or (beside and _is_later(cell, place)) for cell in line.cells)

    def _is_piece(self, text: str, place: int) -> bool:
        if patterns.fold(text) == self._recycle or _BARCODE.fullmatch(text) or text.rstrip("*") == self._number:
            return True
        if place == 0 and _is_dates(JOB.sub("", text)):
            return True
        folio = _FOLIO.fullmatch(text.translate(WESTERN))
        return folio is not None and str(place + 1) in folio.groups()


def _is_later(text: str, place: int) -> bool:
    """Whether a text is the number of page `place`, from 0, or of a later one, alone or with that of the last."""
    folios = re.fullmatch(r"(\d{1,4})(?:/(\d{1,4}))?", text.translate(WESTERN))
    return folios is not None and any(int(each) > place for each in folios.groups() if each)


def _folio_guessed(number: str) -> Doubt:
    return Doubt("folio-guessed", f"{number} is read as the number of the page", HINT)


def squeezed(text: str) -> str:
    """Return the letters and figures of a text, for comparison."""
    return re.sub(r"\W", "", patterns.fold(text)).casefold()
