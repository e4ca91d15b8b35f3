"""All the rules, in the order in which they are applied and published."""

from __future__ import annotations

from collections.abc import Iterable

from masthead.document import Rule
from masthead.pdf import Evidence
from masthead.preflight import (
    accessibility,
    actual_text,
    additions,
    archive,
    artifacts,
    baselines,
    bookmarks,
    boxes,
    completeness,
    flow,
    identity,
    languages,
    links,
    metadata,
    numbering,
    numbers,
    pictures,
    placement,
    press,
    script,
    strokes,
    structure,
    tables,
    typefaces,
    visible,
)

_AREAS = (
    *("identity", "structure", "numbering", "flow", "completeness", "script", "fonts"),
    *("boxes", "links", "accessibility", "archive", "metadata", "press"),
)
# Within an area, rules are in the order of these modules; some modules have rules of two areas.
_MODULES = (
    identity,
    structure,
    boxes,
    accessibility,
    languages,
    bookmarks,
    placement,
    tables,
    numbering,
    flow,
    completeness,
    numbers,
    visible,
    pictures,
    artifacts,
    actual_text,
    script,
    strokes,
    baselines,
    typefaces,
    links,
    additions,
    archive,
    metadata,
    press,
)


def in_order(rules: Iterable[Rule[Evidence]]) -> tuple[Rule[Evidence], ...]:
    """Return rules in the order of their areas. Raises ValueError if an area is not in the list."""
    rules = tuple(rules)
    if unknown := [rule.id for rule in rules if rule.area not in _AREAS]:
        raise ValueError(f"rules of an unknown area: {', '.join(unknown)}; add the area to _AREAS in {__name__}")
    return tuple(sorted(rules, key=lambda rule: _AREAS.index(rule.area)))


CHECKS = in_order(rule for module in _MODULES for rule in module.RULES)
