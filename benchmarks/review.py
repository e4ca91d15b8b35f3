"""`masthead review` of 500 changed documents in Debian's chromium, decided in a few actions.

    .venv/bin/python benchmarks/review.py [--count 500] [--pictures FOLDER]

Each document has another font, word or margin than its baseline. A script reads the groups, looks at a document of
each, and decides: it approves two groups, rejects one, undoes that, and approves it too. Each key, click and typed
reason is an action. Fails at 30 actions, if a document is not decided at the end, or if axe finds anything.
`--pictures` keeps pictures.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from browsing import FLAGS, accessible
from comparison import write_changed
from masthead.comparison import Baselines

MOST = 30
PATIENCE = 1_800_000  # milliseconds
COMMAND = (sys.executable, "-m", "masthead")


class Desk:
    """The page of a review, and how often something was done on it."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def click(self, group: int, name: str) -> None:
        """Press a button of a group."""
        self.actions += 1
        self.page.locator("#groups li").nth(group).get_by_role("button", name=re.compile(name)).first.click()

    def write(self, reason: str) -> None:
        """Type the reason for a decision."""
        self.actions += 1
        self.page.keyboard.type(reason)
        self.page.keyboard.press("Enter")

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--pictures", type=Path)
    chosen = parser.parse_args()
    environment = {name: value for name, value in os.environ.items() if name != "CI"}  # where nobody may approve
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        write_changed(Path(place), chosen.count)
        first = [*COMMAND, "approve", "old", "--baselines", "kept", "-m", "first", "--by", "Layla"]
        subprocess.run(first, cwd=place, env=environment, stdout=subprocess.DEVNULL, check=True)
        begun = time.perf_counter()
        command = [*COMMAND, "review", "new", "--baselines", "kept", "--by", "Layla", "-j", "2"]
        server = subprocess.Popen(command, cwd=place, env=environment, text=True, stdout=subprocess.PIPE)
        try:
            assert server.stdout
            address = re.search(r"http://\S+", server.stdout.readline())
            assert address
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(address[0])
            expect(page.locator("#documents li").first).to_be_visible(timeout=PATIENCE)
            print(f"the page shows a change after {time.perf_counter() - begun:.1f} s")
            expect(page.locator("#documents li")).to_have_count(chosen.count, timeout=PATIENCE)
            print(f"all {chosen.count} documents are compared after {time.perf_counter() - begun:.0f} s")
            _decide(Desk(page), chosen.count, chosen.pictures)
        finally:
            server.terminate()
        decided = {each.document for each in Baselines(Path(place) / "kept").decisions() if each.why != "first"}
        assert len(decided) == chosen.count, f"{len(decided)} documents are decided"


def _decide(desk: Desk, count: int, pictures: Path | None) -> None:
    groups = desk.page.locator("#groups li")
    print(
        f"{groups.count()} groups:", *(" ".join(text.split())[:110] for text in groups.all_inner_texts()), sep="\n    "
    )
    assert accessible(desk.page) == "", accessible(desk.page)
    if pictures:
        desk.page.screenshot(path=pictures / "groups.png")
    for key in ("j", "j", "j"):  # look at a document of each kind
        desk.press(key)
    for number, reason in enumerate(
        ("the new font", "the spelling of the closing word", "no such margin was asked for")
    ):
        desk.click(number, "^(Approve|Reject)" if number < 2 else "^Reject")
        desk.write(reason)
        expect(groups.nth(number).get_by_role("button", name=re.compile("^Undo"))).to_be_visible(timeout=PATIENCE)
    desk.click(2, "^Undo")
    desk.write("it was asked for")
    expect(groups.nth(2).get_by_role("button", name=re.compile("^Undo"))).to_be_hidden(timeout=PATIENCE)
    desk.click(2, "^Approve")
    desk.write("the margin of the binding")
    expect(desk.page.locator("#documents .approved")).to_have_count(count, timeout=PATIENCE)
    assert accessible(desk.page) == "", accessible(desk.page)
    if pictures:
        desk.page.screenshot(path=pictures / "decided.png")
    print(f"{count} documents decided in {desk.actions} actions")
    assert desk.actions < MOST


if __name__ == "__main__":
    main()
