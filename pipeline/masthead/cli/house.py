"""The organization that a command works for: of `--organization`, of the environment, of `masthead.toml`, or of the
folder that its sources are in.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from typer.core import TyperArgument, TyperOption

from masthead.document import TEMPLATES, OrderError, Organization, organizations, settings

_PURPOSE = "Folder of the organization that publishes; by default that in the nearest masthead.toml."
_GIVEN = "masthead.organization"


def organization_option() -> TyperOption:
    """Return the option of every command that names the organization. It is read before the other options."""

    def choose(ctx: Any, param: Any, value: str | None) -> None:
        if value:
            ctx.meta[_GIVEN] = True
            use(ctx, Path(value), is_given=True)
        elif _GIVEN not in ctx.meta and (folder := _set_by_file()):
            use(ctx, folder)

    return TyperOption(
        param_decls=["--organization"],
        metavar="DIR",
        help=_PURPOSE,
        envvar="MASTHEAD_ORGANIZATION",
        show_envvar=False,
        expose_value=False,
        is_eager=True,
        callback=choose,
    )


def _set_by_file() -> Path | None:
    """Return the folder that the nearest settings file names."""
    return _named_by(settings.find(Path.cwd()))


def _named_by(path: Path | None) -> Path | None:
    folder = settings.read(path).get("organization") if path else None
    return Path(folder) if folder else None


def of_sources(values: Iterable[Any]) -> Path | None:
    """Return the organization of the folder that all files and folders among some values are in, or of one above it.

    A folder belongs to the organization that its `masthead.toml` names, or whose `organization.toml` is in it. None if
    they have no organization, or not all the same.
    """
    found: set[Path | None] = set()
    for value in values:
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, str | Path) and each and (path := Path(each)).exists():
                found.add(_above(path if path.is_dir() else path.parent))
    return found.pop() if len(found) == 1 else None


def _above(folder: Path) -> Path | None:
    """Return the organization of a folder, or of the nearest one above it that has one."""
    folder = folder.resolve()
    for each in (folder, *folder.parents):
        if (each / settings.NAME).is_file() and (named := _named_by(each / settings.NAME)):
            return named
        if (each / organizations.NAME).is_file() and each.resolve() != TEMPLATES.resolve():
            return each
    return None


def for_sources(command: Any) -> None:
    """Make a command work for the organization of its sources, if none is given and the working folder has none."""
    invoke = command.invoke

    def invoked(ctx: Any) -> Any:
        arguments = [each.name for each in command.params if isinstance(each, TyperArgument)]
        if _GIVEN not in ctx.meta and (folder := of_sources(ctx.params.get(name) for name in arguments)):
            use(ctx, folder)
        return invoke(ctx)

    command.invoke = invoked


def use(ctx: Any, folder: Path, *, is_given: bool = False) -> None:
    """Make the organization in `folder` the current one until the command ends, unless another was given before."""
    if is_given or _GIVEN not in ctx.meta:
        ctx.meta[_GIVEN] = True
        ctx.with_resource(Organization.load(folder).used())


def organization_above(source: Path) -> str:
    """Return a hint if the settings file above a source names another organization; empty if not.

    Commands read the settings file of the working folder, so that the one above a source may be another.
    """
    with suppress(OrderError):
        path = settings.find(source.parent)
        folder = settings.read(path).get("organization") if path else None
        if folder and Path(folder).resolve() not in organizations.current().folders:
            return f"{path} names another organization: --organization {folder}"
    return ""
