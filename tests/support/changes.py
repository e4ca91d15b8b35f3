"""Kinds of change that a comparison must name: each made in a finished PDF, with the words that must name it.

`rich` gives a PDF, whoever made it, one of everything that can change: notes, links, form fields, layers, scripts. A
change edits the file and its message is found by a pattern, so the same kinds are tried on our files, on those of
other programs and on press files.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, String

from masthead.comparison import Comparison

Edit = Callable[[Pdf], object]


@dataclass(frozen=True)
class Kind:
    """A kind of change: what it is, how it is made, and a pattern that one of the open differences must have.

    `most` is how many open differences there may be. `needs` says whether a file has what is to be changed.
    """

    name: str
    edit: Edit
    says: str
    most: int = 1
    needs: Callable[[Pdf], bool] = lambda pdf: True
    encrypt: dict[str, Any] | None = None

    def made(self, base: bytes) -> bytes | None:
        """The PDF with the change in it; None if it has nothing to change."""
        pdf = Pdf.open(io.BytesIO(base))
        if not self.needs(pdf):
            return None
        self.edit(pdf)
        file = io.BytesIO()
        permissions = (
            pikepdf.Encryption(owner="o", allow=pikepdf.Permissions(**{"modify_assembly": True, **self.encrypt}))
            if self.encrypt is not None
            else None
        )
        pdf.save(file, encryption=permissions)
        return file.getvalue()

    def fault(self, comparison: Comparison) -> str:
        """What is wrong with a comparison; empty if it names the change."""
        messages = [f"{each.message} {each.words}" for each in comparison.open]
        if not any(re.search(self.says, message) for message in messages):
            return f"not named by “{self.says}”: {messages[:4] or comparison.state}"
        return f"{len(messages)} differences: {messages[:6]}" if len(messages) > self.most else ""


KINDS: list[Kind] = []


def kind(name: str, says: str, most: int = 1, **rest: Any) -> Callable[[Edit], Edit]:
    def listed(edit: Edit) -> Edit:
        KINDS.append(Kind(name, edit, says, most, **rest))
        return edit

    return listed


# --- the base


def rich(data: bytes) -> bytes:
    """The PDF with one of everything added to it."""
    pdf = Pdf.open(io.BytesIO(data))
    root, page, last = pdf.Root, pdf.pages[0].obj, pdf.pages[-1].obj
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = "Lighting of harbours", "Harbour section"
    pdf.docinfo["/Subject"], pdf.docinfo["/Keywords"] = "Harbours", "light, lamp"
    pdf.docinfo["/CreationDate"] = "D:20310818120000Z"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:rights"], xmp["pdfaid:part"], xmp["dc:publisher"] = "United Nations", "3", ["United Nations"]
    root.Lang = root.get("/Lang", String("en"))
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.OpenAction = Array([page, Name.Fit])
    names = root.get("/Names", Dictionary())
    root.Names = names
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('light')"))
    names.JavaScript = Dictionary(Names=Array([String("start"), pdf.make_indirect(script)]))
    tree = pikepdf.NameTree(names.Dests) if "/Dests" in names else pikepdf.NameTree.new(pdf)
    for name, target in (("zz-first", page), ("zz-last", last)):
        tree[name] = Dictionary(D=Array([target, Name.XYZ, 0, 700, 0]))
    names.Dests = tree.obj
    intent = Dictionary(S=Name.GTS_PDFX, OutputConditionIdentifier="FOGRA51", Info="coated", Type=Name.OutputIntent)
    intent.DestOutputProfile = pdf.make_stream(b"profile one", N=4)
    root.OutputIntents = Array([*root.get("/OutputIntents", ()), pdf.make_indirect(intent)])
    pdf.attachments["table.csv"] = pikepdf.AttachedFileSpec(pdf, b"a,b", description="the table", filename="table.csv")
    with pdf.open_outline() as outline:
        for title, number in (("First part", 0), ("Second part", len(pdf.pages) - 1)):
            item = pikepdf.OutlineItem(title, number)
            item.children.append(pikepdf.OutlineItem(f"{title}, its details", number))
            outline.root.append(item)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, P=String("p. "))]))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Watermark"))
    other = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Marks"))
    root.OCProperties = Dictionary(
        OCGs=Array([layer, other]), D=Dictionary(Order=Array([layer, other]), OFF=Array([other]))
    )
    _annotations(pdf, page, last)
    resources = page.get("/Resources", Dictionary())
    page.Resources = resources
    _fields(pdf, page)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def _annotations(pdf: Pdf, page: Any, last: Any) -> None:
    def stream(content: bytes) -> Any:
        return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 20, 20]))

    uri = Dictionary(S=Name.URI, URI=String("https://example.org/light"))
    file = pikepdf.AttachedFileSpec(pdf, b"one", filename="note.txt").obj
    added = [
        Dictionary(Subtype=Name.Text, Rect=Array([20, 20, 40, 40]), Contents="approve", T="Editor", Subj="review",
                   Name=Name.Comment, F=4, C=Array([1, 1, 0])),
        Dictionary(Subtype=Name.Highlight, Rect=Array([100, 20, 200, 30]), Contents="look here", F=4,
                   QuadPoints=Array([100, 30, 200, 30, 100, 20, 200, 20]), CA=0.5),
        Dictionary(Subtype=Name.Stamp, Rect=Array([220, 20, 240, 40]), Name=Name.Draft, F=4,
                   AP=Dictionary(N=stream(b"1 0 0 RG 1 1 18 18 re S"))),
        Dictionary(Subtype=Name.FreeText, Rect=Array([260, 20, 340, 40]), Contents="see page 2", F=4,
                   DA=String("0 g /Helv 8 Tf")),
        Dictionary(Subtype=Name.Link, Rect=Array([360, 20, 400, 30]), A=uri, Border=Array([0, 0, 0]), F=4),
        Dictionary(Subtype=Name.Link, Rect=Array([420, 20, 460, 30]), Dest=Array([last, Name.Fit]), F=4,
                   Border=Array([0, 0, 0]), Contents="to the end"),
        Dictionary(Subtype=Name.FileAttachment, Rect=Array([480, 20, 490, 30]), FS=file, Contents="a file", F=4),
    ]  # fmt: skip
    page.Annots = Array([*page.get("/Annots", ()), *map(pdf.make_indirect, added)])


def _fields(pdf: Pdf, page: Any) -> None:
    fields = [
        Dictionary(FT=Name.Tx, T="name", V="Lamp", DV="none", TU="the name", MaxLen=20),
        Dictionary(FT=Name.Ch, T="colour", V="red", Opt=Array([String("red"), String("green")])),
    ]
    made = []
    for place, field in enumerate(fields):
        field.update(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, Rect=Array([20, 60 + 20 * place, 90, 74 + 20 * place]), F=4
            )
        )
        made.append(pdf.make_indirect(field))
    pdf.Root.AcroForm = Dictionary(Fields=Array(made))
    page.Annots = Array([*page.Annots, *made])


# --- the document


def _root(key: str, value: Any) -> Edit:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def _info(key: str, value: str) -> Edit:
    return lambda pdf: pdf.docinfo.__setitem__(key, value)


def _xmp(key: str, value: Any) -> Edit:
    def edit(pdf: Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            if value is None:
                del xmp[key]
            else:
                xmp[key] = value

    return edit


def _tagged(pdf: Pdf) -> bool:
    return "/StructTreeRoot" in pdf.Root


for _name, _edit, _says in (
    ("the title", _info("/Title", "Lighting"), "metadata Title: “Lighting of harbours” is now “Lighting”"),
    ("the author", _info("/Author", "Nobody"), "metadata Author.*Nobody"),
    ("the subject", _info("/Subject", "Ports"), "metadata Subject.*Ports"),
    ("the keywords", _info("/Keywords", "dark"), "metadata Keywords.*dark"),
    ("the date of creation", _info("/CreationDate", "D:20320101000000Z"), "metadata CreationDate"),
    ("a property of the document's own", _info("/Distribution", "General"), "metadata Distribution.*added"),
    ("trapping declared", _info("/Trapped", "True"), "metadata Trapped"),
    ("the rights in XMP", _xmp("dc:rights", "nobody"), "XMP rights.*nobody"),
    ("the part of PDF/A", _xmp("pdfaid:part", "1"), "PDF/A part: “3” is now “1”"),
    ("a property of XMP removed", _xmp("dc:publisher", None), "XMP publisher.*removed"),
    ("the language", _root("/Lang", String("fr")), "language: .* is now “fr”"),
    ("the language removed", lambda pdf: pdf.Root.__delitem__("/Lang"), "language: .* was removed"),
    (
        "the title no longer in the window",
        _root("/ViewerPreferences", Dictionary(DisplayDocTitle=False)),
        "viewer preference DisplayDocTitle",
    ),
    (
        "the reading direction",
        _root("/ViewerPreferences", Dictionary(DisplayDocTitle=True, Direction=Name.R2L)),
        "viewer preference Direction.*R2L",
    ),
    ("bookmarks shown on opening", _root("/PageMode", Name.UseThumbs), "shown on opening.*thumbnails"),
    ("two pages shown on opening", _root("/PageLayout", Name.TwoColumnLeft), "page layout on opening.*TwoColumnLeft"),
    (
        "JavaScript on opening",
        _root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.beep()"))),
        r"action on opening.*JavaScript: app.beep\(\)",
    ),
    (
        "another page on opening",
        lambda pdf: pdf.Root.__setitem__("/OpenAction", Array([pdf.pages[-1].obj, Name.Fit])),
        "action on opening.*page",
    ),
    (
        "JavaScript before closing",
        _root("/AA", Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String("x()")))),
        "action before closing.*JavaScript",
    ),
    (
        "the code of a script",
        lambda pdf: pdf.Root.Names.JavaScript.Names[1].__setitem__("/JS", String("app.alert('dark')")),
        "code of JavaScript.*dark",
    ),
    (
        "a script added",
        lambda pdf: pdf.Root.Names.JavaScript.Names.extend(
            [String("zwei"), Dictionary(S=Name.JavaScript, JS=String("y()"))]
        ),
        "JavaScript of the document “zwei” was added",
    ),
    (
        "the scripts removed",
        lambda pdf: pdf.Root.Names.__delitem__("/JavaScript"),
        "JavaScript of the document.*removed",
    ),
    ("the base of links", _root("/URI", Dictionary(Base=String("https://example.org"))), "base address of links"),
    ("a portfolio", _root("/Collection", Dictionary(View=Name.T)), "portfolio"),
    ("an entry of a program", _root("/XXProgram", String("x")), "catalogue entry XXProgram"),
    ("extensions of forms (XFA)", lambda pdf: pdf.Root.AcroForm.__setitem__("/XFA", String("x")), "form.*XFA"),
    (
        "the output intent removed",
        lambda pdf: pdf.Root.OutputIntents.__delitem__(-1),
        "output intent.*FOGRA51.*removed",
    ),
    (
        "the output condition",
        lambda pdf: pdf.Root.OutputIntents[-1].__setitem__("/OutputConditionIdentifier", "SWOP"),
        "output intent.*SWOP",
    ),
    (
        "the description of the output",
        lambda pdf: pdf.Root.OutputIntents[-1].__setitem__("/Info", "uncoated"),
        "description of output intent.*uncoated",
    ),
    (
        "the colour profile",
        lambda pdf: pdf.Root.OutputIntents[-1].__setitem__("/DestOutputProfile", pdf.make_stream(b"profile two", N=4)),
        "colour profile of output intent.*changed",
    ),
    (
        "an attachment added",
        lambda pdf: pdf.attachments.__setitem__("new.txt", pikepdf.AttachedFileSpec(pdf, b"n", filename="new.txt")),
        "attachment “new.txt” was added",
    ),
    (
        "an attachment removed",
        lambda pdf: pdf.attachments.__delitem__("table.csv"),
        "attachment “table.csv” was removed",
    ),
    (
        "the description of an attachment",
        lambda pdf: pdf.attachments["table.csv"].obj.__setitem__("/Desc", "figures"),
        "description of attachment.*figures",
    ),
    (
        "the relationship of an attachment",
        lambda pdf: pdf.attachments["table.csv"].obj.__setitem__("/AFRelationship", Name.Source),
        "relationship of attachment.*Source",
    ),
    (
        "named destinations removed",
        lambda pdf: pikepdf.NameTree(pdf.Root.Names.Dests).__delitem__("zz-last"),
        "destination “zz-last” was removed",
    ),
    (
        "a layer shown",
        lambda pdf: pdf.Root.OCProperties.D.__setitem__("/OFF", Array()),
        "state of layer “Marks”.*shown",
    ),
    (
        "a layer hidden",
        lambda pdf: pdf.Root.OCProperties.D.OFF.append(pdf.Root.OCProperties.OCGs[0]),
        "state of layer “Watermark”.*hidden",
    ),
    ("the name of a layer", lambda pdf: pdf.Root.OCProperties.OCGs[0].__setitem__("/Name", "Stamp"), "layer.*Stamp"),
    (
        "a layer locked",
        lambda pdf: pdf.Root.OCProperties.D.__setitem__("/Locked", Array([pdf.Root.OCProperties.OCGs[0]])),
        "locked of layer “Watermark”",
    ),
    (
        "the print state of a layer",
        lambda pdf: pdf.Root.OCProperties.OCGs[0].__setitem__(
            "/Usage", Dictionary(Print=Dictionary(PrintState=Name.OFF))
        ),
        "print state of layer",
    ),
    ("a layer removed", lambda pdf: pdf.Root.OCProperties.OCGs.__delitem__(0), "layer “Watermark” was removed"),
    (
        "the order of layers",
        lambda pdf: pdf.Root.OCProperties.__setitem__("/OCGs", Array(list(pdf.Root.OCProperties.OCGs)[::-1])),
        "order of layers",
    ),
):
    kind(_name, _says)(_edit)

kind("the tags removed", "tagging: “tagged” is now “not tagged”", 3, needs=_tagged)(
    lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")
)
kind("page labels in Roman numerals", "label of", 2)(
    _root("/PageLabels", Dictionary(Nums=Array([0, Dictionary(S=Name.r)])))
)
kind("tags under suspicion", "tags under suspicion", needs=_tagged)(
    _root("/MarkInfo", Dictionary(Marked=True, Suspects=True))
)
kind("no longer declared as tagged", "declared as tagged", needs=_tagged)(_root("/MarkInfo", Dictionary(Marked=False)))
kind("encryption", "encryption: “none” is now “AES", encrypt={})(lambda pdf: None)
kind("printing refused", "permission to print.*refused", 3, encrypt={"print_lowres": False, "print_highres": False})(
    lambda pdf: None
)
kind("copying refused", "permission to copy text.*refused", 2, encrypt={"extract": False})(lambda pdf: None)
kind("comments refused", "permission to comment.*refused", 3, encrypt={"modify_annotation": False})(lambda pdf: None)
kind(
    "inserting pages refused", "permission to insert and rotate pages.*refused", 2, encrypt={"modify_assembly": False}
)(lambda pdf: None)


@kind("a destination sent to page one", "target of destination “zz-last”")
def _(pdf: Pdf) -> None:
    pikepdf.NameTree(pdf.Root.Names.Dests)["zz-last"].D[0] = pdf.pages[0].obj


@kind("all destinations sent to page one", "target of .*destination", 2, needs=lambda pdf: len(pdf.pages) > 1)
def _(pdf: Pdf) -> None:
    for _, target in pikepdf.NameTree(pdf.Root.Names.Dests).items():
        (target.D if isinstance(target, Dictionary) else target)[0] = pdf.pages[0].obj


# --- bookmarks


def _bookmark(change: Callable[[Any, Pdf], object]) -> Edit:
    """Change the last bookmark of the first level, “Second part”."""
    return lambda pdf: change(pdf.Root.Outlines.Last, pdf)


for _name, _change, _says in (
    ("the words of a bookmark", lambda item, pdf: item.__setitem__("/Title", "Third part"), "bookmark.*Third part"),
    (
        "the target of a bookmark",
        lambda item, pdf: item.__setitem__("/Dest", Array([pdf.pages[0].obj, Name.FitH, 10])),
        "target of bookmark “Second part”",
    ),
    (
        "a bookmark to a web address",
        lambda item, pdf: (
            item.__delitem__("/Dest") if "/Dest" in item else None,
            item.__setitem__("/A", Dictionary(S=Name.URI, URI=String("https://example.org/x"))),
        ),
        "target of bookmark “Second part”.*example.org/x",
    ),
    ("a bookmark in bold", lambda item, pdf: item.__setitem__("/F", 2), "style of bookmark.*bold"),
    ("a bookmark in red", lambda item, pdf: item.__setitem__("/C", Array([1, 0, 0])), "colour of bookmark"),
    ("a bookmark closed", lambda item, pdf: item.__setitem__("/Count", -1), "state of bookmark.*closed"),
):
    kind(_name, _says)(_bookmark(_change))


def _outline(change: Callable[[list[Any]], object]) -> Edit:
    def edit(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            change(outline.root)

    return edit


kind("a bookmark removed", "bookmark “Second part, its details” was removed")(
    _outline(lambda root: root[-1].children.pop())
)
kind("a bookmark added", "bookmark “Index” was added")(
    _outline(lambda root: root.append(pikepdf.OutlineItem("Index", 0)))
)
kind("the order of bookmarks", "order of bookmarks")(_outline(lambda root: root.insert(0, root.pop())))


@kind("the level of a bookmark", "level of bookmark “Second part, its details”.*1")
@_outline
def _(root: list[Any]) -> None:
    root.append(root[-1].children.pop())


# --- pages


def _page(key: str, value: Any) -> Edit:
    return lambda pdf: pdf.pages[0].obj.__setitem__(key, value)


for _name, _edit, _says, _most in (
    ("a page turned", _page("/Rotate", 90), "rotation of page: “0°” is now “90°”", 1),
    ("the unit of a page", _page("/UserUnit", 2), r"unit \(UserUnit\) of page", 1),
    ("the visible area", _page("/CropBox", Array([9, 9, 500, 700])), "visible area", 1),
    ("the trimmed size", _page("/TrimBox", Array([9, 9, 500, 700])), "trimmed size", 1),
    ("the bleed", _page("/BleedBox", Array([1, 1, 600, 780])), "bleed", 1),
    ("the art box", _page("/ArtBox", Array([9, 9, 500, 700])), "art box", 1),
    ("the paper", _page("/MediaBox", Array([0, 0, 700, 900])), "paper size", 1),
    ("the order of the tab key", _page("/Tabs", Name.C), "order of the tab key", 1),
    ("a transition", _page("/Trans", Dictionary(S=Name.Dissolve)), "transition of page.*Dissolve", 1),
    ("the time on screen", _page("/Dur", 5), "time on screen", 1),
    (
        "JavaScript when a page opens",
        _page("/AA", Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("z()")))),
        "action on opening of page.*JavaScript",
        1,
    ),
    (
        "metadata of a page",
        lambda pdf: pdf.pages[0].obj.__setitem__("/Metadata", pdf.make_stream(b"<x/>")),
        "entry Metadata of page",
        1,
    ),
    ("a page inserted", lambda pdf: _blank(pdf, 1), "page 2 was inserted", 1),
    ("a page inserted at the front", lambda pdf: _blank(pdf, 0), "page 1 was inserted", 2),
    ("two pages inserted", lambda pdf: (_blank(pdf, 1), _blank(pdf, 1)), "pages 2 to 3 were inserted", 1),
    ("a page added at the end", lambda pdf: _blank(pdf, len(pdf.pages)), "page .* was inserted", 1),
    ("a page twice", lambda pdf: pdf.pages.insert(1, pdf.pages[0]), "page .* was inserted", 1),
):
    kind(_name, _says, _most)(_edit)


def _blank(pdf: Pdf, place: int) -> None:
    page = pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=pdf.pages[0].mediabox, Resources=Dictionary()))
    pdf.pages.insert(place, page)
    pdf.pages[place].Contents = pdf.make_stream(b"0.5 g 100 100 50 50 re f")


def _move(pdf: Pdf) -> None:
    page = pdf.pages[1]
    del pdf.pages[1]
    pdf.pages.append(page)


_LONG = {"needs": lambda pdf: len(pdf.pages) > 2}
kind("a page removed", "page 2 was removed, which begins", 4, **_LONG)(lambda pdf: pdf.pages.__delitem__(1))
kind("a page moved", "page . was moved: it is now page", 2, **_LONG)(_move)
kind("a page emptied", "removed|rules, shapes", 6, **_LONG)(
    lambda pdf: pdf.pages[1].obj.__setitem__("/Contents", pdf.make_stream(b" "))
)


# --- annotations


def _annotation(subtype: str, change: Callable[[Any], object]) -> Edit:
    """Change the last annotation of a kind on the first page."""

    def edit(pdf: Pdf) -> None:
        found = [each for each in pdf.pages[0].obj.Annots if each.Subtype == f"/{subtype}"]
        change(found[-1])

    return edit


def _set(key: str, value: Any) -> Callable[[Any], object]:
    return lambda annotation: annotation.__setitem__(key, value)


def _link(place: int, change: Callable[[Any, Pdf], object]) -> Edit:
    def edit(pdf: Pdf) -> None:
        links = [each for each in pdf.pages[0].obj.Annots if each.Subtype == "/Link"]
        change(links[place], pdf)

    return edit


for _name, _edit, _says in (
    (
        "the words of a note",
        _annotation("Text", _set("/Contents", "reject")),
        "contents of sticky note: “approve” is now “reject”",
    ),
    ("the author of a note", _annotation("Text", _set("/T", "Nobody")), "author of sticky note.*Nobody"),
    ("the subject of a note", _annotation("Text", _set("/Subj", "urgent")), "subject of sticky note.*urgent"),
    ("the icon of a note", _annotation("Text", _set("/Name", Name.Help)), "name of sticky note.*Help"),
    ("the place of a note", _annotation("Text", _set("/Rect", Array([20, 120, 40, 140]))), "place of sticky note"),
    ("a note hidden", _annotation("Text", _set("/F", 2)), "flags of sticky note.*hidden"),
    ("a note not printed", _annotation("Text", _set("/F", 0)), "flags of sticky note.*printed.*removed"),
    ("a note locked", _annotation("Text", _set("/F", 132)), "flags of sticky note.*locked"),
    ("the colour of a note", _annotation("Text", _set("/C", Array([1, 0, 0]))), "colour of sticky note"),
    ("formatted text of a note", _annotation("Text", _set("/RC", String("<p>no</p>"))), "rich text of sticky note"),
    ("the state of a note", _annotation("Text", _set("/State", String("Rejected"))), "state of sticky note.*Rejected"),
    (
        "the words of a highlight",
        _annotation("Highlight", _set("/Contents", "delete")),
        "contents of highlight.*delete",
    ),
    (
        "the place of a highlight",
        _annotation("Highlight", _set("/Rect", Array([100, 60, 200, 70]))),
        "place of highlight",
    ),
    ("the opacity of a highlight", _annotation("Highlight", _set("/CA", 0.9)), "opacity of highlight"),
    ("the kind of a stamp", _annotation("Stamp", _set("/Name", Name.Approved)), "name of stamp.*Approved"),
    (
        "the words of a text box",
        _annotation("FreeText", _set("/Contents", "see page 3")),
        "contents of text box.*page 3",
    ),
    (
        "the file of an annotation",
        _annotation("FileAttachment", lambda each: each.FS.EF.F.write(b"two")),
        "attached file of attached file.*changed",
    ),
    (
        "an action of an annotation",
        _annotation("Text", _set("/AA", Dictionary(E=Dictionary(S=Name.JavaScript, JS=String("q()"))))),
        "action on entering of sticky note.*JavaScript",
    ),
    (
        "the layer of an annotation",
        _annotation("Text", _set("/OC", Dictionary(Type=Name.OCG, Name="Secret"))),
        "layer of sticky note.*Secret",
    ),
    (
        "the address of a link",
        _link(-2, lambda link, pdf: link.A.__setitem__("/URI", String("https://example.org/dark"))),
        "target of link.*light.*dark",
    ),
    (
        "a link without its target",
        _link(-2, lambda link, pdf: link.__delitem__("/A")),
        "target of link.*light.*removed",
    ),
    (
        "a link that runs JavaScript",
        _link(-2, lambda link, pdf: link.__setitem__("/A", Dictionary(S=Name.JavaScript, JS=String("w()")))),
        "target of link.*JavaScript",
    ),
    (
        "a link that starts a program",
        _link(-2, lambda link, pdf: link.__setitem__("/A", Dictionary(S=Name.Launch, F=String("calc.exe")))),
        "target of link.*Launch calc.exe",
    ),
    (
        "a link that sends a form",
        _link(
            -2, lambda link, pdf: link.__setitem__("/A", Dictionary(S=Name.SubmitForm, F=String("https://x.example")))
        ),
        "target of link.*SubmitForm",
    ),
    (
        "a link to another file",
        _link(
            -2,
            lambda link, pdf: link.__setitem__(
                "/A", Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))
            ),
        ),
        "target of link.*GoToR other.pdf",
    ),
    (
        "an action after a link's",
        _link(-2, lambda link, pdf: link.A.__setitem__("/Next", Dictionary(S=Name.JavaScript, JS=String("n()")))),
        "target of link.*JavaScript",
    ),
    (
        "the target of an internal link",
        _link(-1, lambda link, pdf: link.__setitem__("/Dest", Array([pdf.pages[0].obj, Name.XYZ, 0, 10, 0]))),
        "target of link",
    ),
    (
        "a link to nowhere",
        _link(-1, lambda link, pdf: link.__setitem__("/Dest", String("no such place"))),
        "target of link.*nowhere",
    ),
    (
        "the place of a link",
        _link(-2, lambda link, pdf: link.__setitem__("/Rect", Array([360, 120, 400, 130]))),
        "place of link",
    ),
    (
        "the border of a link",
        _link(-2, lambda link, pdf: link.__setitem__("/Border", Array([0, 0, 2]))),
        "border of link",
    ),
    (
        "what a link is said to be",
        _link(-1, lambda link, pdf: link.__setitem__("/Contents", "to the front")),
        "contents of link|name of link",
    ),
    ("a link removed", lambda pdf: _without(pdf, "Link"), "link.*was removed"),
    ("a note removed", lambda pdf: _without(pdf, "Text"), "sticky note was removed"),
    ("a stamp removed", lambda pdf: _without(pdf, "Stamp"), "stamp was removed"),
    ("a note added", lambda pdf: _with(pdf, Name.Text, Contents="wait"), "sticky note was added.*wait"),
    ("a redaction added", lambda pdf: _with(pdf, Name.Redact), "redaction was added"),
    ("a strike-out added", lambda pdf: _with(pdf, Name.StrikeOut), "strike-out was added"),
    ("a watermark added", lambda pdf: _with(pdf, Name.Watermark), "watermark was added"),
    (
        "a link added",
        lambda pdf: _with(pdf, Name.Link, A=Dictionary(S=Name.URI, URI=String("https://evil.example"))),
        "link.*evil.*was added",
    ),
    (
        "the value of a field",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/V", "Lantern"),
        "value of form field “name”.*Lantern",
    ),
    (
        "the default of a field",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/DV", "Candle"),
        "default of form field.*Candle",
    ),
    (
        "the tooltip of a field",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/TU", "the lamp"),
        "tooltip of form field.*lamp",
    ),
    (
        "a field that is read only",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/Ff", 1),
        "read only of form field",
    ),
    (
        "a field that is required",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/Ff", 2),
        "required of form field",
    ),
    (
        "a field that is a password",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/Ff", 1 << 13),
        "other flags of form field",
    ),
    (
        "the length of a field",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/MaxLen", 9),
        "longest of form field",
    ),
    (
        "the choices of a field",
        lambda pdf: pdf.Root.AcroForm.Fields[1].Opt.append(String("blue")),
        "choices of form field “colour”.*blue",
    ),
    (
        "JavaScript of a field",
        lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__(
            "/AA", Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("k()")))
        ),
        "action on a key of form field",
    ),
    ("the name of a field", lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__("/T", "title"), "form field.*title"),
):
    kind(_name, _says, 3 if "field" in _name else 1)(_edit)


@kind("the drawing of a stamp", "appearance of stamp")
def _(pdf: Pdf) -> None:
    (stamp,) = (each for each in pdf.pages[0].obj.Annots if each.Subtype == "/Stamp")
    stamp.AP.N.write(b"0 0 1 RG 1 1 18 18 re S 1 1 m 19 19 l S")


def _without(pdf: Pdf, subtype: str) -> None:
    annotations = pdf.pages[0].obj.Annots
    places = [place for place, each in enumerate(annotations) if each.Subtype == f"/{subtype}"]
    del annotations[places[-1]]


def _with(pdf: Pdf, subtype: Any, **entries: Any) -> None:
    added = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=Array([500, 60, 540, 80]), F=4, **entries)
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(added))


# --- what is drawn

Operators = list[tuple[list[Any], str]]
SHOW = ("Tj", "TJ", "'", '"')


def around(before: Operators, after: Operators, resources: Callable[[Any], object] = lambda holder: None) -> Edit:
    """Put operators before and after the longest text of the first page."""

    def edit(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        parsed = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(page)]
        shown = [place for place, (_, operator) in enumerate(parsed) if operator in SHOW]
        place = max(shown, key=lambda place: len(pikepdf.unparse_content_stream([parsed[place]])))
        parsed[place + 1 : place + 1] = after
        parsed[place:place] = before
        _write(pdf, page, parsed)
        resources(page.Resources)

    return edit


def _write(pdf: Pdf, page: Any, parsed: Operators) -> None:
    page.Contents = pdf.make_stream(
        pikepdf.unparse_content_stream([(operands, Operator(name)) for operands, name in parsed])
    )


def over(content: bytes, resources: Callable[[Pdf, Any], object] = lambda pdf, holder: None) -> Edit:
    """Draw something over the first page."""

    def edit(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        parts = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
        page.Contents = Array([pdf.make_stream(b"q"), *parts, pdf.make_stream(b"Q q " + content + b" Q")])
        resources(pdf, page.Resources)

    return edit


def _state(**entries: Any) -> Callable[[Any], object]:
    def add(holder: Any) -> None:
        holder.ExtGState = Dictionary({**dict(holder.get("/ExtGState", Dictionary())), "/ZZ": Dictionary(**entries)})

    return add


def _spot(holder: Any) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 0.5, 0, 0]), N=1)
    space = Array([Name.Separation, Name("/PANTONE 300 C"), Name.DeviceCMYK, function])
    holder.ColorSpace = Dictionary({**dict(holder.get("/ColorSpace", Dictionary())), "/ZZ": space})


def _picture(pdf: Pdf, holder: Any) -> None:
    picture = pdf.make_stream(bytes(range(0, 250, 10)), Type=Name.XObject, Subtype=Name.Image, Width=5, Height=5,
                              ColorSpace=Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
    holder.XObject = Dictionary({**dict(holder.get("/XObject", Dictionary())), "/ZZ": picture})


def _shading(pdf: Pdf, holder: Any) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 100, 0]), Function=function)
    holder.Shading = Dictionary({**dict(holder.get("/Shading", Dictionary())), "/ZZ": shading})


def _state_of(pdf: Pdf, holder: Any) -> None:
    _state(op=True, OP=True, OPM=1)(holder)


for _name, _edit, _says, _most in (
    ("text made invisible", around([([3], "Tr")], [([0], "Tr")]), "(was|were) filled and (is|are) now invisible", 2),
    ("text made outlines", around([([1], "Tr")], [([0], "Tr")]), "(was|were) filled and (is|are) now outlined", 3),
    ("text that clips", around([([], "q"), ([7], "Tr")], [([], "Q"), ([0], "Tr")]), "now clipping", 3),
    (
        "text in red",
        around([([], "q"), ([1, 0, 0], "rg")], [([], "Q")]),
        "the colour of .* is now #ff0000|the ink of text",
        2,
    ),
    (
        "text in white",
        around([([], "q"), ([1], "g")], [([], "Q")]),
        "the colour of .* is now #ffffff|the ink of text",
        2,
    ),
    ("text of twice the size", lambda pdf: _sized(pdf, 2), "the size of", 1),
    ("text half a point larger", lambda pdf: _sized(pdf, 1.05), "the size of", 1),
    ("letters further apart", around([([0.4], "Tc")], [([0], "Tc")]), "moved|shifted", 3),
    ("text wider", around([([110], "Tz")], [([100], "Tz")]), "the width of .* is now", 2),
    ("text raised", around([([3], "Ts")], [([0], "Ts")]), "moved", 2),
    ("text removed", lambda pdf: _dropped(pdf), "removed|not drawn any more", 1),
    (
        "overprint switched on",
        around([([], "q"), ([Name("/ZZ")], "gs")], [([], "Q")], _state(op=True, OP=True)),
        "overprint of text .* was off and is now on",
        1,
    ),
    (
        "text half transparent",
        around([([], "q"), ([Name("/ZZ")], "gs")], [([], "Q")], _state(ca=0.5)),
        "opacity of text|colour of",
        2,
    ),
    (
        "text that multiplies",
        around([([], "q"), ([Name("/ZZ")], "gs")], [([], "Q")], _state(BM=Name.Multiply)),
        "blend mode of text .*Multiply",
        1,
    ),
    (
        "a soft mask",
        around([([], "q"), ([Name("/ZZ")], "gs")], [([], "Q")], _state(ca=0.8, BM=Name.Screen)),
        "blend mode of text .*Screen",
        3,
    ),
    (
        "another rendering intent",
        around([([], "q"), ([Name.Perceptual], "ri")], [([], "Q")]),
        "rendering intent of text.*Perceptual",
        1,
    ),
    (
        "text in process colours",
        around([([], "q"), ([0, 1, 1, 0], "k")], [([], "Q")]),
        "the ink of text.* is now C0 M100 Y100 K0",
        2,
    ),
    (
        "text in rich black",
        around([([], "q"), ([0.6, 0.4, 0.4, 1], "k")], [([], "Q")]),
        "the ink of text.* is now C60 M40 Y40 K100",
        2,
    ),
    (
        "text in a spot colour",
        around([([], "q"), ([Name("/ZZ")], "cs"), ([1], "scn")], [([], "Q")], _spot),
        "the ink of text.* is now spot colour PANTONE 300 C",
        2,
    ),
    (
        "a tint of a spot colour",
        over(b"/ZZ cs 0.5 scn 100 50 50 20 re f", lambda pdf, holder: _spot(holder)),
        "areas in spot colour PANTONE 300 C 50%",
        2,
    ),
    ("a rule added", over(b"0 G 1 w 50 50 m 300 50 l S"), "a rule was added", 1),
    ("a shape added", over(b"0.5 g 50 50 60 60 re f"), "a shape was added", 1),
    ("white over text", over(b"1 g 0 100 612 500 re f"), "a shape was added", 1),
    ("a picture added", over(b"50 0 0 50 60 60 cm /ZZ Do", _picture), "a picture was added", 1),
    ("a shading added", over(b"50 0 0 50 60 60 cm 0 0 1 1 re W n /ZZ sh", _shading), "a shading was added", 1),
    (
        "an area that overprints",
        over(b"/ZZ gs 0 1 0 0 k 50 50 60 60 re f", _state_of),
        "areas in C0 M100 Y0 K0, overprint on",
        2,
    ),
    (
        "hidden words added",
        over(b"BT 3 Tr /ZZ 9 Tf 60 60 Td (secret words) Tj ET", lambda pdf, holder: _helvetica(pdf, holder)),
        "secret words|invisible text",
        4,
    ),
    (
        "words added in the margin",
        over(b"BT /ZZ 9 Tf 60 60 Td (margin words) Tj ET", lambda pdf, holder: _helvetica(pdf, holder)),
        "margin words",
        3,
    ),
    (
        "a draft stamp drawn",
        over(b"BT 0.8 g /ZZ 90 Tf .7 .7 -.7 .7 160 200 Tm (DRAFT) Tj ET", lambda pdf, holder: _helvetica(pdf, holder)),
        "DRAFT",
        3,
    ),
    ("text in another font", lambda pdf: _refaced(pdf), "the (font|style) of", 2),
):
    kind(_name, _says, _most)(_edit)


def _helvetica(pdf: Pdf, holder: Any) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    holder.Font = Dictionary({**dict(holder.get("/Font", Dictionary())), "/ZZ": pdf.make_indirect(font)})


def _edited(pdf: Pdf, change: Callable[[Operators, int], object]) -> None:
    page = pdf.pages[0].obj
    parsed = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(page)]
    shown = [place for place, (_, operator) in enumerate(parsed) if operator in SHOW]
    change(parsed, max(shown, key=lambda place: len(pikepdf.unparse_content_stream([parsed[place]]))))
    _write(pdf, page, parsed)


def _sized(pdf: Pdf, by: float) -> None:
    def change(parsed: Operators, place: int) -> None:
        font = next(parsed[at] for at in range(place, -1, -1) if parsed[at][1] == "Tf")
        name, size = font[0]
        parsed.insert(place + 1, ([name, size], "Tf"))
        parsed.insert(place, ([name, float(size) * by], "Tf"))

    _edited(pdf, change)


def _dropped(pdf: Pdf) -> None:
    _edited(pdf, lambda parsed, place: parsed.__delitem__(place))


def _refaced(pdf: Pdf) -> None:
    """Draw the text in a copy of its font with another name and weight, as if it were the bold."""

    def change(parsed: Operators, place: int) -> None:
        font = next(parsed[at] for at in range(place, -1, -1) if parsed[at][1] == "Tf")
        name, size = font[0]
        fonts = pdf.pages[0].obj.Resources.Font
        copy = Dictionary(dict(fonts[str(name)].items()))
        base = str(copy.BaseFont).removeprefix("/")
        copy.BaseFont = Name(f"/{base.removesuffix('-Regular').removesuffix('MT')}-Bold")
        if "/DescendantFonts" in copy:
            descendant = Dictionary(dict(copy.DescendantFonts[0].items()))
            descendant.BaseFont = copy.BaseFont
            copy.DescendantFonts = Array([pdf.make_indirect(descendant)])
        pdf.pages[0].obj.Resources.Font = Dictionary({**dict(fonts.items()), "/ZZ": pdf.make_indirect(copy)})
        parsed.insert(place + 1, ([name, size], "Tf"))
        parsed.insert(place, ([Name("/ZZ"), size], "Tf"))

    _edited(pdf, change)


# --- fonts and tags


def _mapped(pdf: Pdf) -> list[Any]:
    fonts = [font for page in pdf.pages for font in page.obj.Resources.get("/Font", Dictionary()).values()]
    return [font for font in fonts if "/ToUnicode" in font]


def _bfchar(pdf: Pdf) -> bool:
    return any(b"beginbf" in font.ToUnicode.read_bytes() for font in _mapped(pdf))


@kind("one letter that is copied as another", "copied", 3, needs=_bfchar)
def _(pdf: Pdf) -> None:
    font = max(_mapped(pdf), key=lambda font: len(font.ToUnicode.read_bytes()))
    table = font.ToUnicode.read_bytes()
    entries = list(re.finditer(rb"<[0-9A-Fa-f]+> *(?:<[0-9A-Fa-f]+> *)?<([0-9A-Fa-f]{4})> *$", table, re.M))
    entry = entries[len(entries) // 2]
    font.ToUnicode.write(table[: entry.start(1)] + b"0051" + table[entry.end(1) :])


@kind("text that cannot be copied", "text mapping of font", 60, needs=lambda pdf: bool(_mapped(pdf)))
def _(pdf: Pdf) -> None:
    del _mapped(pdf)[0]["/ToUnicode"]


def _descriptors(pdf: Pdf) -> list[Any]:
    fonts = [font for page in pdf.pages for font in page.obj.Resources.get("/Font", Dictionary()).values()]
    holders = [next(iter(font.get("/DescendantFonts", ())), font) for font in fonts]
    return [each.FontDescriptor for each in holders if "/FontDescriptor" in each]


def _embedded(pdf: Pdf) -> bool:
    return any("/FontFile2" in each for each in _descriptors(pdf))


@kind("a font that is not embedded", "embedding of font.*not embedded", 60, needs=_embedded)
def _(pdf: Pdf) -> None:
    descriptor = next(each for each in _descriptors(pdf) if "/FontFile2" in each)
    del descriptor["/FontFile2"]


def _elements(pdf: Pdf, *kinds: str) -> list[Any]:
    """The elements of the structure tree of these kinds, in order."""
    found: list[Any] = []
    waiting = [pdf.Root.get("/StructTreeRoot", Dictionary()).get("/K")]
    met: set[tuple[int, int]] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, Array):
            waiting.extend(list(each)[::-1])
        elif isinstance(each, Dictionary) and "/S" in each and each.objgen not in met:
            met.add(each.objgen)
            if not kinds or str(each.S)[1:] in kinds:
                found.append(each)
            waiting.append(each.get("/K"))
    return found


def _has(*kinds: str) -> dict[str, Any]:
    return {"needs": lambda pdf: bool(_elements(pdf, *kinds))}


def _element(key: str, value: Any, *kinds: str) -> Edit:
    return lambda pdf: _elements(pdf, *kinds)[-1].__setitem__(key, value)


kind("a heading's tag", "was tagged H. and is now P", 1, **_has("H1", "H2"))(_element("/S", Name.P, "H1", "H2"))
kind("a paragraph made a heading", "was tagged P and is now H1", 1, **_has("P"))(_element("/S", Name.H1, "P"))
kind("a paragraph made a quotation", "was tagged P and is now BlockQuote", 1, **_has("P"))(
    _element("/S", Name.BlockQuote, "P")
)
kind("the language of a paragraph", "the language of .* is now de", 1, **_has("P"))(
    _element("/Lang", String("de"), "P")
)
kind("the alternative of a picture", "alternative text of .*a lamp", 1, **_has("Figure"))(
    _element("/Alt", String("a lamp"), "Figure")
)
kind("an abbreviation expanded", "with “expansion United Nations”.* was added", 1, **_has("P"))(
    _element("/E", String("United Nations"), "P")
)
kind("the title of an element", "with “title Part”.* was added", 1, **_has("P"))(_element("/T", String("Part"), "P"))
kind("a scope of a header", "with “scope Row”.* was added", 1, **_has("P"))(
    _element("/A", Dictionary(O=Name.Table, Scope=Name.Row), "P")
)
kind("cells that span", "with “column span 2”.* was added", 1, **_has("P"))(
    _element("/A", Dictionary(O=Name.Table, ColSpan=2), "P")
)
kind("the text that is read instead", "the words of .*another reading", 1, **_has("P"))(
    _element("/ActualText", String("another reading"), "P")
)
kind("the role of a tag", "role of tag ZZ", 1, needs=_tagged)(
    lambda pdf: pdf.Root.StructTreeRoot.__setitem__(
        "/RoleMap", Dictionary({**dict(pdf.Root.StructTreeRoot.get("/RoleMap", Dictionary())), "/ZZ": Name.P})
    )
)


@kind("a paragraph left out of the tags", "was removed", 3, **_has("P"))
def _(pdf: Pdf) -> None:
    element = _elements(pdf, "P")[-1]
    kids = element.P.K
    if isinstance(kids, Array):
        place = next(
            at for at, each in enumerate(kids) if isinstance(each, Dictionary) and each.objgen == element.objgen
        )
        del kids[place]
    else:
        del element.P["/K"]


@kind("two paragraphs read in another order", "was moved", 2, needs=lambda pdf: len(_siblings(pdf)) > 2)
def _(pdf: Pdf) -> None:
    first, *_, last = _siblings(pdf)
    kids = first.P.K
    places = [
        at
        for at, each in enumerate(kids)
        if isinstance(each, Dictionary) and each.objgen in (first.objgen, last.objgen)
    ]
    kids[places[0]], kids[places[1]] = last, first


def _siblings(pdf: Pdf) -> list[Any]:
    """Paragraphs of one parent, of which there are several."""
    groups: dict[Any, list[Any]] = {}
    for each in _elements(pdf, "P"):
        if isinstance(each.P.get("/K"), Array):
            groups.setdefault(each.P.objgen, []).append(each)
    return max(groups.values(), key=len, default=[])
