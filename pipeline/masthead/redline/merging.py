"""One document that shows two: what only one of them has is in revisions, where it was or is.

It is a document like any other, so the writers and the pages print it. Marks that changed are part of the text: the
old number, then the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any, TypeVar

from masthead.document import (
    Block,
    Content,
    Document,
    Emphasis,
    Locale,
    Pagination,
    RevisionKind,
    Role,
    Text,
    joined,
    locales,
    model,
)
from masthead.page import wording
from masthead.redline.contents import divide_contents, merge_contents, revised
from masthead.redline.lines import DocumentLine, has_other_mark
from masthead.redline.moves import places
from masthead.redline.redlining import AlignedLine, Redline
from masthead.redline.summary import between, summary, uncalled
from masthead.redline.tables import compare_tables, merge_tables

_Captioned = TypeVar("_Captioned", model.Table, model.Figure)
_FRONT = ("title", "agenda_title", "sponsors", "subtitle")
_KINDS = {
    (False, False): RevisionKind.ADDED,
    (False, True): RevisionKind.REMOVED,
    (True, False): RevisionKind.MOVED_HERE,
    (True, True): RevisionKind.MOVED_AWAY,
}
"""By whether it moved, and whether it is the place where it was."""


def merge(redline: Redline) -> Document:
    """Return the document that shows both. Its masthead and its type are those of the new one.

    A line above the text says which two they are, and a last page sums up the changes.
    """
    return _DocumentMerger(redline).document()


class _DocumentMerger:
    """Builds the blocks of the document from the aligned lines, in their order."""

    def __init__(self, redline: Redline) -> None:
        self._redline = redline
        self._locale: Locale = locales.load(redline.new.language)
        self._body: list[Block] = []
        self._annexes: list[model.Annex] = []
        self._blocks = self._body  # those to which blocks are added now
        self._box: tuple[Content, list[Block]] | None = None  # the title of an open box, and the blocks around it
        self._places = places(redline.lines, self._locale)

    def document(self) -> Document:
        redline = self._redline
        old, new = redline.numbered
        lines = redline.lines
        closings = [line for line in lines if any(each.kind == "closing" for each in (*line.old, *line.new))]
        kept = all(line.old and line.new and line.old[0].text == line.new[0].text for line in closings)
        for line in lines:
            if line not in closings or not kept:
                self._add(line)
        self._end_box()
        self._end_annex()
        lines_above: dict[str, Any] = {
            name: merge_contents(getattr(old.preface, name), getattr(new.preface, name)) for name in _FRONT
        }
        preface = replace(
            new.preface,
            **lines_above,
            basis=merge_contents(old.preface.basis or (), new.preface.basis or ()) or None,
        )
        return replace(
            new,
            preface=preface,
            body=(model.Paragraph(Role.PLAIN, (Emphasis(between(redline, self._locale)),)), *self._body),
            annexes=(*self._annexes, summary(redline, self._locale)),
            notes=tuple(self._notes()),
            closing=new.closing if kept else (),
            pagination=Pagination.FLOW,
            findings=(),
        )

    def _notes(self) -> Iterator[model.Note]:
        on_last_page = uncalled(self._redline)
        for note in self._redline.notes:
            if note in on_last_page:
                continue
            content = merge_contents(note.old.content if note.old else (), note.new.content if note.new else ())
            asterisk = bool((note.new or note.old or model.Note(0, ())).asterisk)
            yield model.Note(note.number, content, asterisk)

    def _end_annex(self) -> None:
        if self._annexes:
            self._annexes[-1] = replace(self._annexes[-1], body=tuple(self._blocks))

    def _end_box(self) -> None:
        if self._box is not None:
            title, outer = self._box
            if title or self._blocks:
                outer.append(model.Box(title, tuple(self._blocks)))
            self._blocks, self._box = outer, None

    # --- lines --------------------------------------------------------------------------------------------------------

    def _add(self, line: AlignedLine) -> None:
        """Add the blocks that show one step through both documents."""
        if not any(each.boxed for each in line.new or line.old):
            self._end_box()
        if not line.old or not line.new:
            self._add_single(line)
        elif len(line.old) == len(line.new) == 1:
            self._add_pair(line.old[0], line.new[0])
        else:
            self._add_divided(line)

    def _add_pair(self, old: DocumentLine, new: DocumentLine) -> None:
        match old.block, new.block:
            case model.Table() as before, model.Table() as after if change := compare_tables(before, after):
                self._blocks.append(self._both(merge_tables(change), old, new))
            case model.Figure() as before, model.Figure() as after if before.picture == after.picture:
                self._blocks.append(self._both(after, old, new))
            case (model.Table(), model.Table()) | (model.Figure(), model.Figure()):
                self._add_single(AlignedLine((old,)))
                self._add_single(AlignedLine((), (new,)))
            case model.Vote() as before, model.Vote() as after if before != after:
                sides = zip(*(wording.vote_lines(each, self._locale) for each in (before, after)), strict=True)
                for (head, states), (_, others) in sides:
                    self._plain((*_text(f"{head} "), *merge_contents(_text(states), _text(others))))
            case _:
                content = merge_contents(old.content, new.content)
                self._put(new, _with_marks(old.mark, new.mark, content), marked=has_other_mark(old.mark, new.mark))

    def _add_single(self, line: AlignedLine) -> None:
        """Add a line that only one of the documents has here."""
        each = (line.old or line.new)[0]
        kind = _KINDS[bool(line.move), bool(line.old)]
        before = self._direction(line)
        match each.block:
            case model.Contents() | model.Layout() as block:
                if line.new:
                    self._blocks.append(block)
            case model.Table() as table:
                rows: dict[str, Any] = {
                    name: tuple(_revised_row(row, kind) for row in getattr(table, name)) for name in ("head", "rows")
                }
                self._blocks.append(replace(_revised(table, each, kind, before), **rows))
            case model.Figure() as figure if line.new:
                self._blocks.append(_revised(figure, each, kind, before))
            case model.Figure() as figure:  # a picture cannot be struck out
                caption = " ".join(filter(None, (each.mark, model.plain(each.content), figure.alternative)))
                self._plain((*before, *revised(_text(caption), kind)))
            case model.Vote() as vote:
                for head, states in wording.vote_lines(vote, self._locale):
                    self._plain((*before, *revised(_text(f"{head} {states}"), kind)))
            case _:
                source = self._places[line.move].old.content if line.move and line.new else None
                content = (
                    revised(each.content, kind) if source is None else merge_contents(source, each.content, moved=True)
                )
                mark = revised(_text(f"{each.mark} "), kind) if each.mark else ()
                self._put(each, joined((*mark, *before, *content)), marked=True)

    def _add_divided(self, line: AlignedLine) -> None:
        """Add the paragraphs into which some were split or merged."""
        olds, news = (
            [each[0].content, *((*_text(f"{other.mark} " if other.mark else ""), *other.content) for other in each[1:])]
            for each in (line.old, line.new)
        )
        marks = line.old[0].mark, line.new[0].mark
        for at, (new, content) in enumerate(zip(line.new, divide_contents(olds, news), strict=True)):
            self._put(new, content if at else _with_marks(*marks, content), marked=at > 0 or has_other_mark(*marks))

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _put(self, line: DocumentLine, content: Content, *, marked: bool) -> None:
        """Add a line with this content to the blocks. `marked` says that its mark is part of the content."""
        match line.block:
            case model.Item(ordinal, mark=given):
                self._put_item(model.Item(ordinal, content, (), "" if marked else given), line)
            case model.Paragraph() as block if line.kind == "tail":
                last = self._blocks[-1] if self._blocks else None
                if isinstance(last, model.Paragraph) and not last.tail:
                    self._blocks[-1] = replace(last, tail=content)
                else:
                    self._plain(content)
            case model.Paragraph(number=number, mark=given) as block:
                number, given = (None, "") if marked else (number, given)
                self._blocks.append(replace(block, content=content, items=(), tail=(), mark=given, number=number))
            case model.Heading(mark=given) as block:
                self._blocks.append(replace(block, content=content, mark="" if marked else given))
            case model.Part() | model.Ornament() as block:
                self._blocks.append(replace(block, content=content))
            case model.Annex(mark=given) as annex:
                self._end_annex()
                self._blocks = []
                self._annexes.append(replace(annex, title=content, body=(), mark="" if marked else given))
            case model.Box():
                self._end_box()
                self._box, self._blocks = (content, self._blocks), []
            case None:
                self._plain(content)
            case model.Table() | model.Figure() | model.Vote() | model.Contents() | model.Layout() as block:
                self._blocks.append(block)

    def _put_item(self, item: model.Item, line: DocumentLine) -> None:
        last = self._blocks[-1] if self._blocks else None
        if isinstance(last, model.Paragraph) and not last.tail:
            self._blocks[-1] = replace(last, items=_with_item(last.items, item, line.degree))
        else:
            mark = line.mark if item.mark is None else item.mark
            self._blocks.append(model.Paragraph(Role.PLAIN, item.content, mark=mark))

    def _plain(self, content: Content) -> None:
        self._blocks.append(model.Paragraph(Role.PLAIN, joined(content)))

    def _both(self, block: _Captioned, old: DocumentLine, new: DocumentLine) -> _Captioned:
        """Return a table or figure with the caption of both, and the lines below both."""
        assert isinstance(old.block, model.Table | model.Figure)
        below: dict[str, Any] = {
            name: _merged_lines(getattr(old.block, name), getattr(block, name)) for name in ("remarks", "notes")
        }
        title = _with_marks(old.mark, new.mark, merge_contents(old.content, new.content))
        unit = merge_contents(old.block.caption.unit, block.caption.unit)
        if not has_other_mark(old.mark, new.mark):
            caption = replace(block.caption, title=title, unit=unit)
        else:
            caption = model.Caption(title, unit=unit)
        return replace(block, caption=caption, **below)

    def _direction(self, line: AlignedLine) -> Content:
        """Return where a line was moved to or from, in brackets; nothing for one that did not move."""
        if not line.move:
            return ()
        move = self._places[line.move]
        form, place = ("moved_to", move.target) if line.old else ("moved_from", move.source)
        return (Emphasis((Text(str(self._locale.word("redline", form)).format(place=place)),)), Text(" "))


def _with_marks(old: str, new: str, content: Content) -> Content:
    """Return content after both marks, if they differ."""
    if not has_other_mark(old, new):
        return content
    marks = (*revised(_text(old), RevisionKind.REMOVED), *revised(_text(new), RevisionKind.ADDED))
    return joined((*marks, Text(" "), *content))


def _with_item(items: tuple[model.Item, ...], item: model.Item, degree: int) -> tuple[model.Item, ...]:
    """Return subparagraphs with one more at the end, of this degree or the next one that there can be."""
    if degree <= 1 or not items:
        return (*items, item)
    return (*items[:-1], replace(items[-1], items=_with_item(items[-1].items, item, degree - 1)))


def _revised_row(row: model.Row, kind: RevisionKind) -> model.Row:
    return replace(row, cells=tuple(replace(cell, content=revised(cell.content, kind)) for cell in row.cells))


def _revised(block: _Captioned, line: DocumentLine, kind: RevisionKind, before: Content) -> _Captioned:
    """Return a table or figure whose caption and lines below are revisions, its caption after `before`."""
    title: Content = (*_text(f"{line.mark} " if line.mark else ""), *line.content)
    if isinstance(block, model.Figure) and not title:
        title = _text(block.alternative)
    caption = model.Caption(joined((*before, *revised(title, kind))), unit=revised(block.caption.unit, kind))
    below: dict[str, Any] = {
        name: tuple(revised(text, kind) for text in getattr(block, name)) for name in ("remarks", "notes")
    }
    return replace(block, caption=caption, **below)


def _merged_lines(old: tuple[Content, ...], new: tuple[Content, ...]) -> tuple[Content, ...]:
    """Return the lines below a table or figure, one after another."""
    return tuple(merge_contents(before, after) for before, after in zip_longest(old, new, fillvalue=()))


def _text(text: str) -> Content:
    return (Text(text),) if text else ()
