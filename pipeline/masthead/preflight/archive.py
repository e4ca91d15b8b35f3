"""Rules about files that must remain readable for decades (ISO 19005-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from masthead.document import Finding, MastheadError, Rules, Severity
from masthead.pdf import DAMAGE, Evidence, bookmark_actions, objects
from masthead.preflight import verapdf
from masthead.preflight.needs import Need

RULES = Rules[Evidence]()
_HINT = "publish the archive variant"
_SIGN = "sign the file again"

# ISO 19005-3, 6.5.1 and 6.6.1: these act on the reader's machine, or change how a page looks.
ACTIONS = frozenset(
    (
        *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/JavaScript"),
        *("/SubmitForm", "/Rendition", "/Trans", "/GoTo3DView", "/RichMediaExecute", "/GoToR", "/GoToE"),
    )
)
_PRESS = re.compile("FOGRA|SWOP|GRACoL|CGATS|JC20|PSO|IFRA|SNAP|Eurostandard", re.IGNORECASE)  # printing conditions
_MOST = 100  # actions that follow each other
_HIDING = ("/HideToolbar", "/HideMenubar", "/HideWindowUI")


@RULES.rule("archive.sound", Severity.ERROR)
def sound(evidence: Evidence) -> Iterator[Finding]:
    """The file can be read completely: the page count is correct, and no structure in it is damaged or endless.

    Bookmarks, name trees, number trees and roles do not refer back to themselves.
    """
    for damage in evidence.damage:
        yield Finding(damage, hint="export the PDF again from its source")


@RULES.rule("archive.identification", Severity.ERROR, Need.CLAIM)
def identification(evidence: Evidence) -> Iterator[Finding]:
    """The metadata declares which standards the file conforms to: PDF/A and PDF/UA. With attachments that is PDF/A-3 or
    later (ISO 19005-2, 6.8). The file begins with its header (ISO 19005-3, 6.1.2)."""
    for part, name in (("pdfaid:part", "PDF/A"), ("pdfuaid:part", "PDF/UA")):
        if not evidence.metadata[part]:
            yield Finding(f"the file does not declare conformance to {name}", hint=_HINT)
    if evidence.metadata["pdfaid:part"] in ("1", "2") and "/AF" in evidence.root:
        yield Finding(f"PDF/A-{evidence.metadata['pdfaid:part']} allows no attached files", hint=_HINT)
    if not evidence.pdf.startswith(b"%PDF-"):
        yield Finding("the file does not begin with its header", hint="save the file again")


@RULES.rule("archive.verapdf", Severity.ERROR, Need.VERAPDF)
def validated(evidence: Evidence) -> Iterator[Finding]:
    """veraPDF, the industry's reference validator, finds no violation of the standards that the file declares.

    If veraPDF is not installed, the rule fails.
    """
    if lacking := verapdf.missing():
        yield Finding(f"veraPDF is not installed: {lacking} missing", hint=verapdf.HINT)
        return
    part, level = evidence.metadata["pdfaid:part"], evidence.metadata["pdfaid:conformance"].lower()
    accessible = evidence.metadata["pdfuaid:part"]
    claimed = (f"{part}{level}" if part else "", f"ua{accessible}" if accessible else "")
    flavours = tuple(flavour for flavour in claimed if flavour in verapdf.FLAVOURS)
    for verdict in verapdf.validate(evidence.pdf, flavours):
        for failure in verdict.failures:
            test = f"{verdict.flavour}, clause {failure.clause}, test {failure.test}"
            yield Finding(f"{failure.message} ({failure.count} times)", where=test)


@RULES.rule("archive.colour", Severity.ERROR, Need.CLAIM)
def colour(evidence: Evidence) -> Iterator[Finding]:
    """The file has an output intent with a colour profile, so that colours look the same everywhere
    (ISO 19005-3, 6.2.3).

    The profile is readable: it has the signature of ICC profiles, and its data is as long as its header says
    (ICC.1, 7.2). It has the colours of the condition that the output intent names: a screen's are red, green and blue.
    """
    intents = [
        (objects.text(intent.get("/OutputConditionIdentifier")), objects.resolved(intent["/DestOutputProfile"]))
        for intent in map(objects.dictionary, objects.array(evidence.root.get("/OutputIntents")))
        if "/DestOutputProfile" in intent
    ]
    if not intents:
        yield Finding("the file has no output intent with a colour profile")
    for name, profile in intents:
        try:
            data = profile.get_data()  # pypdf stops at 75 MB
        except DAMAGE:
            data = b""
        if data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") > len(data):
            yield Finding("the colour profile of the output intent cannot be read", hint=_HINT)
        elif (_PRESS.match(name) and data[16:20] == b"RGB ") or ("RGB" in name and data[16:20] == b"CMYK"):
            message = f"the output intent is named {name}, but its profile is for {data[16:20].decode().strip()}"
            yield Finding(message, hint=_HINT)


@RULES.rule("archive.encryption", Severity.ERROR)
def encryption(evidence: Evidence) -> Iterator[Finding]:
    """The file is not encrypted, as an archive may outlive the password (ISO 19005-3, 6.1.3)."""
    if evidence.reader.is_encrypted:
        yield Finding("the file is encrypted")


@RULES.rule("archive.actions", Severity.ERROR)
def actions(evidence: Evidence) -> Iterator[Finding]:
    """The file does nothing unasked: it has no scripts, starts no programs, changes no forms (ISO 19005-3, 6.4.2, 6.5
    and 6.6). It does not open as a collection of other files, and hides no part of the viewer.
    """
    root = evidence.root
    if "/JavaScript" in objects.dictionary(root.get("/Names")):
        yield Finding("the file contains scripts")
    if "/AA" in root or _is_forbidden(root.get("/OpenAction")):
        yield Finding("opening the file triggers an action")
    for number, page in enumerate(evidence.reader.pages, 1):
        if "/AA" in page:
            yield Finding("opening the page triggers an action", number)
        if "/Dur" in page or "/Trans" in page:
            yield Finding("the page turns automatically, as in a presentation", number)
        for annotation in objects.page_annotations(page):
            if "/AA" in annotation or _is_forbidden(annotation.get("/A")):
                yield Finding("an annotation starts an action on the reader's machine", number)
    if any(map(_is_forbidden, bookmark_actions(evidence.reader))):
        yield Finding("a bookmark starts an action on the reader's machine")
    if "/XFA" in objects.dictionary(root.get("/AcroForm")):
        yield Finding("the file has an XFA form, which changes its pages")
    if "/Collection" in root:
        yield Finding("the file opens as a collection of attached files, not as a document")
    preferences = objects.dictionary(root.get("/ViewerPreferences"))
    for key in _HIDING:
        if objects.is_true(preferences.get(key)):
            yield Finding(f"the file hides part of the viewer: {key[1:]}")


def _is_forbidden(action: Any) -> bool:
    """Whether an action, or one that follows it, acts on the reader's machine."""
    waiting, met = [action], 0
    while waiting and met < _MOST:
        met += 1
        found = objects.dictionary(waiting.pop())
        if objects.text(found.get("/S")) in ACTIONS:
            return True
        following = objects.resolved(found.get("/Next"))
        if following is not None:
            waiting += objects.array(following) if isinstance(following, list) else [following]
    return False


