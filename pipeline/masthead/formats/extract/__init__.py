"""Extracts: the text that pdftotext takes from a PDF of the United Nations, into a Document.

Running heads, folios, job lines and barcodes are left out; notes are parted from the foot of their pages, or from the
end, and called where they must be. The text of a PDF does not tell everything: what was ambiguous is a finding.
"""

from __future__ import annotations

from masthead.document import Document
from masthead.formats.extract.pages import pages_of, symbol_on
from masthead.formats.extract.visual import is_visual

_FIRST = 12  # lines in which an extract has its symbol


def is_extract(text: str) -> bool:
    """Tell whether a text was taken from a PDF: its pages begin with the symbol, before the distribution is said.

    Lines that run to the left are wrapped in marks that nobody types.
    """
    if is_visual(text.lstrip()[:1]):
        return True
    first = pages_of(text[: 2**14])[:1]
    if not first or not (symbol := symbol_on(first[0])):
        return False
    lines = first[0][:_FIRST]
    place = next(at for at, line in enumerate(lines) if str(symbol) in line.text)
    return not any("Distr" in line.text for line in lines[:place])


def read(text: str, name: str) -> Document:
    """Read an extract. Raises SourceError, with file and line, where it does not say what it must."""
    from masthead.formats.extract import document  # a transcript does without

    return document.read(text, name)
