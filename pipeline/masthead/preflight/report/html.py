"""The report as one HTML page that needs nothing else: pictures of pages with the findings boxed on them.

It is used by pointer or keyboard alone: every finding is a link to its box, every box a link back, in reading order.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from masthead.document import Finding, MastheadError
from masthead.page import render
from masthead.pdf import Facts, PagePicture, pictures
from masthead.preflight.report import extent
from masthead.preflight.report.extent import Group
from masthead.preflight.verdict import Report

DPI = 96
LIMIT = 24  # pictures: more make a page that browsers open slowly, of some 70 kB each
LISTED = 40  # notes, paragraphs and the like among the facts
FLAG = 2.6  # percent of a page's height that the number beside a box takes


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as the page shows it: its number, and its box in percent of its page, where that is shown."""

    number: int
    finding: Finding
    style: str = ""
    target: str = ""
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the report shows it. `flags` are its boxed marks with the places of their numbers, from the top."""

    picture: PagePicture
    address: str
    flags: tuple[tuple[Mark, float], ...]


def to_html(report: Report | MastheadError, name: str, pdf: bytes, seconds: float = pictures.SECONDS) -> str:
    """Return the report on the file `name` with pictures of 24 pages of `pdf` at most, those drawn within `seconds`."""
    folder = Path(__file__).parent
    if isinstance(report, MastheadError):
        return render("unread.html.j2", folder, name=name, error=report)
    drawn = pictures.draw(pdf, extent.pages(report, LIMIT), DPI, seconds)
    shown = {picture.page: picture for picture in drawn}
    groups = extent.groups(report)
    marks = _marks(groups, shown)
    sheets = [_sheet(picture, [mark for _, them in marks for mark in them if mark.finding.page == picture.page])
              for picture in drawn]  # fmt: skip
    values = {"report": report, "groups": marks, "sheets": sheets, "facts": list(_facts(report.facts))}
    return render("page.html.j2", folder, name=name, count=len(report.findings), **values)


def _marks(groups: tuple[Group, ...], shown: Mapping[int, PagePicture]) -> list[tuple[Group, list[Mark]]]:
    number = 0
    found = []
    for group in groups:
        marks = [_mark(number + place, finding, shown) for place, finding in enumerate(group.findings, 1)]
        number += len(marks)
        found.append((group, marks))
    return found


def _mark(number: int, finding: Finding, shown: Mapping[int, PagePicture]) -> Mark:
    picture = shown.get(finding.page or 0)
    if picture is None:
        return Mark(number, finding, target="" if finding.page else "facts")
    if finding.box is None or not picture.width * picture.height:
        return Mark(number, finding, target=f"page-{picture.page}")
    left, top, right, bottom = finding.box
    across, down = 1 / picture.width, 1 / picture.height
    style = (
        f"left: {left * across:.2%}; top: {top * down:.2%};"
        f" width: {(right - left) * across:.2%}; height: {(bottom - top) * down:.2%}"
    )
    return Mark(number, finding, style, f"box-{number}", 100 * top * down)


def _sheet(picture: PagePicture, marks: list[Mark]) -> Sheet:
    """The numbers of boxes stand beside the page, where they hide nothing of it, each below the one before."""
    flags = []
    free = 0.0
    for mark in sorted((mark for mark in marks if mark.style), key=lambda mark: mark.top):
        free = max(free, min(mark.top, 100.0))
        flags.append((mark, free))
        free += FLAG
    if free > 100:  # more than there is room for: closer
        flags = [(mark, place * 100 / free) for mark, place in flags]
    address = f"data:image/png;base64,{b64encode(picture.png).decode()}" if picture.png else ""
    return Sheet(picture, address, tuple(flags))


def _facts(facts: Facts) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the document says of itself, each thing with its values."""
    for key in facts.__slots__:
        value = getattr(facts, key)
        values = tuple(map(_fact, value if isinstance(value, tuple) else (value,) if value else ()))
        rest = (f"and {len(values) - LISTED:,} more",) if len(values) > LISTED else ()
        if values:
            yield key.replace("_", " "), values[:LISTED] + rest


def _fact(value: object) -> str:
    """A head by its text, a note by its mark, a paragraph by its number; with its page, where it has one."""
    page = getattr(value, "page", None)
    for key in ("text", "mark", "number"):
        value = getattr(value, key, value)
    return f"{value} (page {page})" if page else str(value)
