"""What tests share: the examples as documents and as pages, each made once; a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from masthead.document.model import Document
from masthead.formats import reading
from masthead.page.markup import mark_up
from masthead.publication import Edition, publish

EXAMPLES = Path(__file__).parent.parent / "examples"
SPECIMENS = EXAMPLES / "specimens"
TOUCHSTONE = EXAMPLES / "E_RES_2017_18.ar.txt"

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
SEEN = 30_000  # milliseconds: the machine may be busy
expect.set_options(timeout=SEEN)


@pytest.fixture(scope="session")
def touchstone() -> Document:
    return reading.read(TOUCHSTONE)


@pytest.fixture(scope="session")
def touchstone_edition() -> Edition:
    return publish(TOUCHSTONE)


@pytest.fixture(scope="session")
def english_source() -> Path:
    (source,) = EXAMPLES.glob("*.en.md")
    return source


@pytest.fixture(scope="session")
def english_edition(english_source: Path) -> Edition:
    return publish(english_source)


@pytest.fixture(scope="session")
def touchstone_html(touchstone: Document) -> str:
    return mark_up(touchstone).text


# --- in a browser -----------------------------------------------------------------------------------------------------


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
