"""Differences that follow from another difference: they are reported, but require no decision.

The comparison of glyphs recognizes text that a change has pushed along. The rules here are for what goes with it: the
places of links, the numbers of tags, and regions of the picture that show a change which is already reported.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from masthead.comparison.items import Described
from masthead.comparison.results import Difference, Layer
from masthead.comparison.typefaces import TypefacePair
from masthead.document import Rectangle

_NEAR = 6.0  # points: a region of the picture that is nearer to a reported change shows that change
PICTURE = "the picture differs"
_COLOUR = re.compile("the (colour|fill|line) of")
_REMOVED = re.compile("(was|were) removed|not drawn any more|rules, shapes or pictures")
_REMADE = re.compile("(is|are) now (invisible|outlined|clipping|filled)")
_ON_SCREEN = re.compile("the ink of .* was (RGB|grey) and is now (RGB|grey)$")


def touch(box: Rectangle, other: Rectangle) -> bool:
    """Return whether two regions of a page are at the same place, or very near."""
    across = box[0] - _NEAR < other[2] and other[0] - _NEAR < box[2]
    return across and box[1] - _NEAR < other[3] and other[1] - _NEAR < box[3]


def of_items(
    described: Sequence[Described],
    drawn: Iterable[Difference],
    rewritten: Mapping[int, Sequence[Rectangle]],
    other_pages: bool,
) -> Iterator[Difference]:
    """Mark what follows in the structure: places and targets that have moved with their words, links in words that were
    added or removed (`rewritten` has their regions by page), numbers and labels of pages, numbers of tags, fonts.
    """
    drawn = tuple(drawn)
    retagged = any(each.layer in (Layer.TEXT, Layer.STRUCTURE) for each in drawn)
    refaced = any(each.layer is Layer.TEXT or re.match("the (font|style) of", each.message) for each in drawn)
    unlinked = any(each.kind == "link" and not each.attribute for each in described)
    untagged = any(each.attribute == "tagging" for each in described)
    for each in described:
        difference = each.difference
        come_or_gone = not each.attribute
        boxes = rewritten.get(difference.page or 0, ())
        follows = (
            each.settled
            or (
                each.kind == "tags"
                and (retagged or untagged or other_pages or (unlinked and "“Link”" in difference.message))
            )
            or (untagged and (each.kind.startswith("tags ") or each.attribute.startswith(("role of tag", "declared"))))
            or (other_pages and (each.attribute, each.kind) in (("number of pages", "document"), ("label", "page")))
            or (
                each.kind == "link" and come_or_gone and difference.box and any(touch(difference.box, o) for o in boxes)
            )
            or (each.kind == "font" and come_or_gone and refaced)
        )
        yield replace(difference, follows=bool(follows))


def of_drawings(
    drawn: Iterable[Difference], described: Sequence[Described], fonts: Sequence[TypefacePair]
) -> Iterator[Difference]:
    """Mark what is drawn differently because of another reported difference: regions that show an annotation, or
    letters whose shapes in `fonts` have changed; words that fonts give another reading; colours of which the inks are
    named; languages that are the document's.
    """
    letters = frozenset().union(*(pair.letters for pair in fonts))
    reread = frozenset().union(*(pair.readings for pair in fonts))
    drawn = tuple(drawn)
    spoken = any(each.attribute == "language" and each.kind == "document" for each in described)
    noted = [(each.difference.page, each.difference.box) for each in described if each.difference.box]
    inked = {page for each in drawn if re.match("the (ink|opacity) of", each.message) for page in each.on_pages}
    inked -= {page for each in drawn if _ON_SCREEN.search(each.message) for page in each.on_pages}
    coloured = {page for each in drawn if _COLOUR.match(each.message) for page in each.on_pages}
    laid = {page for each in drawn if _is_ink(each) and each.message.endswith(" added") for page in each.on_pages}
    gone = {page for each in drawn if _REMOVED.search(each.message) and not _is_ink(each) for page in each.on_pages}
    remade = {page for each in drawn if _REMADE.search(each.message) for page in each.on_pages}
    for each in drawn:
        follows = each.follows
        if each.message == PICTURE and each.box:
            follows |= any(page == each.page and box and touch(each.box, box) for page, box in noted)
            follows |= any(letter in each.words for letter in letters)
        elif _COLOUR.match(each.message):
            follows |= inked.issuperset(each.on_pages)
        elif _ON_SCREEN.search(each.message):
            follows |= coloured.issuperset(each.on_pages)
        elif re.search("copied or searched$|^words that are", each.message):
            follows |= bool(reread)
        elif each.edits and reread:
            follows |= _is_reread(each, reread)
        elif _is_ink(each) and each.message.endswith(" removed"):
            follows |= gone.issuperset(each.on_pages)
        elif _is_ink(each) and " text" in f" {each.message.partition(' in ')[0]}":
            follows |= remade.issuperset(each.on_pages)
        elif re.match("a (shape|rule|picture|shading) was added", each.message):
            follows |= laid.issuperset(each.on_pages)
        elif each.message.startswith("the language of"):
            follows |= spoken
        yield replace(each, follows=follows)


def _is_reread(difference: Difference, reread: Collection[tuple[str, str]]) -> bool:
    """Whether words differ only by letters that their font says to read otherwise."""
    sides = [
        "".join("".join(edit.text.split()) for edit in difference.edits if edit.operation in ("kept", which))
        for which in ("removed", "added")
    ]
    if len(sides[0]) != len(sides[1]):
        return False
    return all(old == new or (old, new) in reread for old, new in zip(*sides, strict=True))


def _is_ink(difference: Difference) -> bool:
    return re.match(r"(text|areas|lines|pictures|shadings|\w+ text) in ", difference.message) is not None


def of_pages(found: Sequence[Difference]) -> Iterator[Difference]:
    """Mark pages that were split or joined because words were added or removed.

    If nothing would be left to decide on, nothing follows.
    """
    rewritten = any(each.layer is Layer.TEXT and not each.follows for each in found)
    marked = [
        replace(
            each, follows=each.follows or (rewritten and bool(re.search(r" was split:| were joined:", each.message)))
        )
        for each in found
    ]
    decided = any(not each.follows and not each.tolerated for each in marked)
    yield from (each if decided else replace(each, follows=False) for each in marked)
