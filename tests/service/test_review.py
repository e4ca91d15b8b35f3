"""The report, the review and the watch in a browser, and the requests that their servers refuse."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import uvicorn
from lsprotocol import types as lsp
from playwright.sync_api import Page, expect
from pypdf import PdfWriter
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

import editors
import specimen
from browsing import accessible
from masthead import formats
from masthead.comparison import compare_all
from masthead.comparison.baselines import Act, Baselines, approval
from masthead.comparison.pairing import Pair, pair, pdf_files
from masthead.document.terms import Language
from masthead.page.markup import mark_up
from masthead.service import view
from masthead.service.closing import ClosingServer
from masthead.service.guard import listen
from masthead.service.review import Case, Review
from masthead.service.watch import DocumentWatch
from masthead.typesetting.typesetter import typeset


@pytest.fixture(scope="module")
def editions() -> tuple[bytes, bytes]:
    """A short document, and the same with other dots of a letter on page 1 and another word on page 2."""
    document = specimen.document(Language.ARABIC)
    html = mark_up(replace(document, body=document.body[:6]))
    changed = html.text.replace("الختامية", "الختاميه", 1)
    last = changed.rindex("القائمين")
    return typeset(html).data, typeset(replace(html, text=changed[:last] + "الحارسين" + changed[last + 8 :])).data


@pytest.fixture
def desk(tmp_path: Path, editions: tuple[bytes, bytes]) -> tuple[Baselines, tuple[Pair, ...]]:
    """A baseline, its changed candidate, and a new document."""
    kept, folder = Baselines(tmp_path / "baselines"), tmp_path / "candidates"
    folder.mkdir()
    (folder / "E_RES_2031_18.ar.pdf").write_bytes(editions[0])
    (each,) = compare_all(pairs := tuple(pair((), pdf_files(folder))))
    made = approval(each, pairs[0])
    kept.record([(replace(made, by="Layla", when="2031-01-01T00:00:00+00:00", why="first"), editions[0])])
    (folder / "E_RES_2031_18.ar.pdf").write_bytes(editions[1])
    return kept, tuple(pair(kept.pdf_files(), pdf_files(folder)))


def reviewed(desk: tuple[Baselines, tuple[Pair, ...]]) -> Review:
    kept, pairs = desk
    review = Review(len(pairs), kept, "Layla", lambda: "2031-01-02T00:00:00+00:00")
    review.fill(map(Case, pairs, compare_all(pairs)))
    return review


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The address at which `app` is served while the block runs."""
    listening = listen(0)
    server = ClosingServer(uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def test_a_connection_that_comes_while_a_server_ends_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(H11Protocol, "shutdown", lambda self: None)  # as if it had come after all were asked to close
    with served(Starlette()) as address:
        client = socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=10)
        client.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        answer = b""
        while not answer.endswith(b"Not Found"):
            answer += client.recv(1000)
    with client:
        assert client.recv(1000) == b""


# --- the report -------------------------------------------------------------------------------------------------------


@pytest.fixture
def report(page: Page, desk: tuple[Baselines, tuple[Pair, ...]], tmp_path: Path) -> Page:
    _, pairs = desk
    shown = [view.show_embedded(each, of) for each, of in zip(compare_all(pairs), pairs, strict=True)]
    (tmp_path / "report.html").write_text(view.page(shown), "utf-8")
    page.goto((tmp_path / "report.html").as_uri())
    return page


def test_the_report_shows_the_change_right_to_left_and_axe_finds_nothing(report: Page) -> None:
    expect(report.locator("#state")).to_contain_text("changed")
    expect(report.locator("#about ins").first).to_have_text(re.compile("الختاميه"))
    boxes = [figure.bounding_box() for figure in report.locator("figure").all()]
    assert boxes[0] and boxes[1] and boxes[0]["x"] > boxes[1]["x"], (
        "the baseline stands on the right, where reading begins"
    )
    expect(report.locator(".region.picture").first).to_be_visible()
    for mode in "12345":
        report.keyboard.press(mode)
        assert accessible(report) == ""
    report.set_viewport_size({"width": 390, "height": 800})
    report.keyboard.press("1")
    assert accessible(report) == ""
    assert report.evaluate("document.documentElement.scrollWidth") <= 390, "a phone needs no sideways scrolling"


