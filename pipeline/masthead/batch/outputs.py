"""The names of many outputs: made from a pattern, and never those of another output or of a source."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from masthead.document import OrderError


def check_pattern(pattern: str, fields: Collection[str], suffixes: Collection[str]) -> None:
    """Raise OrderError if `pattern` (`{lang}/{symbol}.pdf`) is not a relative path of these fields and suffixes."""
    try:
        named = {field for _, field, _, _ in string.Formatter().parse(pattern) if field is not None}
    except ValueError as error:
        raise OrderError(f"invalid pattern: {error}".lower(), where=pattern) from None
    if unknown := named - set(fields):
        hint = f"available fields: {listed(fields)}"
        raise OrderError(f"the pattern has no field {{{min(unknown)}}}", where=pattern, hint=hint)
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts or path.suffix not in suffixes:
        endings = " or ".join(sorted(suffixes))
        raise OrderError(f"a pattern must be a path inside the output folder that ends in {endings}", where=pattern)


def check_outputs(outputs: Iterable[tuple[str, Path, Path]], fields: Collection[str]) -> None:
    """Raise OrderError if two of (title, source, output) have the same output, or one would replace a source.

    Outputs that differ only in case or in Unicode normalization are the same, as on some file systems.
    """
    outputs = tuple(outputs)
    sources = {folded(source) for _, source, _ in outputs}
    taken: dict[str, str] = {}
    for title, _, output in outputs:
        key = folded(output)
        if key in sources:
            raise OrderError("the output would replace a source", where=str(output), hint="name another output")
        if key in taken:
            hint = f"distinguish them in the pattern by {listed(fields)}"
            raise OrderError(f"{taken[key]} and {title} have the same output", where=str(output), hint=hint)
        taken[key] = title


def folded(path: Path) -> str:
    """Return what two paths have in common if they may be one file."""
    return unicodedata.normalize("NFC", str(path.absolute())).casefold()


def listed(fields: Iterable[str]) -> str:
    """Return the fields as they are written in a pattern."""
    return ", ".join(f"{{{field}}}" for field in fields)
