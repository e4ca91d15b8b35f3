"""The negotiator's commands: `redline` and `clean`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from masthead.cli.console import AsJson, argument, option, print_json, print_path, warn, warn_of
from masthead.document import OrderError, Severity, files

commands = typer.Typer()

_AUTHORS = "Adopt the proposals of this author, [EU: …], and delete those of others. May be repeated."
_BRACKETS = "Other text in brackets: adopt or delete it, or leave the brackets."
_SOURCES = "Two versions of a document, in any form that Masthead reads; or one Word file with tracked changes."
_OUTPUT = "File to write: .docx has tracked changes, .pdf and .html marks, .md CriticMarkup, .json a list."
_DATE = "Date of the tracked changes, in UTC; by default the date of issue of the new version."


@commands.command()
def redline(
    sources: Annotated[list[Path], argument(_SOURCES, "OLD NEW")],
    output: Annotated[Path | None, option(_OUTPUT, "--output", "-o")] = None,
    author: Annotated[str, option("Author of the tracked changes.")] = "Masthead",
    day: Annotated[datetime | None, option(_DATE, "--date", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])] = None,
    force: Annotated[bool, option("Replace an existing file.", "--force")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two versions of a text. Without -o, print them, and exit with 1 if there are any.

    Accepting all changes in the Word file gives the new version, rejecting them gives the old one.
    """
    from masthead import publication
    from masthead import redline as changes

    if len(sources) > 2:
        raise OrderError("more than two versions", hint="name the old version and the new one")
    if output:
        publication.check_form(output.suffix, str(output))
    if output and output.exists():
        if any(source.exists() and output.samefile(source) for source in sources):
            raise OrderError("the output would replace a source", where=str(output), hint="name another output")
        if not force:
            raise OrderError("file already exists", where=str(output), hint="--force replaces it")
    found = publication.tracked(sources[0]) if len(sources) == 1 else publication.compare_texts(*sources)
    findings = dict.fromkeys((*found.old.findings, *found.new.findings))
    warn_of(each for each in findings if each.severity is Severity.ERROR)  # the others are no changes
    listed = changes.changes(found)
    if output:
        stamp = day.replace(tzinfo=UTC) if day else None
        files.save(output, publication.render_redline(found, output.suffix, author=author, day=stamp))
        print_path(output)
        if not listed.changes:
            warn("nothing changed")
        return
    if as_json:
        print_json(changes.to_dict(listed), indent=2)
    else:
        for line in changes.to_lines(listed):
            print(line)
    raise typer.Exit(int(bool(listed.changes)))


@commands.command()
def clean(
    source: Annotated[Path, argument("A draft in any form that Masthead reads.", "DRAFT")],
    output: Annotated[Path | None, option("File to write; its suffix selects the form.", "--output", "-o")] = None,
    authors: Annotated[list[str] | None, option(_AUTHORS, "--adopt")] = None,
    alternative: Annotated[int, option("Adopt the alternatives with this number.", min=0)] = 0,
    others: Annotated[Literal["adopt", "delete", "leave"], option(_BRACKETS, "--brackets")] = "leave",
    renumber: Annotated[bool, option("Number the paragraphs as in an adopted text.", "--renumber")] = False,
    force: Annotated[bool, option("Replace an existing file.", "--force")] = False,
) -> None:
    """Decide about the brackets of a draft. What stays in brackets is listed, and then the exit code is 1.

    Without -o, list all text in brackets.
    """
    from masthead import formats, publication
    from masthead import redline as drafts

    document = publication.read_any(source)
    if output:
        if output.exists() and not force:
            raise OrderError("file already exists", where=str(output), hint="--force replaces it")
        undecided = {"adopt": True, "delete": False}.get(others)
        choices = drafts.DraftChoices(tuple(authors or ()), alternative, undecided, renumber)
        document = drafts.clean(document, choices)
        files.save(output, formats.render(document, output.suffix))
        print_path(output)
    left = drafts.brackets(document)
    for each in left:
        who = f" of {each.author}" if each.author else f" {each.number}" if each.number else ""
        print(f"{each.place}: {each.kind}{who}: {' '.join(each.text.split())}")
    raise typer.Exit(int(bool(left)))
