"""Whether opening a Word file can do harm.

A file from outside is a zip of XML: it may unpack to more than memory holds, expand entities, or name parts and
addresses that lie elsewhere. All of this is told before any library opens it. Nothing is ever fetched.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from masthead.document import ResourceError, SourceError

MOST_PARTS = 1000
MOST_XML = 10 * 2**20  # bytes unpacked; XML takes some ten times its size in memory
MOST = 96 * 2**20

_SAVE_ANEW = "open it in Word and save it anew as a Word document (.docx)"
_OLE = b"\xd0\xcf\x11\xe0"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCODING = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.\-]+)["']""")
_ENCODINGS = ("utf-8", "utf-16", "us-ascii")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_STRICT = "purl.oclc.org"
_XML = (".xml", ".rels")
# What may lie outside the file. Templates and links are kept as addresses that nobody follows.
_OUTSIDE = (RT.HYPERLINK, f"{_RELATIONS}/attachedTemplate")


def check(data: bytes, name: str) -> None:
    """Raise SourceError where `data` is no file that may be opened, ResourceError where it is too large.

    `name` is the place that errors give.
    """
    parts = _unpack(data, name)
    _check_names(parts, name)
    _check_relations(parts, name)


def damaged(name: str, how: str = "parts of it are missing or not of their kind") -> SourceError:
    """The error of a file that is none of Word's, or none any more."""
    return SourceError(f"the file is no Word document, or damaged: {how}", where=name, hint=_SAVE_ANEW)


def _unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts by name, every one of them read, its checksum compared, its XML looked through."""
    if data.startswith(_OLE):
        message = "this is a Word file of the old kind, or one with a password"
        raise SourceError(message, where=name, hint="save it as a Word document (.docx) without a password")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive.infolist(), name)
            parts = {info.filename: _content(archive, info) for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error) as error:
        raise damaged(name, str(error)) from None
    for part, blob in parts.items():
        if part.endswith(_XML):
            _check_xml(blob, part, name)
    return parts


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, no more of them than it declares: reading without a number unpacks them all first."""
    with archive.open(info) as part:
        return part.read(info.file_size + 1)


def _check_sizes(members: list[zipfile.ZipInfo], name: str) -> None:
    """Judge by the sizes that the zip declares: no part can unpack to more than its own."""
    if len(members) > MOST_PARTS:
        raise ResourceError(f"the file has {len(members):,} parts", where=name, hint=_SAVE_ANEW)
    xml = sum(member.file_size for member in members if not _is_picture(member.filename))
    if xml > MOST_XML or sum(member.file_size for member in members) > MOST:
        raise ResourceError(
            f"the file unpacks to more than {MOST_XML // 2**20} MiB of text or {MOST // 2**20} MiB in all",
            where=name,
            hint="make its pictures smaller, or divide it into several documents",
        )
    if len({member.filename.lower() for member in members}) < len(members):
        raise SourceError("a part of the file stands in it twice", where=name, hint=_SAVE_ANEW)
    for member in members:
        if member.flag_bits & 1 or member.compress_type not in _METHODS:
            raise SourceError(f"{member.filename} is encrypted or packed unusually", where=name, hint=_SAVE_ANEW)


def _is_picture(part: str) -> bool:
    return part.startswith("word/media/")


def _check_xml(blob: bytes, part: str, name: str) -> None:
    """Refuse document type declarations, hence entities, and encodings in which one could hide (ECMA-376-2, 8)."""
    utf_16 = blob.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = blob.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{part} is not XML in UTF-8", where=name, hint=_SAVE_ANEW) from None
    declared = _ENCODING.match(text)
    if "<!DOCTYPE" in text or (declared and declared[1].lower() not in _ENCODINGS):
        raise SourceError(
            f"{part} declares entities or an encoding of its own", where=name, hint="Word writes none; do not trust it"
        )


def _check_names(parts: Mapping[str, bytes], name: str) -> None:
    """Refuse XML by another name, which `_check_xml` has not seen."""
    for entry in _read(parts, "[Content_Types].xml", name):
        kind, named = str(entry.get("ContentType")), str(entry.get("PartName") or f".{entry.get('Extension')}")
        if kind.endswith("xml") and kind != "image/svg+xml" and not named.endswith(_XML):
            raise SourceError(f"{named} is XML by another name", where=name, hint=_SAVE_ANEW)


def _check_relations(parts: Mapping[str, bytes], name: str) -> None:
    """Refuse relations to what lies outside the file, addresses of links apart, and to parts that are not there."""
    for part in parts:
        for relation in _read(parts, part, name) if part.endswith(".rels") else ():
            kind, target = str(relation.get("Type")), str(relation.get("Target"))
            if relation.get("TargetMode") == "External":
                if kind not in _OUTSIDE:
                    message = f"{part} takes in what lies outside the file: {target[:80]}"
                    raise SourceError(message, where=name, hint="put it into the document itself")
            elif _STRICT in kind:
                message = "this is a Strict Open XML document"
                raise SourceError(message, where=name, hint="save it as a Word document (.docx), without Strict")
            elif _inside(posixpath.dirname(posixpath.dirname(part)), target) not in parts:
                raise SourceError(f"{part} names a part that is not there: {target[:80]}", where=name, hint=_SAVE_ANEW)


def _read(parts: Mapping[str, bytes], part: str, name: str) -> Any:
    """The elements of a part that lists things."""
    try:
        return etree.fromstring(parts[part], PARSER)
    except (KeyError, SyntaxError) as error:
        raise damaged(name, str(error)) from None


def _inside(folder: str, target: str) -> str:
    """The name of the part that `target`, relative to `folder`, means."""
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
