"""The hierarchy of an Akoma Ntoso body into the blocks of a document, which stand one behind the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from masthead.document import (
    Block,
    Box,
    Contents,
    DocumentType,
    Emphasis,
    Heading,
    Inline,
    Item,
    Locale,
    Paragraph,
    Part,
    Role,
    Text,
    Vote,
    joined,
    patterns,
)
from masthead.formats.akoma_ntoso.figures import read_figures
from masthead.formats.akoma_ntoso.spacing import spaced
from masthead.formats.akoma_ntoso.spans import Spans, concept
from masthead.formats.akoma_ntoso.tables import read_table
from masthead.formats.akoma_ntoso.units import Unit
from masthead.formats.akoma_ntoso.vocabulary import HEADINGS, OWN, ROLES, SIDES, implied
from masthead.formats.akoma_ntoso.xml import Element, Source
from masthead.formats.itemization import Marks, counted_marks, part_heading

_DIVISIONS = (*HEADINGS, "part", "book", "tome", "article", "subchapter", "subpart", "subsection", "subtitle", "tblock")
_LISTS = ("list", "blockList", "sublist", "ul", "ol")
_ITEMS = ("point", "indent", "item", "li")
_UNITS = ("paragraph", "alinea", "clause", "subclause", "subparagraph", "rule", "subrule", "proviso", "transitional")
_WRAPPERS = ("content", "intro", "wrapUp", "container", "blockContainer", "div", "recitals", "citations", "recital",
             "citation")  # fmt: skip
_MARKS = ("num", "heading", "subheading")
_LINES = ("p", "block", "listIntroduction", "listWrapUp")


class Blocks:
    """Reads the bodies of a document of that kind, or of its annexes."""

    def __init__(
        self, source: Source, spans: Spans, locale: Locale, kind: DocumentType, *, annex: bool = False
    ) -> None:
        self.source, self.spans, self.locale, self.kind = source, spans, locale, kind
        self.marks = Marks(locale)
        self.degrees, self.letters = (len(locale.word("marks", key)) for key in ("item", "letters"))
        self.deliberative = kind in (DocumentType.RESOLUTION, DocumentType.DRAFT) and not annex

    def preamble(self, element: Element | None) -> Iterator[Block]:
        """The enacting formula and the preambular paragraphs."""
        for child in self.source.children(element):
            role = Role.FORMULA if self.source.name(child) == "formula" else Role.PREAMBULAR
            yield from self._own(child, self._gather(child, Unit(role)), None)

    def body(self, element: Element | None, depth: int = 0) -> Iterator[Block]:
        """The blocks in an element, headings in it below `depth` others."""
        for child in self.source.children(element):
            yield from self._block(child, depth)

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _block(self, element: Element, depth: int) -> Iterator[Block]:
        match self.source.name(element):
            case name if name in _MARKS:
                pass
            case "hcontainer":
                yield from self._named(element, depth)
            case name if name in _DIVISIONS and self._opens(element):
                yield from self._division(element, name, depth)
            case "crossHeading":
                yield from self._cross_heading(element, depth)
            case name if name in _UNITS or name in _DIVISIONS or name in _ITEMS:
                yield from self._paragraph(element, name)
            case name if name in (*_LINES, *_LISTS, *_WRAPPERS):
                unit = self._gather(element, Unit(self._role(element, "alinea", None)))
                yield from self._own(element, unit, None)
            case "table":
                yield read_table(element, self.source, self.spans)
            case "toc":
                self.source.leave_out("what a table of contents lists, which is made anew", element)
                items = self.source.children(element, "tocItem")
                levels = [self.source.number(item, "level", 1, len(HEADINGS)) for item in items]
                yield Contents(max(levels, default=2))
            case "componentRef" | "documentRef" as name:
                self.source.leave_out(f"<{name}>, another document", element)
            case name:
                self.source.flatten(f"<{name}>", element)
                if content := self.spans.read(element):
                    yield Paragraph(self._role(element, "alinea", None), content)

    def _named(self, element: Element, depth: int) -> Iterator[Block]:
        """A container whose name says what it is, where it holds that alone; else what stands in it."""
        name, inner = element.get("name"), self._inner(element)
        inside = [self.source.name(child) for child in inner]
        if name == "box":
            num, title = self._text(element, "num"), self._heading(element)
            yield Box(self._behind(num, title, element) if num else title, tuple(self.body(element, depth)))
        elif name == "table" and inside in (["table"], ["table", "p"]):
            number, caption = self._numbered(element, "table")
            table = read_table(inner[0], self.source, self.spans)
            yield replace(table, caption=caption, ordinal=number)
        elif name == "figure" and inside == ["p"] and len(inner[0]) == 1 and not self._has_text(inner[0]):
            number, caption = self._numbered(element, "figure")
            (figure,) = read_figures(inner[0], self.source)
            yield replace(figure, caption=caption, ordinal=number)
        elif name == "vote" and [concept(line) for line in inner] == list(SIDES):
            yield Vote(*(tuple(map(self.spans.text, self.source.children(line, "inline"))) for line in inner))
        elif name == "contents" and inside == ["p"] and self.source.find(inner[0], "placeholder") is not None:
            placeholder = self.source.find(inner[0], "placeholder")
            yield Contents(self.source.number(placeholder, f"{{{OWN}}}depth", 2, 999))
        elif self._opens(element):
            yield from self._division(element, "hcontainer", depth)
        else:
            yield from self._paragraph(element, "hcontainer")

    def _inner(self, element: Element) -> list[Element]:
        """What stands in the content of an element that holds no more than it, a number and a heading."""
        names = [self.source.name(child) for child in element]
        return list(element[-1]) if names[-1:] == ["content"] and set(names[:-1]) <= set(_MARKS) else []

    def _numbered(self, element: Element, key: str) -> tuple[int | None, tuple[Inline, ...]]:
        """Number and caption of a table or a figure."""
        num, caption = self._text(element, "num"), self._heading(element)
        number = counted_marks(self.locale, "tables", key).get(num)
        return number, self._behind(num, caption, element) if num and number is None else caption

    def _division(self, element: Element, name: str, depth: int) -> Iterator[Block]:
        num, content = self._text(element, "num"), self._heading(element)
        if not num and not content and self.source.find(element, "heading") is None:  # it divides without a word
            yield from self.body(element, depth)
            return
        if name == "part":
            letter = counted_marks(self.locale, "marks", "part").get(num)
            if letter:
                self.source.record.paragraphs.clear()
                yield Part(letter, content)
                yield from self.body(element, 0)
                return
        level = self.source.number(element, f"{{{OWN}}}level", min(depth + 1, len(HEADINGS)), len(HEADINGS))
        ordinal, rest = part_heading(num, level, self.kind, self.locale) if num else (None, "")
        if rest:
            ordinal, content = None, self._behind(num, content, element)
        yield Heading(level, content, ordinal)
        yield from self.body(element, depth + 1)

    def _cross_heading(self, element: Element, depth: int) -> Iterator[Block]:
        if role := ROLES.get(concept(element)):
            yield Paragraph(role, self.spans.read(element))
        else:
            yield Heading(min(depth + 1, len(HEADINGS)), self.spans.read(element))

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _paragraph(self, element: Element, name: str) -> Iterator[Block]:
        num = self._text(element, "num")
        found = re.fullmatch(r"\W{0,2}(\d{1,4})[\W_]{0,3}", num)
        number = int(found[1]) if found else None
        unit = self._gather(element, Unit(self._role(element, name, number)), marked=True)
        if number is not None:
            self.source.record.paragraph(number, element.sourceline)
        self._head(element, unit, "a paragraph", num if number is None else "")
        yield from self._own(element, unit, number)

    def _own(self, element: Element, unit: Unit, number: int | None) -> Iterator[Block]:
        if unit.items and not unit.content and number is None:
            self.source.flatten("sub-paragraphs of no paragraph", element)
            yield from self._alone(unit.items, unit.role, 1)
        elif unit.content or unit.items or number is not None:
            yield Paragraph(unit.role, unit.content, number, tuple(unit.items))
        yield from unit.behind

    def _alone(self, items: Iterable[Item], role: Role, degree: int) -> Iterator[Paragraph]:
        """Sub-paragraphs that belong to no paragraph: paragraphs, with their marks."""
        for item in items:
            mark = self.locale.item_mark(item.ordinal, degree, self.locale.language.digits)
            yield Paragraph(role, joined((Text(f"{mark} "), *item.content)))
            yield from self._alone(item.items, role, degree + 1)

    def _gather(self, element: Element, unit: Unit, *, marked: bool = False) -> Unit:
        """Add what stands in `element` to `unit`. `marked` says that its number and heading are read already."""
        name = self.source.name(element)
        if name in _LINES or (name in _WRAPPERS and element.text and element.text.strip()):
            self._say(element, unit)
            return unit
        for part in self.spans.runs(element, (*_LINES, *_LISTS)) if name == "li" else element:
            if isinstance(part, tuple):
                self._add(part, element, unit)
            elif (name := self.source.name(part)) in _MARKS:
                if not marked:
                    self._say(part, unit)
            elif name in (*_LINES, *_WRAPPERS, *_LISTS) or (unit.degree and self._is_bare(part)):
                self._gather(part, unit)
            elif name in _ITEMS:
                self._add_item(part, unit)
            else:
                unit.behind.extend(self._block(part, 0))
        return unit

    def _say(self, element: Element, unit: Unit) -> None:
        """Add one line, of text or of pictures."""
        content = self.spans.read(element) if self._has_text(element) else ()
        if content:
            self._add(content, element, unit)
        else:
            unit.behind.extend(read_figures(element, self.source))

    def _add(self, content: tuple[Inline, ...], element: Element, unit: Unit) -> None:
        """Add text behind all there is."""
        self._tell_order(element, unit)
        if what := unit.say(content):
            self.source.flatten(what, element)

    def _tell_order(self, element: Element, unit: Unit) -> None:
        if unit.degree and unit.behind:
            what = "the place of a block amid sub-paragraphs: the order has changed, it stands behind them"
            self.source.leave_out(what, element)

    def _is_bare(self, element: Element) -> bool:
        """Whether an element is a paragraph without number, which a sub-paragraph has no place for but as its text."""
        return self.source.name(element) in _UNITS and self.source.find(element, "num") is None

    def _has_text(self, element: Element) -> bool:
        """Whether a line is more than pictures."""
        pictures = [child for child in element if self.source.name(child) == "img"]
        return len(pictures) < len(element) or not pictures or bool("".join(element.itertext()).strip())

    def _add_item(self, element: Element, outer: Unit) -> None:
        """Add a sub-paragraph to what was said last; as text where it can have no mark there."""
        mark, degree = self._text(element, "num"), outer.degree + 1
        before, marked = outer.listed(), self.marks.ordinal(patterns.fold(mark), degree)
        ordinal = marked or (before[-1].ordinal + 1 if before else 1)
        if before is None or degree > self.degrees or ordinal > self.letters:
            self.source.flatten("a sub-paragraph that can have no mark", element)
            self._add(self.spans.read(element), element, outer)
            return
        self._tell_order(element, outer)
        unit = self._gather(element, Unit(outer.role, degree), marked=True)
        self._head(element, unit, "a sub-paragraph", "" if marked else mark)
        if not mark:
            self.source.leave_out("that a sub-paragraph has no mark: it gets that of its place", element)
        outer.add(Item(ordinal, unit.content, tuple(unit.items)), unit.behind)

    def _head(self, element: Element, unit: Unit, what: str, mark: str) -> None:
        """Put heading, and before it a mark that is none of ours, before the text of a unit."""
        if title := self._heading(element):
            self.source.flatten(f"{what}'s heading", element)
            unit.content = spaced(((Emphasis(title),), unit.content))
        if mark:
            unit.content = self._behind(mark, unit.content, element)

    # --- what elements say --------------------------------------------------------------------------------------------

    def _role(self, element: Element, name: str, number: int | None) -> Role:
        given = ROLES.get(concept(element))
        return given or implied(numbered=number is not None, element=name, deliberative=self.deliberative)

    def _opens(self, element: Element) -> bool:
        """Whether an element is a division with a heading, and no paragraph that the standard calls otherwise."""
        return self.source.find(element, "heading") is not None or self.source.find(element, "content") is None

    def _text(self, element: Element, name: str) -> str:
        return self.spans.text(self.source.find(element, name))

    def _heading(self, element: Element) -> tuple[Inline, ...]:
        return self.spans.joined(self.source.children(element, "heading", "subheading"), "a heading")

    def _behind(self, mark: str, content: Iterable[Inline], element: Element) -> tuple[Inline, ...]:
        """Put a mark that is none of ours before the text itself."""
        self.source.flatten("a number that is none of this place", element)
        return joined((Text(f"{mark} "), *content))
