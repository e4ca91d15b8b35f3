"""The hierarchy of an Akoma Ntoso body into the blocks of a document, which are a flat sequence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from masthead.document import WESTERN, Digits, DocumentType, Locale, model
from masthead.formats.akoma_ntoso.loose_items import gathered
from masthead.formats.akoma_ntoso.marks import MAX_DEGREE, ItemMaker, typed_mark
from masthead.formats.akoma_ntoso.paragraph_draft import ParagraphDraft
from masthead.formats.akoma_ntoso.source import AknSource, Element, children, find
from masthead.formats.akoma_ntoso.spacing import collapsed, spaced
from masthead.formats.akoma_ntoso.span_reader import AknSpanReader, concept
from masthead.formats.akoma_ntoso.table_reader import figures_in, lines_below, read_table
from masthead.formats.akoma_ntoso.vocabulary import (
    BODIES,
    BOX_INDENT,
    DEPTH,
    DIVISIONS,
    INLINES,
    LEVEL,
    LISTS_PARAGRAPHS,
    REMARK,
    ROLES,
    TABLE_NOTES,
    VOTE_SIDES,
    implied_role,
)
from masthead.formats.itemization import counted_marks, out_of_order, read_number, split_counted, split_heading

_ALL_DIVISIONS = (*DIVISIONS, "part", "book", "tome", "article", "subchapter", "subpart", "subsection", "subtitle",
                  "tblock")  # fmt: skip
_LISTS = ("list", "blockList", "sublist", "ul", "ol")
_ITEMS = ("point", "indent", "item", "li")
_PARAGRAPHS = ("paragraph", "alinea", "clause", "subclause", "subparagraph", "rule", "subrule", "proviso",
               "transitional")  # fmt: skip
_WRAPPERS = ("content", "intro", "wrapUp", "container", "blockContainer", "div", "recitals", "citations", "recital",
             "citation")  # fmt: skip
_HEADS = ("num", "heading", "subheading")
_CLASSES = {"HCh": 2, "TitleH2": 2, "H1": 2, "H2": 3, "H3": 3, "H23": 3, "H4": 4, "H5": 5, "H56": 5, "H6": 6}
"""The levels of headings by the class of their paragraphs, in files of the United Nations."""
_MAX_TYPED_HEADING = 120  # characters of a heading that has only its look
_ENDS = re.compile(r"[.;:,؛،。；：，…]\W{0,3}$")
_PART = re.compile("[A-Z]|[IVX]+")
"""The heading of a part that has no title."""
_LINES = ("p", "block", "listIntroduction", "listWrapUp")


_SECTIONED = re.compile(r"([A-Z]{1,8}|\d{1,4})[.-](\d{1,4})\.?")
"""The number of a paragraph after that of its section: `10.1`."""


def _are_below(lines: Iterable[Element]) -> bool:
    """Return whether lines are the remarks and notes below a table or a figure."""
    return all(line.tag == "p" and line.get("class") in (REMARK, TABLE_NOTES) for line in lines)


class AknBlockReader:
    """Reads the bodies of a document of this kind, or of its annexes."""

    def __init__(
        self,
        source: AknSource,
        spans: AknSpanReader,
        locale: Locale,
        kind: DocumentType,
        digits: Digits,
        *,
        annex: bool = False,
    ) -> None:
        self.source, self.spans, self.locale, self.kind, self.digits = source, spans, locale, kind, digits
        self._maker = ItemMaker(locale, digits)
        self._annex = annex
        self._typed: dict[Element, model.Content] = {}  # lines after a mark that is typed into them
        self._deliberative = kind.like in (DocumentType.RESOLUTION, DocumentType.DRAFT) and not annex

    def preamble(self, element: Element | None) -> Iterator[model.Block]:
        """Yield the enacting formula and the preambular paragraphs."""
        for child in children(element):
            role = model.Role.FORMULA if child.tag == "formula" else model.Role.PREAMBULAR
            draft = ParagraphDraft(role)
            if child.tag in INLINES:
                self._add_line(child, draft)
            else:
                self._gather(child, draft)
            yield from self._drafted(child, draft, None)

    def body(self, element: Element | None, depth: int = 0) -> Iterable[model.Block]:
        """Return the blocks in an element that is inside `depth` divisions."""
        blocks = chain.from_iterable(self._read_part(part, depth) for part in self._parts(element))
        if self.source.is_ours:
            return blocks

        def note() -> None:
            self.source.note_oddity("a subparagraph as a paragraph of its own", element)

        return gathered(blocks, self._maker, note)

    def _read_part(self, part: Element | model.Content, depth: int) -> Iterable[model.Block]:
        """Return the blocks of a part of a body: an element, or text outside of any paragraph."""
        if not isinstance(part, tuple):
            return self._block(part, depth)
        return (model.Paragraph(implied_role(numbered=False, element="", deliberative=self._deliberative), part),)

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _block(self, element: Element, depth: int) -> Iterator[model.Block]:
        match element.tag:
            case name if name in _HEADS:  # those of divisions and paragraphs are read with them
                if element.getparent().tag in BODIES and (content := self.spans.read(element)):
                    self.source.note_flattened(f"<{name}> of a body", element)
                    yield model.Heading(_CLASSES["H1"], content)
            case name if name in ("paragraph", "container") and (heading := self._typed_heading(element)):
                if _PART.fullmatch(f"{heading.mark or ''}{model.plain(heading.content)}".strip(". ")):
                    self.source.record.paragraphs.clear()  # the parts of older resolutions are numbered from 1 each
                yield heading
            case name if not self.source.is_ours and name in ("paragraph", "p") and self._is_ornament(element):
                yield model.Ornament(spaced(map(self.spans.read, element.iter("p"))))
            case "hcontainer":
                yield from self._named(element, depth)
            case name if name in _ALL_DIVISIONS and self._has_division_form(element):
                yield from self._division(element, depth)
            case "crossHeading":
                yield from self._cross_heading(element, depth)
            case name if name in (*_PARAGRAPHS, *_ALL_DIVISIONS, *_ITEMS):
                yield from self._paragraph(element)
            case name if name in (*_LINES, *_LISTS, *_WRAPPERS):
                draft = ParagraphDraft(self._role(element, "alinea", None))
                yield from self._drafted(element, self._gather(element, draft), None)
            case "table":
                yield read_table(element, self.source, self.spans)
            case "toc":
                self.source.note_loss("the entries of a table of contents, which is made again", element)
                items = children(element, "tocItem")
                levels = [self.source.number(item, "level", 1, len(DIVISIONS)) for item in items]
                yield model.Contents(max(levels, default=2))
            case "componentRef" | "documentRef" as name:
                self.source.note_loss(f"<{name}>, another document", element)
            case name:
                self.source.note_flattened(f"<{name}>", element)
                if any(child.tag not in INLINES and child.tag[0] != "{" for child in element):  # speeches, scenes
                    yield from self.body(element, depth)
                elif content := self.spans.read(element):
                    yield model.Paragraph(self._role(element, "alinea", None), content)

    def _named(self, element: Element, depth: int) -> Iterator[model.Block]:
        """Read a container by its name if it holds nothing else, or else by what is in it."""
        name, inner = element.get("name"), self._inner(element)
        tags = [child.tag for child in inner]
        if name == "ornament" and tags == ["p"]:
            yield model.Ornament(self.spans.read(inner[0]))
        elif name == "box":
            num, title = self._text(element, "num"), self._heading(element)
            title = self._after_mark(num, title, element) if num else title
            indent = self.source.number(element, BOX_INDENT, 0, 9999) if element.get(BOX_INDENT) else 0
            yield model.Box(title, tuple(self.body(element, depth)), indent)
        elif name == "table" and tags[:1] == ["table"] and _are_below(inner[1:]):
            table = read_table(inner[0], self.source, self.spans)
            yield replace(table, caption=self._caption(element, "table"))
        elif (
            name == "figure"
            and tags[:1] == ["p"]
            and _are_below(inner[1:])
            and len(inner[0]) == 1
            and not self._has_text(inner[0])
        ):
            remarks, notes = lines_below(inner[0], self.spans)
            for figure in figures_in(inner[0], self.source):
                yield replace(figure, caption=self._caption(element, "figure"), remarks=remarks, notes=notes)
        elif name == "vote" and [concept(line) for line in inner] == list(VOTE_SIDES):
            yield model.Vote(*(tuple(map(self.spans.text, children(line, "inline"))) for line in inner))
        elif name == "contents" and tags == ["p"] and (placeholder := find(inner[0], "placeholder")) is not None:
            paragraphs = placeholder.get(LISTS_PARAGRAPHS) == "true"
            yield model.Contents(self.source.number(placeholder, DEPTH, 2, 999), paragraphs)
        elif name == "layout" and tags == ["p"] and (placeholder := find(inner[0], "placeholder")) is not None:
            way, columns, *others = [*str(placeholder.get("originalText")).split(" "), ""]
            columned = int(columns) if columns in ("1", "2", "3") else 1
            yield model.Layout(way == "landscape", columned, "break" in others)
        elif self._has_division_form(element):
            yield from self._division(element, depth)
        else:
            yield from self._paragraph(element)

    @staticmethod
    def _inner(element: Element) -> list[Element]:
        """Return the elements in the content of one that has only a number and a heading besides."""
        names = [child.tag for child in element]
        return list(element[-1]) if names[-1:] == ["content"] and set(names[:-1]) <= set(_HEADS) else []

    def _caption(self, element: Element, key: str) -> model.Caption:
        """Return the caption of a table or a figure."""
        num, title = self._text(element, "num"), self.spans.read(find(element, "heading"))
        section, number = split_counted(num, "tables", key, self.locale) or ("", None)
        if num and number is None:
            title = self._after_mark(num, title, element)
        return model.Caption(title, number, section, self.spans.read(find(element, "subheading")))

    def _division(self, element: Element, depth: int) -> Iterator[model.Block]:
        num, content = self._text(element, "num"), self._heading(element)
        if not num and not content:  # only structure
            if (empty := find(element, "heading")) is not None:
                self.source.record.check_heading(model.Heading(1, ()), self.kind, empty.sourceline)
            yield from self.body(element, depth)
            return
        if element.tag == "part" and (letter := counted_marks(self.locale, "marks", "part").get(num)):
            self.source.record.paragraphs.clear()
            yield model.Part(letter, content)
            yield from self.body(element, 0)
            return
        level = self.source.number(element, LEVEL, min(depth + 1, len(DIVISIONS)), len(DIVISIONS))
        heading = self._marked_heading(level, num, content)
        self.source.record.check_heading(heading, self.kind, element.sourceline)
        yield heading
        yield from self.body(element, depth + 1)

    def _marked_heading(self, level: int, mark: str, content: model.Content) -> model.Heading:
        ordinal, rest = split_heading(mark, level, self.kind, self.locale) if mark else (None, "")
        if not mark or (ordinal and not rest):
            return model.Heading(level, content, ordinal)
        return model.Heading(level, content, mark=mark)

    def _typed_heading(self, element: Element) -> model.Heading | None:
        """Return the heading that a paragraph is by its class, its elements, or its look; None if it is none."""
        names, level = [child.tag for child in element], _CLASSES.get(str(element.get("class", "")))
        if self.source.is_ours:
            return None
        num, lines = self._text(element, "num"), list(element.iter("p", "heading", "subheading"))
        if not set(names) - set(_HEADS) and lines:
            level = level or (_CLASSES["H1"] if "heading" in names else _CLASSES["H23"])
        elif len(lines) != 1 or num or next(element.iter(*_LISTS, "authorialNote"), None) is not None:
            return None
        elif not level:
            text = " ".join("".join(element.itertext()).split())
            if not self._deliberative or not text or len(text) > _MAX_TYPED_HEADING or _ENDS.search(text):
                return None
            if typed_mark(self.spans.raw(lines[0]))[0] or not text.strip("* "):
                return None
            self.source.note_oddity("a heading as a paragraph", element)
            level = _CLASSES["H23"]
        raw = spaced(self.spans.raw(line) for line in lines)
        typed, content = ("", raw) if num else typed_mark(raw)
        return model.Heading(level, collapsed(content), mark=num or typed or None)

    @staticmethod
    def _is_ornament(element: Element) -> bool:
        text = "".join("".join(element.itertext()).split())
        return bool(text) and not text.strip("*")

    def _cross_heading(self, element: Element, depth: int) -> Iterator[model.Block]:
        if role := ROLES.get(concept(element)):
            yield model.Paragraph(role, self.spans.read(element))
        else:
            yield model.Heading(min(depth + 1, len(DIVISIONS)), self.spans.read(element))

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> Iterator[model.Block]:
        num = self._text(element, "num")
        sectioned = _SECTIONED.fullmatch(num)
        section = sectioned[1].translate(WESTERN) if sectioned else ""
        number, has_suffix = read_number(sectioned[2] if sectioned else num)
        typed = "" if num or self.source.is_ours else self._typed_mark(element)
        if typed:
            number, has_suffix = read_number(typed) if self._is_number(typed) else (None, False)
        draft = self._gather(element, ParagraphDraft(self._role(element, element.tag, number)), headed=True)
        # Annexes that share a document number their paragraphs from 1 each, and so may the parts of a list.
        if number is not None and not has_suffix and (self.source.is_ours or not self._annex):
            self.source.record.paragraph(number, element.sourceline)
        self._add_head(element, draft, "paragraph", "")
        mark = num or typed
        if not mark and draft.role is model.Role.OPERATIVE and self._is_preambular(draft.content):
            self.source.note_oddity("a preambular paragraph in the body", element)
            draft.role = model.Role.PREAMBULAR
        is_usual = number is not None and mark in (
            "" if typed or self.source.is_ours else str(number),
            self.locale.paragraph_mark(number, self.digits, section),
        )
        yield from self._drafted(element, draft, number, None if is_usual or not mark else mark, section)

    def _typed_mark(self, element: Element) -> str:
        """Return the mark at the start of the text of a paragraph, and take it off there."""
        line = next(element.iter("p"), None)
        if line is None or (line.getparent() is not element and line.getparent().tag not in ("content", "intro")):
            return ""
        if not self._has_text(line):
            return ""
        following = next(reversed(self.source.record.paragraphs), 0) + 1
        mark, content = typed_mark(self.spans.raw(line), following=following if self._deliberative else None)
        if mark:
            self._typed[line] = collapsed(content)
            what = "a number typed into the text" if self._is_number(mark) else "a mark typed into the text"
            self.source.note_oddity(what, element)
        return mark

    def _is_preambular(self, content: model.Content) -> bool:
        """Return whether an unnumbered paragraph of a body ends with a comma, before the first numbered one."""
        is_first = not self.source.is_ours and self._deliberative and not self.source.record.paragraphs
        return is_first and model.plain(content).rstrip().endswith((",", "،", "，"))

    @staticmethod
    def _is_number(mark: str) -> bool:
        """Return whether a mark is that of a numbered paragraph, `17 -`, `17.` or `17`, and not of a subparagraph."""
        return bool(re.fullmatch(r"\d{1,3}(?:[ \u00a0]?[-–.])?", mark))

    def _drafted(
        self, element: Element, draft: ParagraphDraft, number: int | None, mark: str | None = None, section: str = ""
    ) -> Iterator[model.Block]:
        """Yield the paragraph of a draft and the blocks after it."""
        if draft.items and not draft.content and number is None and not mark:
            self.source.note_flattened("subparagraphs without a paragraph", element)
            yield from self._items_alone(draft.items, draft.role, 1)
        elif draft.content or draft.items or number is not None or mark:
            items = tuple(draft.items)
            yield model.Paragraph(draft.role, draft.content, number, items, draft.tail, mark, section)
        yield from draft.following

    def _items_alone(self, items: Iterable[model.Item], role: model.Role, degree: int) -> Iterator[model.Paragraph]:
        """Yield subparagraphs without a paragraph as paragraphs with their marks."""
        for item in items:
            mark = self._maker.mark(item, degree)
            yield model.Paragraph(role, item.content, mark=mark or None)
            yield from self._items_alone(item.items, role, degree + 1)

    def _gather(self, element: Element, draft: ParagraphDraft, *, headed: bool = False) -> ParagraphDraft:
        """Add the content of `element` to `draft`. `headed` says that its number and heading are read elsewhere."""
        name = element.tag
        if name in _LINES:
            self._add_line(element, draft)
            return draft
        for part in self._parts(element):
            if isinstance(part, tuple):
                self._add_text(part, element, draft)
            elif part.tag in _HEADS:
                if not headed:
                    self._add_line(part, draft)
            elif part.tag in ("sublist", "list") and name in ("list", "sublist") and draft.items:
                self._add_sublist(part, draft)
            elif part.tag == "listWrapUp":
                self._add_tail(self.spans.read(part), part, draft)
            elif part.tag == "wrapUp":
                self._add_wrap_up(part, draft)
            elif part.tag in (*_LINES, *_WRAPPERS, *_LISTS) or (draft.degree and self._is_unnumbered(part)):
                self._gather(part, draft)
            elif part.tag in _ITEMS:
                self._add_item(part, draft)
            else:
                draft.following.extend(self._block(part, 0))
        return draft

    def _parts(self, element: Element | None) -> Iterable[Element | model.Content]:
        """Return the children of an element, and the text between them where other programs have some."""
        if element is None:
            return ()
        texts = (element.text, *(child.tail for child in element))
        names = {child.tag for child in element}
        if names.isdisjoint(INLINES) and not any(text and text.strip() for text in texts):
            return list(element)
        if element.tag not in (*_WRAPPERS, "li"):
            self.source.note_flattened(f"text between the elements of <{element.tag}>", element)
        return self.spans.runs(element, names - INLINES)

    def _add_sublist(self, element: Element, outer: ParagraphDraft) -> None:
        """Add the subparagraphs of a list between subparagraphs to the subparagraph before it."""
        before = outer.items.pop()
        draft = ParagraphDraft(outer.role, outer.degree + 1, before.content, list(before.items))
        self._gather(element, draft)
        outer.items.append(replace(before, content=draft.content, items=tuple(draft.items)))
        outer.following.extend(draft.following)

    def _add_wrap_up(self, element: Element, draft: ParagraphDraft) -> None:
        """Add the text that ends a paragraph after its subparagraphs."""
        for part in self._parts(element):
            if isinstance(part, tuple):
                self._add_tail(part, element, draft)
            elif part.tag in _LINES and self._has_text(part):
                self._add_tail(self.spans.read(part), part, draft)
            else:
                self._gather(part, draft)

    def _add_tail(self, content: model.Content, line: Element, draft: ParagraphDraft) -> None:
        """Add a line of text after the subparagraphs."""
        if content:
            self._note_order(line, draft)
            if what := draft.add_tail(content):
                self.source.note_flattened(what, line)

    def _add_line(self, element: Element, draft: ParagraphDraft) -> None:
        """Add a line of text or of pictures."""
        content = self._typed.pop(element, None) or (self.spans.read(element) if self._has_text(element) else ())
        if content:
            self._add_text(content, element, draft)
        else:
            draft.following.extend(figures_in(element, self.source))

    def _add_text(self, content: model.Content, element: Element, draft: ParagraphDraft) -> None:
        self._note_order(element, draft)
        if what := draft.add_text(content):
            self.source.note_flattened(what, element)

    def _note_order(self, element: Element, draft: ParagraphDraft) -> None:
        if draft.degree and draft.following:
            what = "the place of a block within a subparagraph: the order has changed, it comes after that"
            self.source.note_loss(what, element)

    @staticmethod
    def _is_unnumbered(element: Element) -> bool:
        """Return whether an element is a paragraph without number, which is only text inside a subparagraph."""
        return element.tag in _PARAGRAPHS and find(element, "num") is None

    @staticmethod
    def _has_text(element: Element) -> bool:
        """Return whether a line has more than pictures."""
        pictures = [child for child in element if child.tag == "img"]
        return len(pictures) < len(element) or not pictures or bool("".join(element.itertext()).strip())

    def _add_item(self, element: Element, outer: ParagraphDraft) -> None:
        """Add a subparagraph to `outer`, or its text if it can have no mark there."""
        mark, degree = self._text(element, "num"), outer.degree + 1
        before = outer.preceding_items()
        if element.tag == "li" and not mark and before is not None:
            self.source.note_loss("that a subparagraph has no mark: it gets that of its place", element)
            mark = self._maker.usual(before[-1].ordinal + 1 if before else 1, degree) or ""
        if before is None or degree > MAX_DEGREE:
            self.source.note_flattened("a subparagraph where none can be", element)
            self._add_text(self.spans.read(element), element, outer)
            return
        self._note_order(element, outer)
        draft = self._gather(element, ParagraphDraft(outer.role, degree), headed=True)
        self._add_head(element, draft, "subparagraph", "")
        item = self._maker.item(mark, degree, before, draft.content, draft.items)
        if not self._maker.is_next(mark, degree, before, starts=self.source.is_ours):
            self.source.record.report(element.sourceline, out_of_order(mark))
        outer.add_item(item, draft.following)

    def _add_head(self, element: Element, draft: ParagraphDraft, what: str, mark: str) -> None:
        """Put the heading before the text of a draft, and before that a mark that is not the usual one."""
        if title := self._heading(element):
            self.source.note_flattened(f"the heading of a {what}", element)
            names = [child.tag for child in element]
            if self.source.may_carry and names[:2] == ["subheading", "num"] and len(title) == 1:
                self.source.run_in.append(model.plain(title))  # they are written before the number again
            draft.content = spaced((title, draft.content))
        if mark:
            draft.content = self._after_mark(mark, draft.content, element)

    # --- properties of elements ---------------------------------------------------------------------------------------

    def _role(self, element: Element, name: str, number: int | None) -> model.Role:
        given = ROLES.get(concept(element))
        return given or implied_role(numbered=number is not None, element=name, deliberative=self._deliberative)

    @staticmethod
    def _has_division_form(element: Element) -> bool:
        """Return whether an element is a division, and not a paragraph for which another program uses its name."""
        return find(element, "heading") is not None or find(element, "content") is None

    def _text(self, element: Element, name: str) -> str:
        return self.spans.text(find(element, name))

    def _heading(self, element: Element) -> model.Content:
        return self.spans.joined(children(element, "heading", "subheading"), "a heading")

    def _after_mark(self, mark: str, content: Iterable[model.Inline], element: Element) -> model.Content:
        """Put a mark that is not the usual one before the text itself."""
        self.source.note_flattened("a number that is unusual in its place", element)
        return model.joined((model.Text(f"{mark} "), *content))
