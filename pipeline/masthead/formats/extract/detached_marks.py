"""Marks on lines of their own: pdftotext may separate the margin from the text."""

from __future__ import annotations

from dataclasses import replace

from masthead.document import SourceError
from masthead.formats.extract.measure import Placing
from masthead.formats.extract.openers import Openers
from masthead.formats.extract.pages import Page, PageLine
from masthead.formats.record import Record

_NOTES = 2
_LONGEST = 4  # digits


class MarkJoiner:
    """Puts the detached marks of one document before the lines that they number."""

    def __init__(self, opens: Openers, record: Record, places: Placing, *, numbers: bool) -> None:
        """`numbers` says that a line may be only a number, as in a table whose cells come one below the other."""
        self._opens, self._record = opens, record
        self._strict, self._most = places is Placing.NONE, _NOTES if numbers else 0
        self._small: set[bool] = set()
        self._last = self._counted = 0

    def joined(self, page: Page) -> Page:
        """Return the page with each detached mark before the next line. Raises SourceError if the order is lost."""
        result: Page = []
        mark: PageLine | None = None
        for line in page:
            if self._strict and self._is_lost(line, mark):
                raise self._lost(line)
            if mark is not None:
                line = replace(line, number=mark.number, text=f"{mark.text} {line.text}", gap=mark.gap)
                result.pop()
            result.append(line)
            mark = line if self._opens.is_bare(line.text) else None
        if self._strict and mark is not None:
            raise self._lost(mark)
        return result

    def _is_lost(self, line: PageLine, mark: PageLine | None) -> bool:
        """Return whether a line shows that marks and texts are not in reading order."""
        if mark is not None and self._opens.number(f"{mark.text} x"):
            self._small.add(line.text[:1].islower())
        marks = mark is not None and self._opens.is_bare(line.text)
        return marks or len(self._small) > 1 or self._counts(line.text)

    def _counts(self, text: str) -> bool:
        """Return whether a line is one of too many consecutive numbers: the marks of notes without their texts."""
        if not (text.isdecimal() and len(text) < _LONGEST):
            return False
        self._counted = self._counted + 1 if int(text) == self._last + 1 else 1
        self._last = int(text)
        return self._counted > self._most

    def _lost(self, line: PageLine) -> SourceError:
        return SourceError(
            "marks or figures are separated from what they belong to: the reading order is lost",
            where=self._record.where(line.number),
            hint="extract the text with pdftotext -layout",
        )
