"""Nest elements and direction runs, which may overlap, as HTML.

A direction run is one box and is never divided. An element is divided where a run begins or ends inside it; each part
repeats the attributes of the element, except `id`, which only the first part keeps.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TypeVar

Piece = tuple[int, tuple[int, ...]]  # an owner, and the direction runs around this part of it
Owner = TypeVar("Owner", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tag:
    """An owner of leaves: an inline element or, if it has a `direction`, a direction run."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """HTML that is kept whole, with its owners from the outermost in, as indices into a table of tags."""

    html: str
    elements: tuple[int, ...]
    runs: tuple[int, ...]


def nest(leaves: Sequence[Leaf], tags: Sequence[Tag], identified: set[int]) -> str:
    """Return the HTML of `leaves` inside their owners. `identified` collects the elements whose `id` is written."""
    extents = _extents((index, owner) for index, leaf in enumerate(leaves) for owner in leaf.elements + leaf.runs)
    chains = [_pieces(leaf, extents) for leaf in leaves]
    spans = _extents((index, piece) for index, chain in enumerate(chains) for piece in chain)
    html: list[str] = []
    opened: list[tuple[int, Piece, str]] = []
    for leaf, pieces in zip([*leaves, Leaf("", (), ())], [*chains, []], strict=True):
        chain = _order(pieces, spans, tags)
        common = 0
        while common < min(len(chain), len(opened)) and chain[common] == opened[common]:
            common += 1
        html.extend(f"</{tags[owner].name}>" for owner, _, _ in reversed(opened[common:]))
        for owner, _, direction in chain[common:]:
            html.append(_start(tags[owner], direction, identified=owner in identified))
            identified.add(owner)
        html.append(leaf.html)
        opened = chain
    return "".join(html)


def _extents(places: Iterable[tuple[int, Owner]]) -> dict[Owner, tuple[int, int]]:
    """Return the first and last leaf of each owner."""
    extents: dict[Owner, tuple[int, int]] = {}
    for index, owner in places:
        extents[owner] = (extents.get(owner, (index, index))[0], index)
    return extents


def _pieces(leaf: Leaf, extents: dict[int, tuple[int, int]]) -> list[Piece]:
    """Return the owners of a leaf. A piece of an element is bounded by the runs that extend beyond the element."""
    pieces: list[Piece] = [(run, ()) for run in leaf.runs]
    for element in leaf.elements:
        first, last = extents[element]
        around = (run for run in leaf.runs if extents[run][0] < first or last < extents[run][1])
        pieces.append((element, tuple(around)))
    return pieces


def _order(
    pieces: list[Piece], spans: dict[Piece, tuple[int, int]], tags: Sequence[Tag]
) -> list[tuple[int, Piece, str]]:
    """Return the pieces around one leaf from the outermost in, each with the direction that it sets.

    The widest piece is the outermost. Of pieces of the same width, the first element takes over the direction and the
    runs are dropped; if there is no element, only the innermost run remains.
    """

    def width(piece: Piece) -> tuple[int, int]:
        return spans[piece][0], -spans[piece][1]

    chain: list[tuple[int, Piece, str]] = []
    for _, same in groupby(sorted(pieces, key=width), key=width):
        here = list(same)
        runs = [piece for piece in here if tags[piece[0]].direction]
        elements = [piece for piece in here if piece not in runs]
        direction = tags[runs[-1][0]].direction if runs else ""
        for index, piece in enumerate(elements or runs[-1:]):
            chain.append((piece[0], piece, "" if index else direction))
    return chain


def _start(tag: Tag, direction: str, *, identified: bool) -> str:
    attributes = [(name, value) for name, value in tag.attributes if not (identified and name == "id")]
    if direction:
        attributes.append(("dir", direction))
    return f"<{tag.name}" + "".join(f' {name}="{escape(value)}"' for name, value in attributes) + ">"
