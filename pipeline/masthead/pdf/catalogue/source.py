"""The document that a file was made from, where its source travels in it (ISO 19005-3, 6.8)."""

from __future__ import annotations

import pikepdf

from masthead.document import Document, SourceError


def attached(file: pikepdf.Pdf) -> Document | None:
    """Return the document of the attached file that is said to be the source; None where there is none.

    Raises SourceError when the source is there and cannot be read.
    """
    from masthead import formats  # slow to import, and not needed where the document is known

    for specification in file.Root.get_list("/AF", ()):
        name = specification.get_str("/UF", "")
        if specification.get("/AFRelationship") == "/Source" and name.endswith(".md"):
            data = specification["/EF"]["/F"].read_bytes()
            if len(data) > formats.MAX_BYTES:
                raise SourceError("the attached source is too large", where=name)
            return formats.parse(data, name)
    return None
