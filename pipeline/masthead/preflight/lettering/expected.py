"""The letters that a paragraph should show: their embedding levels by UAX #9, their forms by arabic-reshaper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, compress
from operator import add
from types import SimpleNamespace
from typing import NamedTuple

import arabic_reshaper

from masthead.document import Direction, Language, Symbol, numbers
from masthead.page import ISOLATES, joining, resolve_levels, resolve_printed
from masthead.pdf import Block, meanings

FSI, PDI = "\u2068", "\u2069"
JOINERS = (joining.ZWJ, "\u200c")
_ISOLATE = re.compile("[\u2066-\u2069]")
_CALLS = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")  # isolates without another inside
_WORDS = re.compile(rf"\s+|(?:{_CALLS.pattern}|\S)+")
_MIRROR_IMAGES = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))  # of what texts have
_MARK = re.compile(r"\A(\d{1,3} )[-–](?=\s)")
_RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))
_RESHAPER = arabic_reshaper.ArabicReshaper({"delete_harakat": False, "support_ligatures": False, "support_zwj": True})
# It asks for six settings for each word, and configparser would parse them each time.
_RESHAPER.configuration = SimpleNamespace(getboolean=cache(_RESHAPER.configuration.getboolean))


class Letter(NamedTuple):
    """A character of a paragraph: its place there, its level, the form that its neighbours require ("" for none).

    `shape` is the character as it is shown: mirrored at an odd level (UAX #9, L4). `is_seen` says whether it has a
    place of its own on the line: it is not a space, mark, tatweel or control.
    """

    char: str
    place: int
    level: int
    form: str
    shape: str
    is_seen: bool


_new_letter = partial(tuple.__new__, Letter)  # without the checks of its arguments


def letters(block: Block) -> tuple[Letter, ...]:
    """Return the letters of a block in logical order."""
    text = block.text
    level = _levels(text, _language(block))
    mirrored = _mirrored(text, level)
    shapes = [mirrored.get(place, char) for place, char in enumerate(text)]
    columns = zip(text, range(len(text)), level, _joined(text), shapes, map(meanings.is_seen, text), strict=True)
    return tuple(map(_new_letter, columns))


def _levels(text: str, language: str) -> list[int]:
    """Return the level of each character of a paragraph. In Arabic each number is a unit with its own direction."""
    base = _base(text, language)
    if language == Language.ARABIC and base is Direction.RTL:
        return resolve_printed(apart_from_mark(text), Language.ARABIC)
    return resolve_levels(text, base)


def apart_from_mark(text: str) -> str:
    """Return the text of a paragraph with a barrier in the mark before it, as the mark is no part of its numbers.

    `3 - 5 km` is not a range where 3 is the number of the paragraph.
    """
    return _MARK.sub(rf"\1{numbers.BARRIER}", text)


class Signs(NamedTuple):
    """What a paragraph should show in logical order, and the level of each character.

    The sign of a letter is its shape, followed by its form; that of white space is a space; others have an empty one.
    `places` are the places of letters and spaces; `marks` are the marks with their places.
    """

    signs: list[str]
    levels: list[int]
    places: list[int]
    marks: list[tuple[int, str]]


def signs(block: Block) -> Signs:
    """Return the signs of a block."""
    return _signs(block.text, _language(block))


@lru_cache(maxsize=256)  # paragraphs: documents of one organ have many in common
def _signs(text: str, language: str) -> Signs:
    level = _levels(text, language)
    found = list(_upright(text))
    for place, char in _mirrored(text, level).items():
        found[place] = char
    marks = {char for char in set(text) if joining.is_mark(char)}
    marked = [(place, char) for place, char in enumerate(text) if char in marks] if marks else []
    return Signs(found, level, list(compress(range(len(text)), found)), marked)


def _upright(text: str) -> Iterable[str]:
    """Return the signs of `text` without mirroring: word by word, from a cache; an isolate is part of a word."""
    if _ISOLATE.search(_CALLS.sub("", text)):
        return _joined_signs(text)
    return chain.from_iterable(map(_word, _WORDS.findall(text)))


@lru_cache(maxsize=4096)
def _word(word: str) -> tuple[str, ...]:
    return tuple(_joined_signs(word))


def _joined_signs(text: str) -> Iterator[str]:
    shown = {char: " " if char.isspace() else char if meanings.is_seen(char) else "" for char in set(text)}
    return map(add, map(shown.__getitem__, text), _joined(text))


def _mirrored(text: str, level: Sequence[int]) -> Mapping[int, str]:
    """Return the mirror images that replace characters at odd levels, by their places (UAX #9, L4)."""
    images = {char: _mirror_image(char) for char in set(text) if unicodedata.mirrored(char)}
    if not images:
        return {}
    return {place: images[char] for place, char in enumerate(text) if char in images and level[place] % 2}


def _mirror_image(char: str) -> str:
    if char in _MIRROR_IMAGES:
        return _MIRROR_IMAGES[char]
    from fontTools.unicodedata.Mirrored import MIRRORED  # slow to import, and needed for few documents

    return chr(MIRRORED.get(ord(char), ord(char)))


def _language(block: Block) -> str:
    return block.language.partition("-")[0]


def _base(text: str, language: str) -> Direction:
    """Return the base direction, which is that of its language (UAX #9, HL1), even if all its letters are Latin.

    The symbol of a document goes from left to right in every language.
    """
    right_to_left = language in _RIGHT_TO_LEFT and not _is_symbol(text.partition(FSI)[0])
    return Direction.RTL if right_to_left else Direction.LTR


def _is_symbol(text: str) -> bool:
    try:
        Symbol.parse(text)
    except ValueError:
        return False
    return not text.endswith((".", "*"))


def _joined(text: str) -> list[str]:
    """Return the form of each letter of `text`. Letters join across a note call, which is a first-strong isolate."""
    result = [""] * len(text)
    parts = {char: _part(char) for char in set(text)}
    inside: list[list[int]] = [[]]
    for place, char in enumerate(text):
        match parts[char]:
            case "letter":
                inside[-1].append(place)
            case "end":
                _shape(text, inside[-1], result)
                inside[-1] = []
            case "open":
                if char != FSI:
                    _shape(text, inside[-1], result)
                    inside[-1] = []
                inside.append([])
            case "close" if len(inside) > 1:
                _shape(text, inside.pop(), result)
    for places in inside:
        _shape(text, places, result)
    return result


def _part(char: str) -> str:
    """Return what a character is to the joining of letters: a letter, a word's end, an isolate's edge, or nothing."""
    if char in ISOLATES:
        return "close" if char == PDI else "open"
    if char.isspace():
        return "end"
    return "letter" if char in JOINERS or not (joining.is_mark(char) or meanings.is_control(char)) else ""


def _shape(text: str, places: list[int], result: list[str]) -> None:
    letters = [place for place in places if text[place] != joining.ZWJ]
    for place, form in zip(letters, _word_forms("".join([text[place] for place in places])), strict=True):
        result[place] = form


@lru_cache(maxsize=4096)
def _word_forms(word: str) -> tuple[str, ...]:
    kinds = {"INITIAL": "init", "MEDIAL": "medi", "FINAL": "fina", "ISOLATED": "isol"}
    names = (unicodedata.name(char, "").split(" ") for char in _RESHAPER.reshape(word) if char != joining.ZWJ)
    return tuple(kinds.get(name[-2], "") if name[-1] == "FORM" else "" for name in names)
