"""The marks of paragraphs, sub-paragraphs, headings, parts and sections: the place or the number that a mark means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache

from masthead.document import Digits, DocumentType, Locale, TemplateError, patterns
from masthead.page import wording

Place = tuple[int, int]  # degree and ordinal, both from 1
_MOST = 100  # of what is counted
_LONGEST = 40  # characters of what stands before a heading


class Marks:
    """The marks of one language. Where a mark has two meanings, (i) for one, its neighbours tell which."""

    def __init__(self, locale: Locale) -> None:
        form = str(locale.word("marks", "paragraph")).partition("{number}")
        sign = re.escape(form[2].strip()).replace(r"\-", "[-–—]")
        self._number = re.compile(rf"{re.escape(form[0])}(?P<number>[0-9٠-٩]{{1,3}})\s*{sign}\s+(?=\S)")
        self._places = _places(locale)
        marks = "|".join(re.escape(mark) for mark in sorted(self._places, key=len, reverse=True))
        self._item = re.compile(rf"(?P<mark>{marks})\s+")
        self._heads = {kind: counted_marks(locale, "marks", kind) for kind in ("part", "section")}

    def number(self, text: str) -> re.Match[str] | None:
        """Match the number, `number`, of an operative paragraph at the start of `text`."""
        return self._number.match(text)

    def item(self, text: str) -> re.Match[str] | None:
        """Match the mark, `mark`, of a sub-paragraph at the start of `text`."""
        return self._item.match(text)

    def head(self, line: str, kind: str) -> int | None:
        """Return what the mark of a part or a section (`kind`) that is the whole of `line` counts."""
        return self._heads[kind].get(line)

    def ordinal(self, mark: str, degree: int) -> int | None:
        """Return what `mark` counts in this degree; None where it is no mark of it."""
        return next((ordinal for at, ordinal in self._places.get(mark, ()) if at == degree), None)

    def example(self, degree: int) -> str:
        """Return the first mark of a degree, or of the deepest there is."""
        deepest = max(at for places in self._places.values() for at, _ in places)
        return next(mark for mark, places in self._places.items() if (min(degree, deepest), 1) in places)

    def place(self, mark: str, ordinals: Sequence[int], announced: bool) -> tuple[Place, bool] | None:
        """Return the place that `mark` means, and whether it is the next in order; None where it can be no mark.

        `ordinals` are those of the open sub-paragraphs by degree. `announced` says that the text before ends with a
        colon: a new degree is likelier than the next letter.
        """
        possible = [(degree, ordinal) for degree, ordinal in self._places[mark] if degree <= len(ordinals) + 1]
        if not possible:
            return None
        expected = [(degree, ordinals[degree - 1] + 1) for degree in range(len(ordinals), 0, -1)]
        expected.insert(0 if announced else len(expected), (len(ordinals) + 1, 1))
        for place in expected:
            if place in possible:
                return place, True
        return possible[0], False


@cache
def _places(locale: Locale) -> Mapping[str, list[Place]]:
    """Every mark of the locale with the places it can mean, as printed and as it is often typed."""
    places: dict[str, list[Place]] = defaultdict(list)
    for degree in range(1, len(locale.word("marks", "item")) + 1):
        for ordinal in range(1, len(locale.word("marks", "letters")) + 1):
            marks = [locale.item_mark(ordinal, degree, digits) for digits in (locale.language.digits, *Digits)]
            for mark in dict.fromkeys((*marks, *map(patterns.fold, marks))):
                places[mark].append((degree, ordinal))
    return dict(places)


@cache
def heading_marks(locale: Locale, level: int, kind: DocumentType) -> Mapping[str, int]:
    """Every mark of the headings of that level, in either digits, with the number that it means."""
    return _numbers(lambda ordinal, digits: wording.heading_mark(ordinal, level, kind, locale, digits))


def part_heading(text: str, level: int, kind: DocumentType, locale: Locale) -> tuple[int | None, str]:
    """Part a heading's text from the mark before it; return the number that the mark means, or None."""
    marks = heading_marks(locale, level, kind)
    ends = (len(text), *(space for space in range(len(text[:_LONGEST])) if text[space] == " "))
    end = max((end for end in ends if text[:end] in marks), default=0)
    return marks.get(text[:end]), text[end:].lstrip(" ")


@cache
def counted_marks(locale: Locale, table: str, key: str) -> Mapping[str, int]:
    """Every mark of a form of the locale that counts, `Annex II`, with the number that it means."""
    return _numbers(lambda ordinal, digits: locale.counted(table, key, ordinal, digits))


def _numbers(mark: Callable[[int, Digits], str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    with suppress(TemplateError):  # the locale has no mark for so many
        for ordinal in range(1, _MOST):
            for digits in Digits:
                found.setdefault(mark(ordinal, digits), ordinal)
    found.pop("", None)
    return found
