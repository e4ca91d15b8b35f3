"""Compares our pages with printed ones: reads the text of a printed resolution, publishes it, compares line by line.

    python benchmarks/fidelity.py [PDF …]      the reference files, unless others are named
    python benchmarks/fidelity.py --reports [--details] [DOCX …]     reports, each with its print beside it

For each file: the number of pages; paragraphs with the printed number of lines; the distance of page ends, in lines,
and of elements, in points; and, with the printed page ends kept, the first and last words of each page. For a
Geneva report in Russian: the masthead, heads and feet of the first pages. For each report: `printed_reports.py`. Exit
code 1 beyond the limits.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTCurve

import printed_reports
from masthead.document.model import Pagination
from masthead.publication import publish

COLUMN, INDENT = 123.35, 147.1
CALL = 7.0  # points: smaller letters are calls and marks of notes
LINES, ENDS, APART = 0.95, 2.0, 1.5


@dataclass
class Line:
    """The text of one baseline: runs of (text, is italic), calls as `[^1]`."""

    page: int
    baseline: float
    left: float
    right: float
    size: float
    runs: list[tuple[str, bool]]

    @property
    def text(self) -> str:
        return " ".join("".join(text for text, _ in self.runs).replace("\N{WORD JOINER}", "").split())

    @property
    def markdown(self) -> str:
        return "".join(f"*{text}*" if italic else text for text, italic in self.runs)


@dataclass
class Text:
    """A paragraph: its lines."""

    lines: list[Line] = field(default_factory=list)

    @property
    def words(self) -> str:
        return re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(line.text for line in self.lines))

    @property
    def markdown(self) -> str:
        parts: list[str] = []
        for line in self.lines:
            parts.append(line.markdown.strip() + (" " if not line.text.endswith(("-", "–")) else ""))
        joined = re.sub(r"\s+", " ", "".join(parts)).replace("* *", " ").strip()
        joined = re.sub(r"\*(\s*)([^*]*?)(\s*)\*", r"\1*\2*\3", joined)
        joined = re.sub(r"\b([Nn]on)-", "\\1-\N{WORD JOINER}", joined)  # editors type a no-break hyphen
        return re.sub(r"\s+(\[\^)", r"\1", re.sub(r"\*([ ,.;]*)\*", r"\1", joined))


@dataclass
class Printed:
    """A document as its pages have it."""

    pages: int
    lines: list[Line]
    body: list[Text]
    notes: dict[int, Text]
    rules: list[tuple[int, float, float, float, float]]


def read(data: bytes) -> Printed:
    """Read the pages of a resolution."""
    lines, rules, pages = [], [], 0
    for pages, page in enumerate(extract_pages(BytesIO(data)), 1):
        lines += _lines(pages, page)
        rules += [
            (pages, item.x0, page.height - item.y1, item.x1, page.height - item.y0)
            for item in _walk(page)
            if isinstance(item, LTCurve) and item.width > 60 and item.height < 3
        ]
    body: list[Text] = []
    notes: dict[int, Text] = {}
    for page in range(1, pages + 1):
        here = [line for line in lines if line.page == page and 70 < line.baseline < 740]
        here = [line for line in here if page > 1 or line.baseline > 375]
        split = min((line.baseline for line in here if line.size < 9 and line.left < 121), default=735.0)
        split = min(split, *(line.baseline - 1 for line in here if 8.3 < line.size < 8.7), 735.0)
        for line in here:
            if line.size > 9.4 and line.baseline < split and line.text:
                if line.left > 390:
                    continue
                if line.left > COLUMN + 15 or not body:
                    body.append(Text())
                body[-1].lines.append(line)
            elif 8.3 < line.size < 8.7 and line.text:
                if mark := re.match(r"\[\^(\d+)\]\s*", line.text):
                    notes[int(mark[1])] = Text()
                    line.runs = [(line.runs[0][0].split("]", 1)[1], line.runs[0][1]), *line.runs[1:]]
                if notes:
                    notes[max(notes)].lines.append(line)
    return Printed(pages, lines, body, notes, _whole(rules))


def _whole(rules: list[tuple[int, float, float, float, float]]) -> list[tuple[int, float, float, float, float]]:
    """Rules that are drawn in pieces, put together."""
    whole: list[tuple[int, float, float, float, float]] = []
    for rule in sorted(rules, key=lambda rule: (rule[0], round(rule[2]), rule[1])):
        if whole and whole[-1][0] == rule[0] and abs(whole[-1][2] - rule[2]) < 1 and rule[1] - whole[-1][3] < 13:
            rule = (rule[0], whole[-1][1], whole[-1][2], rule[3], whole.pop()[4])
        whole.append(rule)
    return whole


def _walk(item: Any) -> Iterator[Any]:
    yield item
    if hasattr(item, "__iter__"):
        for child in item:
            yield from _walk(child)


def _lines(number: int, page: Any) -> list[Line]:
    rows: dict[float, list[Any]] = defaultdict(list)
    chars = [item for item in _walk(page) if isinstance(item, LTChar)]
    full = {round(page.height - char.matrix[5], 1) for char in chars if char.size > CALL and char.get_text().strip()}
    for char in chars:
        baseline = round(page.height - char.matrix[5], 1)
        if char.size < CALL and (below := [each for each in full if 1 < each - baseline < 5]):
            baseline = min(below)
        rows[min((each for each in rows if abs(each - baseline) < 0.15), default=baseline)].append(char)
    return [line for baseline, row in sorted(rows.items()) if (line := _line(number, baseline, row)).text]


def _line(number: int, baseline: float, row: list[Any]) -> Line:
    row.sort(key=lambda char: char.x0)
    runs: list[tuple[str, bool]] = []
    inked = [char for char in row if char.get_text().strip()] or row
    last = None
    for char in row:
        text, italic = char.get_text(), "Italic" in char.fontname
        if char.size < CALL and text.strip() and max(each.size for each in row) > CALL:
            text, italic = f"[^{text}]", False
        if last is not None and char.x0 - last > 1.5 and not text.isspace() and runs and not runs[-1][0].endswith(" "):
            text = f" {text}"
        last = char.x1
        if not text.strip() and runs:
            italic = runs[-1][1]
        if runs and runs[-1][1] == italic:
            runs[-1] = (runs[-1][0] + text, italic)
        else:
            runs.append((text, italic))
    runs = [(re.sub(r"\]\[\^(?=\d)", "", text), italic) for text, italic in runs]  # a mark of two digits
    size = max(round(char.size, 1) for char in inked)
    return Line(number, baseline, inked[0].x0, inked[-1].x1, size, runs)


def transcribe(printed: Printed, ends: bool) -> str:
    """The document as Markdown, with its page ends where `ends` says so."""
    first = [line for line in printed.lines if line.page == 1]

    def one(low: float, high: float) -> str:
        found = [line for line in first if low < line.baseline < high and line.left < 390]
        return _as_broken(found) if low > 240 else " ".join(line.text for line in found)

    title = re.match(r"(\d+/\d+)\.\s*(.*)", one(325, 372))
    assert title
    job = next(line.text for line in first if line.baseline > 740 and "(E)" in line.text)
    distribution, date = [line.text for line in first if line.left > 390 and 80 < line.baseline < 105]
    closing = [line.text for line in printed.lines if line.left > 390 and line.size < 11 and 390 < line.baseline < 740
               and line.page == printed.pages]  # fmt: skip
    front = f"""---
