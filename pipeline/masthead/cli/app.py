"""The `masthead` command. Each command parses its arguments, calls the room that does the work, prints, and exits.

The result of a command goes to standard output, messages to people go to standard error. Exit codes: 0 done,
1 findings or differences, 2 wrong usage, 3 to 8 as in `masthead.document.errors`, 70 a bug in Masthead.
"""

from __future__ import annotations

import io
import logging
import os
import signal
import sys
from importlib import metadata
from typing import Annotated

import typer

from masthead.cli import author, check, doctor, lint, publish, review
from masthead.cli import print as print_
from masthead.cli.console import complain, option
from masthead.cli.signals import interruptions
from masthead.document import MastheadError, check_interpreter, garbage

# The stages are slow to import (WeasyPrint takes a third of a second), so each command imports what it needs, and
# --help imports none.

_PURPOSE = "Publish United Nations parliamentary documents as PDF, Arabic first."
_NAMES = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, context_settings=_NAMES, help=_PURPOSE)
app.command()(publish.publish)
for group in (author, review, print_, lint, check, doctor):
    app.add_typer(group.commands)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"masthead {metadata.version('masthead')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, option("Print the version and exit.", "--version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Accept the options that come before the name of a command."""
    interruptions.begun = True


def main() -> None:
    """Run the command. A MastheadError becomes a message, a hint and an exit code; SIGTERM ends it as SIGINT does."""
    interruptions.install()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of files may hold bytes that are not text
    garbage.raise_gc_threshold()
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # its warnings are about fonts verified by hash
    try:
        check_interpreter()
        app()
    except SystemExit as ending:
        if ending.code == 128 + signal.SIGINT:  # Typer ends so after any KeyboardInterrupt
            sys.exit(interruptions.exit_code)
        raise
    except MastheadError as error:
        complain(error)
        sys.exit(error.exit_code)
    except Exception as error:
        if "MASTHEAD_TRACE" in os.environ:
            raise
        bug = MastheadError.unexpected(error)
        complain(bug)
        sys.exit(bug.exit_code)
