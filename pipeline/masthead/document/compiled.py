"""What Python compiles while it runs, kept between commands: regular expressions, and functions made from text.

Python keeps the bytecode of modules. But each time that a command publishes a document, it compiles some 650
expressions, a thousand methods of dataclasses and 400 selectors of style sheets, which is a tenth of what the command
costs. `keep` is for processes of Masthead itself: it changes how `re` and `dataclasses` compile.

The table holds code that every command runs, so it is not in the folder of the cache, to which workers may write after
they have opened a source. What a worker compiles later is kept if the command, which opens none, compiles it too
(`learn`).
"""

from __future__ import annotations

import dataclasses
import hashlib
import marshal
import re
import sys
from array import array
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from masthead.document import cache

FOLDER = "masthead-compiled"
"""The folder in the user's cache. Confined workers cannot write to it, and read `SHEETS` alone."""
SHEETS = "sheets"
"""The folder in it of style sheets as they are parsed."""
_FORM = 1  # of the table
_MOST = 2**22  # bytes of the table
_LONGEST = 20_000  # characters of an expression that a worker may hand over
_MANY = 2_000  # such expressions

Expression = tuple[str | bytes, int]
"""The text of a regular expression, and its flags."""
# An expression as `_sre.compile` takes it: all flags, code, number of groups, groups by name.
_Code = tuple[int, bytes, int, dict[str, int]]

_expressions: dict[Expression, _Code] = {}
_functions: dict[bytes, bytes] = {}
_used: set[Expression | bytes] = set()
"""What this process took from the table or added to it."""
_new: list[Expression] = []
_is_changed = False
_compile: Any = None
"""How `re` itself compiles an expression; None until `keep` was called."""


def keep() -> None:
    """Compile nothing that is in the table; have everything else added to it. Other versions of Python do as ever."""
    global _compile
    if _compile is not None or not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return
    from re import _compiler  # type: ignore[attr-defined]

    _read()
    _compile = _compiler.compile
    _compiler.compile = _compiled
    dataclasses.exec = _run  # type: ignore[attr-defined]  # a name of the module is found before that of the language


def _read() -> None:
    if data := cache.read(_name(), FOLDER):
        expressions, functions = marshal.loads(data)
        _expressions.update(expressions)
        _functions.update(functions)


def save() -> None:
    """Keep what was added to the table, if possible. One that is full begins again with what this process used."""
    global _is_changed
    if _is_changed:
        _is_changed = False
        _read()  # another process may have added to it
        data = marshal.dumps((_expressions, _functions))
        if len(data) > _MOST or len(_expressions) > _MANY:  # most of it is of earlier versions
            for expression in _expressions.keys() - _used:
                del _expressions[expression]
            for source in _functions.keys() - _used:
                del _functions[source]
            data = marshal.dumps((_expressions, _functions))
        cache.write(_name(), data, FOLDER)


def take_new() -> tuple[Expression, ...]:
    """Return the expressions that were added to the table since this was last called."""
    taken = tuple(_new)
    _new.clear()
    return taken


def learn(expressions: Iterable[Expression]) -> None:
    """Compile the expressions of a worker for the table, but none that is unusually long."""
    if _compile is None:
        return
    for text, flags in expressions:
        if (
            len(_expressions) < _MANY
            and isinstance(text, str | bytes)
            and len(text) < _LONGEST
            and (text, flags) not in _expressions
        ):
            try:
                _compiled(text, int(flags))
            except (re.error, ValueError, TypeError, RecursionError, OverflowError):
                continue


def _name() -> str:
    import _sre  # type: ignore[import-not-found]

    return hashlib.sha256(repr((_FORM, sys.version, _sre.MAGIC, _sre.CODESIZE)).encode()).hexdigest()[:32]


def _compiled(pattern: Any, flags: int = 0) -> Any:
    """Compile an expression as `re` does."""
    import _sre

    key = (pattern, int(flags))
    if isinstance(pattern, str | bytes) and (known := _expressions.get(key)):
        _used.add(key)
        return _made(_sre, pattern, known)
    if not isinstance(pattern, str | bytes) or flags & re.DEBUG:
        return _compile(pattern, flags)
    from re import _compiler, _parser  # type: ignore[attr-defined]

    # What `re` itself does, which does not return the code.
    parsed = _parser.parse(pattern, flags)
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    entry = int(flags | parsed.state.flags), code, parsed.state.groups - 1, dict(parsed.state.groupdict)
    if not _is_reordered(pattern):
        global _is_changed
        _expressions[key] = entry
        _used.add(key)
        _new.append(key)
        _is_changed = True
    return _made(_sre, pattern, entry)


def _is_reordered(pattern: str | bytes) -> bool:
    """Return whether an expression is one of the table in another order: libraries make some from Python's sets."""
    characters = sorted(pattern)
    return any(len(known) == len(pattern) and sorted(known) == characters for known, _ in _expressions)


def _made(sre: Any, pattern: str | bytes, entry: _Code) -> Any:
    flags, code, groups, names = entry
    by_index: list[str | None] = [None] * (groups + 1)
    for name, index in names.items():
        by_index[index] = name
    return sre.compile(pattern, flags, array("I", code).tolist(), groups, names, tuple(by_index))


def code_of(source: str, file: str = "<string>", mode: str = "exec") -> Any:
    """Return the code of a text that is made while a command runs, as `compile` does."""
    global _is_changed
    if _compile is None:
        return compile(source, file, mode, dont_inherit=True)
    key = hashlib.blake2b(f"{mode}\0{file}\0{source}".encode(), digest_size=16).digest()
    _used.add(key)
    if known := _functions.get(key):
        return marshal.loads(known)
    code = compile(source, file, mode, dont_inherit=True)
    _functions[key] = marshal.dumps(code)
    _is_changed = True
    return code


def keep_evaluations(module: ModuleType) -> None:
    """Have a module that makes functions by `eval` do so by the table, if this process keeps one."""
    if _compile is not None:
        vars(module)["eval"] = _evaluate


def _run(source: Any, *scopes: Mapping[str, Any]) -> None:
    """Do what `exec` does for `dataclasses`, which gives it the text of functions."""
    exec(code_of(source) if isinstance(source, str) else source, *scopes)  # type: ignore[arg-type]


def _evaluate(source: Any, *scopes: Mapping[str, Any]) -> Any:
    return eval(code_of(source, mode="eval") if isinstance(source, str) else source, *scopes)  # type: ignore[arg-type]
