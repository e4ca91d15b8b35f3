"""What of a file's metadata and attributes a Document cannot hold."""

from __future__ import annotations

from masthead.formats.akoma_ntoso.calls import TABLE_NOTES
from masthead.formats.akoma_ntoso.vocabulary import (
    BODIES,
    CONCEPTS,
    DOCUMENTS,
    HEADINGS,
    OWN,
    PUBLICATION,
    SPACE,
    organ_of,
)
from masthead.formats.akoma_ntoso.xml import Element, Source

_META = ("identification", "publication", "references", "presentation", "proprietary")
_FRBR = ("FRBRWork", "FRBRExpression", "FRBRManifestation", "FRBRthis", "FRBRuri", "FRBRalias", "FRBRdate",
         "FRBRauthor", "FRBRcountry", "FRBRsubtype", "FRBRnumber", "FRBRlanguage", "FRBRtranslation",
         "FRBRformat")  # fmt: skip
_ATTRIBUTES = {"eId", "name", "refersTo", "href", "src", "alt", "marker", "placement", "colspan", "rowspan", "date",
               "contains", "showAs", "shortForm", "source", "value", "language", "fromLanguage", "by", "originalText",
               "number", "level", SPACE}  # fmt: skip
_PARTS = ("meta", "coverPage", "preface", "preamble", "collectionBody", *BODIES, "conclusions", "attachments",
          "components")  # fmt: skip
_STRUCTURE = {"akomaNtoso", "component", "attachment", PUBLICATION[0], *DOCUMENTS, *_PARTS, *HEADINGS, "part",
              "article", "clause", "paragraph", "alinea", "list", "point", "indent", "hcontainer", "table", "tr",
              "blockList", "item", "sublist", "ul", "ol", "subclause", "subparagraph", "rule", "subrule", "proviso",
              "transitional", "recitals", "recital", "citations", "citation"}  # fmt: skip
_HOLDERS = ("content", "intro", "wrapUp", "container", "td", "th")
_CLASSES = ("footnote", TABLE_NOTES, "bold", "italic")


def survey(source: Source) -> None:
    """Note what of metadata and attributes is not carried."""
    for meta in source.root.iter(source.tag("meta")):
        for block in meta:
            _survey_block(block, source)
    for element in source.root.iter(f"{{{source.namespace}}}*"):
        _survey_text(element, source)
        for name, value in element.attrib.items():
            if not _carried(name, value, element):
                source.leave_out(f"@{name.rpartition('}')[2]}", element)


def _survey_text(element: Element, source: Source) -> None:
    """Note parts of documents that are not known, and text where the standard has none."""
    name = source.name(element)
    if name in (PUBLICATION[0], *DOCUMENTS):
        for child in element:
            if source.name(child) not in _PARTS or (name, source.name(child)) == (PUBLICATION[0], "preamble"):
                source.leave_out(f"<{source.name(child)}> in <{name}>", child)
    if name in _STRUCTURE or (name in _HOLDERS and not (element.text or "").strip()):
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                source.leave_out(f"“{' '.join(text.split())[:60]}” between the elements of <{name}>", element)


def _survey_block(block: Element, source: Source) -> None:
    name = source.name(block)
    if name not in _META:
        source.leave_out(f"the metadata <{name}>", block)
    for child in block.iterdescendants() if name == "identification" else block if name in _META else ():
        kind, href = source.name(child), str(child.get("href", ""))
        if name == "references":
            ours = href.rpartition("/")[2] in CONCEPTS or organ_of(href.rpartition("/")[2]) or href.endswith("/un/un")
            known = bool(ours) or kind in ("TLCReference", "hasAttachment", "attachmentOf")
        else:
            known = kind in _FRBR if name == "identification" else str(child.tag).startswith(f"{{{OWN}}}")
        if not known:
            source.leave_out(f"the metadata <{kind.rpartition('}')[2]}>", child)


def _carried(name: str, value: str, element: Element) -> bool:
    if name == "value" and str(element.tag).endswith("}li"):
        return False
    if name in _ATTRIBUTES or name.startswith(f"{{{OWN}}}"):
        return True
    if name.endswith("}lang"):
        return str(element.get("name")) == "distribution"
    return value in _CLASSES if name == "class" else name == "style" and value.startswith("text-align:")
