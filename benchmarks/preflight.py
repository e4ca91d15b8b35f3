"""What preflight costs beside typesetting and stock WeasyPrint, warm and in its first run, and how it grows with pages.

    python benchmarks/preflight.py [--runs 15] [--repeats 1 5 20 50]

CPU time of this process, all kinds of work in turn: the least of several rounds, and ratios in their median. *The same
document* is set and judged over and over, so that all is there that is remembered between documents; each of *documents
like it* is met once and has the words in an order of its own. The judges are those of the order and the joining of
letters, with the glyphs that they alone look at. veraPDF has no part in it. The long documents repeat the same
paragraphs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import unrepaired
from corpus import documents
from masthead import formats, preflight
from masthead.document.model import Document, Pagination
from masthead.page.markup import Html
from masthead.pdf.evidence import Evidence, gather
from masthead.preflight import script
from masthead.preflight.script import doubtful_lines
from masthead.publication import mark_up
from masthead.typesetting.typesetter import typeset

TOUCHSTONE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"
COLD = """
import sys, time
from pathlib import Path
from masthead import formats
from masthead.page import mark_up
html = mark_up(document := formats.read(Path(sys.argv[1])))
times = [time.process_time()]
from masthead import typesetting
pdf = typesetting.typeset(html).data
times.append(time.process_time())
from masthead import preflight
preflight.check(pdf, document)
times.append(time.process_time())
print(*(after - before for before, after in zip(times, times[1:])))
"""


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turn(runs: int, **works: Callable[[], object]) -> list[dict[str, float]]:
    """The seconds of each kind of work in each of several rounds, so that other load meets all alike."""
    rounds = [{name: cpu(work) for name, work in works.items()} for _ in range(runs + 1)]
    return rounds[1:]


def judge(evidence: Evidence) -> None:
    """The two rules about the script, and the glyphs that they look at."""
    lines = doubtful_lines(replace(evidence))
    list(script.check_order(lines))
    list(script.check_joining(lines))


def stock(html: Html) -> bytes | None:
    """The same pages by WeasyPrint as it comes, with the same fonts: a plain PDF."""
    return unrepaired.write_pdf(html)


def alike(count: int) -> Iterator[Document]:
    """Documents of the touchstone's length, no two of them with the same lines."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in documents(count, ("ar",), "distinct", touchstone=True):
            path = Path(folder, name)
            path.write_text(text, "utf-8")
            yield formats.read(path)


def longer(document: Document, times: int) -> Document:
    """The document with its body repeated, its operative paragraphs numbered on, pages filled as they come."""
    body = [*document.body]
    last = max(block.number or 0 for block in document.body)
    for turn in range(1, times):
        body += [
            replace(block, number=block.number + turn * last if block.number else None) for block in document.body[1:]
        ]
    return replace(document, body=tuple(body), pagination=Pagination.FLOW)


def report(name: str, setting: float, checking: float, judging: float) -> None:
    print(
        f"{name}: typesetting {setting:.3f} s, preflight {checking:.3f} s ({checking / setting:.2f} of it),"
        f" its judges {judging:.3f} s ({judging / setting:.2f})",
        flush=True,
    )


def over_and_over(runs: int) -> None:
    document = formats.read(TOUCHSTONE)
    html = mark_up(document)
    pdf = typeset(html).data
    evidence = gather(pdf, document)
    rounds = in_turn(
        runs,
        stock=lambda: stock(html),
        publish=lambda: preflight.check(typeset(mark_up(formats.read(TOUCHSTONE))).data, document),
        typeset=lambda: typeset(html),
        check=lambda: preflight.check(pdf, document),
        judge=lambda: judge(evidence),
    )
    least = {name: min(each[name] for each in rounds) for name in rounds[0]}
    report("the same document", least["typeset"], least["check"], least["judge"])
    checking, publishing = (median(each[name] / each["stock"] for each in rounds) for name in ("check", "publish"))
    print(
        f"stock WeasyPrint {least['stock']:.3f} s; of it, in the median of {runs} rounds,"
        f" preflight {checking:.3f}, publishing it whole {publishing:.2f}"
    )


def once_each(runs: int) -> None:
    taken: dict[str, list[float]] = defaultdict(list)
    for number, document in enumerate(alike(2 * runs + 2)):
        html = mark_up(document)
        start = time.process_time()
        pdf = typeset(html).data
        taken["typeset"].append(time.process_time() - start)
        if number % 2:  # what the judges remember must not help the whole, nor the other way round
            evidence = gather(pdf, document)
            taken["judge"].append(cpu(partial(judge, evidence)))
        else:
            taken["check"].append(cpu(partial(preflight.check, pdf, document)))
    report("documents like it", *(min(taken[name][1:]) for name in ("typeset", "check", "judge")))


def first_of_all() -> None:
    """The touchstone in a process of its own: both with their imports and all that is read once."""
    command = [sys.executable, "-c", COLD, str(TOUCHSTONE)]
    outputs = [subprocess.run(command, capture_output=True, check=True, text=True).stdout.split() for _ in range(4)]
    setting, checking = (min(map(float, column)) for column in zip(*outputs[1:], strict=True))
    print(
        f"first in a process: typesetting {setting:.3f} s, preflight {checking:.3f} s ({checking / setting:.2f} of it)"
    )


def growing(repeats: Sequence[int]) -> None:
    for times in repeats:
        document = longer(formats.read(TOUCHSTONE), times)
        pdf = typeset(mark_up(document)).data
        seconds = min(each["check"] for each in in_turn(2, check=partial(preflight.check, pdf, document)))
        pages = preflight.check(pdf).facts.pages
        print(f"{pages:4} pages: {seconds:.2f} s, {1000 * seconds / pages:.0f} ms a page", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--repeats", type=int, nargs="*", default=(1, 5, 20, 53), help="how often the body comes")
    arguments = parser.parse_args()
    over_and_over(arguments.runs)
    once_each(arguments.runs)
    first_of_all()
    growing(arguments.repeats)


if __name__ == "__main__":
    main()
