"""The text of the structure tree as a screen reader reads it, block by block (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from masthead.pdf.content.structure import MarkedContent, StructureElement, read_structure

# Elements within the text of a block (ISO 32000-1, table 338 and 14.8.4.4).
INLINE = frozenset(
    (
        *("Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Em", "Strong", "Sub"),
        *("Lbl", "NonStruct", "LBody"),
    )
)
_LISTS = ("L", "LI")  # in a note they are part of its text
Texts = Callable[[int, int], str]
"""Page index and MCID → the text that this marked content shows."""


class Piece(NamedTuple):
    """What one marked content shows of a block, usually a part of a line: `page` from 1, `number` its MCID.

    `apart` says that it begins a term or an explanation in a list of a note: these are side by side.
    """

    text: str
    page: int
    number: int
    apart: bool = False


@dataclass(frozen=True, slots=True)
class TaggedBlock:
    """A paragraph, a heading, a note, a cell or a figure of the tree.

    `kind` is its standard type (`P`, `H1`, `Note`, `Figure`), `text` its text in logical order, `pages` the pages that
    it is on, from 1, `language` the one in force, `alternative` the text that is read instead of a picture. `in_cell`
    says that it is a cell of a table or part of one: cells are side by side.
    """

    kind: str
    text: str
    pages: tuple[int, ...] = ()
    language: str = ""
    alternative: str = ""
    pieces: tuple[Piece, ...] = ()
    in_cell: bool = False

    @property
    def page(self) -> int | None:
        """The page that it begins on."""
        return self.pages[0] if self.pages else None


def read_tree(file: pikepdf.Pdf, texts: Texts | None = None) -> tuple[TaggedBlock, ...]:
    """Read the blocks of a file (see `tagged_blocks`). Raises ValueError where its structure tree loops."""
    return tagged_blocks(read_structure(file), texts)


def tagged_blocks(root: StructureElement | None, texts: Texts | None = None) -> tuple[TaggedBlock, ...]:
    """Return the blocks that hold text or a picture, in reading order. A PDF without tags has none.

    The text of an element is its ActualText; without one, what `texts` returns for its marked content.
    """
    if root is None:
        return ()
    drafts: list[_BlockDraft] = []
    _gather(root, None, root.language, False, drafts, texts or (lambda page, number: ""))
    return tuple(_finished(drafts))


@dataclass(slots=True)
class _BlockDraft:
    """A block while its text is being gathered."""

    kind: str
    language: str
    alternative: str
    in_cell: bool
    parts: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    pieces: list[Piece] = field(default_factory=list)
    apart: bool = False

    def part(self, listed: bool) -> None:
        """Part the text so far from what follows, at the edges of the items of a list and of what is in them."""
        if listed:
            self.parts.append(" ")
            self.apart = True

    def show(self, text: str, page: int, number: int) -> None:
        """Add what one marked content shows."""
        self.pieces.append(Piece(text, page, number, self.apart))
        self.apart = False


def _gather(
    element: StructureElement,
    block: _BlockDraft | None,
    language: str,
    in_cell: bool,
    drafts: list[_BlockDraft],
    texts: Texts,
) -> None:
    """Add what is below `element` to `block`, and to `drafts` the blocks that begin there."""
    for kid in element.kids:
        if isinstance(kid, StructureElement):
            spoken, held = kid.language or language, in_cell or kid.kind in ("TH", "TD")
            inner = block
            listed = block is not None and block.kind == "Note" and (kid.kind in _LISTS or element.kind == "LI")
            if inner is None or not (kid.kind in INLINE or listed):
                inner = _BlockDraft(kid.kind, spoken, kid.alternative, held)
                drafts.append(inner)
            if kid.page is not None:
                inner.pages.add(kid.page)
            inner.part(listed)
            if kid.text is None:
                _gather(kid, inner, spoken, held, drafts, texts)
            else:
                _replace(kid, kid.text, inner)
            inner.part(listed)
        elif block is not None and kid.page is not None:
            text = texts(kid.page - 1, kid.number)
            block.pages.add(kid.page)
            block.parts.append(text)
            block.show(text, kid.page, kid.number)


def _replace(element: StructureElement, text: str, block: _BlockDraft) -> None:
    """Add to `block` the ActualText of an element, as the text of its first piece."""
    block.parts.append(text)
    for kid in element.kids:
        if isinstance(kid, MarkedContent) and kid.page is not None:
            block.show(text, kid.page, kid.number)
            text = ""


def _finished(drafts: list[_BlockDraft]) -> Iterator[TaggedBlock]:
    for draft in drafts:
        text = " ".join("".join(draft.parts).split())
        if text or draft.alternative or draft.kind == "Figure":
            pages = tuple(sorted(draft.pages))
            pieces = tuple(draft.pieces)
            yield TaggedBlock(draft.kind, text, pages, draft.language, draft.alternative, pieces, draft.in_cell)
