"""Inline elements of Akoma Ntoso into inline content."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from masthead.document import Emphasis, Inline, Note, PageEnd, Reference, Strong, Symbol, Text, joined, plain
from masthead.formats.akoma_ntoso.calls import Calls
from masthead.formats.akoma_ntoso.spacing import collapsed, spaced
from masthead.formats.akoma_ntoso.vocabulary import CONCEPTS, SPACE, symbol_of
from masthead.formats.akoma_ntoso.xml import Element, Source

_TRANSPARENT = ("docDate", "docTitle", "docNumber", "docProponent", "docCommittee", "docType", "session", "event",
                "inline", "placeholder")  # fmt: skip
_LOOKS: Mapping[str, type[Strong | Emphasis]] = {"bold": Strong, "italic": Emphasis}
_BLOCKS = ("p", "block", "td", "th", "num", "heading", "subheading", "crossHeading", "from", "li", "listIntroduction",
           "listWrapUp", "caption", "tocItem")  # fmt: skip
"""What text stands in that is apart from the text around it."""


class Spans:
    """Reads inline content, knowing the notes of the whole file and the documents that it names."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._symbols = _symbols(source)
        self.calls = Calls(source)

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
        """Return the notes of the file, in the order that its metadata tell, else in their own."""
        found = self.calls.in_order()
        return tuple(Note(call.number, self.note(element), call.asterisk) for element, call in found)

    def note(self, element: Element) -> tuple[Inline, ...]:
        """Return the text of an `authorialNote`."""
        if len(element) and all(self.source.name(child) in ("p", "block") for child in element):
            return self.joined(element, "a note")
        self.source.flatten("a note's structure", element)
        return collapsed(joined(self._inlines(element)))

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
                yield self.calls.of(element)
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
        if call := self.calls.named(href):
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
        if "authorialNote" in names or any(self.calls.named(str(child.get("href"))) for child in element):
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


def _ids(element: Element) -> list[str]:
    """The identifiers that `@refersTo` names."""
    return [each.removeprefix("#") for each in str(element.get("refersTo", "")).split()]


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
