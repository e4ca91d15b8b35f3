"""Numbers wherever they can be in a document: how many of a set of vectors are drawn in their order, by place.

    python benchmarks/drawn_numbers.py VECTORS.tsv [--every N] [--work FOLDER]

VECTORS.tsv has the columns `language`, `digits`, `source`, `visual` and `may_break`: a paragraph with a number, and the
order from left to right in which the number must be drawn (alternatives are separated by ¦; an Arabic word is ~). For
each vector a resolution is published that has the source in every place of PLACES. pypdfium2 reads the glyphs of each
line from left to right; spaces and the sides of brackets do not count. Bookmarks are text, which a reader orders by
UAX #9. What is not in order is listed, with the findings of preflight. Then come the figures for each place.
"""

from __future__ import annotations

import argparse
import csv
import ctypes
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from manuscripts import resolution
from masthead import publication
from masthead.document import Digits, Language, MastheadError, locales, numbers
from masthead.page import reorder, resolve_levels
from masthead.publication import SourceFile

PLACES = (
    *(
        "paragraph",
        "item",
        "in brackets",
        "bold",
        "before a call",
        "heading",
        "contents",
        "caption",
        "cell",
        "head of a table",
    ),
    *("note of a table", "box", "annex title", "title", "running head", "bookmarks", "note"),
)
_FOLD = str.maketrans(
    {
        **dict.fromkeys(")（）", "("),
        **dict.fromkeys("]", "["),
        **dict.fromkeys("≥", "≤"),
        ">": "<",
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        "،": ",",
        "\u02b9": "′",
    }
)
_ARABIC = re.compile(r"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\ufb50-\ufdff\ufe70-\ufefc]+")
_CONTROLS = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\\s]")


def manuscript(vector: Mapping[str, str]) -> str:
    """A resolution with the source of a vector in every place; a Latin label begins each."""
    language, source = Language(vector["language"]), vector["source"]
    units = numbers.numbers_in(source, language, Digits(vector["digits"]))
    whole = (each for each in units if _CONTROLS.sub("", each.printed) == _CONTROLS.sub("", vector["printed"]))
    number = None if language is Language.CHINESE else next(whole, None)  # markup needs spaces around it
    start, end = (number.start, number.end) if number else (0, len(source))
    before, it, after = source[:start], source[start:end], source[end:]
    word = source.split()[0]
    places = {
        "contents": "<!-- contents 1 -->",
        "paragraph": source,
        "item": f"- {locales.load(language).item_mark(1, 1, Digits.WESTERN)} {source}",
        "in brackets": f"{before}({it}){after}",
        "bold": f"{before}**{it}**{after}",
        "before a call": f"{before}{it}[^1]{after}",
        "heading": f"# {source}",
        "caption": f"<!-- table --> {source}\n\n| a | b |\n|---|---|\n| a | b |",
        "cell": f"<!-- table -->\n\n| a | b |\n|---|---:|\n| a | {source} |",
        "head of a table": f"<!-- table -->\n\n| a | {source} |\n|---|---:|\n| a | b |",
        "note of a table": f"<!-- table -->\n\n| a | b |\n|---|---|\n| a | b[^a] |\n\n[^a]: {source}",
        "box": f"> {source}",
        "annex title": f"<!-- annex --> {source}",
        "note": f"{word}[^2].",
    }
    body = [text for place, text in places.items() for text in (f"<!-- plain -->\n\nQ {place}", text)]
    title = source.replace("\\", "\\\\").replace('"', '\\"')
    options = {"digits": vector["digits"]} if language is Language.ARABIC else {}
    return resolution(language, *body, f"[^1]: {word}.", f"[^2]: {source}", title=title, **options)


