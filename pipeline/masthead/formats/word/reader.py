"""Word documents into Documents: the UN template's styles and Word's own. `docs/word.md` describes what is carried.

What the pages show is read from what they show: masthead and job number from the first page's header and footer, the
rest from paragraphs by style, place and words. What a page does not show stands in the file's custom properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from masthead.document import Document, JobNumber, Severity, SourceError, locales
from masthead.document.references import Doubt
from masthead.formats.opening_lines import Fact, read_head
from masthead.formats.record import Record
from masthead.formats.styled.composition import TYPE, StyledNote, StyledSource, compose
from masthead.formats.styled.parts import Para, StyledPart, paragraphs
from masthead.formats.styled.spans import BREAK, Span, lines_of
from masthead.formats.word.flow import Flow
from masthead.formats.word.notes import behind_mark
from masthead.formats.word.package import open_package

_FIRST = 5  # words by which a finding names a paragraph
_UNCALLED = Doubt("word-note", "a note is called nowhere; it is left out", "call it, or take it out")
_LONG = Doubt("word-note", "the paragraphs of a note are joined", "make it one paragraph", Severity.NOTE)


def read(data: bytes, name: str) -> Document:
    """Read a Word document. Raises SourceError, with file and paragraph, where it is none that can be read."""
    package = open_package(data, name)
    ours = TYPE in package.properties
    margins = Flow(package, ours=ours)
    headers, footers = (
        [para for element in each for para in paragraphs(margins.parts(element))]
        for each in (package.headers, package.footers)
    )
    flow = Flow(package, ours=ours)
    parts = flow.parts(package.body)
    record = _Record(name, parts)
    notes = list(_notes(flow, record, ours=ours))
    for number, doubt in flow.told:
        record.report(number, doubt)
    job = _job((*footers, *headers, *paragraphs(parts[-3:])))
    if job is None:
        raise SourceError(
            "no job number, so the language is not known",
            where=name,
            hint="the first page's footer holds it in a line of its own: 17-12889 (A)",
        )
    locale = locales.load(job.language)
    lines = [
        (line, para.kind if isinstance(para.kind, Fact) else None) for para in headers for line in lines_of(para.spans)
    ]
    return compose(StyledSource(job, read_head(lines, locale), parts, notes, package.properties), locale, record)


def paragraphs_of(data: bytes, name: str) -> dict[str, str]:
    """Return the text of each paragraph of a Word document, notes behind, by its place. Raises SourceError."""
    package = open_package(data, name)
    ours = TYPE in package.properties
    flow = Flow(package, ours=ours)
    record = _Record(name, flow.parts(package.body))
    for _ in _notes(flow, record, ours=ours):
        pass
    return {record.where(number): text for number, text in record.texts.items()}


class _Record(Record):
    """A record whose places are paragraphs, named by number and first words."""

    def __init__(self, name: str, parts: Iterable[StyledPart]) -> None:
        super().__init__(name)
        self.texts = {para.number: para.text for para in paragraphs(parts)}

    @property
    def start(self) -> str:
        """The headers have no paragraph that counts."""
        return self.name

    def where(self, line: int, text: str = "") -> str:
        """Return the place of a paragraph; what it says tells more than `text` in it."""
        words = self.texts.get(line, "").split()
        shown = f" “{' '.join(words[:_FIRST])}{'…' * (len(words) > _FIRST)}”" if words else ""
        return f"{self.name}: paragraph {line}{shown}"


def _notes(flow: Flow, record: _Record, *, ours: bool) -> Iterator[StyledNote]:
    """The notes in the order in which the file keeps them, each without the mark before it."""
    for key, body in flow.notes.bodies.items():
        call = flow.notes.calls.get(key)
        paras = [part for part in flow.parts(body) if isinstance(part, Para)]
        number = paras[0].number if paras else flow.count
        record.texts.update((para.number, para.text) for para in paras)
        if call is None:
            record.report(number, _UNCALLED)
            continue
        if len(paras) > 1:
            record.report(number, _LONG)
        spans = [span for para in paras for span in (*para.spans, Span(BREAK))]
        yield StyledNote(number, call, behind_mark(spans, call, ours=ours))


def _job(paras: Iterable[Para]) -> JobNumber | None:
    """The job number that is a line of its own."""
    for para in paras:
        with suppress(ValueError):
            return JobNumber.parse(para.text.replace(BREAK, " "))
    return None
