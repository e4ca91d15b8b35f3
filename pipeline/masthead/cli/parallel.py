"""`masthead parallel`: two language versions of a document side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.console import PROFILE_NAMES, PROFILES, completed, option, people, print_path
from masthead.document import OrderError, Variant, files
from masthead.publication import DEFAULTS, Options

commands = typer.Typer()

_FIRST = "The version that leads: the pages have its direction, imprint and running feet."
_SECOND = "The same document in another language."
_OUTPUT = "The PDF, or a folder in which it is named by symbol and languages."


@commands.command()
def parallel(
    first: Annotated[Path, typer.Argument(help=_FIRST, metavar="FIRST", show_default=False)],
    second: Annotated[Path, typer.Argument(help=_SECOND, metavar="SECOND", show_default=False)],
    output: Annotated[Path, option(_OUTPUT, "--output", "-o")] = Path("output"),
    variant: Annotated[Variant, option("archive, archive-4, plain, press, …", "--for", metavar="NAME")] = (
        DEFAULTS.variant
    ),
    profile: Annotated[
        str,
        option(
            f"{PROFILES}. Default: the profile of the variant.", metavar="NAME", autocompletion=completed(PROFILE_NAMES)
        ),
    ] = DEFAULTS.profile,
    emblem: Annotated[Path | None, option("Emblem to print: an SVG or PNG file.", exists=True, dir_okay=False)] = None,
) -> None:
    """Publish two language versions of a document in two columns, paired paragraph by paragraph, and check the PDF.

    A column of a right-to-left language is on the right, beside one of a left-to-right language.
    """
    from masthead import publication
    from masthead.batch import Outcome, OutcomeState, report_progress
    from masthead.page import Emblem
    from masthead.preflight import report

    if output.suffix and output.suffix.lower() != ".pdf" and not output.is_dir():
        raise OrderError("parallel writes a PDF", where=str(output), hint=f"write -o {output.with_suffix('.pdf')}")
    options = Options(variant, emblem=Emblem.load(emblem) if emblem else None, profile=profile)
    edition = publication.publish_parallel(first, second, options)
    is_file = output.suffix.lower() == ".pdf" and not output.is_dir()
    place = output if is_file else output / f"{edition.name}.pdf"
    files.save(place, edition.pdf.data)
    print_path(place)
    outcome = Outcome(first, str(variant), OutcomeState.MADE, place, report=report.to_dict(edition.report))
    with report_progress(people, 1) as progress:
        progress.add(outcome)
    raise typer.Exit(outcome.exit_code)