type: resolution
language: en
organ: general-assembly
number: {title[1]}
job: {" ".join(job.split())}
distribution: {distribution.removeprefix("Distr.: ")}
date: {date}
session: {one(218, 226)}
agenda-item: {one(230, 238)}
adoption: {one(260, 285)!r}
basis: {one(300, 310).strip("[]").replace(chr(160), " ")}
title: {title[2]!r}
closing:
{chr(10).join(f"- {line}" for line in closing)}
pagination: {Pagination.SOURCE if ends else Pagination.FLOW}
---
"""
    blocks = [_with_ends(text) if ends else text.markdown for text in printed.body]
    last = printed.body[-1].lines[-1].page
    notes = [f"[^{number}]: {text.markdown}" for number, text in printed.notes.items()]
    assert last == printed.pages
    if ends:
        for place, (before, after) in enumerate(pairwise(printed.body)):
            if before.lines[-1].page < after.lines[0].page:
                blocks[place] += "\n<!-- page end -->"
    return "\n\n".join((front, *blocks, *notes)) + "\n"


def _as_broken(lines: list[Line]) -> str:
    """The text of a heading; where editors broke it by hand, no-break spaces keep what follows from the line before."""
    text = lines[0].text
    for before, line in pairwise(lines):
        room, used = COLUMN + 365 - before.right, 0.0
        words = line.text.split()
        glued = words.pop(0)
        per_letter = (line.right - line.left) / len(line.text)
        while (used := len(glued) * per_letter) < room and words:
            glued += f"\N{NO-BREAK SPACE}{words.pop(0)}"
        glued += "\N{NO-BREAK SPACE}" * int(max(room - used, 0) / 2.5)
        text += " ".join(["", glued, *words])
    return text


def _with_ends(text: Text) -> str:
    pages = sorted({line.page for line in text.lines})
    return "<!-- page end -->".join(
        Text([line for line in text.lines if line.page == page]).markdown + " " * (page != pages[-1]) for page in pages
    )


def set_again(printed: Printed, *, ends: bool) -> Printed:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "printed.en.md"
        source.write_text(transcribe(printed, ends), encoding="utf-8")
        return read(publish(source).pdf.data)


def compare(printed: Printed, ours: Printed) -> tuple[float, float, float]:
    """Print what differs; return the share of equal paragraphs, and the farthest page end (lines) and element (pt)."""
    pairs = list(zip(printed.body, ours.body, strict=True))
    for one, other in pairs:
        if one.words.replace(" ", "") != other.words.replace(" ", ""):
            print(f"    text differs: {one.words[:60]!r} {other.words[:60]!r}")
    equal = [len(one.lines) == len(other.lines) for one, other in pairs]
    for (one, other), same in zip(pairs, equal, strict=True):
        if not same:
            print(f"    {len(one.lines)} lines, ours {len(other.lines)}: {one.words[:60]}")
    ends = [abs(_ends(printed)[page] - _ends(ours)[page]) for page in range(1, min(printed.pages, ours.pages))]
    apart = max((distance for _, distance in _elements(printed, ours)), default=0.0)
    for name, distance in _elements(printed, ours):
        if distance > APART:
            print(f"    {distance:.2f} pt apart: {name}")
    print(f"    pages {printed.pages}, ours {ours.pages}; paragraphs with as many lines {sum(equal)} of {len(equal)}; "
          f"page ends within {max(ends, default=0):.1f} lines; elements within {apart:.2f} pt")  # fmt: skip
    return sum(equal) / len(equal), max(ends, default=0), apart


def _ends(document: Printed) -> dict[int, float]:
    """For each page, how many lines of the whole text its end lies from the beginning, by words."""
    counts: dict[int, int] = defaultdict(int)
    for text in document.body:
        for line in text.lines:
            counts[line.page] += len(line.text.replace(" ", ""))
    total, result, per_line = 0, {}, sum(counts.values()) / sum(len(text.lines) for text in document.body)
    for page in sorted(counts):
        total += counts[page]
        result[page] = total / per_line
    return result


def _elements(printed: Printed, ours: Printed) -> Iterator[tuple[str, float]]:
    """What the page prints besides its text, by its words, and the distance of the two in points."""

    def furniture(document: Printed) -> dict[tuple[int, str], Line]:
        return {(line.page, re.sub(r"\W", "", line.text)): line for line in document.lines
                if (line.page == 1 and line.baseline < 410) or line.baseline < 66 or line.baseline > 740}  # fmt: skip

    theirs = furniture(ours)
    for key, line in furniture(printed).items():
        if (other := theirs.get(key)) and key[1]:
            across = min(abs(line.left - other.left), abs(line.right - other.right))  # set from either edge
            yield f"page {key[0]} {line.text}", max(across, abs(line.baseline - other.baseline))
    for page, left, top, right, bottom in printed.rules:
        nearest = min(
            (max(min(abs(left - a), abs(right - c)), abs(top - b)) for p, a, b, c, _ in ours.rules if p == page),
            default=99.0,
        )
        if right - left > 300 and page <= ours.pages:
            yield f"page {page} rule {left:.1f} {top:.1f} {right:.1f} {bottom:.1f}", nearest


def transcribe_geneva(printed: Printed) -> str:
    """The masthead and opening of a Geneva report as Markdown, with as much text of its own as fills three pages."""
    first = [line for line in printed.lines if line.page == 1]

    def one(low: float, high: float) -> str:
        return " ".join(line.text for line in first if low < line.baseline < high and line.left < 390)

    symbol = next(line.text for line in first if line.baseline < 56 and line.left > 400)
    _, date, _, original = [line.text for line in first if line.left > 390 and 75 < line.baseline < 120]
    job = next(line.text for line in first if line.text.startswith("GE."))
    body = [line.text for line in printed.lines if 390 < line.baseline < 730 and line.page < 4 and line.size < 11]
    return f"""---
