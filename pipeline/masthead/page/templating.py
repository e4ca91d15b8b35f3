"""Render templates with Jinja: documents for paper and web, and the HTML of all reports."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from masthead.document import TemplateError, installed_version, upgrades
from masthead.document import cache as kept


def render(name: str, /, *folders: Path, **values: Any) -> str:
    """Render the template `name` with `values`. It and the templates it uses are searched for in `folders`, in order.

    `bundled/` before a name means the last of the folders: a template may extend the one that it replaces.

    Values are escaped unless they are Markup, and an undefined value is an error. Raises TemplateError.
    """
    try:
        return _environment(folders).get_template(name).render(values)
    except jinja2.TemplateError as error:
        where = f"{getattr(error, 'name', None) or name}:{getattr(error, 'lineno', None) or ''}".rstrip(":")
        hint = upgrades.HINT if upgrades.happened() else ""
        raise TemplateError(f"the template failed: {error}", where=where, hint=hint) from error


_OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


@cache
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    loader: jinja2.BaseLoader = jinja2.FileSystemLoader(folders)
    if len(folders) > 1:
        bundled = jinja2.PrefixLoader({"bundled": jinja2.FileSystemLoader(folders[-1])})
        loader = jinja2.ChoiceLoader([loader, bundled])
    return jinja2.Environment(loader=loader, bytecode_cache=_Compiled(), **_OPTIONS)


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates in the user's cache, by versions of Jinja and Python and by options.

    Jinja itself compares the text of a template and the version of Python with those in the cached data.
    """

    def load_bytecode(self, bucket: Any) -> None:
        if data := kept.read(_name(bucket.key)):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Any) -> None:
        kept.write(_name(bucket.key), bucket.bytecode_to_string())


def _name(template: str) -> str:
    made_by = (installed_version("jinja2"), sys.implementation.cache_tag, repr(_OPTIONS), template)
    return f"templates/{hashlib.sha256(repr(made_by).encode()).hexdigest()[:32]}"


def script_data(value: Any) -> Markup:
    """Return JSON for a script element, escaped so that nothing in it ends the element or begins a comment."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
