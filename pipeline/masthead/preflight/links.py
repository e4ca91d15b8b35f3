"""Rules about links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from masthead.document import WESTERN, Severity
from masthead.pdf import Evidence, LinkAnnotation, MarkedContent, printed
from masthead.pdf import places as pdf_places
from masthead.preflight.identity import SITES
from masthead.preflight.rules import Fault, Rule

HOUSES = (".un.org", ".undocs.org", ".ohchr.org", ".unog.ch", ".unescap.org")  # of the United Nations
_MOVED = "lay the link on its own text"


def well_formed(evidence: Evidence) -> Iterator[Fault]:
    """Every link leads somewhere: to a whole https or http address, or to a place in the file."""
    for link in evidence.links:
        parts = urlsplit(link.address)
        if not link.inside and (parts.scheme not in ("http", "https", "mailto") or not (parts.netloc or parts.path)):
            yield Fault(f"the link leads nowhere: {link.address or 'no address'}", page=link.page, box=link.box)


def targets(evidence: Evidence) -> Iterator[Fault]:
    """A symbol's link leads to that symbol, on a site of the United Nations; a resolution number's link to the
    resolution of that number."""
    for link in evidence.links:
        parts = urlsplit(link.address)
        text = link.text.translate(WESTERN).replace(" ", "").strip(".,;:()[]،؛")
        if parts.hostname not in SITES:
            if printed.SYMBOL.fullmatch(text) and parts.hostname and not f".{parts.hostname}".endswith(HOUSES):
                what = f"the link of {text} leads to another site, {parts.hostname}"
                yield Fault(what, page=link.page, where=link.text, hint="link symbols to undocs.org", box=link.box)
            continue
        target = unquote(parts.path).strip("/")
        if printed.SYMBOL.fullmatch(text):
            if not f"/{target}".endswith(f"/{text.rstrip('*')}"):
                yield Fault(f"the link of {text} leads to {target}", page=link.page, where=link.text, box=link.box)
        elif number := re.fullmatch(r"(\d+)/(\d+)", text):
            ends = {f"/{number[1]}/{number[2]}", f"/{number[2]}/{number[1]}"}
            if not any(target.endswith(end) for end in ends):
                yield Fault(f"the link of {text} leads to {target}", page=link.page, where=link.text, box=link.box)


def places(evidence: Evidence) -> Iterator[Fault]:
    """A link is high enough to be hit. If it leads to an address it lies on text, and where the file has a structure,
    on text that is tagged as a link (ISO 14289-1, 7.18.5): nobody is led elsewhere by a text that says nothing of it.
    """
    for link in evidence.links:
        if link.box[2] - link.box[0] < 1:
            continue
        if link.box[3] - link.box[1] < 1:
            what = f"the link has no height, and cannot be hit: {link.address[:60] or 'to a place in the file'}"
            yield Fault(what, page=link.page, where=link.text[:40], hint=_MOVED, box=link.box)
            continue
        if link.inside:
            continue
        if not link.contents:
            yield Fault(f"the link lies on no text: {link.address[:60]}", page=link.page, hint=_MOVED, box=link.box)
        elif evidence.held and 2 * sum(_is_tagged(evidence, link)) < len(link.contents):
            what = f"the link lies on text that is no link: {link.address[:60]}"
            yield Fault(what, page=link.page, where=link.text[:40], hint=_MOVED, box=link.box)


def _is_tagged(evidence: Evidence, link: LinkAnnotation) -> Iterator[bool]:
    """Of each piece of text under a link whether it is tagged as one."""
    return (evidence.held.get(MarkedContent(link.page, number), False) for number in link.contents)


def unlinked(evidence: Evidence) -> Iterator[Fault]:
    """Every symbol in the text is a link to its document."""
    linked = {
        symbol for link in evidence.links for symbol in printed.symbols(unquote(urlsplit(link.address).path).strip("/"))
    }
    linked |= {symbol.partition("(")[0].rstrip() for symbol in linked}  # a line may end before the year
    for page in evidence.pages:
        for line in pdf_places.body(page):
            for symbol in printed.symbols(line.text):
                if linked.isdisjoint((symbol, symbol.partition(" (")[0])) and symbol != evidence.facts.symbol:
                    yield Fault(f"the symbol {symbol} is no link", page=page.number, box=line.box)


RULES = (
    Rule("links.well-formed", Severity.ERROR, well_formed),
    Rule("links.targets", Severity.ERROR, targets),
    Rule("links.places", Severity.ERROR, places),
    Rule("links.symbols", Severity.WARNING, unlinked),
)
