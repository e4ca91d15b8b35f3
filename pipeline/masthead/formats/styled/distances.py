"""How far apart paragraphs of a report are in the template of the United Nations, in twentieths of a point.

In Word files they are apart by the space below a paragraph, which is 6 points for text and nothing for headings, and by
empty paragraphs of 6 points. What a file has more or less of these was fitted by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto

from masthead.document import model
from masthead.formats.styled.parts import Para
from masthead.page import wording

_CHAPTERS = 2  # the levels of headings in 14 and 12 points
_MOST = 240  # what is set further apart than that fills a page by hand, or ends it


class Matter(Enum):
    """What is set apart from what is before it."""

    CHAPTER = auto()  # a heading of level 1 or 2
    HEADING = auto()
    TEXT = auto()
    CAPTION = auto()
    UNIT = auto()  # without a caption


_USUAL: Mapping[tuple[Matter, Matter], int] = {
    (Matter.TEXT, Matter.CHAPTER): 360,
    (Matter.TEXT, Matter.HEADING): 240,
    (Matter.TEXT, Matter.TEXT): 120,
    (Matter.TEXT, Matter.CAPTION): 240,
    (Matter.TEXT, Matter.UNIT): 240,
    (Matter.CHAPTER, Matter.CHAPTER): 240,
    (Matter.CHAPTER, Matter.HEADING): 240,
    (Matter.CHAPTER, Matter.TEXT): 240,
    (Matter.CHAPTER, Matter.CAPTION): 240,
    (Matter.CHAPTER, Matter.UNIT): 240,
    (Matter.HEADING, Matter.CHAPTER): 360,
    (Matter.HEADING, Matter.HEADING): 120,
    (Matter.HEADING, Matter.TEXT): 120,
    (Matter.HEADING, Matter.CAPTION): 240,
    (Matter.HEADING, Matter.UNIT): 0,
}


def heading_matter(level: int) -> Matter:
    """Return what a heading of this level is."""
    return Matter.CHAPTER if level <= _CHAPTERS else Matter.HEADING


def fit_of_para(para: Para, before: model.Block | None, matter: Matter) -> model.Fit:
    """Return how a paragraph was fitted, with what is between it and the block before it, where the template says that.

    After tables and pictures the template does not say it, because they end with space of their own. Where a page of
    print begins, editors remove all empty paragraphs, so that nothing but the space below text says nothing.
    """
    if para.room is None:
        return para.fit
    below = 0
    match before:
        case model.Heading():
            above = heading_matter(before.level)
            is_label = before.ordinal is None and not before.mark and wording.is_label(before.content)
            usual = 0 if is_label and matter is above else _USUAL[above, matter]
        case model.Paragraph():
            usual = _USUAL[Matter.TEXT, matter]
            below = _USUAL[Matter.TEXT, Matter.TEXT]
        case _:
            return para.fit
    begins_page = para.room == below < usual
    return replace(para.fit, above=0 if begins_page or para.room > usual + _MOST else usual - para.room)
