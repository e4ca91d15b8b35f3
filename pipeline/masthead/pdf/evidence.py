"""All that rules look at, gathered once from the bytes of a PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pikepdf
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from masthead.document import Document, SourceError
from masthead.pdf.catalogue import objects
from masthead.pdf.catalogue.attachments import AttachedSource, read_sources
from masthead.pdf.catalogue.links import LinkAnnotation, read_links
from masthead.pdf.catalogue.metadata import read_metadata
from masthead.pdf.content.images import DotImage, read_images
from masthead.pdf.content.loops import loops
from masthead.pdf.content.runs import PageText, TextRun, read_page_texts
from masthead.pdf.content.structure import (
    MarkedContent,
    StructureElement,
    content_in_links,
    read_structure,
    revised_content,
)
from masthead.pdf.content.tagged import TaggedBlock, tagged_blocks
from masthead.pdf.damage import DAMAGE
from masthead.pdf.drawn import raster, words
from masthead.pdf.drawn.barcodes import read_codes
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.drawings import Drawing
from masthead.pdf.drawn.packing import packed
from masthead.pdf.drawn.pages import Page, read_page, text_by_content
from masthead.pdf.drawn.simple_pages import SimplePages
from masthead.pdf.facts.recognition import Facts, recognize
from masthead.pdf.glyphs.blocks import Block, drawn_blocks
from masthead.pdf.glyphs.known_fonts import KnownFonts
from masthead.pdf.opening import open_pdf, open_reader, without_stream_name
from masthead.typesetting import fonts

if TYPE_CHECKING:
    import pypdfium2

MANY = 50  # pages: of so many, characters are kept where they take the least memory, not the least time


@dataclass(frozen=True, eq=False)
class Evidence:
    """A PDF as three libraries read it, and the document it should show, where that is known.

    `reader` is pypdf's, for the catalogue and the boxes and annotations of pages; `file` is qpdf's, for what contents
    and structure tree hold; PDFium drew `pages`. `texts` are what the contents of the pages show, `structure` is the
    structure tree, `tree` the blocks that it reads out; `damage` is what could not be read of the file, in words.
    `attached` are the sources in it, if they were needed to know the document.

    A column of a parallel edition is evidence of its own, as if the other were not there; `whole` is the file with
    both. What is printed once, such as the symbol, belongs to the first; the facts of one that `is_second` have it too.
    """

    pdf: bytes
    reader: PdfReader
    file: pikepdf.Pdf
    pages: tuple[Page, ...]
    texts: tuple[PageText, ...]
    known_fonts: KnownFonts
    structure: StructureElement | None
    tree: tuple[TaggedBlock, ...]
    facts: Facts
    document: Document | None
    damage: tuple[str, ...] = ()
    attached: tuple[AttachedSource, ...] | None = None
    whole: Evidence | None = None
    is_second: bool = False

    @property
    def language(self) -> str:
        """The language that the file declares for its text: that of the column in a parallel edition."""
        return self.structure.language if self.structure else objects.text(self.root.get("/Lang"))

    @property
    def root(self) -> DictionaryObject:
        """The catalogue of the file."""
        return self.reader.root_object

    @cached_property
    def metadata(self) -> Mapping[str, str]:
        """The properties in the file's metadata by name (`dc:title`); a missing one is empty."""
        return read_metadata(self.root)

    @cached_property
    def runs(self) -> tuple[tuple[TextRun, ...], ...]:
        """The runs of text on each page."""
        return tuple(text.runs for text in self.texts)

    @cached_property
    def content_runs(self) -> Mapping[tuple[int, int], Sequence[TextRun]]:
        """The runs that show something, by their page, from 1, and their marked content."""
        found: dict[tuple[int, int], list[TextRun]] = defaultdict(list)
        for page, runs in enumerate(self.runs, 1):
            for run in runs:
                if run.content is not None and run.codes:
                    found[page, run.content].append(run)
        return found

    @cached_property
    def held(self) -> Mapping[MarkedContent, bool]:
        """The marked content that the structure holds, and whether it is part of a link."""
        return content_in_links(self.structure) if self.structure else {}

    @cached_property
    def revised(self) -> Mapping[tuple[int | None, int], str]:
        """The marked content of text that only one of two versions has, with `Ins` or `Del`."""
        return revised_content(self.structure) if self.structure else {}

    @cached_property
    def sources(self) -> tuple[AttachedSource, ...]:
        """The attached sources, with the documents in them."""
        return self.attached if self.attached is not None else tuple(read_sources(self.reader))

    @cached_property
    def links(self) -> tuple[LinkAnnotation, ...]:
        """The links of the file, with the text that they are on; of a column, those that are not in the other."""
        links = read_links(self.reader, self.pages)
        if self.whole is None:
            return tuple(links)
        return tuple(
            link for link, there in zip(links, self.whole.links, strict=True) if link.contents or not there.contents
        )

    @property
    def file_tree(self) -> tuple[TaggedBlock, ...]:
        """The blocks of the whole file, of both columns."""
        return (self.whole or self).tree

    @cached_property
    def images(self) -> tuple[DotImage, ...]:
        """The pictures of dots on the pages."""
        return tuple(read_images(self.file))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs, headings and notes of the structure in known fonts, with their glyphs by place."""
        return drawn_blocks(self.file, self.runs, self.structure, self.known_fonts)


def gather(pdf: bytes, document: Document | None = None) -> Evidence:
    """Read `pdf`. Raises SourceError when it is not a PDF, or when its pages cannot be read."""
    damage = []
    file, count = open_pdf(pdf)
    reader = open_reader(pdf, count)
    claimed = file.Root.Pages.get("/Count")
    if claimed != count:
        damage.append(f"the page tree says {claimed} pages, {count} are there")
        file.Root.Pages.Count = count  # in memory only: qpdf does not find pages in a tree with a wrong count
    unreadable = []
    try:
        texts = read_page_texts(file)
    except DAMAGE as error:
        texts = (PageText(),) * count
        unreadable = [f"the content of the pages cannot be read: {without_stream_name(error)}"]
    known_fonts = KnownFonts(file, fonts.find_faces())
    warnings = file.get_warnings()
    pages, codes = look(pdf, SimplePages(file, texts, known_fonts), is_damaged=bool(damage or warnings))
    try:
        structure = read_structure(file)
    except ValueError as error:
        structure = None
        damage.append(str(error))
    damage += unreadable
    if repaired := [*dict.fromkeys(map(without_stream_name, [*warnings, *file.get_warnings()]))]:
        damage.append(f"the file is damaged: {'; '.join(repaired[:3])}".replace("file is damaged; ", "", 1))
    attached = None
    if document is None:
        with suppress(*DAMAGE):  # which the rule on the sources reports
            attached = tuple(read_sources(reader))
            document = next((source.document for source in attached if source.document), None)
    damage += loops(file)
    tree = tagged_blocks(structure, text_by_content(pages))
    facts = recognize(pages, codes, tree)
    return Evidence(
        pdf, reader, file, pages, texts, known_fonts, structure, tree, facts, document, tuple(damage), attached
    )


def look(
    pdf: bytes,
    simple: SimplePages,
    leave_out: Callable[[int, Character], bool] | None = None,
    *,
    is_damaged: bool = False,
) -> tuple[tuple[Page, ...], Mapping[str, str]]:
    """Return the pages, and the codes on page one; or the pages without the characters that `leave_out` names.

    PDFium reads the pages that are not `simple`, and opens a file that `is_damaged`. Raises SourceError when it cannot.
    """
    try:
        with raster.ALONE, ExitStack() as stack:  # the known words are for one thread too
            opened = _OpenedFile(pdf, stack)
            if is_damaged:
                stack.enter_context(opened.page(0))
            words.KNOWN.begin_file()
            kept = packed if len(simple) > MANY else _as_it_is
            pages: list[Page] = []
            codes: Mapping[str, str] | None = {} if leave_out else None
            for index in range(len(simple)):
                page = simple.page(index, opened.drawings, pages, leave_out)
                if page is None:
                    with opened.page(index) as drawn:
                        page = read_page(drawn, index, pages, leave_out)
                elif codes is None and not index:
                    codes = simple.codes(page)
                pages.append(kept(page))
            if codes is None:
                # Last, since drawing a font that is not embedded changes how PDFium measures it.
                codes = read_codes(opened.first, _only_drawings(pages[0], simple.fonts))
            return tuple(pages), codes
    except raster.failure() as error:
        raise SourceError(f"the pages cannot be read: {error}", hint="get the file again from its source") from error


class _OpenedFile:
    """A file that PDFium opens when somebody asks for a page. Page one stays open."""

    def __init__(self, pdf: bytes, stack: ExitStack) -> None:
        self._pdf, self._stack = pdf, stack

    @cached_property
    def _document(self) -> pypdfium2.PdfDocument:
        return self._stack.enter_context(raster.opened(self._pdf))

    @cached_property
    def first(self) -> pypdfium2.PdfPage:
        return self._stack.enter_context(closing(self._document[0]))

    def page(self, index: int) -> AbstractContextManager[pypdfium2.PdfPage]:
        return closing(self._document[index]) if index else nullcontext(self.first)

    def drawings(self, index: int) -> tuple[Drawing, ...]:
        from masthead.pdf.drawn.drawing_reader import read_drawings

        with self.page(index) as drawn:
            return read_drawings(drawn)


def _only_drawings(page: Page, known_fonts: KnownFonts) -> Sequence[Drawing] | None:
    """Return the drawings of a page if nothing else can be a code; None if letters of other than bundled fonts can."""
    lines = (line for upright in (page, *page.turned) for line in upright.lines)
    used = {span.font for line in lines for span in (*line.spans, *line.raised)}
    return page.drawings if used and known_fonts.are_bundled(used) else None


def _as_it_is(page: Page) -> Page:
    return page
