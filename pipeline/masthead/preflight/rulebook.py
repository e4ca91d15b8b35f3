"""All the rules in the order they are applied, and a PDF's bytes judged by them."""

from __future__ import annotations

from masthead.document import Document, garbage
from masthead.pdf import gather
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
from masthead.preflight.verdict import Profile, Report

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


@garbage.gc_deferred()
def judge(pdf: bytes, document: Document | None, profile: Profile) -> Report:
    """Judge the bytes of a PDF in this process by every rule of `profile`."""
    evidence = gather(pdf, document)
    applied = (rule for rule in CHECKS if not profile.exempts(rule.id))
    findings = tuple(finding for rule in applied for finding in rule.findings(evidence))
    return Report(evidence.facts, findings, profile)
