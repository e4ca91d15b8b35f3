"""The browser fixtures for the tests in this folder, and more time for the processes that read files."""

import pytest

from browsing import browser, page

__all__ = ["browser", "page"]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limit reading and drawing by the clock only so that they end: the machine may be busy."""
    monkeypatch.setattr("masthead.preflight.isolation.SECONDS", 300)
    monkeypatch.setattr("masthead.pdf.drawn.pictures.SECONDS", 300)
