"""Rules about links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from masthead.findings import Severity
from masthead.preflight.evidence import Evidence
from masthead.preflight.identity import SITES
from masthead.preflight.places import body
from masthead.preflight.printed import SYMBOL, symbols
from masthead.preflight.rules import Fault, Rule
from masthead.terms import WESTERN


def well_formed(evidence: Evidence) -> Iterator[Fault]:
    """Every link leads somewhere: to a whole https or http address, or to a place in the file."""
    for link in evidence.links:
        parts = urlsplit(link.address)
        if not link.inside and (parts.scheme not in ("http", "https", "mailto") or not (parts.netloc or parts.path)):
            yield Fault(f"the link leads nowhere: {link.address or 'no address'}", page=link.page, box=link.box)


def targets(evidence: Evidence) -> Iterator[Fault]:
    """A symbol's link leads to that symbol; a resolution number's link to the resolution of that number."""
    for link in evidence.links:
        parts = urlsplit(link.address)
        if parts.hostname not in SITES:
            continue
        target = unquote(parts.path).strip("/")
        text = link.text.translate(WESTERN).replace(" ", "").strip(".,;:()[]،؛")
        if SYMBOL.fullmatch(text):
            if not f"/{target}".endswith(f"/{text.rstrip('*')}"):
                yield Fault(f"the link of {text} leads to {target}", page=link.page, where=link.text, box=link.box)
        elif number := re.fullmatch(r"(\d+)/(\d+)", text):
            ends = {f"/{number[1]}/{number[2]}", f"/{number[2]}/{number[1]}"}
            if not any(target.endswith(end) for end in ends):
                yield Fault(f"the link of {text} leads to {target}", page=link.page, where=link.text, box=link.box)


def unlinked(evidence: Evidence) -> Iterator[Fault]:
    """Every symbol in the text is a link to its document."""
    linked = {symbol for link in evidence.links for symbol in symbols(unquote(urlsplit(link.address).path).strip("/"))}
    linked |= {symbol.partition("(")[0].rstrip() for symbol in linked}  # a line may end before the year
    for page in evidence.pages:
        for line in body(page):
            for symbol in symbols(line.text):
                if linked.isdisjoint((symbol, symbol.partition(" (")[0])) and symbol != evidence.facts.symbol:
                    yield Fault(f"the symbol {symbol} is no link", page=page.number, box=line.box)


RULES = (
    Rule("links.well-formed", Severity.ERROR, well_formed),
    Rule("links.targets", Severity.ERROR, targets),
    Rule("links.symbols", Severity.WARNING, unlinked),
)
