"""What the workers of a desk do, as functions from values to values: editions, pictures, comparisons, other forms.

They run in confined processes within limits of time and memory, so no source can harm the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from masthead import formats, publication
from masthead.batch import Product, Task, work
from masthead.comparison import Comparison, DocumentKey, Pair, PdfFile, compare_all, pairing
from masthead.document import files
from masthead.editing import concordance, text_of
from masthead.pdf import raster
from masthead.publication import SourceFile
from masthead.service import view


@dataclass(frozen=True, slots=True)
class MadeEdition:
    """An edition that a worker has made, what document it is, and its number of pages."""

    product: Product
    pdf: bytes
    key: DocumentKey
    pages: int


class ComparisonOrder(NamedTuple):
    """Two editions to compare, each by its SHA-256 and its bytes; and the nonce and language of the page that
    shows them."""

    before: tuple[str, bytes]
    after: tuple[str, bytes]
    nonce: str
    language: str = "en"


def make(source: SourceFile) -> MadeEdition:
    """Make the edition of a source. Raises MastheadError."""
    product = work.make(Task(source, files.sha256(source.data), publication.DEFAULTS))
    assert isinstance(product.pdf, bytes)
    key = pairing.identify(product.pdf, source.name)
    return MadeEdition(product, product.pdf, key, raster.count(product.pdf))


def draw(asked: tuple[bytes, int, int]) -> bytes:
    """Return the picture of a page as PNG, given the PDF, the number of the page, and the dots per inch."""
    return raster.png(*asked)


def convert(asked: tuple[SourceFile, str]) -> bytes:
    """Return a source in another form, named by its suffix."""
    return publication.convert(*asked)


def compare(asked: ComparisonOrder) -> tuple[dict[str, Any], str]:
    """Return what has changed from one edition to another: as plain values, and as the page of the report.

    The page asks for the pictures of both by the addresses that the API has.
    """
    digests = dict(zip(view.SIDES, (asked.before[0], asked.after[0]), strict=True))
    counts = {side: raster.count(data) for side, (_, data) in zip(view.SIDES, asked[:2], strict=True)}
    comparison = _compared(asked)

    def address(side: str, page: int) -> str:
        return f"/api/editions/{digests[side]}/pages/{page}.png" if page <= counts[side] else ""

    shown = view.show(comparison, address, max(counts.values()))
    return shown, view.page([shown], nonce=asked.nonce, language=asked.language)


def _compared(asked: ComparisonOrder) -> Comparison:
    before, after = (PdfFile("", sha256, lambda data=data: data) for sha256, data in asked[:2])  # type: ignore[misc]
    pair = Pair(pairing.identify(after.read(), ""), before, after)
    (comparison,) = compare_all([pair], kept=True)
    return comparison


def concord(sources: Sequence[SourceFile]) -> tuple[dict[str, Any], str]:
    """Return where the language versions of a document disagree: as plain values, and as a page."""
    versions = []
    for source in sources:
        document, text = formats.parse(source.data, source.name), text_of(source.data, source.name)
        name = str(document.language)
        versions.append(concordance.Version.of(document, name, path=source.name, source=text))
    found = concordance.concord(versions)
    return concordance.to_dict(found), concordance.to_html(found)
