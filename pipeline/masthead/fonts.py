"""The font families that may be used, and a fontconfig that knows nothing else."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_amiri

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Fonts:
    """`fontconfig` is the file that FONTCONFIG_FILE names, `files` are the fonts themselves."""

    fontconfig: Path
    files: tuple[Path, ...]


@cache
def load() -> Fonts:
    """Make the private fontconfig."""
    folders = [Path(fontpkg_amiri.__file__).parent / "files", Path("/usr/share/fonts/truetype/liberation")]
    place = Path(tempfile.mkdtemp(prefix="masthead-fonts-"))
    file = place / "fonts.conf"
    file.write_text(_CONFIGURATION.format(folders="".join(f"<dir>{f}</dir>" for f in folders), cache=place / "cache"))
    return Fonts(file, tuple(sorted(path for folder in folders for path in folder.glob("*.ttf"))))
