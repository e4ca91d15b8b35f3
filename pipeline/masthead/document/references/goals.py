"""The Sustainable Development Goals and their targets (A/RES/70/1)."""

from __future__ import annotations

# The number of targets of each goal, and how many of these have a letter: 1.a, 1.b.
_TARGETS = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)
_LETTERED = (2, 3, 4, 3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 0)


def is_goal(number: str) -> bool:
    """Return whether `number` is a goal: from 1 to 17."""
    return number.isdigit() and 1 <= int(number) <= len(_TARGETS)


def is_target(value: str) -> bool:
    """Return whether `value`, such as `5.2` or `5.a`, is one of the 169 targets."""
    goal, _, target = value.partition(".")
    if not is_goal(goal) or not target:
        return False
    lettered = _LETTERED[int(goal) - 1]
    if target.isdigit():
        return 1 <= int(target) <= _TARGETS[int(goal) - 1] - lettered
    return ord(target) - ord("a") < lettered
