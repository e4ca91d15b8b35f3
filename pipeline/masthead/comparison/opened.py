"""A PDF that is open for a comparison: what its pages are written with, and what they show, read when it is needed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from typing import Any, NamedTuple

import pikepdf
import pypdfium2

from masthead.comparison import catalogue
from masthead.comparison.annotations import NamedPlaces, describe_page
from masthead.comparison.canonical import Digests, content_of, dictionary, inherited, names_in
from masthead.comparison.items import PdfItem
from masthead.comparison.typefaces import Typeface, fonts_of, read_typeface
from masthead.document import SourceError
from masthead.pdf import DAMAGE

_ARTIFACT = re.compile(rb"/Artifact\s+(?:BMC|<<.*?>>\s*BDC).*?\bEMC\b", re.DOTALL)
_SHOWN = re.compile(rb"/(\S+)\s+[\d.]+\s+Tf\s*(\[[^\]]*\]\s*TJ|<[^>]*>\s*Tj)")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_DEFAULTS = {"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"}
_RESOURCES = ("/ColorSpace", "/ExtGState", "/Pattern", "/Properties", "/Shading", "/XObject")


class PageKey(NamedTuple):
    """What a page is written with, as digests: its content, without and with heads and feet (artifacts); the body's
    resources, its boxes. `fonts` has those of its fonts by name."""

    body: str
    artifacts: str
    resources: str
    geometry: str
    fonts: tuple[tuple[str, str], ...]


def without_artifacts(content: bytes) -> bytes:
    """Return the content of a page without its heads and feet."""
    return _ARTIFACT.sub(b"", content)


class OpenPdf:
    """A PDF, open with pikepdf and PDFium; `where` names it in errors."""

    def __init__(self, data: bytes, document: pypdfium2.PdfDocument, *, where: str) -> None:
        self.data, self.document, self.where = data, document, where
        try:
            self.file = pikepdf.open(io.BytesIO(data))
            self.pages = [page.obj for page in self.file.pages]
        except pikepdf.PdfError as error:
            raise SourceError("the PDF's structure cannot be read", where=where, hint=str(error)) from error
        self.digests = Digests({page.objgen: "page" for page in self.pages})
        self.spots: dict[str, tuple[int, float]] = {}
        self._typefaces: dict[tuple[int, int], Typeface] = {}

    def __len__(self) -> int:
        return len(self.document)

    @cached_property
    def keys(self) -> list[PageKey]:
        """The key of each page. A page that cannot be read is like no other."""
        return [self._key(number, page) for number, page in enumerate(self.pages)][: len(self)]

    def _key(self, number: int, page: Any) -> PageKey:
        geometry = "".join(
            map(str, (inherited(page, key) for key in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")))
        )
        try:
            content = content_of(page)
        except pikepdf.PdfError:
            return PageKey(f"{self.where} {number}", "", "", geometry, ())
        body = without_artifacts(content)
        used, flowing = names_in(content), names_in(body) | _DEFAULTS
        holder = dictionary(inherited(page, "/Resources"))
        resources = [self.digests.of_entries(holder.get(kind), flowing) for kind in _RESOURCES]
        beside = [self.digests.of_entries(holder.get(kind), used - flowing) for kind in _RESOURCES]
        group = self.digests.of(page["/Group"]) if "/Group" in page else ""
        fonts = ((name, self.typeface(font).digest) for name, font in sorted(fonts_of(page).items()) if name in used)
        artifacts = "".join((self.digests.of_bytes(content), *beside))
        return PageKey(self.digests.of_bytes(body), artifacts, "".join((*resources, group)), geometry, tuple(fonts))

    def typeface(self, font: Any) -> Typeface:
        """Return a font of the file."""
        if not font.is_indirect:
            return read_typeface(font, self.digests)
        if font.objgen not in self._typefaces:
            self._typefaces[font.objgen] = read_typeface(font, self.digests)
        return self._typefaces[font.objgen]

    def fonts(self, page: int) -> Mapping[str, Typeface]:
        """Return the fonts of a page, by the names that its content uses. `page` counts from 0."""
        return {name: self.typeface(font) for name, font in fonts_of(self.pages[page]).items()}

    def words(self, page: int) -> list[str]:
        """Return the words of a page in the order of the file. `page` counts from 0."""
        with closing(self.document[page]) as opened, closing(opened.get_textpage()) as text:
            found: str = text.get_text_range()
        return found.split()

    def heads(self, page: int) -> list[str]:
        """Return the texts of the heads and feet of a page, which counts from 0; without any, all its words.

        Where heads are marked and in fonts with codes of two bytes, as in our files, their texts are read from the
        content, which is much faster than to read the page.
        """
        fonts, found = self.fonts(page), []
        for segment in _ARTIFACT.findall(content_of(self.pages[page])):
            for name, strings in _SHOWN.findall(segment):
                face = fonts.get(f"/{name.decode('latin-1')}")
                codes = b"".join(_HEX.findall(strings))
                if face is None or not face.texts or face.font.get("/Encoding") != "/Identity-H" or b"(" in segment:
                    return self.words(page)
                found.append(
                    "".join(face.texts.get(int(codes[at : at + 4], 16), "?") for at in range(0, len(codes), 4))
                )
        return found or self.words(page)

    def items(self, numbers: Sequence[int | None], pages: Iterable[int]) -> list[PdfItem]:
        """Return what there is besides the content of pages: of the whole file, and of `pages`, which count from 0.

        `numbers` has for each page of the file its number in the candidate, from 1.
        """
        named = {
            page.objgen: f"page {number}" if number else f"removed page {place}"
            for place, (page, number) in enumerate(zip(self.pages, numbers, strict=False), 1)
        }
        places = NamedPlaces(self.file, named)
        self.spots = places.spots
        found = [*self._guarded("catalogue", catalogue.describe(self.file, places, self.digests))]
        labels, fonts = self._labels(), {}
        for page in sorted(pages):
            number = numbers[page] or 0
            described = describe_page(self.pages[page], labels[page], number, places, self.digests)
            found += self._guarded(f"page {number}", described)
            used = dict(self.keys[page].fonts)
            fonts.update({face.item.key: face.item for name, face in self.fonts(page).items() if name in used})
        found += [fonts[key] for key in sorted(fonts)]
        return [*found, *self._guarded("structure tree", catalogue.tags(self.file.Root))]

    def _guarded(self, what: str, items: Iterator[PdfItem]) -> Iterator[PdfItem]:
        """Yield items up to damage, and say that there is some: so a file that gets damaged has changed."""
        try:
            yield from items
        except (*DAMAGE, RecursionError) as error:
            yield PdfItem("document", "", {f"reading of the {what}": f"fails: {error}"})

    def _labels(self) -> list[str]:
        try:
            return [page.label if "/PageLabels" in self.file.Root else "" for page in self.file.pages]
        except (*DAMAGE, RecursionError):
            return ["unreadable"] * len(self.pages)
