"""Every rule finds the defects that it is for, and nothing in good documents."""

from __future__ import annotations

import pytest

from breaking import good, good_raw
from defects import DEFECTS, Defect, table
from masthead import preflight
from masthead.document.terms import Language
from paths import ROOT
from specimen import document


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_a_good_document_has_no_findings(language: Language) -> None:
    report = preflight.check(good(language), document(language))
    assert report.findings == ()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect.rule}: {defect.what}")
def test_each_defect_is_found_by_the_rule_meant_for_it(defect: Defect) -> None:
    data = defect.make(defect.language)
    made = document(defect.language) if defect.compared else None
    report = preflight.check(data, made, profile=preflight.profile(defect.profile))
    assert defect.rule in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_typesetting_without_our_checks_is_not_itself_the_defect(language: Language) -> None:
    """Defects typeset by WeasyPrint alone must not be found for that reason."""
    rules = {defect.rule for defect in DEFECTS if "raw" in defect.make.__qualname__}
    found = {finding.rule for finding in preflight.check(good_raw(language)).findings}
    assert not found & rules


def test_every_rule_has_a_defect() -> None:
    assert {rule.id for rule in preflight.CHECKS} == {defect.rule for defect in DEFECTS}


def test_the_table_of_defects_is_current() -> None:
    assert (ROOT / "tests" / "preflight" / "defects.md").read_text("utf-8") == table()
