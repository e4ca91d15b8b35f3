"""Sign the reading copy with PAdES, by pyHanko (extra `sign`). It is the last step.

Any later change breaks the signature, so imposing and printing use the unsigned copy.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from masthead.document import ResourceError, SourceError
from masthead.press.imposition.originals import open_pdf


def sign(pdf: bytes, certificate: Path, passphrase: str, *, reason: str = "") -> bytes:
    """Add a PAdES signature (baseline B) with the key and certificate of a PKCS #12 file.

    The signature is appended; the bytes of the file before it do not change. Raises SourceError for a file or
    certificate that cannot be used, ResourceError if pyHanko is not installed.
    """
    open_pdf(pdf).close()
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers
    except ImportError as error:
        raise ResourceError("pyHanko is not installed", hint="pip install 'masthead[sign]'") from error
    if not certificate.is_file():
        raise SourceError("certificate not found", where=str(certificate), hint="give a PKCS #12 file (.p12, .pfx)")
    load: Callable[..., Any] = signers.SimpleSigner.load_pkcs12
    signer = load(str(certificate), passphrase=passphrase.encode())
    if signer is None:
        raise SourceError("the certificate cannot be opened", where=str(certificate), hint="check the passphrase")
    metadata = signers.PdfSignatureMetadata(
        field_name="Signature", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256", reason=reason or None
    )
    try:
        signed: io.BytesIO = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer)
    except Exception as error:  # pyHanko lets errors of several libraries through
        raise SourceError(f"the PDF cannot be signed: {error}", hint="a signed file cannot be signed again") from error
    return signed.getvalue()
