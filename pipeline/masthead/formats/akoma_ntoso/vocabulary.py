"""The names that Akoma Ntoso has for the contents of a document, for the reader and the writer.

The standard is OASIS Akoma Ntoso 3.0. The AKN4UN guidelines (HLCM Working Group on Document Standards) say how the
United Nations uses it: "Part 1, 6.1" and the like in these modules are sections of the guidelines.
"""

from __future__ import annotations

from collections.abc import Mapping

from masthead.document import Alignment, DocumentType, Role

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:masthead:document"
"""The namespace for what the standard cannot say. Its schema allows attributes of other namespaces anywhere."""
LEVEL = f"{{{OWN}}}level"
"""The level of a heading, if it is not that of its depth."""
COLUMNS = f"{{{OWN}}}columns"
"""The alignments of a table's columns, if no cell shows them."""
WIDTHS = f"{{{OWN}}}widths"
"""The shares of a table's columns in its width."""
GUTTERS = f"{{{OWN}}}gutters"
"""The columns, from 1, after which a table has a double line."""
LEADING = f"{{{OWN}}}lines"
"""The distance of a table's lines, in twentieths of a point."""
BOX_INDENT = f"{{{OWN}}}indent"
"""How far a box is moved by hand, in twentieths of a point."""
FIT = "fit"
"""The name of a marker whose attributes say how a paragraph was fitted to its page by hand."""
TAB = "tab"
"""The name of a marker whose attribute `at` says where a column of a note begins, in twentieths of a point."""
DEPTH = f"{{{OWN}}}depth"
"""The level down to which a table of contents lists headings."""
LISTS_PARAGRAPHS = f"{{{OWN}}}paragraphs"
"""Whether a table of contents says which paragraphs are below each heading."""
NOTE_ORDER = f"{{{OWN}}}notes"
"""An element with the order of notes, if it is not that of their calls."""
OWN_NOTES = f"{{{OWN}}}ownNotes"
"""Whether the numbers of notes begin again in an annex."""
LABEL = f"{{{OWN}}}label"
"""An element with the name of a part, for references, and the attribute of such a reference."""
PAGE = f"{{{OWN}}}page"
"""An element with the settings of pages: digits and pagination."""
PREFIXES = {"http://un.org/akn4un": "akn4un", "http://www.w3.org/XML/1998/namespace": "xml"}
"""The prefixes of other vocabularies in the names of metadata."""
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def classes() -> Mapping[DocumentType, tuple[str, str, str]]:
    """Return document type of the standard, subtype and name of each type of the organization.

    Part 1, 3.3 prescribes the first two and suggests names.
    """
    return {kind: class_of(kind) for kind in DocumentType}


def class_of(kind: DocumentType) -> tuple[str, str, str]:
    """Return document type of the standard, subtype and name of a type."""
    return kind.entry.akn or ("doc", "paper", str(kind))


OWN_SOURCE = "#masthead"
"""The source of metadata that Masthead adds to those of a document alone, so that these do not include it."""
READ_METADATA = ("identification", "publication", "references", "proprietary", "presentation")
"""The metadata of a publication that are read, and made again from the document."""
META_ORDER = ("identification", "publication", "classification", "lifecycle", "workflow", "analysis", "temporalData",
              "references", "notes", "proprietary", "presentation")  # fmt: skip
"""The order of metadata in the standard."""
COMMENT, RUN_IN, ANNEX_LOOK = "comment", "subheading", "docType"
"""The names of the metadata with a comment before the document, the headings of its subparagraphs, and those names of
its annexes that are bold or italic in the file."""
ATTACHMENT = "attachment"
"""The name of the metadatum with the metadata of an annex."""
NO_DATE = "0001-01-01"
"""What files of the United Nations have as the date of something of which it was not found."""

PUBLICATION = ("documentCollection", "publication")
DOCUMENTS = ("statement", "doc", "debateReport", "act", "bill")
"""The elements of documents that are read: in a publication, alone, or as an annex."""
BODIES = ("mainBody", "body")

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
"""Original languages as Distr. blocks name them, in English, French or Spanish."""

