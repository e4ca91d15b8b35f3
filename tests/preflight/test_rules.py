"""The rules: each has an identifier and a text, and profiles choose from them."""

from __future__ import annotations

import fnmatch
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houses import LEAST
from masthead import formats, preflight, publication
from masthead.document import Organization
from masthead.document.errors import OrderError
from masthead.document.findings import Severity
from masthead.document.rules import Rules
from masthead.pdf.evidence import Evidence
from masthead.preflight import profiles
from masthead.preflight.excerpts import plain
from masthead.preflight.rulebook import in_order
from paths import ROOT

DOCS = ROOT / "docs"
EXAMPLES = DOCS.parent / "examples" / "specimens"


def test_every_rule_has_a_name_of_its_own_and_a_text() -> None:
    names = [rule.id for rule in preflight.CHECKS]
    assert len(set(names)) == len(names)
    assert all(rule.text.rstrip().endswith(".") for rule in preflight.CHECKS)


def test_the_rulebook_has_the_rules_of_every_module_and_knows_their_areas() -> None:
    modules = [import_module(f"masthead.preflight.{each.name}") for each in pkgutil.iter_modules(preflight.__path__)]
    written = {rule.id for module in modules for rule in getattr(module, "RULES", ())}
    assert written == {rule.id for rule in preflight.CHECKS}, "add the module to _MODULES in preflight/rulebook.py"


def test_a_rule_of_an_unknown_area_is_an_error_that_names_it() -> None:
    rules = Rules[Evidence]()
    rules.rule("moon.phase", Severity.ERROR)(lambda evidence: iter(()))
    with pytest.raises(ValueError, match=r"moon\.phase.*_AREAS"):
        in_order(rules)


ALL = frozenset(rule.id for rule in preflight.CHECKS)


def applied(profile: str) -> set[str]:
    return {rule for rule in ALL if not preflight.profile(profile).exempts(rule)}


def named(*patterns: str) -> set[str]:
    """The rules that match any of the patterns. Each pattern matches some rule."""
    assert all(fnmatch.filter(ALL, pattern) for pattern in patterns)
    return {rule for pattern in patterns for rule in fnmatch.filter(ALL, pattern)}


def test_every_exemption_has_a_reason_and_is_listed_once() -> None:
    for profile in preflight.PROFILES.values():
        rules = [exemption.rule for exemption in profile.exemptions]
        assert len(set(rules)) == len(rules)
        assert ALL.issuperset(rules)
        assert all(exemption.reason for exemption in profile.exemptions)


def test_reading_copies_are_checked_by_all_rules_but_those_of_the_press_and_verapdf_only_for_archives() -> None:
    assert applied("archive") == ALL - named("press.*")
    assert applied("default") == ALL - named("press.*", "archive.verapdf")


def test_plain_copies_are_checked_by_no_rule_that_needs_structure_metadata_or_a_standard() -> None:
    structure = named("structure.order", "structure.tables", "structure.running-titles", "completeness.structure")
    structure |= named(
        *("script.order", "script.joining", "script.numbers", "script.baselines", "script.sizes", "boxes.column"),
        *("boxes.edges", "completeness.elements", "accessibility.parents"),
        *("accessibility.bookmark-targets", "accessibility.parts", "links.destinations"),
    )
    structure |= named(*(f"accessibility.{name}" for name in ("tags", "alternatives", "headings", "notes", "tables")))
    metadata = named("accessibility.title", "metadata.*") - named("metadata.dates")
    standard = named("archive.identification", "archive.verapdf", "archive.colour", "archive.pictures")
    assert applied("plain") == ALL - structure - metadata - standard - named("press.*")


def test_press_files_are_checked_for_what_is_printed_and_can_be_opened() -> None:
    archive = named("archive.*") - named(
        *("archive.identification", "archive.colour", "archive.pictures", "archive.source", "archive.verapdf")
    )
    fonts = named("fonts.*") - named("fonts.text", "fonts.ours", "fonts.shapes", "fonts.subset")
    assert applied("press") == archive | fonts | named("press.*", "boxes.geometry", "completeness.visible")


