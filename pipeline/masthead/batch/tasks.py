"""What goes to a worker and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from masthead.publication import Options, SourceFile


class Identity(NamedTuple):
    """What the name of an output is made from."""

    symbol: str
    lang: str
    type: str


@dataclass(frozen=True, slots=True)
class SourcePath:
    """A source on this machine, opened by workers only. `roots` are the folders its pictures may come from."""

    path: Path
    roots: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Asks which document a source is, unless its `digest` is one of those that are `known`."""

    source: SourcePath
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """The digest of a source with its pictures, and its identity, which is None if the digest was known."""

    digest: str
    identity: Identity | None


@dataclass(frozen=True, slots=True)
class Task:
    """One edition to make, of a source that has this `digest`.

    The source is a path for workers on this machine, and its contents for others. `pages` is the digest of what the
    pages of the file `pdf` were typeset from: if it is the same, the file is kept. `as_draft` asks for a file in the
    temporary folder of the worker, which costs whoever asks less than its bytes.
    """

    source: SourcePath | SourceFile
    digest: str
    options: Options
    pages: str = ""
    pdf: bytes = b""
    as_draft: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A finished edition. `pdf` is its file, or the path of a draft of it, and empty if that of the task is kept.

    `digest`, `pages` and `inputs` are digests: of the file, of what its pages were typeset from, and of what that used.

    `seconds` is the time that the work took, `stages` the CPU time of each stage in seconds.
    """

    identity: Identity
    pdf: bytes | str
    digest: str
    pages: str
    inputs: Mapping[str, str]
    report: dict[str, Any]
    seconds: float
    stages: Mapping[str, float]
