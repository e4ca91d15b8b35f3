"""The files that travel in a PDF, and the document that its source holds (ISO 19005-3, 6.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import StreamObject

from masthead.document import Document, MastheadError, SourceError
from masthead.pdf.catalogue.objects import array, dictionary, name_tree, resolved, text
from masthead.pdf.damage import DAMAGE

_SOURCES = (".md", ".akn.xml")


class AttachedFile(NamedTuple):
    """An attached file: its name, its media type, and its relationship to the document (`/Source`).

    `associated` says whether the catalogue lists it among the files that belong to the document, `intact` whether it
    has the size and the checksum that its parameters say, where they say any (ISO 32000-1, table 46).
    """

    name: str
    type: str
    relationship: str
    associated: bool
    intact: bool


def read_attachments(reader: PdfReader) -> Iterator[AttachedFile]:
    """Yield the files of the name tree EmbeddedFiles."""
    associated = array(reader.root_object.get("/AF"))
    for name, reference in name_tree(dictionary(reader.root_object.get("/Names")).get("/EmbeddedFiles")):
        file = dictionary(reference)
        name = text(file.get("/UF")) or name
        stream = resolved(dictionary(file.get("/EF")).get("/F"))
        kind = text(dictionary(stream).get("/Subtype")).removeprefix("/")
        own = any(file is each for each in associated)
        yield AttachedFile(name, kind, text(file.get("/AFRelationship")), own, _is_intact(stream))


def _is_intact(stream: object) -> bool:
    parameters = dictionary(dictionary(stream).get("/Params"))
    size, checksum = parameters.get("/Size"), parameters.get("/CheckSum")
    if not isinstance(stream, StreamObject) or (size is None and checksum is None):
        return True
    data = stream.get_data()
    said = getattr(checksum, "original_bytes", None) or checksum
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    return (size is None or size == len(data)) and (said is None or said == digest)


class AttachedSource(NamedTuple):
    """An attached source: its name, and the document in it, or why it cannot be read."""

    name: str
    document: Document | None
    reason: str = ""


def read_sources(reader: PdfReader) -> Iterator[AttachedSource]:
    """Yield the attached files that are said to be the source, in the forms that Masthead attaches."""
    for file in map(dictionary, array(reader.root_object.get("/AF"))):
        name, stream = text(file.get("/UF")), resolved(dictionary(file.get("/EF")).get("/F"))
        if file.get("/AFRelationship") == "/Source" and name.endswith(_SOURCES) and isinstance(stream, StreamObject):
            try:
                yield AttachedSource(name, _parsed(stream, name))
            except MastheadError as error:
                yield AttachedSource(name, None, str(error))


def source_document(reader: PdfReader) -> Document | None:
    """Return the document of the attached file that is said to be the source; None without such a file.

    Raises SourceError when the source cannot be read.
    """
    for name, document, reason in read_sources(reader):
        if name.endswith(".md"):
            if document is None:
                raise SourceError(reason)
            return document
    return None


def _parsed(stream: StreamObject, name: str) -> Document:
    """Return the document in a stream. Raises MastheadError when it cannot be read."""
    from masthead import formats  # slow to import, and not needed where the document is known

    try:
        data = stream.get_data()  # pypdf stops at 75 MB
    except DAMAGE as error:
        raise SourceError("the source cannot be unpacked", where=name) from error
    if len(data) > formats.MAX_BYTES:
        raise SourceError("the source is too large", where=name)
    return formats.parse_attached(data, name)
