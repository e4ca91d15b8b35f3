"""`masthead doctor`: is everything that Masthead needs installed?"""

from __future__ import annotations

from dataclasses import asdict

import typer
from rich.console import Console
from rich.markup import escape

from masthead.cli.console import AsJson, print_json

commands = typer.Typer()


@commands.command()
def doctor(as_json: AsJson = False) -> None:
    """Check that everything Masthead needs is installed; print how to install what is missing.

    With --organization, also print what the organization still lacks.
    """
    from rich.table import Table

    from masthead.cli import requirements

    found = requirements.diagnose()
    if as_json:
        print_json([asdict(each) for each in found])
    else:
        table = Table("", "component", "for", "found", "how to install it", box=None, pad_edge=False)
        for each in found:
            sign = "[green]✓[/]" if each.ok else "[red]✗[/]"
            table.add_row(sign, *map(escape, (each.name, each.need, each.found, "" if each.ok else each.hint)))
        Console(highlight=False, emoji=False).print(table)
    raise typer.Exit(int(not requirements.can_publish(found)))
