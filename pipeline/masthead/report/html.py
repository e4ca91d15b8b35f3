"""The report as one HTML page that needs nothing else: each page's picture with the findings boxed on it.

It is used by pointer or keyboard alone: every finding is a link to its box, every box a link back, in reading order.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from masthead import raster
from masthead.errors import SourceError
from masthead.findings import Finding
from masthead.preflight import Report
from masthead.templating import render

DPI = 96


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as the page shows it: its number, and its box in percent of the page, where it has one."""

    number: int
    finding: Finding
    style: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as the report shows it."""

    number: int
    address: str
    width: float
    height: float
    marks: tuple[Mark, ...]


def to_html(report: Report, name: str, pdf: bytes) -> str:
    """Return the report on the file `name` with pictures of the pages of `pdf`, as many of them as can be drawn."""
    sizes = _sizes(pdf)
    marks = tuple(_mark(number, finding, sizes) for number, finding in enumerate(report.findings, 1))
    pictures = tuple(
        Picture(number, _address(pdf, number), *size, tuple(mark for mark in marks if mark.finding.page == number))
        for number, size in enumerate(sizes, 1)
    )
    facts = [
        (key.replace("_", " "), value)
        for key in report.facts.__slots__
        if isinstance(value := getattr(report.facts, key), str | int) and value
    ]
    values = {"report": report, "marks": marks, "pictures": pictures, "facts": facts}
    return render("page.html.j2", Path(__file__).parent, name=name, **values)


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    with raster.opened(pdf) as document:
        return [document.get_page_size(index) for index in range(len(document))]


def _address(pdf: bytes, number: int) -> str:
    try:
        return f"data:image/png;base64,{b64encode(raster.png(pdf, number, DPI)).decode()}"
    except (SourceError, pypdfium2.PdfiumError):
        return ""


def _mark(number: int, finding: Finding, sizes: list[tuple[float, float]]) -> Mark:
    if finding.box is None or finding.page is None or finding.page > len(sizes):
        return Mark(number, finding, "")
    width, height = sizes[finding.page - 1]
    left, top, right, bottom = finding.box
    return Mark(
        number,
        finding,
        f"left: {left / width:.2%}; top: {top / height:.2%};"
        f" width: {(right - left) / width:.2%}; height: {(bottom - top) / height:.2%}",
    )
