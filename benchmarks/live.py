"""`masthead publish --live` in Debian's chromium: 500 documents, eight of them bad, one worker killed half-way.

    .venv/bin/python benchmarks/live.py [--count 500] [--pictures FOLDER]

Fails unless the page counts every document, shows the failures first, and axe finds nothing, both during the run and
at its end. `--pictures` keeps a picture of both.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import corpus
from batch import workers_of
from browsing import FLAGS, accessible

BAD = 8
PATIENCE = 600_000  # milliseconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--pictures", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor() as readers, sync_playwright() as playwright:
        _write(Path(name) / "in", chosen.count)
        command = [sys.executable, "-m", "masthead", "publish", "in", "-o", "out", "-j", "2", "--live"]
        run = subprocess.Popen(command, cwd=name, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert run.stderr
        address = re.search(r"http://\S+", run.stderr.readline())
        assert address
        printed = readers.submit(run.communicate)  # a run whose lines are not read waits
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(address[0])
        done = page.locator("#done")
        page.locator("tbody tr").nth(chosen.count // 2).wait_for(state="attached", timeout=PATIENCE)
        os.kill(workers_of(run.pid)[0], signal.SIGKILL)
        assert accessible(page) == "", accessible(page)
        _keep(page, chosen.pictures, "during")
        lines = printed.result()[1].splitlines()
        expect(done).to_be_hidden(timeout=PATIENCE)
        counts = page.locator("#counts").inner_text()
        assert counts.startswith(f"{chosen.count - BAD} made, {BAD} failed"), counts
        states = page.locator("tbody tr .state").all_inner_texts()
        assert states[:BAD] == ["failed"] * BAD, states[: BAD + 1]
        assert accessible(page) == "", accessible(page)
        _keep(page, chosen.pictures, "end")
        print(counts, f"(exit code {run.returncode}; on the terminal: {lines[-1]})", sep="\n")


def _write(folder: Path, count: int) -> None:
    folder.mkdir()
    for number, (name, text) in enumerate(corpus.notes(count)):
        is_bad = number % (count // BAD) == 7 and number // (count // BAD) < BAD
        (folder / name).write_text(text.replace("symbol:", "smybol:") if is_bad else text, "utf-8")


def _keep(page, folder: Path | None, name: str) -> None:  # type: ignore[no-untyped-def]
    if folder:
        page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main()
