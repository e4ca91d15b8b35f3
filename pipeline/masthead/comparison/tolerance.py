"""What may differ: measures below which no reader notices, and the regions that a project leaves out by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.comparison.difference import MILLIMETRE, Box
from masthead.document import OrderError, settings

KEYS = {"ignore", "tolerance", "baselines", "objects"}


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


DEFAULT = Tolerance()


def load(path: Path | None = None) -> Tolerance:
    """The tolerance that a project's settings have (`[comparison]`), or the default where they say nothing.

    Raises OrderError for what is not a tolerance.
    """
    found, table = _table(path)
    try:
        regions = tuple(_region(entry) for entry in table.get("ignore", ()))
        limits = {name: type(getattr(DEFAULT, name))(value) for name, value in table.get("tolerance", {}).items()}
        return Tolerance(regions=regions, **limits)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise OrderError(
            f"not a tolerance or a region: {error}",
            where=f"{found} [comparison]",
            hint="[[comparison.ignore]] has name, box = [left, top, width, height] in mm, and page if it is of one",
        ) from error


def place(path: Path | None = None) -> tuple[Path, str]:
    """Where the project's settings keep its baselines: the folder, and the address of their files if it is another."""
    found, table = _table(path)
    root = found.parent if found else Path()
    return root / str(table.get("baselines", "baselines")), str(table.get("objects", ""))


def _table(path: Path | None) -> tuple[Path | None, dict[str, Any]]:
    """The settings file, and what it says of comparison."""
    found = path or settings.find(Path())
    if found is None:
        return None, {}
    table = settings.read(found).get("comparison", {})
    for key in table.keys() - KEYS:
        raise OrderError(
            f"no such setting: comparison.{key}", where=str(found), hint=f"keys there are: {', '.join(sorted(KEYS))}"
        )
    return found, table


def _region(entry: dict[str, Any]) -> Region:
    left, top, width, height = (float(side) * MILLIMETRE for side in entry["box"])
    page = entry.get("page")
    return Region(str(entry["name"]), (left, top, left + width, top + height), None if page is None else int(page))
