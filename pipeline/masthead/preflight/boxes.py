"""Rules about paper and its boxes (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.findings import Severity
from masthead.preflight.evidence import Evidence
from masthead.preflight.facts import PAPERS, paper
from masthead.preflight.rules import Fault, Rule


def paper_size(evidence: Evidence) -> Iterator[Fault]:
    """All pages are of one size, US Letter (New York) or A4 (Geneva)."""
    sizes = {paper(page.width, page.height) for page in evidence.pages}
    for page in evidence.pages:
        size = paper(page.width, page.height)
        if size not in PAPERS:
            yield Fault(f"the paper is {size}, neither US Letter nor A4", page=page.number)
        elif len(sizes) > 1 and size != paper(evidence.pages[0].width, evidence.pages[0].height):
            yield Fault(f"the paper is {size}, that of page one is not", page=page.number)


def trim(evidence: Evidence) -> Iterator[Fault]:
    """Nothing is set outside the trim box: it would be cut off."""
    for page, raw in zip(evidence.pages, evidence.reader.pages, strict=True):
        media, box = raw.mediabox, raw.trimbox
        left, right = float(box.left - media.left), float(box.right - media.left)
        top, bottom = float(media.top - box.top), float(media.top - box.bottom)
        for line in page.lines:
            across = line.left < left - 0.5 or line.right > right + 0.5
            if across or line.box[1] < top - 0.5 or line.box[3] > bottom + 0.5:
                yield Fault(f"text stands outside the trim box: {line.text[:40]}", page=page.number, box=line.box)


RULES = (
    Rule("boxes.paper", Severity.ERROR, paper_size),
    Rule("boxes.trim", Severity.ERROR, trim),
)
