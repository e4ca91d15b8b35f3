"""The metadata of a publication and of the documents in it: what identifies them, and to what they refer."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.document import Document, locales
from masthead.formats.akoma_ntoso.builder import Builder, Element
from masthead.formats.akoma_ntoso.iris import Work
from masthead.formats.akoma_ntoso.span_writer import OntologyEntry
from masthead.formats.akoma_ntoso.vocabulary import ACTORS, LANGUAGES, ORIGINALS, PUBLICATION


class MetadataWriter:
    """Writes into the `meta` elements of one document."""

    def __init__(self, document: Document, builder: Builder) -> None:
        self.document, self.builder, self.locale = document, builder, locales.load(document.language)
        self.actor = ACTORS[document.organ]

    def identify(self, meta: Element, work: Work, scope: str = "") -> None:
        """Write work, expression and manifestation (FRBR). `scope` begins the identifiers of entries."""
        document, language, add = self.document, LANGUAGES[self.document.language], self.builder.add
        iri = work.iri(self.actor)
        expression = f"{iri}/{language}@{work.day}"
        levels = {
            "Work": (f"{iri}/!{work.component}", iri),
            "Expression": (f"{expression}/!{work.component}", expression),
            "Manifestation": (f"{expression}/!{work.component}.xml", f"{expression}/.xml"),
        }
        identification = add(meta, "identification", source=f"#{scope}un")
        for level, (this, uri) in levels.items():
            element = add(identification, f"FRBR{level}")
            add(element, "FRBRthis", value=this)
            add(element, "FRBRuri", value=uri)
            if (work.type, level) == (PUBLICATION[0], "Work"):  # the target of references that know no date of it
                add(element, "FRBRalias", value=document.symbol.address, name="address")
            add(element, "FRBRdate", date=work.day, name=level.lower())
            add(element, "FRBRauthor", href=f"#{scope}{self.actor}")
            match level:
                case "Work":
                    add(element, "FRBRcountry", value="un")
                    add(element, "FRBRsubtype", value=work.subtype)
                    add(element, "FRBRnumber", value=work.number, showAs=work.shown)
                case "Expression":
                    add(element, "FRBRlanguage", language=language)
                    if document.masthead.translation:
                        original = ORIGINALS.get(document.masthead.original.lower(), "und")
                        href = f"{iri}/{original}@"
                        add(element, "FRBRtranslation", href=href, fromLanguage=original, by=f"#{scope}un")
                case _:
                    add(element, "FRBRformat", value="xml")

    def publish(self, meta: Element, work: Work) -> None:
        """Write when and under which symbol the document was published (Part 1, 5.2)."""
        attributes = {"date": work.day, "name": "official document", "showAs": self._organization()}
        self.builder.add(meta, "publication", "", **attributes, number=work.shown)

    def attach(self, meta: Element, work: Work) -> None:
        """Write to which document an annex belongs."""
        references = self.builder.add(meta, "references", source="#un")
        href = f"{work.iri(self.actor)}/!{work.component}"
        self.builder.add(references, "attachmentOf", href=href, showAs=str(self.document.symbol))

    def refer(self, meta: Element, entries: Mapping[str, OntologyEntry], scope: str = "") -> None:
        """Write the entries to which identifiers in the text refer, after those of organization and organ."""
        authors = {"un": self._organization(), self.actor: self.locale.organ(self.document.organ)}
        kind, path = "TLCOrganization", "/akn/ontology/organization/un"
        organs = {f"{scope}{key}": OntologyEntry(kind, f"{path}/{key}", name) for key, name in authors.items()}
        references = self.builder.add(meta, "references", source=f"#{scope}un")
        for eid, entry in (organs | dict(entries)).items():
            name = {"name": "document"} if entry.element == "TLCReference" else {}
            self.builder.add(references, entry.element, eId=eid, href=entry.href, showAs=entry.shown, **name)

    def _organization(self) -> str:
        return str(self.locale.word("masthead", "organization"))