INLINES = frozenset((
    "ref", "mref", "rref", "mod", "mmod", "rmod", "remark", "recordedTime", "vote", "outcome", "ins", "del",
    "omissis", "embeddedText", "opinion", "placeholder", "fillIn", "decoration", "docType", "docTitle",
    "docNumber", "docProponent", "docDate", "legislature", "session", "shortTitle", "docAuthority",
    "docPurpose", "docCommittee", "docIntroducer", "docStage", "docStatus", "docJurisdiction", "docketNumber",
    "courtType", "neutralCitation", "party", "judge", "lawyer", "signature", "argument", "date", "time",
    "person", "organization", "concept", "object", "event", "location", "process", "role", "term", "quantity",
    "def", "entity", "noteRef", "eol", "eop", "authorialNote", "b", "i", "a", "u", "sub", "sup", "abbr",
    "span", "img", "br", "affectedDocument", "relatedDocument", "change", "inline", "marker", "quotedText",
))  # fmt: skip
"""The elements that are part of a line of text (the groups `inlineCM` and `markerElements` of the schema)."""

DIVISIONS = ("section", "title", "chapter", "division", "subdivision", "level")
"""The divisions by the level of their heading (Part 1, 4.4: roman numerals, capitals, numbers, then any partition)."""

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
"""What `@refersTo` can name: its class in the ontology, and how it is shown."""

FACTS: Mapping[str, tuple[str, str]] = {
    "symbol": ("docNumber", "symbol"),
    "job": ("docNumber", "publicationNumber"),
    "number": ("docNumber", ""),
    "body": ("docCommittee", ""),
    "sponsors": ("docProponent", ""),
    "title": ("docTitle", ""),
    "type": ("docType", ""),
    "authority": ("docAuthority", ""),
    "session": ("session", ""),
    "distribution": ("inline", "akn4un:distribution"),
    "date": ("inline", "akn4un:issued"),
    "language": ("inline", "akn4un:languageOfExpression"),
    "original": ("inline", "akn4un:originalLanguage"),
    "restriction": ("inline", "akn4un:languageRestriction"),
    "place": ("inline", "akn4un:place"),
    "agenda item": ("inline", "akn4un:agendaItem"),
    "agenda title": ("inline", "akn4un:agendaTitle"),
    "adoption": ("inline", "akn4un:adoption"),
    "basis": ("inline", "akn4un:basis"),
    "subtitle": ("inline", "akn4un:subTitle"),
    "division": ("inline", "akn4un:division"),
    "division title": ("inline", "akn4un:divisionTitle"),
}
"""The element that holds each fact of a cover page or a preface, and the concept that it refers to or its `@name`."""

VOTE_SIDES = ("ayes", "noes", "abstentions")
ROLES: Mapping[str, Role] = {"preamble": Role.PREAMBULAR, **{str(role): role for role in Role}}

TABLE_NOTES, REMARK = "tableNotes", "remark"
"""The classes of the paragraph that holds the notes of a table or figure, and of the lines before it."""
PARAGRAPH_END = "paragraph"
"""The class of a line end that ends a paragraph."""
INDENT = "indent-"
"""The start of the class of an indented row; the number of steps follows."""
_TEXT_ALIGN = "text-align:"


def implied_role(*, numbered: bool, element: str, deliberative: bool) -> Role:
    """Return the role of a paragraph whose element does not refer to one."""
    if element == "alinea":
        return Role.PLAIN
    if deliberative:
        return Role.OPERATIVE
    return Role.NUMBERED if numbered else Role.PLAIN


def cell_style(side: Alignment) -> str:
    """Return the style of a cell with this alignment, in CSS."""
    return f"{_TEXT_ALIGN} {'center' if side is Alignment.CENTRE else side}"


def cell_alignment(style: str) -> Alignment:
    """Return the alignment in the style of a cell."""
    value = style.partition(_TEXT_ALIGN)[2].strip(" ;")
    return {"end": Alignment.END, "right": Alignment.END, "center": Alignment.CENTRE}.get(value, Alignment.START)
