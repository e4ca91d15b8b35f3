"""Rules about the order of a document: numbers, marks, ends of paragraphs, formula, emphasis, calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from masthead.document import DocumentType, NoteCall, Severity, Strong, patterns
from masthead.document.references import Unit
from masthead.editing.lint.evidence import Evidence, Fault, Rules

RULES = Rules()
_RESOLUTIONS = (DocumentType.RESOLUTION, DocumentType.DRAFT)
_CLOSERS = "”“»\"')）]"
_SHOWN = 40  # characters of a heading in a message


@RULES.rule("heading-order", Severity.ERROR, wrong="I. … III.", right="I. … II.")
def heading_order(evidence: Evidence) -> Iterator[Fault]:
    """The headings of a level are numbered without gap, anew under each higher heading."""
    counts: dict[int, int] = {}
    for unit in evidence.units:
        if unit.kind in ("part", "annex"):
            counts = {}
        if unit.kind != "heading" or unit.number is None:
            continue
        counts = {level: count for level, count in counts.items() if level <= unit.level}
        last = counts.get(unit.level, 0)
        if unit.number != last + 1:
            message = f"the heading “{unit.text[:_SHOWN]}” is number {unit.number} {_behind(last)}"
            yield Fault(message, unit, hint=f"number it {last + 1}, or restore what is missing")
        counts[unit.level] = unit.number


def _behind(last: int) -> str:
    return f"behind number {last}" if last else "first"


def _ordered(kind: str, name: str) -> Callable[[Evidence], Iterator[Fault]]:
    def check(evidence: Evidence) -> Iterator[Fault]:
        last = 0
        for unit in evidence.units:
            if unit.kind == kind and unit.number is not None:
                if unit.number != last + 1:
                    message = f"{name} {unit.number} stands {_behind(last)}"
                    yield Fault(message, unit, hint=f"number it {last + 1}, or restore what is missing")
                last = unit.number

    check.__doc__ = f"The {name}s of a document are numbered in order, without gap."
    return check


RULES.rule("table-order", Severity.ERROR, wrong="Table 1 … Table 3", right="Table 1 … Table 2")(
    _ordered("table", "table")
)
RULES.rule("figure-order", Severity.ERROR, wrong="Figure II … Figure I", right="Figure I … Figure II")(
    _ordered("figure", "figure")
)
RULES.rule("annex-order", Severity.ERROR, wrong="Annex I … Annex III", right="Annex I … Annex II")(
    _ordered("annex", "annex")
)
_UNNUMBERED = "paragraph-unnumbered"


@RULES.rule(_UNNUMBERED, Severity.WARNING, wrong="1. … Invites …", right="1. … 2. Invites …")
def paragraph_unnumbered(evidence: Evidence) -> Iterator[Fault]:
    """Among numbered operative paragraphs each has its number."""
    if any(finding.rule == _UNNUMBERED for finding in evidence.document.findings):
        return  # a transcript's reader has told it
    numbered = {unit.scope for unit in evidence.units if unit.kind == "operative" and unit.number}
    for unit in evidence.units:
        if unit.kind == "operative" and unit.number is None and unit.scope in numbered:
            yield Fault("it bears no number among numbered ones", unit, 0, 1, "number it, or join it to the one before")


RULES.rule("part-order", Severity.ERROR, wrong="A … C", right="A … B")(_ordered("part", "part"))


@RULES.rule(
    "paragraph-end", Severity.WARNING, wrong="1. Invites all cities to plant.", right="1. Invites all cities to plant;"
)
def paragraph_end(evidence: Evidence) -> Iterator[Fault]:
    """Preambular paragraphs end with a comma, operative ones with a semicolon, a resolution’s last with a full stop.

    A paragraph that opens sub-paragraphs ends with a colon or comma; these end as their paragraph does.
    """
    if evidence.document.type not in _RESOLUTIONS:
        return
    ends = evidence.words["ends"]
    role = ""
    for unit in evidence.units:
        if unit.kind in ("preambular", "operative"):
            role = unit.kind
        elif unit.kind != "item":
            role = "" if unit.kind in ("formula", "annex", "box", "closing") else role
            continue
        if not role or unit.place.startswith("annex"):
            continue
        text = unit.text.rstrip().rstrip(_CLOSERS)
        last, wanted = text[-1:], ends["last"] if unit.last else ends[role]
        if unit.opens:
            wanted = {",": ",:", "،": "،:", "，": "，：:", ";": ":,"}.get(wanted, wanted) + ":："
        if last not in wanted and not (
            last in ends["last"] and unit.text.rstrip()[-1:] in _CLOSERS and wanted == ends["last"]
        ):
            end = len(unit.text.rstrip())
            is_certain = not unit.opens and last in ",;،؛，；" and unit.text.rstrip()[-1:] == last
            fix = wanted if is_certain else None
            message = f"it ends with “{last}”, not with “{wanted[0]}”"
            yield Fault(message, unit, end - 1, end, f"end it with “{wanted[0]}”", fix)


@RULES.rule("note-end", Severity.NOTE, wrong="See A/71/119", right="See A/71/119.")
def note_end(evidence: Evidence) -> Iterator[Fault]:
    """A note ends with a full stop."""
    for unit in evidence.units:
        if unit.kind == "note" and not unit.text.rstrip().rstrip(_CLOSERS).endswith(evidence.words["ends"]["note"]):
            end = len(unit.text.rstrip())
            yield Fault("no full stop ends the note", unit, end - 1, end, "add it")


@RULES.rule(
    "formula-organ",
    Severity.ERROR,
    wrong="The General Assembly, (in a resolution of the Council)",
    right="The Economic and Social Council,",
)
def formula_organ(evidence: Evidence) -> Iterator[Fault]:
    """The enacting formula names the organ that the masthead names, as the language has it."""
    wanted = evidence.locale.formula(evidence.document.organ)
    for unit in evidence.units:
        if unit.kind == "formula" and patterns.fold(unit.text) != patterns.fold(wanted):
            message = f"it is not “{wanted}”, the formula of the organ that the masthead names"
            yield Fault(message, unit, 0, len(unit.text), "one of them is wrong")


def _opening(evidence: Evidence, kind: str) -> list[Unit]:
    return [unit for unit in evidence.units if unit.kind == kind and not unit.place.startswith("annex")]


@RULES.rule("verb-emphasis", Severity.WARNING, wrong="1. **يدعو** … 2. يطلب …", right="1. **يدعو** … 2. **يطلب** …")
def verb_emphasis(evidence: Evidence) -> Iterator[Fault]:
    """The opening verbs of the operative paragraphs are set apart in all or in none, and so the preambular ones."""
    if evidence.document.type not in _RESOLUTIONS:
        return
    for kind in ("preambular", "operative"):
        group = _opening(evidence, kind)
        marked = sum(unit.emphasis is not None for unit in group)
        for unit in group if marked else ():
            if unit.emphasis is None:
                message = f"its opening verb is not set apart; those of {marked} of the {len(group)} paragraphs are"
                yield Fault(message, unit, 0, 1, f"write {_marked(evidence)}")


def _marked(evidence: Evidence) -> str:
    """How an opening verb is written in a source."""
    return "**verb**" if evidence.locale.word("resolution", "verb") == "strong" else "*verb*"


@RULES.rule("emphasis-kind", Severity.WARNING, wrong="1. *يدعو*", right="1. **يدعو**")
def emphasis_kind(evidence: Evidence) -> Iterator[Fault]:
    """Opening verbs are bold in Arabic and italic in the other languages."""
    strong = evidence.locale.word("resolution", "verb") == "strong"
    for kind in ("preambular", "operative"):
        for unit in _opening(evidence, kind):
            if (
                evidence.document.type in _RESOLUTIONS
                and unit.emphasis
                and isinstance(unit.emphasis, Strong) is not strong
            ):
                message = f"its opening verb is not {'bold' if strong else 'italic'}"
                yield Fault(message, unit, 0, 1, f"write {_marked(evidence)}")


@RULES.rule("call-place", Severity.WARNING, wrong="in 2046[^1],", right="in 2046,[^1]")
def call_place(evidence: Evidence) -> Iterator[Fault]:
    """Beside a mark of punctuation, a note call stands behind it in English and Chinese, before it elsewhere."""
    after = evidence.words["call"] == "after"
    for unit in evidence.units:
        for offset, call in unit.calls:
            if not isinstance(call, NoteCall) or call.asterisk:
                continue
            before, behind = unit.text[max(0, offset - 1) : offset], unit.text[offset : offset + 1]
            if after and behind and behind in ",.;:，。；：":
                message = f"the call of note {call.number} stands before “{behind}”"
                yield Fault(message, unit, offset, offset, "put it behind the mark")
            elif not after and before and before in ",.;:،؛" and not (before == "." and behind == ")"):
                message = f"the call of note {call.number} stands behind “{before}”"
                yield Fault(message, unit, max(0, offset - 1), offset, "put it before the mark")