@RULES.rule("archive.source", Severity.WARNING, Need.SOURCE)
def source(evidence: Evidence) -> Iterator[Finding]:
    """The document's source is attached to the file and marked as such (ISO 19005-3, 6.8)."""
    files = map(objects.dictionary, objects.array(evidence.root.get("/AF")))
    if not any(file.get("/AFRelationship") == "/Source" for file in files):
        yield Finding("the source of the document is not attached to the file", hint="publish from the source")


@RULES.rule("archive.signature", Severity.ERROR)
def signature(evidence: Evidence) -> Iterator[Finding]:
    """If the file is signed, the signature covers all of it, and the file is unchanged since. The signer's identity is
    not verified.

    If pyHanko is not installed, the rule fails.
    """
    if not int(objects.number(objects.dictionary(evidence.root.get("/AcroForm")).get("/SigFlags"))) & 1:
        return
    from masthead.pdf import signatures as pdf_signatures  # slow to import, and few files are signed

    try:
        signatures = pdf_signatures.verify(evidence.pdf)
    except MastheadError as error:
        yield Finding(error.message, hint=error.hint)
        return
    if not signatures:
        yield Finding("the file is marked as signed but has no signature", hint=_SIGN)
    for found in signatures:
        if not found.intact:
            yield Finding(f"the signature of {found.signer} is invalid: the file was changed", hint=_SIGN)
    if signatures and all(found.intact for found in signatures) and not signatures[-1].whole:
        yield Finding("something was added to the file after it was signed", hint=_SIGN)
