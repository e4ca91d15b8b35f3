"""The direction in which a page and its lines are read, by the letters on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby, pairwise
from operator import itemgetter

from masthead.document import organizations
from masthead.pdf.drawn.characters import Character, field_of

HEAD = 70.0  # points: a baseline above this is in the head of the page

# Gaps in parts of the size: between text and numbers, between words, and between digits (with their bearings), alone
# or where the file has a space too. Glyphs are measured in thousandths: as no limit is one, rounding decides nothing.
PARTED, SPACED, _WIDE, _CONFIRMED = 0.1203, 0.3003, 0.2803, 0.1503

_NEUTRAL = ("neutral", "bracket")
_TEXT, _LEFT, _RIGHT = field_of("text"), field_of("left"), field_of("right")
_TEXT_SPACED = itemgetter(Character._fields.index("text"), Character._fields.index("spaced"))


def reads_from_right(texts: Iterable[tuple[float, str]]) -> bool:
    """Whether a document is read from the right, by the texts of its first page that has any, with their baselines.

    The United Nations print the organization's name in the head, in the script of the document, whatever the text below
    quotes. Without right-to-left letters in the head, most letters of the page decide. Letters of the organization's
    symbols, which are the same in every language, do not count.
    """
    shown = list(texts)
    head = "".join([text for baseline, text in shown if baseline < HEAD])
    if any(word not in _in_symbols() for word in _words(head)):
        return True
    return is_right_to_left("".join([text for _, text in shown]))


@organizations.per_organization
def _in_symbols() -> frozenset[str]:
    """Return the right-to-left words in the organization's symbols, their letters sorted."""
    organization = organizations.current()
    parts = (organization.symbol_example, *(organ.series for organ in organization.organs.values()))
    parts += tuple(kind.symbol for kind in organization.types.values())
    return frozenset(chain.from_iterable(map(_words, parts)))


def _words(text: str) -> Iterator[str]:
    """Yield the right-to-left words of a text, their letters sorted."""
    yield from ("".join(sorted(letters)) for is_rtl, letters in groupby(text, _is_rtl) if is_rtl)


def is_right_to_left(text: str) -> bool:
    """Whether most letters of `text` are Hebrew or Arabic, by the blocks of Unicode."""
    letters = {letter: count for letter, count in Counter(text).items() if letter.isalpha()}
    return sum(count for letter, count in letters.items() if _is_rtl(letter)) * 2 > sum(letters.values())


def _is_rtl(letter: str) -> bool:
    return ("\u0590" <= letter <= "\u08ff" and letter.isalpha()) or "\ufb1d" <= letter <= "\ufefc"


def reading_order(characters: Sequence[Character], *, right_to_left: bool) -> str:
    """Return the text of characters, given from left to right on one line, in the order it is read.

    Where there are right-to-left letters, or the page is `right_to_left`, the line is read from the right; words of
    other scripts and numbers in it from the left (UAX #9 L2 reversed). A neutral between Arabic-Indic numbers leaves
    the first of them on the right, as the United Nations print `64/293`.
    """
    kinds = set(map(_KINDS.__getitem__, set(map(_TEXT, characters))))
    if kinds <= {"latin"} or ("rtl" not in kinds and not right_to_left):
        return _text(characters, by_gaps=right_to_left)
    if kinds <= {"rtl", "neutral", "bracket"} and "rtl" in kinds:
        return " ".join(_text(characters[::-1], by_gaps=False).split())
    text, edge, start = "", characters[-1].right, len(characters)
    for direction, same in groupby(_directions(list(map(_KINDS.__getitem__, map(_TEXT, reversed(characters)))))):
        end, start = start, start - len([*same])
        beside = characters[start:end]
        parted = edge - max(map(_RIGHT, beside)) > PARTED * beside[-1].size
        words = _text(beside, by_gaps=True) if direction == "ltr" else _rtl_text(beside[::-1])
        text += " " + words if parted else words
        edge = min(map(_LEFT, beside))
    return " ".join(text.split())


