"""The dry run: sheets as a picture, each page with its number, before anything is printed."""

from __future__ import annotations

from masthead.press.imposition.formes import MM, Place
from masthead.press.imposition.impositions import Imposition

_GAP = 8.0  # millimetres between faces
_HEAD = 10.0


def picture(imposition: Imposition) -> str:
    """Draw all sheets as SVG, a row each, front and back side by side, in millimetres."""
    width, height = imposition.plan.width / MM, imposition.plan.height / MM
    drawn, y = [], _GAP
    for number, (edge, sheets) in enumerate(imposition.runs, 1):
        drawn.append(_text(_GAP, y + 6, f"{number}: bound at the {edge}, {len(sheets)} sheets", "start"))
        y += _HEAD
        faces = list(imposition.faces(sheets))
        for index, (sheet, face) in enumerate(faces):
            x = _GAP + (index % 2) * (width + _GAP)
            drawn.append(f'<g transform="translate({x:.1f} {y:.1f})">')
            drawn.append(f'<rect class="sheet" width="{width:.1f}" height="{height:.1f}"/>')
            drawn += [_place(place, imposition.plan.height) for place in imposition.plan.places(face)]
            side = "back" if index % 2 else "front"
            label = f"sheet {index // 2 + 1} {side}, signature {sheet.signature + 1}"
            drawn.append(_text(width / 2, height + 5, label, "middle") + "</g>")
            if index % 2:
                y += height + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * width + 3 * _GAP:.1f} {y + _GAP:.1f}" '
        f'font-family="sans-serif" font-size="5">\n'
        "<style>.sheet{fill:#fff;stroke:#888;stroke-width:.4}.page{fill:#e8eef6;stroke:#245;stroke-width:.3}"
        ".blank{fill:none;stroke:#999;stroke-width:.3;stroke-dasharray:2}</style>\n"
        '<rect width="100%" height="100%" fill="#f4f4f4"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _place(place: Place, sheet_height: float) -> str:
    trim = place.trim
    x, y = trim.left / MM, (sheet_height - trim.top) / MM
    width, height = trim.width / MM, trim.height / MM
    kind = "blank" if place.page is None else "page"
    box = f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    if place.page is None:
        return box
    size, middle, centre = width / 3, x + width / 2, y + height / 2
    turn = f' transform="rotate(180 {middle:.1f} {centre:.1f})"' if place.turned else ""
    return (
        f'{box}<text x="{middle:.1f}" y="{centre + size / 3:.1f}" font-size="{size:.1f}" '
        f'text-anchor="middle"{turn}>{place.page + 1}</text>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
