"""The structure tree of a tagged PDF as the file has it (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pikepdf

from masthead.pdf.content.resources import dictionary

DEPTH = 100  # far deeper than any document
REVISIONS = ("Ins", "Del")  # our types of text that only one of two versions has
_DIRECT = (0, 0)  # the number of what is no object of its own
_new: Any = tuple.__new__  # half the time of the class itself
_LINKS, _CELLS = frozenset(("Link", "Reference")), frozenset(("TH", "TD"))


class MarkedContent(NamedTuple):
    """A piece of a page that the tree holds: its page from 1, None where the tree does not name it, and its MCID."""

    page: int | None
    number: int


class StructureElement(NamedTuple):
    """An element of the tree: its standard type (`P`, `H1`, `Note`), its own language, its ActualText.

    `alternative` is the text that is read instead of a picture. `page` is the one that the element or its parent names.
    `scope` says which cells a header cell (`TH`) is for: `Row`, `Column` or `Both`; it is empty if the tree does not.
    `spans` are the columns and rows that a cell takes. `own` is the type that the file gives it, if its role map says
    which standard type that is.
    """

    kind: str
    language: str
    text: str | None
    alternative: str
    page: int | None
    kids: tuple[StructureElement | MarkedContent, ...]
    scope: str = ""
    spans: tuple[int, int] = (1, 1)
    own: str = ""


def read_structure(file: pikepdf.Pdf) -> StructureElement | None:
    """Return the root of the tree, with the language of the file; None for a file without a tree.

    Raises ValueError where the tree loops, or is deeper than 100 elements.
    """
    root = file.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return None
    reader = _Reader(
        {page.obj.objgen: number for number, page in enumerate(file.pages, 1)},
        {kind: str(role) for kind, role in dictionary(root.get("/RoleMap")).items()},
    )
    return StructureElement("", file.Root.get_str("/Lang", ""), None, "", None, reader.kids(root.get("/K"), None, 0))


def columns(root: StructureElement | None) -> tuple[StructureElement, ...]:
    """Return the columns of a parallel edition: two sections that together hold all text, in different languages.

    Each is returned with the language in force, as a tree of its own. Other trees have no columns.
    """
    if root is None:
        return ()
    outer, language = root, root.language
    while len(outer.kids) == 1 and isinstance(outer.kids[0], StructureElement):
        outer = outer.kids[0]
        language = outer.language or language
    kids = [kid for kid in outer.kids if isinstance(kid, StructureElement) and kid.kind == "Sect"]
    found = tuple(StructureElement("", kid.language or language, None, "", None, (kid,)) for kid in kids)
    return found if len({each.language for each in found}) == len(outer.kids) == 2 else ()


def content_in_links(root: StructureElement) -> Mapping[MarkedContent, bool]:
    """Return all marked content that a tree holds, each with whether it is within a link."""
    found: dict[MarkedContent, bool] = {}
    waiting = [(root, False)]
    for element, linked in waiting:  # grows while it is walked
        linked = linked or element.kind in _LINKS
        for kid in element.kids:
            if isinstance(kid, StructureElement):
                waiting.append((kid, linked))
            else:
                found[kid] = linked
    return found


def revised_content(root: StructureElement) -> Mapping[tuple[int | None, int], str]:
    """Return the marked content of text that one of two versions has, with `Ins` or `Del`, whichever it is in."""
    found: dict[tuple[int | None, int], str] = {}
    waiting = [(root, "")]
    for element, revision in waiting:  # grows while it is walked
        revision = element.own if element.own in REVISIONS else revision
        for kid in element.kids:
            if isinstance(kid, StructureElement):
                waiting.append((kid, revision))
            elif revision:
                found[kid] = revision
    return found


def spoken_languages(root: StructureElement) -> Mapping[tuple[int | None, int], str]:
    """Return the language in force for each piece of marked content that a tree holds."""
    found: dict[tuple[int | None, int], str] = {}
    waiting = [(root, root.language)]
    for element, language in waiting:  # grows while it is walked
        for kid in element.kids:
            if isinstance(kid, StructureElement):
                waiting.append((kid, kid.language or language))
            else:
                found[kid] = language
    return found


class _Reader:
    """Reads elements; `numbers` has the number of each page by its object, `roles` the standard types of other ones."""

    def __init__(self, numbers: Mapping[tuple[int, int], int], roles: Mapping[str, str]) -> None:
        self._numbers, self._roles = numbers, roles
        self._met: set[tuple[int, int]] = set()

    def kids(self, kids: Any, page: int | None, depth: int) -> tuple[StructureElement | MarkedContent, ...]:
        if depth > DEPTH:
            raise ValueError("the structure tree is too deep")
        found: list[StructureElement | MarkedContent] = []
        for kid in kids.as_list() if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, int):
                found.append(_new(MarkedContent, (page, kid)))
            elif isinstance(kid, pikepdf.Dictionary):
                if (name := kid.objgen) in self._met:
                    raise ValueError("the structure tree loops")
                if name != _DIRECT:
                    self._met.add(name)
                entries = kid.as_dict()  # asking the file for each entry takes half again as long
                reference = entries.get("/Pg")
                where = self._numbers.get(reference.objgen, page) if isinstance(reference, pikepdf.Object) else page
                if "/S" in entries:
                    found.append(self._element(entries, where, depth))
                elif isinstance(number := entries.get("/MCID"), int):
                    found.append(_new(MarkedContent, (where, number)))
        return tuple(found)

    def _element(self, entries: Any, page: int | None, depth: int) -> StructureElement:
        own = str(entries["/S"])
        kind = self._roles.get(own, own).removeprefix("/")
        scope, spans = _cell_attributes(entries.get("/A")) if kind in _CELLS else ("", (1, 1))
        fields = (
            "Note" if kind == "FENote" else kind,  # its name in PDF 2.0 (ISO 32000-2, 14.8.4.5)
            _text(entries.get("/Lang")) or "",
            _text(entries.get("/ActualText")),
            _text(entries.get("/Alt")) or "",
            page,
            self.kids(entries.get("/K"), page, depth + 1),
            scope,
            spans,
            own.removeprefix("/") if own in self._roles else "",
        )
        element: StructureElement = _new(StructureElement, fields)
        return element


def _cell_attributes(attributes: Any) -> tuple[str, tuple[int, int]]:
    """Return the scope and the spans of a cell (ISO 32000-1, table 349)."""
    owners = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    entries: dict[str, Any] = {}
    for owner in owners:
        entries |= dict(dictionary(owner).items())
    columns, rows = (span if isinstance(span := entries.get(key), int) else 1 for key in ("/ColSpan", "/RowSpan"))
    return str(entries.get("/Scope", "")).removeprefix("/"), (columns, rows)


def false_parents(file: pikepdf.Pdf) -> Iterator[int]:
    """Yield the number of each page with marked content that the parent tree does not lead to the element which has it.

    Readers find the element of what they see by the parent tree (ISO 32000-1, 14.7.4.4).
    """
    root = dictionary(file.Root.get("/StructTreeRoot"))
    try:
        parents = dict(pikepdf.NumberTree(root["/ParentTree"]).items())
    except (LookupError, RuntimeError, TypeError, ValueError, pikepdf.PdfError):
        parents = {}  # there is none, or it is damaged
    own: dict[tuple[int, int], frozenset[int] | None] = {}  # None for what is no element
    for number, page in enumerate(file.pages, 1):
        if (key := page.obj.get("/StructParents")) is None:
            continue
        elements = parents.get(key) if isinstance(key, int) else None
        if not isinstance(elements, pikepdf.Array):
            yield number
            continue
        for identifier, element in enumerate(elements):
            if not isinstance(element, pikepdf.Object):
                continue  # an artifact, or nothing has this identifier
            if (name := element.objgen) not in own:
                is_element = isinstance(element, pikepdf.Dictionary)
                own[name] = frozenset(_identifiers(element.get("/K"))) if is_element else None
            if (found := own[name]) is not None and identifier not in found:
                yield number
                break


def _identifiers(kids: Any) -> Iterator[int]:
    """The identifiers of the marked content directly in an element."""
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if isinstance(kid, int):
            yield kid
        elif isinstance(identifier := dictionary(kid).get("/MCID"), int):
            yield identifier


def _text(value: Any) -> str | None:
    # pikepdf's own test of types takes longer than all the rest, and most elements have no texts.
    return str(value) if value is not None and isinstance(value, pikepdf.String) else None
