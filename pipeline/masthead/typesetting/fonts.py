"""The fonts that pages are set in: found, their hashes checked, and shut off from all others of the machine.

`load` turns the table `fonts/families.toml` into `Fonts`: the faces with their paths, and a private configuration of
fontconfig that knows these files alone, so that Pango can set text in nothing else: typesetting puts its path into
FONTCONFIG_FILE, which must be absolute, before it makes a configuration of fonts. The configuration lies in the
user's cache under a name made from its content, or, where the cache cannot be written, in a temporary folder that goes
with the process. It is written whole or not at all, so any number of processes may load at once.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import logging
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from masthead.document import TypesettingError, assets, cache

TABLE = assets.FONTS / "families.toml"


@dataclass(frozen=True, slots=True)
class File:
    """A file as the table names it, with the SHA-256 of each version that documents have been proven with."""

    name: str
    hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """One place that a family can come from. `face` is the family name inside the files, `files` are by style."""

    face: str
    folders: tuple[Path, ...]
    files: Mapping[str, File]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of the table. Style sheets call it `name`; `obtain` is the command that installs it."""

    name: str
    role: str
    licence: str
    obtain: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A font file found. `family` is the table's name, `face` the file's own; `known` tells that its hash is listed."""

    family: str
    face: str
    style: str
    path: Path
    sha256: str
    known: bool


@dataclass(frozen=True, slots=True)
class Fonts:
    """Every face that may be used, and the absolute path of the fontconfig configuration that holds no other."""

    faces: tuple[Face, ...]
    fontconfig: Path

    @property
    def unchecked(self) -> tuple[Face, ...]:
        """The faces from a user's folder whose hash is in no table: pages set with them may differ elsewhere."""
        return tuple(face for face in self.faces if not face.known)


def load(table: Path = TABLE, *, folder: Path | None = None) -> Fonts:
    """Find every family of `table`, in `folder` first, and write the private configuration.

    Files in `folder` may be of an unlisted version; they are then in `Fonts.unchecked`. Raises TypesettingError when a
    family is missing, lacks a file, or is another than the table says.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # its remarks on files that their hashes have proven
    faces = tuple(face for family in read(table) for face in find(family, folder))
    return Fonts(faces, _configure(faces))


def read(table: Path = TABLE) -> tuple[Family, ...]:
    """Read the families of a table: again only when it has changed."""
    status = table.stat()
    return _read(table, status.st_size, status.st_mtime_ns)


@functools.cache
def _read(table: Path, size: int, modified: int) -> tuple[Family, ...]:
    return tuple(
        Family(entry["name"], entry["role"], entry["licence"], entry["obtain"], tuple(map(_source, entry["sources"])))
        for entry in tomllib.loads(table.read_text("utf-8"))["families"]
    )


def find(family: Family, folder: Path | None = None) -> tuple[Face, ...]:
    """Find the files of one family, in `folder` first, and check their hashes. Raises TypesettingError."""
    if folder and not folder.is_dir():
        raise TypesettingError("no such folder of fonts", where=str(folder), hint="name a folder that holds font files")
    for source, place in _places(family, folder):
        absent = [file.name for file in source.files.values() if not (place / file.name).is_file()]
        if not absent:
            return tuple(_face(family, source, style, place, place == folder) for style in source.files)
        if len(absent) < len(source.files):
            raise TypesettingError(
                f"font family {family.name} is not whole: {', '.join(absent)} missing",
                where=str(place),
                hint=family.obtain,
            )
    raise TypesettingError(f"font family {family.name} ({family.role}) is not installed", hint=family.obtain)


def _source(entry: dict[str, Any]) -> Source:
    folders = [Path(folder) for folder in entry.get("folders", ())]
    if "package" in entry and (spec := find_spec(entry["package"])):
        folders += [Path(root) / folder for root in spec.submodule_search_locations or () for folder in ("files", "")]
    files = {style: File(file["file"], frozenset(file["sha256"])) for style, file in entry["files"].items()}
    return Source(entry["face"], tuple(folders), files)


def _places(family: Family, folder: Path | None) -> Iterator[tuple[Source, Path]]:
    if folder:
        for source in family.sources:
            yield source, folder
    for source in family.sources:
        for place in source.folders:
            yield source, place


def _face(family: Family, source: Source, style: str, place: Path, free: bool) -> Face:
    path = (place / source.files[style].name).absolute()
    status = path.stat()
    digest = _digest(path, status.st_size, status.st_mtime_ns)
    known = digest in source.files[style].hashes
    if not known and not free:
        raise TypesettingError(
            f"font family {family.name}: {path.name} is none of the versions that pages are proven with",
            where=str(path),
            hint=f"{family.obtain}, or name a folder of fonts of your own",
        )
    if not known and (name := _name_inside(path)) != source.face:
        raise TypesettingError(
            f"font family {family.name}: {path.name} holds {name or 'no font'}, not {source.face}",
            where=str(path),
            hint=family.obtain,
        )
    return Face(family.name, source.face, style, path, digest, known)


@functools.cache
def _digest(path: Path, size: int, modified: int) -> str:
    """The SHA-256 of a file: read again only when it has changed, since a Chinese face alone takes 10 ms."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _name_inside(path: Path) -> str:
    """The family that a font file says it is of; empty when it is no font."""
    from fontTools.ttLib import TTFont, TTLibError  # slow to import, and needed for unlisted files alone

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            return str(font["name"].getBestFamilyName() or "")
    except (TTLibError, KeyError, OSError):
        return ""


def _configure(faces: tuple[Face, ...]) -> Path:
    """Write the configuration that holds `faces` alone, unless it is there; return its absolute path."""
    key = _configuration(Path(), faces) + "".join(f"{face.style}|{face.path}|{face.sha256}\n" for face in faces)
    name = hashlib.sha256(key.encode()).hexdigest()[:16]
    try:
        base = cache.folder() / "fontconfig"
        base.mkdir(parents=True, exist_ok=True)
        home = base / name
        if not home.is_dir():
            _fill(home, faces)
    except (OSError, RuntimeError):
        base = Path(tempfile.mkdtemp(prefix="masthead-"))
        atexit.register(shutil.rmtree, base, ignore_errors=True)
        home = base / name
        _fill(home, faces)
    return home / "fonts.conf"


def _fill(home: Path, faces: tuple[Face, ...]) -> None:
    """Make the folder `home`, whole at once: what is made beside it is renamed, and the first process wins."""
    draft = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        (draft / "faces").mkdir()
        (draft / "cache").mkdir()
        for face in faces:
            (draft / "faces" / f"{face.family}-{face.style}{face.path.suffix}").symlink_to(face.path)
        (draft / "fonts.conf").write_text(_configuration(home, faces), "utf-8")
        draft.rename(home)
    except OSError:
        if not home.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _configuration(home: Path, faces: tuple[Face, ...]) -> str:
    twins = sorted({(face.family, face.face) for face in faces if face.family != face.face})
    aliases = "".join(
        f'  <match target="pattern">\n    <test name="family"><string>{escape(family)}</string></test>\n'
        f'    <edit name="family" mode="assign" binding="same"><string>{escape(face)}</string></edit>\n  </match>\n'
        for family, face in twins
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"  <reset-dirs/>\n  <dir>{escape(str(home / 'faces'))}</dir>\n"
        f"  <cachedir>{escape(str(home / 'cache'))}</cachedir>\n{aliases}</fontconfig>\n"
    )
