"""What may differ: measures below which no reader notices, and the regions that a project leaves out by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.comparison.difference import MILLIMETRE, Box
from masthead.errors import SourceError

CONFIGURATION = Path("masthead.toml")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of pages that is not compared: `box` on `page`, or on every page where that is None."""

    name: str
    box: Box
    page: int | None = None

    def covers(self, page: int, box: Box) -> bool:
        """Whether `box` lies inside, on a page that the region is of; within a quarter of a point."""
        if self.page not in (None, page):
            return False
        left, top, right, bottom = self.box
        return left - 0.25 <= box[0] and top - 0.25 <= box[1] and box[2] <= right + 0.25 and box[3] <= bottom + 0.25


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much may differ unseen. The defaults are what no reader could see (docs/comparing.md has the measurements).

    `shift` in millimetres: one minute of arc, what an eye resolves, is 0.1 mm at 35 cm. `thickness` of a rule in
    points. `colour` in levels of 255. `ink` and `area`: so many pixels side by side at 150 dpi that are darker or
    lighter by more than `ink` levels than anything next to them on the other page. `tone`: the mean of a cell of
    2.7 mm, in levels.
    """

    shift: float = 0.15
    thickness: float = 0.05
    colour: int = 3
    ink: int = 80
    area: int = 5
    tone: int = 16
    regions: tuple[Region, ...] = ()

    def ignores(self, page: int, box: Box) -> bool:
        """Whether `box` lies in a region that is left out."""
        return any(region.covers(page, box) for region in self.regions)


def load(path: Path | None = None) -> Tolerance:
    """The tolerance that a project's configuration has (`[comparison]`), or the default where there is no such file.

    Raises SourceError for what is not a tolerance.
    """
    if path is None and not CONFIGURATION.is_file():
        return Tolerance()
    path = path or CONFIGURATION
    try:
        table = tomllib.loads(path.read_text()).get("comparison", {})
    except (OSError, ValueError) as error:
        raise SourceError("the configuration cannot be read", where=str(path), hint=str(error)) from error
    try:
        regions = tuple(_region(entry) for entry in table.get("ignore", ()))
        limits = {name: type(getattr(Tolerance(), name))(value) for name, value in table.get("tolerance", {}).items()}
        return Tolerance(regions=regions, **limits)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SourceError(
            f"not a tolerance or a region: {error}",
            where=f"{path} [comparison]",
            hint="[[comparison.ignore]] has name, box = [left, top, width, height] in mm, and page if it is of one",
        ) from error


def _region(entry: dict[str, Any]) -> Region:
    left, top, width, height = (float(side) * MILLIMETRE for side in entry["box"])
    page = entry.get("page")
    return Region(str(entry["name"]), (left, top, left + width, top + height), None if page is None else int(page))
