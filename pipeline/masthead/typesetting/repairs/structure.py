"""A structure tree that gives the source's text in its order, however it is divided into lines and pages.

WeasyPrint tags what it draws, page by page: a paragraph on two pages becomes two, a table has its head on each page,
running heads are in the tree, a note is a Span far from its call, no run has its language, and Arabic text is extracted
as glyphs, in reverse. This module builds another tree instead (ISO 32000-1, 14.7–14.9; ISO 14289-1):

- One structure element for each block element of the source, over all its lines and pages. `<p>` elements with the same
  `data-part` are one paragraph, joined by a space. Of other inline elements only links get a structure element.
- What one of two versions of a text has, `<ins>` and `<del>`, is in an element `Ins` or `Del`. PDF/UA-1 has neither, so
  they are mapped to `Span`, and say by their `TextDecorationType` what they look like.
- Terms and explanations in a note, which have `role="term"` and `role="definition"`, are a list in it.
- A leaf of type `Span` for each piece of a line, with the source text of that piece as `ActualText` (the space at a
  line end is in it) and `Lang` where it differs from the parent's. The text comes from `ledger`: it contains the
  author's control characters, but not those that `masthead.page.bidi` inserted.
- The call of a note is a `Reference`, followed at once by the `Note`, whose mark is an `Lbl`. A note that continues on
  the next page is one element.
- Artifacts are: margin boxes, repeated table heads, images with an empty `alt`, and what style sheets insert before and
  after an element (the leaders and page numbers of a table of contents). Artifacts are not links: what is inserted into
  a link lies within its area, and the first occurrence of a repeated head has the link.
- The description of a link within the document is its text (ISO 14289-1, 7.18.5), not the name of its destination.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import masthead.typesetting.engine.pydyf as pydyf
from masthead.document import TypesettingError
from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint import pdf as pdf_writer
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.pdf.stream import Stream
from masthead.typesetting.ledger import descendants, is_generated, note_of
from masthead.typesetting.repairs import destinations

_TYPES = {
    "p": "P", "div": "Div", "header": "Div", "footer": "Div", "section": "Sect", "article": "Art", "figure": "Div",
    "blockquote": "BlockQuote", "ul": "L", "ol": "L", "li": "LI", "table": "Table", "thead": "THead", "tbody": "TBody",
    "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
_ROLES = {"list": "L", "listitem": "LI", "term": "Lbl", "definition": "LBody"}
_REVISIONS = {"ins": "Ins", "del": "Del"}
_DECORATIONS = {"Ins": "/Underline", "Del": "/LineThrough"}
_INLINE = ("Link", *_DECORATIONS)
_TABLE_PARTS = ("TR", "TH", "TD")
_SLACK = 0.1  # px

_artifacts: ContextVar[dict[int, dict[str, str]]] = ContextVar("artifacts")


@dataclass(slots=True, eq=False)
class StructureNode:
    """A structure element. It is written to the PDF when its first content is added."""

    type: str
    parent: StructureNode | None
    language: str
    element: pydyf.Dictionary | None = None
    leaves: list[pydyf.Dictionary] = field(default_factory=list)


def generate_pdf(document: Any, target: Any, zoom: float, **options: Any) -> Any:
    """Write `document`, once it is known which of its boxes are artifacts."""
    token = _artifacts.set(_find_artifacts(document))
    try:
        return _stock_generate_pdf(document, target, zoom, **options)
    finally:
        _artifacts.reset(token)


_stock_generate_pdf: Callable[..., Any] = pdf_writer.generate_pdf
_stock_add_links: Callable[..., None] = pdf_writer.add_links


def add_links(found: Any, *arguments: Any) -> None:
    """Write the links of a page without those of artifacts, and those of boxes inside the box of the same link."""
    links, anchors = found
    shown = [link for link in links if id(link[-1]) not in _artifacts.get()]
    _stock_add_links(([link for at, link in enumerate(shown) if not _lies_on(link, shown[:at])], anchors), *arguments)


def _lies_on(link: Any, others: Sequence[Any]) -> bool:
    """Whether `link` is within one of `others` that leads to the same place."""
    left, top, right, bottom = link[2]
    return any(
        box[0] <= left + _SLACK and box[1] <= top + _SLACK and box[2] >= right - _SLACK and box[3] >= bottom - _SLACK
        for box in (other[2] for other in others if other[:2] == link[:2])
    )


def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
    """Mark what is drawn in the `with` block as content of `box`, or as an artifact."""
    tags = stream._tags
    if tags is None:
        return nullcontext()
    properties = _artifacts.get().get(id(box))
    if properties is not None:
        return _Marked(stream, "Artifact", properties)
    assert box not in tags
    mark = tags[box] = {"tag": tag, "mcid": len(tags)}
    return _Marked(stream, tag, {"MCID": mark["mcid"]})


class _Marked:
    """Marks what is drawn in the `with` block. There is one for each text: a generator would take twice as long."""

    __slots__ = ("_properties", "_stream", "_tag")

    def __init__(self, stream: Any, tag: str, properties: dict[str, Any]) -> None:
        self._stream, self._tag, self._properties = stream, tag, properties

    def __enter__(self) -> None:
        self._stream.begin_marked_content(self._tag, pydyf.Dictionary(self._properties))

    def __exit__(self, *error: object) -> None:
        self._stream.end_marked_content()


def _find_artifacts(document: Any) -> dict[int, dict[str, str]]:
    """Return the properties of each artifact, by the id of its box."""
    artifacts: dict[int, dict[str, str]] = {}
    heads: set[int] = set()
    for page in document.pages:
        for box in descendants(page._page_box):
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
                artifacts |= {id(each): properties for each in descendants(box)}
    return artifacts


def _is_ornament(box: Any) -> bool:
    """Whether a style sheet inserts the box before or after an element, or it is an image with an empty `alt`."""
    if isinstance(box, boxes.ReplacedBox) and box.element is not None:
        return bool(box.element.get("alt") == "")
    return (box.element_tag or "").endswith(("::before", "::after"))


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
    """Write the structure tree of `document` to `pdf`."""
    if not document.metadata.lang:
        raise TypesettingError("the document does not state its language", hint='write <html lang="…">')
    tree = TreeWriter(pdf, document.metadata.lang, version_2=str(pdf_version) >= "2")
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tree.add_page(page._page_box, number, stream._tags)
        # Only the folio is read after this; what else the page has would be kept until the whole file is written.
        page._page_box.children = [box for box in page._page_box.children if isinstance(box, boxes.MarginBox)]
    tree.finish()


class TreeWriter:
    """Writes a structure tree, page by page."""

    def __init__(self, pdf: Any, language: str, *, version_2: bool = False) -> None:
        self._pdf = pdf
        self._root = self._add({"Type": "/StructTreeRoot", "K": pydyf.Array()})
        self._document = StructureNode("Document", None, language)
        self._document.element = self._add_element("Document", self._root, K=pydyf.Array())
        self._namespace = None
        # Some types are new in PDF 2.0; without a namespace they would be those of 1.7 (ISO 32000-2, 14.8.6).
        if version_2:
            self._namespace = self._add({"Type": "/Namespace", "NS": pydyf.String("http://iso.org/pdf2/ssn")})
            self._root["Namespaces"] = pydyf.Array([self._namespace.reference])
            self._document.element["NS"] = self._namespace.reference
        self._note_type = "FENote" if self._namespace else "Note"
        self._targets: dict[str, StructureNode] = {}
        self._headings: list[StructureNode] = []
        self._nodes: dict[object, StructureNode] = {}
        self._notes: dict[int, StructureNode] = {}
        self._numbers: list[Any] = []
        self._annotations: list[tuple[StructureNode, Any]] = []
        self._artifacts = _artifacts.get()

    def add_page(self, page: Any, number: int, tags: dict[Any, Any]) -> None:
        """Add the content of a page to the tree. `tags` are its marked boxes, which are taken out of it."""
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
            raise TypesettingError("something is drawn that is not in the structure tree", where=f"page {number + 1}")
        parents = pydyf.Array(self._parents[index] for index in sorted(self._parents))
        self._numbers += [number, parents]

    def finish(self) -> None:
        """Write what belongs to the tree as a whole: parent tree, links, destinations."""
        for node in self._nodes.values():
            if node.type not in _INLINE:  # a link is inside a paragraph, and keeps the space before what follows it
                _trim(node.leaves)
        for number, (link, annotation) in enumerate(self._annotations, len(self._pdf.page_references)):
            annotation["StructParent"] = number
            self._numbers += [number, self._write(link).reference]
            if "Dest" in annotation:  # WeasyPrint has given it the destination's name as description
                annotation["Contents"] = pydyf.String("".join(leaf.text for leaf in link.leaves).strip())
        if self._namespace:
            targets = {name: self._write(node) for name, node in self._targets.items()}
            destinations.set_structure_destinations(self._pdf, targets, [self._write(node) for node in self._headings])
        self._root["ParentTree"] = self._add({"Nums": pydyf.Array(self._numbers)}).reference
        self._pdf.catalog["StructTreeRoot"] = self._root.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _add(self, content: dict[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(content)
        self._pdf.add_object(dictionary)
        return dictionary

    def _add_element(self, kind: str, parent: Any, **entries: Any) -> Any:
        """Add a structure element to the PDF and to the content of its parent."""
        element = self._add({"Type": "/StructElem", "S": f"/{kind}", "P": parent.reference} | entries)
        parent["K"].append(element.reference)
        return element

    def _add_content(self, kind: str, parent: StructureNode, mark: dict[str, Any], **entries: Any) -> Any:
        """Add the structure element of one marked content of the page."""
        number = mark["mcid"]
        element = self._add_element(kind, self._write(parent), Pg=self._page, K=pydyf.Array([number]), **entries)
        self._parents[number] = element.reference
        return element

    def _add_note(self, box: Any) -> None:
        box = getattr(box, "_box", box)
        note = note_of(box)
        if id(note) not in self._notes:
            raise TypesettingError("a note is drawn before its call")
        self._add_box(box, self._notes[id(note)])

    def _add_box(self, box: Any, parent: StructureNode) -> None:
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
            is_body = (
                node.type == "LI" and box.element_tag == "li" and not (child.element_tag or "").endswith("::marker")
            )
            self._add_box(child, self._inner(node, "LBody") if is_body else node)

    def _node(self, box: Any, parent: StructureNode) -> StructureNode:
        """Return the structure element of `box`, or `parent` if it has none of its own."""
        if box.element is None or isinstance(box, boxes.LineBox):
            return parent
        tag = (box.element_tag or "").partition("::")[0]
        kind = "Link" if tag == "a" and box.element.get("href") else _REVISIONS.get(tag) or _TYPES.get(tag)
        role = box.element.get("role")
        is_endnote = role == "doc-endnote"
        kind = self._note_type if is_endnote else kind or _ROLES.get(role)
        inline = isinstance(box, boxes.InlineBox) and kind not in _INLINE
        if kind is None or inline or box.element_tag == "li::marker":
            return parent
        part = box.element.get("data-part")
        key = ("part", part) if part else id(box.element)
        if key in self._nodes:
            node = self._nodes[key]
            if part and node.leaves and id(box.element) not in self._nodes:
                _join(node.leaves[-1])
        else:
            node = self._nodes[key] = StructureNode(kind, parent, box.style["lang"] or parent.language)
            if kind in _TABLE_PARTS:
                self._write(node)
            if kind in ("TH", "TD"):
                self._set_cell(box, node)
            if is_endnote:
                self._set_note(node, self._targets[box.element.get("data-call")], box.element.get("id"))
        self._nodes.setdefault(id(box.element), node)
        return node

    def _inner(self, node: StructureNode, kind: str) -> StructureNode:
        return self._nodes.setdefault((id(node), kind), StructureNode(kind, node, node.language))

    def _write(self, node: StructureNode) -> Any:
        """Return the dictionary of `node`, which is added to its parent's content first if need be."""
        if node.element is None:
            assert node.parent is not None
            node.element = self._add_element(node.type, self._write(node.parent), K=pydyf.Array())
            if node.language != node.parent.language:
                node.element["Lang"] = pydyf.String(node.language)
            if decoration := _DECORATIONS.get(node.type):
                node.element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": decoration})
                roles = self._root.setdefault("RoleMap", pydyf.Dictionary())
                roles[node.type] = "/Span"
        return node.element

    def _add_text(self, box: Any, parent: StructureNode) -> None:
        text = getattr(box, "source_text", box.text)  # of the source, by `ledger`; or of a style sheet
        mark = self._tags.pop(box, None)
        if mark is None:
            return
        kind = (box.element_tag or "").partition("::")[2]
        if kind == "footnote-call":
            call = StructureNode("Reference", parent, parent.language)
            self._add_leaf(call, box, mark, text)
            language = str(box.element.get("lang") or box.style["lang"])
            note = StructureNode(self._note_type, parent, language)
            self._set_note(note, call, f"note-{len(self._notes) + 1}")
            self._notes[id(box.element)] = self._nodes[id(note)] = note
        elif kind in ("footnote-marker", "marker"):
            self._add_leaf(StructureNode("Lbl", parent, parent.language), box, mark, text)
        else:
            self._add_leaf(parent, box, mark, text)

    def _set_note(self, note: StructureNode, call: StructureNode, identifier: str) -> None:
        self._write(note)["ID"] = pydyf.String(identifier)
        if self._namespace:  # call and note name each other (ISO 32000-2, 14.8.4.7.2)
            self._write(note)["NS"] = self._namespace.reference
            self._write(note)["Ref"] = pydyf.Array([self._write(call).reference])
            self._write(call)["Ref"] = pydyf.Array([self._write(note).reference])

    def _add_leaf(self, parent: StructureNode, box: Any, mark: dict[str, Any], text: str) -> None:
        leaf = self._add_content("Span", parent, mark)
        _set(leaf, text)
        language = parent.language if is_generated(box) else box.style["lang"] or parent.language
        if language != parent.language:
            leaf["Lang"] = pydyf.String(language)
        node: StructureNode | None = parent
        while node is not None:
            node.leaves.append(leaf)
            node = node.parent if node.type in (*_INLINE, "Reference", "Lbl", "LBody") else None

    def _add_figure(self, box: Any, parent: StructureNode) -> None:
        mark = self._tags.pop(box, None)
        if mark is None:
            return
        title = box.element.find("{http://www.w3.org/2000/svg}title")
        alternative = box.element.get("alt") or (title is not None and title.text)
        if not alternative:
            raise TypesettingError("an image has no alternative text", where=box.element.get("src", "<svg>")[:80])
        left, bottom = box.content_box_x(), self._height - box.content_box_y() - box.height
        # In points from the lower left corner of the page.
        rectangle = pydyf.Array(0.75 * side for side in (left, bottom, left + box.width, bottom + box.height))
        layout = pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": rectangle})
        self._add_content("Figure", parent, mark, Alt=pydyf.String(alternative), A=layout)

    def _add_annotation(self, annotation: Any, node: StructureNode) -> None:
        content = self._write(node)["K"]
        content.append(self._add({"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._page}).reference)
        self._annotations.append((node, annotation))

    def _set_cell(self, box: Any, node: StructureNode) -> None:
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
    """Remove the spaces at both ends of a block's text."""
    if leaves:
        _set(leaves[0], leaves[0].text.lstrip(" "))
        _set(leaves[-1], leaves[-1].text.rstrip(" "))


def apply() -> None:
    """Put the repair into WeasyPrint."""
    replace(pdf_writer.generate_pdf, generate_pdf)
    replace(pdf_writer.add_links, add_links)
    replace(pdf_writer.add_tags, add_tags)
    Stream.marked = marked
