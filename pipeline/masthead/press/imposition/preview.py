"""The dry run of an imposition: a picture of the sheets, with a number on each page, and of the folds of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from masthead.page import render
from masthead.press.imposition.imposing import Imposition
from masthead.press.imposition.layout import MM, Placement
from masthead.press.imposition.schemes import Edge, Fold, Perfect, PlainScheme, Worked, folds_of, side

_GAP = 8.0  # millimetres between faces
_CELL = 16.0  # width of a page in the pictures of folds
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


def preview_html(imposition: Imposition) -> str:
    """Return a page that says how each publication is printed, folded and bound, with pictures of folds and sheets."""
    layout, plain = imposition.layout, _plain(imposition)
    grid = plain.grid
    publications = [
        {
            "name": name or f"publication {number}",
            "edge": str(edge),
            "sheets": len(sheets),
            "pages": sum(cell.page is not None for sheet in sheets for cell in (*sheet.front, *sheet.back)),
            "blanks": sum(cell.page is None for sheet in sheets for cell in (*sheet.front, *sheet.back)),
        }
        for number, (name, (edge, sheets)) in enumerate(zip(imposition.names, imposition.publications, strict=True), 1)
    ]
    edges = sorted({edge for edge, _ in imposition.publications}) if grid.folded and not grid.wrapped else []
    return render(
        "preview.html.j2",
        Path(__file__).parent,
        publications=publications,
        paper=f"{layout.width / MM:.0f} × {layout.height / MM:.0f} mm",
        scale=f"{layout.scale:.0%}",
        cut=layout.grid.halved,
        gathered=isinstance(plain, Perfect),
        foldings=[(str(edge), list(_foldings(imposition, edge))) for edge in edges],
        sheets=Markup(preview_svg(imposition)),
    )


def _plain(imposition: Imposition) -> PlainScheme:
    """Return the scheme of the sheets when they are cut."""
    scheme = imposition.scheme
    return scheme.scheme if isinstance(scheme, Worked) else scheme


def _foldings(imposition: Imposition, edge: Edge) -> Iterator[tuple[str, Markup]]:
    """Yield each fold of a sheet in words, and as a picture of the sheet before it; last, the folded sheet."""
    grid, layout = _plain(imposition).grid, imposition.layout
    height = layout.rows[0][0] - layout.rows[0][1]
    cell = _CELL, _CELL * height / (layout.columns[0][1] - layout.columns[0][0])
    columns, rows = grid.columns, grid.rows
    for fold in folds_of(grid, edge):
        yield f"the {fold}", _fold_picture(columns, rows, cell, fold)
        columns, rows = (columns // 2, rows) if fold in (Fold.LEFT, Fold.RIGHT) else (columns, rows - 1)
    yield f"page 1 is on top, the spine at the {edge}", _folded_picture(cell, edge)


def _fold_picture(columns: int, rows: int, cell: tuple[float, float], fold: Fold) -> Markup:
    """Draw a sheet that lies on its front: the part that moves is shaded, an arrow says where to."""
    width, height, edge = columns * cell[0], rows * cell[1], 4.0
    if fold in (Fold.LEFT, Fold.RIGHT):
        half, middle = width / 2, height / 2
        line, moved = (half, 0.0, half, height), (0.0 if fold is Fold.LEFT else half, 0.0, half, height)
        start, end = (half / 2, half * 1.5) if fold is Fold.LEFT else (half * 1.5, half / 2)
        arrow = f"M {start:.1f} {middle:.1f} Q {half:.1f} {middle - _CELL / 2:.1f} {end:.1f} {middle:.1f}"
    else:
        y = cell[1] if fold is Fold.UPPER else height - cell[1]
        line, moved = (0.0, y, width, y), (0.0, 0.0 if fold is Fold.UPPER else y, width, cell[1])
        step = cell[1] / 2 * (1 if fold is Fold.UPPER else -1)
        arrow = f"M {width / 2:.1f} {y - step:.1f} Q {width / 2 + _CELL / 2:.1f} {y:.1f} {width / 2:.1f} {y + step:.1f}"
    box = f'<rect class="sheet" width="{width:.1f}" height="{height:.1f}"/>'
    part = '<rect class="moved" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'.format(*moved)
    crease = '<line class="crease" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>'.format(*line)
    return _picture(width + 2 * edge, height + 2 * edge, f'{box}{part}{crease}<path class="arrow" d="{arrow}"/>')


def _folded_picture(cell: tuple[float, float], edge: Edge) -> Markup:
    width, height = cell
    x = 0.0 if edge is Edge.LEFT else width
    page = f'<rect class="sheet" width="{width:.1f}" height="{height:.1f}"/>'
    spine = f'<line class="spine" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{height:.1f}"/>'
    number = f'<text x="{width / 2:.1f}" y="{height / 2 + 3:.1f}" font-size="9" text-anchor="middle">1</text>'
    return _picture(width + 8, height + 8, page + spine + number)


def _picture(width: float, height: float, content: str) -> Markup:
    """Return an SVG picture. Its colours are those of the page."""
    size = f'width="{width:.1f}mm" height="{height:.1f}mm" viewBox="-4 -4 {width:.1f} {height:.1f}"'
    return Markup(f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true">{content}</svg>')


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
