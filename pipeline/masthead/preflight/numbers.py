"""Rules about numbers: that the page shows what the text says, and which of them are typed in another order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

from masthead.document import Digits, Direction, Finding, Language, Rules, Severity, numbers
from masthead.document.references import units
from masthead.pdf import Evidence, TaggedBlock
from masthead.preflight.lettering.expected import apart_from_mark
from masthead.preflight.needs import Need

RULES = Rules[Evidence]()

_LANGUAGES = frozenset(Language)
_ARABIC_INDIC = re.compile("[٠-٩]")
_DIVISIBLE = (numbers.NumberKind.WEB, numbers.NumberKind.LATIN)
_LATIN_POINT = re.compile(r"(?<![٠-٩.])[٠-٩]++[.][٠-٩]++(?!\.[٠-٩])")  # not 5.1.2, which is a section
_POINTS = re.compile("[٠-٩]+(?:[.][٠-٩]+){2,}")
_RAISED = 8.0  # points: a note call right after a number is raised by less, and lines are further apart
_Places = Mapping[tuple[int, int], float]


@RULES.rule("script.numbers", Severity.ERROR, Need.SCREEN, Need.STRUCTURE, Need.OUR_TAGS)
def whole(evidence: Evidence) -> Iterator[Finding]:
    """A number with its signs is on one line, and no Latin point is between Arabic-Indic digits, where it looks like a
    zero: 1.25 would be read as 1025. The order of its digits and signs is checked with that of all letters.
    """
    baselines = {
        (page, run.content): run.matrix[5]
        for page, runs in enumerate(evidence.runs, 1)
        for run in reversed(runs)
        if run.content is not None
    }
    for block in evidence.tree:
        for found in _LATIN_POINT.finditer(block.text) if "." in block.text else ():
            hint = f"the decimal mark of these digits is U+066B: {found[0].replace('.', '٫')}"
            yield Finding(f"the point in {found[0]} looks like a zero", block.page, f"“{block.text[:60]}”", hint)
        for number in _divided(block, baselines):
            hint = "publish again, or look for a narrow column"
            yield Finding(f"the number {number} is divided over two lines", block.page, f"“{block.text[:60]}”", hint)


def _divided(block: TaggedBlock, baselines: _Places) -> Iterator[str]:
    """Yield the numbers of a block that begin on one line and end on another."""
    language = block.language.partition("-")[0]
    pieces = [piece for piece in block.pieces if piece.text]
    lines = [(piece.page, baselines.get((piece.page, piece.number), 0.0)) for piece in pieces]
    if language not in _LANGUAGES or not lines or not _is_divided(min(lines), max(lines)):
        return
    text = "".join([piece.text for piece in pieces])
    ends = list(accumulate([len(piece.text) for piece in pieces]))
    digits = Digits.ARABIC_INDIC if _ARABIC_INDIC.search(text) else Digits.WESTERN
    for number in numbers.numbers_in(apart_from_mark(text), Language(language), digits):
        first, last = (lines[bisect_right(ends, place)] for place in (number.start, number.end - 1))
        if number.kind not in _DIVISIBLE and _is_divided(first, last):
            yield text[number.start : number.end]


def _is_divided(first: tuple[int, float], last: tuple[int, float]) -> bool:
    """Whether two pieces of text are on different lines, by their pages and baselines."""
    return first[0] != last[0] or abs(first[1] - last[1]) > _RAISED


@RULES.rule("completeness.numbers", Severity.NOTE, Need.SCREEN, Need.SOURCE)
def reading(evidence: Evidence) -> Iterator[Finding]:
    """Each number that is typed in another order than it is printed is listed with both forms, and so is each whose
    points look like zeros.

    Typists of Arabic type groups of digits backwards (`000 210`), because word processors then show them in the right
    order: 135 of 136 grouped numbers in the Security Council's Arabic files. The page shows the number, and the text in
    the file has it in reading order. A point between Arabic-Indic digits is printed only where there are several, as in
    the number of a section, which Arabic writes with hyphens.
    """
    document = evidence.document
    if document is None or document.language.direction is Direction.LTR:
        return
    for unit in units(document):
        for number in numbers.numbers_in(unit.text, document.language, document.digits):
            typed = unit.text[number.start : number.end]
            if not number.is_machine and numbers.is_turned(typed, number.printed):
                message = f"{typed} is typed in another order than it is printed: {number.printed}"
                yield Finding(message, where=unit.place, hint="type numbers in reading order to avoid this note")
            elif _POINTS.fullmatch(number.printed):
                hint = f"write hyphens, as Arabic does: {number.printed.replace('.', '-')}"
                yield Finding(f"the points in {number.printed} look like zeros", where=unit.place, hint=hint)
