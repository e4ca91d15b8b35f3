"""The numbers that a source has, and those that they should be: what `masthead renumber` corrects."""

from __future__ import annotations

from dataclasses import dataclass

Scope = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """A number at the start of a part: in which line it is, how it is written there, and how it should be written.

    `kind` and the values are those of citations: `paragraph`, `12` or `12(2)`. `scope` is the annex, part and box that
    contain the part. `written` is empty if the number is counted by the reader. Notes have no line: their labels are
    wherever they are called.
    """

    kind: str
    scope: Scope
    line: int
    written: str
    correct: str
    value: str
    correct_value: str


class Positions:
    """Counts the parts of a document in their order, whatever their numbers are."""

    def __init__(self) -> None:
        self._counts: dict[tuple[object, ...], int] = {}
        self._headings: dict[int, int] = {}

    def next(self, *key: object) -> int:
        """Return the position of the next part among those with the same key."""
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]

    def next_heading(self, level: int) -> int:
        """Return the position of the next heading of a level below the last higher one."""
        self._headings = {at: last for at, last in self._headings.items() if at <= level}
        self._headings[level] = self._headings.get(level, 0) + 1
        return self._headings[level]

    def restart(self) -> None:
        """Begin again with the headings of a part or an annex."""
        self._headings.clear()
