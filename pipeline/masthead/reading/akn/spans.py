"""Inline elements of Akoma Ntoso into inline content."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from masthead.model import (
    Emphasis,
    Inline,
    Note,
    NoteCall,
    PageEnd,
    Reference,
    Strong,
    TableNoteCall,
    Text,
    inlines,
    joined,
    plain,
)
from masthead.reading.akn.vocabulary import CONCEPTS, OWN, SPACE, symbol_of
from masthead.reading.akn.xml import Element, Source
from masthead.terms import Symbol

TABLE_NOTES = "tableNotes"
"""The class of the paragraph that holds a table's notes."""

_BLANK = re.compile(r"[ \t\r\n]+")
_TO_COLLAPSE = re.compile(r"[\t\r\n]|  |^ | $")
_TRANSPARENT = ("docDate", "docTitle", "docNumber", "docProponent", "docCommittee", "docType", "session", "event",
                "inline", "placeholder")  # fmt: skip
_LOOKS: Mapping[str, type[Strong | Emphasis]] = {"bold": Strong, "italic": Emphasis}
_BLOCKS = ("p", "block", "td", "th", "num", "heading", "subheading", "crossHeading", "from", "li", "listIntroduction",
           "listWrapUp", "caption", "tocItem")  # fmt: skip
"""What text stands in that is apart from the text around it."""


def collapsed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return `content` as it is read without `xml:space="preserve"`: white space one space, none at its ends."""
    text = "".join(_text(inline) for inline in inlines(content))
    if not _TO_COLLAPSE.search(text):
        return content
    return joined(_Collapse(len(text.rstrip(" \t\r\n"))).content(content))


def spaced(contents: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Return what is not empty of `contents` as one, a space between each and the next."""
    parts = [part for content in contents if content for part in (Text(" "), *content)]
    return joined(parts[1:])


def call_label(call: NoteCall) -> str:
    """Return what a note is called by in records: its number, or its asterisks."""
    return "*" * call.number if call.asterisk else str(call.number)


def _text(inline: Inline) -> str:
    """The characters of a text, and one that stands for anything else that shows."""
    if isinstance(inline, Text | Reference):
        return inline.text
    return "" if isinstance(inline, Strong | Emphasis) else "\ufffc"


class _Collapse:
    """Collapses white space from inline to inline, up to the last of `length` characters that is none."""

    def __init__(self, length: int) -> None:
        self.left, self.behind_space = length, True

    def content(self, content: Iterable[Inline]) -> Iterator[Inline]:
        for inline in content:
            match inline:
                case Text(text):
                    yield Text(self.text(text))
                case Reference(text, target):
                    yield Reference(self.text(text), target)
                case Strong() | Emphasis():
                    yield type(inline)(tuple(self.content(inline.content)))
                case _:
                    self.left -= 1
                    self.behind_space = False
                    yield inline

    def text(self, text: str) -> str:
        kept = text[: max(self.left, 0)]
        self.left -= len(text)
        result = _BLANK.sub(" ", kept)
        if self.behind_space:
            result = result.removeprefix(" ")
        if result:
            self.behind_space = result.endswith(" ")
        return result


