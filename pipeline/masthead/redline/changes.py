"""The changes of a redline as a list: what changed, where, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from masthead.document import Document, Figure, Table, locales, model
from masthead.document.references import Unit, units
from masthead.redline.contents import PILCROW, WordEdit, compare_contents, divide_contents
from masthead.redline.lines import DocumentLine, has_other_mark
from masthead.redline.redlining import AlignedLine, Redline
from masthead.redline.tables import TableChange, compare_tables


class ChangeKind(StrEnum):
    """What happened to a line. One that moved or was renumbered may have other words, too."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    DIVIDED = "divided"
    MERGED = "merged"
    RENUMBERED = "renumbered"


class ChangedPart(StrEnum):
    """Where a line is that changed: in the text, or elsewhere."""

    TEXT = "text"
    PAGE_ONE = "page one"
    TABLES = "tables"  # and figures
    NOTES = "notes"


_TABLE_UNITS = ("table", "figure", "row", "column", "cell", "unit", "remark", "table note", "alternative")


@dataclass(frozen=True, slots=True)
class TextChange:
    """A change of one unit. `places` and `marks` are those in the old and in the new document, empty where it is not.

    Something that was divided or merged has several places, with semicolons between them.
    `edits` are the words that changed, all of them if the unit is only in one document.
    """

    kind: ChangeKind
    unit: str
    places: tuple[str, str]
    marks: tuple[str, str] = ("", "")
    edits: tuple[WordEdit, ...] = ()

    @property
    def part(self) -> ChangedPart:
        """Where the unit is."""
        if (self.places[0] or self.places[1]).startswith(ChangedPart.PAGE_ONE):
            return ChangedPart.PAGE_ONE
        if self.unit == "note":
            return ChangedPart.NOTES
        return ChangedPart.TABLES if self.unit in _TABLE_UNITS else ChangedPart.TEXT

    @property
    def is_renumbered(self) -> bool:
        """Whether it has another number or letter."""
        return all(self.marks) and has_other_mark(*self.marks)

    @property
    def words(self) -> int:
        """The number of words that were added or removed. Words that only moved are not counted."""
        return 0 if self.kind is ChangeKind.MOVED and not self.edits else sum(edit.words for edit in self.edits)


