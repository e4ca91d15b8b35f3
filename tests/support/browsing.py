"""Debian's Chromium for the tests of pages, and a judge of their accessibility."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
SEEN = 30_000  # milliseconds: the machine may be busy
expect.set_options(timeout=SEEN)


@pytest.fixture(scope="module")  # while it lives, its thread can run no other event loop
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing: .ci/packages installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which an error of a script fails the test."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(SEEN)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert faults == []


def accessible(page: Page) -> str:
    """What axe finds, in words: nothing, where the page is accessible."""
    results = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})  # WCAG 2.2, off by default
    return results.generate_report() if results.violations_count else ""
