"""The ciphers of pypdf are imported when one of them is called."""

from __future__ import annotations

import sys

import pytest

from masthead.batch import deferral

NAME = "pypdf._crypt_providers._cryptography"
KEY, STREAM = bytes(range(1, 6)), bytes.fromhex("b2396305f03dc027")  # of RC4 (RFC 6229)


@pytest.fixture(autouse=True)
def modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """No such module is imported; the one that was is there again afterwards."""
    monkeypatch.setitem(sys.modules, NAME, None)
    monkeypatch.delitem(sys.modules, NAME)


def test_ciphers_are_imported_when_one_is_called() -> None:
    deferral.defer_ciphers()
    deferred = sys.modules[NAME]
    deferral.defer_ciphers()
    assert sys.modules[NAME] is deferred and deferred.crypt_provider == ("cryptography", "")
    encrypt = deferred.rc4_encrypt
    assert sys.modules[NAME] is deferred and not hasattr(deferred, "__path__")
    assert encrypt(KEY, bytes(8)) == STREAM
    imported = sys.modules[NAME]
    assert imported is not deferred and imported.__file__.endswith("_cryptography.py")
    assert deferred.rc4_decrypt(KEY, STREAM) == bytes(8)
    assert sys.modules[NAME] is imported


def test_without_the_library_there_is_nothing_to_defer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferral, "find_spec", lambda name: None)
    deferral.defer_ciphers()
    assert NAME not in sys.modules
