"""What a print shop does before it prints: `masthead impose`, `masthead separate` and `masthead proof`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from masthead.cli.console import argument, option, print_path, renamed, takes
from masthead.cli.imposition_options import ImpositionOptions
from masthead.cli.outputs import each_into, is_file, one_or_each
from masthead.document import OrderError, files

commands = typer.Typer()

_PREVIEWS = ".svg", ".html"


@commands.command(context_settings=renamed(**{"dry-run": "preview", "cut-stack": "cut-and-stack"}))
@takes(ImpositionOptions)
def impose(asked: ImpositionOptions) -> None:
    """Arrange pages on sheets for folding, cutting and binding.

    If --output is a folder, each publication is imposed separately into a file of its own name.
    """
    from masthead.press import imposition

    output, preview, pdfs = asked.output, asked.preview, asked.pdfs
    if output is None and preview is None:
        raise typer.BadParameter("give --output or --preview")
    if preview and preview.suffix not in _PREVIEWS:
        raise typer.BadParameter(f"give a file ending in {' or '.join(_PREVIEWS)}", param_hint="'--preview'")
    arguments = asked.arguments()
    if preview:
        arranged = imposition.arrange(pdfs, **arguments)
        drawn = imposition.preview_html if preview.suffix == ".html" else imposition.preview_svg
        files.save(preview, drawn(arranged).encode("utf-8", "backslashreplace"))
        print_path(preview)
    if output and is_file(output):
        if any(output.exists() and pdf.exists() and output.samefile(pdf) for pdf in pdfs):
            raise OrderError("the output would replace a PDF", where=str(output), hint="give another file or folder")
        imposition.impose(pdfs, **arguments).save(output)
        print_path(output)
    elif output:
        each_into(output, pdfs, lambda pdf: imposition.impose([pdf], **arguments).data)


@commands.command()
def separate(
    pdfs: Annotated[list[Path], argument("Finished PDFs, made by any program.", "PDF…")],
    output: Annotated[Path, option("Folder for the press copies, or the file of one.", "--output", "-o")],
    variant: Annotated[
        Literal["press", "press-x1a", "press-x6"], option("PDF/X-4, PDF/X-1a or PDF/X-6.", "--for")
    ] = "press",
    ink: Annotated[str, option('Ink of the job, black or "NAME=C,M,Y,K" besides black; by default four.')] = "",
    condition: Annotated[Path | None, option("ICC profile of press and paper; by default FOGRA47, uncoated.")] = None,
) -> None:
    """Make press copies of finished PDFs: colours as inks, page boxes, bleed and printer's marks.

    Documents are better published with `--for press`: their backgrounds then reach into the bleed.
    """
    from masthead import press
    from masthead.document import Variant
    from masthead.typesetting import Pdf

    if len(pdfs) > 1 and is_file(output):
        raise typer.BadParameter(f"give a folder for {len(pdfs)} press copies", param_hint="'--output'")
    standard = press.STANDARDS[Variant(variant)]

    def separated(pdf: Path) -> bytes:
        return press.separate(Pdf.load(pdf).data, standard, ink=ink, condition=condition)

    one_or_each(output, pdfs, separated)


@commands.command()
def proof(
    pdf: Annotated[Path, argument("A press copy, or imposed sheets.", "PDF")],
    output: Annotated[Path, option("File for the proof, .html.", "--output", "-o")],
    condition: Annotated[Path | None, option("ICC profile of press and paper, instead of that of the file.")] = None,
    resolution: Annotated[int, option("Dots per inch of the pictures.", min=20, max=300)] = 72,
) -> None:
    """Show each page as it will look on its paper, and each of its plates, in one HTML file."""
    from masthead import press
    from masthead.typesetting import Pdf

    if output.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter("give a file ending in .html", param_hint="'--output'")
    shown = press.proof_html(Pdf.load(pdf).data, str(pdf), condition=condition, resolution=resolution)
    files.save(output, shown.encode("utf-8", "backslashreplace"))
    print_path(output)
