"""Who may come to the desk, how often, and what everybody is told, in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import desks
from masthead.document import OrderError, SourceError
from masthead.service import guard
from masthead.service.desk import DeskFolder, DeskRole, gate, intake, page, sources
from offices import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "desk").mkdir()
    return Office(DeskFolder(tmp_path / "desk"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401), ({"authorization": "Bearer all"}, 200), ({"authorization": "bearer  all "}, 200),
        ({"authorization": "Basic all"}, 401), ({"authorization": "Bearer"}, 401),
        ({"authorization": "Bearer all2"}, 401),
        ({"cookie": "masthead=all"}, 200), ({"cookie": "other=all"}, 401),
        ({"authorization": "Basic x", "cookie": "masthead=all"}, 401),
    ],
)  # fmt: skip
def test_a_token_is_in_a_header_or_a_cookie(office: Office, headers: dict[str, str], status: int) -> None:
    async def scenario() -> None:
        answer = await office.ask("GET", "/api/me", token="", **headers)
        assert answer.status == status
        if status == 200:
            assert answer.values == {
                "name": "Layla",
                "roles": ["approver", "editor", "printer", "reader"],
                "printer": False,
            }
        else:
            assert answer.headers["www-authenticate"] == "Bearer" and answer.values == {
                "message": "a valid token is missing"
            }

    office.run(scenario)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost", 202), ("https://localhost", 202), ("http://localhost:1", 403), ("ftp://localhost", 403),
        ("http://evil.example", 403), ("null", 403), ("", 403),
    ],
)  # fmt: skip
def test_a_cookie_changes_something_only_from_the_own_page(office: Office, origin: str, status: int) -> None:
    async def scenario() -> None:
        said = {"cookie": "masthead=all", **({"origin": origin} if origin else {})}
        path = "/api/sources?name=a.md"
        assert (await office.ask("POST", path, b"A/1 en x", token="", **said)).status == status
        assert (await office.ask("GET", "/api/me", token="", **said)).status == 200
        assert (await office.ask("POST", path, b"A/1 en x", origin="http://evil.example")).status in (200, 202)

    office.run(scenario)


def test_a_browser_signs_in_and_out(office: Office) -> None:
    async def scenario() -> None:
        answer = await office.ask("POST", "/api/session", {"token": "editor"}, token="")
        assert answer.headers["set-cookie"] == "masthead=editor; HttpOnly; Max-Age=2592000; Path=/; SameSite=strict"
        assert (await office.ask("POST", "/api/session", {"token": "x"}, token="")).status == 401
        wrong = await office.ask("POST", "/api/session", {"tokn": "x"}, token="")
        assert (wrong.status, wrong.values["message"]) == (422, "invalid body")
        assert "Max-Age=0" in (await office.ask("DELETE", "/api/session")).headers["set-cookie"]

    office.run(scenario)


def test_each_operation_needs_its_role(office: Office) -> None:
    async def scenario() -> None:
        source = await office.settled("A/1 en x")
        one = f"/api/sources/{source['id']}"
        order = {"act": "reject", "why": "x"}
        for method, path, body, role in (
            ("POST", "/api/sources?name=a.md", b"A/1 en x", "editor"), ("DELETE", one, b"", "editor"),
            ("POST", f"{one}/decisions", order, "approver"), ("POST", f"{one}/prints", b"", "printer"),
        ):  # fmt: skip
            for token in DeskRole:
                answer = await office.ask(method, path, body, token=str(token))
                assert (answer.status == 403) is (token != role)
                assert token == role or answer.values == {"message": f"this needs the role {role}"}
        for path in ("/metrics", "/api/me", "/api/sources", one, f"{one}/original", f"{one}/edition.pdf"):
            assert (await office.ask("GET", path, token="printer")).status == 200
            assert (await office.ask("GET", path, token="")).status == 401
        for path in ("/health", "/api/openapi.json", "/"):
            assert (await office.ask("GET", path, token="")).status == 200
        assert (await office.ask("GET", "/health")).values == {"ready": True}

    office.run(scenario)


@pytest.mark.parametrize(
    ("host", "status"), [("localhost", 200), ("127.0.0.1:80", 200), ("desk.example", 200), ("x.example", 400)]
)
def test_a_host_is_one_of_those_named(office: Office, host: str, status: int) -> None:
    async def scenario() -> None:
        assert (await office.ask("GET", "/health", host=host)).status == status

    office.run(scenario)


def test_who_comes_too_often_waits(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.rate = 0.5, 2
    monkeypatch.setattr(gate.time, "monotonic", lambda: 1000.0)

    async def scenario() -> None:
        assert [(await office.ask("GET", "/api/me")).status for _ in range(3)] == [200, 200, 429]
        late = await office.ask("GET", "/api/me")
        assert (late.headers["retry-after"], late.values) == ("3", {"message": "too many requests"})
        assert (await office.ask("GET", "/api/me", token="editor")).status == 200
        assert [(await office.ask("GET", "/api/me", token="?")).status for _ in range(21)] == [401] * 20 + [429]
        assert (await office.ask("GET", "/api/me", token="")).status == 429
        assert (await office.ask("GET", "/health", token="")).status == 200

    office.run(scenario)


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
def test_a_small_body_has_a_largest_size(office: Office, more: int, status: int) -> None:
    async def scenario() -> None:
        body = b'{"token": "all"}'
        answer = await office.ask("POST", "/api/session", body.ljust(guard.MAX_BODY + more), token="")
        assert answer.status == status
        said = {"content-length": str(guard.MAX_BODY + more)}
        assert (await office.ask("POST", "/api/session", body, token="", **said)).status == status
        for length in ("-1", "many", "1" * 16):
            refused = await office.ask("POST", "/api/session", body, token="", **{"content-length": length})
            assert (refused.status, refused.values) == (413, {"message": "the body is larger than 65,536 bytes"})

    office.run(scenario)


def test_a_client_that_goes_away_while_it_sends_has_a_line(office: Office) -> None:
    async def scenario() -> None:
        assert (await office.ask("POST", "/api/sources?name=a.md", b"A/1", gone=True)).status == 400
        assert (await office.ask("GET", "/api/sources")).values["sources"] == []
        assert list(office.folder.incoming.iterdir()) == []

    office.run(scenario)
    first = json.loads(office.log.getvalue().splitlines()[0])
    assert (first["status"], first["in"], first["path"]) == (400, 3, "/api/sources")


def test_each_request_has_a_line_and_headers(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate.time, "monotonic", lambda: 1000.0)

    async def scenario() -> None:
        answer = await office.ask("GET", "/api/me?token=secret")
        for name, value in (
            ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"), ("content-security-policy", "default-src 'none'"),
        ):  # fmt: skip
            assert answer.headers[name] == value
        await office.submit("A/1 en x")
        await office.ask("PURGE", "/nothing", token="")

    office.run(scenario)
    lines = [json.loads(line) for line in office.log.getvalue().splitlines()]
    assert [(each["user"], each["method"], each["path"], each["status"], each["in"]) for each in lines] == [
        ("Layla", "GET", "/api/me", 200, 0), ("Layla", "POST", "/api/sources", 202, 8),
        ("", "PURGE", "/nothing", 404, 0),
    ]  # fmt: skip
    assert all(each["client"] == "192.0.2.1" and each["out"] > 0 and len(each["request"]) == 12 for each in lines)
    assert [each["ms"] for each in lines] == [0, 0, 0]


def test_a_bug_is_an_answer_that_names_the_request(office: Office, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    async def scenario() -> None:
        monkeypatch.setattr(intake, "limit", fail)
        answer = await office.submit("x")
        assert (answer.status, answer.values) == (
            500, {"message": "this is a bug in Masthead", "request": answer.headers["x-request-id"]},
        )  # fmt: skip

    office.run(scenario)
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "values"),
    [
        (OrderError("o", hint="h"), 400, {"message": "o", "where": "", "hint": "h", "others": [], "exit_code": 2}),
        (SourceError("s"), 422, {"message": "s", "where": "", "hint": "", "others": [], "exit_code": 3}),
        (OSError("disk"), 503, {"message": "the server cannot write to its disk"}),
    ],
)
def test_what_cannot_be_done_is_said(office: Office, error: Exception, status: int, values: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise error

    async def scenario() -> None:
        monkeypatch.setattr(intake, "limit", fail)
        answer = await office.submit("x")
        assert (answer.status, answer.values) == (status, values)
        assert answer.headers.get("retry-after") == ("60" if status == 503 else None)

    office.run(scenario)


def test_limits_of_waiting_sources_and_uploads(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        monkeypatch.setattr(gate, "_UPLOADS", 0)
        busy = await office.submit("A/1 en x")
        assert (busy.status, busy.values, busy.headers["retry-after"]) == (
            503,
            {"message": "too many uploads at once"},
            "10",
        )
        monkeypatch.setattr(gate, "_UPLOADS", 1)
        for number in range(3):  # each upload ends
            assert (await office.submit(f"A/{number} en x")).status == 202
        monkeypatch.setattr(sources, "_WAITING", 0)
        full = await office.submit("A/9 en x")
        assert (full.status, full.values, full.headers["retry-after"]) == (
            503,
            {"message": "too many sources are waiting"},
            "60",
        )

    office.run(scenario)


def test_a_bundle_without_a_source_is_refused(office: Office) -> None:
    async def scenario() -> None:
        path = "/api/sources?name=x.zip"
        mixed = await office.ask("POST", path, desks.bundle({"a.md": "A/1 en x", "../b.md": "x"}))
        assert mixed.status == 202 and [each["name"] for each in mixed.values["sources"]] == ["a.md"]
        assert mixed.values["refused"] == [
            {
                "name": "../b.md",
                "message": "the bundle has an invalid path",
                "where": "../b.md",
                "hint": "",
                "others": [],
            }
        ]
        await office.settled("A/1 en x")
        assert (await office.ask("POST", path, desks.bundle({"a.md": "A/1 en x"}))).status == 200
        assert (await office.ask("POST", path, desks.bundle({"x.svg": "x"}))).status in (400, 422)
        assert list(office.folder.incoming.iterdir()) == []

    office.run(scenario)


@pytest.mark.parametrize(
    ("query", "asked", "language"),
    [
        ("", "", "en"), ("", "de, it", "en"), ("", "de-CH, fr;q=0.9, en;q=0.8", "fr"), ("", "ES-mx", "es"),
        ("", "zh-Hans-CN", "zh"), ("", " ar ;q=1", "ar"), ("ru", "fr", "ru"), ("xx", "fr", "fr"), ("RU", "", "en"),
    ],
)  # fmt: skip
def test_the_page_is_in_the_language_that_is_asked_for(office: Office, query: str, asked: str, language: str) -> None:
    async def scenario() -> None:
        answer = await office.ask("GET", f"/?lang={query}", token="", accept_language=asked)
        text = answer.body.decode()
        assert (answer.status, answer.headers["content-language"]) == (200, language)
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in text
        assert f'"language": "{language}"' in text and page.words()[language]["sign_in"] in text
        assert all(name in text for name in ("العربية", "中文", "English", "Français", "Русский", "Español"))
        assert ".md" in text and ",.zip" in text

    office.run(scenario)
