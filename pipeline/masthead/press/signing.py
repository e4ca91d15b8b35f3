"""Sign the reading copy with PAdES, by pyHanko (extra `sign`). It is the last step.

Any later change breaks the signature, so imposing and printing use the unsigned copy.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pikepdf import Dictionary, Name

from masthead.document import ResourceError, SourceError, files
from masthead.pdf import signatures
from masthead.press.imposition.originals import open_pdf

Signer = Any  # that of pyHanko, which is imported when it is needed
_INSTALL = "pip install 'masthead[sign]'"
_CERTIFICATE_HINT = "give a PKCS #12 file (.p12, .pfx)"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key and its certificate in a PKCS #12 file."""

    path: Path
    passphrase: str = field(default="", repr=False)

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Token:
    """A key and its certificate, both named `label`, on a card or in a module that does not give the key away.

    `library` is the PKCS #11 library of its maker. `token` is the name of the token where there are several.
    """

    library: Path
    label: str
    pin: str = field(default="", repr=False)
    token: str = ""

    def __str__(self) -> str:
        return f"{self.token or self.library.name}: {self.label}"


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


@contextmanager
def unlocked(key: KeyFile | Token) -> Iterator[Signer]:
    """Open a key for `sign`, once for many files.

    Raises SourceError for a file, library, PIN or certificate that cannot be used, ResourceError if pyHanko or
    python-pkcs11 is not installed.
    """
    with _from_file(key) if isinstance(key, KeyFile) else _from_token(key) as signer:
        end = signer.signing_cert.not_valid_after
        if end < datetime.now(UTC):
            raise SourceError(f"the certificate expired on {end:%Y-%m-%d}", where=str(key), hint="ask for a new one")
        yield signer


@contextmanager
def _from_file(key: KeyFile) -> Iterator[Signer]:
    check_certificate(key.path)
    try:
        from pyhanko.sign import signers
    except ImportError as error:
        raise ResourceError("pyHanko is not installed", hint=_INSTALL) from error
    load: Callable[..., Any] = signers.SimpleSigner.load_pkcs12
    with signatures.silence():
        signer = load(str(key.path), passphrase=key.passphrase.encode())
    if signer is None:
        raise SourceError("the certificate cannot be opened", where=str(key), hint="check the passphrase")
    yield signer


@contextmanager
def _from_token(key: Token) -> Iterator[Signer]:
    try:
        from pkcs11 import PKCS11Error
        from pkcs11.exceptions import PinIncorrect, PinLocked
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise ResourceError("python-pkcs11 is not installed", hint="pip install 'masthead[sign,pkcs11]'") from error
    criteria = TokenCriteria(label=key.token) if key.token else None
    try:
        session = open_pkcs11_session(str(key.library), token_criteria=criteria, user_pin=key.pin or None)
    except (PinIncorrect, PinLocked) as error:
        state = "is locked" if isinstance(error, PinLocked) else "is wrong"
        hint = "a token locks its PIN after a few wrong ones"
        raise SourceError(f"the PIN of the token {state}", where=str(key), hint=hint) from error
    except (PKCS11Error, RuntimeError, OSError) as error:
        hint = "check the library and the name of the token: pkcs11-tool --module LIBRARY --list-slots"
        raise SourceError(f"the token cannot be opened: {_reason(error)}", where=str(key), hint=hint) from error
    with session:
        signer = PKCS11Signer(session, key.label, key_label=key.label, other_certs_to_pull=None)
        try:
            if signer.signing_cert is None:
                raise PKCS11Error("it has no certificate of that name")
        except PKCS11Error as error:
            hint = "list what it has: pkcs11-tool --module LIBRARY --list-objects"
            raise SourceError(f"the key cannot be used: {_reason(error)}", where=str(key), hint=hint) from error
        # Not every token hashes what it signs with an elliptic curve.
        signer.use_raw_mechanism = signer.signing_cert.public_key.algorithm == "ec"
        yield signer


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def sign(pdf: bytes, key: Signer, *, reason: str = "", witness: Witness | None = None) -> bytes:
    """Add a PAdES signature with an `unlocked` key: of the level B-B, or what `witness` says.

    The signature is appended; the bytes of the file before it do not change. Raises SourceError for a file that cannot
    be signed, ResourceError if the time stamp cannot be had.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
    from pyhanko_certvalidator import ValidationContext

    with open_pdf(pdf) as opened:
        if int(opened.Root.get(Name.AcroForm, Dictionary()).get(Name.SigFlags, 0)) & 1:
            raise SourceError("the PDF is signed already", hint="sign the unsigned copy")
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
        signed: io.BytesIO = signers.sign_pdf(writer, metadata, key, timestamper=stamper)
    except TimestampRequestError as error:
        hint = "check the address, or try again later; nothing was written"
        where = witness.timestamp if witness else ""
        raise ResourceError("the authority gave no time stamp", where=where, hint=hint) from error
    except Exception as error:  # pyHanko lets errors of several libraries through
        hint = "check --trust: it names the root of the certificates" if witness else "export the PDF again"
        raise SourceError(f"the PDF cannot be signed: {error}", hint=hint) from error
    return signed.getvalue()
