"""Signing: the signature is appended, any change breaks it, and preflight reports that."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from authority import PASSPHRASE, Authority, authority
from masthead import preflight
from masthead.cli.app import app
from masthead.document import Severity
from masthead.document.errors import MastheadError, OrderError, ResourceError, SourceError
from masthead.pdf.catalogue.signatures import verify
from masthead.press import KeyFile, Token, Witness, unlocked
from masthead.press import sign as sign_unlocked
from masthead.press.imposition import Saddle, impose
from masthead.publication import publish
from paths import TOUCHSTONE
from programs import program


def sign(pdf: bytes, path: Path, passphrase: str, **more) -> bytes:
    with unlocked(KeyFile(path, passphrase)) as key:
        return sign_unlocked(pdf, key, **more)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Documents Officer")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("certificate") / "officer.p12"
    encryption = serialization.BestAvailableEncryption(b"secret")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"officer", key, made, None, encryption))
    return path


@pytest.fixture(scope="module")
def document() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


@pytest.fixture(scope="module")
def signed(document: bytes, certificate: Path) -> bytes:
    return sign(document, certificate, "secret", reason="issued")


def rules(data: bytes) -> set[str]:
    return {finding.rule for finding in preflight.check(data).findings}


def test_a_signed_file_begins_with_the_unsigned_file(document, signed):
    assert signed.startswith(document)
    (signature,) = verify(signed)
    assert signature.intact and signature.whole and "Documents Officer" in signature.signer
    assert verify(document) == ()
    assert "archive.signature" not in rules(signed)


def test_a_changed_byte_breaks_the_signature_and_preflight_reports_it(document, signed):
    place = document.index(b"612")
    forged = signed[:place] + b"613" + signed[place + 3 :]
    (signature,) = verify(forged)
    assert not signature.intact
    assert "archive.signature" in rules(forged)


def test_additions_after_signing_are_reported(signed):
    from pypdf import PdfWriter

    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.pages[0].rotate(90)
    file = io.BytesIO()
    writer.write(file)
    (signature,) = verify(file.getvalue())
    assert signature.intact and not signature.whole
    assert "archive.signature" in rules(file.getvalue())


def test_a_second_signature_is_an_addition_after_the_first(signed, certificate):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    with unlocked(KeyFile(certificate, "secret")) as key:
        writer = IncrementalPdfFileWriter(io.BytesIO(signed))
        twice = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Second"), key).getvalue()
    assert [(each.intact, each.whole) for each in verify(twice)] == [(True, False), (True, True)]


def test_a_signed_file_is_neither_imposed_nor_signed_again(signed, certificate):
    with pytest.raises(SourceError, match="signed"):
        impose([signed], Saddle())
    with pytest.raises(SourceError, match="signed already"):
        sign(signed, certificate, "secret")


def _hybrid() -> bytes:
    """A PDF as Word writes it: a table of references that names a stream of references too."""
    data, places = b"%PDF-1.7\n", []
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"
    for number, content in enumerate(("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page), 1):
        places.append(len(data))
        data += f"{number} 0 obj{content}endobj\n".encode()
    stream = len(data)
    row = b"\x01" + stream.to_bytes(2) + b"\x00"
    data += b"4 0 obj<</Type/XRef/Size 5/W[1 2 1]/Index[4 1]/Length 4>>stream\n" + row + b"\nendstream endobj\n"
    table = len(data)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size 5/Root 1 0 R/XRefStm {stream}>>\nstartxref\n{table}\n%%EOF\n"
    return data + f"xref\n0 4\n0000000000 65535 f \n{rows}{end}".encode()


def test_a_file_with_two_tables_of_references_is_signed(certificate):
    (signature,) = verify(sign(_hybrid(), certificate, "secret"))
    assert signature.intact and signature.whole


def test_a_wrong_passphrase_and_a_missing_certificate_are_refused(document, certificate, tmp_path, caplog):
    with pytest.raises(SourceError, match="cannot be opened"):
        sign(document, certificate, "wrong")
    assert not caplog.records
    with pytest.raises(SourceError, match="certificate not found"):
        sign(document, tmp_path / "none.p12", "")
    (tmp_path / "letter.p12").write_bytes(b"Dear colleague")
    command = ["sign", str(tmp_path / "a.pdf"), "--certificate", str(tmp_path / "letter.p12"), "-o", "signed.pdf"]
    (tmp_path / "a.pdf").write_bytes(document)
    refused = CliRunner().invoke(app, command)  # before anyone is asked for a passphrase
    assert "not a certificate" in str(refused.exception) and "Passphrase" not in refused.output


def test_a_folder_has_each_file_signed_with_one_passphrase(document, certificate, tmp_path):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(document)
    command = ["sign", *map(str, sorted(tmp_path.glob("*.pdf"))), "--certificate", str(certificate), "-o"]
    assert CliRunner().invoke(app, [*command, str(tmp_path / "signed.pdf")]).exit_code == 2
    done = CliRunner().invoke(app, [*command, str(tmp_path / "sealed")], input="secret\n")
    assert done.exit_code == 0, done.output
    assert all(verify(path.read_bytes())[0].whole for path in (tmp_path / "sealed").iterdir())
    verified = CliRunner().invoke(app, ["verify", str(tmp_path / "sealed/a.pdf")])
    assert re.search(r"\(B-B, dated \d{4}-\d\d-\d\d \d\d:\d\d UTC by the signer\)", verified.output)
    assert sorted(path.name for path in (tmp_path / "sealed").iterdir()) == ["a.pdf", "b.pdf"]


def test_a_certificate_that_is_trusted_itself_makes_its_signature_valid_until_it_ends(signed, certificate, tmp_path):
    _, made, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), b"secret")
    assert made
    (tmp_path / "officer.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    trust = [tmp_path / "officer.pem"]
    assert [each.trusted for each in verify(signed, trust=trust)] == [True]
    (later,) = verify(signed, trust=trust, at=datetime.now(UTC) + timedelta(days=9))
    assert later.trusted is False and "expired" in later.trouble


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "is empty"), (b"hello", "not a PDF"), (b"%PDF-1.7 no more", "damaged: can't find startxref$")],
)
def test_a_damaged_file_is_not_signed(data, words, certificate):
    with pytest.raises(SourceError, match=words):
        sign(data, certificate, "secret")


def test_the_command_asks_for_the_passphrase_and_writes_beside_the_file(document, certificate, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(document)
    command = ["sign", str(path), "--certificate", str(certificate), "-o", str(tmp_path / "signed.pdf")]
    result = CliRunner().invoke(app, command, input="secret\n")
    assert result.exit_code == 0, result.output
    assert path.read_bytes() == document
    assert verify((tmp_path / "signed.pdf").read_bytes())[0].intact


def test_the_signed_file_does_not_replace_the_unsigned_one(document, certificate, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(document)
    done = CliRunner().invoke(
        app, ["sign", str(path), "--certificate", str(certificate), "-o", str(path)], input="secret\n"
    )
    assert isinstance(done.exception, OrderError) and "would replace the PDF itself" in str(done.exception)
    assert path.read_bytes() == document
    for command in (["separate", str(path)], ["impose", str(path), "--scheme", "booklet"]):
        done = CliRunner().invoke(app, [*command, "-o", str(path)])
        assert isinstance(done.exception, OrderError) and path.read_bytes() == document


def test_whoever_gives_no_passphrase_is_told_how(document, certificate, tmp_path):
    (tmp_path / "a.pdf").write_bytes(document)
    command = ["sign", str(tmp_path / "a.pdf"), "--certificate", str(certificate), "-o", str(tmp_path / "b.pdf")]
    done = CliRunner().invoke(app, command, input="")
    assert isinstance(done.exception, OrderError) and "MASTHEAD_SIGN_PASSPHRASE" in done.exception.hint


def test_verify_names_each_file_that_it_cannot_read_and_goes_on(signed, certificate, tmp_path):
    for name, data in (("a.pdf", b"%PDF-1.7 no more"), ("b.pdf", signed), ("none.pem", b"no certificate")):
        (tmp_path / name).write_bytes(data)
    files = [str(tmp_path / name) for name in ("a.pdf", "missing.pdf", "b.pdf")]
    done = CliRunner().invoke(app, ["verify", *files])
    assert done.exit_code == 3 and "b.pdf: signed by" in done.output
    assert "a.pdf: a signature cannot be read" in done.output and "missing.pdf: the file cannot be read" in done.output
    for trusted in (certificate, tmp_path / "none.pem"):
        done = CliRunner().invoke(app, ["verify", files[2], "--trust", str(trusted)])
        assert isinstance(done.exception, OrderError) and done.exception.where == str(trusted)
        assert "certificate" in done.exception.message


def test_a_signature_is_not_valid_before_its_certificate(signed, certificate, tmp_path):
    _, made, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), b"secret")
    (tmp_path / "officer.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (early,) = verify(signed, trust=[tmp_path / "officer.pem"], at=datetime(2020, 1, 1, tzinfo=UTC))
    assert early.trusted is False and "valid from" in early.trouble


# --- with a time stamp, and for long ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority")) as served:
        yield served


@pytest.fixture(scope="module")
def kept(section: Authority) -> bytes:
    """The touchstone, signed so that the signature outlasts the certificate."""
    edition = publish(TOUCHSTONE)
    return sign(edition.pdf.data, section.officer, PASSPHRASE, witness=Witness(section.stamps, (section.root,)))


def test_a_time_stamp_is_verified(document, section):
    stamped = sign(document, section.officer, PASSPHRASE, witness=Witness(section.stamps))
    (signature,) = verify(stamped)
    assert abs(signature.dated - datetime.now(UTC)) < timedelta(minutes=10)
    assert signature.level == "B-T" and abs(signature.stamped - datetime.now(UTC)) < timedelta(minutes=10)
    (signature,) = verify(stamped, trust=(section.root,))
    assert signature.trusted is False and "nothing in the file proves" in signature.trouble


def test_a_kept_signature_is_valid_after_the_certificate_has_expired(kept, section):
    later = section.expiry + timedelta(days=100)
    for moment in (None, later):
        (signature,) = verify(kept, trust=(section.root,), at=moment)
        assert signature.trusted and signature.whole and signature.level == "B-LTA", signature
    forged = kept.replace(b"/Title", b"/Titel", 1)
    (signature,) = verify(forged, trust=(section.root,), at=later)
    assert not signature.intact and signature.trusted is False


def test_a_signature_is_valid_although_its_certificate_has_expired_today(document, tmp_path):
    for seconds in (10, 40, 160):  # the machine may be busy
        (folder := tmp_path / str(seconds)).mkdir()
        with authority(folder, timedelta(seconds=seconds)) as section, suppress(MastheadError):
            signed = sign(document, section.officer, PASSPHRASE, witness=Witness(section.stamps, (section.root,)))
            plain = sign(document, section.officer, PASSPHRASE)
        if datetime.now(UTC) < section.expiry:
            break
    while datetime.now(UTC) <= section.expiry:
        time.sleep(0.5)
    (signature,) = verify(signed, trust=(section.root,))
    assert signature.trusted and signature.level == "B-LTA"
    (signature,) = verify(plain, trust=(section.root,))
    assert signature.trusted is False and "expired" in signature.trouble
    # Poppler judges by the time of the day and by no time stamp, so that it can only say that the file is unchanged.
    (tmp_path / "signed.pdf").write_bytes(signed)
    command = [program("pdfsig", "poppler-utils"), "-nssdir", tmp_path, "-no-ocsp", tmp_path / "signed.pdf"]
    said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    assert "Signature Validation: Signature is Valid." in said


def test_only_what_is_trusted_vouches_for_a_signature(kept, certificate, tmp_path):
    _, own, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), b"secret")
    stranger = tmp_path / "stranger.pem"
    stranger.write_bytes(own.public_bytes(serialization.Encoding.PEM))
    (signature,) = verify(kept, trust=(stranger,))
    assert signature.intact and signature.trusted is False
    with pytest.raises(OrderError, match="cannot be read"):
        verify(kept, trust=(tmp_path / "none.pem",))


def test_a_kept_file_still_passes_preflight(kept):
    report = preflight.check(kept, profile="archive")
    assert not [finding for finding in report.findings if finding.severity >= Severity.ERROR], report.findings


def test_an_expired_certificate_and_a_silent_authority_are_refused(document, section):
    with pytest.raises(SourceError, match="the certificate expired on"):
        sign(document, section.late, PASSPHRASE)
    with pytest.raises(ResourceError, match="gave no time stamp"):
        sign(document, section.officer, PASSPHRASE, witness=Witness("http://localhost:1/"))


def test_the_commands_sign_for_long_and_verify(document, section, tmp_path):
    (plain := tmp_path / "a.pdf").write_bytes(document)
    signed = tmp_path / "signed.pdf"
    command = ["sign", str(plain), "--certificate", str(section.officer), "-o", str(signed)]
    command += ["--timestamp", section.stamps, "--trust", str(section.root), "--passphrase", PASSPHRASE]
    assert CliRunner().invoke(app, command).exit_code == 0
    trusted = ["--trust", str(section.root), "--at", f"{section.expiry + timedelta(days=9):%Y-%m-%d}"]
    good = CliRunner().invoke(app, ["verify", str(signed), *trusted])
    assert good.exit_code == 0 and "Officer" in good.output and "B-LTA" in good.output and "; valid" in good.output
    bad = CliRunner().invoke(app, ["verify", str(signed), str(plain), *trusted, "--json"])
    assert bad.exit_code == 1 and json.loads(bad.stdout.splitlines()[0])["trusted"] is True


# --- with a key that a token keeps ------------------------------------------------------------------------------------

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "3141"


@pytest.fixture(scope="module")
def token(certificate: Path, section: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    """A token of SoftHSM with two keys and their certificates, as a card has them: elliptic and RSA."""
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    tool = program("softhsm2-util", "softhsm2")
    folder = tmp_path_factory.mktemp("token")
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        named = ["--label", "press", "--pin", PIN]
        subprocess.run([tool, "--init-token", "--free", *named, "--so-pin", PIN], check=True, capture_output=True)
        for label, path, phrase in (("officer", certificate, "secret"), ("rsa", section.officer, PASSPHRASE)):
            key, made, others = pkcs12.load_key_and_certificates(path.read_bytes(), phrase.encode())
            assert key and made
            form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            (folder / "key.pem").write_bytes(key.private_bytes(*form))
            number = label.encode().hex()
            named = ["--token", "press", "--label", label, "--id", number, "--pin", PIN]
            subprocess.run([tool, "--import", folder / "key.pem", *named], check=True, capture_output=True)
            with pkcs11.lib(str(SOFTHSM)).get_token(token_label="press").open(rw=True, user_pin=PIN) as session:
                for index, each in enumerate((made, *others)):
                    values = decode_x509_certificate(each.public_bytes(serialization.Encoding.DER))
                    values[pkcs11.Attribute.LABEL] = f"{label} {index}" if index else label
                    session.create_object(values | {pkcs11.Attribute.TOKEN: True})
        yield Token(SOFTHSM, "officer", PIN, "press")


def test_a_token_signs_and_keeps_its_key(document, token, section, tmp_path):
    with unlocked(token) as key:
        assert all(verify(sign_unlocked(document, key))[0].whole for _ in range(2))
    with unlocked(replace(token, label="rsa")) as key:
        lasting = sign_unlocked(document, key, witness=Witness(section.stamps, (section.root,)))
    assert [(each.level, each.trusted) for each in verify(lasting, trust=(section.root,))] == [("B-LTA", True)]
    (tmp_path / "a.pdf").write_bytes(document)
    command = ["sign", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "signed.pdf"), "--pkcs11", str(SOFTHSM)]
    command += ["--key", "officer", "--token", "press"]
    done = CliRunner().invoke(app, command, input=f"{PIN}\n")
    assert done.exit_code == 0, done.output
    (signature,) = verify((tmp_path / "signed.pdf").read_bytes())
    assert signature.whole and signature.signer == "Documents Officer" and PIN not in repr(token)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pin": "2718"}, "officer: the PIN of the token is wrong"),
        ({"label": "clerk"}, "clerk: the key cannot be used"),
        ({"token": "desk"}, "desk: officer: the token cannot be opened"),
        ({"library": Path("/nowhere.so")}, "the token cannot be opened: .*nowhere"),
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_used_is_an_error_with_what_to_do(token, change, words):
    with pytest.raises(SourceError, match=words) as caught, unlocked(replace(token, **change)):
        pass
    assert caught.value.hint


def test_a_key_is_in_a_file_or_on_a_token(certificate, document, tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(document)
    command = ["sign", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "b.pdf")]
    for wrong in ([], ["--certificate", str(certificate), "--pkcs11", "x.so"], ["--pkcs11", "x.so"]):
        refused = CliRunner().invoke(app, [*command, *wrong])
        assert refused.exit_code == 2 and "either --certificate" in refused.output
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(ResourceError, match="pkcs11 is not installed"), unlocked(Token(SOFTHSM, "officer")):
        pass
