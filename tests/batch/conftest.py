"""The browser fixtures for the tests in this folder."""

from browsing import browser, page

__all__ = ["browser", "page"]
