"""The rule that text is visible.

A quick look at the content of a page says whether anything in it could hide text. Only then is the page drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document import Finding, Rectangle, Rules, Severity
from masthead.pdf import Character, DrawnLine, Evidence, Page, direction, spots, visibility
from masthead.preflight.excerpts import excerpt
from masthead.preflight.needs import Need

RULES = Rules[Evidence]()
SMALLEST = 4.0  # points: half of the smallest type in documents, a third less than that of note calls in it
MOST = 40  # pages that are drawn: more than most documents have, in a fraction of the time that preflight may take
DARK = 192  # of 255 greys: on a lighter ground, black text can be read
THIN = 2.0  # points: a line no thicker hides no text
_HINT = "look at the page, and at what is drawn over its text"


@RULES.rule("completeness.visible", Severity.ERROR, Need.OWN_SHEET)
def visible(evidence: Evidence) -> Iterator[Finding]:
    """All text is visible. No text is transparent, in the colour of its background, too small to read (below 4 pt),
    clipped, in a hidden layer or one that is not printed, or covered.

    Screen readers and searches find all text, so readers who see the page must find the same. Pages that contain
    anything that can hide text, at most 40 of a file, are drawn with their text and without it.
    """
    for page in evidence.pages:
        for line in page.lines:
            if line.size < SMALLEST:
                message = f"text of {line.size:.1f} pt: {excerpt(line.text)}"
                yield Finding(message, page.number, hint=_HINT, box=line.box)
    layers = "/OCProperties" in evidence.root
    contents = zip(evidence.pages, evidence.texts, strict=True)
    suspected = [page for page, text in contents if layers or text.may_be_hidden or _is_covered(page)]
    seen: set[int] = set()
    for printed in (False, True) if layers else (False,):
        for page, hidden in visibility.unseen(evidence.pdf, suspected[:MOST], printed=printed) if suspected else ():
            if hidden and page.number not in seen:
                seen.add(page.number)
                yield from _hidden(page, hidden, "not printed" if printed else "hidden")


def _hidden(page: Page, hidden: list[tuple[DrawnLine, list[Character]]], how: str) -> Iterator[Finding]:
    """The findings of one page: a single one if most of its text is hidden. `how` says so."""
    count = sum(len(characters) for _, characters in hidden)
    if count > 20 and 2 * count > sum(len(span.characters) for line in page.lines for span in line.spans):
        yield Finding(f"most text of the page is {how}", page.number, hint=_HINT)
        return
    for line, characters in hidden:
        if len(characters) > 1:
            box = spots.around(characters)
            first, last = box[0] - 0.1, box[2] + 0.1
            within = [c for span in line.spans for c in span.characters if first < c.left and c.right < last]
            text = direction.reading_order(within or characters, right_to_left=page.right_to_left)
            yield Finding(f"text is {how}: {excerpt(text)}", page.number, line.text[:40], _HINT, box)


def _is_covered(page: Page) -> bool:
    """Whether an area or a picture that is drawn after some text, or darkens the ground of text drawn later, covers a
    good part of a glyph."""
    late = (drawing.box for drawing in page.drawings if drawing.after_text or drawing.shade < DARK)
    covers = [box for box in late if box[2] - box[0] > THIN and box[3] - box[1] > THIN]
    return any(
        _share(character, box) > visibility.COVERED
        for box in covers
        for line in page.lines
        if line.left < box[2] and box[0] < line.right and line.box[1] < box[3] and box[1] < line.box[3]
        for character in line.characters
    )


def _share(shown: Character, box: Rectangle) -> float:
    """The share of a character's box that is inside another box."""
    across = min(shown.right, box[2]) - max(shown.left, box[0])
    down = min(shown.bottom, box[3]) - max(shown.top, box[1])
    area = (shown.right - shown.left) * (shown.bottom - shown.top)
    return max(across, 0.0) * max(down, 0.0) / area if area else 0.0
