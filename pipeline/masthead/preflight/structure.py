"""Rules about the sequence of pages: folios, running heads, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from masthead.document import WESTERN, Finding, Rectangle, Rules, Severity
from masthead.pdf import Evidence, Page, PlacedNote, RunningText, drawings
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.LAYOUT)


@RULES.rule("structure.folios", Severity.ERROR)
def folios(evidence: Evidence) -> Iterator[Finding]:
    """Every page except the first has a folio (its printed number), in one style: `n/N` with the true total, or `n`.

    New York prints `2/6` from page 2 on, Geneva `2`; the first page has no folio.
    """
    facts = evidence.facts
    by_page = {folio.page: folio for folio in facts.folios}
    if 1 in by_page:
        yield Finding(f"page one has a folio: {by_page[1].text}", 1, "foot", box=by_page[1].box)
    if facts.folio_style == "mixed":
        yield Finding("some folios have the form n/N, others only n", where="foot")
    for page in evidence.pages[1:]:
        folio = by_page.get(page.number)
        if folio is None:
            yield Finding("the page has no folio", page.number, "foot")
            continue
        number, _, total = folio.text.translate(WESTERN).partition("/")
        if int(number) != page.number or (total and int(total) != facts.pages):
            message = f"the folio is {folio.text}, but this is page {page.number} of {facts.pages}"
            yield Finding(message, page.number, "foot", box=folio.box)


@RULES.rule("structure.sides", Severity.ERROR)
def sides(evidence: Evidence) -> Iterator[Finding]:
    """The symbol and the folio are at the outer edge of the page, the job number is at the inner edge.

    Page one of a left-to-right document is a right-hand page, so the outer edge of even pages is the left one. A
    right-to-left document is bound on the right, so the outer edge of its even pages is the right one.
    """
    facts = evidence.facts
    outer = ("left", "right") if facts.direction == "ltr" else ("right", "left")

    def wrong(head: RunningText, at: str, name: str) -> Iterator[Finding]:
        if head.side != at:
            yield Finding(f"the {name} {head.text} is on the {head.side}, not on the {at}", head.page, name)

    for head in facts.running_heads:
        if head.text == facts.symbol:
            yield from wrong(head, outer[head.page % 2], "running head")
    for head in facts.folios:
        yield from wrong(head, outer[head.page % 2], "folio")
    for head in facts.running_jobs:
        yield from wrong(head, outer[1 - head.page % 2], "job number")


@RULES.rule("structure.notes", Severity.ERROR)
def notes(evidence: Evidence) -> Iterator[Finding]:
    """Every note has a call, and begins on the page of its first call. The notes of a table are below its end.

    If all notes follow the text, as in Geneva's reports, they are endnotes, and may be on a later page.
    """
    endnotes = set(_endnote_series(evidence.facts.notes))
    for note in evidence.facts.notes:
        where = f"note {note.mark}"
        if not note.calls and not note.mark.startswith("*"):
            if not note.mark.isdigit() and _has_picture_above(evidence.pages[note.page - 1], note.box):
                continue  # in which its call may be
            yield Finding(f"{where} is never called", note.page, where, box=note.box)
        elif note.mark.isdigit() and note.calls and note.page != note.calls[0] and note.since not in endnotes:
            message = f"{where} is on page {note.page}, but its first call is on page {note.calls[0]}"
            yield Finding(message, note.page, where, "let the text flow, or divide the note", note.box)


def _endnote_series(notes: Sequence[PlacedNote]) -> Iterator[int]:
    """Yield the first page of each series of notes that follows all of the text that calls them."""
    for since in {note.since for note in notes}:
        numbered = [note for note in notes if note.since == since and note.mark.isdigit()]
        calls = [page for note in numbered for page in note.calls]
        if calls and len(numbered) > 1 and all(note.page >= max(calls) for note in numbered):
            yield since


def _has_picture_above(page: Page, box: Rectangle) -> bool:
    """Whether a picture or a drawing that can hold text is above a place on the page."""
    return any(each.box[3] < box[3] and drawings.is_figure(each) for each in page.drawings)
