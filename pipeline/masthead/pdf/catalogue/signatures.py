"""The signatures of a PDF, read by pyHanko (extra `sign`)."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from masthead.document import ResourceError, SourceError


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature in a PDF: who signed, whether what it covers is unchanged, and whether it covers the whole file.

    Whether to trust the signer is for whoever receives the document to decide.
    """

    signer: str
    intact: bool
    whole: bool


def verify(pdf: bytes) -> tuple[Signature, ...]:
    """Return the signatures of a PDF in order.

    Raises SourceError when a signature cannot be read, ResourceError without pyHanko.
    """
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
    except ImportError as error:
        raise ResourceError("pyHanko is not installed", hint="pip install 'masthead[sign]'") from error
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pyHanko's, about certificates that no store has
        try:
            for embedded in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
                status = validate_pdf_signature(embedded)
                name = str(status.signing_cert.subject.human_friendly)
                whole = bool(status.coverage and status.coverage.name == "ENTIRE_FILE")
                found.append(Signature(name, bool(status.intact and status.valid), whole))
        except Exception as error:  # pyHanko raises many kinds of errors for a damaged signature
            raise SourceError(f"a signature cannot be read: {error}", hint="get the file again") from error
    return tuple(found)
