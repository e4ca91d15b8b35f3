"""What commands say to people: on standard error, where it is in no product's way."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from masthead.document import MastheadError

people = Console(stderr=True, highlight=False, emoji=False)


def complain(error: MastheadError) -> None:
    """Say what is wrong, and what to do next."""
    people.print(f"[red]{escape(str(error))}[/]", soft_wrap=True)
    if error.hint:
        people.print(f"hint: {escape(error.hint)}", soft_wrap=True)
