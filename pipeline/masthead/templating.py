"""Values → HTML, by Jinja: documents on paper and on the web, and every page that reports something."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from masthead.errors import TemplateError


def render(name: str, /, *folders: Path, **values: Any) -> str:
    """Return what the template `name` makes of `values`; it and those it uses are looked for in `folders`, in turn.

    A value enters as text, unless it is Markup, and what has no value is no empty text. Raises TemplateError.
    """
    try:
        return _environment(folders).get_template(name).render(values)
    except jinja2.TemplateError as error:
        where = f"{getattr(error, 'name', None) or name}:{getattr(error, 'lineno', None) or ''}".rstrip(":")
        raise TemplateError(f"the template fails: {error}", where=where) from error


@cache
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
