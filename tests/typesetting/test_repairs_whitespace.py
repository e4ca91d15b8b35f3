"""Justified lines end where their column ends."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pdfminer.high_level import extract_pages

import unrepaired
from masthead.page import Html
from masthead.typesetting.repairs import whitespace
from masthead.typesetting.typesetter import Pdf, Variant, typeset
from paths import TOUCHSTONE
from small import chars, extents, html

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


# Texts with numbers whose digits are grouped by spaces. One font draws them, several do, or Pango.
NUMBERS = {
    "no-break space": ('lang="fr" dir="ltr"', "dépense 240\u00a0000 dollars en 5\u00a0240\u00a0000,50 jours"),
    "space in text that is not wrapped": (
        'lang="ru" dir="ltr" style="font-family: Liberation Serif"',
        'всего <span style="white-space: nowrap">5 240 000 долл.</span> на 3 года',
    ),
    "two scripts": (
        'lang="ru" dir="ltr" style="font-family: Liberation Serif"',
        'часть <span style="white-space: nowrap">VI и 240 000 мер</span> в течение года',
    ),
    "two scripts, no-break space": (
        'lang="ru" dir="ltr" style="font-family: Liberation Serif"',
        "часть VI и 240\u00a0000 мер в течение года",
    ),
    "Arabic": ('lang="ar" dir="rtl"', "أنفقت المدن ٢٤٠\u00a0٠٠٠ دولار و 240\u00a0000 يورو في السنة"),
    "Persian": ('lang="fa" dir="rtl"', "شهرها ۲۴۰\u00a0۰۰۰ درخت کاشتند"),
    "Chinese": (
        """lang="zh" dir="ltr" style='font-family: "Liberation Serif", "Noto Serif SC"'""",
        "共有240\u00a0000名警察和5\u00a0240名军人，",
    ),
    "mixed digits": ('lang="ar" dir="rtl"', "أنفقت المدن ٢٤٠\u00a0000 دولار في السنة"),
}


def number_gaps(pdf: bytes) -> Iterator[float]:
    """Yield how far apart two digits are that have a space between them, in points."""
    for page in extract_pages(BytesIO(pdf)):
        rows = defaultdict(list)
        for char in chars(page):
            rows[round(char.matrix[5])].append(char)
        for row in rows.values():
            row.sort(key=lambda char: char.matrix[4])
            drawn = [char for char in row if char.get_text().strip()]
            spaces = [char.matrix[4] for char in row if not char.get_text().strip()]
            for before, after in pairwise(drawn):
                end, begin = before.matrix[4] + before.adv * before.matrix[0], after.matrix[4]
                is_spaced = any(end - 0.1 <= space < begin for space in spaces)
                if is_spaced and before.get_text().isdigit() and after.get_text().isdigit():
                    yield round(begin - end, 1)


def numbers(kind: str, align: str) -> Html:
    root, text = NUMBERS[kind]
    style = f"@page {{ size: 300pt 700pt; margin: 20pt }} p {{ text-align: {align}; width: 211pt }}"
    return html(f"<p>{' '.join([text] * 20)}</p>", style=style, root=root)


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize("changes", [None, unrepaired.REPAIRED], ids=["all", "repairs"])
def test_the_spaces_of_a_number_keep_their_width_in_justified_lines(kind: str, changes: Any) -> None:
    made, ragged = (
        typeset(each, variant=Variant.PLAIN)
        if changes is None
        else unrepaired.typeset(each, changes, variant=Variant.PLAIN)
        for each in (numbers(kind, "justify"), numbers(kind, "start"))
    )
    found = [*number_gaps(made.data)]
    assert len(found) > 15
    assert {*found} == {*number_gaps(ragged.data)}
    *lines, _ = (line for page in extents(made.data) for line in page)
    assert all(right - left == pytest.approx(211, abs=0.1) for left, right in lines)


def test_stock_pulls_numbers_apart() -> None:
    gaps = [*number_gaps(unrepaired.typeset(numbers("no-break space", "justify"), variant=Variant.PLAIN).data)]
    assert max(gaps) > 1.5 * min(gaps)


@pytest.mark.parametrize(
    ("text", "wraps", "places"),
    [
        ("5\u00a0240 000", True, [(1, 3)]),
        ("5\u00a0240 000", False, [(1, 3), (6, 7)]),
        ("en 2049 240 villes", True, []),
        ("12\u00a0mai, no\u00a05, 5\u00a0%, 5\u202f000", True, []),
        ("٥\u00a0٢٤٠", True, [(2, 4)]),
        ("1 2 3", False, [(1, 2), (3, 4)]),
    ],
)
def test_digits_are_of_one_number_where_no_line_can_end_at_the_space(
    text: str, wraps: bool, places: list[tuple[int, int]]
) -> None:
    assert whitespace.number_spaces(text.encode(), wraps=wraps) == places
