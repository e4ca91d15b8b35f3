"""What Akoma Ntoso calls the things that a Document holds, for its reader and its writer.

The standard is OASIS Akoma Ntoso 3.0; how the United Nations uses it, the AKN4UN guidelines say (HLCM Working Group on
Document Standards). "Part 1, 6.1" and the like in these modules are sections of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from masthead.document import DocumentType, Language, Organ, ResolutionNumber, Role, Symbol

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:masthead:document"
"""The namespace of what no element of the standard says; the schema allows other namespaces' attributes anywhere."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

CLASSES: Mapping[DocumentType, tuple[str, str, str]] = {
    DocumentType.RESOLUTION: ("statement", "deliberation", "resolution"),
    DocumentType.DECISION: ("statement", "deliberation", "decision"),
    DocumentType.DRAFT: ("statement", "deliberation", "resolutionDraft"),
    DocumentType.REPORT: ("doc", "paper", "report"),
    DocumentType.NOTE: ("doc", "communication", "note"),
    DocumentType.LETTER: ("doc", "communication", "officialLetter"),
    DocumentType.AGENDA: ("debateReport", "agenda", "agendaListing"),
    DocumentType.ADDENDUM: ("doc", "paper", "addendum"),
    DocumentType.CORRIGENDUM: ("doc", "paper", "corrigendum"),
    DocumentType.REVISION: ("doc", "paper", "revision"),
}
"""Document type of the standard, subtype, name (Part 1, 3.3: the first two are prescribed, names suggested)."""

PUBLICATION = ("documentCollection", "publication")
DOCUMENTS = ("statement", "doc", "debateReport", "act", "bill")
"""What is read: in the publication, alone, or as an annex."""
BODIES = ("mainBody", "body")

LANGUAGES: Mapping[Language, str] = {
    Language.ARABIC: "ara",
    Language.CHINESE: "zho",
    Language.ENGLISH: "eng",
    Language.FRENCH: "fra",
    Language.RUSSIAN: "rus",
    Language.SPANISH: "spa",
}
"""ISO 639-2 alpha-3 (Part 1, 5.1)."""

ORIGINALS = {
    name: code
    for code, names in {
        "ara": "Arabic arabe árabe",
        "zho": "Chinese chinois chino",
        "eng": "English anglais inglés",
        "fra": "French français francés",
        "rus": "Russian russe ruso",
        "spa": "Spanish espagnol español",
    }.items()
    for name in names.lower().split()
}
"""Original languages as Distr. blocks name them: those are in English, French or Spanish."""

ACTORS: Mapping[Organ, str] = {
    Organ.GENERAL_ASSEMBLY: "un-ga",
    Organ.ECONOMIC_AND_SOCIAL_COUNCIL: "un-ecosoc",
    Organ.SECURITY_COUNCIL: "un-sc",
    Organ.HUMAN_RIGHTS_COUNCIL: "un-hrc",
}

HEADINGS = ("section", "title", "chapter", "division", "subdivision", "level")
"""What a heading of each level opens (Part 1, 4.4: roman numerals, capitals, Arabic numbers, then any partition)."""

CONCEPTS: Mapping[str, tuple[str, str]] = {
    "symbol": ("TLCConcept", "symbol"),
    "publicationNumber": ("TLCConcept", "job number"),
    "issued": ("TLCEvent", "issue of the document"),
    "adoptionDate": ("TLCEvent", "adoption"),
    "meeting": ("TLCEvent", "meeting"),
    "preamble": ("TLCConcept", "preamble"),
    **{str(role): ("TLCConcept", f"{role} paragraph") for role in Role if role is not Role.PREAMBULAR},
    "voting": ("TLCConcept", "recorded vote"),
    "ayes": ("TLCConcept", "in favour"),
    "noes": ("TLCConcept", "against"),
    "abstentions": ("TLCConcept", "abstaining"),
}
"""What `@refersTo` names: its class in the ontology, and how it is shown."""

