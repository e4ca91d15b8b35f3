"""`masthead.toml`: what a project publishes, and how, so that commands need not repeat it.

The file is looked for in the working folder and above it. Its paths are relative to its own folder. The command line
overrides the environment (`MASTHEAD_OUTPUT` …), and the environment overrides the file. Unknown keys are errors.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masthead.document import files
from masthead.document.errors import OrderError

if TYPE_CHECKING:
    from masthead.document.settings_form import Settings

NAME = "masthead.toml"


def find(start: Path) -> Path | None:
    """Return the settings file of the folder `start`, or of the nearest folder above that has one."""
    start = start.resolve()
    return next((folder / NAME for folder in (start, *start.parents) if (folder / NAME).is_file()), None)


def read(path: Path) -> Settings:
    """Return what the file sets, its paths made absolute. Raises OrderError."""
    # Slow to import, and most folders have no such file.
    import difflib

    from pydantic import TypeAdapter, ValidationError

    from masthead.document.settings_form import Settings

    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise OrderError(f"the settings cannot be read: {files.reason(error)}", where=str(path)) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OrderError(f"the settings cannot be read: {error}", where=str(path)) from None
    known = list(Settings.__annotations__)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"available keys: {', '.join(known)}"
            raise OrderError(f"unknown setting: {key}", where=str(path), hint=hint)
    # Strict validation accepts a list for a tuple, and a string for an enumeration, from JSON only.
    text = json.dumps(_absolute(table, path.resolve().parent), default=str)
    try:
        return TypeAdapter(Settings).validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"
        raise OrderError(message, where=str(path), hint="docs/batch.md explains each setting") from None


def _absolute(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The table with absolute paths; values of the wrong type are left for validation to report."""
    absolute = dict(table)
    for key in ("output", "emblem", "organization"):
        if isinstance(table.get(key), str):
            absolute[key] = str(folder / table[key])
    for key in ("sources", "pictures"):
        if isinstance(table.get(key), list):
            absolute[key] = [str(folder / each) if isinstance(each, str) else each for each in table[key]]
    return absolute
