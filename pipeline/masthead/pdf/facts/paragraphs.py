"""Numbered paragraphs, and their lettered and numbered parts, by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from masthead.document import Rectangle
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.pages import DrawnLine, Page
from masthead.pdf.facts.places import body, column, is_flush, is_indented

_DASHES = ("-", "–")
_NUMBER = re.compile(r"(\d{1,3})(?:\.(?=\s|$)|\s*[-–](?!\d))")
_ONLY_NUMBER = re.compile(r"\d{1,3}\.\s*")
_DASHED = re.compile(r"\d+\s*[-–]")
_DECIMAL = re.compile(r"\d{1,3}\.\d")
_RANGE = re.compile(r"\d+\s*[-–]\s*\d")
# Brackets may come out of an Arabic page either way round: its file may not mirror them.
_LETTER = re.compile(r"[()']\s?(\w{1,5})\s?[()']|(\w{1,5})\)")
_WIDE = re.compile(r"\(?[ivx]{4,5}\)")  # a numeral that leaves less room than a tab before its text
_COMMAS = (",", "،", "，", "、")
_SECOND = 47.5  # points from the edge of the column: where the marks of the second level begin
_TAB = 5.5  # points: wider than a word space
_AROUND_DASH = 0.67  # of the size, on both sides together: the hyphen of a range has at most 0.65
SMALLEST = 9.5  # points: text is set in 10 or more, notes in less


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph with a number."""

    number: int
    page: int
    box: Rectangle


def recognize(pages: tuple[Page, ...]) -> Iterator[NumberedParagraph]:
    """Yield the numbered paragraphs of a document in order."""
    for page in pages:
        for line in body(page):
            if number := opened(page, line):
                yield NumberedParagraph(number, page.number, line.box)


def opened(page: Page, line: DrawnLine) -> int | None:
    """Return the number of the paragraph that a line opens, at the column's edge or one indent in, before a tab."""
    number = number_of(line)
    if not number or (not page.right_to_left and _DASHED.match(line.text)):  # only Arabic numbers have a dash
        return None
    placed = line.size > SMALLEST and (is_flush(page, line) or is_indented(page, line))
    return number if placed and not line.bold and _is_tabbed(page, line) and not _ends_sentence(page, line) else None


def _ends_sentence(page: Page, line: DrawnLine) -> bool:
    """Return whether a line is only a number, with no text beside it: the end of a sentence, `results 1 and 2.`"""
    if not _ONLY_NUMBER.fullmatch(line.text):
        return False
    return not any(other is not line and abs(other.baseline - line.baseline) < 1 for other in page.lines)


def number_of(line: DrawnLine) -> int | None:
    """Return the number that a line begins with."""
    found = _NUMBER.match(line.text) or _NUMBER.match(_opening(line))
    return int(found[1]) if found else None


def _opening(line: DrawnLine) -> str:
    """Return the number before a tab, where the paragraph begins with a number that reads as one with it.

    That is `100.` of `100.2025`, and `29 -` of `4 512 - 29` from right to left.
    """
    if line.spans[0].right_to_left:
        if not any(dash in line.text for dash in _DASHES) or not line.spans[-1].characters[-1].text.isdigit():
            return ""
        shown = [each for span in line.spans for each in span.characters]
        edge = next((place for place, each in enumerate(reversed(shown)) if not each.text.isdigit()), 0)
        dash = shown[-1 - edge]
        is_tabbed = edge and dash.text in _DASHES and _room_around(dash, shown) > _AROUND_DASH * line.size
        return "".join(each.text for each in (*shown[-edge:], dash)) if is_tabbed else ""
    if not _DECIMAL.match(line.text):
        return ""
    shown = [each for span in line.spans for each in span.characters]
    edge = next((place for place, (a, b) in enumerate(pairwise(shown), 1) if b.left - a.right > _TAB), 0)
    return "".join(each.text for each in shown[:edge])


def part_of(page: Page, line: DrawnLine, before: DrawnLine | None = None) -> tuple[int, str] | None:
    """Return the degree, 1 or 2, and the letter or number of the part of a paragraph that a line opens.

    `before` is the line before it: where its sentence goes on, the part is one within running text.
    """
    found = _LETTER.match(line.text)
    if not found or line.size < SMALLEST:
        return None
    goes_on = before and not before.bold and (before.text[-1:].isalnum() or before.text.endswith(_COMMAS))
    if goes_on and not (_is_tabbed(page, line, ")") or _WIDE.match(line.text)):
        return None
    degree = 1 if is_indented(page, line) else 2 if -4 < page.start(line) - column(page) - _SECOND < 4 else 0
    return (degree, found[1] or found[2]) if degree else None


def _is_tabbed(page: Page, line: DrawnLine, ends: Sequence[str] = (".", *_DASHES)) -> bool:
    """Whether more than a word space follows the number or letter, which `ends` with one of these.

    From right to left that is only asked where a number follows, which may be the end of a range.
    """
    if page.right_to_left and not _RANGE.match(line.text):
        return True
    shown = [each for span in line.spans for each in span.characters]
    if page.right_to_left:
        dash = next((each for each in reversed(shown) if each.text in _DASHES), None)
        return dash is None or _room_around(dash, shown) > _AROUND_DASH * line.size
    point = next((place for place, each in enumerate(shown) if each.text[-1:] in ends), len(shown))
    return point + 1 >= len(shown) or shown[point + 1].left - shown[point].right > _TAB


def _room_around(dash: Character, shown: Sequence[Character]) -> float:
    """Return the room on both sides of a dash together."""
    before = max((each.right for each in shown if each.right < dash.left), default=0.0)
    after = min((each.left for each in shown if each.left > dash.right), default=dash.right)
    return dash.left - before + after - dash.right
