"""Disagreements in the mastheads of versions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from masthead.document import Contents, Document, Language, locales, patterns
from masthead.editing.concordance.alignment import Version
from masthead.editing.concordance.disagreement import Disagreement, differing


def facts(versions: Sequence[Version]) -> Iterator[Disagreement]:
    """Yield the disagreements in the facts of the masthead, and in the table of contents."""
    for kind, fact in _FACTS:
        values = {version.name: fact(version.document) for version in versions}
        known = {name: value for name, value in values.items() if value is not None}
        yield from differing(kind, "masthead", known, None)


def _symbol(document: Document) -> str:
    """The symbol without the number, which is compared separately."""
    return str(document.symbol).removesuffix(f"/{document.number}") if document.number else str(document.symbol)


def _issued(document: Document) -> str:
    """The date of issue, or its text if it is not a date in any language."""
    days = (patterns.find_date(document.masthead.date, locales.load(each)) for each in (document.language, *Language))
    return str(next(filter(None, days), document.masthead.date))


def _original(document: Document) -> str:
    """The code of the original language, or its printed name if the locale of the Distr. block does not know it."""
    names = locales.distribution_locale(locales.load(document.language)).words.get("languages", {})
    printed = document.masthead.original
    return next((code for code, name in names.items() if printed and _folded(name) == _folded(printed)), printed)


def _contents(document: Document) -> str:
    """The depth of the tables of contents; empty if there is none."""
    return ", ".join(f"to level {block.depth}" for block in document.body if isinstance(block, Contents))


def _folded(text: str) -> str:
    """The text in lower case without accents, and without letters of other scripts than Latin if it has Latin ones."""
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode().strip() or text


def _distribution(document: Document) -> str:
    """The beginning of the category, or its place among those of the organization."""
    category = document.masthead.distribution
    own = locales.distribution_locale(locales.load(document.language)).words["masthead"].get("categories", [])
    return f"category {own.index(category) + 1}" if category in own else _folded(category)[:4]


_FACTS: tuple[tuple[str, Callable[[Document], Any]], ...] = (
    ("masthead: type", lambda document: str(document.type)),
    ("masthead: symbol", _symbol),
    ("masthead: number", lambda document: str(document.number or "")),
    ("masthead: organ", lambda document: str(document.organ)),
    ("masthead: job number", lambda document: document.job.number if document.job.is_known else None),
    ("masthead: distribution", _distribution),
    ("masthead: date of issue", _issued),
    ("masthead: original language", _original),
    ("table of contents", _contents),
)
