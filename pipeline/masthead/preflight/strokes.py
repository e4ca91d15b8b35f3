"""Rules about letters as drawn: those that join touch; none is squeezed, stretched, raised, coloured or struck."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from masthead.document import Finding, Rectangle, Rules, Severity, organizations
from masthead.pdf import (
    Character,
    DrawnLine,
    Evidence,
    Font,
    Page,
    Sign,
    Summaries,
    TextRun,
    direction,
    drawings,
    meanings,
    places,
    spots,
)
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN, Need.OUR_FONTS)
SPACED = 0.12  # of the size
THIN, SHORTEST, INSIDE = 2.0, 6.0, 0.5  # points: a line that strikes text, and how far inside of letters it is
UNDER = 4.0  # points below the baseline: rules of tables are further from their text
WHITE = 250  # of 255 greys
GAP = 50.0  # thousandths of the font size: joined letters overlap by as much in Amiri; kerning is less than 20
_HINT = "set the text in the proportions of its font"
_TO_THE_RIGHT, _TO_THE_LEFT = {"medi", "fina"}, {"init", "medi"}


@RULES.rule("script.joins", Severity.ERROR)
def joins(evidence: Evidence) -> Iterator[Finding]:
    """Arabic letters that join touch: neither kerning nor letter-spacing moves them apart, or into each other, by more
    than a twentieth of their size.

    The letters may have the right forms although the stroke between them is broken. The rule looks at kerning between
    the codes of one run of text, in right-to-left documents and in the bundled fonts, whose tables say what each code
    draws.
    """
    if evidence.facts.direction != "rtl":
        return
    suspected: list[tuple[Page, TextRun]] = []
    separated: dict[Font, set[int]] = defaultdict(set)
    for page, runs in zip(evidence.pages, evidence.runs, strict=True):
        for run in runs:
            if run.font and (run.spacing or run.kerning):
                codes = run.codes
                before = codes if run.spacing else [codes[at - 1] for at, back in run.kerning if not -GAP < back < GAP]
                if before:
                    separated[run.font].update(before)
                    suspected.append((page, run))
    if not suspected:
        return
    summaries = {font: known.summaries for font in separated if (known := evidence.known_fonts.of(font))}
    joined = {font: {code for code in separated[font] if _may_join(seen, code)} for font, seen in summaries.items()}
    for page, run in suspected:
        if run.font not in joined or joined[run.font].isdisjoint(run.codes):
            continue
        if gap := _gap(run, summaries[run.font]):
            what = f"are {gap:.2f} of their size apart" if gap > 0 else f"overlap by {-gap:.2f} of their size"
            text, box = spots.text(page, run.content), spots.box(page, run.content)
            yield Finding(f"joined letters {what}", page.number, text, "set Arabic without letter-spacing", box)


def _may_join(summaries: Summaries, code: int) -> bool:
    """Whether a code ends in a letter that joins the next on its right, or only draws a mark."""
    signs = summaries[code].signs
    return not signs or _joins(signs[-1], _TO_THE_RIGHT)


def _joins(sign: Sign, forms: set[str]) -> bool:
    """Whether a sign is certainly a letter in one of the forms."""
    found = {letter[1:] for letter in sign} & meanings.FORMS
    return bool(found) and found <= forms


def _gap(run: TextRun, summaries: Summaries) -> float:
    """The first gap between joined letters, as a fraction of their size; negative if they overlap."""
    kerning = defaultdict(float, {at: -back / 1000 for at, back in run.kerning})
    spacing = run.spacing / run.size if run.size else 0.0
    for at in range(1, len(run.codes)) if spacing else sorted(kerning):
        gap = kerning[at] + spacing
        if abs(gap) >= GAP / 1000:
            left, right = _nearest(summaries, run.codes[at - 1 :: -1]), _nearest(summaries, run.codes[at:])
            if left and right and _joins(left[-1], _TO_THE_RIGHT) and _joins(right[0], _TO_THE_LEFT):
                return gap
    return 0.0


def _nearest(summaries: Summaries, codes: Sequence[int]) -> Sequence[Sign]:
    """The signs of the first code that is not only a mark."""
    return next((summaries[code].signs for code in codes if summaries[code].signs), ())


@RULES.rule("script.shape", Severity.ERROR)
def shape(evidence: Evidence) -> Iterator[Finding]:
    """Letters are drawn in the proportions of their font, neither squeezed nor stretched, upright and not
    mirrored. Only letters smaller than their neighbours, such as note calls, are raised or lowered. The heads and feet
    of a landscape page are turned by 90 degrees, as those of a portrait page that is turned."""
    for page, runs in zip(evidence.pages, evidence.runs, strict=True):
        odd = [at for at, run in enumerate(runs) if run.rise or run.matrix[0] != run.matrix[3] or any(run.matrix[1:3])]
        if page.width > page.height:
            odd = [at for at in odd if runs[at].content is not None or not _is_turned(runs[at])]
        found = [(runs[at].content, what) for at in odd if (what := _distortion(runs, at))]
        found += [(run.content, f"drawn {run.scale:g} % wide") for run in runs if abs(run.scale - 100) > 1]
        found += [(run.content, "letter-spaced") for run in runs if abs(run.spacing) > SPACED * run.size]
        for number, what in found:
            where, box = spots.text(page, number), spots.box(page, number)
            yield Finding(f"text is {what}", page.number, where, _HINT, box)


def _is_turned(run: TextRun) -> bool:
    """Whether text is turned clockwise by 90 degrees, in the proportions of its font."""
    across, down, up, along = run.matrix[:4]
    return not (across or along) and down == -up < 0


def _distortion(runs: Sequence[TextRun], at: int) -> str:
    """How the text of a run differs from the proportions of its font, in words; empty if it does not."""
    run = runs[at]
    across, upright = abs(run.matrix[0]), abs(run.matrix[3])
    if abs(run.matrix[1]) > 0.01 * upright or abs(run.matrix[2]) > 0.01 * upright:
        return "turned or slanted"
    if run.matrix[0] < 0 or run.matrix[3] < 0:
        return "mirrored"
    if upright and across and abs(across / upright - 1) > 0.01:
        return f"drawn {100 * across / upright:.0f} % wide"
    beside = [other.size for other in (*runs[max(at - 1, 0) : at], *runs[at + 1 : at + 2]) if not other.rise]
    if abs(run.rise) > run.size / 20 and any(run.size > 0.8 * size for size in beside):
        return f"{'raised' if run.rise > 0 else 'lowered'} by {abs(run.rise * upright):.1f} pt"
    return ""


@RULES.rule("script.colour", Severity.ERROR)
def colour(evidence: Evidence) -> Iterator[Finding]:
    """Text is black on white, and links may be blue; its letters are filled, not drawn as outlines. Another look says
    what the document does not say. In a figure, any colour may be. The masthead of another organization than the United
    Nations may be in its colours."""
    figures = _figures(evidence)
    for page, text in zip(evidence.pages, evidence.texts, strict=True):
        for content in (each for each in text.coloured if (page.number, each) not in figures):
            where, box = spots.text(page, content), spots.box(page, content)
            if _is_letterhead(page, box):
                continue
            yield Finding("text is neither black nor a blue link", page.number, where, "set all text in black", box)
        for content in (each for each in text.outlined if (page.number, each) not in figures):
            where, box = spots.text(page, content), spots.box(page, content)
            yield Finding("letters are drawn as outlines", page.number, where, "fill the letters", box)
        for drawing in page.drawings:
            left, top, right, bottom = drawing.box
            if drawing.kind == drawings.AREA and drawing.shade < WHITE and min(right - left, bottom - top) > THIN:
                on_it = (line for line in page.lines if top < (line.box[1] + line.box[3]) / 2 < bottom)
                there = (_within(page, line, left, right, figures, tagged=bool(evidence.tree))[1] for line in on_it)
                if words := next(filter(None, there), ""):
                    yield Finding(
                        "text is on a coloured or grey area",
                        page.number,
                        words[:40],
                        "remove the area, or make it white",
                        drawing.box,
                    )


def _is_letterhead(page: Page, box: Rectangle | None) -> bool:
    """Return whether a place is in the masthead of an organization that has its own."""
    organization = organizations.current()
    return bool(box and page.number == 1 and organization.sheets and box[3] < places.MASTHEAD)


@RULES.rule("script.struck", Severity.ERROR)
def struck(evidence: Evidence) -> Iterator[Finding]:
    """No line goes through text, as if it were deleted, or is close under it, as if it were underlined.
    In a figure, lines may be anywhere. Where the structure says that text was deleted (`Del`) or inserted (`Ins`),
    lines show it."""
    figures = _figures(evidence)
    shown = {kind: {place for place, own in evidence.revised.items() if own == kind} for kind in ("Ins", "Del")}
    for page in evidence.pages:
        for drawing in page.drawings:
            left, top, right, bottom = drawing.box
            if bottom - top > THIN or right - left < SHORTEST:
                continue
            for line in page.lines:
                if not (
                    line.box[1] < top and bottom < line.baseline + UNDER and line.left < right and left < line.right
                ):
                    continue
                along, words = _within(page, line, left, right, figures, tagged=bool(evidence.tree))
                kind = "Ins" if (top + bottom) / 2 > line.baseline else "Del"
                along = [each for each in along if (page.number, each.content) not in shown[kind]]
                crossed = [each for each in along if each.top + INSIDE < top and bottom < each.bottom - INSIDE]
                if len(along) > 2 and (top > line.baseline or 2 * len(crossed) > max(len(along), 4)):
                    message = f"a line {'is under' if top > line.baseline else 'goes through'} text"
                    hint = "remove the line or the text"
                    yield Finding(message, page.number, words[:40], hint, spots.around(along))


def _figures(evidence: Evidence) -> set[tuple[int, int | None]]:
    """The marked content of figures, with its pages."""
    figures = (element for element in evidence.tree if element.kind == "Figure")
    return {(piece.page, piece.number) for figure in figures for piece in figure.pieces}


def _within(
    page: Page,
    line: DrawnLine,
    left: float,
    right: float,
    figures: Collection[tuple[int, int | None]],
    *,
    tagged: bool,
) -> tuple[list[Character], str]:
    """The characters of a line between two sides, except those in figures, and their text."""
    # A chart has a form of its own for each text in it, in which no content is marked. A plain file says of no form
    # what it is.
    has_figure = not tagged or any(number == page.number for number, _ in figures)
    forms = [each.box for each in page.drawings if each.kind == drawings.FORM] if has_figure else []
    found = [
        each
        for each in line.characters
        if left < (each.left + each.right) / 2 < right
        and (page.number, each.content) not in figures
        and not any(drawings.is_inside(spots.around([each]), box) for box in forms)
    ]
    return found, direction.reading_order(found, right_to_left=page.right_to_left) if found else ""
