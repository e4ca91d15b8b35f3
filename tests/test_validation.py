"""veraPDF judges in process; what it needs and is not there is named."""

from __future__ import annotations

import pytest

from breaking import good
from masthead import preflight, validation
from masthead.errors import OrderError
from masthead.terms import Language


@pytest.fixture(autouse=True)
def verapdf() -> None:
    assert not validation.missing(), f"make setup installs what veraPDF needs; missing: {validation.missing()}"


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_the_archive_variant_is_pdfa_3a_and_pdfua_1(language: Language) -> None:
    for verdict in validation.validate(good(language), ("3a", "ua1")):
        assert verdict.failures == ()
        assert verdict.compliant
        assert verdict.assertions > 1000


def test_what_a_file_does_not_keep_is_named_by_clause() -> None:
    (verdict,) = validation.validate(good(Language.ENGLISH), ("1a",))
    assert not verdict.compliant
    assert {failure.clause for failure in verdict.failures}


def test_an_unknown_flavour_is_refused() -> None:
    with pytest.raises(OrderError, match="no such flavour: 9z"):
        validation.validate(b"", ("9z",))


def test_without_verapdf_the_rule_fails_and_is_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "missing", lambda: "Java")
    with pytest.raises(OrderError, match="veraPDF is not installed: Java missing"):
        validation.validate(b"", ("3a",))
    report = preflight.check(good(Language.ENGLISH), profile=preflight.profile("archive"))
    assert [finding.message for finding in report.findings] == ["veraPDF is not installed: Java missing"]
    assert report.failed
