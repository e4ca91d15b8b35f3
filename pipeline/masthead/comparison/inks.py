"""What a page is painted with, in the terms of a printer: inks and spot colours, overprint, blending, transparency.

PDFium gives colours as a screen shows them. A press needs to know of which inks they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pikepdf

from masthead.comparison.canonical import array, dictionary, inherited
from masthead.comparison.results import Difference, Layer

_SHOW, _FILL, _STROKE = {"Tj", "TJ", "'", '"'}, {"f", "F", "f*"}, {"S", "s"}
_BOTH = {"B", "B*", "b", "b*"}
_DEVICES = {"g": "grey", "rg": "RGB", "k": "CMYK"}  # the colour spaces that operators choose with a colour
_DEPTH = 12  # of forms in forms
_MODES = ("text", "outlined text", "outlined text", "invisible text", "text", "outlined text", "outlined text", "clip")
_SPACES = {
    "/DeviceGray": "grey",
    "/G": "grey",
    "/DeviceRGB": "RGB",
    "/RGB": "RGB",
    "/DeviceCMYK": "CMYK",
    "/CMYK": "CMYK",
}


class Paint(NamedTuple):
    """How something is painted: what it is, its colour, and what the graphics state adds."""

    what: str
    colour: str
    overprint: str = "off"
    opacity: str = "100%"
    blend: str = "Normal"
    intent: str = "RelativeColorimetric"


@dataclass(frozen=True, slots=True)
class _State:
    fill: str = "grey"
    line: str = "grey"
    fill_space: str = "grey"
    line_space: str = "grey"
    mode: int = 0
    over_fill: bool = False
    over_line: bool = False
    over_mode: int = 0
    opacity_fill: float = 1.0
    opacity_line: float = 1.0
    blend: str = "Normal"
    mask: bool = False
    intent: str = "RelativeColorimetric"


def read_paints(page: Any) -> Counter[Paint]:
    """Return what is painted on a page and how, with the number of operators that do so."""
    found: Counter[Paint] = Counter()
    try:
        _follow(page, dictionary(inherited(page, "/Resources")), _State(), found, 0)
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError) as error:
        found[Paint("content that cannot be read", str(error)[:80])] += 1
    return found


def _follow(holder: Any, resources: Any, state: _State, found: Counter[Paint], depth: int) -> None:
    stack: list[_State] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(state)
        elif operator == "Q":
            state = stack.pop() if stack else state
        elif operator == "Do":
            thing = dictionary(resources.get("/XObject")).get(str(instruction.operands[0]))
            if isinstance(thing, pikepdf.Stream):
                if thing.get("/Subtype") == "/Form":
                    if depth < _DEPTH:
                        _follow(thing, dictionary(thing.get("/Resources", resources)), state, found, depth + 1)
                else:
                    stencil = bool(thing.get("/ImageMask", False))
                    colour = state.fill if stencil else _space(thing.get("/ColorSpace"), resources)
                    found[_paint("picture", colour, state, line=False)] += 1
        elif operator == "INLINE IMAGE":
            found[_paint("picture", "inline", state, line=False)] += 1
        elif operator == "sh":
            found[_paint("shading", "", state, line=False)] += 1
        elif operator in _SHOW:
            what = _MODES[state.mode] if 0 <= state.mode < 8 else "text"
            line = state.mode in (1, 5)
            found[_paint(what, state.line if line else state.fill, state, line=line)] += 1
        elif operator in _FILL or operator in _BOTH:
            found[_paint("area", state.fill, state, line=False)] += 1
            if operator in _BOTH:
                found[_paint("line", state.line, state, line=True)] += 1
        elif operator in _STROKE:
            found[_paint("line", state.line, state, line=True)] += 1
        else:
            state = _changed(state, operator, list(instruction.operands), resources)


def _changed(state: _State, operator: str, operands: list[Any], resources: Any) -> _State:
    match operator:
        case "g" | "rg" | "k":
            return replace(state, fill=_device(operands), fill_space=_DEVICES[operator.lower()])
        case "G" | "RG" | "K":
            return replace(state, line=_device(operands), line_space=_DEVICES[operator.lower()])
        case "cs":
            space = _space(operands[0], resources)
            return replace(state, fill=space, fill_space=space)
        case "CS":
            space = _space(operands[0], resources)
            return replace(state, line=space, line_space=space)
        case "sc" | "scn":
            return replace(state, fill=_in(state.fill_space, operands))
        case "SC" | "SCN":
            return replace(state, line=_in(state.line_space, operands))
        case "Tr":
            return replace(state, mode=int(operands[0]))
        case "ri":
            return replace(state, intent=str(operands[0])[1:])
        case "gs":
            return _graphics(state, dictionary(dictionary(resources.get("/ExtGState")).get(str(operands[0]))))
    return state


def _graphics(state: _State, entries: Any) -> _State:
    over_line = bool(entries.get("/OP", state.over_line))
    blend = entries.get("/BM", f"/{state.blend}")
    blend = array(blend)[0] if isinstance(blend, pikepdf.Array) and len(blend) else blend
    return replace(
        state,
        over_line=over_line,
        over_fill=bool(entries.get("/op", over_line if "/OP" in entries else state.over_fill)),
        over_mode=int(entries.get("/OPM", state.over_mode)),
        opacity_fill=float(entries.get("/ca", state.opacity_fill)),
        opacity_line=float(entries.get("/CA", state.opacity_line)),
        blend=str(blend)[1:].replace("Compatible", "Normal"),
        mask=isinstance(entries.get("/SMask"), pikepdf.Dictionary) if "/SMask" in entries else state.mask,
        intent=str(entries.get("/RI", f"/{state.intent}"))[1:],
    )


def _paint(what: str, colour: str, state: _State, *, line: bool) -> Paint:
    over = state.over_line if line else state.over_fill
    opacity = state.opacity_line if line else state.opacity_fill
    return Paint(
        what,
        colour,
        f"on (mode {state.over_mode})" if over else "off",
        f"{opacity:.0%}" + (", soft mask" if state.mask else ""),
        state.blend,
        state.intent,
    )


def _device(operands: list[Any]) -> str:
    """A colour of a device. The values of grey and RGB are left out: glyphs and objects are compared by them."""
    values = [float(each) for each in operands]
    if len(values) == 4:
        return " ".join(f"{name}{value * 100:.0f}" for name, value in zip("CMYK", values, strict=True))
    return "RGB" if len(values) == 3 else "grey"


def _in(space: str, operands: list[Any]) -> str:
    values = [each for each in operands if not isinstance(each, pikepdf.Object)]
    if space in ("grey", "RGB", "CMYK"):
        return _device(values)
    if space.startswith(("spot colour", "inks")):
        return f"{space} {' '.join(f'{float(each):.0%}' for each in values)}"
    return f"{space} {' '.join(f'{float(each):.2f}' for each in values)}".strip()


def _space(value: Any, resources: Any) -> str:
    if isinstance(value, pikepdf.Name):
        if str(value) in _SPACES:
            return _SPACES[str(value)]
        named = dictionary(resources.get("/ColorSpace")).get(str(value))
        if named is None or isinstance(named, pikepdf.Name):
            return _SPACES.get(str(named or value), str(named or value)[1:])
        value = named
    parts = array(value)
    kind = str(parts[0])[1:] if parts else ""
    if kind == "Separation":
        return f"spot colour {str(parts[1])[1:]}"
    if kind == "DeviceN":
        return "inks " + " + ".join(str(each)[1:] for each in array(parts[1]))
    if kind == "ICCBased":
        return f"colour profile of {dictionary(parts[1]).get('/N', '?')} channels"
    if kind == "Indexed":
        return f"palette of {_space(parts[1], resources)}"
    return kind or "no colour space"


def differences(baseline: Counter[Paint], candidate: Counter[Paint], page: int) -> Iterator[Difference]:
    """Yield how things are painted otherwise on one page: colours in inks, overprint, opacity, blending."""
    for what in dict.fromkeys(each.what for each in (*baseline, *candidate)):
        gone, new = _less(baseline, candidate, what), _less(candidate, baseline, what)
        for old, now in zip(gone, new, strict=False):
            if not candidate[old] or not baseline[now]:  # words that were added and removed are painted as others are
                yield from _changes(old, now, page)
        yield from (_new(paint, page) for paint in new[len(gone) :] if not baseline[paint] and _is_odd(paint))
        yield from (_lost(paint, page) for paint in gone[len(new) :] if not candidate[paint] and _is_odd(paint))


def _less(counts: Counter[Paint], others: Counter[Paint], what: str) -> list[Paint]:
    """How the first side paints `what` more often than the other: what it alone has first."""
    found = [paint for paint, count in counts.items() if paint.what == what and count > others[paint]]
    return sorted(found, key=lambda paint: (others[paint] > 0, others[paint] - counts[paint], paint))


_NAMES = {"colour": "the ink", "overprint": "overprint", "opacity": "the opacity", "blend": "the blend mode"}
_NAMES |= {"intent": "the rendering intent"}
_PLURALS = {"text": "text", "outlined text": "outlined text", "invisible text": "invisible text", "area": "areas"}
_PLURALS |= {"line": "lines", "picture": "pictures", "shading": "shadings", "clip": "text that clips"}


def _changes(old: Paint, new: Paint, page: int) -> Iterator[Difference]:
    what = _PLURALS.get(old.what, old.what)
    for name in Paint._fields[1:]:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            of = f" of {what}" + (f" in {new.colour}" if name != "colour" else "")
            yield Difference(Layer.PICTURE, f"{_NAMES[name]}{of} was {was} and is now {now}", page)


def _is_odd(paint: Paint) -> bool:
    """Whether something is painted otherwise than text and pictures on a screen are."""
    usual = paint.colour in ("RGB", "grey", "") and paint[2:] == tuple(Paint._field_defaults.values())
    return not usual or paint.what in ("invisible text", "clip")


def _new(paint: Paint, page: int) -> Difference:
    return Difference(Layer.PICTURE, f"{_described(paint)} {_be(paint)} added", page)


def _lost(paint: Paint, page: int) -> Difference:
    return Difference(Layer.PICTURE, f"{_described(paint)} {_be(paint)} removed", page)


def _be(paint: Paint) -> str:
    return "were" if paint.what in ("area", "line", "picture", "shading") else "was"


def _described(paint: Paint) -> str:
    extra = [
        f"{_NAMES[name].removeprefix('the ')} {getattr(paint, name)}"
        for name, usual in Paint._field_defaults.items()
        if getattr(paint, name) != usual
    ]
    return f"{_PLURALS.get(paint.what, paint.what)} in {', '.join([paint.colour, *extra])}"
