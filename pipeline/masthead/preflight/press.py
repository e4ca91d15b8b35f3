"""Rules about files that go to a printer.

The limits are those of the Ghent Workgroup's sheetfed offset profile: a bleed of 3 mm, at most 300 % ink, images of at
least 150 dpi and preferably 300 dpi, lines of 0.25 pt.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from masthead.document import Finding, ResourceError, Rules, Severity
from masthead.pdf import Evidence, raster, resources
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.PRESS)
MM = 72 / 25.4
BLEED, ROUNDING = 3 * MM, 0.1
INKS, WANTED_DPI, NEEDED_DPI, HAIRLINE = 300, 300, 150, 0.24
SIGNATURE = 4
_TRIMS = {"Letter": (612, 792), "A4": (595.28, 841.89), "A5": (419.53, 595.28), "A3": (841.89, 1190.55)}
_PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"'}
_WHITE = 250  # grey level from which on a pixel counts as unprinted: smoothed edges are darker
_HINT = "publish the press variant"


@RULES.rule("press.black", Severity.ERROR)
def black_text(evidence: Evidence) -> Iterator[Finding]:
    """Black is a single ink: no black is mixed from red, green and blue, which would be printed in four inks."""
    for number, page in enumerate(evidence.file.pages, 1):
        colours = (instruction.operands for instruction in pikepdf.parse_content_stream(page, "rg RG"))
        if any(all(float(value) == 0 for value in colour) for colour in colours):
            yield Finding("black is defined in red, green and blue", number, hint=_HINT)


@RULES.rule("press.trim-box", Severity.ERROR)
def trim_box(evidence: Evidence) -> Iterator[Finding]:
    """Every page has a trim box, by which the paper is cut."""
    for number, page in enumerate(evidence.file.pages, 1):
        if "/TrimBox" not in page.obj:
            yield Finding("the page has no trim box", number)


@RULES.rule("press.bleed-box", Severity.ERROR)
def bleed_box(evidence: Evidence) -> Iterator[Finding]:
    """The bleed box extends at least 3 mm beyond the trim box, and is inside the media box."""
    for number, page in enumerate(evidence.file.pages, 1):
        media, bleed, trim = (resources.rectangle(page, f"/{name}Box") for name in ("Media", "Bleed", "Trim"))
        outer = (bleed.left - media.left, bleed.bottom - media.bottom, media.right - bleed.right, media.top - bleed.top)
        inner = (trim.left - bleed.left, trim.bottom - bleed.bottom, bleed.right - trim.right, bleed.top - trim.top)
        if min(outer) < -ROUNDING:
            yield Finding("the bleed box extends beyond the media box", number, hint=_HINT)
        elif min(inner) < BLEED - ROUNDING:
            yield Finding(f"the bleed is {min(inner) / MM:.1f} mm wide, not 3 mm", number, hint=_HINT)


@RULES.rule("press.bleed", Severity.ERROR)
def bleed_reached(evidence: Evidence) -> Iterator[Finding]:
    """Whatever touches the edge of the trimmed page continues into the bleed, because cutting is never exact."""
    with raster.opened(evidence.pdf) as drawn:
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
                if min(_strip(inside, side, 0)) < _WHITE <= min(_strip(picture, side, edge - out)):
                    yield Finding(f"what touches the {side} edge does not continue into the bleed", index + 1)


def _strip(picture: Image, side: str, depth: int) -> bytes:
    """The pixels of one line along a side of a grey picture, `depth` pixels inside it."""
    width, height = picture.size
    box = {
        "left": (depth, 0, depth + 1, height),
        "right": (width - depth - 1, 0, width - depth, height),
        "top": (0, depth, width, depth + 1),
        "bottom": (0, height - depth - 1, width, height - depth),
    }[side]
    return picture.crop(box).tobytes()


@RULES.rule("press.output-intent", Severity.ERROR)
def output_intent(evidence: Evidence) -> Iterator[Finding]:
    """The file names the printing condition it is made for: it has a PDF/X output intent with an ICC profile."""
    found = map(resources.dictionary, evidence.file.Root.get_list("/OutputIntents", ()))
    press = [intent for intent in found if intent.get("/S") == "/GTS_PDFX"]
    if not press:
        yield Finding("the file has no PDF/X output intent", hint=_HINT)
    elif "/DestOutputProfile" not in press[0]:
        yield Finding("the output intent has no ICC profile", hint=_HINT)


@RULES.rule("press.inks", Severity.ERROR)
def inks(evidence: Evidence) -> Iterator[Finding]:
    """The four inks add up to at most 300 % everywhere, and black is not printed over the three others.

    Ghostscript separates the inks. If it is not installed, the rule fails.
    """
    from masthead.pdf import plates  # slow to import, and only this rule needs it

    try:
        pictures = plates.separate(evidence.pdf)
    except ResourceError as error:
        yield Finding(f"the inks cannot be measured: {error.message}", hint=error.hint)
        return
    for number, picture in enumerate(pictures, 1):
        if (most := plates.total(picture)) > INKS:
            yield Finding(f"the inks add up to {most:.0f} %, more than {INKS} %", number, hint="use less ink")
        if plates.rich_black(picture):
            yield Finding("black is printed over the three other inks", number, hint=_HINT)


@RULES.rule("press.images", Severity.WARNING)
def image_resolution(evidence: Evidence) -> Iterator[Finding]:
    """An image has 300 dots per inch or more where it is printed; below 150, its dots are visible."""
    for number, kind, thing in _objects(evidence.pdf):
        if kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        width, height = thing.get_px_size()
        a, b, c, d, _, _ = thing.get_matrix().get()
        dpi = min(72 * width / max(math.hypot(a, b), 0.01), 72 * height / max(math.hypot(c, d), 0.01))
        if dpi < WANTED_DPI - 1:
            effect = "its dots will be visible" if dpi < NEEDED_DPI else f"{WANTED_DPI} are recommended"
            yield Finding(f"an image has {dpi:.0f} dots per inch: {effect}", number, hint="use a larger image")


@RULES.rule("press.hairlines", Severity.WARNING)
def hairlines(evidence: Evidence) -> Iterator[Finding]:
    """Lines are at least 0.25 pt wide: a thinner line may break on the printing plate."""
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
            yield Finding(f"a line is {drawn:.2f} pt wide", number, hint="make it 0.25 pt or wider")


@RULES.rule("press.overprint", Severity.ERROR)
def overprint(evidence: Evidence) -> Iterator[Finding]:
    """Nothing white is set to overprint: the press would not print it at all."""
    for number, page in enumerate(evidence.file.pages, 1):
        if _has_white_overprint(page):
            yield Finding("something white is set to overprint and will not be visible", number, hint="knock it out")


def _has_white_overprint(page: pikepdf.Page) -> bool:
    states = page.resources.get(pikepdf.Name.ExtGState, pikepdf.Dictionary())
    overprints = {name: bool(state.get("/op", state.get("/OP", False))) for name, state in states.items()}
    if not any(overprints.values()):
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
            on = overprints.get(str(operands[0]), on)
        elif operator in ("g", "rg"):
            white = all(float(value) == 1 for value in operands)
        elif operator == "k":
            white = all(float(value) == 0 for value in operands)
        elif operator in _PAINT and on and white:
            return True
    return False


@RULES.rule("press.signature", Severity.NOTE)
def signature(evidence: Evidence) -> Iterator[Finding]:
    """The pages fill signatures of four; otherwise blank pages are added at the end."""
    count = len(evidence.pages)
    if count % SIGNATURE:
        blanks = SIGNATURE - count % SIGNATURE
        yield Finding(f"{count} is not a multiple of {SIGNATURE}: {blanks} blank pages will be added at the end")


@RULES.rule("press.binding", Severity.WARNING)
def trim_and_binding(evidence: Evidence) -> Iterator[Finding]:
    """All pages are trimmed to the same common size; a right-to-left document is marked for binding on the right."""
    boxes = [resources.rectangle(page, "/TrimBox") for page in evidence.file.pages]
    sizes = {(round(box.right - box.left), round(box.top - box.bottom)) for box in boxes}
    if len(sizes) > 1:
        yield Finding(f"pages are trimmed to {len(sizes)} different sizes", hint="trim all pages to the same size")
    for width, height in sorted(sizes):
        if not any(abs(width - w) < 2 and abs(height - h) < 2 for w, h in map(sorted, _TRIMS.values())):
            yield Finding(f"{width / MM:.0f} × {height / MM:.0f} mm is not a common trim size")
    declared = resources.dictionary(evidence.file.Root.get("/ViewerPreferences")).get("/Direction")
    if sum(page.right_to_left for page in evidence.pages) * 2 > len(evidence.pages) and declared != "/R2L":
        yield Finding("the pages read from right to left, but are not marked for binding on the right", hint=_HINT)


def _objects(pdf: bytes) -> Iterator[tuple[int, int, pypdfium2.PdfObject]]:
    """Every object drawn on the pages: the page number, the type, the object."""
    with raster.opened(pdf) as drawn:
        for index in range(len(drawn)):
            page = drawn[index]
            for thing in page.get_objects(max_depth=8):
                yield index + 1, thing.type, thing
            page.close()
