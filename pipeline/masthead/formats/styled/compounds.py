"""What takes several parts: tables and pictures with their captions, and tables of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from masthead.document import Contents, Figure, Inline, Severity, Table
from masthead.document.references import Doubt
from masthead.formats.pictures import MEDIA_TYPES
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart, StyledTable
from masthead.formats.styled.spans import BREAK, SPACE, Span, SpanReader, cut_behind, text_of
from masthead.formats.styled.tables import TableReader

Caption = tuple[int | None, tuple[Inline, ...]]
"""The number of a table or a picture, and what stands over it."""

_LONGEST = 200  # characters of a caption in no style of its own
_UNSEEN = Doubt("picture-kind", "a picture without alternative text is not carried", "give it one")
_UNKNOWN = Doubt("picture-kind", "a picture that is no PNG, JPEG or SVG is not carried", "put it in as one of these")
_ALONE = Doubt(
    "caption-alone", "a caption stands over no table or picture; it is read as text", "put it right before one"
)

_JOINED = Doubt("caption-lines", "the lines of a caption are joined", "make it one paragraph", Severity.NOTE)


class Cursor:
    """A place in a sequence of parts."""

    def __init__(self, parts: Sequence[StyledPart]) -> None:
        self._parts, self._at = parts, 0

    def __iter__(self) -> Iterator[StyledPart]:
        while (part := self.ahead()) is not None:
            self.skip()
            yield part

    def ahead(self, distance: int = 0) -> StyledPart | None:
        """The next part, or one behind it, without taking it."""
        at = self._at + distance
        return self._parts[at] if at < len(self._parts) else None

    def paras(self) -> Iterator[Para]:
        """The paragraphs ahead, up to the next table, without taking them."""
        at = self._at
        while at < len(self._parts) and isinstance(part := self._parts[at], Para):
            yield part
            at += 1

    def skip(self, count: int = 1) -> None:
        self._at += count


class Compounds:
    """Reads what takes several parts from a cursor behind the first of them."""

    def __init__(self, inliner: SpanReader, counts: MarkReader) -> None:
        self._inliner, self._counts, self._ours = inliner, counts, counts.ours
        letters = [str(letter) for letter in counts.locale.word("marks", "letters")]
        self._tables = TableReader(inliner, letters, ours=counts.ours)

    def contents(self, para: Para, cursor: Cursor) -> Contents:
        """A table of contents is made anew; what the source lists is passed over, its title and all."""
        listed = [para]
        for part in cursor.paras():
            if part.contents is None and not (part.kind is ParaKind.CONTENTS and part.level):
                break
            listed.append(part)
        cursor.skip(len(listed) - 1)
        return Contents(next((each.contents for each in listed if each.contents is not None), Contents().depth))

    def captioned(self, para: Para, cursor: Cursor) -> tuple[StyledPart, Caption] | None:
        """Return the table or the picture that a caption stands over, and the caption; None where `para` is none."""
        numbered = any(self._counts.counted(para.text, what)[0] for what in ("table", "figure"))
        if not self._is_caption(para, numbered, heads=True):
            return None
        paras = [para]
        for part in cursor.paras():
            if part.pictures or not self._is_caption(part, False, heads=numbered):
                break
            paras.append(part)
        following = cursor.ahead(len(paras) - 1)
        if following is None or (isinstance(following, Para) and not following.pictures):
            if para.kind is ParaKind.CAPTION:
                self._inliner.record.report(para.number, _ALONE)
            return None
        cursor.skip(len(paras))
        spans = [span for each in paras for span in (*each.spans, Span(BREAK))]
        what = "table" if isinstance(following, StyledTable) else "figure"
        ordinal, length = self._counts.counted(text_of(spans).lstrip(SPACE), what, literal=para.is_literal)
        if len(paras) > 1 and length < len(para.text):
            self._inliner.record.report(para.number, _JOINED)
        content = self._inliner.content(self._tables.called(cut_behind(spans, length)), para.number, plain=True)
        return following, (ordinal, content)

    def _is_caption(self, para: Para, numbered: bool, *, heads: bool) -> bool:
        """Tell whether a paragraph is a caption, or goes on with one: a heading only where one may, as `heads` says.

        In documents that Masthead did not write, an unnumbered heading right over a table is its title, and so is a
        line in parentheses.
        """
        if self._ours or para.kind is ParaKind.CAPTION:
            return para.kind is ParaKind.CAPTION
        text = para.text.strip()
        if para.kind is ParaKind.HEADING:
            return heads and (numbered or not self._counts.is_heading(text))
        short = para.kind is ParaKind.TEXT and 0 < len(text) < _LONGEST
        return short and (numbered or (text.startswith("(") and text.endswith(")")))

    def table(self, grid: StyledTable, caption: Caption, cursor: Cursor) -> Table:
        """A table with its caption and the notes behind it."""
        behind: list[Para] = []
        for part in cursor.paras():
            if part.kind is not ParaKind.TABLE_NOTE and (self._ours or not self._tables.is_note(part)):
                break
            behind.append(part)
        cursor.skip(len(behind))
        ordinal, content = caption
        return replace(self._tables.table(grid, behind), ordinal=ordinal, caption=content)

    def figures(self, para: Para, caption: Caption = (None, ())) -> Iterator[Figure]:
        """The pictures of a paragraph; the caption is the first one's."""
        for picture in para.pictures:
            media_type = MEDIA_TYPES.get(PurePosixPath(picture.name).suffix.lower())
            if media_type is None or not picture.alternative.strip():
                self._inliner.record.report(para.number, _UNSEEN if media_type else _UNKNOWN)
                continue
            ordinal, content = caption
            yield Figure(picture.data, media_type, picture.alternative, content, ordinal)
            caption = (None, ())
