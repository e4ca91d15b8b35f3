"""What goes to a worker and comes back: values that need no file beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.publication import Options, SourceFile


@dataclass(frozen=True, slots=True)
class Identity:
    """What the name of an output is made from."""

    symbol: str
    lang: str
    type: str


@dataclass(frozen=True, slots=True)
class Task:
    """One edition to make.

    `pages` is the digest of what the pages of the file `pdf` were typeset from. If it is the same, the file is kept.
    """

    source: SourceFile
    options: Options
    pages: str = ""
    pdf: bytes = b""


@dataclass(frozen=True, slots=True)
class Product:
    """A finished edition. `pdf` is empty if the file of the task is kept; `pages` and `inputs` are digests."""

    identity: Identity
    pdf: bytes
    pages: str
    inputs: Mapping[str, str]
    report: dict[str, Any]
    seconds: float
