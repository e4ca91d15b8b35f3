"""Rules about files that must last, and about what a file says of itself (ISO 19005-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from masthead.document import MastheadError, Severity
from masthead.pdf import DAMAGE, Evidence, objects, xmp
from masthead.pdf import damage as pdf_damage
from masthead.preflight import verapdf
from masthead.preflight.rules import Fault, Rule

# ISO 19005-3, 6.5.1 and 6.6.1: these act on the reader's machine, or make a page other than it was.
ACTIONS = frozenset(
    ("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/JavaScript")
)


def sound(evidence: Evidence) -> Iterator[Fault]:
    """The file can be read whole: its page tree counts its pages, its structure tree comes to an end.

    Bookmarks, name trees, number trees and roles do not lead back to themselves.
    """
    for damage in (*evidence.damage, *pdf_damage.loops(evidence.file)):
        yield Fault(damage, hint="get the file again from its source")


def identification(evidence: Evidence) -> Iterator[Fault]:
    """The metadata says which archive and accessibility standards the file keeps (PDF/A, PDF/UA)."""
    for part, name in ((f"{{{xmp.PDFA}}}part", "PDF/A"), (f"{{{xmp.PDFUA}}}part", "PDF/UA")):
        if not xmp.said(evidence, part):
            yield Fault(f"the file does not say that it is {name}", hint="publish the archive variant")


def symbol(evidence: Evidence) -> Iterator[Fault]:
    """The metadata holds the document's symbol as its identifier, so that an archive finds the file by it."""
    said = xmp.said(evidence, f"{{{xmp.DC}}}identifier")
    if said != evidence.facts.symbol:
        yield Fault(f"the metadata's identifier is {said or 'missing'}, the symbol is {evidence.facts.symbol}")


def title(evidence: Evidence) -> Iterator[Fault]:
    """The title in the metadata is the one in the file's information, and a heading of the document."""
    said = xmp.said(evidence, f"{{{xmp.DC}}}title")
    informed = _information(evidence, "/Title")
    if informed is not None and said != informed:  # PDF/A-4 has no information dictionary (ISO 19005-4, 6.1.3)
        yield Fault(f"the metadata's title is “{said}”, the information's “{informed}”")
    headings = [element.text for element in evidence.tree if element.kind.startswith("H")]
    spaced = " ".join(said.split())  # whichever its spaces: the structure has plain ones alone
    if said and headings and not any(spaced in heading for heading in headings):
        yield Fault(f"the title “{said[:60]}” is no heading of the document")


def dates(evidence: Evidence) -> Iterator[Fault]:
    """The file is dated as the document is: a file made again from the same source is the same file."""
    created = _information(evidence, "/CreationDate") or xmp.said(evidence, f"{{{xmp.XMP}}}CreateDate")
    if not created:
        yield Fault("the file has no date of creation")
    elif evidence.facts.date_day and re.sub(r"\D", "", created)[:8] != evidence.facts.date_day.replace("-", ""):
        yield Fault(f"the file is dated {created}, the document {evidence.facts.date}")


def _information(evidence: Evidence, key: str) -> str | None:
    """An entry of the file's information, empty where it is missing; None where there is no information at all."""
    information = evidence.reader.trailer.get("/Info")
    return None if information is None else objects.text(objects.dictionary(information).get(key))


def validated(evidence: Evidence) -> Iterator[Fault]:
    """veraPDF finds nothing against the standards that the file says it keeps.

    veraPDF is the reference validator of the industry. Where it is not installed, the rule is not kept.
    """
    if lacking := verapdf.missing():
        yield Fault(f"veraPDF is not installed: {lacking} missing", hint=verapdf.HINT)
        return
    part, level = xmp.said(evidence, f"{{{xmp.PDFA}}}part"), xmp.said(evidence, f"{{{xmp.PDFA}}}conformance").lower()
    claimed = [
        f"{part}{level}" if part else "",
        f"ua{said}" if (said := xmp.said(evidence, f"{{{xmp.PDFUA}}}part")) else "",
    ]
    flavours = tuple(flavour for flavour in claimed if flavour in verapdf.FLAVOURS)
    for verdict in verapdf.validate(evidence.pdf, flavours):
        for failure in verdict.failures:
            test = f"{verdict.flavour}, clause {failure.clause}, test {failure.test}"
            yield Fault(f"{failure.message} ({failure.count} times)", where=test)


