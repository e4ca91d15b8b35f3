"""Style sheets are parsed once: the documents of a batch share those of the templates.

A style sheet is identified by its URL and its content, which is read each time. One that can affect more than its own
rules (fonts, counters, colours, layers, other style sheets) is parsed each time. What those of the templates are parsed
into is kept between commands (`engine.sheets`).
"""

from __future__ import annotations

import re
from typing import Any

import masthead.typesetting.engine.weasyprint as weasyprint
from masthead.document import TEMPLATES, cache
from masthead.typesetting import memory
from masthead.typesetting.engine import log, sheets
from masthead.typesetting.engine.weasyprint import css

_NOT_CACHED = re.compile(rb"@(font-face|counter-style|color-profile|import|layer|namespace|[-\w]*\\)", re.IGNORECASE)
_STYLES = TEMPLATES.resolve() / "css"
_BUNDLED = f"{_STYLES.as_uri()}/"
_MEDIA = "print"  # the medium of all pages


def parse(*, url: str = "", url_fetcher: Any, media_type: str, page_rules: list[Any], **given: Any) -> Any:
    """Return the style sheet at `url` as WeasyPrint parses it; add its page rules to `page_rules`."""
    content = b"" if not url.startswith("file:") else url_fetcher.fetch(url).read()
    if not content or _NOT_CACHED.search(content):
        address = {"url": url} if url else {}
        return weasyprint.CSS(**address, url_fetcher=url_fetcher, media_type=media_type, page_rules=page_rules, **given)
    known = memory.of(given["font_config"], "sheets")
    key = url, content, media_type
    kept = known.get(key)
    if kept is None:
        own: list[Any] = []
        with log.collected() as warnings:
            kept = sheets.read(*key) if url.startswith(_BUNDLED) else None
            if kept is None:
                parsed = weasyprint.CSS(
                    url=url, url_fetcher=url_fetcher, media_type=media_type, page_rules=own, **given
                )
                kept = parsed.matcher, tuple(own)
                if not warnings and url.startswith(_BUNDLED):
                    sheets.keep(kept, *key)
        if not warnings:  # a style sheet with a warning is parsed again, so that every document gets the warning
            known.keep(key, kept, 40 * len(content))
    matcher, rules = kept
    made = weasyprint.CSS.__new__(weasyprint.CSS)
    made.base_url, made.matcher, made.page_rules, made.layers = url, matcher, page_rules, given["layers"]
    page_rules.extend(rules)
    return made


def keep_sheets() -> None:
    """Keep what the bundled style sheets are parsed into, unless it is kept: a worker that is confined cannot do so."""
    paths = sorted(_STYLES.glob("*.css"))
    state = "all", _BUNDLED, *((path.name, cache.identity(path.stat())) for path in paths)
    if sheets.read(*state):
        return
    for path in paths:
        content, url = path.read_bytes(), path.as_uri()
        if not _NOT_CACHED.search(content):
            with log.collected() as warnings:
                parsed = weasyprint.CSS(url=url, media_type=_MEDIA)
            if not warnings:
                sheets.keep((parsed.matcher, tuple(parsed.page_rules)), url, content, _MEDIA)
    sheets.keep(True, *state)


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    css.CSS = parse  # only where style sheets of documents are parsed: `weasyprint.CSS` remains the class
