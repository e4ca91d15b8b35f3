"""Signing the reading copy, last of all: PAdES with a certificate of the user's, by pyHanko (extra `sign`).

Whatever changes a signed file breaks its signature, so that imposing and printing take the unsigned copy.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.document import ResourceError, SourceError
from masthead.press.imposition.originals import open_pdf

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

_HINT = "pip install 'masthead[sign]'"


def sign(pdf: bytes, certificate: Path, passphrase: str, *, reason: str = "") -> bytes:
    """Add a PAdES signature (baseline B) with the key and certificate of a PKCS #12 file.

    The file stays as it is, byte for byte, and grows at its end. Raises SourceError for a file or certificate that
    cannot be used, ResourceError without pyHanko.
    """
    open_pdf(pdf).close()
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers
    except ImportError as error:
        raise ResourceError("pyHanko is not installed", hint=_HINT) from error
    signer = _signer(certificate, passphrase)
    metadata = signers.PdfSignatureMetadata(
        field_name="Signature", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256", reason=reason or None
    )
    try:
        signed: io.BytesIO = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer)
    except Exception as error:  # pyHanko raises errors of several libraries below it
        raise SourceError(f"the PDF cannot be signed: {error}", hint="a signed file is not signed again") from error
    return signed.getvalue()


def _signer(certificate: Path, passphrase: str) -> SimpleSigner:
    from pyhanko.sign.signers import SimpleSigner

    if not certificate.is_file():
        raise SourceError("there is no certificate", where=str(certificate), hint="name a PKCS #12 file (.p12, .pfx)")
    load: Callable[..., SimpleSigner | None] = SimpleSigner.load_pkcs12
    signer = load(str(certificate), passphrase=passphrase.encode())
    if signer is None:
        raise SourceError("the certificate cannot be opened", where=str(certificate), hint="see the passphrase")
    return signer
