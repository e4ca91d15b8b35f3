"""Colour separation: every colour that a PDF draws in RGB becomes cyan, magenta, yellow and black.

Neutral colours become black alone, so that text prints from one plate: converted by a profile, black would become a mix
of all four inks. Other colours and images are converted with the ICC profile of the printing condition (relative
colorimetric, by LittleCMS). For a job of one or two inks they become tints of one ink that are as dark as they are,
with black where the ink is not dark enough, and images become grey.

The blue of links says on a screen that a text can be clicked. On paper it would cost two more plates: it is black.

Grey is written as black ink, not as DeviceGray: where a page is transparent, presses blend grey as a mix of four inks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, PdfImage, Stream
from PIL import Image, ImageCms

from masthead.document import SourceError
from masthead.press.spot import SPACE, SpotInk

_CMYK_OPERATORS = {"rg": "k", "RG": "K"}
_FLAT = {"/DeviceGray", "/DeviceCMYK", "/Separation", "/DeviceN"}  # colour spaces that are inks already
_LINK = (0, 0, 1)  # the blue that says on a screen that a text can be clicked
_OPAQUE = 0.999  # opacity is rounded in many files


class Separator:
    """Separates colours for one printing condition.

    `profile` is its ICC profile for CMYK. With an `ink`, nothing but that and black is printed.
    """

    def __init__(self, profile: Path, ink: SpotInk | None = None) -> None:
        target = ImageCms.getOpenProfile(str(profile))
        if target.profile.xcolor_space.strip() != "CMYK":
            hint = "use the ICC profile of the press"
            raise SourceError("the profile is not for CMYK", where=str(profile), hint=hint)
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        self._transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "CMYK", intent)
        self._converted_colour = cache(self._convert_colour)
        self._ink, self._space = ink, Array()
        self._black: Object = Array()
        if ink:
            lab = ImageCms.createProfile("LAB")
            self._lightness = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB", intent)
            printed = ImageCms.buildTransform(target, lab, "CMYK", "LAB", intent)
            solid = Image.new("CMYK", (1, 1), tuple(round(255 * part) for part in ink.cmyk))
            self._darkness = max(_darkness(solid, printed), 0.01)

    def separate(self, pdf: pikepdf.Pdf, *, transparency: bool) -> None:
        """Convert all that the pages draw. Raises SourceError for gradients, patterns and forbidden transparency."""
        done: set[tuple[int, int]] = set()
        self._black = _black(pdf)
        if self._ink and self._ink.name:
            self._space = pdf.make_indirect(self._ink.space(pdf))
        for number, page in enumerate(pdf.pages, 1):
            where = f"page {number}"
            page.contents_coalesce()
            linked = any(each.get(Name.Subtype) == Name.Link for each in page.obj.get(Name.Annots, []))
            self._separate_content(page.obj.Contents, where, linked)
            self._resources(page.resources, done, where, transparency)
            _group(page.obj, transparency)

    def _resources(self, resources: Object, done: set[tuple[int, int]], where: str, transparency: bool) -> None:
        if resources.get("/Shading") or resources.get("/Pattern"):
            hint = "use flat colours and images"
            raise SourceError("gradients and patterns cannot be separated", where=where, hint=hint)
        spaces = resources.get(Name.ColorSpace, Dictionary())
        for name, space in list(spaces.items()):
            if str(space if isinstance(space, Name) else space[0]) not in _FLAT:
                del spaces[name]  # unused: a content stream that uses it is refused
        if self._space:
            spaces[SPACE] = self._space
            resources.ColorSpace = spaces
        for state in resources.get(Name.ExtGState, Dictionary()).values():
            _check_state(state, where, transparency)
        for item in resources.get(Name.XObject, Dictionary()).values():
            if item.objgen in done:
                continue
            done.add(item.objgen)
            if item.Subtype == Name.Form:
                self._separate_content(item, where)
                _group(item, transparency)
                if Name.Resources in item:
                    self._resources(item.Resources, done, where, transparency)
            elif item.Subtype == Name.Image:
                self._image(item, where, transparency)

    def _separate_content(self, stream: Object, where: str, linked: bool = False) -> None:
        stream.write(pikepdf.unparse_content_stream(list(self._converted(stream, where, linked))))

    def _converted(self, stream: Object, where: str, linked: bool) -> Iterator[Any]:
        """Yield the content in inks. On a page with links (`linked`), text in their blue is black."""
        in_text = False
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            in_text = operator == "BT" or (in_text and operator != "ET")
            if operator in _CMYK_OPERATORS:
                red, green, blue = (float(value) for value in instruction.operands)
                if linked and in_text and (red, green, blue) == _LINK:
                    yield _grey(0), Operator(_CMYK_OPERATORS[operator])
                elif self._ink and self._ink.name and not red == green == blue:
                    yield [Name(SPACE)], Operator("cs" if operator == "rg" else "CS")
                    yield self._tints(red, green, blue), Operator("scn" if operator == "rg" else "SCN")
                else:
                    yield self._converted_colour(red, green, blue), Operator(_CMYK_OPERATORS[operator])
                continue
            if operator in ("g", "G"):
                yield _grey(float(instruction.operands[0])), Operator("k" if operator == "g" else "K")
                continue
            if self._ink and operator in ("k", "K") and any(float(value) for value in instruction.operands[:3]):
                hint = "use RGB or grey colours"
                raise SourceError("a colour is in four inks, and the job has fewer", where=where, hint=hint)
            strange = operator in ("cs", "CS") and str(instruction.operands[0]) not in _FLAT
            if strange or operator in ("sh", "INLINE IMAGE"):
                operands = " ".join(map(str, instruction.operands))[:40]
                hint = "use RGB, grey or CMYK colours"
                raise SourceError(f"cannot separate {operator} {operands}", where=where, hint=hint)
            yield instruction

    def _convert_colour(self, red: float, green: float, blue: float) -> list[Decimal]:
        """Return the four inks of a colour, each from 0 to 1."""
        if red == green == blue:
            return _grey(red)
        dot = _dot(red, green, blue)
        if self._ink:
            return _grey(1 - _darkness(dot, self._lightness))
        return [_rounded(ink / 255) for ink in self._to_cmyk(dot).tobytes()]

    def _tints(self, red: float, green: float, blue: float) -> list[Decimal]:
        """Return the tints of the ink and of black that are as dark as a colour."""
        wanted = _darkness(_dot(red, green, blue), self._lightness)
        left = max(wanted - self._darkness, 0) / max(1 - self._darkness, 0.01)
        return [_rounded(min(wanted / self._darkness, 1)), _rounded(left)]

    def _to_cmyk(self, picture: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(picture, self._transform)
        assert converted is not None  # None is only returned when converting in place
        return converted

    def _image(self, image: Object, where: str, transparency: bool) -> None:
        if Name.SMask in image and not transparency:
            raise SourceError("an image is transparent", where=where, hint="publish as PDF/X-4, or flatten the image")
        space = image.get(Name.ColorSpace)
        kind = str(space if space is None or isinstance(space, Name) else space[0])
        if self._ink and kind in _FLAT and kind != "/DeviceGray":
            raise SourceError("an image is in four inks, and the job has fewer", where=where, hint="use RGB or grey")
        if kind == "/DeviceGray":
            self._in_black(image)
        if bool(image.get(Name.ImageMask, False)) or kind in _FLAT:
            return
        assert isinstance(image, Stream)
        if isinstance(image.get(Name.Mask), Array):
            hint = "give the image a soft mask instead"
            raise SourceError("a colour of an image makes it transparent", where=where, hint=hint)
        picture = PdfImage(image).as_pil_image(apply_mask=False).convert("RGB")
        red, green, blue = picture.split()
        if red.tobytes() == green.tobytes() == blue.tobytes():
            inked = red
        else:
            inked = picture.convert("L") if self._ink else self._to_cmyk(picture)
        image.write(inked.tobytes())
        for key in (Name.Decode, Name.DecodeParms, Name.Intent):
            if key in image:
                del image[key]
        self._matte(image, grey=inked.mode == "L")
        image.ColorSpace, image.BitsPerComponent = Name.DeviceCMYK, 8
        if inked.mode == "L":
            self._in_black(image)

    def _matte(self, image: Object, *, grey: bool) -> None:
        """Convert the colour with which an image in RGB was blended before (ISO 32000-1, 11.6.5.3) as the image."""
        mask = image.get(Name.SMask)
        if mask is None or len(matte := [float(part) for part in mask.get(Name.Matte, [])]) != 3:
            return
        dot = _dot(*matte)
        mask.Matte = Array([dot.convert("L").tobytes()[0] / 255] if grey else self._converted_colour(*matte))

    def _in_black(self, image: Object) -> None:
        """Let a grey image be printed with black ink, of which it needs the more the darker it is."""
        image.Decode = Array(list(image.get(Name.Decode, [0, 1]))[::-1])
        if (mask := image.get(Name.SMask)) is not None and len(mask.get(Name.Matte, [])) == 1:
            mask.Matte = Array([_rounded(1 - float(mask.Matte[0]))])
        image.ColorSpace = self._black


def _black(pdf: pikepdf.Pdf) -> Object:
    """Return the colour space of black ink alone."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    return pdf.make_indirect(Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint]))


