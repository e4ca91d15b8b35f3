"""Findings while a source is written: of the whole source after a pause, and of what has changed since at once.

A check of the whole takes a second for a hundred pages. A keystroke changes one block, so that block is checked alone,
with the front matter and the notes that it calls, by the rules that need to know no other block. All other findings are
those of the last check of the whole, moved with their lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from masthead import formats
from masthead.document import Document, Finding, MastheadError, Position, ResourceError, SourceError
from masthead.document.references import Linker, Unit, address, find_citations, units
from masthead.editing import lint
from masthead.editing.assistance import labels
from masthead.editing.assistance.draft import SourceDraft
from masthead.editing.places import SourceText, text_of

# fmt: off
ELSEWHERE = frozenset((
    "paragraph-order", "paragraph-repeated", "item-order", "note-order", "table-note-uncalled",
    "reference-order", "heading-level", "heading-order", "table-order", "figure-order", "annex-order",
    "part-order", "paragraph-unnumbered", "paragraph-end", "formula-organ", "verb-emphasis", "emphasis-kind",
    "number-session", "number-date", "closing-date", "reference-dates", "reference-later",
    "reference-spellings", "paragraph-missing", "section-missing", "note-missing", "annex-missing",
    "table-missing", "figure-missing", "tanwin-place", "digits-mixed", "quotes", "number-order",
    "number-ambiguous", "number-section", "number-list",
))
# fmt: on
"""The rules whose findings in a block depend on other blocks."""
_LONGEST = 400  # lines that are checked at once: a longer change waits for the check of the whole


@dataclass(frozen=True, slots=True)
class ResolvedReference:
    """A reference in a source: what it refers to, where its target is, in the source or by a URL, and its place."""

    position: Position
    text: str
    target: str
    address: str
    defined: Position | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with its findings and references, and what its labels are called: `paragraph 12`.

    A text that cannot be read has neither references nor labels.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    references: tuple[ResolvedReference, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def check_whole(text: str, name: str, configuration: lint.Configuration) -> Checked:
    """Check a whole source."""
    data = text.encode()
    try:
        if len(data) > formats.MAX_BYTES:
            raise ResourceError(f"the source is larger than {formats.MAX_BYTES // 2**20} MiB", where=name)
        document = formats.parse(data, name)
    except ResourceError as error:
        return Checked(text, (Finding(error.message, hint=error.hint, rule="source", position=Position(1, 1)),))
    except SourceError:
        return Checked(text, lint.check_source(data, name, configuration))
    source = text_of(data, name)
    findings = lint.check_document(document, name, source, configuration)
    named = {label.name: f"{label.kind} {label.value}".strip() for label in document.labels}
    return Checked(text, findings, tuple(_references(document, source)), named)


def _references(document: Document, source: str) -> Iterator[ResolvedReference]:
    parts = units(document)
    located, linker = SourceText(source).locate(parts), Linker(document)
    anchors = {linker.anchor(unit.scope, unit.name): unit for unit in reversed(parts) if unit.name}

    def place(unit: Unit | None) -> Position | None:
        return located[unit.place].position(0) if unit and unit.place in located else None

    for unit in parts:
        targets = dict(linker.targets(unit.content, unit.scope))
        for found in find_citations(unit.content, document.language):
            position = located[unit.place].position(found.start) if unit.place in located else None
            if position and not found.is_call:
                target = targets.get(found) or address(found.citation)
                defined = place(anchors.get(target[1:])) if target.startswith("#") else None
                text = unit.text[found.start : found.end]
                yield ResolvedReference(position, text, found.citation.in_full, target, defined)


def check_now(checked: Checked, draft: SourceDraft, configuration: lint.Configuration) -> tuple[Finding, ...]:
    """Return the findings of a draft that has changed since it was checked as a whole."""
    change = Change.between(SourceDraft(draft.name, checked.text), draft)
    if change is None:
        return checked.findings
    moved = [finding for each in checked.findings if (finding := change.moved(each))]
    first, last = draft.window(change.first, max(change.last, change.first))
    if last - first > _LONGEST:
        return tuple(moved)
    kept = [each for each in moved if not _is_in(each, first, last) or each.rule in ELSEWHERE]
    own = [each for each in _window(draft, first, last, configuration) if _is_in(each, first, last)]
    if change.first < draft.body:  # of the front matter, only what prevents reading is known at once
        kept = [each for each in kept if each.rule != "source"]
        own += [each for each in _window(draft, first, last, configuration) if _is_in(each, 1, draft.body - 1)]
    return tuple(sorted({*kept, *own}, key=_place))


def _place(finding: Finding) -> tuple[int, int, str]:
    position = finding.position or Position(0, 0)
    return position.line, position.column, finding.rule


def _is_in(finding: Finding, first: int, last: int) -> bool:
    return finding.position is not None and first <= finding.position.line <= last


def _window(draft: SourceDraft, first: int, last: int, configuration: lint.Configuration) -> list[Finding]:
    """Check some lines of the body with the front matter, and with the other halves of the notes in them."""
    lines = [*draft.lines[: draft.body - 1], "", *draft.lines[first - 1 : last], ""]
    moved_by = first - draft.body - 1
    for line in _counterparts(draft, first, last):
        lines += [line, ""]
    try:
        found = lint.check_source("\n".join(lines).encode(), draft.name, configuration)
    except MastheadError:
        return []
    return [
        # Without the name of its unit, which depends on those before it.
        replace(each, where="", position=replace(each.position, line=each.position.line + moved_by * is_moved))
        for each in found
        if each.position and each.rule not in ELSEWHERE
        for is_moved in (each.position.line >= draft.body,)
    ]


def _counterparts(draft: SourceDraft, first: int, last: int) -> Iterator[str]:
    """Yield the other halves of the notes and labels in some lines and the front matter: texts, calls, paragraphs."""
    inside: list[labels.Occurrence] = []
    defined: set[tuple[str, int]] = set()
    called: set[tuple[str, int]] = set()
    for each in labels.occurrences(draft):
        if each.span.line < draft.body or first <= each.span.line <= last:
            inside.append(each)
        else:
            (defined if each.is_definition else called).add((each.name, each.scope))
    here = {(each.name, each.scope, each.is_definition) for each in inside}
    for name, scope, is_definition in sorted(here):
        if (name, scope, not is_definition) in here or (scope >= 0 and len(name) == 1 and name.isalpha()):
            continue
        if scope == labels.LABELS:
            if not is_definition and (name, scope) in defined:
                yield f"#. {{#{name}}} See."
        elif is_definition and (name, scope) in called:
            yield f"See.[^{name}]"
        elif not is_definition and (name, scope) in defined:
            yield f"[^{name}]: See."


@dataclass(frozen=True, slots=True)
class Change:
    """The lines from `first` to `last` of a draft are new; those after it have moved by `shift` lines."""

    first: int
    last: int
    shift: int

    @classmethod
    def between(cls, before: SourceDraft, after: SourceDraft) -> Change | None:
        """Return what has changed, None if nothing has."""
        old, new = before.lines, after.lines
        if old == new:
            return None
        same = _common(old, new)
        rest = min(len(old), len(new)) - same
        same_end = _common(old[::-1][:rest], new[::-1][:rest])
        return cls(same + 1, len(new) - same_end, len(new) - len(old))

    def moved(self, finding: Finding) -> Finding | None:
        """Return a finding before the change at its place after it, None if its line is gone."""
        position = finding.position
        if position is None or position.line < self.first:
            return finding
        if position.line > self.last - self.shift:
            return replace(finding, position=replace(position, line=position.line + self.shift))
        return replace(finding, position=replace(position, line=min(position.line, max(self.last, 1))))

    def moved_line(self, line: int) -> int | None:
        """Return the number of an unchanged line after the change."""
        return line if line < self.first else line + self.shift if line > self.last - self.shift else None


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines at the start of two texts are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
