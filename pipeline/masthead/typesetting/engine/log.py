"""The warnings of Masthead's copy of WeasyPrint, collected call by call."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_collected: ContextVar[list[str]] = ContextVar("_collected")


class _Collector(logging.Handler):
    """Gives a warning to the call that caused it, whatever other threads do."""

    def emit(self, record: logging.LogRecord) -> None:
        if (messages := _collected.get(None)) is not None:
            messages.append(record.getMessage())


def logger(name: str) -> logging.Logger:
    """Return a logger for the copy.

    It is in no hierarchy: how a program configures `logging` neither hides a warning from Masthead nor prints it.
    """
    private = logging.Logger(name, logging.WARNING)
    private.manager = logging.Manager(private)  # type: ignore[arg-type]  # else logging.disable() would count
    private.addHandler(_Collector())
    return private


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collect the warnings that are given in the `with` block; an outer block collects them too."""
    outer, messages = _collected.get(None), list[str]()
    token = _collected.set(messages)
    try:
        yield messages
    finally:
        _collected.reset(token)
        if outer is not None:
            outer += messages
