"""The metadata of a publication and of the documents in it: what identifies them, and to what they refer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from lxml import etree

from masthead.document import Document, JobNumber, Metadatum, locales
from masthead.formats.akoma_ntoso.builder import Builder, Element
from masthead.formats.akoma_ntoso.iris import Work
from masthead.formats.akoma_ntoso.span_writer import OntologyEntry
from masthead.formats.akoma_ntoso.vocabulary import (
    AKN,
    META_ORDER,
    ORIGINALS,
    PREFIXES,
    PUBLICATION,
)
from masthead.formats.source import check_characters


class MetadataWriter:
    """Writes into the `meta` elements of one document."""

    def __init__(self, document: Document, builder: Builder) -> None:
        self.document, self.builder, self.locale = document, builder, locales.load(document.language)
        self.actor = document.organ.actor

    def identify(self, meta: Element, work: Work, scope: str = "", source: str = "") -> None:
        """Write work, expression and manifestation (FRBR). `scope` begins the identifiers of entries."""
        document, language, add = self.document, self.document.language.alpha3, self.builder.add
        iri = work.iri(self.actor)
        expression = f"{iri}/{language}@{work.day}"
        levels = {
            "Work": (f"{iri}/!{work.component}", iri),
            "Expression": (f"{expression}/!{work.component}", expression),
            "Manifestation": (f"{expression}/!{work.component}.xml", f"{expression}/.xml"),
        }
        identification = add(meta, "identification", source=source or f"#{scope}un")
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

    def refer(self, meta: Element, entries: Mapping[str, OntologyEntry], scope: str = "", source: str = "") -> None:
        """Write the entries to which identifiers in the text refer, after those of organization and organ."""
        authors = {"un": self._organization(), self.actor: self.locale.organ(self.document.organ)}
        kind, path = "TLCOrganization", "/akn/ontology/organization/un"
        organs = {f"{scope}{key}": OntologyEntry(kind, f"{path}/{key}", name) for key, name in authors.items()}
        references = self.builder.add(meta, "references", source=source or f"#{scope}un")
        for eid, entry in (organs | dict(entries)).items():
            name = {"name": "document"} if entry.element == "TLCReference" else {}
            self.builder.add(references, entry.element, eId=eid, href=entry.href, showAs=entry.shown, **name)

    def carry(self, meta: Element, metadata: Iterable[Metadatum]) -> None:
        """Write the metadata of the document into `meta`, in the order of the standard."""
        own = list(meta)
        for element in metadata:
            self._carry(meta, element)
        for element in own:  # after what precedes it in the standard; what is carried keeps its order
            meta.remove(element)
            places = [META_ORDER.index(local_name(each)) for each in meta if local_name(each) in META_ORDER]
            place = META_ORDER.index(local_name(element))
            meta.insert(max((at for at, each in enumerate(places, 1) if each <= place), default=0), element)

    def _carry(self, parent: Element, element: Metadatum) -> None:
        text = self._job_line(element.text) if element.name == "docketNumber" else element.text
        written = etree.SubElement(parent, _expanded(element.name))
        for name, value in element.attributes:
            written.set(_expanded(name, ""), check_characters(value, self.document))
        if text:
            written.text = check_characters(text, self.document)
        for inner in element.entries:
            self._carry(written, inner)

    def _job_line(self, text: str) -> str:
        """Return the job number as the file had it, or as it is now if it is another."""
        job = self.document.job
        line = " ".join((str(job), *job.dates))
        with suppress(ValueError):
            return text if JobNumber.parse(text) == job else line
        return line if job.is_known else text

    def _organization(self) -> str:
        return str(self.locale.word("masthead", "organization"))


def local_name(element: Element) -> str:
    return str(etree.QName(element).localname)


def _expanded(name: str, default: str = AKN) -> str:
    """Return a name of the metadata as a name of the tree: `akn4un:voters` has another namespace."""
    prefix, colon, local = name.rpartition(":")
    namespaces = {short: namespace for namespace, short in PREFIXES.items()}
    if name.startswith("{") or (colon and prefix in namespaces):
        return name if name.startswith("{") else f"{{{namespaces[prefix]}}}{local}"
    local = re.sub(r"[^\w.\-]|^(?=[^A-Za-z_])", "_", name)
    return f"{{{default}}}{local}" if default else local
