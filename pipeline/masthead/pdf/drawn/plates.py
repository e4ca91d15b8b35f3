"""The plates of a PDF's pages, made by Ghostscript as a separate program: how much ink lies where."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from masthead.document import ResourceError

RESOLUTION = 36  # dpi: ink under letters is found, and a page takes a few hundredths of a second
_HEADER = re.compile(rb"P7\nWIDTH (\d+)\nHEIGHT (\d+)\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\n(?:#[^\n]*\n)?ENDHDR\n")


def separate(pdf: bytes) -> tuple[Image.Image, ...]:
    """The trimmed pages as pictures of cyan, magenta, yellow and black. Raises ResourceError without Ghostscript."""
    program = shutil.which("gs")
    if program is None:
        raise ResourceError("Ghostscript is not installed", hint="apt install ghostscript")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pages.pdf")
        source.write_bytes(pdf)
        command = [
            program, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dUseTrimBox", f"-r{RESOLUTION}", "-sDEVICE=pamcmyk32",
            "-sOutputFile=-", str(source),
        ]  # fmt: skip
        try:
            run = subprocess.run(command, capture_output=True, timeout=300)
        except subprocess.TimeoutExpired as error:
            raise ResourceError("Ghostscript does not come to an end", hint="look at the file") from error
    if run.returncode:
        raise ResourceError(f"Ghostscript fails: {run.stderr.decode(errors='replace').strip()[-200:]}")
    return tuple(_pictures(run.stdout))


def _pictures(data: bytes) -> list[Image.Image]:
    pictures, place = [], 0
    while match := _HEADER.match(data, place):
        width, height = int(match[1]), int(match[2])
        size = 4 * width * height
        pictures.append(Image.frombytes("CMYK", (width, height), data[match.end() : match.end() + size]))
        place = match.end() + size
    return pictures


def total(picture: Image.Image) -> float:
    """The highest sum of the four inks at one place, in per cent (400 at most)."""
    cyan, magenta, yellow, black = picture.split()
    first, second = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    (_, most) = ImageChops.add(first, second, scale=2).getextrema()
    return round(float(str(most)) * 4 / 255 * 100)


def rich_black(picture: Image.Image) -> bool:
    """Whether black is printed over much cyan, magenta and yellow anywhere: what black of RGB becomes."""
    marked = [plate.point(lambda ink: 255 if ink > 76 else 0) for plate in picture.split()]
    common = marked[0]
    for plate in marked[1:]:
        common = ImageChops.darker(common, plate)
    return common.getbbox() is not None