class Spans:
    """Reads inline content, knowing the notes of the whole file and the documents that it names."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._symbols = _symbols(source)
        self._calls: dict[Element, NoteCall] = {}
        taken: set[NoteCall] = set()
        highest = 0
        for element in notes_of(source.root, source.namespace):
            self._calls[element] = call = self._numbered(element, taken, highest + 1)
            taken.add(call)
            highest = highest if call.asterisk else max(highest, call.number)
        self.note_lines = {call: int(element.sourceline) for element, call in self._calls.items()}
        self._by_id: dict[str, NoteCall | TableNoteCall] = {_address(each): call for each, call in self._calls.items()}
        for line in source.root.iter(source.tag("p")):
            if line.get("class") == TABLE_NOTES:
                notes = source.children(line, "authorialNote")
                self._by_id.update((_address(note), TableNoteCall(place)) for place, note in enumerate(notes, 1))

    def read(self, element: Element | None) -> tuple[Inline, ...]:
        """Return what stands in `element`, in normal form."""
        if element is None:
            return ()
        content = joined(self._inlines(element))
        return content if self._preserves(element) else collapsed(content)

    def runs(self, element: Element, apart: Container[str]) -> Iterator[tuple[Inline, ...] | Element]:
        """Part what stands in `element`: its children of the names `apart`, and the content between them."""
        run: list[Inline] = [Text(element.text or "")]
        for child in (*element, None):
            if child is None or self.source.name(child) in apart:
                if content := collapsed(joined(run)):
                    yield content
                run = []
                if child is None:
                    return
                yield child
            else:
                run.extend(self._inline(child))
            run.append(Text(child.tail or ""))

    def text(self, element: Element | None) -> str:
        """Return the characters of `element` alone."""
        content = self.read(element)
        if element is not None and any(not isinstance(inline, Text) for inline in content):
            self.source.flatten(f"markup in <{self.source.name(element)}>", element)
        return plain(content)

    def printed_lines(self, element: Element) -> list[str]:
        """Return the lines of a closing, which others put into one paragraph: meeting and date are lines of their own.

        `Meeting <eol/> date` and `<event>meeting</event> <docDate>date</docDate>` are two lines each.
        """
        if len(element) == 1 and not len(element[0]) and not f"{element.text or ''}{element[0].tail or ''}".strip():
            return [self.text(element[0])]
        parts: list[list[Inline]] = [[]]
        self._part(element, parts)
        contents = (joined(part) for part in parts)
        found = (plain(content if self._preserves(element) else collapsed(content)) for content in contents)
        return list(filter(None, found))

    def _part(self, element: Element, parts: list[list[Inline]]) -> None:
        parts[-1].append(Text(element.text or ""))
        behind_event = False
        for child in element:
            name, tail = self.source.name(child), child.tail or ""
            if name in ("eol", "br") or (name == "docDate" and behind_event):
                parts.append([])
            if name in ("event", "location"):
                self._part(child, parts)
            elif name not in ("eol", "br"):
                parts[-1].extend(self._inline(child))
            behind_event = (name == "event" or behind_event) and not tail.strip()
            parts[-1].append(Text(tail))

    def joined(self, elements: Iterable[Element], what: str) -> tuple[Inline, ...]:
        """Return the content of several paragraphs as one."""
        told = [(element, content) for element in elements if (content := self.read(element))]
        if len(told) > 1:
            self.source.flatten(f"{what} of several paragraphs", told[0][0])
        return spaced(content for _, content in told)

    def notes(self) -> tuple[Note, ...]:
        """Return the notes of the file, in the order of identifiers that its metadata tell, else in their own."""
        order = next((str(each.get("order", "")).split() for each in self.source.root.iter(f"{{{OWN}}}notes")), [])
        places = {eid: place for place, eid in enumerate(order)}
        notes = []
        for element, call in sorted(self._calls.items(), key=lambda each: places.get(str(each[0].get("eId")), 0)):
            notes.append(Note(call.number, self.note(element), call.asterisk))
        return tuple(notes)

    def note(self, element: Element) -> tuple[Inline, ...]:
        """Return the text of an `authorialNote`."""
        if len(element) and all(self.source.name(child) in ("p", "block") for child in element):
            return self.joined(element, "a note")
        self.source.flatten("a note's structure", element)
        return collapsed(joined(self._inlines(element)))

    def called(self, element: Element) -> NoteCall:
        """Return the call that the `authorialNote` stands for."""
        return self._calls[element]

    # --- elements -----------------------------------------------------------------------------------------------------

    def _inlines(self, element: Element) -> Iterator[Inline]:
        if element.text:
            yield Text(element.text)
        for child in element:
            yield from self._inline(child)
            if child.tail:
                yield Text(child.tail)

    def _inline(self, element: Element) -> Iterator[Inline]:
        match self.source.name(element):
            case "b":
                yield Strong(tuple(self._inlines(element)))
            case "i":
                yield Emphasis(tuple(self._inlines(element)))
            case "span" if element.get("class") in _LOOKS:
                yield _LOOKS[str(element.get("class"))](tuple(self._inlines(element)))
            case "ref":
                yield from self._reference(element)
            case "sup":
                yield from self._raised(element)
            case "authorialNote":
                yield self.called(element)
            case "eop":
                yield PageEnd()
            case "eol" | "br" as name:
                self.source.leave_out(f"<{name}>", element)
                yield Text(" ")
            case "img" | "noteRef" | "marker" as name:
                self.source.leave_out(f"<{name}> in a paragraph", element)
            case name if name.startswith("{"):
                self.source.flatten(f"<{name.rpartition('}')[2]}>, which is another standard's", element)
                yield Text("".join(element.itertext()))
            case name:
                if name not in _TRANSPARENT:
                    self.source.flatten(f"<{name}>", element)
                ends = [Text(" ")] if name in _BLOCKS else []  # inside a structure that is quoted, say
                yield from (*ends, *self._inlines(element), *ends)

    def _reference(self, element: Element) -> Iterator[Inline]:
        href = str(element.get("href", ""))
        if call := self._by_id.get(href):
            yield call
            return
        target = next((self._symbols[each] for each in _ids(element) if each in self._symbols), None) or symbol_of(href)
        if target and not len(element):
            yield Reference(element.text or str(target), target)
            return
        self.source.flatten("references to something else than a document, or with markup in them", element)
        yield from self._inlines(element)

    def _raised(self, element: Element) -> Iterator[Inline]:
        names = {self.source.name(child) for child in element}
        if "authorialNote" in names or any(child.get("href") in self._by_id for child in element):
            for child in element:
                yield from self._inline(child)
            return
        self.source.flatten("<sup>", element)
        yield from self._inlines(element)

    def _preserves(self, element: Element) -> bool:
        for each in (element, *element.iterancestors()):
            if space := each.get(SPACE):
                return bool(space == "preserve")
        return False

    # --- notes --------------------------------------------------------------------------------------------------------

    def _numbered(self, element: Element, taken: set[NoteCall], free: int) -> NoteCall:
        """The call of a note by its marker; by the next `free` number where that says none, or one that is taken."""
        marker = str(element.get("marker", "")).strip()
        digits = re.fullmatch(r"\W{0,2}(\d{1,4})\W{0,2}", marker)
        if marker and not marker.strip("*"):
            call = NoteCall(len(marker), asterisk=True)
        elif digits and int(digits[1]):
            call = NoteCall(int(digits[1]))
        else:
            call = NoteCall(0)
        if call.number and call not in taken:
            return call
        self.source.flatten("a note's marker that is no number of its own", element)
        return NoteCall(free)


def _address(element: Element) -> str:
    return f"#{element.get('eId')}"


def _ids(element: Element) -> list[str]:
    """The identifiers that `@refersTo` names."""
    return [each.removeprefix("#") for each in str(element.get("refersTo", "")).split()]


def notes_of(root: Element, namespace: str) -> Iterator[Element]:
    """The notes of a file that are no table's."""
    for note in root.iter(f"{{{namespace}}}authorialNote"):
        parent = note.getparent()
        if parent is None or parent.get("class") != TABLE_NOTES:
            yield note


def concept(element: Element) -> str:
    """The concept of ours that an element refers to; empty where it refers to none."""
    named = (each.rpartition("__")[2] for each in _ids(element))
    return next((name for name in named if name in CONCEPTS), "")


def _symbols(source: Source) -> Mapping[str, Symbol]:
    """The documents that the metadata name, by identifier."""
    symbols = {}
    for reference in source.root.iter(source.tag("TLCReference")):
        try:
            symbols[str(reference.get("eId"))] = Symbol.parse(str(reference.get("showAs")))
        except ValueError:
            continue
    return symbols
