"""What Masthead asks of the Python that runs it."""

from __future__ import annotations

import sys

from masthead.document.errors import OrderError


def check_interpreter() -> None:
    """Raise OrderError under `python -O`: assertions of libraries do work there, and without them pages are wrong."""
    if sys.flags.optimize:
        raise OrderError("Python runs without assertions", hint="leave out -O, and unset PYTHONOPTIMIZE")
