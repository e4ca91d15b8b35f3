"""Where the outputs of many sources go: named by a pattern, and none another's, or a source's."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from masthead.document import OrderError


def check_pattern(pattern: str, fields: Collection[str], suffixes: Collection[str]) -> None:
    """Raise OrderError where `pattern` cannot name outputs: `{lang}/{symbol}.pdf`, of these fields and suffixes."""
    try:
        named = {field for _, field, _, _ in string.Formatter().parse(pattern) if field is not None}
    except ValueError as error:
        raise OrderError(f"not a pattern: {error}".lower(), where=pattern) from None
    if unknown := named - set(fields):
        raise OrderError(
            f"the pattern has no field {{{min(unknown)}}}", where=pattern, hint=f"fields there are: {_list(fields)}"
        )
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts or path.suffix not in suffixes:
        raise OrderError(
            f"a pattern is a path below the output that ends in {' or '.join(sorted(suffixes))}", where=pattern
        )


def check_outputs(outputs: Iterable[tuple[str, Path, Path]], fields: Collection[str]) -> None:
    """Raise OrderError where two of (title, source, output) have one output, or one would replace a source.

    Outputs that differ in case or in composition of letters are one: some file systems take them so.
    """
    outputs = tuple(outputs)
    sources = {_folded(source) for _, source, _ in outputs}
    taken: dict[str, str] = {}
    for title, _, output in outputs:
        key = _folded(output)
        if key in sources:
            raise OrderError("the output would replace a source", where=str(output), hint="name another output")
        if key in taken:
            raise OrderError(
                f"{taken[key]} and {title} have one output",
                where=str(output),
                hint=f"tell them apart in the pattern: {_list(fields)}",
            )
        taken[key] = title


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path.absolute())).casefold()


def _list(fields: Iterable[str]) -> str:
    return ", ".join(f"{{{field}}}" for field in fields)
