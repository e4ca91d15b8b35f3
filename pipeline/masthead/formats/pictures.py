"""Pictures that text formats embed as data addresses or name as files beside the source."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from masthead.document import Figure, SourceError
from masthead.formats.source import load

MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

_DATA = re.compile(r"data:(image/[a-z+]+);base64,([A-Za-z0-9+/=]*)")


def data_address(figure: Figure) -> str:
    """Return the picture of `figure` as a data address (RFC 2397)."""
    return f"data:{figure.media_type};base64,{base64.b64encode(figure.picture).decode()}"


def read_picture(address: str, alternative: str, source: Path, where: str) -> Figure:
    """Return the picture at `address`: a data address, or the path of a file relative to that of the `source`.

    Raises SourceError, placed at `where`, if the picture cannot be read or has an unsupported format; ResourceError if
    it is too large.
    """
    if data := _DATA.fullmatch(address):
        try:
            return Figure(base64.b64decode(data[2]), data[1], alternative)
        except ValueError:
            hint = "insert the picture again"
            raise SourceError("the data of a picture are incomplete", where=where, hint=hint) from None
    path = picture_path(address, source)
    if PurePosixPath(address).suffix.lower() not in MEDIA_TYPES:
        hint = f"supported are {', '.join(MEDIA_TYPES)}"
        raise SourceError(f"the picture {address} has an unsupported format", where=where, hint=hint)
    if path is None:
        hint = "its path is relative to the source, in the folder of the source or one that publish --pictures names"
        raise SourceError(f"the picture {address} cannot be opened", where=where, hint=hint)
    return Figure(load(path), MEDIA_TYPES[PurePosixPath(address).suffix.lower()], alternative)


def picture_path(address: str, source: Path, roots: Iterable[Path] = ()) -> Path | None:
    """Return the path of the picture at `address`, relative to that of the `source`.

    Return None if it is not a regular file below the folder of the source or below one of the `roots`, so that a source
    from elsewhere cannot put any file of this machine on a page. Symbolic links are followed first.
    """
    try:
        path = (source.parent / address).resolve(strict=True)
        folders = [folder.resolve() for folder in (source.parent, *roots)]
        return path if path.is_file() and any(path.is_relative_to(folder) for folder in folders) else None
    except (OSError, ValueError, RuntimeError):  # no such file; a zero byte; a loop of links
        return None
