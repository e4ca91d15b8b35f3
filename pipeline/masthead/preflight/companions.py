"""Rules about what comes with the pages of a file: what opening it does, the files in it, what lies over pages."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from masthead.document import Severity
from masthead.pdf import DAMAGE, Evidence, objects, resources
from masthead.preflight.rules import Fault, Rule

TYPES = ("text/", "image/", "application/xml", "application/akn+xml", "application/json", "application/pdf")
RELATIONS = frozenset(("/Source", "/Data", "/Alternative", "/Supplement"))
# A press's marks are drawn over a page as annotations too (ISO 32000-1, 14.11.3 and 14.11.6).
OVER_PAGES = frozenset(("/Link", "/PrinterMark", "/TrapNet"))


def opening(evidence: Evidence) -> Iterator[Fault]:
    """The file opens at a page of its own, and does nothing else when it is opened: it calls no address."""
    action = objects.dictionary(evidence.root.get("/OpenAction"))
    if action and action.get("/S") != "/GoTo":
        kind = objects.text(action.get("/S"))[1:] or "no action known"
        yield Fault(f"the file does something when it is opened: {kind}", hint="publish anew from the source")


def attachments(evidence: Evidence) -> Iterator[Fault]:
    """What travels in the file are forms of the document and its data: each is a text, a picture or a document, never a
    program, and says its relationship to the document where others do (ISO 19005-3, 6.8)."""
    try:
        root = evidence.file.Root
        associated = {file.objgen for file in root.get_list("/AF", ())}
        names = resources.dictionary(resources.dictionary(root.get("/Names")).get("/EmbeddedFiles"))
        for name, file in pikepdf.NameTree(names).items() if names else ():
            kind = str(file["/EF"]["/F"].get("/Subtype", "")).removeprefix("/")
            if not kind.startswith(TYPES):
                yield Fault(f"the attached file {name[:60]} is {kind or 'of no type'}", hint="take it out")
            elif associated and (file.objgen not in associated or file.get("/AFRelationship") not in RELATIONS):
                yield Fault(f"the attached file {name[:60]} has no relationship to the document", hint="take it out")
    except DAMAGE as error:
        yield Fault(f"the attached files cannot be read: {error}", hint="get the file again from its source")


def over_pages(evidence: Evidence) -> Iterator[Fault]:
    """Nothing lies over the pages but links and a signature: no remarks, stamps, fields or films.

    What a reader adds is not the document's, and may cover it.
    """
    for page, raw in zip(evidence.pages, evidence.reader.pages, strict=True):
        for note in objects.page_annotations(raw):
            kind = objects.text(note.get("/Subtype"))
            field = note if "/FT" in note else objects.dictionary(note.get("/Parent"))
            if kind not in OVER_PAGES and not (kind == "/Widget" and objects.text(field.get("/FT")) == "/Sig"):
                what = objects.text(objects.resolved(note.get("/Contents")))[:40]
                yield Fault(
                    f"something lies over the page: {kind[1:] or 'an annotation of no kind'}{what and ', '}{what}",
                    page.number,
                    hint="take it out, or write it into the document",
                )


RULES = (
    Rule("archive.opening", Severity.ERROR, opening),
    Rule("archive.attachments", Severity.ERROR, attachments),
    Rule("archive.annotations", Severity.ERROR, over_pages),
)
