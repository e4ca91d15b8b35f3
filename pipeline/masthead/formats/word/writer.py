"""A Document as a Word file in the UN template's styles. `docs/word.md` describes what stands where.

The same document gives the same bytes. Reading them gives an equal document: what a page does not show, the kind of
document for one, stands in custom properties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from masthead.document import TEMPLATES, Document, NoteCall, Pagination, SourceError, locales
from masthead.document.references import context_of
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.composition import DIGITS, PAGINATION, TRANSLATION, TYPE
from masthead.formats.styled.parts import ParaKind
from masthead.formats.word.block_writer import BlockWriter
from masthead.formats.word.markup import attribute, run, w
from masthead.formats.word.page_setup import margins, section
from masthead.formats.word.run_writer import RunWriter
from masthead.formats.word.styles import NAMES, name_of, simple
from masthead.formats.word.template import Parts, pack
from masthead.page import wording

_STYLES = "word/styles.xml"


def write(document: Document, *, templates: Path = TEMPLATES) -> bytes:
    """Return `document` as the bytes of a .docx file.

    Raises SourceError for characters that no source may hold, and for a note that Word has no place for: one that is
    called in other notes alone.
    """
    locale = locales.load(document.language, templates)
    context = context_of(locale, document.preface.adoption, document.masthead.date, document.organ)
    styles = etree.parse(templates / _STYLES).getroot()
    next(styles.iter(w("lang").tag)).set(attribute("val"), str(document.language))
    runs = RunWriter(document, context)
    writer = BlockWriter(document, runs, _by_meaning(styles))
    pages = margins(document, locale, writer)
    reissued = [note for note in document.notes if note.asterisk and str(document.symbol).endswith("*")]
    # Word allows no note in a header: that of a reissued document's symbol is kept, unseen, in the line below.
    kept = list(runs.call(NoteCall(1, asterisk=True), hidden=True)) if reissued else []
    opening = list(_opening(document, writer)) or [w("p")]
    opening[0].extend(kept)
    body = [
        *opening,
        *writer.blocks(document.body),
        *(writer.line(ParaKind.CLOSING, line) for line in document.closing),
        *(each for annex in document.annexes for each in writer.annex(annex)),
        section(document, pages),
    ]
    parts = Parts(
        document=w("document", w("body", *body)),
        styles=styles,
        settings=w("settings", w("evenAndOddHeaders"), w("defaultTabStop", val="475")),
        footnotes=w("footnotes", *_notes(document, writer)),
        margins=pages,
        properties=_properties(document),
        pictures=writer.pictures,
        links=runs.links,
    )
    return pack(parts)


def _by_meaning(styles: Any) -> Mapping[tuple[ParaKind | Fact, int], str]:
    """The identifiers of the styles of each kind and level, of several the one that stands first in NAMES."""
    keys = {simple(name_of(style)): style.get(attribute("styleId")) for style in styles.iter(w("style").tag)}
    return {means: keys[simple(name)] for name, means in reversed(list(NAMES.items())) if simple(name) in keys}


def _opening(document: Document, writer: BlockWriter) -> Iterator[Any]:
    """What stands between masthead and text, in the order of print."""
    preface, locale = document.preface, writer.runs.context.locale
    kinds = {"subsidiary": Fact.ORGAN, "body": Fact.BODY, "session": Fact.SESSION, "place": Fact.PLACE,
             "agenda-item": Fact.AGENDA_ITEM}  # fmt: skip
    for kind, line in wording.opening_lines(document, locale):
        yield writer.line(kinds[kind], line)
    if preface.agenda_title:
        yield writer.text(Fact.AGENDA_TITLE, preface.agenda_title)
    number = wording.title_number(document, locale)
    if number and not preface.title:
        yield writer.line(Fact.TITLE, number)
    if preface.adoption:
        yield writer.line(Fact.ADOPTION, preface.adoption)
    if preface.basis is not None:
        before, behind = str(locale.word("resolution", "basis")).split("{text}")
        content = writer.runs.content(preface.basis)
        yield writer.paragraph(Fact.BASIS, *writer.runs.line(before), *content, *writer.runs.line(behind))
    if preface.sponsors:
        yield writer.text(Fact.SPONSORS, preface.sponsors)
    if preface.title:
        yield writer.text(Fact.TITLE, preface.title, number)
    if document.type in wording.MODIFICATIONS:
        yield writer.line(Fact.MODIFICATION, str(locale.word("types", document.type)))
    if preface.subtitle:
        yield writer.text(Fact.SUBTITLE, preface.subtitle)


def _notes(document: Document, writer: BlockWriter) -> Iterator[Any]:
    """The two separators that Word wants, then the notes in their order."""
    for key, kind in (("-1", "separator"), ("0", "continuationSeparator")):
        yield w("footnote", w("p", run(w(kind))), type=kind, id=key)
    runs = writer.runs
    for note in document.notes:
        noted = runs.noted.get((note.number, note.asterisk))
        if noted is None:
            mark = "*" * note.number if note.asterisk else note.number
            raise SourceError(
                f"note {mark} is called in other notes alone",
                where=str(document.symbol),
                hint="Word keeps no such note; call it in the text",
            )
        yield w("footnote", writer.note(note, counted=noted in runs.counted), id=noted)


def _properties(document: Document) -> dict[str, str]:
    """What no page shows."""
    held = {TYPE: str(document.type)}
    if document.digits is not document.language.digits:
        held[DIGITS] = str(document.digits)
    if document.pagination is not Pagination.FLOW:
        held[PAGINATION] = str(document.pagination)
    if document.masthead.translation:
        held[TRANSLATION] = "true"
    return held
