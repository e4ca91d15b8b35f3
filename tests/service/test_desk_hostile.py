"""No request, however odd, makes the desk fail, or stays in its memory."""

from __future__ import annotations

import io
import json
import select
import socket
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import desks
from desks import DeskClient, DeskProcess
from masthead import formats
from masthead.service.desk import intake
from masthead.service.desk.gate import RateLimit

DECISIONS = f"/api/sources/{'0' * 64}/decisions"
MEBIBYTE = 2**20


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    with desks.desk(tmp_path_factory.mktemp("hostile") / "desk", "-j", "1", "--rate", "100000") as process:
        client = process.client("all")
        client.submit("note.md", desks.note("A/104/1"))
        client.settled()
        yield process
        lines = [json.loads(line) for line in process.log.read_text("utf-8").splitlines()]
        assert [each for each in lines if each["status"] >= 500] == []
        assert process.errors.read_text("utf-8") == ""


@pytest.fixture
def client(running: DeskProcess) -> DeskClient:
    return running.client("all")


@pytest.fixture
def id(client: DeskClient) -> str:
    return str(client.sources()[0]["id"])


def raw(process: DeskProcess, request: bytes, *, seconds: float = 20, ends: bool = False) -> bytes:
    """The bytes that come for the bytes of a request, after which the client may say that it `ends`."""
    with socket.create_connection(("127.0.0.1", process.port), timeout=seconds) as connection, suppress(OSError):
        connection.sendall(request)
        if ends:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while part := connection.recv(65536):
            received += part
        return received
    return b""


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "other bytes": b"\xff\xfe\x00",
    "a number too large": b'{"act": 1e400, "why": "x"}',
    "no number": b'{"act": NaN, "why": Infinity}',
    "a long number": b'{"act": ' + b"9" * 50_000 + b', "why": "x"}',
    "a key twice": b'{"act": "approve", "act": "undo", "why": "x"}',
    "an unknown key": b'{"act": "undo", "why": "x", "\\u0000": 1}',
    "half a character": b'{"act": "undo", "why": "\\ud800"}',
    "bytes that are no character": b'{"act": "undo", "why": "\xed\xa0\x80"}',
    "deep lists": b"[" * 60_000,
    "deep tables": b'{"a":' * 10_000,
    "a list": b'["approve"]',
    "nothing said": b"null",
    "no reason": b'{"act": "undo", "why": "   "}',
    "a long reason": json.dumps({"act": "undo", "why": "x" * 501}).encode(),
    "an unknown act": b'{"act": "collect", "why": "x"}',
    "another type": b'{"act": ["undo"], "why": {"x": 1}}',
    "too long": b'{"act": "undo", "why": "' + b"x" * 70_000 + b'"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_an_odd_body_is_refused(client: DeskClient, id: str, body: bytes) -> None:
    for path in (f"/api/sources/{id}/decisions", "/api/session"):
        answer = client.ask("POST", path, body)
        assert 400 <= answer.status < 500, answer
        assert answer.values["message"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_no_json_makes_it_fail(client: DeskClient, value: Any) -> None:
    for body in (value, {"act": value, "why": value}, {"act": "undo", "why": value}, {"token": value}):
        for path in (DECISIONS, "/api/session"):
            assert client.ask("POST", path, json.dumps(body).encode()).status < 500


TOKENS = ["é", "ÿ" * 5000, "\x80", "رمز", "Bearer", " ", "x" * 60_000, "\t", '"', "a b c", ";=,"]


@pytest.mark.parametrize("token", TOKENS, ids=ascii)
@pytest.mark.parametrize("form", ["authorization: Bearer {}", "authorization: {}", "cookie: masthead={}", "cookie: {}"])
def test_an_odd_token_is_refused(running: DeskProcess, token: str, form: str) -> None:
    request = f"GET /api/me HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{form.format(token)}\r\n\r\n"
    answer = raw(running, request.encode())
    assert answer[9:12] in (b"401", b"400", b"429", b""), answer[:200]  # 400 and nothing: not a header at all


PATHS = [
    "/api/sources/../../etc/passwd",
    "/api/sources/%2e%2e%2f%2e%2e%2fetc%2fpasswd/original",
    f"/api/sources/{'0' * 64}",
    f"/api/sources/{'Z' * 64}/original",
    f"/api/sources/{'٠' * 64}",
    "/api/sources/%00/edition.pdf",
    "/api/sources/" + "a" * 30_000,
    f"/api/editions/{'0' * 64}/pages/1.png",
    "/api/editions/{pdf}/pages/0.png",
    "/api/editions/{pdf}/pages/-1.png",
    "/api/editions/{pdf}/pages/1e3.png",
    "/api/editions/{pdf}/pages/99999.png",
    "/api/editions/{pdf}/pages/" + "9" * 5000 + ".png",
    "/api/editions/{pdf}/pages/٣.png",
    "/api/sources/{id}/edition.exe",
    "/api/sources/{id}/edition.",
    "/api/concordance",
    "/api/concordance?symbol=%ed%a0%80",
    "/api/concordance?symbol=" + "a" * 20_000,
    "/api/sources?after=" + "9" * 6000,
    "/api/sources?after=-1",
    "/api/sources?after=1e400",
    "/api/sources?limit=٣",
    "/api/sources?limit=" + "9" * 15,
    "/api/sources?symbol=%00",
    "/api/events?after=x",
    "//api//me",
    "/%",
    "/api/me?%zz=%&&&=",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ascii(path)[:40])
def test_an_odd_path_is_answered(running: DeskProcess, client: DeskClient, path: str) -> None:
    source = client.sources()[0]
    line = f"GET {path.replace('{id}', source['id']).replace('{pdf}', source['pdf'])} HTTP/1.1".encode()
    headers = f"\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {client.token}\r\n\r\n".encode()
    answer = raw(running, line + headers)
    assert answer[9:10] in (b"2", b"4"), answer[:300]
    assert b"root:" not in answer


def test_other_methods_are_refused_and_head_has_no_body(client: DeskClient, id: str) -> None:
    paths = ("/", "/health", "/api/me", "/api/sources", f"/api/sources/{id}/edition.pdf", "/api/events", "/nothing")
    for path in paths:
        for method in ("OPTIONS", "PUT", "PATCH", "TRACE", "CONNECT", "QUERY", "X" * 200):
            assert client.ask(method, path).status in (400, 404, 405), (method, path)
        head = client.ask("HEAD", path)
        assert head.status in (200, 404) and head.body == b""


@pytest.mark.parametrize(
    "ranges",
    [
        *("bytes=0-3", "bytes=-5", "bytes=5-", "bytes=9-1", "bytes=99999999-", "bytes=--1", "bytes=x", "lines=1"),
        *("bytes=", "bytes=0-0,0-0", "bytes=" + ",".join(f"{n}-{n}" for n in range(3000)), f"bytes={'9' * 5000}-"),
    ],
    ids=lambda ranges: ranges[:20],
)
def test_an_odd_range_is_answered(client: DeskClient, id: str, ranges: str) -> None:
    answer = client.ask("GET", f"/api/sources/{id}/edition.pdf", headers={"range": ranges})
    assert answer.status in (200, 206, 400, 416)
    assert client.ask("HEAD", f"/api/sources/{id}/edition.pdf", headers={"range": ranges}).status < 500


POST = b"POST /api/session HTTP/1.1\r\nhost: localhost\r\n"
GET = b"GET /api/events HTTP/1.1\r\nhost: localhost\r\n"
REQUESTS: dict[str, bytes] = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\n\r\n",
    "an invalid host": b"GET / HTTP/1.1\r\nhost: \xff\xfe\r\n\r\n",
    "an invalid port": b"GET /health HTTP/1.1\r\nhost: localhost:99999999\r\n\r\n",
    "an unknown version": b"GET / HTTP/9.9\r\nhost: localhost\r\n\r\n",
    "two lengths": POST + b"content-length: 3\r\ncontent-length: 5\r\n\r\nabcde",
    "a negative length": POST + b"content-length: -1\r\n\r\n",
    "a length and chunks": POST + b"content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "an invalid chunk": POST + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
    "half a body": POST + b"content-length: 500\r\n\r\n{",
    "a huge header": GET + b"x: " + b"a" * 200_000 + b"\r\n\r\n",
    "many headers": GET + b"x: y\r\n" * 20_000 + b"\r\n",
    "a web socket": GET + b"upgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    "an odd language": b"GET /?lang=../../x HTTP/1.1\r\nhost: localhost\r\naccept-language: \xff;;q=,,\r\n\r\n",
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
def test_an_odd_request_does_no_harm(running: DeskProcess, request_: bytes) -> None:
    answer = raw(running, request_, ends=True)
    assert answer[9:10] in (b"", b"2", b"4"), answer[:300]
    assert running.client().ask("GET", "/health").status == 200


NAMES = ["", "x", "a.exe", "../x.md", "/etc/x.md", "a" * 300 + ".md", "\0.md", "\n.md", "a\\b.exe", ".md/", "‮.md\u2028"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_an_odd_name_is_refused(client: DeskClient, name: str) -> None:
    answer = client.submit(name, "text")
    assert (answer.status, bool(answer.values["message"])) == (400, True)


def test_a_large_body_is_refused_before_it_is_read_or_while_it_is(running: DeskProcess, client: DeskClient) -> None:
    before, part = running.memory(), b"x" * MEBIBYTE
    answer = client.ask("POST", "/api/sources?name=x.zip", b"", {"content-length": str(300 * MEBIBYTE)})
    assert answer.status == 413
    for name in ("x.zip", "x.md"):
        status = -1
        with suppress(OSError):  # the server has answered, and reads no more
            status = client.ask("POST", f"/api/sources?name={name}", (part for _ in range(300))).status
        assert status in (413, -1)
    assert running.memory() - before < 30_000
    assert not list((running.folder / "incoming").glob("*"))
    assert client.submit("x.md", b"x" * (formats.MAX_BYTES + 1)).status == 413


def test_a_slow_body_is_given_up_and_harms_nobody(running: DeskProcess, client: DeskClient) -> None:
    head = "POST /api/sources?name=x.md HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n"
    head += f"authorization: Bearer {client.token}\r\n\r\n"
    slow = [socket.create_connection(("127.0.0.1", running.port), timeout=30) for _ in range(30)]
    try:
        for each in slow:
            each.sendall(head.encode() + b"---")
        assert client.get("/api/me")["name"]
        assert not select.select(slow, [], [], 0)[0]  # an answer while they are still waited for
        slow[0].close()
        assert slow[1].recv(100)[9:12] == b"408"
    finally:
        for each in slow:
            each.close()
    desks.until(lambda: (None, not list((running.folder / "incoming").glob("*"))), 30)


# --- bundles ----------------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    """500 MiB of zeros, in half a mebibyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(100):
            archive.writestr(f"{number}.md", b"\0" * 5 * MEBIBYTE)
    return file.getvalue()


def liar() -> bytes:
    """A bundle whose directory says another size than that of the member."""
    data = bytearray(desks.bundle({"a.md": b"x" * 1000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 5)
    return bytes(data)


def link() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        member = zipfile.ZipInfo("a.md")
        member.create_system, member.external_attr = 3, 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return file.getvalue()


def encrypted() -> bytes:
    data = bytearray(desks.bundle({"a.md": b"x"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


BUNDLES: dict[str, bytes] = {
    "no bundle": b"PK\x03\x04 and nothing else",
    "an empty one": desks.bundle({}),
    "a bomb": bomb(),
    "a wrong size": liar(),
    "a link": link(),
    "a password": encrypted(),
    "a bundle in it": desks.bundle({"a.zip": bomb()}),
    "many files": desks.bundle({f"{number}.md": b"" for number in range(1001)}),
    "no source": desks.bundle({"a.svg": b"<svg/>"}),
    "paths outside": desks.bundle(
        {"../a.md": b"x", "/a.md": b"x", "a/../../b.md": b"x", "C:\\a.md": b"x", "a//b.md": b"x"}
    ),
    "a path with a control character": desks.bundle({"a\n.md": b"x"}),
    "a long path": desks.bundle({"a" * 300 + ".md": b"x", "/".join(["a"] * 400) + ".md": b"x"}),
    "a file as a folder": desks.bundle({"a.md": b"x", "a.md/b.md": b"x"}),
    "a path twice": desks.bundle({"a.svg": b"x"}) + desks.bundle({"a.svg": b"y"}),
    "cut off": desks.bundle({"a.md": b"x" * 1000})[:-30],
}


@pytest.mark.parametrize("data", BUNDLES.values(), ids=BUNDLES.keys())
def test_an_odd_bundle_is_refused_and_nothing_of_it_stays(
    running: DeskProcess, client: DeskClient, data: bytes
) -> None:
    before = running.memory()
    answer = client.submit("bundle.zip", data)
    assert 400 <= answer.status < 500, answer
    assert answer.values.get("message") or answer.values["refused"]
    assert running.memory() - before < 40_000
    assert not list((running.folder / "incoming").rglob("*"))
    assert not (running.folder.parent / "a.md").exists()


@settings(max_examples=150)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_no_damage_of_a_bundle_raises_anything_but_an_error_of_ours(insert: bytes, at: int, byte: int) -> None:
    import tempfile

    from masthead.document import MastheadError

    data = bytearray(desks.bundle({"a.md": desks.note("A/1"), "b/c.svg": b"<svg/>"}))
    at %= len(data)
    data[at : at + 1] = insert if len(insert) % 2 else bytes([byte])
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder) / "sent"
        sent.write_bytes(data)
        with suppress(MastheadError):
            list(intake.sources(sent, "bundle.zip"))


# --- how often --------------------------------------------------------------------------------------------------------


def test_somebody_who_asks_too_often_waits_and_others_do_not(tmp_path: Path) -> None:
    with desks.desk(tmp_path / "desk", "-j", "1", "--rate", "1") as process:
        answers = [process.client("reader").ask("GET", "/api/me") for _ in range(210)]
        assert [each.status for each in answers].count(200) in range(200, 206)
        assert answers[-1].status == 429 and int(answers[-1].headers["retry-after"]) >= 1
        assert process.client("editor").ask("GET", "/api/me").status == 200
        refused = [process.client().ask("GET", "/api/me").status for _ in range(40)]
        assert refused[0] == 401 and refused[-1] == 429
        assert process.client().ask("POST", "/api/session", {"token": "guess"}).status == 429
        assert process.client("editor").ask("GET", "/api/me").status == 200


def test_few_of_those_who_come_are_remembered() -> None:
    limit = RateLimit(1, 2)
    assert [limit.wait("a") == 0 for _ in range(3)] == [True, True, False]
    for number in range(2000):
        limit.wait(str(number))
    assert len(limit._seen) == 1000
