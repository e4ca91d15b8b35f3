"""Everything that preflight finds in a tiny tagged file after one change, and no longer finds there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import cases
from masthead.document import Finding
from masthead.preflight import profiles
from masthead.preflight.verdict import judge
from tiny import tiny
from tiny_changes import CHANGES, FOR_PRESS

TABLE = Path(__file__).with_name("tiny_cases.txt")
_OF_THE_TEXT = ("boxes.margins", "identity.symbol", "metadata.symbol")  # which change with each word of page one


@cache
def found(name: str) -> tuple[Finding, ...]:
    """What both profiles find in the file after a change; without a change, if the name is empty."""
    pdf = tiny(*CHANGES[name]) if name else tiny()
    names = ("default", "press") if name in FOR_PRESS else ("default",)
    several = (judge(pdf, (), profiles.profile(each)).findings for each in names)
    return tuple(dict.fromkeys(finding for findings in several for finding in findings))


def outcome(written: str) -> list[str]:
    """What is found after a change and not before it, then what is found only before it."""
    before, after = (
        [each for each in found(name) if each.rule not in _OF_THE_TEXT]
        for name in ("nothing" if written in FOR_PRESS else "", written)
    )
    more = [f"+ {_shown(each)}" for each in after if each not in before]
    return [*more, *(f"- {_shown(each)}" for each in before if each not in after)]


def _shown(finding: Finding) -> str:
    page = f" on page {finding.page}" if finding.page else ""
    hint = f" ({finding.hint})" if finding.hint else ""
    box = f" at {' '.join(f'{each:.0f}' for each in finding.box)}" if finding.box else ""
    where = f" [{finding.where}]" if finding.where else ""
    return cases.shown(f"{finding.severity} {finding.rule}{page}{box}{where}: {finding.message}{hint}")


def test_every_change_is_in_the_table() -> None:
    assert [name for name, _ in cases.read(TABLE)] == list(CHANGES)


@pytest.mark.parametrize(("name", "expected"), cases.read(TABLE))
def test_a_change_is_found_so(name: str, expected: list[str]) -> None:
    assert outcome(name) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
