"""What the repairs cost: CPU time of typesetting one document, over that of WeasyPrint without any of them.

    python benchmarks/typesetting.py [ROUNDS]

Each choice of repairs has a process of its own, and they take turns, so that other work on the machine affects all
alike. Printed are the ratios of the least times and of the medians; then the same with each repair left out once.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import unrepaired
from masthead import formats
from masthead.page.markup import mark_up
from masthead.typesetting import repairs

SOURCE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    html = mark_up(formats.read(SOURCE))
    cases: dict[str, tuple[ModuleType, ...]] = {"stock": unrepaired.STOCK, "all repairs": repairs.ALL}
    for left in repairs.ALL:
        name = left.__name__.rpartition(".")[2]
        cases[f"without {name}"] = tuple(each for each in repairs.ALL if each is not left)
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds + 1):
        for name, changes in cases.items():
            times[name].append(unrepaired.cpu(html, changes))
    times = {name: each[1:] for name, each in times.items()}  # the first is of a cold process
    least, middle = min(times["stock"]), statistics.median(times["stock"])
    for name, each in times.items():
        ratios = f"{min(each) / least:.2f} (least), {statistics.median(each) / middle:.2f} (median) of stock"
        print(f"{name:20} {min(each):.3f} s  {ratios}")


if __name__ == "__main__":
    main()
