"""The document that a file was made from, where its source travels in it (ISO 19005-3, 6.8)."""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader

from masthead import reading
from masthead.errors import SourceError
from masthead.model import Document


def attached(reader: PdfReader) -> Document | None:
    """Return the document of the attached file that is said to be the source; None where there is none.

    Raises SourceError when the source is there and cannot be read.
    """
    files = reader.root_object.get("/AF")
    for file in files.get_object() if files is not None else ():
        specification = file.get_object()
        name = str(specification.get("/UF", ""))
        if specification.get("/AFRelationship") == "/Source" and name.endswith(".md"):
            stream: Any = specification["/EF"]["/F"].get_object()
            data = stream.get_data()
            if len(data) > reading.LIMIT:
                raise SourceError("the attached source is too large", where=name)
            return reading.parse(data, name)
    return None
