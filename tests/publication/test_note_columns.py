"""Terms and explanations in columns of a note, on pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from columned_notes import columned, document_of
from extracts import extract
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
