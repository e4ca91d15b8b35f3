"""The line as code: a source becomes an edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from masthead import formats, preflight
from masthead.document import Document, GlyphError, Pagination, Variant
from masthead.page import Attachment, Html, mark_up
from masthead.preflight import Profile, Report
from masthead.typesetting import Pdf, typeset

SOURCES = (("md", "text/markdown", "Markdown"), ("akn.xml", "application/akn+xml", "Akoma Ntoso"))
"""The forms in which a document travels inside its PDF: suffix, media type (RFC 7763; IANA, LegalDocML), name."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One document in one language, with all that was made of it."""

    document: Document
    html: Html
    pdf: Pdf
    report: Report

    @property
    def name(self) -> str:
        """The name of its file, without suffix: `E_RES_2017_18.ar`."""
        return f"{self.document.symbol.file_name}.{self.document.language}"


def publish(
    source: Path,
    *,
    pagination: Pagination | None = None,
    variant: Variant = Variant.ARCHIVE,
    emblem: Path | None = None,
) -> Edition:
    """Read, mark up, typeset and check the document at `source`.

    `pagination` overrides the document's own, `emblem` is the organization's emblem file. Raises MastheadError where
    the source, a template or a page cannot be carried through; what looks wrong on the pages is in the report.
    """
    document = paginate(formats.read(source), pagination)
    html = compose(document, emblem=emblem)
    try:
        pdf = produce(html, document, variant=variant)
    except GlyphError as error:
        raise formats.locate_glyph(error, formats.load(source), str(source)) from None
    return Edition(document, html, pdf, judge(pdf, document, profile=profile_of(variant)))


def paginate(document: Document, pagination: Pagination | None) -> Document:
    """Return the document with that pagination, or its own where none is given."""
    return document if pagination is None else replace(document, pagination=pagination)


def compose(document: Document, *, emblem: Path | None = None) -> Html:
    """Mark up the document, with its source attached in each form. Raises TemplateError."""
    return mark_up(document, attachments=sources(document), emblem=emblem)


def produce(html: Html, document: Document, *, variant: Variant = Variant.ARCHIVE) -> Pdf:
    """Typeset the pages of `document` as `variant`; for the press they are separated and furnished with marks."""
    if not variant.for_press:
        return typeset(html, variant=variant)
    from masthead.press import variant as press  # with its libraries, which reading copies do without

    return press.print_copy(typeset(press.bleeding(html), variant=Variant.PLAIN), document, press.STANDARDS[variant])


def profile_of(variant: Variant) -> Profile:
    """Return the rules by which a file of that variant is judged."""
    if variant is Variant.PLAIN:
        return preflight.profile("plain")
    return preflight.profile("press") if variant.for_press else preflight.DEFAULT


def judge(pdf: Pdf, document: Document, *, profile: Profile = preflight.DEFAULT) -> Report:
    """Preflight the pages of `document`: what was found in it, in setting it, and by the rules of `profile`."""
    report = preflight.check(pdf.data, document, profile=profile)
    return replace(report, findings=(*document.findings, *pdf.findings, *report.findings))


def sources(document: Document) -> tuple[Attachment, ...]:
    """The document as it travels inside the PDF, in forms that each read to an equal document."""
    name = f"{document.symbol.file_name}.{document.language}"
    return tuple(
        Attachment(
            name=f"{name}.{suffix}",
            data=formats.render(document, f".{suffix.rpartition('.')[2]}"),
            media_type=media_type,
            description=f"{document.symbol}, the source of this document in {form}",
        )
        for suffix, media_type, form in SOURCES
    )