def drawn(pdf: bytes) -> dict[str, list[str]]:
    """The lines of each place, each from left to right."""
    result: dict[str, list[str]] = defaultdict(list)
    place = "title"
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            for at, line in enumerate(_lines(page)):
                if label := re.fullmatch(r"Q ?(.*?) ?", line):
                    place = next((each for each in PLACES if each.replace(" ", "") == label[1].replace(" ", "")), place)
                else:
                    result["running head" if number and not at else place].append(_folded(line))
        for bookmark in document.get_toc():
            title = bookmark.get_title()
            right = re.search("[\u0620-\u064a]", title)
            levels = resolve_levels(title, Language.ARABIC.direction if right else Language.ENGLISH.direction)
            result["bookmarks"].append(_folded("".join(reorder(title, levels))))
    return result


def _lines(page: Any) -> Iterator[str]:
    """The text of each baseline of a page from the top."""
    text = page.get_textpage()
    rows: dict[float, list[tuple[float, int, str]]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text.raw, place))
        if char not in "\0\n\r\ufffe" and not pdfium.FPDFText_IsGenerated(text.raw, place):
            pdfium.FPDFText_GetCharOrigin(text.raw, place, x, y)
            height = next((each for each in rows if abs(each - y.value) < 1.2), y.value)
            rows.setdefault(height, []).append((round(x.value, 2), place, char))
    for _, row in sorted(rows.items(), reverse=True):
        yield "".join(char for _, _, char in sorted(row))


def _folded(text: str) -> str:
    return re.sub("~+", "~", _ARABIC.sub("~", _CONTROLS.sub("", text).translate(_FOLD)))


def is_right(vector: Mapping[str, str], lines: Sequence[str]) -> bool:
    """Whether a line has the number in its order, or two lines if a line may end in it."""
    for wanted in map(_folded, vector["visual"].split("¦")):
        before, after = "(?<!\\d)" * wanted[0].isdigit(), "(?!\\d)" * wanted[-1].isdigit()
        pattern = re.compile(before + re.escape(wanted) + after)
        if any(map(pattern.search, lines)):
            return True
        if vector["may_break"] != "no" and any(
            wanted[:cut] in first and wanted[cut:] in second
            for first, second in pairwise(lines)
            for cut in range(2, len(wanted) - 1)
        ):
            return True
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with options.vectors.open(encoding="utf-8", newline="") as file:
        vectors = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:: options.every]
    right: dict[str, Counter[str]] = {place: Counter() for place in PLACES}
    findings: Counter[str] = Counter()
    groups = Counter(f"{vector['language']} {vector['digits']}" for vector in vectors)
    for vector in vectors:
        group = f"{vector['language']} {vector['digits']}"
        source = manuscript(vector).replace("[^N]", "")
        try:
            edition = publication.publish(SourceFile("numbers.md", source.encode()))
        except MastheadError as error:
            print(f"{vector['id']}: not published: {error}")
            continue
        if options.work:
            options.work.mkdir(parents=True, exist_ok=True)
            (options.work / f"{vector['id']}.pdf").write_bytes(edition.pdf.data)
        for finding in edition.report.findings:
            if finding.rule != "completeness.numbers":
                findings[finding.rule] += 1
                print(f"{vector['id']}: {finding.rule}: {finding.message} {finding.where}")
        found = drawn(edition.pdf.data)
        for place in PLACES:
            if is_right(vector, found[place]):
                right[place][group] += 1
            else:
                print(f"{vector['id']}: {place}: {vector['visual']} not in {' / '.join(found[place])}", flush=True)
    print(f"{'':18}" + "".join(f"{group:>10}" for group in groups) + f"{'all':>10}")
    for place in PLACES:
        figures = [f"{right[place][group]}/{count}" for group, count in groups.items()]
        total = f"{right[place].total()}/{len(vectors)}"
        print(f"{place:18}" + "".join(f"{figure:>10}" for figure in (*figures, total)))
    print("findings of preflight:", dict(findings) or "none")
    return int(bool(findings) or any(right[place].total() < len(vectors) for place in PLACES))


if __name__ == "__main__":
    sys.exit(main())
