"""Notes of what in a file's metadata, attributes and structure a Document cannot hold."""

from __future__ import annotations

from datetime import date

from masthead.document import RowKind
from masthead.formats.akoma_ntoso import vocabulary
from masthead.formats.akoma_ntoso.iris import organ_of
from masthead.formats.akoma_ntoso.source import AknSource, Element

_FRBR = ("FRBRWork", "FRBRExpression", "FRBRManifestation", "FRBRthis", "FRBRuri", "FRBRalias", "FRBRdate",
         "FRBRauthor", "FRBRcountry", "FRBRsubtype", "FRBRnumber", "FRBRlanguage", "FRBRtranslation",
         "FRBRformat")  # fmt: skip
_ATTRIBUTES = {"eId", "name", "refersTo", "href", "src", "alt", "marker", "placement", "colspan", "rowspan", "date",
               "contains", "showAs", "shortForm", "source", "value", "language", "fromLanguage", "by", "originalText",
               "number", "level", vocabulary.XML_SPACE}  # fmt: skip
_PARTS = ("meta", "coverPage", "preface", "preamble", "collectionBody", *vocabulary.BODIES, "conclusions",
          "attachments", "components")  # fmt: skip
# Elements that hold only elements, and whose own text is not read.
_STRUCTURE = {"akomaNtoso", "component", "attachment", vocabulary.PUBLICATION[0], *vocabulary.DOCUMENTS,
              *(part for part in _PARTS if part not in vocabulary.BODIES), "table", "tr"}  # fmt: skip
# Elements whose class says how they are laid out, which is not part of a document.
_LAID_OUT = ("p", "paragraph", "span", "img", "docAuthority", "docStatus", "docDate", "docNumber", "docTitle")
_LOOKS = frozenset((*RowKind, "top", "inset", "whole"))  # of tables and their rows
_CLASSES = ("footnote", vocabulary.TABLE_NOTES, "bold", "italic", "paragraph")


def survey(source: AknSource) -> None:
    """Note the metadata and attributes that are not read, and text where the standard has none."""
    is_publication = next(source.root.iter(vocabulary.PUBLICATION[0]), None) is not None
    for meta in source.root.iter("meta"):
        for block in meta:
            if is_publication and block.tag in vocabulary.READ_METADATA:
                _survey_metadata(block, source)
    named: set[str] = set()
    for element in source.root.iter("{}*"):
        _survey_content(element, source)
        if (name := str(element.get("eId", ""))) in named:
            hint = "give each element another: references lead to the first"
            source.note_oddity(f"the eId {name} is used again", element, hint)
        if name:
            named.add(name)
        if (day := str(element.get("date", ""))) and not _is_day(day):
            source.note_oddity(f"{day} is no date", element, "write it like this: 2041-08-29")
        if next(element.iterancestors("meta"), None) is not None:
            continue
        for name, value in element.attrib.items():
            if not _is_read(name, value, element):
                source.note_loss(f"@{name.rpartition('}')[2]}", element)


def _is_day(text: str) -> bool:
    """Return whether a text begins with a day of the calendar, in the form of ISO 8601."""
    try:
        return bool(date.fromisoformat(text[:10]))
    except ValueError:
        return False


def _survey_content(element: Element, source: AknSource) -> None:
    """Note unknown parts of documents, and text where the standard has none."""
    name = element.tag
    if name in (vocabulary.PUBLICATION[0], *vocabulary.DOCUMENTS):
        for child in element:
            if child.tag not in _PARTS or (name, child.tag) == (vocabulary.PUBLICATION[0], "preamble"):
                source.note_loss(f"<{child.tag}> in <{name}>", child)
    if name in _STRUCTURE:
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                source.note_loss(f"“{' '.join(text.split())[:60]}” between the elements of <{name}>", element)


def _survey_metadata(block: Element, source: AknSource) -> None:
    name = block.tag
    for child in block.iterdescendants() if name == "identification" else block:
        if name == "references":
            entry = str(child.get("href", "")).rpartition("/")[2]
            known = entry in vocabulary.CONCEPTS or organ_of(entry) or str(child.get("href", "")).endswith("/un/un")
            known = known or child.tag in ("TLCReference", "hasAttachment", "attachmentOf")
        else:
            known = child.tag in _FRBR if name == "identification" else child.tag.startswith(f"{{{vocabulary.OWN}}}")
        if not known:
            source.note_loss(f"the metadata <{child.tag.rpartition('}')[2]}>", child)


def _is_read(name: str, value: str, element: Element) -> bool:
    if name == "value" and element.tag == "li":
        return False
    if name in _ATTRIBUTES or name.endswith("}schemaLocation") or name.startswith(f"{{{vocabulary.OWN}}}"):
        return True
    if name.endswith("}lang"):
        return str(element.get("name")) == "distribution"
    if name == "width":
        return element.tag == "img" and value.isdecimal()
    if name == "class" and element.tag in ("table", "tr"):
        return all(look in _LOOKS or look.removeprefix(vocabulary.INDENT).isdecimal() for look in value.split())
    if name == "class":
        return value in _CLASSES or element.tag in _LAID_OUT
    if name == "title":
        return str(element.get("name")) == "adoptionMeeting"
    return name == "style" and value.startswith("text-align:")
