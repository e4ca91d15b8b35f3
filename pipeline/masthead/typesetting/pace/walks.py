"""The boxes in a box are listed by one generator, not by one in another for each level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from masthead.typesetting.engine.weasyprint.formatting_structure.boxes import Box


def descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """Yield a box and all boxes in it; those in absolutely positioned ones only with `placeholders`."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        if not isinstance(box, Box):
            if not placeholders:
                yield box
                continue
            box = box._box
        yield box
        waiting.extend(reversed(box.children))


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    Box.descendants = descendants
