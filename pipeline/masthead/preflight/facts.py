"""What a UN document says of itself, read from its pages alone: by place (the layout of UN documents), then by words.

Places are those of the New York page and the Geneva page, and of their mirrors; words are the locales'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from masthead.preflight import notes
from masthead.preflight.codes import Code
from masthead.preflight.direction import HEAD
from masthead.preflight.notes import PlacedNote
from masthead.preflight.pages import Line, Page
from masthead.preflight.rules import Box
from masthead.preflight.tree import Element
from masthead.preflight.vocabulary import Vocabulary, same_words, vocabularies
from masthead.terms import WESTERN, Digits, JobNumber, Language

# Points. The masthead of page one ends at its thick rule, 208.9 (New York) or 199 (Geneva); running heads have their
# baseline at 59 (52.8), the first line of a text at 82.3 (80.6); folios at 755.3 of 792 (811.8 of 841.9).
MASTHEAD = 212.0
FOOT = 44.0
SYMBOL = re.compile(r"(?<![\w/.])[A-Z]{1,8}(?:/[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*(?:\([A-Za-z0-9]+\))?)+\*?")
JOB = re.compile(r"(?:[A-Z]{1,2}\.)?\d\d-\d{5}\*?")
# Brackets may come out of a right-to-left page either way round.
JOB_LINE = re.compile(r"((?:GE\.|V\.)?\d\d-\d{5}\*?)\s*[()]\s*([ACEFRS])\s*[()]((?:\s*\d{6})*)")
NUMBER = re.compile(r"(\d{1,3})(?:\.(?=\s|$)|\s*-)")
COLUMNS = {"A4": 113.4}  # where the column begins; 123.35 on every other paper
FOLIO = re.compile(r"\d{1,4}(?:/\d{1,4})?")
PAPERS = {"Letter": (612.0, 792.0), "A4": (595.28, 841.89)}


@dataclass(frozen=True, slots=True)
class Head:
    """A text at the head or foot of a page: `side` is `left` or `right`."""

    page: int
    text: str
    side: str
    box: Box


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph that bears a number."""

    number: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Facts:
    """What a PDF says. An empty text, None or () is what it does not say. Dates are as printed, `…_day` in ISO 8601."""

    symbol: str = ""
    organization: str = ""
    organ: str = ""
    distribution: str = ""
    date: str = ""
    date_day: str = ""
    version_language: str = ""
    original_language: str = ""
    job_number: str = ""
    job_letter: str = ""
    job_dates: tuple[str, ...] = ()
    session: str = ""
    agenda_item: str = ""
    adoption_date: str = ""
    adoption_day: str = ""
    language: str = ""
    direction: str = "ltr"
    pages: int = 0
    paper: str = ""
    folio_style: str = ""
    folios: tuple[Head, ...] = ()
    running_heads: tuple[Head, ...] = ()
    running_jobs: tuple[Head, ...] = ()
    recycling: str = ""
    notes: tuple[PlacedNote, ...] = ()
    paragraphs: tuple[NumberedParagraph, ...] = ()
    references: tuple[str, ...] = ()
    barcode: str = ""
    qr_code: str = ""


def gather(pages: tuple[Page, ...], codes: Iterable[Code], tree: Iterable[Element] = ()) -> Facts:
    """Recognize a document on its pages. Where the structure `tree` has a line's letters, its text is the tree's."""
    if not pages:
        return Facts()
    first, words = pages[0], _language(pages[0])
    lines = tuple(line for line in first.lines if line.baseline < MASTHEAD)
    block = tuple(_distribution(lines))
    job = _job(first)
    session, item = _session(first, words)
    adopted = _adoption(first, words)
    folios = tuple(chain.from_iterable(map(_folios, pages)))
    dated = next(((line, day) for line in block if (day := _day(line))), ("", None))
    return Facts(
        symbol=_masthead_symbol(lines),
        organization=next((line.text for line in lines if words and _is(line, words, "organization")), ""),
        organ=" ".join(line.text for line in lines if line.size > 15 and line.baseline > HEAD),
        distribution=block[0] if block else "",
        date=dated[0],
        date_day=dated[1].isoformat() if dated[1] else "",
        version_language=next((line for line in block if _names_language(line)), ""),
        original_language=next((line for line in block if re.search(r"Original\s*:", line)), ""),
        job_number=job.number if job else "",
        job_letter=job.language.letter if job else "",
        job_dates=job.dates if job else (),
        session=_exact(session, tree),
        agenda_item=_exact(item, tree),
        adoption_date=adopted[0],
        adoption_day=adopted[1],
        language=str(words.language) if words else "",
        direction="rtl" if first.right_to_left else "ltr",
        pages=len(pages),
        paper=paper(first.width, first.height),
        folio_style=_style(folios),
        folios=folios,
        running_heads=tuple(chain.from_iterable(_heads(page, HEAD, above=True) for page in pages[1:])),
        running_jobs=tuple(
            head for page in pages[1:] for head in _heads(page, HEAD, above=False) if JOB.match(head.text)
        ),
        recycling=_recycling(first, words),
        notes=tuple(notes.recognize(pages)),
        paragraphs=tuple(_paragraphs(pages)),
        references=tuple(
            dict.fromkeys(symbol for page in pages for line in body(page) for symbol in symbols(line.text))
        ),
        barcode=next((code.text for code in codes if code.kind == "barcode"), ""),
        qr_code=next((code.text for code in codes if code.kind == "qr"), ""),
    )


