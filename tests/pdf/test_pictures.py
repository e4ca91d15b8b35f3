"""Pictures of pages are drawn within limits, each page for itself."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

import bombs
from breaking import good
from masthead.document.terms import Language
from masthead.pdf.drawn import pictures

SECONDS = 300  # by the clock: the machine may be busy


def test_pages_are_drawn_in_the_order_asked_for() -> None:
    third, first = pictures.draw(good(Language.ENGLISH), (3, 1), 96, SECONDS)
    assert (third.page, first.page, first.width, first.height) == (3, 1, 612, 792)
    assert Image.open(io.BytesIO(first.png)).size == (816, 1056)
    assert third.png != first.png


@pytest.mark.parametrize(
    ("bomb", "seconds", "reason"),
    [
        (bombs.tiling, pictures.PAGE_SECONDS, "it takes more than 3 seconds"),
        (bombs.content, 60, "more than 1 GiB of memory"),  # unpacking so much may take longer than 3 seconds
    ],
    ids=["time", "memory"],
)
def test_a_page_that_cannot_be_drawn_is_told_and_costs_no_other_its_picture(
    bomb: Callable[[pikepdf.Pdf], None], seconds: float, reason: str
) -> None:
    first, second, third = pictures.draw(bombs.changed(bomb), (1, 2, 3), 96, SECONDS, seconds)
    assert first.png
    assert third.png
    assert not second.png
    assert reason in second.reason


def test_pages_for_which_no_time_is_left_are_told() -> None:
    (first,) = pictures.draw(good(Language.ENGLISH), (1,), 96, seconds=0)
    assert (first.png, first.reason) == (b"", pictures.LATE)


def test_what_is_no_pdf_has_a_reason_for_each_page() -> None:
    assert [bool(picture.reason) for picture in pictures.draw(b"nothing", (1, 2), 96, SECONDS)] == [True, True]
