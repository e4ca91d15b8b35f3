"""The fonts of the pages: they are located, verified by hash, and isolated from the other fonts of the machine.

`load` reads the table `fonts/families.toml` and returns `Fonts`: the faces with their paths, and a configuration file
for fontconfig that lists these files only, so that Pango cannot use any other font. The file is in the user's cache,
under a name derived from its content; if the cache cannot be written, it is in a temporary folder that is removed when
the process ends. It is written completely or not at all, so several processes may load fonts at the same time.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from masthead.document import TypesettingError, assets, cache, organizations, toml

TABLE = assets.FONTS / "families.toml"


@dataclass(frozen=True, slots=True)
class FontFile:
    """The name of a file in the table, and the SHA-256 of each version that documents have been tested with."""

    name: str
    hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class FontSource:
    """A place where a family can be found. `face` is the family name inside its files; `files` are by style."""

    face: str
    folders: tuple[Path, ...]
    files: Mapping[str, FontFile]


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A font family of the table. Style sheets call it `name`; `obtain` is the command that installs it."""

    name: str
    role: str
    licence: str
    obtain: str
    sources: tuple[FontSource, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A font file that was found.

    `family` is the family in the table, `face` the family name in the file; `known` is whether the table has its hash.
    """

    family: str
    face: str
    style: str
    path: Path
    sha256: str
    known: bool


@dataclass(frozen=True, slots=True)
class Fonts:
    """The faces that may be used, and the absolute path of the fontconfig file that lists no others."""

    faces: tuple[Face, ...]
    fontconfig: Path

    @property
    def unchecked(self) -> tuple[Face, ...]:
        """The faces whose hash is not in the table; pages typeset with them may differ on other machines."""
        return tuple(face for face in self.faces if not face.known)


def load(table: Path | None = None, *, folder: Path | None = None) -> Fonts:
    """Find every family, in the user's `folder` first, and write the fontconfig file.

    The families are those of the organization's table and of the bundled one, or of `table` alone.

    Files in `folder` may be of a version that is not in the table; `Fonts.unchecked` lists them. Raises
    TypesettingError if a family or one of its files is missing, or a file is not the one that the table names.
    """
    found = find_faces(table, folder=folder)
    return Fonts(found, _configure(found))


def find_faces(table: Path | None = None, *, folder: Path | None = None) -> tuple[Face, ...]:
    """Find the faces alone: what `load` does for who reads them without fontconfig."""
    found = families() if table is None else read(table)
    return tuple([face for family in found for face in find(family, folder)])


def families() -> tuple[FontFamily, ...]:
    """Return the families of the organization, and the bundled ones that it does not replace."""
    found: dict[str, FontFamily] = {}
    for table in organizations.current().font_tables:
        for family in read(table):
            found.setdefault(family.name, family)
    return tuple(found.values())


def read(table: Path = TABLE) -> tuple[FontFamily, ...]:
    """Read the families of a table. It is read again only after it has changed."""
    status = table.stat()
    return _read(table, status.st_size, status.st_mtime_ns)


@functools.cache
def _read(table: Path, size: int, modified: int) -> tuple[FontFamily, ...]:
    try:
        entries = toml.loads(table.read_text("utf-8"))["families"]
        own = [tuple(_source(source, table.parent) for source in entry["sources"]) for entry in entries]
        return tuple(FontFamily(**(entry | {"sources": each})) for entry, each in zip(entries, own, strict=True))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        hint = "fonts/families.toml of Masthead explains each entry"
        raise TypesettingError(f"the table of fonts cannot be read: {error}", where=str(table), hint=hint) from None


def undrawable(characters: Iterable[str]) -> frozenset[str]:
    """Return those characters that no font of the table has, without controls and spaces, which are not drawn."""
    from fontTools.ttLib import TTFont  # slow to import, and asked only after an error

    left = {each for each in characters if unicodedata.category(each)[0] not in "CZ"}
    for face in load().faces:
        if left:
            with TTFont(face.path, lazy=True, fontNumber=0) as font:
                left -= {chr(code) for code in font.getBestCmap()}
    return frozenset(left)


def find(family: FontFamily, folder: Path | None = None) -> tuple[Face, ...]:
    """Find the files of a family, in the user's `folder` first, and check their hashes. Raises TypesettingError."""
    if folder and not folder.is_dir():
        raise TypesettingError("no such font folder", where=str(folder), hint="name a folder with font files")
    for source, place in _places(family, folder):
        absent = [file.name for file in source.files.values() if not (place / file.name).is_file()]
        if not absent:
            return tuple(_face(family, source, style, place, place == folder) for style in source.files)
        if len(absent) < len(source.files):
            message = f"font family {family.name} is incomplete: {', '.join(absent)} missing"
            raise TypesettingError(message, where=str(place), hint=family.obtain)
    raise TypesettingError(
        f"font family {family.name} ({family.role}) is not installed", where=_named_in(family), hint=family.obtain
    )


def _named_in(family: FontFamily) -> str:
    """Return the table of the organization if it has the family, for messages; empty for a bundled family."""
    own = organizations.current().font_tables[:-1]
    return next((str(table) for table in own if family in read(table)), "")


def _source(entry: dict[str, Any], home: Path) -> FontSource:
    folders = [home / folder for folder in entry.get("folders", ())]  # relative ones are those of an organization
    if "package" in entry and (spec := find_spec(entry["package"])):
        folders += [Path(root) / folder for root in spec.submodule_search_locations or () for folder in ("files", "")]
    files = {style: FontFile(file["file"], frozenset(file["sha256"])) for style, file in entry["files"].items()}
    return FontSource(entry["face"], tuple(folders), files)


def _places(family: FontFamily, folder: Path | None) -> Iterator[tuple[FontSource, Path]]:
    """Yield the folders to look in, in order."""
    if folder:
        for source in family.sources:
            yield source, folder
    for source in family.sources:
        for place in source.folders:
            yield source, place


def _face(family: FontFamily, source: FontSource, style: str, place: Path, is_users: bool) -> Face:
    path = (place / source.files[style].name).absolute()
    status = path.stat()
    digest = _digest(path, status.st_size, status.st_mtime_ns)
    known = digest in source.files[style].hashes
    if not known and not is_users:
        message = f"font family {family.name}: {path.name} is not one of the tested versions"
        hint = f"{family.obtain}, or name a folder with your own fonts"
        raise TypesettingError(message, where=str(path), hint=hint)
    if not known and (name := _name_inside(path)) != source.face:
        message = f"font family {family.name}: {path.name} holds {name or 'no font'}, not {source.face}"
        raise TypesettingError(message, where=str(path), hint=family.obtain)
    return Face(family.name, source.face, style, path, digest, known)


@functools.cache
def _digest(path: Path, size: int, modified: int) -> str:
    """Return the SHA-256 of a file, cached until it changes: a Chinese font takes 10 ms."""
    return cache.digest_of(path)


def _name_inside(path: Path) -> str:
    """Return the family name in a font file; empty if it is not a font."""
    from fontTools.ttLib import TTFont, TTLibError  # slow to import, and needed for unlisted files only

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            return str(font["name"].getBestFamilyName() or "")
    except (TTLibError, KeyError, OSError):
        return ""


# A font that lacks U+2011 draws it with its hyphen: HarfBuzz substitutes one glyph for the other. Without this entry
# fontconfig would choose another font for it.
_HYPHEN = """\
  <match target="scan">
    <test name="charset" compare="contains"><charset><int>0x2010</int></charset></test>
    <edit name="charset" mode="assign"><plus><name>charset</name><charset><int>0x2011</int></charset></plus></edit>
  </match>
"""


def _configure(faces: tuple[Face, ...]) -> Path:
    """Write a fontconfig file that lists `faces` only, unless it exists; return its absolute path."""
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
    """Create the folder `home` at once with its content: a draft beside it is renamed, and the first process wins."""
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
    """Return the content of the fontconfig file in `home`.

    For a character that the families of a style lack, the families are tried in the order of the table.
    """
    # Style sheets use the name in the table also for a metric twin, whose files have another name.
    twins = sorted({(face.family, face.face) for face in faces if face.family != face.face})
    aliases = "".join(
        f'  <match target="pattern">\n    <test name="family"><string>{escape(family)}</string></test>\n'
        f'    <edit name="family" mode="assign" binding="same"><string>{escape(face)}</string></edit>\n  </match>\n'
        for family, face in twins
    )
    order = "".join(f"<string>{escape(face)}</string>" for face in dict.fromkeys(face.face for face in faces))
    substitutes = f'  <match target="pattern">\n    <edit name="family" mode="append_last">{order}</edit>\n  </match>\n'
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"  <reset-dirs/>\n  <dir>{escape(str(home / 'faces'))}</dir>\n"
        f"  <cachedir>{escape(str(home / 'cache'))}</cachedir>\n{_HYPHEN}{aliases}{substitutes}</fontconfig>\n"
    )
