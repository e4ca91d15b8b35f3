"""The author's commands: `new`, `convert` and `schema`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from masthead.cli import streams
from masthead.cli.console import (
    READ_FORMS,
    WRITTEN_FORMS,
    argument,
    chosen,
    complain,
    completed,
    option,
    people,
    print_json,
    warn_of,
)
from masthead.document import Document, DocumentType, Language, OrderError, Organ, Severity, files

if TYPE_CHECKING:
    from masthead.batch import Place
    from masthead.publication import Source

commands = typer.Typer()

_ORGANIZATION = "organization"


def _kinds(incomplete: str) -> list[str]:
    return [kind for kind in (*DocumentType, _ORGANIZATION) if kind.startswith(incomplete)]


def _languages(incomplete: str) -> list[str]:
    return [language for language in Language if language.startswith(incomplete)]


def _organs(incomplete: str) -> list[str]:
    return [organ for organ in Organ if organ.startswith(incomplete)]


_SOURCES = "Documents, folders, globs, manifests, PDFs made by Masthead, or - for standard input."
_OUTPUT = "File to write, whose suffix selects the form, a folder, or - for standard output."
_FORM = "Form to write, if the output is a folder or standard output: md, txt, html, …"
_CHANGES = "Tracked changes of Word files: accept, reject, or keep as marked text; by default accept, and report them."
_PATTERN = "Names of the files in the folder, with the fields {symbol}, {lang}, {type} and {stem}, and a suffix."


@commands.command()
def new(
    kind: Annotated[str, argument("Type of the document, or “organization”.", "TYPE", autocompletion=_kinds)],
    name: Annotated[str | None, argument("Name of the new organization.", "NAME")] = None,
    language: Annotated[
        list[str] | None,
        option(
            "Language of the document; of an organization, all of them.",
            "--language",
            "-l",
            metavar="LANGUAGE",
            autocompletion=_languages,
        ),
    ] = None,
    organ: Annotated[
        str | None,
        option(
            "Organ that issues the document.", metavar="ORGAN", show_default="the usual one", autocompletion=_organs
        ),
    ] = None,
    day: Annotated[datetime | None, option("Date of issue; by default today.", "--date", formats=["%Y-%m-%d"])] = None,
    output: Annotated[
        Path | None,
        option("File to write, whose suffix selects the form; the organization's folder.", "--output", "-o"),
    ] = None,
) -> None:
    """Write a new document that can be published at once, and then edited. Without -o, print it as Markdown.

    masthead new organization NAME writes the folder of an organization.
    """
    if not language:
        raise typer.BadParameter("name one: -l ar", param_hint="'--language' / '-l'")
    if kind == _ORGANIZATION:
        _new_organization(name, language, output)
        return
    if name or len(language) > 1:
        raise OrderError("a document has one language and no name here", hint="masthead new report -l ar -o X.md")
    from masthead import formats

    of_type, spoken = chosen(DocumentType, kind, "TYPE"), chosen(Language, language[0], "--language' / '-l")
    by = chosen(Organ, organ, "--organ") if organ else formats.usual_organ(of_type)
    document = formats.new_document(of_type, spoken, by, day.date() if day else date.today())
    data = formats.render(document, (output and output.suffix) or ".md")
    if output is None or str(output) == streams.STREAM:
        streams.write(data)
    elif output.exists():  # perhaps somebody's work, so there is no option to replace it
        raise OrderError("file already exists", where=str(output), hint="name another file, or remove this one")
    else:
        files.save(output, data)
        print(output)


def _new_organization(name: str | None, languages: Sequence[str], output: Path | None) -> None:
    """Write the folder of an organization, and print what is in it and what is to be done."""
    from masthead import publication

    if not name:
        raise OrderError("the organization has no name", hint='masthead new organization "Harbour Board" -l en')
    folder = output or Path("-".join(re.findall(r"\w+", name.lower())))
    for path in publication.new_organization(folder, name, languages):
        print(path)
    people.print(f"publish it: masthead publish documents, in the folder {folder}; what is missing: masthead doctor")


@commands.command()
def convert(
    sources: Annotated[list[str], argument(_SOURCES, "SOURCE…")],
    output: Annotated[Path | None, option(_OUTPUT, "--output", "-o")] = None,
    form: Annotated[str | None, option(_FORM, "--to", metavar="FORM", autocompletion=completed(WRITTEN_FORMS))] = None,
    pattern: Annotated[str | None, option(_PATTERN)] = None,
    force: Annotated[bool, option("Replace existing files.", "--force")] = False,
    lenient: Annotated[
        bool, option("Exit with 0 even if words, pictures or objects of a source are lost.", "--lenient")
    ] = False,
    read_as: Annotated[
        str, option(streams.FROM, "--from", metavar="FORM", autocompletion=completed(READ_FORMS))
    ] = "md",
    changes: Annotated[Literal["accept", "reject", "keep"] | None, option(_CHANGES)] = None,
) -> None:
    """Convert documents to another form: one to a file or standard output, many to a folder.

    Every document is converted before the first file is written. A document that fails does not affect the others.
    """
    from masthead.batch import conversion, gather

    read = _reader(changes)
    if output is None or str(output) == streams.STREAM or streams.STREAM in sources:
        document = _print(sources, output, form, pattern, read_as, read)
        if not lenient and _is_incomplete(document):
            raise typer.Exit(1)
        return
    paths = gather(sources)
    made, errors = conversion.prepare(paths, _place(output, form, pattern, len(paths)), read)
    conversion.write(made, force=force)
    for each in made:
        warn_of(each.document.findings)
        print(each.output)
    for error in errors:
        complain(error)
    if errors:
        raise typer.Exit(errors[0].exit_code)
    if not lenient and any(map(_is_incomplete, (each.document for each in made))):
        raise typer.Exit(1)


def _is_incomplete(document: Document) -> bool:
    """Return whether so much of the source is not in the document that the conversion is incomplete."""
    return any(finding.severity is Severity.ERROR for finding in document.findings)


def _reader(changes: str | None) -> Callable[[Source], Document]:
    """Return the function that reads a source, in which tracked changes are treated so."""
    from masthead import publication
    from masthead.formats import Changes

    if changes is None:
        return publication.read_any
    if changes == "keep":
        return _merged
    return lambda source: publication.read_resolved(source, Changes(changes))


def _merged(source: Source) -> Document:
    """Return a document that shows what the tracked changes of a source change, with the findings about both texts."""
    from masthead import publication, redline

    found = publication.tracked(source)
    return replace(redline.merge(found), findings=tuple(dict.fromkeys((*found.old.findings, *found.new.findings))))


def _print(
    sources: Sequence[str],
    output: Path | None,
    form: str | None,
    pattern: str | None,
    read_as: str,
    read: Callable[[Source], Document],
) -> Document:
    """Convert one document from standard input, or to standard output."""
    from masthead import formats
    from masthead.batch import gather

    paths = sources if streams.STREAM in sources else [*map(str, gather(sources))]
    if len(paths) > 1 or pattern:
        raise OrderError("no output given", hint="name a folder: -o FOLDER --to md")
    document = read(streams.source_file(paths[0], read_as) if paths[0] == streams.STREAM else Path(paths[0]))
    to_stream = output is None or str(output) == streams.STREAM
    suffix = f".{(form or 'md').lstrip('.')}" if to_stream or form or output is None else output.suffix
    data = formats.render(document, suffix)
    warn_of(document.findings)
    if to_stream or output is None:
        streams.write(data)
    elif output.exists() and output.read_bytes() != data:
        raise OrderError("file already exists", where=str(output), hint="name another file, or remove this one")
    else:
        files.save(output, data)
        print(output)
    return document


def _place(output: Path, form: str | None, pattern: str | None, count: int) -> Place:
    """Return where outputs go: to the file `output`, or into the folder of that name."""
    from masthead import formats
    from masthead.batch import conversion

    forms = ", ".join(suffix.lstrip(".") for suffix in formats.WRITABLE)
    if output.suffix in formats.WRITABLE and not output.is_dir():
        if count > 1 or form or pattern:
            raise OrderError("the output must be a folder", where=str(output), hint="-o FOLDER --to md")
        return lambda source, document: output
    if form and pattern:
        raise OrderError("the pattern already selects the form", where=pattern, hint="leave --to out")
    if not form and not pattern:
        message = f"unknown form: {output.suffix}" if output.suffix else "no form given"
        raise OrderError(message, where=str(output), hint=f"name a folder, and --to one of {forms}")
    if form and f".{form}" not in formats.WRITABLE:
        raise OrderError(f"unknown form: {form}", hint=f"available forms: {forms}")
    return conversion.below(output, pattern or f"{{stem}}.{form}")


@commands.command()
def schema() -> None:
    """Print the JSON Schema of the front matter, with which text editors can complete and check it."""
    from masthead.formats import front_matter_schema

    print_json(front_matter_schema(), indent=2)
