"""A structure tree that can be read: the source's text, in its order, whatever the pages did to it.

WeasyPrint tags what it draws, page by page: a paragraph over two pages is two, a table has its head on each, running
heads hang in the tree, a note is a Span far from its call, no run tells its language, and the text of Arabic comes out
as glyphs, reversed. This builds another tree in its place (ISO 32000-1, 14.7–14.9; ISO 14289-1):

- One element for one element of the source, over lines and pages; `<p>`s with one `data-part` are one paragraph too,
  with a space where they meet. Inline elements have none, save links.
- A leaf, `Span`, for each piece of a line, with the source's text of that piece as `ActualText` (line ends keep their
  space) and `Lang` where it is not its parent's. The text is `ledger`'s: characters that `masthead.page.bidi` put
  in are not in it, those of the author are.
- A note's call is a `Reference`, the `Note` stands right after it, its mark is an `Lbl`; a note over two pages is one.
- Margin boxes, table heads repeated on later pages, images with an empty `alt`, and what style sheets put before and
  after an element (leaders and folios in a table of contents) are artifacts. An artifact is no link: what is added to a
  link lies on it, and a repeated head was linked before.
- A link within the document is described by its text (ISO 14289-1, 7.18.5), not by the name of where it leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pydyf
import weasyprint.document
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from masthead.document import TypesettingError
from masthead.typesetting.ledger import Ledger, below, is_generated, note_of
from masthead.typesetting.repairs import destinations
from masthead.typesetting.repairs.replacing import Repair, Replacement

_TYPES = {
    "p": "P", "div": "Div", "header": "Div", "footer": "Div", "section": "Sect", "article": "Art", "figure": "Div",
    "blockquote": "BlockQuote", "ul": "L", "ol": "L", "li": "LI", "table": "Table", "thead": "THead", "tbody": "TBody",
    "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
_TABLE_PARTS = ("TR", "TH", "TD")
_SLACK = 0.1  # px

_artifacts: ContextVar[dict[int, dict[str, str]]] = ContextVar("artifacts")


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tree. It is written when something is put into it."""

    type: str
    parent: Node | None
    language: str
    element: pydyf.Dictionary | None = None
    leaves: list[pydyf.Dictionary] = field(default_factory=list)


def generate_pdf(document: Any, target: Any, zoom: float, **options: Any) -> Any:
    """Note which boxes of `document` are artifacts, and write it."""
    token = _artifacts.set(_find_artifacts(document))
    try:
        return _generate_pdf(document, target, zoom, **options)
    finally:
        _artifacts.reset(token)


_generate_pdf: Callable[..., Any] = weasyprint.pdf.generate_pdf
_add_links: Callable[..., None] = weasyprint.pdf.add_links
_marked: Callable[..., AbstractContextManager[None]] = Stream.marked


def add_links(found: Any, *arguments: Any) -> None:
    """Write the links of a page, save those that WeasyPrint makes of artifacts, and of boxes that lie on their link."""
    links, anchors = found
    shown = [link for link in links if id(link[-1]) not in _artifacts.get()]
    _add_links(([link for at, link in enumerate(shown) if not _lies_on(link, shown[:at])], anchors), *arguments)


def _lies_on(link: Any, others: Sequence[Any]) -> bool:
    """Whether a link lies on one that leads to the same place and came before, as an element comes before its parts."""
    kind, target, (left, top, right, bottom), _ = link
    return any(
        other[:2] == (kind, target)
        and other[2][0] <= left + _SLACK
        and other[2][1] <= top + _SLACK
        and other[2][2] >= right - _SLACK
        and other[2][3] >= bottom - _SLACK
        for other in others
    )


def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
    """Mark what is drawn in the block as `box`'s content, or as an artifact."""
    properties = None if stream._tags is None else _artifacts.get().get(id(box))
    return _marked(stream, box, tag) if properties is None else _artifact(stream, properties)


@contextmanager
def _artifact(stream: Any, properties: dict[str, str]) -> Iterator[None]:
    stream.begin_marked_content("Artifact", pydyf.Dictionary(properties))
    try:
        yield
    finally:
        stream.end_marked_content()


