"""How a file is encrypted, and what its readers may do, is compared."""

from __future__ import annotations

import io
import warnings

import pikepdf
import pytest

from masthead.comparison import Layer, compare


def made(encryption: pikepdf.Encryption | bool = False) -> bytes:
    file = pikepdf.new()
    file.add_blank_page(page_size=(100, 100))
    data = io.BytesIO()
    with warnings.catch_warnings(action="ignore"):  # of methods that are weak
        file.save(data, encryption=encryption, min_version="1.7")
    return data.getvalue()


@pytest.mark.parametrize(
    ("revision", "aes", "method"),
    [
        (2, False, "RC4, 40 bits"),
        (3, False, "RC4, 128 bits"),
        (4, False, "RC4, 128 bits"),
        (4, True, "AES, 128 bits"),
        (6, True, "AES, 256 bits"),
    ],
)
def test_the_method_of_encryption_is_named(revision: int, aes: bool, method: str) -> None:
    everything = pikepdf.Permissions(modify_assembly=True)
    file = made(pikepdf.Encryption(owner="o", R=revision, aes=aes, metadata=aes, allow=everything))
    found = [each.message for each in compare(made(), file).differences if each.layer is not Layer.BYTES]
    assert found == [f"encryption: “none” is now “{method}”"]
    assert compare(file, file).same


def test_what_readers_may_no_longer_do_is_named() -> None:
    least = pikepdf.Permissions(**dict.fromkeys(pikepdf.Permissions._fields, False))
    found = [each.message for each in compare(made(), made(pikepdf.Encryption(owner="o", allow=least))).differences]
    refused = [message for message in found if message.endswith("“granted” is now “refused”")]
    assert len(refused) == len(set(refused)) == 7  # reading aloud is always allowed
    assert "permission to edit: “granted” is now “refused”" in refused
