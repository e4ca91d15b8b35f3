"""The parts of a document after its opening, read into blocks and annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from masthead.document import WESTERN, Digits, DocumentType, Severity, TemplateError, locales, model
from masthead.document.references import Doubt
from masthead.formats.itemization import AnnexName, annex_name, annex_of_letter, out_of_order, read_number
from masthead.formats.labels import note_label
from masthead.formats.opening_lines import Fact, enclosed_span, is_closing
from masthead.formats.roles import Roles
from masthead.formats.styled.compounds import NO_CAPTION, Compounds, Cursor
from masthead.formats.styled.distances import Matter, fit_of_para, heading_matter
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart, StyledTable
from masthead.formats.styled.spans import SPACE, TAB, Span, SpanReader, cut_mark, head_of, line_of
from masthead.formats.styled.votes import is_vote, read_vote

_UNPLACED = Doubt(
    "item-order",
    "a subparagraph without a mark, or with one that does not fit here, is read as a paragraph",
    "letter it in order, (a), (b) …",
)
_BULLET = Doubt(
    "paragraph-bullet", "a bullet is read as a character", "number the paragraph, or letter it", Severity.NOTE
)
_VOTE = Doubt("vote-side", "a recorded vote without all its sides is read as text", "give all three sides")
_SHARED = 3  # headings of this level have the same style in the UN template whether their mark is 1. or (a)
_DEEPEST = 6
_PAGE_NUMBER = re.compile(rf"[{TAB}.\s]*[0-9٠-٩]{{1,4}}\s*$")  # after an entry of a table of contents
_TYPED_CONTENTS = Doubt(
    "contents-typed",
    "a typed table of contents is generated again, with the page numbers of the PDF",
    "compare its entries with the headings",
    Severity.NOTE,
)
_TYPED_MARK = re.compile(rf"((?:[IVXLC]{{1,6}}|[A-Z]|\d{{1,2}})\.|\([a-z]{{1,4}}\)|[a-z]\.)[ {TAB}]*{TAB}[ {TAB}]*")
_TITLES = (ParaKind.HEADING, Fact.TITLE, Fact.SUBTITLE)
_MAX_BOX_TITLE = 60  # characters


class BlockReader:
    """Reads the text of one document. The results are `body`, `annexes` and `closing`.

    `ours` says that Masthead wrote the document, so that styles alone decide what its parts are.
    """

    def __init__(self, kind: DocumentType, spans: SpanReader, *, ours: bool) -> None:
        self.kind, self.ours = kind, ours
        self.locale, self.record = spans.context.locale, spans.record
        self.body: list[model.Block] = []
        self.annexes: list[model.Annex] = []
        self.closing: list[str] = []
        self._current = self.body
        self._spans = spans
        self._marks = MarkReader(kind, self.locale, ours=ours)
        # What is fitted by hand in other documents is printed as the template has it.
        self._compounds = Compounds(spans, self._marks, fits=kind.like is DocumentType.REPORT)
        self._roles = Roles(kind)
        self._levels: list[tuple[int, bool]] = []  # of the open headings, and whether a heading of level 3 is lettered
        self._degrees: list[int] = []  # ordinals of the open subparagraphs
        self._section = ""  # the number of the section before those of paragraphs
        self.layout = model.Layout()
        self._typed: list[tuple[int, list[Para]]] = []  # the places of typed tables of contents, and their entries

    def read(self, parts: Sequence[StyledPart]) -> None:
        """Read all `parts`."""
        cursor = Cursor(parts)
        for part in cursor:
            self._read(part, NO_CAPTION, cursor)

    def finish(self) -> None:
        """Decide what is clear only at its end: which lines close the document, and which paragraph is operative."""
        self._end_annex()
        for at, entries in self._typed:
            self._make_contents(at, entries)
        if self.ours or self.kind.like is not DocumentType.RESOLUTION:
            return
        while isinstance(last := _last(self.body), model.Paragraph) and is_closing(
            model.plain(last.content), self.locale
        ):
            self.closing.insert(0, model.plain(last.content))
            self.body.pop()
        parts = [at for at, block in enumerate(self.body) if isinstance(block, model.Part)] or [0]
        for start, stop in pairwise((*parts, len(self.body))):
            held = [(at, block) for at in range(start, stop) if isinstance(block := self.body[at], model.Paragraph)]
            if held and not any(block.number for _, block in held):
                at, single = held[-1]  # a single operative paragraph has no number (UN Editorial Manual)
                self.body[at] = replace(single, role=model.Role.OPERATIVE)

    def _make_contents(self, at: int, entries: Sequence[Para]) -> None:
        """Make a typed table of contents again, as deep as what it lists. Headings take over its note calls."""
        if not (at < len(self.body) and isinstance(self.body[at], model.Contents)):
            return
        headings = [(place, block) for place, block in enumerate(self.body) if isinstance(block, model.Heading)]
        listed = "".join(_letters(entry.text) for entry in entries)
        paragraphs = self._compounds.lists_paragraphs(entries)
        self.body[at] = model.Contents(_depth([heading for _, heading in headings], listed), paragraphs)
        for entry in entries:
            calls = [span.inline for span in entry.spans if isinstance(span.inline, model.NoteCall)]
            title = _letters(entry.text)
            places = [place for place, each in headings if _letters(model.plain(each.content)) in title]
            for place, call in ((place, call) for place in places[:1] for call in calls):
                heading = self.body[place]
                if isinstance(heading, model.Heading) and call not in heading.content:
                    self.record.call(note_label(call), entry.number)
                    self.body[place] = replace(heading, content=(*heading.content, call))

    def _read(self, part: StyledPart, caption: model.Caption, cursor: Cursor) -> None:
        """Read a part with the caption above it, and the parts after it that belong to it."""
        if isinstance(part, StyledTable):
            single_column = all(len(row.cells) == 1 for row in part.rows) and part.framed and not caption
            if not self.ours and (lines := self._compounds.lines_of_box(part)):
                self._below_figure(lines, caption, cursor)
            elif part.is_box if self.ours else single_column:
                self._box(part)
            else:
                table = self._compounds.table(part, caption, cursor)
                self._current.append(model.Box((), (table,)) if part.boxed else table)
            return
        if not caption:
            self._para(part, cursor)
        if part.pictures:
            self._current += self._compounds.figures(part, caption, cursor)

    def _below_figure(self, lines: Sequence[Para], caption: model.Caption, cursor: Cursor) -> None:
        """Read the remarks and notes in a text box that floats below a picture, after it or before it in the file."""
        following = cursor.ahead()
        if isinstance(following, Para) and following.pictures:
            cursor.skip()
            cursor.insert(lines)
            self._read(following, caption, cursor)
        elif isinstance(figure := _last(self._current), model.Figure):
            self._current[-1] = self._compounds.with_lines(figure, lines)
        else:
            cursor.insert(lines)

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _para(self, para: Para, cursor: Cursor) -> None:
        kind = para.kind
        if para.layout is not None:
            self._layout(para.layout)
        elif para.contents is not None or kind is ParaKind.CONTENTS:
            self._current.append(self._compounds.contents(para, cursor))
        elif not self.ours and (listed := self._compounds.typed_contents(para, cursor)) is not None:
            self._typed.append((len(self.body), listed))
            self.record.made_again += [para.text, *(entry.text for entry in listed)]
            self._current.append(model.Contents())
            self.record.report(para.number, _TYPED_CONTENTS)
        elif self._vote(para, cursor) or self._annex(para, cursor) or self._part(para, cursor):
            pass
        elif found := self._compounds.captioned(para, cursor, _last(self._current)):
            self._read(*found, cursor)
        elif kind is ParaKind.CLOSING:
            self.closing.append(line_of(para.spans))
        elif (kind is ParaKind.CONTINUED and self._continued(para)) or (kind is ParaKind.TAIL and self._tail(para)):
            pass
        elif kind is ParaKind.ORNAMENT:
            self._current.append(model.Ornament(self._content(para)))
        elif kind in _TITLES:
            self._heading(para)
        elif para.spans:
            self._text(para)

    def _text(self, para: Para) -> None:
        text, literal = para.text, para.is_literal
        may_be_bullet = not self.ours or para.kind is ParaKind.ITEM
        length = self._marks.bullet(text, literal=literal) if may_be_bullet else 0
        if length and self._item(para, locales.BULLET, length):
            return
        item, length = self._marks.item(text, literal=literal)
        head = head_of(text) if self.ours and para.kind is ParaKind.ITEM else ""
        begins = bool(item and head and item["mark"] != head[:-1])  # a longer mark: (b) bis
        if item and not begins and self._item(para, item["mark"], length):
            return
        if self.ours and para.kind is ParaKind.ITEM and self._item(para, head[:-1], len(head)):
            return
        if item or para.kind is ParaKind.ITEM:
            self.record.report(para.number, _UNPLACED)
        found, length = self._marks.number(text, literal=literal)
        if found is None and self._section and not self.ours:
            found = self._following_number(text)
            length = found.end() if found else 0
        number = int(found["number"]) if found else None
        head, mark = head_of(text) if self.ours else "", None
        if head and not found:  # the mark of a paragraph as it is printed
            mark, length = head[:-1], len(head)
            number, _ = read_number(mark)
        section = (found.groupdict().get("section") or "").translate(WESTERN) if found else ""
        if found:
            if section != self._section:
                self.record.paragraphs.clear()
            self._section = section
            self.record.paragraph(int(found["number"]), para.number)
        elif text.startswith(f"{locales.BULLET}{TAB}"):
            self.record.report(para.number, _BULLET)
        by_place = self._roles.next(number)
        content = self._fitted(para, length)
        self._current.append(model.Paragraph(para.role or by_place, content, number, mark=mark, section=section))
        self._degrees = []

    def _following_number(self, text: str) -> re.Match[str] | None:
        """Match the next number of the section before a text, which need not end in a tab: `10.19 In response`."""
        following = next(reversed(self.record.paragraphs), 0) + 1
        found = re.match(r"(?P<section>[A-Z]{1,8}|\d{1,3})\S(?P<number>\d{1,3})\.?\s+(?=\S)", text)
        return found if found and found["section"] == self._section and int(found["number"]) == following else None

    def _item(self, para: Para, mark: str, length: int) -> bool:
        """Add a subparagraph to the paragraph before it; return False if its mark does not fit there."""
        paragraph = _last(self._current)
        if not isinstance(paragraph, model.Paragraph):
            return False
        marks = self._marks.marks
        place: tuple[tuple[int, int], bool] | None
        printed: str | None = locales.BULLET if mark == locales.BULLET else None
        if mark == locales.BULLET:
            degree = min(para.level or self._bullet_degree(paragraph), len(self._degrees) + 1)
            ordinal = self._degrees[degree - 1] + 1 if degree <= len(self._degrees) else 1
            place = (degree, ordinal), True
        elif para.kind is ParaKind.ITEM:
            degree = min(para.level, len(self._degrees) + 1)
            by_style = marks.ordinal(mark, degree)
            if self.ours and mark == head_of(para.text)[:-1]:
                before = self._degrees[degree - 1] if degree <= len(self._degrees) else 0
                if (following := marks.next_ordinal(mark, degree, before)) != by_style or not self._is_usual(
                    mark, following, degree
                ):
                    by_style, printed = following, mark
            place = None if by_style is None else ((degree, by_style), True)
        else:
            announced = model.plain(_deepest(paragraph).content).rstrip().endswith((":", "：", "："))
            place = marks.place(mark, self._degrees, announced)
        if place is None:
            return False
        (degree, ordinal), in_order = place
        before = self._degrees[degree - 1] if degree <= len(self._degrees) else 0
        if not in_order or ordinal not in (before + 1, before if printed else before + 1):  # (b) bis has that of (b)
            self.record.report(para.number, out_of_order(mark))
        self._degrees[degree - 1 :] = [ordinal]
        item = model.Item(ordinal, self._fitted(para, length), mark=printed)
        self._current[-1] = replace(paragraph, items=_with(paragraph.items, item, degree))
        return True

    def _bullet_degree(self, paragraph: model.Paragraph) -> int:
        """Return the degree of a bullet without a style: that of the bullets before it, or below the last mark."""
        degree, items = 0, paragraph.items
        while items:
            degree += 1
            if items[-1].mark == locales.BULLET:
                return degree
            items = items[-1].items
        return degree + 1

    def _continued(self, para: Para) -> bool:
        """Add a later paragraph to the last subparagraph; return False if there is none."""
        paragraph = _last(self._current)
        if not isinstance(paragraph, model.Paragraph) or not paragraph.items:
            return False
        self._current[-1] = replace(paragraph, items=_continued(paragraph.items, self._fitted(para)))
        return True

    def _is_usual(self, mark: str, ordinal: int, degree: int) -> bool:
        """Return whether the language prints this mark, letter for letter, for a subparagraph."""
        try:
            return mark in {self.locale.item_mark(ordinal, degree, digits) for digits in Digits}
        except TemplateError:
            return False

    def _tail(self, para: Para) -> bool:
        """Add the text that ends a paragraph after its subparagraphs; return False if it has none."""
        paragraph = _last(self._current)
        if not isinstance(paragraph, model.Paragraph) or not paragraph.items or paragraph.tail:
            return False
        self._current[-1] = replace(paragraph, tail=self._content(para))
        return True

    def _layout(self, layout: model.Layout) -> None:
        if not self.ours and layout == model.Layout(new_page=True):
            # Resolutions have their page ends in their text.
            if self.kind.like in (DocumentType.RESOLUTION, DocumentType.DRAFT, DocumentType.DECISION):
                return
            layout = replace(self.layout, new_page=True)
        if not self.ours and isinstance(_last(self._current), model.Layout):
            self._current.pop()
        self.layout = layout
        self._current.append(layout)

    def _heading(self, para: Para) -> None:
        level = para.level or (1 if para.kind is Fact.TITLE else 2)
        rank = level, level == _SHARED and (level, False) in self._levels and self._is_lettered(para)
        self._levels = [held for held in self._levels if held < rank]
        self._levels.append(rank)
        lettered = level >= _SHARED and (_SHARED, True) in self._levels
        nested = min(level + lettered, _DEEPEST)
        if not self.ours:
            self.record.heading(nested, para.number)
        ordinal, length = self._marks.counted(para.text, "heading", nested, literal=para.is_literal)
        mark = head_of(para.text)[:-1] if self.ours and ordinal is None else ""
        length = len(mark) + 1 if mark else length
        if ordinal is None and not self.ours and (typed := _TYPED_MARK.match(para.text)):
            mark, length = typed[1], typed.end()  # the mark of another level, as in sections of the budget
        content = self._fitted(para, length, plain=True, matter=heading_matter(nested))
        heading = model.Heading(nested, content, ordinal, mark or None)
        self.record.check_heading(heading, self.kind, para.number)
        self._current.append(heading)

    def _is_lettered(self, para: Para) -> bool:
        return self._marks.counted(para.text, "heading", _SHARED + 1, literal=para.is_literal)[0] is not None

    def _content(self, para: Para, start: int = 0, *, plain: bool = False) -> tuple[model.Inline, ...]:
        """Return the content of a paragraph from an offset in its `text` on."""
        return self._spans.content(cut_mark(para.spans, start), para.number, plain=plain)

    def _fitted(
        self, para: Para, start: int = 0, *, plain: bool = False, matter: Matter = Matter.TEXT
    ) -> tuple[model.Inline, ...]:
        """Return the content of a paragraph of a report with how it was fitted to its page."""
        fit = fit_of_para(para, _last(self._current), matter)
        return self._compounds.fitted(self._content(para, start, plain=plain), fit)

    # --- boxes and votes ----------------------------------------------------------------------------------------------

    def _box(self, table: StyledTable) -> None:
        outer, self._current = self._current, []
        parts = [each for row in table.rows for cell in row.cells for each in cell.parts]
        title: tuple[model.Inline, ...] = ()
        if parts and isinstance(first := parts[0], Para) and self._is_box_title(first):
            title, parts = self._content(first, plain=True), parts[1:]
        self.read(parts)
        outer.append(model.Box(title, tuple(self._current), table.indent))
        self._current = outer

    def _is_box_title(self, para: Para) -> bool:
        """Whether the first paragraph of a box is its title: by its style, or a short line in italics or bold."""
        if self.ours or para.kind is ParaKind.BOX_TITLE:
            return para.kind is ParaKind.BOX_TITLE
        spans = [span for span in para.spans if span.text.strip(SPACE)]
        is_short = len(para.text) < _MAX_BOX_TITLE and all(span.emphases for span in spans)
        return para.kind is ParaKind.HEADING or (bool(spans) and is_short)

    def _vote(self, para: Para, cursor: Cursor) -> bool:
        """Read a recorded vote; return False if `para` does not begin one."""
        if not (para.kind is ParaKind.VOTE_SIDE if self.ours else is_vote(para.text, self.locale)):
            return False
        lines = [line_of(each.spans) for each in (para, *islice(cursor.paras(), 5))]  # three labels, three lists
        found = read_vote(lines, self.locale)
        if found is None:
            self.record.report(para.number, _VOTE)
            return False
        vote, used = found
        cursor.skip(used - 1)
        self._current.append(vote)
        return True

    # --- parts and annexes --------------------------------------------------------------------------------------------

    def _part(self, para: Para, cursor: Cursor) -> bool:
        """Read the letter and the title of a part of a composite resolution; return False if `para` is not a part."""
        ordinal, length = self._marks.counted(para.text, "part", literal=para.is_literal)
        if ordinal is None:
            return False
        if para.kind is ParaKind.PART:
            content = self._content(para, length)
        else:
            number = sum(isinstance(block, model.Part) for block in self.body) + 1
            title = cursor.ahead()
            alone = length == len(para.text) and ordinal == number and self.kind.like is DocumentType.RESOLUTION
            if self.ours or not (alone and isinstance(title, Para) and title.kind is ParaKind.HEADING):
                return False
            cursor.skip()
            content = self._content(title, plain=True)
        self._current.append(model.Part(ordinal, content))
        self._restart(self.kind)
        return True

    def _annex(self, para: Para, cursor: Cursor) -> bool:
        """Begin an annex, and read the lines under its name; return False if `para` is not the name of an annex."""
        is_named = para.kind is ParaKind.ANNEX
        text = para.text.strip(SPACE)
        name = annex_name(text, self.locale) if is_named or not self.ours else None
        if name is None and not self.ours and para.kind in _TITLES:
            name = annex_of_letter(text, self.locale)
        if name is None and not self.ours and self._is_last_picture(text, cursor):
            name = AnnexName(model.AnnexKind.ANNEX, None, "", 0)
        if name is None or (name.length < len(text) and (self.ours or para.kind not in _TITLES)):
            if not (self.ours and is_named):
                return False
            name = AnnexName(model.AnnexKind.ANNEX, None, line_of(para.spans), len(text))
        original = ""
        title = [*cut_mark(para.spans, name.length), Span(" ")]  # on the same line, or only a note call
        level = 0  # of its last line; a heading below that is not one
        is_titled = False  # by a line that can be nothing else
        for each in cursor.paras():
            line = line_of(each.spans)
            span = enclosed_span(line, str(self.locale.word("annex", "original")))
            heading = each.kind in _TITLES and not self.ours
            if span and not line_of(title) and (each.kind is ParaKind.ANNEX_ORIGINAL or not self.ours):
                original = line[slice(*span)]
            elif each.kind is ParaKind.ANNEX_TITLE or (heading and self._is_annex_title(each.text)):
                if line_of(title) and (each.level > level or (is_titled and heading)):
                    break
                is_titled = each.kind is ParaKind.ANNEX_TITLE
                title += [*each.spans, Span(" ")]
                level = each.level
            else:
                break
            cursor.skip()
        before: list[model.Block] = []
        if (
            not self.ours and replace(self.layout, new_page=False) != model.Layout()
        ):  # its pages begin with the heading of the annex
            before = [replace(self.layout, new_page=False)]
        if not self.ours and isinstance(_last(self._current), model.Layout):  # an annex begins a page by itself
            self._current.pop()
        self._end_annex()
        content = self._spans.content(title, para.number, plain=True)
        self.annexes.append(model.Annex(content, (), name.ordinal, original, name.mark, kind=name.kind))
        self._current = before
        self._restart(DocumentType.REPORT)
        return True

    def _is_last_picture(self, text: str, cursor: Cursor) -> bool:
        """Whether the table of contents lists a title under which there is only a picture: the map of a region."""
        entries = (_PAGE_NUMBER.sub("", entry.text).strip() for _, listed in self._typed for entry in listed)
        return bool(text) and bool(self.annexes) and text in entries and cursor.has_only_pictures()

    def _is_annex_title(self, text: str) -> bool:
        return not (self._marks.is_heading(text) or self._marks.names_caption(text))

    def _end_annex(self) -> None:
        if self._current is not self.body:
            self.annexes[-1] = replace(self.annexes[-1], body=tuple(self._current))

    def _restart(self, kind: DocumentType) -> None:
        """Start the numbers of paragraphs and the levels of headings again."""
        self._roles, self._levels, self._degrees = Roles(kind), [], []
        self.record.paragraphs.clear()
        self.record.level = 0


def _depth(headings: Sequence[model.Heading], listed: str) -> int:
    """Return the deepest level of which a typed table of contents lists most headings."""
    depth = 1
    for level in range(1, _DEEPEST + 1):
        titles = [_letters(model.plain(heading.content)) for heading in headings if heading.level == level]
        if titles and 2 * sum(title in listed for title in titles) > len(titles):
            depth = level
    return depth


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _last(blocks: Sequence[model.Block]) -> model.Block | None:
    return blocks[-1] if blocks else None


def _with(items: tuple[model.Item, ...], item: model.Item, degree: int) -> tuple[model.Item, ...]:
    """Return the subparagraphs with `item` added at the end of a degree."""
    if degree == 1:
        return (*items, item)
    return (*items[:-1], replace(items[-1], items=_with(items[-1].items, item, degree - 1)))


def _continued(items: tuple[model.Item, ...], content: model.Content) -> tuple[model.Item, ...]:
    """Return the subparagraphs with a later paragraph in the deepest of the last ones."""
    *others, last = items
    if last.items:
        return (*others, replace(last, items=_continued(last.items, content)))
    return (*others, replace(last, content=model.join_paragraphs((last.content, content))))


def _deepest(paragraph: model.Paragraph | model.Item) -> model.Paragraph | model.Item:
    """Return the last subparagraph of a paragraph, or the paragraph itself."""
    return _deepest(paragraph.items[-1]) if paragraph.items else paragraph
