"""The masthead of every organ, in every language, on the New York and the Geneva page: its name stands in its cell."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from drawn import Line, lines
from masthead import preflight
from masthead.document import DocumentType, locales
from masthead.document.model import Document
from masthead.document.terms import DutyStation, JobNumber, Language, Organ
from masthead.formats import new_document
from masthead.formats.transcript import reader as text
from masthead.page.markup import mark_up
from masthead.typesetting.typesetter import typeset

CELL = 261.35  # points: three columns of the masthead's table in the Word file of A/80/604/Add.1
LEADING = 19.5
FRAMES = {DutyStation.NEW_YORK: (612.0, 123.35, 86.4), DutyStation.GENEVA: (595.28, 120.6, 77.6)}
"""The width of the paper, where the organ's name begins and its first baseline: measured."""


LONG = (Organ.ECONOMIC_AND_SOCIAL_COUNCIL, Language.RUSSIAN)
"""The one name that takes two lines."""


def masthead(language: Language, organ: Organ, family: DutyStation) -> Document:
    """A draft, with the longest Distr. block: that of a translation."""
    made = new_document(DocumentType.DRAFT, language, organ, date(2044, 9, 28))
    job = JobNumber("44-00001" if family is DutyStation.NEW_YORK else "GE.44-00001", language)
    return replace(made, job=job, masthead=replace(made.masthead, translation=True))


def organ_lines(pdf: bytes) -> list[Line]:
    return [line for line in lines(pdf) if line.page == 1 and 66 < line.baseline < 130 and max(line.sizes) > 15]


@pytest.mark.parametrize("family", DutyStation)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("organ", Organ)
def test_the_name_of_the_organ_stands_in_its_cell(organ: Organ, language: Language, family: DutyStation) -> None:
    found = organ_lines(typeset(mark_up(masthead(language, organ, family))).data)
    paper, left, baseline = FRAMES[family]
    assert len(found) == (2 if (organ, language) == LONG else 1)
    for place, line in enumerate(found):
        near, far = (paper - line.right, paper - line.left) if language is Language.ARABIC else (line.left, line.right)
        assert near == pytest.approx(left, abs=1)
        assert far < left + CELL
        assert line.baseline == pytest.approx(baseline + place * LEADING, abs=0.5)


@pytest.mark.parametrize("family", DutyStation)
def test_a_name_over_two_lines_is_known_to_preflight_and_to_who_reads_the_text_of_the_pdf(
    family: DutyStation, tmp_path: Path
) -> None:
    organ, language = LONG
    made = masthead(language, organ, family)
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(typeset(mark_up(made)).data)
    facts = preflight.check(pdf.read_bytes(), made).facts
    assert facts.organ == locales.load(language).organ(organ)
    for options in (["-layout"], []):
        extract = subprocess.run(["pdftotext", *options, pdf, "-"], check=True, capture_output=True).stdout
        read = text.read(extract, "x.txt")
        assert read.organ is organ
        assert not [each for each in read.findings if each.rule == "masthead-line"]
