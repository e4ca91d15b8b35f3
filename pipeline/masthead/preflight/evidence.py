"""All that rules may look at, gathered once from the bytes of a PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from masthead import fonts
from masthead.errors import MastheadError, SourceError
from masthead.model import Document
from masthead.preflight import codes, facts, glyphs, pages, script, source
from masthead.preflight.facts import Facts
from masthead.preflight.pages import Page
from masthead.preflight.tree import Element, read_tree


@dataclass(frozen=True)
class Evidence:
    """A PDF read by two libraries, and the document it should show, where that is known.

    `damage` is what could not be read of the file, in words.
    """

    pdf: bytes
    reader: PdfReader
    pages: tuple[Page, ...]
    tree: tuple[Element, ...]
    facts: Facts
    document: Document | None
    damage: tuple[str, ...] = ()

    @cached_property
    def script(self) -> tuple[script.Line, ...]:
        """The lines of a tagged file set in the project's fonts, glyph by glyph; none where it has no structure."""
        if not self.tree:
            return ()
        return script.read_lines(glyphs.read(self.pdf, fonts.load().faces, self.reader))


def gather(pdf: bytes, document: Document | None = None) -> Evidence:
    """Read `pdf`. Raises SourceError when it is no PDF, or one whose pages cannot be read."""
    damage = []
    reader, count = open_pdf(pdf)
    tree_of_pages = reader.root_object.get("/Pages")
    claimed = tree_of_pages.get_object().get("/Count") if tree_of_pages else None
    if claimed != count:
        damage.append(f"the page tree says {claimed} pages, {count} are there")
    try:
        tree = read_tree(reader)
    except ValueError as error:
        tree = ()
        damage.append(str(error))
    if document is None:
        try:
            document = source.attached(reader)
        except MastheadError as error:
            damage.append(f"the attached source cannot be read: {error}")
    try:
        drawn = pypdfium2.PdfDocument(pdf)
        try:
            leaves, marks = pages.read_pages(drawn, count), codes.read_codes(drawn)
        finally:
            drawn.close()
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"the pages cannot be read: {error}", hint="get the file again from its source") from error
    return Evidence(pdf, reader, leaves, tree, facts.gather(leaves, marks, tree), document, tuple(damage))


def open_pdf(pdf: bytes) -> tuple[PdfReader, int]:
    """Return the file's structure and the number of its pages. Raises SourceError when it is no PDF that can be read."""
    if b"%PDF-" not in pdf[:1024]:
        raise SourceError("the file is no PDF", hint="name a PDF file")
    try:
        reader = PdfReader(io.BytesIO(pdf))
        count = sum(1 for _ in reader.pages)
    except FileNotDecryptedError:
        raise SourceError("the file is encrypted", hint="get it without a password") from None
    except (PyPdfError, KeyError, AttributeError, TypeError) as error:
        # Damage shows as any of these, deep inside the reader.
        raise SourceError(f"the file is damaged: {error}", hint="get the file again from its source") from error
    if not count:
        raise SourceError("the file has no pages", hint="get the file again from its source")
    return reader, count
