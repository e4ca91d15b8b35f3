"""The line as code: a source becomes an edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from masthead import preflight, reading, writing
from masthead.markup import Attachment, Html, mark_up
from masthead.model import Document, Pagination
from masthead.preflight import Report
from masthead.terms import Variant
from masthead.typesetting import Pdf, typeset


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
    document = reading.read(source)
    if pagination is not None:
        document = replace(document, pagination=pagination)
    html = mark_up(document, attachments=(source_attachment(document),), emblem=emblem)
    pdf = typeset(html, variant=variant)
    report = preflight.check(pdf.data, document)
    findings = (*document.findings, *pdf.findings, *report.findings)
    return Edition(document, html, pdf, replace(report, findings=findings))


def source_attachment(document: Document) -> Attachment:
    """The document's text in the authoring format, as it travels inside the PDF."""
    return Attachment(
        name=f"{document.symbol.file_name}.{document.language}.md",
        data=writing.write(document, ".md").encode(),
        media_type="text/markdown",
        description=f"{document.symbol}, the source of this document",
    )
