"""A day in a section, and a crowd: what the desk loses, and how long it takes.

    .venv/bin/python benchmarks/desk.py day [--count 60] [--pictures FOLDER]
    .venv/bin/python benchmarks/desk.py load [--jobs 1000] [--clients 50]

`day` drops documents in six languages on the page in Debian's chromium: five of them are bad, two are revised after
approval, a worker is killed, the server is killed half-way and started again, an approval is undone. `load` sends
documents of one page from many clients, while others are slow, go away, or send what they should not. Both fail if
anything is lost, made twice, or not reported, and print figures.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import desks
from desks import DeskClient, DeskProcess

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
PATIENCE = 600  # seconds
BAD = 5  # documents of the day


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("day", "load"))
    parser.add_argument("--count", type=int, default=60, help="documents of the day")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the page")
    parser.add_argument("--jobs", type=int, default=1000, help="documents of the crowd")
    parser.add_argument("--clients", type=int, default=50)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if chosen.what == "day":
            print(day(Path(name), chosen.count, chosen.pictures))
        else:
            print(load(Path(name), chosen.jobs, chosen.clients))


# --- a day in a section -----------------------------------------------------------------------------------------------


def day(folder: Path, count: int, pictures: Path | None = None) -> str:
    """Spend the day; return what happened. Raises AssertionError if anything was lost or not told."""
    papers = folder / "papers"
    papers.mkdir()
    bad = _write(papers, count)
    with desks.desk(folder / "desk", "-j", "2") as process, _browser() as browser:
        page = _page(browser, process)
        begun = time.monotonic()
        page.locator("#files").set_input_files(sorted(papers.iterdir()))
        client, pid = process.client("all"), process.pid
        _until_made(client, count // 4)
        first = time.monotonic() - begun
        desks.kill(desks.workers(pid)[-1])
        # The page sends one after the other: the server is killed when it has all of them, and has made half.
        desks.until(lambda: (None, len(client.sources()) >= count), PATIENCE)
        process.kill()
        process.start()
        found = client.settled(PATIENCE)
        seconds = time.monotonic() - begun
        failed = sorted(each["name"] for each in found if each["state"] == "failed")
        made = [each for each in found if each["state"] == "made"]
        assert failed == sorted(bad), failed
        assert len(made) == count - len(bad), len(made)
        editions = list((folder / "desk" / "editions").rglob("*.pdf"))
        assert len(editions) == len({each["pdf"] for each in made}) == len(made), "something was made twice"
        _tells(page, made, failed)
        _keep(page, pictures, "made")
        approved = [each for each in made if each["language"] in ("ar", "en")][: max(4, count // 6)]
        for each in approved:
            assert client.decide(each["id"], "approve", "read against the draft").status == 200
        revised = [_revise(papers / each["name"], client) for each in approved[:2]]
        found = client.settled(PATIENCE)
        _undo(page, approved[3], client)
        now = {each["id"]: each for each in client.sources()}
        for before, after in zip(approved[:2], revised, strict=True):
            assert before["id"] not in now and now[after]["approved"] is None and now[after]["has_baseline"]
            assert client.get(f"/api/sources/{after}/comparison")["differences"]
        assert sum(bool(each.get("approved")) for each in now.values()) == len(approved) - 3
        from playwright.sync_api import expect

        expect(page.locator("td", has_text="changed since approval")).to_have_count(2)
        _keep(page, pictures, "end")
        _keep(_page(browser, process, "ar"), pictures, "end-ar")
        errors = process.errors.read_text("utf-8")
        assert "Traceback" not in errors, errors
    return (
        f"{count} documents: {len(made)} made, {len(bad)} bad ones named, {len(revised)} revised, 1 approval undone;"
        f" a worker and the server killed. A quarter was there after {first:.0f} s, all after {seconds:.0f} s."
    )


def _write(folder: Path, count: int) -> list[str]:
    """Write the documents, and return the names of the bad ones."""
    bad = []
    for number in range(count):
        language, symbol = LANGUAGES[number % 6], f"A/104/{100 + number // 6}"
        name, text = f"A_104_{100 + number // 6}.{language}.md", desks.note(symbol, language)
        if number % (count // BAD) == count // BAD - 1 and len(bad) < BAD:
            text = text.replace("symbol:", "smybol:")
            bad.append(name)
        (folder / name).write_text(text, "utf-8")
    return bad


def _revise(path: Path, client: DeskClient) -> str:
    """Send a document again, with another sentence; return the identifier of its source."""
    text = path.read_text("utf-8") + "\nThe Committee meets again in the afternoon.\n"
    return str(client.submit(path.name, text).values["sources"][0]["id"])


def _undo(page: Any, source: dict[str, Any], client: DeskClient) -> None:
    """Undo an approval at the page, by keyboard."""
    page.locator(f'[data-place="{source["symbol"]} {source["language"]}"]').focus()
    page.keyboard.press("Enter")
    page.locator("#undo").wait_for()
    page.keyboard.press("u")
    page.keyboard.type("the wrong language")
    page.keyboard.press("Enter")
    desks.until(lambda: (None, client.get(f"/api/sources/{source['id']}")["approved"] is None))


def _tells(page: Any, made: list[dict[str, Any]], failed: list[str]) -> None:
    """Wait until the page, which has seen the server die, tells everything."""
    from playwright.sync_api import expect

    expect(page.locator("tbody td [data-place]")).to_have_count(len(made), timeout=1000 * PATIENCE)
    expect(page.locator("#failed li")).to_have_count(len(failed))
    for name in failed:
        expect(page.locator("#failed")).to_contain_text(name)


def _until_made(client: DeskClient, count: int) -> None:
    desks.until(lambda: (None, sum(each["state"] == "made" for each in client.sources()) >= count), PATIENCE)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    from browsing import FLAGS, SEEN

    expect.set_options(timeout=SEEN)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())


def _page(browser: Any, process: DeskProcess, language: str = "en") -> Any:
    page = browser.new_page(viewport={"width": 1500, "height": 950})
    page.goto(f"http://127.0.0.1:{process.port}/?lang={language}#token={process.tokens['all']}")
    page.locator("#grid").wait_for()
    return page


def _keep(page: Any, folder: Path | None, name: str) -> None:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(1500)
        page.screenshot(path=folder / f"{name}.png")


# --- a crowd ----------------------------------------------------------------------------------------------------------


def load(folder: Path, jobs: int, clients: int) -> str:
    """Send `jobs` documents from many clients, a fifth of which are no good; return the figures."""
    with desks.desk(folder / "desk", "-j", "2", "--rate", "200") as process:
        memory, stop, answers = [process.memory()], threading.Event(), Counter[int]()
        waits: list[float] = []
        bad = max(3, clients // 5)
        names = {number: desks.note(f"A/105/{number}", LANGUAGES[number % 6]) for number in range(jobs)}
        left = iter(names.items())
        begun = time.monotonic()
        with ThreadPoolExecutor(clients + 1) as pool:
            odd = [pool.submit(_hostile, process, stop, answers, number) for number in range(bad)]
            watcher = pool.submit(_watch, process, stop, memory)
            good = [pool.submit(_send, process, left, waits, answers) for _ in range(clients - bad)]
            for each in good:
                each.result()
            sent = time.monotonic() - begun
            client = process.client("all")
            found = client.settled(3600)
            seconds = time.monotonic() - begun
            stop.set()
            for each in (*odd, watcher):
                each.result()
        states = Counter(each["state"] for each in found)
        assert states == {"made": jobs}, states
        assert len({each["symbol"] for each in found}) == jobs, "something is lost"
        assert len(list((folder / "desk" / "editions").rglob("*.pdf"))) == jobs, "something was made twice"
        assert not list((folder / "desk" / "incoming").glob("*")), "something half received stayed"
        lines = [json.loads(line) for line in process.log.read_text("utf-8").splitlines()]
        statuses = Counter(line["status"] for line in lines)
        assert not any(status in (0, 500) for status in statuses), statuses
        errors = process.errors.read_text("utf-8")
    late = statistics.quantiles(waits, n=100)[98]
    half = len(memory) // 2
    figures = "\n".join(
        (
            f"{jobs:,} documents from {clients - bad} clients, beside {bad} slow, dropping and hostile ones",
            f"sent after {sent:.0f} s, all made after {seconds:.0f} s ({jobs / seconds:.1f} a second, 2 workers)",
            f"answer to a document: median {statistics.median(waits):.2f} s, 99 of 100 within {late:.2f} s",
            f"memory of the server: {memory[0] // 1024} MiB at first, {memory[half] // 1024} half-way,"
            f" {memory[-1] // 1024} at the end, {max(memory) // 1024} at most",
            f"requests by status: {dict(sorted(statuses.items()))}",
        )
    )
    assert errors == "", f"{figures}\n{errors}"
    return figures


def _send(process: DeskProcess, left: Iterator[tuple[int, str]], waits: list[float], answers: Counter[int]) -> None:
    """Send documents until none is left; wait as the server asks for. Now and then look at a page, as people do."""
    client, chance = process.client("all"), random.Random(5)
    while (item := _next(left)) is not None:
        number, text = item
        begun = time.monotonic()
        while True:
            answer = client.submit(f"{number}.md", text)
            answers[answer.status] += 1
            if answer.status not in (429, 503):
                break
            time.sleep(float(answer.headers["retry-after"]) * chance.random())
        assert answer.status == 202, answer
        waits.append(time.monotonic() - begun)
        if number % 20 == 0:
            client.ask("GET", "/api/sources?limit=50")


_LOCK = threading.Lock()


def _next(left: Iterator[tuple[int, str]]) -> tuple[int, str] | None:
    with _LOCK:
        return next(left, None)


def _hostile(process: DeskProcess, stop: threading.Event, answers: Counter[int], number: int) -> None:
    """Be slow, go away, or send what nobody should, until `stop`."""
    client, chance = process.client("editor"), random.Random(number)
    host = f"HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {client.token}\r\n"
    head, stream = f"POST /api/sources?name=x.md {host}", f"GET /api/events?after=0 {host}\r\n"
    for turn in itertools.count(number):
        if stop.wait(chance.random()):
            return
        with suppress(OSError, ValueError):
            match turn % 6:
                case 0:  # half a body, then gone
                    with socket.create_connection(("127.0.0.1", process.port), timeout=5) as connection:
                        connection.sendall(f"{head}content-length: 9999\r\n\r\n---\n".encode())
                case 1:  # a byte a second
                    with socket.create_connection(("127.0.0.1", process.port), timeout=5) as connection:
                        connection.sendall(f"{head}content-length: 30\r\n\r\n".encode())
                        for _ in range(8):
                            connection.sendall(b"-")
                            stop.wait(1)
                case 2:  # a stream of events that is not read
                    with socket.create_connection(("127.0.0.1", process.port), timeout=5) as connection:
                        connection.sendall(stream.encode())
                        stop.wait(5)
                case 3:
                    answers[client.submit("x.zip", chance.randbytes(2**20)).status] += 1
                case 4:
                    answers[
                        client.ask("POST", "/api/sources?name=x.zip", b"", {"content-length": str(3 * 10**8)}).status
                    ] += 1
                case 5:
                    answers[client.ask("POST", "/api/session", b"[" * 60_000).status] += 1


def _watch(process: DeskProcess, stop: threading.Event, memory: list[int]) -> None:
    while not stop.wait(2):
        memory.append(process.memory())


if __name__ == "__main__":
    main()
