"""Which way a page and a line of it are read, by the letters that stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from masthead.pdf.drawn.characters import Character

HEAD = 66.0  # points: what has its baseline above is the head of a page


def from_the_right(cells: Iterable[Character]) -> bool:
    """Whether a document is read from the right, by the cells of its first page that has any.

    The United Nations print the organization's name at its head, in the document's script whatever the text below
    quotes. Where there are no right-to-left letters, most letters of the page decide.
    """
    return any(
        _is_rtl(character) for cell in cells if cell.baseline < HEAD for character in cell.text
    ) or right_to_left("".join([cell.text for cell in cells]))


def right_to_left(text: str) -> bool:
    """Whether most letters of `text` are Hebrew or Arabic, by the blocks of Unicode."""
    letters = {character: count for character, count in Counter(text).items() if character.isalpha()}
    return sum(count for character, count in letters.items() if _is_rtl(character)) * 2 > sum(letters.values())


def _is_rtl(character: str) -> bool:
    return ("\u0590" <= character <= "\u08ff" and character.isalpha()) or "\ufb1d" <= character <= "\ufefc"


def reading_order(cells: Sequence[Character], *, backwards: bool) -> str:
    """The text of cells that stand from left to right on one line, in the order it is read.

    Where there are right-to-left letters, or the page reads `backwards`, the line is taken from the right; words of
    other scripts and numbers in it from the left (UAX #9 L2, backwards). A neutral between Arabic-Indic numbers leaves
    the first of them on the right, as the United Nations print `64/293`.
    """
    there = set(map(_KINDS.__getitem__, {cell.text for cell in cells}))
    if there <= {"latin"} or ("rtl" not in there and not backwards):
        return _text(cells, ink=backwards)
    if there <= {"rtl", "neutral", "bracket"} and "rtl" in there:
        return " ".join(_text(cells[::-1], ink=False).split())
    text, edge, place = "", cells[-1].right, len(cells)
    for direction, same in groupby(_directions([_KINDS[cell.text] for cell in reversed(cells)])):
        end, place = place, place - len([*same])
        run = cells[place:end]
        parted = edge - max(cell.right for cell in run) > 0.12 * run[-1].size
        words = _text(run, ink=True) if direction == "ltr" else _words(run[::-1])
        text += " " + words if parted else words
        edge = min(cell.left for cell in run)
    return " ".join(text.split())


def paired(text: str) -> str:
    """A whole text of a right-to-left page with its brackets set right: its file may say each of them either way round.

    They stay as they are where they pair, or are turned all, or else open and close in turn.
    """
    for pair, other in (("()", ")("), ("[]", "][")):
        if pair[0] in text or pair[1] in text:
            turned = text.translate(str.maketrans(pair, other))
            ways = iter(pair * len(text))
            text = next(
                (each for each in (text, turned) if _pairs(each, *pair)),
                "".join(next(ways) if char in pair else char for char in text),
            )
    return text


def _pairs(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return False
    return not depth


def _text(cells: Sequence[Character], *, ink: bool) -> str:
    """The text of cells in order; spaces where the file has them, or, on right-to-left pages, where the `ink` parts."""
    if not ink:
        return "".join([f" {cell.text}" if cell.spaced else cell.text for cell in cells]).lstrip()
    text = cells[0].text
    for before, cell in pairwise(cells):
        # Digits have wide bearings: a gap alone must be wider than one that the file confirms.
        gap = (cell.left - before.right) / cell.size
        text += f" {cell.text}" if gap > 0.28 or (gap > 0.15 and cell.spaced) else cell.text
    return text


def _words(cells: Sequence[Character]) -> str:
    """The text of right-to-left cells beside Latin ones. The file may have a space on the wrong side of a mark."""
    text = cells[0].text
    for before, cell in pairwise(cells):
        text += f" {cell.text}" if cell.spaced or before.left - cell.right > 0.3 * cell.size else cell.text
    return text


def _directions(kinds: Sequence[str]) -> Iterator[str]:
    """The direction of each cell of a line seen from the right: a neutral takes that of both its neighbours.

    Arabic-Indic numbers count as right-to-left there (UAX #9, N1): so the dash in `١ - GLOSS` is of the Arabic text. In
    a line without Arabic letters, a bracket or an asterisk at an end is of the Latin text, as behind a symbol.
    """
    if "latin" not in kinds:
        yield from ["ltr" if kind == "arabic number" else "rtl" for kind in kinds]
        return
    alone = "rtl" not in kinds
    for kind, before, after in zip(kinds, _last(kinds), reversed([*_last(reversed(kinds))]), strict=True):
        if kind in _NEUTRAL:
            latin = before == after == "latin" or (alone and kind == "bracket" and "latin" in (before, after))
            kind = "latin" if latin else "rtl"
        yield "rtl" if kind == "rtl" else "ltr"


def _last(kinds: Iterable[str]) -> Iterator[str]:
    """For each place, the last kind up to it that is not neutral."""
    last = "rtl"
    for kind in kinds:
        last = last if kind in _NEUTRAL else kind
        yield last


_NEUTRAL = ("neutral", "bracket")


class _Kinds(dict[str, str]):
    """What a cell shows → its kind. There are not many more than there are characters."""

    def __missing__(self, text: str) -> str:
        self[text] = _kind(text)
        return self[text]


_KINDS = _Kinds()


def _kind(text: str) -> str:
    if any(map(_is_rtl, text)):
        return "rtl"
    if any("٠" <= character <= "٩" for character in text):
        return "arabic number"
    if any(map(str.isalnum, text)):
        return "latin"
    return "bracket" if text in tuple("()[]*") else "neutral"
