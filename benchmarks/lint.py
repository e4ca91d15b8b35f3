"""What lint and concordance cost, in CPU seconds of one process.

    python benchmarks/lint.py               1,000 documents linted, 166 six-language sets concorded
    python benchmarks/lint.py hostile       a megabyte of hostile text through references, links, features, every rule

Documents are specimens and the Arabic touchstone in turn, each with numbers of its own, read from disk. Sets are the
six-language resolution, every third one as long as the touchstone. Exit code 1 when a figure passes its limit.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import process_time

from masthead.document import Finding, Rule, garbage
from masthead.document.model import Document, Text
from masthead.document.references import Linker, find_citations
from masthead.editing.concordance import Version, concord
from masthead.editing.concordance.features import features
from masthead.editing.lint import RULES, check
from masthead.editing.lint.manuscript import Manuscript
from masthead.formats import read
from masthead.formats.markdown import reader as markdown

EXAMPLES = Path(__file__).parent.parent / "examples"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
DOCUMENTS, SETS, LIMIT = 1000, 166, 60.0  # seconds
MEGABYTE, PATIENCE = 1_000_000, 2.0
UNITS = (
    *("a", "a ", " ", "١", "ـ", "((", "a a ", "1 mai ", "1 May ", "٣ أيار/", "A/", "و ", "\u202e", "аa", ",,", "a,"),
    *(
        "paragraph 1, ",
        "الدورة الثانية ",
        "session ",
        "届",
        "5月",
        "64/293 ",
        "resolution ",
        "annex II, ",
        "المرفق الثاني ",
    ),
    *("table 1 of ", "note 1 above ", "section I above ", "A/1 annex I ", "第1、", "上文第1段", "5% ", "$1,000 "),
)


def sources(folder: Path) -> Iterator[Path]:
    """Write DOCUMENTS sources, none of them equal to another."""
    originals = sorted([*EXAMPLES.glob("specimens/*.md"), *EXAMPLES.glob("E_RES_2017_18.ar.*")])
    for picture in EXAMPLES.glob("specimens/*.svg"):
        (folder / picture.name).write_bytes(picture.read_bytes())
    for number in range(DOCUMENTS):
        original = originals[number % len(originals)]
        path = folder / f"{number}{original.suffix}"
        path.write_text(original.read_text("utf-8").replace("A/104/96", f"A/104/{number + 100}"), "utf-8")
        yield path


def lengthened(document: Document, times: int) -> Document:
    """The document with its preamble repeated so often."""
    preamble = document.preamble
    at = document.body.index(preamble[0])
    return replace(document, body=(*document.body[:at], *preamble * times, *document.body[at:]))


def measured(name: str, work: Callable[[], int], limit: float) -> bool:
    start = process_time()
    amount = work()
    spent = process_time() - start
    print(f"{name}: {spent:.1f} s of CPU (limit {limit:g}), {amount} findings")
    return spent <= limit


def linted() -> int:
    with tempfile.TemporaryDirectory() as folder:
        return sum(len(check(path)) for path in sources(Path(folder)))


def concorded() -> int:
    found = 0
    for number in range(SETS):
        versions = []
        for language in LANGUAGES:
            document = read(EXAMPLES / "specimens" / f"A_RES_104_12.{language}.md")
            versions.append(Version.of(lengthened(document, 5) if number % 3 == 0 else document, language))
        found += len(concord(versions).disagreements)
    return found


def works(content: tuple[Text, ...], document: Document) -> Iterator[tuple[str, Callable[[], object]]]:
    """All that looks through a text, each by its name."""
    manuscript = Manuscript(replace(document, body=(replace(document.preamble[0], content=content),)))
    yield "references", partial(find_citations, content, document.language)
    yield "links", partial(Linker(document).link, content)
    yield "features", partial(features, manuscript.units[-1], document.language)
    for rule in RULES:
        yield rule.id, partial(_all, rule, manuscript)


def _all(rule: Rule[Manuscript], manuscript: Manuscript) -> list[Finding]:
    return list(rule.findings(manuscript))


def hostile() -> bool:
    good = True
    for name in ("en", "ar", "zh"):
        path = EXAMPLES / "specimens" / f"A_RES_104_12.{name}.md"
        document = markdown.read(path.read_bytes(), str(path))
        worst = (0.0, "")
        for unit in UNITS:
            for what, work in works((Text((unit * MEGABYTE)[:MEGABYTE]),), document):
                start = process_time()
                with garbage.gc_deferred():  # as when a document is set
                    work()
                worst = max(worst, (process_time() - start, f"{what} over {unit!r}"))
        print(f"{name}: the slowest is {worst[1]}, {worst[0]:.2f} s for {MEGABYTE:,} characters (limit {PATIENCE:g})")
        good = good and worst[0] <= PATIENCE
    return good


if __name__ == "__main__":
    if sys.argv[1:] == ["hostile"]:
        sys.exit(not hostile())
    results = [
        measured(f"{DOCUMENTS:,} documents linted", linted, LIMIT),
        measured(f"{SETS} six-language sets concorded", concorded, LIMIT),
    ]
    sys.exit(not all(results))
