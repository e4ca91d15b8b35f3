"""What of a file's metadata and attributes a Document cannot hold."""

from __future__ import annotations

from masthead.reading.akn.vocabulary import CONCEPTS, OWN, organ_of
from masthead.reading.akn.xml import Element, Source

_META = ("identification", "publication", "references", "presentation", "proprietary", "analysis")
_FRBR = ("FRBRthis", "FRBRuri", "FRBRalias", "FRBRdate", "FRBRauthor", "FRBRcountry", "FRBRsubtype", "FRBRnumber",
         "FRBRlanguage", "FRBRtranslation", "FRBRformat")  # fmt: skip
_ANALYSIS = ("parliamentary", "voting", "count")
_ATTRIBUTES = {"eId", "name", "refersTo", "href", "src", "alt", "marker", "placement", "colspan", "rowspan", "date",
               "contains", "showAs", "shortForm", "source", "value", "language", "fromLanguage", "by", "originalText",
               "number", "level"}  # fmt: skip
_CLASSES = ("footnote", "tableNotes")


def survey(source: Source) -> None:
    """Note what of metadata and attributes is not carried."""
    for meta in source.root.iter(source.tag("meta")):
        for block in meta:
            name = source.name(block)
            if name not in _META:
                source.leave_out(f"the metadata <{name}>", block)
            elif name == "references":
                _survey_references(block, source)
            elif name in ("presentation", "proprietary"):
                if any(not str(child.tag).startswith(f"{{{OWN}}}") for child in block):
                    source.leave_out(f"metadata in <{name}>", block)
            else:
                known = _ANALYSIS if name == "analysis" else (*_FRBR, "FRBRWork", "FRBRExpression", "FRBRManifestation")
                for child in block.iterdescendants():
                    if source.name(child) not in known:
                        source.leave_out(f"the metadata <{source.name(child)}>", child)
    for element in source.root.iter(f"{{{source.namespace}}}*"):
        for name, value in element.attrib.items():
            if name in _ATTRIBUTES or name.startswith("{"):
                continue
            if (name == "class" and value in _CLASSES) or (name == "style" and value.startswith("text-align:")):
                continue
            source.leave_out(f"@{name}", element)


def _survey_references(block: Element, source: Source) -> None:
    for reference in block:
        name, href = source.name(reference), str(reference.get("href", ""))
        ours = href.rpartition("/")[2] in CONCEPTS or organ_of(href.rpartition("/")[2]) or href.endswith("/un/un")
        if name not in ("TLCReference", "hasAttachment", "attachmentOf") and not ours:
            source.leave_out(f"the metadata <{name}>", reference)
