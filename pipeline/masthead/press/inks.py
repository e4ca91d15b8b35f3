"""Colours made inks: everything that a PDF's pages draw in red, green and blue becomes cyan, magenta, yellow and black.

Neutral colours become black alone, so that text prints on one plate: no process colour separates 0 0 0 so by itself.
Others, and images, go through the printing condition's ICC profile (relative colorimetric, by LittleCMS).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, PdfImage, Stream
from PIL import Image, ImageCms

from masthead.document import SourceError

_RGB = {"rg": "k", "RG": "K"}
_FLAT = {"/DeviceGray", "/DeviceCMYK", "/Separation", "/DeviceN"}
_TRANSPARENT = 0.999


class Inks:
    """The inks of one printing condition: `profile` is its ICC profile for CMYK."""

    def __init__(self, profile: Path) -> None:
        target = ImageCms.getOpenProfile(str(profile))
        if target.profile.xcolor_space.strip() != "CMYK":
            raise SourceError(
                "the profile is not for CMYK", where=str(profile), hint="give the press's own ICC profile"
            )
        source = ImageCms.createProfile("sRGB")
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        self._transform = ImageCms.buildTransform(source, target, "RGB", "CMYK", intent)
        self._one = cache(self._mixed)

    def separate(self, pdf: pikepdf.Pdf, *, transparency: bool) -> None:
        """Rewrite all that the pages draw. Raises SourceError for what cannot be, and for forbidden transparency."""
        done: set[tuple[int, int]] = set()
        for number, page in enumerate(pdf.pages, 1):
            where = f"page {number}"
            page.contents_coalesce()
            self._rewrite(page.obj.Contents, where)
            self._resources(page.resources, done, where, transparency)
            _group(page.obj, transparency)

    def _resources(self, resources: Object, done: set[tuple[int, int]], where: str, transparency: bool) -> None:
        for key in ("/Shading", "/Pattern"):
            if resources.get(key):
                raise SourceError(
                    "gradients and patterns are not separated", where=where, hint="use flat colours and images"
                )
        spaces = resources.get(Name.ColorSpace, Dictionary())
        for name, space in list(spaces.items()):
            if str(space if isinstance(space, Name) else space[0]) not in _FLAT:
                del spaces[name]  # a stream that uses it is refused
        for state in resources.get(Name.ExtGState, Dictionary()).values():
            _check_state(state, where, transparency)
        for thing in resources.get(Name.XObject, Dictionary()).values():
            if thing.objgen in done:
                continue
            done.add(thing.objgen)
            if thing.Subtype == Name.Form:
                self._rewrite(thing, where)
                _group(thing, transparency)
                if Name.Resources in thing:
                    self._resources(thing.Resources, done, where, transparency)
            elif thing.Subtype == Name.Image:
                self._image(thing, where, transparency)

    def _rewrite(self, stream: Object, where: str) -> None:
        instructions = list(pikepdf.parse_content_stream(stream))
        stream.write(pikepdf.unparse_content_stream(list(self._inked(instructions, where))))

    def _inked(self, instructions: list[Any], where: str) -> Iterator[Any]:
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator in _RGB:
                red, green, blue = (float(value) for value in instruction.operands)
                yield self._one(red, green, blue), Operator(_RGB[operator])
                continue
            strange = operator in ("cs", "CS") and str(instruction.operands[0]) not in _FLAT
            if strange or operator in ("sh", "INLINE IMAGE"):
                raise SourceError(
                    f"{operator} {' '.join(map(str, instruction.operands))[:40]} is not separated", where=where,
                    hint="use colours of RGB, grey or CMYK",
                )  # fmt: skip
            yield instruction

    def _mixed(self, red: float, green: float, blue: float) -> list[Decimal]:
        """The inks of one colour, each 0 to 1."""
        if red == green == blue:
            return [Decimal(0), Decimal(0), Decimal(0), _rounded(1 - red)]
        dot = Image.new("RGB", (1, 1), (round(255 * red), round(255 * green), round(255 * blue)))
        return [_rounded(ink / 255) for ink in self._converted(dot).tobytes()]

    def _converted(self, picture: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(picture, self._transform)
        assert converted is not None  # it is None only where it works in place
        return converted

    def _image(self, image: Object, where: str, transparency: bool) -> None:
        if Name.SMask in image and not transparency:
            raise SourceError("an image is transparent", where=where, hint="publish as PDF/X-4, or flatten the image")
        space = image.get(Name.ColorSpace)
        kind = str(space if space is None or isinstance(space, Name) else space[0])
        if bool(image.get(Name.ImageMask, False)) or kind in _FLAT:
            return
        assert isinstance(image, Stream)
        picture = PdfImage(image).as_pil_image().convert("RGB")
        red, green, blue = picture.split()
        neutral = red.tobytes() == green.tobytes() == blue.tobytes()
        inked = red if neutral else self._converted(picture)
        image.write(inked.tobytes())
        for key in (Name.Decode, Name.DecodeParms, Name.Intent):
            if key in image:
                del image[key]
        image.ColorSpace, image.BitsPerComponent = (Name.DeviceGray if neutral else Name.DeviceCMYK), 8


def _group(thing: Object, transparency: bool) -> None:
    """A transparency group blends in the inks; where transparency is forbidden there is none."""
    group = thing.get(Name.Group)
    if group is None:
        return
    if transparency:
        group.CS = Name.DeviceCMYK
    else:
        del thing[Name.Group]


def _check_state(state: Object, where: str, transparency: bool) -> None:
    if transparency:
        return
    opaque = all(float(state.get(key, 1)) >= _TRANSPARENT for key in ("/ca", "/CA"))
    blended = state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
    if not opaque or blended or state.get("/SMask", Name("/None")) != Name("/None"):
        raise SourceError("something is transparent", where=where, hint="publish as PDF/X-4")


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.4f}").normalize() + 0
