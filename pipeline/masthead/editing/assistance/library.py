"""The sources beside a source, by their symbols."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from masthead.document import Organ, ResolutionNumber, organizations
from masthead.document.references import resolution_symbol
from masthead.editing.assistance.draft import SourceDraft

_MOST = 1_000  # files
_FRONT = 2**16  # characters of a file that are read


def beside(source: Path) -> Mapping[str, Path]:
    """Return the Markdown sources in the folder of `source` by symbol, its own among them."""
    found: dict[str, Path] = {}
    with suppress(OSError):
        for path in sorted(source.parent.glob("*.md"))[:_MOST]:
            symbol = _symbol_of(path, path.stat().st_mtime_ns)
            if symbol:
                found.setdefault(symbol, path)
    return found


@organizations.per_organization
def _symbol_of(path: Path, time: int) -> str:
    """Return the symbol in the front matter of a file that was changed at a `time`."""
    with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8-sig") as file:
        return symbol_of(SourceDraft(str(path), file.read(_FRONT)))
    return ""


def symbol_of(draft: SourceDraft) -> str:
    """Return the symbol of a draft: the one it states, or that which follows from its number; empty if it has none."""
    front = draft.front
    if "symbol" in front:
        return front["symbol"]
    with suppress(ValueError):
        return str(resolution_symbol(Organ(front.get("organ", "")), ResolutionNumber.parse(front.get("number", ""))))
    return ""
