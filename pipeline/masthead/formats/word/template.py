"""The parts of a Word file into its bytes (ECMA-376, part 2): names, kinds, relations, and the zip around them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say: the same document gives the same bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What a file is made of. Pictures (with their media types) and links are named by relations of the document."""

    document: Any
    styles: Any
    settings: Any
    footnotes: Any
    margins: Mapping[str, Any]
    properties: Mapping[str, str]
    pictures: Mapping[str, tuple[bytes, str]]
    links: Mapping[str, str]


def relation_of(name: str) -> str:
    """The identifier of the document's relation to a part: `header-first`."""
    return f"rId-{name}"


def pack(parts: Parts) -> bytes:
    """Return the file."""
    files: dict[str, bytes] = {}
    kinds: dict[str, str] = {}
    relations: list[tuple[str, str, str]] = []

    def add(name: str, kind: str, root: Any) -> None:
        files[f"word/{name}.xml"] = _bytes(root)
        kinds[f"/word/{name}.xml"] = f"{_KIND}.{kind}+xml"
        if kind != "document.main":
            relations.append((relation_of(name), f"{OFFICE}/relationships/{kind}", f"{name}.xml"))

    add("document", "document.main", parts.document)
    add("styles", "styles", parts.styles)
    add("settings", "settings", parts.settings)
    add("footnotes", "footnotes", parts.footnotes)
    for name, root in parts.margins.items():
        add(name, name.partition("-")[0], root)
    for key, (data, media_type) in parts.pictures.items():
        name = f"media/{key}.{_SUFFIXES[media_type]}"
        files[f"word/{name}"] = data
        kinds[f"/word/{name}"] = media_type
        relations.append((key, f"{OFFICE}/relationships/image", name))
    files["docProps/custom.xml"] = _bytes(_custom(parts.properties))
    kinds["/docProps/custom.xml"] = _PROPERTIES
    outer = [
        ("rId1", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
        ("rId2", f"{OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    ]
    return _zip(
        {
            "[Content_Types].xml": _bytes(_types(kinds)),
            "_rels/.rels": _bytes(_related(outer, {})),
            "word/_rels/document.xml.rels": _bytes(_related(relations, parts.links)),
            **files,
        }
    )


def _types(kinds: Mapping[str, str]) -> Any:
    space = f"{PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    for suffix, kind in (("rels", _RELATIONS), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{space}}}Default", Extension=suffix, ContentType=kind)
    for name, kind in kinds.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return root


def _related(parts: Sequence[tuple[str, str, str]], links: Mapping[str, str]) -> Any:
    space = f"{PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for key, kind, target in parts:
        etree.SubElement(root, f"{{{space}}}Relationship", Id=key, Type=kind, Target=target)
    for key, address in links.items():
        kind = f"{OFFICE}/relationships/hyperlink"
        etree.SubElement(root, f"{{{space}}}Relationship", Id=key, Type=kind, Target=address, TargetMode="External")
    return root


def _custom(properties: Mapping[str, str]) -> Any:
    space, types = f"{OFFICE}/custom-properties", f"{OFFICE}/docPropsVTypes"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space, "vt": types})
    for number, (name, said) in enumerate(properties.items(), 2):  # the first is kept for Word
        found = etree.SubElement(
            root, f"{{{space}}}property", fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", pid=str(number), name=name
        )
        etree.SubElement(found, f"{{{types}}}lpwstr").text = said
    return root


def _bytes(root: Any) -> bytes:
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
