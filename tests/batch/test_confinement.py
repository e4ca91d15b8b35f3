"""What a worker can reach: the folders that it is given, and no network."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from masthead.batch import confinement
from masthead.batch.limits import Limits
from masthead.batch.pool import Pool
from masthead.batch.single import SingleWorker
from masthead.document import assets, compiled

needs_landlock = pytest.mark.skipif(not confinement.version(), reason="this kernel has no Landlock")


def read(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path) -> None:
    path.write_bytes(b"x")


def keep(_: object) -> bytes:
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(b"kept")
        file.seek(0)
        return file.read()


def connect(address: tuple[str, int]) -> None:
    socket.create_connection(address, timeout=5).close()


def tried(pool: Pool | SingleWorker, function: Callable[[Any], Any], given: object) -> object:
    """What the function returns in a worker, or the type of the error that it raises."""
    error = (future := pool.submit(function, given)).exception()
    return type(error) if error else future.result()


@needs_landlock
@pytest.mark.parametrize("begin", [partial(Pool, 1), SingleWorker], ids=["pool", "single"])
def test_a_worker_reads_what_it_is_given_and_writes_nothing(
    begin: Callable[..., Pool | SingleWorker], tmp_path: Path
) -> None:
    given, other = tmp_path / "given", tmp_path / "other"
    for folder in (given, other):
        folder.mkdir()
        (folder / "a.txt").write_bytes(b"text")
    with begin(Limits(), [given]) as pool:
        assert tried(pool, read, given / "a.txt") == b"text"
        assert tried(pool, read, other / "a.txt") is PermissionError
        assert tried(pool, read, given / ".." / "other" / "a.txt") is PermissionError
        assert tried(pool, write, given / "b.txt") is PermissionError
        assert tried(pool, keep, None) == b"kept"
    assert (other / "a.txt").read_bytes() == b"text"  # this process keeps its rights


@needs_landlock
def test_a_worker_reads_parsed_style_sheets_and_nothing_else_that_commands_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    sheets = tmp_path / compiled.FOLDER / compiled.SHEETS
    sheets.mkdir(parents=True)
    for path in (sheets / "kept", sheets.parent / "table"):
        path.write_bytes(b"code")
    with SingleWorker(Limits()) as pool:
        assert tried(pool, read, sheets / "kept") == b"code"
        assert tried(pool, read, sheets.parent / "table") is PermissionError
        assert tried(pool, write, sheets / "other") is PermissionError
        assert tried(pool, write, sheets / "kept") is PermissionError


@pytest.mark.skipif(confinement.version() < 4, reason="this kernel's Landlock knows no network")
@pytest.mark.parametrize("begin", [partial(Pool, 1), SingleWorker], ids=["pool", "single"])
def test_a_worker_reaches_no_network(begin: Callable[..., Pool | SingleWorker]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, begin(Limits()) as pool:
        assert tried(pool, connect, server.getsockname()) is PermissionError


def test_a_worker_may_read_python_the_system_what_is_bundled_and_parsed_style_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "path", ["", "/libraries"])
    *own, sheets = confinement._own()
    assert sheets == tmp_path / compiled.FOLDER / compiled.SHEETS
    package = Path(confinement.__file__).parent.parent
    assert package.name == "masthead" and own[-3:] == [package, assets.TEMPLATES, assets.FONTS]
    named = (sys.prefix, sys.base_prefix, "/libraries", "/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/opt")
    assert own[:-3] == [Path(each) for each in named]

    def lost() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lost)
    assert [*confinement._own()] == own and confinement.cache_folder() is None


@pytest.mark.parametrize(
    ("platform", "answer", "known", "words"),
    [
        ("linux", 7, 7, "other files and the network"), ("linux", 4, 4, "other files and the network"),
        ("linux", 3, 3, "other files"), ("linux", 1, 1, "other files"), ("linux", 0, 0, ""), ("linux", -1, 0, ""),
        ("darwin", 7, 0, ""),
    ],
)  # fmt: skip
def test_what_is_confined_depends_on_the_kernel(
    platform: str, answer: int, known: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(confinement, "_call", lambda *asked: answer if asked == (444, None, 0, 1) else 99)
    assert (confinement.version(), confinement.covers()) == (known, words)


def test_on_a_kernel_without_landlock_nothing_is_confined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "version", lambda: 0)
    confinement.confine([], [])
    assert confinement.covers() == ""


@pytest.mark.parametrize(
    ("known", "files", "network"),
    [(1, 13, False), (2, 14, False), (3, 15, False), (4, 15, True), (5, 16, True), (9, 16, True)],
)
def test_only_rights_that_the_kernel_knows_are_asked_for(
    known: int, files: int, network: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def call(number: int, attributes: bytes, size: int, flags: int) -> int:
        asked.append(attributes[:size])
        raise OSError

    monkeypatch.setattr(confinement, "version", lambda: known)
    monkeypatch.setattr(confinement, "_call", call)
    with pytest.raises(OSError):
        confinement.confine([], [])
    rights = (1 << files) - 1
    assert asked == [struct.pack("=QQ", rights, 0b11) if network else struct.pack("=Q", rights)]
