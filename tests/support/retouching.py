"""Ways to change what a page of a good document draws, operator by operator: its structure stays as it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String

from breaking import good
from masthead import publication
from masthead.document.terms import Language
from masthead.typesetting.typesetter import typeset
from paths import ROOT

Making = Callable[[Language], bytes]
Operators = list[tuple[list[Any], str]]
SPECIMENS = ROOT / "examples" / "specimens"


@cache
def report(language: Language) -> bytes:
    """A report with tables, and its source: the specimen of that language."""
    return typeset(publication.mark_up(SPECIMENS / f"A_104_96.{language}.md")).data


def changed(change: Callable[[pikepdf.Pdf], Any], base: Making = good) -> Making:
    """The file with its objects changed."""

    def make(language: Language) -> bytes:
        with pikepdf.open(io.BytesIO(base(language))) as file:
            change(file)
            written = io.BytesIO()
            file.save(written)
        return written.getvalue()

    return make


def redrawn(change: Callable[[Operators], Any], page: int = 2, base: Making = good) -> Making:
    """A page with its operators changed."""

    def apply(file: pikepdf.Pdf) -> None:
        leaf = file.pages[page - 1]
        operators = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(leaf)]
        change(operators)
        content = [ContentStreamInstruction(operands, Operator(name)) for operands, name in operators]
        leaf.Contents = file.make_stream(pikepdf.unparse_content_stream(content))

    return changed(apply, base)


def over(content: str, page: int = 2) -> Making:
    """Something drawn over all of a page, in points from its lower left corner."""

    def apply(file: pikepdf.Pdf) -> None:
        leaf = file.pages[page - 1]
        dots = file.make_stream(bytes(range(16)), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
        dots.ColorSpace, dots.BitsPerComponent = Name.DeviceGray, 8
        leaf.resources.XObject = Dictionary({**dict(leaf.resources.XObject.items()), "/Dots": dots})
        leaf.contents_add(b"q", prepend=True)
        leaf.contents_add(f"Q q /Artifact BMC {content} EMC Q".encode())

    return changed(apply)


def in_a_form(number: int, y: float) -> Making:
    """Marked content drawn once more in a form of its own, lower by `y` pixels, as no text of the document."""

    def apply(file: pikepdf.Pdf) -> None:
        leaf = file.pages[1]
        operators = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(leaf)]
        start, end = _marked(operators, number)
        inner = [ContentStreamInstruction(given, Operator(name)) for given, name in operators[start + 1 : end]]
        form = file.make_stream(b".75 0 0 -.75 0 792 cm " + pikepdf.unparse_content_stream(inner))
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 612, 792])
        form.Resources = Dictionary(Font=leaf.resources.Font)
        leaf.resources.XObject = Dictionary({**dict(leaf.resources.XObject.items()), "/Again": form})
        leaf.contents_add(b"q", prepend=True)
        leaf.contents_add(f"Q q /Artifact BMC 1 0 0 1 0 {-0.75 * y} cm /Again Do EMC Q".encode())

    return changed(apply)


def _marked(operators: Operators, number: int) -> tuple[int, int]:
    """From where to where marked content goes, as places among the operators."""
    for start, (operands, name) in enumerate(operators):
        if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and operands[1].get("/MCID") == number:
            end = next(place for place in range(start, len(operators)) if operators[place][1] == "EMC")
            return start, end
    raise AssertionError(f"no marked content {number}")


def between(before: list[tuple[list[Any], str]], after: list[tuple[list[Any], str]], number: int) -> Making:
    """Operators put in before marked content and after it."""

    def change(operators: Operators) -> None:
        start, end = _marked(operators, number)
        operators[end + 1 : end + 1] = after
        operators[start:start] = before

    return redrawn(change)


def set_with(name: str, *operands: Any, number: int, after: tuple[Any, ...]) -> Making:
    """Marked content shown with an operator of text state, which is set back behind it."""
    return between([([*operands], name)], [([*after], name)], number)


def moved(numbers: range | tuple[int, ...], x: float = 0, y: float = 0, page: int = 2) -> Callable[[Operators], None]:
    """Marked content moved by pixels, down and to the right."""

    def change(operators: Operators) -> None:
        for number in numbers:
            for operands, name in operators[slice(*_marked(operators, number))]:
                if name == "Tm":
                    operands[4], operands[5] = float(operands[4]) + x, float(operands[5]) + y

    return change


def both(*changes: Callable[[Operators], None]) -> Callable[[Operators], None]:
    def change(operators: Operators) -> None:
        for each in changes:
            each(operators)

    return change


def operands(name: str, change: Callable[[list[Any]], Any], number: int) -> Making:
    """The operands of an operator within marked content changed."""

    def apply(operators: Operators) -> None:
        for given, found in operators[slice(*_marked(operators, number))]:
            if found == name:
                change(given)

    return redrawn(apply)


def kerned(back: float, number: int) -> Making:
    """Marked content with kerning between all its codes."""

    def change(given: list[Any]) -> None:
        string = b"".join(bytes(each) for each in given[0] if isinstance(each, pikepdf.String))
        parts = [string[at : at + 2] for at in range(0, len(string), 2)]
        given[0] = Array([each for part in parts for each in (String(part), back)])

    return operands("TJ", change, number)


def copied(number: int, opening: tuple[list[Any], str], y: float) -> Making:
    """Marked content drawn once more, lower by `y` pixels, within another kind of content."""

    def change(operators: Operators) -> None:
        start, end = _marked(operators, number)
        copy = [
            ([*given[:5], float(given[5]) + y] if name == "Tm" else given, name)
            for given, name in operators[start + 1 : end]
        ]
        operators[end + 1 : end + 1] = [opening, *copy, ([], "EMC")]

    return redrawn(change)


def opened(number: int, opening: tuple[list[Any], str]) -> Making:
    """Marked content opened otherwise."""

    def change(operators: Operators) -> None:
        operators[_marked(operators, number)[0]] = opening

    return redrawn(change)


def hidden(number: int) -> Making:
    """Marked content in a layer that viewers do not show."""
    inner = between([([Name("/OC"), Name("/Hidden")], "BDC")], [([], "EMC")], number)

    def apply(file: pikepdf.Pdf) -> None:
        layer = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
        default = Dictionary(OFF=Array([layer]), Order=Array([layer]))
        file.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=default)
        file.pages[1].resources.Properties = Dictionary(Hidden=layer)

    return changed(apply, inner)


def annotated(kind: str, page: int = 2, **entries: Any) -> Making:
    """An annotation more on a page, on the third of its width in the middle."""

    def apply(file: pikepdf.Pdf) -> None:
        box = Array([150, 400, 450, 440])
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=box, F=4, **entries)
        leaf = file.pages[page - 1]
        leaf.Annots = Array([*leaf.get("/Annots", ()), file.make_indirect(note)])

    return changed(apply)


def bookmark(**entries: Callable[[pikepdf.Pdf], Any]) -> Making:
    """Entries of the first bookmark replaced."""

    def apply(file: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            file.Root.Outlines.First[f"/{key}"] = value(file)

    return changed(apply)


def links_moved(file: pikepdf.Pdf) -> None:
    """The first link of page two lies 60 pt lower."""
    note = next(note for note in file.pages[1].Annots if note.Subtype == "/Link" and "/A" in note)
    left, bottom, right, top = map(float, note.Rect)
    note.Rect = Array([left, bottom - 60, right, top - 60])


def links_flattened(file: pikepdf.Pdf) -> None:
    """The first link of page two has no height."""
    note = next(note for note in file.pages[1].Annots if note.Subtype == "/Link")
    note.Rect[3] = note.Rect[1]


def interpolated(file: pikepdf.Pdf) -> None:
    """A picture that viewers are asked to interpolate is on page two."""
    dots = file.make_stream(
        bytes(range(16)), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4, Interpolate=True
    )
    dots.ColorSpace, dots.BitsPerComponent = Name.DeviceGray, 8
    file.pages[1].resources.XObject = Dictionary(Dots=dots)


def attached(file: pikepdf.Pdf) -> None:
    file.attachments["run.exe"] = pikepdf.AttachedFileSpec(
        file, b"MZ", filename="run.exe", mime_type="application/octet-stream"
    )


def renamed(before: str, after: str) -> Callable[[pikepdf.Pdf], None]:
    """All elements of the structure of one kind made those of another."""

    def apply(file: pikepdf.Pdf) -> None:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == before:
                thing.S = Name(after)

    return apply


def columns_exchanged(file: pikepdf.Pdf) -> None:
    """The cells of the first row of the first table that has three change places: what is read first stands second."""
    for row in file.objects:
        if isinstance(row, pikepdf.Dictionary) and row.get("/S") == "/TR" and len(row.K) > 2:
            row.K[0], row.K[1] = row.K[1], row.K[0]
            return
    raise AssertionError("no table")


def rows_exchanged(file: pikepdf.Pdf) -> None:
    """Two rows of a table are read in the other order than they stand in."""
    for body in file.objects:
        if isinstance(body, pikepdf.Dictionary) and body.get("/S") == "/TBody" and len(body.K) > 1:
            body.K[0], body.K[1] = body.K[1], body.K[0]
            return
    raise AssertionError("no table")
