"""Runs a function on many items with an executor. A task that loses its worker is tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TypeVar

from masthead.batch.pool import Executor, Given, Made
from masthead.document import MastheadError

Item = TypeVar("Item")


def work_through(
    executor: Executor,
    function: Callable[[Given], Made],
    items: Iterable[tuple[Item, Given | MastheadError]],
    retries: int,
) -> Iterator[tuple[Item, Made | MastheadError]]:
    """Apply `function` to what each item is given, and yield each item with the result, as results come.

    An item that is given an error keeps it. An item whose worker is lost is tried again `retries` times.
    """
    running: dict[Future[Made], tuple[Item, Given, int]] = {}
    for item, given in items:
        if isinstance(given, MastheadError):
            yield item, given
            continue
        running[executor.submit(function, given)] = item, given, retries
        while len(running) >= executor.width:
            yield from _completed(executor, function, running)
    while running:
        yield from _completed(executor, function, running)


def _completed(
    executor: Executor, function: Callable[[Given], Made], running: dict[Future[Made], tuple[Item, Given, int]]
) -> Iterator[tuple[Item, Made | MastheadError]]:
    """Wait for results; yield those that are final, and submit lost work again."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        item, given, tries = running.pop(future)
        error = future.exception()
        loss = executor.loss(error) if error else None
        if loss and tries:
            running[executor.submit(function, given)] = item, given, tries - 1
        elif error is None:
            yield item, future.result()
        elif isinstance(error, MastheadError):
            yield item, error
        else:
            yield item, loss or MastheadError.unexpected(error)
