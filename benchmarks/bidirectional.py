"""Bidi by Unicode's own test files, and by mixed paragraphs at random widths; WeasyPrint as it comes stands beside.

    python benchmarks/bidirectional.py              a sample of both conformance files, whole, cut, and apart
    python benchmarks/bidirectional.py --all        every case of BidiCharacterTest.txt, a larger sample of BidiTest.txt
    python benchmarks/bidirectional.py wrap [N]     N random paragraphs: order, joins and margins of every line

Exit code 1 when the pipeline has anything wrong. Two processes share the work.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

# Cases and judges are those of the tests.
sys.path[0] = str(Path(__file__).parent.parent / "tests" / "support")

import conformance  # noqa: E402
import paragraphs  # noqa: E402
import unicode_cases  # noqa: E402
from paragraphs import Tally  # noqa: E402
from unicode_cases import Case  # noqa: E402

PIECE = 1375
Task = tuple[list[Case], str, int, bool]


def _wrong(task: Task) -> list[tuple[Case, str, str]]:
    cases, mode, seed, stock = task
    return conformance.wrong(cases, mode, seed, stock=stock)


def draw(name: str, cases: Sequence[Case], *, stock: bool, pool: ProcessPoolExecutor) -> int:
    """Print how many of `cases` are right in each mode; return how many are wrong."""
    total = 0
    for mode in conformance.MODES:
        tasks = [(list(cases[i : i + PIECE]), mode, i, stock) for i in range(0, len(cases), PIECE)]
        wrong = [case for found in pool.map(_wrong, tasks) for case in found]
        total += len(wrong)
        who = "stock   " if stock else "masthead"
        print(f"{name:18} {mode:6} {who} {len(cases) - len(wrong):6} of {len(cases):6} right", flush=True)
        for case, expected, drawn in wrong[: 0 if stock else 5]:
            print(f"    {case.base} {case.text!a}: should be {expected!a}, is {drawn!a}")
    return total


def _tally(task: tuple[int, int, bool]) -> Tally:
    count, seed, stock = task
    return paragraphs.tally(paragraphs.several(count, seed), stock=stock)


def wrap(count: int, pool: ProcessPoolExecutor) -> int:
    """Print how many lines of `count` random paragraphs are right; return how many faults the pipeline has."""
    faults = 0
    for stock in (False, True):
        tasks = [(min(100, count - start), start, stock) for start in range(0, count, 100)]
        total = sum(pool.map(_tally, tasks), start=Tally())
        print(f"{'stock   ' if stock else 'masthead'} {total}", flush=True)
        for example in total.examples[: 0 if stock else 5]:
            print(f"    {example}")
        faults += 0 if stock else total.order + total.joins + total.overhanging
    return faults


def main(arguments: Iterable[str]) -> int:
    """Do what the command line says."""
    words = list(arguments)
    with ProcessPoolExecutor(2) as pool:
        if words[:1] == ["wrap"]:
            return int(wrap(int(words[1]) if len(words) > 1 else 850, pool) > 0)
        everything = "--all" in words
        characters, types = list(unicode_cases.character_cases()), unicode_cases.type_cases()
        sample = unicode_cases.stratified(characters, 3000, random.Random(11))
        some = random.Random(4).sample(types, 20000 if everything else 3000)
        wrong = draw("BidiCharacterTest", characters if everything else sample, stock=False, pool=pool)
        wrong += draw("BidiTest", some, stock=False, pool=pool)
        draw("BidiCharacterTest", sample, stock=True, pool=pool)
        draw("BidiTest", some[:3000], stock=True, pool=pool)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
