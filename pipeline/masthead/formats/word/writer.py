"""A Document as a Word file in the styles of the UN template.

The same document gives the same bytes, and reading them gives an equal document: what no page shows, such as the kind
of document, is in custom properties.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from lxml import etree

from masthead.document import (
    TEMPLATES,
    Document,
    Layout,
    LineBreaking,
    NoteCall,
    NotePlace,
    Pagination,
    SourceError,
    locales,
    model,
    organizations,
)
from masthead.document.references import context_of
from masthead.formats.labels import note_label
from masthead.formats.opening_lines import Fact
from masthead.formats.source import check_characters
from masthead.formats.styled.composition import (
    ANNEXES_WITH_NOTES,
    DIGITS,
    LABELS,
    LANGUAGE,
    LINES,
    METADATA,
    NOTE_PLACE,
    ORGAN,
    ORGAN_NAME,
    PAGINATION,
    TRANSLATION,
    TYPE,
)
from masthead.formats.styled.parts import ParaKind
from masthead.formats.word.block_writer import WordBlockWriter
from masthead.formats.word.conventions import LAYOUT, OWN_NOTES, named_layout
from masthead.formats.word.endnotes import with_endnotes
from masthead.formats.word.package_writer import PackageParts, pack
from masthead.formats.word.page_setup import headers_and_footers, section
from masthead.formats.word.run_writer import RunWriter
from masthead.formats.word.styles import style_identifiers
from masthead.formats.word.xml import qn, run, w
from masthead.page import wording

_STYLES = "word/styles.xml"
_OPENING = {"subsidiary": Fact.ORGAN, "body": Fact.BODY, "session": Fact.SESSION, "place": Fact.PLACE,
            "agenda-item": Fact.AGENDA_ITEM}  # fmt: skip
"""The facts that the opening lines of `masthead.page.wording` state."""


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """The parts of the file of a document, and the identifiers of its notes in it."""

    parts: PackageParts
    noted: Mapping[tuple[int, bool], str]


def write(document: Document) -> bytes:
    """Return `document` as the bytes of a .docx file.

    Raises SourceError for a character that sources may not contain, and for a note that only other notes call: Word
    cannot have it.
    """
    written = write_parts(document)
    if document.note_place is NotePlace.END:
        return pack(with_endnotes(written.parts, {key for (_, asterisk), key in written.noted.items() if not asterisk}))
    return pack(written.parts)


def write_parts(document: Document) -> WrittenDocument:
    """Return the parts of the file. Raises SourceError as `write` does."""
    locale = locales.load(document.language)
    context = context_of(locale, document.preface.adoption, document.masthead.date, document.organ)
    styles = etree.parse(TEMPLATES / _STYLES).getroot()
    next(styles.iter(qn("w:lang"))).set(qn("w:val"), str(document.language))
    runs = RunWriter(document, context)
    writer = WordBlockWriter(document, runs, style_identifiers(styles))
    margins = headers_and_footers(document, locale, writer)
    is_reissue = str(document.symbol).endswith("*") and any(note.asterisk for note in document.notes)
    # Word allows no note in a header, so the call in the symbol of a reissue is hidden in the first line of the text.
    hidden_call = list(runs.call(NoteCall(1, asterisk=True), hidden=True)) if is_reissue else []
    opening = list(_opening(document, writer)) or [w("p")]
    opening[0].extend(hidden_call)
    body = [
        *opening,
        *writer.blocks(document.body),
        *(writer.line(ParaKind.CLOSING, line) for line in document.closing),
        *(each for annex in document.annexes for each in writer.annex(annex)),
    ]
    _divide(body, document, margins)
    xml = {
        "document": w("document", w("body", *body)),
        "styles": styles,
        # A line that the author ends in a justified paragraph is not stretched.
        "settings": w(
            "settings",
            w("evenAndOddHeaders"),
            w("defaultTabStop", val="475"),
            w("compat", w("doNotExpandShiftReturn")),
        ),
        "footnotes": w("footnotes", *_notes(document, writer)),
        **margins,
    }
    return WrittenDocument(PackageParts(xml, _properties(document), writer.pictures, runs.links), runs.noted)


def _divide(body: list[Any], document: Document, margins: Iterable[str]) -> None:
    """Make sections where bookmarks say that pages are laid out in another way or that the numbers of notes begin
    again, and the last section at the end.

    A bookmark in a box makes none: a box is a table, and Word has no section that begins in one.
    """
    layout, names, own_notes = Layout(), tuple(margins), False
    for element in body:
        if element.tag != qn("w:p"):
            continue
        marks = (str(each.get(qn("w:name"))) for each in element.iter(qn("w:bookmarkStart")))
        if (name := next((mark for mark in marks if mark.startswith((LAYOUT, OWN_NOTES))), None)) is not None:
            begins_notes = name.startswith(OWN_NOTES)
            following = layout if begins_notes else named_layout(name)
            if not begins_notes and replace(following, new_page=layout.new_page) == layout:
                continue  # the paragraph breaks the page itself
            same = layout.landscape == following.landscape
            properties = element.find(qn("w:pPr"))
            if properties is None:
                properties = w("pPr")
                element.insert(0, properties)
            properties.append(section(document, names, layout, ends=not same, own_notes=own_notes))
            layout, names, own_notes = following, (), begins_notes
    body.append(section(document, names, layout, own_notes=own_notes))


def _opening(document: Document, writer: WordBlockWriter) -> Iterator[Any]:
    """Yield the paragraphs between the masthead and the text, in the order of print."""
    preface, locale = document.preface, writer.locale
    for kind, line in wording.opening_lines(document, locale):
        yield writer.paragraph(_OPENING[kind], *writer.runs.called_line(line))
    for title in model.split_paragraphs(preface.agenda_title):
        yield writer.text(Fact.AGENDA_TITLE, title)
    number = wording.title_number(document, locale)
    if number and not preface.title:
        yield writer.line(Fact.TITLE, number)
    if preface.adoption:
        yield writer.paragraph(Fact.ADOPTION, *writer.runs.called_line(preface.adoption))
    if preface.basis is not None:
        before, after = (writer.runs.line(each) for each in str(locale.word("resolution", "basis")).split("{text}"))
        yield writer.paragraph(Fact.BASIS, *before, *writer.runs.content(preface.basis), *after)
    if preface.sponsors:
        yield writer.text(Fact.SPONSORS, preface.sponsors)
    if preface.title:
        yield writer.text(Fact.TITLE, preface.title, number)
    if named := wording.modification(document, locale):
        yield writer.line(Fact.MODIFICATION, named)
    if preface.subtitle:
        yield writer.text(Fact.SUBTITLE, preface.subtitle)
    for division in preface.divisions:
        yield writer.line(Fact.DIVISION, division.label)
        if division.title:
            yield writer.text(Fact.DIVISION_TITLE, division.title)


def _notes(document: Document, writer: WordBlockWriter) -> Iterator[Any]:
    """Yield the two separators that Word requires, then the notes in order."""
    for key, kind in (("-1", "separator"), ("0", "continuationSeparator")):
        yield w("footnote", w("p", run(w(kind))), type=kind, id=key)
    runs = writer.runs
    for note in document.notes:
        noted = runs.noted.get((note.number, note.asterisk))
        if noted is None:
            message = f"note {note_label(note)} is only called in other notes"
            hint = "Word cannot have such a note; call it in the text"
            raise SourceError(message, where=str(document.symbol), hint=hint)
        yield w("footnote", *writer.note(note, counted=noted in runs.counted), id=noted)


def _properties(document: Document) -> dict[str, str]:
    """Return what no page shows."""
    properties = {TYPE: str(document.type)}
    if not (document.job.is_known or organizations.current().job):
        properties[LANGUAGE] = str(document.language)
    if document.digits is not document.language.digits:
        properties[DIGITS] = str(document.digits)
    if document.pagination is not Pagination.FLOW:
        properties[PAGINATION] = str(document.pagination)
    if document.lines is not LineBreaking.FIRST_FIT:
        properties[LINES] = str(document.lines)
    if document.note_place is not NotePlace.PAGE:
        properties[NOTE_PLACE] = str(document.note_place)
    if document.masthead.translation:
        properties[TRANSLATION] = "true"
    if document.masthead.organ:
        properties[ORGAN], properties[ORGAN_NAME] = str(document.organ), document.masthead.organ
    if own := [str(at) for at, annex in enumerate(document.annexes, 1) if annex.own_notes]:
        properties[ANNEXES_WITH_NOTES] = " ".join(own)
    if document.metadata:
        entries = (check_characters(json.dumps(asdict(each)), document) for each in document.metadata)
        properties[METADATA] = f"[{','.join(entries)}]"
    if document.labels:
        properties[LABELS] = json.dumps([astuple(label) for label in document.labels])
    return properties
