"""A sample of the seeded damages is found; `benchmarks/damage.py --seeded` makes all of them."""

from __future__ import annotations

from functools import cache

import pytest

from damages import DAMAGES, HARMLESS, SPECIMENS, Inapplicable, damaged, specimens
from masthead import preflight
from masthead.document.errors import MastheadError
from paths import ROOT

TABLE = ROOT / "tests" / "preflight" / "damages.md"
SAMPLE = [(SPECIMENS[number % len(SPECIMENS)], words) for number, words in enumerate(DAMAGES) if number % 6 == 0]


@cache
def good(name: str) -> bytes:
    ((_, pdf),) = specimens(name)
    return pdf


def found(pdf: bytes) -> set[tuple[str, str]]:
    try:
        return {(finding.rule, finding.message) for finding in preflight.check(pdf).findings}
    except MastheadError as error:
        return {("cannot be read", str(error))}


@pytest.mark.parametrize(("name", "words"), SAMPLE)
def test_a_damage_is_found_by_the_rules_that_the_table_names(name: str, words: str) -> None:
    try:
        bad = damaged(good(name), DAMAGES[words])
    except Inapplicable:
        name = "A_104_96.en"  # which has tables, figures and annexes
        bad = damaged(good(name), DAMAGES[words])
    rules = {rule for rule, _ in found(bad) - found(good(name))}
    (line,) = (line for line in TABLE.read_text("utf-8").splitlines() if line.startswith(f"| {words} |"))
    assert rules
    assert any(f"`{rule}`" in line for rule in rules)


@pytest.mark.parametrize("words", HARMLESS)
def test_a_file_that_is_only_saved_again_has_no_findings(words: str) -> None:
    assert found(HARMLESS[words](good("A_104_96.ar"))) == set()


def test_the_table_has_every_damage() -> None:
    lines = TABLE.read_text("utf-8").splitlines()
    assert [line.split(" | ")[0][2:] for line in lines if line.startswith("| ")][1:] == list(DAMAGES)
