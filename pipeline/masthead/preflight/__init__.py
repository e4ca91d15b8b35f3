"""Preflight: the judge of every page, of ours and of any other UN PDF."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from masthead.model import Document
from masthead.preflight import (
    accessibility,
    archive,
    boxes,
    completeness,
    flow,
    identity,
    links,
    numbering,
    press,
    structure,
    typefaces,
)
from masthead.preflight.evidence import gather
from masthead.preflight.facts import Facts
from masthead.preflight.tree import Element, read_tree
from masthead.preflight.verdict import DEFAULT, PROFILES, Exemption, Profile, Report, profile

__all__ = ["CHECKS", "DEFAULT", "PROFILES", "Element", "Exemption", "Facts", "Profile", "Report", "check", "profile",
           "read_text", "read_tree"]  # fmt: skip

CHECKS = (
    *identity.RULES,
    *structure.RULES,
    *numbering.RULES,
    *flow.RULES,
    *completeness.RULES,
    *typefaces.RULES,
    *boxes.RULES,
    *links.RULES,
    *accessibility.RULES,
    *archive.RULES,
    *press.RULES,
)


def check(pdf: bytes | Path, document: Document | None = None, *, profile: Profile = DEFAULT) -> Report:
    """Read a PDF and judge it by every rule of the profile; `document` is what it should show, where that is known."""
    data = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    evidence = gather(data, document)
    applied = (rule for rule in CHECKS if not profile.exempts(rule.id))
    findings = tuple(finding for rule in applied for finding in rule.findings(evidence))
    return Report(evidence.facts, findings, profile)


def read_text(pdf: Path) -> tuple[Element, ...]:
    """The texts of a tagged PDF in reading order. See `read_tree`."""
    return read_tree(PdfReader(io.BytesIO(pdf.read_bytes())))
