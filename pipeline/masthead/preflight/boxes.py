"""Rules about paper and its boxes (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document import Rectangle, Severity
from masthead.pdf import Evidence, objects, places
from masthead.preflight.rules import Fault, Rule


def paper_size(evidence: Evidence) -> Iterator[Fault]:
    """All pages are of one size, US Letter (New York) or A4 (Geneva)."""
    sizes = {places.paper(page.width, page.height) for page in evidence.pages}
    for page in evidence.pages:
        size = places.paper(page.width, page.height)
        if size not in places.PAPERS:
            yield Fault(f"the paper is {size}, neither US Letter nor A4", page=page.number)
        elif len(sizes) > 1 and size != places.paper(evidence.pages[0].width, evidence.pages[0].height):
            yield Fault(f"the paper is {size}, that of page one is not", page=page.number)


def trim(evidence: Evidence) -> Iterator[Fault]:
    """Nothing stands outside the trim box, neither text nor picture nor line: it would be cut off.

    What covers the whole page may go beyond it.
    """
    for page, raw in zip(evidence.pages, evidence.reader.pages, strict=True):
        media, box = raw.mediabox, objects.rectangle(raw, "/TrimBox")
        left, right = float(box.left - media.left), float(box.right - media.left)
        top, bottom = float(media.top - box.top), float(media.top - box.bottom)
        inner = (left - 0.5, top - 0.5, right + 0.5, bottom + 0.5)
        for line in page.lines:
            if not _holds(inner, line.box):
                yield Fault(f"text stands outside the trim box: {line.text[:40]}", page=page.number, box=line.box)
        for drawing in page.drawings:
            if not (_holds(inner, drawing.box) or _holds(drawing.box, (left, top, right, bottom))):
                yield Fault(f"{drawing.kind} stands outside the trim box", page=page.number, box=drawing.box)


def _holds(outer: Rectangle, inner: Rectangle) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def geometry(evidence: Evidence) -> Iterator[Fault]:
    """The boxes of a page lie within one another, media, bleed, trim; no page is turned or scaled.

    ISO 32000-1, 14.11.2: a box that reaches outside the media box means the media box; such a file is a mistake.
    """
    for place, raw in enumerate(evidence.reader.pages, 1):
        media = raw.mediabox
        for name in ("crop", "bleed", "trim"):
            box = objects.rectangle(raw, f"/{name.title()}Box")
            inside = box.left >= media.left - 0.01 and box.right <= media.right + 0.01
            if not inside or box.bottom < media.bottom - 0.01 or box.top > media.top + 0.01:
                yield Fault(f"the {name} box reaches outside the media box", page=place)
        if (turned := raw.rotation) % 360:
            yield Fault(f"the page is turned by {turned} degrees", page=place)
        if objects.number(raw.get("/UserUnit", 1)) != 1:
            yield Fault("the page has a unit of its own", page=place)


def margins(evidence: Evidence) -> Iterator[Fault]:
    """The margins are kept: text stays within the frame, 60 pt from either side (New York) or 56.7 (Geneva)."""
    for page in evidence.pages:
        edge = (56.7 if places.paper(page.width, page.height) == "A4" else 60.0) - 4
        for line in page.lines:
            if line.left < edge or line.right > page.width - edge or line.box[3] > page.height - 21:
                yield Fault(f"text stands in the margin: {line.text[:40]}", page=page.number, box=line.box)


RULES = (
    Rule("boxes.paper", Severity.ERROR, paper_size),
    Rule("boxes.geometry", Severity.ERROR, geometry),
    Rule("boxes.trim", Severity.ERROR, trim),
    Rule("boxes.margins", Severity.ERROR, margins),
)
