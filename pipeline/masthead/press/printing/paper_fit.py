"""Whether the pages of a PDF fill the paper that a ticket or the printer has for them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pikepdf

from masthead.press.printing.job_template import Capabilities
from masthead.press.printing.ticket import MEDIA, SIZE_IN_NAME, Ticket, paper_name

_SAME_PAPER = 3.0  # millimetres within which a printer takes a page for the size of its paper
_MILLIMETRES = 25.4 / 72  # of a point


def paper_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the different sizes of the pages of a PDF as they are shown, in millimetres, the shorter edge first."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        boxes = [(page.cropbox, float(page.obj.get("/UserUnit", 1))) for page in file.pages]
    sizes = (
        tuple(sorted(round(abs(float(b) - float(a)) * unit * _MILLIMETRES, 1) for a, b in ((x0, x1), (y0, y1))))
        for (x0, y0, x1, y1), unit in boxes
    )
    return tuple(dict.fromkeys((short, long) for short, long in sizes))


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


def on_paper(ticket: Ticket, sizes: Sequence[tuple[float, float]], printer: Capabilities) -> Ticket:
    """Return the ticket with the paper that pages of one size need, if it does not say how they get on another one."""
    if ticket.media or not other_paper(ticket, sizes, printer) or len(sizes) > 1:
        return ticket
    able = printer.get("media-supported", ())
    fitting = (name for name, each in MEDIA.items() if each in able)
    papers = (replace(ticket, media=name) for name in fitting)
    return next((each for each in papers if not other_paper(each, sizes, printer)), ticket)


def other_paper(ticket: Ticket, sizes: Iterable[tuple[float, float]], printer: Capabilities) -> str:
    """Return why pages of these sizes would not fill the paper, or an empty string.

    The paper is that of the ticket, or the printer's default. A ticket that says how to scale, or puts several pages on
    a side, has decided that.
    """
    paper = MEDIA.get(ticket.media or "", ticket.media) or str(next(iter(printer.get("media-default", ())), ""))
    size = SIZE_IN_NAME.search(paper)
    if size is None or ticket.scaling or (ticket.number_up or 1) > 1:
        return ""
    unit = 25.4 if size[3] == "in" else 1.0
    short, long = sorted((float(size[1]) * unit, float(size[2]) * unit))
    sizes = list(sizes)
    if all(abs(width - short) <= _SAME_PAPER and abs(height - long) <= _SAME_PAPER for width, height in sizes):
        return ""
    found = " and ".join(f"{width:g} × {height:g}" for width, height in sizes[:4])
    more = " and of other sizes" if len(sizes) > 4 else ""
    message = f"its pages are {found} mm{more}, and the paper is {paper_name(paper)} ({short:g} × {long:g} mm)"
    others = [paper_name(str(each)) for each in printer.get("media-supported", ()) if str(each) != paper]
    return f"{message}; the printer also has {', '.join(others)}" if others else message
