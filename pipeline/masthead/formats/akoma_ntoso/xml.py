"""The bytes of an XML file into a tree, and what of it a Document cannot hold.

XML can do harm before anybody reads it: entities that grow without end or open other files. So a document type
declaration, which alone can bring entities, is refused, and the parser has no network, no DTD and its own limits on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from masthead.document import Severity, SourceError
from masthead.document.references import Doubt
from masthead.formats.record import Record
from masthead.formats.source import FORBIDDEN, decode

Element = Any

_TOO_DEEP = "more than 100 elements stand in one another"
_TOO_MUCH = "no document needs so many"
_EXCESSES = {
    "/*" * 101: _TOO_DEEP,  # ours need thirty
    "(//*)[300001]": "there are more than 300,000 elements",  # a document of 250 pages has 30,000
    "//*[@*[65]]": "an element has more than 64 attributes",  # lxml's time for them grows with their square
}
_NAMESPACE = re.compile(r"http://docs\.oasis-open\.org/legaldocml/ns/akn/3\.0(?:/.*)?")
_DOCTYPE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE", re.DOTALL)
_ASIDE = re.compile(r"<!--|<\?(?!xml\s)")
_ENCODING = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")


def parse(data: bytes, name: str) -> Source:
    """Return the file `name` as a tree. Raises SourceError, with file and line, where it is no such XML."""
    text = decode(data, name)
    if found := _DOCTYPE.match(text):
        raise SourceError(
            "a document type declaration is not read",
            where=f"{name}:{text.count(chr(10), 0, found.end()) + 1}",
            hint="take <!DOCTYPE …> out; Akoma Ntoso has a schema instead, and entities can be written as characters",
        )
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in ("utf-8", "us-ascii"):
        raise SourceError(f"the file says that it is {declared[1]}", where=f"{name}:1", hint="save it as UTF-8")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _refusal(error, name) from None
    if not _NAMESPACE.fullmatch(etree.QName(root).namespace or ""):
        raise SourceError(
            "this XML is no Akoma Ntoso 3.0",
            where=f"{name}:{root.sourceline}",
            hint='its root is <akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">',
        )
    for excess, message in _EXCESSES.items():
        if found := root.xpath(excess):
            raise SourceError(message, where=f"{name}:{found[0].sourceline}", hint=_TOO_MUCH)
    if "&#" in text:
        _refuse_controls(root, name)
    source = Source(root, Record(name))
    for line, words in enumerate(text.split("\n"), 1):
        for _ in _ASIDE.finditer(words):
            source.leave_out("what is said aside, in <!-- … --> or <? … ?>", line)
    _take_out_deletions(source)
    return source


def _refusal(error: etree.XMLSyntaxError, name: str) -> SourceError:
    """What is wrong with a file that the parser gives up."""
    line, column = error.position
    where = f"{name}:{line or 1}:{column or 1}"
    if error.msg.startswith("Excessive depth"):
        return SourceError(_TOO_DEEP, where=where, hint=_TOO_MUCH)
    message = error.msg.removesuffix(f", line {line}, column {column}")
    return SourceError(f"this is not XML: {message}", where=where, hint="repair the file")


def _take_out_deletions(source: Source) -> None:
    """Take out of the tree what the file says is no part of the text any more."""
    deletion = source.tag("del")
    for element in source.root.iterdescendants():
        if element.tag == deletion or element.get("status") == "removed":
            element.tag = deletion
            if next(element.iterancestors(deletion), None) is None:
                words = " ".join(" ".join(element.itertext()).split())
                source.leave_out(f"what is deleted, “{words[:60]}”", element)
    etree.strip_elements(source.root, deletion, with_tail=False)


def _refuse_controls(root: Element, name: str) -> None:
    """Raise SourceError for characters that were written as references and that no document holds."""
    for element in root.iter():
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and (found := FORBIDDEN.search(text)):
                raise SourceError(
                    f"control character U+{ord(found[0]):04X}",
                    where=f"{name}:{element.sourceline}",
                    hint="remove the character",
                )


class Source:
    """One file while it is read: names of elements, places, and what is left out or read as its text alone."""

    def __init__(self, root: Element, record: Record) -> None:
        self.root, self.record = root, record
        self.namespace = str(etree.QName(root).namespace)
        self._prefix = f"{{{self.namespace}}}"
        self._untold: dict[tuple[str, str, str], list[int]] = {}

    def name(self, element: Element) -> str:
        """The name of an element of the standard; with its namespace, that of any other."""
        return str(element.tag).removeprefix(self._prefix)

    def tag(self, name: str) -> str:
        return self._prefix + name

    def find(self, element: Element, *path: str) -> Element | None:
        """The first element on the path of names, None where there is none."""
        for name in path:
            if element is not None:
                element = element.find(self._prefix + name)
        return element

    def children(self, element: Element | None, *names: str) -> Iterator[Element]:
        """The children of those names, all where none is given."""
        for child in element if element is not None else ():
            if not names or self.name(child) in names:
                yield child

    def number(self, element: Element, attribute: str, default: int, most: int) -> int:
        """The number, from 1 to `most`, that an attribute gives; `default` where it gives none of these."""
        text = str(element.get(attribute, default))
        if text.isdecimal() and 1 <= int(text[:9]) <= most:
            return int(text)
        self.leave_out(f"@{attribute.rpartition('}')[2]} of the value {text[:20]}", element)
        return default

    def where(self, element: Element) -> str:
        return self.record.where(element.sourceline)

    def leave_out(self, what: str, at: Element | int) -> None:
        """Note that `what`, in an element or a line, is not in the document; alike things are told once."""
        self._note("akn-left-out", f"left out: {what}", "a document has no place for it; keep the file besides", at)

    def flatten(self, what: str, at: Element) -> None:
        """Note that of `what` the text is in the document, and no more."""
        self._note("akn-flattened", f"read as text alone: {what}", "its text is all there", at)

    def tell(self) -> None:
        """Put what was noted on record, with the line of the first of its like."""
        for (rule, message, hint), lines in self._untold.items():
            times = f", {len(lines)} times" if len(lines) > 1 else ""
            self.record.report(min(lines), Doubt(rule, message + times, hint, Severity.WARNING))

    def _note(self, rule: str, message: str, hint: str, at: Element | int) -> None:
        line = at if isinstance(at, int) else at.sourceline
        self._untold.setdefault((rule, message, hint), []).append(line)
