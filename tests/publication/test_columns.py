"""Columns of numbers: their units digits are above each other on the page, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from drawn import characters
from manuscripts import AR, EN, ES, FR, RU, ZH, report
from masthead import publication
from masthead.document.terms import Language
from masthead.publication import SourceFile

# 7 is the units digit of each number and no other digit of it. The first is nothing but 7.
NUMBERS = (
    "7 | 1 237.5 | 97 | (7) | (1 817.9) | -7.5 | 17% | 7[^a] | 2 047[^1] | 7.25 | 11 117.11 | **30 267.4** | ≤ 7 | $7"
)
# How 1 234.5 is typed.
MARKS = {EN: ",.", ZH: ",.", AR: "\u00a0.", FR: "\u00a0,", RU: "\u00a0,", ES: ".,"}
SCALE = 8  # pixels in a point


@pytest.mark.parametrize(
    ("language", "digits"), [(AR, "arab"), *((language, "latn") for language in MARKS)], ids=lambda value: str(value)
)
def test_units_digits_of_a_column_are_above_each_other(language: Language, digits: str) -> None:
    marks = dict(zip(map(ord, " ."), MARKS[language], strict=True))
    typed = [number.translate(marks) for number in NUMBERS.split(" | ")]
    rows = [f"| {'x' * place} | {number} |" for place, number in enumerate(typed, 1)]
    body = ["<!-- table -->", "\n".join(["| x | x |", "|---|---:|", *rows]), "[^a]: m.", "[^1]: m."]
    options = {"digits": digits} if language is AR else {}
    edition = publication.publish(SourceFile("columns.md", report(language, *body, **options).encode()))
    assert edition.report.findings == ()
    found = list(_units(edition.pdf.data, 11.0 if language is AR else 8.5))
    assert len(found) == len(typed)
    assert found == pytest.approx([found[0]] * len(found), abs=0.3)


def _units(pdf: bytes, size: float) -> Iterator[float]:
    """Yield how far each 7 of `size` is from the left of its page, in points: where it looks like the first one."""
    seven: Image.Image | None = None
    with pypdfium2.PdfDocument(pdf) as document:
        for page, chars in groupby(characters(pdf), itemgetter(0)):
            picture = ImageOps.invert(document[page - 1].render(scale=SCALE).to_pil().convert("L"))
            for _, char in chars:
                if not (set(char.get_text()) & set("7٧") and round(char.size, 1) == size):
                    continue
                left, right = int(char.x0 * SCALE), int(char.x1 * SCALE)
                top = picture.height - int(char.y1 * SCALE)
                row = picture.crop((left - SCALE, top, right + SCALE, top + round(size * SCALE)))
                if seven is None:
                    box = row.getbbox()
                    assert box is not None
                    seven = row.crop((box[0], 0, box[2], row.height))
                yield (left - SCALE + _most_alike(row, seven)) / SCALE


def _most_alike(row: Image.Image, part: Image.Image) -> int:
    def difference(x: int) -> float:
        return ImageStat.Stat(ImageChops.difference(row.crop((x, 0, x + part.width, part.height)), part)).sum[0]

    return min(range(row.width - part.width + 1), key=difference)
