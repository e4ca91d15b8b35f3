"""What the command line says to `masthead impose`: the scheme and its numbers, the sheet, and what is written."""

# Without `annotations` of `__future__`: `takes` and Typer need the types themselves.

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from masthead.cli.console import argument, option

if TYPE_CHECKING:
    from masthead.press.imposition import PlainScheme

SchemeName = Literal["saddle", "perfect", "cover", "n-up", "cut-and-stack", "step-and-repeat", "booklet"]
TurningName = Literal["head-to-head", "head-to-toe"]
_PREVIEW = "Draw the sheets with their page numbers to this .svg file, or to an .html file that shows the folds too."
_BOTTLING = "Millimetres by which the head of each nested leaf of a folded sheet is turned to the spine."
_BLANKS = "Where blank pages fill the last sheet: at the end, or before the last page, which is then at the back."
_BINDING = "Binding edge; by default right for publications that are read from right to left, else left."
_CREEP = "Millimetres by which each nested leaf is pushed out; pages are moved towards the spine by as much."
_SECTION = "saddle, perfect: pages of a folded sheet, instead of --folds: 4, 8, 12, 16 or 24."
_WORK = "Print both sides with one plate: turn or tumble the sheet in between, and cut it into two copies."


class SchemeNumbers(NamedTuple):
    """The numbers of a scheme; which of them it has depends on it."""

    sheets: Annotated[int | None, option("perfect: number of sheets in a signature.")] = None
    folds: Annotated[int | None, option("saddle, perfect: number of folds of a sheet, 1 to 3.")] = None
    section: Annotated[int | None, option(_SECTION)] = None
    columns: Annotated[int | None, option("n-up, cut-and-stack, step-and-repeat: pages side by side.")] = None
    rows: Annotated[int | None, option("n-up, cut-and-stack, step-and-repeat: pages one above the other.")] = None

    def of(self, name: str) -> "PlainScheme":
        """Return the scheme of that name with these numbers. One that it does not have is wrong usage."""
        from masthead.press.imposition import SCHEMES

        numbers = {key: value for key, value in self._asdict().items() if value is not None}
        unknown = set(numbers) - {each.name for each in fields(SCHEMES[name])}
        if unknown:
            raise typer.BadParameter(f"{name} has no --{min(unknown)}")
        return SCHEMES[name](**numbers)


class ImpositionOptions(NamedTuple):
    """All that the command line says to `masthead impose`."""

    pdfs: Annotated[list[Path], argument("One publication, or several that are imposed one after the other.", "PDF…")]
    scheme: Annotated[SchemeName, option("Arrangement of the pages on the sheets.")]
    output: Annotated[
        Path | None, option("File for the sheets, or a folder for those of each publication.", "--output", "-o")
    ] = None
    preview: Annotated[Path | None, option(_PREVIEW)] = None
    binding: Annotated[Literal["left", "right"] | None, option(_BINDING)] = None
    numbers: SchemeNumbers = SchemeNumbers()
    paper: Annotated[str | None, option("Paper: A3, SRA3, letter …, or its size in mm, such as 450x320.")] = None
    gutter: Annotated[float, option("Distance between trimmed pages, in millimetres.")] = 0.0
    spine: Annotated[float, option("perfect: width that is milled off. cover: thickness. In millimetres.")] = 0.0
    spine_text: Annotated[str, option("cover: text on the spine.", "--spine-text")] = ""
    creep: Annotated[float, option(_CREEP)] = 0.0
    bottling: Annotated[float, option(_BOTTLING)] = 0.0
    blanks: Annotated[Literal["end", "before-last"], option(_BLANKS)] = "end"
    blank_after: Annotated[list[int] | None, option("Page that a blank page follows. Repeatable.", "--blank-after")] = (
        None
    )
    work: Annotated[Literal["turn", "tumble"] | None, option(_WORK)] = None
    turning: Annotated[TurningName, option("How the printing machine turns the sheet.")] = "head-to-head"
    marks: Annotated[bool, option("Draw crop, fold and collating marks.")] = True
    controls: Annotated[bool, option("Draw registration marks, a colour bar and a slug line.", "--controls")] = False

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `imposition.impose` and `imposition.arrange`, without the publications."""
        from masthead.press import imposition

        plain = self.numbers.of(self.scheme)
        size = imposition.Paper.parse(self.paper) if self.paper else None
        options = imposition.SheetOptions(
            size, self.gutter, self.spine, self.creep, self.marks, self.controls, imposition.Turning(self.turning),
            self.bottling, self.spine_text,
        )  # fmt: skip
        return {
            "scheme": imposition.Worked(plain, tumble=self.work == "tumble") if self.work else plain,
            "options": options,
            "blanks": imposition.Blanks(tuple(self.blank_after or ()), self.blanks == "before-last"),
            "binding": imposition.Edge(self.binding) if self.binding else None,
        }
