"""Refuses Word files that could do harm, before any library opens them.

A file from outside is a zip of XML: it may unpack to more than memory holds, expand entities, or refer to parts and
addresses elsewhere. Nothing is ever fetched.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from masthead.document import ResourceError, SourceError

MAX_PARTS = 1000
MAX_XML = 10 * 2**20  # bytes unpacked; XML takes about ten times its size in memory
MAX_TOTAL = 96 * 2**20

_SAVE_AGAIN = "open it in Word and save it again as a Word document (.docx)"
_OLE = b"\xd0\xcf\x11\xe0"
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCODING = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.\-]+)["']""")
_ENCODINGS = ("utf-8", "utf-16", "us-ascii")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_STRICT = "purl.oclc.org"  # in the types of relations of Strict Open XML
_XML = (".xml", ".rels")
_XHTML, ZIP = "application/xhtml+xml", b"PK"
_WORKBOOKS = (f"{_RELATIONS}/oleObject", f"{_RELATIONS}/package", f"{_RELATIONS}/externalLinkPath")
# What may be outside the file: these stay addresses that nothing follows.
_EXTERNAL = (RT.HYPERLINK, f"{_RELATIONS}/attachedTemplate")


def check(data: bytes, name: str) -> tuple[str, ...]:
    """Raise SourceError if `data` must not be opened as a Word file, ResourceError if it is too large.

    `name` is the place in errors. Return the addresses of workbooks to which its charts and objects are linked: nothing
    follows them, since the file holds what they show.
    """
    parts = _unpack(data, name)
    _check_names(parts, name)
    return tuple(_check_relations(parts, name))


def damaged(name: str, how: str = "parts of it are missing or of another kind") -> SourceError:
    """Return the error for a file that is damaged or not a Word file."""
    return SourceError(f"the file is not a Word document, or it is damaged: {how}", where=name, hint=_SAVE_AGAIN)


def _unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts by name. All are read, so that their checksums are compared, and their XML is checked."""
    if data.startswith(_OLE):
        message = "this is an old Word file (.doc), or one with a password"
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
    """Return the bytes of a part. With a limit of its declared size zipfile does not unpack more than that."""
    with archive.open(info) as part:
        return part.read(info.file_size + 1)


def _check_sizes(members: list[zipfile.ZipInfo], name: str) -> None:
    """Check the sizes that the zip file declares; `_content` unpacks no more than these."""
    if len(members) > MAX_PARTS:
        raise ResourceError(f"the file has {len(members):,} parts", where=name, hint=_SAVE_AGAIN)
    xml = sum(member.file_size for member in members if not _is_picture(member.filename))
    if xml > MAX_XML or sum(member.file_size for member in members) > MAX_TOTAL:
        message = f"the file unpacks to more than {MAX_XML // 2**20} MiB of text or {MAX_TOTAL // 2**20} MiB in all"
        raise ResourceError(message, where=name, hint="make its pictures smaller, or divide it into several documents")
    if len({member.filename.lower() for member in members}) < len(members):
        raise SourceError("the file has two parts with the same name", where=name, hint=_SAVE_AGAIN)
    for member in members:
        if member.flag_bits & 1 or member.compress_type not in _COMPRESSIONS:
            message = f"{member.filename} is encrypted or has an unusual compression"
            raise SourceError(message, where=name, hint=_SAVE_AGAIN)


def _is_picture(part: str) -> bool:
    return part.startswith("word/media/")


def _check_xml(blob: bytes, part: str, name: str) -> None:
    """Refuse document type declarations, and so entities, and encodings that could hide one (ECMA-376-2, 8)."""
    utf_16 = blob.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = blob.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{part} is not XML in UTF-8", where=name, hint=_SAVE_AGAIN) from None
    declared = _ENCODING.match(text)
    if "<!DOCTYPE" in text or (declared and declared[1].lower() not in _ENCODINGS):
        hint = "Word writes none of these; do not trust the file"
        raise SourceError(f"{part} declares entities or an encoding of its own", where=name, hint=hint)


def _check_names(parts: Mapping[str, bytes], name: str) -> None:
    """Refuse XML under another name, which `_check_xml` has not seen.

    Pages of the web are no XML to us, and a Word document in this one is checked when it is opened.
    """
    for entry in _read(parts, "[Content_Types].xml", name):
        kind, named = str(entry.get("ContentType")), str(entry.get("PartName") or f".{entry.get('Extension')}")
        held = [blob for part, blob in parts.items() if f"/{part}".lower().endswith(named.lower())]
        is_chunk = kind == _XHTML or all(blob.startswith(ZIP) for blob in held)
        if kind.endswith("xml") and kind != "image/svg+xml" and not named.endswith(_XML) and not is_chunk:
            raise SourceError(f"{named} is XML under another name", where=name, hint=_SAVE_AGAIN)


def _check_relations(parts: Mapping[str, bytes], name: str) -> Iterator[str]:
    """Refuse relations to anything outside the file except the targets of links, and to missing parts.

    Yield the addresses of linked workbooks.
    """
    for part in parts:
        for relation in _read(parts, part, name) if part.endswith(".rels") else ():
            kind, target = str(relation.get("Type")), str(relation.get("Target"))
            if relation.get("TargetMode") == "External":
                if kind in _WORKBOOKS:
                    yield target
                elif kind not in _EXTERNAL:
                    message = f"{part} includes content from outside the file: {target[:80]}"
                    raise SourceError(message, where=name, hint="insert it into the document")
            elif _STRICT in kind:
                message = "this is a Strict Open XML document"
                raise SourceError(message, where=name, hint="save it as a Word document (.docx), without Strict")
            elif _inside(posixpath.dirname(posixpath.dirname(part)), target) not in parts:
                raise SourceError(f"{part} refers to a missing part: {target[:80]}", where=name, hint=_SAVE_AGAIN)


def _read(parts: Mapping[str, bytes], part: str, name: str) -> Any:
    """Return the root element of a part."""
    try:
        return etree.fromstring(parts[part], PARSER)
    except (KeyError, SyntaxError) as error:
        raise damaged(name, str(error)) from None


def _inside(folder: str, target: str) -> str:
    """Return the name of the part at `target`, relative to `folder`."""
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
