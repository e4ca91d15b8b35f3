"""A tagged PDF of two small pages, written by hand, and changes of it: whatever a rule looks at is in it once."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

WIDTH, HEIGHT = 160, 200
Change = Callable[[pikepdf.Pdf], Any]

# By page: the marked content with its place, size and text.
_TEXTS = (
    ((0, 20, 180, 12, "Title of it"), (1, 20, 160, 8, "See "), (2, 36, 160, 8, "A/71/119"), (3, 72, 160, 8, " of all."),
     (4, 20, 140, 8, "Post"), (5, 80, 140, 8, "Cost"), (6, 40, 130, 8, "Levee"), (7, 80, 130, 8, "17"),
     (9, 20, 40, 6, "Some words at the end")),
    ((0, 20, 180, 10, "More"), (1, 20, 160, 8, "The end of the text.")),
)  # fmt: skip
_FIGURE = "/Figure <</MCID 8>> BDC 0.2 0.4 0.6 rg 20 60 40 30 re f EMC"
_ARTIFACT = "/Artifact BMC BT /F1 6 Tf 120 12 Td (2/2) Tj ET EMC"
_METADATA = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Title of it'
    "</rdf:li></rdf:Alt></dc:title><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
    '<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def tiny(*changes: Change) -> bytes:
    """The file after changes."""
    file = pikepdf.new()
    font = file.make_indirect(  # all letters are half as wide as they are high
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding,
                   FirstChar=32, LastChar=126, Widths=Array([500] * 95))
    )  # fmt: skip
    for texts, more in zip(_TEXTS, (_FIGURE, _ARTIFACT), strict=True):
        page = file.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        drawn = [
            f"/P <</MCID {at}>> BDC BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET EMC" for at, x, y, size, text in texts
        ]
        page.obj.Contents = file.make_stream("\n".join((*drawn, more)).encode("latin-1"))
    _tag(file)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[36, 158, 71, 168], Border=[0, 0, 0],
                      A=Dictionary(S=Name.URI, URI=String("https://undocs.org/A/71/119")))  # fmt: skip
    inside = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[19, 38, 90, 48], Border=[0, 0, 0],
                        Dest=Array([file.pages[0].obj, Name.XYZ, 0, 60, 0]))  # fmt: skip
    file.pages[0].obj.Annots = Array([file.make_indirect(link), file.make_indirect(inside)])
    root = file.Root
    root.Lang = String("en")
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    root.Metadata = file.make_stream(_METADATA.encode(), Type=Name.Metadata, Subtype=Name.XML)
    with file.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Title of it", 0))
        outline.root.append(pikepdf.OutlineItem("More", 1))
    file.docinfo["/Title"] = "Title of it"
    file.docinfo["/CreationDate"] = "D:20381130000000Z"
    for change in changes:
        change(file)
    written = io.BytesIO()
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # of a field that is in no form
        file.save(written, deterministic_id=True)
    return written.getvalue()


def _tag(file: pikepdf.Pdf) -> None:
    tree = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    elements: dict[tuple[int, int], Dictionary] = {}

    def element(kind: str, page: int, *kids: Any, **entries: Any) -> Dictionary:
        made = file.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), Pg=file.pages[page].obj, **entries)
        )
        made.K = Array(list(kids))
        for kid in kids:
            if isinstance(kid, int):
                elements[page, kid] = made
            else:
                kid.P = made
        return made

    column, row = Dictionary(O=Name.Table, Scope=Name.Column), Dictionary(O=Name.Table, Scope=Name.Row)
    top = element(
        "Document", 0,
        element("H1", 0, 0),
        element("P", 0, 1, element("Link", 0, 2), 3),
        element(
            "Table", 0,
            element("THead", 0, element("TR", 0, element("TH", 0, 4, A=column), element("TH", 0, 5, A=column))),
            element("TBody", 0, element("TR", 0, element("TH", 0, 6, A=row), element("TD", 0, 7))),
        ),
        element("Figure", 0, 8, Alt=String("A square")),
        element("P", 0, element("Link", 0, 9)),
        element("H2", 1, 0),
        element("P", 1, 1),
    )  # fmt: skip
    top.P = tree
    tree.K = top
    nums = Array()
    for page in (0, 1):
        file.pages[page].obj.StructParents = page
        most = max(at for where, at in elements if where == page)
        nums.extend((page, file.make_indirect(Array([elements[page, at] for at in range(most + 1)]))))
    tree.ParentTree = Dictionary(Nums=nums)
    file.Root.StructTreeRoot = tree


def find(file: pikepdf.Pdf, kind: str, at: int = 0) -> Dictionary:
    """The element of a kind in the structure tree, in order."""
    found = []

    def walk(element: Any) -> None:
        if isinstance(element, Dictionary) and "/S" in element:
            if f"/{kind}" == element.S:
                found.append(element)
            kids = element.get("/K")
            for kid in kids if isinstance(kids, Array) else (kids,):
                walk(kid)

    walk(file.Root.StructTreeRoot.K)
    return found[at]


def content(page: int, old: str, new: str) -> Change:
    """Change the content of a page, counted from 0."""

    def change(file: pikepdf.Pdf) -> None:
        data = file.pages[page].obj.Contents.read_bytes().decode("latin-1")
        assert old in data
        file.pages[page].obj.Contents = file.make_stream(data.replace(old, new).encode("latin-1"))

    return change


def metadata(old: str, new: str) -> Change:
    """Change the XMP metadata."""

    def change(file: pikepdf.Pdf) -> None:
        data = file.Root.Metadata.read_bytes().decode()
        assert old in data
        file.Root.Metadata = file.make_stream(data.replace(old, new).encode(), Type=Name.Metadata, Subtype=Name.XML)

    return change
