"""A document as a list of units: every paragraph, subparagraph, heading, cell and note, with its place in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from masthead.document import model
from masthead.document.model import Document
from masthead.document.note_series import printed_notes
from masthead.document.references.citation import Citation, Kind, letter

Scope = tuple[int, int, int]
"""The annex, part and box that contain a text, counted from 1, or 0 for none. Each of them is numbered separately."""

BODY: Scope = (0, 0, 0)

_INSERTED = re.compile(  # in the mark of a paragraph that was inserted after the one with its number
    r"(?P<quinquies>quinquies|之五)|(?P<quater>quater|кватер|مكررا? ثالثا|之四)"
    r"|(?P<ter>\bter\b|тер|مكررا? ثانيا|之三)|(?P<bis>\bbis\b|бис|مكررا?|之[一二])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Unit:
    """One piece of text, with what it is and where.

    `place` is unique and the same in every language: `paragraph 2 (b)`. `level` is the depth of a subparagraph or
    heading, the number of head rows of a table, or the number of columns of a cell. `number` is None if it has none.
    `last` marks the last paragraph or subparagraph of its part, `opens` one that subparagraphs follow. `name` is the
    citation by which other texts in its `scope` refer to it, or None. `cell` is the row and column in a table.
    """

    place: str
    kind: str
    content: model.Content
    level: int = 0
    number: int | None = None
    last: bool = False
    opens: bool = False
    name: Citation | None = None
    scope: Scope = BODY
    cell: tuple[int, int] = (0, 0)

    @cached_property
    def text(self) -> str:
        """The plain text, without note calls."""
        return model.plain(self.content)

    @cached_property
    def calls(self) -> tuple[tuple[int, model.NoteCall | model.TableNoteCall], ...]:
        """The note calls, each with its offset in `text`."""
        found, length = [], 0
        for inline in model.inlines(self.content):
            if isinstance(inline, model.NoteCall | model.TableNoteCall):
                found.append((length, inline))
            else:
                length += len(model.characters(inline))
        return tuple(found)

    @property
    def emphasis(self) -> model.Strong | model.Emphasis | None:
        """The emphasis with which the unit begins, or None."""
        first = self.content[0] if self.content else None
        return first if isinstance(first, model.Strong | model.Emphasis) else None


def units(document: Document) -> tuple[Unit, ...]:
    """Return all units of `document` in order: preface, body, closing lines, notes, annexes."""
    preface = document.preface
    front = (
        ("session", (model.Text(preface.session),)),
        ("place", (model.Text(preface.place),)),
        *((f"body {at}", (model.Text(body),)) for at, body in enumerate(preface.bodies, 1)),
        ("agenda item", (model.Text(preface.agenda_item),)),
        ("agenda title", preface.agenda_title),
        ("adoption", (model.Text(preface.adoption),)),
        ("basis", preface.basis or ()),
        ("sponsors", preface.sponsors),
        ("title", preface.title),
        ("subtitle", preface.subtitle),
    )
    found = [Unit(name, name.rstrip(" 0123456789"), content) for name, content in front if model.plain(content)]
    found += _body(document.body, BODY)
    found += [Unit(f"closing line {at}", "closing", (model.Text(line),)) for at, line in enumerate(document.closing, 1)]
    printed = printed_notes(document)
    for note in document.notes:
        if note.asterisk:
            name = "*" * note.number
            found.append(Unit(f"note {name}", "note", note.content, name=Citation(Kind.NOTE, name)))
        else:
            shown = printed[note.number]
            own, scope = Citation(Kind.NOTE, str(shown.number)), (shown.annex, 0, 0)
            found.append(Unit(f"note {note.number}", "note", note.content, number=note.number, name=own, scope=scope))
    counts, kinds = Counter[str](), Counter(str(annex.kind) for annex in document.annexes)
    for at, annex in enumerate(document.annexes, 1):
        kind = str(annex.kind)
        counts[kind] += 1
        name = f"{kind} {annex.ordinal or counts[kind]}" if annex.ordinal or kinds[kind] > 1 else kind
        cited = Citation(Kind.ANNEX, str(annex.ordinal or "")) if annex.kind is model.AnnexKind.ANNEX else None
        found.append(Unit(name, "annex", annex.title, number=annex.ordinal, name=cited))
        found += [_within(unit, name) for unit in _body(annex.body, (at, 0, 0))]
    return tuple(_with_unique_places(found))


def scope_of_annex(document: Document, number: str) -> Scope | None:
    """Return the scope of the annex with a number, or of the only one if `number` is empty; None if there is none."""
    annexes = [(at, each) for at, each in enumerate(document.annexes, 1) if each.kind is model.AnnexKind.ANNEX]
    places = [at for at, each in annexes if not number or number == str(each.ordinal)]
    return (places[0], 0, 0) if len(places) == 1 else None


def _with_unique_places(found: Iterable[Unit]) -> Iterator[Unit]:
    """Add `again` to the place of a unit whose number occurs more than once."""
    counts: Counter[str] = Counter()
    for unit in found:
        counts[unit.place] += 1
        again = counts[unit.place] - 1
        yield replace(unit, place=f"{unit.place}, again{f' {again}' * (again > 1)}") if again else unit


def _within(unit: Unit, outer: str) -> Unit:
    return replace(unit, place=f"{outer}, {unit.place}")


def _body(blocks: tuple[model.Block, ...], scope: Scope) -> list[Unit]:
    walk = _UnitWalker(scope)
    found = [unit for block in blocks for unit in walk.block(block)]
    ends = [at for at, unit in enumerate(found) if unit.kind in ("preambular", "operative", "item", "part")]
    for at, after in zip_longest(ends, ends[1:]):  # the last one before each part, and the last one of all
        if after is None or found[after].kind == "part":
            found[at] = replace(found[at], last=True)
    return found


class _UnitWalker:
    """Walks through blocks and yields their units. It counts those that have no number of their own."""

    def __init__(self, scope: Scope) -> None:
        self.counts: dict[str, int] = {}
        self.part = ""
        self.scope, self.boxes = scope, 0

    def count(self, name: str) -> int:
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]

    def block(self, block: model.Block) -> Iterator[Unit]:
        if isinstance(block, model.Part):
            self.counts.clear()
            self.part, self.scope = f"part {block.ordinal}, ", (self.scope[0], block.ordinal, self.scope[2])
        for unit in self.units(block):
            yield unit if isinstance(block, model.Box) or unit.scope == self.scope else replace(unit, scope=self.scope)

    def units(self, block: model.Block) -> Iterator[Unit]:
        match block:
            case model.Paragraph(role, content, number, items, tail, section=section):
                counted = numbered(number, section)
                name = self.part + self.paragraph(role, counted and counted + _suffix(block.mark))
                cited = Citation(Kind.PARAGRAPH, numbered(number, section)) if number else None
                yield Unit(name, str(role), content, number=number, opens=bool(items), name=cited)
                yield from _items(items, name, 1, cited)
                if tail:
                    yield Unit(f"{name}, end", str(role), tail)
            case model.Part(ordinal, content):
                yield Unit(f"part {ordinal}", "part", content, number=ordinal)
            case model.Heading(level, content, ordinal):
                name = f"{self.part}heading {self.count('heading')}"
                cited = Citation(Kind.SECTION, str(ordinal)) if ordinal and level == 1 else None
                yield Unit(name, "heading", content, level, ordinal, name=cited)
            case model.Table():
                yield from self.table(block)
            case model.Figure(alternative=alternative):
                name = f"{self.part}figure {self.count('figure')}"
                yield from self.caption(block, name, "figure")
                yield Unit(f"{name}, text for it", "alternative", (model.Text(alternative),))
                yield from self.below(block, name)
            case model.Box(title, blocks):
                name = f"{self.part}box {self.count('box')}"
                yield Unit(name, "box", title)
                self.boxes += 1
                yield from (_within(unit, name) for unit in _body(blocks, (*self.scope[:2], self.boxes)))
            case model.Vote(in_favour, against, abstaining):
                name = f"{self.part}vote {self.count('vote')}"
                for side, states in (("in favour", in_favour), ("against", against), ("abstaining", abstaining)):
                    yield Unit(f"{name}, {side}", "vote", (model.Text("\n".join(states)),), number=len(states))

    def caption(self, block: model.Table | model.Figure, name: str, kind: str, level: int = 0) -> Iterator[Unit]:
        """Yield the title of a table or figure and its unit."""
        caption = block.caption
        cited = Citation(Kind(kind), numbered(caption.ordinal, caption.section)) if caption.ordinal else None
        yield Unit(name, kind, caption.title, level, caption.ordinal, name=cited)
        if caption.unit:
            yield Unit(f"{name}, unit", "unit", caption.unit)

    def below(self, block: model.Table | model.Figure, name: str) -> Iterator[Unit]:
        """Yield the lines below a table or figure."""
        for at, remark in enumerate(block.remarks, 1):
            yield Unit(f"{name}, remark {at}", "remark", remark)
        for at, note in enumerate(block.notes, 1):
            yield Unit(f"{name}, note {at}", "table note", note, number=at)

    def paragraph(self, role: model.Role, number: str) -> str:
        if role is model.Role.FORMULA:
            return "enacting formula"
        if number:
            return f"paragraph {number}"
        prefix = {model.Role.PREAMBULAR: "preambular ", model.Role.OPERATIVE: "operative "}.get(role, "unnumbered ")
        return f"{prefix}paragraph {self.count(role)}"

    def table(self, table: model.Table) -> Iterator[Unit]:
        name = f"{self.part}table {self.count('table')}"
        yield from self.caption(table, name, "table", len(table.head))
        for at, row in enumerate(model.placed(table.head + table.rows), 1):
            for place, (column, cell) in enumerate(row, 1):
                position = (at, column + 1)
                yield Unit(f"{name}, row {at}, cell {place}", "cell", cell.content, cell.columns, cell=position)
        yield from self.below(table, name)


def numbered(number: int | None, section: str) -> str:
    """Return a number after that of its section, as a citation has it: `10.1`. Without a number it is empty."""
    return "" if number is None else f"{section}.{number}" if section else str(number)


def _suffix(mark: str | None) -> str:
    """Return ` bis`, ` ter`, … for the mark of a paragraph that was inserted, in any language; else nothing."""
    found = _INSERTED.search(mark or "")
    return f" {found.lastgroup}" if found else ""


def _items(items: Iterable[model.Item], outer: str, degree: int, cited: Citation | None) -> Iterator[Unit]:
    """Yield the units of subparagraphs. `cited` is the citation of the paragraph that contains them, or None."""
    for item in items:
        place = f"{outer} ({letter(item.ordinal) if degree % 2 else item.ordinal}{_suffix(item.mark)})"
        name = Citation(Kind.PARAGRAPH, f"{cited.value}({item.ordinal})") if cited else None
        yield Unit(place, "item", item.content, degree, item.ordinal, opens=bool(item.items), name=name)
        yield from _items(item.items, place, degree + 1, None)
