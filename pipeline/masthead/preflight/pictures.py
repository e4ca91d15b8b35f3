"""Rules about pictures: that they show something, and that the claimed standard allows them."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, objects, resources
from masthead.preflight.needs import Need

RULES = Rules[Evidence]()
_HINT = "publish from the source"


@RULES.rule("completeness.pictures", Severity.ERROR, Need.SCREEN, Need.OUR_TAGS)
def pictures(evidence: Evidence) -> Iterator[Finding]:
    """Each picture can be shown, and shows something: it is not cut off, black or of one colour. No drawing is
    empty."""
    for image in evidence.images:
        if image.fault:
            yield Finding(image.fault, image.page, hint=_HINT)
    for number, page in enumerate(evidence.file.pages, 1):
        forms = (each for _, each in resources.of_page(page, "/XObject").items() if each.get("/Subtype") == "/Form")
        if empty := sum(not form.read_bytes().strip() for form in forms):
            yield Finding("a drawing is empty" if empty == 1 else f"{empty} drawings are empty", number, hint=_HINT)


@RULES.rule("archive.pictures", Severity.ERROR, Need.CLAIM)
def allowed(evidence: Evidence) -> Iterator[Finding]:
    """Each picture is in the colours of the output intent, and no viewer is asked to interpolate it (ISO 19005-3,
    6.2.4.3 and 6.2.8)."""
    intents = map(objects.dictionary, objects.array(evidence.root.get("/OutputIntents")))
    profiles = [objects.dictionary(intent.get("/DestOutputProfile")) for intent in intents]
    components = {int(objects.number(profile.get("/N"))) for profile in profiles if profile}
    for image in evidence.images:
        if image.interpolated:
            yield Finding("the picture is interpolated, which PDF/A forbids", image.page, hint=_HINT)
        if image.colours == "/DeviceCMYK" and components and 4 not in components:
            yield Finding("the picture is in CMYK, but the output intent is not", image.page, hint=_HINT)