def test_the_report_is_one_file_that_loads_nothing_else(report: Page, tmp_path: Path) -> None:
    text = (tmp_path / "report.html").read_text("utf-8")
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", text.split('id="data"')[0]) == []
    assert "http" not in re.sub(r"data:image/png;base64,[^\"]*|undocs\.org", "", text.replace("https://undocs", ""))


@pytest.mark.parametrize("there", ["baseline", "candidate"])
def test_of_a_document_in_one_folder_alone_the_first_page_is_shown(
    there: str, editions: tuple[bytes, bytes], tmp_path: Path
) -> None:
    (tmp_path / "E_RES_2031_18.ar.pdf").write_bytes(editions[0])
    (only,) = pair(*((pdf_files(tmp_path), ()) if there == "baseline" else ((), pdf_files(tmp_path))))
    (comparison,) = compare_all((only,))
    pages = view.show_embedded(comparison, only)["pages"]
    assert [bool(page[there]) for page in pages] == [True, *[False] * (len(pages) - 1)]
    assert not any(page[side] for page in pages for side in {"baseline", "candidate"} - {there})


def test_the_report_s_modes_and_pages_follow_the_keyboard(report: Page) -> None:
    stage = report.locator("#stage")
    for key, mode in zip("2345", ("slider", "onion", "blink", "difference"), strict=True):
        report.keyboard.press(key)
        expect(stage).to_have_attribute("data-mode", mode)
        expect(stage.locator("img")).to_have_count(2)
    report.keyboard.press("2")
    report.keyboard.press("]")
    expect(report.locator("#at")).to_have_value("55")
    report.keyboard.press("n")
    expect(report.locator("#pages [aria-pressed=true]")).to_have_text("2 •")
    report.keyboard.press("p")
    expect(report.locator("#pages [aria-pressed=true]")).to_have_text("1 •")
    report.keyboard.press("?")
    expect(report.locator("#keys")).to_be_visible()
    report.keyboard.press("Escape")
    expect(report.locator("#keys")).to_be_hidden()


def test_what_a_document_says_cannot_become_markup(page: Page, desk: tuple[Baselines, tuple[Pair, ...]]) -> None:
    (comparison,) = compare_all(desk[1])
    evil = '</script><img src=x onerror="document.title=1">'
    told = replace(comparison, differences=(replace(comparison.differences[0], message=evil, tolerated=False),))
    page.set_content(view.page([view.show(told, lambda side, number: "", 0)]))
    expect(page.locator("#about")).to_contain_text("onerror")
    assert page.locator("#about img").count() == 0 and page.title() != "1"


# --- the review -------------------------------------------------------------------------------------------------------


def decide(page: Page, key: str, why: str) -> None:
    page.keyboard.press(key)
    page.keyboard.type(why)
    page.keyboard.press("Enter")


def test_a_review_by_keyboard_approves_undoes_and_rejects(page: Page, desk: tuple[Baselines, tuple[Pair, ...]]) -> None:
    review = reviewed(desk)
    with served(review.app()) as address:
        page.goto(address)
        state = page.locator("#state .state")
        expect(state).to_have_text("changed")
        assert accessible(page) == ""
        decide(page, "a", "the dots are meant")
        expect(state).to_have_text("approved")
        decide(page, "u", "they are not")
        expect(state).to_have_text("changed")
        decide(page, "r", "two dots are lost")
        expect(page.locator("#state")).to_have_text("rejected: two dots are lost")
        decide(page, "u", "once more")
        expect(state).to_have_text("changed")
        decide(page, "A", "page one is right")
        expect(page.locator("#pages [aria-pressed=true]")).to_have_text("1 ✓")
        assert accessible(page) == ""
    made = [(each.act, each.pages, each.by, each.why) for each in desk[0].decisions()[1:]]
    assert made == [
        (Act.APPROVE, (), "Layla", "the dots are meant"),
        (Act.UNDO, (), "Layla", "they are not"),
        (Act.REJECT, (), "Layla", "two dots are lost"),
        (Act.UNDO, (), "Layla", "once more"),
        (Act.APPROVE, (1,), "Layla", "page one is right"),
    ]


