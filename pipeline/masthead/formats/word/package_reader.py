"""The bytes of a Word file into its parts, by python-docx."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as OpenedDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.exceptions import XmlchemyError
from lxml import etree

from masthead.document.references import Doubt
from masthead.formats.word import safety
from masthead.formats.word.fills import Theme, theme_colours
from masthead.formats.word.revisions import Changes, resolve

_CHARTS = ("/chart", "/diagramData", "/diagramDrawing")
_TYPES, _WORD = "[Content_Types].xml", (".docx", ".docm", ".dotx")
_CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
# What python-docx raises for elements and relations that are missing or of another kind.
_FAULTS = (
    *(KeyError, ValueError, AttributeError, IndexError, TypeError, RecursionError, SyntaxError, AssertionError),
    XmlchemyError,
)


@dataclass(frozen=True, slots=True)
class Package:
    """The root elements of a document's parts; `notes` are keyed by kind.

    `headers` and `footers` are in the order in which they are searched for facts: those of page one first. By the keys
    of relations, `addresses` are the targets of hyperlinks, `files` the names and bytes of pictures, and `charts` the
    root elements of charts and of the drawings of diagrams. Notes have relations of their own: `addresses` and `files`
    have those of each part by the name of its root. `linked` are the addresses of workbooks outside the file, `chunks`
    the names and bytes of documents that Word merges into the text, `theme` the colours of the file by name.
    Tracked changes are accepted; `changes` are the findings about them by paragraph.
    """

    body: Any
    styles: Any
    numbering: Any
    notes: Mapping[str, Any]
    headers: tuple[Any, ...]
    footers: tuple[Any, ...]
    properties: Mapping[str, str]
    addresses: Mapping[str, Mapping[str, str]]
    files: Mapping[str, Mapping[str, tuple[str, bytes]]]
    charts: Mapping[str, Any]
    theme: Theme = field(default_factory=dict)
    linked: tuple[str, ...] = ()
    chunks: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    changes: Mapping[Any, Sequence[Doubt]] = field(default_factory=dict)


def open_package(data: bytes, name: str) -> Package:
    """Return the parts of the document in `data`; `name` is the place in errors.

    Raises SourceError if it is not a Word document that can be read, ResourceError if it is too large.
    """
    linked = safety.check(data, name)
    try:
        package = _read(docx.Document(BytesIO(_without_inner_types(data))))
        roots = (package.body, *package.notes.values(), *package.headers, *package.footers)
        _, changes = resolve(roots, Changes.ACCEPT)
        return replace(package, linked=linked, changes=changes)
    except _FAULTS:
        raise safety.damaged(name) from None


def _without_inner_types(data: bytes) -> bytes:
    """Return a Word file without the content types of Word documents in it: python-docx takes them for its own."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    inner = {f"/{name}" for name, blob in parts.items() if blob.startswith(safety.ZIP)}
    types = etree.fromstring(parts[_TYPES], safety.PARSER)
    entries = [each for each in types if each.get("PartName") in inner or f".{each.get('Extension')}" in _WORD]
    if not inner or not entries:
        return data
    for each in entries:
        each.set("ContentType", "application/octet-stream")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in {**parts, _TYPES: etree.tostring(types)}.items():
            archive.writestr(name, blob)
    return buffer.getvalue()


def _read(opened: OpenedDocument) -> Package:
    relations = opened.part.rels
    internal = {key: relation for key, relation in relations.items() if not relation.is_external}

    def roots(kind: str, relations: Mapping[str, Any] = internal) -> Iterator[Any]:
        return (_root(relation.target_part) for relation in relations.values() if relation.reltype == kind)

    if opened.element.body is None:
        raise ValueError("a document without a body")
    headers = [each for section in opened.sections for each in (section.first_page_header, section.header)]
    footers = [each for section in opened.sections for each in (section.first_page_footer, section.footer)]
    properties = next(roots(_PROPERTIES, opened.part.package.rels), ())
    notes = {"footnote": RT.FOOTNOTES, "endnote": RT.ENDNOTES}
    parts = {"document": relations}
    for kind, reltype in notes.items():
        parts |= {f"{kind}s": each.target_part.rels for each in internal.values() if each.reltype == reltype}
    return Package(
        body=opened.element.body,
        styles=next(roots(RT.STYLES), None),
        numbering=next(roots(RT.NUMBERING), None),
        notes={kind: root for kind, relation in notes.items() for root in roots(relation)},
        headers=tuple(_root(each.part) for each in headers if not each.is_linked_to_previous),
        footers=tuple(_root(each.part) for each in footers if not each.is_linked_to_previous),
        properties={str(each.get("name")): "".join(each.itertext()) for each in properties},
        addresses={name: _addresses(each) for name, each in parts.items()},
        files={name: _parts_of(each, RT.IMAGE) for name, each in parts.items()},
        chunks=_parts_of(relations, _CHUNK),
        charts={key: _root(each.target_part) for key, each in internal.items() if each.reltype.endswith(_CHARTS)},
        theme=theme_colours(next(roots(RT.THEME), None)),
    )


def _addresses(relations: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(each.target_ref) for key, each in relations.items() if each.is_external}


def _parts_of(relations: Mapping[str, Any], kind: str) -> dict[str, tuple[str, bytes]]:
    """Return the names and the bytes of the related parts of a kind by the keys of their relations."""
    inside = {key: each for key, each in relations.items() if not each.is_external and each.reltype == kind}
    return {key: (str(each.target_part.partname), each.target_part.blob) for key, each in inside.items()}


def _root(part: Any) -> Any:
    """Return the root element of a part, whether python-docx knows its kind or not."""
    return etree.fromstring(part.blob, safety.PARSER)