def _exact(text: str, tree: Iterable[Element]) -> str:
    """What the structure says of a text that was read from a line."""
    letters, longest = _letters(text), 2 * len(text) + 10  # spaces and marks do not make a text longer
    near = (element.text for element in tree if text and len(element.text) < longest)
    return next((each for each in near if _letters(each) == letters), text)


def _letters(text: str) -> str:
    """What tells one text from another whatever the order of an extractor: its letters and digits, sorted."""
    return "".join(sorted(filter(str.isalnum, text)))


def paper(width: float, height: float) -> str:
    """The name of a paper of that size in points, or the size."""
    for name, (across, down) in PAPERS.items():
        if abs(width - across) < 1 and abs(height - down) < 1:
            return name
    return f"{width:g} × {height:g} pt"


def symbols(text: str) -> Iterator[str]:
    """The document symbols in a text."""
    yield from (match[0].rstrip("*") for match in SYMBOL.finditer(text))


def body(page: Page) -> tuple[Line, ...]:
    """The lines of a page without its masthead, running heads and feet."""
    top = MASTHEAD if page.number == 1 else HEAD
    return tuple(line for line in page.lines if top < line.baseline and not _is_foot(page, line))


def column(page: Page) -> float:
    """Where the text column begins, from the edge where reading begins."""
    return COLUMNS.get(paper(page.width, page.height), 123.35)


def _is_foot(page: Page, line: Line) -> bool:
    if page.number == 1:
        return line.baseline > page.height - 65 and bool(
            JOB.match(line.text) or re.fullmatch(r"\*[\d\s]+\*", line.text)
        )
    return line.baseline > page.height - FOOT


# --- masthead ---------------------------------------------------------------------------------------------------------


def _language(first: Page) -> Vocabulary | None:
    """The language by the organization's name in the masthead, or by the letter of the job number."""
    for words in vocabularies():
        if any(_is(line, words, "organization") for line in first.lines if line.baseline < HEAD):
            return words
    job = _job(first)
    return next((words for words in vocabularies() if job and words.language is job.language), None)


def _is(line: Line, words: Vocabulary, key: str) -> bool:
    return same_words(line.text, str(words.word("masthead", key)))


def _masthead_symbol(lines: Iterable[Line]) -> str:
    """What is written in the symbol's place, whether or not it is a symbol: the enlarged letters and all after them."""
    lines = tuple(line for line in lines if line.baseline < HEAD)
    for line in lines:
        if "/" in line.text:
            # Brackets may come out of a right-to-left page either way round, a year in them as a text of its own.
            year = next((each.text for each in lines if re.fullmatch(r"\(\d{4}\)", each.text)), "")
            return re.sub(r"[()](\d{4})[()]", r" (\1)", line.text.replace(" ", "") + year)
    return ""


def _distribution(lines: tuple[Line, ...]) -> Iterator[str]:
    """The lines of the Distr. block: those that begin where its first line does."""
    first = next((line for line in lines if line.text.startswith("Distr")), None)
    if first:
        yield from (
            line.text for line in lines if abs(line.left - first.left) < 4 and line.baseline >= first.baseline - 1
        )


def _day(text: str) -> date | None:
    return next((day for words in vocabularies() if (day := words.day(text))), None)


def _names_language(text: str) -> bool:
    names = {language.name.title() for language in Language}
    return text in names | {str(words.word("masthead", "language")) for words in vocabularies()}


