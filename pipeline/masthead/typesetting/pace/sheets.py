"""Style sheets parsed once: those of the templates are the same for every document of a batch.

A sheet is known by its address and its bytes, which are read each time. One that may touch more than its own rules
(fonts, counters, colours, layers, other sheets) is parsed each time.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint
from weasyprint import css
from weasyprint.logger import LOGGER

from masthead.typesetting.pace import memory
from masthead.typesetting.repairs.replacing import Repair, Replacement

_FAR = re.compile(rb"@(font-face|counter-style|color-profile|import|layer|namespace|[-\w]*\\)", re.IGNORECASE)


def sheet(*, url: str = "", url_fetcher: Any, media_type: str, page_rules: list[Any], **given: Any) -> Any:
    """Return the sheet at `url`, its page rules added to `page_rules`, as WeasyPrint makes it."""
    content = b"" if not url.startswith("file:") else url_fetcher.fetch(url).read()
    if not content or _FAR.search(content):
        address = {"url": url} if url else {}
        return weasyprint.CSS(**address, url_fetcher=url_fetcher, media_type=media_type, page_rules=page_rules, **given)
    known = memory.of(given["font_config"], "sheets")
    key = url, content, media_type
    kept = known.get(key)
    if kept is None:
        own: list[Any] = []
        with overheard() as remarks:
            parsed = weasyprint.CSS(url=url, url_fetcher=url_fetcher, media_type=media_type, page_rules=own, **given)
        kept = parsed.matcher, tuple(own)
        if not remarks:  # what WeasyPrint has to say of a sheet, it says for each document
            known.keep(key, kept, 40 * len(content))
    matcher, rules = kept
    made = weasyprint.CSS.__new__(weasyprint.CSS)
    made.base_url, made.matcher, made.page_rules, made.layers = url, matcher, page_rules, given["layers"]
    page_rules.extend(rules)
    return made


@contextmanager
def overheard() -> Iterator[list[logging.LogRecord]]:
    """The warnings that WeasyPrint gives meanwhile."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: records.append(record)  # type: ignore[method-assign]
    LOGGER.addHandler(handler)
    try:
        yield records
    finally:
        LOGGER.removeHandler(handler)


PACE = Repair("sheets", lambda: (Replacement(css, "CSS", sheet),))
