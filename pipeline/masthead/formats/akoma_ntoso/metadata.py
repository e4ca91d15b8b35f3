"""The metadata of a publication and of the documents in it: what identifies them, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.document import Document, locales
from masthead.formats.akoma_ntoso.elements import Builder, Element
from masthead.formats.akoma_ntoso.span_writer import Entry
from masthead.formats.akoma_ntoso.vocabulary import ACTORS, LANGUAGES, ORIGINALS, PUBLICATION


@dataclass(frozen=True, slots=True)
class Work:
    """What identifies a work: type and subtype, its day (ISO 8601), its number in IRIs and as shown, its component."""

    type: str
    subtype: str
    day: str
    number: str
    shown: str
    component: str = "main"

    def iri(self, actor: str) -> str:
        """The IRI of the whole work (Part 1, 6.1)."""
        return f"/akn/un/{self.type}/{self.subtype}/{actor}/{self.day}/{self.number}"


def identify(builder: Builder, meta: Element, work: Work, document: Document, scope: str = "") -> None:
    """Write work, expression and manifestation; `scope` begins the identifiers of the entries that they refer to"""
    actor, language = ACTORS[document.organ], LANGUAGES[document.language]
    iri = work.iri(actor)
    expression = f"{iri}/{language}@{work.day}"
    levels = {
        "Work": (f"{iri}/!{work.component}", iri),
        "Expression": (f"{expression}/!{work.component}", expression),
        "Manifestation": (f"{expression}/!{work.component}.xml", f"{expression}/.xml"),
    }
    identification = builder.add(meta, "identification", source=f"#{scope}un")
    for level, (this, uri) in levels.items():
        element = builder.add(identification, f"FRBR{level}")
        builder.add(element, "FRBRthis", value=this)
        builder.add(element, "FRBRuri", value=uri)
        if (work.type, level) == (PUBLICATION[0], "Work"):  # which references link to where they know no date of it
            builder.add(element, "FRBRalias", "", value=document.symbol.address, name="address")
        builder.add(element, "FRBRdate", date=work.day, name=level.lower())
        builder.add(element, "FRBRauthor", href=f"#{scope}{actor}")
        if level == "Work":
            builder.add(element, "FRBRcountry", value="un")
            builder.add(element, "FRBRsubtype", value=work.subtype)
            builder.add(element, "FRBRnumber", value=work.number, showAs=work.shown)
        elif level == "Expression":
            builder.add(element, "FRBRlanguage", language=language)
            if document.masthead.translation:
                original = ORIGINALS.get(document.masthead.original.lower(), "und")
                builder.add(
                    element, "FRBRtranslation", href=f"{iri}/{original}@", fromLanguage=original, by=f"#{scope}un"
                )
        else:
            builder.add(element, "FRBRformat", value="xml")


def publish(builder: Builder, meta: Element, work: Work, document: Document) -> None:
    """Write when and under which symbol it was published (Part 1, 5.2)."""
    organization = str(locales.load(document.language).word("masthead", "organization"))
    name = "official document"
    builder.add(meta, "publication", "", date=work.day, name=name, showAs=organization, number=work.shown)


def attach(builder: Builder, meta: Element, work: Work, document: Document) -> None:
    """Write to which document an annex belongs."""
    references = builder.add(meta, "references", "", source="#un")
    href = f"{work.iri(ACTORS[document.organ])}/!{work.component}"
    builder.add(references, "attachmentOf", "", href=href, showAs=str(document.symbol))


def refer(builder: Builder, meta: Element, document: Document, entries: Mapping[str, Entry], scope: str = "") -> None:
    """Write the entries that identifiers in the text refer to, the author of all first."""
    actor, locale = ACTORS[document.organ], locales.load(document.language)
    organizations = {
        "un": Entry(
            "TLCOrganization", "/akn/ontology/organization/un/un", str(locale.word("masthead", "organization"))
        ),
        actor: Entry("TLCOrganization", f"/akn/ontology/organization/un/{actor}", locale.organ(document.organ)),
    }
    entries = {**{f"{scope}{name}": entry for name, entry in organizations.items()}, **entries}
    references = builder.add(meta, "references", source=f"#{scope}un")
    for eid, entry in entries.items():
        name = {"name": "document"} if entry.element == "TLCReference" else {}
        builder.add(references, entry.element, eId=eid, href=entry.href, showAs=entry.show, **name)
