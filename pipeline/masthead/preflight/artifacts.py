"""Rules about text that is seen and not read: what is in no structure, and what heads and feet say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import chain

from masthead.document import Severity
from masthead.pdf import Character, Drawing, DrawnLine, Evidence, MarkedContent, Page, direction, drawings, spots, xmp
from masthead.pdf import places as pdf_places
from masthead.preflight.rules import Fault, Rule

SMALLEST = 4.0  # points
MANY = 3  # lines: where more of a page are left out, and most of it, they are told of together
_HINT = "mark it as text of the document"
_LEADERS = frozenset(".․…· ")


def structure(evidence: Evidence) -> Iterator[Fault]:
    """All text of the pages is read: none is left out of the structure but running heads and feet, the dots that lead
    to a page number and that number, and the head of a table that goes on from the page before. And all that is read is
    on a page.

    What the structure lacks no screen reader says; it may say anything at all on the page (ISO 14289-1, 7.1).
    """
    if evidence.structure is None:
        return
    held = evidence.held
    if lost := sum(content.page is None for content in held):
        yield Fault(
            f"the structure has {lost} pieces of text on no page of the file", hint="get the file again from its source"
        )
    for page, runs in zip(evidence.pages, evidence.runs, strict=True):
        top, foot = _zone(page)
        loose = {run.content for run in runs if run.content is None or (page.number, run.content) not in held}
        places = (page.height - run.matrix[5] for run in runs if run.content in loose)
        if not any(top < place < foot for place in places) and not any(map(_may_hold_text, page.drawings)):
            continue
        lines = [(line, _left_out(page, line, held)) for line in page.lines if top < line.baseline < foot]
        left_out = list(_but_table_head(evidence, page, lines))
        if len(left_out) > MANY and 2 * len(left_out) > len(lines):
            yield Fault(f"{len(left_out)} lines of the page are in no structure", page.number, hint=_HINT)
            continue
        for line, cells in left_out:
            text = direction.reading_order(cells, backwards=page.right_to_left)
            yield Fault(
                f"text that is in no structure: {text[:40]}",
                page.number,
                line.text[:40],
                _HINT,
                spots.around(cells),
            )


def _may_hold_text(drawing: Drawing) -> bool:
    """Whether a drawing is one of its own, whose content is not among the page's, and high enough for a line."""
    return drawing.kind == drawings.FORM and drawing.box[3] - drawing.box[1] > SMALLEST


def _zone(page: Page) -> tuple[float, float]:
    """Between which heights a page has text of the document. The masthead and the imprint are text of it too."""
    return (0.0, page.height) if page.number == 1 else (direction.HEAD, page.height - pdf_places.FOOT)


def _left_out(page: Page, line: DrawnLine, held: Container[MarkedContent]) -> list[Character]:
    """The glyphs of a line that the structure lacks; none in a table of contents, whose leaders lead to a number."""
    cells = chain.from_iterable(span.cells for span in (*line.spans, *line.raised))
    loose = [cell for cell in cells if (page.number, cell.content) not in held]
    shown = [cell for cell in loose if not _LEADERS.issuperset(cell.text)]
    leads = len(loose) - len(shown) > 2 and all(cell.text.isdigit() for cell in shown)
    return [] if leads or not shown else loose


def _but_table_head(
    evidence: Evidence, page: Page, lines: Iterable[tuple[DrawnLine, list[Character]]]
) -> Iterator[tuple[DrawnLine, list[Character]]]:
    """The lines in which something is left out, save those above all text that say what a table's head says."""
    loose = [(line, cells) for line, cells in lines if cells]
    whole = [line for line, cells in lines if not cells]
    start = min((line.baseline for line in whole), default=0.0)
    above = [(line, cells) for line, cells in loose if line.baseline < start]
    heads = Counter(chain.from_iterable(_letters(e.text) for e in evidence.tree if e.kind == "TH"))
    said = Counter(chain.from_iterable(_letters(line.text) for line, _ in above))
    yield from (each for each in loose if each not in above or not said <= heads)


def _letters(text: str) -> Iterator[str]:
    return filter(str.isalnum, text)


def running_titles(evidence: Evidence) -> Iterator[Fault]:
    """The heads of later pages repeat the symbol and the title, letter for letter, as far as they go."""
    names = [_plain(element.text) for element in evidence.tree if element.kind.startswith("H")]
    if not names:
        return
    names.append(_plain(evidence.facts.symbol))
    for head in evidence.facts.running_heads:
        text = _plain(head.text)
        if not any(text in name for name in names) and text not in _plain(xmp.said(evidence, f"{{{xmp.DC}}}title")):
            yield Fault(
                f"the running head is neither symbol nor title: {head.text[:60]}",
                head.page,
                "running head",
                "set the running head from the title",
                head.box,
            )


def _plain(text: str) -> str:
    return "".join(_letters(text.casefold()))


RULES = (Rule("completeness.structure", Severity.ERROR, structure),)
TITLES = (Rule("structure.running-titles", Severity.ERROR, running_titles),)
