"""veraPDF judges in process; what it needs and is not there is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from breaking import good
from claims import claims
from masthead import formats, preflight, publication
from masthead.document.errors import OrderError
from masthead.document.terms import Language, Variant
from masthead.preflight import verapdf
from paths import ROOT

RICH = re.compile(r"^(?:<!-- contents|!\[|\|)", re.MULTILINE)
SOURCES = [
    source
    for folder in ("examples", "examples/specimens", "tests/data/versions")
    for source in sorted((ROOT / folder).glob("*.md"))
    if RICH.search(source.read_text("utf-8"))
]
CLAIMS = {Variant.ARCHIVE: ("3a", "ua1"), Variant.ARCHIVE_4: ("4f", "ua2")}


@pytest.fixture(autouse=True)
def installed() -> None:
    assert not verapdf.missing(), f"make setup installs what veraPDF needs; missing: {verapdf.missing()}"


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_the_archive_variant_is_pdfa_3a_and_pdfua_1(language: Language) -> None:
    for verdict in verapdf.validate(good(language), ("3a", "ua1")):
        assert verdict.failures == ()
        assert verdict.compliant
        assert verdict.assertions > 1000


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_contents_tables_and_figures_keep_what_each_variant_claims(source: Path) -> None:
    document = formats.read(source)
    html = publication.mark_up(document)
    for variant, flavours in CLAIMS.items():
        pdf = publication.typeset(html, document, variant=variant)
        for verdict in verapdf.validate(pdf.data, flavours):
            assert (verdict.flavour, verdict.failures) == (verdict.flavour, ())
            assert verdict.compliant


def test_each_kind_of_what_is_seldom_right_is_among_them() -> None:
    found = {match[0] for source in SOURCES for match in RICH.finditer(source.read_text("utf-8"))}
    assert found == {"<!-- contents", "![", "|"}
    assert {formats.read(source).language for source in SOURCES} == set(Language)


def test_every_kind_of_picture_and_rare_characters_keep_what_is_claimed() -> None:
    """The first twelve of the documents that `benchmarks/standards.py` makes."""
    for name, pdf, flavours in claims(12):
        for verdict in verapdf.validate(pdf, flavours):
            assert (name, verdict.flavour, verdict.failures) == (name, verdict.flavour, ())


def test_what_a_file_does_not_keep_is_named_by_clause() -> None:
    (verdict,) = verapdf.validate(good(Language.ENGLISH), ("1a",))
    assert not verdict.compliant
    assert {failure.clause for failure in verdict.failures}


def test_an_unknown_flavour_is_refused() -> None:
    with pytest.raises(OrderError, match="unknown flavour: 9z"):
        verapdf.validate(b"", ("9z",))


def test_without_verapdf_the_rule_fails_and_is_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf, "missing", lambda: "Java")
    with pytest.raises(OrderError, match="veraPDF is not installed: Java missing"):
        verapdf.validate(b"", ("3a",))
    report = preflight.check(good(Language.ENGLISH), profile=preflight.profile("archive"))
    assert [finding.message for finding in report.findings] == ["veraPDF is not installed: Java missing"]
    assert report.failed
