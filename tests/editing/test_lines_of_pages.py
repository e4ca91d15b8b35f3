"""Which line of a source each line of the pages was made from, and none where it is not certain."""

from __future__ import annotations

import pytest

from masthead.editing.tracing import source_lines

FIRST, LAST = "The gauges of the harbour are read.", "The observers of the islands report."
PAGE = "so that the whole of a long line of the page has the same beginning as another"


@pytest.mark.parametrize(
    ("source", "texts", "lines"),
    [
        ([FIRST, "", LAST], [FIRST, LAST], [1, 3]),
        ([FIRST, "", LAST], [LAST, FIRST], [3, 1]),
        ([FIRST], ["Something that is nowhere in it"], [None]),
        ([FIRST], ["", "*"], [None, None]),
        # marks that no page prints
        (["**The gauges**[^1] of the *harbour*", "are read."], ["The gauges1 of the", "harbour are read."], [None, 1]),
        (["# The gauges of the harbour by night"], ["I. The gauges of the harbour by night"], [1]),  # by its end
        # ten letters tell a line from all others, nine do not
        (["Abcdefghij", "k"], ["bcdefghijk"], [1]),
        (["Zero", "bcdefghijk"], ["bcdefghijk"], [2]),
        (["Zero", "bcdefghij"], ["bcdefghij"], [None]),
        # a line that begins as another one is known by its end, one that is twice in the source only between others
        ([f"{PAGE} one here", f"{PAGE} two there"], [f"{PAGE} two there", f"{PAGE} one here"], [2, 1]),
        ([FIRST, PAGE, LAST, PAGE], [PAGE], [None]),
        ([FIRST, PAGE, LAST, PAGE], [LAST, PAGE], [3, 4]),
        ([FIRST, PAGE, LAST, PAGE], [FIRST, PAGE, LAST, PAGE], [1, 2, 3, 4]),
        (["The gauges of the harbour are read by night", "The gauges of the islands are read by night"],
         ["The gauges of the islands are read by night"], [2]),
        # numbers that the source leaves to the reader
        ([f"#. {FIRST}", f"#. {LAST}"], [f"1. {FIRST}", f"12. {LAST}"], [1, 2]),
        ([f"#. {FIRST}"], [f"1234. {FIRST}"], [1]),  # by its end
        (["1. The gauges of"], ["12. The gauges of"], [1]),
        (["1. The gauges"], ["12. The gauges"], [None]),
        # digits of any kind are the same
        (["See 12345678901 and more"], ["See ١٢٣٤٥٦٧٨٩٠١ and more"], [1]),
        (["See ١٢٣٤٥٦٧٨٩٠١ and more"], ["See 12345678901 and more"], [1]),
        # cells of a table, one after the other, between what is certain
        ([FIRST, "| 7 | 8 |", "| 7 | 9 |", LAST], [FIRST, "7", "8", "7", "9", LAST], [1, 2, 2, 3, 3, 4]),
        ([FIRST, "| 7 |", "| 7 |", LAST], [FIRST, "7", "7", LAST], [1, 2, 3, 4]),
        (["| 7 |", FIRST, LAST], [FIRST, "7", LAST], [2, None, 3]),
        ([FIRST, "| 7 |", PAGE, "| 7 |", LAST], [FIRST, PAGE, "7", LAST], [1, 3, 4, 5]),
        (["| 7 |", FIRST, LAST], ["7", FIRST, LAST], [1, 2, 3]),
        # after the last line that is certain, within 400 letters
        ([FIRST, "x" * 368, "seven"], [FIRST, "seven"], [1, 3]),
        ([FIRST, "x" * 369, "seven"], [FIRST, "seven"], [1, None]),
        # notes at the foot of a page are at the end of the source
        (["Text one of the page", "| 7 |", "Text two of the page", "Note one of the page"],
         ["Text one of the page", "Note one of the page", "7", "Text two of the page"], [1, 4, 2, 3]),
    ],
)  # fmt: skip
def test_lines_are_found_where_they_are_certain(source: list[str], texts: list[str], lines: list[int | None]) -> None:
    assert source_lines("\n".join(source), texts) == lines


@pytest.mark.parametrize(("between", "found"), [(59, 2), (60, None)])
def test_a_line_that_is_certain_is_looked_for_among_sixty(between: int, found: int | None) -> None:
    texts = ["7", *["?"] * between, LAST]
    assert source_lines(f"{FIRST}\n| 7 |\n{LAST}", texts)[0] == found
