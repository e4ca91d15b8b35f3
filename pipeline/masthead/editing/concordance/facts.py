"""Where versions disagree in what their mastheads say."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from masthead.document import Contents, Document, Language, locales, patterns
from masthead.editing.concordance.alignment import Version
from masthead.editing.concordance.disagreement import Disagreement, differing


def facts(versions: Sequence[Version]) -> Iterator[Disagreement]:
    """Yield the disagreements in facts of the masthead, and in the table of contents."""
    for kind, fact in _FACTS:
        yield from differing(kind, "masthead", {version.name: fact(version.document) for version in versions}, None)


def _symbol(document: Document) -> str:
    """The symbol beside the number: one that follows from the number is no fact of its own."""
    return str(document.symbol).removesuffix(f"/{document.number}") if document.number else str(document.symbol)


def _issued(document: Document) -> str:
    days = (patterns.find_date(document.masthead.date, locales.load(each)) for each in (document.language, *Language))
    return str(next(filter(None, days), document.masthead.date))


def _original(document: Document) -> str:
    """The original language by its code, as far as the locale of the Distr. block has a name for it."""
    names = locales.distribution_locale(locales.load(document.language)).words["languages"]
    printed = document.masthead.original
    return next((code for code, name in names.items() if _folded(name) == _folded(printed)), printed)


def _contents(document: Document) -> str:
    return ", ".join(f"to level {block.depth}" for block in document.body if isinstance(block, Contents))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


_FACTS: tuple[tuple[str, Callable[[Document], Any]], ...] = (
    ("masthead: type", lambda document: str(document.type)),
    ("masthead: symbol", _symbol),
    ("masthead: number", lambda document: str(document.number or "")),
    ("masthead: organ", lambda document: str(document.organ)),
    ("masthead: job number", lambda document: document.job.number),
    ("masthead: distribution", lambda document: _folded(document.masthead.distribution)[:4]),
    ("masthead: date of issue", _issued),
    ("masthead: original language", _original),
    ("table of contents", _contents),
)
