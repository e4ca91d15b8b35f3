"""What reading costs: CPU seconds of one process, for documents of 250 pages and more.

    python benchmarks/reading.py            the sources made, their pages counted by setting them, each read five times
    python benchmarks/reading.py --quick    the same without counting

Two documents: the Arabic resolution of the examples and the English report of the specimens, their paragraphs,
headings, tables, pictures and notes over and over, numbered through (notes to 99, from there the first again). Each is
written as Markdown and as Akoma Ntoso, and read. Beside the whole stands what the library beneath takes for the same
bytes: markdown-it, libxml2. The first reading of a form is not counted: it imports. Exit code 1 when one passes the
limit.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

import pypdf
from lxml import etree

from masthead import formats
from masthead.document import garbage
from masthead.document.model import Block, Contents, Document, Emphasis, Inline, NoteCall, Pagination, Paragraph, Strong
from masthead.document.terms import Variant
from masthead.formats.markdown import commonmark
from masthead.page.markup import mark_up
from masthead.typesetting.typesetter import typeset

EXAMPLES = Path(__file__).parent.parent / "examples"
ORIGINALS = {"E_RES_2017_18.ar.txt": 53, "specimens/A_104_96.en.md": 150}
"""Sources, and how often their text is repeated."""

FORMS = (".md", ".akn")
BENEATH: Mapping[str, Callable[[bytes], object]] = {
    ".md": lambda data: commonmark.parse(data.decode()),
    ".akn": etree.fromstring,
}
LIMIT = 1.0  # seconds
RUNS = 5


def long(original: Document, times: int) -> Document:
    """The document with its body so many times, paragraphs and notes numbered through."""
    numbers, own = count(1), max(note.number for note in original.notes)
    shifts = [turn % (99 // own) * own for turn in range(times)]
    notes = {
        (note.number + shift, note.asterisk): replace(note, number=note.number + shift)
        for shift in shifts
        for note in original.notes
        if not (note.asterisk and shift)
    }
    return replace(
        original,
        body=tuple(
            _block(block, shift, numbers)
            for turn, shift in enumerate(shifts)
            for block in original.body
            if not (turn and isinstance(block, Contents))
        ),
        notes=tuple(notes.values()),
        pagination=Pagination.FLOW,
    )


def _block(block: Block, shift: int, numbers: Iterator[int]) -> Block:
    if not isinstance(block, Paragraph):
        return block
    number = None if block.number is None else next(numbers)
    return replace(block, number=number, content=tuple(_shifted(inline, shift) for inline in block.content))


def _shifted(inline: Inline, shift: int) -> Inline:
    match inline:
        case NoteCall(number, asterisk=False):
            return NoteCall(number + shift)
        case Strong() | Emphasis():
            return replace(inline, content=tuple(_shifted(each, shift) for each in inline.content))
        case _:
            return inline


def pages(document: Document) -> int:
    pdf = typeset(mark_up(document), variant=Variant.PLAIN)
    return len(pypdf.PdfReader(io.BytesIO(pdf.data)).pages)


def seconds(work: Callable[[], object]) -> float:
    """The median of RUNS."""
    taken = []
    for _ in range(RUNS):
        start = process_time()
        with garbage.gc_deferred():  # as reading does by itself
            work()
        taken.append(process_time() - start)
    return median(taken)


def main(quick: bool) -> int:
    slow = 0
    for name, times in ORIGINALS.items():
        document = long(formats.read(EXAMPLES / name), times)
        counted = f"{pages(document)} pages, " if not quick else ""
        print(f"{name}, {times} times: {counted}{len(document.body):,} blocks, {len(document.notes):,} notes")
        for form in FORMS:
            data = formats.render(document, form)
            if formats.parse(data, f"long{form}") != document:
                raise SystemExit(f"{name} as {form} is read as another document")
            whole = seconds(lambda data=data, form=form: formats.parse(data, f"long{form}"))
            beneath = seconds(lambda data=data, form=form: BENEATH[form](data))
            written = seconds(lambda document=document, form=form: formats.render(document, form))
            slow += whole > LIMIT
            print(
                f"  {form:5} {len(data) / 2**20:5.2f} MiB   read {whole:5.2f} s, of which the library {beneath:5.2f} s"
                f"   written {written:5.2f} s"
            )
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
