"""Pictures that text formats embed as data addresses or name as files beside the source."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from masthead.document import Figure, SourceError
from masthead.formats.charting import ChartRow, file_rows
from masthead.formats.source import load

MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
VALUES = ".csv"
"""How the names of files with the values of charts end."""
TEXT = ".md"
"""How the names of files with text that a source includes end."""
EMBEDDED = {**MEDIA_TYPES, VALUES: "text/csv", TEXT: "text/markdown"}
"""The types of the files that a source may name, by the ends of their names."""

_OUTSIDE = (b"href", b"<script", b"foreignObject")
_SHOWN = 60  # characters of an address in a message
_DATA = re.compile(r"data:(?P<type>[a-z]+/[a-z+]+)(?:;name=(?P<name>[^;,]*))?;base64,(?P<data>[A-Za-z0-9+/=]*)")


def data_address(figure: Figure) -> str:
    """Return the picture of `figure` as a data address (RFC 2397)."""
    return f"data:{figure.media_type};base64,{base64.b64encode(figure.picture).decode()}"


def embedded(name: str, data: bytes) -> str:
    """Return a file that a source names as a data address that keeps its name. Raises KeyError for other types."""
    media_type = EMBEDDED[PurePosixPath(name).suffix.lower()]
    return f"data:{media_type};name={quote(name, safe='/')};base64,{base64.b64encode(data).decode()}"


def read_picture(address: str, alternative: str, source: Path, where: str) -> Figure:
    """Return the picture at `address`: a data address, or the path of a file relative to that of the `source`.

    Raises SourceError, placed at `where`, if the picture cannot be read, is empty, damaged or incomplete, or has an
    unsupported format; ResourceError if it is too large.
    """
    from masthead.formats.soundness import problem_of  # here, because its libraries are slow to import

    name, media_type, picture = _load(address, source, where)
    # A picture without a name is in the source, as Masthead writes it: only what it may refer to is looked for.
    if (name or any(sign in picture for sign in _OUTSIDE)) and (problem := problem_of(picture, media_type)):
        hint = "export it again with all its parts in it, and look at it"
        raise SourceError(f"the picture {name or 'in the source'} {problem}", where=where, hint=hint)
    return Figure(picture, media_type, alternative)


def names_values(address: str) -> bool:
    """Return whether an address is that of a file with the values of a chart."""
    return address.lower().endswith(VALUES) or address.startswith(f"data:{EMBEDDED[VALUES]};")


def read_values(address: str, source: Path, where: str) -> list[ChartRow]:
    """Return the rows of the CSV file at `address`, a data address or a path relative to that of the `source`.

    Raises SourceError, placed at `where`.
    """
    if not names_values(address):
        hint = f"name a file that ends in {VALUES}, or write a table in its place"
        raise SourceError(f"{address[:_SHOWN]} has no values to draw", where=where, hint=hint)
    name, _, data = _load(address, source, where)
    return file_rows(data, name or "the file", where)


def named_text(address: str, source: Path, where: str) -> tuple[str, bytes]:
    """Return the name and the content of a file with text that the `source` includes.

    It is found as `read_picture` finds a picture. Raises SourceError, placed at `where`.
    """
    is_text = address.lower().endswith(TEXT) or address.startswith(f"data:{EMBEDDED[TEXT]};")
    if not is_text or (not address.startswith("data:") and picture_path(address, source) is None):
        hint = f"name a {TEXT} file in the folder of the source or one that publish --pictures names"
        raise SourceError(f"{address[:_SHOWN]} cannot be included", where=where, hint=hint)
    name, _, data = _load(address, source, where, is_text=True)
    return name, data


def _load(address: str, source: Path, where: str, *, is_text: bool = False) -> tuple[str, str, bytes]:
    """Return the name of a file, empty if it has none, its type, and its content."""
    if data := _DATA.fullmatch(address):
        try:
            return unquote(data["name"] or ""), data["type"], base64.b64decode(data["data"])
        except ValueError:
            hint = "insert the picture again"
            raise SourceError("the data of a picture are incomplete", where=where, hint=hint) from None
    suffix = PurePosixPath(address).suffix.lower()
    if suffix not in EMBEDDED or (suffix == TEXT and not is_text):
        hint = f"supported are {', '.join(MEDIA_TYPES)}"
        raise SourceError(f"the picture {address[:_SHOWN]} has an unsupported format", where=where, hint=hint)
    path = picture_path(address, source)
    if path is None:
        hint = "its path is relative to the source, in the folder of the source or one that publish --pictures names"
        raise SourceError(f"the picture {address[:_SHOWN]} cannot be opened", where=where, hint=hint)
    return address, EMBEDDED[suffix], load(path)


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
