"""Jobs of one or two inks: black alone, or black and a spot colour, which the printer mixes by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

import pikepdf
from pikepdf import Array, Name

from masthead.document import OrderError

SPACE = "/Inks"
"""The colour space of a job of two inks, and the entry of the document information that names the inks of a job."""
PATCHES = (
    *("1 0 0 0 k", "0 1 0 0 k", "0 0 1 0 k", "0 0 0 1 k", "1 1 0 0 k", "0 1 1 0 k", "1 0 1 0 k"),
    *("0 0 0 .5 k", "0 0 0 .25 k"),
)
"""The patches of a colour bar: the operators that choose their inks."""
_FORM = re.compile(r"(?P<name>[^=]+)=(?P<cmyk>(?:\d{1,3},){3}\d{1,3})")
_BLACK = "black"


@dataclass(frozen=True, slots=True)
class SpotInk:
    """An ink for everything that is not grey. Without a name it is black, so the job has one ink.

    `cmyk` is what it looks like in cyan, magenta, yellow and black, from 0 to 1.
    """

    name: str
    cmyk: tuple[float, float, float, float]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `black`, or a name and its percentages: `PANTONE 300 U=100,44,0,0`. Raises OrderError."""
        if text.strip().lower() == _BLACK:
            return cls("", (0.0, 0.0, 0.0, 1.0))
        found = _FORM.fullmatch(text.strip())
        parts = [int(each) for each in found["cmyk"].split(",")] if found else []
        if found is None or max(parts) > 100 or found["name"].strip().title() in _PROCESS:
            hint = "give black, or a name and its percentages of cyan, magenta, yellow and black: NAME=100,44,0,0"
            raise OrderError(f"not an ink: {text}", hint=hint)
        cyan, magenta, yellow, black = (part / 100 for part in parts)
        return cls(found["name"].strip(), (cyan, magenta, yellow, black))

    @property
    def inks(self) -> str:
        """The names of the inks of the job."""
        return f"{self.name}, Black" if self.name else "Black"

    def space(self, pdf: pikepdf.Pdf) -> Array:
        """Return the colour space of this ink and black."""
        cyan, magenta, yellow, black = (f"{part:g}" for part in self.cmyk)
        # The tints are on the stack, black on top: ink and black to the four inks that look like them.
        tint = (
            f"{{exch dup {cyan} mul exch dup {magenta} mul exch dup {yellow} mul exch {black} mul "
            "5 -1 roll add dup 1 gt {pop 1} if}"
        )
        function = pdf.make_stream(tint.encode(), FunctionType=4, Domain=[0, 1] * 2, Range=[0, 1] * 4)
        names = Array([Name(f"/{self.name}"), Name("/Black")])
        return Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(function)])


def bar_patches(inks: str) -> tuple[str, ...]:
    """Return the patches of the colour bar of a job, by the names of its inks: all four if there are none."""
    if not inks:
        return PATCHES
    spots = [f"{SPACE} cs {tints} scn" for tints in ("1 0", ".5 0", "1 1")] if "," in inks else []
    return (*spots, *(patch for patch in PATCHES if patch.startswith("0 0 0 ")))


_PROCESS = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")
