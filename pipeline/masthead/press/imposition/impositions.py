"""Publications → sheets → PDF: `arrange` and `impose`."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name

from masthead.document import SourceError
from masthead.press.imposition.drawing import draw
from masthead.press.imposition.formes import Forme, Plan, Turning, plan
from masthead.press.imposition.originals import SAME_SIZE, Original, inspect, open_pdf
from masthead.press.imposition.schemes import Edge, Face, Scheme, Sheet, tumbled


@dataclass(frozen=True, slots=True)
class Imposition:
    """Sheets with all that is needed to draw them: one plan, and each publication's sheets and binding edge."""

    plan: Plan
    runs: tuple[tuple[Edge, tuple[Sheet, ...]], ...]

    def faces(self, sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Face]]:
        """Front and back of each sheet, the back as the machine turns it."""
        for sheet in sheets:
            yield sheet, sheet.front
            toe = self.plan.forme.turning is Turning.HEAD_TO_TOE
            yield sheet, tumbled(sheet.back, self.plan.grid) if toe else sheet.back


def arrange(
    pdfs: Sequence[bytes], scheme: Scheme, *, forme: Forme | None = None, binding: Edge | None = None
) -> Imposition:
    """Put the pages of `pdfs` on sheets without drawing them: the dry run of `impose`."""
    return _arrange(_originals(pdfs), scheme, forme or Forme(), binding)


def impose(pdfs: Sequence[bytes], scheme: Scheme, *, forme: Forme | None = None, binding: Edge | None = None) -> bytes:
    """Impose publications one after the other in one run: a PDF with two pages for each sheet, front and back.

    Each is bound at `binding`, or at the edge that its own direction of reading asks for. Raises SourceError for a PDF
    that cannot be imposed, OrderError where pages do not fit on the paper.
    """
    originals = _originals(pdfs)
    imposition = _arrange(originals, scheme, forme or Forme(), binding)
    for original, (_, sheets) in zip(originals, imposition.runs, strict=True):
        draw(original, imposition.plan, tuple(imposition.faces(sheets)))
    run = originals[0].pdf
    for original in originals[1:]:
        run.pages.extend(original.pdf.pages)
    run.Root.ViewerPreferences = Dictionary(Duplex=_duplex(imposition.plan), PrintScaling=Name("/None"))
    if all(edge is Edge.RIGHT for edge, _ in imposition.runs):
        run.Root.ViewerPreferences.Direction = Name.R2L  # so that printing knows at which side to staple
    written = io.BytesIO()
    run.save(
        written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, recompress_flate=False
    )
    return written.getvalue()


def _originals(pdfs: Sequence[bytes]) -> list[Original]:
    originals = [
        inspect(open_pdf(data, where), where)
        for number, data in enumerate(pdfs, 1)
        for where in [f"PDF {number}" if len(pdfs) > 1 else ""]
    ]
    first = originals[0].size
    for number, original in enumerate(originals, 1):
        if any(abs(a - b) > SAME_SIZE for a, b in zip(original.size, first, strict=True)):
            raise SourceError(
                "its pages are of another size than those before it", where=f"PDF {number}",
                hint="impose publications of one size in one run",
            )  # fmt: skip
    return originals


def _arrange(originals: Sequence[Original], scheme: Scheme, forme: Forme, binding: Edge | None) -> Imposition:
    edges = [binding or Edge.of(original.direction) for original in originals]
    return Imposition(
        plan(scheme, forme, originals[0].size),
        tuple(
            (edge, scheme.arrange(len(original.leaves), edge)) for original, edge in zip(originals, edges, strict=True)
        ),
    )


def _duplex(plan: Plan) -> Name:
    like_a_leaf = plan.forme.turning is Turning.HEAD_TO_HEAD
    upright = plan.height >= plan.width
    return Name.DuplexFlipLongEdge if like_a_leaf is upright else Name.DuplexFlipShortEdge
