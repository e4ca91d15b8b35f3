"""Nothing that is found in published files is false."""

from __future__ import annotations

import pytest

from published import FILES, TABLE, found
from reference import reference


@pytest.mark.parametrize("name", FILES)
def test_each_finding_in_a_published_file_is_known_and_true(name: str) -> None:
    findings = found(reference(name))
    assert {(finding.rule, finding.page) for finding in findings} == FILES[name].keys()
    assert all(f"| {finding.message[:100]} |" in TABLE.read_text("utf-8") for finding in findings)


def test_the_table_has_every_file_and_reason() -> None:
    text = TABLE.read_text("utf-8")
    reasons = [reason for file in FILES.values() for reason in file.values()]
    assert all(f"| `{name}` |" in text for name in FILES)
    assert all(f"| {reason} |" in text for reason in reasons)
