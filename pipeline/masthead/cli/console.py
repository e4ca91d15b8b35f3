"""Messages to people: on standard error, since standard output holds only the product of a command."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from masthead.document import MastheadError

people = Console(stderr=True, highlight=False, emoji=False)


def complain(error: MastheadError) -> None:
    """Print what is wrong, and what to do next."""
    people.print(f"[red]{escape(str(error))}[/]", soft_wrap=True)
    if error.hint:
        people.print(f"hint: {escape(error.hint)}", soft_wrap=True)


def warn(message: str) -> None:
    """Print what looks wrong but stops nothing."""
    people.print(escape(message), style="yellow", soft_wrap=True)
