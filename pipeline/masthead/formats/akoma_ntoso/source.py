"""The bytes of an XML file into a tree, and a record of what in it a Document cannot hold.

XML can do harm while it is parsed: entities may grow without end or open other files. So document type declarations,
which alone can declare entities, are refused, and the parser has no network, no DTD and its own limits on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from lxml import etree

from masthead.document import Severity, SourceError
from masthead.document.references import Doubt
from masthead.formats.akoma_ntoso.vocabulary import PAGE, PUBLICATION
from masthead.formats.record import Record
from masthead.formats.source import FORBIDDEN, decode

Element = Any

_TOO_DEEP = "elements are nested more than 100 deep"
_LIMIT_HINT = "no document needs so many"
_LIMITS = {
    "/*" * 101: _TOO_DEEP,  # Masthead writes at most thirty
    "(//*)[300001]": "there are more than 300,000 elements",  # a document of 250 pages has 30,000
    "//*[@*[65]]": "an element has more than 64 attributes",  # lxml's time for them grows with their square
}
_NAMESPACE = re.compile(r"http://docs\.oasis-open\.org/legaldocml/ns/akn/3\.0(?:/.*)?")
_DOCTYPE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE", re.DOTALL)
_COMMENT = re.compile(r"<!--|<\?(?!xml\s)")
_WHOLE_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ENCODING = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")


def parse(data: bytes, name: str) -> AknSource:
    """Return the file `name` as a tree. Raises SourceError, with file and line, if it is not Akoma Ntoso 3.0."""
    text = decode(data, name)
    if found := _DOCTYPE.match(text):
        message = "document type declarations are not allowed"
        hint = "remove <!DOCTYPE …>; Akoma Ntoso has a schema instead, and entities can be written as characters"
        raise SourceError(message, where=f"{name}:{text.count(chr(10), 0, found.end()) + 1}", hint=hint)
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in ("utf-8", "us-ascii"):
        raise SourceError(f"the file declares the encoding {declared[1]}", where=f"{name}:1", hint="save it as UTF-8")
    root = _parse_xml(text, name)
    namespace = etree.QName(root).namespace or ""
    if not _NAMESPACE.fullmatch(namespace):
        hint = 'its root is <akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        raise SourceError("this XML is not Akoma Ntoso 3.0", where=f"{name}:{root.sourceline}", hint=hint)
    for excess, message in _LIMITS.items():
        if found := root.xpath(excess):
            raise SourceError(message, where=f"{name}:{found[0].sourceline}", hint=_LIMIT_HINT)
    for element in root.iter(f"{{{namespace}}}*"):
        element.tag = element.tag.rpartition("}")[2]
    source = AknSource(root, Record(name))
    if "&#" in text:
        _refuse_controls(source)
    start = text.find("<meta") if source.may_carry else 0
    source.comments = [" ".join(found[1].split()) for found in _WHOLE_COMMENT.finditer(text, 0, max(start, 0))]
    carried = text.count("\n", 0, start) if source.comments else 0
    for line, words in enumerate(text.split("\n") if _COMMENT.search(text) else (), 1):
        for _ in _COMMENT.finditer(words) if line > carried else ():
            source.note_loss("comments and processing instructions", line)
    _remove_deletions(source)
    return source


def _parse_xml(text: str, name: str) -> Element:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        if error.msg.startswith("Excessive depth"):
            where = f"{name}:{error.position[0] or 1}:{error.position[1] or 1}"
            raise SourceError(_TOO_DEEP, where=where, hint=_LIMIT_HINT) from None
        first, *others = _syntax_errors(text, name)
        raise SourceError(first.message, where=first.where, hint=first.hint, others=others) from None


_FAULTS = {
    "ERR_ENTITYREF_SEMICOL_MISSING": ("& stands by itself", "write &amp;"),
    "ERR_NAME_REQUIRED": ("< or & stands by itself", "write &lt; or &amp;"),
    "ERR_UNDECLARED_ENTITY": ("unknown entity", "write the character itself"),
    "ERR_ATTRIBUTE_NOT_STARTED": ("the value of an attribute has no quotation marks", 'write name="value"'),
    "ERR_LT_IN_ATTRIBUTE": ("< in the value of an attribute", "close the value with its quotation mark, or write &lt;"),
    "ERR_ATTRIBUTE_REDEFINED": ("an attribute is given twice", "keep one of them"),
    "ERR_TAG_NOT_FINISHED": ("the file ends before its elements are closed", "it may be incomplete"),
    "ERR_DOCUMENT_END": ("there is more after the end of the root element", "remove it"),
    "ERR_DOCUMENT_EMPTY": ("the file does not begin with an element", "save it as XML"),
}
"""What an error of libxml2 means, and what to do."""
_MISMATCH, _ENTITY = re.compile(r"mismatch: (\S+) line (\d+) and (\S+)"), re.compile(r"^Entity '(\S+)' not defined")
_LOCAL = ("SEMICOL", "NAME_REQ", "UNDECLARED", "ATTRIBUTE")  # errors after which the rest is read as it is meant
_MOST_FAULTS = 50


def _syntax_errors(text: str, name: str) -> list[SourceError]:
    """Return the errors of a text that is not XML: all that stand alone, and the first of those that others follow."""
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    with suppress(etree.XMLSyntaxError):
        etree.fromstring(text.encode(), parser)
    found: dict[tuple[int, int], SourceError] = {}
    is_broken = False
    for each in parser.error_log:
        is_local = any(kind in each.type_name for kind in _LOCAL)
        place = each.line or 1, each.column or 1
        if place in found or (is_broken and not is_local) or len(found) == _MOST_FAULTS:
            continue
        is_broken = is_broken or not is_local
        message, hint = _FAULTS.get(each.type_name, (each.message, "repair the file"))
        if tags := _MISMATCH.search(each.message):
            message, hint = f"</{tags[3]}> while <{tags[1]}> of line {tags[2]} is open", f"write </{tags[1]}> first"
        elif entity := _ENTITY.search(each.message):
            message = f"{message} &{entity[1]};"
        found[place] = SourceError(f"this is not XML: {message}", where="{}:{}:{}".format(name, *place), hint=hint)
    return list(found.values()) or [SourceError("this is not XML", where=f"{name}:1:1", hint="repair the file")]


def _refuse_controls(source: AknSource) -> None:
    """Refuse characters, written as references, that no document may contain."""
    for element in source.root.iter():
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and (found := FORBIDDEN.search(text)):
                message, hint = f"control character U+{ord(found[0]):04X}", "remove the character"
                source.record.refuse(SourceError(message, where=source.where(element), hint=hint))


def _remove_deletions(source: AknSource) -> None:
    """Remove from the tree what the file marks as deleted."""
    for element in source.root.iterdescendants():
        if element.tag == "del" or element.get("status") == "removed":
            element.tag = "del"
            if next(element.iterancestors("del"), None) is None:
                words = " ".join(" ".join(element.itertext()).split())
                source.note_loss(f"deleted text “{words[:60]}”", element)
    etree.strip_elements(source.root, "del", with_tail=False)


class AknSource:
    """One file while it is read. Elements of the standard have their plain names, others keep their namespace."""

    def __init__(self, root: Element, record: Record) -> None:
        self.root, self.record = root, record
        self.comments: list[str] = []  # before the document, as metadata of it
        self.renamed: set[Element] = set()  # lines of the cover page whose words say another than their marks
        self.run_in: list[str] = []  # the headings of subparagraphs, which begin their texts
        self.looks: list[tuple[str, str]] = []  # the names of annexes that have a look of their own
        self.may_carry = next(root.iter(PUBLICATION[0]), None) is None
        self.is_ours = next(root.iter(PAGE), None) is not None  # every file that Masthead writes has these settings
        self._noted: dict[tuple[str, str, str, Severity], list[int]] = {}  # lines by rule, message, hint

    def number(self, element: Element, attribute: str, default: int, maximum: int) -> int:
        """Return the number in an attribute, from 1 to `maximum`, or `default` if it has no such number."""
        text = str(element.get(attribute, default))
        if text.isdecimal() and 1 <= int(text[:9]) <= maximum:
            return int(text)
        self.note_loss(f"@{etree.QName(attribute).localname} of the value {text[:20]}", element)
        return default

    def where(self, element: Element) -> str:
        return self.record.where(element.sourceline)

    def note_loss(self, what: str, at: Element | int) -> None:
        """Note that `what`, in an element or a line, is left out."""
        self._note("akn-left-out", f"left out: {what}", "a document has no place for it; keep this file as well", at)

    def note_flattened(self, what: str, at: Element) -> None:
        """Note that of `what` only the text is read."""
        self._note("akn-flattened", f"read as plain text: {what}", "none of its text is lost", at)

    def note_oddity(self, what: str, at: Element | int, hint: str = "the page is as it should be") -> None:
        """Report an irregularity in the file that does no harm to the document."""
        self._note("akn-odd", what, hint, at, Severity.NOTE)

    def _note(
        self, rule: str, message: str, hint: str, at: Element | int, severity: Severity = Severity.WARNING
    ) -> None:
        line = at if isinstance(at, int) else at.sourceline
        self._noted.setdefault((rule, message, hint, severity), []).append(line)

    def report(self) -> None:
        """Put the notes on record: notes that are alike become one finding, with the first of their lines."""
        for (rule, message, hint, severity), lines in self._noted.items():
            times = f", {len(lines)} times" if len(lines) > 1 else ""
            self.record.report(min(lines), Doubt(rule, message + times, hint, severity))


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children with these names, or all without names. None has no children."""
    return iter(()) if element is None else element.iterchildren(*names)


def find(element: Element | None, path: str) -> Element | None:
    """Return the first element on a path of names, None if there is none."""
    return None if element is None else element.find(path)
