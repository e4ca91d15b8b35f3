"""A file opened by qpdf and by pypdf, which must find the same pages in it."""

from __future__ import annotations

import io
import re

import pikepdf
from pypdf import PdfReader

from masthead.document import SourceError
from masthead.pdf import confinement
from masthead.pdf.catalogue.objects import Reader
from masthead.pdf.damage import DAMAGE

_HINT = "get the file again from its source"


def open_pdf(pdf: bytes) -> tuple[pikepdf.Pdf, int]:
    """Return the file and the number of its pages. Raises SourceError when it is not a PDF, or cannot be read."""
    if b"%PDF-" not in pdf[:1024]:
        raise SourceError("the file is not a PDF", hint="name a PDF file")
    try:
        file = pikepdf.open(io.BytesIO(pdf))
        count = len(file.pages)
    except pikepdf.PasswordError:
        raise SourceError("the file is password-protected", hint="get it without a password") from None
    except DAMAGE as error:
        raise SourceError(f"the file is damaged: {without_stream_name(error)}", hint=_HINT) from error
    if not count:
        raise SourceError("the file has no pages", hint=_HINT)
    return file, count


def open_reader(pdf: bytes, count: int) -> PdfReader:
    """Return pypdf's reader of a file. Raises SourceError where it fails, or finds another number of pages."""
    try:
        reader = Reader(pdf)
        found = sum(1 for page in reader.pages if page.mediabox)
    except DAMAGE as error:  # a page without /MediaBox too
        raise SourceError(f"the file is damaged: {confinement.said(error)}", hint=_HINT) from error
    if found != count:
        raise SourceError(f"the file is damaged: one reader finds {count} pages in it, another {found}", hint=_HINT)
    return reader


def without_stream_name(remark: object) -> str:
    """Return what qpdf says, without the name of the stream that it read."""
    return re.sub(r"^(stream )?<_io\.BytesIO[^>]*>(: |, | )?", "", str(remark))
