"""Blocks that consist of several parts: tables and pictures with their captions, and tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePosixPath
from typing import TypeVar
from xml.sax.saxutils import escape

from masthead.document import (
    Caption,
    Content,
    Contents,
    Emphasis,
    Figure,
    Fit,
    Inline,
    LineEnd,
    PageEnd,
    Raised,
    Severity,
    Strong,
    Table,
    TableNoteCall,
    joined,
    map_contents,
    model,
    patterns,
    plain,
)
from masthead.document.references import Doubt
from masthead.formats.pictures import MEDIA_TYPES
from masthead.formats.styled.distances import Matter, fit_of_para
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart, StyledTable, paragraphs
from masthead.formats.styled.spans import SPACE, TAB, Span, SpanReader, cut_mark, text_of
from masthead.formats.styled.tables import TableReader

NO_CAPTION = Caption()
Block = TypeVar("Block", Table, Figure)

_MAX_CAPTION = 200  # characters of a caption that has no style of its own
_NO_ALTERNATIVE = Doubt(
    "picture-alternative",
    "a picture has no alternative text; a placeholder is printed instead",
    "describe it in Word: Format Picture, Alt Text",
    Severity.ERROR,
)
_UNKNOWN = Doubt(
    "picture-kind",
    "a picture that is not PNG, JPEG or SVG cannot be shown; an empty frame is in its place",
    "insert it as one of them",
    Severity.ERROR,
)
_ALONE = Doubt(
    "caption-alone", "a caption without a table or picture is read as text", "move it right above its table or picture"
)
_JOINED = Doubt("caption-lines", "the lines of a caption are joined", "make it one paragraph", Severity.NOTE)


def _missing(words: str, height: int) -> bytes:
    """Return an empty frame as a drawing, in place of a picture that cannot be shown."""
    frame = f'<rect x=".5" y=".5" width="364" height="{height - 1}" fill="none" stroke="#000"/>'
    size = f'width="365pt" height="{height}pt" viewBox="0 0 365 {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><title>{escape(words)}</title>{frame}</svg>'.encode()


class Cursor:
    """A position in a sequence of parts."""

    def __init__(self, parts: Sequence[StyledPart]) -> None:
        self._parts, self._at = parts, 0

    def __iter__(self) -> Iterator[StyledPart]:
        while (part := self.ahead()) is not None:
            self.skip()
            yield part

    def ahead(self, distance: int = 0) -> StyledPart | None:
        """Return the next part, or a later one, without moving."""
        at = self._at + distance
        return self._parts[at] if at < len(self._parts) else None

    def paras(self) -> Iterator[Para]:
        """Yield the paragraphs ahead, up to the next table, without moving."""
        at = self._at
        while at < len(self._parts) and isinstance(part := self._parts[at], Para):
            yield part
            at += 1

    def has_only_pictures(self) -> bool:
        """Whether neither text nor a table follows."""
        return all(isinstance(part, Para) and not part.text.strip() for part in self._parts[self._at :])

    def skip(self, count: int = 1) -> None:
        self._at += count

    def insert(self, parts: Sequence[StyledPart], distance: int = 0) -> None:
        """Put parts before the one ahead, or before a later one."""
        at = self._at + distance
        self._parts = [*self._parts[:at], *parts, *self._parts[at:]]


def _is_entry(para: Para) -> bool:
    """Return whether a line ends in a tab and a page number, or says what the numbers are."""
    return re.search(rf"[{TAB}.]\s*[0-9٠-٩]{{1,4}}\s*$", para.text) is not None or len(para.text.split()) == 1


class Compounds:
    """Reads compound blocks. The cursor is always after the first part of the block."""

    def __init__(self, spans: SpanReader, marks: MarkReader, *, fits: bool = False) -> None:
        self._fits = fits
        self._spans, self._marks, self._ours = spans, marks, marks.ours
        self._letters = [str(letter) for letter in marks.locale.word("marks", "letters")]
        self._tables = TableReader(spans, self._letters, self._figures, ours=marks.ours, fits=fits)

    def contents(self, para: Para, cursor: Cursor) -> Contents:
        """Return a table of contents. Its entries are generated again, so those of the source are skipped."""
        listed = [para]
        for part in cursor.paras():
            if part.contents is None and not (part.kind is ParaKind.CONTENTS and part.level):
                break
            listed.append(part)
        cursor.skip(len(listed) - 1)
        self._spans.record.made_again += [each.text for each in listed]
        depth = next((each.contents for each in listed if each.contents is not None), Contents().depth)
        return Contents(depth, self.lists_paragraphs(listed))

    def lists_paragraphs(self, listed: Iterable[Para]) -> bool:
        """Tell whether a table of contents says which paragraphs are below each heading: so its head says."""
        title, head = (
            patterns.fold(str(self._marks.locale.word("contents", word))) for word in ("title", "paragraphs")
        )
        texts = (patterns.fold(" ".join(re.split(rf"[{TAB}\s]+", each.text))) for each in listed)
        return any(text.removeprefix(title).lstrip().startswith(head) for text in texts)

    def typed_contents(self, para: Para, cursor: Cursor) -> list[Para] | None:
        """Take a typed table of contents, a table or lines with page numbers after its title; return its entries.

        Return None if `para` is not its title.
        """
        if patterns.fold(para.text.strip()) != patterns.fold(str(self._marks.locale.word("contents", "title"))):
            return None
        following = cursor.ahead()
        taken = [following] if isinstance(following, StyledTable) else list(takewhile(_is_entry, cursor.paras()))
        if following is None or not taken:
            return None
        cursor.skip(len(taken))
        return list(paragraphs(taken))

    def captioned(self, para: Para, cursor: Cursor, before: model.Block | None) -> tuple[StyledPart, Caption] | None:
        """Return the table or picture after the caption that begins with `para`, and the caption.

        Return None if `para` is not a caption. `before` is the block before it.
        """
        numbered = any(self._marks.caption(para.text, what)[1] for what in ("table", "figure"))
        otherwise = not (numbered or self._ours) and self._marks.names_caption(para.text)  # `Figure 1` for `Figure I`
        numbered = numbered or otherwise
        if not self._is_caption(para, numbered, heads=True):
            return None
        paras = [para]
        for part in cursor.paras():
            if part.pictures or part.layout or not self._is_caption(part, False, heads=numbered, first=False):
                break
            paras.append(part)
        following = cursor.ahead(len(paras) - 1)
        if following is None or (isinstance(following, Para) and not following.pictures):
            if para.kind is ParaKind.CAPTION:
                self._spans.record.report(para.number, _ALONE)
            return None
        cursor.skip(len(paras))
        unit = next((each for each in reversed(paras) if self._is_unit(each)), None)
        end = len(paras) if unit is None else paras.index(unit)
        parting = Span(inline=LineEnd()) if otherwise else Span(" ")
        spans = [span for each in paras[:end] for span in (*each.spans, parting)][:-1]
        paras[end:] = [each for each in paras[end:] if each is not unit]
        # What is below the unit is another line of the title, which print has above the unit.
        spans += [span for each in paras[end:] for span in (Span(inline=LineEnd()), *each.spans)][not end :]
        what = "table" if isinstance(following, StyledTable) else "figure"
        section, ordinal, length = self._marks.caption(text_of(spans).lstrip(SPACE), what, literal=para.is_literal)
        if len(paras) > 1 and length < len(para.text):
            self._spans.record.report(para.number, _JOINED)
        title = self._caption_content(cut_mark(spans, length), para)
        above = fit_of_para(para, before, Matter.CAPTION if paras else Matter.UNIT).above
        fit = Fit(letters=(paras or [para])[-1].fit.letters, above=above)
        below = self._caption_content(unit.spans, unit) if unit else ()
        return following, Caption(
            self.fitted(title, fit) if title else (), ordinal, section,
            below if title else self.fitted(below, fit),
        )  # fmt: skip

    def fitted(self, content: Content, fit: Fit) -> Content:
        """Return the content of a paragraph of a report with how it was fitted to its page, before a page end there."""
        end = len(content)
        while end and isinstance(content[end - 1], PageEnd):
            end -= 1
        return (*content[:end], fit, *content[end:]) if self._fits and fit != Fit() else content

    def _caption_content(self, spans: Sequence[Span], para: Para) -> tuple[Inline, ...]:
        return self._spans.content(self._tables.called(spans), para.number, plain=True)

    def _is_unit(self, para: Para) -> bool:
        """Return whether a line of a caption is its unit: a line in brackets."""
        text = para.text.strip()
        return para.kind is ParaKind.UNIT if self._ours else text.startswith("(") and text.endswith(")")

    def _is_caption(self, para: Para, numbered: bool, *, heads: bool, first: bool = True) -> bool:
        """Return whether a paragraph is the `first` of a caption or continues one; `heads` says whether headings may.

        In documents that Masthead did not write, an unnumbered heading or a line in parentheses right above a table is
        a caption as well.
        """
        if self._ours or para.kind in (ParaKind.CAPTION, ParaKind.UNIT):
            return para.kind in (ParaKind.CAPTION, ParaKind.UNIT)
        text = para.text.strip()
        if para.kind is ParaKind.HEADING and not self._is_unit(
            para
        ):  # those of the column begin with tabs, those of a table at the edge
            in_column = first and text_of(para.spans).startswith(TAB) and text_of(para.spans).count(TAB) > 1
            return heads and (numbered or not (in_column or self._marks.is_heading(text)))
        short = para.kind in (ParaKind.TEXT, ParaKind.HEADING) and 0 < len(text) < _MAX_CAPTION
        return short and (numbered or (text.startswith("(") and text.endswith(")")))

    def table(self, table: StyledTable, caption: Caption, cursor: Cursor) -> Table:
        """Return a table with its caption and the lines after it."""
        remarks, notes = self._below(cursor)
        return self._settled(replace(self._tables.table(table, remarks, notes), caption=caption))

    def _settled(self, block: Block) -> Block:
        """Return a table or figure whose raised letters call only notes that it has."""
        count = len(block.notes)

        def settle(content: Iterable[Inline]) -> tuple[Inline, ...]:
            return joined(
                Raised(self._letters[inline.ordinal - 1])
                if isinstance(inline, TableNoteCall) and inline.ordinal > count
                else replace(inline, content=settle(inline.content))
                if isinstance(inline, Strong | Emphasis)
                else inline
                for inline in content
            )

        return block if self._ours else map_contents(block, settle)

    def _below(self, cursor: Cursor) -> tuple[list[Para], list[Para]]:
        """Take the remarks and the notes below a table or a picture."""
        remarks: list[Para] = []
        notes: list[Para] = []
        for part in cursor.paras():
            if part.kind is ParaKind.TABLE_NOTE or (not self._ours and self._tables.is_note(part)):
                notes.append(part)
            elif part.kind is ParaKind.REMARK or (not self._ours and self._tables.is_remark(part)):
                remarks.append(part)
            else:
                break
        cursor.skip(len(remarks) + len(notes))
        return remarks, notes

    def lines_of_box(self, box: StyledTable) -> list[Para]:
        """Return the paragraphs of a box that has only remarks and notes, otherwise an empty list."""
        cells = [cell for row in box.rows for cell in row.cells]
        parts = [part for cell in cells for part in cell.parts] if len(cells) == 1 else []
        lines = [part for part in parts if isinstance(part, Para) and part.spans and not part.pictures]
        if len(lines) < len(parts) or not all(map(self._is_line_below, lines)):
            return []
        return lines

    def _is_line_below(self, para: Para) -> bool:
        return self._tables.is_remark(para) or self._tables.is_note(para)

    def with_lines(self, figure: Figure, lines: Sequence[Para]) -> Figure:
        """Return a figure with further lines below it."""
        return self._settled(replace(figure, remarks=(*figure.remarks, *self._tables.lines(lines))))

    def figures(self, para: Para, caption: Caption, cursor: Cursor) -> Iterator[Figure]:
        """Yield the pictures of a paragraph. The first one gets the caption, the last one the lines below."""
        remarks, notes = self._below(cursor)
        found = list(self._figures(para, caption))
        if not found:
            return
        *others, last = found
        yield from others
        if self._ours:
            yield replace(last, remarks=self._tables.lines(remarks), notes=self._tables.notes(notes))
        else:  # what calls their notes is in the picture
            yield self._settled(replace(last, remarks=self._tables.lines((*remarks, *notes))))

    def _figures(self, para: Para, caption: Caption) -> Iterator[Figure]:
        for picture in para.pictures:
            media_type = MEDIA_TYPES.get(PurePosixPath(picture.name).suffix.lower())
            words = picture.alternative.strip()
            if not words and not picture.is_lost:
                self._spans.record.report(para.number, _NO_ALTERNATIVE)
            placeholder = str(self._marks.locale.word("tables", "undescribed"))
            words = picture.alternative if words else picture.words or plain(caption.title).strip() or placeholder
            data = picture.data
            if media_type is None:
                if not picture.is_lost:
                    self._spans.record.report(para.number, _UNKNOWN)
                media_type, data = MEDIA_TYPES[".svg"], _missing(placeholder, picture.height)
            yield Figure(data, media_type, words, caption, picture.kind, picture.width)
            caption = NO_CAPTION
