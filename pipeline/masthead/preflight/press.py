"""Rules about files that go to a printer.

What is measured follows the Ghent Workgroup's sheetfed offset profile: bleed of 3 mm, inks of 300 % at most, images of
300 dpi wanted and 150 dpi needed, lines of 0.25 pt.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document import ResourceError, Severity
from masthead.pdf import Evidence, resources
from masthead.preflight.rules import Fault, Rule

MM = 72 / 25.4
BLEED, ROUNDING = 3 * MM, 0.1
INKS, WANTED_DPI, NEEDED_DPI, HAIRLINE = 300, 300, 150, 0.24
SIGNATURE = 4
_TRIMS = {"Letter": (612, 792), "A4": (595.28, 841.89), "A5": (419.53, 595.28), "A3": (841.89, 1190.55)}
_PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"'}
_HINT = "publish the press variant"


def black_text(evidence: Evidence) -> Iterator[Fault]:
    """Black is one ink: no black is made of red, green and blue, which a press prints in four."""
    for number, page in enumerate(evidence.file.pages, 1):
        colours = (instruction.operands for instruction in pikepdf.parse_content_stream(page, "rg RG"))
        if any(all(float(value) == 0 for value in colour) for colour in colours):
            yield Fault("black is set in red, green and blue", page=number, hint=_HINT)


def trim_box(evidence: Evidence) -> Iterator[Fault]:
    """A printer's page has a trim box, by which it is cut."""
    for number, page in enumerate(evidence.file.pages, 1):
        if "/TrimBox" not in page.obj:
            yield Fault("the page has no trim box", page=number)


def bleed_box(evidence: Evidence) -> Iterator[Fault]:
    """The bleed box lies 3 mm outside the trim box or farther, and inside the media box."""
    for number, page in enumerate(evidence.file.pages, 1):
        media, bleed, trim = (resources.rectangle(page, f"/{name}Box") for name in ("Media", "Bleed", "Trim"))
        outer = (bleed.left - media.left, bleed.bottom - media.bottom, media.right - bleed.right, media.top - bleed.top)
        inner = (trim.left - bleed.left, trim.bottom - bleed.bottom, bleed.right - trim.right, bleed.top - trim.top)
        if min(outer) < -ROUNDING:
            yield Fault("the bleed box reaches out of the media box", page=number, hint=_HINT)
        elif min(inner) < BLEED - ROUNDING:
            yield Fault(f"the bleed is {min(inner) / MM:.1f} mm wide, not 3 mm", page=number, hint=_HINT)


def bleed_reached(evidence: Evidence) -> Iterator[Fault]:
    """What touches the edge of the trimmed page goes on into the bleed: paper is never cut quite true."""
    drawn = pypdfium2.PdfDocument(evidence.pdf)
    try:
        for index in range(len(drawn)):
            page = drawn[index]
            left, bottom, right, top = page.get_trimbox()
            page.set_mediabox(left - BLEED, bottom - BLEED, right + BLEED, top + BLEED)
            page.set_cropbox(left - BLEED, bottom - BLEED, right + BLEED, top + BLEED)
            picture = page.render(scale=2, grayscale=True).to_pil()
            page.close()
            edge, out = round(2 * BLEED), round(2 * MM)
            inside = picture.crop((edge, edge, picture.width - edge, picture.height - edge))
            for side in ("left", "top", "right", "bottom"):
                touching = _strip(inside, side, 0)
                beyond = _strip(picture, side, edge - out)
                if min(touching) < 250 and min(beyond) >= 250:
                    yield Fault(f"what touches the {side} edge does not reach into the bleed", page=index + 1)
    finally:
        drawn.close()


def _strip(picture: object, side: str, depth: int) -> bytes:
    """The pixels of one line along a side of a grey picture, `depth` pixels inside it."""
    width, height = picture.size  # type: ignore[attr-defined]
    box = {
        "left": (depth, 0, depth + 1, height),
        "right": (width - depth - 1, 0, width - depth, height),
        "top": (0, depth, width, depth + 1),
        "bottom": (0, height - depth - 1, width, height - depth),
    }[side]
    return bytes(picture.crop(box).tobytes())  # type: ignore[attr-defined]


def output_intent(evidence: Evidence) -> Iterator[Fault]:
    """A press file names the printing condition it is made for: an output intent of PDF/X with its profile."""
    found = map(resources.dictionary, evidence.file.Root.get_list("/OutputIntents", ()))
    press = [intent for intent in found if intent.get("/S") == "/GTS_PDFX"]
    if not press:
        yield Fault("the file has no output intent of PDF/X", hint=_HINT)
    elif "/DestOutputProfile" not in press[0]:
        yield Fault("the output intent has no ICC profile", hint=_HINT)


def inks(evidence: Evidence) -> Iterator[Fault]:
    """The four inks are 300 % at most at any place, and black is not laid over the three others; by Ghostscript.

    Without Ghostscript this fails: what was not looked at is not right.
    """
    from masthead.pdf import plates  # slow to import, and for the press alone

    try:
        pictures = plates.separate(evidence.pdf)
    except ResourceError as error:
        yield Fault(f"the inks cannot be measured: {error.message}", hint=error.hint)
        return
    for number, picture in enumerate(pictures, 1):
        if (most := plates.total(picture)) > INKS:
            yield Fault(f"the inks come to {most:.0f} %, more than {INKS} %", page=number, hint="use less ink")
        if plates.rich_black(picture):
            yield Fault("black is printed over the three other inks", page=number, hint=_HINT)


