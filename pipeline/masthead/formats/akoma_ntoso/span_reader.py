"""Inline elements of Akoma Ntoso into inline content."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace

from masthead.document import (
    Emphasis,
    Fit,
    Hyperlink,
    Inline,
    LineEnd,
    Lowered,
    Note,
    PageEnd,
    ParagraphEnd,
    Raised,
    Reference,
    Strong,
    Symbol,
    Tab,
    Text,
    join_paragraphs,
    joined,
    plain,
)
from masthead.formats.akoma_ntoso.iris import symbol_of
from masthead.formats.akoma_ntoso.notes import NoteCalls
from masthead.formats.akoma_ntoso.source import AknSource, Element
from masthead.formats.akoma_ntoso.spacing import collapsed, laid_out, spaced
from masthead.formats.akoma_ntoso.vocabulary import CONCEPTS, FIT, LABEL, OWN, PARAGRAPH_END, TAB, XML_SPACE
from masthead.formats.links import linked

_TRANSPARENT = ("docDate", "docStatus", "docTitle", "docNumber", "docProponent", "docCommittee", "docType", "session",
                "event", "inline", "placeholder")  # fmt: skip
_LOOKS: Mapping[str, type[Strong | Emphasis]] = {"bold": Strong, "italic": Emphasis, "b": Strong, "i": Emphasis}
_PARENTHESES = re.compile(r"[()\s\u200e\u200f]*")
_BLOCKS = ("p", "block", "td", "th", "num", "heading", "subheading", "crossHeading", "from", "li", "listIntroduction",
           "listWrapUp", "caption", "tocItem")  # fmt: skip
"""Elements whose text is separate from the text around them."""


class AknSpanReader:
    """Reads inline content. It knows the notes of the whole file, and the documents that its metadata name."""

    def __init__(self, source: AknSource) -> None:
        self.source = source
        self._symbols = _symbols(source)
        self.calls = NoteCalls(source)

    def read(self, element: Element | None) -> tuple[Inline, ...]:
        """Return the content of `element` in normal form."""
        if element is None:
            return ()
        content = self.raw(element)
        return content if self._preserves_space(element) else collapsed(content)

    def raw(self, element: Element) -> tuple[Inline, ...]:
        """Return the content of `element` with all its white space."""
        content = joined(self._inlines(element))
        return content if self.source.is_ours else laid_out(tuple(self._rejoined(content, element)))

    def _preserves_space(self, element: Element) -> bool:
        # Other programs state that white space is to be preserved and lay out with tabs and line ends all the same.
        return self.source.is_ours and _preserves_space(element)

    def runs(self, element: Element, separate: Container[str]) -> Iterator[tuple[Inline, ...] | Element]:
        """Yield the children of `element` whose names are in `separate`, and the content between them."""
        run: list[Inline] = [Text(element.text or "")]
        for child in (*element, None):
            if child is None or child.tag in separate:
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
        """Return only the characters of `element`."""
        content = self.read(element)
        if element is not None and any(not isinstance(inline, Text) for inline in content):
            self.source.note_flattened(f"markup in <{element.tag}>", element)
        return plain(content)

    def closing_lines(self, element: Element) -> list[str]:
        """Return the lines of a closing, where other programs put meeting and date into one paragraph.

        `Meeting <eol/> date` and `<event>meeting</event> <docDate>date</docDate>` are two lines each.
        """
        if len(element) == 1 and not len(element[0]) and not f"{element.text or ''}{element[0].tail or ''}".strip():
            return [self.text(element[0])]
        parts: list[list[Inline]] = [[]]
        self._divide(element, parts)
        contents = (joined(part) for part in parts)
        found = (plain(content if self._preserves_space(element) else collapsed(content)) for content in contents)
        return list(filter(None, found))

    def _divide(self, element: Element, parts: list[list[Inline]]) -> None:
        """Add the content of `element` to the last of `parts`, and begin a new part where a line ends."""
        parts[-1].append(Text(element.text or ""))
        after_event = False
        for child in element:
            is_break, tail = child.tag in ("eol", "br"), child.tail or ""
            if is_break or (child.tag == "docDate" and after_event):
                parts.append([])
            if child.tag in ("event", "location"):
                self._divide(child, parts)
            elif not is_break:
                parts[-1].extend(self._inline(child))
            after_event = (child.tag == "event" or after_event) and not tail.strip()
            parts[-1].append(Text(tail))

    def joined(self, elements: Iterable[Element], what: str) -> tuple[Inline, ...]:
        """Return the content of several paragraphs as one; `what` they are together is noted."""
        filled = [(element, content) for element in elements if (content := self.read(element))]
        if len(filled) > 1:
            self.source.note_flattened(f"{what} of several paragraphs", filled[0][0])
        return spaced(content for _, content in filled)

    def paragraphs(self, elements: Iterable[Element]) -> tuple[Inline, ...]:
        """Return the content of several paragraphs of a note or a cell."""
        return join_paragraphs(map(self.read, elements))

    def notes(self) -> tuple[Note, ...]:
        """Return the notes of the file in their order."""
        return tuple(Note(call.number, self.note(element), call.asterisk) for element, call in self.calls.in_order())

    def note(self, element: Element) -> tuple[Inline, ...]:
        """Return the text of an `authorialNote`."""
        if len(element) and all(child.tag in ("p", "block") for child in element):
            return self.paragraphs(element)
        self.source.note_flattened("the structure of a note", element)
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
        match element.tag:
            case "b" | "i" as name:
                yield from self._look(element, (name,))
            case "span" if set(names := str(element.get("class")).split()) <= set(_LOOKS):
                yield from self._look(element, sorted(names))
            case "a":
                yield from self._link(element)
            case "ref":
                yield from self._reference(element)
            case "sup":
                yield from self._superscript(element)
            case "authorialNote" if call := self.calls.of(element):
                yield call
            case "authorialNote":
                self.source.note_loss("a note of a table, in a text that is not below one", element)
            case "eop":
                yield PageEnd()
            case "marker" if element.get("name") == FIT:
                yield Fit.read({part.name: str(element.get(f"{{{OWN}}}{part.name}", "")) for part in fields(Fit)})
            case "marker" if element.get("name") == TAB and (at := element.get(f"{{{OWN}}}at")):
                yield Tab.read(at)
            case "eol" if element.get("class") == PARAGRAPH_END:
                yield ParagraphEnd()
            case "eol" | "br":
                yield LineEnd()
            case "sub" if not len(element):
                yield Lowered(element.text or "")
            case "img" | "noteRef" | "marker" as name:
                self.source.note_loss(f"<{name}> in a paragraph", element)
            case name if name.startswith("{"):
                self.source.note_flattened(f"<{name.rpartition('}')[2]}> of another standard", element)
                yield Text("".join(element.itertext()))
            case name:
                if name not in _TRANSPARENT:
                    self.source.note_flattened(f"<{name}>", element)
                ends = [Text(" ")] if name in _BLOCKS else []  # inside a quoted structure, for example
                yield from (*ends, *self._inlines(element), *ends)

    def _look(self, element: Element, names: Iterable[str]) -> Iterator[Inline]:
        """Yield the content of bold or italic text: bold is outside italic, and white space at the ends has no look."""
        content: Iterable[Inline] = self._inlines(element)
        for name in reversed([*names]):
            content = (_LOOKS[name](tuple(content)),)
        yield from content

    def _link(self, element: Element) -> Iterator[Inline]:
        """Yield a link with its text. A link without text is left out; in our own files white space is a text."""
        text, address = "".join(element.itertext()), str(element.get("href", ""))
        if (call := self.calls.at(address)) and not element.get(LABEL):
            yield call
            return
        name = element.get(LABEL)
        link = Hyperlink(text, f"#{name}") if name else linked(text, address)
        if not (text if self.source.is_ours else text.strip()):
            self.source.note_oddity("a link without text, which is left out", element)
            yield Text(text)
        elif link is None or any(child.tag not in ("span", "b", "i") for child in element):
            self.source.note_flattened("a link with markup, or without an address", element)
            yield from self._inlines(element)
        else:
            if isinstance(link, Hyperlink) and not self.source.is_ours:
                self.source.note_oddity("a link to another page than that of a document", element)
            yield from _within(link, joined(self._inlines(element)))

    def _rejoined(self, content: Iterable[Inline], element: Element) -> Iterator[Inline]:
        """Yield `content` with the parts of one link joined: some files divide a link into two or three."""
        link: Reference | Hyperlink | None = None
        space = ""
        for inline in (*content, None):
            if isinstance(inline, Text) and link and not space and not inline.text.strip():
                space = inline.text
                continue
            if isinstance(inline, Reference | Hyperlink) and link and _address(link) == _address(inline):
                self.source.note_oddity("a link in several parts, which are joined", element)
                link, space = replace(link, text=link.text + space + inline.text), ""
                continue
            if link:
                yield link
            if space:
                yield Text(space)
            link, space = None, ""
            if isinstance(inline, Reference | Hyperlink):
                link = inline
            elif isinstance(inline, Strong | Emphasis):
                yield type(inline)(tuple(self._rejoined(inline.content, element)))
            elif inline is not None:
                yield inline

    def _reference(self, element: Element) -> Iterator[Inline]:
        href = str(element.get("href", ""))
        if call := self.calls.at(href):
            yield call
            return
        named = (self._symbols[each] for each in _identifiers(element) if each in self._symbols)
        target = next(named, None) or symbol_of(href)
        if target and not len(element):
            yield Reference(element.text or str(target), target)
            return
        self.source.note_flattened("a reference with markup, or not to a document", element)
        yield from self._inlines(element)

    def _superscript(self, element: Element) -> Iterator[Inline]:
        if any(child.tag == "authorialNote" or self.calls.at(str(child.get("href"))) for child in element):
            for child in element:
                yield from self._inline(child)
            return
        text = "".join(element.itertext())
        if len(element):
            self.source.note_flattened("markup in raised text", element)
        if not text.strip() or not (_PARENTHESES.fullmatch(text) and self._is_at_call(element)):
            yield Raised(text)

    def _is_at_call(self, element: Element) -> bool:
        """Return whether raised parentheses are those of the note call beside them, which the page prints again."""
        beside = [each for each in (element.getprevious(), element.getnext()) if each is not None]
        return any(find_note(each) for each in beside)


def find_note(element: Element) -> bool:
    """Return whether an element is or has a note."""
    return next(element.iter("authorialNote"), None) is not None


def _within(link: Reference | Hyperlink, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the link in the look of its whole content: a link has text only, so the look goes around it."""
    match content:
        case (Strong() | Emphasis() as look,):
            return (type(look)(_within(link, look.content)),)
        case _:
            return (link,)


def _address(link: Reference | Hyperlink) -> str:
    """Return where a link leads."""
    return link.address or (link.target.address if isinstance(link, Reference) else "")


def _preserves_space(element: Element) -> bool:
    for each in (element, *element.iterancestors()):
        if space := each.get(XML_SPACE):
            return bool(space == "preserve")
    return False


def concept(element: Element) -> str:
    """Return the concept of ours that an element refers to, empty if there is none."""
    named = (each.rpartition("__")[2] for each in _identifiers(element))
    return next((name for name in named if name in CONCEPTS), "")


def _identifiers(element: Element) -> list[str]:
    return [each.removeprefix("#") for each in str(element.get("refersTo", "")).split()]


def _symbols(source: AknSource) -> Mapping[str, Symbol]:
    """Return the documents that the metadata name, by identifier."""
    symbols = {}
    for reference in source.root.iter("TLCReference"):
        with suppress(ValueError):
            symbols[str(reference.get("eId"))] = Symbol.parse(str(reference.get("showAs")))
    return symbols
