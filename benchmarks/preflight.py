"""What preflight costs beside typesetting, and how it grows with pages.

Run: python benchmarks/preflight.py. CPU time of this process, the lower of several runs, warm.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from masthead import preflight, reading
from masthead.markup import mark_up
from masthead.model import Document, Pagination
from masthead.typesetting import typeset

TOUCHSTONE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"


def cpu(work: Callable[[], object], runs: int = 5) -> float:
    """Seconds of CPU, the lowest of `runs`."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def longer(document: Document, times: int) -> Document:
    """The document with its body repeated, its operative paragraphs numbered on, pages filled as they come."""
    body = [*document.body]
    last = max(block.number or 0 for block in document.body)
    for turn in range(1, times):
        body += [
            replace(block, number=block.number + turn * last if block.number else None) for block in document.body[1:]
        ]
    return replace(document, body=tuple(body), pagination=Pagination.FLOW)


def main() -> None:
    document = reading.read(TOUCHSTONE)
    html = mark_up(document)
    pdf = typeset(html)
    setting, checking = cpu(lambda: typeset(html)), cpu(lambda: preflight.check(pdf.data, document))
    print(f"touchstone: typesetting {setting:.3f} s, preflight {checking:.3f} s, ratio {checking / setting:.2f}")
    for times in (1, 5, 20, 50):
        made = longer(document, times)
        data = typeset(mark_up(made)).data
        seconds = cpu(lambda made=made, data=data: preflight.check(data, made), 1)  # type: ignore[misc]
        pages = preflight.check(data).facts.pages
        print(f"{pages:4} pages: {seconds:.2f} s, {1000 * seconds / pages:.0f} ms a page", flush=True)


if __name__ == "__main__":
    main()
