"""Colours and transparency in the content of a page: what may hide text, and what a press would print wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pikepdf

from masthead.pdf.content import resources
from masthead.pdf.damage import DAMAGE

_DARK, _BLACK = 0.5, 0.7
_OPACITIES = {"/ca", "/CA"}

_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"'}
# The operators for the colour of fills, and the value of each part of white; those for strokes are in capitals. Only
# process inks and separations are set by `sc`, since a press copy has no other spaces.
_WHITES = {"g": 1, "rg": 1, "k": 0, "sc": 0, "scn": 0}


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


class States(NamedTuple):
    """The names of graphics states (ISO 32000-1, table 58) that are transparent, or blend with what is below, and of
    those that only say that they are opaque."""

    transparent: frozenset[str]
    opaque: frozenset[str]


def graphics_states(page: pikepdf.Page) -> States:
    """Return what is known of the page's graphics states."""
    transparent, opaque = [], []
    for name, state in resources.of_page(page, "/ExtGState").items():
        entries = resources.dictionary(state)
        if _OPACITIES.issuperset(entries.keys()) and all(value == 1 for value in entries.values()):
            opaque.append(name)
        elif _is_transparent(entries):
            transparent.append(name)
    return States(frozenset(transparent), frozenset(opaque))


def _is_transparent(state: pikepdf.Object) -> bool:
    try:
        opacity = float(state.get("/ca", 1))
    except DAMAGE:
        return True
    mask, mode = state.get("/SMask", "/None"), state.get("/BM", "/Normal")
    return mask != "/None" or mode not in ("/Normal", "/Compatible") or opacity < _DARK


def has_rgb_black(page: pikepdf.Page) -> bool:
    """Whether black is defined in red, green and blue, on the page itself or in a form that it draws."""
    streams: tuple[pikepdf.Page | pikepdf.Object, ...] = (
        page,
        *_forms(resources.dictionary(page.obj.get("/Resources")), set()),
    )
    colours = (each.operands for stream in streams for each in pikepdf.parse_content_stream(stream, "rg RG"))
    return any(all(float(value) == 0 for value in colour) for colour in colours)


def _forms(holder: Any, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """Yield the forms that resources name, and those that these name."""
    for each in resources.dictionary(holder.get("/XObject")).values():
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form" and each.objgen not in seen:
            seen.add(each.objgen)
            yield each
            yield from _forms(resources.dictionary(each.get("/Resources")), seen)


@dataclass(frozen=True, slots=True)
class _Paint:
    """A graphics state: whether fills and strokes overprint what is below, and whether they are white."""

    fill_over: bool = False
    stroke_over: bool = False
    fill_white: bool = False
    stroke_white: bool = False


def has_white_overprint(page: pikepdf.Page) -> bool:
    """Whether something white is filled or stroked while overprint is on, on the page or in a form that it draws."""
    return _overprints_white(page, resources.dictionary(page.obj.get("/Resources")), _Paint(), frozenset())


def _overprints_white(
    stream: pikepdf.Page | pikepdf.Object, holder: Any, paint: _Paint, within: frozenset[tuple[int, int]]
) -> bool:
    states, forms = resources.dictionary(holder.get("/ExtGState")), resources.dictionary(holder.get("/XObject"))
    stack: list[_Paint] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "q":
            stack.append(paint)
        elif operator == "Q" and stack:
            paint = stack.pop()
        elif operator == "gs":
            paint = _with_state(paint, resources.dictionary(states.get(str(operands[0]))))
        elif operator in _WHITES:
            paint = replace(paint, fill_white=_is_white(operator, operands))
        elif operator.lower() in _WHITES:
            paint = replace(paint, stroke_white=_is_white(operator.lower(), operands))
        elif operator == "Do":
            form = forms.get(str(operands[0]))
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form" and form.objgen not in within:
                inner = resources.dictionary(form.get("/Resources", holder))
                if _overprints_white(form, inner, paint, within | {form.objgen}):
                    return True
        filled = operator in _FILLS and paint.fill_over and paint.fill_white
        if filled or (operator in _STROKES and paint.stroke_over and paint.stroke_white):
            return True
    return False


def _with_state(paint: _Paint, state: Any) -> _Paint:
    """Return the graphics state after `gs`: `/OP` is for both where `/op` is missing (ISO 32000-1, table 58)."""
    strokes = state.get("/OP")
    fills = state.get("/op", strokes)
    if strokes is not None:
        paint = replace(paint, stroke_over=bool(strokes))
    return paint if fills is None else replace(paint, fill_over=bool(fills))


def _is_white(operator: str, operands: Sequence[Any]) -> bool:
    """Whether an operator for the colour of fills sets white: no ink, or all light. A tint of a spot colour is ink."""
    numbers = [float(value) for value in operands if not isinstance(value, pikepdf.Name)]
    return bool(numbers) and all(value == _WHITES[operator] for value in numbers)
