"""What may differ: limits below which no reader notices, and regions of pages that a project excludes by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from masthead.comparison.results import MILLIMETRE, Layer
from masthead.document import OrderError, Rectangle, settings

KEYS = {"ignore", "tolerance", "baselines", "objects"}


class Aspect(StrEnum):
    """What is judged of two files: all of it, or what two programs that make the same document can agree in."""

    ALL = "all"
    TEXT = "text"
    LAYOUT = "layout"
    PIXELS = "pixels"

    def judges(self, layer: Layer) -> bool:
        """Return whether differences of a layer require a decision; others are tolerated."""
        return layer in _JUDGED[self]


_JUDGED = {
    Aspect.ALL: frozenset(Layer),
    Aspect.TEXT: frozenset((Layer.TEXT,)),
    Aspect.LAYOUT: frozenset((Layer.TEXT, Layer.BREAKS)),
    Aspect.PIXELS: frozenset((Layer.PICTURE,)),
}


@dataclass(frozen=True, slots=True)
class Region:
    """A part of pages that is not compared: `box` on `page`, or on every page if that is None."""

    name: str
    box: Rectangle
    page: int | None = None

    def covers(self, page: int, box: Rectangle) -> bool:
        """Return whether `box` on that page is inside, within a quarter of a point."""
        if self.page not in (None, page):
            return False
        left, top, right, bottom = self.box
        return left - 0.25 <= box[0] and top - 0.25 <= box[1] and box[2] <= right + 0.25 and box[3] <= bottom + 0.25


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much may differ. The defaults are what no reader could see (docs/comparing.md has the measurements).

    `shift` is in millimetres: one minute of arc, which an eye can just resolve, is 0.1 mm at 35 cm. `thickness` of a
    rule is in points, `colour` in levels of 255. A difference needs `area` adjacent pixels at 150 dpi that are darker
    or lighter, by more than `ink` levels, than anything near them on the other page. `tone` is the difference between
    the means of cells of 2.7 mm, in levels. What is `judged` are some layers or all.
    """

    shift: float = 0.15
    thickness: float = 0.05
    colour: int = 3
    ink: int = 80
    area: int = 5
    tone: int = 16
    regions: tuple[Region, ...] = ()
    judged: Aspect = Aspect.ALL

    @property
    def ignored(self) -> tuple[str, ...]:
        """The names of the regions that are excluded."""
        return tuple(region.name for region in self.regions)

    def ignores(self, page: int, box: Rectangle) -> bool:
        """Return whether `box` is in a region that is excluded."""
        return any(region.covers(page, box) for region in self.regions)


DEFAULT = Tolerance()


def load(path: Path | None = None) -> Tolerance:
    """Return the tolerance in a project's settings (`[comparison]`), or the default. Raises OrderError."""
    found, table = _table(path)
    try:
        regions = tuple(_region(entry) for entry in table.get("ignore", ()))
        limits = {name: type(getattr(DEFAULT, name))(value) for name, value in table.get("tolerance", {}).items()}
        return Tolerance(regions=regions, **limits)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        hint = "[[comparison.ignore]] has name, box = [left, top, width, height] in mm, and page for only one page"
        where = f"{found} [comparison]"
        raise OrderError(f"invalid tolerance or region: {error}", where=where, hint=hint) from error


def place(path: Path | None = None) -> tuple[Path, str]:
    """Return where a project's settings keep its baselines: the folder, and the address of the files if it differs."""
    found, table = _table(path)
    root = found.parent if found else Path()
    return root / str(table.get("baselines", "baselines")), str(table.get("objects", ""))


def _table(path: Path | None) -> tuple[Path | None, dict[str, Any]]:
    """The settings file, and its table `[comparison]`."""
    found = path or settings.find(Path())
    if found is None:
        return None, {}
    table = settings.read(found).get("comparison", {})
    for key in table.keys() - KEYS:
        hint = f"available keys: {', '.join(sorted(KEYS))}"
        raise OrderError(f"unknown setting: comparison.{key}", where=str(found), hint=hint)
    return found, table


def _region(entry: dict[str, Any]) -> Region:
    left, top, width, height = (float(side) * MILLIMETRE for side in entry["box"])
    page = entry.get("page")
    return Region(str(entry["name"]), (left, top, left + width, top + height), None if page is None else int(page))