def _job(first: Page) -> JobNumber | None:
    """The job line at the foot of page one."""
    for line in first.lines:
        if line.baseline > first.height - 65:
            found = JOB_LINE.search(line.text)
            if found:
                return JobNumber.parse(f"{found[1]} ({found[2]}){found[3]}")
    return None


def _recycling(first: Page, words: Vocabulary | None) -> str:
    word = str(words.word("imprint", "recycle")) if words else ""
    lines = (line.text for line in first.lines if line.baseline > first.height - 80)
    return next((line for line in lines if same_words(line, word)), "")


# --- under the masthead -----------------------------------------------------------------------------------------------


def _session(first: Page, words: Vocabulary | None) -> tuple[str, str]:
    """The session line and the agenda item line, at the edge of the frame under the masthead."""
    edge = [line for line in first.lines if MASTHEAD < line.baseline < 330 and 50 < first.start(line) < 75]
    if not words:
        return "", ""
    return (
        next((line.text for line in edge if words.reads_as("session", line.text)), ""),
        next((line.text for line in edge if words.reads_as("agenda_item", line.text)), ""),
    )


def _adoption(first: Page, words: Vocabulary | None) -> tuple[str, str]:
    """The date in the line `Resolution adopted by …`, as printed and in ISO 8601."""
    if not words:
        return "", ""
    begins = str(words.word("resolution", "adoption")).partition("{")[0].strip()
    bold = [line.text for line in first.lines if line.bold and line.baseline > MASTHEAD]
    at = next((place for place, text in enumerate(bold) if begins and text.startswith(begins)), len(bold))
    day = words.day(" ".join(bold[at : at + 3]))
    if not day:
        return "", ""
    months = words.word("dates", "months")
    form = str(words.word("dates", "text"))
    digits = (
        Digits.ARABIC_INDIC if any("٠" <= character <= "٩" for text in bold for character in text) else Digits.WESTERN
    )
    form = str(words.word("dates", "text"))
    printed = form.format(day=digits.shape(day.day), month=months[day.month - 1], year=digits.shape(day.year))
    return printed, day.isoformat()


# --- heads and feet ---------------------------------------------------------------------------------------------------


def _heads(page: Page, zone: float, *, above: bool) -> Iterator[Head]:
    for line in page.lines:
        if line.baseline < zone if above else line.baseline > page.height - FOOT:
            yield Head(page.number, line.text, "left" if line.left + line.right < page.width else "right", line.box)


def _folios(page: Page) -> Iterator[Head]:
    for head in _heads(page, HEAD, above=False):
        text = re.sub(r"[\s\u200e\u200f]", "", head.text)
        if FOLIO.fullmatch(text.translate(WESTERN)):
            # On a right-to-left page the page's own number stands on the right of the slash.
            yield replace(head, text="/".join(reversed(text.split("/"))) if page.right_to_left else text)


def _style(folios: tuple[Head, ...]) -> str:
    styles = {"n/N" if "/" in folio.text else "n" for folio in folios}
    return styles.pop() if len(styles) == 1 else ("mixed" if styles else "")


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _paragraphs(pages: tuple[Page, ...]) -> Iterator[NumberedParagraph]:
    """Paragraphs whose number stands at the column's edge or one indent in, with a tab behind it."""
    for page in pages:
        for line in body(page):
            number = paragraph_number(page, line)
            indent = page.start(line) - column(page)
            if (
                number
                and line.size > 9.5
                and not line.bold
                and (-2 < indent < 3 or 20 < indent < 27)
                and _tabbed(page, line)
            ):
                yield NumberedParagraph(number, page.number, line.box)


def paragraph_number(page: Page, line: Line) -> int | None:
    """The number that a line begins with. Alone on a right-to-left line, it stands behind its dash."""
    found = NUMBER.match(line.text) or (re.fullmatch(r"-\s*(\d{1,3})", line.text) if page.right_to_left else None)
    return int(found[1]) if found else None


def _tabbed(page: Page, line: Line) -> bool:
    """Whether more than a word space follows the number."""
    cells = [cell for span in line.spans for cell in span.cells]
    if page.right_to_left:
        return True
    point = next((place for place, cell in enumerate(cells) if cell.text[-1:] in (".", "-")), len(cells))
    return point + 1 >= len(cells) or cells[point + 1].left - cells[point].right > 5.5
