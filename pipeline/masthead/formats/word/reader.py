"""Word documents into Documents, by the styles of the UN template and Word's own.

What the pages show is read from where they show it: the masthead and the job number from the header and footer of page
one, the rest from paragraphs by style, place and words. What no page shows is in the file's custom properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from masthead.document import (
    Document,
    JobNumber,
    Language,
    Locale,
    NotePlace,
    Severity,
    SourceError,
    grouped,
    locales,
    organizations,
    patterns,
    printed_notes,
    terms,
)
from masthead.document.references import Doubt
from masthead.formats.opening_lines import (
    ISSUED,
    Fact,
    PrintedHead,
    job_example,
    job_number,
    likely_language,
    masthead_forms,
    masthead_organ,
    parse_symbol,
    read_head,
)
from masthead.formats.record import Record
from masthead.formats.styled.composition import LANGUAGE, NOTE_PLACE, TYPE, StyledNote, StyledSource, compose
from masthead.formats.styled.parts import Para, StyledPart, StyledTable, paragraphs
from masthead.formats.styled.spans import BREAK, PARAGRAPH_END, TAB, Span, lines_of
from masthead.formats.styled.star_notes import take_star_notes
from masthead.formats.word.block_reader import WordBlockReader
from masthead.formats.word.conventions import NOTE_ORDER, TEXT_INDENT
from masthead.formats.word.note_columns import edge_of, rows_of, with_columns
from masthead.formats.word.notes import without_mark
from masthead.formats.word.package_reader import Package, open_package
from masthead.formats.word.word_count import lost_words
from masthead.formats.word.xml import qn

_SHOWN_WORDS = 5
_TWO_ORGANS = Doubt(
    "opening-columns",
    "the opening has a column for each of two organs; they are read one after the other",
    "read the first page",
)
_MASTHEAD_LINES = 15  # at most, at the start of the text
_NEAR = 6  # paragraphs
_LINK_HINT = "the values that the chart shows are in the file; nothing is fetched"
_TABLE_IN_NOTE = Doubt(
    "word-note-table", "a table in a note is read as words in columns", "put it into the text, and refer to it"
)
_RESTARTED = Doubt(
    "word-note",
    "footnotes that are counted from 1 again outside an annex are counted through the document",
    "compare their numbers with those that the text names",
    Severity.NOTE,
)
_UNCALLED = Doubt("word-note", "a footnote without a call is left out", "call it, or remove it")


def read(data: bytes, name: str) -> Document:
    """Return the document in a Word file. Raises SourceError, with file and paragraph, and ResourceError."""
    package = open_package(data, name)
    ours = TYPE in package.properties
    # Headers and footers have a reader of their own, so that its paragraphs and notes are not counted in the text.
    margins = WordBlockReader(package, ours=ours)
    headers, footers = (
        [para for element in each for para in paragraphs(margins.parts(element))]
        for each in (package.headers, package.footers)
    )
    blocks = WordBlockReader(package, ours=ours)
    if not ours:
        blocks.notes.add_typed(package.body)
        blocks.notes.move_frames(package.body)
        blocks.notes.count_sections(package.body)
    parts = blocks.parts(package.body)
    if ours and NOTE_ORDER in package.properties:
        blocks.notes.arrange(package.properties[NOTE_ORDER].split())
    record = _ParagraphRecord(name, parts)
    if not ours and not any(parse_symbol(text) for para in headers for text in _texts(para)):
        headers += _take_masthead(parts)
    if not ours and (columns := _columns_of_opening(parts)):
        record.report(columns[0].number, _TWO_ORGANS)
    notes = list(_notes(blocks, record, ours=ours))
    typed = [] if ours else take_star_notes(parts)
    taken = {note.call for note in notes}
    notes = [StyledNote(para.number, call, spans) for para, call, spans in typed if call not in taken] + notes
    for target in package.linked:
        record.report(
            1, Doubt("word-link", f"the link to a workbook is removed: {target[:80]}", _LINK_HINT, Severity.NOTE)
        )
    for doubt in dict.fromkeys(_changes_of_margins(package)):
        record.report(0, doubt)
    for number, doubt in blocks.doubts:
        record.report(number, doubt)
    # The job number is alone in a paragraph.
    lines = (para.text.replace(BREAK, " ") for para in (*footers, *headers, *paragraphs(parts[-3:])))
    job = next(filter(None, map(job_number, lines)), None)
    language = _language(headers, package.properties) if job is None else job.language
    if job is None and organizations.current().job:
        message = "no job number" if language else "no job number, so the language is unknown"
        hint = f"write it in the footer of page one, on a line of its own: {job_example()}"
        record.refuse(SourceError(message, where=name, hint=hint))
    if language is None:
        if job is not None or not organizations.current().job:
            hint = "write the name of the organization at the top of page one, on a line of its own"
            record.refuse(SourceError("the language is unknown", where=name, hint=hint))
        language = likely_language(" ".join(record.texts.values()))
    locale = locales.load(language)
    job = job or JobNumber(terms.NO_JOB, language)
    properties = dict(package.properties)
    if not ours and blocks.notes.are_at_end:
        properties[NOTE_PLACE] = str(NotePlace.END)
    source = StyledSource(job, _head(headers, locale), parts, notes, properties)
    with record.together():
        document = compose(source, locale, record)
    begin_again = {note.call.number for note in notes if note.printed == 1 < note.call.number}
    if begin_again - {number for number, shown in printed_notes(document).items() if shown.number == 1}:
        record.report(1, _RESTARTED)
    bodies = [package.body, *(body for key, body in blocks.notes.bodies.items() if key in blocks.notes.calls)]
    if not ours and (loss := lost_words(document, bodies, " ".join(record.made_again))):
        record.report(0, loss)
    return replace(document, findings=grouped(record.findings))


def _changes_of_margins(package: Package) -> Iterator[Doubt]:
    """Yield the findings about the tracked changes in headers and footers; a header may be there several times."""
    for element in (*package.headers, *package.footers):
        for paragraph in element.iter(qn("w:p")):
            yield from package.changes.get(paragraph, ())


def _language(headers: Iterable[Para], properties: Mapping[str, str]) -> Language | None:
    """Return the language of a file without a job number, by the organization's name on page one.

    A name that is the same in several languages does not say it; Masthead's own files do.
    """
    if (stated := properties.get(LANGUAGE, "")) in Language:
        return Language(stated)
    texts = {patterns.fold(line) for para in headers for line in lines_of(para.spans)}
    texts |= {patterns.fold(part) for text in texts for part in re.split(f"[{TAB}{BREAK}]+", text)}
    names = {each: str(locales.load(each).word("masthead", "organization")) for each in Language}
    named = [each for each, name in names.items() if patterns.fold(name) in texts]
    return named[0] if len(named) == 1 else None


def _head(headers: Iterable[Para], locale: Locale) -> PrintedHead:
    """Return what the head of page one says: in lines, or in the parts of lines between tabs."""
    lines = [
        (line, para.kind if isinstance(para.kind, Fact) else None) for para in headers for line in lines_of(para.spans)
    ]
    head = read_head(lines, locale)
    if head.masthead is not None and head.symbol is not None:
        return head
    lines = [(text, None) for para in headers if not isinstance(para.kind, Fact) for text in _texts(para)]
    return read_head(lines, locale)


def _texts(para: Para) -> Iterator[str]:
    """Yield the texts of a paragraph between tabs and line ends."""
    return filter(None, (" ".join(part.split()) for part in re.split(f"[{TAB}{BREAK}]+", para.text)))


def _take_masthead(parts: list[StyledPart]) -> list[Para]:
    """Take the paragraphs of the masthead from the start of the text, where Geneva's template has them.

    It is a table with the symbol, or lines: one with the symbol, others up to the date of issue or the language.
    """
    first = next((at for at, part in enumerate(parts) if isinstance(part, StyledTable) or part.text.strip()), 0)
    opening = list(paragraphs(parts[first : first + 1])) if isinstance(parts[first], StyledTable) else []
    length = first + 1
    if not opening:
        near = [part for part in parts[first : first + _MASTHEAD_LINES] if isinstance(part, Para)]
        ends = [at for at, para in enumerate(near, 1) if any(map(_ends_masthead, _texts(para)))]
        opening, length = near[: max(ends, default=0)], first + max(ends, default=0)
    if not any(parse_symbol(text) for para in opening for text in _texts(para)):
        return []
    del parts[:length]
    return opening


def _columns_of_opening(parts: list[StyledPart]) -> list[Para]:
    """Put the paragraphs of a table of one row at the start of the text in its place, one column after the other.

    Documents of two organs have a column for each: its name, session and item of the agenda.
    """
    first = next((at for at, part in enumerate(parts) if isinstance(part, StyledTable) or part.text.strip()), 0)
    table = parts[first] if parts else None
    if not isinstance(table, StyledTable) or len(table.rows) != 1 or len(table.rows[0].cells) != 2:
        return []
    columns = [[para for para in paragraphs(cell.parts) if para.text.strip()] for cell in table.rows[0].cells]
    if not all(columns) or not all(_names_organ(column[0].text) for column in columns):
        return []
    found = [*columns[0], *columns[1]]
    parts[first : first + 1] = found
    return found


def _names_organ(text: str) -> bool:
    return any(masthead_organ(text.strip(), locales.load(each)) for each in Language)


def _ends_masthead(text: str) -> bool:
    """Return whether a line of the masthead is its date of issue or the language of the original."""
    locale_words = (locales.load(each).words["masthead"] for each in Language)
    forms = [str(words[key]) for words in locale_words for key in ("original", "only") if key in words]
    return bool(
        ISSUED.fullmatch(text) or patterns.match(text, [each for form in forms for each in masthead_forms(form)])
    )


def paragraphs_of(data: bytes, name: str) -> dict[str, str]:
    """Return the text of each paragraph of a Word file by its place, notes after the text. Raises SourceError."""
    package = open_package(data, name)
    ours = TYPE in package.properties
    blocks = WordBlockReader(package, ours=ours)
    if not ours:
        blocks.notes.add_typed(package.body)
        blocks.notes.move_frames(package.body)
    record = _ParagraphRecord(name, blocks.parts(package.body))
    for _ in _notes(blocks, record, ours=ours):  # adds their texts to the record
        pass
    return {record.where(number): text for number, text in record.texts.items()}


class _ParagraphRecord(Record):
    """A record whose places are paragraphs, named by number and first words, in place of lines."""

    def __init__(self, name: str, parts: Iterable[StyledPart]) -> None:
        super().__init__(name)
        self.texts = {para.number: para.text for para in paragraphs(parts)}

    @property
    def start(self) -> str:
        """The place of the headers, which are not among the numbered paragraphs."""
        return self.name

    def where(self, line: int, text: str = "", before: str = "") -> str:
        """Return the place of a paragraph. Its first words identify it better than `text` in it.

        The place of what is in no paragraph of the text, line 0, is the file.
        """
        if not line:
            return self.name
        words = self._words(line)
        if not words:  # only a picture, for example
            near = next((at for at in range(line - 1, max(line - _NEAR, 0), -1) if self._words(at)), line)
            words = f", after {self._words(near)}" if near < line else ""
        return f"{self.name}: paragraph {line}{words if words.startswith(',') else f' {words}'.rstrip()}"

    def _words(self, line: int) -> str:
        """Return the first words of a paragraph in quotation marks, nothing if it has none."""
        words = self.texts.get(line, "").split()
        return f"“{' '.join(words[:_SHOWN_WORDS])}{'…' * (len(words) > _SHOWN_WORDS)}”" if words else ""


def _notes(blocks: WordBlockReader, record: _ParagraphRecord, *, ours: bool) -> Iterator[StyledNote]:
    """Yield the called notes in the order of the file, each without its mark."""
    for key, body in blocks.notes.bodies.items():
        call = blocks.notes.calls.get(key)
        paras = list(paragraphs(parts := blocks.parts(body)))
        if len(paras) > sum(isinstance(part, Para) for part in parts):
            record.report(blocks.count, _TABLE_IN_NOTE)
        number = paras[0].number if paras else blocks.count
        record.texts.update((para.number, para.text) for para in paras)
        if call is None:
            record.report(number, _UNCALLED)
            continue
        edge = TEXT_INDENT if ours else edge_of(body, blocks.styles)
        spans: list[Span] = []
        for at, part in enumerate(parts):
            if isinstance(part, Para):
                stops = blocks.stops.get(part.number, ())
                lines = [with_columns(part.spans, stops, edge, is_first=not at)]
            else:
                lines = list(rows_of(part))
            for line in lines:
                spans += [PARAGRAPH_END] * bool(spans) + line
        yield StyledNote(number, call, without_mark(spans, call, ours=ours), blocks.notes.printed.get(key, 0))
