"""Correct reports have no findings: what is special in them is no fault."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from manuscripts import AR, EN, FR, report, sentence
from masthead import publication
from masthead.document import Language
from masthead.editing.concordance import read_version
from masthead.publication import SourceFile
from paths import SPECIMENS

WORD, OTHER = "الفيضانات", "العواصف"
LINE = "#. " + sentence(AR)
NOTES = """<!-- table # --> الحوادث

| السنة | الحوادث |
|---|--:|
| ٢٠٢٢[^a] | ٤١ |
| ٢٠٢٣[^b] | ٤١ |

[^a]: بما فيها.

[^b]: تمرين."""
HEAD = f"""<!-- table #, head 2 --> الحوادث

| السنة | {WORD} | < |
|---|--:|--:|
| ^ | الحوادث | الوفيات |
| ٢٠٢٢ | ٤١ | ٣١٢ |"""
CHART = """<!-- figure #, columns --> Storms

| Year | Floods | Dust storms |
|---|--:|--:|
| 2022 | 41 | 18 |
| 2023 | 57 | 22 |"""
FIRST = ("<!-- contents 2 -->", f"# #. {WORD}", *([LINE] * 6), "<!-- page break -->")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            (*FIRST, f"# #. {OTHER}", LINE, HEAD, *([LINE] * 4)),
            id="a heading in the contents whose words head a table too",
        ),
        pytest.param(
            (LINE, "<!-- landscape -->", NOTES, LINE, LINE),
            id="notes of a table on a landscape page",
        ),
    ],
)
def test_a_correct_report_in_arabic_has_no_finding(body: tuple[str, ...]) -> None:
    source = report(AR, *body).replace("# أولا - مقدمة\n\n", "")
    edition = publication.publish(SourceFile("x.md", source.encode()))
    assert [(each.rule, each.message) for each in edition.report.findings] == []


@pytest.mark.parametrize("language", [EN, FR])
def test_the_pdf_of_a_report_with_a_chart_of_two_series_replaces_its_source(language: Language, tmp_path: Path) -> None:
    source = report(language, "#. " + sentence(language), CHART)
    path = tmp_path / "x.pdf"
    path.write_bytes(publication.publish(SourceFile("x.md", source.encode())).pdf.data)
    assert read_version(path).document.body


@pytest.mark.parametrize("language", [AR, EN])
@pytest.mark.parametrize("pages", [1, 2])
def test_a_record_in_two_columns_has_no_finding(pages: int, language: Language) -> None:
    source = (SPECIMENS / f"A_104_PV.12.{language}.md").read_text("utf-8")
    front, _, body = source.partition("\n---\n\n")
    text = "\n\n".join(("<!-- portrait, columns 2 -->", *[body] * (3 * pages - 2)))
    edition = publication.publish(SourceFile("x.md", f"{front}\n---\n\n{text}".encode()))
    assert len(pypdfium2.PdfDocument(edition.pdf.data)) >= pages
    assert [(each.rule, each.message) for each in edition.report.findings] == []
