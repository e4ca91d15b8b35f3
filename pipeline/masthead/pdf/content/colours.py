"""Colours and transparency in the content of a page: what may hide text, and what a press would print wrongly."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from masthead.pdf.content import resources
from masthead.pdf.damage import DAMAGE

_DARK, _BLACK = 0.5, 0.7

_PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"'}


def is_light(colour: Sequence[float]) -> bool:
    """Whether a grey, RGB or CMYK colour is nearer to white than to black; pure blue, the colour of links, is not."""
    values = [min(max(value, 0.0), 1.0) for value in colour]
    if len(values) == 4:
        return max(values[3], sum(values[:3]) / 2) < _DARK
    return max(values, default=1.0) >= _DARK and values != [0, 0, 1]


def is_coloured(colour: Sequence[float]) -> bool:
    """Whether a grey, RGB or CMYK colour is neither black nor the pure blue of links. Inks that a press mixes to black
    are black.
    """
    if len(colour) == 4:
        return min(colour[3] + min(colour[:3]), 1.0) < _BLACK
    return max(colour, default=0.0) > 1 - _BLACK and list(colour) != [0, 0, 1]


def transparent_states(page: pikepdf.Page) -> frozenset[str]:
    """Return the names of graphics states that are transparent, or blend with what is below (ISO 32000-1, table 58)."""
    states = resources.of_page(page, "/ExtGState").items()
    return frozenset(name for name, state in states if _is_transparent(resources.dictionary(state)))


def _is_transparent(state: pikepdf.Object) -> bool:
    try:
        opacity = float(state.get("/ca", 1))
    except DAMAGE:
        return True
    mask, mode = state.get("/SMask", "/None"), state.get("/BM", "/Normal")
    return mask != "/None" or mode not in ("/Normal", "/Compatible") or opacity < _DARK


def has_rgb_black(page: pikepdf.Page) -> bool:
    """Whether black is defined in red, green and blue."""
    colours = (instruction.operands for instruction in pikepdf.parse_content_stream(page, "rg RG"))
    return any(all(float(value) == 0 for value in colour) for colour in colours)


def has_white_overprint(page: pikepdf.Page) -> bool:
    """Whether something white is painted while overprint is on."""
    states = resources.of_page(page, "/ExtGState")
    overprints = {name: bool(state.get("/op", state.get("/OP", False))) for name, state in states.items()}
    if not any(overprints.values()):
        return False
    stack: list[tuple[bool, bool]] = []
    on, white = False, False
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "q":
            stack.append((on, white))
        elif operator == "Q" and stack:
            on, white = stack.pop()
        elif operator == "gs":
            on = overprints.get(str(operands[0]), on)
        elif operator in ("g", "rg"):
            white = all(float(value) == 1 for value in operands)
        elif operator == "k":
            white = all(float(value) == 0 for value in operands)
        elif operator in _PAINT and on and white:
            return True
    return False
