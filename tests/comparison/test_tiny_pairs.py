"""Everything that a comparison says of a tiny tagged file and the same one after a change."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pikepdf
import pytest

import cases
from masthead.comparison import Comparison, Layer, State, compare
from masthead.comparison.tolerance import Aspect, Tolerance
from masthead.document import SourceError
from tiny import HEIGHT, WIDTH, Change, content, tiny
from tiny_changes import CHANGES, PAIRS

_LOOPS = "a tree that loops"  # which cannot be read
TABLE = Path(__file__).with_name("pair_cases.txt")
ALL: dict[str, tuple[tuple[Change, ...], tuple[Change, ...]]] = {
    **PAIRS,
    **{name: ((), changes) for name, changes in CHANGES.items() if name != _LOOPS},
}


@cache
def compared(name: str, *, back: bool = False) -> Comparison:
    first, second = (tiny(*changes) for changes in ALL[name])
    return compare(second, first) if back else compare(first, second)


def outcome(written: str) -> list[str]:
    """The differences, without that of the bytes: what follows from others in brackets, what is tolerated after a ~."""
    lines = []
    for each in compared(written).differences:
        if each.layer is Layer.BYTES:
            continue
        box = f" at {' '.join(f'{side:.0f}' for side in each.box)}" if each.box else ""
        pages = f" on page {each.page}" if each.page else ""
        pages += f" of {each.pages}" if each.pages else ""
        words = f" [{each.words}]" if each.words else ""
        edits = "".join(f" {edit.operation}“{edit.text}”" for edit in each.edits)
        line = f"{each.layer}{pages}{box}{words}: {each.message}{edits}"
        lines.append(cases.shown(f"({line})" if each.follows else f"~ {line}" if each.tolerated else line))
    return lines


def test_every_pair_is_in_the_table() -> None:
    assert [name for name, _ in cases.read(TABLE)] == list(ALL)


@pytest.mark.parametrize(("name", "expected"), cases.read(TABLE))
def test_the_differences_of_two_files_are_these(name: str, expected: list[str]) -> None:
    assert outcome(name) == expected


def test_a_tree_that_loops_is_an_error_that_names_the_file() -> None:
    with pytest.raises(SourceError, match="candidate: the PDF's structure cannot be read") as raised:
        compare(tiny(), tiny(*CHANGES[_LOOPS]))
    assert raised.value.hint == "the structure tree loops"


@pytest.mark.parametrize("name", ALL)
def test_what_changes_the_file_changes_it_in_both_directions(name: str) -> None:
    there, back = compared(name), compared(name, back=True)
    assert there.state is back.state
    assert {each.layer for each in there.open} == {each.layer for each in back.open}
    assert compare(*(tiny(*ALL[name][1]) for _ in range(2))).state is State.PASSED


def head(word: str) -> Change:
    return content(1, "/Artifact", f"/Artifact BMC BT /F1 6 Tf 9 190 Td ({word}) Tj ET EMC /Artifact")


def page_before(file: pikepdf.Pdf) -> None:
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(WIDTH, HEIGHT))
    file.pages.insert(0, blank.pages[0])


@pytest.mark.parametrize(
    ("judged", "change", "found"),
    [
        (Aspect.TEXT, (), ["Draft"]), (Aspect.ALL, (), ["Draft"]), (Aspect.TEXT, (page_before,), []),
        (Aspect.ALL, (page_before,), ["Draft", "#/#"]),
    ],
)  # fmt: skip
def test_heads_of_a_left_and_a_right_page_differ_by_design_where_only_text_is_compared(
    judged: Aspect, change: tuple[Change, ...], found: list[str]
) -> None:
    changed = compare(tiny(head("Draft")), tiny(head("Final"), *change), tolerance=Tolerance(judged=judged)).differences
    heads = [each.message for each in changed if each.message.startswith("the words of head or foot")]
    assert [message.split("“")[1].split("”")[0] for message in heads] == found


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
