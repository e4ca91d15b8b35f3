"""The work on one document, as functions from values to values: they run in this process or in any other."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from masthead.batch import inputs
from masthead.batch.inputs import Inputs
from masthead.batch.sources import self_contained
from masthead.batch.tasks import Answer, Identity, Product, Question, SourcePath, Task
from masthead.document import MastheadError, Organization, SourceError, Variant, files, locales, organizations

if TYPE_CHECKING:
    from masthead.document import Document
    from masthead.page import Html
    from masthead.publication import LineStage, SourceFile
    from masthead.typesetting import Pdf

# The functions import the stages themselves: a process that only hands out work does not need them.

Given = TypeVar("Given")
Made = TypeVar("Made")
_ART = ("art/emblem.svg", "art/recycle.svg")


def identify(question: Question) -> Answer:
    """Read a source and return what its output is named by. Raises MastheadError."""

    source = self_contained(question.source)
    digest = files.sha256(source.data)
    return Answer(digest, None if digest in question.known else _identity(_read(source)))


def each(work: tuple[Callable[[Given], Made], Sequence[Given]]) -> list[Made | None]:
    """Do the same work for several documents; None for one that fails: who asks for it alone learns why."""
    function, given = work
    made: list[Made | None] = []
    for one in given:
        with contextlib.suppress(MastheadError):
            made.append(function(one))
            continue
        made.append(None)
    return made


def make(task: Task) -> Product:
    """Publish one document. Raises MastheadError.

    If the pages have not changed, the task's PDF is checked but not typeset.
    """
    from masthead import publication
    from masthead.page import template_name
    from masthead.preflight import report
    from masthead.typesetting import Pdf

    begin, clock = time.perf_counter(), _StageClock()
    source = self_contained(task.source) if isinstance(task.source, SourcePath) else task.source
    if files.sha256(source.data) != task.digest:
        raise SourceError("the source was changed during the run", where=source.name, hint="run again")

    def typeset(html: Html, document: Document, variant: Variant) -> Pdf:
        if task.pages == _pages(html, variant):
            return Pdf(task.pdf)
        return publication.typeset(html, document, variant)

    edition = publication.publish(source, task.options, read=_read, typeset=typeset, begin=clock.begin)
    clock.begin(None)
    document, pdf = edition.document, edition.pdf
    templates = inputs.templates_of(template_name(document))
    used = {*_locales(document), *templates, *inputs.styles(edition.html.text), *_ART, organizations.NAME}
    made: bytes | str = b"" if pdf.data is task.pdf else pdf.data
    if made and task.as_draft:
        made = files.draft(Path(tempfile.gettempdir()), pdf.data)
    return Product(
        _identity(document),
        made,
        files.sha256(pdf.data),
        # What typesetting finds is not in the file, so pages with such findings must be typeset again to find it.
        "" if pdf.findings else _pages(edition.html, task.options.variant),
        here().of(used),
        report.to_dict(edition.report),
        time.perf_counter() - begin,
        clock.seconds,
    )


class _StageClock:
    """Takes the CPU time of each stage, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage: LineStage | None = None
        self._begun = 0.0

    def begin(self, stage: LineStage | None) -> None:
        """End the stage before, and begin this one if it is any."""
        now = time.process_time()
        if self._stage:
            self.seconds[self._stage] = now - self._begun
        self._stage, self._begun = stage, now


@organizations.per_organization  # a process imports its code once, and reads its fonts and templates once
def here() -> Inputs:
    """Return the digests of what this process makes pages with."""
    return inputs.survey()


def _read(source: SourceFile | Document) -> Document:
    return _read_by(organizations.current(), source)


@lru_cache(maxsize=1)  # read to name its output, and perhaps at once to publish it; the source has its pictures in it
def _read_by(organization: Organization, source: SourceFile | Document) -> Document:
    from masthead import publication

    return publication.read(source)


def _identity(document: Document) -> Identity:
    return Identity(document.symbol.file_name, str(document.language), str(document.type))


def _locales(document: Document) -> set[str]:
    """The locale of the document's language, and that of its lines on distribution."""
    locale = locales.load(document.language)
    distribution = locale.word("masthead", "distribution_language")
    languages = filter(None, (document.language, distribution, locale.base))
    return {f"locales/{language}.toml" for language in languages}


def _pages(html: Html, variant: Variant) -> str:
    """The digest of everything that typesetting takes."""
    return _pages_by(organizations.current(), html, variant)


@lru_cache(maxsize=1)  # asked for before and after typesetting
def _pages_by(organization: Organization, html: Html, variant: Variant) -> str:
    used = here().of(inputs.styles(html.text))
    return files.sha256(repr((html.text, html.attachments, html.pages, html.ink, variant, used)).encode())
