"""The text of a tagged PDF as a screen reader has it."""

from __future__ import annotations

from pathlib import Path

from masthead.document import SourceError
from masthead.pdf.content.tagged import TaggedBlock, read_tree
from masthead.pdf.damage import DAMAGE
from masthead.pdf.drawn.pages import marked
from masthead.pdf.evidence import look, open_pdf


def read_text(pdf: Path) -> tuple[TaggedBlock, ...]:
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