def _find_artifacts(document: Any) -> dict[int, dict[str, str]]:
    artifacts: dict[int, dict[str, str]] = {}
    heads: set[int] = set()
    for page in document.pages:
        for box in below(page._page_box):
            properties: dict[str, str] | None = None
            if isinstance(box, boxes.MarginBox):
                place = "Header" if "top" in box.at_keyword else "Footer"
                properties = {"Type": "/Pagination", "Subtype": f"/{place}"}
            elif isinstance(box, boxes.TableRowGroupBox) and box.is_header:
                if id(box.element) in heads:
                    properties = {"Type": "/Pagination"}
                heads.add(id(box.element))
            elif _is_ornament(box):
                properties = {"Type": "/Layout"}
            if properties:
                artifacts |= {id(each): properties for each in below(box)}
    return artifacts


def _is_ornament(box: Any) -> bool:
    """Whether a box is what a style sheet puts before or after an element, or an image that says nothing."""
    if isinstance(box, boxes.ReplacedBox) and box.element is not None:
        return bool(box.element.get("alt") == "")
    return (box.element_tag or "").endswith(("::before", "::after"))


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
    """Build the tree of `document` in `pdf`. The place of WeasyPrint's function of this name."""
    if not document.metadata.lang:
        raise TypesettingError("the document does not tell its language", hint='write <html lang="…">')
    tree = Tree(pdf, document.metadata.lang, version_2=str(pdf_version) >= "2")
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tree.add_page(page._page_box, number, stream._tags)
    tree.finish()