def _grey(white: float) -> list[Decimal]:
    """Return a grey as four inks: black alone."""
    return [Decimal(0), Decimal(0), Decimal(0), _rounded(1 - white)]


def _dot(red: float, green: float, blue: float) -> Image.Image:
    return Image.new("RGB", (1, 1), (round(255 * red), round(255 * green), round(255 * blue)))


def _darkness(dot: Image.Image, to_lab: ImageCms.ImageCmsTransform) -> float:
    """Return how dark a colour is: 0 for paper, 1 for black (the inverse of L* of CIE Lab)."""
    converted = ImageCms.applyTransform(dot, to_lab)
    assert converted is not None
    return 1 - converted.tobytes()[0] / 255


def _group(item: Object, transparency: bool) -> None:
    """Let a transparency group blend in CMYK, or remove it where transparency is forbidden."""
    if transparency and Name.Group in item:
        item.Group.CS = Name.DeviceCMYK
    elif Name.Group in item:
        del item[Name.Group]


def _check_state(state: Object, where: str, transparency: bool) -> None:
    """Raise SourceError if a graphics state is transparent where that is forbidden."""
    if transparency:
        return
    opaque = all(float(state.get(key, 1)) >= _OPAQUE for key in ("/ca", "/CA"))
    blended = state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
    if not opaque or blended or state.get("/SMask", Name("/None")) != Name("/None"):
        hint = "publish as PDF/X-4, or use opaque colours"
        raise SourceError("the page draws with transparency", where=where, hint=hint)


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.4f}").normalize() + 0
