"""Rules about links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from masthead.document import WESTERN, Finding, Rules, Severity, organizations, symbols
from masthead.pdf import Evidence, LinkAnnotation, MarkedContent, PlacedNote, printed
from masthead.pdf import places as pdf_places
from masthead.preflight.excerpts import plain
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN)
UN_DOMAINS = (".un.org", ".undocs.org", ".ohchr.org", ".unog.ch", ".unescap.org")
# A resolution's number, with the letters of its parts: the link of `80/84` in `80/84 A–B` leads to `A/RES/80/84a-b`.
_NUMBER = re.compile(r"(\d+)/(\d+)(?:([A-Z])(?:[-–]([A-Z]))?)?", re.IGNORECASE)
_JOINT = re.compile(r"[-–](?=[A-Z]{1,8}/)")
_RELINK = "publish again from the source"
_LEADER = re.compile(r"[\s.․…·]{3,}\d*$")
_MARK = re.compile(r"^(?:\(?\w{1,8}[.)]|\w{1,12}(?: \w{1,12}){0,2} [-–])\s")  # of a heading: `II. `, `حادي عشر - `
_HINT = "place the link on its own text"


@RULES.rule("links.well-formed", Severity.ERROR)
def well_formed(evidence: Evidence) -> Iterator[Finding]:
    """Every link has a target: a complete https, http or mailto address, or a place in the file."""
    for link in evidence.links:
        parts = urlsplit(link.address)
        if not link.inside and (parts.scheme not in ("http", "https", "mailto") or not (parts.netloc or parts.path)):
            message = f"the link has an invalid address: {link.address}" if link.address else "the link has no address"
            yield Finding(message, link.page, box=link.box)


@RULES.rule("links.targets", Severity.ERROR)
def targets(evidence: Evidence) -> Iterator[Finding]:
    """The link of a symbol leads to the document of that symbol, on a site of the United Nations. The link of a
    resolution number leads to the resolution of that number."""
    for link in evidence.links:
        parts = urlsplit(link.address)
        text = symbols.as_read(link.text).translate(WESTERN).replace(" ", "").strip(".,;:()[]،؛")
        sites = _sites(text)
        if parts.hostname not in sites:
            is_name = printed.symbol().fullmatch(text) or _NUMBER.fullmatch(text)
            if is_name and parts.hostname and not _is_allowed(parts.hostname, text):
                message = f"the link on {text} leads to another site, {parts.hostname}"
                yield Finding(message, link.page, link.text, f"link symbols to {sites[0]}", link.box)
            continue
        target = unquote(parts.path).strip("/")
        named = (text, *_JOINT.split(text))  # either symbol of a document of two organs leads to it
        if (printed.symbol().fullmatch(text) or _NUMBER.fullmatch(text)) and not any(
            _leads(each, target) for each in named
        ):
            yield Finding(f"the link on {text} leads to {target}", link.page, link.text, box=link.box)


def _sites(text: str) -> tuple[str, ...]:
    """Return the sites that have the document which a text names: those of the organization if it is its own symbol."""
    is_number = _NUMBER.fullmatch(text) is not None
    organization, bundled = organizations.current(), organizations.bundled()
    if is_number:
        return (*organization.sites, *(site for site in bundled.sites if site not in organization.sites))
    return (organization if symbols.is_own(text) else bundled).sites


def _is_allowed(host: str, text: str) -> bool:
    """Return whether another site is one of the United Nations too, in the link on one of its symbols."""
    return _sites(text)[-1] in organizations.bundled().sites and f".{host}".endswith(UN_DOMAINS)


def _leads(text: str, target: str) -> bool:
    """Whether an address ends in the symbol or the resolution number of a text, which may lack the letters of parts."""
    named, found = (re.search(rf"{_NUMBER.pattern}$", each, re.IGNORECASE) for each in (text, target))
    if not named or not found:
        return f"/{target}".casefold().endswith(f"/{text.rstrip('*')}".casefold())
    before, series = text[: named.start()], target[: found.start()]
    # Text read from an Arabic page may have the two numbers in either order.
    is_number = found.group(1, 2) in (named.group(1, 2), named.group(2, 1) if not before else ())
    return is_number and f"/{series}".endswith(f"/{before}" if before else "/") and _parts(named) <= _parts(found)


def _parts(number: re.Match[str]) -> set[int]:
    """The parts of a resolution that its number names: 1 and 2 in `80/84 A-B`."""
    first, last = (ord((number[at] or "@").upper()) - ord("@") for at in (3, 4))
    return set(range(first, max(first, last) + 1)) - {0}


@RULES.rule("links.encrypted", Severity.ERROR, Need.OUR_TAGS)
def encrypted(evidence: Evidence) -> Iterator[Finding]:
    """Links to documents of the United Nations are encrypted (https), so that nobody can answer in its place."""
    for link in evidence.links:
        parts = urlsplit(link.address)
        if (
            parts.hostname in {*organizations.current().sites, *organizations.bundled().sites}
            and parts.scheme != "https"
        ):
            yield Finding(f"the link to {link.address} is not encrypted", link.page, link.text, _RELINK, link.box)


@RULES.rule("links.destinations", Severity.ERROR, Need.OUR_TAGS, Need.STRUCTURE)
def destinations(evidence: Evidence) -> Iterator[Finding]:
    """A link inside the file leads to a page of it: that of a note to its note, that of a heading, an annex, a table or
    a figure to the page where it begins."""
    starts: dict[str, set[int | None]] = defaultdict(set)
    begun: dict[int | None, list[str]] = defaultdict(list)
    notes = dict(_note_pages(evidence.facts.notes))
    right: set[int | None]
    for link in evidence.links:
        if not link.inside:
            continue
        if link.target is None:
            yield Finding("the link does not lead to a page of the file", link.page, link.text[:40], _RELINK, link.box)
            continue
        if link.name in notes:
            right, is_begun, alone = {notes[link.name]}, False, False
        else:
            for element in () if starts else evidence.tree:
                begun[element.page].append(plain(element.text))
                for text in {plain(element.text), plain(_MARK.sub("", element.text))}:  # a mark has a link of its own
                    if text and not text.isdigit():
                        starts[text].add(element.page)
            text = plain(_LEADER.sub("", link.text))
            right = starts.get(text, set())
            is_begun = any(each.startswith(text or "?") for each in begun[link.target])
            # What is named on the page of the link alone is the link itself; a caption goes on after its number.
            alone = right == {link.page}
        if right and link.target not in right and not (is_begun or alone):
            page = min(filter(None, right), default="?")
            message = f"the link leads to page {link.target}, but what it names is on page {page}"
            yield Finding(message, link.page, link.text[:40], _RELINK, link.box)


def _note_pages(notes: Iterable[PlacedNote]) -> Iterator[tuple[str, int]]:
    """Yield the names of notes and their pages. Names are numbered through the file, marks begin again in annexes."""
    before = last = 0
    since = 1
    for note in notes:
        if note.mark.isdigit():
            if note.since != since:
                before, since = last, note.since
            last = before + int(note.mark)
            yield f"note-{last}", note.page


@RULES.rule("links.places", Severity.ERROR, Need.OUR_TAGS)
def places(evidence: Evidence) -> Iterator[Finding]:
    """A link is high enough to click. A link to an address is on text, which is tagged as a link if the file has a
    structure tree (ISO 14289-1, 7.18.5): no other text takes readers to an address."""
    for link in evidence.links:
        if link.box[2] - link.box[0] < 1:
            continue
        if link.box[3] - link.box[1] < 1:
            message = f"the link has no height and cannot be clicked: {link.address[:60] or 'a place in the file'}"
            yield Finding(message, link.page, link.text[:40], _HINT, link.box)
            continue
        if link.inside:
            continue
        if not link.contents:
            yield Finding(f"the link is not on any text: {link.address[:60]}", link.page, hint=_HINT, box=link.box)
        elif evidence.held and 2 * sum(_is_tagged(evidence, link)) <= len(link.contents):
            message = f"the link is on text that is not tagged as a link: {link.address[:60]}"
            yield Finding(message, link.page, link.text[:40], _HINT, link.box)


def _is_tagged(evidence: Evidence, link: LinkAnnotation) -> Iterator[bool]:
    """For each piece of text under a link, whether it is tagged as a link."""
    return (evidence.held.get(MarkedContent(link.page, number), False) for number in link.contents)


@RULES.rule("links.symbols", Severity.WARNING, Need.SYMBOL_LINKS)
def unlinked(evidence: Evidence) -> Iterator[Finding]:
    """Every document symbol in the text is a link to its document."""
    addresses = {unquote(urlsplit(link.address).path).strip("/") for link in evidence.links}
    linked = {symbol for address in addresses for symbol in printed.symbols(address)} | addresses
    linked |= {symbol for link in evidence.links for symbol in printed.symbols(link.text)}  # wherever they lead
    linked |= {symbol.partition("(")[0].rstrip() for symbol in linked}  # a line may end before the year
    for page in evidence.pages:
        for line in pdf_places.body(page):
            for symbol in printed.symbols(line.text):
                # Addresses have no spaces, and either symbol of a document of two organs leads to it.
                names = (symbol, symbol.partition(" (")[0], symbol.replace(" ", ""), *_JOINT.split(symbol))
                if linked.isdisjoint(names) and symbol != evidence.facts.symbol:
                    yield Finding(f"the symbol {symbol} is not a link", page.number, box=line.box)
