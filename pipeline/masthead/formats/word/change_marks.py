"""The marks of tracked changes (ECMA-376, part 1, 17.13.5): who changed what of a file, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from masthead.formats.word.tracked_blocks import tracked_look
from masthead.formats.word.xml import child, duplicate, signature, unsigned, w


@dataclass(frozen=True, slots=True)
class Revisor:
    """Who changed a document, and when: what a tracked change says. `date` is in UTC."""

    author: str
    date: datetime


class ChangeMarks:
    """Makes the marks of one file. They are counted through all its parts."""

    def __init__(self, revisor: Revisor) -> None:
        self._revisor, self._count, self._is_odd = revisor, 0, False

    def begin_paragraph(self) -> None:
        """Say that the next marks are those of another paragraph."""
        self._is_odd = not self._is_odd

    @property
    def author(self) -> dict[str, str]:
        """The attributes of a tracked change. Those in the next paragraph are two minutes later.

        LibreOffice joins changes of one minute that touch, and loses the paragraph mark between them.
        """
        date = self._revisor.date + timedelta(minutes=2 * self._is_odd)
        return {"author": self._revisor.author, "date": f"{date:%Y-%m-%dT%H:%M:%SZ}"}

    def identifier(self) -> str:
        """Return the next identifier of a change."""
        self._count += 1
        return str(90000 + self._count)

    def tracked(self, tag: str, *content: Any) -> Any:
        """Return an element that says of its content, or of what it is in, that it was changed."""
        return w(tag, *content, id=self.identifier(), **self.author)

    def move(self, paragraph: Any, name: str, move: int) -> None:
        """Say that a paragraph is one end of a move: `name` is `moveFrom` or `moveTo`."""
        ends = {"id": self.identifier()}
        paragraph.insert(0, w(f"{name}RangeStart", **ends, **self.author, name=f"move{move}"))
        paragraph.append(w(f"{name}RangeEnd", **ends))

    def paragraph_end(self, paragraph: Any, look: Any, change: str) -> None:
        """Give a paragraph its properties, and say that its mark was deleted or inserted."""
        look = w("pPr") if look is None else look
        runs = child(look, "w:rPr")
        if runs is None:
            runs = w("rPr")
            section = child(look, "w:sectPr")
            look.insert(len(look) if section is None else look.index(section), runs)
        runs.insert(0, self.tracked(change))
        paragraph.insert(0, look)

    def paragraph_look(self, old: Any, new: Any) -> Any:
        """Return the properties of a paragraph that has others than it had."""
        look = duplicate(new)
        if signature(tracked_look(old)) == signature(tracked_look(new)):
            return look
        look = w("pPr") if look is None else look
        before = tracked_look(old)
        look.append(self.tracked("pPrChange", w("pPr") if before is None else before))
        return look

    def run_look(self, look: Any, old: Any) -> Any:
        """Return the properties of a run that has others than it had, whose signature is `old`."""
        if old == signature(look):
            return duplicate(look)
        made, before = w("rPr") if look is None else duplicate(look), unsigned(old)
        made.append(self.tracked("rPrChange", w("rPr") if before is None else before))
        return made

    def row(self, row: Any, change: str) -> None:
        """Say that a row was deleted or inserted."""
        _row_look(row).append(self.tracked(change))

    def row_look(self, row: Any, old: Any) -> None:
        """Say that a row had other properties."""
        _row_look(row).append(self.tracked("trPrChange", w("trPr") if old is None else duplicate(old)))

    def grid(self, grid: Any, old: Any) -> None:
        """Say that a table had other columns."""
        grid.append(w("tblGridChange", duplicate(old), id=self.identifier()))


def _row_look(row: Any) -> Any:
    look = child(row, "w:trPr")
    if look is None:
        look = w("trPr")
        row.insert(0, look)
    return look
