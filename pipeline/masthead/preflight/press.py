"""Rules about files that go to a printer.

The limits are those of the Ghent Workgroup's sheetfed offset profile: a bleed of 3 mm, at most 300 % ink, images of at
least 150 dpi and preferably 300 dpi, lines of 0.25 pt.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from masthead.document import Finding, ResourceError, Rules, Severity
from masthead.pdf import Evidence, colours, measures, objects
from masthead.preflight.needs import Need

if TYPE_CHECKING:
    from PIL.Image import Image

RULES = Rules[Evidence](Need.PRESS)
MM = 72 / 25.4
BLEED, ROUNDING = 3 * MM, 0.1
INKS, WANTED_DPI, NEEDED_DPI, HAIRLINE = 300, 300, 150, 0.24
SIGNATURE = 4
_TRIMS = {"Letter": (612, 792), "A4": (595.28, 841.89), "A5": (419.53, 595.28), "A3": (841.89, 1190.55)}
_HINT = "publish the press variant"


@RULES.rule("press.black", Severity.ERROR)
def black_text(evidence: Evidence) -> Iterator[Finding]:
    """Black is a single ink: no black is mixed from red, green and blue, which would be printed in four inks."""
    for number, page in enumerate(evidence.file.pages, 1):
        if colours.has_rgb_black(page):
            yield Finding("black is defined in red, green and blue", number, hint=_HINT)


@RULES.rule("press.trim-box", Severity.ERROR)
def trim_box(evidence: Evidence) -> Iterator[Finding]:
    """Every page has a trim box, by which the paper is cut."""
    for number, page in enumerate(evidence.reader.pages, 1):
        if "/TrimBox" not in page:
            yield Finding("the page has no trim box", number)


@RULES.rule("press.bleed-box", Severity.ERROR, Need.OWN_SHEET)
def bleed_box(evidence: Evidence) -> Iterator[Finding]:
    """The bleed box extends at least 3 mm beyond the trim box, and is inside the media box."""
    for number, page in enumerate(evidence.reader.pages, 1):
        media, bleed, trim = page.mediabox, objects.rectangle(page, "/BleedBox"), objects.rectangle(page, "/TrimBox")
        outer = (bleed.left - media.left, bleed.bottom - media.bottom, media.right - bleed.right, media.top - bleed.top)
        inner = (trim.left - bleed.left, trim.bottom - bleed.bottom, bleed.right - trim.right, bleed.top - trim.top)
        if min(outer) < -ROUNDING:
            yield Finding("the bleed box extends beyond the media box", number, hint=_HINT)
        elif min(inner) < BLEED - ROUNDING:
            yield Finding(f"the bleed is {min(inner) / MM:.1f} mm wide, not 3 mm", number, hint=_HINT)


@RULES.rule("press.bleed", Severity.ERROR, Need.OWN_SHEET)
def bleed_reached(evidence: Evidence) -> Iterator[Finding]:
    """Whatever touches the edge of the trimmed page continues into the bleed, because cutting is never exact."""
    for number, side in measures.short_bleeds(evidence.pdf, BLEED, MM):
        yield Finding(f"what touches the {side} edge does not extend into the bleed", number)


@RULES.rule("press.output-intent", Severity.ERROR)
def output_intent(evidence: Evidence) -> Iterator[Finding]:
    """The file names the printing condition it is made for: it has a PDF/X output intent with an ICC profile."""
    found = map(objects.dictionary, objects.array(evidence.root.get("/OutputIntents")))
    press = [intent for intent in found if intent.get("/S") == "/GTS_PDFX"]
    if not press:
        yield Finding("the file has no PDF/X output intent", hint=_HINT)
    elif "/DestOutputProfile" not in press[0]:
        yield Finding("the output intent has no ICC profile", hint=_HINT)


@RULES.rule("press.inks", Severity.ERROR)
def inks(evidence: Evidence) -> Iterator[Finding]:
    """The four inks add up to at most 300 % everywhere, and black is not printed over the three others but in images.

    Ghostscript separates the inks. If it is not installed, the rule fails. Marks in the registration colour are cut off
    with the waste, so their ink is not counted.
    """
    from masthead.pdf import plates  # slow to import

    try:
        pictures = _plates(evidence.pdf)
        rich = {number for number, picture in enumerate(pictures, 1) if plates.rich_black(picture)}
        drawn = plates.separate(evidence.pdf, images=False) if rich else ()
    except ResourceError as error:
        yield Finding(f"the inks cannot be measured: {error.message}", hint=error.hint)
        return
    for number, picture in enumerate(pictures, 1):
        if (most := plates.total(picture)) > INKS:
            yield Finding(f"the inks add up to {most:.0f} %, more than {INKS} %", number, hint="use less ink")
        if number in rich and plates.rich_black(drawn[number - 1]):
            yield Finding("black is printed over the three other inks", number, hint="use black ink alone")


@RULES.rule("press.trapped", Severity.ERROR)
def trapped(evidence: Evidence) -> Iterator[Finding]:
    """The file says whether it is trapped already: `/Trapped` is true or false (ISO 15930-7).

    A press that is told nothing would trap twice, or not at all.
    """
    info = objects.dictionary(evidence.reader.trailer.get("/Info"))
    if str(info.get("/Trapped", "")) not in ("/True", "/False"):
        yield Finding("the file does not say whether it is trapped", hint=_HINT)


@RULES.rule("press.trapping", Severity.NOTE, Need.OWN_SHEET)
def trapping(evidence: Evidence) -> Iterator[Finding]:
    """Areas of two inks that meet share an ink, or overlap: otherwise white paper shows where the plates shift.

    What is judged: areas that one process ink covers by 30 % or more and no other by more than 10 %, and that touch
    along 2 mm or more, at 36 dots an inch. A spot colour counts as the process inks that it looks like. Files that are
    trapped already (`/Trapped` is true) are not judged.
    """
    from masthead.pdf import plates

    if str(objects.dictionary(evidence.reader.trailer.get("/Info")).get("/Trapped", "")) == "/True":
        return
    try:
        pictures = _plates(evidence.pdf)
    except ResourceError:  # press.inks says so
        return
    for number, picture in enumerate(pictures, 1):
        for one, other in plates.unshared_edges(picture):
            message = f"an area of {one} meets one of {other}: if the plates shift, white paper shows between them"
            yield Finding(message, number, hint="let the press trap, let black overprint, or use inks in common")


@lru_cache(maxsize=1)
def _plates(pdf: bytes) -> tuple[Image, ...]:
    """The process inks of each page. Two rules look at them, one after the other."""
    from masthead.pdf import plates

    return plates.separate(pdf)


@RULES.rule("press.images", Severity.WARNING)
def image_resolution(evidence: Evidence) -> Iterator[Finding]:
    """An image has 300 dots per inch or more where it is printed; below 150, its dots are visible."""
    for number, dpi in measures.image_resolutions(evidence.pdf):
        if dpi < WANTED_DPI - 1:
            effect = "its dots will be visible" if dpi < NEEDED_DPI else f"{WANTED_DPI} are recommended"
            yield Finding(f"an image has {dpi:.0f} dots per inch: {effect}", number, hint="use a larger image")


@RULES.rule("press.hairlines", Severity.WARNING)
def hairlines(evidence: Evidence) -> Iterator[Finding]:
    """Lines are at least 0.25 pt wide: a thinner line may break on the printing plate."""
    seen = set()
    for number, width in measures.line_widths(evidence.pdf):
        if width < HAIRLINE and number not in seen:
            seen.add(number)
            yield Finding(f"a line is {width:.2f} pt wide", number, hint="make it 0.25 pt or wider")


@RULES.rule("press.overprint", Severity.ERROR)
def overprint(evidence: Evidence) -> Iterator[Finding]:
    """Nothing white is set to overprint: the press would not print it at all."""
    for number, page in enumerate(evidence.file.pages, 1):
        if colours.has_white_overprint(page):
            yield Finding(
                "white content is set to overprint and will not be visible", number, hint="set it to knock out"
            )


@RULES.rule("press.signature", Severity.NOTE, Need.OWN_SHEET)
def signature(evidence: Evidence) -> Iterator[Finding]:
    """The pages fill signatures of four; otherwise blank pages are added at the end."""
    count = len(evidence.pages)
    if count % SIGNATURE:
        blanks = SIGNATURE - count % SIGNATURE
        added = "1 blank page" if blanks == 1 else f"{blanks} blank pages"
        yield Finding(f"{count} is not a multiple of {SIGNATURE}: {added} will be added at the end")


@RULES.rule("press.binding", Severity.WARNING, Need.OWN_SHEET)
def trim_and_binding(evidence: Evidence) -> Iterator[Finding]:
    """All pages are trimmed to the same common size; a right-to-left document is marked for binding on the right."""
    boxes = [objects.rectangle(page, "/TrimBox") for page in evidence.reader.pages]
    # A wide page among portrait ones is turned when it is imposed.
    sizes = {tuple(sorted((round(box.right - box.left), round(box.top - box.bottom)))) for box in boxes}
    if len(sizes) > 1:
        yield Finding(f"pages are trimmed to {len(sizes)} different sizes", hint="trim all pages to the same size")
    for width, height in sorted(sizes):
        if not any(abs(width - w) < 2 and abs(height - h) < 2 for w, h in map(sorted, _TRIMS.values())):
            yield Finding(f"{width / MM:.0f} × {height / MM:.0f} mm is not a common trim size")
    declared = objects.dictionary(evidence.root.get("/ViewerPreferences")).get("/Direction")
    if sum(page.right_to_left for page in evidence.pages) * 2 > len(evidence.pages) and declared != "/R2L":
        yield Finding("the pages read from right to left, but are not marked for binding on the right", hint=_HINT)
