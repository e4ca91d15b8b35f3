"""What the repairs and the ledger cost: CPU time of the touchstone's typesetting, over that of stock WeasyPrint.

    python benchmarks/typesetting.py [ROUNDS]

Both in one process and in turn, tagged PDF/A-3a both times, so that other work on the machine weighs alike on them; the
ratio of the least times and of the medians. Then each repair is left out once: what it adds to the whole.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import time
from pathlib import Path
from unittest import mock

from masthead import formats
from masthead.page.markup import Html, mark_up
from masthead.typesetting import fonts, ledger
from masthead.typesetting.repairs import ALL, Repair
from masthead.typesetting.typesetter import typeset

SOURCE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"


def cost(html: Html, repairs: tuple[Repair, ...], known: fonts.Fonts) -> float:
    """CPU seconds of one typesetting, writing included, and with any repair the ledger too."""
    with contextlib.ExitStack() as stack:
        if not repairs:
            stack.enter_context(mock.patch.object(ledger, "check", lambda document: ()))
        begin = time.process_time()
        typeset(html, fonts=known, repairs=repairs)
        return time.process_time() - begin


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    html, known = mark_up(formats.read(SOURCE)), fonts.load()
    cases: dict[str, tuple[Repair, ...]] = {"stock": (), "all repairs": ALL}
    cases |= {f"without {left.name}": tuple(each for each in ALL if each is not left) for left in ALL}
    for repairs in cases.values():
        cost(html, repairs, known)
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, repairs in cases.items():
            times[name].append(cost(html, repairs, known))
    least, middle = min(times["stock"]), statistics.median(times["stock"])
    for name, each in times.items():
        ratios = f"{min(each) / least:.2f} (least), {statistics.median(each) / middle:.2f} (median) of stock"
        print(f"{name:20} {min(each):.3f} s  {ratios}")


if __name__ == "__main__":
    main()
