"""Html → Pdf, by WeasyPrint: its fetcher, its fonts, its log.

This module alone drives WeasyPrint; what is mended inside it stands in `repairs`, what it leaves undone in the
file in `masthead.typesetting.finishing`.
"""

from __future__ import annotations

import logging
import os
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from masthead.typesetting.engine import weasyprint

# isort: split
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from masthead.document import TEMPLATES, TypesettingError, Variant, garbage
from masthead.page import Html
from masthead.typesetting import finishing, ledger, pace, pagination
from masthead.typesetting import fonts as font_families
from masthead.typesetting import table_width as breadth
from masthead.typesetting.fonts import Fonts
from masthead.typesetting.pdf import Pdf
from masthead.typesetting.repairs import ALL, Repair, switched_on

# WeasyPrint's names; PDF/A-4f is PDF/A-4 with files attached (ISO 19005-4, annex A).
_PROFILES = {Variant.ARCHIVE: "pdf/a-3a", Variant.ARCHIVE_4: "pdf/a-4f"}


@garbage.put_off()
def typeset(
    html: Html,
    *,
    variant: Variant = Variant.ARCHIVE,
    fonts: Fonts | None = None,
    repairs: Iterable[Repair] = (*ALL, *pace.ALL),
) -> Pdf:
    """Set `html` in pages.

    `fonts` are those of the project where none are given; without `repairs` WeasyPrint works as it comes. Raises
    TypesettingError for anything that WeasyPrint warns of, a missing glyph or family, and text that is lost or is not
    in its place. What is merely odd is among the findings of the Pdf.
    """
    fonts = fonts or font_families.load()
    profile = _PROFILES.get(variant)
    with _strict_log(), switched_on(repairs):
        fetcher = _fetcher(html.base)
        page = weasyprint.HTML(string=html.text, base_url=f"{html.base.resolve().as_uri()}/", url_fetcher=fetcher)
        document = page.render(_configuration(fonts), pdf_variant=profile)
        if html.pages is not None:
            pagination.check_room(document.pages)
        breadth.check_breadth(document.pages)
        findings = ledger.check(document)
        if profile:
            finishing.describe(document.metadata, variant)
        data = document.write_pdf(
            pdf_variant=profile,
            pdf_tags=profile is not None,
            attachments=[finishing.attach(each, document.metadata.created, fetcher) for each in html.attachments],
            finisher=lambda document, pdf: finishing.finish(document, pdf, html.attachments),
        )
    return Pdf(data, findings)


@lru_cache(maxsize=2)
def _configuration(fonts: Fonts) -> FontConfiguration:
    """A font configuration that knows `fonts` and nothing of the system's: made once, since Pango must load them."""
    kept = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fonts.fontconfig)
    try:
        configuration = FontConfiguration()
        configuration.families = _families(fonts)
        return configuration
    finally:
        if kept is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = kept


def _families(fonts: Fonts) -> dict[str, set[str]]:
    """By the name that style sheets use: the names that its files may bear."""
    families: dict[str, set[str]] = {}
    for face in fonts.faces:
        families.setdefault(face.family, set()).add(face.face)
    return families


_INLINE = re.compile("data:([a-z/+]+);base64,([A-Za-z0-9+/=]*)")


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Reads files below `folders` and data addresses; anything else stops the work."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False, fail_on_errors=True)
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if inline := _INLINE.fullmatch(url):
            return URLFetcherResponse(url, b64decode(inline[2]), {"Content-Type": inline[1]})
        parts = urlsplit(url)
        if parts.scheme.lower() == "file":
            path = Path(url2pathname(parts.path)).resolve()
            if parts.netloc or not any(path.is_relative_to(folder) for folder in self._folders):
                raise FatalURLFetchingError(f"outside the bundled files: {url}")
        return super().fetch(url, headers)


@lru_cache(maxsize=8)
def _fetcher(base: Path) -> _Fetcher:
    return _Fetcher((TEMPLATES, base))


@contextmanager
def _strict_log() -> Iterator[None]:
    """Turn the first warning of WeasyPrint into a TypesettingError; keep its log from the terminal."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("weasyprint")
    kept, propagate = log.handlers[:], log.propagate
    log.handlers[:], log.propagate = [handler], False
    try:
        yield
    except FatalURLFetchingError as error:
        raise TypesettingError(f"a resource cannot be read: {error}") from error
    finally:
        log.handlers[:], log.propagate = kept, propagate
    if messages:
        raise TypesettingError(f"WeasyPrint warns: {messages[0]}", hint=f"{len(messages)} such remarks in all")
