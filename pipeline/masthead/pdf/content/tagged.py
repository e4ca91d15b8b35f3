"""The structure tree of a tagged PDF: what a screen reader reads, in order (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from masthead.pdf.content.structure import MarkedContent, StructureElement, read_structure

# ISO 32000-1, table 338 and 14.8.4.4: these stand within the text of another element.
INLINE = frozenset(
    (
        *("Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Em", "Strong", "Sub"),
        *("Lbl", "NonStruct", "LBody"),
    )
)
Texts = Callable[[int, int], str]


class Piece(NamedTuple):
    """What one marked content shows of an element, mostly a piece of a line: `page` from 1, `number` its MCID."""

    text: str
    page: int
    number: int


@dataclass(frozen=True, slots=True)
class TaggedBlock:
    """One text of the tree: a paragraph, a heading, a note, a cell, a figure.

    `kind` is its standard type (`P`, `H1`, `Note`, `Figure`), `text` its logical text, `pages` those it stands on,
    counted from 1, `language` the one in force, `alternative` the text that stands for a picture.
    """

    kind: str
    text: str
    pages: tuple[int, ...] = ()
    language: str = ""
    alternative: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def page(self) -> int | None:
        """The page it begins on."""
        return self.pages[0] if self.pages else None


@dataclass(slots=True)
class _Open:
    """An element while its text is being gathered."""

    kind: str
    language: str
    alternative: str
    parts: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    pieces: list[Piece] = field(default_factory=list)


def read_tree(file: pikepdf.Pdf, texts: Texts | None = None) -> tuple[TaggedBlock, ...]:
    """Read the elements of a file (see `blocks`). Raises ValueError where its structure tree loops."""
    return blocks(read_structure(file), texts)


def blocks(root: StructureElement | None, texts: Texts | None = None) -> tuple[TaggedBlock, ...]:
    """The elements that hold text or a picture, in reading order. A PDF without tags has none.

    Text is the elements' `ActualText`; where there is none, what `texts` says stands on a page (counted from 0) as
    marked content of a number.
    """
    if root is None:
        return ()
    walk = _TreeWalk(texts)
    walk.kids(root, None, root.language)
    return tuple(
        TaggedBlock(
            open.kind,
            " ".join("".join(open.parts).split()),
            tuple(sorted(open.pages)),
            open.language,
            open.alternative,
            tuple(open.pieces),
        )
        for open in walk.opened
        if "".join(open.parts).strip() or open.alternative or open.kind == "Figure"
    )


@dataclass(slots=True)
class _TreeWalk:
    """A way through the tree that notes the elements as they open."""

    texts: Texts | None
    opened: list[_Open] = field(default_factory=list)

    def kids(self, node: StructureElement, block: _Open | None, language: str) -> None:
        for kid in node.kids:
            if isinstance(kid, StructureElement):
                self._node(kid, block, language)
            elif block is not None and kid.page is not None:
                text = self.texts(kid.page - 1, kid.number) if self.texts is not None else ""
                block.pages.add(kid.page)
                block.parts.append(text)
                block.pieces.append(Piece(text, kid.page, kid.number))

    def _node(self, node: StructureElement, block: _Open | None, language: str) -> None:
        language = node.language or language
        if block is None or node.kind not in INLINE:
            block = _Open(node.kind, language, node.alternative)
            self.opened.append(block)
        if node.page is not None:
            block.pages.add(node.page)
        if node.text is None:
            self.kids(node, block, language)
            return
        block.parts.append(node.text)
        text = node.text
        for kid in node.kids:
            if isinstance(kid, MarkedContent) and kid.page is not None:
                block.pieces.append(Piece(text, kid.page, kid.number))
                text = ""
