"""What the rules about the places, sizes and tags of text find on pages written by hand.

An input begins with the rules, and with the paper, if it is A4.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import cases
from handmade import PAPERS, findings, handmade

TABLE = Path(__file__).with_name("geometry_cases.txt")


def outcome(written: str, scale: float = 1) -> list[str]:
    """What the rules find, with its page and place."""
    rules, _, parts = written.partition(": ")
    paper = PAPERS["A4" if rules.endswith(" A4") else "Letter"]
    found = findings(handmade(parts, paper, scale), rules.removesuffix(" A4"))
    return [cases.shown(f"{each.page or ''} {each.where}: {each.message}{_place(each.box)}") for each in found]


def _place(box: tuple[float, ...] | None) -> str:
    return f" at {' '.join(f'{each:.0f}' for each in box)}" if box else ""


def _of(*rules: str) -> list[tuple[str, list[str]]]:
    return [(written, expected) for written, expected in cases.read(TABLE) if written.startswith(rules)]


@pytest.mark.parametrize(("written", "expected"), _of("script.baselines", "script.sizes"))
def test_letters_are_on_baselines_at_line_distances_in_one_size(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected
    assert outcome(written, scale=2) == expected


@pytest.mark.parametrize(("written", "expected"), _of("structure.order", "boxes"))
def test_placement_in_reading_order_column_and_edges(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


@pytest.mark.parametrize(("written", "expected"), _of("script.struck", "script.colour", "script.shape"))
def test_strokes_areas_colours_and_shapes_of_letters(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


@pytest.mark.parametrize(("written", "expected"), _of("structure.running-titles", "completeness"))
def test_artifacts_and_missing_text_outside_the_structure(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


@pytest.mark.parametrize(("written", "expected"), _of("structure.tables", "script.numbers"))
def test_cells_of_tables_side_by_side_and_numbers_that_are_divided_over_lines(
    written: str, expected: list[str]
) -> None:
    assert outcome(written) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
