"""The commands `new`, `schema` and `convert`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner, Result

import specimen
from masthead import formats
from masthead.cli.app import app
from masthead.document import DocumentType
from masthead.document.errors import OrderError, SourceError
from masthead.document.findings import Severity
from masthead.document.model import Document
from masthead.document.terms import Language, Organ
from masthead.editing import lint
from masthead.formats.markdown import keys
from masthead.formats.scaffold import session_of
from masthead.page.markup import mark_up
from masthead.publication import Edition, publish
from masthead.typesetting.typesetter import typeset
from paths import EXAMPLES, ROOT, SPECIMENS, TOUCHSTONE

DAY = date(2049, 11, 5)
SCHEMA = ROOT / "docs" / "format.schema.json"
ENGLISH = SPECIMENS / "A_RES_104_12.en.md"
ARABIC = SPECIMENS / "A_RES_104_12.ar.md"
REPORT = SPECIMENS / "A_104_96.en.md"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


# --- new --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", DocumentType)
def test_a_new_document_is_read_back_keeps_the_rules_and_makes_a_page(
    kind: DocumentType, language: Language, tmp_path: Path
) -> None:
    for organ in Organ:
        document = formats.new_document(kind, language, organ, DAY)
        path = tmp_path / f"{organ}.md"
        path.write_text(formats.write(document, ".md"), "utf-8")
        assert formats.read(path) == document
        wrong = [slip for slip in lint.check(path) if slip.severity is not Severity.NOTE]
        assert [slip for slip in wrong if slip.rule != "word-unverified"] == []
        assert mark_up(document).text


@pytest.mark.parametrize(
    ("organ", "session", "agenda_item"),
    [
        (Organ.GENERAL_ASSEMBLY, "Hundred and fourth session", "Agenda item 1"),
        (Organ.SECURITY_COUNCIL, "", ""),  # which meets all year and numbers no items
    ],
)
def test_a_new_draft_has_the_opening_lines_of_its_organ(organ: Organ, session: str, agenda_item: str) -> None:
    preface = formats.new_document(DocumentType.DRAFT, Language.ENGLISH, organ, DAY).preface
    assert (preface.session, preface.agenda_item) == (session, agenda_item)


@pytest.mark.parametrize(
    ("kind", "language", "organ"),
    [
        (DocumentType.RESOLUTION, Language.ARABIC, Organ.ECONOMIC_AND_SOCIAL_COUNCIL),
        (DocumentType.RESOLUTION, Language.FRENCH, Organ.SECURITY_COUNCIL),
        (DocumentType.REPORT, Language.CHINESE, Organ.HUMAN_RIGHTS_COUNCIL),
        (DocumentType.LETTER, Language.RUSSIAN, Organ.SECURITY_COUNCIL),
        (DocumentType.CORRIGENDUM, Language.ARABIC, Organ.GENERAL_ASSEMBLY),
        (DocumentType.DRAFT, Language.SPANISH, Organ.GENERAL_ASSEMBLY),
    ],
)
def test_a_new_document_publishes_at_once(kind: DocumentType, language: Language, organ: Organ, tmp_path: Path) -> None:
    path = tmp_path / "new.md"
    made = run("new", kind, "-l", language, "--organ", organ, "--date", DAY.isoformat(), "-o", path)
    assert (made.exit_code, made.stdout.strip()) == (0, str(path))
    assert [finding for finding in publish(path).report.findings if finding.severity is Severity.ERROR] == []


def test_a_new_statement_is_of_the_security_council() -> None:
    assert "organ: security-council\n" in run("new", "statement", "-l", "en").stdout
    assert "organ: general-assembly\n" in run("new", "report", "-l", "en").stdout


def test_lint_finds_nothing_in_any_new_document() -> None:
    every = ((kind, organ, language) for kind in DocumentType for organ in Organ for language in Language)
    found = [
        (each, slip.rule)
        for each in every
        for slip in lint.check_source(
            formats.render(formats.new_document(each[0], each[2], each[1], DAY), ".md"), "x.md"
        )
    ]
    assert found == []


@pytest.mark.parametrize(
    ("organ", "day", "session"),
    [
        (Organ.GENERAL_ASSEMBLY, date(2018, 11, 5), 73),
        (Organ.GENERAL_ASSEMBLY, date(2018, 8, 31), 72),
        (Organ.HUMAN_RIGHTS_COUNCIL, date(2017, 9, 29), 36),
        (Organ.HUMAN_RIGHTS_COUNCIL, date(2019, 3, 21), 40),
        (Organ.ECONOMIC_AND_SOCIAL_COUNCIL, date(2017, 7, 6), 2017),
    ],
)
def test_the_session_is_the_one_of_the_day(organ: Organ, day: date, session: int) -> None:
    assert session_of(organ, day) == session


def test_new_replaces_no_file_and_prints_markdown_without_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("mine")
    refused = run("new", "note", "--language", "en", "-o", path)
    assert isinstance(refused.exception, OrderError)
    assert path.read_text() == "mine"
    printed = run("new", "note", "--language", "en", "--date", "2049-11-05")
    assert printed.stdout.startswith("---\ntype: note\nlanguage: en\n")


# --- the schema -------------------------------------------------------------------------------------------------------


def front(source: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(source.read_text("utf-8").split("---\n")[1])
    return values


def test_the_schema_in_the_documentation_is_that_of_the_code() -> None:
    """Made by `masthead schema > docs/format.schema.json`."""
    jsonschema.Draft202012Validator.check_schema(keys.front_matter_schema())
    assert json.loads(SCHEMA.read_text("utf-8")) == keys.front_matter_schema() == json.loads(run("schema").stdout)


@pytest.mark.parametrize("source", [*EXAMPLES.glob("*.md"), *SPECIMENS.glob("*.md")], ids=lambda path: path.stem)
def test_every_example_keeps_to_the_schema(source: Path) -> None:
    jsonschema.validate(front(source), keys.front_matter_schema())


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        (ENGLISH, {"agenda-itm": "Agenda item 1"}),
        (ENGLISH, {"type": "resolutoin"}),
        (ENGLISH, {"language": "de"}),
        (ENGLISH, {"organ": None}),
        (ENGLISH, {"number": None}),
        (ENGLISH, {"number": "twelve"}),
        (ENGLISH, {"job": "49-10412"}),
        (ENGLISH, {"job": "49-10412 (A)"}),
        (ENGLISH, {"title": " "}),
        (ENGLISH, {"title": ["a", "b"]}),
        (ENGLISH, {"closing": "41st plenary meeting"}),
        (ENGLISH, {"digits": "roman"}),
        (ENGLISH, {"adoption": None}),
        (REPORT, {"symbol": None}),
        (REPORT, {"symbol": "104/96"}),
        (REPORT, {"title": None}),
        (REPORT, {"translation": "yes"}),
        (SPECIMENS / "S_RES_3104_2049.en.md", {"number": None}),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_the_reader_refuses_breaks_the_schema(source: Path, wrong: dict[str, Any], tmp_path: Path) -> None:
    values = {key: value for key, value in {**front(source), **wrong}.items() if value is not None}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(values, keys.front_matter_schema())
    body = source.read_text("utf-8").split("---\n", 2)[2]
    path = tmp_path / source.name
    path.write_text(f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\n{body}", "utf-8")
    with pytest.raises(SourceError):
        formats.read(path)


# --- convert ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", sorted(SPECIMENS.glob("*RES*.md")), ids=lambda path: path.stem)
def test_every_resolution_is_equal_as_transcript_and_as_markdown(source: Path, tmp_path: Path) -> None:
    for form in ("txt", "md"):
        assert run("convert", source, "-o", tmp_path / f"x.{form}").exit_code == 0
        assert formats.read(tmp_path / f"x.{form}") == formats.read(source)


@pytest.mark.parametrize("source", [TOUCHSTONE, *sorted(SPECIMENS.glob("*.md"))], ids=lambda path: path.stem)
def test_from_form_to_form_and_back_a_document_stays_equal(source: Path) -> None:
    document = last = formats.read(source)
    for form in (".docx", ".akn", ".md"):
        last = formats.parse(formats.render(last, form), f"x{form}")
        assert last == document, form


@pytest.mark.parametrize("source", [TOUCHSTONE, EXAMPLES / "E_RES_2041_7.en.md"], ids=lambda path: path.stem)
def test_a_transcript_with_page_ends_is_written_with_its_notes_at_their_feet(source: Path) -> None:
    document = formats.read(source)
    text = formats.write(document, ".txt")
    assert formats.parse(text.encode(), "x.txt") == document
    assert text.index("(1)" if document.language is Language.ENGLISH else "(١)") < len(text) // 2


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (REPORT, "a document of type report"),
        (SPECIMENS / "A_DEC_104_405.en.md", "a document of type decision"),
        (SPECIMENS / "A_C.2_104_L.9.en.md", "a document of type draft"),
    ],
)
def test_what_a_transcript_cannot_hold_is_an_error(source: Path, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        formats.write(formats.read(source), ".txt")
    assert caught.value.hint


def test_a_transcript_refuses_what_would_be_read_differently(tmp_path: Path) -> None:
    for before, after, said in (
        ("it invited cities", "it invited \\*all\\* cities", "paragraph 2"),
        ("*Concerned* that", "(a) Concerned that", "paragraph 5"),
        ("title: Rain", "bodies:\n- Second Committee\ntitle: Rain", "the key bodies"),
        ("date: 19 November", "original: French\ntranslation: 'true'\ndate: 19 November", "the translation"),
        ("5. *Decides* to include", "<!-- table 1 --> A\n\n| a |\n|---|\n| b |\n\n5. *Decides* to include", "a table"),
    ):
        text = ENGLISH.read_text("utf-8")
        assert before in text
        document = formats.parse(text.replace(before, after, 1).encode(), "x.md")
        with pytest.raises(SourceError, match=said):
            formats.write(document, ".txt")


def test_many_documents_are_converted_into_a_folder(tmp_path: Path) -> None:
    result = run("convert", SPECIMENS / "A_RES_104_12.*.md", "-o", tmp_path / "out", "--to", "html")
    assert result.exit_code == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"A_RES_104_12.{language}.html" for language in ("ar", "en", "es", "fr", "ru", "zh")]
    assert sorted(result.stdout.split()) == [str(tmp_path / "out" / name) for name in names]
    named = run("convert", ARABIC, ENGLISH, "-o", tmp_path / "out", "--pattern", "{lang}/{type}/{symbol}.txt")
    assert named.exit_code == 0
    assert (tmp_path / "out" / "ar" / "resolution" / "A_RES_104_12.txt").is_file()


def test_a_document_that_fails_does_not_affect_the_others(tmp_path: Path) -> None:
    result = run("convert", REPORT, ENGLISH, "-o", tmp_path, "--to", "txt")
    assert result.exit_code == 3
    assert str(REPORT) in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["A_RES_104_12.en.txt"]


def test_nothing_is_written_if_two_outputs_are_the_same_or_a_file_exists(tmp_path: Path) -> None:
    together = run("convert", ARABIC, ENGLISH, "-o", tmp_path / "out", "--pattern", "{symbol}.txt")
    assert isinstance(together.exception, OrderError)
    assert "have the same output" in str(together.exception)
    other = tmp_path / "A_RES_104_12.en.txt"
    other.write_text("mine")
    refused = run("convert", ARABIC, ENGLISH, "-o", tmp_path, "--to", "txt")
    assert isinstance(refused.exception, OrderError)
    assert [path.name for path in tmp_path.iterdir()] == [other.name]
    assert other.read_text() == "mine"
    assert run("convert", ARABIC, ENGLISH, "-o", tmp_path, "--to", "txt", "--force").exit_code == 0
    before = other.stat().st_mtime_ns
    assert run("convert", ARABIC, ENGLISH, "-o", tmp_path, "--to", "txt").exit_code == 0  # the same: left alone
    assert other.stat().st_mtime_ns == before


def test_a_source_is_never_replaced(tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_bytes(ENGLISH.read_bytes())
    refused = run("convert", source, "-o", source, "--force")
    assert "replace a source" in str(refused.exception)
    assert source.read_bytes() == ENGLISH.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((ENGLISH, ARABIC), "no output given"),
        ((ENGLISH, ARABIC, "-o", "x.md"), "the output must be a folder"),
        ((ENGLISH, "-o", "x.md", "--to", "html"), "the output must be a folder"),
        ((ENGLISH, "-o", "x.md", "--pattern", "{symbol}.md"), "the output must be a folder"),
        ((ENGLISH, "-o", "out"), "no form given"),
        ((ENGLISH, "-o", "out", "--to", "rtf"), "unknown form: rtf"),
        ((ENGLISH, "-o", "out", "--pattern", "{symbol}"), "pattern"),
        ((ENGLISH, "-o", "out", "--pattern", "../{symbol}.md"), "pattern"),
        ((ENGLISH, "-o", "out", "--to", "md", "--pattern", "{symbol}.md"), "the pattern already selects the form"),
    ],
    ids=range(9),
)
def test_contradictory_options_are_refused(
    arguments: tuple[str | Path, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("convert", *arguments)
    assert isinstance(result.exception, OrderError)
    assert message in result.exception.message
    assert result.exception.hint or "pattern" in result.exception.message
    assert list(tmp_path.iterdir()) == []


def test_without_an_output_the_document_goes_to_standard_output(touchstone: Document) -> None:
    assert formats.parse(run("convert", TOUCHSTONE).stdout.encode(), "x.md") == touchstone
    assert run("convert", TOUCHSTONE, "--to", "html").stdout.startswith("<!DOCTYPE html>")


def test_the_source_attached_to_a_pdf_is_converted(touchstone_edition: Edition, tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    touchstone_edition.pdf.save(pdf)
    assert run("convert", pdf, "-o", tmp_path / "x.md").exit_code == 0
    assert formats.read(tmp_path / "x.md") == touchstone_edition.document


def test_a_pdf_without_a_source_and_a_file_that_is_not_a_pdf_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bare.pdf").write_bytes(typeset(mark_up(specimen.document(Language.ENGLISH))).data)
    (tmp_path / "none.pdf").write_text("no pdf")
    for name in ("bare.pdf", "none.pdf"):
        result = run("convert", tmp_path / name, "-o", tmp_path / "x.md")
        assert result.exit_code == SourceError.exit_code
        assert "hint" in result.stderr
    assert not (tmp_path / "x.md").exists()
