"""Documents converted to another form, all of them before the first file is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from masthead import formats
from masthead.batch import outputs
from masthead.document import Document, MastheadError, OrderError, files
from masthead.publication import read_any

FIELDS = ("symbol", "lang", "type", "stem")

Place = Callable[[Path, Document], Path]
"""Returns the output of a source and its document."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A document in its new form, and the path of its file."""

    source: Path
    document: Document
    output: Path
    data: bytes


def below(folder: Path, pattern: str) -> Place:
    """Return where `pattern` puts documents in `folder`. Raises OrderError if the pattern is invalid."""
    outputs.check_pattern(pattern, FIELDS, formats.WRITABLE)

    def place(source: Path, document: Document) -> Path:
        values = {"symbol": document.symbol.file_name, "lang": document.language, "type": document.type}
        return folder / pattern.format(**values, stem=source.stem)

    return place


def prepare(
    sources: Iterable[Path], place: Place, read: Callable[[Path], Document] = read_any
) -> tuple[list[Conversion], list[MastheadError]]:
    """Convert `sources`, and return what was converted and the errors of the rest.

    `read` replaces the reader, for those who read tracked changes in another way. Raises OrderError if two outputs are
    the same, or one would replace a source.
    """
    made, failed = [], []
    for source in sources:
        try:
            document = read(source)
            output = place(source, document)
            made.append(Conversion(source, document, output, formats.render(document, output.suffix)))
        except MastheadError as error:
            failed.append(_named(error, source))
    outputs.check_outputs([(str(each.source), each.source, each.output) for each in made], FIELDS)
    return made, failed


def write(conversions: Iterable[Conversion], *, force: bool) -> None:
    """Write the files that are not there yet. Where a different file exists, raises OrderError before the first."""
    new = [each for each in conversions if not _exists(each)]
    for each in new:
        if each.output.exists() and not force:
            raise OrderError("file already exists", where=str(each.output), hint="--force replaces it")
    for each in new:
        files.save(each.output, each.data)


def _exists(conversion: Conversion) -> bool:
    try:
        return conversion.output.read_bytes() == conversion.data
    except OSError:
        return False


def _named(error: MastheadError, source: Path) -> MastheadError:
    """The error with the name of the source, which writers do not know."""
    if error.where.startswith(str(source)):
        return error
    where = ": ".join(filter(None, (str(source), error.where)))
    return type(error)(error.message, where=where, hint=error.hint, others=error.others)
