"""The work on one document as functions from values to values: they run in this process, in another, or elsewhere."""

from __future__ import annotations

import tempfile
import time
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from masthead import formats
from masthead.batch import inputs
from masthead.batch.inputs import Inputs, digest
from masthead.batch.tasks import Identity, Picture, Product, Task, Text
from masthead.document import GlyphError, Variant, locales

if TYPE_CHECKING:
    from masthead.document import Document
    from masthead.page import Html

# What imports slowly is imported by the work itself: who only hands it out does without.


def identify(text: Text) -> Identity:
    """Read a source and say what it is. Raises MastheadError."""
    return _identity(_read(text))


@cache
def here() -> Inputs:
    """What this process makes pages with: asked once, since it imports its code once."""
    return inputs.survey()


def make(task: Task) -> Product:
    """Read, mark up, typeset and check one document. Raises MastheadError."""
    from masthead import preflight, publication
    from masthead.preflight import report
    from masthead.typesetting import Pdf

    begin = time.perf_counter()
    known = here()
    document = publication.paginate(_read(task.text), task.options.pagination)
    html = publication.compose(document, emblem=_emblem(task.options.emblem))
    styles = inputs.styles(html.text)
    pages = _pages(html, task.variant, known, styles)
    try:
        pdf = Pdf(task.pdf) if task.pages == pages else publication.produce(html, document, variant=task.variant)
    except GlyphError as error:
        raise formats.locate_glyph(error, task.text.data, task.text.name) from None
    named = task.options.profile
    profile = preflight.profile(named) if named else publication.profile_of(task.variant)
    verdict = publication.judge(pdf, document, profile=profile)
    used = {*_words(document), *inputs.templates_of(f"{document.type}.html.j2"), *styles, *_ART}
    made = b"" if pdf.data is task.pdf else pdf.data
    again = "" if pdf.findings else pages  # what setting found is known by setting alone
    return Product(
        _identity(document), made, again, known.of(used), report.to_dict(verdict), time.perf_counter() - begin
    )


_ART = ("art/emblem.svg", "art/recycle.svg")


@lru_cache(maxsize=1)  # what is made next was often identified last
def _read(text: Text) -> Document:
    return formats.parse(text.data, text.name)


def _identity(document: Document) -> Identity:
    return Identity(document.symbol.file_name, str(document.language), str(document.type))


def _words(document: Document) -> set[str]:
    """The locales of a document: its own, and that of the lines on distribution."""

    locale = locales.load(document.language)
    return {
        f"locales/{language}.toml" for language in (document.language, locale.word("masthead", "distribution_language"))
    }


def _pages(html: Html, variant: Variant, known: Inputs, styles: tuple[str, ...]) -> str:
    """The digest of all that typesetting takes."""
    return digest(repr((html.text, html.attachments, html.pages, variant, known.of(styles))).encode())


@cache
def _emblem(picture: Picture | None) -> Path | None:
    """The picture as a file, which stays as long as the process."""
    if picture is None:
        return None
    folder = tempfile.TemporaryDirectory(prefix="masthead-")
    _FOLDERS.append(folder)
    path = Path(folder.name) / f"{digest(picture.data)[:16]}{picture.suffix}"
    path.write_bytes(picture.data)
    return path


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
