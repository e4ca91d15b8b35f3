"""What reading a report from the text of its PDF loses: words, numbered paragraphs, and calls of notes.

    python benchmarks/text_reports.py [-v] FILE.docx…     each with its PDF beside it; `pdftotext` (Poppler) reads that

The words of the text are compared, without regard to order, with those of the document that Masthead reads from it.
Lines that several pages repeat are not counted. The numbers of paragraphs and the calls of notes are compared with
those of the Word file.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from masthead import formats
from masthead.document import Document, MastheadError, model
from masthead.page import printed_texts

WORD = re.compile(r"[^\W\d_]+")
FOLIO = re.compile(r"\d{1,3}/\d{1,3}")
REPEATED = 4  # pages: a line on so many is a running head or foot


def words(text: str) -> Counter[str]:
    text = re.sub(r"[\u00ad\u200b]", "", text).replace("\u2011", "-")
    return Counter(WORD.findall(re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", text).casefold()))


def shown(text: str) -> str:
    """Return a text without what pages repeat."""
    pages = [page.splitlines() for page in text.split("\f")]
    lines = Counter(line for page in pages for line in {_plain(each) for each in page})
    return "\n".join(
        line for page in pages for line in page if not FOLIO.fullmatch(line.strip()) and lines[_plain(line)] < REPEATED
    )


def _plain(line: str) -> str:
    return " ".join(FOLIO.sub("", line).split())


def numbered(document: Document) -> Iterator[tuple[str, int]]:
    """Yield section and number of each numbered paragraph."""
    blocks = [*document.body, *(block for annex in document.annexes for block in annex.body)]
    for block in blocks:
        if isinstance(block, model.Paragraph) and block.number:
            yield block.section, block.number


def calls(document: Document) -> Iterator[str]:
    """Yield the letters before each call of a note."""
    for content in model.contents((document.body, document.annexes)):
        before = ""
        for inline in model.inlines(content):
            if isinstance(inline, model.NoteCall):
                yield "".join(filter(str.isalpha, before))[-12:].casefold()
            before += model.characters(inline)


def measure(path: Path, *, verbose: bool) -> tuple[int, ...]:
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / f"{path.stem}.en.txt"
        subprocess.run(["pdftotext", "-layout", path.with_suffix(".pdf"), text], check=True)
        try:
            document = formats.read(text)
        except MastheadError as error:
            print(f"{path.name}: {error}")
            return (0,) * 6
        wanted = words(shown(text.read_text("utf-8")))
    reference = formats.read(path)
    lost = wanted - words(" ".join(each.text for each in printed_texts(document)))
    paragraphs, found = Counter(numbered(reference)), Counter(numbered(document))
    called, here = Counter(calls(reference)), Counter(calls(document))
    print(
        f"{path.name}: {lost.total()} of {wanted.total()} words lost ({100 * lost.total() / wanted.total():.2f} %); "
        f"{(paragraphs - found).total()} of {paragraphs.total()} numbered paragraphs missing, "
        f"{(found - paragraphs).total()} too many; {(called - here).total()} of {called.total()} calls of notes"
    )
    if verbose:
        print("   ", lost.most_common(40))
        print("   ", sorted(paragraphs - found)[:30], sorted(found - paragraphs)[:30], sorted(called - here))
    return (lost.total(), wanted.total(), (paragraphs - found).total(), paragraphs.total(),
            (called - here).total(), called.total())  # fmt: skip


def main() -> None:
    names = [Path(name) for name in sys.argv[1:] if name != "-v"]
    totals = [sum(each) for each in zip(*(measure(path, verbose="-v" in sys.argv) for path in names), strict=True)]
    lost, every, missing, paragraphs, uncalled, called = totals
    print(f"{100 * lost / max(every, 1):.2f} % of {every} words, {missing} of {paragraphs} paragraphs, "
          f"{uncalled} of {called} calls")  # fmt: skip


if __name__ == "__main__":
    main()