@dataclass(frozen=True)
class ChangeList:
    """The changes of a redline in reading order, those of the opening lines first and those of notes last."""

    changes: tuple[TextChange, ...]

    @cached_property
    def words(self) -> int:
        """The number of words that were added or removed."""
        return sum(change.words for change in self.changes)

    def of(self, kind: ChangeKind) -> tuple[TextChange, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of changes: of the text by their kinds, of page one, tables and notes altogether."""
        kinds = Counter(str(each.kind if each.part is ChangedPart.TEXT else each.part) for each in self.changes)
        return {str(name): kinds[name] for name in (*ChangeKind, *ChangedPart) if name is not ChangedPart.TEXT}


def changes(redline: Redline) -> ChangeList:
    """Return the changes of a redline."""
    return ChangeList((*_front(*redline.numbered), *_lines(redline.lines), *_notes(redline)))


def _front(old: Document, new: Document) -> Iterator[TextChange]:
    """Yield the changes of what identifies the documents, and of their opening lines."""
    before, after = facts(old), facts(new)
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name, ()), after.get(name, ())
        if edits := compare_contents(one, other).edits:
            place = f"{ChangedPart.PAGE_ONE}, {name}"
            places = place if one else "", place if other else ""
            kind = ChangeKind.CHANGED if one and other else ChangeKind.ADDED if other else ChangeKind.REMOVED
            yield TextChange(kind, name.rstrip(" 0123456789"), places, edits=edits)


def facts(document: Document) -> dict[str, model.Content]:
    """Return what page one says besides the text, by name."""
    masthead = document.masthead
    lines = {
        "type": str(document.type),
        "symbol": str(document.symbol),
        "distribution": masthead.distribution,
        "organ": masthead.organ or locales.load(document.language).masthead_organ(document.organ.parent),
        "date": masthead.date,
        "job number": " ".join((str(document.job), *document.job.dates)),
        "original language": masthead.original,
        "language restriction": masthead.restriction,
    }
    found: dict[str, model.Content] = {name: (model.Text(line),) for name, line in lines.items() if line}
    found |= {unit.place: unit.content for unit in _opening(document)}
    for at, division in enumerate(document.preface.divisions, 1):
        found[f"division {at}"] = (model.Text(f"{division.label} "), *division.title)
    return found


def _opening(document: Document) -> Sequence[Unit]:
    found = units(document)
    kinds = (
        "session",
        "place",
        "body",
        "agenda item",
        "agenda title",
        "adoption",
        "basis",
        "sponsors",
        "title",
        "subtitle",
    )
    return [unit for unit in found if unit.kind in kinds and "," not in unit.place]


def _lines(lines: Sequence[AlignedLine]) -> Iterator[TextChange]:
    moved = {line.move: line.old[0] for line in lines if line.move and line.old}
    for line in lines:
        if not line.old or not line.new:
            if not line.move:
                yield from _whole((line.old or line.new)[0], added=bool(line.new))
            elif line.new and (source := moved.get(line.move)):
                yield from _pair(source, line.new[0], moved=True)
        elif len(line.old) == len(line.new) == 1:
            yield from _pair(line.old[0], line.new[0])
        else:
            yield _divided(line)


def _whole(line: DocumentLine, *, added: bool) -> Iterator[TextChange]:
    """Yield the change of a line that only one of the documents has."""
    if not line.text.strip() and not isinstance(line.block, Figure):
        return
    kind, places = (ChangeKind.ADDED, ("", line.place)) if added else (ChangeKind.REMOVED, (line.place, ""))
    edit = WordEdit("", line.text) if added else WordEdit(line.text, "")
    yield TextChange(kind, line.kind, places, ("", line.mark) if added else (line.mark, ""), (edit,))


def _pair(old: DocumentLine, new: DocumentLine, *, moved: bool = False) -> Iterator[TextChange]:
    """Yield the changes of a line that both documents have."""
    places, marks = (old.place, new.place), (old.mark, new.mark)
    if isinstance(old.block, Table | Figure | model.Vote):
        if moved:
            yield TextChange(ChangeKind.MOVED, new.kind, places, marks)
        yield from _members(old, new)
        return
    edits = compare_contents(old.content, new.content).edits
    renumbered = has_other_mark(old.mark, new.mark)
    if moved or edits or renumbered or old.form != new.form:
        kind = ChangeKind.MOVED if moved else ChangeKind.CHANGED if edits or not renumbered else ChangeKind.RENUMBERED
        yield TextChange(kind, new.kind, places, marks, edits)


def _divided(line: AlignedLine) -> TextChange:
    kind = ChangeKind.DIVIDED if len(line.new) > 1 else ChangeKind.MERGED
    parts = divide_contents([each.content for each in line.old], [each.content for each in line.new])
    edits = tuple(
        WordEdit(text, "") if inline.kind is model.RevisionKind.REMOVED else WordEdit("", text)
        for part in parts
        for inline in part
        if isinstance(inline, model.Revision) and (text := model.plain(inline.content).replace(PILCROW, "").strip())
    )
    places = "; ".join(each.place for each in line.old), "; ".join(each.place for each in line.new)
    return TextChange(kind, line.new[0].kind, places, (line.old[0].mark, line.new[0].mark), edits)


def _members(old: DocumentLine, new: DocumentLine) -> Iterator[TextChange]:
    """Yield the changes inside a table, a figure or a vote."""
    before, after = ({unit.place.removeprefix(line.place): unit for unit in line.members} for line in (old, new))
    cells: dict[str, str] = {}
    if isinstance(old.block, Table) and isinstance(new.block, Table):
        change = compare_tables(old.block, new.block)
        if change is None:
            yield from _whole(old, added=False)
            yield from _whole(new, added=True)
            return
        rows = dict(change.pairs)
        columns = {i: j for i, j in change.columns if i is not None and j is not None}
        found = {unit.cell: name for name, unit in after.items() if unit.kind == "cell"}
        for name, unit in before.items():
            if unit.kind == "cell":
                line, column = unit.cell
                at = (rows.get(line - 1, -1) + 1, columns.get(column - 1, -1) + 1)
                cells[name] = found.get(at, "")
        yield from _rows(change, old.place, new.place)
        gone = {i for step in change.rows if not step.new for i in step.old}
        added = {j for step in change.rows if not step.old for j in step.new}
        yield from _columns(change, old.place, new.place)
        lost = {i for i, j in change.columns if j is None}
        gained = {j for i, j in change.columns if i is None}
        before = {name: unit for name, unit in before.items() if not _is_in(unit, gone, lost)}
        after = {name: unit for name, unit in after.items() if not _is_in(unit, added, gained)}
    if has_other_mark(old.mark, new.mark):
        yield TextChange(ChangeKind.RENUMBERED, new.kind, (old.place, new.place), (old.mark, new.mark))
    met: set[str] = set()
    for name, unit in before.items():
        target = cells.get(name, name)
        met.add(target)
        yield from _unit(unit, after.get(target))
    for name, unit in after.items():
        if name not in met:
            yield from _unit(None, unit)


def _rows(change: TableChange, old: str, new: str) -> Iterator[TextChange]:
    """Yield the rows that only one of two tables has, and those that moved; `old` and `new` are their places."""
    before, after = change.old.head + change.old.rows, change.new.head + change.new.rows
    sources = {step.move: f"{old}, row {step.old[0] + 1}" for step in change.rows if step.move and step.old}
    for step in change.rows:
        if step.old and not step.new and not step.move:
            text = " | ".join(model.plain(cell.content) for cell in before[step.old[0]].cells)
            yield TextChange(
                ChangeKind.REMOVED, "row", (f"{old}, row {step.old[0] + 1}", ""), edits=(WordEdit(text, ""),)
            )
        elif step.new and not step.old:
            place = f"{new}, row {step.new[0] + 1}"
            text = " | ".join(model.plain(cell.content) for cell in after[step.new[0]].cells)
            if step.move:
                yield TextChange(ChangeKind.MOVED, "row", (sources[step.move], place))
            else:
                yield TextChange(ChangeKind.ADDED, "row", ("", place), edits=(WordEdit("", text),))


def _is_in(unit: Unit, rows: Collection[int], columns: Collection[int | None]) -> bool:
    """Return whether a unit is a cell in one of these rows or columns."""
    return unit.kind == "cell" and (unit.cell[0] - 1 in rows or unit.cell[1] - 1 in columns)


def _columns(change: TableChange, old: str, new: str) -> Iterator[TextChange]:
    """Yield the columns that only one of two tables has."""
    for i, j in change.columns:
        table, at, place, added = (change.new, j, new, True) if i is None else (change.old, i, old, False)
        if at is None or (i is not None and j is not None):
            continue
        texts = [model.plain(row.cells[at].content) for row in table.head + table.rows if at < len(row.cells)]
        where, text = f"{place}, column {at + 1}", " | ".join(filter(None, texts))
        kind, edit = (ChangeKind.ADDED, WordEdit("", text)) if added else (ChangeKind.REMOVED, WordEdit(text, ""))
        yield TextChange(kind, "column", ("", where) if added else (where, ""), edits=(edit,))


def _unit(old: Unit | None, new: Unit | None) -> Iterator[TextChange]:
    edits = compare_contents(old.content if old else (), new.content if new else ()).edits
    if edits:
        kind = ChangeKind.CHANGED if old and new else ChangeKind.ADDED if new else ChangeKind.REMOVED
        unit = (new or old or Unit("", "", ())).kind
        yield TextChange(kind, unit, (old.place if old else "", new.place if new else ""), edits=edits)


def _notes(redline: Redline) -> Iterator[TextChange]:
    numbers = (iter(redline.old.notes), iter(redline.new.notes))
    for note in redline.notes:
        places = tuple(
            _label(original) if kept and (original := next(side, None)) else ""
            for kept, side in zip((note.old, note.new), numbers, strict=True)
        )
        change = compare_contents(note.old.content if note.old else (), note.new.content if note.new else ())
        if change.edits:
            kind = ChangeKind.CHANGED if note.old and note.new else ChangeKind.ADDED if note.new else ChangeKind.REMOVED
            yield TextChange(kind, "note", (places[0], places[1]), edits=change.edits)


def _label(note: model.Note) -> str:
    return f"note {'*' * note.number if note.asterisk else note.number}"
