"""The signatures of a PDF, read by pyHanko (extra `sign`)."""

from __future__ import annotations

import asyncio
import io
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from masthead.document import OrderError, ResourceError, SourceError, files

_CERTIFICATES = "name the certificate alone, in PEM: openssl pkcs12 -in FILE.p12 -nokeys -out FILE.pem"

# What is missing or wrong, by the names of ETSI EN 319 102-1.
_TROUBLES = {
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": "nothing in the file proves that its certificates were valid",
    "NO_CERTIFICATE_CHAIN_FOUND": "no trusted certificate vouches for the signer's",
    "HASH_FAILURE": "the file was changed",
    "CHAIN_CONSTRAINTS_FAILURE": "no trusted certificate vouches for the signer's, or not for signatures",
    "OUT_OF_BOUNDS_NO_POE": "a certificate expired, and nothing proves that the file was signed before",
    "REVOKED": "the certificate was revoked",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature in a PDF: who signed, whether what it covers is unchanged, and whether it covers the whole file.

    What is appended to prove it later, a time stamp and the status of certificates, leaves the file whole. `level` is
    that of PAdES: B-B, B-T with a time stamp, B-LT with the status of certificates, B-LTA with a time stamp over all.
    `stamped` is the time of its time stamp, `dated` the time that the signer's computer gave it, which proves nothing.
    `trusted` says whether it is valid by the certificates that are trusted,
    and `trouble` why not; without any, that is for whoever receives the document to decide.
    """

    signer: str
    intact: bool
    whole: bool
    level: str = "B-B"
    stamped: datetime | None = None
    trusted: bool | None = None
    trouble: str = ""
    dated: datetime | None = None

    def __str__(self) -> str:
        """One line for people."""
        stamp = f", dated {self.dated:%Y-%m-%d %H:%M} UTC by the signer" if self.dated else ""
        if self.stamped:
            stamp = f", time stamp of {self.stamped:%Y-%m-%d %H:%M} UTC"
        changes = "unchanged" if self.intact and self.whole else "added to after it" if self.intact else "CHANGED"
        verdict = {None: "not compared with trusted certificates", True: "valid", False: f"not valid: {self.trouble}"}
        return f"signed by {self.signer} ({self.level}{stamp}); {changes}; {verdict[self.trusted]}"


def verify(pdf: bytes, *, trust: Sequence[Path] = (), at: datetime | None = None) -> tuple[Signature, ...]:
    """Return the signatures of a PDF in order, those that are time stamps alone left out.

    `trust` are files with the certificates that others are vouched for by. The judgement is that of the moment `at`, by
    default now, with what the file itself proves; nothing is fetched. Raises SourceError when a signature cannot be
    read, OrderError for a certificate that cannot be read, ResourceError without pyHanko.
    """
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.diff_analysis import ModificationLevel
        from pyhanko.sign.validation import validate_pdf_signature
    except ImportError as error:
        raise ResourceError("pyHanko is not installed", hint="pip install 'masthead[sign]'") from error
    policy = _policy(trust) if trust else None
    found = []
    with silence():
        try:
            reader = PdfFileReader(io.BytesIO(pdf), strict=False)  # Word writes hybrid tables of references
            for embedded in reader.embedded_regular_signatures:
                status = validate_pdf_signature(embedded)
                subject = status.signing_cert.subject
                name = str(subject.native.get("common_name") or subject.human_friendly)
                covered = bool(status.coverage and status.coverage.name in ("ENTIRE_FILE", "ENTIRE_REVISION"))
                level = status.modification_level
                whole = covered and level is not None and level <= ModificationLevel.LTA_UPDATES
                stamp = status.timestamp_validity
                stamped = stamp.timestamp if stamp and stamp.intact and stamp.valid else None
                trusted, trouble = _judged(embedded, policy, at, stamped) if policy else (None, "")
                intact = bool(status.intact and status.valid)
                dated = embedded.self_reported_timestamp
                dated = dated.astimezone(UTC) if dated else None
                found.append(Signature(name, intact, whole, _level(reader, stamped), stamped, trusted, trouble, dated))
        except Exception as error:  # pyHanko raises many kinds of errors for a damaged signature
            raise SourceError(f"a signature cannot be read: {error}", hint="get the file again") from error
    return tuple(found)


def _level(reader: Any, stamped: datetime | None) -> str:
    if not stamped:
        return "B-B"
    if "/DSS" not in reader.root:
        return "B-T"
    return "B-LTA" if reader.embedded_timestamp_signatures else "B-LT"


def _policy(trust: Sequence[Path]) -> Any:
    """What a signature is judged by: the trusted certificates, and the status of all others, from the file alone."""
    from pyhanko.sign.validation.policy_decl import (
        PdfSignatureValidationSpec,
        RevinfoOnlineFetchingRule,
        RevocationInfoGatheringSpec,
        SignatureValidationSpec,
    )  # fmt: skip
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager

    roots = SimpleTrustManager.build(trust_roots=certificates(trust))
    judging = CertValidationPolicySpec(roots, CertRevTrustPolicy(REQUIRE_REVINFO))
    gathering = RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY)
    return PdfSignatureValidationSpec(SignatureValidationSpec(judging, gathering))


def certificates(paths: Sequence[Path]) -> list[Any]:
    """Return the certificates of files in PEM or DER, for pyHanko. Raises OrderError."""
    from pyhanko import keys

    load: Callable[..., Any] = keys.load_certs_from_pemder
    found = []
    for path in paths:
        try:
            here = list(load([str(path)]))
            _ = [each.subject.native for each in here]  # a file of another kind is parsed only now
        except OSError as error:
            raise OrderError(
                f"a trusted certificate cannot be read: {files.reason(error)}", where=str(path), hint=_CERTIFICATES
            ) from error
        except (ValueError, TypeError) as error:
            raise OrderError("this is no certificate in PEM or DER", where=str(path), hint=_CERTIFICATES) from error
        if not here:
            raise OrderError("the file has no certificate", where=str(path), hint=_CERTIFICATES)
        found += here
    return found


def _judged(embedded: Any, policy: Any, at: datetime | None, stamped: datetime | None) -> tuple[bool, str]:
    """Whether a signature is valid by ETSI EN 319 102-1, and what is missing if not.

    Nothing proves when a signature without a time stamp was made: it is judged as if it were made `at` that moment.
    """
    from pyhanko.sign.validation import ades
    from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

    if stamped is None:
        moment = at or datetime.now(UTC)
        certificate = embedded.signer_cert
        if certificate.not_valid_after < moment:
            return False, _TROUBLES["OUT_OF_BOUNDS_NO_POE"]
        if moment < certificate.not_valid_before:  # a trusted certificate itself is not compared with its dates
            return False, f"the certificate is valid from {certificate.not_valid_before:%Y-%m-%d} only"
        timing = ValidationTimingInfo(moment, moment, point_in_time_validation=bool(at))
        digest = embedded.compute_digest()
        basic = policy.signature_validation_spec
        judging = ades.ades_basic_validation(embedded.signed_data, basic, timing_info=timing, raw_digest=digest)
    elif at:
        judging = ades.simulate_future_ades_lta_validation(embedded, policy, at)
    else:
        judging = ades.ades_lta_validation(embedded, policy)
    verdict: Any = asyncio.run(judging).ades_subindic
    name = str(verdict.name)
    passed = name == "OK"
    return passed, "" if passed else _TROUBLES.get(name, name.replace("_", " ").casefold())


@contextmanager
def silence() -> Iterator[None]:
    """Keep pyHanko from printing what its callers report themselves, such as certificates that no store has."""
    logger = logging.getLogger("pyhanko")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