def colour(evidence: Evidence) -> Iterator[Fault]:
    """The file has an output intent with a profile, so that colours look alike (ISO 19005-3, 6.2.3).

    The profile can be read: it begins as ICC profiles do, and is as long as it says (ICC.1, 7.2).
    """
    intents = map(objects.dictionary, objects.array(evidence.root.get("/OutputIntents")))
    profiles = [objects.resolved(intent["/DestOutputProfile"]) for intent in intents if "/DestOutputProfile" in intent]
    if not profiles:
        yield Fault("the file has no output intent with a colour profile")
    for profile in profiles:
        try:
            data = profile.get_data()  # of 75 MB at most: pypdf's own bound
        except DAMAGE:
            data = b""
        if data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") > len(data):
            yield Fault("the colour profile of the output intent cannot be read", hint="publish the archive variant")


def encryption(evidence: Evidence) -> Iterator[Fault]:
    """The file is not encrypted: what is shut cannot be kept (ISO 19005-3, 6.1.3)."""
    if evidence.reader.is_encrypted:
        yield Fault("the file is encrypted")


def actions(evidence: Evidence) -> Iterator[Fault]:
    """The file does nothing by itself: no scripts, no programs, no form actions (ISO 19005-3, 6.5 and 6.6)."""
    root = evidence.root
    if "/JavaScript" in objects.dictionary(root.get("/Names")):
        yield Fault("the file has scripts")
    if "/AA" in root or _forbidden(root.get("/OpenAction")):
        yield Fault("the file acts when it is opened")
    for place, page in enumerate(evidence.reader.pages, 1):
        for annotation in objects.page_annotations(page):
            if _forbidden(annotation.get("/A")):
                yield Fault("an annotation acts on the reader's machine", page=place)


def _forbidden(action: Any) -> bool:
    return objects.text(objects.dictionary(action).get("/S")) in ACTIONS


def source(evidence: Evidence) -> Iterator[Fault]:
    """The document's source travels in the file, and its relationship to it is said (ISO 19005-3, 6.8)."""
    files = map(objects.dictionary, objects.array(evidence.root.get("/AF")))
    if not any(file.get("/AFRelationship") == "/Source" for file in files):
        yield Fault("the file does not hold the source of the document", hint="publish from the source")


def signature(evidence: Evidence) -> Iterator[Fault]:
    """A signature covers the whole file, which has not changed since. Whom to trust is not asked.

    Where pyHanko is not installed this fails: what was not looked at is not right.
    """
    if not int(objects.number(objects.dictionary(evidence.root.get("/AcroForm")).get("/SigFlags"))) & 1:
        return
    from masthead.pdf import signatures as pdf_signatures  # slow to import, and seldom needed

    try:
        signatures = pdf_signatures.verify(evidence.pdf)
    except MastheadError as error:
        yield Fault(error.message, hint=error.hint)
        return
    if not signatures:
        yield Fault("the file says that it is signed, and holds no signature", hint="sign it anew")
    for found in signatures:
        if not found.intact:
            yield Fault(f"the signature of {found.signer} is broken: the file was changed", hint="sign it anew")
    if signatures and all(found.intact for found in signatures) and not signatures[-1].whole:
        yield Fault("the file was added to after it was signed", hint="sign it anew")


RULES = (
    Rule("archive.sound", Severity.ERROR, sound),
    Rule("archive.identification", Severity.ERROR, identification),
    Rule("archive.verapdf", Severity.ERROR, validated),
    Rule("archive.colour", Severity.ERROR, colour),
    Rule("archive.encryption", Severity.ERROR, encryption),
    Rule("archive.actions", Severity.ERROR, actions),
    Rule("archive.source", Severity.WARNING, source),
    Rule("archive.signature", Severity.ERROR, signature),
    Rule("metadata.symbol", Severity.ERROR, symbol),
    Rule("metadata.title", Severity.ERROR, title),
    Rule("metadata.dates", Severity.WARNING, dates),
)
