"""The commands on finished PDFs: `check` and `text`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from masthead.cli.console import PROFILE_NAMES, PROFILES, argument, complain, completed, option, people, warn
from masthead.document import SourceError, files

if TYPE_CHECKING:
    from masthead.preflight import Profile, Report

commands = typer.Typer()

_REPORT = "Also write a report: .html, .json, .xml (JUnit) or .sarif. Only for a single PDF."


@commands.command()
def check(
    pdfs: Annotated[list[Path], argument("PDFs of United Nations documents, made by any program.", "PDF…")],
    profile: Annotated[
        str, option(f"{PROFILES}.", metavar="NAME", autocompletion=completed(PROFILE_NAMES))
    ] = "default",
    report_file: Annotated[Path | None, option(_REPORT, "--report")] = None,
    as_json: Annotated[bool, option("Print JSON. Only for a single PDF.", "--json")] = False,
) -> None:
    """Check PDFs: print what each is, what is wrong with it, where, and how to correct it."""
    from masthead import preflight
    from masthead.preflight import report

    rules = preflight.profile(profile)
    if len(pdfs) > 1 and (report_file or as_json):
        raise typer.BadParameter("--report and --json accept only one PDF")
    if report_file:
        report.form(report_file.suffix)  # raises an error for an unknown form before the PDF is read
    console, codes = Console(highlight=False, emoji=False), set[int]()
    for pdf in pdfs:
        result = _checked(pdf, rules, report_file)
        if len(pdfs) > 1:
            print(f"{pdf}:", flush=True)
        if as_json:
            print(report.to_json(result))
        if isinstance(result, SourceError):
            complain(result)
            codes.add(result.exit_code)
            continue
        codes.add(int(result.failed))
        if other := preflight.other_publisher(result.facts):
            warn(f"{pdf}: this looks like a document of another organization: its QR code leads to {other}")
            people.print("hint: name the folder of that organization: --organization DIR", soft_wrap=True)
        if not as_json:
            console.print(report.table(result))
    if not as_json and codes != {SourceError.exit_code}:
        console.print(report.exemptions(rules))
    raise typer.Exit(max(codes))


def _checked(pdf: Path, rules: Profile, report_file: Path | None) -> Report | SourceError:
    """Check a PDF; write the report to `report_file`, if given. Return it, or the error if the PDF cannot be read."""
    from masthead import preflight
    from masthead.pdf import pictures
    from masthead.preflight import isolation, report

    begin = time.monotonic()
    result: Report | SourceError
    try:
        result = preflight.check(pdf, profile=rules)
    except SourceError as error:
        result = error
    if report_file:
        data = b"" if isinstance(result, SourceError) else pdf.read_bytes()
        # Drawing pictures for the report must keep within the time limit of the whole check.
        seconds = min(isolation.limits(rules, pdf)[0] - (time.monotonic() - begin), pictures.SECONDS)
        written = report.render(result, report_file.suffix, name=pdf.name, pdf=data, seconds=seconds)
        files.save(report_file, written.encode())
    return result


@commands.command()
def text(
    pdf: Annotated[Path, argument("A tagged PDF.", "PDF")],
    pages: Annotated[bool, option("Also print the page on which each paragraph begins.", "--pages")] = False,
) -> None:
    """Print the text that a screen reader reads: the logical text of a tagged PDF, one paragraph on each line."""
    from masthead.pdf import read_text

    for element in read_text(pdf):
        said = " ".join(element.alternative.split()) or element.text  # of a picture, its words are not read one by one
        print(f"{element.page}\t{said}" if pages else said)
