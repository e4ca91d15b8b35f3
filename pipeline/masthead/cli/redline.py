"""The negotiator's command: `redline`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.console import AsJson, argument, option, print_json, print_path, warn
from masthead.document import OrderError, files

commands = typer.Typer()

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
    if output and output.suffix.lower() not in publication.FORMS:
        hint = f"a redline is written to {', '.join(publication.FORMS)}"
        raise OrderError(f"unknown form: {output.suffix or 'none'}", where=str(output), hint=hint)
    if output and output.exists() and not force:
        raise OrderError("file already exists", where=str(output), hint="--force replaces it")
    found = publication.tracked(sources[0]) if len(sources) == 1 else publication.compare_texts(*sources)
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
