"""What preflight finds in published PDFs of the United Nations, and why each finding is true.

`python tests/support/published.py` writes the table, if MASTHEAD_REFERENCE names the folder of the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from masthead import preflight
from masthead.document import Finding
from paths import ROOT

TABLE = ROOT / "tests" / "preflight" / "published.md"
_NO_LANGUAGE = "the file has no /Lang: a screen reader does not know which language to speak"

FILES: dict[str, dict[tuple[str, int | None], str]] = {
    "geneva/A_HRC_WG.6_34_ITA_3.en.pdf": {("accessibility.language", None): _NO_LANGUAGE},
    "geneva/A_HRC_WG.6_7_ITA_1.fr.pdf": {("accessibility.language", None): _NO_LANGUAGE},
    "geneva/ECE_TRADE_C_CEFACT_2018_6.en.pdf": {
        ("links.well-formed", 4): "both lines of note 4 link to a file on the computer of the typist",
    },
    "geneva/ECE_TRADE_C_CEFACT_2019_26.en.pdf": {},
    "pdf/A_80_604_Add.1.pdf": {},
    "pdf/A_RES_73_6-EN.pdf": {},
    "pdf/A_RES_73_8-EN.pdf": {},
    "pdf/ohchr_1_ru.pdf": {},
    "reports/A_80_600.pdf": {},
    "reports/A_80_605.pdf": {},
    "reports/A_80_607.pdf": {
        ("structure.notes", 12): "the table of component 2 has a note a, but no cell calls it",
        ("numbering.paragraphs", 25): "the point after 49 is missing in print: a paragraph without a number",
        ("completeness.visible", 1): "a letter s of 1 pt is under the masthead: read aloud, but not seen",
    },
    "reports/A_80_628.pdf": {
        ("boxes.margins", 28): "the table is 7 pt wider than the frame",
        ("boxes.margins", 40): "the figure 2 is at the edge of the paper, 90 pt beside the chart",
        ("boxes.margins", 41): "the figure 3 is at the edge of the paper, 90 pt beside the chart",
    },
    "reports/A_81_6_Sect_10.pdf": {},
    "reports/A_81_6_Sect_2.pdf": {},
    "reports/A_81_6_Sect_22.pdf": {},
    "reports/A_81_6_Sect_28.pdf": {
        ("completeness.visible", 4): "“2027 planned” is under the first row of the table without being drawn",
    },
    "reports/A_81_6_Sect_34.pdf": {},
    "reports/A_81_6_Sect_4.pdf": {
        ("identity.masthead", 1): "“General Assembly” is missing from the masthead in print",
    },
}
"""File → rule and page of each finding → the reason why it is true."""


def found(file: Path) -> tuple[Finding, ...]:
    """Return what the profile for other software finds in a file."""
    return preflight.check(file.read_bytes(), profile="foreign").findings


def table(folder: Path) -> str:
    """Return the table of findings as Markdown."""
    lines = [line for name in FILES for line in _rows(name, found(folder / name))]
    return (
        "# Findings in published files\n\n"
        "What `check --profile foreign` finds in published PDFs of the United Nations, with the reason why each is\n"
        "true. `python tests/support/published.py` writes this page; `tests/preflight/test_published.py` tests it.\n\n"
        "| file | page | rule | finding | why it is true |\n|---|---|---|---|---|\n" + "".join(lines)
    )


def _rows(name: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    if not findings:
        yield f"| `{name}` | | | nothing | |\n"
    for finding in findings:
        reason = FILES[name][finding.rule, finding.page]
        yield f"| `{name}` | {finding.page or ''} | `{finding.rule}` | {finding.message[:100]} | {reason} |\n"


if __name__ == "__main__":
    TABLE.write_text(table(Path(os.environ["MASTHEAD_REFERENCE"])), "utf-8")
