"""Finds the pages of a text without form feeds, as `pdftotext -nopgbrk` and some editors write it, by their feet.

A page ends below its job number and folio. This is accepted only if everything agrees: folios count without a gap to
the end of the text and to the number of pages that they state, and each page but the first begins with the symbol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import WESTERN, JobNumber, SourceError, Symbol
from masthead.formats.extract.pages import JOB, Furniture, Page, PageLine
from masthead.formats.record import Record

_FOLIO = re.compile(r"(\d{1,4})(?:/(\d{1,4}))?")
_HEAD = 6  # lines of a running head


def parted(lines: Page, job: JobNumber, symbol: Symbol, furniture: Furniture, record: Record) -> list[Page]:
    """Split the lines of a text into pages. Raises SourceError if there are several and something does not agree."""
    feet = list(_feet(lines, job, furniture))
    pages: list[Page] = []
    start = 0
    for number, (end, figures) in enumerate(feet, 1):
        page = lines[start:end]
        if number not in figures or figures - {number, len(feet)} or not (start == 0 or _has_head(page, symbol)):
            raise _ambiguous_pages(page[0], record)
        pages.append(page)
        start = end
    rest = lines[start:]
    if (len(pages) > 1 and rest) or any(_has_head([line], symbol) for line in rest):
        raise _ambiguous_pages(rest[0], record)
    return pages if len(pages) > 1 else [lines]  # without -layout, a page's foot is not its last line


def _feet(lines: Page, job: JobNumber, furniture: Furniture) -> Iterator[tuple[int, set[int]]]:
    """Yield the index of the first line after each foot, and the numbers in its folio; page one has no folio."""
    at = next((at for at, line in enumerate(lines, 1) if JOB.search(line.text)), len(lines))
    while at < len(lines) and furniture.is_furniture(lines[at], 0):
        at += 1
    yield at, {1}
    while at < len(lines):
        for end in (at + 1, at + 2):  # job number and folio are on one line, or on two
            cells = [cell.translate(WESTERN) for line in lines[at:end] for cell in line.cells]
            folio = _FOLIO.fullmatch(next((cell for cell in cells if cell != job.number), ""))
            if folio and len(cells) == 2 and job.number in cells:
                yield end, {int(figure) for figure in folio.groups() if figure}
                at = end - 1
                break
        at += 1


def _has_head(page: Page, symbol: Symbol) -> bool:
    """Return whether a page begins with the symbol, set apart from the title."""
    return any(str(symbol).rstrip("*") in (cell.rstrip("*") for cell in line.cells) for line in page[:_HEAD])


def _ambiguous_pages(line: PageLine, record: Record) -> SourceError:
    return SourceError(
        "the text has no form feeds, and its running heads and feet do not show where pages end",
        where=record.where(line.number),
        hint="extract it with pdftotext -layout, without -nopgbrk",
    )
