"""Inline content as inline elements of Akoma Ntoso, with each note where it is called first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain, pairwise

from masthead.document import (
    Document,
    Locale,
    ResolutionNumber,
    Symbol,
    model,
    patterns,
    printed_notes,
    printed_number,
)
from masthead.document.references import can_be_adopted_on
from masthead.formats.akoma_ntoso.builder import Builder, Element
from masthead.formats.akoma_ntoso.cover import is_alone
from masthead.formats.akoma_ntoso.iris import iri_number, reference_iri
from masthead.formats.akoma_ntoso.spacing import collapsed
from masthead.formats.akoma_ntoso.vocabulary import CONCEPTS, FIT, OWN, PARAGRAPH_END, TAB, XML_SPACE
from masthead.page import wording

_DATE_DISTANCE = 40  # characters after a resolution's number that are searched for its date


@dataclass(frozen=True, slots=True)
class OntologyEntry:
    """An entry of the metadata for something to which the text refers: its class, its address, how it is shown."""

    element: str
    href: str
    shown: str


class AknSpanWriter:
    """Writes inline content. It tracks which notes are still to be written, and to what the text has referred."""

    def __init__(self, builder: Builder, document: Document, locale: Locale) -> None:
        self.builder, self.document, self.locale = builder, document, locale
        self.unwritten = {(note.number, note.asterisk): note for note in document.notes}
        self._printed = printed_notes(document)
        self.table_notes: Sequence[str] = ()  # identifiers of the notes of the current table
        self._scope = ""  # the start of identifiers in the current metadata
        self._entries: dict[str, OntologyEntry] = {}
        self._in_note = False
        self._dates = dict(_stated_dates(document, locale))
        self._references = self._fits = self._tabs = 0
        self._alone = is_alone(document)

    def line(self, parent: Element, content: model.Content | str, name: str = "p", /, **attributes: str) -> Element:
        """Return a new element in `parent` that holds `content` and the notes that it calls first."""
        return self.fill(self.builder.add(parent, name, "", **attributes), content)

    def lines(self, parent: Element, content: model.Content) -> None:
        """Write the paragraphs of a cell, a note or a subparagraph, each into a `p`."""
        for paragraph in model.split_paragraphs(content) or ((),):
            self.line(parent, paragraph)

    def fill(self, element: Element, content: model.Content | str) -> Element:
        """Put `content` into an element, and mark its white space as preserved if the reader would collapse it."""
        given = ((model.Text(content),) if content else ()) if isinstance(content, str) else tuple(content)
        if collapsed(given) != given:
            element.set(XML_SPACE, "preserve")
        self._append(element, given)
        return element

    def concept(self, name: str) -> str:
        """Refer to a concept of ours: return the identifier of its entry, with `#`."""
        element, shown = CONCEPTS[name]
        kind = element.removeprefix("TLC").lower()
        return self.refer(name, OntologyEntry(element, f"/akn/ontology/{kind}/un/{name}", shown))

    def refer(self, name: str, entry: OntologyEntry) -> str:
        """Refer to an entry of the current metadata: return its identifier, with `#`."""
        eid = f"{self._scope}{name}"
        self._entries.setdefault(eid, entry)
        return f"#{eid}"

    @contextmanager
    def metadata(self, scope: str) -> Iterator[dict[str, OntologyEntry]]:
        """Collect the entries to which text written inside refers; their identifiers begin with `scope`."""
        outer = self._scope, self._entries
        self._scope, self._entries = scope, {}
        try:
            yield self._entries
        finally:
            self._scope, self._entries = outer

    def remaining_notes(self, parent: Element) -> None:
        """Write the notes that only other notes call."""
        remaining, self._in_note = list(self.unwritten), True
        for key in remaining:
            self._note(self.builder.add(parent, "p"), model.NoteCall(*key))
        self._in_note = False

    # --- inlines ------------------------------------------------------------------------------------------------------

    def _append(self, element: Element, content: model.Content) -> None:
        for inline in content:
            match inline:
                case model.Text(text):
                    self.builder.text(element, text)
                case model.Strong((model.Emphasis(inner),)) if self._alone:
                    self._append(self.builder.add(element, "span", class_="bold italic"), inner)
                case model.Strong(inner) | model.Emphasis(inner):
                    name, look = ("b", "bold") if isinstance(inline, model.Strong) else ("i", "italic")
                    written = self.builder.add(element, "span", class_=look) if self._alone else None
                    self._append(self.builder.add(element, name) if written is None else written, inner)
                case model.Reference():
                    self._reference(element, inline)
                case model.Raised(text):
                    self.builder.add(element, "sup", text)
                case model.Hyperlink(text, address):
                    self.builder.add(element, "a", text, href=address)
                case model.NoteCall():
                    self._call(element, inline)
                case model.TableNoteCall(ordinal):
                    mark, href = wording.table_note_mark(ordinal, self.locale), f"#{self.table_notes[ordinal - 1]}"
                    self.builder.add(self._superscript(element), "ref", mark, href=href)
                case model.PageEnd():
                    self.builder.add(element, "eop")
                case model.Fit():
                    self._fits += 1
                    marker = self.builder.add(element, "marker", eId=f"{FIT}_{self._fits}", name=FIT)
                    for part in fields(inline):
                        if number := getattr(inline, part.name):
                            marker.set(f"{{{OWN}}}{part.name}", str(number))
                case model.Tab(at):
                    self._tabs += 1
                    marker = self.builder.add(element, "marker", eId=f"{TAB}_{self._tabs}", name=TAB)
                    marker.set(f"{{{OWN}}}at", str(at))
                case model.Lowered(text):
                    self.builder.add(element, "sub", text)
                case model.LineEnd():
                    self.builder.add(element, "eol")
                case model.ParagraphEnd():
                    self.builder.add(element, "eol", class_=PARAGRAPH_END)

    def _reference(self, element: Element, reference: model.Reference) -> None:
        symbol = reference.target
        if reference.address or self._alone:
            self.builder.add(element, "a", reference.text, href=reference.address or symbol.address)
            return
        name = iri_number(str(symbol)).replace("(", "").replace(")", "") + "-" * str(symbol).endswith("*")
        entry = self.refer(name, OntologyEntry("TLCReference", symbol.address, str(symbol)))
        self._references += 1
        href = reference_iri(symbol, self._dates.get(symbol))
        self.builder.add(element, "ref", reference.text, eId=f"ref_{self._references}", href=href, refersTo=entry)

    def _superscript(self, element: Element) -> Element:
        return self.builder.add(element, "sup", class_="footnote")

    def _call(self, element: Element, call: model.NoteCall) -> None:
        superscript = self._superscript(element)
        if (call.number, call.asterisk) in self.unwritten and not self._in_note:
            self._in_note = True
            self._note(superscript, call)
            self._in_note = False
        else:
            self.builder.add(superscript, "ref", self._mark(call), href=f"#{note_identifier(call)}")

    def _note(self, element: Element, call: model.NoteCall) -> None:
        note, eid = self.unwritten.pop((call.number, call.asterisk)), note_identifier(call)
        written = self.builder.add(element, "authorialNote", eId=eid, marker=self._mark(call), placement="bottom")
        self.lines(written, note.content)

    def _mark(self, call: model.NoteCall) -> str:
        number = printed_number(call, self._printed)
        return self.locale.call_mark(number, self.document.digits, asterisk=call.asterisk)


def note_identifier(call: model.NoteCall | model.Note) -> str:
    """Return the identifier of a note."""
    return f"ftn_{'ast' if call.asterisk else ''}{call.number}"


def _stated_dates(document: Document, locale: Locale) -> Iterator[tuple[Symbol, date]]:
    """Yield the possible dates of resolutions that the text states after their numbers, the first of each last."""
    preface, notes = document.preface, (note.content for note in document.notes)
    texts = chain((preface.basis or (), preface.title), model.contents((document.body, document.annexes)), notes)
    for content in reversed(list(texts)):
        flat = [inline for inline in model.inlines(content) if isinstance(inline, model.Text | model.Reference)]
        for named, after in pairwise(flat):
            if isinstance(named, model.Reference) and isinstance(after, model.Text):
                day = patterns.find_date(after.text[:_DATE_DISTANCE], locale)
                if day and _is_possible_date(named.target, day):
                    yield named.target, day


def _is_possible_date(symbol: Symbol, day: date) -> bool:
    """Return whether the resolution with this symbol can have been adopted on that day."""
    if not str(symbol).startswith(("A/RES/", "E/RES/")):
        return False
    try:
        return can_be_adopted_on(ResolutionNumber.parse(str(symbol)[6:]), day)
    except ValueError:
        return False
