"""The `masthead` command: parse, call one function, print, exit.

The product of a command goes to standard output, everything said to people to standard error. Exit codes: 0 done,
1 findings, 2 wrong usage, 3 and on as `masthead.document.errors` has them, 70 a fault of ours.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from masthead.cli import author as authoring
from masthead.cli import baselines as acceptance
from masthead.cli import lint as copydesk
from masthead.cli import print as printshop
from masthead.cli import publish as publishing
from masthead.cli.console import complain
from masthead.document import MastheadError, SourceError, files, garbage

if TYPE_CHECKING:
    from masthead.preflight import Profile, Report

# Stages import slowly (WeasyPrint a third of a second): each command imports what it needs, so that --help is quick.

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Publish United Nations parliamentary documents as PDF, Arabic first.",
)
app.command()(publishing.publish)
app.add_typer(authoring.commands)
app.add_typer(acceptance.commands)
app.add_typer(printshop.commands)
app.add_typer(copydesk.commands)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command()
def check(
    pdfs: Annotated[list[Path], typer.Argument(metavar="PDF…", help="Any United Nations PDFs, ours or not.")],
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="Rules to check by: default, archive, plain, press, foreign.")
    ] = "default",
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Write the report too: .html, .json, .xml (JUnit) or .sarif.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a PDF is, what is wrong with it, where, and how to put it right."""
    from masthead import preflight
    from masthead.preflight import report

    rules = preflight.profile(profile)
    if len(pdfs) > 1 and (report_file or as_json):
        raise typer.BadParameter("a report is about one PDF: name one, or leave --report and --json out")
    if report_file:
        report.form(report_file.suffix)  # before the file is looked at
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
        if not as_json:
            console.print(report.table(result))
    if not as_json and codes != {SourceError.exit_code}:
        console.print(report.exemptions(rules))
    raise typer.Exit(max(codes))


def _checked(pdf: Path, rules: Profile, report_file: Path | None) -> Report | SourceError:
    """The report on a PDF, or why there is none, written too where `report_file` says so."""
    from masthead import preflight
    from masthead.pdf import pictures
    from masthead.preflight import isolation, report

    begun = time.monotonic()
    result: Report | SourceError
    try:
        result = preflight.check(pdf, profile=rules)
    except SourceError as error:
        result = error
    if report_file:
        data = b"" if isinstance(result, SourceError) else pdf.read_bytes()
        left = min(isolation.limits(rules)[0] - (time.monotonic() - begun), pictures.SECONDS)
        files.save(
            report_file, report.render(result, report_file.suffix, name=pdf.name, pdf=data, seconds=left).encode()
        )
    return result


@app.command()
def text(
    pdf: Annotated[Path, typer.Argument(metavar="PDF", help="A tagged PDF.")],
    pages: Annotated[bool, typer.Option("--pages", help="Say on which page each paragraph begins.")] = False,
) -> None:
    """Print the logical text that a PDF's structure holds, a paragraph a line: what a screen reader reads."""
    from masthead.pdf import read_text

    for element in read_text(pdf):
        print(f"{element.page}\t{element.text}" if pages else element.text)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what this machine has of what Masthead needs, and how to get what is missing."""
    from dataclasses import asdict

    from rich.table import Table

    from masthead.cli import doctor

    facts = doctor.diagnose()
    if as_json:
        print(json.dumps([asdict(fact) for fact in facts], ensure_ascii=False))
    else:
        table = Table(box=None, pad_edge=False)
        for column in ("", "thing", "for", "found", "how to get it"):
            table.add_column(column)
        for fact in facts:
            sign = "[green]✓[/]" if fact.ok else "[red]✗[/]"
            table.add_row(sign, fact.name, fact.need, fact.found, "" if fact.ok else fact.hint)
        Console(highlight=False, emoji=False).print(table)
    raise typer.Exit(int(not doctor.fit(facts)))


def main() -> None:
    """Run the command; a MastheadError becomes two lines and its exit code."""
    garbage.seldom()
    try:
        app()
    except MastheadError as error:
        complain(error)
        sys.exit(error.exit_code)
    except Exception as error:
        if "MASTHEAD_TRACE" in os.environ:
            raise
        fault = f"this is a fault of Masthead: {type(error).__name__}: {error}"
        complain(MastheadError(fault, hint="report it with its source; MASTHEAD_TRACE=1 shows where it happened"))
        sys.exit(MastheadError.exit_code)
