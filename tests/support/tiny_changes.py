# ruff: noqa: E501  each change is a line
"""Changes of a tiny file, by name: what preflight finds in it then, and what a comparison says of both, is in tables."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tiny import Change, content, find, metadata

_RGB_BLACK = "/Artifact BMC 0 0 0 rg 5 5 3 3 re f EMC"


def _set(entry: str, value: Any) -> Change:
    """Set an entry of the catalogue; None removes it."""

    def change(file: pikepdf.Pdf) -> None:
        if value is None:
            del file.Root[entry]
        else:
            file.Root[entry] = value

    return change


def _page(entry: str, value: Any, at: int = 0) -> Change:
    return lambda file: file.pages[at].obj.__setitem__(entry, value)


def _link(entry: str, value: Any, at: int = 0) -> Change:
    return lambda file: file.pages[0].obj.Annots[at].__setitem__(entry, value)


def _to(address: str, words: str = "") -> tuple[Change, ...]:
    """A link to another address, perhaps on other words."""
    link = _link("/A", Dictionary(S=Name.URI, URI=String(address)))
    return (link, content(0, "(A/71/119)", f"({words})")) if words else (link,)


def _dest(*place: Any) -> Change:
    return lambda file: file.pages[0].obj.Annots[1].__setitem__("/Dest", Array([file.pages[1].obj, *place]))


def _element(kind: str, entry: str, value: Any, at: int = 0) -> Change:
    return lambda file: find(file, kind, at).__setitem__(entry, value)


def _without(kind: str, entry: str, at: int = 0) -> Change:
    return lambda file: find(file, kind, at).__delitem__(entry)


def _annotation(**entries: Any) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.Annots.append(file.make_indirect(Dictionary(Type=Name.Annot, Rect=[1, 1, 9, 9], **entries)))

    return change


def _attached(name: str, media_type: str, **entries: Any) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        stream = file.make_stream(b"12345", Type=Name.EmbeddedFile, Subtype=Name(f"/{media_type}"))
        stream.Params = Dictionary(**entries)
        listed = file.make_indirect(Dictionary(Type=Name.Filespec, F=String(name), UF=String(name),
                                               AFRelationship=Name.Source, EF=Dictionary(F=stream)))  # fmt: skip
        file.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), listed])))
        file.Root.AF = Array([listed])

    return change


def _intent(name: str, colours: bytes, length: int = 128, kind: str = "GTS_PDFA1") -> Change:
    def change(file: pikepdf.Pdf) -> None:
        header = length.to_bytes(4, "big") + bytes(12) + colours + bytes(16) + b"acsp" + bytes(88)
        entries = {"DestOutputProfile": file.make_stream(header)} if colours else {}
        intent = Dictionary(
            Type=Name.OutputIntent, S=Name(f"/{kind}"), OutputConditionIdentifier=String(name), **entries
        )
        file.Root.OutputIntents = Array([intent])

    return change


def _swapped_rows(file: pikepdf.Pdf) -> None:
    table = find(file, "Table")
    table.K = Array(list(table.K)[::-1])


def _noted(file: pikepdf.Pdf) -> None:
    """Put the words at the end of page one into the last cell, as a note."""
    note, cell = find(file, "P", 1), find(file, "TD")
    note.S = Name.Note
    cell.K = Array([7, note])
    top = file.Root.StructTreeRoot.K
    top.K = Array([kid for kid in top.K if kid != note])


def _in_layer(*, shown: bool, printed: bool) -> tuple[Change, ...]:
    """Put a word into a layer that is shown and printed, or not."""

    def change(file: pikepdf.Pdf) -> None:
        usage = Dictionary(Print=Dictionary(PrintState=Name.ON if printed else Name.OFF))
        group = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("Marks"), Usage=usage))
        told = Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array([group]))
        state = {"ON" if shown else "OFF": Array([group])}
        file.Root.OCProperties = Dictionary(
            OCGs=Array([group]), D=Dictionary(Order=Array([group]), AS=Array([told]), **state)
        )
        file.pages[0].obj.Resources.Properties = Dictionary(L=group)

    begin = content(0, "/P <</MCID 1>> BDC", "/OC /L BDC /P <</MCID 1>> BDC")
    return change, begin, content(0, "(See ) Tj ET EMC", "(See ) Tj ET EMC EMC")


def _action(kind: str) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"))


_MM = 72 / 25.4
_TRIMMED = tuple(_page("/TrimBox", Array([20, 30, 140, 170]), at) for at in (0, 1))


def _boxes(name: str, *box: float) -> tuple[Change, ...]:
    return tuple(_page(f"/{name}Box", Array(list(box)), at) for at in (0, 1))


CHANGES: dict[str, tuple[Change, ...]] = {
    # tags
    "not marked as tagged": (_set("/MarkInfo", Dictionary(Marked=False)),),
    "no marks at all": (_set("/MarkInfo", None),),
    "suspect tags": (_set("/MarkInfo", Dictionary(Marked=True, Suspects=True)),),
    "no structure tree": (_set("/StructTreeRoot", None),),
    "no parent tree": (lambda file: file.Root.StructTreeRoot.__delitem__("/ParentTree"),),
    "a false parent": (lambda file: file.Root.StructTreeRoot.ParentTree.Nums[1].__setitem__(0, find(file, "P")),),
    "the parent of nothing": (lambda file: file.Root.StructTreeRoot.ParentTree.Nums[1].append(find(file, "P")),),
    "a parent in a dictionary": (_element("H1", "/K", Dictionary(Type=Name.MCR, MCID=0)),),
    "text without a mark": (content(0, "/P <</MCID 3>> BDC BT", "BT"), content(0, "( of all.) Tj ET EMC", "( of all.) Tj ET")),
    "a tree that loops": (lambda file: find(file, "H1").__setitem__("/K", find(file, "Table")),),
    # language and title
    "no language": (_set("/Lang", None),),
    "another language": (_set("/Lang", String("fr-FR")),),
    "the language of a country": (_set("/Lang", String("EN-gb")),),
    "no title to show": (_set("/ViewerPreferences", None),),
    "no title in the metadata": (metadata("Title of it", ""),),
    "another title in the metadata": (metadata("Title of it", "More"),),
    "a title that is no heading": (metadata("Title of it", "Nothing"), lambda file: file.docinfo.__setitem__("/Title", "Nothing")),
    "part of a heading as the title": (metadata("Title of it", "Title"), lambda file: file.docinfo.__setitem__("/Title", "Title")),
    "a part in another language": (_element("P", "/Lang", String("fr")),),
    "a part in an invalid language": (_element("P", "/Lang", String("x")),),
    "a part declared in the language of the file": (_element("P", "/Lang", String("en-GB")),),
    # headings, figures, tables
    "a second level that comes first": (_element("H1", "/S", Name.H2),),
    "a level that is skipped": (_element("H2", "/S", Name.H3),),
    "a level that is skipped after a higher one": (_element("H1", "/S", Name.H3), _element("H2", "/S", Name.H2)),
    "a level that is skipped after one lower and one higher": (_element("P", "/S", Name.H2), _element("H2", "/S", Name.H1, 1), _element("P", "/S", Name.H3, 1)),
    "two headings of the first level": (_element("H2", "/S", Name.H1),),
    "no alternative text": (_without("Figure", "/Alt"),),
    "an empty alternative text": (_element("Figure", "/Alt", String(" ")),),
    "replacement text instead of an alternative": (_without("Figure", "/Alt"), _element("Figure", "/ActualText", String("X"))),
    "no scope of a column": (_without("TH", "/A"),),
    "the scope of a row in the head": (_element("TH", "/A", Dictionary(O=Name.Table, Scope=Name.Row)),),
    "the scope of a column in the body": (_element("TH", "/A", Dictionary(O=Name.Table, Scope=Name.Column), 2),),
    "scopes in a list": (_element("TH", "/A", Array([Dictionary(O=Name.Table, Scope=Name.Column)])),),
    "a plain cell in the head": (_element("TH", "/S", Name.TD),),
    "no header cells": tuple(_element("TH", "/S", Name.TD) for _ in range(3)),
    "rows that are read from the bottom": (_swapped_rows,),
    "cells that are read from the right": (lambda file: find(file, "TR").__setitem__("/K", Array(list(find(file, "TR").K)[::-1])),),
    "a cell below its row": (content(0, "80 140 Td (Cost)", "80 120 Td (Cost)"),),
    "a cell that begins where the other ends": (content(0, "80 140 Td", "36 140 Td"),),
    "a cell two points to the left of the other": (content(0, "80 140 Td", "18 140 Td"),),
    "a cell four points to the left of the other": (content(0, "80 140 Td", "16 140 Td"),),
    "a note in a cell": (_noted,),
    "text of the foot in a cell": (_noted, _element("Note", "/S", Name.Span)),
    "a note alone": (_element("P", "/S", Name.Note, 1),),
    "a note of PDF 2.0": (_element("P", "/S", Name.FENote, 1),),
    "a role of a heading": (lambda file: file.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(Top=Name.H1)), _element("H1", "/S", Name.Top)),
    # bookmarks and labels
    "no bookmarks": (_set("/Outlines", None),),
    "a bookmark that is no heading": (lambda file: file.Root.Outlines.First.__setitem__("/Title", String("Nothing")),),
    "a bookmark to another page": (lambda file: file.Root.Outlines.First.__setitem__("/Dest", Array([file.pages[1].obj, Name.Fit])),),
    "a bookmark to nowhere": (lambda file: file.Root.Outlines.First.__setitem__("/Dest", String("nowhere")),),
    "a bookmark that runs a program": (lambda file: file.Root.Outlines.First.__setitem__("/A", _action("Launch")),),
    "no page labels": (_set("/PageLabels", None),),
    "page labels like the folios": (_set("/PageLabels", Dictionary(Nums=Array([0, Dictionary(P=String("1/2")), 1, Dictionary(P=String("2/2"))]))),),
    # links
    "a link to another document": _to("https://undocs.org/A/71/120"),
    "a link in small letters": _to("https://undocs.org/a/71/119"),
    "a link that is not encrypted": _to("http://undocs.org/A/71/119"),
    "a link to another site": _to("https://example.org/A/71/119"),
    "a link to another site of the United Nations": _to("https://docs.un.org/en/A/71/119"),
    "a link to a site that only ends like one": _to("https://notun.org/A/71/119"),
    "a link without an address": _to(""),
    "a link with an address without a scheme": _to("undocs.org/A/71/119"),
    "a link to a file": _to("file:///etc/passwd"),
    "a link to a mail address": _to("mailto:a@example.org"),
    "the link of a number": _to("https://undocs.org/A/RES/64/293", "64/293"),
    "the link of a number to another": _to("https://undocs.org/A/RES/64/294", "64/293"),
    "the link of a number to its part": _to("https://undocs.org/A/RES/80/84A-B", "80/84"),
    "the link of a part to the whole": _to("https://undocs.org/A/RES/80/84", "80/84A"),
    "the link of a part to more parts": _to("https://undocs.org/A/RES/80/84A-C", "80/84B"),
    "the link of a part to other parts": _to("https://undocs.org/A/RES/80/84A-B", "80/84C"),
    "the link of a number in the other order": _to("https://undocs.org/A/RES/64/293", "293/64"),
    "the link of a symbol in the other order": _to("https://undocs.org/A/RES/64/293", "A/RES/293/64"),
    "a link of no height": (_link("/Rect", Array([36, 160, 71, 160.5])),),
    "a link of no width": (_link("/Rect", Array([36, 158, 36.5, 168])),),
    "a link beside the text": (_link("/Rect", Array([100, 90, 130, 99])),),
    "a link on text that is not one": (_element("Link", "/S", Name.Span),),
    "a link to the page of its heading": (content(0, "(Some words at the end)", "(More ..... 2)"), _dest(Name.Fit)),
    "a link to another page than that of its heading": (content(0, "(Some words at the end)", "(More ..... 2)"),),
    "a link to no page": (_link("/Dest", String("nowhere"), 1),),
    "a link on other words to a page": (_dest(Name.Fit),),
    # what a file does
    "scripts": (_set("/Names", Dictionary(JavaScript=Dictionary(Names=Array([])))),),
    "an action of the file": (_set("/AA", Dictionary()),),
    "opening goes to page one": (lambda file: file.Root.__setitem__("/OpenAction", Array([file.pages[0].obj, Name.Fit])),),
    "opening goes to page two": (lambda file: file.Root.__setitem__("/OpenAction", Array([file.pages[1].obj, Name.Fit])),),
    "opening visits an address": (_set("/OpenAction", Dictionary(S=Name.URI, URI=String("https://example.org"))),),
    "opening runs a program": (_set("/OpenAction", _action("Launch")),),
    "opening goes to a place": (_set("/OpenAction", Dictionary(S=Name.GoTo, D=String("x"))),),
    "opening does something after another": (_set("/OpenAction", Dictionary(S=Name.GoTo, D=String("x"), Next=Array([_action("GoTo"), _action("Sound")]))),),
    "an action of a page": (_page("/AA", Dictionary()),),
    "a page that turns by itself": (_page("/Dur", 5, 1),),
    "a page with a transition": (_page("/Trans", Dictionary(), 1),),
    "a link that runs a script": (_link("/A", _action("JavaScript")),),
    "an annotation with actions": (_link("/AA", Dictionary(), 1),),
    "an XFA form": (_set("/AcroForm", Dictionary(XFA=Array([]), Fields=Array([]))),),
    "a collection": (_set("/Collection", Dictionary()),),
    "hidden bars": (_set("/ViewerPreferences", Dictionary(DisplayDocTitle=True, HideToolbar=True, HideMenubar=False, HideWindowUI=True)),),
    "a comment": (_annotation(Subtype=Name.Text, Contents=String("A comment of some words that go on and on and on")),),
    "an annotation of no type": (_annotation(),),
    "a mark of the printer": (_annotation(Subtype=Name.PrinterMark),),
    "a field for a signature": (_annotation(Subtype=Name.Widget, FT=Name.Sig, T=String("s")),),
    "a field for text": (_annotation(Subtype=Name.Widget, FT=Name.Tx, T=String("s")),),
    "marked as signed": (_set("/AcroForm", Dictionary(SigFlags=3, Fields=Array([]))),),
    "signed by appending only": (_set("/AcroForm", Dictionary(SigFlags=2, Fields=Array([]))),),
    "text of four points": (content(0, "/F1 6 Tf 20 40", "/F1 4 Tf 20 40"),),
    "text of less than four points": (content(0, "/F1 6 Tf 20 40", "/F1 3.9 Tf 20 40"),),
    "a word in a layer that is shown and printed": _in_layer(shown=True, printed=True),
    "a word in a layer that is not printed": _in_layer(shown=True, printed=False),
    "a word in a layer that is printed and not shown": _in_layer(shown=False, printed=True),
    "a word in a layer that is neither printed nor shown": _in_layer(shown=False, printed=False),
    # attachments and standards
    "an attached source": (_attached("x.md", "text/markdown", Size=5),),
    "an attached program": (_attached("x.exe", "application/x-msdownload", Size=5),),
    "an attachment without a type": (_attached("x.md", "", Size=5),),
    "an attachment of another type": (_attached("x.png", "text/plain", Size=5),),
    "an attachment of another size": (_attached("x.md", "text/markdown", Size=6),),
    "an attachment with its checksum": (_attached("x.md", "text/markdown", Size=5, CheckSum=String(bytes.fromhex("827ccb0eea8a706c4c34a16891f84e7b"))),),
    "an attachment of the same size with another checksum": (_attached("x.md", "text/markdown", Size=5, CheckSum=String(bytes(16))),),
    "an attachment without a relation": (_attached("x.md", "text/markdown", Size=5), lambda file: file.Root.AF[0].__delitem__("/AFRelationship")),
    "an attachment that only pages list": (_attached("x.md", "text/markdown", Size=5), _set("/AF", None)),
    "PDF/A-2 with an attachment": (_attached("x.md", "text/markdown", Size=5), metadata(">3<", ">2<")),
    "PDF/A-2": (metadata(">3<", ">2<"),),
    "no claim to PDF/A": (metadata("<pdfaid:part>3</pdfaid:part>", ""),),
    "no claim to PDF/UA": (metadata("<pdfuaid:part>1</pdfuaid:part>", ""),),
    "an output intent for screens": (_intent("sRGB IEC61966-2.1", b"RGB "),),
    "an output intent of other colours": (_intent("sRGB IEC61966-2.1", b"CMYK"),),
    "a printing condition of screen colours": (_intent("FOGRA39", b"RGB "),),
    "a printing condition": (_intent("FOGRA39", b"CMYK"),),
    "a profile that is too short": (_intent("sRGB IEC61966-2.1", b"RGB ", 129),),
    "an output intent without a profile": (_intent("sRGB IEC61966-2.1", b""),),
    "no date of creation": (lambda file: file.docinfo.__delitem__("/CreationDate"),),
    # boxes and the press
    "nothing": (),
    "a rotated page": (_page("/Rotate", 90),),
    "a page turned round": (_page("/Rotate", 360),),
    "a scaled page": (_page("/UserUnit", 2),),
    "a crop box beyond the paper": (_page("/CropBox", Array([-1, 0, 160, 200])),),
    "a trim box beyond the paper": (_page("/TrimBox", Array([0, 0, 160, 201])),),
    "a trim box at the paper's edge": (_page("/TrimBox", Array([0, 0, 160, 200.005])),),
    "text outside the trim box": (_page("/TrimBox", Array([0, 0, 60, 200])),),
    "a picture outside the trim box": (_page("/TrimBox", Array([0, 95, 160, 200])),),
    "a bleed of three millimetres": (*_boxes("Trim", 20, 30, 140, 170), *_boxes("Bleed", 20 - 3 * _MM, 30 - 3 * _MM, 140 + 3 * _MM, 170 + 3 * _MM)),
    "a bleed that is narrow at one side": (*_boxes("Trim", 20, 30, 140, 170), *_boxes("Bleed", 20 - 3 * _MM, 30 - 3 * _MM, 140 + 2 * _MM, 170 + 3 * _MM)),
    "a bleed beyond the paper": (*_boxes("Trim", 20, 30, 140, 170), *_boxes("Bleed", -1, 10, 160, 190)),
    "a common trim size": tuple(each for at in (0, 1) for each in (_page("/MediaBox", Array([0, 0, 612, 792]), at), _page("/TrimBox", Array([96, 98, 516, 693]), at))),
    "two trim sizes": (_page("/TrimBox", Array([20, 30, 140, 170])), _page("/TrimBox", Array([20, 30, 140, 160]), 1)),
    "a wide page among others": (_page("/TrimBox", Array([20, 30, 140, 170])), _page("/TrimBox", Array([10, 40, 150, 160]), 1)),
    "a press intent": (_intent("FOGRA39", b"CMYK", kind="GTS_PDFX"),),
    "a press intent without a profile": (_intent("FOGRA39", b"", kind="GTS_PDFX"),),
    "trapped": (lambda file: file.trailer.Info.__setitem__("/Trapped", Name("/True")),),
    "not trapped": (lambda file: file.trailer.Info.__setitem__("/Trapped", Name("/False")),),
    "perhaps trapped": (lambda file: file.trailer.Info.__setitem__("/Trapped", Name.Unknown),),
    "black of three colours": (content(0, "/Figure", f"{_RGB_BLACK} /Figure"),),
    "white that overprints": (content(0, "0.2 0.4 0.6 rg", "/G gs 0 0 0 0 k"), lambda file: file.pages[0].obj.Resources.__setitem__("/ExtGState", Dictionary(G=Dictionary(OP=True, op=True)))),
    "white that knocks out": (content(0, "0.2 0.4 0.6 rg", "/G gs 0 0 0 0 k"), lambda file: file.pages[0].obj.Resources.__setitem__("/ExtGState", Dictionary(G=Dictionary(OP=False, op=False)))),
    "a hairline": (content(0, "/Figure", "/Artifact BMC 0.2 w 20 100 m 90 100 l S EMC /Figure"),),
    "a line of a quarter point": (content(0, "/Figure", "/Artifact BMC 0.25 w 20 100 m 90 100 l S EMC /Figure"),),
    "text from right to left, declared": (_set("/ViewerPreferences", Dictionary(DisplayDocTitle=True, Direction=Name.R2L)),),
    "a third page": (lambda file: file.pages.append(file.pages[1]), lambda file: file.pages.append(file.pages[1])),
    "the folio in another place": (content(1, "120 12 Td (2/2)", "20 12 Td (2/2)"),),
    "another folio": (content(1, "(2/2)", "(2/3)"),),
    "a folio of the other style": (content(1, "(2/2)", "(2)"),),
    "no folio": (content(1, "/Artifact BMC BT /F1 6 Tf 120 12 Td (2/2) Tj ET EMC", ""),),
    "a folio on page one": (content(0, "/Figure", "/Artifact BMC BT /F1 6 Tf 120 12 Td (1/2) Tj ET EMC /Figure"),),
    "replacement text": (content(0, "/P <</MCID 1>>", "/P <</MCID 1 /ActualText (Look)>>"),),
}  # fmt: skip

FOR_PRESS = [*CHANGES][[*CHANGES].index("nothing") :]
"""The changes of which the press profile is asked too."""


def _text(old: str, new: str, page: int = 0) -> Change:
    return content(page, f"({old}) Tj", f"({new}) Tj")


def _file(data: bytes, name: str = "a.txt") -> Change:
    """A note that is a file."""

    def change(file: pikepdf.Pdf) -> None:
        stream = file.make_stream(data, Type=Name.EmbeddedFile)
        listed = Dictionary(Type=Name.Filespec, F=String(name), EF=Dictionary(F=stream))
        _annotation(Subtype=Name.FileAttachment, FS=listed, Contents=String("The file"))(file)

    return change


def _outline(*titles: tuple[str, int]) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        with file.open_outline() as outline:
            outline.root[:] = [pikepdf.OutlineItem(title, page) for title, page in titles]

    return change


def _layer(name: str, *, on: bool) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        group = file.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        state = {"ON" if on else "OFF": Array([group])}
        file.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group]), **state))

    return change


_STAMP = "/Artifact BMC 0.9 0.1 0.1 rg 100 60 20 10 re f EMC"
_RULE = "/Artifact BMC 20 120 100 1 re f EMC"
_LINE = "q 2 0 0 2 0 0 cm 0 G 0.5 w 10 60 m 60 60 l S Q"  # 1 point thick on the page
PAIRS: dict[str, tuple[tuple[Change, ...], tuple[Change, ...]]] = {
    # two files: what was changed before, and what after
    "the same file": ((), ()),
    "a word": ((), (_text("17", "18"),)),
    "a word in a heading": ((), (_text("Title of it", "Titles of it"),)),
    "a word that was removed": ((), (_text(" of all.", " of"),)),
    "a letter and the space before it": ((), (_text("Cost", "C ost"),)),
    "a line that was added": ((), (content(1, "/Artifact", "/P <</MCID 2>> BDC BT /F1 8 Tf 20 100 Td (A new line) Tj ET EMC /Artifact"),)),
    "a line that was removed": ((content(1, "/Artifact", "/P <</MCID 2>> BDC BT /F1 8 Tf 20 100 Td (A new line) Tj ET EMC /Artifact"),), ()),
    "a shift that nobody sees": ((), (content(0, "20 180 Td", "20.2 180 Td"),)),
    "a shift of half a millimetre": ((), (content(0, "20 180 Td", "21.42 180 Td"),)),
    "a shift down": ((), (content(0, "20 180 Td", "20 170 Td"),)),
    "a shift of all lines": ((), (content(0, "/P <</MCID 0>>", "1 0 0 1 0 -6 cm /P <</MCID 0>>"),)),
    "a larger size": ((), (content(0, "/F1 12 Tf", "/F1 14 Tf"),)),
    "a size that nobody sees": ((), (content(0, "/F1 12 Tf", "/F1 12.01 Tf"),)),
    "a colour": ((), (content(0, "BT /F1 12", "1 0 0 rg BT /F1 12"),)),
    "a colour that nobody sees": ((content(0, "BT /F1 12", "0 0 0 rg BT /F1 12"),), (content(0, "BT /F1 12", "0.01 0 0 rg BT /F1 12"),)),
    "hidden text": ((), (content(0, "BT /F1 12 Tf", "BT 3 Tr /F1 12 Tf"),)),
    "an outline of letters": ((), (content(0, "BT /F1 12 Tf", "BT 1 Tr /F1 12 Tf"),)),
    "another font": ((), (lambda file: file.pages[0].obj.Resources.Font.F1.__setitem__("/BaseFont", Name("/Times-Roman")),)),
    "a rule that was added": ((), (content(0, "/Figure", f"{_RULE} /Figure"),)),
    "a rule that was removed": ((content(0, "/Figure", f"{_RULE} /Figure"),), ()),
    "a thicker rule": ((content(0, "/Figure", f"{_RULE} /Figure"),), (content(0, "/Figure", f"{_RULE.replace('100 1 re', '100 1.2 re')} /Figure"),)),
    "a rule as thick to the eye": ((content(0, "/Figure", f"{_RULE} /Figure"),), (content(0, "/Figure", f"{_RULE.replace('100 1 re', '100 1.04 re')} /Figure"),)),
    "a thicker line": ((content(0, "/Figure", f"{_LINE} /Figure"),), (content(0, "/Figure", f"{_LINE.replace('0.5 w', '0.8 w')} /Figure"),)),
    "a longer rule": ((content(0, "/Figure", f"{_RULE} /Figure"),), (content(0, "/Figure", f"{_RULE.replace('100 1 re', '110 1 re')} /Figure"),)),
    "an area that was added": ((), (content(0, "/Figure", f"{_STAMP} /Figure"),)),
    "an area of another colour": ((content(0, "/Figure", f"{_STAMP} /Figure"),), (content(0, "/Figure", f"{_STAMP.replace('0.9 0.1', '0.1 0.9')} /Figure"),)),
    "an area that moved": ((content(0, "/Figure", f"{_STAMP} /Figure"),), (content(0, "/Figure", f"{_STAMP.replace('100 60', '110 60')} /Figure"),)),
    "a figure of another size": ((), (content(0, "20 60 40 30 re", "20 60 50 30 re"),)),
    "an area in other inks of the same look": ((content(0, "0.2 0.4 0.6 rg", "0 g"),), (content(0, "0.2 0.4 0.6 rg", "0 0 0 1 k"),)),
    "a page that was removed": ((), (lambda file: file.pages.__delitem__(1),)),
    "a page that was added": ((lambda file: file.pages.__delitem__(1),), ()),
    "pages in another order": ((), (lambda file: file.pages.reverse(),)),
    "a wider page": ((), (_page("/MediaBox", Array([0, 0, 170, 200])),)),
    "a trim box": ((), (_page("/TrimBox", Array([10, 10, 150, 190])),)),
    "a file in a note": ((), (_file(b"one"),)),
    "another file in a note": ((_file(b"one"),), (_file(b"two"),)),
    "the same file in a note": ((_file(b"one"),), (_file(b"one"),)),
    "another name of a file in a note": ((_file(b"one"),), (_file(b"one", "b.txt"),)),
    "other words of a note": ((_annotation(Subtype=Name.Text, Contents=String("One")),), (_annotation(Subtype=Name.Text, Contents=String("Two")),)),
    "the author of a note": ((_annotation(Subtype=Name.Text, Contents=String("One"), T=String("A")),), (_annotation(Subtype=Name.Text, Contents=String("One"), T=String("B")),)),
    "a note that is hidden": ((_annotation(Subtype=Name.Text, Contents=String("One")),), (_annotation(Subtype=Name.Text, Contents=String("One"), F=2),)),
    "a note in another colour": ((_annotation(Subtype=Name.Text, Contents=String("One"), C=Array([1, 0, 0])),), (_annotation(Subtype=Name.Text, Contents=String("One"), C=Array([0, 0, 1])),)),
    "a note that was removed": ((_annotation(Subtype=Name.Text, Contents=String("One")),), ()),
    "a note elsewhere": ((), (_annotation(Subtype=Name.Highlight, Contents=String("One"), QuadPoints=Array([20, 190, 60, 190, 20, 180, 60, 180])),)),
    "a link to another address": ((), _to("https://undocs.org/A/71/120")),
    "a link to another page": ((), (_dest(Name.XYZ, 0, 60, 0),)),
    "a link to another place on the page": ((), (lambda file: file.pages[0].obj.Annots[1].Dest.__setitem__(3, 160),)),
    "a link to another line of a page that has changed": ((_dest(Name.XYZ, 0, 195, 0),), (_dest(Name.XYZ, 0, 170, 0), _text("The end of the text.", "The end of a text.", 1))),
    "a link to a line of a page that has moved": ((_dest(Name.XYZ, 0, 170, 0),), (_dest(Name.XYZ, 0, 164, 0), content(1, "20 160 Td", "20 154 Td"))),
    "a link that was removed": ((), (lambda file: file.pages[0].obj.Annots.__delitem__(0),)),
    "a link that is larger": ((), (_link("/Rect", Array([36, 150, 71, 168])),)),
    "a link that is larger by a hair": ((), (_link("/Rect", Array([36, 157.7, 71, 168])),)),
    "a frame of a link": ((), (_link("/Border", Array([0, 0, 1])),)),
    "a bookmark with another title": ((), (_outline(("Titles", 0), ("More", 1)),)),
    "bookmarks in another order": ((), (_outline(("More", 1), ("Title of it", 0)),)),
    "a bookmark more": ((), (_outline(("Title of it", 0), ("More", 1), ("End", 1)),)),
    "a bookmark to another page": ((), (_outline(("Title of it", 1), ("More", 1)),)),
    "a layer": ((), (_layer("Marks", on=True),)),
    "a layer that is off": ((_layer("Marks", on=True),), (_layer("Marks", on=False),)),
    "another attached file": ((_attached("x.md", "text/markdown", Size=5),), (_attached("y.md", "text/markdown", Size=5),)),
    "a description in the document information": ((), (lambda file: file.docinfo.__setitem__("/Subject", "Rain"),)),
    "another title in the document information": ((), (lambda file: file.docinfo.__setitem__("/Title", "Rain"),)),
    "another time of creation": ((), (lambda file: file.docinfo.__setitem__("/CreationDate", "D:20391130000000Z"),)),
    "another scheme of page labels": ((), (_set("/PageLabels", Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))),)),
    "another way to open": ((), (_set("/PageMode", Name.UseOutlines),)),
    "another version of PDF": ((), (_set("/Version", Name("/2.0")),)),
    "a private entry": ((), (_set("/Private", Dictionary(A=1)),)),
    "an alternative text": ((), (_element("Figure", "/Alt", String("A circle")),)),
    "another tag": ((), (_element("H2", "/S", Name.H3),)),
    "tags in another order": ((), (lambda file: file.Root.StructTreeRoot.K.__setitem__("/K", Array(list(file.Root.StructTreeRoot.K.K)[::-1])),)),
    "replacement text of an element": ((), (_element("H1", "/ActualText", String("Another")),)),
    "spans of a cell": ((), (_element("TD", "/A", Dictionary(O=Name.Table, ColSpan=2)),)),
    "text of a form": ((), (_annotation(Subtype=Name.Widget, FT=Name.Tx, T=String("s"), V=String("x")),)),
}  # fmt: skip
