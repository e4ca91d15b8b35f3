"""A night's printing: many files over three printers, of which one fails. Nothing is printed twice, nothing forgotten.

    python benchmarks/printing.py [FILES] [REPORT.html]

The printers are CUPS' ippeveprinter on this machine, one of them with staples. A quarter of the night in, one is killed
while it prints. Then the same command runs again, which must print nothing. REPORT is what `masthead print --report`
writes; while the run goes on, a browser shows it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pikepdf

from masthead.press.imposition import Edge
from masthead.press.printing import (
    Journal,
    JournalEntry,
    OrderState,
    Patience,
    PrintOrder,
    PrintRun,
    Stage,
    distribute,
    ticket,
    to_dict,
)

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from printers import Lab, free_port, message_bus  # noqa: E402

PATIENCE = Patience(limit=5, interval=0.1)


def night(count: int, path: Path | None) -> bool:
    """Print so many files over three printers, twice; return whether each was begun once, with its copies."""
    chance = random.Random(1)
    orders = [_order(number, chance) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        place = Path(folder)
        bus = stack.enter_context(message_bus(place / "bus"))
        labs = [Lab(place / f"lab{number}", free_port(), bus, finisher=number == 2) for number in range(3)]
        for lab in labs:
            stack.callback(lab.close)
            lab.start()
        journal, run = Journal(place / "prints.sqlite"), PrintRun(orders, path)
        done = 0

        def note(entry: JournalEntry) -> None:
            nonlocal done
            run.note(entry)
            done += entry.stage is Stage.COMPLETED
            if done > count // 4 and entry.queue == labs[0].printer.uri and entry.stage is Stage.HANDED_OVER:
                labs[0].stop()

        printers, start = [lab.printer for lab in labs], time.monotonic()
        run.end(distribute(orders, printers, journal, patience=PATIENCE, report=note))
        took, said = time.monotonic() - start, to_dict(run)
        received = Counter(data for lab in labs for data in lab.received)
        copies = all(_copies(lab, orders) for lab in labs)
        print(f"{count} files, {sum(each.ticket.copies for each in orders)} copies, {took:.0f} s")
        for each in said["printers"]:
            print(f"  {each['printer']}: {each['files']} files, {each['copies']} copies, {each['seconds']} s of jobs")
        print(f"  {', '.join(f'{number} {state}' for state, number in said['counts'].items() if number)}")
        print(f"printed twice: {sum(number > 1 for number in received.values())}")
        forgotten = [row for row in run.rows if row.state is OrderState.WAITING]
        print(f"forgotten: {sum(each.data not in received for each in orders)}, not printed: {len(forgotten)}")
        print(f"each with its copies: {copies}")
        again = PrintRun(orders)
        again.end(distribute(orders, printers, journal, patience=PATIENCE))
        repeated = Counter(data for lab in labs for data in lab.received) - received
        states = to_dict(again)["counts"]
        print(f"the same again: {sum(repeated.values())} printed, {states[OrderState.EARLIER]} known as printed before")
        return set(received.values()) == {1} and len(received) == count and copies and not repeated


def _order(number: int, chance: random.Random) -> PrintOrder:
    pdf = pikepdf.new()
    for _ in range(chance.randint(1, 4)):
        pdf.add_blank_page(page_size=(595.276, 841.89))
    pdf.docinfo.Title = str(number)
    file = BytesIO()
    pdf.save(file, deterministic_id=True)
    said = {"copies": chance.randint(1, 5)} | ({"finishings": ["staple"]} if number % 10 == 0 else {})
    return PrintOrder(f"{number:03}.pdf", file.getvalue(), ticket.parse(said).common, Edge.LEFT)


def _copies(lab: Lab, orders: list[PrintOrder]) -> bool:
    """Return whether the printer was asked for the copies of each of its jobs."""
    wanted = {order.data: order.ticket.copies for order in orders}
    numbers = sorted(int(path.name.split(".")[1]) for path in lab.folder.glob("job.*.pdf"))
    jobs = zip(numbers, lab.received, strict=True)
    return all(int(lab.attributes(number).get("COPIES", 1)) == wanted[data] for number, data in jobs)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    good = night(int(arguments[0]) if arguments else 500, Path(arguments[1]) if len(arguments) > 1 else None)
    sys.exit(not good)
