"""The structure tree of a tagged PDF: what a screen reader reads, in order (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from masthead.preflight.objects import dictionary, numbers

# ISO 32000-1, table 338 and 14.8.4.4: these stand within the text of another element.
INLINE = frozenset(
    (
        *("Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Em", "Strong", "Sub"),
        *("Lbl", "NonStruct", "LBody"),
    )
)
DEPTH = 100  # far deeper than any document; a tree that loops ends here

Texts = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one marked content shows of an element, mostly a piece of a line: `page` from 1, `number` its MCID."""

    text: str
    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Element:
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


def read_tree(file: pikepdf.Pdf, texts: Texts | None = None) -> tuple[Element, ...]:
    """Read the elements that hold text or a picture, in reading order. A PDF without tags has none.

    Text is the elements' `ActualText`; where there is none, what `texts` says stands on a page (counted from 0) as
    marked content of a number. Raises ValueError when the tree loops.
    """
    root = file.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return ()
    roles = {kind: str(role) for kind, role in dictionary(root.get("/RoleMap")).items()}
    walk = _Walk(numbers(file), roles, texts)
    walk.kids(root, None, file.Root.get_str("/Lang", ""), None, 0)
    return tuple(
        Element(
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
class _Walk:
    """A way through the tree that notes the elements as they open."""

    numbers: Mapping[tuple[int, int], int]
    roles: Mapping[str, str]
    texts: Texts | None
    opened: list[_Open] = field(default_factory=list)
    met: set[tuple[int, int]] = field(default_factory=set)

    def _kids(self, element: Any) -> Iterator[Any]:
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, pikepdf.Object) and kid.is_indirect:
                if kid.objgen in self.met:
                    raise ValueError("the structure tree loops")
                self.met.add(kid.objgen)
            yield kid

    def kids(self, element: Any, block: _Open | None, language: str, page: int | None, depth: int) -> None:
        if depth > DEPTH:
            raise ValueError("the structure tree is too deep")
        for kid in self._kids(element):
            if isinstance(kid, int):
                self._content(block, page, kid)
            elif isinstance(kid, pikepdf.Dictionary):
                where = self._page(kid, page)
                if (kind := kid.get("/S")) is not None:
                    self._element(kid, str(kind), block, language, where, depth)
                elif (number := kid.get("/MCID")) is not None:
                    self._content(block, where, number)

    def _page(self, element: Any, page: int | None) -> int | None:
        reference = element.get("/Pg")
        return self.numbers.get(reference.objgen, page) if isinstance(reference, pikepdf.Dictionary) else page

    def _element(
        self, element: Any, kind: str, block: _Open | None, language: str, page: int | None, depth: int
    ) -> None:
        kind = self.roles.get(kind, kind).removeprefix("/")
        kind = "Note" if kind == "FENote" else kind  # PDF 2.0's name for it (ISO 32000-2, 14.8.4.5)
        language = element.get_str("/Lang", "") or language
        if block is None or kind not in INLINE:
            block = _Open(kind, language, element.get_str("/Alt", ""))
            self.opened.append(block)
        if page is not None:
            block.pages.add(page)
        if element.get("/ActualText") is not None:
            text = element.get_str("/ActualText", "")
            block.parts.append(text)
            for kid in self._kids(element):
                number = kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else kid
                if isinstance(number, int) and page is not None:
                    block.pieces.append(Piece(text, page, number))
                    text = ""
        else:
            self.kids(element, block, language, page, depth + 1)

    def _content(self, block: _Open | None, page: int | None, number: Any) -> None:
        if block is None or page is None:
            return
        block.pages.add(page)
        if isinstance(number, int):
            text = self.texts(page - 1, number) if self.texts is not None else ""
            block.parts.append(text)
            block.pieces.append(Piece(text, page, number))
