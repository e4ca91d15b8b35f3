"""Ways to break a good document: in its source, in its HTML, in the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from masthead.document.model import Document
from masthead.document.terms import JobNumber, Language, Symbol
from masthead.formats import parse
from masthead.page.markup import Html, mark_up
from masthead.publication import attachments
from masthead.typesetting.typesetter import typeset
from specimen import document
from unrepaired import write_pdf

# --- the good documents -----------------------------------------------------------------------------------------------


@cache
def good(language: Language) -> bytes:
    """The specimen as the line makes it."""
    made = document(language)
    return typeset(mark_up(made, attachments=attachments(made))).data


@cache
def good_raw(language: Language) -> bytes:
    """The specimen as WeasyPrint makes it, without the project's own checks while setting."""
    return set_raw(mark_up(document(language)).text)


def set_raw(text: str) -> bytes:
    return write_pdf(Html(text, mark_up(document(Language.ENGLISH)).base))


# --- ways to break one ------------------------------------------------------------------------------------------------


def source(change: Callable[[Document], Document]) -> Callable[[Language], bytes]:
    """A defect of the document itself."""
    return lambda language: typeset(mark_up(change(document(language)))).data


def manuscript(text: str) -> Callable[[Language], bytes]:
    """A defect of another document, in Markdown."""

    def make(language: Language) -> bytes:
        made = parse(text.encode(), f"manuscript.{language}.md")
        return typeset(mark_up(made, attachments=attachments(made))).data

    return make


def html(*changes: tuple[str, str]) -> Callable[[Language], bytes]:
    """A defect of the HTML: texts replaced. A text that is not there fails the test."""

    def make(language: Language) -> bytes:
        page = mark_up(document(language))
        return typeset(replace(page, text=_replaced(page.text, changes))).data

    return make


def raw(*changes: tuple[str, str]) -> Callable[[Language], bytes]:
    """A defect of the HTML that the typesetter would refuse: set by WeasyPrint alone."""
    return lambda language: set_raw(_replaced(mark_up(document(language)).text, changes))


def style(css: str) -> tuple[str, str]:
    return ("</head>", f"<style>{css}</style></head>")


def everywhere(text: str, place: str) -> tuple[str, str]:
    """Text that stands in one place of every page."""
    return ("<main>", f'<p style="position: fixed; margin: 0; {place}">{text}</p><main>')


def _replaced(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for before, after in changes:
        assert before in text, f"the markup has no {before}"
        text = text.replace(before, after, 1)
    return text


def pdf(change: Callable[[PdfWriter], Any]) -> Callable[[Language], bytes]:
    """A defect of the PDF: its objects changed."""

    def make(language: Language) -> bytes:
        writer = PdfWriter(clone_from=io.BytesIO(good(language)))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return make


def catalog(key: str, value: Any = None) -> Callable[[Language], bytes]:
    """An entry of the catalog replaced, or taken out."""

    def change(writer: PdfWriter) -> None:
        if value is None:
            del writer.root_object[NameObject(key)]
        else:
            writer.root_object[NameObject(key)] = value

    return pdf(change)


def page(number: int, key: str, value: Any) -> Callable[[Language], bytes]:
    """An entry of a page replaced."""
    return pdf(lambda writer: writer.pages[number - 1].__setitem__(NameObject(key), value))


def boxes(value: Any, *keys: str) -> Callable[[Language], bytes]:
    def change(writer: PdfWriter) -> None:
        for leaf in writer.pages:
            for key in keys:
                leaf[NameObject(key)] = value

    return pdf(change)


def metadata(before: bytes, after: bytes) -> Callable[[Language], bytes]:
    """The XMP packet changed."""

    def change(writer: PdfWriter) -> None:
        stream = writer.root_object["/Metadata"].get_object()
        assert before in stream.get_data()
        stream.set_data(stream.get_data().replace(before, after))

    return pdf(change)


def font(change: Callable[[DictionaryObject], Any]) -> Callable[[Language], bytes]:
    """The first font of page one changed."""

    def apply(writer: PdfWriter) -> None:
        resources = writer.pages[0]["/Resources"]["/Font"]
        change(next(iter(resources.values())).get_object())

    return pdf(apply)


def element(kind: str, change: Callable[[DictionaryObject], Any]) -> Callable[[Language], bytes]:
    """The first element of a kind in the structure tree changed."""

    def apply(writer: PdfWriter) -> None:
        change(_find(writer.root_object["/StructTreeRoot"], kind))

    return pdf(apply)


def _find(node: DictionaryObject, kind: str) -> DictionaryObject | None:
    if node.get("/S") == kind:
        return node
    kids = node.get("/K", ArrayObject()).get_object()
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject) and (found := _find(kid, kind)) is not None:
            return found
    return None


