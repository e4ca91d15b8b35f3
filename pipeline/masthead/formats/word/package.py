"""The bytes of a Word file into the elements that are read: the one module that knows python-docx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from masthead.formats.word import safety

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
# What a library raises on elements and relations that are not there or not of their kind.
_FAULTS = (KeyError, ValueError, AttributeError, IndexError, TypeError, RecursionError, SyntaxError, AssertionError)


@dataclass(frozen=True, slots=True)
class Package:
    """A document's elements: its body, its styles, the numbers of its lists, its notes by kind.

    `headers` and `footers` stand in the order in which they are asked for facts: those of page one first. `addresses`
    are what hyperlinks lead to, `files` name and bytes of pictures, by the identifiers of their relations.
    """

    body: Any
    styles: Any
    numbering: Any
    notes: Mapping[str, Any]
    headers: tuple[Any, ...]
    footers: tuple[Any, ...]
    properties: Mapping[str, str]
    addresses: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]]


def open_package(data: bytes, name: str) -> Package:
    """Return the document that `data` holds. Raises SourceError where it is none, ResourceError where it is too large.

    `name` is the place that errors give.
    """
    safety.check(data, name)
    try:
        return _read(docx.Document(BytesIO(data)))
    except _FAULTS:
        raise safety.damaged(name) from None


def _read(opened: Opened) -> Package:
    related = {key: relation for key, relation in opened.part.rels.items() if not relation.is_external}

    def parts(kind: str, relations: Mapping[str, Any] = related) -> Iterator[Any]:
        return (relation.target_part for relation in relations.values() if relation.reltype == kind)

    if opened.element.body is None:
        raise ValueError("a document without a body")
    sections = opened.sections
    held = next(parts(_PROPERTIES, opened.part.package.rels), None)
    return Package(
        body=opened.element.body,
        styles=next((_root(part) for part in parts(RT.STYLES)), None),
        numbering=next((_root(part) for part in parts(RT.NUMBERING)), None),
        notes={
            kind: _root(part)
            for kind, relation in (("footnote", RT.FOOTNOTES), ("endnote", RT.ENDNOTES))
            for part in parts(relation)
        },
        headers=tuple(
            _root(each.part)
            for section in sections
            for each in (section.first_page_header, section.header)
            if not each.is_linked_to_previous
        ),
        footers=tuple(
            _root(each.part)
            for section in sections
            for each in (section.first_page_footer, section.footer)
            if not each.is_linked_to_previous
        ),
        properties={} if held is None else {str(each.get("name")): "".join(each.itertext()) for each in _root(held)},
        addresses={key: str(each.target_ref) for key, each in opened.part.rels.items() if each.is_external},
        files={
            key: (str(each.target_part.partname), each.target_part.blob)
            for key, each in related.items()
            if each.reltype == RT.IMAGE
        },
    )


def _root(part: Any) -> Any:
    """The element that a part is, of those that python-docx knows or does not know."""
    return etree.fromstring(part.blob, safety.PARSER)
