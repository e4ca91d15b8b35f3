"""Corpora that the tests try a sample of, and `make bench` the whole."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")
WHOLE = bool(os.environ.get("MASTHEAD_WHOLE"))
"""`make bench` sets the environment variable to try every case."""


def sample(corpus: Sequence[Case], count: int) -> Sequence[Case]:
    """Return `count` cases spread evenly over the corpus, the same in every run; all of it for `make bench`."""
    return corpus if WHOLE or count >= len(corpus) else [corpus[at * len(corpus) // count] for at in range(count)]
