"""The layout of UN documents in points: pages of New York and Geneva, and their mirror images."""

from __future__ import annotations

from functools import lru_cache

from masthead.pdf.drawn import direction
from masthead.pdf.drawn.pages import DrawnLine, Page
from masthead.pdf.facts.printed import BARCODE, job_number
from masthead.pdf.facts.vocabulary import recycles

# The masthead of page one ends at its thick rule, at 208.9 (New York), 199 or 212.8 (Geneva). The baseline of running
# heads is at 59 (51 or 65), that of the first line of text at 82.3 (80.4 or 94.7).
HEAD = direction.HEAD
MASTHEAD = 212.0
# Geneva has had two pages, one with its furniture lower at the head and higher at the foot: ECE and HRC to 2019, by the
# template of the office. The baseline of folios is at 755.3 of 792 (811.8 of 841.9, or 754 to 770).
_LOWERED = 58.0  # the baseline of a running head
_FOOT, _LOWERED_FOOT = 44.0, 100.0  # from the lower edge of later pages
_IMPRINT, _LOWERED_IMPRINT = 80.0, 120.0  # from the lower edge of page one
PAPERS = {"Letter": (612.0, 792.0), "A4": (595.28, 841.89)}
_COLUMNS = {"A4": 113.4}  # where the column begins; 123.35 on all other paper
_INDENTS = {"A4": 28.35}  # of the first line of a paragraph of a resolution; 23.75 on all other paper


@lru_cache(maxsize=64)  # rules ask for it line by line
def paper(width: float, height: float) -> str:
    """Return the name of the paper of a size in points, upright or across, or the size itself."""
    for name, (across, down) in PAPERS.items():
        if abs(min(width, height) - across) < 1 and abs(max(width, height) - down) < 1:
            return name
    return f"{width:g} × {height:g} pt"


def bound(page: Page) -> Page:
    """Return a page as it is bound: a landscape page turned upright, with its running heads and feet."""
    is_landscape = page.width > page.height
    return next((turned for turned in page.turned if is_landscape), page)


def _is_lowered(page: Page) -> bool:
    return paper(page.width, page.height) == "A4" and _LOWERED < min(line.baseline for line in page.lines) < HEAD


def foot(page: Page) -> float:
    """Return the height, from the upper edge, where the running foot of a later page begins."""
    return page.height - (_LOWERED_FOOT if page.lines and _is_lowered(page) else _FOOT)


def imprint(page: Page) -> float:
    """Return the height, from the upper edge, where the imprint of page one begins."""
    return page.height - (_LOWERED_IMPRINT if page.lines and _is_lowered(page) else _IMPRINT)


def body(page: Page) -> tuple[DrawnLine, ...]:
    """Return the lines of a page without its masthead, running heads and feet."""
    top = MASTHEAD if page.number == 1 else HEAD
    if bound(page) is not page:  # whose heads and feet are beside the text
        return page.lines
    end = imprint(page) if page.number == 1 else foot(page)
    return tuple(
        line for line in page.lines if top < line.baseline and not (line.baseline > end and _is_foot(page, line))
    )


def _is_foot(page: Page, line: DrawnLine) -> bool:
    return page.number > 1 or bool(job_number().match(line.text) or BARCODE.fullmatch(line.text) or recycles(line.text))


def column(page: Page) -> float:
    """Return where the text column begins, from the edge where reading begins."""
    return _COLUMNS.get(paper(page.width, page.height), 123.35)


def is_flush(page: Page, line: DrawnLine) -> bool:
    """Whether a line begins at the column's edge."""
    return -2 < page.start(line) - column(page) < 6


def is_indented(page: Page, line: DrawnLine) -> bool:
    """Whether a line begins one indent in, as the first of a paragraph of a resolution does."""
    return -4 < page.start(line) - column(page) - _INDENTS.get(paper(page.width, page.height), 23.75) < 4
