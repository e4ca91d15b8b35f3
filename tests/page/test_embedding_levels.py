"""Embedding levels of text with isolates, compared with FriBidi, an independent implementation that Pango installs."""

from __future__ import annotations

import ctypes
import random
from functools import cache

import pytest

import unicode_cases
from masthead.document.terms import Direction, Language
from masthead.page.embedding_levels import reorder, resolve_levels, resolve_printed

_PIECES = (
    "(E/2017/1534)",
    "(",
    ")",
    "[",
    "]",
    "ا",
    "ب ",
    "a",
    "12",
    "٣",
    " ",
    "/",
    "-",
    ",",
)  # no marks: FriBidi does not treat a bracket before a mark as a bracket
_ISOLATES = ("\u2066", "\u2067", "\u2069")  # no FSI: FriBidi looks for its direction beyond its end


@pytest.mark.slow
@pytest.mark.parametrize("base", list(Direction))
def test_every_case_of_unicode(base: Direction) -> None:
    wrong = []
    for case in unicode_cases.character_cases():
        if case.base is base:
            found = resolve_levels(case.text, base)
            if any(level not in (None, each) for level, each in zip(case.levels, found, strict=True)):
                wrong.append(case)
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("base", list(Direction))
def test_random_isolates_agree_with_fribidi(base: Direction) -> None:
    wrong = [text for text in _texts(3000) if resolve_levels(text, base) != _fribidi(text, base)]
    assert not wrong


def test_brackets_follow_the_letter_before_an_isolate() -> None:
    # N0 c 1: Latin inside, and the last letter before is Latin. The core alone uses the first of the run, an alef.
    assert resolve_levels("اa\u2068*\u2069(E/1)", Direction.RTL) == [1, 2, 2, 2, 2, 2, 2, 2, 2, 2]


def test_isolates_in_a_long_text_are_not_left_to_the_core() -> None:
    # As above, and after more letters than levels are possible.
    text, letters = "اa\u2068*\u2069(E/1)", "ا" * 200
    assert resolve_levels(letters + text, Direction.RTL)[200:] == resolve_levels(text, Direction.RTL)


def test_isolates_that_are_left_to_the_core() -> None:
    assert resolve_levels("\u202bا\u2067(a)\u2069\u202c", Direction.LTR)[1] == 1
    assert len(resolve_levels("\u2067" * 200 + "a", Direction.LTR)) == 201


def _texts(count: int) -> list[str]:
    chance = random.Random(9)
    pieces = (*_PIECES, *_ISOLATES, "\u2066*\u2069")
    # A letter at the end, since FriBidi applies rule L1 to white space at the end of the paragraph.
    return ["".join(chance.choices(pieces, k=chance.randint(2, 12))) + "ا" for _ in range(count)]


@pytest.mark.parametrize(
    ("printed", "visual"),
    [
        ("ب ١٥°٣٠′ ب", "ب ١٥°٣٠′ ب"),
        ("ب -١٥°٣٠′ ب", "ب ١٥°٣٠′- ب"),  # as the minus of -٠٫٥
        ("ب -15°30′ ب", "ب -15°30′ ب"),
        ("ب ٢٥°م ب", "ب م°٢٥ ب"),
        ("ب 25°م ب", "ب م°25 ب"),
        ("ب -٤ °م ب", "ب م° ٤- ب"),
        ("ب -4 °م ب", "ب م° -4 ب"),
    ],
)
def test_a_degree_is_drawn_beside_its_number_or_its_letter(printed: str, visual: str) -> None:
    assert "".join(reorder(printed, resolve_printed(printed, Language.ARABIC))) == visual


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL("libfribidi.so.0")


def _fribidi(text: str, base: Direction) -> list[int]:
    library = _library()
    size = len(text)
    types, brackets = (ctypes.c_uint32 * size)(), (ctypes.c_uint32 * size)()
    found = (ctypes.c_int8 * size)()
    characters = (ctypes.c_uint32 * size)(*map(ord, text))
    library.fribidi_get_bidi_types(characters, size, types)
    library.fribidi_get_bracket_types(characters, size, types, brackets)
    direction = ctypes.c_uint32(0x111 if base is Direction.RTL else 0x110)
    assert library.fribidi_get_par_embedding_levels_ex(types, brackets, size, ctypes.byref(direction), found)
    return list(found)
