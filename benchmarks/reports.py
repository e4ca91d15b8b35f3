"""What reading a Word report loses: its words, the cells of its tables by row and column, its pictures and charts.

    python benchmarks/reports.py FILE.docx…

The words of a file are counted by lxml in its XML: all text of the body, of text boxes (once, in the form that newer
programs show) and of notes, and the values that charts keep. They are compared, without regard to order, with the words
of the document that Masthead reads, with its printed marks. The entries of a typed table of contents are made again, so
they are not counted. Cells are compared by table, row and column.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lxml import etree

from masthead import formats
from masthead.document import Document, locales, model
from masthead.page import printed_texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
WORD = re.compile(r"\w+(?:[.,’'/-]\w+)*")
BREAKS = {f"{W}{name}" for name in ("p", "tab", "br", "cr")}


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.replace("\u00ad", "").replace("\u2011", "-").casefold()))


def shown(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element with a space where a paragraph, a tab or a line ends."""
    for each in element:
        if each.tag == FALLBACK or each.tag in (f"{W}del", f"{W}pPr"):
            continue
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            if each.tag in BREAKS:
                yield " "
            yield from shown(each)


def roots(path: Path) -> Iterator[etree._Element]:
    """Yield the body and the notes of a file."""
    with zipfile.ZipFile(path) as archive:
        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if name in archive.namelist():
                yield etree.fromstring(archive.read(name))


def contents_table(body: etree._Element) -> etree._Element | None:
    """Return the typed table of contents: the table after a paragraph that is only `Contents`."""
    for before, block in pairwise(list(body[0])):
        if block.tag == f"{W}tbl" and "".join(shown(before)).strip().casefold() in ("contents", "table des matières"):
            return block
    return None


def document_words(document: Document) -> Counter[str]:
    """Return the words of a document, with those of its alternative texts."""
    found = words(" ".join(text.text for text in printed_texts(document)))
    for block in figures((*document.body, *(block for annex in document.annexes for block in annex.body))):
        found += words(block.alternative)
    return found


def figures(blocks: tuple[model.Block, ...]) -> Iterator[model.Figure]:
    for block in blocks:
        if isinstance(block, model.Figure):
            yield block
        elif isinstance(block, model.Box):
            yield from figures(block.blocks)
        elif isinstance(block, model.Table):
            yield from (figure for row in (*block.head, *block.rows) for cell in row.cells for figure in cell.figures)


def tables(blocks: tuple[model.Block, ...]) -> Iterator[model.Table]:
    for block in blocks:
        if isinstance(block, model.Table):
            yield block
        elif isinstance(block, model.Box):
            yield from tables(block.blocks)


def grid_of(table: model.Table) -> list[tuple[str, ...]]:
    """Return the words of the filled cells of each row of a table, in order."""
    rows = []
    for row in (*table.head, *table.rows):
        filled = (" ".join(WORD.findall(plain_without_calls(cell))) for cell in row.cells)
        rows.append(tuple(text for text in filled if text))
    return [row for row in rows if row]


def plain_without_calls(cell: model.Cell) -> str:
    return model.plain(cell.content).replace("\u2011", "-")


def word_grids(body: etree._Element) -> Iterator[list[tuple[str, ...]]]:
    """Yield the same for each table of the file that has several columns and no table in it."""
    for table in body.iter(f"{W}tbl"):
        if next(table.iterdescendants(f"{W}tbl"), None) is not None or table.xpath(
            "ancestor::*[local-name()='Fallback']"
        ):
            continue
        rows = []
        for row in table.iterchildren(f"{W}tr"):
            cells = []
            for cell in row.iterchildren(f"{W}tc"):
                for run in list(cell.iter(f"{W}r")):  # calls are raised letters
                    if (
                        run.find(f"{W}rPr/{W}vertAlign[@{W}val='superscript']") is not None
                        and run.find(f"{W}t") is not None
                    ):
                        for text in run.findall(f"{W}t"):
                            text.text = ""
                cells.append(" ".join(WORD.findall("".join(shown(cell)).replace("\u2011", "-"))))
            rows.append(tuple(text for text in cells if text))
        filled = [row for row in rows if row]
        if any(len(row) > 1 for row in filled):
            yield filled


def measure(path: Path) -> tuple[int, int, int, int]:
    document = formats.read(path)
    source = list(roots(path))
    listed = contents_table(source[0])
    wanted = sum((words("".join(shown(root))) for root in source), Counter())
    if listed is not None:
        wanted -= words("".join(shown(listed)))
        listed.getparent().remove(listed)
    lost = wanted - document_words(document)
    every = (*document.body, *(block for annex in document.annexes for block in annex.body))
    pictures = sum(not in_fallback(each) for tag in (CHART, BLIP) for each in source[0].iter(tag))
    read_rows = Counter(row for table in tables(every) for row in grid_of(table))
    word_rows = Counter(row for grid in word_grids(source[0]) for row in grid)
    missing = word_rows - read_rows
    print(f"{path.name}: {sum(lost.values())} of {sum(wanted.values())} words lost", end="; ")
    print(f"{sum(missing.values())} of {sum(word_rows.values())} rows of tables differ", end="; ")
    print(f"{len(list(figures(every)))} of {pictures} pictures and charts")
    if "-v" in sys.argv:
        print("   ", lost.most_common(40))
        print("   ", *list(missing)[:12], sep="\n    ")
    return sum(lost.values()), sum(wanted.values()), sum(missing.values()), sum(word_rows.values())


def in_fallback(element: etree._Element) -> bool:
    return any(each.tag == FALLBACK for each in element.iterancestors())


def main() -> None:
    totals = [measure(Path(name)) for name in sys.argv[1:] if not name.startswith("-")]
    lost, every, differing, rows = (sum(each) for each in zip(*totals, strict=True))
    print(f"{lost} of {every} words ({100 * lost / every:.3f} %), {differing} of {rows} rows in {len(totals)} files")


if __name__ == "__main__":
    assert locales  # the locales must be there, since printed marks come from them
    main()
