"""Do our plates agree with those of Ghostscript's tiffsep, page by page, on published PDFs?

    python benchmarks/plates.py [PDF…]        by default all PDFs below $MASTHEAD_REFERENCE

Each PDF is separated (`masthead separate`) for four inks and for black alone. Each plate of each page is compared by
the mean of its ink, as pamcmyk32 (what preflight judges) and tiffsep draw it: they may differ by 2 % of it, or by 0.1
of 255. A job in black must have the plate Black and no other. PDFs that a press cannot print, such as those without
their fonts, are listed with the reason. Fails if two plates differ, or a job has a plate too many.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import ImageStat

from masthead import press
from masthead.document import MastheadError
from masthead.pdf import plates
from masthead.press.pdfx import PdfxStandard

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

import tiffsep  # noqa: E402

DPI = 100
INKS = "Cyan", "Magenta", "Yellow", "Black"


def differences(pdf: bytes) -> Iterator[tuple[int, str, float, float]]:
    """Yield the page, the ink, and the mean of the ink as preflight and as tiffsep have it, of 255."""
    pages = zip(plates.separate(pdf), tiffsep.plates(pdf, DPI), strict=True)
    for number, (ours, theirs) in enumerate(pages, 1):
        for ink, plate in zip(INKS, ours.split(), strict=True):
            yield number, ink, _mean(plate), _mean(theirs[ink]) if ink in theirs else 0.0


def _mean(plate: object) -> float:
    return float(ImageStat.Stat(plate).mean[0])  # type: ignore[arg-type]


def main(paths: list[Path]) -> bool:
    plates.RESOLUTION = DPI
    good, pages, worst, refused = True, 0, 0.0, 0
    for path in paths:
        try:
            four, black = (press.separate(path.read_bytes(), PdfxStandard.X4, ink=ink) for ink in ("", "black"))
        except MastheadError as error:
            refused += 1
            print(f"{path.name}: refused: {error}")
            continue
        for number, ink, ours, theirs in differences(four):
            pages += ink == "Black"
            difference = abs(ours - theirs)
            worst = max(worst, difference)
            if difference > max(0.02 * theirs, 0.1):
                good = False
                print(f"{path.name}, page {number}: {ink} is {ours:.3f} here and {theirs:.3f} by tiffsep")
        others = {ink for page in tiffsep.plates(black, 36) for ink in page} - {"Black"}
        if others:
            good = False
            print(f"{path.name}: a job in black has {', '.join(sorted(others))}")
    print(
        f"{len(paths)} files, {refused} refused; {pages} pages, {4 * pages} plates; they differ by {worst:.3f} at most"
    )
    return good


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]]
    sys.exit(not main(given or sorted(Path(os.environ["MASTHEAD_REFERENCE"]).rglob("*.pdf"))))
