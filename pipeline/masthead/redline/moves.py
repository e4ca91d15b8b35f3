"""Where moved lines were and are, in the words of the document's language: `paragraph 5 (a)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

from masthead.document import Locale
from masthead.redline.lines import DocumentLine
from masthead.redline.redlining import AlignedLine

_SHOWN = 40  # characters of a line that has no number


@dataclass(frozen=True, slots=True)
class LineMove:
    """A line that moved: what it was and is, and both places as a page names them."""

    old: DocumentLine
    new: DocumentLine
    source: str
    target: str


def places(lines: Iterable[AlignedLine], locale: Locale) -> dict[int, LineMove]:
    """Return the moves of a redline by their numbers."""
    olds: dict[int, tuple[DocumentLine, str]] = {}
    news: dict[int, tuple[DocumentLine, str]] = {}
    numbers = ["", ""]  # the mark of the last paragraph with a number, in each document
    for line in lines:
        for side, each in ((0, line.old), (1, line.new)):
            for one in each:
                if one.degree == 0:
                    numbers[side] = one.mark.strip(" .-–") if one.mark and one.kind != "heading" else ""
        if line.move and line.old:
            olds[line.move] = line.old[0], _place(line.old[0], numbers[0], locale)
        elif line.move and line.new:
            news[line.move] = line.new[0], _place(line.new[0], numbers[1], locale)
    return {move: LineMove(*_both(olds[move], news[move])) for move in olds.keys() & news.keys()}


def _both(old: tuple[DocumentLine, str], new: tuple[DocumentLine, str]) -> tuple[DocumentLine, DocumentLine, str, str]:
    return old[0], new[0], old[1], new[1]


def _place(line: DocumentLine, number: str, locale: Locale) -> str:
    """Return the place of a line: by its number, or else by its first words."""
    if number and line.block is not None and line.kind not in ("heading", "part", "annex", "table", "figure"):
        named = str(locale.word("citing", "paragraph")).format(n=number)
        return f"{named} {line.mark}" if line.degree else named
    words = shorten(" ".join(line.text.split()), _SHOWN, placeholder="…")
    before, after = (str(mark) for mark in locale.word("lint", "quotes"))
    return f"{before}{words or line.mark}{after}"
