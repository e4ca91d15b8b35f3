"""Counts what the pages of the Security Council's own files show of them, and the CPU time that a page takes.

    python benchmarks/council_pages.py [FOLDER] [--every N] [--part K/M] [--time]

The files are read with lxml alone (`council.py`), the PDFs without our readers: words with Poppler's `pdftotext`, links
and their targets with pypdf, the faces of letters with pdfminer.six. Counted is what is in a file and not on its pages:

- words, as sequences of letters and digits;
- links to documents: each has a link element in the structure, with the address of the same symbol;
- emphasized letters: each is drawn in a face that is bold, italic or kai.

`--time` compares the CPU time of a page, and of 1,000 characters, with that of the specimens in examples/, all in one
process and each published once, after a warm-up with other documents. The limit is that of a page.
`--part 1/2` takes the first half of the files, so that two processes can share the work. Exit code 1 if a file is not
published, has an error of preflight, or loses something; each such file is printed.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer

from council import REFERENCE, facts_of, summary
from masthead.document import MastheadError
from masthead.page import printed_texts
from masthead.publication import Edition, publish

EXAMPLES = Path(__file__).parent.parent / "examples"
LIMIT = 1.2  # times the CPU seconds of a page of the specimens
CHINESE = "\u3400-\u9fff"
EMPHATIC = re.compile("Bold|Italic|Kaiti|Sans-?SC", re.IGNORECASE)
ADDRESS = re.compile(r"https?://(?:www\.)?(?:undocs|docs\.un)\.org/+(?:[a-z]{2}/)?(.+)", re.IGNORECASE)


def words(text: str) -> Counter[str]:
    """Return the words of a text, in Chinese the characters, without marks, tatweel and punctuation."""
    text = re.sub("[\u202a-\u202c]", " ", text)  # Poppler has them around runs of the other direction
    plain = unicodedata.normalize("NFKC", text).replace("\u0640", "")
    plain = "".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Cf"))
    return Counter(re.findall(rf"[{CHINESE}]|[^\W_{CHINESE}]+", plain))


def letters(text: str) -> Counter[str]:
    """Return the letters of a text."""
    return Counter("".join(words(text).elements()))


def drawn_words(pdf: bytes) -> Counter[str]:
    """Return the words that Poppler finds on the pages.

    In the order of reading it joins words that are divided at a hyphen, in the order of drawing some Arabic ones.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["pdftotext", "-enc", "UTF-8", file.name, "-"]
        orders = (command, [*command[:1], "-raw", *command[1:]])
        texts = [subprocess.run(order, capture_output=True, check=True).stdout.decode() for order in orders]
    return words(texts[0]) | words(texts[1])


