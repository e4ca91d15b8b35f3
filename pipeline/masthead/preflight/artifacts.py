"""Rules about text outside the structure: what the structure tree lacks, and what running heads say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain
from unicodedata import normalize

from masthead.document import Direction, Finding, Language, Rectangle, Rules, Severity
from masthead.page import reorder, resolve_printed
from masthead.pdf import Character, Drawing, DrawnLine, Evidence, MarkedContent, Page, direction, drawings, spots
from masthead.pdf import places as pdf_places
from masthead.preflight.excerpts import plain
from masthead.preflight.identity import budget_section
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.STRUCTURE, Need.OUR_TAGS)
SMALLEST = 4.0  # points
MANY = 3  # lines: if a page lacks more than these, and most of its text, there is one finding for the whole page
_HINT = "tag it as text of the document"
LackingLine = tuple[DrawnLine, list[Character]]
"""A line, and those of its characters that the structure lacks."""
_LEADERS = frozenset(".․…· ")


@RULES.rule("structure.running-titles", Severity.ERROR, Need.LAYOUT)
def running_titles(evidence: Evidence) -> Iterator[Finding]:
    """The running heads repeat the symbol and the title letter for letter, though they may cut the title short.

    Those of a section of the budget repeat its part and section, which are on page one.
    """
    names = [_letters(element.text) for element in evidence.tree if element.kind.startswith("H")]
    if not names:
        return
    names += [_letters(evidence.facts.symbol), _letters(title := evidence.metadata["dc:title"])]
    if budget_section(evidence.facts.symbol):
        names += [_letters(element.text) for element in evidence.tree if 1 in element.pages]
    if evidence.facts.direction == Direction.RTL:
        # Not every number can be read from a page: 2020/2021 in Western digits is drawn as 2021/2020.
        names.append(_letters("".join(reorder(title, resolve_printed(title, Language.ARABIC)))))
    lines = {(page.number, line.box): line for page in evidence.pages for line in page.lines}
    for head in evidence.facts.running_heads:
        line = lines.get((head.page, head.box))
        drawn = "".join(char.text for span in line.spans for char in span.characters) if line else head.text
        if not any(_letters(text) in name for name in names for text in (head.text, drawn)):
            message = f"the running head is neither the symbol nor the title: {head.text[:60]}"
            yield Finding(message, head.page, "running head", "set the running head from the title", head.box)


def _letters(text: str) -> str:
    """Return what is compared of a text. A fraction may be read from the page as its digits."""
    return plain(normalize("NFKC", text))


@RULES.rule("completeness.structure", Severity.ERROR, Need.SCREEN)
def structure(evidence: Evidence) -> Iterator[Finding]:
    """The structure tree contains all text of the pages. Exceptions are running heads and feet, the dots and page
    numbers of a table of contents, table heads repeated on a later page, and the letters in a drawing for which an
    alternative text stands. All text in the structure is on a page.

    Screen readers do not read text that the structure lacks, whatever it says (ISO 14289-1, 7.1).
    """
    if evidence.structure is None:
        return
    held = evidence.held
    if lost := sum(content.page is None for content in held):
        message = f"{lost} pieces of text in the structure are on no page of the file"
        yield Finding(message, hint="export the PDF again from its source")
    for page, runs in zip(evidence.pages, evidence.runs, strict=True):
        top, foot = _zone(page)
        loose = {run.content for run in runs if run.content is None or (page.number, run.content) not in held}
        places = (page.height - run.matrix[5] for run in runs if run.content in loose)
        # Most pages lack nothing: compare glyph by glyph only if some run or drawing may be outside the structure.
        if not any(top < place < foot for place in places) and not any(map(_may_hold_text, page.drawings)):
            continue
        leaders = {line.baseline for line in page.lines if _has_leader(page, line, held)}
        described = (each for each in evidence.tree if each.kind == "Figure" and each.alternative.strip())
        pictured = any(page.number in each.pages for each in described)
        frames = [drawing.box for drawing in page.drawings if drawing.kind == drawings.FORM] if pictured else []
        lines = [
            (line, _outside(_left_out(page, line, held, leaders), frames))
            for line in page.lines
            if top < line.baseline < foot
        ]
        left_out = list(_except_table_head(evidence, lines))
        if len(left_out) > MANY and 2 * len(left_out) > len(lines):
            yield Finding(f"{len(left_out)} lines of the page are missing from the structure", page.number, hint=_HINT)
            continue
        for line, characters in left_out:
            text = direction.reading_order(characters, right_to_left=page.right_to_left)
            message = f"text is missing from the structure: {text[:40]}"
            yield Finding(message, page.number, line.text[:40], _HINT, spots.around(characters))


def _outside(characters: list[Character], frames: Sequence[Rectangle]) -> list[Character]:
    """The characters that are in none of the frames. A chart has a frame of its own for each text in it."""
    return [each for each in characters if not any(drawings.is_inside(spots.around([each]), frame) for frame in frames)]


def _may_hold_text(drawing: Drawing) -> bool:
    """Whether a drawing has a content stream of its own and is high enough for a line of text."""
    return drawing.kind == drawings.FORM and drawing.box[3] - drawing.box[1] > SMALLEST


def _zone(page: Page) -> tuple[float, float]:
    """The heights between which a page has text of the document. On page one these include masthead and imprint."""
    return (0.0, page.height) if page.number == 1 else (pdf_places.HEAD, pdf_places.foot(page))


def _loose(page: Page, line: DrawnLine, held: Container[MarkedContent]) -> list[Character]:
    loose = {content for content in line.contents if (page.number, content) not in held}
    return [each for each in line.characters if each.content in loose] if loose else []


def _has_leader(page: Page, line: DrawnLine, held: Mapping[MarkedContent, bool]) -> bool:
    """Whether a line has dots that the structure lacks: a single one after text that almost fills its line.

    An entry of a table of contents that fills its line has none: it is a link as a whole.
    """
    contents = {each.content for each in line.characters if each.text.strip()}
    if contents and all(content is not None and held.get(MarkedContent(page.number, content)) for content in contents):
        return True
    loose = _loose(page, line, held)
    dots = sum(_LEADERS.issuperset(each.text) for each in loose)
    return dots > 2 or 0 < dots <= len(loose) < sum(1 for _ in line.characters)


def _left_out(
    page: Page, line: DrawnLine, held: Container[MarkedContent], leaders: Container[float]
) -> list[Character]:
    """The characters of a line that the structure lacks; none for the leader and page number of a contents line.

    `leaders` are the baselines that have a leader. The page number after it may be a line of its own.
    """
    loose = _loose(page, line, held)
    shown = [each for each in loose if not _LEADERS.issuperset(each.text)]
    is_folio = line.baseline in leaders and all(each.text.isdigit() for each in shown)
    return [] if is_folio or not shown else loose


def _except_table_head(evidence: Evidence, lines: Sequence[LackingLine]) -> Iterator[LackingLine]:
    """The lines that lack something, except those at the top of a column that repeat the words of a table head."""
    loose = [(line, lacking) for line, lacking in lines if lacking]
    whole = [line for line, lacking in lines if not lacking]
    start = min((line.baseline for line in whole), default=0.0)
    above = [(line, lacking) for line, lacking in loose if line.baseline < start]
    # In the next column of the page, a head is beside itself.
    shown = {(line.text, round(line.baseline)) for line in whole}
    loose = [(line, lacking) for line, lacking in loose if (line.text, round(line.baseline)) not in shown]
    heads = Counter(chain.from_iterable(filter(str.isalnum, e.text) for e in evidence.tree if e.kind == "TH"))
    repeated = Counter(chain.from_iterable(filter(str.isalnum, line.text) for line, _ in above))
    yield from (each for each in loose if each not in above or not repeated <= heads)
