"""Keys for signatures: how they are named, which files are none, and which files are signed already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary

from masthead.document import ResourceError, SourceError
from masthead.press import KeyFile, Token, Witness, sign, signing, unlocked
from tiny import tiny


def test_keys_are_named_by_their_file_or_their_place_without_secrets() -> None:
    assert str(KeyFile(Path("keys/officer.p12"), "secret")) == "keys/officer.p12"
    library = Path("/usr/lib/opensc-pkcs11.so")
    assert str(Token(library, "officer", "1234")) == "opensc-pkcs11.so: officer"
    assert str(Token(library, "officer", "1234", "Card of the section")) == "Card of the section: officer"
    assert "secret" not in repr(KeyFile(Path("x"), "secret")) and "1234" not in repr(Token(library, "x", "1234"))


@pytest.mark.parametrize(
    ("data", "message"),
    [(None, "certificate not found"), (b"", "this is not a certificate with its key"),
     (b"%PDF-1.7", "this is not a certificate with its key"), (b"10", "this is not a certificate with its key")],
)  # fmt: skip
def test_a_file_that_is_no_certificate_is_refused_before_anybody_is_asked(
    data: bytes | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "officer.p12"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SourceError, match=message) as error:
        signing.check_certificate(path)
    assert error.value.where == str(path)
    with pytest.raises(SourceError, match=message), unlocked(KeyFile(path)):
        pass


def test_a_folder_is_no_certificate(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        signing.check_certificate(tmp_path)
    assert "not found" not in error.value.message


def test_a_sequence_may_be_a_certificate(tmp_path: Path) -> None:
    (tmp_path / "x.p12").write_bytes(b"0\x82\x01")
    signing.check_certificate(tmp_path / "x.p12")


@pytest.fixture(scope="module")
def officer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("key") / "officer.p12", ends=timedelta(days=1))


def certificate(path: Path, *, ends: timedelta) -> Path:
    """A key with a certificate that its own key vouches for."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Documents Officer")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=9)).not_valid_after(now + ends)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    encryption = serialization.BestAvailableEncryption(b"secret")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"officer", key, made, None, encryption))
    return path


def test_a_wrong_passphrase_and_an_expired_certificate_are_refused(officer: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened"), unlocked(KeyFile(officer, "other")):
        pass
    expired = certificate(tmp_path / "old.p12", ends=-timedelta(days=2))
    with pytest.raises(SourceError, match="the certificate expired on 20"), unlocked(KeyFile(expired, "secret")):
        pass


@pytest.mark.parametrize(("flags", "signed"), [(0, False), (1, True), (2, False), (3, True)])
def test_a_file_that_says_it_is_signed_is_not_signed_again(officer: Path, flags: int, signed: bool) -> None:
    form = Dictionary(SigFlags=flags, Fields=Array([]))
    data = tiny(lambda file: file.Root.__setitem__("/AcroForm", form))
    with unlocked(KeyFile(officer, "secret")) as key:
        if signed:
            with pytest.raises(SourceError, match="signed already"):
                sign(data, key)
        else:
            assert sign(data, key, reason="issued").startswith(data)


def test_an_authority_that_does_not_answer_is_named_and_nothing_is_signed(officer: Path) -> None:
    with unlocked(KeyFile(officer, "secret")) as key, pytest.raises(ResourceError) as error:
        sign(tiny(), key, witness=Witness("http://127.0.0.1:9/"))
    assert error.value.where == "http://127.0.0.1:9/"
