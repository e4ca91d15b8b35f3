"""Rules about the size of the paper and the boxes of a page (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document import Finding, Rectangle, Rules, Severity
from masthead.pdf import Evidence, objects, places
from masthead.preflight.needs import Need

RULES = Rules[Evidence]()


@RULES.rule("boxes.paper", Severity.ERROR, Need.LAYOUT)
def paper_size(evidence: Evidence) -> Iterator[Finding]:
    """All pages have the same size: US Letter (New York) or A4 (Geneva)."""
    sizes = {places.paper(page.width, page.height) for page in evidence.pages}
    for page in evidence.pages:
        size = places.paper(page.width, page.height)
        if size not in places.PAPERS:
            yield Finding(f"the paper size is {size}, neither US Letter nor A4", page.number)
        elif len(sizes) > 1 and size != places.paper(evidence.pages[0].width, evidence.pages[0].height):
            yield Finding(f"the paper size is {size}, which differs from that of page one", page.number)


@RULES.rule("boxes.geometry", Severity.ERROR)
def geometry(evidence: Evidence) -> Iterator[Finding]:
    """The crop, bleed and trim boxes of a page are inside its media box; no page is rotated or scaled.

    Viewers clip a box to the media box (ISO 32000-1, 14.11.2), so a box that exceeds it is a mistake.
    """
    for number, raw in enumerate(evidence.reader.pages, 1):
        media = raw.mediabox
        for name in ("crop", "bleed", "trim"):
            box = objects.rectangle(raw, f"/{name.title()}Box")
            inside = box.left >= media.left - 0.01 and box.right <= media.right + 0.01
            if not inside or box.bottom < media.bottom - 0.01 or box.top > media.top + 0.01:
                yield Finding(f"the {name} box extends beyond the media box", number)
        if (rotation := raw.rotation) % 360:
            yield Finding(f"the page is rotated by {rotation} degrees", number)
        if objects.number(raw.get("/UserUnit", 1)) != 1:
            yield Finding("the page is scaled by a user unit", number)


@RULES.rule("boxes.trim", Severity.ERROR, Need.LAYOUT)
def trim(evidence: Evidence) -> Iterator[Finding]:
    """No text, picture or line is outside the trim box, where it would be cut off.

    Drawings that cover the whole page may extend beyond it.
    """
    for page, raw in zip(evidence.pages, evidence.reader.pages, strict=True):
        media, box = raw.mediabox, objects.rectangle(raw, "/TrimBox")
        left, right = float(box.left - media.left), float(box.right - media.left)
        top, bottom = float(media.top - box.top), float(media.top - box.bottom)
        inner = (left - 0.5, top - 0.5, right + 0.5, bottom + 0.5)
        for line in page.lines:
            if not _contains(inner, line.box):
                yield Finding(f"text is outside the trim box: {line.text[:40]}", page.number, box=line.box)
        for drawing in page.drawings:
            if not (_contains(inner, drawing.box) or _contains(drawing.box, (left, top, right, bottom))):
                yield Finding(f"{drawing.kind} is outside the trim box", page.number, box=drawing.box)


def _contains(outer: Rectangle, inner: Rectangle) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


@RULES.rule("boxes.margins", Severity.ERROR, Need.LAYOUT)
def margins(evidence: Evidence) -> Iterator[Finding]:
    """All text is between the margins, which are 60 pt on either side (New York) or 56.7 pt (Geneva)."""
    for page in evidence.pages:
        edge = (56.7 if places.paper(page.width, page.height) == "A4" else 60.0) - 4
        beyond = [
            line
            for line in page.lines
            if line.left < edge or line.right > page.width - edge or line.box[3] > page.height - 21
        ]
        if beyond:
            lines = "one line" if len(beyond) == 1 else f"{len(beyond)} lines"
            text = ", ".join(line.text for line in beyond)[:60]
            left, top, right, bottom = zip(*(line.box for line in beyond), strict=True)
            box = min(left), min(top), max(right), max(bottom)
            hint = "let the text wrap, or narrow the table"
            yield Finding(f"text is in the margin: {lines}", page.number, text, hint, box)
