"""Rules about links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from masthead.findings import Severity
from masthead.preflight.evidence import Evidence
from masthead.preflight.facts import SYMBOL, body, symbols
from masthead.preflight.identity import SITES
from masthead.preflight.pages import Box, Page, reading_order
from masthead.preflight.rules import Fault, Rule
from masthead.terms import WESTERN


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: the address it leads to (empty where it leads elsewhere in the file), its place, its text."""

    page: int
    address: str
    inside: bool
    box: Box
    text: str


def links(evidence: Evidence) -> Iterator[Link]:
    """All links of the file."""
    for page, raw in zip(evidence.pages, evidence.reader.pages, strict=True):
        for reference in _list(raw.get("/Annots")):
            annotation = reference.get_object()
            if isinstance(annotation, Mapping) and annotation.get("/Subtype") == "/Link":
                yield _link(page, annotation)


def _list(value: Any) -> list[Any]:
    value = value.get_object() if value is not None else []
    return value if isinstance(value, list) else []


def _link(page: Page, annotation: Mapping[str, Any]) -> Link:
    action = annotation.get("/A")
    action = action.get_object() if action is not None else {}
    inside = "/Dest" in annotation or action.get("/S") == "/GoTo"
    across = sorted(float(value) for value in (annotation["/Rect"][0], annotation["/Rect"][2]))
    down = sorted(page.height - float(value) for value in (annotation["/Rect"][1], annotation["/Rect"][3]))
    box = (across[0], down[0], across[1], down[1])
    return Link(page.number, str(action.get("/URI", "")), inside, box, _text_in(page, box))


def _text_in(page: Page, box: Box) -> str:
    """The text whose glyphs have their middle in a box."""
    parts = []
    for line in page.lines:
        if not box[1] - 1 < line.baseline < box[3] + 3:
            continue
        cells = [
            cell
            for span in line.spans
            for cell in span.cells
            if box[0] - 0.5 < (cell.left + cell.right) / 2 < box[2] + 0.5
        ]
        parts.append(reading_order(cells, backwards=page.right_to_left) if cells else "")
    return " ".join(filter(None, parts))


def well_formed(evidence: Evidence) -> Iterator[Fault]:
    """Every link leads somewhere: to a whole https or http address, or to a place in the file."""
    for link in links(evidence):
        parts = urlsplit(link.address)
        if not link.inside and (parts.scheme not in ("http", "https", "mailto") or not (parts.netloc or parts.path)):
            yield Fault(f"the link leads nowhere: {link.address or 'no address'}", page=link.page, box=link.box)


def targets(evidence: Evidence) -> Iterator[Fault]:
    """A symbol's link leads to that symbol; a resolution number's link to the resolution of that number."""
    for link in links(evidence):
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
    linked = {symbol for link in links(evidence) for symbol in symbols(unquote(urlsplit(link.address).path).strip("/"))}
    for page in evidence.pages:
        for line in body(page):
            for symbol in symbols(line.text):
                if symbol not in linked and symbol != evidence.facts.symbol:
                    yield Fault(f"the symbol {symbol} is no link", page=page.number, box=line.box)


RULES = (
    Rule("links.well-formed", Severity.ERROR, well_formed),
    Rule("links.targets", Severity.ERROR, targets),
    Rule("links.symbols", Severity.WARNING, unlinked),
)
