"""Which differences follow from others, and so require no decision: those of items, of drawings and of pages."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from masthead.comparison.consequences import PICTURE, of_drawings, of_items, of_pages, touch
from masthead.comparison.items import Described
from masthead.comparison.results import Difference, EditOperation, Layer, TextEdit

Box = tuple[float, float, float, float]
HERE: Box = (10.0, 10.0, 20.0, 20.0)


class Fonts(NamedTuple):
    """What is asked of a pair of fonts."""

    letters: frozenset[str] = frozenset()
    readings: frozenset[tuple[str, str]] = frozenset()


def drawn(message: str, page: int | None = 1, layer: Layer = Layer.PICTURE, **more: Any) -> Difference:
    return Difference(layer, message, page, **more)


def item(kind: str, attribute: str = "", message: str = "it", *, settled: bool = False, **more: Any) -> Described:
    return Described(Difference(Layer.STRUCTURE, message, **more), kind, attribute, settled)


WORDS = drawn("the words of paragraph “Rain” have changed", layer=Layer.TEXT)
TAG = drawn("paragraph “Rain” was tagged P and is now H1", layer=Layer.STRUCTURE)
BOLD = drawn("the style of 4 characters was regular and is now bold")
FONT = drawn("the font of 4 characters was Amiri and is now Noto")
RED = drawn("the colour of 4 characters was #000000 and is now #ff0000")


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (HERE, True),
        ((25.9, 10, 30, 20), True),
        ((26, 10, 30, 20), False),
        ((0, 10, 4.1, 20), True),
        ((0, 10, 4, 20), False),
        ((10, 25.9, 20, 30), True),
        ((10, 26, 20, 30), False),
        ((10, 0, 20, 4.1), True),
        ((10, 0, 20, 4), False),
        ((30, 30, 40, 40), False),
    ],
)
def test_regions_within_six_points_are_at_the_same_place(other: Box, near: bool) -> None:
    assert touch(HERE, other) is near is touch(other, HERE)


@pytest.mark.parametrize(
    ("asked", "others", "differences", "follows"),
    [
        # tags: their number follows from words, other tags, and pages that came or went
        (item("tags", "number"), (), (), False),
        (item("tags", "number"), (), (WORDS,), True),
        (item("tags", "number"), (), (TAG,), True),
        (item("tags", "number"), (), (RED,), False),
        (item("tags", "number"), (item("document", "tagging"),), (), True),
        (item("tags", "number", "number of tags “Link”: 4 is now 3"), (item("link"),), (), True),
        (item("tags", "number", "number of tags “Link”: 4 is now 3"), (item("link", "target"),), (), False),
        (item("tags", "number", "number of tags “Span”: 4 is now 3"), (item("link"),), (), False),
        # all that a file without tags lacks
        (item("tags of tables", "spans"), (item("document", "tagging"),), (), True),
        (item("tags of tables", "spans"), (), (WORDS,), False),
        (item("document", "role of tag “Top”"), (item("document", "tagging"),), (), True),
        (item("document", "declared language"), (item("document", "tagging"),), (), True),
        (item("document", "language"), (item("document", "tagging"),), (), False),
        # fonts come and go with words and faces, and change by themselves
        (item("font"), (), (WORDS,), True),
        (item("font"), (), (BOLD,), True),
        (item("font"), (), (FONT,), True),
        (item("font"), (), (RED,), False),
        (item("font"), (), (TAG,), False),
        (item("font", "shapes"), (), (FONT,), False),
        # what is at the same words
        (item("link", "target", settled=True), (), (), True),
        (item("bookmark", "title"), (), (WORDS,), False),
    ],
)
def test_what_follows_in_the_structure(
    asked: Described, others: tuple[Described, ...], differences: tuple[Difference, ...], follows: bool
) -> None:
    first, *_ = of_items([asked, *others], differences, {}, other_pages=False)
    assert first.follows is follows


@pytest.mark.parametrize(
    ("kind", "attribute", "follows"),
    [
        ("tags", "number", True),
        ("document", "number of pages", True),
        ("page", "label", True),
        ("page", "number of pages", False),
        ("document", "label", False),
        ("bookmark", "label", False),
    ],
)
def test_pages_that_came_or_went_have_their_numbers(kind: str, attribute: str, follows: bool) -> None:
    for other_pages in (True, False):
        (found,) = of_items([item(kind, attribute)], (), {}, other_pages)
        assert found.follows is (follows and other_pages)


@pytest.mark.parametrize(
    ("kind", "attribute", "page", "box", "follows"),
    [
        ("link", "", 2, HERE, True),
        ("link", "", 2, (25.9, 10, 30, 20), True),
        ("link", "", 2, (26, 10, 30, 20), False),
        ("link", "", 1, HERE, False),
        ("link", "", 2, None, False),
        ("link", "target", 2, HERE, False),
        ("sticky note", "", 2, HERE, False),
    ],
)
def test_a_link_comes_and_goes_with_its_words(
    kind: str, attribute: str, page: int, box: Box | None, follows: bool
) -> None:
    (found,) = of_items([item(kind, attribute, page=page, box=box)], (), {2: [HERE]}, other_pages=False)
    assert found.follows is follows


INK = drawn("the ink of text was C0 M0 Y0 K100 and is now RGB")
SCREEN = drawn("the ink of text was grey and is now RGB")
PALE = drawn("the opacity of text in grey was 100% and is now 50%")
ON_TWO = {"pages": (1, 2)}


@pytest.mark.parametrize(
    ("asked", "others", "described", "fonts", "follows"),
    [
        # a region of the picture shows an annotation that has changed, or letters of another shape
        (drawn(PICTURE, box=HERE), (), (item("stamp", page=1, box=HERE),), (), True),
        (drawn(PICTURE, box=HERE), (), (item("stamp", page=2, box=HERE),), (), False),
        (drawn(PICTURE, box=HERE), (), (item("stamp", page=1),), (), False),
        (drawn(PICTURE, box=HERE, words="rain"), (), (), (Fonts(frozenset("a")),), True),
        (drawn(PICTURE, box=HERE, words="snow"), (), (), (Fonts(frozenset("a")), Fonts(frozenset("b"))), False),
        (drawn(PICTURE, words="rain"), (), (), (Fonts(frozenset("a")),), False),
        # a colour on the screen and the ink are one change, and the ink says more
        (RED, (INK,), (), (), True),
        (RED, (PALE,), (), (), True),
        (RED, (), (), (), False),
        (RED, (SCREEN,), (), (), False),
        (drawn("the fill of a shape was #000000 and is now #ff0000"), (INK,), (), (), True),
        (drawn("the line of a shape was #000000 and is now #ff0000"), (INK,), (), (), True),
        (drawn("the size of 4 characters was 10 pt and is now 11 pt"), (INK,), (), (), False),
        (drawn(RED.message, **ON_TWO), (INK,), (), (), False),
        (drawn(RED.message, **ON_TWO), (drawn(INK.message, **ON_TWO),), (), (), True),
        # between colours of a screen, the look says more
        (SCREEN, (RED,), (), (), True),
        (SCREEN, (), (), (), False),
        (drawn(SCREEN.message, 2), (RED,), (), (), False),
        (INK, (RED,), (), (), False),
        # fonts that are read otherwise
        (drawn("“sum” reads as “5um” when copied or searched"), (), (), (Fonts(readings={("s", "5")}),), True),
        (drawn("words that are drawn now, and the text is the same"), (), (), (Fonts(readings={("s", "5")}),), True),
        (drawn("“sum” reads as “5um” when copied or searched"), (), (), (Fonts(frozenset("s")),), False),
        # inks of something that is reported by itself
        (drawn("text in C0 M0 Y0 K100 was removed"), (drawn("words were removed"),), (), (), True),
        (drawn("areas in C0 M0 Y0 K100 were removed"), (drawn("a shape was removed"),), (), (), True),
        (drawn("areas in C0 M0 Y0 K100 were removed"), (drawn("a shape was removed", 2),), (), (), False),
        (drawn("areas in C0 M0 Y0 K100 were removed"), (drawn("lines in RGB were removed"),), (), (), False),
        (drawn("invisible text in grey was added"), (drawn("4 characters were filled and are now invisible"),),
         (), (), True),
        (drawn("outlined text in grey was added"), (drawn("1 character was filled and is now outlined"),),
         (), (), True),
        (drawn("invisible text in grey was added"), (drawn("4 characters moved 1.00 mm down"),), (), (), False),
        (drawn("areas in spot colour Gold 100% were added"), (drawn("4 characters were filled and are now outlined"),),
         (), (), False),
        (drawn("a shape was added"), (drawn("areas in spot colour Gold 100% were added"),), (), (), True),
        (drawn("a rule was added"), (drawn("lines in C0 M0 Y0 K100 were added"),), (), (), True),
        (drawn("a picture was added"), (drawn("text in C0 M0 Y0 K100 was added"),), (), (), True),
        (drawn("a shading was added"), (drawn("areas in RGB were added", 2),), (), (), False),
        (drawn("a shape was added"), (drawn("paragraph “Rain” was added"),), (), (), False),
        (drawn("a shape was removed"), (drawn("areas in spot colour Gold 100% were added"),), (), (), False),
        # languages
        (drawn("the language of paragraph “Rain” was en and is now fr"), (), (item("document", "language"),), (), True),
        (drawn("the language of paragraph “Rain” was en and is now fr"), (), (item("tags", "language"),), (), False),
        (drawn("the language of paragraph “Rain” was en and is now fr"), (), (item("document", "title"),), (), False),
        (drawn("a shape was added", follows=True), (), (), (), True),
    ],
)  # fmt: skip
def test_what_follows_in_what_is_drawn(
    asked: Difference,
    others: tuple[Difference, ...],
    described: tuple[Described, ...],
    fonts: tuple[Fonts, ...],
    follows: bool,
) -> None:
    first, *_ = of_drawings([asked, *others], described, fonts)  # type: ignore[arg-type]
    assert first.follows is follows


KEPT, REMOVED, ADDED = EditOperation.KEPT, EditOperation.REMOVED, EditOperation.ADDED


@pytest.mark.parametrize(
    ("edits", "follows"),
    [
        (((KEPT, "the "), (REMOVED, "sum"), (ADDED, "5um")), True),
        (((REMOVED, "s um"), (ADDED, "5u m")), True),
        (((REMOVED, "sum"), (ADDED, "5u")), False),
        (((REMOVED, "sum"), (ADDED, "5am")), False),
        (((REMOVED, "5um"), (ADDED, "sum")), False),
    ],
)
def test_words_follow_from_a_font_that_is_read_otherwise_letter_by_letter(
    edits: tuple[tuple[EditOperation, str], ...], follows: bool
) -> None:
    changed = drawn("words", layer=Layer.TEXT, edits=tuple(TextEdit(*each) for each in edits))
    (found,) = of_drawings([changed], (), [Fonts(readings=frozenset({("s", "5")}))])  # type: ignore[list-item]
    assert found.follows is follows
    (alone,) = of_drawings([changed], (), [Fonts()])  # type: ignore[list-item]
    assert alone.follows is False


SPLIT = drawn("page 2 was split: it is now pages 2 and 3", layer=Layer.STRUCTURE)
JOINED = drawn("pages 2 and 3 were joined: they are now page 2", layer=Layer.STRUCTURE)


@pytest.mark.parametrize(
    ("found", "follows"),
    [
        ((SPLIT, WORDS), (True, False)),
        ((JOINED, WORDS), (True, False)),
        ((SPLIT,), (False,)),
        ((SPLIT, RED), (False, False)),
        ((drawn("page 2 was inserted", layer=Layer.STRUCTURE), WORDS), (False, False)),
        # only words that do not follow themselves split pages; something must be left to decide on
        ((SPLIT, drawn("words", layer=Layer.TEXT, follows=True)), (False, True)),
        ((drawn("shifted: 1 line", follows=True), drawn("a colour", tolerated=True)), (False, False)),
        ((drawn("shifted: 1 line", follows=True), RED), (True, False)),
        ((JOINED, drawn("words", layer=Layer.TEXT, tolerated=True)), (False, False)),
    ],
)
def test_pages_are_split_and_joined_by_words_and_something_is_left_to_decide_on(
    found: tuple[Difference, ...], follows: tuple[bool, ...]
) -> None:
    assert tuple(each.follows for each in of_pages(found)) == follows
