"""Places in TOML files, and hints for their keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def suggestion(key: str, known: Iterable[str]) -> str:
    """Return the hint for an unknown key: the one that was probably meant, or all known ones."""
    known = list(known)
    near = get_close_matches(key, known, 1)
    return f"did you mean {near[0]}?" if near else f"available keys: {', '.join(known)}"


def line_of(text: str, place: Sequence[str]) -> int:
    """Return the line of a key in TOML, or that of the nearest table around it, counted from 1."""
    best, depth = 1, -1
    section: tuple[str, ...] = ()
    for at, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?([^\]]+)\]", line):
            section = tuple(part.strip().strip("\"'") for part in header[1].split("."))
            here = section
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            here = (*section, *(part.strip("\"'") for part in key[1].split(".")))
        else:
            continue
        if here == tuple(place[: len(here)]) and len(here) > depth:
            best, depth = at, len(here)
    return best
