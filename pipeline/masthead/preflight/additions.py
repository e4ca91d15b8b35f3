"""Rules about what a file has besides its pages: actions on opening, attachments, annotations."""

from __future__ import annotations

from collections.abc import Iterator
from mimetypes import MimeTypes

from masthead.document import Finding, Rules, Severity
from masthead.pdf import DAMAGE, Evidence, confinement, objects, read_attachments

RULES = Rules[Evidence]()
TYPES = ("text/", "image/", "application/xml", "application/akn+xml", "application/json", "application/pdf")
RELATIONS = frozenset(("/Source", "/Data", "/Alternative", "/Supplement"))
# Printer's marks are annotations too (ISO 32000-1, 14.11.3 and 14.11.6).
OVER_PAGES = frozenset(("/Link", "/PrinterMark", "/TrapNet"))
_HINT, _AGAIN = "remove the attachment", "publish again from the source"
_TYPES = MimeTypes()  # by name, without what this machine knows
_TYPES.add_type("text/markdown", ".md")


@RULES.rule("archive.opening", Severity.ERROR)
def opening(evidence: Evidence) -> Iterator[Finding]:
    """Opening the file only goes to its first page; it does nothing else, such as visiting an address."""
    action = objects.dictionary(evidence.root.get("/OpenAction"))
    place = objects.array(evidence.root.get("/OpenAction"))
    # Not by their entries: asking for the boxes of a page adds entries to it.
    target = objects.dictionary(place[0] if place else None)
    if target and target.indirect_reference != evidence.reader.pages[0].indirect_reference:
        yield Finding("the file opens at another page than the first", hint="publish again from the source")
    if action and action.get("/S") != "/GoTo":
        kind = objects.text(action.get("/S"))[1:] or "unknown"
        yield Finding(f"opening the file triggers an action: {kind}", hint="publish again from the source")


@RULES.rule("archive.attachments", Severity.ERROR)
def attachments(evidence: Evidence) -> Iterator[Finding]:
    """Attached files are texts, pictures, documents or data, never programs, and of the type that their names say. They
    have the size and the checksum that the file says. If any file declares its relationship to the document, all do
    (ISO 19005-3, 6.8)."""
    try:
        declared = bool(objects.array(evidence.root.get("/AF")))
        for file in read_attachments(evidence.reader):
            if not file.type.startswith(TYPES):
                yield Finding(f"the type of the attached file {file.name[:60]} is {file.type or 'missing'}", hint=_HINT)
            elif declared and not (file.associated and file.relationship in RELATIONS):
                message = f"the attached file {file.name[:60]} does not declare its relationship to the document"
                yield Finding(message, hint=_HINT)
            elif (usual := _TYPES.guess_type(file.name)[0]) and _is_text(usual) is not _is_text(file.type):
                yield Finding(
                    f"the type of the attached file {file.name[:60]} is {file.type}, not {usual}", hint=_AGAIN
                )
            elif not file.intact:
                message = (
                    f"the attached file {file.name[:60]} does not have the size or the checksum that the file says"
                )
                yield Finding(message, hint=_AGAIN)
    except DAMAGE as error:
        yield Finding(
            f"the attached files cannot be read: {confinement.said(error)}", hint="export the PDF again from its source"
        )


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith(("xml", "json"))


@RULES.rule("archive.annotations", Severity.ERROR)
def over_pages(evidence: Evidence) -> Iterator[Finding]:
    """The only annotations on the pages are links and signatures. There are no comments, stamps, form fields or videos.

    Annotations of a reader are not part of the document, and may cover it.
    """
    for page, raw in zip(evidence.pages, evidence.reader.pages, strict=True):
        for note in objects.page_annotations(raw):
            kind = objects.text(note.get("/Subtype"))
            field = note if "/FT" in note else objects.dictionary(note.get("/Parent"))
            if kind not in OVER_PAGES and not (kind == "/Widget" and objects.text(field.get("/FT")) == "/Sig"):
                contents = objects.text(objects.resolved(note.get("/Contents")))[:40]
                message = f"an annotation covers the page: {kind[1:] or 'of no type'}{contents and ', '}{contents}"
                yield Finding(message, page.number, hint="remove it, or make it part of the document")