def test_the_page_opens_at_once_and_is_filled_while_documents_are_compared(page: Page, tmp_path: Path) -> None:
    folder, more = tmp_path / "candidates", threading.Event()
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"E_{number}.en.pdf").write_bytes(_blank(100, 90 + number))
    pairs = tuple(pair((), pdf_files(folder)))
    review = Review(len(pairs), Baselines(tmp_path / "baselines"), "Layla", lambda: "2031-01-02T00:00:00+00:00")

    def cases() -> Iterator[Case]:
        for number, case in enumerate(map(Case, pairs, compare_all(pairs))):
            if number:
                more.wait(20)
            yield case

    thread = threading.Thread(target=review.fill, args=(cases(),), daemon=True)
    thread.start()
    with served(review.app()) as address:
        page.goto(address)
        expect(page.locator("#summary")).to_have_text("1 new, 2 to compare")
        decide(page, "a", "right")
        expect(page.locator("#state .state")).to_have_text("approved")
        more.set()
        expect(page.locator("#summary")).to_have_text("1 approved, 2 new")
        expect(page.locator("#about")).to_contain_text("2031-01-02, Layla: approve: right")
    thread.join(20)


def test_a_change_is_found_by_its_words_enlarged_and_both_sides_move_together(
    page: Page, desk: tuple[Baselines, tuple[Pair, ...]]
) -> None:
    with served(reviewed(desk).app()) as address:
        page.goto(address)
        page.keyboard.press("/")
        page.keyboard.type("الحارسين")
        expect(page.locator("#documents button")).to_have_count(1)
        page.locator("#search").fill("no such words")
        expect(page.locator("#documents button")).to_have_count(0)
        page.locator("#search").fill("")
        page.locator("#name").focus()
        page.keyboard.press("d")
        region = page.locator(".region.here").last
        expect(region).to_be_in_viewport()
        expect(page.locator("#fit")).to_have_text("200 %")
        assert accessible(page) == ""
        places = (
            "[...document.querySelectorAll('.window')].map((each) => [each.scrollLeft, each.scrollTop].map(Math.round))"
        )
        page.locator(".window").first.evaluate("(each) => each.scrollTo(-40, 260)")
        page.wait_for_function(f"() => {places}[1][1] === 260")  # a function: the page's policy refuses a second eval
        first, second = page.evaluate(places)
        assert first == second
        page.keyboard.press("0")
        expect(page.locator("#fit")).to_have_text("100 %")
        page.keyboard.press("n")
        view = page.url.split("#")[1]
    assert view == "E%2FRES%2F2031%2F18%20ar.2.side"
    with served(reviewed(desk).app()) as address:  # the link of one view opens the same in another
        page.goto(f"{address}/#{view}")
        expect(page.locator("#pages [aria-pressed=true]")).to_have_text("2 •")


def test_a_group_is_approved_with_one_reason_and_other_changes_stay_open(page: Page, tmp_path: Path) -> None:
    kept, folder = Baselines(tmp_path / "baselines"), tmp_path / "candidates"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"E_{number}.en.pdf").write_bytes(_blank(100, 100))
    pairs = tuple(pair((), pdf_files(folder)))
    for each, made in zip(pairs, map(approval, compare_all(pairs), pairs), strict=True):
        assert each.candidate
        kept.record([(replace(made, by="Layla", when="2031-01-01T00:00:00+00:00", why="first"), each.candidate.read())])
    for number in (1, 2, 3):
        (folder / f"E_{number}.en.pdf").write_bytes(_blank(120, 100, title="other" if number == 3 else ""))
    review = reviewed((kept, tuple(pair(kept.pdf_files(), pdf_files(folder)))))
    with served(review.app()) as address:
        page.goto(address)
        group = page.locator("#groups li").first
        expect(group).to_contain_text("3 documents, 1 with other changes too")
        assert accessible(page) == ""
        group.get_by_role("button", name="Approve 2").click()
        page.keyboard.type("wider paper")
        page.keyboard.press("Enter")
        expect(group).to_contain_text("decided")
        expect(page.locator("#documents .approved")).to_have_count(2)
        expect(page.locator("#documents .changed")).to_have_count(1)
        group.get_by_role("button", name="Undo 2").click()
        page.keyboard.type("too early")
        page.keyboard.press("Enter")
        expect(page.locator("#documents .changed")).to_have_count(3)
    assert [each.why for each in kept.decisions()[3:]] == ["wider paper"] * 2 + ["too early"] * 2


