"""PDFs saved again by programs that change how a file is written, and nothing that it says or shows."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pikepdf
import pypdfium2
from pypdf import PdfReader, PdfWriter


def saved_again(pdf: bytes, **options: Any) -> bytes:
    """Return the file as qpdf writes it with these options of `pikepdf.Pdf.save`."""
    file = io.BytesIO()
    pikepdf.open(io.BytesIO(pdf)).save(file, **options)
    return file.getvalue()


def _by_pypdf(pdf: bytes) -> bytes:
    writer, file = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf))), io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _by_pdfium(pdf: bytes) -> bytes:
    file = io.BytesIO()
    pypdfium2.PdfDocument(pdf).save(file)
    return file.getvalue()


WAYS: Mapping[str, Callable[[bytes], bytes]] = {
    "linearized": partial(saved_again, linearize=True),
    "recompressed": partial(saved_again, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True),
    "content normalized": partial(
        saved_again,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        normalize_content=True,
    ),
    "pypdf": _by_pypdf,
    "PDFium": _by_pdfium,
}
