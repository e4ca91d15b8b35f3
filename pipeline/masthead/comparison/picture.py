"""The picture of a page, judged as an eye judges it, not by the share of pixels that changed.

An Arabic letter that loses its dots changes a score of pixels; a shift that nobody sees changes thousands. So a pixel
counts only if it is darker or lighter than everything near it on the other page, and only together with its neighbours.
The tone of cells of a few millimetres is compared too, which shows what is pale and wide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PIL import Image, ImageChops, ImageDraw

from masthead.comparison.tolerance import Tolerance
from masthead.document import Rectangle

DPI = 150
_CELL = 16  # pixels: 2.7 mm, a little less than the height of a line
_NEAR = 12  # pixels, 2 mm: regions nearer to each other are one

PixelBox = tuple[int, int, int, int]


def differences(baseline: Image.Image, candidate: Image.Image, tolerance: Tolerance) -> tuple[Rectangle, ...]:
    """Return the regions, in points, in which two grey pictures at `DPI` differ, the largest first."""
    if baseline.size != candidate.size:
        size = max(baseline.width, candidate.width), max(baseline.height, candidate.height)
        baseline, candidate = (_on_white(picture, size) for picture in (baseline, candidate))
    if baseline.tobytes() == candidate.tobytes():
        return ()
    marks = [*_ink(baseline, candidate, tolerance), *_tone(baseline, candidate, tolerance)]
    scale = 72 / DPI
    regions = sorted(_merged(marks), key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    return tuple((left * scale, top * scale, right * scale, bottom * scale) for left, top, right, bottom in regions)


def without_regions(picture: Image.Image, page: int, tolerance: Tolerance) -> Image.Image:
    """Return the picture with the excluded regions painted white."""
    boxes = [region.box for region in tolerance.regions if region.page in (None, page)]
    if boxes:
        picture = picture.copy()
        for box in boxes:
            ImageDraw.Draw(picture).rectangle([side * DPI / 72 for side in box], fill=255)
    return picture


def _on_white(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    page = Image.new("L", size, 255)
    page.paste(picture)
    return page


def _ink(baseline: Image.Image, candidate: Image.Image, tolerance: Tolerance) -> Iterator[PixelBox]:
    """The patches of pixels that are darker or lighter than everything near them on the other page."""
    beyond = ImageChops.lighter(_beyond(baseline, candidate), _beyond(candidate, baseline))
    yield from (box for box, area in _patches(_above(beyond, tolerance.ink)) if area >= tolerance.area)


def _tone(baseline: Image.Image, candidate: Image.Image, tolerance: Tolerance) -> Iterator[PixelBox]:
    """The patches of cells whose means differ."""
    means = ImageChops.difference(baseline.reduce(_CELL), candidate.reduce(_CELL))
    for (left, top, right, bottom), _ in _patches(_above(means, tolerance.tone)):
        yield left * _CELL, top * _CELL, right * _CELL, bottom * _CELL


def _above(picture: Image.Image, limit: int) -> Image.Image:
    """A mask that is 255 where the picture is above `limit`."""
    return picture.point([255 * (level > limit) for level in range(256)])


def _beyond(picture: Image.Image, other: Image.Image) -> Image.Image:
    """How far each pixel is outside the range of the nine levels around its place in the other picture."""
    lightest, darkest = _of_nine(other, ImageChops.lighter), _of_nine(other, ImageChops.darker)
    return ImageChops.lighter(ImageChops.subtract(picture, lightest), ImageChops.subtract(darkest, picture))


def _of_nine(picture: Image.Image, choose: Callable[[Image.Image, Image.Image], Image.Image]) -> Image.Image:
    """The level that `choose` chooses of the nine around each pixel: first along the row, then along the column.

    Four times as fast as Pillow's rank filters, which sort. At the edges the picture wraps around.
    """
    for across, down in ((1, 0), (0, 1)):
        beside = choose(ImageChops.offset(picture, across, down), ImageChops.offset(picture, -across, -down))
        picture = choose(picture, beside)
    return picture


def _patches(mask: Image.Image) -> Iterator[tuple[PixelBox, int]]:
    """The connected patches of 255 in `mask` (corners connect), each with its box and its number of pixels.

    Rows are read as runs of 255. A run joins the patches of the row above that it touches; a patch that is joined to
    another points to it in `joined`.
    """
    extent = mask.getbbox()
    if extent is None:
        return
    across, down = extent[:2]
    mask = mask.crop(extent)
    patches: list[list[int]] = []  # left, top, right, bottom, area
    joined: list[int] = []
    above: list[tuple[int, int, int]] = []  # runs of the row above: left, right, patch
    here: list[tuple[int, int, int]] = []
    row = -1

    def find(patch: int) -> int:
        while joined[patch] != patch:
            patch = joined[patch]
        return patch

    for left, y, right in _runs(mask.tobytes(), mask.width):
        if y != row:
            above, here, row = (here if y == row + 1 else []), [], y
        touching = {find(patch) for start, end, patch in above if start <= right and left <= end}
        patch = min(touching, default=len(patches))
        if not touching:
            patches.append([left, y, right, y + 1, 0])
            joined.append(patch)
        for other in touching - {patch}:
            joined[other] = patch
            _join(patches[patch], patches[other])
        _join(patches[patch], [left, y, right, y + 1, right - left])
        here.append((left, right, patch))
    for number, (left, top, right, bottom, area) in enumerate(patches):
        if joined[number] == number:
            yield (left + across, top + down, right + across, bottom + down), area


def _runs(data: bytes, width: int) -> Iterator[tuple[int, int, int]]:
    """The runs of 255: left, row, right."""
    for match in re.finditer(rb"\xff+", data):
        start, end = match.span()
        while start < end:  # a run that reaches the edge may continue on the next row
            row = start // width
            stop = min(end, (row + 1) * width)
            yield start - row * width, row, stop - row * width
            start = stop


def _join(patch: list[int], other: list[int]) -> None:
    patch[:] = [*map(min, patch[:2], other[:2]), *map(max, patch[2:4], other[2:4]), patch[4] + other[4]]


def _merged(boxes: list[PixelBox]) -> list[PixelBox]:
    """Make boxes that are near each other one."""
    merged: list[PixelBox] = []
    for box in sorted(boxes, key=lambda box: box[1]):
        while near := next((other for other in merged if _near(box, other)), None):
            merged.remove(near)
            box = min(box[0], near[0]), min(box[1], near[1]), max(box[2], near[2]), max(box[3], near[3])
        merged.append(box)
    return merged


def _near(box: PixelBox, other: PixelBox) -> bool:
    across = box[0] - _NEAR < other[2] and other[0] - _NEAR < box[2]
    return across and box[1] - _NEAR < other[3] and other[1] - _NEAR < box[3]
