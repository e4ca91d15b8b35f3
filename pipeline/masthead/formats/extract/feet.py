"""Pages told by their feet, where a text has no form feeds (`pdftotext -nopgbrk`, or an editor that drops them).

A page ends below its job number and folio. That is believed only where everything agrees: folios count without a gap to
the end of the text, and to the number of pages that they name, and each page but the first begins with the symbol.
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
    """Part the lines of a text into pages. Raises SourceError where there are several and not all agrees."""
    feet = list(_feet(lines, job, furniture))
    pages: list[Page] = []
    start = 0
    for number, (end, figures) in enumerate(feet, 1):
        page = lines[start:end]
        if number not in figures or figures - {number, len(feet)} or not (start == 0 or _has_head(page, symbol)):
            raise _untold(page[0], record)
        pages.append(page)
        start = end
    rest = lines[start:]
    if (len(pages) > 1 and rest) or any(_has_head([line], symbol) for line in rest):
        raise _untold(rest[0], record)
    return pages if len(pages) > 1 else [lines]  # without -layout, a page's foot is not its last line


def _feet(lines: Page, job: JobNumber, furniture: Furniture) -> Iterator[tuple[int, set[int]]]:
    """Where the lines behind each foot begin, and the figures of its folio; that of page one bears none."""
    at = next((at for at, line in enumerate(lines, 1) if JOB.search(line.text)), len(lines))
    while at < len(lines) and furniture.is_furniture(lines[at], 0):
        at += 1
    yield at, {1}
    while at < len(lines):
        for end in (at + 1, at + 2):  # job number and folio stand on one line, or on two
            cells = [cell.translate(WESTERN) for line in lines[at:end] for cell in line.cells]
            folio = _FOLIO.fullmatch(next((cell for cell in cells if cell != job.number), ""))
            if folio and len(cells) == 2 and job.number in cells:
                yield end, {int(figure) for figure in folio.groups() if figure}
                at = end - 1
                break
        at += 1


def _has_head(page: Page, symbol: Symbol) -> bool:
    """Tell whether a page begins with the symbol, which stands apart from its title."""
    return any(str(symbol).rstrip("*") in (cell.rstrip("*") for cell in line.cells) for line in page[:_HEAD])


def _untold(line: PageLine, record: Record) -> SourceError:
    return SourceError(
        "the text has no form feeds, and heads and feet do not tell its pages apart",
        where=record.where(line.number),
        hint="take it with pdftotext -layout, without -nopgbrk",
    )
