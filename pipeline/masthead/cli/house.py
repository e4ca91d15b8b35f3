"""The organization that a command works for: of `--organization`, of the environment, or of `masthead.toml`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from typer.core import TyperOption

from masthead.document import OrderError, Organization, organizations, settings

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
    path = settings.find(Path.cwd())
    folder = settings.read(path).get("organization") if path else None
    return Path(folder) if folder else None


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
