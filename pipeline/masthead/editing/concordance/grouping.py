"""Disagreements that repeat: the same difference of the same versions in many places is reported once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from masthead.editing.concordance.disagreement import Disagreement

_LEAST = 3  # places with the same difference that are reported together
_NAMED = 5  # places that the message names


def grouped(disagreements: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """Yield each disagreement, those of one kind with the same message once: at the first place, with all `rows`."""
    groups: dict[tuple[str, tuple[str, ...], str], list[Disagreement]] = {}
    for each in disagreements:
        groups.setdefault((each.rule, each.versions, each.message), []).append(each)
    for group in groups.values():
        if len(group) < _LEAST:
            yield from group
            continue
        places = ", ".join(each.where for each in group[:_NAMED])
        more = f" and {len(group) - _NAMED} more" if len(group) > _NAMED else ""
        message = f"{group[0].message}, in {len(group)} places: {places}{more}"
        yield replace(group[0], message=message, rows=tuple(each.row for each in group if each.row is not None))