def _blank(*widths: float, title: str = "") -> bytes:
    writer, file = PdfWriter(), BytesIO()
    for width in widths:
        writer.add_blank_page(width, 100)
    if title:
        writer.add_metadata({"/Title": title})
    writer.write(file)
    return file.getvalue()


def test_a_decision_without_reason_or_of_no_document_is_refused(desk: tuple[Baselines, tuple[Pair, ...]]) -> None:
    review = reviewed(desk)
    with served(review.app()) as address:
        for asked in ({"why": " "}, {"document": 7}, {"document": -1}, {"act": "delete"}, {"page": "one"}):
            body = {"document": 0, "act": "approve", "page": 1, "why": "x", **asked}
            assert _post(address, review.guard.token, body) == 400
        assert _post(address, review.guard.token, {"document": 0, "act": "reject", "page": 1, "why": "x"}) == 200
    assert len(desk[0].decisions()) == 2


def test_a_candidate_that_has_changed_meanwhile_is_not_approved(
    desk: tuple[Baselines, tuple[Pair, ...]], editions: tuple[bytes, bytes], tmp_path: Path
) -> None:
    review = reviewed(desk)
    (tmp_path / "candidates" / "E_RES_2031_18.ar.pdf").write_bytes(editions[0])
    with served(review.app()) as address:
        assert _post(address, review.guard.token, {"document": 0, "act": "approve", "page": 1, "why": "x"}) == 409
        assert [_get(address, path)[0] for path in ("/sheets/0/candidate/1.png", "/")] == [404, 200]
    assert len(desk[0].decisions()) == 1


def test_pages_asked_for_at_the_same_time_are_all_drawn(desk: tuple[Baselines, tuple[Pair, ...]]) -> None:
    with served(reviewed(desk).app()) as address, ThreadPoolExecutor(8) as threads:
        paths = [f"/sheets/0/{side}/{page}.png" for side in ("baseline", "candidate") for page in (1, 2)] * 4
        assert {status for status, _ in threads.map(lambda path: _get(address, path), paths)} == {200}


def test_posts_from_elsewhere_and_other_hosts_are_refused(desk: tuple[Baselines, tuple[Pair, ...]]) -> None:
    review = reviewed(desk)
    body = {"document": 0, "act": "approve", "page": 1, "why": "x"}
    with served(review.app()) as address:
        assert _post(address, "guessed", body) == 403
        assert _post(address, review.guard.token, body, Origin="http://evil.example") == 403
        assert _post(address, review.guard.token, body, Origin="null") == 403
        assert _post(address, review.guard.token, body, Host="evil.example") == 400
        assert _get(address, "/", Host="evil.example")[0] == 400
        status, headers = _get(address, "/")
        assert status == 200 and "default-src 'none'" in headers["content-security-policy"]
    assert len(desk[0].decisions()) == 1


PATHS = (
    "/sheets/0/baseline/../../../../etc/passwd", "/sheets/0/..%2f..%2fetc%2fpasswd/1.png", "/etc/passwd",
    "/sheets/9/baseline/1.png", "/sheets/0/baseline/999.png", "/sheets/0/secret/1.png", "/%2e%2e/pyproject.toml",
    "/static/../../pyproject.toml", "/sheets/-1/baseline/1.png",
)  # fmt: skip


