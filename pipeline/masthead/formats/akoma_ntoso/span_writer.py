"""Inline content as inline elements of Akoma Ntoso, and notes where they are called first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise

from masthead.document import (
    Document,
    Emphasis,
    Inline,
    Locale,
    Note,
    NoteCall,
    PageEnd,
    Reference,
    ResolutionNumber,
    Strong,
    Symbol,
    TableNoteCall,
    Text,
    contents,
    inlines,
    patterns,
)
from masthead.document.references import can_be_adopted_on
from masthead.formats.akoma_ntoso.elements import Builder, Element
from masthead.formats.akoma_ntoso.spacing import collapsed
from masthead.formats.akoma_ntoso.vocabulary import CONCEPTS, SPACE, cited, number
from masthead.page import wording

_BESIDE = 40  # characters behind a resolution's number in which its date stands


@dataclass(frozen=True, slots=True)
class Entry:
    """What the metadata say of something that the text refers to: its class there, where it is, how it is shown."""

    element: str
    href: str
    show: str


class SpanWriter:
    """Writes inline content, knowing which notes stand somewhere already and to what was referred."""

    def __init__(self, builder: Builder, document: Document, locale: Locale) -> None:
        self.builder, self.document, self.locale = builder, document, locale
        self.waiting = {(note.number, note.asterisk): note for note in document.notes}
        self._scope = ""  # of identifiers in the metadata
        self._entries: dict[str, Entry] = {}
        self.table_notes: Sequence[str] = ()  # identifiers of the notes of the table that is written
        self._in_note = False
        self._dates = dict(_dates(document, locale))
        self._references = 0

    def line(self, parent: Element, content: Sequence[Inline] | str, name: str = "p", /, **attributes: str) -> Element:
        """Add an element that holds `content`. Notes that it calls first stand in it."""
        return self.fill(self.builder.add(parent, name, "", **attributes), content)

    def fill(self, element: Element, content: Sequence[Inline] | str) -> Element:
        """Put `content` into an element; white space that reading would not keep otherwise is said to count."""
        given = ((Text(content),) if content else ()) if isinstance(content, str) else tuple(content)
        if collapsed(given) != given:
            element.set(SPACE, "preserve")
        self._append(element, given)
        return element

    def concept(self, name: str) -> str:
        """Refer to a concept of ours: return the identifier that its entry will have, with its `#`."""
        element, show = CONCEPTS[name]
        kind = element.removeprefix("TLC").lower()
        return self.refer(name, Entry(element, f"/akn/ontology/{kind}/un/{name}", show))

    def refer(self, name: str, entry: Entry) -> str:
        eid = f"{self._scope}{name}"
        self._entries.setdefault(eid, entry)
        return f"#{eid}"

    @contextmanager
    def metadata(self, scope: str) -> Iterator[dict[str, Entry]]:
        """Collect what is referred to meanwhile; its identifiers begin with `scope`."""
        kept = self._scope, self._entries
        self._scope, self._entries = scope, {}
        try:
            yield self._entries
        finally:
            self._scope, self._entries = kept

    def left_notes(self, parent: Element) -> None:
        """Write the notes that no text calls: those that only other notes call."""
        left, self._in_note = list(self.waiting), True
        for key in left:
            self._note(self.builder.add(parent, "p"), NoteCall(*key))
        self._in_note = False

    # --- inlines ------------------------------------------------------------------------------------------------------

    def _append(self, element: Element, content: Sequence[Inline]) -> None:
        for inline in content:
            match inline:
                case Text(text):
                    self.builder.text(element, text)
                case Strong(inner):
                    self._append(self.builder.add(element, "b"), inner)
                case Emphasis(inner):
                    self._append(self.builder.add(element, "i"), inner)
                case Reference():
                    self._reference(element, inline)
                case NoteCall():
                    self._call(element, inline)
                case TableNoteCall(ordinal):
                    self._table_call(element, ordinal)
                case PageEnd():
                    self.builder.add(element, "eop")

    def _reference(self, element: Element, reference: Reference) -> None:
        symbol = reference.target
        refers = self.refer(number(f"{symbol}").replace("(", "").replace(")", "") + "-" * str(symbol).endswith("*"),
                            Entry("TLCReference", symbol.address, str(symbol)))  # fmt: skip
        self._references += 1
        self.builder.add(
            element,
            "ref",
            reference.text,
            eId=f"ref_{self._references}",
            href=cited(symbol, self._dates.get(symbol)),
            refersTo=refers,
        )

    def _call(self, element: Element, call: NoteCall) -> None:
        raised = self.builder.add(element, "sup", class_="footnote")
        if (call.number, call.asterisk) in self.waiting and not self._in_note:
            self._in_note = True
            self._note(raised, call)
            self._in_note = False
        else:
            mark = self.locale.call_mark(call.number, self.document.digits, asterisk=call.asterisk)
            self.builder.add(raised, "ref", mark, href=f"#{identifier(call)}")

    def _note(self, element: Element, call: NoteCall) -> None:
        note = self.waiting.pop((call.number, call.asterisk))
        mark = self.locale.call_mark(call.number, self.document.digits, asterisk=call.asterisk)
        written = self.builder.add(element, "authorialNote", eId=identifier(call), marker=mark, placement="bottom")
        self.line(written, note.content)

    def _table_call(self, element: Element, ordinal: int) -> None:
        raised = self.builder.add(element, "sup", class_="footnote")
        href = f"#{self.table_notes[ordinal - 1]}"
        self.builder.add(raised, "ref", wording.table_note_mark(ordinal, self.locale), href=href)


def identifier(call: NoteCall | Note) -> str:
    """The identifier of a note."""
    return f"ftn_{'ast' if call.asterisk else ''}{call.number}"


def _dates(document: Document, locale: Locale) -> Iterator[tuple[Symbol, date]]:
    """The dates of resolutions that the text tells behind their numbers, where they can be theirs; the first last."""
    preface, notes = document.preface, (note.content for note in document.notes)
    texts = chain((preface.basis or (), preface.title), contents((document.body, document.annexes)), notes)
    for content in reversed(list(texts)):
        flat = [inline for inline in inlines(content) if isinstance(inline, Text | Reference)]
        for named, behind in pairwise(flat):
            if isinstance(named, Reference) and isinstance(behind, Text):
                day = patterns.find_date(behind.text[:_BESIDE], locale)
                if day and _can_be(named.target, day):
                    yield named.target, day


def _can_be(symbol: Symbol, day: date) -> bool:
    """Whether the resolution of that symbol can have been adopted on that day."""
    if not str(symbol).startswith(("A/RES/", "E/RES/")):
        return False
    try:
        return can_be_adopted_on(ResolutionNumber.parse(str(symbol)[6:]), day)
    except ValueError:
        return False