type: report
language: ru
organ: human-rights-council
symbol: {symbol}
job: {" ".join(job.split())}
distribution: General
date: {date}
original: {original.removeprefix("Original: ")}
translation: 'true'
bodies:
- {one(225, 245)}
session: {one(250, 257)}
place: {one(262, 268)}
title: {one(290, 315).rstrip("*")}
subtitle: {one(335, 358)}
---

{" ".join(re.sub("[^А-я ,.]", "", text) for text in 2 * body)}
"""


def compare_geneva(name: str) -> float:
    """Print and return how far the furniture of the first three pages lies apart, in points."""
    printed = read(Path(name).read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "printed.ru.md"
        source.write_text(transcribe_geneva(printed), encoding="utf-8")
        ours = read(publish(source).pdf.data)
    apart = list(_elements(printed, ours))
    for element, distance in apart:
        print(f"    {distance:5.2f} pt  {element[:70]}")
    return max(distance for _, distance in apart)


def words(document: Printed) -> list[tuple[str, str]]:
    """The first and the last words of each page's text."""
    pages: dict[int, list[str]] = defaultdict(list)
    for text in document.body:
        for line in text.lines:
            pages[line.page] += line.text.split()
    return [(" ".join(found[:3]), " ".join(found[-3:])) for _, found in sorted(pages.items())]


def reference_files() -> list[str]:
    """The published documents in the folder that the environment variable MASTHEAD_REFERENCE names."""
    folder = os.environ.get("MASTHEAD_REFERENCE")
    if not folder:
        print("nothing compared: name printed PDFs, or set MASTHEAD_REFERENCE to the folder of the reference files")
        return []
    return [str(Path(folder) / "pdf" / f"{name}.pdf") for name in ("A_RES_73_6-EN", "A_RES_73_8-EN", "ohchr_1_ru")]


def main() -> int:
    failed = False
    if "--reports" in sys.argv:
        return printed_reports.main([name for name in sys.argv[1:] if name != "--reports"])
    for name in sys.argv[1:] or reference_files():
        print(name)
        if "ru" in Path(name).stem:
            failed |= compare_geneva(name) > APART
            continue
        printed = read(Path(name).read_bytes())
        ours = set_again(printed, ends=False)
        lines, ends, apart = compare(printed, ours)
        kept = words(set_again(printed, ends=True)) == words(printed)
        print(f"    with the printed page ends, first and last words {'the same' if kept else 'differ'}")
        failed |= printed.pages != ours.pages or lines < LINES or ends > ENDS or apart > APART or not kept
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
