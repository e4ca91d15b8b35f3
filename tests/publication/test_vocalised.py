"""Vocalized Arabic: its marks touch neither the line above nor the rule above the notes."""

from __future__ import annotations

from itertools import groupby, pairwise

import pypdfium2
from PIL import Image

from drawn import lines
from manuscripts import AR, report
from masthead import publication
from masthead.publication import SourceFile

SCALE = 200 / 72
TEXT = "حَقُّ كُلِّ إِنسَانٍ فِي ٱلْحَيَاةِ وَٱلْحُرِّيَّةِ مُحْتَرَمٌ وَيُحَقِّقُ لَهُ ٱلْقَانُونُ كُلَّ أَمَانٍ دَوْلِيٍّ"


def test_the_lines_of_a_vocalised_text_do_not_touch() -> None:
    source = report(AR, f"{' '.join([TEXT] * 6)}[^1]", f"[^1]: {TEXT}.")
    edition = publication.publish(SourceFile("vocalised.md", source.encode()))
    assert edition.report.findings == ()
    with pypdfium2.PdfDocument(edition.pdf.data) as document:
        picture = document[0].render(scale=SCALE).to_pil().convert("L").point(lambda shade: 255 * (shade < 160))
    baselines = [line.baseline for line in lines(edition.pdf.data) if line.page == 1 and "ٱ" in line.text]
    *text, note = baselines
    assert len(text) > 5
    assert all(len(_bands(picture, above, below)) > 1 for above, below in pairwise(text))
    assert _bands(picture, note - 30, note)[0] <= 3  # the rule, in pixels, and then the note


def _bands(picture: Image.Image, top: float, bottom: float) -> list[int]:
    """The heights of the ink between two baselines, in the column of the text, as far as empty rows divide it."""
    left, right = picture.width // 5, picture.width * 9 // 10
    rows = range(round(top * SCALE), round(bottom * SCALE))
    inked = (picture.crop((left, row, right, row + 1)).getbbox() is not None for row in rows)
    return [len([*same]) for is_inked, same in groupby(inked) if is_inked]
