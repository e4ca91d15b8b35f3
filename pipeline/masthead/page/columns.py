"""Room after the numbers of a table column, so that their units digits are above each other.

The numbers of a column that is aligned to its end are a block that ends there. The units digit of a number is not
always its last sign on that side: decimals, signs, brackets and note calls follow it, and from right to left its other
digits. Each number gets the room that other numbers of the column need there. It is written as the signs that would
fill it, which a style sheet draws invisibly, so no font is measured here. All digits of a face have the same width.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import reduce
from itertools import groupby
from operator import or_

from markupsafe import Markup

from masthead.document import Digits, Direction, Language, Locale, model, numbers
from masthead.page import times
from masthead.page.digits import running_text
from masthead.page.embedding_levels import reorder, resolve_printed
from masthead.page.wording import table_note_call

GROUP_MARKS = {Language.ENGLISH: ",", Language.CHINESE: ",", Language.ARABIC: ","}  # a point in the other languages
_SIGN = r"[^\w\ue000]"
_DASH = re.compile(r"[-\u2010-\u2015−]|[.…]{1,3}")
_NUMBER = re.compile(rf"{_SIGN}*+(\d(?:[\d.,٫٬ \u00a0\u202f\u2009]*\d)?+){_SIGN}*+")
_DECIMALS = re.compile(r"(.*)([.,٫])(\d+)")
_RAISED = 0.65  # the size of a call in Word, of that of its text
_AROUND = f" {numbers.NO_BREAK_SPACE}{numbers.BARRIER}"

_Signs = Counter[tuple[str, str]]  # class and text


def rooms(table: model.Table, language: Language, digits: Digits, locale: Locale) -> dict[tuple[int, int], Markup]:
    """Return the HTML after the numbers of a table, by their row under the head and their column.

    It is empty elements with class `room`, for cells that are one number or a dash in a column aligned to its end.
    """
    return {place: _room(signs) for place, signs in _lacking(table, language, digits, locale).items()}


def room_widths(table: model.Table, locale: Locale, digits: Digits) -> dict[tuple[int, int], float]:
    """Return the room after the numbers of a table, in em of Times, by their row under the head and their column."""
    return {
        place: sum(
            times.width(text.replace(numbers.NO_BREAK_SPACE, " ")) * (_RAISED if kind else 1)
            for kind, text in signs.elements()
        )
        for place, signs in _lacking(table, locale.language, digits, locale).items()
    }


def _lacking(table: model.Table, language: Language, digits: Digits, locale: Locale) -> dict[tuple[int, int], _Signs]:
    """Return the signs that other numbers of its column have after their units digit, for each number of a table."""
    found: dict[int, dict[int, _Signs]] = defaultdict(dict)
    for number, row in enumerate(model.placed(table.rows)):
        for column, cell in row:
            if cell.columns == 1 and table.alignments[column] is model.Alignment.END:
                signs = _after_units(cell.content, language, digits, locale)
                if signs is not None:
                    found[column][number] = signs
    result: dict[tuple[int, int], _Signs] = {}
    for column, cells in found.items():
        needed = reduce(or_, cells.values())
        result.update(((number, column), needed - signs) for number, signs in cells.items())
    return result


def _room(signs: _Signs) -> Markup:
    element = Markup('<span class="{}" data-room="{}"></span>')
    kinds = groupby(sorted(signs.elements()), key=lambda sign: sign[0])
    return Markup().join(
        element.format(f"room {kind}".strip(), "".join(text for _, text in same)) for kind, same in kinds
    )


def _after_units(content: model.Content, language: Language, digits: Digits, locale: Locale) -> _Signs | None:
    """Return the signs between the units digit of a cell's number and the end of its column, None without a number."""
    text = running_text(content, mask=False).lstrip().rstrip(_AROUND)
    if not (number := _NUMBER.fullmatch(text)) and not _DASH.fullmatch(text):
        return None
    signs: _Signs = Counter()
    if number:
        units = number.start(1) + _whole_length(number[1], language) - 1
        order = reorder(range(len(text)), resolve_printed(text, language))
        place = order.index(units)
        after = order[:place] if language.direction is Direction.RTL else order[place + 1 :]
        signs.update(("", _model_sign(text[each], digits)) for each in after)
    for inline in model.inlines(content):
        match inline:
            case model.NoteCall(ordinal, asterisk):
                mark = locale.call_mark(ordinal, digits, asterisk=asterisk)
                signs.update(("call", _model_sign(char, digits)) for char in mark)
            case model.TableNoteCall(ordinal):
                mark = table_note_call(ordinal, locale)
                signs["table-note-call", "a" if mark.isascii() else mark] += 1
    return signs


def _whole_length(value: str, language: Language) -> int:
    """Return the length of a number without its decimals."""
    if parts := _DECIMALS.fullmatch(value):
        whole, mark, decimals = parts.groups()
        if mark not in whole and not (mark == GROUP_MARKS.get(language, ".") and len(decimals) == 3):
            return len(whole)
    return len(value)


def _model_sign(char: str, digits: Digits) -> str:
    """Return a sign as wide as `char`."""
    if char.isdigit():
        return digits.shape("0")
    return numbers.NO_BREAK_SPACE if char.isspace() else {")": "(", "]": "["}.get(char, char)
