"""The Sustainable Development Goals and how many targets each has (A/RES/70/1)."""

from __future__ import annotations

_TARGETS = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)
_LETTERED = (2, 3, 4, 2, 3, 2, 2, 2, 2, 3, 3, 3, 2, 3, 3, 2, 0)  # of these: 1.a, 1.b


def is_goal(number: str) -> bool:
    """Tell whether there is a goal of this number, from 1 to 17."""
    return number.isdigit() and 1 <= int(number) <= len(_TARGETS)


def is_target(value: str) -> bool:
    """Tell whether `value`, as `5.2` or `5.a`, is one of the 169 targets."""
    goal, _, target = value.partition(".")
    if not is_goal(goal) or not target:
        return False
    lettered = _LETTERED[int(goal) - 1]
    if target.isdigit():
        return 1 <= int(target) <= _TARGETS[int(goal) - 1] - lettered
    return ord(target) - ord("a") < lettered
