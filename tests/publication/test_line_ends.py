"""What no line may end in: before a note call, or in a reference that the document makes."""

from __future__ import annotations

import pypdfium2
import pytest

from manuscripts import AR, report
from masthead import publication
from masthead.pdf import pages
from masthead.publication import SourceFile

WORDS = "وقد أعد بالتشاور مع اللجنة الاقتصادية والاجتماعية لغربي"


@pytest.mark.parametrize("end", ["(ESCWA)", "(لجنة)", "”الكاذب“", "**نص)**", "*(لجنة)*", "[](#first)"])
def test_no_line_begins_with_a_note_call_or_the_number_of_a_reference(end: str) -> None:
    fillers = (" ".join(["ااااا"] * (length // 5) + ["ا" * (length % 5)]) for length in range(1, 26))
    body = (f"#. {WORDS} {filler} {end}^[نص.]^[نص.]." for filler in fillers)
    edition = publication.publish(SourceFile("x.md", report(AR, "#. {#first} أول.", *body).encode()))
    printed = pypdfium2.PdfDocument(edition.pdf.data)
    lines = [line for page in pages.read_pages(printed, len(printed)) for line in page.lines]
    assert sum(WORDS[:12] in line.text for line in lines) > 20
    assert [line.text for line in lines if line.raised and not any(map(str.isalpha, line.text))] == []
    assert [finding.rule for finding in edition.report.findings] == []
