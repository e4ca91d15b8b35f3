"""What goes to a worker and comes back: values that need nothing beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.document import Pagination, Variant


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file's bytes, and its suffix, which says what they are."""

    data: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Options:
    """How editions are made: `profile` is preflight's, else the variant's own; `emblem` is the house's."""

    pagination: Pagination | None = None
    profile: str = ""
    emblem: Picture | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A source as it travels: its name, which errors give as their place, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Identity:
    """What an output is named by."""

    symbol: str
    lang: str
    type: str


@dataclass(frozen=True, slots=True)
class Task:
    """One edition to make.

    `pages` is the digest of what the file `pdf` was set from: where it comes out the same, nothing is set again.
    """

    text: Text
    variant: Variant
    options: Options
    pages: str = ""
    pdf: bytes = b""


@dataclass(frozen=True, slots=True)
class Product:
    """What was made. `pdf` is empty where the pages are as they were; `inputs` are digests."""

    identity: Identity
    pdf: bytes
    pages: str
    inputs: Mapping[str, str]
    report: dict[str, Any]
    seconds: float
