"""What WeasyPrint may read: files below the folders that are given, and data addresses."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from masthead.typesetting.engine.weasyprint.urls import FatalURLFetchingError

from masthead.typesetting.fetcher import Fetcher


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.css").write_text("p {}")
    (inside / "a b.svg").write_text("<svg/>")
    (inside / "unknown").write_text("x")
    (tmp_path / "secret.css").write_text("secret")
    (inside / "link.css").symlink_to(tmp_path / "secret.css")
    return inside


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("a.css", "text/css", b"p {}"),
        ("a.css?v=2", "text/css", b"p {}"),
        ("a%20b.svg", "image/svg+xml", b"<svg/>"),
        ("unknown", "text/plain", b"x"),
        ("./../inside/a.css", "text/css", b"p {}"),
    ],
)
def test_files_below_the_folder_are_read(folder: Path, name: str, media_type: str, content: bytes) -> None:
    response = Fetcher(folder)(f"{folder.as_uri()}/{name}")
    assert (response.read(), response.content_type) == (content, media_type)
    assert "?" not in response.url


@pytest.mark.parametrize("name", ["../secret.css", "link.css", "./../../secret.css", "%2e%2e/secret.css"])
def test_no_file_outside_it_is_read(folder: Path, name: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="outside the bundled files"):
        Fetcher(folder).fetch(f"{folder.as_uri()}/{name}")


def test_a_file_of_another_host_or_that_is_absent_is_not_read(folder: Path) -> None:
    with pytest.raises(FatalURLFetchingError, match="outside the bundled files"):
        Fetcher(folder).fetch(f"file://host{folder}/a.css")
    with pytest.raises(FatalURLFetchingError, match=r"absent\.css: no such file"):
        Fetcher(folder).fetch(f"{folder.as_uri()}/absent.css")
    with pytest.raises(FatalURLFetchingError, match="outside the bundled files"):
        Fetcher().fetch(f"{folder.as_uri()}/a.css")


@pytest.mark.parametrize("url", ["https://example.org/a.css", "http://localhost/", "ftp://example.org/a", "a.css"])
def test_no_other_protocol_is_used(folder: Path, url: str) -> None:
    with pytest.raises(ValueError, match="protocol that is not allowed"):
        Fetcher(folder).fetch(url)


@pytest.mark.parametrize(
    ("url", "media_type", "content"),
    [
        (f"data:image/png;base64,{base64.b64encode(b'dots').decode()}", "image/png", b"dots"),
        ("data:text/css,p%20%7B%7D", "text/css", b"p {}"),
        (f"data:text/css;charset=utf-8;base64,{base64.b64encode(b'p').decode()}", "text/css", b"p"),
    ],
)
def test_data_addresses_are_read(url: str, media_type: str, content: bytes) -> None:
    response = Fetcher().fetch(url)
    assert (response.read(), response.content_type) == (content, media_type)


def test_several_folders_may_be_given(folder: Path, tmp_path: Path) -> None:
    assert Fetcher(tmp_path / "other", tmp_path).fetch((tmp_path / "secret.css").as_uri()).read() == b"secret"
