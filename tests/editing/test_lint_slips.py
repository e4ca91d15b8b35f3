"""Every seeded slip is found in its line by its rule; in clean specimens lint finds nothing."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from masthead.editing.lint import RULES, Configuration, check
from slips import EXAMPLES, SEEDS, Seed, page

CLEAN = sorted([*EXAMPLES.glob("specimens/*.md"), *EXAMPLES.glob("E_RES_2041_7.*")])


Told = Counter[tuple[str, int | None]]


def told(path: Path, *, all_rules: bool) -> Told:
    """How often each rule is reported for each line."""
    configuration = Configuration(exemptions=()) if all_rules else Configuration()
    return Counter((slip.rule, slip.position and slip.position.line) for slip in check(path, configuration))


told_unslipped = cache(told)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.source[-5:-3]}-{seed.rule}")
def test_a_seeded_slip_is_found_in_its_line_and_nothing_else_is(seed: Seed, tmp_path: Path) -> None:
    text, line = seed.sown()
    path = tmp_path / seed.path.name
    for picture in seed.path.parent.glob("*.svg"):
        (tmp_path / picture.name).write_bytes(picture.read_bytes())
    path.write_text(text, "utf-8")
    before, now = (tell(each, all_rules=seed.is_exempt) for tell, each in ((told_unslipped, seed.path), (told, path)))
    assert now[seed.rule, line] > before[seed.rule, line], now - before
    assert {rule for rule, _ in now} - {rule for rule, _ in before} <= {seed.rule, *seed.also}


@pytest.mark.parametrize("source", CLEAN, ids=lambda path: path.name)
def test_clean_specimens_have_no_findings(source: Path) -> None:
    assert [(slip.location, slip.rule, slip.message) for slip in check(source)] == []


def test_there_are_eighty_slips_in_six_languages_and_every_rule_has_one() -> None:
    assert len(SEEDS) >= 80
    assert {seed.source.split(".")[-2] for seed in SEEDS} == {"ar", "zh", "en", "fr", "ru", "es"}
    assert {seed.rule for seed in SEEDS} == {rule.id for rule in RULES}


@pytest.mark.parametrize(
    ("rule", "languages"),
    [
        ("reference-spellings", "ar en es fr ru zh"),
        ("paragraph-repeated", "ar en es fr ru zh"),
        ("paragraph-unnumbered", "ar en es fr ru zh"),
        ("word-unverified", "ar es fr ru zh"),  # of the English words one is, that of resolutions without a title
        ("reference-order", "ar"),  # transcripts that run to the right are no pictures
    ],
)
def test_a_rule_for_every_language_has_a_slip_in_each(rule: str, languages: str) -> None:
    assert {seed.source.split(".")[-2] for seed in SEEDS if seed.rule == rule} == set(languages.split())


def test_no_word_that_an_english_resolution_prints_is_unverified() -> None:
    assert check(EXAMPLES / "specimens/S_RES_3104_2049.en.md", Configuration(exemptions=())) == ()


def test_the_table_of_slips_is_current() -> None:
    assert (EXAMPLES.parent / "tests" / "editing" / "slips.md").read_text("utf-8") == page()
