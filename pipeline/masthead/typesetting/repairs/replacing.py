"""How a repair takes the place of a function of WeasyPrint, for a while and on one version only."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import weasyprint

from masthead.document import TypesettingError

VERSION = "70.0"
"""The WeasyPrint that every repair is proven on."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """`owner.name` becomes `function`. `owner` is a module, whose functions may stand in tables, or a class, whose
    functions may be properties."""

    owner: Any
    name: str
    function: Callable[..., Any] | property | dict[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Repair:
    """Something mended inside WeasyPrint: `replacements` makes the functions that mend it, when it is switched on."""

    name: str
    replacements: Callable[[], tuple[Replacement, ...]]


@contextmanager
def switched_on(repairs: Iterable[Repair]) -> Iterator[None]:
    """Put `repairs` in place, and what stood there back again. Raises TypesettingError on another WeasyPrint."""
    repairs = tuple(repairs)
    if repairs and weasyprint.__version__ != VERSION:
        raise TypesettingError(
            f"WeasyPrint {weasyprint.__version__} is installed, and the repairs are proven on {VERSION} alone",
            hint=f"pip install weasyprint=={VERSION}",
        )
    kept = []
    try:
        for replacement in (each for repair in repairs for each in repair.replacements()):
            kept.append((replacement, getattr(replacement.owner, replacement.name, None)))
            setattr(replacement.owner, replacement.name, replacement.function)
        yield
    finally:
        for replacement, function in reversed(kept):
            if function is None:
                delattr(replacement.owner, replacement.name)
            else:
                setattr(replacement.owner, replacement.name, function)


@cache
def rewritten(owner: Any, name: str, *changes: tuple[str, str]) -> Callable[..., Any]:
    """The function `owner.name` with each text in `changes` replaced by its second; each must stand there once.

    `owner` is a module or a class.

    For a change of few lines in a function of hundreds: what is written is the patch itself.
    """
    function = getattr(owner, name)
    source = textwrap.dedent(inspect.getsource(function))
    for old, new in changes:
        if source.count(old) != 1:
            raise TypesettingError(f"WeasyPrint's {owner.__name__}.{name} is not the one that the repair is made for")
        source = source.replace(old, new)
    names: dict[str, Callable[..., Any]] = {}
    exec(compile(source, f"<{owner.__name__}.{name}, repaired>", "exec"), function.__globals__, names)
    return names[name]
