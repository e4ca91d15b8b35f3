"""Terms and explanations in columns of a note, on pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from columned_notes import WORDS, columned, document_of, markdown
from extracts import extract
from masthead import formats
from masthead.document.findings import Severity
from masthead.formats.transcript import reader
from masthead.publication import publish

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("place", ["page", "end"])
@pytest.mark.parametrize(("language", "letter"), [("en", "E"), ("ar", "A")])
def test_columns_are_side_by_side_on_the_page(tmp_path: Path, language: str, letter: str, place: str) -> None:
    """Each word is in its order, for preflight and for pdftotext."""
    edition = publish(document_of(language, letter, place))
    assert [finding for finding in edition.report.findings if finding.severity is Severity.ERROR] == []
    with pikepdf.open(BytesIO(edition.pdf.data)) as file:
        kinds = [str(each.S) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    assert [kinds.count(kind) for kind in ("/L", "/LI", "/LBody")] == [2, 4, 4]
    edition.pdf.save(tmp_path / "x.pdf")
    back = reader.read(extract(tmp_path / "x.pdf", "-layout").encode(), "x.txt")
    assert columned(back).replace("|", " ").split() == columned(edition.document).replace("|", " ").split()


# The first words of notes: Latin ones, near the mark and far from it, and terms so short that their column is close.
ROWS = (
    "GDP<!-- tab 2840 -->{one}",
    "GDP<!-- tab 2840 -->{one}\n\n    WHO<!-- tab 2840 -->World Health Organization",
    "{one}<!-- tab 2840 -->{two}\n\n    WHO<!-- tab 2840 -->World Health Organization",
    "WHO<!-- tab 1200 -->World Health Organization\n\n    {one}<!-- tab 1200 -->{long}",
    "<!-- tab 300 -->GDP<!-- tab 2840 -->{long}",
    "<!-- tab 570 -->{one}<!-- tab 2840 -->{two}",
    "<!-- tab 2840 -->GDP<!-- tab 5600 -->World",
    "(a)<!-- tab 2840 -->{long}",
    "a<!-- tab 300 -->{long}",
    "**GDP**<!-- tab 2840 -->{one}",
    "World Health Organization",
    "<!-- tab 1200 -->WHO<!-- tab 2700 -->World Health Organization",
)


@pytest.mark.parametrize("place", ["page", "end"])
@pytest.mark.parametrize(("language", "letter"), [("en", "E"), ("ar", "A")])
def test_a_note_may_begin_with_a_latin_term_or_far_from_its_mark(language: str, letter: str, place: str) -> None:
    one, two = WORDS[language]
    front = markdown(language, letter, place).partition("\n# ")[0]
    body = [f"{number}. {two}[^{number}]." for number in range(1, len(ROWS) + 1)]
    rows = (row.format(one=one, two=two, long=f"{two} " * 12) for row in ROWS)
    notes = [f"[^{number}]: {row}" for number, row in enumerate(rows, 1)]
    edition = publish(formats.parse("\n\n".join([front, *body, *notes]).encode(), "x.md"))
    found = [(int(note.mark), len(note.calls)) for note in edition.report.facts.notes]
    assert found == [(number, 1) for number in range(1, len(ROWS) + 1)]
    assert [finding for finding in edition.report.findings if finding.severity is Severity.ERROR] == []
