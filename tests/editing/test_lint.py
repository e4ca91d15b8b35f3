"""Lint: corrections, configuration, reports; and the slips of the touchstone, which are reported and not changed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from manuscripts import report
from masthead.cli.app import app
from masthead.document.errors import OrderError
from masthead.document.findings import Severity
from masthead.document.model import Document, Emphasis, Inline, Strong, Text, map_contents
from masthead.document.terms import Language
from masthead.editing.lint import (
    RULES,
    Configuration,
    SourceEdit,
    apply,
    check,
    check_document,
    check_source,
    configure,
    edits,
    to_sarif,
)
from masthead.formats import read
from masthead.formats.markdown import reader as markdown
from masthead.publication import publish
from paths import ROOT

EXAMPLES = ROOT / "examples"
TOUCHSTONE = EXAMPLES / "E_RES_2017_18.ar.txt"
ENGLISH = EXAMPLES / "specimens" / "A_RES_104_12.en.md"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    return result.exit_code, result.stdout


def test_the_touchstones_slips_are_found_with_their_places() -> None:
    slips = [(slip.rule, slip.where, slip.position and slip.position.line) for slip in check(TOUCHSTONE)]
    lines = TOUCHSTONE.read_text("utf-8").split("\n")
    number = next(at for at, line in enumerate(lines, 1) if "١٧٠/١" in line)
    assert ("reference-implausible", "", number) in slips
    assert any(rule == "reference-spellings" for rule, _, _ in slips)
    bare = [int(place.removeprefix("paragraph ")) for rule, place, _ in slips if rule == "verb-emphasis"]
    assert sorted(bare) == [2, 3, 4, 5, 6, 7]
    assert ("note-end", "note 1", next(at for at, line in enumerate(lines, 1) if "No. 39574" in line)) in slips
    assert (
        "tanwin-place",
        "preambular paragraph 4",
        next(at for at, line in enumerate(lines, 1) if "مؤخرًا" in line),
    ) in slips
    assert len(slips) == 10


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru"])
def test_no_break_spaces_are_spaces_for_every_rule(language: str) -> None:
    document = read(EXAMPLES / "specimens" / f"A_RES_104_12.{language}.md")
    spaced = map_contents(document, lambda content: tuple(map(_unbreakable, content)))
    assert spaced.body != document.body
    expected = [(slip.rule, slip.where, slip.message) for slip in check_document(document, "", "")]
    assert [
        (slip.rule, slip.where, slip.message.replace("\u00a0", " ")) for slip in check_document(spaced, "", "")
    ] == expected


def _unbreakable(inline: Inline) -> Inline:
    if isinstance(inline, Text):
        return Text(inline.text.replace(" ", "\u00a0"))
    if isinstance(inline, Emphasis | Strong):
        return replace(inline, content=tuple(map(_unbreakable, inline.content)))
    return inline


def test_publishing_does_not_correct_what_lint_finds() -> None:
    printed = publish(TOUCHSTONE).document
    assert printed == read(TOUCHSTONE)
    assert any("١٧٠/١" in str(note.content) for note in printed.notes)


def test_certain_corrections_are_shown_as_a_diff_and_written_only_with_write(tmp_path: Path) -> None:
    path = tmp_path / ENGLISH.name
    slipped = ENGLISH.read_text("utf-8").replace("feeds bees", "feeds  bees").replace("3 May 2046", "3 mai 2046")
    path.write_text(slipped, "utf-8")
    _, shown = run("lint", "--fix", path)
    assert "-*Recognizing* that a garden fed by rain cools the streets around it, feeds  bees" in shown
    assert path.read_text("utf-8") == slipped
    run("lint", "--fix", "--write", path)
    assert path.read_text("utf-8") == slipped.replace(
        "feeds  bees", "feeds bees"
    )  # which month is meant is not certain


@given(
    st.text("ab \n", max_size=40),
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 9), st.sampled_from(["a", "b ", "  "])), max_size=4),
)
def test_an_edit_is_applied_only_where_its_old_text_is(text: str, changes: list[tuple[int, int, str]]) -> None:
    lines = text.split("\n")
    made = apply(text, [SourceEdit(line, column, old, "") for line, column, old in changes if line <= len(lines)])
    assert len(made) <= len(text)
    assert made.count("\n") == text.count("\n")
    if not any(lines[line - 1][column - 1 :].startswith(old) for line, column, old in changes if line <= len(lines)):
        assert made == text


def test_a_fixed_source_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "A.ar.md"
    source = EXAMPLES / "specimens" / "A_RES_104_12.ar.md"
    path.write_text(source.read_text("utf-8").replace("٢٠٥٥", "20٥5", 1).replace("الحديقة", "الحديـقة", 1), "utf-8")
    slips = check(path)
    assert {slip.rule for slip in slips} == {"digits-mixed", "tatweel"}
    assert apply(path.read_text("utf-8"), edits(slips)) == source.read_text("utf-8")


def test_the_place_of_a_slip_is_right_after_text_that_no_rule_reads(tmp_path: Path) -> None:
    path = tmp_path / "A.ar.md"
    source = (EXAMPLES / "specimens" / "A_RES_104_12.ar.md").read_text("utf-8")
    before = "من 10^6^ km^2^ و CO~2~ في [الصفحة](https://example.org/)<br>وهي"
    path.write_text(source.replace("الحديقة", f"الحديقة {before} 512 18،", 1), "utf-8")
    (slip,) = (slip for slip in check(path) if slip.rule == "number-order")
    assert slip.old == "512 18"


def test_the_configuration_sets_severities_and_exemptions_with_reasons(tmp_path: Path) -> None:
    path = tmp_path / "lint.toml"
    path.write_text(
        '[severity]\nverb-emphasis = "error"\n'
        '[[exempt]]\nrule = "tanwin-place"\nreason = "both ways are ours"\nsources = "E_RES_*"\n'
    )
    configuration = configure(path)
    assert configuration.exemptions[1:] == Configuration().exemptions  # those of every configuration stay
    slips = check(TOUCHSTONE, configuration)
    assert {slip.severity for slip in slips if slip.rule == "verb-emphasis"} == {Severity.ERROR}
    assert not any(slip.rule == "tanwin-place" for slip in slips)
    sarif = json.loads(to_sarif(slips, configuration))
    assert {"rule": "tanwin-place", "reason": "both ways are ours"} in sarif["runs"][0]["properties"]["exemptions"]
    for wrong in (
        '[severity]\nno-rule = "error"',
        '[severity]\nnote-end = "loud"',
        '[[exempt]]\nrule = "tatweel"',
        "x =",
    ):
        path.write_text(wrong)
        with pytest.raises(OrderError):
            configure(path)
    path.write_text(
        '[severty]\nnote-end = "error"\n[[exemptt]]\n[[exempt]]\nrule = "tatweel"\nreason = "ours"\nsource = "*"\n'
    )
    with pytest.raises(OrderError) as caught:
        configure(path)
    messages = [(each.message, each.hint) for each in caught.value.each]
    assert messages == [
        ("unknown key severty", "did you mean severity?"),
        ("unknown key exemptt", "did you mean exempt?"),
        ("unknown key source", "did you mean sources?"),
    ]
    path.write_text('[severity]\ntatwel = "error"\nnote-ends = "error"\n')
    with pytest.raises(OrderError) as caught:
        configure(path)
    assert [each.hint for each in caught.value.each] == ["did you mean tatweel?", "did you mean note-end?"]


def _messages(language: Language, *body: str) -> list[tuple[str, str | None]]:
    return [(each.rule, each.fix) for each in check_source(report(language, *body).encode(), "x.md")]


def test_numbers_of_the_latin_script_are_not_corrected_in_arabic() -> None:
    assert _messages(Language.ARABIC, "هاتف +1 (212) 963-1234 والعنوان<br>UNICEF<br>2150 Nordhavn<br>Denmark.") == []
    chart = "<!-- figure #, columns --> صيد\n\n| ميناء | ٢٠٤١ |\n|---|--:|\n| ملح | 14.2 |\n| رمل | 3.5 |"
    assert {fix for _, fix in _messages(Language.ARABIC, chart)} == set()


def test_of_two_corrections_of_one_text_the_longer_is_made() -> None:
    source = report(Language.ARABIC, "بلغ %12,5 هنا.")
    fixed = apply(source, edits(check_source(source.encode(), "x.md")))
    assert "١٢٫٥٪" in fixed
    assert check_source(fixed.encode(), "x.md") == ()


def test_two_dots_in_a_cell_stand_for_a_missing_figure() -> None:
    assert _messages(Language.ENGLISH, "| Port | Posts |\n|---|--:|\n| Levee | .. |") == []


def test_notes_and_sections_above_are_missing_from_a_document_without_any() -> None:
    found = check_source(report(Language.ENGLISH, "See note 7 above.").encode(), "x.md")
    assert [each.message for each in found] == ["the document has no note 7; it has no note with a number"]


def test_a_missing_configuration_is_refused_without_a_hint_about_its_syntax(tmp_path: Path) -> None:
    with pytest.raises(OrderError, match=r"the configuration cannot be read: no such file or folder$") as raised:
        configure(tmp_path / "x.toml")
    assert raised.value.hint == ""


def test_lines_are_for_editors_json_and_sarif_for_programs(tmp_path: Path) -> None:
    sarif = tmp_path / "x.sarif"
    code, shown = run("lint", TOUCHSTONE, "--sarif", sarif)
    assert code == 0  # warnings and notes
    assert f"{TOUCHSTONE}:52:57: note: note 1: no full stop at the end of the note [note-end] (add it)" in shown
    results = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    assert {"startLine": 52, "startColumn": 57, "endColumn": 58} in [
        each["locations"][0]["physicalLocation"].get("region") for each in results
    ]
    value = json.loads(run("lint", TOUCHSTONE, "--json")[1])
    assert len(value["slips"]) == len(results)
    assert value["exemptions"][0]["rule"] == "word-unverified"


def test_unverified_words_are_reported_without_exemptions() -> None:
    source = EXAMPLES / "specimens" / "A_RES_104_12.zh.md"
    assert check(source) == ()
    assert {slip.rule for slip in check(source, Configuration(exemptions=()))} == {"word-unverified"}


def test_an_unreadable_source_is_a_finding_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(ENGLISH.read_text("utf-8").replace("language: en", "language: xx"), "utf-8")
    assert [(slip.rule, slip.position and slip.position.line) for slip in check(path)] == [("source", 3)]


def test_every_rule_has_an_identifier_a_text_and_an_example() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert len(rule.text) > 20
        assert rule.wrong != rule.right


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", " ", "١", "ـ", "((", "«", "a a ", "ab ab ab ", "1 mai ", "٣ أيار/", "A/", "و ", "\u202e", "аa", ",,"],
)
def test_hostile_text_is_checked_in_finite_time(unit: str) -> None:
    text = (unit * 100_000)[:100_000].strip() or "x"
    for name in ("en", "ar"):
        base = (EXAMPLES / "specimens" / f"A_RES_104_12.{name}.md").read_text("utf-8")
        document = markdown.read(base.encode(), name)
        first = document.body[1]
        hostile = replace(document, body=(replace(first, content=(Text(text),)), *document.body[2:]))
        check_document(hostile, name, text)


@cache
def specimen(language: Language) -> Document:
    return read(EXAMPLES / "specimens" / f"A_RES_104_12.{language}.md")


@pytest.mark.parametrize("language", list(Language))
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_text_is_checked_and_fixes_replace_what_is_there(language: Language, text: str) -> None:
    document = specimen(language)
    document = replace(document, body=(replace(document.body[1], content=(Text(text),)), *document.body[2:]))
    for slip in check_document(document, "x.md", text):
        if slip.position and slip.fix is not None:
            line = text.split("\n")[slip.position.line - 1]
            assert line.startswith(slip.old, slip.position.column - 1)


@pytest.mark.parametrize("suffix", [".akn", ".docx", ".txt"])
def test_sources_of_every_form_are_checked_with_lines_if_they_have_any(suffix: str, tmp_path: Path) -> None:
    source = EXAMPLES / "specimens" / "A_RES_104_12.ar.md"
    slipped = tmp_path / source.name
    slipped.write_text(source.read_text("utf-8").replace("الحديقة التي", "الحديـقة التي", 1), "utf-8")
    path = tmp_path / f"x{suffix}"
    assert run("convert", slipped, "-o", path)[0] == 0
    (slip,) = check(path)
    assert slip.rule == "tatweel"
    assert run("refs", path)[0] == 0
    if suffix == ".docx":
        assert slip.position is slip.fix is None
        assert re.fullmatch(r"preambular paragraph 3 \(paragraph \d+ “.{10,}…”\)", slip.where)
        assert run("lint", "--fix", path) == (0, "")
        return
    assert slip.where == "preambular paragraph 3"
    assert slip.position is not None
    line = path.read_text("utf-8").split("\n")[slip.position.line - 1]
    assert line[slip.position.column - 1] == "ـ"
    run("lint", "--fix", "--write", path)
    assert check(path) == ()
    assert read(path).body == read(source).body or suffix == ".txt"


def test_contradictory_options_are_refused() -> None:
    for wrong in (["--write"], ["--fix", "--json"]):
        assert isinstance(CliRunner().invoke(app, ["lint", str(ENGLISH), *wrong]).exception, OrderError)


def test_configured_exemptions_are_printed_and_the_default_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "lint.toml"
    path.write_text('[[exempt]]\nrule = "tanwin-place"\nreason = "both ways are ours"\n')
    result = CliRunner().invoke(app, ["lint", str(ENGLISH), "--config", str(path)])
    assert result.stderr == "not applied: tanwin-place: both ways are ours\n"
    assert CliRunner().invoke(app, ["lint", str(ENGLISH)]).stderr == ""


def test_a_reference_from_an_annex_says_that_a_paragraph_of_the_same_number_is_in_the_body() -> None:
    annex = "<!-- annex --> More\n\n#. One.\n\n#. See [](#here){}."
    for after, rules in (("", ["reference-annex"]), (" of the present report", [])):
        body = ("#. {#here} One.", annex.format(after))
        assert [rule for rule, _ in _messages(Language.ENGLISH, *body)] == rules
    assert _messages(Language.ENGLISH, "#. One.", "#. {#here} Two.", "<!-- annex --> More\n\n#. See [](#here).") == []