def link(change: Callable[[DictionaryObject], Any]) -> Callable[[Language], bytes]:
    """The first link of page one changed."""
    return pdf(lambda writer: change(writer.pages[0]["/Annots"][0].get_object()))


def painted(content: str) -> Callable[[Language], bytes]:
    """Something more under page one: `content`, with a state Over that overprints, and an image Low of 4 × 4 dots."""

    def make(language: Language) -> bytes:
        with pikepdf.open(io.BytesIO(good(language))) as file:
            image = file.make_stream(bytes(16), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
            image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
            resources = file.pages[0].resources
            resources.XObject = Dictionary({**dict(resources.get(Name.XObject, Dictionary()).items()), "/Low": image})
            states = resources.get(Name.ExtGState, Dictionary())
            resources.ExtGState = Dictionary({**dict(states.items()), "/Over": Dictionary(OP=True)})
            file.pages[0].contents_add(content.encode(), prepend=True)
            written = io.BytesIO()
            file.save(written)
        return written.getvalue()

    return make


def scan(language: Language) -> bytes:
    """Pictures of the pages and nothing else."""
    drawn = pypdfium2.PdfDocument(good(language))
    pictures = [leaf.render(scale=2).to_pil() for leaf in drawn]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=144)
    return out.getvalue()


def uri(value: str) -> Callable[[DictionaryObject], Any]:
    return lambda annotation: annotation["/A"].__setitem__(NameObject("/URI"), TextStringObject(value))


def rename(name: str) -> Callable[[DictionaryObject], Any]:
    return lambda font: font.__setitem__(NameObject("/BaseFont"), NameObject(name))


def not_embedded(font: DictionaryObject) -> None:
    descendant = font["/DescendantFonts"][0].get_object()
    del descendant["/FontDescriptor"].get_object()["/FontFile2"]


def no_glyphs(font: DictionaryObject) -> None:
    mapped = font["/DescendantFonts"][0].get_object()["/CIDToGIDMap"].get_object()
    mapped.set_data(bytes(len(mapped.get_data())))


def encrypt(writer: PdfWriter) -> None:
    writer.encrypt("", "owner", algorithm="RC4-128")


def loop(writer: PdfWriter) -> None:
    root = writer.root_object["/StructTreeRoot"]
    node = _find(root, "/P")
    node[NameObject("/K")] = ArrayObject([node.indirect_reference, root["/K"][0].indirect_reference])


def action(kind: str, **entries: Any) -> DictionaryObject:
    named = {NameObject(f"/{key}"): value for key, value in entries.items()}
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **named})


def other_code(name: str) -> Callable[[Language], bytes]:
    """Page one with a code of another document."""

    def make(language: Language) -> bytes:
        other = replace(document(language), symbol=Symbol("E/RES/2031/19"), job=JobNumber.parse("31-12890 (E)"))
        texts = [mark_up(each).text for each in (document(language), other)]
        pictures = [text.partition(f'<img class="{name}" src="')[2].partition('"')[0] for text in texts]
        return html((pictures[0], pictures[1]))(language)

    return make
