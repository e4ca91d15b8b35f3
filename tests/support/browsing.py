"""Debian's Chromium for the tests of web pages, and axe, which judges their accessibility.

Playwright is imported by the fixtures alone, since every folder with a test in the browser names them in its conftest.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
SEEN = 30_000  # milliseconds: the machine may be busy


@pytest.fixture(scope="module")  # while it lives, its thread can run no other event loop
def browser() -> Iterator[Browser]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=SEEN)
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
    """Return what axe finds, in words; an empty string if the page is accessible."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})  # WCAG 2.2, off by default
    return results.generate_report() if results.violations_count else ""
