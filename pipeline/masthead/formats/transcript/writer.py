"""A resolution as a transcript: its text as printed on its pages, in the form that `transcript.reader` reads.

A transcript has no way to escape a character, and no place for much of what other documents have. Therefore the writer
reads its result again, and refuses to write a document that would be read back differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from masthead.document import Document, DocumentType, SourceError, locales, model
from masthead.formats.transcript import reader
from masthead.formats.transcript.inline_marks import PAGE_END
from masthead.page import wording

_HINT = "write it as Markdown: -o X.md"
_CALL = re.compile(r"\^\((\d+)\)")
_NAMES: Mapping[type, str] = {model.Ornament: "an ornament", model.Contents: "a table of contents"}  # others: a box


def write(document: Document) -> str:
    """Return `document` as a transcript. Raises SourceError for what a transcript cannot represent."""
    where = str(document.symbol)
    for fault in _faults(document):
        raise SourceError(f"a transcript cannot represent {fault}", where=where, hint=_HINT)
    text = "\n\n".join(filter(None, (*_front(document), *_Body(document).blocks()))) + "\n"
    try:
        again = reader.read(text.encode(), "transcript")
    except (SourceError, UnicodeEncodeError) as error:
        raise SourceError(f"a transcript cannot represent this: {error}", where=where, hint=_HINT) from None
    if again != document:
        raise SourceError(f"a transcript cannot represent {_difference(document, again)}", where=where, hint=_HINT)
    return text


def _faults(document: Document) -> Iterator[str]:
    """Yield the parts of a document that no transcript can have."""
    if document.type.like is not DocumentType.RESOLUTION:
        yield f"a document of type {document.type}, only resolutions"
    for block in document.body:
        if not isinstance(block, model.Paragraph | model.Part) and not (
            isinstance(block, model.Heading) and block.ordinal
        ):
            yield _NAMES.get(type(block), f"a {type(block).__name__.lower()}")
    if document.annexes:
        yield "an annex"
    if any(note.asterisk for note in document.notes):
        yield "a note with an asterisk"
    for name in ("bodies", "agenda_title", "sponsors", "subtitle"):
        if getattr(document.preface, name):
            yield f"the key {name.replace('_', '-')}"


def _difference(document: Document, again: Document) -> str:
    """Return the first difference between two documents, in words."""
    for name in ("body", "notes"):
        for place, (one, other) in enumerate(zip_longest(getattr(document, name), getattr(again, name)), 1):
            if one != other:
                start = f": “{model.plain(one.content)[:40]}…”" if one else ", which reading it back adds"
                return f"{'paragraph' if name == 'body' else 'note'} {place}{start}"
    for part in (document, document.masthead, document.preface):
        other = again if part is document else getattr(again, type(part).__name__.lower())
        for name in part.__slots__:
            if name not in ("masthead", "preface", "findings") and getattr(part, name) != getattr(other, name):
                return f"the {name.replace('_', ' ')} of this document"
    return "this document"


def _front(document: Document) -> Iterator[str]:
    """Yield the lines from Distr. to the title, in groups that blank lines separate."""
    locale, preface = locales.load(document.language), document.preface
    number = wording.title_number(document, locale)
    yield "\n".join(filter(None, wording.distribution_lines(document, locale)))
    yield locale.organ(document.organ.parent)
    yield "\n".join(line for _, line in wording.opening_lines(document, locale))
    if not preface.title:
        yield number
    yield preface.adoption
    if preface.basis is not None:
        yield str(locale.word("resolution", "basis")).format(text=_marked(preface.basis, document))
    if preface.title:
        yield f"{number} {_marked(preface.title, document)}"


class _Body:
    """Writes paragraphs, and the notes at the end of the page that calls them first; the foot ends page one."""

    def __init__(self, document: Document) -> None:
        self.document, self.locale = document, locales.load(document.language)
        self.notes = list(document.notes)
        self.foot = [
            str(self.locale.word("imprint", "recycle")),
            "    ".join((str(document.job), *document.job.dates)),
        ]
        self.called: set[int] = set()

    def blocks(self) -> Iterator[str]:
        document = self.document
        for block in document.body:
            if isinstance(block, model.Part | model.Heading):
                yield f"{wording.block_mark(block, document, self.locale)}\n{_marked(block.content, document)}"
            elif isinstance(block, model.Paragraph):
                yield from self.paragraph(wording.block_mark(block, document, self.locale), block.content)
                yield from self.items(block.items, 1)
                if block.tail:
                    yield _marked(block.tail, document)
        if document.closing:
            yield "\n".join(document.closing)
        yield from self.page_end()

    def items(self, items: Iterable[model.Item], degree: int) -> Iterator[str]:
        for item in items:
            mark = wording.item_mark(item, degree, self.document, self.locale)
            yield from self.paragraph(mark, item.content)
            yield from self.items(item.items, degree + 1)

    def paragraph(self, mark: str, content: Sequence[model.Inline]) -> Iterator[str]:
        """Yield a paragraph after its mark, divided where pages end."""
        first, *others = _marked(content, self.document).split(PAGE_END)
        pages = [f"{mark} {first}".strip(" "), *(part.strip(" ") for part in others)]
        for place, part in enumerate(pages):
            if place:
                yield from self.page_end() or [PAGE_END]
            self.called |= {int(call) for call in _CALL.findall(part)}
            if part:
                yield part

    def page_end(self) -> list[str]:
        """Return the foot of a page: the notes that have been called and, on page one, its own foot."""
        lines = []
        while self.notes and self.notes[0].number in self.called:
            note = self.notes.pop(0)
            number = self.document.digits.shape(note.number)
            lines.append(f"({number}) {_marked(note.content, self.document)}")
        lines += self.foot
        self.foot = []
        return lines


def _marked(content: Iterable[model.Inline], document: Document) -> str:
    """Return inline content with the marks of a transcript."""
    parts = []
    for inline in content:
        match inline:
            case model.Text(text) | model.Raised(text) | model.Reference(text) | model.Hyperlink(text):
                parts.append(text)
            case model.Strong(inner):
                parts.append(f"**{_marked(inner, document)}**")
            case model.Emphasis(inner):
                parts.append(f"*{_marked(inner, document)}*")
            case model.NoteCall(number):
                parts.append(f"^({document.digits.shape(number)})")
            case model.PageEnd():
                parts.append(PAGE_END)
            case model.TableNoteCall() | model.Fit():
                pass
    return "".join(parts)
