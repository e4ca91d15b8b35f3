"""Blocks as shapes: plain values that a template prints, in page order.

Each class has a `shape`, the name of the macro in `templates/blocks.html.j2` that prints its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

_SHORT = 4  # tables with at most 4 rows stay on one page
_GAP = 2.0  # points between columns
_GUTTER = 7.2  # points before all columns but the first
FRAME, COLUMN = 492.0, 365.3  # points: the frame, and the text
_REACH = 428.6  # points from the start of the text to the frame's end
_WIDER = 8000  # twentieths of a point: columns that are together so wide do not fit into the text
_SMALLER, _SMALLEST = 7 / 8.5, 5.5 / 8.5  # type of dense tables, of that of others
_SMALL_HEAD = 6 / 7  # type of heads of narrow columns, of that of others
_TOO_MUCH = 99.0
_LEAST = 0.1  # points: of a column whose width in the file is nothing


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    """A paragraph. `kind` is its CSS class, `parts` its HTML, divided where a page ended in the printed original.

    `key` identifies the parts of one paragraph, `ends_page` says that a page ended after it. `anchor` is the target of
    links to the paragraph; it is empty if none can refer to it. `fit` is its style if it was fitted by hand.
    """

    shape: ClassVar[str] = "paragraph"
    kind: str
    key: str
    mark: str
    parts: tuple[Markup, ...]
    ends_page: bool
    anchor: str
    fit: str = ""


@dataclass(frozen=True, slots=True)
class HeadingShape:
    """A heading. `level` is its level in HTML, `kind` its CSS class, `key` the anchor for a table of contents.

    `bookmark` is its text as a bookmark, empty if that is the same. `fit` is that of a paragraph.
    """

    shape: ClassVar[str] = "heading"
    level: int
    kind: str
    key: str
    mark: str
    text: Markup
    bookmark: str
    fit: str = ""


@dataclass(frozen=True, slots=True)
class CellShape:
    """A cell of a table. `gutter` says that a double line follows it, `spans` that it is above others of the head,
    `reaches` that it has several rows down to the last one of the head."""

    columns: int
    rows: int
    side: str
    texts: tuple[Markup, ...]
    gutter: bool
    spans: bool
    reaches: bool = False


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row of a table. A `long` row may continue on the next page, as in print.

    The first column of a row that is `beside` belongs to a cell that began above.
    """

    kind: str
    indent: int
    cells: tuple[CellShape, ...]
    long: bool = False
    beside: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its CSS classes."""
        holds = {
            self.kind: self.kind != "item",
            f"indent-{self.indent}": self.indent > 0,
            "long": self.long,
            "beside": self.beside,
        }
        return tuple(kind for kind, held in holds.items() if held)


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table. `widths` are the shares of its columns, `labels` the widths of what its rows begin with, in points.

    The page is as wide as the frame times `share`.
    """

    shape: ClassVar[str] = "table"
    key: str
    mark: str
    caption: Markup
    unit: Markup
    head: tuple[RowShape, ...]
    rows: tuple[RowShape, ...]
    remarks: tuple[Markup, ...]
    notes: tuple[tuple[str, Markup], ...]
    fit: str
    widths: tuple[int, ...]
    top: bool
    inset: bool
    leading: int
    whole: bool
    words: tuple[Mapping[tuple[int, int], float], Mapping[tuple[int, int], float]]
    labels: tuple[float, ...] = ()
    share: float = 1.0

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of the paragraphs after it: a label and figures, under what is above several."""
        spanned = len(self.head) == len(self.rows) == 1 and any(cell.columns > 1 for cell in self.head[0].cells)
        return spanned and self.inset and not (self.mark or self.caption or self.unit)

    @property
    def _room(self) -> float:
        return self.share * (FRAME if not self.inset else _REACH if self.reaches else COLUMN)

    @property
    def reaches(self) -> bool:
        """Whether it begins where the text does, and reaches to the end of the frame."""
        return self.inset and sum(self.widths) > _WIDER

    @property
    def given(self) -> list[float]:
        """The widths of its columns in points, as the file has them; empty if it has none.

        A column that is too narrow for its longest word takes what it needs from those with room to spare. What the
        first column spares breaks no label that is one line in the file, if the others have enough.
        """
        if not any(self.widths):
            return []
        given = [self._room * width / sum(self.widths) for width in self.widths]
        small = (_SMALL_HEAD, 1.0)  # the head may have smaller type
        needed = [
            max(share * words.get((at, 1), 0.0) for share, words in zip(small, self.words, strict=True)) + _GAP
            for at in range(len(given))
        ]
        whole = max((width + _GAP for width in self.labels if width + _GAP <= given[0]), default=0.0)
        for least in (max(needed[0], whole), needed[0]):
            needed[0] = least
            spare = [max(width - need, 0.0) for width, need in zip(given, needed, strict=True)]
            lacking = sum(max(need - width, 0.0) for width, need in zip(given, needed, strict=True))
            if not lacking or min(given) < _LEAST:
                return given
            if lacking <= sum(spare):
                share = lacking / sum(spare)
                return [max(width, need) - share * more for width, need, more in zip(given, needed, spare, strict=True)]
        return given

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its CSS classes. A `short` table is kept on one page.

        Its columns have a `fixed` width if the longest words fit. Where they do not, type is smaller. They are `spaced`
        if the words fit with a gutter before them too.
        """
        room, given = self._room, self.given
        head, body = (_fullness(words, given, _GAP) for words in self.words)
        spaced = len(given) > 2 and all(_fullness(words, given, _GAP + _GUTTER) <= 1 for words in self.words)
        fixed = body <= 1 and head <= 1 / _SMALL_HEAD
        single = [max(words.get((at, 1), 0.0) for words in self.words) for at in range(len(self.widths))]
        dense = 0.0 if fixed else sum(width + _GAP for width in single) / room
        holds = {
            "short": self.whole or (len(self.rows) <= _SHORT and not any(row.long for row in self.rows)),
            "fixed": fixed,
            "spaced": spaced,
            "small-head": fixed and head > 1,
            "variance": self.is_heading,
            "top": self.top,
            "inset": self.inset,
            "reaching": self.reaches,
            "dense": 1 < dense <= 1 / _SMALLER,
            "denser": dense > 1 / _SMALLER,
            "crammed": dense > 1 / _SMALLEST,
        }
        return tuple(kind for kind, held in holds.items() if held)


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A picture. `address` is a data URI, `alternative` the text for those who cannot see it."""

    shape: ClassVar[str] = "figure"
    key: str
    mark: str
    caption: Markup
    unit: Markup
    address: str
    alternative: str
    kind: str
    width: int
    remarks: tuple[Markup, ...]
    notes: tuple[tuple[str, Markup], ...]
    fit: str


@dataclass(frozen=True, slots=True)
class BoxShape:
    """Text in a frame."""

    shape: ClassVar[str] = "box"
    title: Markup
    blocks: tuple[Shape, ...]
    indent: int


@dataclass(frozen=True, slots=True)
class VoteShape:
    """A recorded vote. A side is its heading and the States."""

    shape: ClassVar[str] = "vote"
    sides: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class ContentsShape:
    """A table of contents. An entry is its level, the anchor it links to, its mark, its title and its note calls.

    `paragraphs` is the head of the numbers of paragraphs, empty if there are none; `ranges` has them by anchor.
    """

    shape: ClassVar[str] = "contents"
    title: str
    page: str
    entries: tuple[tuple[int, str, str, Markup, Markup], ...]
    paragraphs: str = ""
    ranges: Mapping[str, Markup] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionShape:
    """Blocks on pages of another layout: `kind` is `landscape`, `portrait` among landscape pages, or `columns-2`."""

    shape: ClassVar[str] = "section"
    kind: str
    blocks: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class AnnexShape:
    """An annex: its heading, the line that names its original language, its title (with its bookmark) and blocks."""

    key: str
    mark: str
    original: str
    title: Markup
    bookmark: str
    blocks: tuple[Shape, ...]
    kind: str


Shape = ParagraphShape | HeadingShape | TableShape | FigureShape | BoxShape | VoteShape | ContentsShape | SectionShape


def _fullness(words: Mapping[tuple[int, int], float], given: Sequence[float], gap: float) -> float:
    """Return the largest share of the room of its columns, without a gap, that a word takes."""
    if not given:
        return _TOO_MUCH
    rooms = ((width, max(sum(given[at : at + count]) - gap, _LEAST)) for (at, count), width in words.items())
    return max((width / room for width, room in rooms), default=0.0)
