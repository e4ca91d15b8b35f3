"""How wide the spaces of justified lines are, filled one after the other (first fit) and together (best fit).

    python benchmarks/even_lines.py [FILE…]

By default, 20 resolutions of the Security Council in each of five languages are typeset in each way
(`MASTHEAD_REFERENCE`, see CONTRIBUTING.md). What counts are the lines of justified paragraphs but the last ones: how
much wider their spaces are than the font has them. Printed for each language: lines, the shares of those whose spaces
are wider than 1.5 and than 2 times their own width, the narrowest, pages, and CPU time of typesetting.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS

from masthead import formats
from masthead.document import LineBreaking, Pagination
from masthead.page import mark_up
from masthead.typesetting import ledger, paragraphs, typeset

LANGUAGES = ("Arabic", "English", "French", "Russian", "Spanish")
COUNT = 20  # resolutions in each language
SPACES = (" ", "\u00a0")


def council() -> list[Path]:
    """Every so many of the resolutions, so that the years and lengths are mixed."""
    folder = Path(os.environ["MASTHEAD_REFERENCE"]) / "council"
    files = [sorted(folder.glob(f"*/{language}/*.xml")) for language in LANGUAGES]
    return [path for found in files for path in found[:: len(found) // COUNT][:COUNT]]


def ratios(document: Any) -> Iterator[float]:
    """Yield how wide the spaces of each justified line are, relative to their own width."""
    for page in document.pages:
        for line in page._page_box.descendants():
            if isinstance(line, boxes.LineBox) and line.style["text_align_all"] == "justify":
                texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
                added = {box.justification_spacing for box in texts} - {0}
                own = [width for box in texts for width in _spaces(box)]
                if len(added) == 1 and own:
                    yield 1 + added.pop() / median(own)


def _spaces(box: Any) -> Iterator[float]:
    line = box.pango_layout.__dict__.get("line")
    if isinstance(line, paragraphs.Line):
        yield from (word.advance * FROM_UNITS for word in line.words if word.content.decode() in SPACES)


def main() -> None:
    sources = [Path(each) for each in sys.argv[1:]] or council()
    lines: dict[tuple[str, LineBreaking], list[float]] = defaultdict(list)
    pages: dict[tuple[str, LineBreaking], int] = defaultdict(int)
    cpu: dict[tuple[str, LineBreaking], float] = defaultdict(float)
    check = ledger.check
    key = "", LineBreaking.FIRST_FIT

    def measure(document: Any) -> Any:
        lines[key].extend(ratios(document))
        pages[key] += len(document.pages)
        return check(document)

    ledger.check = measure
    for source in sources:
        document = replace(formats.read(source), pagination=Pagination.FLOW)
        for breaking in LineBreaking:
            key = str(document.language), breaking
            html = mark_up(replace(document, lines=breaking))
            begun = time.process_time()
            typeset(html)
            cpu[key] += time.process_time() - begun
    for (language, breaking), found in sorted(filter(all, lines.items())):
        wide, wider = (sum(ratio > limit for ratio in found) / len(found) for limit in (1.5, 2))
        print(f"{language} {breaking:10}: {len(found):5} lines, {wide:5.1%} over 1.5, {wider:5.1%} over 2, ", end="")
        print(f"narrowest {min(found):.2f}, {pages[language, breaking]} pages, {cpu[language, breaking]:.1f} s")


if __name__ == "__main__":
    main()
