"""Sources → the same documents in another form, all of them ready before the first is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from masthead import formats
from masthead.batch import outputs
from masthead.document import Document, MastheadError, OrderError, SourceError, files

FIELDS = ("symbol", "lang", "type", "stem")

Place = Callable[[Path, Document], Path]
"""The output of a source and its document."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A document in its new form, and where it goes."""

    source: Path
    document: Document
    output: Path
    data: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that cannot be converted."""

    source: Path
    error: MastheadError


def read(source: Path) -> Document:
    """Read a source, or the one that a PDF of ours carries. Raises SourceError."""
    if source.suffix.lower() != ".pdf":
        return formats.read(source)
    from masthead.pdf import attached, open_pdf

    document = attached(open_pdf(formats.load(source))[0])
    if document is None:
        hint = "a PDF made by masthead does; of another take the text: pdftotext -layout -enc UTF-8 X.pdf X.txt"
        raise SourceError("the PDF carries no source", hint=hint)
    return document


def below(folder: Path, pattern: str) -> Place:
    """Return where `pattern` puts the documents below `folder`. Raises OrderError where it names no file there."""
    outputs.check_pattern(pattern, FIELDS, formats.WRITABLE)

    def place(source: Path, document: Document) -> Path:
        values = {"symbol": document.symbol.file_name, "lang": document.language, "type": document.type}
        return folder / pattern.format(**values, stem=source.stem)

    return place


def prepare(sources: Iterable[Path], place: Place) -> tuple[list[Conversion], list[Failure]]:
    """Convert `sources`. Raises OrderError where two have one output, or one would replace a source."""
    made, failed = [], []
    for source in sources:
        try:
            document = read(source)
            output = place(source, document)
            made.append(Conversion(source, document, output, formats.render(document, output.suffix)))
        except MastheadError as error:
            failed.append(Failure(source, _named(error, source)))
    outputs.check_outputs([(str(each.source), each.source, each.output) for each in made], FIELDS)
    return made, failed


def write(conversions: Iterable[Conversion], *, force: bool) -> None:
    """Write what is not there yet. Raises OrderError, before the first file is written, where another file is there."""
    waiting = [each for each in conversions if not _is_there(each)]
    for each in waiting:
        if each.output.exists() and not force:
            raise OrderError("another file is there", where=str(each.output), hint="--force replaces it")
    for each in waiting:
        files.save(each.output, each.data)


def _is_there(conversion: Conversion) -> bool:
    try:
        return conversion.output.read_bytes() == conversion.data
    except OSError:
        return False


def _named(error: MastheadError, source: Path) -> MastheadError:
    """The error with the name of the source, which writers do not know."""
    if error.where.startswith(str(source)):
        return error
    return type(error)(error.message, where=": ".join(filter(None, (str(source), error.where))), hint=error.hint)
