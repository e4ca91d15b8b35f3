"""Ghostscript's tiffsep as a second judge of plates: a grey picture for each ink of each page, spot colours by name."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageOps

from programs import program


def plates(pdf: bytes, dpi: int = 36) -> list[dict[str, Image.Image]]:
    """Return the plates of the trimmed pages that have ink: 255 where an ink is solid, 0 where there is none."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "pages.pdf"
        source.write_bytes(pdf)
        command = [
            *(program("gs", "ghostscript"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dUseTrimBox", f"-r{dpi}"),
            *("-sDEVICE=tiffsep", f"-sOutputFile={folder}/%d.tif", str(source)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        found: dict[int, dict[str, Image.Image]] = {}
        for path in sorted(Path(folder).glob("*.tif")):
            if named := re.fullmatch(r"(\d+)\((.+)\)\.tif", path.name):
                with Image.open(path) as plate:
                    inked = ImageOps.invert(plate.convert("L"))
                if inked.getbbox():
                    found.setdefault(int(named[1]), {})[named[2]] = inked
            else:
                found.setdefault(int(re.sub(r"\D", "", path.name)), {})
        return [found[number] for number in sorted(found)]
