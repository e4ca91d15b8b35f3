"""Every seeded slip is found in its line by its rule; over clean specimens lint finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.lint import RULES, check
from slips import EXAMPLES, SEEDS, Seed, page

CLEAN = sorted([*EXAMPLES.glob("specimens/*.md"), *EXAMPLES.glob("E_RES_2041_7.*")])


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.source[-5:-3]}-{seed.rule}")
def test_a_seeded_slip_is_found_in_its_line_and_nothing_is_invented(seed: Seed, tmp_path: Path) -> None:
    text, line = (
        seed.sown() if seed.line_of != "@" else (seed.path.read_text("utf-8").replace(seed.old, seed.new), None)
    )
    path = tmp_path / seed.path.name
    for picture in seed.path.parent.glob("*.svg"):
        (tmp_path / picture.name).write_bytes(picture.read_bytes())
    path.write_text(text, "utf-8")
    slips = check(path)
    lines = [slip.position and slip.position.line for slip in slips if slip.rule == seed.rule]
    assert line in lines, [(slip.where, slip.rule, slip.message) for slip in slips]
    assert {slip.rule for slip in slips} <= {seed.rule, *seed.also}


@pytest.mark.parametrize("source", CLEAN, ids=lambda path: path.name)
def test_clean_specimens_have_no_slip(source: Path) -> None:
    assert [(slip.where, slip.rule, slip.message) for slip in check(source)] == []


def test_there_are_eighty_slips_over_six_languages_and_every_rule_has_one() -> None:
    assert len(SEEDS) >= 80
    assert {seed.source.split(".")[-2] for seed in SEEDS} == {"ar", "zh", "en", "fr", "ru", "es"}
    only_elsewhere = {
        "word-unverified",
        "paragraph-unnumbered",
        "reference-order",
        "reference-spellings",
        "paragraph-repeated",
    }
    assert {rule.id for rule in RULES} - {seed.rule for seed in SEEDS} <= only_elsewhere


def test_the_page_of_slips_is_the_table() -> None:
    assert (EXAMPLES.parent / "docs" / "slips.md").read_text("utf-8") == page()
