"""Rules about letters as they are drawn: those that join touch, and none is squeezed, stretched or raised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pikepdf

from masthead.document import Severity
from masthead.pdf import DAMAGE, Evidence, Font, Page, Sign, Summaries, TextRun, meanings, resources, spots
from masthead.preflight.rules import Fault, Rule

_PLAIN = "set the text as its font has it"
GAP = 50.0  # thousandths of the size: joined letters overlap by as much in Amiri; they are kerned by less than 20
_TO_THE_RIGHT, _TO_THE_LEFT = {"medi", "fina"}, {"init", "medi"}


def joins(evidence: Evidence) -> Iterator[Fault]:
    """Arabic letters that join touch: neither kerning nor letter-spacing parts them, or pushes one into another, by
    more than a twentieth of their size.

    The forms may be right where the stroke is torn. Kerning is that between the codes of one run of a right-to-left
    document in the project's fonts, whose tables say what each code draws.
    """
    if evidence.facts.direction != "rtl":
        return
    suspected: list[tuple[Page, TextRun]] = []
    parted: dict[Font, set[int]] = defaultdict(set)
    for page, runs in zip(evidence.pages, evidence.runs, strict=True):
        for run in runs:
            if run.font and (run.spacing or run.kerning):
                codes = run.codes
                before = codes if run.spacing else [codes[at - 1] for at, back in run.kerning if not -GAP < back < GAP]
                if before:
                    parted[run.font].update(before)
                    suspected.append((page, run))
    if not suspected:
        return
    summaries = {font: known.summaries for font in parted if (known := evidence.known_fonts.of(font))}
    joined = {font: {code for code in parted[font] if _may_join(seen, code)} for font, seen in summaries.items()}
    for page, run in suspected:
        if (
            run.font in joined
            and not joined[run.font].isdisjoint(run.codes)
            and (gap := _torn(run, summaries[run.font]))
        ):
            box = spots.box(page, run.content)
            what = "torn apart" if gap > 0 else "pushed into one another"
            yield Fault(
                f"joined letters are {what} by {abs(gap):.2f} of their size",
                page.number,
                spots.text(page, run.content),
                "set Arabic without letter-spacing",
                box,
            )


def _may_join(summaries: Summaries, code: int) -> bool:
    """Whether a code ends in a letter that is joined to the next on its right, or in no letter at all: in a mark."""
    signs = summaries[code].signs
    return not signs or _joins(signs[-1], _TO_THE_RIGHT)


def _joins(sign: Sign, forms: set[str]) -> bool:
    """Whether a sign is certainly a letter in one of the forms."""
    found = {letter[1:] for letter in sign} & meanings.FORMS
    return bool(found) and found <= forms


def _torn(run: TextRun, summaries: Summaries) -> float:
    """The first gap between joined letters, in parts of their size; negative where they overlap."""
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
    """What the first of the codes stands for that is more than a mark."""
    return next((summaries[code].signs for code in codes if summaries[code].signs), ())


def shape(evidence: Evidence) -> Iterator[Fault]:
    """Letters are drawn as their font has them: neither narrowed nor widened, and none is raised or lowered that is as
    large as its neighbours."""
    for page, runs, content in zip(evidence.pages, evidence.runs, evidence.contents, strict=True):
        odd = [at for at, run in enumerate(runs) if run.rise or abs(run.matrix[0]) != abs(run.matrix[3])]
        for at in odd:
            if what := _distortion(runs, at):
                where = spots.text(page, runs[at].content)
                yield Fault(f"text is {what}", page.number, where, _PLAIN, spots.box(page, runs[at].content))
        if b"Tz" in content:
            for number, scale in _scaled(evidence.file.pages[page.number - 1]):
                what = f"text is drawn {scale:g} % wide"
                yield Fault(what, page.number, spots.text(page, number), _PLAIN, spots.box(page, number))


def _distortion(runs: Sequence[TextRun], at: int) -> str:
    run = runs[at]
    across, upright = abs(run.matrix[0]), abs(run.matrix[3])
    if upright and across and abs(across / upright - 1) > 0.01:
        return f"drawn {100 * across / upright:.0f} % wide"
    beside = [other.size for other in (*runs[max(at - 1, 0) : at], *runs[at + 1 : at + 2]) if not other.rise]
    if abs(run.rise) > run.size / 20 and any(run.size > 0.8 * size for size in beside):
        return f"{'raised' if run.rise > 0 else 'lowered'} by {abs(run.rise * upright):.1f} pt"
    return ""


def _scaled(page: pikepdf.Page) -> Iterator[tuple[int | None, float]]:
    """The marked content that is shown narrower or wider than its font, and how wide."""
    scale, stack = 100.0, list[float]()
    inside: list[int | None] = [None]
    properties = resources.dictionary(resources.dictionary(page.obj.get("/Resources")).get("/Properties"))
    try:
        for instruction in pikepdf.parse_content_stream(page, "q Q Tz BDC BMC EMC TJ Tj ' \""):
            match str(instruction.operator):
                case "q":
                    stack.append(scale)
                case "Q":
                    scale = stack.pop() if stack else scale
                case "Tz":
                    scale = float(instruction.operands[0])
                case "BDC" | "BMC":
                    named = instruction.operands[-1]
                    entries = resources.dictionary(properties.get(named) if isinstance(named, pikepdf.Name) else named)
                    inside.append(entries.get_int("/MCID", inside[-1]))
                case "EMC":
                    inside[1:] = inside[1:-1]
                case _ if abs(scale - 100) > 1:
                    yield inside[-1], scale
    except DAMAGE:
        return  # which `archive.sound` tells


RULES = (
    Rule("script.joins", Severity.ERROR, joins),
    Rule("script.shape", Severity.ERROR, shape),
)
