"""What the commands share: options, and messages on standard error. Results go to standard output."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from masthead.document import DocumentType, Finding, Language, MastheadError, OrderError, Organ, files


def option(purpose: str, *names: str, variable: str = "", **settings: Any) -> Any:
    """Return an option of the command line; `MASTHEAD_{variable}` sets it in the environment."""
    if variable:
        settings |= {"envvar": f"MASTHEAD_{variable}", "show_envvar": False}
    return typer.Option(*names, help=purpose, **settings)


def argument(purpose: str, metavar: str, **settings: Any) -> Any:
    """Return an argument of the command line, shown as `metavar` in help."""
    return typer.Argument(metavar=metavar, help=purpose, **settings)


Given = TypeVar("Given")


def takes(options: type[Given]) -> Callable[[Callable[[Given], None]], Callable[..., None]]:
    """Return a decorator for a command whose options are the fields of a NamedTuple, and those of its fields in turn.

    Their annotations must be types, not strings.
    """

    def decorated(command: Callable[[Given], None]) -> Callable[..., None]:
        @wraps(command)
        def filled(**given: Any) -> None:
            command(_filled(options, given))

        parameters = list(_parameters(options))
        filled.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what Typer reads
        filled.__annotations__ = {each.name: each.annotation for each in parameters}
        return filled

    return decorated


def _parameters(options: Any) -> Iterator[inspect.Parameter]:
    for name, kind in options.__annotations__.items():
        if hasattr(kind, "_fields"):
            yield from _parameters(kind)
        else:
            default = options._field_defaults.get(name, inspect.Parameter.empty)
            yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _filled(options: Any, given: dict[str, Any]) -> Any:
    kinds = options.__annotations__.items()
    return options(*(_filled(kind, given) if hasattr(kind, "_fields") else given[name] for name, kind in kinds))


N = TypeVar("N", Organ, Language, DocumentType)


def chosen(names: type[N], text: str, option: str) -> N:
    """Return the name that an option has as its value, one of those of the organization. Raises BadParameter."""
    if text not in names:
        known = ", ".join(repr(str(name)) for name in names)
        raise typer.BadParameter(f"{text!r} is not one of {known}.", param_hint=f"'{option}'")
    return names(text)


def renamed(**names: str) -> dict[str, Any]:
    """Return the settings of a command that still accepts the old names of its options: `renamed(old="new")`."""
    return {"token_normalize_func": lambda name: names.get(name, name)}


def completed(values: Iterable[str]) -> Callable[[str], list[str]]:
    """Return the completion of an option with these values, for shells."""
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]


AsJson = Annotated[bool, option("Print JSON.", "--json")]
JsonLines = Annotated[bool, option("Print JSON, one line for each result.", "--json")]
PROFILE_NAMES = ("default", "archive", "plain", "press", "sheets", "foreign")
PROFILES = f"Name of the set of rules: {', '.join(PROFILE_NAMES)}"
READ_FORMS = ("md", "docx", "akn", "xml", "txt")
WRITTEN_FORMS = ("md", "docx", "akn", "xml", "html", "txt")
SETTINGS = "Settings file; by default the nearest masthead.toml."

people = Console(stderr=True, highlight=False, emoji=False)


@dataclass(slots=True)
class Verbosity:
    """How much the commands print: with --quiet only results and errors, with --verbose reasons and tracebacks too."""

    is_verbose: bool = False

    def set(self, *, quiet: bool, verbose: bool) -> None:
        people.quiet, self.is_verbose = quiet, verbose

    def add(self, *, quiet: bool = False, verbose: bool = False) -> None:
        """Take an option after the name of a command, in addition to those before it."""
        self.set(quiet=people.quiet or quiet, verbose=self.is_verbose or verbose)


verbosity = Verbosity()


def print_path(path: Path) -> None:
    """Print the path of what was made, in one line."""
    print(files.printable(str(path)), flush=True)


def print_json(value: object, indent: int | None = None) -> None:
    """Print a value as JSON, in one line without an `indent`."""
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)


def complain(error: MastheadError) -> None:
    """Print everything that is wrong, and what to do next, also when only errors are printed."""
    quiet, people.quiet = people.quiet, False
    for each in error.each:
        people.print(f"[red]{escape(files.printable(str(each)))}[/]", soft_wrap=True)
        if each.hint:
            people.print(f"hint: {escape(files.printable(each.hint))}", soft_wrap=True)
    people.quiet = quiet


def warn(message: str) -> None:
    """Print what looks wrong but stops nothing."""
    people.print(escape(message), style="yellow", soft_wrap=True)


def warn_of(findings: Iterable[Finding]) -> None:
    """Print what looks wrong in a source."""
    for finding in findings:
        place = finding.where or finding.location
        warn(f"{place}: {finding.severity}: {finding.message} [{finding.rule}]")


def require_serve_extra() -> None:
    """Raise OrderError if the extra `serve` is not installed."""
    if not all(find_spec(name) for name in ("starlette", "uvicorn", "watchfiles")):
        raise OrderError("browser views need additional packages", hint="pip install 'masthead[serve]'")
