"""All that rules may look at, gathered once from the bytes of a PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2
from pypdf import PdfReader

from masthead.document import Document, MastheadError, SourceError
from masthead.pdf.catalogue.links import LinkAnnotation, links
from masthead.pdf.catalogue.objects import Reader
from masthead.pdf.catalogue.source import attached
from masthead.pdf.content.runs import TextRun, read_runs
from masthead.pdf.content.structure import MarkedContent, StructureElement, held, read_structure
from masthead.pdf.content.tagged import TaggedBlock, blocks
from masthead.pdf.damage import DAMAGE
from masthead.pdf.drawn.barcodes import Code, read_codes
from masthead.pdf.drawn.pages import Page, marked, opened, read_page
from masthead.pdf.drawn.raster import PDFIUM
from masthead.pdf.facts.recognition import Facts, recognize
from masthead.pdf.glyphs.blocks import Block, drawn_blocks
from masthead.pdf.glyphs.shapes import KnownFonts
from masthead.typesetting import fonts


@dataclass(frozen=True, eq=False)
class Evidence:
    """A PDF as three libraries read it, and the document it should show, where that is known.

    `reader` is pypdf's, for the structure of the file and its pages; `file` is qpdf's, for what contents and structure
    tree hold; PDFium drew `pages`. `contents` are those of the pages, unpacked, `runs` the text that each shows;
    `structure` is the structure tree, `tree` what it says; `damage` is what could not be read of the file, in words.
    """

    pdf: bytes
    reader: PdfReader
    file: pikepdf.Pdf
    pages: tuple[Page, ...]
    contents: tuple[bytes, ...]
    runs: tuple[tuple[TextRun, ...], ...]
    structure: StructureElement | None
    tree: tuple[TaggedBlock, ...]
    facts: Facts
    document: Document | None
    damage: tuple[str, ...] = ()

    @property
    def root(self) -> Any:
        """The catalogue of the file."""
        return self.reader.root_object

    @cached_property
    def held(self) -> Mapping[MarkedContent, bool]:
        """The marked content that the structure holds, and whether it is that of a link."""
        return held(self.structure) if self.structure else {}

    @cached_property
    def links(self) -> tuple[LinkAnnotation, ...]:
        """The links of the file, with the text that they lie on."""
        return tuple(links(self.reader, self.pages))

    @cached_property
    def known_fonts(self) -> KnownFonts:
        """What the codes of the fonts draw that are the project's."""
        return KnownFonts(self.file, fonts.load().faces)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs, headings and notes that the structure names, with their glyphs by place."""
        return drawn_blocks(self.file, self.runs, self.structure, self.known_fonts)


def _content(page: pikepdf.Page) -> bytes:
    """What is in the content of a page; nothing of one that cannot be read."""
    contents = page.obj.get("/Contents")
    try:
        parts = contents if isinstance(contents, pikepdf.Array) else () if contents is None else (contents,)
        return b"\n".join(part.read_bytes() for part in parts)
    except DAMAGE:
        return b""


def gather(pdf: bytes, document: Document | None = None) -> Evidence:
    """Read `pdf`. Raises SourceError when it is no PDF, or one whose pages cannot be read."""
    damage = []
    file, count = open_pdf(pdf)
    reader = _reader(pdf, count)
    claimed = file.Root.Pages.get("/Count")
    if claimed != count:
        damage.append(f"the page tree says {claimed} pages, {count} are there")
        file.Root.Pages.Count = count  # in memory alone: qpdf does not look for a page in a tree that counts wrong
    leaves, marks = look(pdf, count)
    try:
        structure = read_structure(file)
    except ValueError as error:
        structure = None
        damage.append(str(error))
    contents = tuple(map(_content, file.pages))
    try:
        runs = read_runs(file, contents)
    except DAMAGE as error:
        runs = ((),) * count
        damage.append(f"the content of the pages cannot be read: {_said(error)}")
    if mended := [*dict.fromkeys(map(_said, file.get_warnings()))]:
        damage.append(f"the file is damaged: {'; '.join(mended[:3])}".replace("file is damaged; ", "", 1))
    if document is None:
        try:
            document = attached(file)
        except MastheadError as error:
            damage.append(f"the attached source cannot be read: {error}")
    tree = blocks(structure, marked(leaves))
    return Evidence(
        pdf,
        reader,
        file,
        leaves,
        contents,
        runs,
        structure,
        tree,
        recognize(leaves, marks, tree),
        document,
        tuple(damage),
    )


def _reader(pdf: bytes, count: int) -> PdfReader:
    """The same file as pypdf reads it. Raises SourceError where it cannot, or finds another number of pages."""
    try:
        reader = Reader(pdf)
        found = sum(1 for _ in reader.pages)
    except DAMAGE as error:
        raise SourceError(f"the file is damaged: {error}", hint="get the file again from its source") from error
    if found != count:
        raise SourceError(
            f"the file is damaged: one reader finds {count} pages in it, another {found}",
            hint="get the file again from its source",
        )
    return reader


def look(pdf: bytes, count: int) -> tuple[tuple[Page, ...], tuple[Code, ...]]:
    """Return the pages as PDFium shows them, and the codes of the first. Raises SourceError when one cannot be read."""
    leaves: list[Page] = []
    marks: tuple[Code, ...] = ()
    try:
        with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as drawn:
            for number, page in opened(drawn, count):
                leaves.append(read_page(page, number, leaves))
                marks = read_codes(page) if number == 1 else marks
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"the pages cannot be read: {error}", hint="get the file again from its source") from error
    return tuple(leaves), marks


def open_pdf(pdf: bytes) -> tuple[pikepdf.Pdf, int]:
    """Return the file and the number of its pages. Raises SourceError when it is no PDF that can be read."""
    if b"%PDF-" not in pdf[:1024]:
        raise SourceError("the file is no PDF", hint="name a PDF file")
    try:
        file = pikepdf.open(io.BytesIO(pdf))
        count = len(file.pages)
    except pikepdf.PasswordError:
        raise SourceError("the file is encrypted", hint="get it without a password") from None
    except DAMAGE as error:
        raise SourceError(f"the file is damaged: {_said(error)}", hint="get the file again from its source") from error
    if not count:
        raise SourceError("the file has no pages", hint="get the file again from its source")
    return file, count


def _said(remark: object) -> str:
    """What qpdf says, without the name of the stream that it read."""
    return re.sub(r"^(stream )?<_io\.BytesIO[^>]*>(: |, | )?", "", str(remark))