def test_no_path_reads_a_file(desk: tuple[Baselines, tuple[Pair, ...]]) -> None:
    with served(reviewed(desk).app()) as address:
        assert _get(address, "/sheets/0/baseline/1.png")[0] == 200
        assert {path: _get(address, path)[0] for path in PATHS} == dict.fromkeys(PATHS, 404)


def test_the_server_listens_only_on_the_loopback_address() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def _post(address: str, token: str, body: dict[str, object], **headers: str) -> int:
    sent = {"Origin": address, "Content-Type": "application/json", "X-Masthead-Token": token, **headers}
    return _ask(address, "POST", "/decisions", json.dumps(body), sent)[0]


def _get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    return _ask(address, "GET", path, None, headers)


def _ask(address: str, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


# --- the watch --------------------------------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    document = specimen.document(Language.ARABIC)
    path = tmp_path / "draft.md"
    path.write_text(formats.write(replace(document, body=document.body[:10]), ".md"), "utf-8")
    return path


def test_watch_follows_saves_keeps_its_place_and_the_last_good_pages(page: Page, source: Path) -> None:
    text = source.read_text("utf-8")
    with served(DocumentWatch(source).app()) as address:
        page.goto(address)
        expect(page.locator("#pages img").nth(1)).to_be_visible(timeout=60_000)
        page.evaluate("scrollTo(0, document.querySelector('#page-2').offsetTop + 200)")
        place = page.evaluate("scrollY")
        first = page.locator("#page-2 img").get_attribute("src")

        source.write_text(text.replace("الختامية", "الختاميه"), "utf-8")
        expect(page.locator("#page-2 img")).not_to_have_attribute("src", first or "", timeout=60_000)
        assert abs(page.evaluate("scrollY") - place) < 3, "the place is kept"
        second = page.locator("#page-2 img").get_attribute("src")

        source.write_text("no document at all\n", "utf-8")
        expect(page.locator("#error .message")).to_contain_text("line 1", timeout=60_000)
        assert page.locator("#page-2 img").get_attribute("src") == second, "the last good pages stay"
        assert accessible(page) == ""

        source.write_text(text, "utf-8")
        expect(page.locator("#error")).to_be_empty(timeout=60_000)
        expect(page.locator("#page-2 img")).not_to_have_attribute("src", second or "")


def test_a_click_on_a_page_chooses_its_line_and_a_line_is_shown_on_its_page(page: Page, source: Path) -> None:
    lines = source.read_text("utf-8").split("\n")
    chosen: list[int] = []
    watch = DocumentWatch(source, chosen.append)
    with served(watch.app()) as address:
        page.goto(address)
        expect(page.locator("#pages img").nth(1)).to_be_visible(timeout=60_000)
        last, _, box = next(each for each in reversed(watch.state.places) if each[1] == 2)[:3]
        picture = page.locator("#page-2 img")
        scale = page.evaluate("document.querySelector('#page-2 img').getBoundingClientRect().width") / (8.5 * 72)
        middle = {"x": (box[0] + box[2]) / 2 * scale, "y": (box[1] + box[3]) / 2 * scale}
        picture.click(position=middle)
        _until(lambda: bool(chosen))
        assert chosen == [last] and lines[last - 1]

        page.evaluate("scrollTo(0, 0)")
        watch.show(last)
        expect(page.locator(".cursor").first).to_be_visible()
        _until(lambda: page.evaluate("scrollY") > 300)
        shown = page.locator("#page-2 .cursor").last.bounding_box()
        assert shown and 0 <= shown["y"] < 900
        assert accessible(page) == ""


def test_watch_marks_lines_with_wide_spaces(page: Page, source: Path) -> None:
    text = source.read_text("utf-8")
    with served(DocumentWatch(source).app()) as address:
        page.goto(address)
        expect(page.locator("#state")).to_contain_text("4 loose lines", timeout=60_000)
        expect(page.locator(".box.loose")).to_have_count(4)
        expect(page.locator("#findings li")).to_have_count(4)
        assert accessible(page) == ""
        source.write_text(text.replace("\n---\n", "\nlines: best-fit\n---\n", 1), "utf-8")
        expect(page.locator("#state")).to_contain_text("no loose lines", timeout=60_000)
        expect(page.locator(".box.loose")).to_have_count(0)


def test_watch_shows_all_errors_and_their_lines_lead_to_the_source(page: Page, source: Path) -> None:
    chosen: list[int] = []
    with served(DocumentWatch(source, chosen.append).app()) as address:
        text = source.read_text("utf-8")
        source.write_text(text.replace("language: ar", "language: xx") + "\nA call[^77].\n", "utf-8")
        page.goto(address)
        expect(page.locator("#error li")).to_have_count(2, timeout=60_000)
        page.locator("#error button").first.click()
        _until(lambda: bool(chosen))
        assert chosen == [text.split("\n").index("language: ar") + 1]
        assert accessible(page) == ""


def test_watch_prints_the_chosen_line_starts_the_editor_and_follows_standard_input(
    page: Page, source: Path, tmp_path: Path
) -> None:
    note = tmp_path / "chosen.txt"
    editor = f"{sys.executable} -c \"open('{note}', 'w').write('{{line}} {{file}}')\""
    command = [sys.executable, "-m", "masthead", "watch", str(source), "--no-open", "--follow", "--editor", editor]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdin and run.stdout
        found = re.search(r"http://\S+", run.stdout.readline())
        assert found
        page.goto(found[0])
        expect(page.locator("#pages img").nth(1)).to_be_visible(timeout=60_000)
        run.stdin.write("30\n")
        run.stdin.flush()
        expect(page.locator(".cursor").first).to_be_visible()
        page.locator("#page-2 img").click(position={"x": 300, "y": 300})
        line = re.fullmatch(rf"{re.escape(str(source))}:(\d+):1\n", run.stdout.readline())
        assert line
        _until(note.exists)
        _until(lambda: note.read_text() == f"{line[1]} {source.resolve()}")
        run.stdin.close()
        run.wait(20)


def test_the_language_server_shows_the_pages_and_both_follow_each_other(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "true")  # a program that does nothing
    with editors.desk(tmp_path) as opened:
        uri = opened.open("draft.md", source.read_text("utf-8"))

        def command(name: str, *arguments: object) -> object:
            params = lsp.ExecuteCommandParams(name, [uri, *arguments])
            return opened.wait(opened.editor.workspace_execute_command_async(params))

        address = str(command("masthead.preview"))
        with closing(http.client.HTTPConnection(address.split("/")[2])) as page:
            page.request("GET", "/")
            token = re.search(r'"token": ?"([^"]+)"', page.getresponse().read().decode())
            assert token
            headers = {"origin": address.rstrip("/"), "x-masthead-token": token[1], "content-type": "application/json"}
            page.request("POST", "/places", '{"line": 30}', headers)
            assert page.getresponse().read() == b"{}"
        opened.wait(opened.editor.until(lambda: opened.editor.shown))
        shown = opened.editor.shown[0]
        assert (shown.uri, shown.selection and shown.selection.start.line) == (uri, 29)
        command("masthead.show", 11)
        with closing(http.client.HTTPConnection(address.split("/")[2])) as events:
            events.request("GET", "/events")
            stream = events.getresponse()
            _until(lambda: stream.readline() == b"event: cursor\n")
            assert stream.readline() == b"data: 12\n"
            stream.close()


def test_watch_refuses_an_editor_that_is_given_no_line(source: Path) -> None:
    command = [sys.executable, "-m", "masthead", "watch", str(source), "--editor", "vi {file}"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 2 and "the command does not say {line}" in run.stderr


def test_watch_refuses_other_hosts_and_old_or_absent_pages(source: Path) -> None:
    watch = DocumentWatch(source)
    with served(watch.app()) as address:
        assert _get(address, "/", Host="evil.example")[0] == 400
        _until(lambda: watch.state.version == 1)
        assert _get(address, "/sheets/1/1.png")[0] == 200
        assert [_get(address, path)[0] for path in ("/sheets/1/99.png", "/sheets/0/1.png", "/draft.md")] == [404] * 3


def _until(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen in a minute")
