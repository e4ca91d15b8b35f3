"""The structure tree of a tagged PDF as the file has it (ISO 32000-1, 14.7): read once for all that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pikepdf

from masthead.pdf.content.resources import dictionary, numbers

DEPTH = 100  # far deeper than any document
_LINKS = frozenset(("Link", "Reference"))


class MarkedContent(NamedTuple):
    """Marked content: its page, counted from 1, None where the tree does not say it, and its MCID."""

    page: int | None
    number: int


class StructureElement(NamedTuple):
    """An element: its standard type (`P`, `H1`, `Note`), its own language, the text that stands for what is in it.

    `alternative` is the text that stands for a picture, `page` the one it is said to be on, or its parent is.
    """

    kind: str
    language: str
    text: str | None
    alternative: str
    page: int | None
    kids: tuple[StructureElement | MarkedContent, ...]


def read_structure(file: pikepdf.Pdf) -> StructureElement | None:
    """Return the root of the tree, with the language of the file; None where there is no tree.

    Raises ValueError where it loops, or is deeper than 100 elements.
    """
    root = file.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return None
    roles = {kind: str(role) for kind, role in dictionary(root.get("/RoleMap")).items()}
    reader = _Reader(numbers(file), roles)
    return StructureElement("", file.Root.get_str("/Lang", ""), None, "", None, reader.kids(root.get("/K"), None, 0))


def held(root: StructureElement) -> Mapping[MarkedContent, bool]:
    """All marked content that a tree holds, and whether each is within a link."""
    found: dict[MarkedContent, bool] = {}
    waiting = [(root, False)]
    for node, linked in waiting:  # which grows
        linked = linked or node.kind in _LINKS
        for kid in node.kids:
            if isinstance(kid, StructureElement):
                waiting.append((kid, linked))
            else:
                found[kid] = linked
    return found


class _Reader:
    def __init__(self, numbers: Mapping[tuple[int, int], int], roles: Mapping[str, str]) -> None:
        self._numbers, self._roles = numbers, roles
        self._met: set[tuple[int, int]] = set()

    def kids(self, kids: Any, page: int | None, depth: int) -> tuple[StructureElement | MarkedContent, ...]:
        if depth > DEPTH:
            raise ValueError("the structure tree is too deep")
        found: list[StructureElement | MarkedContent] = []
        for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, int):
                found.append(MarkedContent(page, kid))
            elif isinstance(kid, pikepdf.Dictionary):
                if kid.is_indirect:
                    if kid.objgen in self._met:
                        raise ValueError("the structure tree loops")
                    self._met.add(kid.objgen)
                entries = dict(kid.items())
                where = self._page(entries.get("/Pg"), page)
                if "/S" in entries:
                    found.append(self._node(entries, where, depth))
                elif isinstance(number := entries.get("/MCID"), int):
                    found.append(MarkedContent(where, number))
        return tuple(found)

    def _node(self, entries: Mapping[str, Any], page: int | None, depth: int) -> StructureElement:
        kind = str(entries["/S"])
        kind = self._roles.get(kind, kind).removeprefix("/")
        return StructureElement(
            "Note" if kind == "FENote" else kind,  # PDF 2.0's name for it (ISO 32000-2, 14.8.4.5)
            _text(entries.get("/Lang")) or "",
            _text(entries.get("/ActualText")),
            _text(entries.get("/Alt")) or "",
            page,
            self.kids(entries.get("/K"), page, depth + 1),
        )

    def _page(self, reference: Any, page: int | None) -> int | None:
        return self._numbers.get(reference.objgen, page) if isinstance(reference, pikepdf.Dictionary) else page


def _text(value: Any) -> str | None:
    """The text that an entry holds; None for anything else: a wrong kind is nothing."""
    return str(value) if isinstance(value, pikepdf.String) else None
