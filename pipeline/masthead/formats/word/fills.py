"""The colours and patterns of DrawingML, with those of the file's theme (ISO/IEC 29500-1, 20.1.2.3 and 20.1.8)."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from masthead.formats.plotting.palette import Fill

Theme = Mapping[str, str]
"""The colours of a theme by their names, such as `accent1`: six hexadecimal digits."""

_SCHEME = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}  # names that a file maps to those of its theme
_SYSTEM = {"window": "FFFFFF", "windowText": "000000"}
_NAMED = {"black": "000000", "white": "FFFFFF", "gray": "808080", "grey": "808080"}
_LINES = {"horz": (0,), "vert": (90,), "updiag": (135,), "dndiag": (45,), "diagcross": (45, 135), "dmnd": (45, 135),
          "trellis": (45, 135), "cross": (0, 90), "grid": (0, 90), "check": (0, 90), "brick": (0, 90), "plaid": (0, 90),
          "weave": (45, 135), "wave": (0,), "zigzag": (0,), "sphere": (45, 135), "shingle": (45,)}  # fmt: skip
"""The angles of the lines of patterns, by parts of their names."""
_STEP = 3.0  # points between the lines of a pattern


def theme_colours(root: Any) -> dict[str, str]:
    """Return the colours of a theme part, none if there is no such part."""
    scheme = None if root is None else next(root.iter("{*}clrScheme"), None)
    found = {} if scheme is None else {_name(each): _plain(each, {}) for each in scheme}
    return {name: colour for name, colour in found.items() if colour}


def fill_of(properties: Any, theme: Theme) -> Fill | None:
    """Return how an area is filled, None where its properties do not say it or say something that is not read."""
    for each in () if properties is None else properties:
        match _name(each):
            case "solidFill":
                colour = _colour(each, theme)
                return Fill(colour) if colour else None
            case "gradFill":
                stops = [colour for stop in each.iter("{*}gs") if (colour := _colour(stop, theme))]
                return Fill(stops[0]) if stops else None
            case "pattFill":
                return _pattern(each, theme)
    return None


def line_of(properties: Any, theme: Theme) -> str:
    """Return the colour of a line, empty where its properties do not say it."""
    line = None if properties is None else properties.find("{*}ln")
    filled = None if line is None else line.find("{*}solidFill")
    return "" if filled is None else _colour(filled, theme)


def _pattern(element: Any, theme: Theme) -> Fill | None:
    fore, back = (
        _colour(found, theme) if (found := element.find(f"{{*}}{name}")) is not None else ""
        for name in ("fgClr", "bgClr")
    )
    if not fore or not back:
        return None
    preset = str(element.get("prst", "")).lower()
    angles = next((angles for part, angles in _LINES.items() if part in preset), ())
    if angles:
        return Fill(back, tuple((angle, _STEP) for angle in angles), fore)
    share = int(preset[3:]) / 100 if preset.startswith("pct") and preset[3:].isdecimal() else 0.0
    mixed = (round(f * share + b * (1 - share)) for f, b in zip(_parts(fore), _parts(back), strict=True))
    return Fill("#{:02x}{:02x}{:02x}".format(*mixed))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _colour(holder: Any, theme: Theme) -> str:
    """Return the colour in an element, `#7f7f7f`, with its changes; empty if it is not known."""
    for each in holder:
        if digits := _plain(each, theme):
            return _changed(digits, each)
    return ""


def _plain(element: Any, theme: Theme) -> str:
    """Return the six digits of a colour, or of the first in `element`, before its changes."""
    value = str(element.get("val", ""))
    match _name(element):
        case "srgbClr":
            digits = value
        case "sysClr":
            digits = str(element.get("lastClr", "")) or _SYSTEM.get(value, "")
        case "schemeClr":
            digits = theme.get(_SCHEME.get(value, value), "")
        case "prstClr":
            digits = _NAMED.get(value, "")
        case _:
            return next((digits for each in element if (digits := _plain(each, theme))), "")
    with suppress(ValueError):
        return digits if len(digits) == 6 and int(digits, 16) >= 0 else ""
    return ""


def _changed(digits: str, element: Any) -> str:
    """Return a colour with its changes in order. Tints and shades are of linear light, others of hue and lightness."""
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    for each in element:
        with suppress(ValueError):
            amount = int(each.get("val", "100000")) / 100_000
            match _name(each):
                case "tint":
                    red, green, blue = (_shown(_light(part) * amount + 1 - amount) for part in (red, green, blue))
                case "shade":
                    red, green, blue = (_shown(_light(part) * amount) for part in (red, green, blue))
                case "lumMod" | "lumOff" as name:
                    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
                    lightness = lightness * amount if name == "lumMod" else lightness + amount
                    red, green, blue = colorsys.hls_to_rgb(hue, min(max(lightness, 0.0), 1.0), saturation)
    # A half is rounded down, as Office does: half of white is #7f7f7f.
    return "#{:02x}{:02x}{:02x}".format(*(int(min(max(part, 0.0), 1.0) * 255 + 0.4999) for part in (red, green, blue)))


def _light(part: float) -> float:
    """Return the linear light of a part of a colour in sRGB (IEC 61966-2-1)."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _shown(light: float) -> float:
    light = min(max(light, 0.0), 1.0)
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
