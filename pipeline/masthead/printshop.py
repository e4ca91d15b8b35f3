"""The commands of the print shop: what `masthead` does with a finished PDF on its way to paper."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from masthead.errors import SourceError
from masthead.files import save

if TYPE_CHECKING:
    from masthead.imposition import Scheme

# As in `masthead.cli`, each command imports what it needs: reading and writing PDF costs a tenth of a second.

commands = typer.Typer()


@commands.command()
def impose(
    pdfs: Annotated[list[Path], typer.Argument(metavar="PDF…", help="One publication, or several for one run.")],
    scheme: Annotated[
        Literal["saddle", "perfect", "n-up", "cut-stack", "booklet"], typer.Option(help="How pages go on sheets.")
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The imposed PDF.")] = None,
    dry_run: Annotated[
        Path | None, typer.Option(help="Draw the sheets with page numbers in this SVG, and impose nothing.")
    ] = None,
    binding: Annotated[
        Literal["left", "right"] | None,
        typer.Option(help="The binding edge; each publication's own where none is given."),
    ] = None,
    sheets: Annotated[int | None, typer.Option(help="perfect: sheets in a signature.")] = None,
    folds: Annotated[int | None, typer.Option(help="saddle, perfect: folds of a sheet, 1 to 3.")] = None,
    columns: Annotated[int | None, typer.Option(help="n-up, cut-stack: pages side by side.")] = None,
    rows: Annotated[int | None, typer.Option(help="n-up, cut-stack: pages below each other.")] = None,
    paper: Annotated[str | None, typer.Option(help="A3, SRA3, letter … or 450x320 (mm).")] = None,
    gutter: Annotated[float, typer.Option(help="Millimetres between trimmed pages.")] = 0.0,
    spine: Annotated[float, typer.Option(help="Millimetres between pages at a spine, for the mill.")] = 0.0,
    creep: Annotated[float, typer.Option(help="Millimetres that each nested leaf pushes out.")] = 0.0,
    turning: Annotated[
        Literal["head-to-head", "head-to-toe"], typer.Option(help="How the machine turns the sheet.")
    ] = "head-to-head",
    marks: Annotated[bool, typer.Option(help="Draw crop, fold and collating marks.")] = True,
) -> None:
    """Put pages on sheets for folding, cutting and binding."""
    from masthead import imposition

    if (output is None) == (dry_run is None):
        raise typer.BadParameter("give either --output or --dry-run")
    plan = _scheme(scheme, {"sheets": sheets, "folds": folds, "columns": columns, "rows": rows})
    size = imposition.Paper.parse(paper) if paper else None
    forme = imposition.Forme(size, gutter, spine, creep, marks, imposition.Turning(turning))
    edge = imposition.Edge(binding) if binding else None
    data = [read(path) for path in pdfs]
    if dry_run:
        sheets_drawn = imposition.picture(imposition.arrange(data, plan, forme=forme, binding=edge))
        save(dry_run, sheets_drawn.encode())
    elif output:
        save(output, imposition.impose(data, plan, forme=forme, binding=edge))
    print(dry_run or output)


def read(path: Path) -> bytes:
    """The bytes of the PDF at `path`. Raises SourceError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"the file cannot be read: {error.strerror}", where=str(path)) from error


def _scheme(name: str, given: dict[str, int | None]) -> Scheme:
    """The scheme of that name with the figures given for it; figures of another scheme are wrong usage."""
    from masthead.imposition import SCHEMES

    figures = {key: value for key, value in given.items() if value is not None}
    strange = set(figures) - {field.name for field in fields(SCHEMES[name])}
    if strange:
        raise typer.BadParameter(f"{name} knows no --{min(strange)}")
    return SCHEMES[name](**figures)
