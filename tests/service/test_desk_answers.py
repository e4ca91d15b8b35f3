"""The desk in this process, whose workers make nothing: what the API answers about sources."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from masthead.batch import TimeLimitError
from masthead.document import ResourceError
from masthead.publication import SourceFile
from masthead.service.desk import DeskFolder, events
from masthead.service.desk.record import opened
from offices import LostError, Office, Workers


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "desk").mkdir()
    return Office(DeskFolder(tmp_path / "desk"))


def test_a_source_is_shown_in_full(office: Office) -> None:
    async def scenario() -> None:
        text = "A/1 ar error warning warning"
        found = await office.settled(text, "in.md")
        id = hashlib.sha256(b".md\n" + text.encode()).hexdigest()
        pdf = hashlib.sha256(b"%PDF " + text.encode()).hexdigest()
        assert found.pop("report")["failed"] and found.pop("sent") == found["versions"][0].pop("sent")
        assert found == {
            "id": id, "name": "in.md", "size": len(text), "sender": "Layla", "number": 1, "revision": found["revision"],
            "state": "made", "symbol": "A/1", "language": "ar", "type": "note", "pdf": pdf, "pages": 3, "seconds": 1.5,
            "error": None, "direction": "rtl", "current": True, "findings": {"error": 1, "warning": 2, "note": 0},
            "approved": None, "has_baseline": False, "undoable": False, "rejected": "", "disagreements": None,
            "languages": 1, "printed": None, "print_error": "", "decisions": [],
            "versions": [{"id": id, "name": "in.md", "pdf": pdf}],
        }  # fmt: skip
        assert (await office.settled("A/1 en x"))["direction"] == "ltr"
        assert office.makers.done[0] == ("make", SourceFile("in.md", text.encode()), len(text))

    office.run(scenario)


def test_a_source_that_is_sent_again_is_made_only_if_it_failed_or_is_not_current(office: Office) -> None:
    async def scenario() -> None:
        first = await office.settled("A/1 en one")
        assert (await office.submit("A/1 en one")).status == 200
        second = await office.settled("A/1 en two")
        again = await office.submit("A/1 en one", token="editor")
        (shown,) = again.values["sources"]
        assert (again.status, shown["number"], shown["sender"]) == (200, 3, "the editor")
        assert (await office.ask("GET", "/api/sources")).values["sources"][0]["id"] == first["id"]
        assert [each["id"] for each in (await office.settled("A/1 en one"))["versions"]] == [first["id"], second["id"]]
        assert [name for name, _, _ in office.makers.done] == ["make", "make"]
        bad = await office.settled("bad en")
        assert (bad["state"], bad["error"]) == (
            "failed", {"message": "no symbol", "where": "a.md", "hint": "add one",
                       "others": [{"message": "no title", "where": "", "hint": ""}]},
        )  # fmt: skip
        for _ in range(2):
            assert (await office.submit("bad en")).status == 202  # it is tried again
            await office.settled("bad en")
            assert (await office.ask("DELETE", f"/api/sources/{bad['id']}")).status == 200
            gone = (await office.ask("GET", "/api/sources")).values["sources"]
            assert [each["id"] for each in gone] == [first["id"]]
        for source in (bad, first):
            refused = await office.ask("DELETE", f"/api/sources/{source['id']}")
            assert (refused.status, refused.values) == (409, {"message": "only sources that failed can be removed"})

    office.run(scenario)


def test_sources_are_listed_in_parts(office: Office) -> None:
    async def scenario() -> None:
        for number in range(1, 4):
            await office.settled(f"A/{number} en x")
        whole = (await office.ask("GET", "/api/sources")).values
        assert [each["symbol"] for each in whole["sources"]] == ["A/1", "A/2", "A/3"] and "next" not in whole
        first = (await office.ask("GET", "/api/sources?limit=2")).values
        assert ([each["number"] for each in first["sources"]], first["next"]) == ([1, 2], 2)
        rest = (await office.ask("GET", "/api/sources?limit=2&after=2")).values
        assert [each["number"] for each in rest["sources"]] == [3] and "next" not in rest
        assert len((await office.ask("GET", "/api/sources?limit=0")).values["sources"]) == 1
        assert (await office.ask("GET", "/api/sources?symbol=A/2")).values["sources"][0]["symbol"] == "A/2"
        assert (await office.ask("GET", "/api/sources?symbol=A/9")).values["sources"] == []
        for wrong in ("limit=x", "after=-1", "limit=1.5"):
            answer = await office.ask("GET", f"/api/sources?{wrong}")
            assert (answer.status, answer.values) == (400, {"message": f"{wrong.partition('=')[0]} is not a number"})

    office.run(scenario)


def test_an_answer_has_at_most_500_sources(office: Office) -> None:
    rows = [(f"{at:064x}", "a.md", 1, "me", "now", at, at, "failed", *[None] * 8) for at in range(1, 502)]
    with opened(office.folder), closing(sqlite3.connect(office.folder.record)) as connection, connection:
        connection.executemany(f"INSERT INTO sources VALUES ({', '.join('?' * len(rows[0]))})", rows)

    async def scenario() -> None:
        for query in ("", "?limit=500", "?limit=501"):
            found = (await office.ask("GET", f"/api/sources{query}")).values
            assert (len(found["sources"]), found["next"]) == (500, 500)
        found = (await office.ask("GET", "/api/sources?after=500")).values
        assert [each["number"] for each in found["sources"]] == [501] and "next" not in found

    office.run(scenario)


def test_files_have_their_names_and_what_browsers_may_do_with_them(office: Office) -> None:
    async def scenario() -> None:
        source = await office.settled("A/RES/1/2* en x", "my.md")
        at = f"/api/sources/{source['id']}"
        for path, media, place, body in (
            ("original", "application/octet-stream", 'attachment; filename="my.md"', b"A/RES/1/2* en x"),
            ("edition.pdf", "application/pdf", 'inline; filename="A_RES_1_2.en.pdf"', b"%PDF A/RES/1/2* en x"),
            ("edition.md", "text/markdown; charset=utf-8", "attachment; filename*=utf-8''A_RES_1_2.en.md",
                b"my.md as .md"),
            ("edition.akn", "application/akn+xml", "attachment; filename*=utf-8''A_RES_1_2.en.akn", b"my.md as .akn"),
            ("edition.txt", "text/plain; charset=utf-8", "attachment; filename*=utf-8''A_RES_1_2.en.txt",
                b"my.md as .txt"),
        ):  # fmt: skip
            got = await office.ask("GET", f"{at}/{path}")
            assert (got.status, got.headers["content-type"], got.headers["content-disposition"], got.body) == (
                200, media, place, body,
            )  # fmt: skip
            assert got.headers["content-security-policy"] == "default-src 'none'"
        html = await office.ask("GET", f"{at}/edition.html")
        assert html.headers["content-security-policy"].startswith(
            "sandbox allow-scripts allow-popups; default-src 'none'"
        )
        assert "content-disposition" not in html.headers and html.headers["content-type"].startswith("text/html")
        page = await office.ask("GET", f"/api/editions/{source['pdf']}/pages/3.png")
        assert (page.body, page.headers["content-type"]) == (b"PNG 3 at 110 of %PDF A/RES/1/2* en x", "image/png")
        assert page.headers["cache-control"] == "private, max-age=86400, immutable"
        assert office.viewers.done[-1] == ("draw", (b"%PDF A/RES/1/2* en x", 3, 110), 0)
        for asked, drawn in ((40, 40), (39, 40), (200, 200), (201, 200)):
            got = await office.ask("GET", f"/api/editions/{source['pdf']}/pages/3.png?dpi={asked}")
            assert b" at %d of" % drawn in got.body
        for path in ("edition.exe", "../x"):
            assert (await office.ask("GET", f"{at}/{path}")).status == 404
        missing = await office.ask("GET", f"/api/editions/{'0' * 64}/pages/1.png")
        assert (missing.status, missing.values) == (404, {"message": "there is no such edition"})
        office.folder.edition(source["pdf"]).unlink()
        lost = await office.ask("GET", f"{at}/edition.pdf")
        assert lost.status == 422 and lost.values["message"] == "a file of the desk is lost"
        assert lost.values["hint"] == "restore it from a backup"
        office.folder.source(source["id"], ".md").unlink()
        assert (await office.ask("GET", f"{at}/edition.md")).values["message"].startswith("a file of the desk is lost")

    office.run(scenario)


def test_an_edition_is_compared_with_the_approved_one_or_the_one_before(office: Office) -> None:
    async def scenario() -> None:
        first = await office.settled("A/1 en one")
        none = await office.ask("GET", f"/api/sources/{first['id']}/comparison")
        assert (none.status, none.values) == (404, {"message": "there is no other version to compare with"})
        second = await office.settled("A/1 en two")
        third = await office.settled("A/1 en three")
        path = f"/api/sources/{third['id']}/comparison"
        assert (await office.ask("GET", path)).values == {"from": second["pdf"], "to": third["pdf"]}
        page = await office.ask("GET", path, accept="text/html")
        nonce = page.body.decode().removeprefix("<!DOCTYPE html>")
        assert f"script-src 'nonce-{nonce}'" in page.headers["content-security-policy"]
        await office.submit("A/1 en one")
        assert (await office.decide(first, "approve")).status == 200
        await office.submit("A/1 en three")
        assert (await office.ask("GET", path)).values["from"] == first["pdf"]
        assert (await office.ask("GET", f"/api/sources/{first['id']}/comparison")).values["from"] == second["pdf"]

    office.run(scenario)


def test_decisions_are_recorded_with_who_makes_them(office: Office) -> None:
    async def scenario() -> None:
        first = await office.settled("A/1 en one")
        approved = (await office.decide(first, "approve", "  checked  ")).values
        assert (approved["approved"]["by"], approved["approved"]["why"]) == ("Layla (approver)", "checked")
        assert (approved["has_baseline"], approved["undoable"], approved["rejected"]) == (True, True, "")
        assert (await office.decide(first, "approve", "again")).values["approved"]["why"] == "checked"  # nothing is new
        second = await office.settled("A/1 en two")
        assert (second["approved"], second["has_baseline"]) == (None, True)
        old = await office.decide(first, "approve")
        assert (old.status, old.values) == (409, {"message": "there is a newer version of this document"})
        rejected = (await office.decide(second, "reject", "too long")).values
        assert (rejected["approved"], rejected["rejected"]) == (None, "too long")
        undone = (await office.decide(second, "undo")).values
        assert undone["rejected"] == "" and undone["has_baseline"]
        full = (await office.ask("GET", f"/api/sources/{second['id']}")).values
        assert [(each["act"], each["why"]) for each in full["decisions"]] == [
            ("approve", "checked"), ("reject", "too long"), ("undo", "agreed"),
        ]  # fmt: skip
        other = await office.settled("A/2 en x")
        nothing = await office.decide(other, "undo")
        assert nothing.status == 409 and other["decisions"] == []
        bad = await office.settled("bad en")
        assert (await office.decide(bad, "approve")).values == {"message": "this source has no edition"}
        assert (await office.ask("POST", f"/api/sources/{first['id']}/prints")).values == {
            "message": "this desk has no printer"
        }

    office.run(scenario)


def test_language_versions_are_compared_again_when_one_changes(office: Office) -> None:
    async def agreed(count: int) -> list[dict[str, Any]]:
        def known(found: dict[str, Any]) -> bool:
            each = [source["disagreements"] for source in found["sources"]]
            return len(each) == count and None not in each

        found: list[dict[str, Any]] = (await office.until("/api/sources?symbol=A/1", known))["sources"]
        return found

    async def scenario() -> None:
        await office.settled("A/1 en one")
        alone = await office.ask("GET", "/api/concordance?symbol=A/1")
        assert (alone.status, alone.values) == (404, {"message": "there are no two language versions of this document"})
        await office.settled("A/1 fr un")
        assert [(each["disagreements"], each["languages"]) for each in await agreed(2)] == [(2, 2)] * 2
        assert (await office.ask("GET", "/api/concordance?symbol=A/1")).values == {"disagreements": [1, 1]}
        page = await office.ask("GET", "/api/concordance?symbol=A/1", accept="text/html")
        assert page.headers["content-security-policy"].endswith("script-src 'unsafe-inline'")
        await office.settled("A/1 ar x")
        assert [each["disagreements"] for each in await agreed(3)] == [3] * 3
        assert [name for name, _, _ in office.makers.done].count("concord") == 2

    office.run(scenario)


def test_language_versions_that_were_compared_are_not_when_the_desk_runs_again(office: Office) -> None:
    async def scenario(symbol: str) -> None:
        for language in ("en", "fr"):
            await office.settled(f"{symbol} {language} x")
        path = f"/api/sources?symbol={symbol}"
        await office.until(path, lambda found: found["sources"][0]["disagreements"] == 2)

    for number in (1, 2):  # the symbols that were known before are looked at first
        office.makers = Workers()
        office.run(partial(scenario, f"A/{number}"))
        assert [name for name, _, _ in office.makers.done].count("concord") == 1


class Together(Workers):
    """Workers that are ready when they all have something to do."""

    width = 2

    def __init__(self) -> None:
        super().__init__()
        self.given: list[tuple[Future[Any], Future[Any]]] = []

    def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
        waiting: Future[Any] = Future()
        self.given.append((waiting, super().submit(function, given, size)))
        if len(self.given) == self.width:
            for future, made in self.given:
                future.set_result(made.result())
            self.given.clear()
        return waiting


def test_each_worker_makes_another_source_at_the_same_time(office: Office) -> None:
    office.makers = Together()

    async def scenario() -> None:
        for number in (1, 2, 3, 4):
            await office.submit(f"A/{number} en x")
        await office.until("/api/sources", lambda found: all(each["state"] == "made" for each in found["sources"]))
        assert sorted(given.data for _, given, _ in office.makers.done) == [b"A/%d en x" % at for at in (1, 2, 3, 4)]

    office.run(scenario)


@pytest.mark.parametrize(
    ("faults", "state", "message", "done", "lost"),
    [
        ([LostError()], "made", None, 2, 1), ([LostError(), LostError()], "failed", "the worker was lost", 2, 2),
        ([TimeLimitError("slow")], "failed", "slow", 1, 0), ([ResourceError("full")], "failed", "full", 1, 0),
    ],
)  # fmt: skip
def test_a_source_whose_worker_is_lost_is_tried_once_more(
    office: Office, faults: list[Exception], state: str, message: str | None, done: int, lost: int
) -> None:
    office.makers = Workers(*faults)

    async def scenario() -> None:
        found = await office.settled("A/1 en x")
        assert (found["state"], found["error"] and found["error"]["message"]) == (state, message)
        assert len(office.makers.done) == done
        figures = (await office.ask("GET", "/metrics")).body.decode()
        assert f"masthead_workers_lost {float(lost)}" in figures
        assert (
            f'masthead_sources{{state="{state}"}} 1.0' in figures and 'masthead_sources{state="waiting"} 0.0' in figures
        )

    office.run(scenario)


def test_what_was_not_finished_is_made_when_the_desk_runs_again(office: Office) -> None:
    with opened(office.folder) as record:
        for number, text in enumerate((b"A/1 en x", b"A/1 fr x")):
            path = office.folder.source(str(number) * 64, ".md")
            path.parent.mkdir(parents=True)
            path.write_bytes(text)
            record.submit(str(number) * 64, f"{number}.md", 8, "me", "now")
        record.submit("f" * 64, "lost.md", 8, "me", "now")
    left = office.folder.path / "sources" / ".left"
    left.touch()
    office.folder.incoming.mkdir()
    (office.folder.incoming / "half").touch()

    async def scenario() -> None:
        assert not left.exists() and not office.folder.incoming.exists()
        whole = await office.until(
            "/api/sources", lambda found: all(each["state"] != "waiting" for each in found["sources"])
        )
        found = whole["sources"]
        assert [each["state"] for each in found] == ["made", "made", "failed"]
        assert found[2]["error"]["message"] == "a file of the desk is lost: no such file or folder"

    office.run(scenario)


def test_language_versions_that_cannot_be_compared_have_an_unknown_number_of_disagreements(office: Office) -> None:
    made = office.makers._make
    office.makers._concord = lambda given: made(SourceFile("a.md", b"bad en"))  # type: ignore[assignment,return-value]

    async def scenario() -> None:
        for language in ("en", "fr"):
            await office.settled(f"A/1 {language} x")
        path = "/api/sources?symbol=A/1"
        found = await office.until(path, lambda found: found["sources"][0]["disagreements"] is not None)
        assert [each["disagreements"] for each in found["sources"]] == [-1, -1]

    office.run(scenario)


def test_there_are_so_many_streams_at_once_and_of_each_user(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_STREAMS", 3)
    monkeypatch.setattr(events, "_STREAMS_EACH", 2)
    streams: list[asyncio.Task[object]] = []

    async def counted() -> None:
        await office.until("/metrics", lambda figures: f"masthead_streams {float(len(streams))}" in figures)

    async def follow(token: str) -> None:
        streams.append(asyncio.create_task(office.ask("GET", "/api/events", token=token)))
        await counted()

    async def scenario() -> None:
        for token in ("reader", "reader"):
            await follow(token)
        refused = await office.ask("GET", "/api/events", token="reader")
        assert (refused.status, refused.values, refused.headers["retry-after"]) == (
            503, {"message": "too many streams"}, "30",
        )  # fmt: skip
        assert (await office.ask("HEAD", "/api/events", token="reader")).status == 200
        await follow("editor")
        assert (await office.ask("GET", "/api/events", token="all")).status == 503
        streams.pop().cancel()
        await counted()
        await follow("all")
        for each in streams:
            each.cancel()

    office.run(scenario)
