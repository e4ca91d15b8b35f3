"""How wide the spaces of justified lines are, filled one after the other (first fit) and together (best fit).

    python benchmarks/even_lines.py [FILE…]

By default, two sets of texts are typeset in each way, in five languages: the examples with 40 texts made from them
(`corpus.py`), and, with `MASTHEAD_REFERENCE` (see CONTRIBUTING.md), 20 resolutions of the Security Council, whose long
names leave fewer places to break a line. What counts are the lines of justified paragraphs but the last ones: how much
wider their spaces are than the font has them. Printed for each language: lines, the shares of those whose spaces are
wider than 1.5 and than 2 times their own width, the narrowest, pages, and CPU time of typesetting.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS

import corpus
from masthead import formats
from masthead.document import Document, LineBreaking, Pagination
from masthead.page import mark_up
from masthead.typesetting import ledger, paragraphs, typeset

LANGUAGES = {"Arabic": "ar", "English": "en", "French": "fr", "Russian": "ru", "Spanish": "es"}
COUNT = 20  # resolutions of the Council in each language
MADE = 40  # texts made from the examples in each language
SPACES = (" ", "\u00a0")


def council() -> Iterator[Document]:
    """Every so many of the resolutions, so that the years and lengths are mixed."""
    folder = Path(os.environ["MASTHEAD_REFERENCE"]) / "council"
    for language in LANGUAGES:
        files = sorted(folder.glob(f"*/{language}/*.xml"))
        yield from map(formats.read, files[:: len(files) // COUNT][:COUNT])


def examples() -> Iterator[Document]:
    """The examples of the United Nations, and texts whose words are theirs in another order."""
    for language in LANGUAGES.values():
        found = corpus.EXAMPLES.rglob(f"*.{language}.md")
        yield from map(formats.read, sorted(path for path in found if "organizations" not in path.parts))
        for name, text in corpus.documents(MADE, (language,), "distinct"):
            yield formats.parse(text.encode(), name)


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


def measure(texts: Iterable[Document]) -> None:
    """Typeset texts with each way to break lines, and print what their spaces look like."""
    lines: dict[tuple[str, LineBreaking], list[float]] = defaultdict(list)
    pages: dict[tuple[str, LineBreaking], int] = defaultdict(int)
    cpu: dict[tuple[str, LineBreaking], float] = defaultdict(float)
    check = ledger.check
    key = "", LineBreaking.FIRST_FIT

    def note(document: Any) -> Any:
        lines[key].extend(ratios(document))
        pages[key] += len(document.pages)
        return check(document)

    ledger.check = note
    for text in texts:
        document = replace(text, pagination=Pagination.FLOW)
        for breaking in LineBreaking:
            key = str(document.language), breaking
            html = mark_up(replace(document, lines=breaking))
            begun = time.process_time()
            typeset(html)
            cpu[key] += time.process_time() - begun
    ledger.check = check
    for (language, breaking), found in sorted(filter(all, lines.items())):
        wide, wider = (sum(ratio > limit for ratio in found) / len(found) for limit in (1.5, 2))
        print(f"{language} {breaking:10}: {len(found):5} lines, {wide:5.1%} over 1.5, {wider:5.1%} over 2, ", end="")
        print(f"narrowest {min(found):.2f}, {pages[language, breaking]} pages, {cpu[language, breaking]:.1f} s")


def main() -> None:
    if len(sys.argv) > 1:
        measure(map(formats.read, sys.argv[1:]))
        return
    print("Examples")
    measure(examples())
    if "MASTHEAD_REFERENCE" in os.environ:
        print("Resolutions of the Security Council")
        measure(council())


if __name__ == "__main__":
    main()
