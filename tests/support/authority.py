"""A certification authority for the tests, by certomancer: certificates, their status by OCSP and CRL, time stamps.

It answers on the loopback, so that nothing leaves this machine.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509 import load_der_x509_certificate
from werkzeug.serving import make_server

from printers import free_port

PASSPHRASE = "س3cret"
_NAMES = ("root", "desk", "ocsp", "tsa", "officer", "late")


@dataclass(frozen=True)
class Authority:
    """Where its certificates are, and its address of time stamps. The officer's certificate ends at `expiry`."""

    root: Path
    officer: Path
    late: Path
    stamps: str
    expiry: datetime


@contextmanager
def authority(folder: Path, lifetime: timedelta = timedelta(days=30)) -> Iterator[Authority]:
    """Serve an authority whose keys and certificates are written into `folder`. `lifetime` is that of the officer's."""
    port = free_port()
    keys = {}
    for name in _NAMES:
        keys[name] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        data = keys[name].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.key.pem").write_bytes(data)
    expiry = datetime.now(UTC).replace(microsecond=0) + lifetime
    config = CertomancerConfig(_configuration(f"http://localhost:{port}", expiry), key_search_dir=str(folder))
    architecture = config.get_pki_arch(ArchLabel("section"))

    def certificate(name: str) -> Any:
        return load_der_x509_certificate(architecture.get_cert(CertLabel(name)).dump())

    root = folder / "root.pem"
    root.write_bytes(certificate("root").public_bytes(Encoding.PEM))
    bundles = []
    for name in ("officer", "late"):
        bundles.append(folder / f"{name}.p12")
        others = [certificate("desk")]
        protection = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1000).build(PASSPHRASE.encode())
        named = name.encode(), keys[name], certificate(name), others, protection
        bundles[-1].write_bytes(pkcs12.serialize_key_and_certificates(*named))
    animator = Animator(AnimatorArchStore({ArchLabel("section"): architecture}), with_web_ui=False)
    server = make_server("localhost", port, animator, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Authority(root, *bundles, f"http://localhost:{port}/section/tsa/tsa", expiry)
    finally:
        server.shutdown()
        server.server_close()


def _configuration(address: str, expiry: datetime) -> dict[str, Any]:
    now = datetime.now(UTC).replace(microsecond=0)

    def certified(
        issuer: str, uses: list[str], *others: dict[str, Any], until: datetime | None = None
    ) -> dict[str, Any]:
        usage = {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": uses}}
        validity = {"valid-from": now - timedelta(days=400), "valid-to": until or now + timedelta(days=4000)}
        lists = {"schema": "crl-dist-url", "params": {"crl-repo-names": [issuer]}}
        listed = [] if issuer == "desk" else [{"id": "crl_distribution_points", "smart-value": lists}]
        asked = {"schema": "aia-urls", "params": {"ocsp-responder-names": ["desk"]}}
        listed += [{"id": "authority_information_access", "smart-value": asked}] if issuer == "desk" else []
        return {
            "issuer": issuer,
            "validity": {name: each.isoformat() for name, each in validity.items()},
            "extensions": [usage, *listed, *others],
        }

    signs = ["digital_signature", "key_cert_sign", "crl_sign"]
    is_authority = {"id": "basic_constraints", "critical": True, "value": {"ca": True}}
    officer = ["digital_signature", "non_repudiation"]
    root = certified("root", signs, is_authority) | {"subject": "root", "subject-key": "root", "authority-key": "root"}
    root["extensions"] = [each for each in root["extensions"] if each["id"] != "crl_distribution_points"]
    stamping = {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]}
    answering = {"id": "extended_key_usage", "critical": True, "value": ["ocsp_signing"]}
    answers = certified("desk", ["digital_signature"], answering, {"id": "ocsp_no_check"})
    answers["extensions"] = [each for each in answers["extensions"] if each["id"] != "authority_information_access"]
    return {
        "external-url-prefix": address,
        "keysets": {"keys": {"keys": {name: {"path": f"{name}.key.pem"} for name in _NAMES}}},
        "pki-architectures": {
            "section": {
                "keyset": "keys",
                "entity-defaults": {"organization-name": "A section"},
                "entities": {name: {"common-name": name.title()} for name in _NAMES},
                "certs": {
                    "root": root,
                    "desk": certified("root", signs, is_authority),
                    "ocsp": answers,
                    "tsa": certified("root", ["digital_signature"], stamping),
                    "officer": certified("desk", officer, until=expiry),
                    "late": certified("desk", officer, until=now - timedelta(days=1)),
                },
                "services": {
                    "ocsp": {"desk": {"for-issuer": "desk", "responder-cert": "ocsp", "signing-key": "ocsp"}},
                    "crl-repo": {
                        "root": {"for-issuer": "root", "signing-key": "root", "simulated-update-schedule": "P90D"}
                    },
                    "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
                },
            }
        },
    }
