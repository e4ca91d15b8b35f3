"""What an edition is made from besides its source, as digests: templates, styles, words, pictures, fonts, engines."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from masthead.document import TEMPLATES, files, installed_version, organizations
from masthead.document import cache as stored
from masthead.typesetting import fonts, version_of

_PACKAGE = Path(__file__).parent.parent
_EXCLUDED = {"_templates", "_fonts", "__pycache__"}
# The distributions that read sources, make pages or check them: if the version of one changes, editions are due.
_DISTRIBUTIONS = (
    *(
        "weasyprint",
        "pydyf",
        "deflate",
        "tinycss2",
        "cssselect2",
        "tinyhtml5",
        "pyphen",
        "fonttools",
        "brotli",
        "zopfli",
    ),
    *("pillow", "jinja2", "markupsafe", "python-bidi", "arabic-reshaper"),
    *("markdown-it-py", "mdit-py-plugins", "pyyaml", "lxml", "python-docx"),
    *("pypdf", "pypdfium2", "pikepdf", "zxing-cpp", "pyhanko", "opendataloader-pdf", "jpype1"),
)
_LIBRARIES = {
    "pango": ("pangoft2-1.0", "pango_version_string"),
    "harfbuzz": ("harfbuzz", "hb_version_string"),
    "harfbuzz-subset": ("harfbuzz-subset", "hb_version_string"),
}
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_ADDRESS = re.compile(r"""(?:@import\s+|url\()["']?(?!data:)([^"')\s;]+)""")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests by name: `files` below the folder of templates, `engines` for everything that typesets and checks."""

    files: Mapping[str, str]
    engines: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One digest of all: two machines that have the same make the same pages."""
        return _digest_of([self.files, self.engines])

    def of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the digests of the files `names` and of the engines; that of a missing file is empty."""
        return {name: self.files.get(name, "") for name in names} | dict(self.engines)


def survey(templates: Path = TEMPLATES) -> Inputs:
    """Return the digests of what this machine makes pages with. Raises TypesettingError if fonts are missing.

    Of an organization, the files are those that it uses: its own in place of the bundled ones.
    """
    faces = [(face.family, face.style, face.sha256) for face in fonts.load().faces]
    engines = {"masthead": _digest_of(_files(_PACKAGE)), "fonts": _digest_of(faces)}
    engines |= {"python": platform.python_version()} | {name: installed_version(name) for name in _DISTRIBUTIONS}
    engines |= {name: version_of(*where) for name, where in _LIBRARIES.items()}
    found, organization = _files(templates), organizations.current()
    if not organization.is_bundled:
        for path in organizations.own_files(organization.folder):
            digest = files.sha256(path.read_bytes())
            place = organization.of_page(path.relative_to(organization.folder).as_posix())
            # The words of a locale are those of both files.
            found[place] = _digest_of([digest, found.get(place)]) if place.startswith("locales/") else digest
    return Inputs(found, engines)


def _files(folder: Path) -> dict[str, str]:
    """The digest of each file below a folder. In a wheel, templates and fonts are below the package, and left out.

    The files are read again only after one has changed: its size, or when it or its entry was written last.
    """
    found = sorted(_listed(str(folder), ""))

    def digests() -> dict[str, str]:
        return {name: files.sha256((folder / name).read_bytes()) for name, _ in found}

    return stored.computed("digests", (str(folder), found), digests)


def _listed(folder: str, prefix: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what identifies the contents of each file below a folder: its name, and what its system says of it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in _EXCLUDED:
                    yield from _listed(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file() and not entry.name.startswith("."):
                yield f"{prefix}{entry.name}", stored.identity(entry.stat())


def _digest_of(values: object) -> str:
    return files.sha256(json.dumps(values, sort_keys=True).encode())


def styles(html: str) -> tuple[str, ...]:
    """Return the style sheets that a page links, and what they import and draw, relative to the templates' folder."""
    root, organization = TEMPLATES.resolve(), organizations.current()
    found: set[str] = set()
    waiting = [(root / href).resolve() for href in _LINK.findall(html)]
    while waiting:
        path = waiting.pop()
        if path.is_relative_to(root) and (name := path.relative_to(root).as_posix()) not in found:
            found.add(name)
            waiting += [(path.parent / address).resolve() for address in _addresses(organization.find(name))]
    return tuple(sorted(found))


@organizations.per_organization
def templates_of(name: str) -> tuple[str, ...]:
    """Return the template `name` and those that it extends, includes and imports; all if a name is computed."""
    found, waiting = {name}, [name]
    organization = organizations.current()
    while waiting:
        here = waiting.pop()
        path = TEMPLATES / here.removeprefix("bundled/") if here.startswith("bundled/") else organization.find(here)
        for other in _references(path.read_text("utf-8")):
            if other is None:
                names = (each.relative_to(folder) for folder in organization.folders for each in folder.rglob("*.j2"))
                return tuple(sorted({organization.of_page(each.as_posix()) for each in names}))
            if other not in found:
                found.add(other)
                waiting.append(other)
    return tuple(sorted(found))


def _references(template: str) -> list[str | None]:
    """The templates that the text of a template names, None for a name that is computed."""

    def found() -> list[str | None]:
        import jinja2  # by workers alone
        from jinja2 import meta

        return list(meta.find_referenced_templates(jinja2.Environment().parse(template)))

    return stored.computed("references", (installed_version("jinja2"), template), found)


@cache
def _addresses(path: Path) -> tuple[str, ...]:
    """What a style sheet imports and draws."""
    if path.suffix != ".css" or not path.is_file():
        return ()
    return tuple(_ADDRESS.findall(path.read_text("utf-8")))