SIDES = ("ayes", "noes", "abstentions")
ROLES: Mapping[str, Role] = {"preamble": Role.PREAMBULAR, **{str(role): role for role in Role}}

UNKNOWN_DAY = "1900-01-01"  # where a date is required and there is none (Part 1, 5.1, FRBRversionNumber)
_SUBSTITUTES = str.maketrans("/ ", "-_")  # in the number of an IRI (Part 1, 6.1)
_RESOLUTION = re.compile(r"(?P<series>A/HRC|[A-Z]+)/(?:RES|DEC)/(?P<number>.+)")
_YEAR = re.compile(r"(?<=/)(?:19|20)\d\d(?=/|$)|(?<=\()(?:19|20)\d\d(?=\))")
_WORK = re.compile(r"/akn/un/\w+/\w+/(?P<actor>[\w-]+)/\d{4}(?:-\d\d-\d\d)?/(?P<number>[^/~#!]+)")


def number(text: str) -> str:
    """Return a number or symbol as it stands in an IRI: `A-RES-66-1`, `2254_(2015)`."""
    return text.rstrip("*").translate(_SUBSTITUTES)


def implied(*, numbered: bool, element: str, deliberative: bool) -> Role:
    """Return what a paragraph is when its element does not refer to a role."""
    if element == "alinea":
        return Role.PLAIN
    if deliberative:
        return Role.OPERATIVE
    return Role.NUMBERED if numbered else Role.PLAIN


def cited(symbol: Symbol, when: date | None) -> str:
    """Return what a reference to the document of that symbol links to.

    That is its IRI, of which its date is a part: `when`, or the year in the symbol ("set the day and month as 1st of
    January", Part 1, 6.1). Without either it is the document's address (Part 1, 6.5), since a made-up date would name
    another document.
    """
    text = str(symbol)
    year = _YEAR.search(text)
    day = when.isoformat() if when else f"{year[0]}-01-01" if year else ""
    if not day:
        return symbol.address
    if found := _RESOLUTION.fullmatch(text.rstrip("*")):
        actor = next((ACTORS[organ] for organ in Organ if organ.series == found["series"]), "un")
        return f"/akn/un/statement/deliberation/{actor}/{day}/{number(found['number'])}"
    organ = next((organ for organ in reversed(Organ) if f"{text}/".startswith(f"{organ.series}/")), None)
    return f"/akn/un/{'/'.join(PUBLICATION)}/{ACTORS[organ] if organ else 'un'}/{day}/{number(text)}"


def symbol_of(href: str) -> Symbol | None:
    """Return the symbol of the document that `href` links to, an IRI or an address; None where it can be none."""
    if symbol := Symbol.at(href):
        return symbol
    try:
        if not (found := _WORK.match(href)):
            return None
        text = found["number"].replace("_", " ")
        if text[0].isalpha():
            return Symbol.parse(text.replace("-", "/"))
        organ = organ_of(found["actor"])
        return Symbol.parse(f"{organ.series}/RES/{text.replace('-', '/')}") if organ else None
    except ValueError:
        return None


def organ_of(actor: str) -> Organ | None:
    """Return the organ of an actor or of an organization in the ontology: `un-ga`, `unga`, `ga`, `generalAssembly`."""
    name = actor.lower().removeprefix("un").removeprefix("-")
    return next((each for each in Organ if name in (ACTORS[each][3:], each.replace("-", ""))), None)


def resolution_number(text: str) -> ResolutionNumber | None:
    """Return the number of a resolution as a `docNumber` has it: `71/4.`, `٤/٧١`, `2254 (2015)`."""
    if found := re.fullmatch(r"\D*(\d{1,5}) ?\((\d{1,4})\)\D*", text):
        return ResolutionNumber(int(found[2]), int(found[1]))
    found = re.fullmatch(r"\D*(\d{1,4})[/-](\d{1,4})\D*", text)
    return ResolutionNumber(int(found[1]), int(found[2])) if found else None
