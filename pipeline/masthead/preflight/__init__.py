"""Preflight: the judge of every page, of ours and of any other UN PDF."""

from __future__ import annotations

from pathlib import Path

from masthead.document import garbage
from masthead.document.errors import SourceError
from masthead.document.model import Document
from masthead.pdf.evidence import DAMAGE, gather, look, open_pdf
from masthead.pdf.facts import Facts
from masthead.pdf.pages import marked
from masthead.pdf.tree import Element, read_tree
from masthead.preflight import (
    accessibility,
    archive,
    artifacts,
    bookmarks,
    boxes,
    companions,
    completeness,
    described,
    flow,
    identity,
    judges,
    links,
    numbering,
    placement,
    press,
    strokes,
    structure,
    tables,
    typefaces,
    visible,
)
from masthead.preflight.verdict import DEFAULT, PROFILES, Exemption, Profile, Report, profile

__all__ = ["CHECKS", "DEFAULT", "PROFILES", "Element", "Exemption", "Facts", "Profile", "Report", "check", "profile",
           "read_text", "read_tree"]  # fmt: skip

CHECKS = (
    *identity.RULES,
    *structure.RULES,
    *placement.ORDER,
    *tables.ORDER,
    *artifacts.TITLES,
    *numbering.RULES,
    *flow.RULES,
    *completeness.RULES,
    *visible.RULES,
    *artifacts.RULES,
    *described.WORDS,
    *judges.RULES,
    *strokes.RULES,
    *typefaces.RULES,
    *boxes.RULES,
    *placement.COLUMN,
    *links.RULES,
    *accessibility.RULES,
    *bookmarks.RULES,
    *tables.HEADS,
    *companions.RULES,
    *archive.RULES,
    *described.RULES,
    *press.RULES,
)


def check(pdf: bytes | Path, document: Document | None = None, *, profile: Profile = DEFAULT) -> Report:
    """Judge a PDF by every rule of `profile`; `document` is what it should show, where that is known.

    Bytes are read in this process. A file is of unknown origin: it is read in a process of its own, within limits of
    time and memory. Raises SourceError when there is nothing that can be judged.
    """
    if isinstance(pdf, Path):
        from masthead.preflight import isolation

        return isolation.judge(pdf, document, profile)
    return _judge(pdf, document, profile)


@garbage.put_off()
def _judge(pdf: bytes, document: Document | None, profile: Profile) -> Report:
    evidence = gather(pdf, document)
    applied = (rule for rule in CHECKS if not profile.exempts(rule.id))
    findings = tuple(finding for rule in applied for finding in rule.findings(evidence))
    return Report(evidence.facts, findings, profile)


def read_text(pdf: Path) -> tuple[Element, ...]:
    """The texts of a tagged PDF in reading order, without its pictures (see `read_tree`).

    Raises SourceError when the file cannot be read.
    """
    try:
        data = pdf.read_bytes()
        file, count = open_pdf(data)
        leaves, _ = look(data, count)
        elements = read_tree(file, marked(leaves))
    except (SourceError, OSError, *DAMAGE) as error:
        raise SourceError(f"the file cannot be read: {error}", where=str(pdf), hint="name a tagged PDF") from error
    return tuple(element for element in elements if element.text)
