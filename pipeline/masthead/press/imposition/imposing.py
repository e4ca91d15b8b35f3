"""Impose publications: arrange their pages on sheets and draw the sheets as a PDF."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name

from masthead.document import SourceError
from masthead.press.imposition.drawing import draw
from masthead.press.imposition.layout import SheetLayout, SheetOptions, Turning, lay_out
from masthead.press.imposition.originals import Original, inspect, open_pdf
from masthead.press.imposition.schemes import Blanks, Edge, Face, ImposedSheet, Scheme, tumbled
from masthead.typesetting import Pdf, PdfSource

NO_BLANKS = Blanks()


@dataclass(frozen=True, slots=True)
class Imposition:
    """Everything that is needed to draw the sheets: their layout, and each publication's binding edge and sheets.

    `names` are those of the publications, as far as they have one.
    """

    layout: SheetLayout
    publications: tuple[tuple[Edge, tuple[ImposedSheet, ...]], ...]
    scheme: Scheme
    names: tuple[str, ...]

    def faces(self, sheets: Sequence[ImposedSheet]) -> Iterator[tuple[ImposedSheet, Face]]:
        """Yield the front and back of each sheet, the back as the machine turns it; the front alone if it is both."""
        for sheet in sheets:
            yield sheet, sheet.front
            if not sheet.back:
                continue
            toe = self.layout.options.turning is Turning.HEAD_TO_TOE
            yield sheet, tumbled(sheet.back, self.layout.grid) if toe else sheet.back


def arrange(
    pdfs: PdfSource | Sequence[PdfSource],
    scheme: Scheme,
    *,
    options: SheetOptions | None = None,
    binding: Edge | None = None,
    blanks: Blanks = NO_BLANKS,
) -> Imposition:
    """Arrange the pages of `pdfs` on sheets without drawing them: the dry run of `impose`."""
    return _arrange(_originals(pdfs), scheme, options or SheetOptions(), binding, blanks)


def impose(
    pdfs: PdfSource | Sequence[PdfSource],
    scheme: Scheme,
    *,
    options: SheetOptions | None = None,
    binding: Edge | None = None,
    blanks: Blanks = NO_BLANKS,
) -> Pdf:
    """Impose one publication, or several one after the other. Returns a PDF with a page for each face of each sheet.

    Each publication is bound at `binding`, by default at the edge that its reading direction asks for. `blanks` says
    where blank pages are. Raises SourceError for a PDF that cannot be imposed, OrderError if the pages do not fit on
    the paper.
    """
    originals = _originals(pdfs)
    imposition = _arrange(originals, scheme, options or SheetOptions(), binding, blanks)
    for original, (_, sheets) in zip(originals, imposition.publications, strict=True):
        draw(original, imposition.layout, tuple(imposition.faces(sheets)))
    imposed = originals[0].pdf
    for original in originals[1:]:
        imposed.pages.extend(original.pdf.pages)
    imposed.Root.ViewerPreferences = Dictionary(Duplex=_duplex(imposition.layout), PrintScaling=Name("/None"))
    if all(edge is Edge.RIGHT for edge, _ in imposition.publications):
        imposed.Root.ViewerPreferences.Direction = Name.R2L  # tells `masthead print` on which side to staple
    written = io.BytesIO()
    streams = pikepdf.ObjectStreamMode.generate
    imposed.save(written, object_stream_mode=streams, deterministic_id=True, recompress_flate=False)
    return Pdf(written.getvalue())


def _originals(pdfs: PdfSource | Sequence[PdfSource]) -> list[Original]:
    pdfs = [pdfs] if isinstance(pdfs, Pdf | bytes | str | os.PathLike) else pdfs
    names = [_name(pdf, f"PDF {number}" if len(pdfs) > 1 else "") for number, pdf in enumerate(pdfs, 1)]
    return [inspect(open_pdf(Pdf.load(pdf).data, name), name) for pdf, name in zip(pdfs, names, strict=True)]


def _name(pdf: PdfSource, unnamed: str) -> str:
    return os.fspath(pdf) if isinstance(pdf, str | os.PathLike) else unnamed


def _check_sizes(originals: Sequence[Original]) -> None:
    """Raise SourceError unless all pages have one size."""
    for original in originals:
        original.check_sizes()
        if not original.pages[0].is_as_large_as(originals[0].size):
            hint = "impose publications of different sizes separately"
            raise SourceError("the page size differs from the first PDF", where=original.name, hint=hint)


def _arrange(
    originals: Sequence[Original], scheme: Scheme, options: SheetOptions, binding: Edge | None, blanks: Blanks
) -> Imposition:
    if not scheme.fitted:
        _check_sizes(originals)
    edges = [binding or Edge.of(original.direction) for original in originals]
    publications = (
        (edge, blanks.arrange(scheme, len(each.pages), edge)) for each, edge in zip(originals, edges, strict=True)
    )
    layout, names = lay_out(scheme, options, originals[0].size), tuple(original.name for original in originals)
    return Imposition(layout, tuple(publications), scheme, names)


def _duplex(layout: SheetLayout) -> Name:
    """Return the value of /Duplex. It names the edge about which the printer turns the sheet."""
    if layout.grid.halved:
        return Name.Simplex
    like_a_leaf = layout.options.turning is Turning.HEAD_TO_HEAD
    portrait = layout.height >= layout.width
    return Name.DuplexFlipLongEdge if like_a_leaf is portrait else Name.DuplexFlipShortEdge