def image_resolution(evidence: Evidence) -> Iterator[Fault]:
    """An image has 300 dots per inch or more where it is printed; below 150 its dots are seen."""
    for number, kind, thing in _objects(evidence.pdf):
        if kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        width, height = thing.get_px_size()
        a, b, c, d, _, _ = thing.get_matrix().get()
        dpi = min(72 * width / max(math.hypot(a, b), 0.01), 72 * height / max(math.hypot(c, d), 0.01))
        if dpi < WANTED_DPI - 1:
            seen = "its dots will be seen" if dpi < NEEDED_DPI else f"{WANTED_DPI} are wanted"
            yield Fault(f"an image has {dpi:.0f} dots per inch: {seen}", page=number, hint="use a larger image")


def hairlines(evidence: Evidence) -> Iterator[Fault]:
    """A line is 0.25 pt wide or wider: a thinner one breaks on the plate."""
    seen = set()
    for number, kind, thing in _objects(evidence.pdf):
        if kind != pdfium.FPDF_PAGEOBJ_PATH or number in seen:
            continue
        mode, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
        pdfium.FPDFPath_GetDrawMode(thing, mode, stroked)
        if not stroked.value or not pdfium.FPDFPageObj_GetStrokeWidth(thing, width):
            continue
        a, b, c, d, _, _ = thing.get_matrix().get()
        drawn = width.value * math.sqrt(abs(a * d - b * c))
        if drawn < HAIRLINE:
            seen.add(number)
            yield Fault(f"a line is {drawn:.2f} pt wide", page=number, hint="make it 0.25 pt or wider")


def overprint(evidence: Evidence) -> Iterator[Fault]:
    """Nothing white overprints: on the press it would not be there at all."""
    for number, page in enumerate(evidence.file.pages, 1):
        if _white_overprints(page):
            yield Fault("something white is set to overprint, and vanishes", page=number, hint="knock it out")


def _white_overprints(page: pikepdf.Page) -> bool:
    states = page.resources.get(pikepdf.Name.ExtGState, pikepdf.Dictionary())
    over = {name: bool(state.get("/op", state.get("/OP", False))) for name, state in states.items()}
    if not any(over.values()):
        return False
    stack: list[tuple[bool, bool]] = []
    on, white = False, False
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "q":
            stack.append((on, white))
        elif operator == "Q" and stack:
            on, white = stack.pop()
        elif operator == "gs":
            on = over.get(str(operands[0]), on)
        elif operator in ("g", "rg"):
            white = all(float(value) == 1 for value in operands)
        elif operator == "k":
            white = all(float(value) == 0 for value in operands)
        elif operator in _PAINT and on and white:
            return True
    return False


def signature(evidence: Evidence) -> Iterator[Fault]:
    """The pages fill signatures of four; blanks make up for what is missing, at the end."""
    count = len(evidence.pages)
    if count % SIGNATURE:
        blanks = SIGNATURE - count % SIGNATURE
        yield Fault(f"{count} pages are no multiple of {SIGNATURE}: {blanks} blanks will follow the last")


def trim_and_binding(evidence: Evidence) -> Iterator[Fault]:
    """All pages are trimmed to one usual size, and what is read from the right is bound at the right."""
    boxes = [resources.rectangle(page, "/TrimBox") for page in evidence.file.pages]
    sizes = {(round(box.right - box.left), round(box.top - box.bottom)) for box in boxes}
    if len(sizes) > 1:
        yield Fault(f"pages are trimmed to {len(sizes)} sizes", hint="make them one")
    for width, height in sorted(sizes):
        if not any(abs(width - w) < 2 and abs(height - h) < 2 for w, h in map(sorted, _TRIMS.values())):
            yield Fault(f"{width / MM:.0f} × {height / MM:.0f} mm is no usual size of a document")
    told = resources.dictionary(evidence.file.Root.get("/ViewerPreferences")).get("/Direction")
    if sum(page.right_to_left for page in evidence.pages) * 2 > len(evidence.pages) and told != "/R2L":
        yield Fault("a document read from the right is not said to be bound at the right", hint=_HINT)


def _objects(pdf: bytes) -> Iterator[tuple[int, int, pypdfium2.PdfObject]]:
    """Everything drawn on the pages: the page, the kind, the object."""
    drawn = pypdfium2.PdfDocument(pdf)
    try:
        for index in range(len(drawn)):
            page = drawn[index]
            for thing in page.get_objects(max_depth=8):
                yield index + 1, thing.type, thing
            page.close()
    finally:
        drawn.close()


RULES = (
    Rule("press.black", Severity.ERROR, black_text),
    Rule("press.trim-box", Severity.ERROR, trim_box),
    Rule("press.bleed-box", Severity.ERROR, bleed_box),
    Rule("press.bleed", Severity.ERROR, bleed_reached),
    Rule("press.output-intent", Severity.ERROR, output_intent),
    Rule("press.inks", Severity.ERROR, inks),
    Rule("press.images", Severity.WARNING, image_resolution),
    Rule("press.hairlines", Severity.WARNING, hairlines),
    Rule("press.overprint", Severity.ERROR, overprint),
    Rule("press.signature", Severity.NOTE, signature),
    Rule("press.binding", Severity.WARNING, trim_and_binding),
)