def test_foreign_documents_are_checked_for_what_every_document_of_the_united_nations_has() -> None:
    layout = named("identity.*", "structure.folios", "structure.sides", "structure.notes", "numbering.*", "flow.*")
    layout |= named("boxes.*", "fonts.missing-glyphs") - named("boxes.column", "boxes.edges")
    text = named("completeness.text*", "completeness.visible", "links.well-formed", "links.targets")
    file = named("archive.*") - named("archive.identification", "archive.colour", "archive.pictures")
    file -= named("archive.source", "archive.verapdf")
    declared = named("accessibility.language", "accessibility.direction", "metadata.language")
    assert applied("foreign") == (layout | text | file | declared) - named("identity.recycling")


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(OrderError, match="unknown profile") as raised:
        preflight.profile("nonsense")
    assert "foreign" in raised.value.hint


def test_a_paragraph_number_is_recognized_whatever_follows_it() -> None:
    """A full stop later in the line, or a no-break space in the title, changes nothing."""
    source = (EXAMPLES / "A_104_30.en.md").read_text("utf-8")
    first = source.index("\n1. ") + 4
    text = f"{source[:first]}Section II.C of it, i.e. the second. {source[first:]}".replace("for the ", "for the\u00a0")
    document = formats.parse(text.encode(), "report.md")
    report = publication.publish(document).report
    assert report.facts.paragraphs[0].number == 1
    assert not {"numbering.paragraphs", "metadata.title"} & {finding.rule for finding in report.findings}


def test_the_end_of_a_sentence_on_a_line_of_its_own_is_no_paragraph() -> None:
    """Of so many paragraphs of all lengths, some end with a line that is only `2.`"""
    source = (EXAMPLES / "A_104_30.en.md").read_text("utf-8")
    start = source.index("\n1. ")
    many = "\n\n".join(f"{at}. Two results in {'i' * at} words are numbered as results 1 and 2." for at in range(1, 60))
    report = publication.publish(formats.parse(f"{source[:start]}\n{many}\n".encode(), "report.md")).report
    assert [each.number for each in report.facts.paragraphs] == [*range(1, 60)]
    assert "numbering.paragraphs" not in {finding.rule for finding in report.findings}


def test_an_arabic_paragraph_may_begin_with_a_number() -> None:
    source = (EXAMPLES / "A_104_30.ar.md").read_text("utf-8")
    begun = re.sub(r"(?m)^(\d+)\. ", r"\1. ٢٠٤٥ ", source)
    report = publication.publish(formats.parse(begun.encode(), "report.ar.md")).report
    assert [each.number for each in report.facts.paragraphs] == [*map(int, re.findall(r"(?m)^(\d+)\. ", source))]
    assert "numbering.paragraphs" not in {finding.rule for finding in report.findings}


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


def test_an_arabic_document_may_have_paragraphs_in_latin_letters_only() -> None:
    """Their base direction is that of the document (UAX #9, HL1), so final full stops and brackets are on the left."""
    source = (EXAMPLES / "A_104_30.ar.md").read_text("utf-8")
    first = source.index("\n1. ") + 1
    text = source[:first] + "".join(f"{line}\n\n" for line in LATIN) + source[first:]
    assert judged(text, "report.ar.md") == []


def test_the_majority_of_letters_does_not_decide_the_direction_of_a_page() -> None:
    source = (EXAMPLES / "A_104_30.ar.md").read_text("utf-8")
    first = source.index("\n1. ") + 1
    quoted = "This treaty’s articles (of which there are 12) are quoted in English, as they were signed. " * 4
    assert judged(source[:first] + 24 * f"{quoted}\n\n" + source[first:], "report.ar.md") == []


def judged(text: str, name: str) -> list[str]:
    document = formats.parse(text.encode(), name)
    report = publication.publish(document).report
    return [f"{finding.rule}: {finding.message}" for finding in report.findings]


@given(st.text())
def test_texts_are_compared_by_their_letters_and_digits(text: str) -> None:
    assert plain(text) == "".join(filter(str.isalnum, text.casefold()))


@pytest.mark.parametrize(
    ("written", "unknown"),
    [
        ("", ""),
        ('[preflight.exempt]\n"boxes.margins" = "our margins are narrow"', ""),
        ('[preflight.exempt]\n"boxes.margin" = "our margins are narrow"', "unknown rule boxes.margin"),
    ],
)
def test_an_organization_leaves_out_rules_that_there_are(tmp_path: Path, written: str, unknown: str) -> None:
    (tmp_path / "organization.toml").write_text(f"{LEAST}\n{written}\n", "utf-8")
    with Organization.load(tmp_path).used():
        if unknown:
            with pytest.raises(OrderError, match=unknown):
                profiles.own_exemptions()
        else:
            found = profiles.of_organization(preflight.profile("default"))
            assert found.exempts("boxes.margins") is bool(written) and not found.exempts("boxes.paper")
