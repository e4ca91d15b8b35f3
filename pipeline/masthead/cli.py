"""The `masthead` command: parse, call one function, print, exit.

The product of a command goes to standard output, everything said to people to standard error. Exit codes: 0 done,
1 findings, 2 wrong usage, 3 and on as `masthead.errors` has them, 70 a fault of ours.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from masthead.errors import MastheadError

# Stages import slowly (a third of a second for WeasyPrint): each command imports what it needs, so that --help is quick.

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Publish United Nations parliamentary documents as PDF, Arabic first.",
)
people = Console(stderr=True, highlight=False)

Sources = Annotated[list[Path], typer.Argument(metavar="SOURCE…", help="Documents: transcripts (.txt) or Markdown (.md).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
