"""Texts that changed in some language versions since earlier ones, and not in others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from masthead.document import Document, Language
from masthead.editing.concordance.alignment import Row, Version
from masthead.editing.concordance.disagreement import Disagreement
from masthead.redline import ChangeKind, changes, redline

_KINDS = (ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.DIVIDED, ChangeKind.MERGED, ChangeKind.MOVED)


def revisions(
    versions: Sequence[Version], rows: Sequence[Row], earlier: Mapping[Language, Document]
) -> Iterator[Disagreement]:
    """Yield a disagreement for each row whose words changed in some versions alone, among those with an earlier one.

    The versions that differ are the fewer, or all of them if there is no majority.
    """
    changed = {
        version.name: _changed(earlier[version.language], version.document)
        for version in versions
        if version.language in earlier
    }
    for at, row in enumerate(rows):
        places = {
            version.name: version.units[index].place
            for version, index in zip(versions, row, strict=True)
            if index is not None and version.name in changed
        }
        new = [name for name, place in places.items() if place in changed[name]]
        same = [name for name in places if name not in new]
        if new and same:
            few = tuple(places) if len(new) == len(same) else tuple(new if len(new) < len(same) else same)
            message = f"changed in {', '.join(new)}, but not in {', '.join(same)}"
            yield Disagreement.of("revision", next(iter(places.values())), message, few, at)


def _changed(old: Document, new: Document) -> set[str]:
    """Return the places of the new document whose words are others than in the old one."""
    found = changes(redline(old, new)).changes
    return {place for each in found if each.kind in _KINDS and each.words for place in each.places[1].split("; ")}
