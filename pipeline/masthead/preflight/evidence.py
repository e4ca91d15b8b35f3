"""All that rules may look at, gathered once from the bytes of a PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2
from pypdf import PdfReader

from masthead.model import Document
from masthead.preflight import codes, facts, pages
from masthead.preflight.facts import Facts
from masthead.preflight.pages import Page
from masthead.preflight.tree import Element, read_tree


@dataclass(frozen=True, slots=True)
class Evidence:
    """A PDF read by two libraries, and the document it should show, where that is known."""

    reader: PdfReader
    pages: tuple[Page, ...]
    tree: tuple[Element, ...]
    facts: Facts
    document: Document | None


def gather(pdf: bytes, document: Document | None = None) -> Evidence:
    """Read `pdf`."""
    reader = PdfReader(io.BytesIO(pdf))
    drawn = pypdfium2.PdfDocument(pdf)
    try:
        leaves = pages.read_pages(drawn)
        marks = codes.read_codes(drawn)
    finally:
        drawn.close()
    tree = read_tree(reader)
    return Evidence(reader, leaves, tree, facts.gather(leaves, marks, tree), document)
