"""Rules about how pages follow one another: folios, heads, notes, numbers."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document import WESTERN, Severity
from masthead.pdf import Evidence, RunningText
from masthead.preflight.rules import Fault, Rule


def folios(evidence: Evidence) -> Iterator[Fault]:
    """Every page but the first bears its number, in one style: `n/N` with the true total, or `n` alone.

    New York prints `2/6` from page 2 on, Geneva `2`; the first page bears none.
    """
    facts = evidence.facts
    by_page = {folio.page: folio for folio in facts.folios}
    if 1 in by_page:
        yield Fault(f"page one bears a folio: {by_page[1].text}", page=1, where="foot", box=by_page[1].box)
    if facts.folio_style == "mixed":
        yield Fault("folios are partly n/N, partly n", where="foot")
    for page in evidence.pages[1:]:
        folio = by_page.get(page.number)
        if folio is None:
            yield Fault("the page bears no folio", page=page.number, where="foot")
            continue
        number, _, total = folio.text.translate(WESTERN).partition("/")
        if int(number) != page.number or (total and int(total) != facts.pages):
            what = f"the folio says {folio.text}, the page is {page.number} of {facts.pages}"
            yield Fault(what, page=page.number, where="foot", box=folio.box)


def sides(evidence: Evidence) -> Iterator[Fault]:
    """Symbol and folio stand at the outer edge, the job number at the inner one.

    Page one of a left-to-right document is a right-hand page, so even pages have their outer edge at the left; a
    right-to-left document is bound at the right and has it at the right.
    """
    facts = evidence.facts
    outer = ("left", "right") if facts.direction == "ltr" else ("right", "left")

    def wrong(head: RunningText, at: str, name: str) -> Iterator[Fault]:
        if head.side != at:
            yield Fault(
                f"the {name} {head.text} stands at the {head.side}, not at the {at}", page=head.page, where=name
            )

    for head in facts.running_heads:
        if head.text == facts.symbol:
            yield from wrong(head, outer[head.page % 2], "running head")
    for head in facts.folios:
        yield from wrong(head, outer[head.page % 2], "folio")
    for head in facts.running_jobs:
        yield from wrong(head, outer[1 - head.page % 2], "job number")


def notes(evidence: Evidence) -> Iterator[Fault]:
    """Every note begins on the page of its first call, and every call has its note. A table's stand below its end.

    A document whose notes all follow its text, as Geneva's reports have them, is read as one with endnotes.
    """
    numbered = [note for note in evidence.facts.notes if note.mark.isdigit()]
    calls = [page for note in numbered for page in note.calls]
    ends = bool(calls) and len(numbered) > 1 and all(note.page >= max(calls) for note in numbered)
    for note in evidence.facts.notes:
        if not note.calls and not note.mark.startswith("*"):
            yield Fault(f"note {note.mark} is never called", page=note.page, where=f"note {note.mark}", box=note.box)
        elif note.mark.isdigit() and note.calls and note.page != note.calls[0] and not ends:
            yield Fault(
                f"note {note.mark} stands on page {note.page}, its first call on page {note.calls[0]}",
                page=note.page,
                where=f"note {note.mark}",
                hint="let the text flow, or divide the note",
                box=note.box,
            )


RULES = (
    Rule("structure.folios", Severity.ERROR, folios),
    Rule("structure.sides", Severity.ERROR, sides),
    Rule("structure.notes", Severity.ERROR, notes),
)
