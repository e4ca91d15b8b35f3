"""The printing plates of a PDF's pages, made by Ghostscript as a separate program: how much ink is where."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops, ImageFilter

from masthead.document import ResourceError

RESOLUTION = 36  # dpi: enough to find ink under letters, and a page takes a few hundredths of a second
_FINER = 3
_AREA, _TRACE = 77, 26  # of 255: 30 % and 10 %
_EDGE = 3  # dots
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_HEADER = re.compile(rb"P7\nWIDTH (\d+)\nHEIGHT (\d+)\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\n(?:#[^\n]*\n)?ENDHDR\n")


def separate(pdf: bytes, *, images: bool = True) -> tuple[Image.Image, ...]:
    """Return the trimmed pages as pictures of cyan, magenta, yellow and black, without registration marks.

    `images` may be left out. Raises ResourceError without Ghostscript, or when it fails.
    """
    more = () if images else ("-dFILTERIMAGE",)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pages.pdf")
        _save_without_marks(pdf, source)
        drawn = _ghostscript(source, "-", "pamcmyk32", "-dUseTrimBox", f"-r{RESOLUTION}", *more)
    return tuple(_pictures(drawn))


@dataclass(frozen=True, slots=True)
class PlatedPage:
    """A whole page as the press prints it: its `inks` together, a spot colour by what it looks like, and its plates.

    A plate is a picture in which what prints is dark, by the name of its ink. Plates without ink are left out.
    """

    inks: Image.Image
    plates: Mapping[str, Image.Image]

    @property
    def most(self) -> int:
        """The highest sum of all plates at one place, in per cent."""
        inked = [ImageChops.invert(plate).tobytes() for plate in self.plates.values()]
        return round(max(map(sum, zip(*inked, strict=True)), default=0) / 2.55)


def plated(pdf: bytes, resolution: int) -> tuple[PlatedPage, ...]:
    """Return each page with its plates at so many dots per inch, without registration marks, which all plates have.

    Raises ResourceError without Ghostscript, or when it fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _save_without_marks(pdf, folder / "pages.pdf")
        finer = f"-r{_FINER * resolution}", f"-dDownScaleFactor={_FINER}"  # so that letters have grey edges
        _ghostscript(folder / "pages.pdf", str(folder / "%d.tif"), "tiffsep", *finer)
        pages = sorted(
            (path for path in folder.glob("*.tif") if path.stem.isdecimal()), key=lambda path: int(path.stem)
        )
        return tuple(_plated(page) for page in pages)


def _plated(path: Path) -> PlatedPage:
    plates = {}
    for each in sorted(path.parent.glob(f"{path.stem}(*).tif"), key=_order):
        with Image.open(each) as plate:
            if plate.convert("L").getextrema() != (255, 255):
                plates[_ink(each)] = plate.convert("L")
    with Image.open(path) as composite:
        return PlatedPage(composite.copy(), plates)


def _ink(path: Path) -> str:
    return path.stem.partition("(")[2].removesuffix(")")


def _order(path: Path) -> tuple[int, str]:
    ink = _ink(path)
    return (_PROCESS.index(ink) if ink in _PROCESS else len(_PROCESS), ink)


def _ghostscript(source: Path, target: str, device: str, *options: str) -> bytes:
    """Draw a file on a device of Ghostscript, and return what it writes to standard output. Raises ResourceError."""
    program = shutil.which("gs")
    if program is None:
        raise ResourceError("Ghostscript is not installed", hint="apt install ghostscript")
    fixed = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-sDEVICE={device}", f"-sOutputFile={target}"]
    try:
        run = subprocess.run([program, *fixed, *options, str(source)], capture_output=True, timeout=300)
    except subprocess.TimeoutExpired as error:
        raise ResourceError("Ghostscript timed out", hint="check the file") from error
    if run.returncode:
        raise ResourceError(f"Ghostscript failed: {run.stderr.decode(errors='replace').strip()[-200:]}")
    return run.stdout


def _save_without_marks(pdf: bytes, path: Path) -> None:
    """Write the file with the colorant All, which is on every plate, as None, on none (ISO 32000-1, 8.6.6.4)."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for space in (each for thing in file.objects for each in _colour_spaces(thing)):
            if isinstance(space, Array) and len(space) > 1 and space[0] == Name.Separation and space[1] == Name.All:
                space[1] = Name("/None")
        file.save(path)


def _colour_spaces(thing: object) -> Iterator[object]:
    """Yield an object, which may be a colour space, and those that its resources name."""
    yield thing
    if isinstance(thing, Dictionary | Stream):
        for holder in (thing, thing.get("/Resources")):
            named = holder.get("/ColorSpace") if isinstance(holder, Dictionary | Stream) else None
            yield from named.as_dict().values() if isinstance(named, Dictionary) else ()


def _pictures(data: bytes) -> list[Image.Image]:
    pictures, place = [], 0
    while match := _HEADER.match(data, place):
        width, height = int(match[1]), int(match[2])
        size = 4 * width * height
        pictures.append(Image.frombytes("CMYK", (width, height), data[match.end() : match.end() + size]))
        place = match.end() + size
    return pictures


def total(picture: Image.Image) -> float:
    """Return the highest sum of the four inks at one place, in per cent (at most 400)."""
    cyan, magenta, yellow, black = picture.split()
    first, second = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    (_, most) = ImageChops.add(first, second, scale=2).getextrema()
    return round(float(str(most)) * 4 / 255 * 100)


def rich_black(picture: Image.Image) -> bool:
    """Whether all four inks are above 30 % at one place, as they are where a press prints RGB black."""
    inked = [plate.point(lambda ink: 255 if ink > 76 else 0) for plate in picture.split()]
    return reduce(ImageChops.darker, inked).getbbox() is not None


def unshared_edges(picture: Image.Image) -> Iterator[tuple[str, str]]:
    """Yield the pairs of inks of which areas meet that have no ink in common, by the names of the inks.

    An area is where an ink covers at least 30 % and no other more than 10 %; two meet where their pictures, at 36 dots
    an inch, touch along three dots (2 mm) or more. If the plates shift, white paper shows between them.
    """
    bands = picture.split()
    strong = [band.point(lambda ink: 255 if ink >= _AREA else 0) for band in bands]
    weak = [band.point(lambda ink: 255 if ink <= _TRACE else 0) for band in bands]
    areas = []
    for index, plate in enumerate(strong):
        others = [each for other, each in enumerate(weak) if other != index]
        areas.append(reduce(ImageChops.darker, others, plate))
    for (first, one), (second, other) in combinations(enumerate(areas), 2):
        if one.getbbox() and other.getbbox():
            touching = ImageChops.darker(one.filter(ImageFilter.MaxFilter(3)), other)
            if touching.histogram()[255] >= _EDGE:
                yield _PROCESS[first].lower(), _PROCESS[second].lower()
