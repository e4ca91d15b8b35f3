"""Drawings beyond the trim are found if they are visible."""

from __future__ import annotations

import pytest

from breaking import painted
from masthead import preflight
from masthead.document.terms import Language


def outside(content: str) -> list[str]:
    report = preflight.check(painted(content)(Language.ENGLISH))
    return [finding.message for finding in report.findings if finding.rule == "boxes.trim"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("q 90 0 0 90 570 90 cm /Low Do Q", ["a picture is outside the trim box"]),
        ("590 300 m 620 300 l S", ["a line or area is outside the trim box"]),
        ("-9 300 50 50 re f", ["a line or area is outside the trim box"]),
        ("1 g -9 -9 640 830 re f 0 g", []),  # covers the page
        ("1 g 0 -9 612 830 re f 0 g", []),  # as wide as the page
        ("1 g -9 0 640 792 re f 0 g", []),  # as high as the page
        ("1 g 1 -9 640 830 re f 0 g", ["a line or area is outside the trim box"]),
        ("1 g -9 1 640 830 re f 0 g", ["a line or area is outside the trim box"]),
        ("q 500 90 90 90 re W n 190 0 0 90 500 90 cm /Low Do Q", []),  # clipped
        ("q 100 90 90 90 re W n 650 90 20 20 re f Q", []),  # clipped away
        ("590 300 m 620 300 l n", []),  # not painted
    ],
)
def test_visible_drawings_beyond_the_trim_are_found(content: str, found: list[str]) -> None:
    assert outside(content) == found
