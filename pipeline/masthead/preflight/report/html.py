"""The report as one HTML page without external resources: pictures of the pages, on which the findings are boxed.

It works with a pointer or the keyboard alone: every finding is a link to its box, and every box a link back, in reading
order.
"""

from __future__ import annotations

import itertools
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from masthead.document import Finding, MastheadError
from masthead.page import render
from masthead.pdf import Facts, PagePicture, pictures
from masthead.preflight.report import extent
from masthead.preflight.verdict import Report

DPI = 96
LIMIT = 24  # pictures of about 70 kB each: browsers are slow to open a page with more
LISTED = 40  # notes, paragraphs and so on among the facts
FLAG = 2.6  # per cent of a page's height, taken by the number beside a box


@dataclass(frozen=True, slots=True)
class Marker:
    """A finding on the HTML page: its number, and if its page is shown, its box in per cent of that page."""

    number: int
    finding: Finding
    style: str = ""
    target: str = ""
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the PDF on the HTML page. `flags` are its boxed markers with the heights of their numbers."""

    picture: PagePicture
    address: str
    flags: tuple[tuple[Marker, float], ...]


def to_html(report: Report | MastheadError, name: str, pdf: bytes, seconds: float = pictures.SECONDS) -> str:
    """Return the report on the file `name` with pictures of at most 24 pages of `pdf`, as many as `seconds` allow."""
    folder = Path(__file__).parent
    if isinstance(report, MastheadError):
        return render("unread.html.j2", folder, name=name, error=report)
    drawn = pictures.draw(pdf, extent.pages(report, LIMIT), DPI, seconds)
    shown = {picture.page: picture for picture in drawn}
    numbers, found = itertools.count(1), extent.groups(report)  # numbered through the whole report
    groups = [(group, [_marker(next(numbers), finding, shown) for finding in group.findings]) for group in found]
    markers = [marker for _, markers in groups for marker in markers]
    sheets = [_sheet(picture, [each for each in markers if each.finding.page == picture.page]) for picture in drawn]
    values = {"report": report, "groups": groups, "sheets": sheets, "facts": list(_facts(report.facts))}
    return render("page.html.j2", folder, name=name, count=len(report.findings), **values)


def _marker(number: int, finding: Finding, shown: Mapping[int, PagePicture]) -> Marker:
    picture = shown.get(finding.page or 0)
    if picture is None:
        return Marker(number, finding, target="" if finding.page else "facts")
    if finding.box is None or not picture.width * picture.height:
        return Marker(number, finding, target=f"page-{picture.page}")
    left, top, right, bottom = finding.box
    across, down = 1 / picture.width, 1 / picture.height
    style = (
        f"left: {left * across:.2%}; top: {top * down:.2%};"
        f" width: {(right - left) * across:.2%}; height: {(bottom - top) * down:.2%}"
    )
    return Marker(number, finding, style, f"box-{number}", 100 * top * down)


def _sheet(picture: PagePicture, markers: list[Marker]) -> ShownPage:
    """A page with the numbers of its boxes beside it, where they cover nothing, each below the one before it."""
    flags = []
    free = 0.0
    for marker in sorted((marker for marker in markers if marker.style), key=lambda marker: marker.top):
        free = max(free, min(marker.top, 100.0))
        flags.append((marker, free))
        free += FLAG
    if free > 100:  # there is not enough room: move them closer together
        flags = [(marker, place * 100 / free) for marker, place in flags]
    address = f"data:image/png;base64,{b64encode(picture.png).decode()}" if picture.png else ""
    return ShownPage(picture, address, tuple(flags))


def _facts(facts: Facts) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The facts of the document, each with its values."""
    for key in facts.__slots__:
        value = getattr(facts, key)
        values = tuple(map(_fact, value if isinstance(value, tuple) else (value,) if value else ()))
        rest = (f"and {len(values) - LISTED:,} more",) if len(values) > LISTED else ()
        if values:
            yield key.replace("_", " "), values[:LISTED] + rest


def _fact(value: object) -> str:
    """A running head as its text, a note as its mark, a paragraph as its number; with its page if it has one."""
    page = getattr(value, "page", None)
    for key in ("text", "mark", "number"):
        value = getattr(value, key, value)
    return f"{value} (page {page})" if page else str(value)