def paired(text: str) -> str:
    """Return a whole text of a right-to-left page with its brackets corrected.

    The file may have each of them either way round. They stay as they are if they pair; else all are turned if they
    pair then; else they open and close in turn.
    """
    for pair, other in (("()", ")("), ("[]", "][")):
        if pair[0] in text or pair[1] in text:
            turned = text.translate(str.maketrans(pair, other))
            alternating = iter(pair * len(text))
            text = next(
                (each for each in (text, turned) if _is_paired(each, *pair)),
                "".join(next(alternating) if char in pair else char for char in text),
            )
    return text


def _is_paired(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return False
    return not depth


def _text(characters: Sequence[Character], *, by_gaps: bool) -> str:
    """Join characters in order, with spaces where the file has them or, on right-to-left pages, where the gaps are."""
    if not by_gaps:
        return "".join([f" {text}" if spaced else text for text, spaced in map(_TEXT_SPACED, characters)]).lstrip()
    text = characters[0].text
    for before, each in pairwise(characters):
        gap = (each.left - before.right) / each.size
        text += f" {each.text}" if gap > _WIDE or (gap > _CONFIRMED and each.spaced) else each.text
    return text


def _rtl_text(characters: Sequence[Character]) -> str:
    """Join right-to-left characters beside Latin ones. The file may have a space on the wrong side of a mark."""
    reaches = [*accumulate(map(_RIGHT, reversed(characters)), max)][::-1]  # a letter may be drawn across the next one
    text = characters[0].text
    for (before, each), reach in zip(pairwise(characters), reaches[1:], strict=True):
        text += f" {each.text}" if each.spaced or before.left - reach > SPACED * each.size else each.text
    return text


def _directions(kinds: Sequence[str]) -> Iterator[str]:
    """Yield the direction of each character of a line from the right: a neutral takes that of both its neighbours.

    Arabic-Indic numbers count as right-to-left there (UAX #9, N1): so the dash in `١ - GLOSS` is part of the Arabic
    text. In a line without Arabic letters, a bracket or an asterisk at an end is part of the Latin text, as after a
    symbol.
    """
    if "latin" not in kinds:
        yield from ["ltr" if kind == "arabic number" else "rtl" for kind in kinds]
        return
    alone = "rtl" not in kinds
    for kind, before, after in zip(kinds, _last_kind(kinds), reversed([*_last_kind(reversed(kinds))]), strict=True):
        if kind in _NEUTRAL:
            latin = before == after == "latin" or (alone and kind == "bracket" and "latin" in (before, after))
            kind = "latin" if latin else "rtl"
        yield "rtl" if kind == "rtl" else "ltr"


def _last_kind(kinds: Iterable[str]) -> Iterator[str]:
    """Yield for each place the last kind up to it that is not neutral."""
    last = "rtl"
    for kind in kinds:
        last = last if kind in _NEUTRAL else kind
        yield last


def kinds_of(texts: Iterable[str]) -> frozenset[str]:
    """Return which kinds of text there are, for the order of a line: `rtl`, `latin`, `arabic number`, `neutral`…"""
    return frozenset(map(_KINDS.__getitem__, texts))


def is_number(text: str) -> bool:
    """Whether the text of a character is an Arabic-Indic digit, which is read from the left."""
    return _KINDS[text] == "arabic number"


class _Kinds(dict[str, str]):
    """The text of a character → its kind; it holds little more than the characters of Unicode that documents use."""

    def __missing__(self, text: str) -> str:
        self[text] = _kind(text)
        return self[text]


_KINDS = _Kinds()


def _kind(text: str) -> str:
    if any(map(_is_rtl, text)):
        return "rtl"
    if any("٠" <= letter <= "٩" for letter in text):
        return "arabic number"
    if any(map(str.isalnum, text)):
        return "latin"
    return "bracket" if text in tuple("()[]*") else "neutral"
