"""How `repairs`, `lines` and `pace` change the functions of the copies."""

from __future__ import annotations

import linecache
import textwrap
from collections.abc import Callable
from itertools import takewhile
from types import FunctionType
from typing import Any

from masthead.document import TypesettingError, compiled
from masthead.typesetting import engine


def replace(stock: Callable[..., Any], function: Callable[..., Any]) -> None:
    """Replace a function of a copy in every module of it that has imported the function by its name."""
    for module in engine.modules:
        if vars(module).get(stock.__name__) is stock:
            setattr(module, stock.__name__, function)


def patched(owner: Any, name: str, *changes: tuple[str, str]) -> Callable[..., Any]:
    """Return the function `name` of a module or class with each text in `changes` replaced by its second.

    For changes of a few lines in a function of hundreds. Raises TypesettingError where a text is not in the function
    exactly once.
    """
    function = getattr(owner, name)
    source = textwrap.dedent(_source(function))
    for old, new in changes:
        if source.count(old) != 1:
            raise TypesettingError(f"{owner.__name__}.{name} is not the function that the repair was made for")
        source = source.replace(old, new)
    names: dict[str, Callable[..., Any]] = {}
    exec(compiled.code_of(source, f"<{owner.__name__}.{name}, patched>"), function.__globals__, names)
    return names[name]


def _source(function: FunctionType) -> str:
    """Return the source of a function: its first line, and the lines after it that are indented further.

    `inspect.getsource` breaks the source into tokens for that, which takes 17 ms for the functions that are patched.
    """
    code = function.__code__
    first, *rest = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    deeper = " " * (len(first) - len(first.lstrip()) + 1)
    return first + "".join(takewhile(lambda line: line.isspace() or line.startswith(deeper), rest))
