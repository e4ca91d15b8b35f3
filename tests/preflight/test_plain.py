"""A plain PDF is checked for what it can have: no structure and no standard, but all of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead import formats, preflight, publication
from masthead.cli.app import app
from masthead.document.findings import Finding
from masthead.document.model import Document
from masthead.document.terms import Variant
from paths import ROOT

EXAMPLES = ROOT / "examples"
SOURCES = [
    EXAMPLES / "E_RES_2041_7.en.md",
    *sorted((EXAMPLES / "specimens").glob("A_RES_104_12.*.md")),
    *sorted((EXAMPLES / "specimens").glob("A_104_96.*.md")),
]
PLAIN = preflight.profile("plain")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_plain_edition_has_no_findings(source: Path) -> None:
    edition = publication.publish(source, publication.Options(Variant.PLAIN))
    assert (edition.report.profile.name, edition.report.findings) == ("plain", ())


def shortened(document: Document) -> Iterator[Document]:
    """The document without one block of its body, each in turn."""
    for place in range(len(document.body)):
        yield replace(document, body=document.body[:place] + document.body[place + 1 :])


def lacking(findings: tuple[Finding, ...]) -> int:
    """The number of letters and digits that are reported as missing."""
    messages = "".join(finding.message for finding in findings if finding.rule == "completeness.text")
    found = re.fullmatch(r"the pages lack (\d+) of the \d+ letters and digits of the text", messages)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("language", ["ar", "en", "zh"])
def test_any_lost_block_is_found(language: str) -> None:
    document = formats.read(EXAMPLES / "specimens" / f"A_RES_104_12.{language}.md")
    for short in shortened(document):
        pdf = publication.typeset(short, variant=Variant.PLAIN)
        (lost,) = (block for block in document.body if block not in short.body)
        assert lacking(preflight.check(pdf.data, document, profile=PLAIN).findings) > 0, lost


def test_a_plain_file_is_compared_with_its_attached_source(tmp_path: Path) -> None:
    document = formats.read(EXAMPLES / "E_RES_2041_7.en.md")
    html = publication.mark_up(document)
    cut = replace(html, text=html.text.replace("a tide gauge", "a gauge"))
    for page, letters in ((html, 0), (cut, len("tide"))):
        path = tmp_path / "x.pdf"
        publication.typeset(page, document, variant=Variant.PLAIN).save(path)
        assert lacking(preflight.check(path, profile=PLAIN).findings) == letters


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--profile", "default"], 1)], ids=["its own", "named"])
def test_publish_takes_the_profile_of_the_variant_unless_one_is_named(
    options: list[str], code: int, tmp_path: Path
) -> None:
    source = str(EXAMPLES / "E_RES_2041_7.en.md")
    run = CliRunner().invoke(app, ["publish", source, "-o", str(tmp_path), "--variant", "plain", *options])
    assert (run.exit_code, "accessibility.tags" in run.stderr) == (code, bool(code)), run.stderr