class Tree:
    """The structure tree while it is built."""

    def __init__(self, pdf: Any, language: str, *, version_2: bool = False) -> None:
        self._pdf = pdf
        self._root = self._add({"Type": "/StructTreeRoot", "K": pydyf.Array()})
        self._document = Node("Document", None, language)
        self._document.element = self._add(
            {"Type": "/StructElem", "S": "/Document", "P": self._root.reference, "K": pydyf.Array()}
        )
        self._root["K"].append(self._document.element.reference)
        self._namespace = None
        if version_2:  # PDF 2.0's own types; what has no namespace is of PDF 1.7 (ISO 32000-2, 14.8.6)
            self._namespace = self._add({"Type": "/Namespace", "NS": pydyf.String("http://iso.org/pdf2/ssn")})
            self._root["Namespaces"] = pydyf.Array([self._namespace.reference])
            self._document.element["NS"] = self._namespace.reference
        self._targets: dict[str, Node] = {}
        self._headings: list[Node] = []
        self._nodes: dict[object, Node] = {}
        self._notes: dict[int, Node] = {}
        self._numbers: list[Any] = []
        self._annotations: list[tuple[Node, Any]] = []
        self._ledger = Ledger()
        self._artifacts = _artifacts.get()

    def add_page(self, page: Any, number: int, tags: dict[Any, Any]) -> None:
        """Put the content of a page into the tree. `tags` are its marked boxes."""
        self._page, self._tags = self._pdf.page_references[number], tags
        self._height = page.margin_height()
        self._parents: dict[int, Any] = {}
        for part in page.children:
            part = getattr(part, "_box", part)
            if isinstance(part, boxes.FootnoteAreaBox):
                for note in part.children:
                    self._add_note(note)
            elif not isinstance(part, boxes.MarginBox):
                self._add_box(part, self._document)
        if tags:
            raise TypesettingError("something is drawn that has no place in the structure", where=f"page {number + 1}")
        parents = pydyf.Array(self._parents[index] for index in sorted(self._parents))
        self._numbers += [number, parents]

    def finish(self) -> None:
        """Write what belongs to the tree as a whole."""
        for node in self._nodes.values():
            if node.type != "Link":  # what is inside a paragraph keeps the space that parts it from what follows
                _trim(node.leaves)
        for number, (link, annotation) in enumerate(self._annotations, len(self._pdf.page_references)):
            annotation["StructParent"] = number
            self._numbers += [number, self._write(link).reference]
            if "Dest" in annotation:  # which WeasyPrint describes by the destination's name
                annotation["Contents"] = pydyf.String("".join(leaf.text for leaf in link.leaves).strip())
        if self._namespace:
            targets = {name: self._write(node) for name, node in self._targets.items()}
            destinations.aim(self._pdf, targets, [self._write(node) for node in self._headings])
        self._root["ParentTree"] = self._add({"Nums": pydyf.Array(self._numbers)}).reference
        self._pdf.catalog["StructTreeRoot"] = self._root.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _add(self, content: dict[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(content)
        self._pdf.add_object(dictionary)
        return dictionary

    def _add_note(self, box: Any) -> None:
        box = getattr(box, "_box", box)
        note = note_of(box)
        if id(note) not in self._notes:
            raise TypesettingError("a note is drawn before its call")
        self._add_box(box, self._notes[id(note)])

    def _add_box(self, box: Any, parent: Node) -> None:
        box = getattr(box, "_box", box)
        if id(box) in self._artifacts:
            return
        if isinstance(box, boxes.TextBox):
            self._add_text(box, parent)
            return
        node = self._node(box, parent)
        if box.element is not None and box.element.get("id"):
            self._targets.setdefault(box.element.get("id"), node)
        if box.bookmark_label and box.style["bookmark_level"] != "none":
            self._headings.append(node)
        if box.link_annotation:
            self._add_annotation(box.link_annotation, node)
        if isinstance(box, boxes.ReplacedBox):
            self._add_figure(box, node)
        for child in getattr(box, "children", ()):
            is_body = node.type == "LI" and not (child.element_tag or "").endswith("::marker")
            self._add_box(child, self._inner(node, "LBody") if is_body else node)

    def _node(self, box: Any, parent: Node) -> Node:
        """The element that `box` belongs to: its own, or its parent's where it has none."""
        if box.element is None or isinstance(box, boxes.LineBox):
            return parent
        tag = (box.element_tag or "").partition("::")[0]
        kind = "Link" if tag == "a" and box.element.get("href") else _TYPES.get(tag)
        inline = isinstance(box, boxes.InlineBox) and kind != "Link"
        if kind is None or inline or box.element_tag == "li::marker":
            return parent
        part = box.element.get("data-part")
        key = ("part", part) if part else id(box.element)
        if key in self._nodes:
            node = self._nodes[key]
            if part and node.leaves and id(box.element) not in self._nodes:
                _join(node.leaves[-1])
        else:
            node = self._nodes[key] = Node(kind, parent, box.style["lang"] or parent.language)
            if kind in _TABLE_PARTS:
                self._write(node)
            if kind in ("TH", "TD"):
                self._set_cell(box, node)
        self._nodes.setdefault(id(box.element), node)
        return node

    def _inner(self, node: Node, kind: str) -> Node:
        return self._nodes.setdefault((id(node), kind), Node(kind, node, node.language))

    def _write(self, node: Node) -> Any:
        """The node's dictionary, in its parent's content."""
        if node.element is None:
            assert node.parent is not None
            parent = self._write(node.parent)
            node.element = self._add(
                {"Type": "/StructElem", "S": f"/{node.type}", "P": parent.reference, "K": pydyf.Array()}
            )
            if node.language != node.parent.language:
                node.element["Lang"] = pydyf.String(node.language)
            parent["K"].append(node.element.reference)
        return node.element

    def _add_text(self, box: Any, parent: Node) -> None:
        text = self._ledger.enter(box)
        mark = self._tags.pop(box, None)
        if mark is None:
            return
        kind = (box.element_tag or "").partition("::")[2]
        if kind == "footnote-call":
            call = Node("Reference", parent, parent.language)
            self._add_leaf(call, box, mark, text)
            note = Node("FENote" if self._namespace else "Note", parent, self._note_language(box))
            self._write(note)["ID"] = pydyf.String(f"note-{len(self._notes) + 1}")
            if self._namespace:  # call and note name each other (ISO 32000-2, 14.8.4.7.2)
                self._write(note)["NS"] = self._namespace.reference
                self._write(note)["Ref"] = pydyf.Array([self._write(call).reference])
                self._write(call)["Ref"] = pydyf.Array([self._write(note).reference])
            self._notes[id(box.element)] = self._nodes[id(note)] = note
        elif kind in ("footnote-marker", "marker"):
            self._add_leaf(Node("Lbl", parent, parent.language), box, mark, text)
        else:
            self._add_leaf(parent, box, mark, text)

    @staticmethod
    def _note_language(box: Any) -> str:
        return str(box.element.get("lang") or box.style["lang"])

    def _add_leaf(self, parent: Node, box: Any, mark: dict[str, Any], text: str) -> None:
        element = self._write(parent)
        leaf = self._add(
            {
                "Type": "/StructElem",
                "S": "/Span",
                "P": element.reference,
                "Pg": self._page,
                "K": pydyf.Array([mark["mcid"]]),
            }
        )
        _set(leaf, text)
        language = parent.language if is_generated(box) else box.style["lang"] or parent.language
        if language != parent.language:
            leaf["Lang"] = pydyf.String(language)
        element["K"].append(leaf.reference)
        self._parents[mark["mcid"]] = leaf.reference
        node: Node | None = parent
        while node is not None:
            node.leaves.append(leaf)
            node = node.parent if node.type in ("Link", "Reference", "Lbl", "LBody") else None

    def _add_figure(self, box: Any, parent: Node) -> None:
        mark = self._tags.pop(box, None)
        if mark is None:
            return
        title = box.element.find("{http://www.w3.org/2000/svg}title")
        alternative = box.element.get("alt") or (title is not None and title.text)
        if not alternative:
            raise TypesettingError("an image has no alternative text", where=box.element.get("src", "<svg>")[:80])
        left, top = box.content_box_x(), box.content_box_y()
        element = self._write(parent)
        figure = self._add(
            {
                "Type": "/StructElem",
                "S": "/Figure",
                "P": element.reference,
                "Pg": self._page,
                "K": pydyf.Array([mark["mcid"]]),
                "Alt": pydyf.String(alternative),
                "A": pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": self._box(left, top, box)}),
            }
        )
        element["K"].append(figure.reference)
        self._parents[mark["mcid"]] = figure.reference

    def _box(self, left: float, top: float, box: Any) -> Any:
        """A rectangle in points from the page's lower left corner."""
        bottom = self._height - top - box.height
        return pydyf.Array(0.75 * side for side in (left, bottom, left + box.width, bottom + box.height))

    def _add_annotation(self, annotation: Any, node: Node) -> None:
        element = self._write(node)
        reference = self._add({"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._page})
        element["K"].append(reference.reference)
        self._annotations.append((node, annotation))

    def _set_cell(self, box: Any, node: Node) -> None:
        attributes: dict[str, Any] = {"O": "/Table"}
        if node.type == "TH":
            attributes["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        spans = {"ColSpan": getattr(box, "colspan", 1), "RowSpan": getattr(box, "rowspan", 1)}
        attributes |= {name: span for name, span in spans.items() if span != 1}
        self._write(node)["A"] = pydyf.Dictionary(attributes)


def _set(leaf: Any, text: str) -> None:
    leaf.text = text
    leaf["ActualText"] = pydyf.String(text)


def _join(leaf: Any) -> None:
    if not leaf.text[-1:].isspace():
        _set(leaf, f"{leaf.text} ")


def _trim(leaves: list[Any]) -> None:
    """Take the white space off both ends of a block's text."""
    if leaves:
        _set(leaves[0], leaves[0].text.lstrip(" "))
        _set(leaves[-1], leaves[-1].text.rstrip(" "))


REPAIR = Repair(
    "structure",
    lambda: (
        Replacement(weasyprint.document, "generate_pdf", generate_pdf),
        Replacement(weasyprint.pdf, "add_links", add_links),
        Replacement(weasyprint.pdf, "add_tags", add_tags),
        Replacement(Stream, "marked", marked),
    ),
)
