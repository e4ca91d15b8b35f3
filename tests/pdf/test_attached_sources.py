"""Attached sources are read once for all variants of an edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf.generic import DecodedStreamObject

from masthead import formats
from masthead.document.errors import MastheadError
from masthead.formats import registry
from masthead.pdf.catalogue import attachments
from paths import ROOT

NAME = "E_RES_2041_7.en.md"
SOURCE = (ROOT / "examples" / NAME).read_bytes()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    registry._recent.clear()


def stream(data: bytes) -> DecodedStreamObject:
    found = DecodedStreamObject()
    found.set_data(data)
    return found


def test_equal_sources_are_read_once_and_others_again() -> None:
    document = attachments._parsed(stream(SOURCE), NAME)
    assert attachments._parsed(stream(SOURCE), NAME) is document
    other = attachments._parsed(stream(SOURCE.replace(b"2041", b"2042")), NAME)
    assert other != document


def test_a_source_that_is_attached_as_it_was_read_is_not_read_again() -> None:
    document = formats.parse(SOURCE, "drafts/mine.md")
    assert attachments._parsed(stream(SOURCE), NAME) is document
    assert attachments._parsed(stream(SOURCE + b"\n"), NAME) is not document


def test_a_source_is_read_each_time_and_its_findings_have_its_own_name() -> None:
    doubtful = SOURCE.replace(b"\n\n1. ", b"\n\nSee resolution 9999/99.\n\n1. ", 1)
    first, second = (formats.parse(doubtful, name).findings for name in ("a.md", "b.md"))
    assert first[0].where.startswith("a.md")
    assert second[0].where.startswith("b.md")


def test_a_source_that_names_another_file_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("Read from another file.", "utf-8")
    data = SOURCE + b"\n<!-- include: more.md -->\n"
    formats.parse(data, str(tmp_path / NAME))
    with pytest.raises(MastheadError):
        attachments._parsed(stream(data), NAME)


def test_only_the_last_documents_are_remembered() -> None:
    first = formats.parse(SOURCE, NAME)
    for number in range(registry._RECENT):
        formats.parse(SOURCE.replace(b"2041", b"%d" % (2042 + number)), NAME)
    assert len(registry._recent) == registry._RECENT
    assert attachments._parsed(stream(SOURCE), NAME) is not first


def test_a_source_that_cannot_be_read_is_an_error_each_time() -> None:
    for _ in range(2):
        with pytest.raises(MastheadError):
            attachments._parsed(stream(b"no document"), NAME)


def test_long_sources_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_SHORT", 10)
    document = attachments._parsed(stream(SOURCE), NAME)
    again = attachments._parsed(stream(SOURCE), NAME)
    assert again == document
    assert again is not document
