"""The paragraphs and tables behind a document's opening into blocks and annexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from masthead.document import (
    Annex,
    Block,
    Box,
    DocumentType,
    Heading,
    Inline,
    Item,
    Paragraph,
    Part,
    Role,
    Severity,
    patterns,
    plain,
)
from masthead.document.references import Doubt
from masthead.formats.itemization import Marks
from masthead.formats.opening_lines import Fact, is_closing, unframed
from masthead.formats.roles import Roles
from masthead.formats.styled.compounds import Caption, Compounds, Cursor
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart, StyledTable
from masthead.formats.styled.spans import BREAK, TAB, Span, SpanReader, cut_behind, line_of
from masthead.formats.styled.votes import is_vote, read_vote

_LEVEL = Doubt(
    "heading-level", "a heading leaves a level out; it is read as one of the next", "leave no level out", Severity.NOTE
)
_UNPLACED = Doubt(
    "item-order", "a sub-paragraph has no mark or no place; it is read as a paragraph", "letter it, (a), in its order"
)
_BULLET = Doubt(
    "paragraph-bullet", "a bullet is read as a sign in the text", "number the paragraph, or letter it", Severity.NOTE
)
_SHARED = 3  # the level of the headings 1. whose style in the template is that of (a) too
_DEEPEST = 6
_VOTE = Doubt("vote-side", "a recorded vote lacks a side; it is read as text", "give all three sides")


class BlockReader:
    """The text of one document while its parts are read: `body`, `annexes` and `closing` are the outcome.

    `ours` says that Masthead wrote the document: its styles alone say what things are.
    """

    def __init__(self, kind: DocumentType, inliner: SpanReader, *, ours: bool) -> None:
        self.kind, self.inliner, self.ours = kind, inliner, ours
        self.locale = inliner.context.locale
        self.body: list[Block] = []
        self.annexes: list[Annex] = []
        self.closing: list[str] = []
        self._current = self.body
        self._counts = MarkReader(kind, self.locale, ours=ours)
        self._compounds = Compounds(inliner, self._counts)
        self._marks = Marks(self.locale)
        self._roles = Roles(kind)
        self._levels: list[tuple[int, bool]] = []  # of the open headings, as their styles count, (a) below 1.
        self._degrees: list[int] = []  # ordinals of the open sub-paragraphs

    def read(self, parts: Sequence[StyledPart]) -> None:
        """Read all `parts`."""
        cursor = Cursor(parts)
        for part in cursor:
            self._read(part, (None, ()), cursor)

    def finish(self) -> None:
        """Settle what only the end of the document tells."""
        self._end_annex()
        if self.ours or self.kind is not DocumentType.RESOLUTION:
            return
        while isinstance(last := self._last(self.body), Paragraph) and is_closing(plain(last.content), self.locale):
            self.closing.insert(0, plain(last.content))
            self.body.pop()
        parts = [at for at, block in enumerate(self.body) if isinstance(block, Part)] or [0]
        for start, stop in pairwise((*parts, len(self.body))):
            held = [(at, block) for at in range(start, stop) if isinstance(block := self.body[at], Paragraph)]
            if held and not any(block.number for _, block in held):
                at, single = held[-1]  # a single operative paragraph bears no number (UN Editorial Manual)
                self.body[at] = replace(single, role=Role.OPERATIVE)

    def _read(self, part: StyledPart, caption: Caption, cursor: Cursor) -> None:
        """Read a part, which `caption` stands over, with those that belong to it."""
        if isinstance(part, StyledTable):
            alone = len(part.rows) == 1 and len(part.rows[0].cells) == 1 and caption == (None, ())
            if part.is_box if self.ours else alone:
                self._box(part)
            else:
                self._current.append(self._compounds.table(part, caption, cursor))
            return
        if caption == (None, ()):
            self._para(part, cursor)
        self._current += self._compounds.figures(part, caption)

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _para(self, para: Para, cursor: Cursor) -> None:
        kind = para.kind
        if para.contents is not None or kind is ParaKind.CONTENTS:
            self._current.append(self._compounds.contents(para, cursor))
        elif self._vote(para, cursor) or self._annex(para, cursor) or self._part(para, cursor):
            pass
        elif found := self._compounds.captioned(para, cursor):
            self._read(*found, cursor)
        elif kind is ParaKind.CLOSING:
            self.closing.append(line_of(para.spans))
        elif kind in (ParaKind.HEADING, Fact.TITLE, Fact.SUBTITLE):
            self._heading(para)
        elif para.spans:
            self._text(para)

    def _text(self, para: Para) -> None:
        literal = para.is_literal
        item, length = self._counts.matched(para.text, self._marks.item, literal=literal)
        if item and self._item(para, item["mark"], length):
            return
        if item or para.kind is ParaKind.ITEM:
            self.inliner.record.report(para.number, _UNPLACED)
        number, length = self._counts.matched(para.text, self._marks.number, literal=literal)
        counted = int(number["number"]) if number else None
        if counted is not None:
            self.inliner.record.paragraph(counted, para.number)
        elif para.text.startswith(f"•{TAB}"):
            self.inliner.record.report(para.number, _BULLET)
        by_place = self._roles.next(counted)
        self._current.append(Paragraph(para.role or by_place, self._content(para, length), counted))
        self._degrees = []

    def _item(self, para: Para, mark: str, length: int) -> bool:
        """Add a sub-paragraph to the paragraph before it, where its mark has a place there."""
        paragraph = self._last(self._current)
        if not isinstance(paragraph, Paragraph):
            return False
        if para.kind is ParaKind.ITEM:
            degree = min(para.level, len(self._degrees) + 1)
            counted = self._marks.ordinal(mark, degree)
            place = None if counted is None else ((degree, counted), True)
        else:
            announced = plain(_deepest(paragraph).content).rstrip().endswith((":", "：", "："))
            place = self._marks.place(mark, self._degrees, announced)
        if place is None:
            return False
        (degree, ordinal), in_order = place
        before = self._degrees[degree - 1] if degree <= len(self._degrees) else 0
        if not in_order or ordinal != before + 1:
            message = f"sub-paragraph {mark} is not the next in order"
            self.inliner.record.report(para.number, Doubt("item-order", message, "letter sub-paragraphs without gaps"))
        self._degrees[degree - 1 :] = [ordinal]
        item = Item(ordinal, self._content(para, length))
        self._current[-1] = replace(paragraph, items=_with(paragraph.items, item, degree))
        return True

    def _heading(self, para: Para) -> None:
        level = para.level or (1 if para.kind is Fact.TITLE else 2)
        rank = level, level == _SHARED and (level, False) in self._levels and self._is_lettered(para)
        self._levels = [held for held in self._levels if held < rank]
        self._levels.append(rank)
        nested = level if self.ours else min(len(self._levels), _DEEPEST)
        if nested < level:
            self.inliner.record.report(para.number, _LEVEL)
        ordinal, length = self._counts.counted(para.text, "heading", nested, literal=para.is_literal)
        self._current.append(Heading(nested, self._content(para, length, plain=True), ordinal))

    def _is_lettered(self, para: Para) -> bool:
        return self._counts.counted(para.text, "heading", _SHARED + 1, literal=para.is_literal)[0] is not None

    def _content(self, para: Para, start: int = 0, *, plain: bool = False) -> tuple[Inline, ...]:
        """The content of a paragraph from a place in its `text` on."""
        return self.inliner.content(cut_behind(para.spans, start), para.number, plain=plain)

    @staticmethod
    def _last(blocks: Sequence[Block]) -> Block | None:
        return blocks[-1] if blocks else None

    # --- boxes and votes ----------------------------------------------------------------------------------------------

    def _box(self, grid: StyledTable) -> None:
        outer, self._current = self._current, []
        parts = grid.rows[0].cells[0].parts
        title: tuple[Inline, ...] = ()
        titles = (ParaKind.BOX_TITLE,) if self.ours else (ParaKind.BOX_TITLE, ParaKind.HEADING)
        if parts and isinstance(first := parts[0], Para) and first.kind in titles:
            title, parts = self._content(first, plain=True), parts[1:]
        self.read(parts)
        outer.append(Box(title, tuple(self._current)))
        self._current = outer

    def _vote(self, para: Para, cursor: Cursor) -> bool:
        if not (para.kind is ParaKind.VOTE_SIDE if self.ours else is_vote(para.text, self.locale)):
            return False
        lines = [line_of(each.spans) for each in (para, *islice(cursor.paras(), 5))]
        found = read_vote(lines, self.locale)
        if found is None:
            self.inliner.record.report(para.number, _VOTE)
            return False
        vote, used = found
        cursor.skip(used - 1)
        self._current.append(vote)
        return True

    # --- parts and annexes --------------------------------------------------------------------------------------------

    def _part(self, para: Para, cursor: Cursor) -> bool:
        """Read the letter of a part of a composite resolution, and its title."""
        ordinal, length = self._counts.counted(para.text, "part", literal=para.is_literal)
        if ordinal is None:
            return False
        if para.kind is ParaKind.PART:
            content = self._content(para, length)
        else:
            number = sum(isinstance(block, Part) for block in self.body) + 1
            title = cursor.ahead()
            alone = length == len(para.text) and ordinal == number and self.kind is DocumentType.RESOLUTION
            if self.ours or not (alone and isinstance(title, Para) and title.kind is ParaKind.HEADING):
                return False
            cursor.skip()
            content = self._content(title, plain=True)
        self._current.append(Part(ordinal, content))
        self._restart(self.kind)
        return True

    def _annex(self, para: Para, cursor: Cursor) -> bool:
        """Begin an annex where a line says so and nothing else, and read what stands under its name."""
        text = para.text.strip()
        single = patterns.fold(text) == patterns.fold(str(self.locale.word("annex", "single")))
        ordinal, length = self._counts.counted(f"{text}{TAB}", "annex")
        if not (single or length > len(text)) or (self.ours and para.kind is not ParaKind.ANNEX):
            return False
        original = ""
        title: list[Span] = []
        for each in cursor.paras():
            framed = unframed(line_of(each.spans), str(self.locale.word("annex", "original")))
            heading = each.kind in (ParaKind.HEADING, Fact.TITLE, Fact.SUBTITLE) and not self.ours
            if framed and not title and (each.kind is ParaKind.ANNEX_ORIGINAL or not self.ours):
                original = line_of(each.spans)[slice(*framed)]
            elif each.kind is ParaKind.ANNEX_TITLE or (heading and not self._counts.is_heading(each.text)):
                title += [*each.spans, Span(BREAK)]
            else:
                break
            cursor.skip()
        self._end_annex()
        self.annexes.append(Annex(self.inliner.content(title, para.number, plain=True), (), ordinal, original))
        self._current = []
        self._restart(DocumentType.REPORT)
        return True

    def _end_annex(self) -> None:
        if self._current is not self.body:
            self.annexes[-1] = replace(self.annexes[-1], body=tuple(self._current))

    def _restart(self, kind: DocumentType) -> None:
        """Paragraphs are numbered anew, and headings begin anew."""
        self._roles, self._levels, self._degrees = Roles(kind), [], []
        self.inliner.record.paragraphs.clear()


def _with(items: tuple[Item, ...], item: Item, degree: int) -> tuple[Item, ...]:
    """Add `item` at the end of the sub-paragraphs of a degree."""
    if degree == 1:
        return (*items, item)
    return (*items[:-1], replace(items[-1], items=_with(items[-1].items, item, degree - 1)))


def _deepest(paragraph: Paragraph | Item) -> Paragraph | Item:
    """The last sub-paragraph of a paragraph, or the paragraph itself."""
    return _deepest(paragraph.items[-1]) if paragraph.items else paragraph
