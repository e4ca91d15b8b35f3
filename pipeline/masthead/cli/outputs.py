"""PDFs that commands make of PDFs: one file, or a folder with a file of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from masthead.cli.console import complain, print_path
from masthead.document import MastheadError, OrderError, files


def is_file(output: Path) -> bool:
    """Return whether an output is a PDF file, and not a folder for several."""
    return output.suffix.lower() == ".pdf" and not output.is_dir()


def one_or_each(output: Path, pdfs: Sequence[Path], made: Callable[[Path], bytes]) -> None:
    """Make the file `output` of the only PDF, or a file of each in the folder `output`."""
    if is_file(output):
        _make(output, pdfs[0], made)
    else:
        each_into(output, pdfs, made)


def each_into(folder: Path, pdfs: Sequence[Path], made: Callable[[Path], bytes]) -> None:
    """Make a file of each PDF in a folder, under its name. One that fails does not stop the others."""
    for name, number in Counter(pdf.name for pdf in pdfs).items():
        if number > 1:
            raise OrderError(f"{number} PDFs are named {name}", hint="give them folders of their own")
    failed = 0
    for pdf in pdfs:
        try:
            _make(folder / pdf.name, pdf, made)
        except MastheadError as error:
            complain(error)
            failed = failed or error.exit_code
    raise typer.Exit(failed)


def _make(path: Path, pdf: Path, made: Callable[[Path], bytes]) -> None:
    """Make a file of a PDF, which it must not replace. Errors name the PDF."""
    try:
        if path.exists() and pdf.exists() and path.samefile(pdf):
            raise OrderError("the output would replace the PDF itself", hint="give another file or folder")
        files.save(path, made(pdf))
    except MastheadError as error:
        error.where = error.where or str(pdf)
        raise
    print_path(path)
