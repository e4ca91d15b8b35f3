"""What a UN document says of itself, recognized on its pages: by place (the layout of UN documents), then by words.

Places are those of the New York page, the Geneva page and their mirror images (`places`); words come from the locales.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from masthead.document import WESTERN, Rectangle
from masthead.document import symbols as own_symbols
from masthead.pdf.content.tagged import TaggedBlock
from masthead.pdf.drawn.direction import paired
from masthead.pdf.drawn.pages import Page
from masthead.pdf.facts import front, notes, paragraphs, sheets
from masthead.pdf.facts.notes import PlacedNote
from masthead.pdf.facts.paragraphs import NumberedParagraph
from masthead.pdf.facts.places import HEAD, body, bound, foot, paper
from masthead.pdf.facts.printed import FOLIO, job_number, symbols


@dataclass(frozen=True, slots=True)
class RunningText:
    """A text in the head or foot of a page: `side` is `left` or `right`."""

    page: int
    text: str
    side: str
    box: Rectangle


@dataclass(frozen=True, slots=True)
class Facts:
    """What a PDF says of its document; a value it does not say is empty. Dates are as printed, `…_day` in ISO 8601."""

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
    folios: tuple[RunningText, ...] = ()
    running_heads: tuple[RunningText, ...] = ()
    running_jobs: tuple[RunningText, ...] = ()
    recycling: str = ""
    notes: tuple[PlacedNote, ...] = ()
    paragraphs: tuple[NumberedParagraph, ...] = ()
    references: tuple[str, ...] = ()
    barcode: str = ""
    qr_code: str = ""


PRINTED_ONCE = (
    *("symbol", "direction", "folio_style", "folios", "running_heads", "running_jobs", "recycling"),
    *("job_number", "job_letter", "job_dates", "barcode", "qr_code"),
)
"""The facts that both columns of a parallel edition have in common."""


def recognize(pages: tuple[Page, ...], codes: Mapping[str, str], tree: Iterable[TaggedBlock] = ()) -> Facts:
    """Recognize a document on its pages. `codes` are the barcode and QR code on page one.

    Where a block of the structure `tree` has the letters of a line, its text counts. Of press sheets, what is inside
    the trim counts.
    """
    if not pages:
        return Facts()
    found = [_on_sheet(pages, offset, codes, tree) for offset in sheets.offsets(pages[0])]
    return next((each for each in found if each.organization), None) or _recognize(pages, codes, tree)


def _on_sheet(
    pages: tuple[Page, ...], offset: sheets.Offset, codes: Mapping[str, str], tree: Iterable[TaggedBlock]
) -> Facts:
    """Return the facts of the pages on press sheets, if their corner is at `offset`; places are those on the sheets."""
    found = _recognize(tuple(sheets.trimmed(page, offset) for page in pages), codes, tree)
    return replace(
        found,
        folios=sheets.on_sheet(found.folios, offset),
        running_heads=sheets.on_sheet(found.running_heads, offset),
        running_jobs=sheets.on_sheet(found.running_jobs, offset),
        notes=sheets.on_sheet(found.notes, offset),
        paragraphs=sheets.on_sheet(found.paragraphs, offset),
    )


def _recognize(pages: tuple[Page, ...], codes: Mapping[str, str], tree: Iterable[TaggedBlock]) -> Facts:
    first, words = pages[0], front.language(pages[0])
    block, job = front.distribution(first), front.job(first)
    session, item = front.session(first, words, tree)
    adopted, adoption_day = front.adoption(first, words)
    folios = tuple(chain.from_iterable(map(_folios, pages)))
    return Facts(
        symbol=front.symbol(first, tree),
        organization=front.organization(first, words),
        organ=front.organ(first),
        distribution=block.category,
        date=block.issued,
        date_day=block.day.isoformat() if block.day else "",
        version_language=block.version_language,
        original_language=block.original_language,
        job_number=job.number if job else "",
        job_letter=job.language.letter if job else "",
        job_dates=job.dates if job else (),
        session=session,
        agenda_item=item,
        adoption_date=adopted,
        adoption_day=adoption_day,
        language=str(words.language) if words else "",
        direction="rtl" if first.right_to_left else "ltr",
        pages=len(pages),
        paper=paper(first.width, first.height),
        folio_style=_style(folios),
        folios=folios,
        running_heads=tuple(chain.from_iterable(_running_texts(page, above=True) for page in pages[1:])),
        running_jobs=tuple(
            head for page in pages[1:] for head in _running_texts(page, above=False) if job_number().match(head.text)
        ),
        recycling=front.recycling(first, words),
        notes=tuple(notes.recognize(pages)),
        paragraphs=tuple(paragraphs.recognize(pages)),
        references=tuple(
            dict.fromkeys(symbol for page in pages for line in body(page) for symbol in symbols(line.text))
        ),
        barcode=codes.get("barcode", ""),
        qr_code=codes.get("qr", ""),
    )


def _running_texts(page: Page, *, above: bool) -> Iterator[RunningText]:
    page = bound(page)
    end = foot(page)
    for line in page.lines:
        if line.baseline < HEAD if above else line.baseline > end:
            text = own_symbols.as_read(paired(line.text) if page.right_to_left else line.text)
            side = "left" if line.left + line.right < page.width else "right"
            yield RunningText(page.number, text, side, page.on_paper(line.box))


def _folios(page: Page) -> Iterator[RunningText]:
    for head in _running_texts(page, above=False):
        text = re.sub(r"[\s\u200e\u200f]", "", head.text)
        if FOLIO.fullmatch(text.translate(WESTERN)):
            yield replace(head, text=_read_from_right(text) if page.right_to_left else text)


def _read_from_right(folio: str) -> str:
    """A folio of a right-to-left page. In Western digits its characters are found from left to right: `6/2`."""
    first, slash, second = folio.partition("/")
    return f"{second}{slash}{first}" if slash and folio.isascii() else folio


def _style(folios: tuple[RunningText, ...]) -> str:
    styles = {"n/N" if "/" in folio.text else "n" for folio in folios}
    return styles.pop() if len(styles) == 1 else ("mixed" if styles else "")
