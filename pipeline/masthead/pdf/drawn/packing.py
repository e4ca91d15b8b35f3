"""The pages of long documents in less memory: characters in columns instead of objects.

A character as a tuple takes some 240 bytes, a page has two thousand. In columns it takes 40, and is made again whenever
it is looked at, which few rules do.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, compress, count, repeat
from operator import ne
from typing import overload

from masthead.pdf.drawn.characters import Character, new_character
from masthead.pdf.drawn.pages import DrawnSpan, Page

_Style = tuple[float, float, str, int, int]
"""Baseline, size, font, content and turn: what characters beside each other have in common."""


class PackedCharacters(Sequence[Character]):
    """Characters, equal to those that it was made of. The first is kept as it is: a span has its size and baseline."""

    __slots__ = ("_edges", "_first", "_spaced", "_styles", "_texts")

    def __init__(self, characters: Sequence[Character]) -> None:
        texts, left, top, right, bottom, baseline, size, font, spaced, content, turn = zip(*characters, strict=True)
        self._first = characters[0]
        self._texts: Sequence[str] = "".join(texts) if set(map(len, texts)) == {1} else texts
        self._edges = array("d", chain(left, top, right, bottom))
        self._spaced = bytes(spaced)
        styles = list(zip(baseline, size, font, content, turn, strict=True))
        ends = [*compress(count(1), map(ne, styles, styles[1:])), len(styles)]
        self._styles = tuple([(end, styles[end - 1]) for end in ends])

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[Character]:
        start = 0
        for end, style in self._styles:
            yield from self._part(start, end, style)
            start = end

    @overload
    def __getitem__(self, place: int) -> Character: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Character, ...]: ...
    def __getitem__(self, place: int | slice) -> Character | tuple[Character, ...]:
        if place == 0:
            return self._first
        if isinstance(place, slice):
            return tuple(self)[place]
        at = range(len(self))[place]
        style = next(style for end, style in self._styles if at < end)
        return next(self._part(at, at + 1, style))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, tuple | PackedCharacters) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _part(self, start: int, end: int, style: _Style) -> Iterator[Character]:
        length, (baseline, size, font, content, turn) = len(self), style
        edges = [self._edges[first + start : first + end] for first in range(0, 4 * length, length)]
        shared = repeat(baseline), repeat(size), repeat(font), map(bool, self._spaced[start:end])
        return map(new_character, zip(self._texts[start:end], *edges, *shared, repeat(content), repeat(turn)))


def packed(page: Page) -> Page:
    """Return a page, equal to the one given, that keeps its characters in columns."""
    lines = tuple([replace(line, spans=_packed(line.spans), raised=_packed(line.raised)) for line in page.lines])
    return replace(page, lines=lines, turned=tuple(map(packed, page.turned)))


def _packed(spans: Iterable[DrawnSpan]) -> tuple[DrawnSpan, ...]:
    return tuple([_packed_span(span) for span in spans])


def _packed_span(span: DrawnSpan) -> DrawnSpan:
    if isinstance(span.characters, tuple):
        return replace(span, characters=PackedCharacters(span.characters))
    return span
