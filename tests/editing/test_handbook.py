"""The parts of the documentation that are generated from rules and locales are up to date."""

from __future__ import annotations

import pytest

from handbook import DOCS, generated


@pytest.mark.parametrize("page", ["rules.md", "lint.md", "references.md", "concordance.md"])
def test_the_generated_parts_of_a_page_are_current(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert "<!-- begin " in text
    assert text == generated(text)
