"""Rules about pictures: that they show something, and that the claimed standard allows them."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from operator import sub

import pikepdf
from PIL import Image

from masthead.document import Finding, Rules, Severity, model
from masthead.pdf import DAMAGE, Evidence, look, objects, resources
from masthead.preflight.needs import Need

OTHER = 16  # of 255 greys, on average: so much do the looks of two pictures differ that are not the same
RULES = Rules[Evidence]()
_HINT = "publish from the source"


@RULES.rule("completeness.pictures", Severity.ERROR, Need.SCREEN, Need.OUR_TAGS)
def pictures(evidence: Evidence) -> Iterator[Finding]:
    """Each picture can be shown, and shows something: it is not cut off, black or of one colour. It is that of the
    document, where it is known. No drawing is empty or damaged."""
    for image in evidence.images:
        if image.fault:
            yield Finding(image.fault, image.page, hint=_HINT)
    yield from _others(evidence)
    looked: dict[tuple[int, int], str] = {}  # pages may share their resources
    for number, page in enumerate(evidence.file.pages, 1):
        faults = {}
        for name, each in resources.of_page(page, "/XObject").items():
            if not isinstance(each, pikepdf.Stream):
                continue  # a damaged file
            if each.objgen not in looked:
                looked[each.objgen] = _fault(each)
            if fault := looked[each.objgen]:
                faults[name] = fault
        counts = Counter(faults[name] for name in _drawn(page) if name in faults) if faults else {}
        for fault, count in counts.items():
            yield Finding(
                f"a drawing is {fault}" if count == 1 else f"{count} drawings are {fault}", number, hint=_HINT
            )


def _others(evidence: Evidence) -> Iterator[Finding]:
    """The pictures that are not those of the document. What is drawn, or was not decoded, is not compared."""
    figures = model.figures(evidence.document) if evidence.document else ()
    dotted = {figure.picture for figure in figures if figure.media_type != "image/svg+xml"}
    found = [image for image in evidence.images if image.look]
    if len(found) != len(evidence.images) or len(found) != len(dotted):
        return
    expected = [look(Image.open(io.BytesIO(picture))) for picture in dotted]
    for image in found:  # in the order of names, since pages share them
        if min(sum(map(abs, map(sub, own, image.look))) for own in expected) > OTHER * len(image.look):
            yield Finding("the picture is not that of the document", image.page, hint=_HINT)


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


def _fault(drawing: pikepdf.Object) -> str:
    """What a drawing is that shows nothing, in a word: `empty`, but for a group of no size, or `damaged`."""
    if drawing.get("/Subtype") != "/Form":
        return ""
    box = drawing.get("/BBox")
    has_area = not isinstance(box, pikepdf.Array) or len(box) != 4 or (box[0] != box[2] and box[1] != box[3])
    try:
        return "empty" if has_area and not drawing.read_bytes().strip() else ""
    except DAMAGE:
        return "damaged"


def _drawn(page: pikepdf.Page) -> Iterator[str]:
    """The names of what a page draws from its resources."""
    return (str(each.operands[0]) for each in pikepdf.parse_content_stream(page, "Do") if each.operands)
