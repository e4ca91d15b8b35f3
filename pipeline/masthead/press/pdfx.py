"""The press copy: the PDF/X file from which a printer makes plates, as opposed to the reading copy.

PDF/X-4, PDF/X-6 or PDF/X-1a: colours as inks, page boxes, an output intent, printer's marks, a colour bar and a slug
line. What serves reading on a screen (tags, links, outline, attachments) is left out. The dates are those of the
document and the identifier is computed from the content, so that the same document gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from masthead.document import TEMPLATES, Document, SourceError, Variant
from masthead.page import Html
from masthead.press import slug
from masthead.press.imposition.layout import BLEED, MARK, MM, PageBox
from masthead.press.imposition.marks import COLOUR, colour_bar, lines_outside, registration, target
from masthead.press.imposition.originals import open_pdf
from masthead.press.separation import Separator
from masthead.press.spot import SPACE, SpotInk, bar_patches
from masthead.typesetting import Pdf

# Uncoated white offset paper (ISO 12647-2, paper type 4), on which parliamentary documents are printed. The profile is
# from colord, in the public domain (CC0).
CONDITION = TEMPLATES / "press" / "FOGRA47L_uncoated.icc"
# The characterization data that a profile names, as the registry of the International Color Consortium calls them.
_REGISTERED, _REGISTRY = re.compile(r"FOGRA\d{2}"), "http://www.color.org"
MARGIN = 15 * MM  # around the trim: room for bleed, marks and slug line
_SLUG_SIZE = 7.0  # points
_CATALOGUE_ENTRIES = {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}
_PAGE_ENTRIES = {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/Group", "/Rotate"}


class PdfxStandard(StrEnum):
    """The exchange standard: ISO 15930-7 and 15930-9, which allow live transparency, or ISO 15930-4, which does not."""

    X4 = "PDF/X-4"
    X1A = "PDF/X-1a:2003"
    X6 = "PDF/X-6"


STANDARDS = {
    Variant.PRESS: PdfxStandard.X4,
    Variant.PRESS_X1A: PdfxStandard.X1A,
    Variant.PRESS_X6: PdfxStandard.X6,
}
_VERSIONS = {PdfxStandard.X1A: "1.4", PdfxStandard.X4: "1.6", PdfxStandard.X6: "2.0"}  # of PDF


def for_paper(html: Html) -> Html:
    """Return the page as it is printed: with a bleed of 3 mm, beyond which backgrounds end, and links in black.

    The blue of a link says that it can be clicked; on paper it would cost two more plates.
    """
    style = f"<style>@page {{ bleed: {BLEED / MM:g}mm }} a {{ color: inherit }}</style>"
    if "</head>" not in html.text:
        raise SourceError("the page has no </head>", hint="the base template must contain a <head> element")
    return replace(html, text=html.text.replace("</head>", f"{style}</head>", 1), attachments=())


def make_press_copy(typeset: Pdf, document: Document, standard: PdfxStandard, ink: str = "") -> Pdf:
    """Return the press copy of a document's typeset pages, with slug lines.

    `ink` is the only one besides black, as `SpotInk.parse` reads it; without it there are four.
    """
    spot = SpotInk.parse(ink) if ink else None
    with open_pdf(typeset.data) as file:
        slugs = slug.lines(document, len(file.pages), version("masthead"))
    return replace(typeset, data=to_pdfx(typeset.data, slugs, standard=standard, ink=spot))


def separate(pdf: bytes, standard: PdfxStandard, *, ink: str = "", condition: Path | None = None) -> bytes:
    """Return a press copy of a finished PDF, which any program may have made.

    Raises SourceError for what a press copy cannot have: fonts that are not embedded, layers, scaled pages, and what
    `to_pdfx` refuses.
    """
    with open_pdf(pdf) as file:
        if Name.OCProperties in file.Root:
            raise SourceError("the PDF has layers, and a press would print all", hint="export it without layers")
        for number, page in enumerate(file.pages, 1):
            if float(page.obj.get(Name.UserUnit, 1)) != 1:
                raise SourceError("the page is scaled by /UserUnit", where=f"page {number}", hint="export it again")
        if missing := sorted(set(_fonts_without_letters(file))):
            hint = "export the PDF again with all fonts embedded"
            raise SourceError(f"fonts are not embedded: {', '.join(missing)}", hint=hint)
        if any(Name.AP in each for page in file.pages for each in page.obj.get(Name.Annots, [])):
            file.flatten_annotations("print")
        written = io.BytesIO()
        file.save(written, deterministic_id=True)
    spot = SpotInk.parse(ink) if ink else None
    return to_pdfx(written.getvalue(), standard=standard, condition=condition or CONDITION, ink=spot)


def _fonts_without_letters(file: pikepdf.Pdf) -> Iterator[str]:
    """Yield the names of fonts that are not embedded."""
    for thing in file.objects:
        if not isinstance(thing, Dictionary) or thing.get(Name.Type) != Name.Font:
            continue
        if thing.get(Name.Subtype) in (Name.Type0, Name.Type3):  # the font of a Type 0 font is a font too
            continue
        descriptor = thing.get(Name.FontDescriptor, Dictionary())
        if not any(key in descriptor for key in (Name.FontFile, Name.FontFile2, Name.FontFile3)):
            yield str(thing.get(Name.BaseFont, "a font without a name")).lstrip("/")


def to_pdfx(
    pdf: bytes,
    slugs: Sequence[str] = (),
    *,
    standard: PdfxStandard = PdfxStandard.X4,
    condition: Path = CONDITION,
    ink: SpotInk | None = None,
) -> bytes:
    """Convert typeset pages to PDF/X. `slugs` are the slug lines of the pages, in logical order.

    With an `ink`, the job has only that one and black, or black alone. `condition` is the ICC profile of press and
    paper. Raises SourceError for what cannot be printed as intended: gradients, and in X-1a transparency.
    """
    file = open_pdf(pdf)
    created = str(file.docinfo.get("/CreationDate", ""))
    if not created:
        raise SourceError("the PDF has no creation date", hint="the press copy takes its dates from the reading copy")
    Separator(condition, ink).separate(file, transparency=standard is not PdfxStandard.X1A)
    _strip(file)
    _add_marks(file, slugs, ink)
    _declare(file, standard, condition, created)
    if ink:
        file.docinfo[SPACE] = ink.inks  # which imposing asks for
    written = io.BytesIO()
    old = standard is PdfxStandard.X1A  # PDF 1.4 has no object streams
    objects = pikepdf.ObjectStreamMode.disable if old else pikepdf.ObjectStreamMode.generate
    settings = {"object_stream_mode": objects, "force_version": _VERSIONS[standard], "fix_metadata_version": False}
    file.save(written, deterministic_id=True, **settings)
    return written.getvalue()


# --- the page ---------------------------------------------------------------------------------------------------------


def _strip(file: pikepdf.Pdf) -> None:
    for key in set(file.Root.keys()) - _CATALOGUE_ENTRIES:
        del file.Root[key]
    for page in file.pages:
        trim = page.trimbox
        for key in set(page.obj.keys()) - _PAGE_ENTRIES:
            del page.obj[key]
        page.obj.TrimBox = trim


def _add_marks(file: pikepdf.Pdf, slugs: Sequence[str], ink: SpotInk | None) -> None:
    """Enlarge each page and draw around it what the printer needs."""
    drawn = [slug.visual(line) for line in slugs]
    font = slug.embed(file, drawn) if drawn else None
    colour = file.make_indirect(registration(file))
    for index, page in enumerate(file.pages):
        trim = PageBox(*(float(edge) for edge in page.obj.TrimBox))
        bleed = trim.outset(BLEED)
        content = "".join(_marks(trim, ink))
        resources = page.resources
        resources.ColorSpace = resources.get(Name.ColorSpace, Dictionary())
        resources.ColorSpace[COLOUR] = colour
        if font is not None:
            resources.Font = resources.get(Name.Font, Dictionary())
            resources.Font["/Slug"] = font.font
            content += _slug(font, drawn[index], trim)
        # The content of the page is clipped at its bleed, so that nothing overlaps the marks outside.
        clip = f"q {bleed.left:.3f} {bleed.bottom:.3f} {bleed.width:.3f} {bleed.height:.3f} re W n\n"
        page.contents_add(clip.encode(), prepend=True)
        page.contents_add(f"\nQ\n{content}".encode())
        page.contents_coalesce()
        page.obj.MediaBox = trim.outset(MARGIN).array(3)
        page.obj.BleedBox, page.obj.TrimBox = bleed.array(3), trim.array(3)


def _marks(trim: PageBox, ink: SpotInk | None) -> Iterator[str]:
    """Draw crop and registration marks, and the colour bar below the page."""
    yield f"q {COLOUR} CS 1 SCN 0.25 w\n"
    yield from (f"{line}\n" for line in lines_outside(trim, (trim.left, trim.right), (trim.bottom, trim.top)))
    out, middle, centre = BLEED + MARK / 2 + 1, (trim.left + trim.right) / 2, (trim.bottom + trim.top) / 2
    above_and_below = (middle, trim.top + out), (middle, trim.bottom - out)
    for x, y in (*above_and_below, (trim.left - out, centre), (trim.right + out, centre)):
        yield target(x, y)
    yield "Q\n"
    yield from colour_bar(
        trim.left + 2 * MM, trim.bottom - BLEED - MARK, trim.width, bar_patches(ink.inks if ink else "")
    )


def _slug(font: slug.SlugFont, line: str, trim: PageBox) -> str:
    """Draw the slug line above the page, between the crop marks."""
    size = slug.fit(font, line, _SLUG_SIZE, trim.width - 8 * MM)
    x = (trim.left + trim.right - font.width(line, size)) / 2
    y = trim.top + BLEED + MARK + 2 * MM
    return f"q 0 0 0 1 k BT /Slug {size:.3f} Tf {x:.3f} {y:.3f} Td {font.show(line)} Tj ET Q\n"


# --- the declarations of the file -------------------------------------------------------------------------------------


def _declare(file: pikepdf.Pdf, standard: PdfxStandard, condition: Path, created: str) -> None:
    profile = condition.read_bytes()
    name = ImageCms.getProfileDescription(ImageCms.getOpenProfile(io.BytesIO(profile))).strip()
    registered = _REGISTERED.search(name)
    identifier, registry = (registered[0], _REGISTRY) if registered else (name, "")
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String(identifier),
        RegistryName=String(registry), OutputCondition=String(name), Info=String(name),
        DestOutputProfile=file.make_stream(profile, N=4),
    )  # fmt: skip
    file.Root.OutputIntents = Array([file.make_indirect(intent)])
    date = _complete(created)
    title = str(file.docinfo.get("/Title", "")) or slug.UNTITLED
    for key in list(file.docinfo.keys()):
        del file.docinfo[key]
    producer = f"masthead {version('masthead')}"
    file.docinfo["/Title"], file.docinfo["/Producer"], file.docinfo["/Creator"] = title, producer, producer
    file.docinfo["/CreationDate"] = file.docinfo["/ModDate"] = date
    file.docinfo["/Trapped"] = Name("/False")
    if standard is PdfxStandard.X1A:
        file.docinfo["/GTS_PDFXVersion"] = String(standard)
        return
    digest = hashlib.sha256(b"".join(page.obj.Contents.read_raw_bytes() for page in file.pages)).digest()
    xmp = _xmp(standard, title, producer, date, str(uuid.UUID(bytes=digest[:16], version=5)))
    file.Root.Metadata = file.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)


def _complete(created: str) -> str:
    """Complete a PDF date with a time, and leave out its time zone: `D:20170818` → `D:20170818000000Z`."""
    found = re.match(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)(\d{0,6})", created)
    if not found:
        raise SourceError(f"invalid creation date: {created}", hint="export the PDF again")
    return f"D:{found[1]}{found[2]}{found[3]}{found[4]:0<6}Z"


def _xmp(standard: PdfxStandard, title: str, producer: str, date: str, identifier: str) -> bytes:
    d = date.removeprefix("D:")
    iso = f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{iso}</xmp:CreateDate><xmp:ModifyDate>{iso}</xmp:ModifyDate><xmp:MetadataDate>{iso}</xmp:MetadataDate>
<xmp:CreatorTool>{escape(producer)}</xmp:CreatorTool><pdf:Producer>{escape(producer)}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>{standard}</pdfxid:GTS_PDFXVersion>
<xmpMM:DocumentID>uuid:{identifier}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{identifier}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()
