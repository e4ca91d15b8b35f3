"""Typesets a page of HTML as PDF, by WeasyPrint.

`masthead.typesetting` is the only room that knows WeasyPrint, and this module alone runs it: the copy in `engine`, with
the changes of `repairs`, `lines` and `pace`. What WeasyPrint leaves out of the file is added by `finishing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from textwrap import shorten
from typing import Any

import masthead.typesetting.engine.weasyprint as weasyprint
from masthead.document import Finding, Severity, TypesettingError, Variant, check_interpreter, garbage
from masthead.page import Html
from masthead.typesetting import configurations, finishing, fitting, ledger, lines, memory, pace, repairs
from masthead.typesetting import fonts as font_families
from masthead.typesetting.engine import declarations, log
from masthead.typesetting.engine.weasyprint.text.ffi import ffi
from masthead.typesetting.engine.weasyprint.urls import FatalURLFetchingError
from masthead.typesetting.fetcher import fetcher
from masthead.typesetting.pdf import Pdf

# All modules are imported by now: each has taken the functions of WeasyPrint that it calls from its own ones.
for change in (*repairs.ALL, *lines.ALL, *pace.ALL):
    change.apply()

declarations.keep(ffi)

_DATA = re.compile(r"(data:[\w/+.-]*;base64,)[A-Za-z0-9+/=]+")  # of a picture: kilobytes
# WeasyPrint's names; PDF/A-4f is PDF/A-4 with files attached (ISO 19005-4, annex A).
_PROFILES = {Variant.ARCHIVE: "pdf/a-3a", Variant.ARCHIVE_4: "pdf/a-4f"}
_MANY = 100  # pages: more than what is cached is of use to


@garbage.gc_deferred()
def typeset(html: Html, *, variant: Variant = Variant.ARCHIVE, fonts: font_families.Fonts | None = None) -> Pdf:
    """Typeset `html`, in the project's fonts unless others are given.

    Any number of threads may do so at once. Raises TypesettingError for anything that WeasyPrint warns about, for a
    glyph or font family that is missing, and for text that is lost or in the wrong place; OrderError under `python -O`.
    Lesser faults are findings of the Pdf.
    """
    check_interpreter()
    with _strict(), configurations.borrowed(fonts or font_families.load()) as configuration:
        configuration.even_lines = html.even
        return _typeset(html, variant, configuration)


def _typeset(html: Html, variant: Variant, configuration: configurations.BundledFontConfiguration) -> Pdf:
    """Typeset `html`. All that was made with the configuration is freed when this returns."""
    profile, fetch = _PROFILES.get(variant), fetcher(html.base)

    def laid_out(html: Html) -> weasyprint.Document:
        page = weasyprint.HTML(string=html.text, base_url=f"{html.base.resolve().as_uri()}/", url_fetcher=fetch)
        return page.render(configuration, pdf_variant=profile)

    document = laid_out(html)
    if fitting.contents_run_over(document.pages):
        tightened = laid_out(html.tightened())
        if not fitting.contents_run_over(tightened.pages):
            document = tightened
    if html.pages is not None:
        fitting.check_printed_pages(document.pages)
    fitting.check_table_width(document.pages)
    findings = ledger.check(document)
    if profile:
        finishing.describe(document.metadata, variant)

    def finish(document: weasyprint.Document, pdf: Any) -> None:
        if len(document.pages) > _MANY:
            memory.forget(configuration)  # before the file is written, which takes memory too
        finishing.finish(document, pdf, html.attachments)

    data = document.write_pdf(
        pdf_variant=profile,
        pdf_tags=profile is not None,
        attachments=[finishing.attach(each, document.metadata.created, fetch) for each in html.attachments],
        finisher=finish,
    )
    return Pdf(data, (*findings, *_substitutions(configuration.substituted)))


def _substitutions(substituted: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    """Yield a finding for each family that draws characters which the family of their text lacks."""
    for family, words in sorted(substituted.items()):
        where = shorten(" ".join(words), 60, placeholder=" …")
        message = f"characters that the font of the text lacks are printed in {family}"
        yield Finding(message, where=f"“{where}”", rule="substitute-font", severity=Severity.NOTE)


@contextmanager
def _strict() -> Iterator[None]:
    """Turn the first warning of WeasyPrint, or a file that it cannot read, into a TypesettingError."""
    with log.collected() as warnings:
        try:
            yield
        except FatalURLFetchingError as error:
            raise TypesettingError(f"a resource cannot be read: {error}") from error
    if warnings:
        message = _DATA.sub(r"\1…", warnings[0])
        raise TypesettingError(f"WeasyPrint warns: {message}", hint=f"{len(warnings)} such warnings in all")
