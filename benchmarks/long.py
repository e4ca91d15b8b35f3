"""Long Arabic documents by the command with its default settings: processor time a page, and memory.

    python benchmarks/long.py [--pages 60 300 1000] [--timings]

Each document is published by a process of its own. Every paragraph and note has its words in another order, so that no
line is another's. Memory is the most that any one process of the command had at a time. Exit code 1 where the longest
costs more than 1.1 times as much a page as the shortest, or any takes more than 1 GiB.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

import pypdf

import corpus

GROWTH, MOST = 1.1, 1024  # of the time a page; MiB
PAGES = 4.93  # of one document of the corpus


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[60, 300, 1000], help="about how many")
    parser.add_argument("--timings", action="store_true", help="print what the stages of each took")
    arguments = parser.parse_args()
    taken = []
    for pages in arguments.pages:
        with tempfile.TemporaryDirectory() as folder:
            source, made = Path(folder, "long.ar.md"), Path(folder, "made")
            source.write_text(long_source(round(pages / PAGES)), "utf-8")
            options = ["--timings"] if arguments.timings else []
            seconds, memory = watched([sys.executable, "-m", "masthead", "publish", source, "-o", made, *options])
            number = len(pypdf.PdfReader(next(made.rglob("*.pdf"))).pages)
        taken.append((1000 * seconds / number, memory))
        print(f"{number:5} pages: {seconds:6.1f} s, {taken[-1][0]:5.1f} ms a page, {memory:5.0f} MiB", flush=True)
    growth = taken[-1][0] / taken[0][0]
    print(f"a page of the longest costs {growth:.2f} times as much as one of the shortest")
    sys.exit(growth > GROWTH or max(memory for _, memory in taken) > MOST)


def long_source(documents: int) -> str:
    """One resolution with the texts of so many documents of the corpus, its paragraphs and notes numbered on."""
    number, body, notes, front = count(1), [], [], ""
    for at, (_, text) in enumerate(corpus.documents(documents, ("ar",), "distinct", touchstone=True)):
        front, _, rest = text.removeprefix("---\n").partition("---\n")
        rest = re.sub(r"\[\^(\d+)\]", rf"[^text-{at}-\1]", rest)
        for block in rest.strip().split("\n\n"):
            kept = notes if block.startswith("[^") else body
            kept.append(re.sub(r"\A\d+\. ", lambda _: f"{next(number)}. ", block))
    return f"---\n{front}---\n\n" + "\n\n".join((*body, *notes)) + "\n"


def watched(command: list[str | Path]) -> tuple[float, float]:
    """The CPU seconds of a command and of all that it starts, and the most memory of one of them, in MiB.

    Raises CalledProcessError where it fails.
    """
    process = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdout=None if "--timings" in command else subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(code, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
