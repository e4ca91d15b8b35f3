"""Source files from the names given on the command line, and a source file as bytes that need no other file.

A source is named by its path, by a folder (every file below it that has a reader), by a glob, or by a manifest: a
`.jsonl` file with one JSON object a line, whose `source` is a path relative to the manifest's folder.
"""

from __future__ import annotations

import glob
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from masthead import formats
from masthead.batch.tasks import SourcePath
from masthead.document import OrderError, ResourceError, SourceError
from masthead.publication import SourceFile

MANIFEST = ".jsonl"
_MARKDOWN = re.compile(
    rb"(!\[[^\]\n]{0,1000}\]\()([^()\s:]{1,1000})(?=\))|(?m:^(<!-- include: )([^\n>:]{1,1000}?)(?= -->))"
)
_XML = re.compile(rb"""(<img\s(?:[^<>]{0,1000}?\s)?src=["'])([^"'<>:]{1,1000})(?=["'])""")
_HEAD = 4096  # bytes of an XML file in which its root element begins
_ROOT = re.compile(rb"<(?:[\w.-]+:)?akomaNtoso[\s>]")
_PICTURES = {".md": _MARKDOWN, ".akn": _XML, ".xml": _XML}
"""Where a source names a picture, by its suffix. The bounds keep the time linear in the size of the source."""


def gather(names: Iterable[str]) -> tuple[Path, ...]:
    """Return the sources that `names` stand for, each once, in the order named; folders and globs sorted by path.

    Raises OrderError for a glob or folder without a source, SourceError for an invalid manifest. A path that does not
    exist is returned all the same: it becomes a failure of that document.
    """
    found = (path for name in names for path in _sources_of(name))
    return tuple({path.absolute(): path for path in found}.values())


def self_contained(source: SourcePath) -> SourceFile:
    """Return a source with the pictures that it names embedded as data addresses.

    So its digest covers the pictures, and it can be read on a machine that has no other file of it. A picture lies
    below the folder of the source or below one of its roots. Raises SourceError and ResourceError.
    """
    path = source.path
    file, pictures = SourceFile.load(path), _PICTURES.get(path.suffix.lower())
    if pictures is None:
        return file
    size = len(file.data)

    def embedded(match: re.Match[bytes]) -> bytes:
        nonlocal size
        mark, name = (each for each in match.groups() if each is not None)
        address = os.fsdecode(name)
        is_known = PurePosixPath(address).suffix.lower() in formats.EMBEDDED
        picture = formats.picture_path(address, path, source.roots)
        if not is_known or picture is None:
            return match[0]  # the reader reports what is wrong with it
        data = formats.load(picture)
        if (size := size + len(data)) > formats.MAX_BYTES:
            message = f"the source and its pictures are larger than {formats.MAX_BYTES // 2**20} MiB"
            raise ResourceError(message, where=str(path), hint="make the pictures smaller")
        if address.lower().endswith(".md"):  # an included text may name pictures and texts itself
            data = pictures.sub(embedded, data)
        return mark + formats.embedded(address, data).encode()

    return SourceFile(file.name, pictures.sub(embedded, file.data))


def _sources_of(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from _sorted(name, (each for each in path.rglob("*") if _is_source(each.relative_to(path), path)))
    elif path.suffix == MANIFEST:
        yield from _listed(path)
    elif not path.exists() and glob.has_magic(name):
        found = (Path(each) for each in glob.glob(name, recursive=True))  # noqa: PTH207 (absolute and relative alike)
        yield from _sorted(name, (each for each in found if each.is_file()))
    else:
        yield path


def _sorted(name: str, found: Iterable[Path]) -> list[Path]:
    paths = sorted(found)
    if not paths:
        raise OrderError("no sources found", where=name, hint=f"sources end in {', '.join(formats.READABLE)}")
    return paths


def _is_source(path: Path, folder: Path) -> bool:
    if any(part.startswith(".") for part in path.parts) or path.suffix.lower() not in formats.READABLE:
        return False
    return (folder / path).is_file() and (path.suffix.lower() != ".xml" or _is_document(folder / path))


def _is_document(path: Path) -> bool:
    """Whether an XML file is a document, by its name or its root element; the JUnit report of a run is not."""
    if path.name.lower().endswith(".akn.xml"):
        return True
    try:
        with path.open("rb") as file:
            return _ROOT.search(file.read(_HEAD).replace(b"\0", b"")) is not None
    except OSError:
        return False


def _listed(manifest: Path) -> Iterator[Path]:
    try:
        lines = manifest.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("the manifest cannot be read", where=str(manifest), hint=str(error).lower()) from None
    errors: list[SourceError] = []
    found: list[Path] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(manifest.parent / str(json.loads(line)["source"]))
            except (ValueError, KeyError, TypeError):
                hint = 'a line is a JSON object with a path: {"source": "A_RES_1.ar.md"}'
                errors.append(SourceError("invalid line in a manifest", where=f"{manifest}:{number}", hint=hint))
    SourceError.raise_all(errors)
    yield from found
