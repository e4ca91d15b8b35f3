"""The dry run of an imposition: a picture of the sheets, with a number on each page."""

from __future__ import annotations

from masthead.press.imposition.imposing import Imposition
from masthead.press.imposition.layout import MM, Placement
from masthead.press.imposition.schemes import side

_GAP = 8.0  # millimetres between faces
_HEAD = 10.0  # millimetres for the line above the sheets of a publication


def preview_svg(imposition: Imposition) -> str:
    """Draw all sheets as SVG, one in each row, front and back side by side. The unit is one millimetre."""
    width, height = imposition.layout.width / MM, imposition.layout.height / MM
    drawn, y = [], _GAP
    for publication, (edge, sheets) in enumerate(imposition.publications, 1):
        drawn.append(_text(_GAP, y + 6, f"{publication}: bound at the {edge}, {len(sheets)} sheets", "start"))
        y += _HEAD
        number = 0
        for sheet, face in imposition.faces(sheets):
            is_front = face is sheet.front
            number += is_front
            x = _GAP + (0 if is_front else width + _GAP)
            drawn.append(f'<g transform="translate({x:.1f} {y:.1f})">')
            drawn.append(f'<rect class="sheet" width="{width:.1f}" height="{height:.1f}"/>')
            drawn += [_page(each, imposition.layout.height) for each in imposition.layout.placements(face)]
            label = f"sheet {number} {side(sheet, face)}, signature {sheet.signature + 1}"
            drawn.append(_text(width / 2, height + 5, label, "middle") + "</g>")
            if not is_front or not sheet.back:
                y += height + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * width + 3 * _GAP:.1f} {y + _GAP:.1f}" '
        f'font-family="sans-serif" font-size="5">\n'
        "<style>.sheet{fill:#fff;stroke:#888;stroke-width:.4}.page{fill:#e8eef6;stroke:#245;stroke-width:.3}"
        ".blank{fill:none;stroke:#999;stroke-width:.3;stroke-dasharray:2}</style>\n"
        '<rect width="100%" height="100%" fill="#f4f4f4"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _page(placement: Placement, sheet_height: float) -> str:
    trim = placement.trim
    x, y = trim.left / MM, (sheet_height - trim.top) / MM  # SVG counts downwards, PDF upwards
    width, height = trim.width / MM, trim.height / MM
    kind = "blank" if placement.page is None else "page"
    box = f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    if placement.page is None:
        return box
    size, middle, centre = width / 3, x + width / 2, y + height / 2
    turn = f' transform="rotate(180 {middle:.1f} {centre:.1f})"' if placement.turned else ""
    return (
        f'{box}<text x="{middle:.1f}" y="{centre + size / 3:.1f}" font-size="{size:.1f}" '
        f'text-anchor="middle"{turn}>{placement.page + 1}</text>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
