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
from typing import Annotated, Any

import typer
from typer.core import TyperGroup, TyperOption
from typer.main import get_command_name

from masthead.cli import author, check, doctor, lint, parallel, prepress, publish, redline, review, serve, signing
from masthead.cli import print as print_
from masthead.cli.console import complain, option, verbosity
from masthead.cli.house import for_sources, organization_option
from masthead.cli.signals import interruptions
from masthead.document import MastheadError, check_interpreter, installed_version

# The stages are slow to import (WeasyPrint takes a third of a second), so each command imports what it needs, and
# --help imports none.

_PURPOSE = "Publish United Nations parliamentary documents as PDF, Arabic first."
_NAMES = {"help_option_names": ["-h", "--help"]}

_QUIET = "Print results and errors only."
_VERBOSE = "Print more: why each document is made, and where a bug happened."


class _Commands(TyperGroup):
    """The commands, each with --quiet and --verbose, before or after its name, and with --organization."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        if command and not any(each.name == "quiet" for each in command.params):
            command.params += [_switch("quiet", _QUIET), _switch("verbose", _VERBOSE), organization_option()]
            for_sources(command)
        return command


def _switch(name: str, purpose: str) -> TyperOption:
    """Return an option of every command that changes how much is printed."""

    def change(ctx: Any, param: Any, value: bool) -> None:
        verbosity.add(**{name: value})

    names = [f"--{name}", f"-{name[0]}"]
    return TyperOption(param_decls=names, is_flag=True, help=purpose, expose_value=False, callback=change)


def _commands() -> typer.Typer:
    return typer.Typer(
        cls=_Commands, no_args_is_help=True, pretty_exceptions_enable=False, context_settings=_NAMES, help=_PURPOSE
    )


app = _commands()
app.command()(publish.publish)
for group in (parallel, author, review, redline, serve, prepress, print_, signing, lint, check, doctor):
    app.add_typer(group.commands)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"masthead {installed_version('masthead')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, option("Print the version and exit.", "--version", callback=_print_version, is_eager=True)
    ] = False,
    quiet: Annotated[bool, option(_QUIET, "--quiet", "-q")] = False,
    verbose: Annotated[bool, option(_VERBOSE, "--verbose", "-v")] = False,
) -> None:
    """Accept the options that come before the name of a command."""
    interruptions.begun = True
    verbosity.set(quiet=quiet, verbose=verbose)


def _alone(name: str) -> typer.Typer:
    """Return an app with one command; all commands if none has the name.

    Typer reads the options of each command that an app has, which takes as long as importing Typer.
    """
    groups = (each.typer_instance for each in app.registered_groups)
    for group in (app, *filter(None, groups)):
        for each in group.registered_commands:
            if each.callback and name == (each.name or get_command_name(each.callback.__name__)):
                alone = _commands()
                alone.registered_callback, alone.registered_commands = app.registered_callback, [each]
                return alone
    return app


def main() -> None:
    """Run the command. A MastheadError becomes a message, a hint and an exit code; SIGTERM ends it as SIGINT does."""
    interruptions.install()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of files may hold bytes that are not text
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # its warnings are about fonts verified by hash
    try:
        check_interpreter()
        _alone(sys.argv[1] if len(sys.argv) > 1 else "")()
    except SystemExit as ending:
        if ending.code == 128 + signal.SIGINT:  # Typer ends so after any KeyboardInterrupt
            sys.exit(interruptions.exit_code)
        raise
    except MastheadError as error:
        complain(error)
        sys.exit(error.exit_code)
    except Exception as error:
        if "MASTHEAD_TRACE" in os.environ or verbosity.is_verbose:
            raise
        bug = MastheadError.unexpected(error)
        complain(bug)
        sys.exit(bug.exit_code)
