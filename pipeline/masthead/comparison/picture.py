"""The picture of a page, judged as an eye judges it, not by the share of pixels that changed.

A letter of Arabic that loses its dots changes a score of pixels, a shift that nobody sees changes thousands. So a pixel
counts only where it is darker or lighter than everything next to it on the other page, and only in company; and the
tone of cells of a few millimetres is compared, for what is pale and wide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PIL import Image, ImageChops, ImageDraw

from masthead.comparison.difference import Box
from masthead.comparison.tolerance import Tolerance

DPI = 150
CELL = 16  # pixels: 2.7 mm, a little less than the height of a line
NEAR = 12  # pixels, 2 mm: regions nearer to each other than that are one

Pixels = tuple[int, int, int, int]


def differing(baseline: Image.Image, candidate: Image.Image, tolerance: Tolerance) -> tuple[Box, ...]:
    """The regions, in points, where one grey picture (`DPI`) has what the other has not. Largest first."""
    if baseline.size != candidate.size:
        size = max(baseline.width, candidate.width), max(baseline.height, candidate.height)
        baseline, candidate = (_on_white(picture, size) for picture in (baseline, candidate))
    if baseline.tobytes() == candidate.tobytes():
        return ()
    marks = [*_ink(baseline, candidate, tolerance), *_tone(baseline, candidate, tolerance)]
    scale = 72 / DPI
    regions = sorted(_merged(marks), key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    return tuple((left * scale, top * scale, right * scale, bottom * scale) for left, top, right, bottom in regions)


def masked(picture: Image.Image, page: int, tolerance: Tolerance) -> Image.Image:
    """The picture with the regions that are left out painted white."""
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


def _ink(baseline: Image.Image, candidate: Image.Image, tolerance: Tolerance) -> Iterator[Pixels]:
    beyond = ImageChops.lighter(_beyond(baseline, candidate), _beyond(candidate, baseline))
    mask = beyond.point([255 * (level > tolerance.ink) for level in range(256)])
    for box, area in _connected(mask):
        if area >= tolerance.area:
            yield box


def _beyond(picture: Image.Image, other: Image.Image) -> Image.Image:
    """How far each pixel lies outside the range of levels of the nine about its place in the other picture."""
    lightest, darkest = _around(other, ImageChops.lighter), _around(other, ImageChops.darker)
    return ImageChops.lighter(ImageChops.subtract(picture, lightest), ImageChops.subtract(darkest, picture))


def _around(picture: Image.Image, choose: Callable[[Image.Image, Image.Image], Image.Image]) -> Image.Image:
    """For each pixel the one chosen of the nine about it: first along the row, then along the column (the sheet wraps).

    Four times as fast as Pillow's rank filters, which sort.
    """
    for across, down in ((1, 0), (0, 1)):
        beside = choose(ImageChops.offset(picture, across, down), ImageChops.offset(picture, -across, -down))
        picture = choose(picture, beside)
    return picture


def _tone(baseline: Image.Image, candidate: Image.Image, tolerance: Tolerance) -> Iterator[Pixels]:
    mean = ImageChops.difference(baseline.reduce(CELL), candidate.reduce(CELL))
    mask = mean.point([255 * (level > tolerance.tone) for level in range(256)])
    for (left, top, right, bottom), _ in _connected(mask):
        yield left * CELL, top * CELL, right * CELL, bottom * CELL


def _connected(mask: Image.Image) -> Iterator[tuple[Pixels, int]]:
    """The patches of 255 in `mask`, corners touching, each with the box and the number of its pixels."""
    extent = mask.getbbox()
    if extent is None:
        return
    across, down = extent[:2]
    mask = mask.crop(extent)
    width, data = mask.width, mask.tobytes()
    patches: list[list[int]] = []  # left, top, right, bottom, area
    names: list[int] = []  # the patch that a patch has become part of, or itself
    above: list[tuple[int, int, int]] = []  # runs of the row before: left, right, patch
    row = -1
    here: list[tuple[int, int, int]] = []

    def name(patch: int) -> int:
        while names[patch] != patch:
            patch = names[patch]
        return patch

    for left, y, right in _runs(data, width):
        if y != row:
            above, here, row = (here if y == row + 1 else []), [], y
        touching = {name(patch) for start, end, patch in above if start <= right and left <= end}
        patch = min(touching, default=len(patches))
        if not touching:
            patches.append([left, y, right, y + 1, 0])
            names.append(patch)
        for other in touching - {patch}:
            names[other] = patch
            _join(patches[patch], patches[other])
        _join(patches[patch], [left, y, right, y + 1, right - left])
        here.append((left, right, patch))
    for number, (left, top, right, bottom, area) in enumerate(patches):
        if names[number] == number:
            yield (left + across, top + down, right + across, bottom + down), area


def _runs(data: bytes, width: int) -> Iterator[tuple[int, int, int]]:
    """The runs of 255: left, row, right."""
    for match in re.finditer(rb"\xff+", data):
        start, end = match.span()
        while start < end:  # a run that goes over the edge continues on the next row
            row = start // width
            stop = min(end, (row + 1) * width)
            yield start - row * width, row, stop - row * width
            start = stop


def _join(patch: list[int], other: list[int]) -> None:
    patch[:] = [
        min(patch[0], other[0]), min(patch[1], other[1]), max(patch[2], other[2]), max(patch[3], other[3]),
        patch[4] + other[4],
    ]  # fmt: skip


def _merged(boxes: list[Pixels]) -> list[Pixels]:
    """Boxes near each other made one."""
    merged: list[Pixels] = []
    for box in sorted(boxes, key=lambda box: box[1]):
        while near := next((other for other in merged if _near(box, other)), None):
            merged.remove(near)
            box = min(box[0], near[0]), min(box[1], near[1]), max(box[2], near[2]), max(box[3], near[3])
        merged.append(box)
    return merged


def _near(box: Pixels, other: Pixels) -> bool:
    across = box[0] - NEAR < other[2] and other[0] - NEAR < box[2]
    return across and box[1] - NEAR < other[3] and other[1] - NEAR < box[3]
