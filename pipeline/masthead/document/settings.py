"""`masthead.toml`: what a project publishes, and how, so that a command need not say it.

The file is looked for in the working folder and above. Its paths are relative to its own folder. The command line goes
before the environment (`MASTHEAD_OUTPUT` …), the environment before the file. A key that is none is an error.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, ClassVar

from annotated_types import Ge, Gt, MinLen

from masthead.document.errors import OrderError
from masthead.document.model import Pagination
from masthead.document.terms import Variant

NAME = "masthead.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Each key of the file; None where the file does not say."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "strict": True}

    sources: tuple[str, ...] | None = None
    output: str | None = None
    pattern: str | None = None
    variants: Annotated[tuple[Variant, ...], MinLen(1)] | None = None
    pagination: Pagination | None = None
    profile: str | None = None
    emblem: str | None = None
    jobs: Annotated[int, Ge(1)] | None = None
    timeout: Annotated[float, Gt(0)] | None = None
    memory: Annotated[int, Ge(64)] | None = None
    retries: Annotated[int, Ge(0)] | None = None
    comparison: dict[str, Any] | None = None  # judged by masthead.comparison.tolerance


def find(start: Path) -> Path | None:
    """Return the settings file of the folder `start` or of the nearest above that has one."""
    start = start.resolve()
    return next((folder / NAME for folder in (start, *start.parents) if (folder / NAME).is_file()), None)


def read(path: Path) -> Settings:
    """Return what the file says, its paths made absolute. Raises OrderError."""
    from pydantic import TypeAdapter, ValidationError  # imports slowly, and most folders have no such file

    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OrderError(f"the settings cannot be read: {error}", where=str(path)) from None
    names = [field.name for field in fields(Settings)]
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key, names, 1)
            hint = f"is {near[0]} meant?" if near else f"keys there are: {', '.join(names)}"
            raise OrderError(f"no such setting: {key}", where=str(path), hint=hint)
    try:
        return TypeAdapter(Settings).validate_json(_json(_absolute(table, path.resolve().parent)))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"
        raise OrderError(message, where=str(path), hint="docs/batch.md says what each setting may be") from None


def _absolute(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The table with paths from the root; what is no text is left to be found wrong."""
    absolute = dict(table)
    for key in ("output", "emblem"):
        if isinstance(table.get(key), str):
            absolute[key] = str(folder / table[key])
    if isinstance(table.get("sources"), list):
        absolute["sources"] = [str(folder / each) if isinstance(each, str) else each for each in table["sources"]]
    return absolute


def _json(table: Mapping[str, Any]) -> str:
    """Strict reading takes a list for a tuple, and a text for a term, from JSON alone."""
    return json.dumps(table, default=str)
