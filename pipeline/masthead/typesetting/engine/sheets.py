"""Style sheets as WeasyPrint parsed them, kept between commands.

To parse its own style sheet and those of a document takes WeasyPrint 60 ms, to read what it made of them 4 ms. What is
kept has code, the functions of selectors, so it is beside the table of `document.compiled`, in a folder to which
confined workers cannot write.
"""

from __future__ import annotations

import hashlib
import io
import marshal
import pickle
import sys
from collections.abc import Callable
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any

from masthead.document import cache, compiled, installed_version

_FORM = 2  # of what is kept
# What the functions of selectors use.
_GLOBALS = {
    name: getattr(import_module("cssselect2.compiler"), name)
    for name in ("split_whitespace", "ascii_lower", "urlparse")
}


def read(*key: object) -> Any:
    """Return what was kept for a style sheet, a new object each time; None if nothing was.

    The key has all that its rules depend on besides the versions of WeasyPrint's parsers and of Python.
    """
    data = cache.read(_name(key), compiled.FOLDER)
    return None if data is None else pickle.loads(data)


def keep(sheet: object, *key: object) -> None:
    """Keep what a style sheet was parsed into, if possible."""
    file = io.BytesIO()
    _Pickler(file, 5).dump(sheet)
    cache.write(_name(key), file.getvalue(), compiled.FOLDER)
    cache.trim(compiled.SHEETS, _MOST, compiled.FOLDER)


_MOST = 2**24  # bytes of what is kept: the style sheets of some ten installations


def own(parse: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that gives WeasyPrint's own style sheets, which `parse` makes of text, and their counters."""

    def kept(*, string: str, counter_style: dict[str, Any] | None = None) -> Any:
        if counter_style is None:  # that for presentational hints, which is empty
            return parse(string=string)
        found = read(string)
        if found is None:
            before = set(counter_style)
            sheet = parse(string=string, counter_style=counter_style)
            counters = {name: style for name, style in counter_style.items() if name not in before}
            keep((sheet, counters), string)
            return sheet
        sheet, counters = found
        counter_style.update(counters)
        return sheet

    return kept


class _Pickler(pickle.Pickler):
    """Writes the functions of selectors as code, which pickles do not hold by themselves."""

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, FunctionType) and value.__name__ == "<lambda>":
            return _selector, (marshal.dumps(value.__code__),)
        return NotImplemented


def _selector(code: bytes) -> FunctionType:
    """Return the function of a selector, as cssselect2 makes it."""
    function: CodeType = marshal.loads(code)
    return FunctionType(function, _GLOBALS)


def _name(key: tuple[object, ...]) -> str:
    made_by = (_FORM, sys.version, *map(installed_version, ("weasyprint", "tinycss2", "cssselect2")), key)
    return f"{compiled.SHEETS}/{hashlib.sha256(repr(made_by).encode()).hexdigest()[:32]}"
