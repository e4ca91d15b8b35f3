"""What goes into the line and what comes out: sources, options, editions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from masthead import formats
from masthead.document import Document, LineBreaking, Pagination, Variant

if TYPE_CHECKING:
    from masthead.page import Emblem, Html
    from masthead.preflight import Report
    from masthead.typesetting import Pdf

# A batch hands options to its workers and imports no stage itself, so these values must be quick to import.


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source as a value: its bytes, and its name, whose suffix says the form. Errors give the name as their place."""

    name: str
    data: bytes

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> SourceFile:
        """Read the file at `path`. Raises SourceError, or ResourceError if it is too large."""
        return cls(str(path), formats.load(Path(path)))


Source = SourceFile | Document | str | os.PathLike[str]
"""A document, the path of its source, or the source as a value."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an edition is made.

    `pagination` and `lines` override the document's own, `emblem` the emblem that is bundled, `profile` the rules that
    preflight applies to the variant. `ink` is the only one besides black of a press copy: `black`, or a name with its
    percentages of the four (`PANTONE 300 U=100,44,0,0`).
    """

    variant: Variant = Variant.ARCHIVE
    pagination: Pagination | None = None
    emblem: Emblem | None = None
    profile: str = ""
    lines: LineBreaking | None = None
    ink: str = ""


DEFAULTS = Options()


class LineStage(StrEnum):
    """The stages of the line, in their order."""

    READ = "read"
    MARK_UP = "mark up"
    TYPESET = "typeset"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Edition:
    """One document in one language, with its HTML, its PDF, and what preflight found in it.

    A parallel edition has the version in another language `beside` it.
    """

    document: Document
    html: Html
    pdf: Pdf
    report: Report
    beside: Document | None = None

    @property
    def name(self) -> str:
        """The name of its file, without suffix: `E_RES_2017_18.ar`, `QMR-2049-O12.en-ar` of a parallel edition."""
        other = f"-{self.beside.language}" if self.beside else ""
        return f"{self.document.symbol.file_name}.{self.document.language}{other}"
