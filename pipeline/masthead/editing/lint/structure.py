"""Rules about the structure of a document: numbers, ends of paragraphs, formula, emphasis, note calls."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from masthead.document import (
    DocumentType,
    Finding,
    NoteCall,
    NoteNumber,
    Rule,
    Rules,
    Severity,
    Strong,
    patterns,
    printed_notes,
)
from masthead.document.references import Unit
from masthead.editing.lint.manuscript import Manuscript

RULES = Rules[Manuscript]()
_RESOLUTIONS = (DocumentType.RESOLUTION, DocumentType.DRAFT)
_SEMICOLONS = frozenset(";؛；")
_CLOSERS = "”“»\"')）]"
_SHOWN = 40  # characters of a heading in a message
_UNNUMBERED = "paragraph-unnumbered"
_IN_ORDER = "The {} of a document are numbered in order, without gaps."


@RULES.rule("heading-order", Severity.ERROR, wrong="I. … III.", right="I. … II.")
def heading_order(manuscript: Manuscript) -> Iterator[Finding]:
    """The headings of a level are numbered without gaps, from 1 again under each higher heading."""
    counts: dict[int, int] = {}
    for unit in manuscript.units:
        if unit.kind in ("part", "annex"):
            counts = {}
        if unit.kind != "heading" or unit.number is None:
            continue
        counts = {level: count for level, count in counts.items() if level <= unit.level}
        last = counts.get(unit.level, 0)
        if unit.number != last + 1:
            message = f"the heading “{unit.text[:_SHOWN]}” has number {unit.number}, expected {last + 1}"
            yield manuscript.span(unit).finding(message, "correct the number, or restore what is missing")
        counts[unit.level] = unit.number


def _ordered(kind: str, manuscript: Manuscript) -> Iterator[Finding]:
    """The units of a kind whose number does not follow the one before. Appendices are numbered in each annex.

    An annex may count its tables and figures from 1.
    """
    last: dict[str, int] = {}
    annex = 0
    for unit in manuscript.units:
        if unit.kind == kind and unit.number is not None:
            name = unit.place.split()[0] if kind == "annex" else kind
            wanted = last.get(name, 0) + 1
            begins = unit.number == 1 and unit.scope[0] != annex
            annex = unit.scope[0]
            if unit.number != wanted and not begins:
                message = f"expected {name} {wanted}, found {name} {unit.number}"
                yield manuscript.span(unit).finding(message, "correct the number, or restore what is missing")
            if name == "annex":
                last.pop("appendix", None)
            last[name] = unit.number


RULES.extend(
    Rule(f"{kind}-order", Severity.ERROR, _IN_ORDER.format(kinds), partial(_ordered, kind), wrong=wrong, right=right)
    for kind, kinds, wrong, right in (
        ("table", "tables", "Table 1 … Table 3", "Table 1 … Table 2"),
        ("figure", "figures", "Figure II … Figure I", "Figure I … Figure II"),
        ("annex", "annexes", "Annex I … Annex III", "Annex I … Annex II"),
        ("part", "parts", "A … C", "A … B"),
    )
)


@RULES.rule(_UNNUMBERED, Severity.WARNING, wrong="1. … Invites …", right="1. … 2. Invites …")
def paragraph_unnumbered(manuscript: Manuscript) -> Iterator[Finding]:
    """If any operative paragraph is numbered, all are."""
    if any(finding.rule == _UNNUMBERED for finding in manuscript.document.findings):
        return  # the reader of transcripts has reported it
    numbered = {unit.scope for unit in manuscript.units if unit.kind == "operative" and unit.number}
    for unit in manuscript.units:
        if unit.kind == "operative" and unit.number is None and unit.scope in numbered:
            message = "the paragraph has no number, but others have"
            yield manuscript.span(unit, 0, 1).finding(message, "number it, or join it to the one before")


@RULES.rule(
    "paragraph-end", Severity.WARNING, wrong="1. Invites all cities to plant.", right="1. Invites all cities to plant;"
)
def paragraph_end(manuscript: Manuscript) -> Iterator[Finding]:
    """Preambular paragraphs end with a comma, operative paragraphs with a semicolon, the last paragraph of a resolution
    with a full stop.

    A paragraph with subparagraphs ends with a colon or comma; its subparagraphs end as the paragraph would.
    """
    if manuscript.document.type.like not in _RESOLUTIONS:
        return
    ends = manuscript.words["ends"]
    role = ""
    for unit in manuscript.units:
        if unit.kind in ("preambular", "operative"):
            role = unit.kind
        elif unit.kind != "item":
            role = "" if unit.kind in ("formula", "annex", "box", "closing") else role
            continue
        if not role or unit.place.startswith("annex"):
            continue
        whole = unit.text.rstrip()
        text = whole.rstrip(_CLOSERS)
        last, wanted = text[-1:], ends["last"] if unit.last else ends[role]
        if unit.opens:
            wanted = {",": ",:", "،": "،:", "，": "，：:", ";": ":,"}.get(wanted, wanted) + ":："
        is_quoted = last in ends["last"] and whole[-1:] in _CLOSERS and wanted == ends["last"]
        if last not in wanted and not is_quoted:
            is_certain = not unit.opens and last in ",;،؛，；" and whole[-1:] == last
            message = f"the paragraph ends with “{last}”, not with “{wanted[0]}”"
            span = manuscript.span(unit, len(whole) - 1, len(whole))
            yield span.finding(message, f"end it with “{wanted[0]}”", wanted if is_certain else None)


@RULES.rule("item-indent", Severity.WARNING, wrong="#. … hours; (after subparagraphs)", right="   #. … hours;")
def item_indent(manuscript: Manuscript) -> Iterator[Finding]:
    """A subparagraph is indented below its paragraph, so that the next ones are not lettered from (a) again.

    Outside resolutions, a numbered paragraph that ends with a semicolon after subparagraphs that do too is one of them.
    """
    if manuscript.document.type in _RESOLUTIONS:
        return
    before = None
    for unit in manuscript.units:
        is_item_like = unit.text.rstrip()[-1:] in _SEMICOLONS
        if unit.kind == "numbered" and is_item_like and before and before.kind == "item":
            message = "the paragraph ends like the subparagraphs before it"
            yield manuscript.span(unit).finding(message, "indent it as far as they are, if it is one of them")
        before = unit if is_item_like or unit.kind != "item" else None


@RULES.rule("note-end", Severity.NOTE, wrong="See A/71/119", right="See A/71/119.")
def note_end(manuscript: Manuscript) -> Iterator[Finding]:
    """A note ends with a full stop."""
    for unit in manuscript.units:
        if unit.kind == "note" and not unit.text.rstrip().rstrip(_CLOSERS).endswith(manuscript.words["ends"]["note"]):
            end = len(unit.text.rstrip())
            yield manuscript.span(unit, end - 1, end).finding("no full stop at the end of the note", "add it")


@RULES.rule(
    "formula-organ",
    Severity.ERROR,
    wrong="The General Assembly, (in a resolution of the Council)",
    right="The Economic and Social Council,",
)
def formula_organ(manuscript: Manuscript) -> Iterator[Finding]:
    """The enacting formula names the organ in the masthead, in the wording of the language."""
    wanted = manuscript.locale.formula(manuscript.document.organ)
    for unit in manuscript.units:
        if unit.kind == "formula" and patterns.fold(unit.text) != patterns.fold(wanted):
            message = f"the formula is not “{wanted}”, which belongs to the organ in the masthead"
            yield manuscript.span(unit, 0, len(unit.text)).finding(message, "correct one of them")


def _opening(manuscript: Manuscript, kind: str) -> list[Unit]:
    """The paragraphs of a kind in a resolution, outside its annexes."""
    units = manuscript.units if manuscript.document.type.like in _RESOLUTIONS else ()
    return [unit for unit in units if unit.kind == kind and not unit.place.startswith("annex")]


@RULES.rule("verb-emphasis", Severity.WARNING, wrong="1. **يدعو** … 2. يطلب …", right="1. **يدعو** … 2. **يطلب** …")
def verb_emphasis(manuscript: Manuscript) -> Iterator[Finding]:
    """The opening verbs of all operative paragraphs are emphasized, or none are; the same for preambular paragraphs."""
    for kind in ("preambular", "operative"):
        group = _opening(manuscript, kind)
        marked = sum(unit.emphasis is not None for unit in group)
        for unit in group if marked else ():
            if unit.emphasis is None:
                message = f"the opening verb is not emphasized, unlike those of {marked} of the {len(group)} paragraphs"
                yield manuscript.span(unit, 0, 1).finding(message, f"write {_emphasized(manuscript)}")


def _emphasized(manuscript: Manuscript) -> str:
    """How an opening verb is emphasized in a source."""
    return "**verb**" if manuscript.locale.word("resolution", "verb") == "strong" else "*verb*"


@RULES.rule("emphasis-kind", Severity.WARNING, wrong="1. *يدعو*", right="1. **يدعو**")
def emphasis_kind(manuscript: Manuscript) -> Iterator[Finding]:
    """Opening verbs are bold in Arabic and italic in the other languages."""
    strong = manuscript.locale.word("resolution", "verb") == "strong"
    for unit in (*_opening(manuscript, "preambular"), *_opening(manuscript, "operative")):
        if unit.emphasis and isinstance(unit.emphasis, Strong) is not strong:
            message = f"the opening verb is not {'bold' if strong else 'italic'}"
            yield manuscript.span(unit, 0, 1).finding(message, f"write {_emphasized(manuscript)}")


@RULES.rule("call-series", Severity.WARNING, wrong="[^1], a note of the body", right="[^7]: See note 1 of the report.")
def call_series(manuscript: Manuscript) -> Iterator[Finding]:
    """In an annex with notes from 1, a text calls no note of another part whose number is also that of a note there."""
    printed = printed_notes(manuscript.document)
    shown = set(printed.values())
    series = sorted({0, *(note.annex for note in printed.values())})
    for unit in manuscript.units if len(series) > 1 else ():
        here = max(annex for annex in series if annex <= unit.scope[0])
        for offset, call in unit.calls:
            note = printed.get(call.number) if isinstance(call, NoteCall) and not call.asterisk else None
            if note and note.annex != here and NoteNumber(note.number, here) in shown:
                message = f"two notes are called {note.number} here: this one is of another part of the document"
                yield manuscript.span(unit, offset, offset).finding(message, "write a note of its own for this part")


@RULES.rule("call-place", Severity.WARNING, wrong="in 2046[^1],", right="in 2046,[^1]")
def call_place(manuscript: Manuscript) -> Iterator[Finding]:
    """A note call is after a punctuation mark in English and Chinese, and before it in the other languages.

    There is no space before it.
    """
    is_after = manuscript.words["call"] == "after"
    for unit in manuscript.units:
        for offset, call in unit.calls:
            if not isinstance(call, NoteCall) or call.asterisk:
                continue
            before, after = unit.text[max(0, offset - 1) : offset], unit.text[offset : offset + 1]
            if before == " " and unit.text[:offset].strip():
                message = f"a space before the call of note {call.number}"
                yield manuscript.span(unit, offset - 1, offset).finding(message, "remove it")
            if is_after and after and after in ",.;:，。；：":
                message = f"the call of note {call.number} is before “{after}”"
                yield manuscript.span(unit, offset, offset).finding(message, "put it after the mark")
            elif not is_after and before and before in ",.;:،؛" and not (before == "." and after == ")"):
                message = f"the call of note {call.number} is after “{before}”"
                span = manuscript.span(unit, max(0, offset - 1), offset)
                yield span.finding(message, "put it before the mark")