def drawn_links(pdf: bytes) -> Counter[str]:
    """Return the symbols that the link elements of the structure lead to."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return Counter(filter(None, map(symbol_at, _addresses(reader.trailer["/Root"]["/StructTreeRoot"]))))


def _addresses(element: Any) -> Iterator[str]:
    """Yield the address of each link element below a structure element: that of its first annotation."""
    element = element.get_object()
    if isinstance(element, pypdf.generic.ArrayObject):
        for child in element:
            yield from _addresses(child)
    elif isinstance(element, pypdf.generic.DictionaryObject):
        if element.get("/S") == "/Link":
            for child in _list(element.get("/K")):
                child = child.get_object()
                if isinstance(child, pypdf.generic.DictionaryObject) and child.get("/Type") == "/OBJR":
                    yield str(_dictionary(_dictionary(child["/Obj"]).get("/A")).get("/URI", ""))
                    break
        elif "/K" in element:
            yield from _addresses(element["/K"])


def _dictionary(value: Any) -> Any:
    return value.get_object() if value is not None else {}


def _list(value: Any) -> list[Any]:
    value = value.get_object() if value is not None else []
    return list(value) if isinstance(value, list) else [value]


def symbol_at(address: str) -> str:
    """Return the symbol in the address of a document, in upper case without spaces; empty for other addresses."""
    found = ADDRESS.fullmatch(unquote(address).strip())
    return re.sub(r"\s|/$", "", found[1]).upper() if found else ""


def emphasized_letters(pdf: bytes) -> Counter[str]:
    """Return the letters that are drawn in an emphatic face."""
    found = "".join(
        char.get_text() for char in _characters(extract_pages(io.BytesIO(pdf))) if EMPHATIC.search(char.fontname)
    )
    return letters(found)


def _characters(items: Iterable[Any]) -> Iterator[LTChar]:
    for item in items:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _characters(item)


def compare(data: bytes, edition: Edition) -> tuple[Counter[str], list[str]]:
    """Return how much a file has and how much of it is not on its pages, and what that is, as lines."""
    facts, pdf = facts_of(data), edition.pdf.data
    sides = {
        "words": (words(" ".join(facts["words"])), drawn_words(pdf)),
        "links": (Counter(filter(None, (symbol_at(address) for address, _ in facts["links"]))), drawn_links(pdf)),
        "emphasis": (letters(" ".join(text for _, text in facts["emphasis"])), emphasized_letters(pdf)),
    }
    counts: Counter[str] = Counter()
    lines = []
    for name, (given, shown) in sides.items():
        lost = given - shown
        counts[name] += given.total()
        counts[f"{name} lost"] += lost.total()
        if lost:
            lines.append(f"{name}: lost {lost.total()} of {given.total()}: {list(lost)[:8]}")
    return counts, lines


def examine(path: Path) -> tuple[Counter[str], list[str]]:
    """Publish a file and compare its pages with it."""
    try:
        edition = publish(path)
    except MastheadError as error:
        return Counter({"refused": 1}), [f"refused: {error}"]
    errors = [f"{each.rule}: {each.message}" for each in edition.report.findings if each.severity == "error"]
    counts, lines = compare(path.read_bytes(), edition)
    counts["pages"] += edition.report.facts.pages
    counts["files with errors"] += bool(errors)
    return counts, errors + lines


def compare_times(files: Sequence[Path], specimens: Sequence[Path]) -> float:
    """Print the CPU seconds of a page and of 1,000 characters, and return how many times as much a page of files takes.

    Each document is published once, the specimens at regular intervals among the files, after a warm-up with other
    documents: code and fonts are loaded, and the text of neither is in the caches.
    """
    warm_up = {path.parent.name: path for path in reversed(files)}.values()  # one of each language
    for path in (*sorted(EXAMPLES.glob("*.md")), *warm_up):
        publish(path)
    files = [path for path in files if path not in warm_up]
    step = max(1, len(files) // len(specimens))
    order: list[tuple[str, Path]] = []
    for number, path in enumerate(files):
        if number % step == 0:
            order += [("specimens", specimen) for specimen in specimens[number // step :][:1]]
        order.append(("files", path))
    sums: dict[str, Counter[str]] = {"specimens": Counter(), "files": Counter()}
    for name, path in order:
        begin = time.process_time()
        edition = publish(path)
        spent = time.process_time() - begin
        characters = sum(len(each.text) for each in printed_texts(edition.document))
        sums[name] += Counter(ms=round(1000 * spent), pages=edition.report.facts.pages, characters=characters)
    for name, total in sums.items():
        page, text = total["ms"] / total["pages"], total["ms"] / total["characters"] * 1000
        print(f"{name}: {total['pages']} pages, {page:.0f} ms a page, {text:.0f} ms for 1,000 characters")
    ratio = sums["files"]["ms"] / sums["files"]["pages"] * sums["specimens"]["pages"] / sums["specimens"]["ms"]
    print(f"a page of the files takes {ratio:.2f} times as long as one of the specimens (limit {LIMIT})")
    return ratio


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=REFERENCE / "council")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--time", action="store_true")
    options = parser.parse_args()
    part, parts = map(int, options.part.split("/"))
    files = sorted(options.folder.rglob("*.xml"))[:: options.every][part - 1 :: parts]
    if options.time:
        return int(compare_times(files, sorted(EXAMPLES.glob("specimens/*.md"))) > LIMIT)
    return summary(files, options.folder, examine)


if __name__ == "__main__":
    sys.exit(main())
