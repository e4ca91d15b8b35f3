"""IRIs of the United Nations' documents (Part 1, 6.1), made of symbols and numbers and read as these again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from masthead.document import Organ, ResolutionNumber, Symbol
from masthead.formats.akoma_ntoso.vocabulary import PUBLICATION

UNKNOWN_DAY = "1900-01-01"  # where a date is required and unknown (Part 1, 5.1, FRBRversionNumber)
_RESOLUTION = re.compile(r"(?P<series>A/HRC|[A-Z]+)/(?:RES|DEC)/(?P<number>.+)")
_YEAR = re.compile(r"(?<=/)(?:19|20)\d\d(?=/|$)|(?<=\()(?:19|20)\d\d(?=\))")
_WORK = re.compile(r"/akn/un/\w+/\w+/(?P<actor>[\w-]+)/\d{4}(?:-\d\d-\d\d)?/(?P<number>[^/~#!]+)")


@dataclass(frozen=True, slots=True)
class Work:
    """What identifies a work: type and subtype, day (ISO 8601), number in IRIs and as shown, component."""

    type: str
    subtype: str
    day: str
    number: str
    shown: str
    component: str = "main"

    def iri(self, actor: str) -> str:
        """Return the IRI of the whole work."""
        return f"/akn/un/{self.type}/{self.subtype}/{actor}/{self.day}/{self.number}"


def iri_number(text: str) -> str:
    """Return a number or symbol in the form that it has in an IRI: `A-RES-66-1`, `2254_(2015)`."""
    return text.rstrip("*").translate(str.maketrans("/ ", "-_"))


def reference_iri(symbol: Symbol, when: date | None) -> str:
    """Return the target of a reference to the document with this symbol, adopted or issued on `when` if that is known.

    It is the IRI of the document, which contains its date: `when`, or the first of January of the year in the symbol
    (Part 1, 6.1). Without either it is the document's address (Part 1, 6.5), since an invented date would name another
    document.
    """
    text = str(symbol)
    year = _YEAR.search(text)
    day = when.isoformat() if when else f"{year[0]}-01-01" if year else ""
    if not day:
        return symbol.address
    if found := _RESOLUTION.fullmatch(text.rstrip("*")):
        actor = next((organ.actor for organ in Organ if organ.series == found["series"]), "un")
        work = Work("statement", "deliberation", day, iri_number(found["number"]), text)
        return work.iri(actor)
    organ = issuing_organ(symbol)
    return Work(*PUBLICATION, day, iri_number(text), text).iri(organ.actor if organ else "un")


def symbol_of(href: str) -> Symbol | None:
    """Return the symbol of the document at an IRI or an address, None if it is not one of the United Nations."""
    if symbol := Symbol.at(href):
        return symbol
    try:
        if not (found := _WORK.match(href)):
            return None
        text = found["number"].replace("_", " ")
        if text[0].isalpha():
            return Symbol.parse(text.replace("-", "/"))
        organ = organ_of(found["actor"])
        if organ is Organ.SECURITY_COUNCIL and (number := re.fullmatch(r"(\d+)-(\d{4})", text)):
            return Symbol.parse(f"S/RES/{number[1]} ({number[2]})")
        return Symbol.parse(f"{organ.series}/RES/{text.replace('-', '/')}") if organ else None
    except ValueError:
        return None


def organ_of(actor: str) -> Organ | None:
    """Return the organ of an actor or an organization in the ontology: `un-ga`, `unga`, `ga`, `generalAssembly`."""
    name = actor.lower().removeprefix("un").removeprefix("-")
    return next((each for each in Organ if name in (each.actor.removeprefix("un-"), each.replace("-", ""))), None)


def issuing_organ(symbol: Symbol) -> Organ | None:
    """Return the organ to whose series a symbol belongs."""
    return symbol.organ


def resolution_number(text: str) -> ResolutionNumber | None:
    """Return the number of a resolution from the text of a `docNumber`: `71/4.`, `٤/٧١`, `2254 (2015)`."""
    if found := re.fullmatch(r"\D*(\d{1,5}) ?\((\d{1,4})\)\D*", text):
        return ResolutionNumber(int(found[2]), int(found[1]))
    found = re.fullmatch(r"\D*(\d{1,4})[/-](\d{1,4})\D*", text)
    return ResolutionNumber(int(found[1]), int(found[2])) if found else None
