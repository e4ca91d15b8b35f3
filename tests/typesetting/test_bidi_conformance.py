"""Unicode's conformance files, whole and cut by markup: every case is drawn as UAX #9 says.

`benchmarks/bidirectional.py --all` draws every case; here a stratified sample keeps the time within bounds.
"""

from __future__ import annotations

import random

import pytest

import conformance
import paragraphs
import unicode_cases
from masthead.document.terms import Direction

COUNT = {"whole": 3000, "cut": 3000, "apart": 750}


@pytest.mark.parametrize("mode", conformance.MODES)
def test_character_cases(mode: str) -> None:
    cases = unicode_cases.stratified(unicode_cases.character_cases(), COUNT[mode], random.Random(11))
    assert len(cases) == COUNT[mode]
    assert conformance.wrong(cases, mode, seed=5) == []


@pytest.mark.parametrize("mode", conformance.MODES)
def test_type_cases(mode: str) -> None:
    cases = random.Random(4).sample(unicode_cases.type_cases(), COUNT[mode] // 5)
    assert conformance.wrong(cases, mode, seed=5) == []


@pytest.mark.parametrize("mode", conformance.MODES)
def test_overrides_that_nothing_ends(mode: str) -> None:
    """Cases of BidiTest.txt in which an override or embedding begins beside a number, or before a mark."""
    rtl, ltr = Direction.RTL, Direction.LTR
    texts = {("1!\u202e1", rtl), ("\u202a\u0661\u202ea", ltr), ("\u0661\u200b\u202ea", ltr)}
    if mode == "whole":  # elsewhere the mark has no base in its element, and something is drawn for one
        texts.add(("\u0661\u202b\u20d6a", ltr))
    cases = [case for case in unicode_cases.type_cases() if (case.text, case.base) in texts]
    assert len(cases) == len(texts)
    assert conformance.wrong(cases, mode, seed=5) == []


def test_the_reading_tells_right_from_wrong() -> None:
    """Without the pre-pass, WeasyPrint fails where markup cuts a text, and only there."""
    cases = unicode_cases.stratified(unicode_cases.character_cases(), 300, random.Random(11))
    assert conformance.wrong(cases, "whole", seed=5, stock=True) == []
    assert len(conformance.wrong(cases, "cut", seed=5, stock=True)) > 30


def test_random_paragraphs_at_random_widths() -> None:
    """Every line in order, every letter in its form, none overhanging by more than 0.1 pt."""
    found = paragraphs.tally(paragraphs.several(60, seed=1))
    assert found.lines > 300
    assert found.letters > 15000
    assert found.examples == ()
    assert (found.order, found.joins, found.overhanging) == (0, 0, 0)
