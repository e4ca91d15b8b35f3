"""What pages follow: a source under watch, the feed of a run, cases of a review, without a browser or typesetting."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from masthead.batch import Outcome, OutcomeState
from masthead.comparison import Baselines, Comparison, DocumentKey, Pair, PdfFile, Side
from masthead.document import Finding, Language, Severity, SourceError, Symbol
from masthead.service import watch
from masthead.service.feed import Feed
from masthead.service.guard import Guard, policy
from masthead.service.review import Case, Review
from masthead.service.run import RunView
from masthead.service.watch import DocumentWatch, WatchState
from offices import within_half_a_minute
from tiny import content, tiny

# --- asking an application --------------------------------------------------------------------------------------------


async def ask(app: Any, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
    said = {"host": "localhost", "content-length": str(len(body)), **headers}
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "server": ("localhost", 80), "client": ("127.0.0.1", 1), "http_version": "1.1",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in said.items()],
    }  # fmt: skip
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        return waiting.pop(0) if waiting else await asyncio.sleep(60)

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    heads = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], heads, b"".join(each.get("body", b"") for each in sent)


def run(scenario: Callable[[], Awaitable[object]]) -> None:
    asyncio.run(within_half_a_minute(scenario()))


# --- the guard --------------------------------------------------------------------------------------------------------


def test_a_post_comes_from_the_own_page_with_its_token() -> None:
    chosen: list[int] = []
    watched = DocumentWatch(Path("a.md"), chosen.append, guard=Guard("t0ken", "n0nce"))
    good = {"origin": "http://localhost", "x_masthead_token": "t0ken"}

    async def scenario() -> None:
        app = watched.app()
        for changes, status in (
            ({}, 200), ({"origin": "http://localhost:1"}, 403), ({"origin": "https://localhost"}, 403),
            ({"origin": ""}, 403),
            ({"x_masthead_token": "token"}, 403), ({"x_masthead_token": ""}, 403), ({"host": "evil.example"}, 400),
            ({"host": "127.0.0.1", "origin": "http://127.0.0.1"}, 200),
        ):  # fmt: skip
            assert (await ask(app, "POST", "/places", b'{"line": 7}', **{**good, **changes}))[0] == status
        assert chosen == [7, 7]
        for body in (b"", b"{", b"[]", b'{"lin": 7}', b'{"line": "x"}', b'{"line": null}', b"7"):
            status, _, answer = await ask(app, "POST", "/places", body, **good)
            assert (status, json.loads(answer)) == (400, {"message": "invalid line"})
        assert chosen == [7, 7]
        status, headers, page = await ask(app, "GET", "/")
        assert (status, headers["content-security-policy"]) == (200, policy("n0nce")) and b"t0ken" in page
        for path in ("/sheets/0/1.png", "/sheets/1/1.png", "/nothing"):
            assert (await ask(app, "GET", path))[0] == 404

    run(scenario)


def test_the_policy_of_a_page_lets_it_run_its_own_script_and_nothing_else() -> None:
    assert policy("x") == (
        "default-src 'none'; script-src 'nonce-x'; style-src 'nonce-x'; img-src 'self'; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    one, other = Guard(), Guard()
    assert len({one.token, other.token, one.nonce, other.nonce}) == 4 and len(one.token) == 43


# --- the watch --------------------------------------------------------------------------------------------------------


def test_a_state_is_sent_without_its_pages() -> None:
    state = WatchState(
        3, b"%PDF", "قرار", "rtl", 2, ({"message": "m"},), (), ((5, 1, (0, 0, 1, 1)),), ((2.5, 1, (0, 0, 1, 1)),)
    )
    assert json.loads(WatchState().event().removeprefix("data: ")) == {
        "version": 0, "name": "", "direction": "ltr", "pages": 0, "findings": [], "errors": [], "places": [],
        "loose": [],
    }  # fmt: skip
    text = state.event()
    assert text.startswith("data: {") and text.endswith("}\n\n") and "قرار" in text
    assert json.loads(text.removeprefix("data: ")) == {
        "version": 3, "name": "قرار", "direction": "rtl", "pages": 2, "findings": [{"message": "m"}], "errors": [],
        "places": [[5, 1, [0, 0, 1, 1]]], "loose": [[2.5, 1, [0, 0, 1, 1]]],
    }  # fmt: skip


def test_the_pages_of_the_last_good_save_stay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = WatchState(4, b"%PDF", "A/1", pages=2)
    (tmp_path / "a.md").write_text("---\ntype: nothing\n---\n")
    broken = watch.next_state(tmp_path / "a.md", before)
    assert replace(broken, errors=()) == before
    assert broken.errors[0]["where"].startswith(str(tmp_path / "a.md")) and set(broken.errors[0]) == {
        "message",
        "where",
        "hint",
    }
    gone = watch.next_state(tmp_path / "none.md", before)
    assert len(gone.errors) == 1 and gone.version == 4
    monkeypatch.setattr(watch, "publish", lambda file: 1 // 0)
    (bug,) = watch.next_state(tmp_path / "a.md", before).errors
    assert "division by zero" in bug["message"] or "bug" in bug["message"]


@pytest.mark.parametrize(("spacing", "loose"), [(0, []), (4, [3.7]), (7.3, [5.4])])
def test_a_state_has_the_lines_that_are_found_in_the_source_and_those_with_wide_spaces(
    spacing: float, loose: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pdf = tiny(content(1, "BT /F1 8 Tf 20 160", f"BT {spacing} Tw /F1 8 Tf 20 160"))
    finding = Finding("odd", page=2, rule="x", severity=Severity.WARNING)
    edition = SimpleNamespace(
        pdf=SimpleNamespace(data=pdf), document=SimpleNamespace(symbol=Symbol("A/1"), language=Language.ARABIC),
        report=SimpleNamespace(findings=(finding,)),
    )  # fmt: skip
    monkeypatch.setattr(watch, "publish", lambda file: edition)
    (tmp_path / "a.md").write_text("# Title of it\n\nOther words.\n\nThe end of the text.\n")
    state = watch.next_state(tmp_path / "a.md", WatchState(4, errors=({"message": "old"},)))
    assert (state.version, state.name, state.direction, state.pages, state.errors) == (5, "A/1", "rtl", 2, ())
    assert [(each["message"], each["page"], each["severity"]) for each in state.findings] == [("odd", 2, "warning")]
    assert [(line, page) for line, page, _ in state.places] == [(1, 1), (5, 2)]
    assert [(times, page) for times, page, _ in state.loose] == [(times, 2) for times in loose]
    assert all(round(box[0]) == 20 for _, page, box in (*state.places, *state.loose) if page == 2)


def test_a_source_is_published_again_when_it_or_a_picture_beside_it_changes(tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    source = tmp_path / "a.md"
    source.write_text("one")
    made: list[str] = []

    def next_state(path: Path, before: WatchState) -> WatchState:
        made.append(path.read_text())
        if made == ["one"]:
            source.write_text("two")  # saved during the first publication
        return replace(before, version=before.version + 1)

    monkeypatch.setattr(watch, "next_state", next_state)
    watched = DocumentWatch(source)

    async def count(wanted: int) -> None:
        while len(made) < wanted:
            await asyncio.sleep(0.01)

    async def scenario() -> None:
        app = watched.app()
        async with app.router.lifespan_context(app):
            await within_half_a_minute(count(2))
            (tmp_path / "other.md").write_text("x")
            (tmp_path / "a.txt").write_text("x")
            (tmp_path / "x.svg").write_text("<svg/>")
            await count(3)
            (tmp_path / "values.csv").write_text("A,1")
            await count(4)
            (tmp_path / "notes.txt").write_text("x")
            await asyncio.sleep(0.8)
            assert made == ["one", "two", "two", "two"] and watched.state.version == 4

    run(scenario)


def test_whoever_follows_a_watch_gets_states_and_lines_as_they_come() -> None:
    watched = DocumentWatch(Path("a.md"))

    async def scenario() -> None:
        watched.show(1)  # nothing is shown yet, and nobody fails
        watched.loop = asyncio.get_running_loop()
        stream = watched._stream()
        assert await anext(stream) == WatchState().event()
        watched.show(7)
        assert await anext(stream) == "event: cursor\ndata: 7\n\n"
        watched.show(7)  # the same line, shown again
        assert await anext(stream) == "event: cursor\ndata: 7\n\n"
        async with watched.changed:
            watched.state = WatchState(1)
            watched.changed.notify_all()
        watched.show(9)
        await asyncio.sleep(0.01)
        assert [await anext(stream), await anext(stream)] == [WatchState(1).event(), "event: cursor\ndata: 9\n\n"]
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        waiting.cancel()

    run(scenario)


# --- the feed ---------------------------------------------------------------------------------------------------------


def events(feed: Feed[Any], **last: Any) -> list[str]:
    async def gathered() -> list[str]:
        return [each async for each in feed._stream(lambda sent, new: {"sent": sent, "new": new}, lambda: last)]

    return asyncio.run(within_half_a_minute(gathered()))


def test_a_feed_sends_what_there_is_and_then_its_end() -> None:
    assert events(Feed([1, "é"], True), left=0) == [
        'data: {"sent": 0, "new": [1, "é"]}\n\n',
        'event: end\ndata: {"left": 0}\n\n',
    ]
    assert events(Feed([], True)) == ["event: end\ndata: {}\n\n"]
    many = [json.loads(each.partition("data: ")[2]) for each in events(Feed(list(range(401)), True))]
    assert [(each.get("sent"), len(each.get("new", ()))) for each in many] == [
        (0, 200),
        (200, 200),
        (400, 1),
        (None, 0),
    ]


def test_the_view_of_a_run_gives_the_files_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF a")
    view = RunView(3)
    for number, name in enumerate(("gone.pdf", "a.pdf"), 1):
        view.add(Outcome(Path(f"{number}.md"), "archive", OutcomeState.MADE, tmp_path / name))
    view.add(Outcome(Path("3.md"), "archive", OutcomeState.FAILED, tmp_path / "x.pdf", error=SourceError("no")))
    assert [each.get("link") for each in view.feed.items] == ["files/1", "files/2", None]

    async def scenario() -> None:
        app = view.app()
        assert [(await ask(app, "GET", f"/files/{number}"))[0] for number in (0, 1, 2, 3)] == [404, 404, 200, 404]
        _, headers, body = await ask(app, "GET", "/files/2")
        assert (headers["content-type"], body) == ("application/pdf", b"%PDF a")
        assert (await ask(app, "GET", "/"))[1]["content-security-policy"] == policy(view.guard.nonce)
        view.feed.ended = True
        _, _, sent = await ask(app, "GET", "/events")
        first = json.loads(sent.decode().split("\n\n")[0].removeprefix("data: "))
        assert (len(first["documents"]), first["left"]) == (3, 0)

    run(scenario)


# --- the review -------------------------------------------------------------------------------------------------------

KEY = DocumentKey("A/1", "en")


def case(*, is_new: bool) -> Case:
    file, side = PdfFile("a.pdf", "0" * 64, lambda: b"%PDF"), Side("0" * 64)
    before = (None, None) if is_new else (file, side)
    return Case(Pair(KEY, before[0], file), Comparison(KEY, before[1], side))


def test_a_review_keeps_what_has_changed_and_says_why_it_ended(tmp_path: Path) -> None:
    def cases(fail: bool = False):
        yield case(is_new=True)
        yield case(is_new=False)
        if fail:
            raise SourceError("damaged", where="b.pdf")

    for fail, error in ((False, ""), (True, "b.pdf: damaged")):
        review = Review(5, Baselines(tmp_path / "b"), "Layla", lambda: "now")
        review.fill(cases(fail))
        assert (len(review.cases), review.compared, review.error, review.feed.ended) == (1, 2, error, True)
        assert case(is_new=True).comparison.same is False and case(is_new=False).comparison.same is True


def test_a_review_whose_decisions_cannot_be_read_says_so_instead_of_its_page(tmp_path: Path) -> None:
    review = Review(1, Baselines(tmp_path), "Layla", lambda: "now")

    async def scenario() -> None:
        status, headers, page = await ask(review.app(), "GET", "/")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert review.guard.token in page.decode()
        (tmp_path / "index.jsonl").write_text("{", "utf-8")
        status, headers, page = await ask(review.app(), "GET", "/")
        assert (status, headers["content-type"]) == (409, "text/plain; charset=utf-8")
        assert page.decode().splitlines() == [
            f"{tmp_path}/index.jsonl:1: the index of baselines is damaged: the last line is cut off",
            "nothing was changed; restore the file from git; the objects beside it are intact",
        ]

    run(scenario)


def test_pages_under_review_are_those_of_the_cases(tmp_path: Path) -> None:
    data = tiny()
    file = PdfFile("a.pdf", hashlib.sha256(data).hexdigest(), lambda: data)
    review = Review(1, Baselines(tmp_path), "Layla", lambda: "now")
    review.feed.items.append(Case(Pair(KEY, None, file), Comparison(KEY, None, Side(file.sha256, pages=2))))

    async def scenario() -> None:
        for path, status in (
            ("0/candidate/1", 200), ("0/candidate/2", 200), ("0/candidate/3", 404), ("0/candidate/0", 404),
            ("0/baseline/1", 404), ("0/other/1", 404), ("1/candidate/1", 404), ("1/baseline/1", 404),
        ):  # fmt: skip
            got, headers, picture = await ask(review.app(), "GET", f"/sheets/{path}.png")
            assert (got, picture.startswith(b"\x89PNG")) == (status, status == 200), path
            assert headers.get("content-type") == (
                "image/png" if status == 200 else None if not picture else "application/json"
            )

    run(scenario)


def test_the_pages_of_a_watch_are_those_of_its_last_version() -> None:
    watched = DocumentWatch(Path("a.md"), state=WatchState(3, tiny()))

    async def scenario() -> None:
        for path, status in (("3/1", 200), ("3/2", 200), ("3/3", 404), ("3/0", 404), ("2/1", 404), ("4/1", 404)):
            got, headers, picture = await ask(watched.app(), "GET", f"/sheets/{path}.png")
            assert (got, picture[:4]) == (status, b"\x89PNG" if status == 200 else b""), path
            assert headers.get("content-type") == ("image/png" if status == 200 else None)
        watched.state = WatchState(3)
        assert (await ask(watched.app(), "GET", "/sheets/3/1.png"))[0] == 404

    run(scenario)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200), ({"why": ""}, 400), ({"why": " "}, 400), ({"document": 1}, 400), ({"document": -1}, 400),
        ({"act": "x"}, 400),
        ({"page": None}, 400), ({"act": "page", "documents": [0, 0]}, 400), ({"documents": [0, 5]}, 400),
        ({"documents": [0]}, 200),
        ({"documents": "x"}, 400), ({"act": "undo"}, 409),
    ],
)  # fmt: skip
def test_a_decision_names_documents_an_act_and_a_reason(asked: dict[str, Any], status: int, tmp_path: Path) -> None:
    baselines = Baselines(tmp_path / "b")
    review = Review(1, baselines, "Layla", lambda: "2049-01-01T00:00:00+00:00", guard=Guard("t", "n"))
    data = b"%PDF-1.7 x"
    file = PdfFile("a.pdf", hashlib.sha256(data).hexdigest(), lambda: data)
    review.feed.items.append(Case(Pair(KEY, None, file), Comparison(KEY, None, Side(file.sha256, pages=1))))

    async def scenario() -> None:
        body = {"document": 0, "act": "reject", "page": 1, "why": " because ", **asked}
        got, _, answer = await ask(
            review.app(),
            "POST",
            "/decisions",
            json.dumps(body).encode(),
            origin="http://localhost",
            x_masthead_token="t",
        )
        assert got == status, answer
        decisions = baselines.decisions()
        if status == 200:
            (made,) = decisions
            assert (made.act, made.by, made.why, made.document) == ("reject", "Layla", "because", str(KEY))
            assert json.loads(answer)["documents"]["0"]["state"] == "rejected"
        else:
            assert list(decisions) == [] and json.loads(answer)["message"]

    run(scenario)
