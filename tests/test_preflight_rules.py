"""The rules as a table: named once, told in words, chosen by profiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead import preflight, publication, reading
from masthead.errors import OrderError
from masthead.preflight import handbook

DOCS = Path(__file__).parent.parent / "docs"
EXAMPLES = DOCS.parent / "examples" / "specimens"


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


def test_a_number_is_a_paragraphs_whatever_its_line_goes_on_with() -> None:
    """A point further on in the line, or a space that does not break in the title, changes nothing."""
    source = (EXAMPLES / "A_104_30.en.md").read_text("utf-8")
    first = source.index("\n1. ") + 4
    text = f"{source[:first]}Section II.C of it, i.e. the second. {source[first:]}".replace("for the ", "for the\u00a0")
    document = reading.parse(text.encode(), "report.md")
    report = publication.judge(publication.produce(publication.compose(document), document), document)
    assert report.facts.paragraphs[0].number == 1
    assert not {"numbering.paragraphs", "metadata.title"} & {finding.rule for finding in report.findings}
