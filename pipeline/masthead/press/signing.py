"""Sign the reading copy with PAdES, by pyHanko (extra `sign`). It is the last step.

Any later change breaks the signature, so imposing and printing use the unsigned copy.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pikepdf import Dictionary, Name

from masthead.document import ResourceError, SourceError, files
from masthead.pdf import signatures
from masthead.press.imposition.originals import open_pdf

_CERTIFICATE_HINT = "give a PKCS #12 file (.p12, .pfx)"


@dataclass(frozen=True, slots=True)
class Witness:
    """What makes a signature last: `timestamp` is the address of an authority that says when it was made (RFC 3161).

    `trust` are PEM files with the certificates that everything else is vouched for by. With them, the proof that the
    certificates were valid is added to the file, under a time stamp of its own: a signature of the level B-LTA, which
    can be verified after they expire. Without them the level is B-T.
    """

    timestamp: str
    trust: Sequence[Path] = ()


def check_certificate(path: Path) -> None:
    """Raise SourceError if a file is no PKCS #12 file. Nobody need be asked for the passphrase of one that is not."""
    try:
        data = path.read_bytes()
    except OSError as error:
        found = "certificate not found" if isinstance(error, FileNotFoundError) else files.reason(error)
        raise SourceError(found, where=str(path), hint=_CERTIFICATE_HINT) from error
    if data[:1] != b"\x30":  # the tag of an ASN.1 sequence
        raise SourceError("this is not a certificate with its key", where=str(path), hint=_CERTIFICATE_HINT)


def sign(pdf: bytes, certificate: Path, passphrase: str, *, reason: str = "", witness: Witness | None = None) -> bytes:
    """Add a PAdES signature with the key and certificate of a PKCS #12 file: of the level B-B, or what `witness` says.

    The signature is appended; the bytes of the file before it do not change. Raises SourceError for a file or
    certificate that cannot be used, ResourceError if pyHanko is not installed or the time stamp cannot be had.
    """
    with open_pdf(pdf) as opened:
        if int(opened.Root.get(Name.AcroForm, Dictionary()).get(Name.SigFlags, 0)) & 1:
            raise SourceError("the PDF is signed already", hint="sign the unsigned copy")
    check_certificate(certificate)
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers
        from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
        from pyhanko_certvalidator import ValidationContext
    except ImportError as error:
        raise ResourceError("pyHanko is not installed", hint="pip install 'masthead[sign]'") from error
    load: Callable[..., Any] = signers.SimpleSigner.load_pkcs12
    with signatures.silence():
        signer = load(str(certificate), passphrase=passphrase.encode())
    if signer is None:
        raise SourceError("the certificate cannot be opened", where=str(certificate), hint="check the passphrase")
    end = signer.signing_cert.not_valid_after
    if end < datetime.now(UTC):
        raise SourceError(
            f"the certificate expired on {end:%Y-%m-%d}", where=str(certificate), hint="ask for a new one"
        )
    more: dict[str, Any] = {}
    if witness and witness.trust:
        roots = signatures.certificates(witness.trust)
        context = ValidationContext(trust_roots=roots, allow_fetching=True, revocation_mode="require")
        more = {"validation_context": context, "embed_validation_info": True, "use_pades_lta": True}
    metadata = signers.PdfSignatureMetadata(
        field_name="Signature", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256", reason=reason or None,
        **more,
    )  # fmt: skip
    stamper = HTTPTimeStamper(witness.timestamp) if witness else None
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)  # Word writes hybrid tables of references
        signed: io.BytesIO = signers.sign_pdf(writer, metadata, signer, timestamper=stamper)
    except TimestampRequestError as error:
        hint = "check the address, or try again later; nothing was written"
        where = witness.timestamp if witness else ""
        raise ResourceError("the authority gave no time stamp", where=where, hint=hint) from error
    except Exception as error:  # pyHanko lets errors of several libraries through
        raise SourceError(f"the PDF cannot be signed: {error}", hint="export the PDF again") from error
    return signed.getvalue()
