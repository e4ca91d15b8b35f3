"""How wide the spaces of justified lines are, filled one after the other (first fit) and together (best fit).

    python benchmarks/even_lines.py FILE…

The sources are published both ways and their PDFs are read by pdfminer. In lines that reach both edges of their column,
a space is the distance from the letter before it to the one after it; its own width is that in the lines that do not
reach the edge. Printed for each language: lines, the shares of those whose spaces are wider than 1.5 and than 2 times
their own width, pages, and CPU time of typesetting.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from statistics import median

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar

from masthead import formats
from masthead.document import LineBreaking, Pagination
from masthead.page import mark_up
from masthead.typesetting import typeset

SHARED = 3  # lines that begin or end at the same point: there is an edge of their column
LONG = 30  # characters of a line of text
Spaced = tuple[tuple[str, float], bool, float]
"""The font and size of a line, whether it reaches both edges, and the median width of its spaces."""


def characters(item: object) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        yield item
    elif hasattr(item, "__iter__"):
        for each in item:
            yield from characters(each)


def spaced(pdf: bytes) -> Iterator[tuple[int, Spaced]]:
    """Yield the lines of a PDF that have spaces, with their pages."""
    for number, page in enumerate(extract_pages(BytesIO(pdf), laparams=None), 1):
        rows: dict[float, list[LTChar]] = defaultdict(list)
        for char in characters(page):
            if char.upright and char.size > 8:
                rows[round(char.matrix[5], 1)].append(char)
        found = [sorted(row, key=lambda char: (char.x0, char.x1)) for row in rows.values() if len(row) > LONG]
        edges = Counter(edge for row in found for edge in (round(row[0].x0), -round(row[-1].x1)))
        for row in found:
            gaps = [after.x0 - char.x0 for char, after in itertools.pairwise(row) if char.get_text() == " "]
            if gaps:
                reaches = min(edges[round(row[0].x0)], edges[-round(row[-1].x1)]) >= SHARED
                yield number, ((row[-1].fontname, round(row[-1].size, 1)), reaches, median(gaps))


def main() -> None:
    lines: dict[tuple[str, LineBreaking], list[float]] = defaultdict(list)
    pages: dict[tuple[str, LineBreaking], int] = defaultdict(int)
    cpu: dict[LineBreaking, float] = defaultdict(float)
    for source in map(Path, sys.argv[1:]):
        document = replace(formats.read(source), pagination=Pagination.FLOW)
        own: dict[tuple[str, float], float] = {}
        for breaking in LineBreaking:
            html = mark_up(replace(document, lines=breaking))
            begun = time.process_time()
            pdf = typeset(html).data
            cpu[breaking] += time.process_time() - begun
            found = list(spaced(pdf))
            for face in {face for _, (face, _, _) in found}:
                loose = [gap for _, (other, reaches, gap) in found if other == face and not reaches]
                own.setdefault(face, median(loose) if loose else 0)
            key = str(document.language), breaking
            pages[key] += max(page for page, _ in found)
            lines[key] += [gap / own[face] for _, (face, reaches, gap) in found if reaches and own.get(face)]
    for (language, breaking), ratios in sorted(filter(all, lines.items())):
        wide, wider = (sum(ratio > limit for ratio in ratios) / len(ratios) for limit in (1.5, 2))
        print(f"{language} {breaking:9}: {len(ratios)} lines, {wide:.1%} over 1.5, {wider:.1%} over 2, ", end="")
        print(f"narrowest {min(ratios):.2f}, {pages[language, breaking]} pages")
    print(", ".join(f"{breaking} {seconds:.1f} s" for breaking, seconds in cpu.items()))


if __name__ == "__main__":
    main()
