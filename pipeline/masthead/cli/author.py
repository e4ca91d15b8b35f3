"""The author's commands: `new`, `convert` and `schema`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from masthead.cli.console import complain, people
from masthead.document import Document, DocumentType, Language, OrderError, Organ, files

if TYPE_CHECKING:
    from masthead.batch import Place

commands = typer.Typer()


@commands.command()
def new(
    kind: Annotated[DocumentType, typer.Argument(metavar="TYPE", help="resolution, decision, draft, report, …")],
    language: Annotated[Language, typer.Option("--language", "-l", help="Its language.")],
    organ: Annotated[Organ, typer.Option(help="The organ that issues it.")] = Organ.GENERAL_ASSEMBLY,
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day of issue; today by default.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; its suffix says the form.")
    ] = None,
) -> None:
    """Start a document: one that publishes at once, to write over. Without -o it is printed as Markdown."""
    from masthead import formats

    document = formats.new_document(kind, language, organ, day.date() if day else date.today())
    data = formats.render(document, output.suffix if output else ".md")
    if output is None:
        sys.stdout.buffer.write(data)
    elif output.exists():
        raise OrderError("a file is there already", where=str(output), hint="name another, or take it away")
    else:
        files.save(output, data)
        print(output)


@commands.command()
def convert(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Documents, folders, globs, manifests, or PDFs of ours.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file, whose suffix says the form, or a folder.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--to", metavar="FORM", help="The form of files in a folder: md, txt, html, …")
    ] = None,
    pattern: Annotated[
        str | None, typer.Option(help="Paths in the folder: {symbol}, {lang}, {type}, {stem}; a suffix.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace other files that are there.")] = False,
) -> None:
    """Write documents in another form: one to a file or standard output, many to a folder.

    All are read before the first is written. A document that cannot be converted harms no other.
    """
    from masthead.batch import conversion, gather

    paths = gather(sources)
    if output is None:
        _print(paths, form, pattern)
        return
    made, failed = conversion.prepare(paths, _place(output, form, pattern, len(paths)))
    conversion.write(made, force=force)
    for each in made:
        _tell(each.document)
        print(each.output)
    for failure in failed:
        complain(failure.error)
    if failed:
        raise typer.Exit(failed[0].error.exit_code)


def _print(paths: Sequence[Path], form: str | None, pattern: str | None) -> None:
    from masthead import formats
    from masthead.batch import conversion

    if len(paths) > 1 or pattern:
        raise OrderError("it is not said where to", hint="name a folder: -o FOLDER --to md")
    document = conversion.read(paths[0])
    data = formats.render(document, f".{(form or 'md').lstrip('.')}")
    _tell(document)
    sys.stdout.buffer.write(data)


def _place(output: Path, form: str | None, pattern: str | None, count: int) -> Place:
    """Where outputs go: to the file that is named, or into the folder."""
    from masthead import formats
    from masthead.batch import conversion

    forms = ", ".join(suffix.lstrip(".") for suffix in formats.WRITABLE)
    if output.suffix in formats.WRITABLE and not output.is_dir():
        if count > 1 or form or pattern:
            raise OrderError("a file is named where a folder is wanted", where=str(output), hint="-o FOLDER --to md")
        return lambda source, document: output
    if form and pattern:
        raise OrderError("the pattern says the form", where=pattern, hint="leave --to out")
    if not form and not pattern:
        message = f"no form ends in {output.suffix}" if output.suffix else "it is not said which form"
        raise OrderError(message, where=str(output), hint=f"name a folder, and --to one of {forms}")
    if form and f".{form}" not in formats.WRITABLE:
        raise OrderError(f"there is no form {form}", hint=f"forms there are: {forms}")
    return conversion.below(output, pattern or f"{{stem}}.{form}")


@commands.command()
def schema() -> None:
    """Print the JSON Schema of the front matter of Markdown, for editors."""
    from masthead.formats import front_matter_schema

    print(json.dumps(front_matter_schema(), ensure_ascii=False, indent=2))


def _tell(document: Document) -> None:
    """Tell people what looks wrong in the source."""
    for finding in document.findings:
        people.print(escape(f"{finding.where}: {finding.message}"), style="yellow", soft_wrap=True)
