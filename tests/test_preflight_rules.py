"""The rules as a table: named once, told in words, chosen by profiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead import preflight
from masthead.errors import OrderError
from masthead.preflight import handbook

DOCS = Path(__file__).parent.parent / "docs"


def test_every_rule_has_a_name_of_its_own_and_a_text() -> None:
    names = [rule.id for rule in preflight.CHECKS]
    assert len(set(names)) == len(names)
    assert all(rule.text.rstrip().endswith(".") for rule in preflight.CHECKS)


def test_exemptions_name_rules_that_there_are_and_a_reason() -> None:
    names = {rule.id for rule in preflight.CHECKS}
    for profile in preflight.PROFILES.values():
        for exemption in profile.exemptions:
            assert exemption.rule in names
            assert exemption.reason


def test_the_page_of_rules_is_current() -> None:
    assert (DOCS / "rules.md").read_text("utf-8").rstrip() == handbook.markdown().rstrip()


def test_an_unknown_profile_is_an_order_that_cannot_be_kept() -> None:
    with pytest.raises(OrderError, match="no such profile") as raised:
        preflight.profile("nonsense")
    assert "foreign" in raised.value.hint
