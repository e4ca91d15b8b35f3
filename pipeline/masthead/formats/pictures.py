"""Pictures that text formats embed as data addresses or name as files beside the source."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from masthead.document import Figure, SourceError

MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

_DATA = re.compile(r"data:(image/[a-z+]+);base64,([A-Za-z0-9+/=]*)")


def data_address(figure: Figure) -> str:
    """Return the picture of `figure` as a data address (RFC 2397)."""
    return f"data:{figure.media_type};base64,{base64.b64encode(figure.picture).decode()}"


def read_picture(address: str, alternative: str, source: Path, where: str) -> Figure:
    """Return the picture at `address`: a data address, or the path of a file relative to that of the `source`.

    Raises SourceError, placed at `where`, if the picture cannot be read or has an unsupported format.
    """
    if data := _DATA.fullmatch(address):
        try:
            return Figure(base64.b64decode(data[2]), data[1], alternative)
        except ValueError:
            hint = "insert the picture again"
            raise SourceError("the data of a picture are incomplete", where=where, hint=hint) from None
    path = source.parent / address
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        hint = f"supported are {', '.join(MEDIA_TYPES)}"
        raise SourceError(f"the picture {address} has an unsupported format", where=where, hint=hint)
    try:
        return Figure(path.read_bytes(), media_type, alternative)
    except OSError:
        hint = "its path is relative to the source"
        raise SourceError(f"the picture {address} cannot be opened", where=where, hint=hint) from None
