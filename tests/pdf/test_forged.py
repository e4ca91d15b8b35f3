"""A signature that another key could have made is no signature of the file, whatever digest it states."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from masthead.pdf.catalogue.signatures import verify
from masthead.press import KeyFile, sign, unlocked
from tiny import tiny


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A tiny file, signed with a key of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Documents Officer")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(9))
    usage = x509.KeyUsage(True, True, *[False] * 7)
    certificate = made.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    path: Path = tmp_path_factory.mktemp("key") / "key.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, BestAvailableEncryption(b"y")))
    with pikepdf.open(io.BytesIO(tiny())) as file:
        written = io.BytesIO()
        file.save(written)
    with unlocked(KeyFile(path, "y")) as signer:
        return sign(written.getvalue(), signer)


def test_a_signature_is_intact_with_the_digest_and_the_key_alone(signed: bytes) -> None:
    (found,) = verify(signed)
    assert (found.signer, found.intact, found.whole) == ("Documents Officer", True, True)
    held = re.search(rb"/Contents\s*<([0-9A-Fa-f]{64,})>", signed)
    assert held is not None
    message = bytes.fromhex(held[1].decode())
    value = cms.ContentInfo.load(message)["content"]["signer_infos"][0]["signature"].native
    other = value[:-1] + bytes([value[-1] ^ 1])
    forged = message.replace(value, other).hex().encode().ljust(len(held[1]), b"0")
    (found,) = verify(signed.replace(held[1], forged))
    assert (found.signer, found.intact) == ("Documents Officer", False)
