"""Charts that are written as tables: each variant is published without a finding, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.document.model import figures
from masthead.document.terms import Variant
from masthead.publication import Options, SourceFile, publish
from paths import ROOT

SPECIMENS = ROOT / "examples" / "specimens"
BODY = """
Text.

<!-- figure 1, columns, stacked --> Boats

| A | 2041 | 2042 | 2043 |
|---|--:|--:|--:|
| First and second | 5 | 6 | 17 |
| Third | 11 | 2 | 3 |

<!-- figure 2, radar --> Boats

| A | 2041 | 2042 |
|---|--:|--:|
| One | 5 | 3 |
| Two | 4 | 10 |
| Three | 9 | 2 |
"""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("variant", [Variant.ARCHIVE, Variant.ARCHIVE_4, Variant.PLAIN])
def test_charts_have_no_finding_and_their_values_as_text(language: str, variant: Variant) -> None:
    name = f"A_104_96.{language}.md"
    front = (SPECIMENS / name).read_text("utf-8").partition("\n---\n")[0].replace("[^*]", "")
    source = SourceFile(str(Path(name)), f"{front}\n---\n{BODY}".encode())
    edition = publish(source, Options(variant))
    assert [finding.message for finding in edition.report.findings] == []
    values = "2041 – One: 5; Two: 4; Three: 9. 2042 – One: 3; Two: 10; Three: 2"
    if language == "ar":
        values = values.replace(";", "؛").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert [each.alternative for each in figures(edition.document)][1] == values
