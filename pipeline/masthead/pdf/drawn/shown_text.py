"""What the texts of a page show, word by word: characters are made of them when somebody looks at one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, repeat
from operator import and_, itemgetter, le, sub
from typing import NamedTuple, overload

from masthead.pdf.drawn.characters import Character, new_character
from masthead.pdf.drawn.direction import PARTED, SPACED
from masthead.pdf.drawn.words import MOST_GAP, WordView

COLUMN_GAP = 14.0
"""A wider gap, in points, separates two texts on one baseline: running head and running title, number and text."""


_IS_BEGUN = itemgetter(WordView._fields.index("begins_last"))


class TextStyle(NamedTuple):
    """What the characters of a text have in common: parts of a `Character`, which are described there."""

    baseline: float
    size: float
    font: str
    content: int


class _Characters(Sequence[Character]):
    """Characters that are made whenever somebody looks at them."""

    __slots__ = ()

    @abstractmethod
    def outermost(self, last: bool) -> Character:
        """Return the first or the `last` character."""

    @overload
    def __getitem__(self, place: int) -> Character: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Character]: ...
    def __getitem__(self, place: int | slice) -> Character | Sequence[Character]:
        if place == 0 or place == -1:
            return self.outermost(place < 0)
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class WordText(_Characters):
    """What one operator shows, all of it read from one side, as words that follow each other from left to right.

    `views` are those words, `starts` where they begin, `spaced` says which have white space before them, in the order
    in which they are read: from the left, or `turned`, from the right. Places are in points, from the top left corner.
    `first` and `last` are where the first and the last character begin on the left, `end` is where the last one ends.
    `is_in_order` says that none of the words is in another column, or begins before the one on its left.
    """

    __slots__ = (
        *("bottom", "end", "first", "is_in_order", "last", "right", "spaced", "starts", "style", "top", "turned"),
        "views",
    )

    def __init__(
        self, style: TextStyle, views: Sequence[WordView], starts: Sequence[float], spaced: Sequence[bool], turned: bool
    ) -> None:
        self.style, self.views, self.starts, self.spaced, self.turned = style, views, starts, spaced, turned
        unit, baseline = style.size / 1000, style.baseline
        firsts = [start + unit * view.first for start, view in zip(starts, views, strict=True)]
        lasts = [start + unit * view.last for start, view in zip(starts, views, strict=True)]
        self.first, self.last = firsts[0], lasts[-1]
        self.right = max([start + unit * view.right for start, view in zip(starts, views, strict=True)])
        self.top = baseline + unit * min([view.top for view in views])
        self.bottom = baseline + unit * max([view.bottom for view in views])
        # Each word begins after the one on its left, and in the same column.
        ends = [start + unit * view.end for start, view in zip(starts, views, strict=True)]
        self.end = ends[-1]
        gap = max(map(sub, firsts[1:], ends), default=0.0)
        self.is_in_order = max(gap, unit * MOST_GAP) <= COLUMN_GAP and all(map(le, lasts, firsts[1:]))

    def __len__(self) -> int:
        return sum([len(view.texts) for view in self.views])

    def __iter__(self) -> Iterator[Character]:
        baseline, size, font, content = self.style
        unit, pairs = size / 1000, [*zip(self.starts, self.views, strict=True)]
        spaced: list[bool] = []
        for view, is_spaced in zip(self.views, self.spaced, strict=True):
            place = len(spaced)
            spaced += [False] * len(view.texts)
            spaced[place + view.begins] = is_spaced
        columns = (
            [text for _, view in pairs for text in view.texts],
            [start + unit * left for start, view in pairs for left in view.lefts],
            [baseline + unit * top for _, view in pairs for top in view.tops],
            [start + unit * right for start, view in pairs for right in view.rights],
            [baseline + unit * bottom for _, view in pairs for bottom in view.bottoms],
            *(repeat(baseline), repeat(size), repeat(font), spaced, repeat(content), repeat(0)),
        )
        return map(new_character, zip(*columns, strict=False))

    def outermost(self, last: bool) -> Character:
        at = -last
        view, start, unit, baseline = self.views[at], self.starts[at], self.style.size / 1000, self.style.baseline
        box = (
            *(start + unit * view.lefts[at], baseline + unit * view.tops[at]),
            *(start + unit * view.rights[at], baseline + unit * view.bottoms[at]),
        )
        is_spaced = self.spaced[at] and view.begins == at % len(view.texts)
        return new_character((view.texts[at], *box, *self.style[:3], is_spaced, self.style.content, 0))


ShownText = WordText | tuple[Character, ...]
"""What one operator shows, word by word or glyph by glyph."""


class WordTexts(_Characters):
    """The characters of texts that follow each other from left to right."""

    __slots__ = ("texts",)

    def __init__(self, texts: Sequence[WordText]) -> None:
        self.texts = texts

    def __len__(self) -> int:
        return sum(map(len, self.texts))

    def __iter__(self) -> Iterator[Character]:
        return chain.from_iterable(self.texts)

    def outermost(self, last: bool) -> Character:
        return self.texts[-last].outermost(last)


def are_apart(texts: Sequence[WordText]) -> bool:
    """Whether texts, in the order in which they begin, end before the next one begins."""
    return all(before.last < after.first for before, after in pairwise(texts))


def read_words(texts: Sequence[WordText], *, right_to_left: bool) -> str | None:
    """Return the text of words in the order it is read (see `reading_order`); None where single glyphs must be seen."""
    if any(text.turned is not right_to_left for text in texts):
        return None
    views = [view for text in texts for view in text.views]
    spaced = [each for text in texts for each in text.spaced]
    kinds = set().union(*[view.kinds for view in views])
    if not right_to_left:
        if "rtl" in kinds or any(map(and_, spaced, [view.begins > 0 for view in views])):
            return None
        return "".join(
            [f" {view.text}" if each else view.text for view, each in zip(views, spaced, strict=True)]
        ).lstrip()
    if "latin" in kinds:
        return None
    if "rtl" in kinds and "arabic number" not in kinds and all(spaced[:-1]) and all(map(_IS_BEGUN, views)):
        return " ".join([view.text for view in reversed(views)])
    return _from_right(texts, by_gaps="arabic number" in kinds or "rtl" not in kinds)


def _from_right(texts: Sequence[WordText], *, by_gaps: bool) -> str | None:
    """Return the text of words without Latin letters, as it is read from the right."""
    parts: list[str] = []
    before: WordView | None = None
    edge = 0.0
    for text in reversed(texts):
        size = text.style.size
        unit = size / 1000
        for view, start, spaced in zip(reversed(text.views), reversed(text.starts), reversed(text.spaced), strict=True):
            if spaced and not view.begins_last:
                if not view.begins_part:
                    return None
                spaced = False
            if before is not None:
                if before.number_first is not view.number_last:
                    is_apart = edge - start - unit * view.reach > PARTED * size
                elif view.number_last:
                    return None
                else:
                    is_apart = spaced or (by_gaps and edge - start - unit * view.right > SPACED * size)
                if is_apart:
                    parts.append(" ")
            parts.append(view.text)
            before, edge = view, start + unit * view.first
    return "".join(parts)
