"""What other rooms take from a PDF without checking it: its text, and the document that it was made from."""

from __future__ import annotations

from pathlib import Path

from masthead.document import Document, SourceError
from masthead.pdf.catalogue.attachments import source_document
from masthead.pdf.content.structure import read_structure, revised_content
from masthead.pdf.content.tagged import TaggedBlock, read_tree
from masthead.pdf.damage import DAMAGE
from masthead.pdf.drawn import raster
from masthead.pdf.drawn.pages import read_pages, text_by_content
from masthead.pdf.opening import open_pdf, open_reader
from masthead.typesetting import Pdf


def read_text(pdf: Path) -> tuple[TaggedBlock, ...]:
    """Return the texts of a tagged PDF in reading order, and its pictures that have an alternative text.

    Raises SourceError when the file cannot be read.
    """
    data = Pdf.load(pdf).data
    try:
        file, count = open_pdf(data)
        with raster.opened(data) as document:
            pages = read_pages(document, count)
        blocks = read_tree(file, text_by_content(pages))
    except (SourceError, *DAMAGE) as error:
        raise SourceError(f"the file cannot be read: {error}", where=str(pdf), hint="name a tagged PDF") from error
    return tuple(block for block in blocks if block.text or block.alternative)


def attached_document(pdf: bytes) -> Document | None:
    """Return the document whose source travels in a PDF; None where there is no source in it.

    Raises SourceError when the PDF or the source cannot be read.
    """
    _, count = open_pdf(pdf)
    return source_document(open_reader(pdf, count))


def has_revisions(pdf: bytes) -> bool:
    """Return whether a PDF shows two versions of its text, by its structure. Raises SourceError if it is damaged."""
    try:
        root = read_structure(open_pdf(pdf)[0])
    except DAMAGE as error:
        raise SourceError(f"the file cannot be read: {error}", hint="name a tagged PDF") from error
    return root is not None and bool(revised_content(root))
