"""The organization that publishes: what its `organization.toml` says, and where its files are.

An organization is a folder with `organization.toml` and any of `templates/`, `css/`, `locales/`, `fonts/`, `art/` and
an emblem. It is layered over the bundled one, the United Nations: a file of its own replaces the bundled file of the
same name, a locale adds its words to those of the bundled locale. What `organization.toml` says about languages, organs
and types replaces what the bundled file says.

Within a call there is one organization, `current()`. `using` sets it for the calls in a block, in this thread or task
alone; without it, it is the bundled one. Nothing that it decides may be computed when a module is imported, and what is
cached must be cached for each organization (`per_organization`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from masthead.document import files, organization_file
from masthead.document.assets import FONTS, TEMPLATES
from masthead.document.errors import OrderError
from masthead.document.organization_file import FRONT_KEYS as FRONT_KEYS
from masthead.document.organization_file import OrganizationEntries
from masthead.document.toml_places import line_of
from masthead.document.toml_places import suggestion as suggestion

NAME = "organization.toml"
_PLACES = (NAME, "emblem.*", "*.j2", "templates", "css", "locales", "fonts", "art", "web", "word")

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False, kw_only=True)
class Organization(OrganizationEntries):
    """An organization. In a process there is one value for each folder and state of its files, so that `is` compares.

    `folders` are its own, if it is not the bundled one, and that of the bundled templates.
    """

    folders: tuple[Path, ...]
    digest: str

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Organization:
        """Read the organization in `folder`. Raises OrderError with file and line."""
        folder = Path(folder).resolve()
        if not (folder / NAME).is_file():
            hint = f"name a folder with {NAME}; masthead new organization writes one"
            raise OrderError("no organization here", where=str(folder), hint=hint)
        return _load((folder, TEMPLATES), _digest(folder))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the folder and the digest alone: another process reads the same files."""
        return same, self.key

    @property
    def key(self) -> tuple[tuple[Path, ...], str]:
        """What another process needs to find the same organization: `same(*key)`."""
        return self.folders, self.digest

    @property
    def is_bundled(self) -> bool:
        return len(self.folders) == 1

    @property
    def folder(self) -> Path:
        """The folder of its own files."""
        return self.folders[0]

    @property
    def where(self) -> str:
        """The name of its file, for messages."""
        return NAME if self.is_bundled else str(self.folder / NAME)

    @property
    def font_tables(self) -> tuple[Path, ...]:
        """The tables of font families, its own first."""
        own = () if self.is_bundled else (self.folder / "fonts" / "families.toml",)
        return (*filter(Path.is_file, own), FONTS / "families.toml")

    def find(self, name: str) -> Path:
        """Return the file `name` of the tree of templates: the organization's own, or the bundled one."""
        return next((path for path in self.candidates(name) if path.is_file()), TEMPLATES / name)

    def candidates(self, name: str) -> tuple[Path, ...]:
        """Return the paths where the file `name` may be, in order."""
        found: list[Path] = []
        for folder in self.folders:
            if name.endswith(".j2"):
                found.append(folder / "templates" / name)
            if name == "art/emblem.svg":
                found += [folder / "emblem.svg", folder / "emblem.png"]
            found.append(folder / name)
        return tuple(found)

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The folders in which templates are searched for, in order."""
        return tuple(path for folder in self.folders for path in (folder / "templates", folder) if path.is_dir())

    def of_page(self, name: str) -> str:
        """Return the name of a file of its folder in the tree of templates, which `find` takes."""
        return "art/emblem.svg" if name in ("emblem.svg", "emblem.png") else name.removeprefix("templates/")

    def place(self, *keys: str) -> str:
        """Return the file and the line of a key of `organization.toml`, for messages."""
        path = self.folder / NAME
        with suppress(OSError, UnicodeDecodeError):
            return f"{self.where}:{line_of(path.read_text('utf-8'), keys)}"
        return self.where

    @contextmanager
    def used(self) -> Iterator[None]:
        """Make it the current organization of the calls in a block."""
        token = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(token)


_CURRENT: ContextVar[Organization | None] = ContextVar("organization", default=None)


def begin(folders: tuple[Path, ...], digest: str) -> None:
    """Make an organization, by its key, that of all calls in this process, which works for no other."""
    _CURRENT.set(same(folders, digest))


def current() -> Organization:
    """Return the organization of this call: the bundled one unless `Organization.used` sets another."""
    return _CURRENT.get() or bundled()


@cache
def bundled() -> Organization:
    """Return the United Nations."""
    return _load((TEMPLATES,), "")


def per_organization(function: Callable[P, T]) -> Callable[P, T]:
    """Cache what a function returns, for each organization."""

    @cache
    def kept(organization: Organization, *args: Any) -> T:
        return function(*args)  # type: ignore[call-arg]  # the arguments that the function below was called with

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> T:
        assert not kwargs, "a cached function takes arguments by position"
        return kept(current(), *args)

    return called


def own_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of the organization in a folder. Others there, such as its documents, are none of it."""
    places = (place for name in _PLACES for place in sorted(folder.glob(name)))
    paths = (path for place in places for path in (sorted(place.rglob("*")) if place.is_dir() else (place,)))
    return tuple(path for path in paths if path.is_file() and not path.name.startswith("."))


def _digest(folder: Path) -> str:
    """Return the digest of the files of an organization."""
    listed = [(path.relative_to(folder).as_posix(), files.sha256(path.read_bytes())) for path in own_files(folder)]
    return files.sha256(repr(listed).encode())


def same(folders: tuple[Path, ...], digest: str) -> Organization:
    """Return the organization of another process. Raises OrderError if its files are not the same here."""
    if len(folders) == 1:
        return bundled()
    organization = Organization.load(folders[0])
    if organization.digest != digest:
        hint = "have the same folder at the same path on every machine, and run again"
        raise OrderError("the files of the organization differ or have changed", where=str(folders[0]), hint=hint)
    return organization


@cache
def _load(folders: tuple[Path, ...], digest: str) -> Organization:
    base = bundled() if len(folders) > 1 else None
    entries = organization_file.read(folders[0] / NAME, folders, base)
    return Organization(folders=folders, digest=digest, **vars(entries))
