"""The rules as a table: named once, told in words, chosen by profiles."""

from __future__ import annotations

import pytest

from masthead import formats, preflight, publication
from masthead.document.errors import OrderError
from masthead.preflight import handbook
from paths import ROOT

DOCS = ROOT / "docs"
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
    document = formats.parse(text.encode(), "report.md")
    report = publication.publish(document).report
    assert report.facts.paragraphs[0].number == 1
    assert not {"numbering.paragraphs", "metadata.title"} & {finding.rule for finding in report.findings}


LATIN = (
    "Hello world.",
    "(Hello) world!",
    "a (b) 1.",
    "12345 (abc).",
    "1.0 Latin 2.0",
    "C:\\\\path\\\\x?",
    "“Quoted”: 100%",
    "12/34",
    "E/2017/30 (Part I).",
    "A/104/96.",
    "S/RES/687 (1991)",
)


def test_an_arabic_document_may_have_texts_in_latin_letters_alone() -> None:
    """Their base direction is the document's (UAX #9, HL1), so points and brackets at their ends stand at the left."""
    source = (EXAMPLES / "A_104_30.ar.md").read_text("utf-8")
    first = source.index("\n1. ") + 1
    text = source[:first] + "".join(f"{line}\n\n" for line in LATIN) + source[first:]
    assert judged(text, "report.ar.md") == []


def test_most_letters_of_a_page_do_not_make_its_direction() -> None:
    source = (EXAMPLES / "A_104_30.ar.md").read_text("utf-8")
    first = source.index("\n1. ") + 1
    quoted = "This treaty’s articles (of which there are 12) are quoted in English, as they were signed. " * 4
    assert judged(source[:first] + 24 * f"{quoted}\n\n" + source[first:], "report.ar.md") == []


def judged(text: str, name: str) -> list[str]:
    document = formats.parse(text.encode(), name)
    report = publication.publish(document).report
    return [f"{finding.rule}: {finding.message}" for finding in report.findings]
