"""What `compare --as text` says of real reports beside the same reports printed by Word.

    python benchmarks/verdicts.py REPORTS

`REPORTS` is a folder of Word files with their PDFs. Each is published as it is, and compared with its PDF; the
differences that are not tolerated are printed. `masthead compare --as text --html` shows them beside the pages.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from masthead import publication
from masthead.comparison import compare
from masthead.comparison.tolerance import DEFAULT, Aspect

_TEXT = replace(DEFAULT, judged=Aspect.TEXT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path)
    chosen = parser.parse_args()
    for word in sorted(chosen.reports.glob("*.docx")):
        if not (printed := word.with_suffix(".pdf")).exists():
            continue
        made = publication.publish(publication.SourceFile.load(word)).pdf.data
        found = compare(printed, made, tolerance=_TEXT)
        differences = [each for each in found.differences if not each.tolerated]
        print(f"{word.stem}: {len(differences)} differences of text", flush=True)
        for each in differences:
            print(f"    page {each.page}: {each.message}")


if __name__ == "__main__":
    main()
