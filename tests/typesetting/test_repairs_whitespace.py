"""Justified lines end where their column ends."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

import unrepaired
from masthead.typesetting.typesetter import Pdf, Variant, typeset
from paths import TOUCHSTONE
from small import extents, html

ARABIC = [word for word in re.findall("[\u0621-\u0652]+", TOUCHSTONE.read_text("utf-8")) if len(word) > 1]
LATIN = ["United", "Nations", "Treaty", "Series", "vol.", "General", "Assembly", "Records", "and", "the", "of", "Rome"]
TAGS = ("", "", "b", "i", 'span dir="ltr"', 'span dir="rtl"', "b")


def paragraph(choice: random.Random, direction: str) -> str:
    """Words of both scripts in random nested runs, with the pair that Amiri kerns across its space now and then."""
    pieces = []
    for _ in range(choice.randint(6, 14)):
        own = ARABIC if direction == "rtl" else LATIN
        words = choice.choice((own, own, ARABIC, LATIN))
        text = " ".join(choice.choice(words) for _ in range(choice.randint(1, 7)))
        text = choice.choice((text, text, text, "نص خطة كل نص", f"{text} 39574"))
        tag = choice.choice(TAGS)
        pieces.append(f"<{tag}>{text}</{tag.split()[0]}>" if tag else text)
    return " ".join(pieces)


def overhangs(paragraphs: list[tuple[str, int, str]], typeset: Callable[..., Pdf] = typeset) -> list[float]:
    """By how much each line leaves its column on either side (points); less than nothing where it keeps within."""
    body = "".join(f'<p dir="{way}" style="width: {width}pt">{text}</p>' for way, width, text in paragraphs)
    style = "@page { size: 500pt 700pt; margin: 20pt } p { break-after: page }"
    pages = extents(typeset(html(body, style=style, root='lang="ar"'), variant=Variant.PLAIN).data)
    assert len(pages) == len(paragraphs)
    return [
        max(20 - left, right - 20 - width)
        for (_, width, _), lines in zip(paragraphs, pages, strict=True)
        for left, right in lines
    ]


@pytest.fixture(scope="module")
def paragraphs() -> list[tuple[str, int, str]]:
    choice = random.Random(7)
    ways = [choice.choice(("rtl", "rtl", "ltr")) for _ in range(60)]
    return [(way, choice.randint(150, 430), paragraph(choice, way)) for way in ways]


def test_no_line_overhangs_at_any_width(paragraphs: list[tuple[str, int, str]]) -> None:
    found = overhangs(paragraphs)
    assert len(found) > 200
    assert max(found) < 0.1


def test_stock_overhangs(paragraphs: list[tuple[str, int, str]]) -> None:
    assert sum(each > 1 for each in overhangs(paragraphs, unrepaired.typeset)) > 10


@pytest.mark.parametrize(
    ("typeset", "overhang"),
    [(typeset, pytest.approx(0, abs=0.1)), (unrepaired.typeset, pytest.approx(4.8, abs=0.3))],
    ids=["mended", "stock"],
)
def test_kerning_across_a_space_is_kept_when_the_line_is_justified(
    typeset: Callable[..., Pdf], overhang: float
) -> None:
    assert max(overhangs([("rtl", 150, "نص خطة كل نص " * 8)], typeset)) == overhang


def test_all_lines_but_the_last_are_as_wide_as_the_column() -> None:
    body = f'<p style="width: 200pt">{" ".join(ARABIC[:80])}</p>'
    (lines,) = extents(typeset(html(body, style="@page { size: 300pt 700pt }"), variant=Variant.PLAIN).data)
    assert all(right - left == pytest.approx(200, abs=0.1) for left, right in lines[:-1])


@pytest.mark.parametrize("way", ["rtl", "ltr"])
def test_a_last_line_that_is_justified_too_is_not_torn_apart(way: str) -> None:
    words = ARABIC if way == "rtl" else LATIN
    style = "@page { size: 240pt 100pt; margin: 20pt } p { text-align-last: justify; break-after: page }"
    body = "".join(f"<p>{' '.join(words[:count])}</p>" for count in (2, 3, 6))
    pages = extents(typeset(html(body, style=style, root=f'lang="ar" dir="{way}"'), variant=Variant.PLAIN).data)
    ends = [left if way == "rtl" else 240 - right for left, right in (line for (line,) in pages)]
    assert ends[0] > 60 and ends[1] > 60
    assert ends[2] == pytest.approx(20, abs=1)
