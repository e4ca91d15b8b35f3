"""The parts of a Word file into its bytes (ECMA-376, part 2): their names, types and relations, and the zip file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from masthead.formats.word.xml import NAMESPACES

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest in a zip file; a fixed one keeps the bytes the same
_PROPERTY_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of user-defined properties


@dataclass(frozen=True, slots=True)
class PackageParts:
    """The parts of a file: those in XML by name, the document among them, and its custom properties.

    Pictures (with their media types) are keyed by relations of the document, links by those of the part they are in.
    """

    xml: Mapping[str, Any]
    properties: Mapping[str, str]
    pictures: Mapping[str, tuple[bytes, str]]
    links: Mapping[str, str]


def relation_key(name: str) -> str:
    """Return the key of the document's relation to a part: `header-first`."""
    return f"rId-{name}"


def pack(parts: PackageParts) -> bytes:
    """Return the bytes of the file."""
    files: dict[str, bytes] = {}
    types: dict[str, str] = {}
    relations: list[dict[str, str]] = []
    for name, root in parts.xml.items():
        kind = "document.main" if name == "document" else name.partition("-")[0]  # `header-first` is a header
        files[f"word/{name}.xml"] = _bytes(root)
        types[f"/word/{name}.xml"] = f"{_WORD_TYPE}.{kind}+xml"
        if name != "document":
            relations.append(_relation(relation_key(name), kind, f"{name}.xml"))
    for key, (data, media_type) in parts.pictures.items():
        name = f"media/{key}.{_SUFFIXES[media_type]}"
        files[f"word/{name}"] = data
        types[f"/word/{name}"] = media_type
        relations.append(_relation(key, "image", name))
    heads: dict[str, Any] = {}
    for name, root in parts.xml.items():  # each part has relations of its own
        used = set(root.xpath("//w:hyperlink/@r:id", namespaces=NAMESPACES))
        held = [_link(key, address) for key, address in parts.links.items() if key in used]
        if name == "document":
            relations += held
        elif held:
            heads[f"word/_rels/{name}.xml.rels"] = _relationships(held)
    files["docProps/custom.xml"] = _bytes(_custom_properties(parts.properties))
    types["/docProps/custom.xml"] = _PROPERTIES_TYPE
    package_relations = [
        _relation("rId1", "officeDocument", "word/document.xml"),
        _relation("rId2", "custom-properties", "docProps/custom.xml"),
    ]
    heads |= {
        "[Content_Types].xml": _content_types(types),
        "_rels/.rels": _relationships(package_relations),
        "word/_rels/document.xml.rels": _relationships(relations),
    }
    return _zip({name: _bytes(root) for name, root in heads.items()} | files)


def repack(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a file in which some parts, by their paths, are others."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return _zip({name: archive.read(name) for name in archive.namelist()} | dict(parts))


def _content_types(types: Mapping[str, str]) -> Any:
    space = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    for suffix, kind in (("rels", _RELATIONS_TYPE), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{space}}}Default", Extension=suffix, ContentType=kind)
    for name, kind in types.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return root


def _relation(key: str, kind: str, target: str) -> dict[str, str]:
    return {"Id": key, "Type": f"{_OFFICE}/relationships/{kind}", "Target": target}


def _link(key: str, address: str) -> dict[str, str]:
    return _relation(key, "hyperlink", address) | {"TargetMode": "External"}


def _relationships(relations: Iterable[dict[str, str]]) -> Any:
    space = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for relation in relations:
        etree.SubElement(root, f"{{{space}}}Relationship", relation)
    return root


def _custom_properties(properties: Mapping[str, str]) -> Any:
    space, types = f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space, "vt": types})
    for number, (name, text) in enumerate(properties.items(), 2):  # 0 and 1 are reserved
        attributes = {"fmtid": _PROPERTY_FORMAT, "pid": str(number), "name": name}
        found = etree.SubElement(root, f"{{{space}}}property", attributes)
        etree.SubElement(found, f"{{{types}}}lpwstr").text = text
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
