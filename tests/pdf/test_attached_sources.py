"""Attached sources are read once for all variants of an edition."""

from __future__ import annotations

import pytest
from pypdf.generic import DecodedStreamObject

from masthead.document.errors import MastheadError
from masthead.pdf.catalogue import attachments
from paths import ROOT

NAME = "E_RES_2041_7.en.md"
SOURCE = (ROOT / "examples" / NAME).read_bytes()


def stream(data: bytes) -> DecodedStreamObject:
    found = DecodedStreamObject()
    found.set_data(data)
    return found


def test_equal_sources_are_read_once_and_others_again() -> None:
    document = attachments._parsed(stream(SOURCE), NAME)
    assert attachments._parsed(stream(SOURCE), NAME) is document
    other = attachments._parsed(stream(SOURCE.replace(b"2041", b"2042")), NAME)
    assert other != document


def test_a_source_that_cannot_be_read_is_an_error_each_time() -> None:
    for _ in range(2):
        with pytest.raises(MastheadError):
            attachments._parsed(stream(b"no document"), NAME)


def test_long_sources_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_SHORT", 10)
    document = attachments._parsed(stream(SOURCE), NAME)
    again = attachments._parsed(stream(SOURCE), NAME)
    assert again == document
    assert again is not document
