"""The browser, for the tests of pages here."""

from browsing import browser, page

__all__ = ["browser", "page"]
